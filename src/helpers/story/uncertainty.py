"""Figures and tables on how sure the book's ratios can be: overdispersion, intervals, revisions, a second source's range."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims, second
from helpers.audit.questions import QUESTIONS
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import coverage, intervals
from helpers.estimates.intervals import Comparison
from helpers.figures import Figure, Table, Words
from helpers.story.coverage import covered as covered
from helpers.story.coverage import holds_words as holds_words
from helpers.story.coverage import power_words as power_words
from helpers.windows import month, trailing
from helpers.words.both import Both

PLAIN, WIDE = "By chance alone", "Allowing for bouts"
KINDS = {"neutral": PLAIN, "ink": WIDE}
FIRST_CHECKED = 2014
"""First year in which the last of three half-years ends, in the check by half-years between others."""


def series(r: Report) -> dict[str, tuple[pd.DataFrame, str]]:
    """Return the series whose dispersion the book measures: rows and column by name."""
    return {name: found for name, found in coverage.series(r.actors).items() if "Bamako" not in name}


def _p_value(value: float) -> str:
    return "below 0.001" if value < 0.001 else p.number(value, 3)


def dispersion(r: Report) -> Figure:
    """Variance over mean of monthly counts, by series: 1 where chance alone is at work."""
    span = trailing(r.as_of, 12 * intervals.YEARS)
    rows = []
    for name, (part, value) in series(r).items():
        found = intervals.dispersion(part, r.as_of, value)
        rows.append(
            (name, round(found.index, 6), round(found.alpha, 6), round(found.carry, 6), _p_value(found.p_value))
        )
    columns = ["Series", "Variance over mean", "Alpha", "Carry-over to the next month", "p, chance alone"]
    frame = pd.DataFrame(rows, columns=columns)
    index = frame.set_index("Series")["Variance over mean"]
    events, deaths = index["Militant Islamist events"], index["Deaths in militant Islamist events"]
    beyond = int(frame["p, chance alone"].map(lambda text: text.startswith("below") or float(text) < 0.05).sum())
    low, high = index.min(), index.max()
    return Figure(
        id="uncertainty-dispersion",
        title=f"Monthly counts of events vary {p.number(events, 1)} times as much as chance alone would have it, deaths "
        f"{p.number(deaths)} times.",
        subtitle=f"Variance over mean of monthly counts around a steady trend, Mali, {span.label}; 1 means "
        "that months differ by chance alone",
        chart=charts.bars(frame, "Series", "Variance over mean", digits=1),
        frame=frame,
        alt=f"Bars for {p.count(len(frame), 'series', 'series')}, from {p.number(low, 1)} to {p.number(high, 1)} times "
        f"the variance of chance; in {p.word(beyond)} of them months differ by more than chance at the 5 percent level.",
        source=r.source("actors"),
        caveat=Both(
            "A bend in the trend counts as variation, which makes intervals wider rather than narrower.",
            "Une inflexion de la tendance compte comme variation, ce qui élargit les intervalles plutôt que de les "
            "resserrer.",
        ),
        fr=Words(
            title=f"Les événements mensuels varient {f.number(events, 1)} fois plus que ne le voudrait le hasard, les morts "
            f"{f.number(deaths)} fois plus.",
            subtitle="Variance rapportée à la moyenne des nombres mensuels autour d’une tendance constante, Mali, "
            f"{f.label(span)}\u202f; 1 signifie que les mois ne diffèrent que par hasard",
            alt=f"Barres pour {f.count(len(frame), 'série', feminine=True)}, de {f.number(low, 1)} à {f.number(high, 1)} "
            f"fois la variance du hasard\u202f; pour {f.word(beyond, feminine=True)} d’entre elles, les mois diffèrent plus que par "
            "hasard au seuil de 5\u202f%.",
        ),
    )


def _checked(r: Report) -> pd.DataFrame:
    last = r.as_of - (r.as_of.month - 1) % 6 - 1 if r.as_of.month % 6 else r.as_of
    ends = [month(f"{year}-{end}") for year in range(FIRST_CHECKED, last.year + 1) for end in ("06", "12")]
    return intervals.middles(series(r), [end for end in ends if end <= last])


_TRIED = {
    "poisson": "Chance alone (Poisson, exact)",
    "bootstrap": "Bootstrap of months in blocks",
    "trend": "Negative binomial around a trend, as used in this book",
}


def which_interval(r: Report) -> Table:
    """How often each kind of interval finds a half-year in line with its two neighbours."""
    found = _checked(r)
    rows = []
    for kind, label in _TRIED.items():
        parts = [found[found["series"].str.startswith("Deaths").eq(deaths)] for deaths in (False, True)]
        counted = [f"{int(part[kind].sum())} of {len(part)}" for part in parts]
        rows.append((label, *counted, p.percent(found[kind].mean())))
    return Table(
        title="Does a half-year lie between its neighbours? How often each kind of 95 percent interval says yes",
        frame=pd.DataFrame(rows, columns=["Interval", "Half-years and series of events", "of deaths", "All"]),
        source=r.source("actors"),
        note="The monthly rate of every half-year is held against that of the half-years before and after it together, in "
        f"{p.number(len(found))} cases of the series of the figure above, the last half-years ending in {FIRST_CHECKED} to "
        f"{found['end'].max()[:4]}. On a steady course the two are equal. A kind of interval that says no far more often "
        "than one time in twenty is too narrow for months like these. The cases overlap.",
    )


def which_words(r: Report) -> str:
    """Say which interval the book uses, how it was chosen, and what the check says of it."""
    found = _checked(r)
    deaths = found[found["series"].str.startswith("Deaths")]
    made = coverage.stored()
    ratios_ = made[made["kind"].eq("ratio")]
    chosen = ratios_[ratios_["printed"]]
    least = {b: ratios_[ratios_["setting"].str.endswith(f"blocks of {b}")]["coverage"].min() for b in coverage.BLOCKS}
    return (
        f"For deaths, an interval by chance alone sets a half-year apart from its neighbours in "
        f"{p.percent(1 - deaths['poisson'].mean())} of {p.count(len(deaths), 'case')}, the bootstrap in "
        f"{p.percent(1 - deaths['bootstrap'].mean())}, the book's in {p.percent(1 - deaths['trend'].mean())}. Its choice was "
        "made before, by simulation: months were drawn that vary and linger as much as Mali's, around a course whose changes "
        "are known. Measured around means of two, three, six or twelve months, the dispersion gives intervals that held "
        f"the truth in {p.listing(p.percent(least[b]) for b in coverage.BLOCKS)} of cases in the worst of {p.number(chosen['series'].nunique())} "
        f"series; around one trend, from which each of the two windows may depart, in {p.percent(chosen['coverage'].min())}. "
        "The book therefore uses the trend."
    )


_BLOCK_LENGTHS_CAVEAT = Both(
    "Blocks of two or three months hold too few months each: in some series they take what lingers for the "
    "level itself and find too little movement, in others they leave so little to measure it by that the "
    "interval has hardly an end. The choice was made by simulated coverage, not by what it does to these "
    "ratios.",
    "Des blocs de deux ou trois mois contiennent trop peu de mois : dans certaines séries, ils prennent ce "
    "qui persiste pour le niveau même et trouvent trop peu de mouvement ; dans d’autres, ils laissent si "
    "peu de quoi le mesurer que l’intervalle n’a presque pas de fin. Le choix a été fait d’après la "
    "couverture simulée, non d’après ce qu’il fait à ces rapports.",
)


def block_lengths(r: Report) -> Figure:
    """Which of the reports' ratios rule out no change, by how the dispersion is measured."""
    rows = []
    for s in stated(r):
        for block, name in (*((b, f"Blocks of {b}") for b in coverage.BLOCKS), (0, _TREND)):
            ours = s.again(block)
            ends = (ours.interval.low, ours.interval.high)
            rows.append((f"{s.claim} {_SHORT[s.claim]}", name, round(ours.ratio, 6), *(round(x, 6) for x in ends)))
    frame = pd.DataFrame(rows, columns=["Ratio", "Measured around", "Computed", "Low", "High"])
    apart = ~(frame["Low"].le(1) & frame["High"].ge(1))
    counted = apart.groupby(frame["Measured around"], sort=False).sum()
    total = len(frame) // len(counted)
    text = p.listing(f"{p.word(int(n))} with {f.lower(name)}" for name, n in counted.items() if name != _TREND)
    few = int(counted[_TREND])
    dit = f.listing(f"{f.word(int(n))} avec {_BLOCKS_FR[name]}" for name, n in counted.items() if name != _TREND)
    years = sorted({str(claims.claim(s.claim).made_in)[:4] for s in stated(r)})
    return Figure(
        id="uncertainty-blocks",
        title=f"{p.sentence(p.word(few))[:-1]} of {p.number(total)} published ratios rule out “no change” where the dispersion "
        f"is measured around a trend; by other ways {p.number(counted.drop(_TREND).min())} to "
        f"{p.number(counted.drop(_TREND).max())} do.",
        subtitle=f"Ratio of the later to the earlier window at each report's date ({p.listing(years)}), Mali, logarithmic axis, with "
        "95 percent intervals by what monthly counts are measured around: means of blocks of months, or one trend of years",
        chart=charts.intervals(
            frame,
            "Ratio",
            "Computed",
            "Low",
            "High",
            "Measured around",
            _BLOCK_COLOURS,
            title="Times as many",
            domain=(0.3, 10),
        ),
        frame=frame,
        alt=f"Dots with five intervals each for {p.number(total)} ratios; no change is left out {text}, and "
        f"{p.word(few)} with the trend.",
        source=r.source("actors"),
        caveat=_BLOCK_LENGTHS_CAVEAT,
        fr=Words(
            title=f"{f.upper(f.word(few))} des {f.number(total)} variations publiées {f.agree(few, 'exclut', 'excluent')} l’absence de changement si la "
            f"dispersion est mesurée autour d’une tendance\u202f; selon d’autres mesures, de "
            f"{f.number(counted.drop(_TREND).min())} à {f.number(counted.drop(_TREND).max())}.",
            subtitle=f"Période récente rapportée à la précédente, à la date de chaque rapport ({f.listing(years)}), Mali, axe "
            "logarithmique, avec intervalles à 95\u202f% selon ce autour de quoi les mois sont mesurés\u202f: moyennes de groupes de "
            "mois, ou tendance sur des années",
            alt=f"Points assortis de cinq intervalles pour {f.number(total)} variations\u202f; l’absence de changement est exclue "
            f"pour {dit}, et {f.word(few)} avec la tendance.",
        ),
    )


