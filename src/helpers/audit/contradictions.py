"""The published figures held against themselves and each other.

Some figures follow from others: a change from two levels, a year from two half-years that overlap with a third count.
Each check below states what some published figures imply for another number, with the room that rounding leaves, and
holds it against what is published or, where the reports do not give it, counted. The verdict follows by rule.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from helpers import definitions as d
from helpers import limits
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.audit.spans import VERDICTS as VERDICTS
from helpers.audit.spans import Span
from helpers.audit.spans import verdict as verdict
from helpers.data import Tables
from helpers.editions import Report, listed
from helpers.errors import ClaimError
from helpers.estimates import intervals
from helpers.windows import Window, month_name, trailing, window, year


@dataclass(frozen=True)
class Found:
    """What a check found.

    Attributes
    ----------
    implied : Span
        What the published figures imply for a number.
    against : Span
        What is published, or counted, for that number.
    measure : str
        What the number is, with its unit.
    implies, follows : str
        The two halves of the sentence.
    """

    implied: Span
    against: Span
    measure: str
    implies: str
    follows: str


@dataclass(frozen=True)
class Check:
    """A check of some published figures against each other.

    Attributes
    ----------
    id : str
        Short name.
    claims : tuple of str
        Claims whose figures it uses.
    asks : str
        The question in words.
    run : callable
        Computes it.
    published : bool
        Both sides are published statements of fact about the same thing: only then is a gap a contradiction.
    """

    id: str
    claims: tuple[str, ...]
    asks: str
    run: Callable[[Case], Found]
    published: bool = False


class Case:
    """What a check may look at: the published figures, and the tables at each report's date."""

    def __init__(self, tables: Tables | None = None):
        self.reports = {row.report: Report(row.id, tables) for row in listed() if row.report}

    def figure(self, claim_id: str, quantity: str) -> claims.Published:
        """Return a published figure."""
        for figure in claims.claim(claim_id).figures:
            if figure.quantity == quantity:
                return figure
        raise ClaimError(f"claim {claim_id} publishes no {quantity!r}.")

    def value(self, claim_id: str, quantity: str) -> float:
        """Return a published figure as a number: a change of 20 percent as 1.2, a share of 40 percent as 0.4."""
        figure = self.figure(claim_id, quantity)
        assert figure.published is not None
        return _plain(figure, figure.published)

    def stated(self, claim_id: str, quantity: str) -> Span:
        """Return the values that would be published as a figure: rounding leaves room around it."""
        figure = self.figure(claim_id, quantity)
        assert figure.published is not None
        room = 0.5 * 10.0**-figure.digits
        if figure.test == "more":
            return Span(_plain(figure, figure.published), math.inf)
        return Span(_plain(figure, figure.published - room), _plain(figure, figure.published + room))

    def mi(self, report: str = "R23") -> pd.DataFrame:
        """Return militant Islamist events at a report's date."""
        return m.militant_islamist(self.reports[report].actors)

    def vac(self, report: str = "R23") -> pd.DataFrame:
        """Return attacks on civilians by militant Islamists at a report's date."""
        return m.against_civilians(self.reports[report].actors, d.MILITANT_ISLAMIST)

    def near_bamako(self, when: Window) -> int:
        """Count events around Bamako."""
        return m.count(m.around_bamako(self.mi()), self.reports["R23"].checked(when))


def _plain(figure: claims.Published, value: float) -> float:
    if figure.unit == "percent":
        return 1 + value / 100
    return value / 100 if figure.unit == "share" else value


def _change(level: float) -> str:
    return f"{p.number((level - 1) * 100)} percent"


# --------------------------------------------------------------------------- the checks


