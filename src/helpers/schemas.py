"""The schema of every table in `data/`: columns, types, ranges, and what each column means.

One schema serves three ends: `ingest` checks what it writes, `data` checks what it loads, and
`datapackage.json` describes the same fields to readers.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from helpers import definitions as d

_MONTH = pa.Check.str_matches(r"^[0-9]{4}-(0[1-9]|1[0-2])$")
_HALF = pa.Check.str_matches(r"^[0-9]{4}H[12]$")
_COUNT = pa.Check.ge(0)


def _is_day(days: pd.Series) -> pd.Series:
    written = days.str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
    return written & pd.to_datetime(days.where(written), format="%Y-%m-%d", errors="coerce").notna()


_DATE = pa.Check(_is_day, error="a day written YYYY-MM-DD")
_IDS = pa.Check.str_matches(r"^([a-z0-9_]+(-[a-z0-9]+)*(;[a-z0-9_]+(-[a-z0-9]+)*)*)?$")
_SOURCE_KIND = pa.Check.isin(["page", "official", "report", "repository"])


def _column(dtype: str, description: str, *checks: pa.Check, nullable: bool = False) -> pa.Column:
    return pa.Column(dtype, checks=list(checks), nullable=nullable, description=description)


def _text(description: str, *checks: pa.Check) -> pa.Column:
    return _column("str", description, *checks)


def _count(description: str) -> pa.Column:
    return _column("int64", description, _COUNT)


def _optional_count(description: str) -> pa.Column:
    return _column("Int64", description, _COUNT, nullable=True)


def _number(description: str, *checks: pa.Check, nullable: bool = False) -> pa.Column:
    return _column("float64", description, *checks, nullable=nullable)


def _schema(name: str, title: str, unique: list[str], columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, name=name, title=title, unique=unique, strict=True, ordered=True, coerce=False)


_REGION = _text("Region (admin 1); Taoudenit within Tombouctou", pa.Check.isin(d.REGIONS))
_ANY_REGION = _text("Region, or empty for the whole country", pa.Check.isin(["", *d.REGIONS, "Taoudenit"]))
_ZONE = _text("Zone: north, centre or south", pa.Check.isin(list(d.ZONES)))
_CERCLE = _text("Cercle (admin 2); the four cercles of Ménaka region as one")
_SIDE = pa.Check.isin(d.GROUP_IDS)
_NAMED = pa.Check.isin(["no", "mentioned", "named"])
_SOURCE = {
    "source_kind": _text("page, official document, an audited report, or public repository", _SOURCE_KIND),
    "source": _text("Publisher and title, or the official document's number", pa.Check.str_length(min_value=4)),
    "url": _text("Address of the page that was read; empty for documents named by number"),
    "read_on": _text("Day on which the source was read", _DATE),
}

SCHEMAS: dict[str, pa.DataFrameSchema] = {
    schema.name: schema
    for schema in (
        _schema(
            "totals",
            "Political violence by month and region (ACLED through HDX)",
            ["month", "region"],
            {
                "month": _text("Month, YYYY-MM", _MONTH),
                "region": _REGION,
                "events": _count("Political-violence events"),
                "fatalities": _count("Reported fatalities in them"),
            },
        ),
        _schema(
            "cercle_halves",
            "Political violence by half-year and cercle (ACLED through HDX)",
            ["half", "cercle"],
            {
                "half": _text("Half-year, YYYYH1 or YYYYH2", _HALF),
                "region": _REGION,
                "cercle": _CERCLE,
                "months": _column("int64", "Months of the half-year that the data cover", pa.Check.in_range(1, 6)),
                "events": _count("Political-violence events"),
                "fatalities": _count("Reported fatalities in them"),
            },
        ),
        _schema(
            "cercle_months",
            "Political violence by month and cercle since 2017, months without an event left out (ACLED through HDX)",
            ["month", "cercle"],
            {
                "month": _text("Month, YYYY-MM", _MONTH),
                "cercle": _CERCLE,
                "events": _column("int64", "Political-violence events", pa.Check.ge(1)),
            },
        ),
        _schema(
            "actors",
            "Political violence by month, region, type, groups and distance to Bamako (ACLED events)",
            ["month", "region", "event_type", "side1", "side2", "band", "wagner", "flm"],
            {
                "month": _text("Month, YYYY-MM", _MONTH),
                "region": _REGION,
                "event_type": _text("ACLED event type", pa.Check.isin(d.EVENT_TYPES)),
                "side1": _text("Group of the acting side", _SIDE),
                "side2": _text("Group of the other side", _SIDE),
                "band": _text("Distance to Bamako, km", pa.Check.isin(d.BAND_LABELS)),
                "wagner": _text(
                    "Wagner or Africa Corps: named as an actor, mentioned in the notes only, or no", _NAMED
                ),
                "flm": _text("Katiba Macina: named as an actor, mentioned in the notes only, or no", _NAMED),
                "events": _column("int64", "Events", pa.Check.ge(1)),
                "fatalities": _count("Reported fatalities in them"),
                "deadliest": _count("Reported fatalities of the deadliest of these events"),
            },
        ),
        _schema(
            "footprint",
            "Militant Islamist events by half-year and 0.1-degree cell (ACLED events)",
            ["half", "south", "west"],
            {
                "half": _text("Half-year, YYYYH1 or YYYYH2", _HALF),
                "south": _number("Southern edge of the cell, degrees", pa.Check.in_range(9, 26)),
                "west": _number("Western edge of the cell, degrees", pa.Check.in_range(-13, 5)),
                "mi_events": _column("int64", "Militant Islamist events", pa.Check.ge(1)),
                "mi_civilian_events": _count("Violence against civilians by militant Islamists"),
                "jnim_events": _count("Of the events, those with JNIM (Katiba Macina included) on either side"),
                "is_events": _count("Of the events, those with Islamic State Sahel on either side"),
            },
        ),
        _schema(
            "areas",
            "Area touched by militant Islamist events by half-year, under several definitions",
            ["half", "basis", "method", "size"],
            {
                "half": _text("Half-year, YYYYH1 or YYYYH2", _HALF),
                "basis": _text(
                    "Which events: all militant Islamist, or violence against civilians by them",
                    pa.Check.isin(["mi", "mi-civilian"]),
                ),
                "method": _text(
                    "Cells that hold an event, or union of discs around events", pa.Check.isin(["cell", "buffer"])
                ),
                "size": _number("Edge of the cell (degrees) or radius of the disc (km)", pa.Check.gt(0)),
                "locations": _column("int64", "Distinct coordinates of events", pa.Check.ge(1)),
                "area_km2": _number("Area, km²", pa.Check.gt(0)),
            },
        ),
        _schema(
            "ucdp_years",
            "Deaths in organised violence by year and type (UCDP)",
            ["year", "type"],
            {
                "year": _column("int64", "Year", pa.Check.in_range(1989, 2100)),
                "type": _text("Type of violence", pa.Check.isin(["state-based", "non-state", "one-sided", "all"])),
                "low": _optional_count("Deaths, low estimate"),
                "best": _optional_count("Deaths, best estimate"),
                "high": _optional_count("Deaths, high estimate"),
                "civilians": _optional_count("Civilian deaths, best estimate"),
                "by_government": _optional_count("One-sided deaths by any government, best estimate"),
                "by_groups": _optional_count("One-sided deaths by organised groups, best estimate"),
            },
        ),
        _schema(
            "ucdp_months",
            "Events and deaths in organised violence by month (UCDP)",
            ["month"],
            {
                "month": _text("Month, YYYY-MM", _MONTH),
                "status": _text("final (GED) or candidate (provisional)", pa.Check.isin(["final", "candidate"])),
                "state_based": _optional_count("State-based events"),
                "non_state": _optional_count("Non-state events"),
                "one_sided": _optional_count("One-sided events"),
                "best": _optional_count("Deaths, best estimate"),
                "high": _optional_count("Deaths, high estimate"),
                "civilians": _optional_count("Civilian deaths, best estimate"),
            },
        ),
        _schema(
            "ucdp_dyads",
            "Dyads that UCDP counts in Mali, by year",
            ["year", "type", "dyad", "status"],
            {
                "year": _column("int64", "Year", pa.Check.in_range(1989, 2100)),
                "type": _text("Type of violence", pa.Check.isin(["state-based", "non-state", "one-sided"])),
                "dyad": _text("Dyad; in candidate rows the conflict's name"),
                "status": _text("final or candidate", pa.Check.isin(["final", "candidate"])),
                "events": _optional_count("Events; known for candidate rows only"),
                "best": _optional_count("Deaths, best estimate; known for candidate rows only"),
            },
        ),
        _schema(
            "regions",
            "Regions: zone, area and population",
            ["region"],
            {
                "region": _REGION,
                "zone": _ZONE,
                "area_km2": _number("Area, km²", pa.Check.gt(0)),
                "population": _count("Persons (COD-PS, labelled 2020; use as shares)"),
            },
        ),
        _schema(
            "cercles",
            "Cercles: region, zone, area and population",
            ["cercle"],
            {
                "cercle": _CERCLE,
                "region": _REGION,
                "zone": _ZONE,
                "area_km2": _number("Area, km²", pa.Check.gt(0)),
                "population": _count("Persons (COD-PS, labelled 2020; use as shares)"),
            },
        ),
        _schema(
            "places",
            "Places used as labels",
            ["place"],
            {
                "place": _text("Name"),
                "region": _REGION,
                "latitude": _number("Degrees", pa.Check.in_range(9, 26)),
                "longitude": _number("Degrees", pa.Check.in_range(-13, 5)),
                "rank": _column("int64", "Natural Earth scale rank; lower is larger", pa.Check.in_range(0, 12)),
            },
        ),
        _schema(
            "differences",
            "Every cell in which the event tables differ from the HDX totals",
            ["month", "region"],
            {
                "month": _text("Month, YYYY-MM", _MONTH),
                "region": _REGION,
                "events": _count("Events in the event tables"),
                "events_hdx": _count("Events in the HDX totals"),
                "fatalities": _count("Fatalities in the event tables"),
                "fatalities_hdx": _count("Fatalities in the HDX totals"),
                "reason": _text(
                    "Why they differ",
                    pa.Check.isin(
                        ["Gao-Menaka border", "revised after 2020", "revised by one or two", "other vintage"]
                    ),
                ),
            },
        ),
        _schema(
            "vintages",
            "The same months in two vintages of ACLED: the export of August 2020 and today's tables",
            ["month"],
            {
                "month": _text("Month, YYYY-MM", _MONTH),
                **{
                    f"{what}_{when}": _count(f"{label}, {vintage}")
                    for what, label in (
                        ("events", "Political-violence events"),
                        ("fatalities", "Fatalities in them"),
                        ("mi_events", "Militant Islamist events"),
                        ("mi_civilian_events", "Violence against civilians by militant Islamists"),
                    )
                    for when, vintage in (("then", "export of August 2020"), ("now", "today's tables"))
                },
            },
        ),
        _schema(
            "methods",
            "Events and fatalities by month, region and way of fighting (ACLED weekly aggregates)",
            ["month", "region", "method"],
            {
                "month": _text("Month in which the week (Saturday to Friday) ends, YYYY-MM", _MONTH),
                "region": _REGION,
                "method": _text(
                    "Our class of ACLED's sub-event types. Violent events: clashes, attacks (on civilians), "
                    "abductions, air (and drone strikes), shelling, bombs (on roads, mines, suicide); with mobs they "
                    "are political violence. Not violent events: property (looted or burned), protests",
                    pa.Check.isin(list(d.METHODS)),
                ),
                "events": _column("int64", "Events", pa.Check.ge(1)),
                "fatalities": _count("Reported fatalities in them"),
            },
        ),
        _schema(
            "method_differences",
            "Every cell in which the table of methods differs from the event tables or the HDX totals",
            ["against", "first", "last", "region", "event_type"],
            {
                "against": _text("Table held against", pa.Check.isin(["actors", "totals"])),
                "first": _text("First month of a stretch that begins on a Saturday, YYYY-MM", _MONTH),
                "last": _text("Last month of a stretch that ends on a Friday, YYYY-MM", _MONTH),
                "region": _REGION,
                "event_type": _text("ACLED event type, or all", pa.Check.isin([*d.EVENT_TYPES, "all"])),
                "events": _count("Events in the table of methods"),
                "events_other": _count("Events in the other table"),
                "fatalities": _count("Fatalities in the table of methods"),
                "fatalities_other": _count("Fatalities in the other table"),
                "reason": _text(
                    "Why they differ",
                    pa.Check.isin(["Gao-Menaka border", "older export", "other vintage"]),
                ),
            },
        ),
        _schema(
            "ucdp_types",
            "Events and deaths in organised violence by month and type (UCDP 26.1 and candidates)",
            ["month", "type"],
            {
                "month": _text("Month, YYYY-MM", _MONTH),
                "type": _text("Type of violence", pa.Check.isin(["state-based", "non-state", "one-sided"])),
                "events": _count("Events"),
                "deaths": _count("Deaths, best estimate"),
                "provisional": _text("yes for candidate months, which UCDP still checks", pa.Check.isin(["no", "yes"])),
            },
        ),
        _schema(
            "ucdp_dyad_months",
            "Dyads that stay inside Mali, by month (UCDP 26.1 and candidates)",
            ["month", "type", "dyad"],
            {
                "month": _text("Month, YYYY-MM", _MONTH),
                "type": _text("Type of violence", pa.Check.isin(["state-based", "non-state"])),
                "dyad": _text("Both sides, as UCDP names them"),
                "events": _column("int64", "Events", pa.Check.ge(1)),
                "deaths": _count("Deaths, best estimate"),
                "provisional": _text("yes for candidate months, which UCDP still checks", pa.Check.isin(["no", "yes"])),
            },
        ),
        _schema(
            "schools",
            "Schools of eight regions by cercle: open or closed, why and since when (survey of 2023)",
            ["cercle", "status", "closed"],
            {
                "cercle": _CERCLE,
                "region": _REGION,
                "status": _text(
                    "open, or closed for insecurity or for another cause",
                    pa.Check.isin(["open", "insecurity", "other"]),
                ),
                "closed": _text(
                    "Year in which they closed; 'unreadable' where the date is a slip (1905, 1970 or words), 'not "
                    "stated' where there is none; empty for open schools",
                    pa.Check.str_matches(r"^(20[0-9]{2}|unreadable|not stated|)$"),
                ),
                "schools": _column("int64", "Schools", pa.Check.ge(1)),
            },
        ),
        _schema(
            "peacekeepers",
            "Members of MINUSMA who died, by month and cause (UN)",
            ["month", "cause"],
            {
                "month": _text("Month of the incident, YYYY-MM", _MONTH),
                "cause": _text(
                    "Cause, as the UN classes it",
                    pa.Check.isin(["malicious act", "illness", "accident", "to be determined", "unknown"]),
                ),
                "deaths": _column("int64", "Deaths", pa.Check.ge(1)),
            },
        ),
        _schema(
            "un_bases",
            "Places where MINUSMA had troops, by year (Geo-PKO)",
            ["year", "place"],
            {
                "year": _column("int64", "Year", pa.Check.in_range(2013, 2024)),
                "place": _text("Place"),
                "region": _REGION,
                "latitude": _number("Degrees", pa.Check.in_range(9, 26)),
                "longitude": _number("Degrees", pa.Check.in_range(-13, 5)),
                "observations": _column("int64", "Rows of the source for the place and year", pa.Check.ge(1)),
            },
        ),
        _schema(
            "forecasts",
            "Published forecasts of deaths in Mali, by vintage (VIEWS, PaCE)",
            ["model", "variant", "data_to", "target"],
            {
                "model": _text("Who forecast", pa.Check.isin(["VIEWS", "PaCE"])),
                "variant": _text("Which product of theirs"),
                "data_to": _text("Last month of data the forecast was made from, YYYY-MM", _MONTH),
                "target": _text(
                    "Month (YYYY-MM) or year (YYYY) forecast", pa.Check.str_matches(r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$")
                ),
                "outcome": _text("What is forecast", pa.Check.isin(["UCDP state-based deaths", "UCDP deaths"])),
                "status": _text(
                    "live: in public before its first month was over; backfilled: added later",
                    pa.Check.isin(["live", "backfilled"]),
                ),
                "deaths": _number("Deaths, mean forecast as published (one of PaCE's lies below nought)"),
                "p25": _number(
                    "Probability of 25 deaths or more in the month, as published, or empty",
                    pa.Check.in_range(0, 1),
                    nullable=True,
                ),
            },
        ),
        _schema(
            "chronology",
            "Dated events, each with its source",
            ["id"],
            {
                "id": _text("Date and short name", pa.Check.str_matches(r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?-[a-z0-9-]+$")),
                "date": _text("Day, or first day of the month where only that is known", _DATE),
                "precision": _text("day or month", pa.Check.isin(["day", "month"])),
                "category": _text(
                    "Field",
                    pa.Check.isin(["politics", "partners", "wagner", "peace-process", "civic-space", "violence"]),
                ),
                "event": _text("What happened", pa.Check.str_length(min_value=10, max_value=120)),
                "detail": _text("One or two sentences more"),
                "place": _text("Town, or empty"),
                "region": _ANY_REGION,
                "claims": _text(
                    "Claims it bears on, separated by semicolons",
                    pa.Check.str_matches(r"^(R2[23]-[0-9]{2}(;R2[23]-[0-9]{2})*)?$"),
                ),
                "value": _number("Figure the event carries, or empty", nullable=True),
                "unit": _text("What the figure counts"),
                "lead": _text("yes where it is a turning point for the country, or empty", pa.Check.isin(["yes", ""])),
                **_SOURCE,
            },
        ),
        _schema(
            "bases",
            "Bases that foreign missions handed over or closed",
            ["mission", "place"],
            {
                "mission": _text("Mission", pa.Check.isin(["MINUSMA", "Barkhane", "Takuba"])),
                "place": _text("Place"),
                "region": _REGION,
                "date": _text("Day of the handover or closure", _DATE),
                "precision": _text("day or month", pa.Check.isin(["day", "month"])),
                "note": _text("Anything to know"),
                **_SOURCE,
            },
        ),
        _schema(
            "indices",
            "Press-freedom and civic-space indices of Mali",
            ["index", "year"],
            {
                "index": _text("Index", pa.Check.str_matches(r"^[a-z0-9-]+$")),
                "year": _column("int64", "Edition year", pa.Check.in_range(2000, 2100)),
                "period": _text("What period the figure describes, where the source says"),
                "value": _number("Figure", nullable=True),
                "label": _text("Rating in words"),
                "scale": _text("Scale of the figure"),
                "better": _text("Which direction is freer", pa.Check.isin(["higher", "lower"])),
                "publisher": _text("Publisher of the index"),
                **_SOURCE,
            },
        ),
        _schema(
            "referendum",
            "Constitutional referendum of 18 June 2023",
            ["area", "measure", "stated_by"],
            {
                "area": _text("national, or a region"),
                "measure": _text("What is counted", pa.Check.str_matches(r"^[a-z-]+$")),
                "value": _number("Figure"),
                "unit": _text("Unit"),
                "stated_by": _text("Who states it"),
                "date": _text("Day of the statement", _DATE),
                **_SOURCE,
            },
        ),
        _schema(
            "standing",
            "Forecasts of the next six months as they were made, never changed afterwards",
            ["made_on", "origin", "series", "model"],
            {
                "made_on": _text("Day on which the forecast was made", _DATE),
                "origin": _text("Last month that it knows, YYYY-MM", _MONTH),
                "first": _text("First month forecast, YYYY-MM", _MONTH),
                "last": _text("Last month forecast, YYYY-MM", _MONTH),
                "series": _text("What is forecast, as a sum over these months", pa.Check.isin(list(d.FORESEEN))),
                "model": _text("Rule of the project that made it", pa.Check.isin(["pace", "year", "seasonal"])),
                "value": _number("Point forecast", _COUNT),
                "low": _number("Lower end of the range that should hold 80 percent of outcomes", _COUNT),
                "high": _number("Upper end of that range", _COUNT),
                "middle": _number("Middle of the distribution of log(1 + count)"),
                "scale": _number("Scale of its Student's t", pa.Check.gt(0)),
                "df": _column("int64", "Degrees of freedom of its Student's t", pa.Check.ge(1)),
                "provisional": _text(
                    "yes where months that its producer still checks stand behind it", pa.Check.isin(["no", "yes"])
                ),
                "made_from": _text(
                    "Table that it was made from, and the first 16 letters of that file's SHA-256",
                    pa.Check.str_matches(r"^[a-z_]+ [0-9a-f]{16}$"),
                ),
                "seal": _text(
                    "First 16 letters of the SHA-256 of this row and of all seals of earlier days",
                    pa.Check.str_matches(r"^[0-9a-f]{16}$"),
                ),
            },
        ),
        _schema(
            "issues",
            "Known issues: what is wrong, provisional, approximate or missing in the data",
            ["id"],
            {
                "id": _text("Short name", pa.Check.str_matches(r"^[a-z0-9]+(-[a-z0-9]+)*$")),
                "kind": _text(
                    "gap: not there; provisional: will change; seam: two sources meet; approximate: stands in for "
                    "something; split: the source counts it otherwise; error: it was wrong",
                    pa.Check.isin(["gap", "provisional", "seam", "approximate", "split", "error"]),
                ),
                "status": _text(
                    "open: it may be mended; lasting: nothing better is known; mended: corrected",
                    pa.Check.isin(["open", "lasting", "mended"]),
                ),
                "title": _text("What is the matter, in one sentence", pa.Check.str_length(10, 160)),
                "detail": _text("What it means for a reader", pa.Check.str_length(10, 600)),
                "first": _text(
                    "First month or day touched, or empty",
                    pa.Check.str_matches(r"^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$"),
                ),
                "last": _text(
                    "Last month or day touched, or empty where it goes on",
                    pa.Check.str_matches(r"^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$"),
                ),
                "noted": _text("Release that first said so", pa.Check.str_matches(r"^[0-9]+\.[0-9]+\.[0-9]+$")),
                "mended": _text(
                    "Release that mended it, or empty", pa.Check.str_matches(r"^([0-9]+\.[0-9]+\.[0-9]+)?$")
                ),
                "tables": _text("Tables it touches, separated by semicolons", _IDS),
                "figures": _text(
                    "Figures it touches, each with its page, separated by semicolons",
                    pa.Check.str_matches(r"^([a-z/-]+:[a-z0-9-]+(;[a-z/-]+:[a-z0-9-]+)*)?$"),
                ),
                "source": _text("Where that is known from", pa.Check.str_length(min_value=4)),
            },
        ),
        _schema(
            "moves",
            "What moved between releases: verdicts, figures, corrections",
            ["release", "kind", "subject", "part"],
            {
                "release": _text("Release in which it moved", pa.Check.str_matches(r"^[0-9]+\.[0-9]+\.[0-9]+$")),
                "date": _text("Day of that release", _DATE),
                "kind": _text(
                    "verdict, figure (another number is printed), or correction (what stood there was wrong)",
                    pa.Check.isin(["verdict", "figure", "correction"]),
                ),
                "subject": _text(
                    "Statement, figure, or short name",
                    pa.Check.str_matches(r"^(R2[23]-[0-9]{2}|[a-z0-9]+(-[a-z0-9]+)*)$"),
                ),
                "part": _text("Which part of it, or empty", pa.Check.isin(["", "statement", "outcome"])),
                "what": _text("What the number or the words are about", pa.Check.str_length(min_value=4)),
                "old": _text("What stood there until then"),
                "new": _text("What stands there since", pa.Check.str_length(min_value=1)),
                "why": _text("Why it moved", pa.Check.str_length(min_value=4)),
                "page": _text(
                    "Page of the book, and anchor, that holds it",
                    pa.Check.str_matches(r"^chapters/[a-z/-]+(:[a-z0-9-]+)?$"),
                ),
            },
        ),
    )
}

COMPILED: tuple[str, ...] = ("chronology", "bases", "indices", "referendum")
"""Tables written by hand from sources named in each row; ingest leaves them as they are."""

KEPT: tuple[str, ...] = ("standing", "issues", "moves")
"""Tables that the project keeps about itself; ingest leaves them as they are, and a user's folder holds the project's."""

SHAPES: tuple[str, ...] = ("regions", "cercles", "taoudenit")
"""GeoJSON files beside the tables, derived too."""


def dtype_name(column: pa.Column) -> str:
    """Return a column's dtype by the name pandas prints: `str`, `int64`, `Int64` or `float64`."""
    name = str(column.dtype)
    return "str" if name.startswith("str") else name


def read_dtypes(name: str) -> dict[str, str]:
    """Return the dtype of each column of a table, as `pandas.read_csv` takes them."""
    return {column: dtype_name(spec) for column, spec in SCHEMAS[name].columns.items()}