_TREND = "Trend"
_BLOCKS_FR = {f"Blocks of {b}": f"des groupes de {b}" for b in coverage.BLOCKS}
_BLOCK_COLOURS = {"pale": "Blocks of 2", "neutral": "Blocks of 3", "unidentified": "Blocks of 6", "ink": "Blocks of 12", "islamist": _TREND}  # fmt: skip


# --------------------------------------------------------------------------- the reports' ratios


@dataclass(frozen=True)
class Stated:
    """A ratio or change that one of the reports publishes, with ours."""

    claim: str
    """Claim id."""
    quantity: str
    """The claim's figure."""
    label: str
    """What is compared, in short."""
    published: float
    """As a ratio: 2.5 for a rise of 150 percent."""
    ours: Comparison
    """At the report's own date."""

    def again(self, block: int) -> Comparison:
        """Return our ratio with the dispersion measured around blocks of so many months (0: around a trend)."""
        return self.ours.around(block)


_SHORT = {
    "R22-03": "Deaths, pace", "R22-04": "Civilian toll", "R22-06": "Events", "R22-09": "Near Bamako", "R22-14": "Centre",
    "R23-03": "Events, pace", "R23-06": "Near Bamako", "R23-07": "Civilians", "R23-15": "Since 2021", "R23-26": "South",
    "R23-28": "Kayes",
}  # fmt: skip
"""What each ratio counts, for an axis."""

