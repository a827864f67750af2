"""What followed where MINUSMA left its bases: cercles with a base against cercles without one, Kidal apart."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import handovers
from helpers.estimates import interruptions as it
from helpers.figures import Figure, Table, Words
from helpers.story import turning as t
from helpers.windows import Window, month, month_name
from helpers.words.both import NOTHING, Both, joined

CERCLES = {
    "Aguelhok": "Tessalit",
    "Ansongo": "Ansongo",
    "Ber": "Tombouctou",
    "Douentza": "Douentza",
    "Gao (Camp Castor)": "Gao",
    "Goundam": "Goundam",
    "Kidal": "Kidal",
    "Ménaka": "Menaka",
    "Ogossagou": "Bankass",
    "Sévaré (Mopti)": "Mopti",
    "Tessalit": "Tessalit",
    "Tombouctou": "Tombouctou",
}
"""Cercle of each base that MINUSMA left before its end (table `bases`), by the place's coordinates; Bamako, its seat, apart."""
APART = "Kidal"
"""Region that is judged apart: the army and the separatists fought for it in the same months."""
REST = "all but Kidal"
PARTED = 2
"""Quarters before the handovers outside the range of chance, of eight, from which the comparison is called unsafe: chance
alone gives as many in about one case of 17."""
_KINDS = {"ink": "Cercles without a base, north and centre", "neutral": "Cercles without a base, all of Mali"}
_AXIS = (0.1, 20.0)
"""Ratios that the chart of all regions has room for."""
_CASES = Both(
    "Handovers, the army's advance on Kidal and the war with separatists fall in the same months: their effects "
    "cannot be told apart. The regions share most of their months: they are one case and not five.",
    "Rétrocessions, avancée de l’armée sur Kidal et guerre avec les séparatistes tombent dans les mêmes mois : "
    "leurs effets ne peuvent être séparés. Les régions partagent la plupart de leurs mois : elles font un cas et "
    "non cinq.",
)


def closings(r: Report) -> pd.DataFrame:
    """Return the cercles in which MINUSMA left a base: `cercle`, `region`, `first`, `last` (Period)."""
    rows = r.tables.bases()
    rows = rows[rows["mission"].eq("MINUSMA") & rows["date"].str[:7].le(d.MINUSMA_END) & rows["region"].ne("Bamako")]
    unknown = sorted(set(rows["place"]) - set(CERCLES))
    if unknown:
        raise DataError(f"bases.csv: the cercle of {unknown[0]} is not known; add it to departures.CERCLES.")
    rows = rows.assign(cercle=rows["place"].map(CERCLES), when=pd.PeriodIndex(rows["date"].str[:7], freq="M"))
    out = rows.groupby(["cercle", "region"], as_index=False)["when"].agg(["min", "max"])
    return out.rename(columns={"min": "first", "max": "last"})


def _panel(r: Report) -> pd.DataFrame:
    rows = r.tables.cercle_months()
    last = r.tables.last_month("totals")
    need = closings(r)["last"].max() + handovers.AFTER
    if last < need:
        raise NotInEdition(
            f"The totals end in {month_name(last)}; the year after MINUSMA's departure ends in {month_name(need)}."
        )
    whole = Window(month(str(rows["month"].min())), last)
    return handovers.panel(rows, list(r.tables.cercles()["cercle"]), whole)


def _others(r: Report, counts: pd.DataFrame, zones: Sequence[str]) -> list[str]:
    """Return the cercles without a base that can be compared, Kidal's and Bamako left out."""
    rows, own = r.tables.cercles(), closings(r)
    out = rows["cercle"].isin(own["cercle"]) | rows["region"].isin([APART, "Bamako"]) | ~rows["zone"].isin(zones)
    return handovers.comparable(counts, own["first"].min(), rows.loc[~out, "cercle"].tolist())


def departure(r: Report, region: str = "", zones: Sequence[str] = ("north", "centre")) -> handovers.Departure:
    """Compare the cercles of a region that lost a base, or of all but `APART`, with cercles of some zones without one.

    Months after the edition are looked at all the same.
    """
    rows = closings(r)
    rows = rows[rows["region"].eq(region) if region else rows["region"].ne(APART)]
    counts = _panel(r)
    return handovers.departure(
        counts,
        {row.cercle: (row.first, row.last) for row in rows.itertuples()},
        _others(r, counts, zones),
    )


def _own(r: Report, found: handovers.Departure) -> it.Effect | None:
    """Return the effect over the cercles' own trend, as if they were one place; none with too few events."""
    rows = closings(r).set_index("cercle").loc[list(found.cercles)]
    first, last = rows["first"].min(), rows["last"].max()
    try:
        return it.effect(_panel(r).loc[list(found.cercles)].sum(), first, gap=(last - first).n + 1)
    except DataError:
        return None


