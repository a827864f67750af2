"""Findings, figures and the scorecard of the book's first page."""

from __future__ import annotations

import pandas as pd

from helpers import charts, claims, data, intervals
from helpers import definitions as d
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.figures import Figure, Table
from helpers.questions import QUESTIONS
from helpers.windows import Window, half

CHAPTERS: dict[str, str] = {
    "trajectory": "Trajectory",
    "junta": "Politics",
    "wagner": "Wagner",
    "northern": "North",
    "central": "Centre",
    "southern": "South",
}
ZONE_COLOURS = {zone: d.ZONE_LABELS[zone] for zone in ("centre", "north", "south")}
REPORT_COLOURS = {"neutral": "R22", "accent": "R23"}
UNSETTLED = "for later months to settle"
NO_STATEMENT = (
    "No statement had been made yet at this edition's date: the first of the two reports is of "
    f"{claims.REPORTS['R22'].rsplit(', ', 1)[1]}."
)


def day(report: str) -> str:
    """Return the day of a report in words."""
    return claims.REPORTS[report].rsplit(", ", 1)[1]


def reports_of(r: Report) -> list[str]:
    """Return the ids of the reports made by an edition's date."""
    return list(dict.fromkeys(row.report for row in claims.due(r)))


def about(r: Report) -> str:
    """Say what this edition is: its date, the months it compares, the statements it holds against the data."""
    due = claims.due(r)
    own = [row for row in due if row.report == r.edition.report]
    text = f"it compares {r.recent.label} with {r.recent_before.label}"
    if own:
        text = (
            f"this edition stands where the report of {day(r.edition.report)} stood: {text}, and holds the "
            f"{p.number(len(own))} statements of that report against the data"
        )
        rest = len(due) - len(own)
        text += f", with the {p.number(rest)} of the report before it" if rest else ""
    elif due:
        text = (
            f"this edition stands apart from the two reports: {text}, and holds all {p.number(len(due))} "
            "statements made by its date against the data, each at the date at which it was made"
        )
    else:
        text = f"this edition lies before the two reports: {text}"
    return p.sentence(text)


def findings(r: Report) -> str:
    """List what each chapter finds, as sentences made from the numbers."""
    coup = r.as_of > pd.Period("2020-07", "M")
    rows = [
        ("The country", ["recent_events", "passes_record"]),
        ("Civilians", ["vac_against_pre_coup" if coup else "killed_in_vac"]),
        ("The north", ["is_deaths"]),
        ("The centre", ["central_share"]),
        ("The south", ["southern_growth", "bamako_halves"]),
        ("Wagner", ["wagner_vac_share"] if str(r.as_of) >= d.WAGNER_ARRIVAL else []),
        ("Politics", ["exposed_share", *([] if r.referendum.empty else ["referendum"])]),
    ]
    lines = [
        f"* **{label}.** {' '.join(QUESTIONS[name](r).sentence for name in names)}" for label, names in rows if names
    ]
    return "\n".join([*lines, "", f"*{intervals.CAVEAT}*"])


# --------------------------------------------------------------------------- figures


def zones(r: Report) -> Figure:
    """Count militant Islamist events by zone and half-year."""
    rows = m.militant_islamist(r.actors)
    rows = rows.assign(zone=rows["region"].map(d.ZONE_OF).map(d.ZONE_LABELS))
    span = r.since("2017-01")
    frame = m.series(rows, span, "half", split="zone", values=["events"])
    table = pd.DataFrame({"Half-year": frame["period"], "Zone": frame["zone"], "Events": frame["events"]})
    here, base = m.count(rows, r.last_12), m.count(rows, r.before_12)
    now = m.tally(rows, r.last_12, "zone")
    lead = now.iloc[0]
    rest = p.listing(
        f"{p.number(row.events)} in {row.zone[0].lower() + row.zone[1:]}" for row in now.iloc[1:].itertuples()
    )
    return Figure(
        id="summary-zones",
        title=p.sentence(
            f"militant Islamist events {p.moved(here, base)} in the last 12 months, to {p.number(here)}; "
            f"{lead['zone'][0].lower() + lead['zone'][1:]} had {p.share_word(lead['share'])} of them"
        ),
        subtitle=f"Militant Islamist events by zone and half-year, Mali, {span.label}"
        + (", the last half-year incomplete" if frame["months"].iloc[-1] < 6 else "")
        + f"; the last 12 months are {r.last_12.label}",
        chart=charts.stacked(
            table, "Half-year", "Events", "Zone", ZONE_COLOURS, title="Events", marks={"2020H2": "coup of 2020"}
        ),
        frame=table,
        alt=p.sentence(
            f"Stacked columns of three zones from {table['Half-year'].iloc[0]} to {table['Half-year'].iloc[-1]}; in "
            f"the last 12 months {p.number(lead['events'])} events in {lead['zone'][0].lower() + lead['zone'][1:]}, "
            f"{rest}, against {p.number(base)} in all in the 12 months before"
        ),
        source=r.source("actors"),
    )


