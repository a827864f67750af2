"""A second opinion: what UCDP says to the claims it has the dimension for.

UCDP and ACLED count different things, and the point is to see where a statement survives the change of source. Only
national figures can be compared: UCDP's tables here know year, month, type of violence and civilians, but no region,
and no group by month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import keys
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.audit.ucdp import Estimate as Estimate
from helpers.audit.ucdp import Ucdp as Ucdp
from helpers.data import Tables
from helpers.editions import Report
from helpers.windows import Window, complete_years, window, year
from helpers.words.both import Both, joined

WHY: dict[str, Both] = {
    "threshold": Both(
        "UCDP counts only events with at least one death, between sides or by actors that reached 25 deaths in at least one year.",
        "L’UCDP ne compte que les événements qui ont fait au moins un mort, entre belligérants ou par des acteurs qui ont atteint "
        "25 morts au moins une année.",
    ),
    "all sides": Both(
        "The UCDP table used here does not say, by month, who acted: army, militias and militant Islamists are counted together.",
        "La table de l’UCDP utilisée ici ne dit pas, par mois, qui agit : armée, milices et groupes islamistes armés y sont comptés "
        "ensemble.",
    ),
    "by year": Both(
        "The UCDP table used here separates organised groups from governments by whole years only.",
        "La table de l’UCDP utilisée ici ne sépare les groupes organisés des gouvernements que par année entière.",
    ),
    "range": Both(
        "Monthly figures have no low estimate: the range runs from the best to the high one.",
        "Les chiffres mensuels n’ont pas d’estimation basse : l’étendue va de la meilleure estimation à la haute.",
    ),
    "civilians": Both(
        "UCDP counts civilians killed, ACLED all deaths in attacks on civilians.",
        "L’UCDP compte les civils tués, ACLED tous les morts des attaques contre des civils.",
    ),
}
"""Why the two sources differ, in short."""

FIRST_YEAR = 2012
"""First year of comparisons with "any earlier year", as for the event tables."""


@dataclass(frozen=True)
class Opinion:
    """UCDP's answer to one figure of a claim."""

    claim: str
    figure: str
    """Claim id and quantity."""
    part: str
    """`statement`, or `outcome` for what later months say to a projection."""
    unit: str
    """Unit of the published figure."""
    value: float
    low: float
    high: float
    """UCDP's figure and its range, in that unit; 1.0 or 0.0 for statements that hold or do not."""
    ours: float | None
    """Our figure from ACLED, in the same unit."""
    agrees: bool | None
    """Whether UCDP's figure goes the way ours does; None for levels, which cannot be compared."""
    later: bool
    """Whether UCDP's figure rests on months after the claim was made."""
    sentence: Both
    """Made from the numbers."""
    reasons: tuple[str, ...]
    """Why the two sources differ: keys of `WHY`."""

    @property
    def why(self) -> Both:
        """Why the two sources differ."""
        return joined(WHY[code] for code in self.reasons)


@dataclass(frozen=True)
class _Said:
    """What a comparison returns before it is held against ours."""

    figure: str
    value: Estimate
    words: Both
    why: tuple[str, ...]
    part: str = "statement"
    later: bool = False


Comparison = Callable[[Ucdp, Report], Iterable[_Said]]
_ABOUT: dict[str, Comparison] = {}


def _about(claim_id: str) -> Callable[[Comparison], Comparison]:
    def register(function: Comparison) -> Comparison:
        _ABOUT[claim_id] = function
        return function

    return register


def _minus_one(ratio: Estimate) -> Estimate:
    return Estimate(ratio.low - 1, ratio.best - 1, ratio.high - 1)


def _holds(low: bool, best: bool, high: bool) -> Estimate:
    """Return a statement as 1.0 or 0.0, with the range over the low and high estimates."""
    values = sorted((float(low), float(best), float(high)))
    return Estimate(values[0], float(best), values[-1])


def _earlier(u: Ucdp, r: Report, count: Callable[[Window], Estimate]) -> tuple[str, Estimate]:
    """Return the highest complete year before the report's year, and its count."""
    years = [when for when in complete_years(FIRST_YEAR, r.as_of) if when.first.year < r.as_of.year]
    found = {when.label: count(when) for when in years}
    name = max(found, key=lambda label: found[label].best)
    return name, Estimate(*(max(getattr(e, end) for e in found.values()) for end in ("low", "best", "high")))