def _places(r: Report) -> list[str]:
    regions = [region for region in d.REGIONS if region in set(closings(r)["region"])]
    return ["", APART, *(region for region in regions if region != APART)]


def _name(region: str) -> str:
    return p.region_name(region) if region else p.sentence(REST).removesuffix(".")


def _name_fr(region: str) -> str:
    return f.region_name(region) if region else "tout sauf Kidal"


def verdict(found: handovers.Departure) -> tuple[str, str]:
    """Say what may be said of a departure, in English and French."""
    unsafe = _unsafe(found)
    if found.share > it.RARE:
        en, fr = t.unexcluded(found.interval)
        return (
            f"not distinguishable from cercles without a base ({en}){unsafe.en}",
            f"ne se distingue pas des cercles sans base ({fr}){unsafe.fr}",
        )
    way, way_fr = ("more", "plus") if found.ratio > 1 else ("less", "moins")
    return (
        f"{way} than in cercles without a base{unsafe.en}, by more than in 19 of 20 random choices of cercles",
        f"{way_fr} que dans les cercles sans base{unsafe.fr}, au-delà de 19 tirages de cercles sur 20",
    )


def _none_fr(count: int) -> str:
    return f.word(count) if count else "aucun"


def parted(found: handovers.Departure) -> tuple[int, int]:
    """Return how many quarters before the handovers lie outside the range of chance, and of how many."""
    early = found.course[found.course["months"].lt(0)]
    return int((~early["ratio"].between(early["low"], early["high"])).sum()), len(early)


def _unsafe(found: handovers.Departure) -> Both:
    """Say of the cercles without a base that they are no safe comparison, where the quarters before say so."""
    if parted(found)[0] < PARTED:
        return NOTHING
    return Both(
        ", which had not gone with them before and are no safe comparison",
        ", qui n’allaient pas de pair avec eux auparavant et n’offrent pas de comparaison sûre",
    )


def _before(rest: handovers.Departure, apart: handovers.Departure) -> Both:
    """Say in how many quarters before the handovers violence lay outside the range of chance."""
    (one, total), (other, _) = parted(rest), parted(apart)
    return Both(
        f"Outside Kidal violence lay outside the range of chance in {p.none(one)} of the {p.word(total)} quarters before the "
        f"handovers already, in Kidal in {p.none(other)}",
        f"Trimestres précédant les rétrocessions où la violence était déjà hors de la marge du hasard : hors de Kidal, "
        f"{_none_fr(one)} sur {f.word(total)} ; à Kidal, {_none_fr(other)}",
    )


def minusma(r: Report) -> Figure:
    """Political violence after MINUSMA's closures, in the cercles of its bases over what cercles without one would give."""
    parts = []
    for region in _places(r):
        for kind, zones in zip(_KINDS.values(), (("north", "centre"), tuple(d.ZONES)), strict=True):
            one = departure(r, region, zones)
            parts.append((_name(region), kind, one.ratio, one.interval.low, one.interval.high, one.share))
    frame = pd.DataFrame(
        parts, columns=["Bases in", "Compared with", "Ratio", "Low", "High", "Share of random choices"]
    )
    rest, apart, last = departure(r), departure(r, APART), r.tables.last_month("totals")
    told, told_fr = verdict(rest)
    listed = [(region, departure(r, region)) for region in _places(r)]
    return Figure(
        id="turning-minusma",
        title=f"After MINUSMA's bases closed, violence in their cercles outside Kidal was {told}; in Kidal it stood at "
        f"{t.within(apart.ratio, apart.interval)} times what those would give.",
        subtitle="Political-violence events of all actors in the 12 months after the last handover in a cercle, over what the "
        f"24 months before and cercles without a base would give; lines: 95 percent, from random choices of cercles; totals to "
        f"{month_name(last)}",
        chart=charts.intervals(
            frame.round(6),
            "Bases in",
            "Ratio",
            "Low",
            "High",
            "Compared with",
            _KINDS,
            title="Events over expected",
            domain=_AXIS,
        ),
        frame=frame.round(6),
        alt="Dots with intervals on a logarithmic axis, against cercles of the north and centre: "
        + p.listing(f"{_name(region)} {t.within(one.ratio, one.interval)}" for region, one in listed)
        + ".",
        source=r.source("cercle_months", "bases"),
        caveat=joined([_CASES, t.runs_on(frame, _AXIS), _before(rest, apart).sentence()])
        + " "
        + Both(
            f"Outside Kidal a change would have been seen in four of five cases only from {t.x(rest.seen)} times on, "
            f"or {t.x(1 / rest.seen)} times and less.",
            f"Hors de Kidal, une évolution n’aurait été vue quatre fois sur cinq qu’à partir de {t.x_fr(rest.seen)} fois, ou "
            f"jusqu’à {t.x_fr(1 / rest.seen)} fois.",
        ),
        fr=Words(
            title=f"Après la fermeture des bases de la MINUSMA, la violence de leurs cercles hors de Kidal {told_fr}\u202f; à Kidal, "
            f"elle se situe à {t.within_fr(apart.ratio, apart.interval)} fois ce que ceux-ci donneraient.",
            subtitle="Violences politiques (tous belligérants) des 12 mois suivant la dernière rétrocession d’un cercle, rapportées à "
            "ce que donneraient les 24 mois précédents et les cercles sans base\u202f; traits\u202f: 95\u202f%, par tirage de cercles"
            f"\u202f; totaux jusqu’en {f.month_name(last)}",
            alt="Points et intervalles sur un axe logarithmique, par rapport aux cercles du nord et du centre\u202f: "
            + f.listing(f"{_name_fr(region)} {t.within_fr(one.ratio, one.interval)}" for region, one in listed)
            + ".",
        ),
    )


