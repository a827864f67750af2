"""Tables and figures of the method pages: the data and the definitions, read from the objects that decide them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import dyads, intervals
from helpers.figures import Table
from helpers.schemas import COMPILED, SCHEMAS, dtype_name
from helpers.story.method_figures import (
    _REASON_LABELS,
)
from helpers.story.method_figures import differences_by_year as differences_by_year
from helpers.story.method_figures import vintages as vintages
from helpers.windows import covered, half, month, month_name

_TYPES = {"str": "text", "int64": "whole number", "Int64": "whole number or empty", "float64": "number"}

# Why a cell of the event tables differs from the HDX totals, in words for readers.
DIFFERENCES = {
    "revised after 2020": "Months before 2017 come from an export of August 2020. ACLED has since added, moved and "
    "removed a few events; the totals of 2026 know this, the export cannot.",
    "Gao-Menaka border": "The events of 2017 to 2020 come from an export that places some of them, near the common "
    "border, in Gao where the totals have Ménaka. The two cells of a month differ, their sum does not.",
    "revised by one or two": "One or two events, or deaths, more or fewer after a revision.",
    "other vintage": "The user's own files and the totals are of different days: ACLED has revised the cell by more "
    "than two events or deaths between them, or one of the two lacks events.",
}

# How the claims' tests read a published figure.


# --------------------------------------------------------------------------- the data


def tables(r: Report) -> Table:
    """List every table and set of shapes with its rows, coverage, key and origin."""
    resources = {row["path"]: row for row in r.tables.package()["resources"]}
    records = []
    for name, schema in SCHEMAS.items():
        frame = r.tables.load(name)
        records.append(
            (
                f"{name}.csv",
                schema.title,
                len(frame),
                covered(frame) or "no dates",
                ", ".join(schema.unique),
                ", ".join(resources[f"{name}.csv"]["derived_from"]),
            )
        )
    for path, resource in resources.items():
        if path.endswith(".geojson"):
            level = path.removesuffix(".geojson")
            records.append(
                (
                    path,
                    resource["title"],
                    len(r.tables.shapes(level)["features"]),
                    "no dates",
                    level[:-1],
                    ", ".join(resource["derived_from"]),
                )
            )
    frame = pd.DataFrame(records, columns=["File", "What it holds", "Rows", "Covers", "One row per", "Derived from"])
    return Table(
        title=f"The {len(frame)} files of tables and shapes",
        frame=frame,
        note="Derived from: the short names of the sources in the next table.",
    )


def sources(r: Report) -> Table:
    """List every source: title, version, licence and the way by which it came."""
    rows = r.tables.package()["sources"]
    frame = pd.DataFrame(
        {
            "Short name": [row["name"] for row in rows],
            "Title": [row["title"] for row in rows],
            "Version": [row["version"] for row in rows],
            "Licence": [row["licence"] for row in rows],
            "By which way it came": [row["route"] for row in rows],
        }
    )
    copies = frame["By which way it came"].str.extract(r"repositor(?:y|ies) ([\w.-]+/[\w.-]*\w)")[0]
    return Table(
        title=f"The {p.word(len(frame))} sources of the derived tables",
        frame=frame,
        hrefs={"By which way it came": tuple(("https://github.com/" + copies).fillna(""))},
        note="The raw files are not part of the project.",
    )


def citations(r: Report) -> Table:
    """List how each source is to be cited."""
    by_text: dict[str, list[str]] = {}
    for row in r.tables.package()["sources"]:
        by_text.setdefault(row["citation"], []).append(row["name"])
    frame = pd.DataFrame(
        {"Short name": [", ".join(names) for names in by_text.values()], "How to cite it": list(by_text)}
    )
    return Table(title="How to cite the producers", frame=frame)


def hashes(r: Report) -> Table:
    """List the hash of every table and of every raw file."""
    package = r.tables.package()
    records = [
        (row["path"], "table" if row["path"].endswith(".csv") else "shapes", row["hash"].removeprefix("sha256:"))
        for row in package["resources"]
    ]
    records += [(row["file"], f"raw file of {row['name']}", row["sha256"]) for row in package["sources"]]
    return Table(
        title="Hashes",
        frame=pd.DataFrame(records, columns=["File", "What", "sha256"]),
        note="A file with another hash is another version.",
    )


def fields(*names: str) -> Callable[[Report], Table]:
    """Return a function that lists the fields of some tables."""

    def make(r: Report) -> Table:
        records = []
        for name in names:
            schema = SCHEMAS[name]
            for column, spec in schema.columns.items():
                records.append(
                    (
                        f"{name}.{column}",
                        _TYPES[dtype_name(spec)],
                        "yes" if column in schema.unique else "",
                        spec.description,
                    )
                )
        frame = pd.DataFrame(records, columns=["Field", "Type", "Part of the key", "Meaning"])
        return Table(title=f"Fields of {p.listing(names)}", frame=frame)

    return make


def agreement(r: Report) -> str:
    """Say in how many cells of month and region the event tables equal the HDX totals."""
    actors, listed = r.tables.actors(), r.tables.differences()
    first = month(str(actors["month"].min()))
    last = min(month(str(actors["month"].max())), r.tables.last_month("totals"))
    months = (last - first).n + 1
    cells = months * len(d.REGIONS)
    recent = listed[listed["month"] >= "2021-01"]
    both = listed.groupby("month")[["events", "events_hdx", "fatalities", "fatalities_hdx"]].sum()
    national = int(((both["events"] != both["events_hdx"]) | (both["fatalities"] != both["fatalities_hdx"])).sum())
    return p.sentence(
        f"from {month_name(first)} to {month_name(last)} the event tables and the totals of the Humanitarian Data "
        f"Exchange share {p.number(cells)} cells of month and region; {p.number(cells - len(listed))} are equal in "
        f"events and in deaths, {p.number(len(listed))} differ. Summed over the regions, {p.number(months - national)} "
        f"of {p.number(months)} months are equal. From 2021 on, {p.count(len(recent), 'cell')} "
        f"{'differs' if len(recent) == 1 else 'differ'}"
    )


def differences_by_reason(r: Report) -> Table | str:
    """Count the differing cells by reason, with what each reason means; an empty text where none differs."""
    listed = r.tables.differences()
    if listed.empty:
        return ""
    records = []
    for reason, rows in listed.groupby("reason", sort=False):
        records.append(
            (
                _REASON_LABELS[reason],
                len(rows),
                rows["month"].nunique(),
                int((rows["events"] - rows["events_hdx"]).sum()),
                int((rows["fatalities"] - rows["fatalities_hdx"]).sum()),
                DIFFERENCES[reason],
            )
        )
    frame = pd.DataFrame(
        records,
        columns=[
            "Reason",
            "Cells",
            "Months",
            "Events more or fewer, all cells",
            "Deaths more or fewer, all cells",
            "What happened",
        ],
    )
    return Table(
        title="Why cells differ",
        frame=frame,
        source=r.source("differences"),
        note="Event tables minus totals: a negative number means that the totals have more.",
    )


def tolerance(r: Report) -> str:
    """Say what the vintage tolerance rests on."""
    rows = r.tables.vintages()
    fresh = rows[rows["month"] >= "2020-01"]
    then, now = int(fresh["mi_events_then"].sum()), int(fresh["mi_events_now"].sum())
    return p.sentence(
        f"the {p.word(len(fresh))} months of 2020 held {p.number(then)} militant Islamist events in the export of "
        f"August 2020 and hold {p.number(now)} today, {p.percent(m.change(now, then), 1)} more. The audit therefore "
        f"lets a figure of events lie {p.percent(d.VINTAGE_TOLERANCE)} beyond what its words allow and still be close"
    )


def compiled(r: Report) -> Table:
    """Count rows, distinct sources and kinds of source of the tables compiled by hand."""
    kinds = {
        "page": "Pages",
        "official": "Official documents",
        "report": "The audited reports",
        "repository": "Public repositories",
    }
    records = []
    for name in COMPILED:
        frame = r.tables.load(name)
        count = frame["source_kind"].value_counts()
        records.append(
            (
                name,
                SCHEMAS[name].title,
                len(frame),
                frame["source"].nunique(),
                *(int(count.get(kind, 0)) for kind in kinds),
                str(frame["read_on"].max()),
            )
        )
    frame = pd.DataFrame(
        records, columns=["Table", "What it holds", "Rows", "Distinct sources", *kinds.values(), "Last read on"]
    )
    hand = {name for name in SCHEMAS if _by_hand(r, name)}
    own = sorted(hand - set(COMPILED))
    return Table(
        title="The tables compiled by hand, and what their rows rest on",
        frame=frame,
        note="Whole tables, whatever the edition. Every row names its source; pages also carry their address. The list above "
        f"marks {p.count(len(hand), 'table')} as compiled by hand: these {p.word(len(COMPILED))}, and {p.listing(own)}, "
        "registers of this book itself.",
    )


def _by_hand(r: Report, name: str) -> bool:
    """Tell whether a table's descriptor says that it was compiled by hand."""
    found = next(row for row in r.tables.package()["resources"] if row["path"] == f"{name}.csv")
    return found["derived_from"][0].startswith("compiled by hand")