def _area(c: Case) -> Found:
    now, before, change = (c.stated("R23-04", name) for name in ("area", "area_before", "change"))
    implied = Span(now.low / before.high, now.high / before.low)
    exact = c.value("R23-04", "area") / c.value("R23-04", "area_before")
    return Found(
        implied,
        change,
        "area of 2023H1 over 2022H2",
        f"{p.number(c.value('R23-04', 'area'))} km² is {p.number((exact - 1) * 100, 1)} percent more than "
        f"{p.number(c.value('R23-04', 'area_before'))} km²",
        f"with the rounding of both, {_change(implied.low)} to {_change(implied.high)}; published as "
        f"{_change(c.value('R23-04', 'change'))}",
    )


def _overlap_in_data(c: Case) -> tuple[Window, Window, int]:
    """Return July-August 2022, September-December 2022, and the events around Bamako in the first."""
    both = window("2022-07", "2022-08")
    return both, window("2022-09", "2022-12"), c.near_bamako(both)


def _overlap(c: Case) -> Found:
    both, _, inside = _overlap_in_data(c)
    nine, five = c.value("R22-08", "year_to_date"), c.stated("R23-06", "before")
    return Found(
        Span(inside, math.inf),
        five,
        "events around Bamako in July-December 2022",
        f"of the first report's {p.word(int(nine))} events around Bamako, our tables put {p.word(inside)} in "
        f"{both.label}",
        f"the whole half-year cannot have had fewer; the second report gives it "
        f"{p.word(int(c.value('R23-06', 'before')))}",
    )


def _rest_of_half(c: Case) -> Found:
    _, rest, inside = _overlap_in_data(c)
    five = int(c.value("R23-06", "before"))
    left, counted = five - inside, c.near_bamako(rest)
    return Found(
        Span(left, left),
        Span(counted, counted),
        f"events around Bamako in {rest.label}",
        f"{p.word(five)} events around Bamako in July-December 2022, {p.word(inside)} of them by August, leave "
        f"{p.word(left)} for the {p.word(rest.months)} months that follow",
        f"our tables hold {p.word(counted)}: {p.word(counted + inside)} in the half-year",
    )


def _year_of_bamako(c: Case) -> Found:
    _, _, inside = _overlap_in_data(c)
    nine, five = c.value("R22-08", "year_to_date"), c.value("R23-06", "before")
    total = nine + five - inside
    projected = c.stated("R22-10", "pace")
    return Found(
        Span(total, total),
        projected,
        "events around Bamako in 2022",
        f"{p.word(int(nine))} by August and {p.word(int(five))} from July on make {p.number(nine)} to "
        f"{p.number(nine + five)} in 2022 whatever the overlap, and {p.number(total)} with the {p.word(inside)} that "
        "our tables find in both",
        f"by the second report's own count the {p.number(c.value('R22-10', 'pace'))} that the first projected "
        f"{'were reached' if total >= projected.low else 'were not reached'}",
    )


def _five_years(c: Case) -> Found:
    nine, ratio, five = c.value("R22-08", "year_to_date"), c.stated("R22-09", "ratio"), c.stated("R22-10", "five_years")
    # Events are whole: 9 over 1.5 to 2.5 leaves four, five or six.
    last = Span(math.ceil(nine / ratio.high), math.floor(nine / ratio.low))
    dozen = round(c.value("R22-10", "five_years"))
    implied = Span(math.ceil(five.low) - last.high, math.floor(five.high) - last.low)
    span = window("2017-01", "2020-12")
    counted = c.near_bamako(span)
    return Found(
        implied,
        Span(counted, counted),
        "events around Bamako in 2017-2020",
        f"{p.word(int(nine))} events as about twice those of 2021 make {p.spread(last.low, last.high)} in 2021, and "
        f"{dozen} in five years leave {p.spread(implied.low, implied.high)} for the four years before it",
        f"our tables hold {p.word(counted)} in 2017-2020",
    )


