"""What came after the coup of 2020 and after Wagner's arrival, held against the trend before with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.estimates import interruptions as it
from helpers.estimates import intervals
from helpers.figures import Figure, Words
from helpers.measures import Interval
from helpers.story import turning as t
from helpers.terms import term
from helpers.windows import month, month_name, trailing, window
from helpers.words.both import NOTHING, Both, joined

LITTLE = 4.0
"""Upper over lower end of a band, from which a trend is said to say little."""
WAYS = {
    "steady": ("the same growth rate", "le même taux de croissance"),
    "straight": ("as many more each month", "le même nombre de plus chaque mois"),
}
"""Ways of carrying a trend on, in English and French."""


@dataclass(frozen=True)
class Carried:
    """A count held against a trend carried on."""

    way: str
    """A key of `WAYS`."""
    before: int
    """Months from which the trend is taken."""
    observed: float
    expected: float
    """Count; what the trend gives."""
    interval: Interval
    """95 percent interval of the count, were the trend to go on."""

    @property
    def lies(self) -> str:
        """Whether the count lies `above`, `within` or `below` the band."""
        if self.observed > self.interval.high:
            return "above"
        return "below" if self.observed < self.interval.low else "within"

    @property
    def ratio(self) -> tuple[float, Interval]:
        """The count over what the trend gives; its interval holds 1 where the count lies within the band."""
        over = Interval(self.observed / self.interval.high, self.observed / self.interval.low)
        return self.observed / self.expected, over


def _course(r: Report) -> pd.DataFrame:
    """Return the months since the start of the trend before the coup, with both ways of carrying it on."""
    date = month(d.COUP_2020)
    if date > r.as_of:
        raise NotInEdition("The junta has not taken power yet in this edition: there is no course since to weigh.")
    if (r.as_of - date).n < it.AFTER:
        raise NotInEdition(
            f"By {month_name(r.as_of)} fewer than {it.AFTER} months had passed since the coup of August 2020: too few to "
            "hold them against the trend before it."
        )
    return it.carried_on(t.counts_of(r, t.militant(r)), date, r.as_of)


def carried(r: Report) -> list[Carried]:
    """Return the last 12 months held against the trend before the coup, by way and by the months it is taken from."""
    _course(r)
    counts, last = t.counts_of(r, t.militant(r)), trailing(r.as_of, 12)
    observed = float(counts.loc[last.first : last.last].sum())
    return [
        Carried(way, before, observed, *it.carried_sum(counts, month(d.COUP_2020), last, way, before))
        for before in it.LENGTHS
        for way in WAYS
    ]


def usual(found: list[Carried]) -> dict[str, Carried]:
    """Return the two ways for a trend taken from the usual months, `interruptions.BEFORE`."""
    return {one.way: one for one in found if one.before == it.BEFORE}


_LIES = {
    "above": ("more than the band of", "plus que la marge de"),
    "within": ("within the band of", "dans la marge de"),
    "below": ("fewer than the band of", "moins que la marge de"),
}


def judged(found: list[Carried]) -> tuple[str, str]:
    """Say where the last 12 months lie against both ways of carrying the trend on, in English and French."""
    two = usual(found)
    steady, straight = two["steady"].lies, two["straight"].lies
    if steady == straight:
        return (
            f"{_LIES[steady][0]} either way of carrying the trend before the coup on",
            f"{_LIES[steady][1]} l’une et l’autre façon de prolonger la tendance d’avant le coup d’État",
        )
    return (
        f"{_LIES[steady][0]} the growth rate before the coup, {_LIES[straight][0]} as many more each month",
        f"{_LIES[steady][1]} taux de croissance d’avant le coup d’État, {_LIES[straight][1]} la hausse mensuelle d’avant".replace(
            "de taux", "du taux"
        ),
    )


_SINCE_COUP_CAVEAT = Both(
    "A trend carried on for years is a yardstick, not a forecast. Lines and bands are cut where they leave the chart.",
    "Une tendance prolongée sur des années est un étalon, non une prévision. Courbes et bandes sont "
    "coupées là où elles sortent du graphique.",
)


def since_coup(r: Report) -> Figure:
    """Monthly events since 2018, with the trend before the coup of 2020 carried on in two ways and their bands."""
    course, found = _course(r), carried(r)
    two, (said, said_fr) = usual(found), judged(found)
    top = float(course["observed"].max()) * 1.6
    labels = {"islamist": "Observed", "unidentified": "The same growth rate", "pale": "As many more each month"}
    parts = []
    for colour, column in (("unidentified", "steady"), ("pale", "straight"), ("islamist", "observed")):
        # A line stops where it leaves the chart, as a growth rate of this kind must; its band goes on while it is in it.
        inside = course[column] <= top
        part = course[inside if column == "observed" else course[f"{column}_low"] <= top]
        ends = {"Low": None, "High": None}
        if column != "observed":
            ends = {
                "Low": d.rounded(part[f"{column}_low"], 1),
                "High": d.rounded(part[f"{column}_high"].clip(upper=top), 1),
            }
        drawn = d.rounded(part[column], 1)[inside]
        parts.append(pd.DataFrame({"Month": part["month"], "Course": labels[colour], "Events": drawn, **ends}))
    frame = pd.concat([part.astype({"Low": float, "High": float}) for part in parts], ignore_index=True)
    start, end = course["month"].iloc[0], course["month"].iloc[-1]
    observed = two["steady"].observed
    bands = {way: f"{p.number(one.expected)} ({_band(one)})" for way, one in two.items()}
    bands_fr = {way: f"{f.number(one.expected)} ({_band_fr(one)})" for way, one in two.items()}
    return Figure(
        id="turning-since-coup",
        title=f"the last 12 months had {p.number(observed)} events, {said}",
        subtitle=f"Militant Islamist events by month, Mali, {month_name(month(start))} to {month_name(month(end))}, and the "
        f"trend of the {it.BEFORE} months before August 2020 carried on in two ways; bands: 95 percent of months, were it to go on",
        chart=charts.lines(
            frame,
            "Month",
            "Events",
            title="Events a month",
            by="Course",
            colours=labels,
            low="Low",
            high="High",
            legend=True,
            marks={d.COUP_2020: "coup of 2020"},
        ),
        frame=frame,
        alt=f"Three lines from {start[:4]} on, two with bands; over the last 12 months {p.number(observed)} events were "
        f"observed, against {bands['steady']} at the growth rate before the coup and {bands['straight']} with as many more "
        "each month.",
        source=r.source("actors"),
        caveat=_SINCE_COUP_CAVEAT,
        fr=Words(
            title=f"les 12 derniers mois comptent {f.number(observed)} événements, {said_fr}",
            subtitle=f"Événements impliquant des groupes islamistes armés par mois, Mali, {f.month_name(start)} à {f.month_name(end)}, et "
            f"tendance des {it.BEFORE} mois précédant août 2020, prolongée de deux façons\u202f; marges\u202f: 95\u202f% des mois, "
            "si elle continuait",
            alt=f"Trois lignes depuis {start[:4]}, dont deux avec leur marge\u202f; au cours des 12 derniers mois, "
            f"{f.number(observed)} événements observés, contre {bands_fr['steady']} au taux de croissance d’avant le coup d’État et "
            f"{bands_fr['straight']} si la hausse de chaque mois était restée la même.",
        ),
    )


def _band(one: Carried) -> str:
    return p.spread(one.interval.low, one.interval.high)


def _band_fr(one: Carried) -> str:
    return f.spread(one.interval.low, one.interval.high)


_LENGTHS_CAVEAT = Both(
    "A band lets months vary and carry over as before the coup, and the trend's slope be uncertain. It "
    "cannot say whether the trend would have gone on.",
    "La bande laisse les mois varier et se prolonger comme avant le coup d’État, et la pente de la "
    "tendance rester incertaine. Elle ne peut pas dire si la tendance se serait poursuivie.",
)


_LENGTHS_AXIS, _WAGNER_AXIS = (0.1, 5.0), (0.1, 10.0)
"""Ratios that the charts of both have room for."""


def lengths(r: Report) -> Figure:
    """The last 12 months over the trend before the coup, by the months the trend is taken from."""
    found = carried(r)
    kinds = {"unidentified": "The same growth rate", "pale": "As many more each month"}
    label = dict(zip(WAYS, kinds.values(), strict=True))
    frame = pd.DataFrame(
        [
            (
                f"{one.before} months before", label[one.way], one.ratio[0], one.ratio[1].low, one.ratio[1].high,
                one.observed, one.expected, one.interval.low, one.interval.high,
            )
            for one in found
        ],
        columns=["Trend from", "Carried on", "Over the trend", "Low", "High", "Events", "Expected", "From", "To"],
    ).round({"Over the trend": 6, "Low": 6, "High": 6})  # fmt: skip
    frame[["Expected", "From", "To"]] = frame[["Expected", "From", "To"]].apply(d.rounded)
    inside = sum(one.lies == "within" for one in found)
    total, last = len(found), trailing(r.as_of, 12)
    listed = p.listing(
        f"{one.before} months, {WAYS[one.way][0]}: {p.number(one.expected)} ({_band(one)})" for one in found
    )
    listed_fr = f.listing(
        f"{one.before} mois, {WAYS[one.way][1]}\u202f: {f.number(one.expected)} ({_band_fr(one)})" for one in found
    )
    observed = found[0].observed
    return Figure(
        id="turning-lengths",
        title=f"in {p.word(inside) if inside else 'none'} of {p.word(total)} ways of carrying the trend before the coup on, the "
        "last 12 months lie within its band",
        subtitle=f"Militant Islamist events, {last.label}, over what the trend before August 2020 would give, by the months it "
        "is taken from; lines: 95 percent bands; dashed line: as the trend would give",
        chart=charts.intervals(
            frame,
            "Trend from",
            "Over the trend",
            "Low",
            "High",
            "Carried on",
            kinds,
            title="Events over the trend",
            domain=_LENGTHS_AXIS,
        ),
        frame=frame,
        alt=f"Dots with intervals, in each of which 1 means as expected. Expected for {p.number(observed)} events, by months "
        f"and way: {listed}.",
        source=r.source("actors"),
        caveat=joined([_LENGTHS_CAVEAT, t.runs_on(frame, _LENGTHS_AXIS)]),
        fr=Words(
            title=f"dans {f.word(inside, feminine=True) if inside else 'aucune'} des {f.word(total, feminine=True)} façons de "
            "prolonger la tendance d’avant le coup d’État, les 12 derniers mois restent dans sa marge",
            subtitle=f"Événements impliquant des groupes islamistes armés, {f.label(last)}, rapportés à ce que donnerait la tendance d’avant août "
            "2020, selon les mois dont elle est tirée\u202f; traits\u202f: marges à 95\u202f%\u202f; tirets\u202f: comme la tendance",
            alt=f"Points et intervalles, où 1 veut dire comme attendu. Attendu pour {f.number(observed)} événements, selon les "
            f"mois et la façon\u202f: {listed_fr}.",
        ),
    )


_ENDS = {
    "above": "The rise since is more than a trend of before, but the coup is only one of the things that came in between.",
    "within": "“Since the junta took power” is true as a date; the figures do not show that the rise is owed to it.",
    "below": "“Since the junta took power” is true as a date; the rise is less than the trend before it promised.",
}


def since_coup_words(r: Report) -> str:
    """Weigh "since the junta took power" against the trend before it, in one paragraph."""
    course, found = _course(r), carried(r)
    two = usual(found)
    ratio = intervals.compare(t.militant(r), r.last_12, window("2019-08", "2020-07"))
    effect, judgement, _ = t.estimate(r, t.TURNS[0])
    years = p.number((len(course) - it.BEFORE - 1) / 12, 1)
    steady, straight = two["steady"], two["straight"]
    told = it.STRENGTHS[judgement.verdict]
    if judgement.verdict == "none":
        told += f" ({t.unexcluded(effect.interval)[0]})"
    text = (
        f"Since the junta took power, militant Islamist events have come to {ratio.times()} those of the 12 months "
        f"before the coup, from {p.number(ratio.before)} to {p.number(ratio.now)}. {_before(effect)} Carried on for {years} years, that rate "
        f"would have given {p.number(steady.expected)} in the last 12 months ({_band(steady)}), and the same number more each "
        f"month {p.number(straight.expected)} ({_band(straight)}): what came is {judged(found)[0]}. In the first "
        f"{p.count(effect.months_after, 'month')} after the coup, events stood at {t.within(effect.ratio, effect.interval)} "
        f"times the trend, {told}. "
    )
    wide = steady.interval.high / steady.interval.low
    if wide >= LITTLE:
        text += (
            f"The upper end of the first band is {p.number(wide)} times its lower one: so far ahead, a trend of "
            f"{it.BEFORE} months says little. "
        )
    same = steady.lies == straight.lies
    return text + _ENDS[steady.lies if same else "within"] + t.LINK


def _before(effect: it.Effect) -> str:
    """Say how events moved before the coup, and whether they grew by more than chance."""
    factor = t.within(effect.growth, effect.growth_interval)
    if effect.growth_interval.low > 1:
        return f"They were growing before it by a factor of {factor} a year."
    return f"Their trend before it was a factor of {factor} a year, not told from no growth."


def weighed(r: Report) -> str:
    """Weigh "since the junta took power" against the trend before it, for the page on turning points itself."""
    return since_coup_words(r).removesuffix(t.LINK)


# --------------------------------------------------------------------------- Wagner


def _arrived(r: Report) -> t.Turn | None:
    """Return Wagner's arrival where enough months lie after it."""
    turn = next(one for one in t.TURNS if one.id == "wagner")
    counts = t.counts_of(r, t.militant(r))
    enough = month(turn.date) <= r.as_of and it.months_after(counts, month(turn.date)) >= it.LEAST_AFTER
    return turn if enough else None


