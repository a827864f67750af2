"""Synthetic exports in the form of ACLED's and UCDP's own. No row of them is real; ids begin with SYN or 9,000,000."""

from __future__ import annotations

import csv
import io
import json
from calendar import monthrange
from collections.abc import Iterable

DYADIC = (
    "event_id_cnty", "event_date", "year", "time_precision", "event_type", "sub_event_type", "actor1", "assoc_actor_1",
    "inter1", "actor2", "assoc_actor_2", "inter2", "country", "iso", "admin1", "admin2", "location", "latitude",
    "longitude", "geo_precision", "source", "notes", "fatalities", "timestamp",
)  # fmt: skip
MONADIC = tuple(c for c in DYADIC if c not in ("actor2", "assoc_actor_2", "inter2"))

GED = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
    "gwnoa", "gwnob",
)  # fmt: skip

_KINDS = (
    ("Battles", "Armed clash", "JNIM: Group for Support of Islam and Muslims", "Military Forces of Mali (2021-)"),
    ("Violence against civilians", "Attack", "Islamic State Sahel Province (ISSP)", "Civilians (Mali)"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED", "Katiba Macina", ""),
    ("Riots", "Mob violence", "Rioters (Mali)", "Civilians (Mali)"),
    ("Protests", "Peaceful protest", "Protesters (Mali)", ""),
    ("Strategic developments", "Arrests", "Military Forces of Mali (2021-)", "Civilians (Mali)"),
)
_PLACES = (
    ("Mopti", "14.4972", "-4.1977"), ("Segou", "13.4421", "-6.2617"), ("Gao", "16.2664", "-0.0506"),
    ("Bamako", "12.6458", "-7.9922"), ("Timbuktu", "16.7734", "-3.0082"), ("Sikasso", "11.3157", "-5.6784"),
    ("Menaka", "15.9182", "2.4022"), ("Kidal", "18.4411", "1.4078"), ("Koulikoro", "12.8627", "-7.5599"),
    ("Kayes", "14.4469", "-11.4445"),
)  # fmt: skip


def event(n: int, **changes: object) -> dict[str, str]:
    """Return synthetic event number `n`; three a day from 1 January 2022 on."""
    kind, sub, one, other = _KINDS[n % len(_KINDS)]
    region, latitude, longitude = _PLACES[(n // 2) % len(_PLACES)]
    day, month = n // 3 % 28 + 1, n // 84
    year = 2022 + month // 12
    row = dict.fromkeys(DYADIC, "") | {
        "event_id_cnty": f"SYN{n + 1}",
        "event_date": f"{year}-{month % 12 + 1:02d}-{day:02d}",
        "year": str(year),
        "time_precision": "1",
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": one,
        "actor2": other,
        "country": "Mali",
        "iso": "466",
        "admin1": region,
        "location": "Synthetic",
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": "1",
        "source": "Synthetic; invented",
        "notes": 'Synthetic event, "invented"; Wagner is named.' if n % 5 == 0 else "Synthetic event, invented.",
        "fatalities": str(n % 4),
        "timestamp": str(1_700_000_000 + n),
    }
    return row | {key: str(value) for key, value in changes.items()}


def events(count: int) -> list[dict[str, str]]:
    return [event(n) for n in range(count)]


def as_counted(totals: Iterable[tuple[str, str, int, int]]) -> list[dict[str, str]]:
    """Return as many and as deadly synthetic events as months and regions count (month, region, events, deaths)."""
    places, out = {place[0].replace("Timbuktu", "Tombouctou"): place for place in _PLACES}, []
    for when, where, number, deaths in totals:
        region, latitude, longitude = places[where]
        days = monthrange(int(when[:4]), int(when[5:]))[1]
        for n in range(number):
            at = {"event_date": f"{when}-{n * days // number + 1:02d}", "year": when[:4]}
            at |= {"admin1": region, "latitude": latitude, "longitude": longitude}
            died = deaths // number + (deaths % number if n == number - 1 else 0)
            # Of the first four kinds: all are political violence.
            out.append(event(len(out) * 6 + len(out) % 4, **at, fatalities=died))
    return out


def monadic(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return the same events as one row per event and actor."""
    out = []
    for row in rows:
        out += [row | {"actor1": name} for name in (row["actor1"], row["actor2"]) if name]
    return out


def to_csv(rows: Iterable[dict[str, str]], columns: tuple[str, ...] = DYADIC, delimiter: str = ",") -> str:
    out = io.StringIO()
    rows = list(rows)
    # The csv module quotes what would end a line of its own only: a lone carriage return would end one for readers.
    returns = any("\r" in str(value) for row in rows for value in row.values())
    quoting = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    writer = csv.DictWriter(
        out, columns, extrasaction="ignore", lineterminator="\n", delimiter=delimiter, quoting=quoting
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def to_json(rows: list[dict[str, str]]) -> str:
    return json.dumps({"status": 200, "success": True, "count": len(rows), "data": rows})


def ged(n: int, **changes: object) -> dict[str, str]:
    """Return synthetic UCDP event number `n`, ten a month from January 2026 on; every third is of another country."""
    month = n // 10 + 1
    day = f"2026-{month:02d}-{n % 10 + 1:02d} 00:00:00.000"
    kind = n // 3 % 3 + 1
    row = dict.fromkeys(GED, "0") | {
        "id": str(9_000_000 + n),
        "year": "2026",
        "type_of_violence": str(kind),
        "conflict_name": f"Synthetic conflict {kind}",
        "dyad_name": f"Synthetic dyad {kind}",
        "side_a": "Government of Mali" if n % 2 else "JNIM",
        "where_prec": str(n % 5 + 1),
        "latitude": "14.5",
        "longitude": "-4.2",
        "country": "Niger" if n % 3 == 2 else "Mali",
        "event_clarity": "2" if n % 9 == 4 else "1",
        "date_prec": "2" if n % 7 == 3 else "1",
        "date_start": day,
        "date_end": day,
        "deaths_civilians": str(n % 2),
        "low": str(n % 3),
        "best": str(n % 3 + 1),
        "high": str(n % 3 + 2),
        "source_article": '"Synthetic Daily, invented, 2026"; "Another"',
    }
    return row | {key: str(value) for key, value in changes.items()}


def release(types: Iterable[tuple[str, str, int, int]], **changes: object) -> list[dict[str, str]]:
    """Return synthetic UCDP events of Mali with given sums.

    Parameters
    ----------
    types : iterable of tuple
        Month (`YYYY-MM`), type of violence, number of events and of deaths; the events lie apart evenly, the last on the
        last day.
    """
    numbers = {"state-based": 1, "non-state": 2, "one-sided": 3}
    regions = ("Mopti", "Gao", "Segou", "Tombouctou", "Kidal", "Menaka", "Koulikoro", "Sikasso")
    out: list[dict[str, str]] = []
    for month, kind, events, deaths in types:
        for n in range(events):
            at = len(out)
            best = deaths // events + (deaths % events if n == events - 1 else 0)
            last = monthrange(int(month[:4]), int(month[5:]))[1]
            day = f"{month}-{max(1, (n + 1) * last // events):02d}"
            out.append(
                ged(
                    at,
                    id=8_000_000 + at,
                    country="Mali",
                    year=month[:4],
                    type_of_violence=numbers[kind],
                    date_start=day,
                    date_end=day,
                    **{"adm_1": f"{regions[at % 8]} region", "low": best, "best": best, "high": best} | changes,
                )
            )
    return out