def _pace_of_bamako(c: Case) -> Found:
    nine, projected = c.value("R22-08", "year_to_date"), c.stated("R22-10", "pace")
    months = c.reports["R22"].year_to_date.months
    pace = m.pace(nine, months)
    first, last = (_day(nine * 12 / bound) for bound in (projected.high, projected.low))
    return Found(
        Span(pace, pace),
        projected,
        "events around Bamako in 2022 at the pace of the nine",
        f"{p.word(int(nine))} events in {p.word(months)} months are a pace of {p.number(pace, 1)} a year",
        f"to reach {p.number(c.value('R22-10', 'pace'))} the count must have stopped between {first} and {last} 2022",
    )


def _day(months: float) -> str:
    """Return the day on which so many months of 2022 are over."""
    whole = int(months)
    start = pd.Period(year=2022, month=whole + 1, freq="M").start_time
    when = start + pd.Timedelta(days=int((months - whole) * start.days_in_month))
    return f"{when.day} {month_name(pd.Period(when, 'M')).split()[0]}"


def _record_of_bamako(c: Case) -> Found:
    nine, five = c.value("R22-08", "year_to_date"), c.value("R23-06", "before")
    most = max(nine + five, c.value("R22-10", "five_years"))
    recent = c.value("R23-06", "recent")
    return Found(
        Span(most + 1, math.inf),
        c.stated("R23-06", "recent"),
        "events around Bamako in 2023H1, to be a record",
        f"by the reports' own counts 2022 had at most {p.number(nine + five)} events around Bamako, and the five years "
        f"before it together {p.number(c.value('R22-10', 'five_years'))}",
        f"the {p.number(recent)} of six months are {'' if recent > most else 'not '}more than any of these calendar "
        "years can have had",
    )


def _base_of_2020(c: Case) -> Found:
    r, mi = c.reports["R23"], c.mi()
    ratio, floor = c.stated("R23-03", "ratio"), c.value("R23-01", "pace")
    pace = m.pace(m.count(mi, r.year_to_date), r.year_to_date.months)
    implied = Span(floor / ratio.high, max(pace, floor) / ratio.low)
    before = m.count(mi, r.window("2019-08", "2020-07"))
    calendar = m.count(mi, year(2020))
    first = m.pace(m.count(mi, r.window("2020-01", "2020-07")), 7)
    numbers = (before, calendar, first)
    return Found(
        implied,
        Span(min(numbers), max(numbers)),
        "events a year when the junta took power",
        f"more than {p.number(floor)} events as nearly {p.number(c.value('R23-03', 'ratio'))} times the level of 2020 "
        f"imply {p.spread(implied.low, implied.high)} events a year then (the upper end with our pace of "
        f"{p.number(pace)})",
        f"our tables hold {p.number(calendar)} in 2020, {p.number(before)} in the 12 months before August 2020 and "
        f"{p.number(m.count(mi, year(2019)))} in 2019",
    )


def _share_of_vac(c: Case) -> Found:
    r, mi, vac = c.reports["R23"], c.mi(), c.vac()
    attacks, events = c.stated("R23-07", "ratio"), c.stated("R23-03", "ratio")
    implied = Span(attacks.low / events.high, attacks.high / events.low)
    base = r.window("2019-08", "2020-07")
    then, now = (m.count(vac, when) / m.count(mi, when) for when in (base, r.last_12))
    return Found(
        implied,
        Span(now / then, now / then),
        "share of attacks on civilians in all events, now over then",
        f"attacks on civilians up {p.number(c.value('R23-07', 'ratio'))} times and all events up "
        f"{p.number(c.value('R23-03', 'ratio'))} times mean that their share grew "
        f"{p.spread(implied.low, implied.high, 1)} times",
        f"in our tables it grew {p.times(now / then)}, from {p.percent(then)} to {p.percent(now)}",
    )