_LABELS = {
    "R22-03": "Deaths in 2022, at pace, over 2021",
    "R22-04": "Civilians' toll of 2022 to date over 2021",
    "R22-06": "Events, last months over those before",
    "R22-09": "Near Bamako, 2022 to date over 2021",
    "R22-14": "Central Mali, last months over before",
    "R23-03": "Events in 2023, at pace, over 2020",
    "R23-06": "Near Bamako, half-year over last",
    "R23-07": "Civilians attacked, over pre-coup year",
    "R23-15": "Civilians attacked since 2021",
    "R23-26": "Southern Mali, year over year before",
    "R23-28": "Kayes, year over year before",
}
"""What each ratio compares, in short."""


def stated(r: Report) -> list[Stated]:
    """Return every ratio and change that the reports publish and our counts give, made by the edition's date."""
    found = []
    for claim in claims.due(r):
        answer = QUESTIONS[claim.question](Report(claim.made_in, r.tables)) if claim.id in _LABELS else None
        if answer is None:
            continue
        for figure in claim.figures:
            if figure.published is None or figure.unit not in ("percent", "times"):
                continue
            ours = answer.compared.get(figure.quantity)
            if ours is not None:
                published = 1 + figure.published / 100 if figure.unit == "percent" else figure.published
                found.append(Stated(claim.id, figure.quantity, _LABELS[claim.id], published, ours))
        if "recent" in answer.compared:
            # The report gives both counts, not their ratio.
            counts = {figure.quantity: figure.published for figure in claim.figures}
            ratio = m.ratio(counts["recent"] or 0, counts["before"] or 0)
            found.append(Stated(claim.id, "recent", _LABELS[claim.id], ratio, answer.compared["recent"]))
    if not found:
        raise NotInEdition(
            "Neither of the two reports had been written by this edition's date: there are no published ratios to show."
        )
    return found


