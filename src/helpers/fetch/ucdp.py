"""UCDP's interface: georeferenced events by release and page, with a token in a header.

What is used here was read in UCDP's description of its API and in its OpenAPI document;
`chapters/method/fetch.md` lists what was read where.
"""

from __future__ import annotations

import calendar
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pandas as pd

from helpers.fetch.addresses import parts
from helpers.fetch.credentials import secret
from helpers.fetch.pages import Fetched, Form, Page, Row, Store, collect, refuse, save_rows, write_account
from helpers.fetch.web import FetchError, Header, Surroundings, Web, checked_base, whole

BASE = "https://ucdpapi.pcr.uu.se"
"""Address of the service; `/api/gedevents/RELEASE` lies below it."""

ROWS = 1000
"""Rows a page; the day's quota counts requests, failed ones too."""

MALI = "432"
"""Gleditsch-Ward number of Mali, as in the column `country_id`."""

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
    "gwnoa", "gwnob",
)  # fmt: skip
"""The 49 columns of UCDP's files of events; the API gives the same."""

EVENTS = Form(needed=COLUMNS, key="id")

_HINTS = {
    400: "the request was not understood, or too many were sent; wait a while, and check --since and --release",
    401: "the token was not accepted; check UCDP_TOKEN (UCDP gives tokens on request)",
    403: "the token may not read this, or the day's quota is used up; try again tomorrow, or ask UCDP",
    404: "there is no such release or address; check --release and --base",
}


class _Absent(Exception):
    """A release that the service does not have."""


def releases(today: pd.Period) -> tuple[list[str], list[str]]:
    """Return the yearly releases to look for, newest first, and the monthly candidate releases since two years ago.

    UCDP numbers the release of 2026, which covers the years to 2025, 26.1, and the candidate events of August 2026
    26.0.8.

    Examples
    --------
    >>> yearly, monthly = releases(pd.Period("2026-02", "M"))
    >>> yearly
    ['26.1', '25.1']
    >>> monthly[0], monthly[-1], len(monthly)
    ('25.0.1', '26.0.2', 14)
    """
    year = today.year - 2000
    months = pd.period_range(f"{today.year - 1}-01", today, freq="M")
    return [f"{year}.1", f"{year - 1}.1"], [f"{month.year - 2000}.0.{month.month}" for month in months]


def fetch(
    since: str,
    out: Path,
    *,
    until: str = "",
    base: str = "",
    afresh: bool = False,
    chosen: Sequence[str] = (),
    around: Surroundings | None = None,
    environment: Mapping[str, str] | None = None,
) -> list[Fetched]:
    """Fetch UCDP's events in Mali: the newest yearly release, and the candidate months after it, one file each.

    Arguments are those of `helpers.fetch.fetch`, the releases as `chosen`; `UCDP_TOKEN` and `UCDP_BASE` are looked for
    in `environment`.
    """
    around = around or Surroundings()
    environment = os.environ if environment is None else environment
    base = checked_base(base or environment.get("UCDP_BASE", "") or BASE)
    token = secret("UCDP_TOKEN", "UCDP access token", environment)
    out.mkdir(parents=True, exist_ok=True)
    web = Web("UCDP", around, _HINTS)
    auth = Header("x-ucdp-access-token", web.guard(token))
    query, today = _query(since, until), pd.Period(around.now().strftime("%Y-%m"), "M")

    def one(release: str, needed: bool) -> Fetched | None:
        return _fetch_release(release, needed, query, out, base, web, auth, afresh, around)

    try:
        with web.discreet():
            found = [one(release, True) for release in chosen] if chosen else _newest(one, today, since, until)
    finally:
        web.close()
    files = [fetched for fetched in found if fetched is not None]
    if not files:
        raise FetchError(f"UCDP: no event in Mali from {since} on in any release; check --since and --release.")
    return files


def _query(since: str, until: str) -> dict[str, str]:
    query = {"Country": MALI, "StartDate": f"{since}-01"}
    if until:
        last = pd.Period(until, "M")
        query["EndDate"] = f"{until}-{calendar.monthrange(last.year, last.month)[1]:02d}"
    return query