# --------------------------------------------------------------------------- the comparisons


@_about("R22-01")
def _quarters(u: Ucdp, r: Report) -> Iterable[_Said]:
    rows = u.months.rename(columns={"best": "fatalities"})
    whole = window(f"{FIRST_YEAR}-01", r.as_of)
    frame = m.series(rows, whole, "quarter", values=["events", "fatalities"])
    frame = frame[frame["months"].eq(3)]
    coup = m.period_of(pd.Series([d.COUP_2020]), "quarter")[0]
    before, after = frame[frame["period"] < coup], frame[frame["period"] > coup]
    for value, name, noun in (
        ("events", "events", Both("deadly events", "événements meurtriers")),
        ("fatalities", "deaths", Both("deaths", "morts")),
    ):
        record = before.loc[before[value].idxmax()]
        above = int((after[value] > record[value]).sum())
        holds = above == len(after)
        yield _Said(
            name,
            _holds(holds, holds, holds),
            Both(
                f"of the {p.count(len(after), 'complete quarter')} since the coup of August 2020, by UCDP {p.none(above)} had "
                f"more {noun.en} than the highest quarter before it ({keys.spelled(record['period'])}: {p.number(record[value])})",
                f"sur les {fr.count(len(after), 'trimestre complet', 'trimestres complets')} écoulés depuis le coup d’État d’août "
                f"2020, {fr.word(above)} {fr.agree(above, '' if above else 'n’', '')}{fr.agree(above, 'a', 'ont')} compté, selon "
                f"l’UCDP, plus {fr.of(noun.fr)} que le trimestre le plus élevé jusque-là ({fr.quarter(record['period'])} : "
                f"{fr.number(record[value])})",
            ),
            ("threshold", "all sides"),
        )


@_about("R22-02")
def _record(u: Ucdp, r: Report) -> Iterable[_Said]:
    now = u.deaths(r.year_to_date)
    name, highest = _earlier(u, r, u.deaths)
    more = now.best > highest.best
    yield _Said(
        "record",
        _holds(now.low > highest.high, now.best > highest.best, now.high > highest.low),
        Both(
            f"UCDP counts {p.number(now.best)} deaths in organised violence in {r.year_to_date.label} (up to "
            f"{p.number(now.high)}), {'more' if more else 'no more'} than in the highest full year before, {name} "
            f"({p.number(highest.best)})",
            f"l’UCDP compte {fr.number(now.best)} morts dans les violences organisées {fr.at(fr.label(r.year_to_date))} (jusqu’à "
            f"{fr.number(now.high)}), {'plus' if more else 'pas plus'} que dans l’année entière la plus meurtrière jusque-là, {name} "
            f"({fr.number(highest.best)})",
        ),
        ("all sides", "threshold", "range"),
    )


@_about("R22-03")
def _projection(u: Ucdp, r: Report) -> Iterable[_Said]:
    now, base = r.year_to_date, year(r.as_of.year - 1)
    pace = u.deaths(now).times(12 / now.months)
    change = _minus_one(pace.over(u.deaths(base)))
    yield _Said(
        "pace",
        change,
        Both(
            f"at the pace of {now.label} UCDP's deaths would come to {p.number(pace.best)}, "
            f"{_up(change.best).en} {base.label} ({p.number(u.deaths(base).best)})",
            f"au rythme {fr.of(fr.label(now))}, les morts comptés par l’UCDP atteindraient {fr.number(pace.best)}, "
            f"{_up(change.best).fr} {fr.label(base)} ({fr.number(u.deaths(base).best)})",
        ),
        ("all sides", "range"),
    )
    real = u.deaths(year(r.as_of.year))
    change = _minus_one(real.over(u.deaths(base)))
    yield _Said(
        "realised",
        change,
        Both(
            f"UCDP counts {p.number(real.best)} deaths in {r.as_of.year} ({p.number(real.low)} to {p.number(real.high)}), "
            f"{_up(change.best).en} {base.label}",
            f"l’UCDP compte {fr.number(real.best)} morts en {r.as_of.year} (de {fr.number(real.low)} à {fr.number(real.high)}), "
            f"{_up(change.best).fr} {fr.label(base)}",
        ),
        ("all sides",),
        part="outcome",
        later=True,
    )