def _held(found: list[Stated]) -> tuple[int, int, int]:
    """Return how many ratios differ from 1 by chance alone, how many with bouts, and how many hold the published one."""
    plain = sum(not s.ours.poisson.low <= 1 <= s.ours.poisson.high for s in found)
    wide = sum(not s.ours.interval.low <= 1 <= s.ours.interval.high for s in found)
    inside = sum(s.ours.interval.low <= s.published <= s.ours.interval.high for s in found)
    return plain, wide, inside


def ratios(r: Report) -> Figure:
    """All ratios and changes of the two reports: as published, as computed, with both kinds of interval."""
    found = stated(r)
    rows = []
    for s in found:
        for kind, band in ((PLAIN, s.ours.poisson), (WIDE, s.ours.interval)):
            values = (s.ours.ratio, band.low, band.high, s.published)
            short = f"{s.claim} {_SHORT[s.claim]}"
            rows.append((short, s.label, kind, *(round(x, 6) for x in values)))
    frame = pd.DataFrame(rows, columns=["Ratio", "Compared", "Interval", "Computed", "Low", "High", "As published"])
    plain, wide, inside = _held(found)
    total = len(found)
    largest = max(found, key=lambda s: s.ours.ratio)
    years = sorted({str(claims.claim(s.claim).made_in)[:4] for s in found})
    when, when_fr = p.listing(years), f.listing(years)
    return Figure(
        id="uncertainty-ratios",
        title=f"Of {p.number(total)} published ratios, ours rule out “no change” in {p.number(plain)} if chance alone is at "
        f"work and in {p.number(wide)} once bouts are allowed for; {p.number(inside)} published values lie inside.",
        subtitle=f"Ratio of the later to the earlier window at each report's date ({when}), logarithmic axis; dot: computed, "
        "lines: 95 percent intervals, exact Poisson and negative binomial, upright tick: as published, dashed line: no change",
        chart=charts.intervals(
            frame,
            "Ratio",
            "Computed",
            "Low",
            "High",
            "Interval",
            KINDS,
            title="Times as many",
            reference="As published",
            domain=(0.3, 10),
        ),
        frame=frame,
        alt=f"Dots with two intervals each for {p.number(total)} ratios; the largest is {p.number(largest.ours.ratio, 1)} "
        f"({p.number(largest.ours.interval.low, 1)} to {p.number(largest.ours.interval.high, 1)}), published as "
        f"{p.number(largest.published, 1)}; {p.number(wide)} of the wider intervals leave out 1.",
        source=r.source("actors"),
        caveat=Both(
            "Lines that reach the edge of the chart run on; the table has their ends. Several ratios rest on "
            f"counts below {d.SMALL_COUNT}. The intervals do not cover missed reports or the choice of definition.",
            "Les traits qui atteignent le bord du graphique vont au-delà ; le tableau donne leurs bouts. Plusieurs "
            f"variations reposent sur des effectifs inférieurs à {d.SMALL_COUNT}. Les intervalles ne tiennent compte "
            "ni de ce qui n’est pas rapporté ni du choix de la définition.",
        ),
        fr=Words(
            title=f"Sur {f.number(total)} variations publiées, les nôtres excluent l’absence de changement dans {f.number(plain)} "
            f"cas si seul le hasard joue, dans {f.number(wide)} en tenant compte des vagues de violence\u202f; "
            f"{f.number(inside)} valeurs publiées sont dans l’intervalle.",
            subtitle=f"Période récente rapportée à la précédente, à la date de chaque rapport ({when_fr}), axe "
            "logarithmique\u202f; point\u202f: calculé, traits\u202f: intervalles à 95\u202f%, Poisson exact et binomiale négative, trait "
            "sombre\u202f: valeur publiée, tirets\u202f: aucun changement",
            alt=f"Points assortis de deux intervalles pour {f.number(total)} variations\u202f; la plus grande est "
            f"{f.number(largest.ours.ratio, 1)} ({f.number(largest.ours.interval.low, 1)} à "
            f"{f.number(largest.ours.interval.high, 1)}), publiée à {f.number(largest.published, 1)}\u202f; "
            f"{f.number(wide)} des intervalles larges excluent 1.",
        ),
    )