def _newest(one: Any, today: pd.Period, since: str, until: str) -> list[Fetched | None]:
    """Fetch the newest yearly release that there is, then the candidate months of the years it does not cover."""
    yearly, monthly = releases(today)
    found: list[Fetched | None] = []
    covered = today.year - 3
    for release in yearly:
        last = 2000 + int(release.split(".")[0]) - 1
        try:
            got = one(release, False)
        except _Absent:
            continue
        # Nothing where something must be: some services answer so for what they do not have.
        if got is None and int(since[:4]) <= last:
            continue
        found.append(got)
        covered = last
        break
    for release in monthly:
        year, _, number = (int(part) for part in release.split("."))
        month = f"{2000 + year}-{number:02d}"
        if 2000 + year <= covered or month < since or (until and month > until):
            continue
        try:
            found.append(one(release, False))
        except _Absent:
            continue
    return found


def _fetch_release(
    release: str, needed: bool, query: Mapping[str, str], out: Path, base: str, web: Web, auth: Header, afresh: bool,
    around: Surroundings,
) -> Fetched | None:  # fmt: skip
    name = f"UCDP {release}"
    address = f"{base}/api/gedevents/{release}"
    # Named as UCDP names its files: ingest tells final from candidate events by it.
    path = out / f"GEDEvent_v{release.replace('.', '_')}_mali_since_{query['StartDate'][:7]}.csv"
    refuse(path)
    store = Store(out, {"service": base, "release": release, **query}, around)
    if afresh:
        store.restart()
    totals: list[int] = []

    def ask(number: int) -> Page:
        params = {**query, "pagesize": str(ROWS), "page": str(number)}
        said = web.json(address, f"{release}, page {number}", params=params, auth=auth, absent=not needed)
        if said is None:
            raise _Absent(release)
        rows, total, following = _rows_of(said, name, number)
        totals[:] = [total]
        return Page(rows, last=following is None, next=number + 1 if following is None else following)

    try:
        rows = collect(name, store, EVENTS, ask, 0, around)
    except _Absent:
        store.clear()
        around.say(f"{name}: no such release")
        raise
    if totals and len(rows.best) != totals[0]:
        store.clear()
        raise FetchError(
            f"{name}: the service announces {totals[0]:,} events and gave {len(rows.best):,}; it changed its data "
            "meanwhile or lost some; run the same command again."
        )
    foreign = 0

    def keep(row: Row) -> Row | None:
        nonlocal foreign
        ours = str(row["country_id"]) == MALI
        foreign += not ours
        return _as_in_files(row) if ours else None

    fetched = save_rows(path, store, rows, EVENTS, keep)
    if foreign:
        around.say(f"{name}: {foreign:,} rows of other countries left out")
    if fetched is None:
        around.say(f"{name}: no event in Mali in the months asked for")
    else:
        write_account(
            fetched, around, source=name, endpoint=address, query=dict(query), pages=len(store.files), left_out=foreign,
            terms="CC BY 4.0; cite UCDP.",
        )  # fmt: skip
    store.clear()
    return fetched


def _as_in_files(row: Row) -> Row:
    """Write truth values and dates as UCDP's own files do."""
    out = {key: str(value).lower() if isinstance(value, bool) else value for key, value in row.items()}
    for column in ("date_start", "date_end"):
        text = str(out[column])
        if len(text) == 19 and text[10] == "T":
            out[column] = f"{text[:10]} {text[11:]}.000"
    return out


def _rows_of(said: Any, name: str, number: int) -> tuple[list[Row], int, int | None]:
    """Return rows, total and number of the next page of `{"TotalCount", "TotalPages", "NextPageUrl", "Result"}`.

    Only the number is taken from the address of the next page: the token goes nowhere else.
    """
    rows = said.get("Result") if isinstance(said, dict) else None
    total = whole(said.get("TotalCount")) if isinstance(said, dict) else None
    if not isinstance(rows, list) or total is None:
        raise FetchError(
            f"{name}: page {number}: the answer holds no 'Result' and 'TotalCount'; the service has changed its answers; "
            "download the release by hand, or use a version of this program that knows them."
        )
    following = parse_qs(parts(str(said.get("NextPageUrl") or "")).query)
    page = next((value[0] for key, value in following.items() if key.lower() == "page"), "")
    return rows, total, whole(page)