def _outside_centre(c: Case) -> Found:
    r, mi = c.reports["R22"], c.mi("R22")
    whole, centre = c.stated("R22-06", "change"), c.stated("R22-14", "change")
    share = c.stated("R22-13", "share_to_date")

    def outside(all_: float, inside: float, part: float) -> float:
        """Return the level of change outside the centre, whose share of both windows together is `part`."""
        first = part * (1 + all_) / (1 + inside)
        return (all_ - inside * first) / (1 - first)

    # The larger the centre's share, the less is left for the rest: the lowest share gives the highest change.
    highest = outside(whole.high, centre.low, share.low)
    elsewhere = m.in_zone(mi, "north", "south")
    compared = intervals.compare(elsewhere, r.recent, r.recent_before)
    here, base = compared.now, compared.before
    grown = m.count(mi, r.recent) - m.count(mi, r.recent_before)
    return Found(
        Span(0, highest),
        Span(here / base, here / base),
        "events outside Mopti and Ségou, May-August over January-April",
        f"{_change(c.value('R22-06', 'change'))} more events in all, {_change(c.value('R22-14', 'change'))} more in "
        f"Mopti and Ségou, and more than {p.percent(share.low)} of all events there leave a change of at most "
        f"{_change(highest)} for the rest of Mali",
        f"in our tables events outside the centre {compared.moved()}, from {p.number(base)} to {p.number(here)}; "
        f"{p.number(grown - (here - base))} of the {p.number(grown)} events that came on top were in the centre",
    )


def _deaths_of_2021(c: Case) -> Found:
    mi = c.mi("R22")
    deaths, share, growth = c.value("R22-16", "deaths"), c.stated("R22-16", "share"), c.stated("R22-03", "pace")
    room = 0.5 * 10.0 ** -c.figure("R22-16", "deaths").digits
    months = c.reports["R22"].year_to_date.months
    to_date = Span(deaths / share.high, (deaths + room) / share.low)
    implied = Span(m.pace(to_date.low, months) / growth.high, m.pace(to_date.high, months) / growth.low)
    counted = m.count(mi, year(2021), "fatalities")
    return Found(
        implied,
        Span(counted, counted),
        "deaths in militant Islamist events in 2021",
        f"just over {p.number(deaths)} deaths as about {p.percent(c.value('R22-16', 'share'))} of all make "
        f"{p.spread(to_date.low, to_date.high, -1)} by August 2022, and a projected rise of "
        f"{_change(c.value('R22-03', 'pace'))} puts 2021 at {p.spread(implied.low, implied.high, -1)}",
        f"our tables hold {p.number(counted)}",
    )


def _quarters_and_year(c: Case) -> Found:
    vac, ratio = c.vac("R22"), c.stated("R22-04", "ratio")
    # Two quarters, each above the record, are more than twice the record, and no more than the year to date.
    implied = Span(0, ratio.high / 2)
    years = {number: m.count(vac, year(number), "fatalities") for number in range(2012, 2022)}
    highest = max(years, key=lambda number: years[number])
    counted = years[highest] / years[2021]
    return Found(
        implied,
        Span(counted, counted),
        "highest year of civilian deaths before 2022, over 2021",
        f"two quarters of 2022 that each exceed every earlier year, in a year to date of about "
        f"{p.number(c.value('R22-04', 'ratio'))} times 2021, allow no earlier year above {p.times(implied.high)} 2021",
        f"in our tables the highest year for attacks by militant Islamists was {highest}, with "
        f"{p.number(years[highest])} deaths",
    )


def _record_and_projection(c: Case) -> Found:
    mi, growth = c.mi("R22"), c.stated("R22-03", "pace")
    months = c.reports["R22"].year_to_date.months
    implied = Span(growth.low * months / 12, growth.high * months / 12)
    years = {number: m.count(mi, year(number), "fatalities") for number in range(2012, 2022)}
    highest = max(years, key=lambda number: years[number])
    needed = years[highest] / years[2021]
    return Found(
        implied,
        Span(needed, math.inf),
        "deaths of January-August 2022 over those of 2021, to be a record",
        f"a year on course for {_change(c.value('R22-03', 'pace'))} more than 2021 has "
        f"{p.spread(implied.low, implied.high, 1)} times the deaths of 2021 by August",
        f"to pass the highest year before, {highest}, our tables ask for {p.times(needed)}",
    )