def verdicts(r: Report) -> str:
    """Say what the intervals change in the reading of the reports' ratios."""
    found = stated(r)
    plain, wide, _ = _held(found)
    unsure = [s.claim for s in found if s.ours.interval.low <= 1 <= s.ours.interval.high]
    outside = [s for s in found if not s.ours.interval.low <= s.published <= s.ours.interval.high]
    text = (
        f"{p.number(plain)} of the {p.count(len(found), 'ratio')} leave out “no change” by chance alone, "
        f"{p.word(wide)} once bouts are allowed for."
    )
    if unsure:
        text += f" The direction is not settled for {p.listing(unsure)}."
    if outside:
        which = p.listing(f"{s.claim} ({p.number(s.published, 1)} against {s.ours.times()})" for s in outside)
        text += f" Published values outside our interval, which chance and bouts do not explain: {which}."
    else:
        text += " All published values lie within our intervals."
    return text


def _vintage_factor(r: Report, now: int, before: int, apart: int, column: str) -> float | None:
    """Return a ratio as the export of August 2020 would have given it, over the same ratio from today's tables.

    The later window is the last `now` months of that export; the earlier one of `before` months lies `apart` months
    ahead of it. None where the table of vintages does not reach back so far.
    """
    table = r.tables.vintages()
    end = len(table)
    first = end - now - apart - before
    if first < 0:
        return None
    late, early = table.iloc[end - now :], table.iloc[first : first + before]

    def ratio(vintage: str) -> float:
        name = f"{column}_{vintage}"
        return m.ratio(late[name].sum(), early[name].sum())

    return ratio("then") / ratio("now")


_COLUMNS = {
    "R22-03": "fatalities", "R22-04": "fatalities", "R23-07": "mi_civilian_events", "R23-15": "mi_civilian_events",
}  # fmt: skip
_APART = {"R23-03": 24, "R23-07": 23}
"""Months between the windows, where they do not touch, as far as the table of vintages reaches."""