def _by_zone(
    r: Report, turn: t.Turn, kinds: Mapping[str, str]
) -> tuple[list[tuple[str, str, it.Effect, it.Judgement]], pd.DataFrame]:
    """Return the effect at Wagner's arrival by zone and count, and the same as a table."""
    made: list[tuple[str, str, it.Effect, it.Judgement]] = []
    for label, part in zip(
        kinds.values(), (t.militant(r), m.against_civilians(r.actors, d.MILITANT_ISLAMIST)), strict=True
    ):
        for zone in ("centre", "north", "south"):
            try:
                found, judgement, _ = t.estimate(r, turn, m.in_zone(part, zone))
            except NotInData:
                continue
            made.append((d.ZONE_LABELS[zone], label, found, judgement))
    frame = pd.DataFrame(
        [(zone, label, e.ratio, e.interval.low, e.interval.high, j.seen, j.share) for zone, label, e, j in made],
        columns=[
            "Zone",
            "Counted",
            "Effect",
            "Low",
            "High",
            "Seen in 80 percent of cases from",
            "Share of other dates",
        ],
    ).round(6)
    return made, frame


def _without(made: list, label: str) -> Both:
    """Name the zones in which a series is too small to be estimated."""
    zones = list(dict.fromkeys(zone for zone, *_ in made))
    short = [zone for zone in zones if not any((at, of) == (zone, label) for at, of, *_ in made)]
    if not short:
        return NOTHING
    return Both(
        f" {p.listing(short)}: too few attacks on civilians for an estimate.",
        f" {f.listing(f.upper(term(zone)) for zone in short)} : trop peu d’attaques contre des civils pour une estimation.",
    )