# --------------------------------------------------------------------------- the definitions


def event_types(r: Report) -> Table:
    """List the event types with what counts as violent, and their number in the last 12 months."""
    counts = m.tally(r.actors, r.last_12, "event_type").set_index("event_type")
    frame = pd.DataFrame(
        {
            "Event type": list(d.EVENT_TYPES),
            "Violent event": ["yes" if kind in d.VIOLENT else "no" for kind in d.EVENT_TYPES],
            "Militant Islamist, where an MI group": [
                "is on either side" if kind in d.VIOLENT else "never counts" for kind in d.EVENT_TYPES
            ],
            f"Events, {r.last_12.label}": [int(counts["events"].get(kind, 0)) for kind in d.EVENT_TYPES],
        }
    )
    return Table(
        title="Event types",
        frame=frame,
        source=r.source("actors"),
        note="Other political violence is mob violence and excessive force against protesters: inside the "
        "totals by region, outside every count of violent events.",
    )


def groups(r: Report) -> Table:
    """List the groups with their notes and the violent events they were part of."""
    rows = r.actors[r.actors["event_type"].isin(d.VIOLENT)]
    records = []
    for row in d.groups_frame().itertuples():
        part = m.count(m.involving(rows, [row.id]), r.last_12)
        records.append((row.label, row.id, "yes" if row.id in d.MILITANT_ISLAMIST else "", row.note, part))
    frame = pd.DataFrame(
        records,
        columns=[
            "Group",
            "Short name in the tables",
            "Militant Islamist",
            "Who belongs here",
            f"Violent events, {r.last_12.label}",
        ],
    )
    return Table(
        title="Groups",
        frame=frame,
        source=r.source("actors"),
        note="An event has two sides, so it may count for two groups: the column does not sum to a total.",
    )