def _step(change: float) -> Both:
    return Both(
        f"{p.percent(abs(change))} {'more' if change >= 0 else 'fewer'}",
        f"{fr.percent(abs(change))} de {'plus' if change >= 0 else 'moins'}",
    )


def _up(change: float) -> Both:
    return _step(change) + Both(" than in", " qu’en")


@_about("R22-04")
def _killed(u: Ucdp, r: Report) -> Iterable[_Said]:
    number = r.as_of.year
    here, base = (u.one_sided(y, "by_groups") for y in (number, number - 1))
    ratio = here / base
    yield _Said(
        "ratio",
        Estimate(ratio, ratio, ratio),
        Both(
            f"UCDP counts {p.number(here)} civilians killed by organised groups in the whole of {number}, "
            f"{p.times(ratio)} the {p.number(base)} of {number - 1}",
            f"l’UCDP compte {fr.number(here)} civils tués par des groupes organisés dans l’année {number} entière, soit "
            f"{fr.times(ratio)} les {fr.number(base)} de {number - 1}",
        ),
        ("by year", "civilians"),
        later=True,
    )


@_about("R22-05")
def _civilian_quarters(u: Ucdp, r: Report) -> Iterable[_Said]:
    first = pd.Period(year=r.as_of.year, month=1, freq="M")
    quarters = [u.count(Window(first + n, first + n + 2), "civilians").best for n in (0, 3)]
    name, highest = _earlier(u, r, lambda when: u.count(when, "civilians"))
    holds = min(quarters) > highest.best
    yield _Said(
        "both_quarters",
        _holds(holds, holds, holds),
        Both(
            f"UCDP counts {p.number(quarters[0])} civilians killed in the first quarter of {first.year} and "
            f"{p.number(quarters[1])} in the second; the highest full year before was {name} with {p.number(highest.best)}",
            f"l’UCDP compte {fr.number(quarters[0])} civils tués au premier trimestre {first.year} et "
            f"{fr.number(quarters[1])} au deuxième ; l’année entière la plus meurtrière jusque-là est {name}, avec "
            f"{fr.number(highest.best)}",
        ),
        ("all sides", "civilians"),
    )


@_about("R22-06")
def _recent(u: Ucdp, r: Report) -> Iterable[_Said]:
    here, base = u.count(r.recent, "events"), u.count(r.recent_before, "events")
    yield _Said(
        "change",
        _minus_one(here.over(base)),
        Both(
            # No verb of direction: these counts have no interval.
            f"UCDP counts {p.number(here.best)} deadly events in {r.recent.label}, after {p.number(base.best)} in "
            f"{r.recent_before.label}: {_step(here.best / base.best - 1).en}",
            f"l’UCDP compte {fr.number(here.best)} événements meurtriers {fr.at(fr.label(r.recent))}, contre {fr.number(base.best)} "
            f"{fr.at(fr.label(r.recent_before))} : {_step(here.best / base.best - 1).fr}",
        ),
        ("threshold", "all sides"),
    )


@_about("R23-01")
def _pace(u: Ucdp, r: Report) -> Iterable[_Said]:
    now = r.year_to_date
    pace = u.count(now, "events").times(12 / now.months)
    yield _Said(
        "pace",
        pace,
        Both(
            f"UCDP counts {p.number(pace.best * now.months / 12)} deadly events in {now.label}, a pace of "
            f"{p.number(pace.best)} a year",
            f"l’UCDP compte {fr.number(pace.best * now.months / 12)} événements meurtriers {fr.at(fr.label(now))}, soit un rythme "
            f"de {fr.number(pace.best)} par an",
        ),
        ("threshold", "all sides"),
    )
    real = u.count(year(r.as_of.year), "events")
    yield _Said(
        "realised",
        real,
        Both(
            f"UCDP counts {p.number(real.best)} deadly events in {r.as_of.year}",
            f"l’UCDP compte {fr.number(real.best)} événements meurtriers en {r.as_of.year}",
        ),
        ("threshold", "all sides"),
        part="outcome",
        later=True,
    )