def wagner(r: Report) -> Figure:
    """Effect at Wagner's arrival by zone, for events and for attacks on civilians."""
    if month(d.WAGNER_ARRIVAL) > r.as_of:
        raise NotInEdition("Wagner has not yet come to Mali in this edition.")
    turn = _arrived(r)
    if turn is None:
        raise NotInEdition(
            f"By {month_name(r.as_of)} fewer than {p.word(it.LEAST_AFTER)} months had passed since Wagner's arrival: too few "
            "to hold them against the trend before it."
        )
    kinds = {"ink": "Militant Islamist events", "neutral": "Their attacks on civilians"}
    made, frame = _by_zone(r, turn, kinds)
    centre = made[0][2]
    sure, total = sum(j.verdict != "none" for *_, j in made), len(made)
    told, told_fr = t.said([(made[0][2], made[0][3])])
    return Figure(
        id="turning-wagner",
        title=f"In the year after Wagner's arrival events in the centre stood at {t.within(centre.ratio, centre.interval)} times "
        f"the trend before it: {told.removeprefix('the date is ')}.",
        subtitle="Militant Islamist events and attacks on civilians after December 2021 over the trend of the two years "
        "before, carried on, by zone; lines: 95 percent intervals; dashed line: no effect; logarithmic axis",
        chart=charts.intervals(
            frame, "Zone", "Effect", "Low", "High", "Counted", kinds, title="Course over the trend", domain=_WAGNER_AXIS
        ),
        frame=frame,
        alt=f"Dots with intervals for {p.count(total, 'series', 'series')}; {p.word(sure) if sure else 'none'} of the intervals "
        f"{'leave' if sure > 1 else 'leaves'} out 1; in the centre, events stand at {t.x(centre.ratio)} times the trend.",
        source=r.source("actors"),
        caveat=joined(
            [
                t.ASSUMPTIONS,
                Both(
                    f"In the centre an effect would have been seen in four of five cases from {t.seen(made[0][3])}.",
                    "Dans le centre, un effet aurait été vu quatre fois sur cinq à partir de "
                    f"{t.x_fr(made[0][3].seen)} fois la tendance, ou à {t.x_fr(1 / made[0][3].seen)} fois et moins.",
                ),
                t.runs_on(frame, _WAGNER_AXIS),
            ]
        )
        + _without(made, kinds["neutral"]),
        fr=Words(
            title="Dans l’année qui suit l’arrivée de Wagner, les événements du centre se situent à "
            f"{t.within_fr(centre.ratio, centre.interval)} fois la tendance antérieure\u202f: {told_fr}.",
            subtitle="Événements impliquant des groupes islamistes armés et attaques contre des civils après décembre 2021, rapportés à la "
            "tendance des deux années antérieures prolongée, par zone\u202f; traits\u202f: intervalles à 95\u202f%\u202f; "
            "axe logarithmique",
            alt=f"Points et intervalles pour {f.count(total, 'série', feminine=True)}\u202f; "
            f"{f.word(sure) + ' des intervalles excluent' if sure > 1 else 'un des intervalles exclut' if sure else 'aucun des intervalles n’exclut'} 1\u202f; dans le centre, les événements sont à "
            f"{t.x_fr(centre.ratio)} fois la tendance.",
        ),
    )


