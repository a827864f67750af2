"""Local stand-ins of ACLED, UCDP and HDX on the loopback interface, faults included. Their events are synthetic."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from helpers.fetch.ucdp import COLUMNS

USERNAME, PASSWORD, UCDP_TOKEN = "analyst@example.org", "pa55 & w0rd", "ucdp-token-7f3a"
ACCESS = "access-token-{}-9c1e"
REFRESH = "refresh-token-{}-b2d4"

HTML = b"<!DOCTYPE html><html><body>We are down for maintenance</body></html>"


@dataclass
class Reply:
    """What goes over the wire: status, headers, body; `announce` overstates the length, `drop` closes at once."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    announce: int = 0
    drop: bool = False


def reply(value: object, status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(json.dumps(value).encode(), status, {"Content-Type": "application/json", **named})


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]


@dataclass
class Service:
    """Answers with `respond`; a fault waiting in `faults` for the path goes first, and may change the true answer."""

    respond: Callable[[Asked], Reply]
    asked: list[Asked] = field(default_factory=list)
    faults: dict[str, list[Callable[[Asked, Reply], Reply] | None]] = field(default_factory=dict)
    base: str = ""

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        true = self.respond(asked)
        waiting = self.faults.get(asked.path, [])
        fault = waiting.pop(0) if waiting else None
        return fault(asked, true) if fault else true

    def paths(self) -> list[str]:
        return [row.path for row in self.asked]


