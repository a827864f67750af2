"""The schema of every table in `data/`: columns, types, ranges, and what each column means.

One schema serves three ends: `ingest` checks what it writes, `data` checks what it loads, and
`datapackage.json` describes the same fields to readers.
"""

from __future__ import annotations

import pandera.pandas as pa

from helpers import definitions as d

_MONTH = pa.Check.str_matches(r"^\d{4}-(0[1-9]|1[0-2])$")
_HALF = pa.Check.str_matches(r"^\d{4}H[12]$")
_COUNT = pa.Check.ge(0)
_DATE = pa.Check.str_matches(r"^\d{4}-\d{2}-\d{2}$")
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
_CERCLE = _text("Cercle (admin 2); the four cercles of Menaka region as one")
_SIDE = pa.Check.isin(d.GROUP_IDS)
_NAMED = pa.Check.isin(["no", "mentioned", "named"])
_SOURCE = {
    "source_kind": _text("page, official document, one of the two reports, or public repository", _SOURCE_KIND),
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
            "chronology",
            "Dated events, each with its source",
            ["id"],
            {
                "id": _text("Date and short name", pa.Check.str_matches(r"^\d{4}-\d{2}(-\d{2})?-[a-z0-9-]+$")),
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
                    pa.Check.str_matches(r"^(R2[23]-\d{2}(;R2[23]-\d{2})*)?$"),
                ),
                "value": _number("Figure the event carries, or empty", nullable=True),
                "unit": _text("What the figure counts"),
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
    )
}

COMPILED: tuple[str, ...] = ("chronology", "bases", "indices", "referendum")
"""Tables written by hand from sources named in each row; ingest leaves them as they are."""

DERIVED: tuple[str, ...] = tuple(name for name in SCHEMAS if name not in COMPILED)
"""Tables that ingest derives."""

SHAPES: tuple[str, ...] = ("regions", "cercles")
"""GeoJSON files beside the tables, derived too."""


def dtype_name(column: pa.Column) -> str:
    """Return a column's dtype by the name pandas prints: `str`, `int64`, `Int64` or `float64`."""
    name = str(column.dtype)
    return "str" if name.startswith("str") else name


def read_dtypes(name: str) -> dict[str, str]:
    """Return the dtype of each column of a table, as `pandas.read_csv` takes them."""
    return {column: dtype_name(spec) for column, spec in SCHEMAS[name].columns.items()}