def cercle_map(r: Report) -> Figure:
    """Map political violence by cercle, per 100,000 people, over the last two complete half-years."""
    halves = sorted(r.cercle_halves["half"].unique())[-2:]
    span = Window(half(halves[0]).first, half(halves[1]).last)
    rows = r.cercle_halves[r.cercle_halves["half"].isin(halves)]
    counted = rows.groupby(["cercle", "region"], as_index=False)[["events", "fatalities"]].sum()
    rates = m.per_100k(counted, r.cercles, "cercle", "events")
    table = pd.DataFrame(
        {
            "cercle": rates["cercle"],
            "Events per 100,000 people": rates["per_100k"].round(1),
            "Events": rates["events"],
            "Deaths": rates["fatalities"],
            "Region": rates["region"].map(p.region_name),
        }
    ).sort_values(["Events per 100,000 people", "Events"], ascending=False, ignore_index=True)
    most = table.sort_values("Events", ascending=False).iloc[0]
    top, quiet = table.iloc[0], int(table["Events"].eq(0).sum())
    same = top["cercle"] == most["cercle"]
    title = (
        f"{p.cercle_name(top['cercle'])} had the most political violence in {span.label}, by number and for its "
        "population"
        if same
        else f"{p.cercle_name(most['cercle'])} had the most political-violence events in {span.label}; for its population, "
        f"{p.cercle_name(top['cercle'])} had the most"
    )
    return Figure(
        id="summary-cercles",
        title=p.sentence(title),
        subtitle=f"Political-violence events of all actors per 100,000 people, by cercle, Mali, {span.label}; number "
        "of events and deaths on hover and in the table",
        chart=charts.choropleth(
            data.shapes("cercles", r.data_dir),
            table,
            "cercle",
            "Events per 100,000 people",
            title="Events per 100,000 people",
            tips=["Events", "Deaths", "Region"],
            places=r.places[r.places["rank"] <= 4],
        ),
        frame=table.assign(cercle=table["cercle"].map(p.cercle_name)).rename(columns={"cercle": "Cercle"}),
        alt=p.sentence(
            f"Map of {p.number(len(table))} cercles shaded by rate: {p.cercle_name(top['cercle'])} is highest with "
            f"{p.number(top['Events per 100,000 people'], 1)} events per 100,000 people ({p.number(top['Events'])} "
            f"events); {p.cercle_name(most['cercle'])} has the most events, {p.number(most['Events'])}; "
            f"{p.word(quiet)} {'has' if quiet == 1 else 'have'} none"
        ),
        source=r.source("cercle_halves", "cercles"),
        caveat=charts.BORDER_NOTE + " The population figures are labelled 2020 and look low in total, so every rate is "
        "somewhat too high and moves of people since are missed: read the order, not the level. In cercles "
        "with few people a handful of events makes a high rate.",
    )


# --------------------------------------------------------------------------- the scorecard


def verdict_then(result: claims.Result) -> str:
    """Return the verdict that needs no later month: for a projection, that on the figures at its own date."""
    if result.claim.kind == "projection":
        return claims.weakest(result.rows) or UNSETTLED
    return result.verdict