def _deaths_since(c: Case) -> Found:
    r, vac = c.reports["R23"], c.vac()
    stated = c.stated("R23-15", "deaths")
    late, early = r.since(d.WAGNER_ARRIVAL), r.since("2021-01")
    low, high = (m.count(vac, when, "fatalities") for when in (late, early))
    back = 1
    while m.count(vac, trailing(r.as_of, back), "fatalities") < c.value("R23-15", "deaths") and back < 120:
        back += 1
    start = trailing(r.as_of, back).first
    return Found(
        stated,
        Span(low, high),
        "deaths in attacks on civilians by militant Islamists since 2021",
        f"{p.number(c.value('R23-15', 'deaths'))} deaths since 2021",
        f"our tables hold {p.number(low)} from December 2021 and {p.number(high)} from January 2021 on; the published "
        f"toll is reached by counting from {month_name(start)}{', before that year' if str(start) < '2021-01' else ''}",
    )


def _deadlier(c: Case) -> Found:
    r = c.reports["R23"]
    events, deaths = c.stated("R23-16", "events"), c.stated("R23-16", "fatalities")

    def odds(share: float) -> float:
        return share / (1 - share)

    implied = Span(odds(deaths.low) / odds(events.high), odds(deaths.high) / odds(events.low))
    span = r.since(d.WAGNER_ARRIVAL)
    rows = m.with_wagner(r.actors, wide=True)
    vac = m.against_civilians(rows)
    part, whole = ([m.count(x, span, value) for value in ("fatalities", "events")] for x in (vac, rows))
    counted = (part[0] / part[1]) / ((whole[0] - part[0]) / (whole[1] - part[1]))
    return Found(
        implied,
        Span(counted, counted),
        "deaths an event, attacks on civilians over Wagner's other events",
        f"{p.percent(c.value('R23-16', 'events'))} of Wagner's events and {p.percent(c.value('R23-16', 'fatalities'))} "
        f"of the deaths mean that an attack on civilians cost {p.spread(implied.low, implied.high, 1)} times as many "
        "lives as its other events",
        f"in our tables it is {p.times(counted)}",
    )


def _south_without_kayes(c: Case) -> Found:
    r, mi = c.reports["R23"], c.mi()
    south, kayes = c.stated("R23-26", "change"), c.stated("R23-28", "ratio")
    south_rows, kayes_rows = m.in_zone(mi, "south"), m.in_regions(mi, "Kayes")
    before, part = m.count(south_rows, r.before_12), m.count(kayes_rows, r.before_12)
    share = part / before
    implied = Span((south.low - kayes.high * share) / (1 - share), (south.high - kayes.low * share) / (1 - share))
    compared = intervals.compare(south_rows[south_rows["region"].ne("Kayes")], r.last_12, r.before_12)
    counted = compared.ratio
    return Found(
        implied,
        Span(counted, counted),
        "events in the south outside Kayes, over the 12 months before",
        f"{p.number(c.value('R23-28', 'ratio'))} times as many events in Kayes, in a south up "
        f"{_change(c.value('R23-26', 'change'))}: with the {p.percent(share)} of the south's events that Kayes had "
        f"before, the other regions changed by {_change(implied.low)} to {_change(implied.high)}",
        f"in our tables events there {compared.moved()}",
    )


def _two_thirds(c: Case) -> Found:
    shares = m.zone_shares(c.reports["R23"].regions).set_index("zone")
    stated = c.stated("R23-09", "share")
    implied = Span(0, 1 - c.value("R22-11", "share"))
    land = shares["area_share"]
    return Found(
        implied,
        stated,
        "share of Mali's people in the north and the centre",
        f"if the south holds more than {p.percent(c.value('R22-11', 'share'))} of the people, the north and the centre "
        f"hold less than {p.percent(implied.high)}",
        f"the two thirds of the country said to be imperilled {'cannot' if implied.high < stated.low else 'can'} be "
        f"its people; of its land the north and the centre are {p.percent(land['north'] + land['centre'])}, the north "
        f"alone {p.percent(land['north'])}",
    )