def doubts(r: Report) -> Table:
    """Every published ratio with each kind of doubt beside it: chance, bouts, resampling, fresh months, second source."""
    found = stated(r)
    second_table = second.table(r.tables)
    opinions = second_table[second_table["part"].eq("statement") & ~second_table["later"]].set_index(["id", "figure"])
    rows = []
    for s in found:
        c = s.ours
        factor = _vintage_factor(
            r,
            min(c.months_now, 12),
            min(c.months_before, 12),
            _APART.get(s.claim, 0),
            _COLUMNS.get(s.claim, "mi_events"),
        )
        ucdp = ""
        key = (s.claim, s.quantity)
        if key in opinions.index and opinions.loc[key, "unit"] in ("percent", "times"):
            one = opinions.loc[key]
            low, best, high = (
                1 + x / 100 if one["unit"] == "percent" else x for x in (one["low"], one["ucdp"], one["high"])
            )
            ucdp = p.number(best, 1) + (f" ({p.spread(low, high, 1)})" if p.number(low, 1) != p.number(high, 1) else "")
        rows.append(
            (
                s.claim,
                s.label,
                p.number(s.published, 2),
                p.number(c.ratio, 2),
                p.spread(c.poisson.low, c.poisson.high, 2),
                p.spread(c.interval.low, c.interval.high, 2),
                p.number(c.ratio * factor, 2) if factor else "–",
                ucdp or "–",
            )
        )
    columns = [
        "Claim", "Ratio", "Published", "Computed", "Chance alone", "With bouts", "If seen as fresh as in 2020", "UCDP (range)",
    ]  # fmt: skip
    return Table(
        title="The published ratios and changes, as times as many, with what limits each",
        frame=pd.DataFrame(rows, columns=columns),
        source=r.source("actors", "ucdp_years", "ucdp_months"),
        note="As fresh as in 2020: our ratio, scaled as the export of August 2020 differs from today's tables over months as "
        "fresh and windows as long (at most 12 months). One pair of vintages is all there is, so this shows a size, not an "
        "interval. UCDP: its own ratio, with the range of its low and high estimates where it gives them; it counts other "
        "things.",
    )


def example(r: Report) -> Table:
    """Work the interval of one comparison through, step by step: the last months over those before."""
    mi = m.militant_islamist(r.actors)
    now, before = r.recent, r.recent_before
    c = intervals.compare(mi, now, before)
    g = c.dispersion
    wide = [g.inflation(n, k) for n, k in ((c.now, c.months_now), (c.before, c.months_before))]
    steps = [
        ("Counts y₁, y₀", f"{c.now}, {c.before}"),
        ("Months k₁, k₀", f"{c.months_now}, {c.months_before}"),
        ("Variance over mean of monthly counts", p.number(g.index, 2)),
        ("Alpha, variance of the level", p.number(g.alpha, 4)),
        ("Carry-over ρ from month to month", p.number(g.carry, 3)),
        ("Inflation φ₁ = 1 + alpha·y₁/k₁·(1 + 2 Σ (1 − j/k₁)·ρʲ)", p.number(wide[0], 3)),
        ("Inflation φ₀", p.number(wide[1], 3)),
        ("Degrees of freedom", p.number(g.df, 1)),
        ("Level to ask of the exact interval, for Student's t", p.percent(g.level(0.95), 1)),
        ("Effective counts y₁/φ₁, y₀/φ₀", f"{p.number(c.now / wide[0], 1)}, {p.number(c.before / wide[1], 1)}"),
        ("Ratio", p.number(c.ratio, 3)),
        ("Interval by chance alone", p.spread(c.poisson.low, c.poisson.high, 3)),
        ("Interval with bouts", p.spread(c.interval.low, c.interval.high, 3)),
    ]
    return Table(
        title=f"Militant Islamist events, {now.label} over {before.label}: the interval step by step",
        frame=pd.DataFrame(steps, columns=["Step", "Value"]),
        source=r.source("actors"),
    )