@contextlib.contextmanager
def serve(service: Service) -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            parts = urlsplit(self.path)
            asked = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), dict(self.headers), form)
            given = service.answer(asked)
            self.close_connection = True
            if given.drop:
                return
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(given.announce or len(given.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(given.body)

        do_GET = do_POST = _do

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    service.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# --------------------------------------------------------------------------- faults


def status(code: int, message: str = "", **headers: str) -> Callable[[Asked, Reply], Reply]:
    return lambda asked, true: reply({"message": message} if message else {}, code, **headers)


def html(asked: Asked, true: Reply) -> Reply:
    return Reply(HTML, 200, {"Content-Type": "text/html"})


def truncated(asked: Asked, true: Reply) -> Reply:
    return Reply(true.body[: len(true.body) // 2], true.status, true.headers, announce=len(true.body))


def cut(asked: Asked, true: Reply) -> Reply:
    """Half of the body, with a length that fits it."""
    return Reply(true.body[: len(true.body) // 2], true.status, true.headers)


def drop(asked: Asked, true: Reply) -> Reply:
    return Reply(drop=True)


def change(edit: Callable[[dict], None]) -> Callable[[Asked, Reply], Reply]:
    def fault(asked: Asked, true: Reply) -> Reply:
        value = json.loads(true.body)
        edit(value)
        return reply(value)

    return fault


# --------------------------------------------------------------------------- ACLED


def acled_event(number: int, **other: object) -> dict[str, object]:
    """A synthetic event as ACLED's JSON gives it."""
    return {
        "event_id_cnty": f"MLI{number}",
        "event_date": f"2024-{1 + number % 12:02d}-15",
        "year": 2024,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Synthetic Group A",
        "assoc_actor_1": "",
        "actor2": "Synthetic Group B",
        "country": "Mali",
        "iso": 466,
        "admin1": "Mopti",
        "admin2": "Bandiagara",
        "location": "Synthetic Town",
        "latitude": "14.35",
        "longitude": "-3.61",
        "notes": 'Synthetic, "quoted", with a comma\nand a line.',
        "fatalities": number % 5,
        "timestamp": 1700000000 + number,
    } | other


def acled(events: list[dict], deleted: list[dict] | None = None, lifetime: int = 10_000) -> Service:
    """ACLED with a token that lasts for so many requests."""
    tokens: dict[str, int] = {}
    refresh: set[str] = set()

    def respond(asked: Asked) -> Reply:
        if asked.path == "/oauth/token":
            form = asked.form
            good = (
                form.get("grant_type") == "password"
                and (form.get("username"), form.get("password")) == (USERNAME, PASSWORD)
            ) or (form.get("grant_type") == "refresh_token" and form.get("refresh_token") in refresh)
            if asked.method != "POST" or not good or form.get("client_id") != "acled":
                return reply({"error": "invalid_grant", "message": f"no such user {form.get('username')}"}, 400)
            number = len(tokens) + 1
            tokens[ACCESS.format(number)] = lifetime
            refresh.add(REFRESH.format(number))
            return reply(
                {
                    "token_type": "Bearer",
                    "expires_in": 86400,
                    "access_token": ACCESS.format(number),
                    "refresh_token": REFRESH.format(number),
                }
            )
        token = asked.headers.get("Authorization", "").removeprefix("Bearer ")
        if tokens.get(token, 0) <= 0:
            return reply({"message": f"token {token} is not valid"}, 401)
        tokens[token] -= 1
        rows = {"/api/acled/read": events, "/api/deleted/read": deleted or []}.get(asked.path)
        if rows is None:
            return reply({"message": "not found"}, 404)
        limit, page = int(asked.query.get("limit", 5000)), int(asked.query.get("page", 1))
        shown = rows[(page - 1) * limit : page * limit]
        return reply({"status": 200, "success": True, "count": len(shown), "messages": [], "data": shown})

    return Service(respond)


# --------------------------------------------------------------------------- UCDP


def ged_event(number: int, **other: object) -> dict[str, object]:
    """A synthetic event with UCDP's 49 columns."""
    return (
        dict.fromkeys(COLUMNS, "")
        | {
            "id": number,
            "relid": f"MLI-2024-1-1-{number}",
            "year": 2024,
            "active_year": True,
            "type_of_violence": 1 + number % 3,
            "conflict_name": "Synthetic: Conflict",
            "dyad_name": "Synthetic A - Synthetic B",
            "where_prec": 1,
            "date_prec": 1,
            "latitude": 14.35,
            "longitude": -3.61,
            "country": "Mali",
            "country_id": 432,
            "date_start": "2024-03-05T00:00:00",
            "date_end": "2024-03-05T00:00:00",
            "best": number % 4,
            "high": 4,
            "low": 0,
            "deaths_a": number % 4,
            "deaths_b": 0,
            "deaths_civilians": 0,
            "deaths_unknown": 0,
        }
        | other
    )


def ucdp(by_release: dict[str, list[dict]]) -> Service:
    """UCDP's API: pages from 0, with the address of the next."""

    def respond(asked: Asked) -> Reply:
        if asked.headers.get("x-ucdp-access-token") != UCDP_TOKEN:
            return reply({"message": "API token required. Add header: x-ucdp-access-token"}, 401)
        rows = by_release.get(asked.path.removeprefix("/api/gedevents/"))
        if rows is None:
            return reply("Not found", 404)
        size, page = int(asked.query["pagesize"]), int(asked.query.get("page", 0))
        pages = -(-len(rows) // size)
        following = f"https://elsewhere.invalid{asked.path}?pagesize={size}&page={page + 1}" if page + 1 < pages else ""
        shown = rows[page * size : (page + 1) * size]
        return reply(
            {
                "TotalCount": len(rows),
                "TotalPages": pages,
                "PreviousPageUrl": "",
                "NextPageUrl": following,
                "Result": shown,
            }
        )

    return Service(respond)


# --------------------------------------------------------------------------- HDX


def hdx(
    workbook: bytes, name: str = "mali_hrp_political_violence_events_and_fatalities_by_month-year_as-of-26mar2026.xlsx"
):
    """HDX: `package_show`, a redirect as CKAN gives it, and the file with an ETag."""

    def respond(asked: Asked) -> Reply:
        address = f"{service.base}/dataset/x/resource/y/download/{name}"
        if asked.path == "/api/3/action/package_show":
            if asked.query.get("id") != "acled-data-for-mali":
                return reply({"success": False, "error": {"message": "Not found", "__type": "Not Found Error"}}, 404)
            other = {"name": "mali_demonstration_events_by_month.xlsx", "format": "XLSX", "download_url": "http://x/"}
            ours = {"name": name, "format": "XLSX", "download_url": address, "last_modified": "2026-03-27T10:00:00"}
            return reply({"success": True, "result": {"name": "acled-data-for-mali", "resources": [other, ours]}})
        if asked.path.startswith("/dataset/"):
            return Reply(b"", 302, {"Location": f"{service.base}/bucket/file"})
        if asked.path == "/bucket/file":
            if asked.headers.get("If-None-Match") == '"v1"':
                return Reply(b"", 304, {"ETag": '"v1"'})
            return Reply(workbook, 200, {"ETag": '"v1"', "Last-Modified": "Fri, 27 Mar 2026 10:00:00 GMT"})
        return reply({}, 404)

    service = Service(respond)
    return service