CHECKS: tuple[Check, ...] = (
    Check("area", ("R23-04",), "Do the two areas give the published change?", _area, published=True),
    Check(
        "bamako-overlap",
        ("R22-08", "R23-06"),
        "Does the half-year have room for the events already counted by August?",
        _overlap,
    ),
    Check("bamako-rest", ("R22-08", "R23-06"), "What is left for the rest of that half-year?", _rest_of_half),
    Check(
        "bamako-year",
        ("R22-08", "R22-10", "R23-06"),
        "Did the projected year come, by the reports' own counts?",
        _year_of_bamako,
    ),
    Check(
        "bamako-five-years",
        ("R22-08", "R22-09", "R22-10"),
        "Do the counts of 2021 and of five years fit together?",
        _five_years,
    ),
    Check(
        "bamako-pace",
        ("R22-08", "R22-10"),
        "Is the projection the pace of the events to date?",
        _pace_of_bamako,
        published=True,
    ),
    Check(
        "bamako-record",
        ("R22-08", "R22-10", "R23-06", "R23-27"),
        "Is the first half of 2023 a record by the reports' own counts?",
        _record_of_bamako,
        published=True,
    ),
    Check("base-2020", ("R23-01", "R23-03"), "Which level of 2020 does the rise since then imply?", _base_of_2020),
    Check(
        "share-of-attacks",
        ("R23-03", "R23-07"),
        "Do the rises of all events and of attacks on civilians fit together?",
        _share_of_vac,
    ),
    Check(
        "outside-centre", ("R22-06", "R22-13", "R22-14"), "What is left for Mali outside the centre?", _outside_centre
    ),
    Check("deaths-2021", ("R22-03", "R22-16"), "Which toll of 2021 do the deaths of 2022 imply?", _deaths_of_2021),
    Check(
        "quarters-and-year",
        ("R22-04", "R22-05"),
        "Do the record quarters fit the toll of the year?",
        _quarters_and_year,
    ),
    Check(
        "record-and-projection",
        ("R22-02", "R22-03"),
        "Is a year on the projected course a record by August?",
        _record_and_projection,
    ),
    Check(
        "deaths-since", ("R23-15",), "From when on must deaths be counted to reach the published toll?", _deaths_since
    ),
    Check("wagner-odds", ("R23-16",), "Do the share of events and the share of deaths fit together?", _deadlier),
    Check("south-and-kayes", ("R23-26", "R23-28"), "What is left for the south outside Kayes?", _south_without_kayes),
    Check("two-thirds", ("R22-11", "R23-09"), "Can two thirds of the country be its people?", _two_thirds),
)
"""Every check, in the order of the chapters."""


def check_all(tables: Tables | None = None) -> pd.DataFrame:
    """Run every check.

    Returns
    -------
    DataFrame
        One row a check: `id`, `claims`, `asks`, `measure`, `implies` (what the published figures imply), `follows` (what
        that means), `implied_low`, `implied_high`, `against_low`, `against_high`, `verdict`, `sentence`; changes stand as
        levels (1.18 for +18 percent), shares as parts of one.
    """
    tables = tables or Tables()
    limits.countable(tables, published=True)
    limits.enough(tables)
    case = Case(tables)
    records = []
    for check in CHECKS:
        found = check.run(case)
        records.append(
            {
                "id": check.id,
                "claims": ";".join(check.claims),
                "asks": check.asks,
                "measure": found.measure,
                "implies": p.sentence(found.implies),
                "follows": p.sentence(found.follows),
                "implied_low": found.implied.low,
                "implied_high": found.implied.high,
                "against_low": found.against.low,
                "against_high": found.against.high,
                "verdict": verdict(found.implied, found.against, published=check.published),
                "sentence": p.sentence(f"{found.implies}; {found.follows}"),
            }
        )
    return pd.DataFrame(records)
