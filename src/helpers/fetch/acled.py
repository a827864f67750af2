"""ACLED's interface: a token for user name and password, events by page, and the list of deleted events.

What is used here was read in ACLED's documentation (getting started, elements, ACLED endpoint, deleted endpoint) and in
the source of acledR, ACLED's own R package; `chapters/method/fetch.md` lists what was read where.
"""

from __future__ import annotations

import calendar
import contextlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from requests.auth import AuthBase

from helpers.fetch.credentials import secret
from helpers.fetch.pages import Fetched, Form, Page, Row, Store, collect, refuse, save_rows, write_account
from helpers.fetch.web import FetchError, Header, Secret, Surroundings, Web, checked_base, whole

BASE = "https://acleddata.com"
"""Address of the service; `/oauth/token` and `/api/…/read` lie below it."""

ROWS = 5000
"""Rows a page: what the service gives where nothing is asked for."""

LONGEST_TOKEN = 16_384
"""Signs of a token, beyond which it is none."""

EVENTS = Form(
    needed=(
        "event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2", "country", "admin1",
        "admin2", "latitude", "longitude", "fatalities", "notes", "timestamp",
    ),
    key="event_id_cnty",
    newest="timestamp",
)  # fmt: skip
DELETED = Form(needed=("event_id_cnty", "deleted_timestamp"), key="event_id_cnty", newest="deleted_timestamp")

_HINTS = {
    400: "the request was not understood; check --since and --until",
    401: "the access token was not accepted; check ACLED_USERNAME and ACLED_PASSWORD",
    403: "your account may not read this; accept ACLED's terms and complete your profile after logging in on its site, "
    "or ask ACLED for access to its API",
    404: "there is no such address; if ACLED has moved its API, give the new one with --base",
}

# The token endpoint answers a wrong password with 400 or 401: statuses that mean something else elsewhere.
_WRONG_LOGIN = "the login was not accepted; check ACLED_USERNAME (an e-mail address) and ACLED_PASSWORD"


class Login:
    """A session with ACLED: gets an access token, and a new one when it has run out."""

    def __init__(self, web: Web, base: str, username: Secret, password: Secret):
        self.web, self.address = web, f"{base}/oauth/token"
        self._username, self._password = web.guard(username), web.guard(password)
        self._refresh: Secret | None = None

    def token(self) -> AuthBase:
        """Return what authorises a request: by refresh token where there is a valid one, else by password."""
        if self._refresh is not None:
            form = {"grant_type": "refresh_token", "refresh_token": self._refresh.reveal(), "client_id": "acled"}
            self._refresh = None
            # A refresh token runs out too; the password still stands.
            with contextlib.suppress(FetchError):
                return self._ask(form)
        return self._ask(
            {
                "grant_type": "password",
                "username": self._username.reveal(),
                "password": self._password.reveal(),
                "client_id": "acled",
            }
        )

    def _ask(self, form: Mapping[str, str]) -> AuthBase:
        said = self.web.json(self.address, "logging in", form=form)
        token = said.get("access_token") if isinstance(said, dict) else None
        if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
            raise FetchError("ACLED: logging in: the answer holds no access token; try again later.")
        if isinstance(refresh := said.get("refresh_token"), str) and 0 < len(refresh) <= LONGEST_TOKEN:
            self._refresh = self.web.guard(Secret(refresh))
        return Header("Authorization", self.web.guard(Secret(token)), "Bearer ")


def fetch(
    since: str,
    out: Path,
    *,
    until: str = "",
    base: str = "",
    afresh: bool = False,
    around: Surroundings | None = None,
    environment: Mapping[str, str] | None = None,
) -> list[Fetched]:
    """Fetch ACLED's events in Mali, and the ids of those it has deleted; each file with its account beside it.

    Arguments are those of `helpers.fetch.fetch`; `ACLED_USERNAME`, `ACLED_PASSWORD` and `ACLED_BASE` are looked for in
    `environment`.
    """
    around = around or Surroundings()
    environment = os.environ if environment is None else environment
    base = checked_base(base or environment.get("ACLED_BASE", "") or BASE)
    username = secret("ACLED_USERNAME", "ACLED user name (e-mail address)", environment)
    password = secret("ACLED_PASSWORD", "ACLED password", environment)
    out.mkdir(parents=True, exist_ok=True)
    web, door = Web("ACLED", around, _HINTS), Web("ACLED", around, _HINTS | dict.fromkeys((400, 401), _WRONG_LOGIN))
    session = _Session(web, Login(door, base, username, password))
    events, deleted = _queries(since, until or around.now().strftime("%Y-%m"))
    found = []
    try:
        with web.discreet(), door.discreet():
            for kind, form, query in (("acled", EVENTS, events), ("deleted", DELETED, deleted)):
                path = out / (
                    f"acled_mali_since_{since}.csv" if kind == "acled" else f"acled_deleted_since_{since}.csv"
                )
                fetched = _fetch_kind(kind, form, query, path, base, session, afresh, around)
                if fetched is not None:
                    found.append(fetched)
    finally:
        web.close()
        door.close()
    return found