def _left(quarters: int) -> str:
    """Say in French in how many quarters violence left the range of chance, up to `des`."""
    if not quarters:
        return "n’est sortie de la marge du hasard dans aucun"
    return f"est sortie de la marge du hasard dans {f.word(quarters)}"


def course(r: Report) -> Figure:
    """Violence around the handovers, quarter by quarter, over what cercles without a base would give."""
    found = {region: departure(r, region) for region in ("", APART)}
    frame = pd.concat(
        [one.course.assign(place=_name(region)) for region, one in found.items()], ignore_index=True
    ).rename(columns={"months": "Months", "ratio": "Ratio", "low": "Low", "high": "High", "place": "Bases in"})
    frame = frame[["Bases in", "Months", "Ratio", "Low", "High"]]
    after = {region: one.course[one.course["months"] > 0] for region, one in found.items()}
    beyond = {region: int((~part["ratio"].between(part["low"], part["high"])).sum()) for region, part in after.items()}
    early = {region: parted(one) for region, one in found.items()}
    quarters, spans = len(after[""]), closings(r)
    unsafe = _unsafe(found[""]).en
    first, final = (spans["first"].min() - handovers.BEFORE).year, (spans["last"].max() + handovers.AFTER).year
    last_before = found[""].course[found[""].course["months"] < 0].iloc[-1]
    return Figure(
        id="turning-minusma-course",
        title=f"outside Kidal violence left the range of chance in {p.none(beyond[''])} of the {p.word(quarters)} quarters after "
        f"the handovers and in {p.none(early[''][0])} of the {p.word(early[''][1])} before, in Kidal in {p.none(beyond[APART])} "
        f"and {p.none(early[APART][0])}",
        subtitle=f"Political-violence events by quarter, {first} to {final}, from two years before the first handover of a cercle "
        "to a year after its last, over what its 24 months before and cercles without a base would give; band: 95 percent of random choices of cercles",
        chart=charts.around(frame.round(6), "Months", "Ratio", "Low", "High", "Bases in", title="Events over expected"),
        frame=frame.round(6),
        alt="Two panels, a line over a band each. After the handovers, by quarter: "
        + "; ".join(
            f"{_name(region)} {p.listing(t.x(value) for value in part['ratio'])}" for region, part in after.items()
        )
        + f". In the last quarter before them, outside Kidal: {t.x(last_before['ratio'])}.",
        source=r.source("cercle_months", "bases"),
        caveat=_CASES
        + " "
        + Both(
            "The months before tell whether the cercles compared went together: where the line leaves the band "
            f"before zero, they did not{', so outside Kidal they are no safe comparison' if unsafe else ''}.",
            "Les mois précédents disent si les cercles comparés allaient de pair : là où la courbe sort de la bande "
            f"avant zéro, ils n’allaient pas de pair{', et hors de Kidal ils n’offrent pas de comparaison sûre' if unsafe else ''}.",
        ),
        fr=Words(
            title="trimestres où la violence sort de la marge du hasard\u202f: hors de Kidal, "
            f"{_none_fr(beyond[''])} des {f.word(quarters)} après les rétrocessions et {_none_fr(early[''][0])} des "
            f"{f.word(early[''][1])} précédents\u202f; à Kidal, {_none_fr(beyond[APART])} et {_none_fr(early[APART][0])}",
            subtitle=f"Violences politiques par trimestre, {first} à {final}, de deux ans avant la première rétrocession d’un cercle à un an après la "
            "dernière, rapportées à ce que donneraient ses 24 mois précédents et les cercles sans base\u202f; bande\u202f: 95\u202f% "
            "des tirages de cercles",
            alt="Deux panneaux, une ligne sur une bande. Après les rétrocessions, par trimestre\u202f: "
            + "\u202f; ".join(
                f"{_name_fr(region)} {f.listing(t.x_fr(value) for value in part['ratio'])}"
                for region, part in after.items()
            )
            + f". Au trimestre qui les précède, hors de Kidal\u202f: {t.x_fr(last_before['ratio'])}.",
        ),
    )