def judged(r: Report) -> list[claims.Result]:
    """Evaluate every statement made by an edition's date, or say that there is none."""
    due = claims.due(r)
    if not due:
        raise NotInEdition(NO_STATEMENT)
    return [claims.evaluate(row.id, str(r.data_dir)) for row in due]


SAID: dict[str, tuple[str, str]] = {
    "reproduced": ("is reproduced", "are reproduced"),
    "close": ("comes close", "come close"),
    "direction only": ("has the published direction but not its size", "have the published direction but not its size"),
    "not reproduced": ("is not reproduced", "are not reproduced"),
    "not measurable": ("cannot be measured", "cannot be measured"),
    "borne out": ("was borne out", "were borne out"),
    "not borne out": ("was not borne out", "were not borne out"),
    "open": ("is still open", "are still open"),
    "sourced": ("is sourced", "are sourced"),
    "unsourced": ("is unsourced", "are unsourced"),
    "evidence": ("is a judgement", "are judgements"),
    UNSETTLED: ("is for later months to settle", "are for later months to settle"),
}
"""Verdicts as the end of a sentence, for one and for several statements, from the best to the worst."""


def tell(verdicts: list[str]) -> str:
    """Count verdicts in words, the best first."""
    counts = pd.Series(verdicts).value_counts()
    return p.listing(
        f"{p.word(int(counts[name]))} {words[int(counts[name] > 1)]}" for name, words in SAID.items() if name in counts
    )


def how_much_holds(r: Report) -> str:
    """Say in one paragraph per report how many of its statements the data bear out."""
    results = judged(r)
    out = []
    for report in reports_of(r):
        own = [result for result in results if result.claim.report == report]
        by_kind = {kind: [verdict_then(x) for x in own if x.claim.kind == kind] for kind in claims.KINDS}
        measured = by_kind["measured"]
        parts = [
            p.sentence(
                f"of the {p.number(len(own))} statements of the report of {day(report)} that can be checked, "
                f"{p.number(len(measured))} give a figure that event data can recompute; of these, {tell(measured)}"
            )
        ]
        fragile = sum(
            any(row.readings and 2 * row.matches < row.readings for row in x.rows)
            for x in own
            if x.claim.kind == "measured" and verdict_then(x) == "reproduced"
        )
        if fragile:
            parts.append(
                p.sentence(
                    f"{p.count(fragile, 'statement')} counted as reproduced {'fails' if fragile == 1 else 'fail'} under "
                    "more than half of the readings tried"
                )
            )
        close = [x.reason for x in own if x.claim.kind == "measured" and verdict_then(x) == "close"]
        if close:
            fresh, other = close.count("vintage"), len(close) - close.count("vintage")
            words = []
            if fresh:
                words.append(f"{p.word(fresh)} {'lies' if fresh == 1 else 'lie'} as near as later revisions explain")
            if other:
                words.append(f"{p.word(other)} {'needs' if other == 1 else 'need'} another definition than our first")
            parts.append(p.sentence(f"of those that come close, {p.listing(words)}"))
        if by_kind["documented"]:
            facts = by_kind["documented"]
            found = facts.count("sourced")
            parts.append(
                p.sentence(
                    f"of {p.count(len(facts), 'dated fact')}, {p.word(found) if found else 'none'} "
                    f"{'has' if found == 1 else 'have'} a source other than the report for every part"
                )
            )
        if by_kind["projection"]:
            parts.append(
                p.sentence(
                    f"it makes {p.count(len(by_kind['projection']), 'projection')}: judged by the figures of its own "
                    f"date, {tell(by_kind['projection'])}"
                )
            )
        if by_kind["assessment"]:
            parts.append(
                p.sentence(
                    f"{p.count(len(by_kind['assessment']), 'judgement')} "
                    f"{'is' if len(by_kind['assessment']) == 1 else 'are'} shown with the evidence and not scored"
                )
            )
        out.append(" ".join(parts))
    return "\n\n".join(out)