@_about("R23-02")
def _passes(u: Ucdp, r: Report) -> Iterable[_Said]:
    now = r.year_to_date
    name, highest = _earlier(u, r, lambda when: u.count(when, "events"))
    for figure, count, words, later in (
        (
            "pace_passes",
            u.count(now, "events").best * 12 / now.months,
            Both(f"the pace of {now.label}", f"le rythme {fr.of(fr.label(now))}"),
            False,
        ),
        (
            "realised_passes",
            u.count(year(r.as_of.year), "events").best,
            Both(f"the year {r.as_of.year}", f"l’année {r.as_of.year}"),
            True,
        ),
    ):
        holds = count > highest.best
        yield _Said(
            figure,
            _holds(holds, holds, holds),
            Both(
                f"by UCDP {words.en} ({p.number(count)} deadly events) {'passes' if holds else 'does not pass'} the highest "
                f"year before, {name} ({p.number(highest.best)})",
                f"selon l’UCDP, {words.fr} ({fr.number(count)} événements meurtriers) {'dépasse' if holds else 'ne dépasse pas'} "
                f"le précédent record annuel, celui de {name} ({fr.number(highest.best)})",
            ),
            ("threshold", "all sides"),
            part="outcome" if later else "statement",
            later=later,
        )


@_about("R23-03")
def _since_seizure(u: Ucdp, r: Report) -> Iterable[_Said]:
    now = r.year_to_date
    pace, base = u.count(now, "events").times(12 / now.months), u.count(year(2020), "events")
    ratio = pace.over(base)
    yield _Said(
        "ratio",
        ratio,
        Both(
            f"UCDP's pace of {p.number(pace.best)} deadly events a year in {now.label} is {p.times(ratio.best)} the "
            f"{p.number(base.best)} of 2020",
            f"selon l’UCDP, le rythme {fr.of(fr.label(now))}, {fr.number(pace.best)} événements meurtriers par an, vaut "
            f"{fr.times(ratio.best)} les {fr.number(base.best)} de 2020",
        ),
        ("threshold", "all sides"),
    )


@_about("R23-07")
def _attacks(u: Ucdp, r: Report) -> Iterable[_Said]:
    base = window("2019-08", "2020-07")
    here, before = u.count(r.last_12, "one_sided"), u.count(base, "one_sided")
    ratio, by_state = here.over(before), u.one_sided(2020, "by_government")
    part = by_state / (by_state + u.one_sided(2020, "by_groups"))
    yield _Said(
        "ratio",
        ratio,
        Both(
            f"UCDP counts {p.number(here.best)} deadly attacks on civilians by all sides in {r.last_12.label}, "
            f"{p.times(ratio.best)} the {p.number(before.best)} of the 12 months before the coup; governments killed {p.percent(part)} of "
            "the civilians who died in 2020",
            f"l’UCDP compte {fr.number(here.best)} attaques meurtrières contre des civils, tous belligérants confondus, "
            f"{fr.at(fr.label(r.last_12))}, soit {fr.times(ratio.best)} les {fr.number(before.best)} des 12 mois précédant le coup "
            f"d’État ; en 2020, {fr.percent(part)} des civils tués l’ont été par des gouvernements",
        ),
        ("all sides", "threshold"),
    )


@_about("R23-15")
def _since_2021(u: Ucdp, r: Report) -> Iterable[_Said]:
    since = r.since("2021-01")
    killed, before = u.count(since, "civilians"), u.count(since.before(), "civilians")
    yield _Said(
        "change",
        _minus_one(killed.over(before)),
        Both(
            f"UCDP counts {p.number(killed.best)} civilians killed by all sides in the {p.count(since.months, 'month')} since "
            f"January 2021, after {p.number(before.best)} in as many months before: {_step(killed.best / before.best - 1).en}",
            f"l’UCDP compte {fr.number(killed.best)} civils tués, tous belligérants confondus, au cours des "
            f"{fr.count(since.months, 'mois', 'mois')} écoulés depuis janvier 2021, contre {fr.number(before.best)} au cours d’autant "
            f"de mois auparavant : {_step(killed.best / before.best - 1).fr}",
        ),
        ("all sides", "civilians"),
    )
    yield _Said(
        "deaths",
        killed,
        Both(
            f"organised groups killed {p.number(u.one_sided(2022, 'by_groups'))} of those of 2022",
            f"en 2022, des groupes organisés ont tué {fr.number(u.one_sided(2022, 'by_groups'))} de ces civils",
        ),
        ("all sides", "civilians"),
    )