def wagner_weighed(r: Report) -> str:
    """Weigh Wagner's arrival against the trend before it, for the page on turning points itself."""
    return wagner_words(r).removesuffix(t.LINK).replace(", given above,", "")


def wagner_words(r: Report) -> str:
    """Weigh Wagner's arrival against the trend before it, for the chapter on Wagner."""
    if month(d.WAGNER_ARRIVAL) > r.as_of:
        return "By this edition's month Wagner had not arrived: there is no course after it to hold against the trend."
    turn = _arrived(r)
    if turn is None:
        after = it.months_after(t.counts_of(r, t.militant(r)), month(d.WAGNER_ARRIVAL))
        return (
            f"Whether violence left its trend at Wagner's arrival cannot be said yet: this edition has "
            f"{p.count(after, 'month')} after it, and {p.word(it.LEAST_AFTER)} are the least."
        )
    centre, centre_judged, _ = t.estimate(r, turn, m.in_zone(t.militant(r), "centre"))
    civilians = t.estimate(r, turn, m.against_civilians(r.actors, d.MILITANT_ISLAMIST))
    words = []
    for noun, (found, judgement) in (
        ("militant Islamist events in central Mali", (centre, centre_judged)),
        ("attacks on civilians in the whole country", civilians[:2]),
    ):
        told = it.STRENGTHS[judgement.verdict]
        if judgement.verdict == "none":
            told += f" ({t.unexcluded(found.interval)[0]})"
        words.append(
            f"{noun} stood at {t.within(found.ratio, found.interval)} times the trend of the two years before, {told}; an "
            f"effect would have been seen in four of five cases from {t.seen(judgement)}"
        )
    return (
        f"In the {p.count(centre.months_after, 'month')} after Wagner's arrival, {words[0]}. {p.sentence(words[1])} The rise "
        "or fall against as long before, given above, is therefore to be read together with the trend it continued."
        + t.LINK
    )