def _queries(since: str, until: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what asks for the events of some months, and for the ids deleted since."""
    last = pd.Period(until, "M")
    days = f"{since}-01|{last}-{calendar.monthrange(last.year, last.month)[1]:02d}"
    events = {
        "country": "Mali", "country_where": "=", "event_date": days, "event_date_where": "BETWEEN",
    }  # fmt: skip
    start = int(datetime(int(since[:4]), int(since[5:]), 1, tzinfo=UTC).timestamp())
    return events, {"deleted_timestamp": str(start), "deleted_timestamp_where": ">="}


class _Session:
    """Asks with a token, and renews it once a request."""

    def __init__(self, web: Web, login: Login):
        self.web, self.login = web, login
        self._auth: AuthBase | None = None

    def json(self, url: str, what: str, params: Mapping[str, str]) -> Any:
        if self._auth is None:
            self._renew()
        return self.web.json(url, what, params=params, auth=self._auth, renew=self._renew)

    def _renew(self) -> AuthBase:
        self._auth = self.login.token()
        # What the token endpoint was told and gave must not come back in an error of the data endpoint either.
        self.web.share(self.login.web)
        return self._auth


def _fetch_kind(
    kind: str, form: Form, query: Mapping[str, str], path: Path, base: str, session: _Session, afresh: bool,
    around: Surroundings,
) -> Fetched | None:  # fmt: skip
    name = "ACLED" if kind == "acled" else "ACLED, deleted events"
    refuse(path)
    store = Store(path.parent, {"service": base, "endpoint": kind, **query}, around)
    if afresh:
        store.restart()

    def ask(number: int) -> Page:
        params = {"_format": "json", **query, "limit": str(ROWS), "page": str(number)}
        said = session.json(f"{base}/api/{kind}/read", f"{kind}, page {number}", params)
        rows = _rows_of(said, name, number)
        return Page(rows, last=not rows, next=number + 1, short=len(rows) < ROWS)

    rows = collect(name, store, form, ask, 1, around)
    left_out = 0

    def keep(row: Row) -> Row | None:
        nonlocal left_out
        # The filter of some columns is a part of a word, and Somalia holds "mali".
        ours = row["country"] == "Mali" if kind == "acled" else str(row["event_id_cnty"]).startswith("MLI")
        left_out += not ours
        return row if ours else None

    fetched = save_rows(path, store, rows, form, keep)
    if fetched is None and kind == "acled":
        store.clear()
        raise FetchError(
            f"ACLED: no event in Mali for {query['event_date'].replace('|', ' to ')} among {len(rows.best):,} rows; "
            "check --since; some accounts see only older months."
        )
    if left_out and kind == "acled":
        around.say(f"{name}: {left_out:,} rows of other countries left out")
    if fetched is not None:
        write_account(
            fetched, around, source="ACLED", endpoint=f"{base}/api/{kind}/read", query=dict(query), pages=len(store.files),
            left_out=left_out, terms="ACLED's terms forbid passing on raw data; keep this file to yourself.",
        )  # fmt: skip
    store.clear()
    return fetched


def _rows_of(said: Any, name: str, number: int) -> list[Row]:
    """Return the rows of an answer: `{"status": 200, "success": true, "count": 2, "data": […]}`."""
    data = said.get("data") if isinstance(said, dict) else None
    if isinstance(said, dict) and (said.get("success") is False or said.get("status", 200) not in (200, "200")):
        status = str(said.get("status", "unknown"))
        hint = _HINTS.get(whole(status) or 0, "try again later")
        raise FetchError(f"{name}: page {number}: the service reports failure (status {status[:20]}); {hint}.")
    if not isinstance(data, list):
        raise FetchError(
            f"{name}: page {number}: the answer holds no list 'data'; the service has changed its answers; download the "
            "data by hand, or use a version of this program that knows them."
        )
    count = said.get("count")
    if (announced := whole(count)) is not None and announced != len(data):
        raise FetchError(
            f"{name}: page {number}: the answer announces {announced:,} rows and holds {len(data):,}; it is not whole; "
            "run the same command again."
        )
    return data