def verdicts(r: Report) -> Figure:
    """Count the verdicts on all statements made by the edition's date, by report."""
    results = judged(r)
    order = list(SAID)
    rows = sorted(((verdict_then(x), x.claim) for x in results), key=lambda row: order.index(row[0]))
    names = {report: f"Report of {day(report)}" for report in reports_of(r)}
    table = pd.DataFrame(
        [
            (verdict[0].upper() + verdict[1:], names[claim.report], claim.id, claim.statement, CHAPTERS[claim.chapter])
            for verdict, claim in rows
        ],
        columns=["Verdict", "Report", "Claim", "Statement", "Chapter"],
    )
    good = sum(verdict in ("reproduced", "close", "sourced") for verdict, _ in rows)
    scored = sum(verdict not in ("evidence", UNSETTLED) for verdict, _ in rows)
    counts = table["Verdict"].value_counts(sort=False)
    return Figure(
        id="summary-verdicts",
        title=p.sentence(
            f"{p.number(good)} of the {p.number(scored)} statements that can be scored are reproduced, close or sourced"
        ),
        subtitle="Statements made by this edition's date, one square each, by verdict and report; projections are "
        "scored on the figures of their own date",
        chart=charts.units(
            table,
            "Verdict",
            "Report",
            {key: names[report] for key, report in REPORT_COLOURS.items() if report in names},
            tips=["Claim", "Statement", "Chapter"],
        ),
        frame=table[["Claim", "Verdict", "Report", "Chapter", "Statement"]],
        alt=p.sentence(
            "Rows of squares, one for each statement: "
            + p.listing(f"{p.number(number)} {name[0].lower() + name[1:]}" for name, number in counts.items())
        ),
        source=r.source("actors", "totals")
        + " The published statements: "
        + "; ".join(claims.REPORTS[report] for report in reports_of(r))
        + ".",
    )


def _published(result: claims.Result) -> str:
    said = [f.text for f in result.claim.figures]
    return "statement" if set(said) <= {"statement"} else "; ".join(said)


def _computed(result: claims.Result) -> str:
    said = [row.figure.number(row.computed) for row in result.rows if row.figure and row.computed is not None]
    return "; ".join(said) or "see chapter"


def scorecard(r: Report) -> Table:
    """List every statement made by the edition's date with its verdict."""
    frame = pd.DataFrame(
        [
            (x.claim.id, x.claim.statement, _published(x), _computed(x), verdict_then(x), CHAPTERS[x.claim.chapter])
            for x in judged(r)
        ],
        columns=["Claim", "Statement", "Published", "Computed", "Verdict", "Chapter"],
    )
    return Table(
        title="Every statement made by this edition's date, held against the data",
        frame=frame,
        source=r.source("actors", "totals"),
        note="A statement with several figures carries the weakest verdict among them. Projections are scored here "
        "on the figures of their own date; what became of them stands under the heading on what happened next.",
    )


# --------------------------------------------------------------------------- what happened next


def outcomes(r: Report) -> Table:
    """List the projections made by the edition's date with what became of them."""
    settled = [x for x in judged(r) if x.outcomes]
    if not settled:
        raise NotInEdition("No projection had been made at this edition's date.")
    frame = pd.DataFrame(
        [
            (
                x.claim.id,
                x.claim.statement,
                "; ".join(
                    row.figure.number(row.computed) for row in x.outcomes if row.figure and row.computed is not None
                )
                or "open",
                x.verdict,
                CHAPTERS[x.claim.chapter],
            )
            for x in settled
        ],
        columns=["Claim", "Statement", "What came", "Verdict", "Chapter"],
    )
    return Table(
        title="What became of the projections made by this edition's date",
        frame=frame,
        source=r.source("actors", "totals"),
    )


def outcomes_in_short(r: Report) -> str:
    """Count the projections that later months bore out."""
    settled = [x.verdict for x in judged(r) if x.outcomes]
    if not settled:
        raise NotInEdition("No projection had been made at this edition's date.")
    made = p.count(len(settled), "projection")
    return p.sentence(f"of {made} made by this edition's date, {tell(settled)}")