@_about("R23-17")
def _moura(u: Ucdp, r: Report) -> Iterable[_Said]:
    by_state = u.one_sided(2022, "by_government")
    march = u.count(window("2022-03", "2022-03"), "civilians").best
    yield _Said(
        "moura",
        Estimate(by_state, by_state, by_state),
        Both(
            f"UCDP counts {p.number(march)} civilians killed by all sides in March 2022, but {p.number(by_state)} killed "
            "by any government in attacks on civilians in the whole of that year, the most that it can hold of Moura's "
            "dead under this heading",
            f"l’UCDP compte {fr.number(march)} civils tués en mars 2022, tous belligérants confondus, mais {fr.number(by_state)} tués par "
            "un gouvernement dans des attaques contre des civils durant toute cette année-là : il ne peut compter plus de morts de "
            "Moura sous cette rubrique",
        ),
        ("by year", "civilians"),
    )


# --------------------------------------------------------------------------- opinions


@cache
def _evaluated(claim_id: str, tables: Tables) -> claims.Result:
    return claims.evaluate(claim_id, tables)


def agree(unit: str, test: str, value: float, ours: float | None) -> bool | None:
    """Tell whether two figures of a unit go the same way; None for levels.

    Examples
    --------
    >>> agree("percent", "equal", -11.0, 25.0), agree("times", "about", 1.1, 4.0), agree("events", "more", 278, 1046)
    (False, True, None)
    """
    if ours is None:
        return None
    if test == "true":
        return bool(value) == bool(ours)
    neutral = {"percent": 0.0, "times": 1.0}.get(unit)
    return None if neutral is None else (value - neutral) * (ours - neutral) > 0


def opinions(claim_id: str, tables: Tables | None = None) -> tuple[Opinion, ...]:
    """Return UCDP's answers to the figures of a claim; none where it lacks the dimension."""
    row = claims.claim(claim_id)
    if claim_id not in _ABOUT:
        return ()
    report = Report(row.made_in, tables)
    ucdp, result = Ucdp(report.tables), _evaluated(claim_id, report.tables)
    judged = {
        (part, entry.figure.quantity): entry
        for part, rows in (("statement", result.rows), ("outcome", result.outcomes))
        for entry in rows
        if entry.figure is not None
    }
    out = []
    for said in _ABOUT[claim_id](ucdp, report):
        entry = judged[said.part, said.figure]
        figure = entry.figure
        assert figure is not None
        convert = (lambda value: value) if figure.test == "true" else figure.convert
        value, low, high = (convert(x) for x in (said.value.best, said.value.low, said.value.high))
        agrees = agree(figure.unit, figure.test, value, entry.computed)
        out.append(
            Opinion(
                claim_id,
                said.figure,
                said.part,
                figure.unit,
                value,
                low,
                high,
                entry.computed,
                agrees,
                said.later,
                said.words.sentence(),
                said.why,
            )
        )
    return tuple(out)


COLUMNS = (
    "id",
    "figure",
    "part",
    "unit",
    "published",
    "ours",
    "ucdp",
    "low",
    "high",
    "agrees",
    "later",
    "sentence",
    "why",
)


def table(tables: Tables | None = None) -> pd.DataFrame:
    """Return every second opinion, in the order of the claims.

    Returns `COLUMNS`; `published` as a number (missing for statements), `agrees` as yes, no or empty; `sentence` and
    `why` in both languages.
    """
    records = []
    for row in claims.claims():
        published = {
            ("outcome" if figure in row.outcome else "statement", figure.quantity): figure.published
            for figure in (*row.figures, *row.outcome)
        }
        for one in opinions(row.id, tables):
            records.append(
                {
                    "id": row.id,
                    "figure": one.figure,
                    "part": one.part,
                    "unit": one.unit,
                    "published": published[one.part, one.figure],
                    "ours": one.ours,
                    "ucdp": one.value,
                    "low": one.low,
                    "high": one.high,
                    "agrees": {True: "yes", False: "no", None: ""}[one.agrees],
                    "later": one.later,
                    "sentence": one.sentence,
                    "why": one.why,
                }
            )
    return pd.DataFrame(records, columns=list(COLUMNS))