def minusma_table(r: Report) -> Table:
    """All but Kidal, Kidal, and region by region: events, ratios, chance, other dates, power, conclusion."""
    rows = []
    for region in _places(r):
        one = departure(r, region)
        own = _own(r, one)
        dates = "–" if one.dates_share is None else f"{p.percent(one.dates_share)} of {one.dates}"
        rows.append(
            (
                _name(region),
                p.listing(sorted(p.cercle_name(cercle) for cercle in one.cercles)),
                f"{p.number(one.before)} to {p.number(one.after)}",
                within_own(own),
                t.within(one.ratio, one.interval),
                p.percent(one.share),
                dates,
                "{} of {}".format(*parted(one)),
                t.seen_over(one.seen, "expected"),
                verdict(one)[0],
            )
        )
    columns = [
        "Bases in", "Cercles", "Events a year, before and after", "Over their own trend", "Over cercles without a base",
        "Random choices with as large a ratio", "Other dates with as large a ratio",
        "Quarters before outside the range of chance", "Would have been seen in four of five cases", "What may be said",
    ]  # fmt: skip
    return Table(
        title="MINUSMA's closures: cercles with a base against cercles without one",
        frame=pd.DataFrame(rows, columns=columns),
        source=r.source("cercle_months", "bases"),
        note=f"Cercles without a base: {p.number(len(departure(r).others))} of the north and centre with {handovers.LEAST} events or "
        "more in the 24 months before the first handover. Months from the first to the last handover of a cercle count to neither "
        "side. The regions share most of their months, so that their rows are parts of one case. Other dates: the same cercles, all "
        f"handovers moved by as many months. Where {p.word(PARTED)} quarters or more before the handovers lie outside the range of "
        "chance, the cercles compared are called no safe comparison.",
    )


def within_own(own: it.Effect | None) -> str:
    """Write the effect over a place's own trend, or that there are too few events."""
    return t.within(own.ratio, own.interval) if own else "too few events"


def example(r: Report) -> Table:
    """Work the comparison for one region through, cercle by cercle."""
    region = next(one for one in _places(r) if one not in ("", APART))
    found, counts = departure(r, region), _panel(r)
    rows = closings(r).set_index("cercle")
    steps = []
    for cercle in found.cercles:
        first, last = rows.loc[cercle, "first"], rows.loc[cercle, "last"]
        before, after = Window(first - handovers.BEFORE, first - 1), Window(last + 1, last + handovers.AFTER)
        own, others = counts.loc[cercle], counts.loc[list(found.others)].sum()
        sums = [float(part.loc[when.first : when.last].sum()) for part in (own, others) for when in (before, after)]
        steps += [
            (f"{p.cercle_name(cercle)}: months before, after", f"{before.label}; {after.label}"),
            ("Its events before, after", f"{p.number(sums[0])}, {p.number(sums[1])}"),
            ("Events of the others before, after", f"{p.number(sums[2])}, {p.number(sums[3])}"),
            ("Expected", p.number(sums[0] * sums[3] / sums[2], 1)),
        ]
    steps += [
        ("Sum of events after, of expected", f"{p.number(found.after)}, {p.number(found.expected, 1)}"),
        ("Ratio, with half an event on both sides", p.number(found.ratio, 3)),
        ("Interval from random choices", p.spread(found.interval.low, found.interval.high, 3)),
        ("Random choices with a ratio as far from 1", p.percent(found.share, 1)),
        ("Seen in 80 percent of cases from, up and down", f"{p.number(found.seen, 3)}, {p.number(1 / found.seen, 3)}"),
        ("What may be said", verdict(found)[0]),
    ]
    return Table(
        title=f"The bases in {p.region_name(region)} step by step",
        frame=pd.DataFrame(steps, columns=["Step", "Value"]),
        source=r.source("cercle_months", "bases"),
    )