def patterns(r: Report) -> Table:
    """List the actor patterns in their order, with dates and reasons."""
    rows = d.actors_frame()
    frame = pd.DataFrame(
        {
            "No.": range(1, len(rows) + 1),
            "Pattern on the actor's name": rows["pattern"],
            "Group": rows["group"].map(d.LABELS),
            "From": rows["first"].where(rows["first"].ne(""), "always"),
            "To": rows["last"].where(rows["last"].ne(""), "open"),
            "Reason": rows["reason"],
        }
    )
    return Table(
        title="Patterns that turn an actor's name into a group",
        frame=frame,
        note="Regular expressions, matched at the start of the name. The first that fits wins. A name that "
        "none fits is counted under Others and listed when the tables are made.",
    )


def zones(r: Report) -> Table:
    """List the zones with their regions, land and people."""
    shares = m.zone_shares(r.regions).set_index("zone")
    frame = pd.DataFrame(
        {
            "Zone": [d.ZONE_LABELS[zone] for zone in d.ZONES],
            "Regions": [p.listing(p.region_name(region) for region in regions) for regions in d.ZONES.values()],
            "Share of land, percent": [100 * shares.loc[zone, "area_share"] for zone in d.ZONES],
            "Share of people, percent": [100 * shares.loc[zone, "population_share"] for zone in d.ZONES],
        }
    )
    return Table(
        title="Zones",
        frame=frame,
        source=r.source("regions"),
        decimals={"Share of land, percent": 1, "Share of people, percent": 1},
        note="The audited reports' own grouping of regions. Taoudénit stands within Tombouctou in every source of "
        "events, so the tables hold ten regions.",
    )


def bands(r: Report) -> Table:
    """List the distances around Bamako with the militant Islamist events inside each."""
    rows = m.militant_islamist(r.actors)
    frame = pd.DataFrame(
        {
            "Within, km": list(d.BAMAKO_BANDS_KM),
            "Used for": [
                "around Bamako, as in the reports" if km == d.BAMAKO_RADIUS_KM else "another reading"
                for km in d.BAMAKO_BANDS_KM
            ],
            f"Militant Islamist events, {r.last_12.label}": [
                m.count(m.around_bamako(rows, km), r.last_12) for km in d.BAMAKO_BANDS_KM
            ],
            f"The 12 months before ({r.before_12.label})": [
                m.count(m.around_bamako(rows, km), r.before_12) for km in d.BAMAKO_BANDS_KM
            ],
        }
    )
    latitude, longitude = d.BAMAKO
    return Table(
        title="Distance to Bamako",
        frame=frame,
        source=r.source("actors"),
        note=f"Great-circle distance to {latitude}° N, {abs(longitude)}° W, on a sphere of radius "
        f"{d.EARTH_RADIUS_KM:,} km. Each row holds those above it.",
    )


def windows(r: Report) -> Table:
    """List the windows of this edition in months."""
    records = [
        ("The last months", r.recent, "as many as the edition compares"),
        ("The months before them", r.recent_before, "as many, just before"),
        ("Year to date", r.year_to_date, "January to the edition's month; before June, the year before"),
        ("The last 12 months", r.last_12, "to the edition's month"),
        ("The 12 months before them", r.before_12, "just before"),
        ("The last half-year", half(r.half), "the last that is complete"),
        ("All months", r.whole, "of the event tables, to the edition's month"),
    ]
    frame = pd.DataFrame(
        [(name, span.label, span.months, what) for name, span, what in records],
        columns=["Window", "In this edition", "Months", "Rule"],
    )
    return Table(
        title="Windows of whole months",
        frame=frame,
        note="A window that runs past the data is an error, never a short sum.",
    )


def dates(r: Report) -> Table:
    """List the months that divide time in the book."""
    named = (
        ("The junta takes power", d.COUP_2020, "18 August 2020"),
        ("Second coup", d.COUP_2021, "24 May 2021"),
        ("Wagner arrives", d.WAGNER_ARRIVAL, "December 2021"),
        ("The government asks MINUSMA to leave", d.MINUSMA_REQUEST, "16 June 2023"),
        ("MINUSMA ends", d.MINUSMA_END, "31 December 2023"),
    )
    frame = pd.DataFrame(
        [(name, month_name(month(value)), day) for name, value, day in named], columns=["Turning point", "Month", "Day"]
    )
    return Table(title="Months that divide time", frame=frame)


def footprint(r: Report) -> Table:
    """List the footprint's definitions with their area in the last two half-years."""
    from helpers.windows import half_before

    now, before = r.half, half_before(r.half)
    changes = m.area_changes(r.areas, now, before)
    kind = {"cell": "cells with an event, edge in degrees", "buffer": "discs around events, radius in km"}
    frame = pd.DataFrame(
        {
            "Method": changes["method"].map(kind),
            "Size": changes["size"],
            f"{before}, km²": changes["before"],
            f"{now}, km²": changes["now"],
            "Now as a multiple of before": changes["ratio"],
        }
    )
    return Table(
        title="Definitions of the footprint, and what they give",
        frame=frame,
        source=r.source("areas"),
        decimals={f"{before}, km²": 0, f"{now}, km²": 0, "Now as a multiple of before": 2, "Size": 3},
        note="The reports do not publish theirs. Areas of cells are computed on the ellipsoid; overlapping "
        "discs count once.",
    )


def numbers(r: Report) -> Table:
    """List the constants of rounding and uncertainty with examples."""
    # Variance over mean is 1 + alpha x mean: three at 100 events in six months.
    bouts = intervals.interval(100, 100, 6, 6, intervals.Dispersion(60, 3.0, 0.0, 2 * 6 / 100, 0.0))
    frame = pd.DataFrame(
        [
            (
                "Rounding",
                "halves away from zero",
                f"2.5 becomes {p.number(2.5)}, 0.125 to two decimals becomes {p.number(0.125, 2)}, 1,450 to hundreds "
                f"becomes {p.number(1450, -2)}",
            ),
            ("Small counts", f"below {d.SMALL_COUNT}", "carry a caveat, and no percentage stands on them"),
            (
                "Vintage tolerance",
                p.percent(d.VINTAGE_TOLERANCE),
                "the share by which a figure may differ and be called close",
            ),
            (
                "Pace",
                "count to date, times 12, divided by the months elapsed",
                f"30 events in six months make a pace of {p.number(m.pace(30, 6))} a year",
            ),
            (
                "Interval of a count",
                "Garwood's exact Poisson interval, 95 percent",
                "{} to {} for nine events".format(
                    *(p.number(x, 1) for x in (m.poisson_interval(9).low, m.poisson_interval(9).high))
                ),
            ),
            (
                "Interval of a ratio, in sentences",
                "allowing for bouts (negative binomial), 95 percent",
                "{} to {} for 100 events in each of two half-years whose months vary three times as much as chance".format(
                    *(p.number(x, 1) for x in (bouts.low, bouts.high))
                ),
            ),
            (
                "Interval of a ratio, by chance alone",
                "exact conditional interval, 95 percent",
                "{} to {} for 16 against five".format(
                    *(
                        p.number(x, 1)
                        for x in (m.poisson_ratio_interval(16, 5).low, m.poisson_ratio_interval(16, 5).high)
                    )
                ),
            ),
            (
                "Interval of a share",
                "Wilson, for as many events as the months are worth, 95 percent",
                "{} to {} for eight of ten in one month".format(
                    *(p.percent(x) for x in (dyads.wilson(8, 10).low, dyads.wilson(8, 10).high))
                ),
            ),
        ],
        columns=["What", "Rule", "Example"],
    )
    return Table(title="Rounding, small counts and intervals", frame=frame)
