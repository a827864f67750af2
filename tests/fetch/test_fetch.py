"""Fetching from services that fail in every way known: nothing lost, nothing half-written, no secret anywhere.

The services are local and their events synthetic; nobody waits: the clock and the pauses are the test's own.
"""

import csv
import io
import json
import logging
import pickle
import random
import re
import signal
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

import services
from helpers import cli
from helpers.fetch import FetchError, Surroundings, acled, credentials, fetch, hdx, pages, ucdp, web
from services import ACCESS, PASSWORD, REFRESH, UCDP_TOKEN, USERNAME, acled_event, ged_event

SECRETS = [
    USERNAME, PASSWORD, "pa55+%26+w0rd", "pa55%20%26%20w0rd", UCDP_TOKEN,
    *(form.format(number) for form in (ACCESS, REFRESH) for number in range(1, 6)),
]  # fmt: skip


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self):
        self.time = datetime(2026, 8, 20, 12, tzinfo=UTC)
        self.slept: list[float] = []
        self.said: list[str] = []
        self.around = Surroundings(self.said.append, self.sleep, lambda: self.time, random.Random(5))

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(web.time, "sleep", lambda _: pytest.fail("a real pause"))
    return Clock()


@pytest.fixture(autouse=True)
def watched(monkeypatch, tmp_path, caplog, capfd, clock):
    """Set the credentials, and search every byte written, said or logged by the test for them."""
    caplog.set_level(logging.DEBUG)
    for name, value in (("ACLED_USERNAME", USERNAME), ("ACLED_PASSWORD", PASSWORD), ("UCDP_TOKEN", UCDP_TOKEN)):
        monkeypatch.setenv(name, value)
    for name in ("ACLED_BASE", "UCDP_BASE", "HDX_BASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(acled, "ROWS", 3)
    monkeypatch.setattr(ucdp, "ROWS", 3)
    yield
    out, err = capfd.readouterr()
    texts = [out, err, caplog.text, *clock.said]
    for path in tmp_path.rglob("*"):
        texts.append(str(path))
        if path.is_file():
            texts.append(path.read_bytes().decode("utf-8", "replace"))
    found = [word for word in SECRETS if any(word in text for text in texts)]
    assert not found


def failing(run) -> str:
    """Return the message of a fetch that must fail, having searched the whole chain of exceptions for secrets."""
    with pytest.raises(FetchError) as caught:
        run()
    error: BaseException | None = caught.value
    while error is not None:
        for word in SECRETS:
            assert word not in str(error)
            assert word not in repr(error)
            assert word not in repr(vars(error))
        assert not hasattr(error, "request"), "an exception that holds a request holds its headers"
        error = error.__cause__ or error.__context__
    text = str(caught.value)
    assert "\n" not in text
    return text


def read(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


EVENTS = [acled_event(number) for number in range(1, 9)]
READ, TOKEN, DELETED = "/api/acled/read", "/oauth/token", "/api/deleted/read"


def get_acled(service, folder, clock, **options):
    return acled.fetch("2024-01", folder, base=service.base, around=clock.around, **options)


# --------------------------------------------------------------------------- ACLED


def test_acled_gives_every_event_once_with_an_account_and_no_trace_of_the_way(tmp_path, clock):
    gone = [
        {"event_id_cnty": "MLI3", "deleted_timestamp": 1710000000},
        {"event_id_cnty": "SOM1", "deleted_timestamp": 1},
    ]
    with services.serve(services.acled(EVENTS, gone)) as service:
        events, deleted = get_acled(service, tmp_path, clock)
    assert [row["event_id_cnty"] for row in read(events.path)] == [row["event_id_cnty"] for row in EVENTS]
    assert read(events.path)[0]["notes"] == EVENTS[0]["notes"]
    assert [row["event_id_cnty"] for row in read(deleted.path)] == ["MLI3"]
    first = next(row for row in service.asked if row.path == READ)
    assert first.query == {
        "_format": "json", "country": "Mali", "country_where": "=", "event_date": "2024-01-01|2026-08-31",
        "event_date_where": "BETWEEN", "limit": "3", "page": "1",
    }  # fmt: skip
    assert service.paths().count(TOKEN) == 1
    account = json.loads(pages.sidecar(events.path).read_text())
    assert account["rows"] == 8
    assert account["sha256"] == pages.file_digest(events.path)
    assert account["fetched"] == "2026-08-20T12:00:00+00:00"
    assert account["query"]["event_date"] == "2024-01-01|2026-08-31"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        name for done in (events, deleted) for name in (done.path.name, f"{done.path.name}.source.json")
    )


def test_the_newest_version_of_an_event_on_two_pages_stands(tmp_path, clock):
    rows = [*EVENTS[:3], acled_event(2, timestamp=1800000000, fatalities=9), *EVENTS[3:]]
    with services.serve(services.acled(rows)) as service:
        (events,) = get_acled(service, tmp_path, clock)
    found = {row["event_id_cnty"]: row["fatalities"] for row in read(events.path)}
    assert len(found) == len(read(events.path)) == 8
    assert found["MLI2"] == "9"


def test_unchanged_content_is_not_written_again(tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        (before,) = get_acled(service, tmp_path, clock)
        stamp = before.path.stat().st_mtime_ns
        clock.time += timedelta(days=3)
        (after,) = get_acled(service, tmp_path, clock)
        assert (before.changed, after.changed) == (True, False)
        assert after.path.stat().st_mtime_ns == stamp
        account = json.loads(pages.sidecar(after.path).read_text())
        assert account["fetched"][:10] == "2026-08-20"
        assert account["checked"][:10] == "2026-08-23"
    with services.serve(services.acled([*EVENTS, acled_event(9)])) as service:
        (newer,) = get_acled(service, tmp_path, clock)
    assert newer.changed
    assert newer.rows == 9


def test_rows_of_another_country_are_left_out_and_counted(tmp_path, clock):
    with services.serve(services.acled([*EVENTS, acled_event(99, country="Somalia")])) as service:
        (events,) = get_acled(service, tmp_path, clock)
    assert events.rows == 8
    assert any("1 rows of other countries left out" in line for line in clock.said)


def test_nothing_for_mali_is_said(tmp_path, clock):
    with services.serve(services.acled([acled_event(1, country="Somalia")])) as service:
        text = failing(lambda: get_acled(service, tmp_path, clock))
    assert "no event in Mali for 2024-01-01 to 2026-08-31 among 1 rows" in text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [400, 401])
def test_a_wrong_password_is_told_from_a_wrong_request_and_not_echoed(code, tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[TOKEN] = [services.status(code, f"bad credentials {PASSWORD} for {USERNAME}")]
        text = failing(lambda: get_acled(service, tmp_path, clock))
    assert "check ACLED_USERNAME" in text
    assert "bad credentials (hidden) for (hidden)" in text
    assert len(service.asked) == 1


def test_403_says_what_the_account_lacks_and_is_not_repeated(tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [services.status(403, "Access denied")]
        text = failing(lambda: get_acled(service, tmp_path, clock))
    assert "HTTP 403, saying 'Access denied'; your account may not read this" in text
    assert service.paths().count(READ) == 1
    assert not clock.slept


def test_a_token_that_runs_out_is_renewed_once_and_the_page_asked_for_again(tmp_path, clock):
    with services.serve(services.acled(EVENTS, lifetime=2)) as service:
        (events,) = get_acled(service, tmp_path, clock)
    assert events.rows == 8
    grants = [row.form["grant_type"] for row in service.asked if row.path == TOKEN]
    assert grants == ["password", "refresh_token", "refresh_token"][: len(grants)]
    assert len(grants) > 1
    sent = [row.query["page"] for row in service.asked if row.path == READ]
    assert sent == ["1", "2", "3", "3", "4"]


def test_a_token_refused_twice_ends_the_fetch(tmp_path, clock):
    with services.serve(services.acled(EVENTS, lifetime=0)) as service:
        text = failing(lambda: get_acled(service, tmp_path, clock))
    assert "HTTP 401" in text
    assert "token (hidden) is not valid" in text
    assert service.paths() == [TOKEN, READ, TOKEN, READ]


def test_a_refresh_token_that_ran_out_falls_back_to_the_password(tmp_path, clock):
    with services.serve(services.acled(EVENTS, lifetime=2)) as service:
        service.faults[TOKEN] = [None, services.status(400, "refresh token expired")]
        (events,) = get_acled(service, tmp_path, clock)
    assert events.rows == 8
    grants = [row.form["grant_type"] for row in service.asked if row.path == TOKEN]
    assert grants[:3] == ["password", "refresh_token", "password"]


@pytest.mark.parametrize(
    ("value", "least", "most"), [("120", 120, 126), ("Thu, 20 Aug 2026 12:00:30 GMT", 30, 34), ("soon", 0.5, 1)]
)
def test_429_waits_as_long_as_asked_and_not_much_longer(value, least, most, tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [services.status(429, Retry_After=value)]
        (events,) = get_acled(service, tmp_path, clock)
    assert events.rows == 8
    assert len(clock.slept) == 1
    assert least <= clock.slept[0] <= most


def test_503_with_a_long_wait_stops_and_says_when_to_come_back(tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [None, services.status(503, Retry_After="7200")]
        text = failing(lambda: get_acled(service, tmp_path, clock))
        assert "asks to wait 120 minutes (HTTP 503)" in text
        assert not clock.slept
        (events,) = get_acled(service, tmp_path, clock)
    assert events.rows == 8
    assert [row.query["page"] for row in service.asked if row.path == READ].count("1") == 1


@pytest.mark.parametrize(
    "fault",
    [services.status(500), services.status(502), services.truncated, services.cut, services.drop],
    ids=["500", "502", "truncated", "cut", "dropped"],
)
def test_a_passing_failure_is_tried_again(fault, tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [None, fault, fault]
        (events,) = get_acled(service, tmp_path, clock)
    assert [row["event_id_cnty"] for row in read(events.path)] == [row["event_id_cnty"] for row in EVENTS]
    assert len(clock.slept) == 2
    assert 0.5 <= clock.slept[0] <= 1 <= clock.slept[1] <= 2


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (services.status(500), "the service is busy or failing (HTTP 500), 6 times in a row"),
        (services.truncated, "the answer broke off before its end, 6 times in a row"),
        (services.cut, "the answer is no whole JSON, cut off or damaged, 6 times in a row"),
        (services.drop, "no connection, or the connection was dropped, 6 times in a row"),
        (lambda asked, true: services.Reply(b""), "the answer is empty, 6 times in a row"),
    ],
    ids=["500", "truncated", "cut", "dropped", "empty"],
)
def test_a_failure_that_stays_is_said_and_the_next_run_goes_on(fault, message, tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [None, *[fault] * 6]
        text = failing(lambda: get_acled(service, tmp_path, clock))
        assert message in text
        assert "it goes on where it stopped" in text
        assert not list(tmp_path.glob("*.csv"))
        before = len(service.asked)
        (events,) = get_acled(service, tmp_path, clock)
    assert events.rows == 8
    assert [row.query["page"] for row in service.asked[before:] if row.path == READ] == ["2", "3", "4"]
    assert any("going on after 1 pages kept from before (3 rows)" in line for line in clock.said)
    assert not list(tmp_path.glob(".*"))


def test_pages_kept_too_long_damaged_or_of_another_query_are_not_used(tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:

        def broken(**options):
            service.faults[READ] = [None, None, *[services.drop] * 6]
            failing(lambda: get_acled(service, tmp_path, clock, **options))

        def pages_asked(**options):
            before = len(service.asked)
            get_acled(service, tmp_path, clock, **options)
            return [row.query["page"] for row in service.asked[before:] if row.path == READ]

        broken()
        clock.time += timedelta(hours=25)
        assert pages_asked() == ["1", "2", "3", "4"]
        broken()
        second = sorted(tmp_path.glob(".fetch-*/0*.json"))[1]
        second.write_bytes(second.read_bytes().replace(b"MLI5", b"MLI6"))
        assert pages_asked() == ["2", "3", "4"]
        broken()
        assert pages_asked(until="2026-07") == ["1", "2", "3", "4"]
        assert len(list(tmp_path.glob(".fetch-*"))) == 1
        assert pages_asked(afresh=True) == ["1", "2", "3", "4"]
        broken()
        clock.time += timedelta(hours=25)
        get_acled(service, tmp_path, clock, until="2026-07")
    assert not list(tmp_path.glob(".fetch-*")), "raw rows of an abandoned fetch stay behind"


def test_html_instead_of_json_is_named_and_not_repeated(tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [services.html]
        text = failing(lambda: get_acled(service, tmp_path, clock))
    assert "a web page came instead of JSON" in text
    assert "maintenance" in text
    assert service.paths().count(READ) == 1


def test_a_page_that_repeats_is_refused(tmp_path, clock):
    def first_again(asked, true):
        return services.reply({"status": 200, "success": True, "count": 3, "data": EVENTS[:3]})

    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [None, first_again]
        text = failing(lambda: get_acled(service, tmp_path, clock))
    assert "page 2 repeats rows of earlier pages" in text
    assert not list(tmp_path.glob("*.csv"))


def test_a_page_of_nothing_but_newer_versions_is_no_repetition(tmp_path, clock):
    newer = [acled_event(number, timestamp=1800000000) for number in (1, 2, 3)]
    with services.serve(services.acled([*EVENTS[:3], *newer, *EVENTS[3:]])) as service:
        (events,) = get_acled(service, tmp_path, clock)
    assert events.rows == 8
    assert [row["timestamp"] for row in read(events.path)[:3]] == ["1800000000"] * 3


def test_a_last_page_repeated_beyond_the_end_is_the_end(tmp_path, clock):
    def last_again(asked, true):
        return services.reply({"status": 200, "success": True, "count": 2, "data": EVENTS[6:]})

    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [None, None, None, last_again]
        (events,) = get_acled(service, tmp_path, clock)
    assert events.rows == 8


def test_a_service_that_gives_smaller_pages_than_asked_for_loses_no_row(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(acled, "ROWS", 3)

    def by_two(asked, true):
        page = int(asked.query["page"])
        shown = EVENTS[(page - 1) * 2 : page * 2]
        return services.reply({"status": 200, "success": True, "count": len(shown), "data": shown})

    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [by_two] * 10
        (events,) = get_acled(service, tmp_path, clock)
    assert events.rows == 8


def _rename(value):
    for row in value["data"]:
        row["deaths"] = row.pop("fatalities")


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        ([services.change(_rename)], "page 1, row 1: column fatalities is missing"),
        ([None, services.change(_rename)], "page 2, row 1: column fatalities is missing, and deaths not known before"),
        (
            [None, services.change(lambda value: value["data"][1].update(colour="red"))],
            "page 2, row 2: column colour was not there on the first page",
        ),
        ([services.change(lambda value: value.pop("data"))], "the answer holds no list 'data'"),
        ([services.change(lambda value: value.update(count=5))], "announces 5 rows and holds 3"),
        ([services.change(lambda value: value.update(status=403, success=False))], "status 403); your account may not"),
        ([services.change(lambda value: value["data"].insert(0, "x"))], "announces 3 rows and holds 4"),
        (
            [services.change(lambda value: value.update(data=["x"], count=1))],
            "page 1, row 1: expected a row with named columns",
        ),
    ],
)
def test_a_changed_answer_is_told_by_page_row_and_column(faults, message, tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = list(faults)
        text = failing(lambda: get_acled(service, tmp_path, clock))
    assert message in text
    assert not list(tmp_path.glob("*.csv*"))


def test_a_redirect_is_not_followed_with_credentials(tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[TOKEN] = [lambda a, t: services.Reply(b"", 307, {"Location": "https://elsewhere.invalid/token"})]
        text = failing(lambda: get_acled(service, tmp_path, clock))
    assert "redirects to elsewhere.invalid (HTTP 307); credentials are not sent on" in text
    assert len(service.asked) == 1


def test_an_answer_that_grows_without_end_is_refused(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(web, "LARGEST", 2 * 1024 * 1024)
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [lambda a, t: services.Reply(b" " * (3 * 1024 * 1024))]
        text = failing(lambda: get_acled(service, tmp_path, clock))
    assert "the answer is larger than 2 MB" in text


def test_a_netrc_of_the_user_is_not_sent_instead(tmp_path, clock, monkeypatch, workbook):
    place = tmp_path / "home"
    place.mkdir()
    (place / ".netrc").write_text("machine 127.0.0.1 login other password other\n")
    monkeypatch.setenv("NETRC", str(place / ".netrc"))
    with services.serve(services.acled(EVENTS)) as service:
        get_acled(service, tmp_path / "out", clock)
    with services.serve(services.hdx(workbook)) as followed:
        get_hdx(followed, tmp_path / "out", clock)
        service.asked += followed.asked
    assert len(service.asked) > 5
    assert not any(row.headers.get("Authorization", "").startswith("Basic") for row in service.asked)


# --------------------------------------------------------------------------- UCDP

GED = [ged_event(number) for number in range(1, 8)]


def get_ucdp(service, folder, clock, **options):
    return ucdp.fetch("2024-01", folder, base=service.base, around=clock.around, **options)


def test_ucdp_gives_the_yearly_release_and_the_candidate_months_after_it(tmp_path, clock):
    releases = {"26.1": GED, "26.0.1": [ged_event(900)], "26.0.3": [ged_event(901), ged_event(902, country_id=439)]}
    with services.serve(services.ucdp(releases)) as service:
        found = get_ucdp(service, tmp_path, clock)
    assert [row.path.name for row in found] == [
        "GEDEvent_v26_1_mali_since_2024-01.csv", "GEDEvent_v26_0_1_mali_since_2024-01.csv",
        "GEDEvent_v26_0_3_mali_since_2024-01.csv",
    ]  # fmt: skip
    assert [row.rows for row in found] == [7, 1, 1]
    rows = read(found[0].path)
    assert list(rows[0]) == list(ucdp.COLUMNS)
    assert len(ucdp.COLUMNS) == 49
    assert rows[0]["date_start"] == "2024-03-05 00:00:00.000"
    assert rows[0]["active_year"] == "true"
    asked = [(row.path.rpartition("/")[2], row.query["page"]) for row in service.asked]
    assert asked[:3] == [("26.1", "0"), ("26.1", "1"), ("26.1", "2")]
    assert [release for release, _ in asked[3:]] == [f"26.0.{month}" for month in range(1, 9)]
    assert service.asked[0].query == {"Country": "432", "StartDate": "2024-01-01", "pagesize": "3", "page": "0"}


def test_the_release_before_is_taken_where_this_years_is_not_out(tmp_path, clock):
    with services.serve(services.ucdp({"25.1": GED, "25.0.12": [ged_event(900)]})) as service:
        found = get_ucdp(service, tmp_path, clock)
    assert [row.path.name[:13] for row in found] == ["GEDEvent_v25_", "GEDEvent_v25_"]
    assert service.paths()[0].endswith("/26.1")


def test_a_release_without_events_counts_as_not_out_yet(tmp_path, clock):
    with services.serve(services.ucdp({"26.1": [], "25.1": GED, "25.0.1": [ged_event(900)]})) as service:
        found = get_ucdp(service, tmp_path, clock)
    assert [row.path.name[:16] for row in found] == ["GEDEvent_v25_1_m", "GEDEvent_v25_0_1"]


def test_a_release_asked_for_by_name_must_exist(tmp_path, clock):
    with services.serve(services.ucdp({"25.1": GED})) as service:
        text = failing(lambda: get_ucdp(service, tmp_path, clock, chosen=["31.1"]))
        assert "there is no such release" in text
        assert "HTTP 404" in text
        (found,) = get_ucdp(service, tmp_path, clock, chosen=["25.1"], until="2024-12")
    assert found.rows == 7
    assert service.asked[-1].query["EndDate"] == "2024-12-31"


def test_the_token_follows_no_address_that_the_service_names(tmp_path, clock):
    with services.serve(services.ucdp({"26.1": GED})) as service:
        get_ucdp(service, tmp_path, clock, chosen=["26.1"])
    assert len(service.asked) == 3


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (services.status(401, "API token required"), "check UCDP_TOKEN"),
        (services.status(403), "the day's quota is used up"),
        (services.html, "a web page came instead of JSON"),
        (services.change(lambda value: value["Result"][0].pop("where_prec")), "column where_prec is missing"),
        (services.change(lambda value: value.pop("Result")), "the answer holds no 'Result'"),
        (services.change(lambda value: value.update(Result=GED[:3])), "page 2 repeats rows"),
        (services.change(lambda value: value.update(NextPageUrl="")), "announces 7 events and gave 6"),
    ],
    ids=["401", "403", "html", "column", "shape", "repeat", "short"],
)
def test_what_ucdp_does_wrong_is_said_in_one_sentence(fault, message, tmp_path, clock):
    with services.serve(services.ucdp({"26.1": GED})) as service:
        service.faults["/api/gedevents/26.1"] = [None, fault]
        text = failing(lambda: get_ucdp(service, tmp_path, clock, chosen=["26.1"]))
    assert message in text
    assert not list(tmp_path.glob("*.csv"))


def test_ucdp_goes_on_after_a_break(tmp_path, clock):
    with services.serve(services.ucdp({"26.1": GED})) as service:
        service.faults["/api/gedevents/26.1"] = [None, *[services.drop] * 6]
        failing(lambda: get_ucdp(service, tmp_path, clock, chosen=["26.1"]))
        before = len(service.asked)
        (found,) = get_ucdp(service, tmp_path, clock, chosen=["26.1"])
    assert found.rows == 7
    assert [row.query["page"] for row in service.asked[before:]] == ["1", "2"]


# --------------------------------------------------------------------------- HDX


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """A synthetic workbook as ACLED publishes it: two cercles, three months."""
    records = [
        ("Mali", region, cercle, name, 2024, number, number + 1)
        for number, name in enumerate(("January", "February", "March"))
        for region, cercle in (("Gao", "Ansongo"), ("Mopti", "Douentza"))
    ]
    frame = pd.DataFrame(records, columns=["Country", "Admin1", "Admin2", "Month", "Year", "Events", "Fatalities"])
    content = io.BytesIO()
    with pd.ExcelWriter(content) as writer:
        frame.to_excel(writer, sheet_name="Data", index=False)
    return content.getvalue()


def get_hdx(service, folder, clock, since="2024-01", **options):
    return hdx.fetch(since, folder, base=service.base, around=clock.around, **options)


def test_hdx_gives_the_workbook_and_asks_only_whether_it_changed_the_next_time(workbook, tmp_path, clock):
    with services.serve(services.hdx(workbook)) as service:
        (first,) = get_hdx(service, tmp_path, clock)
        (second,) = get_hdx(service, tmp_path, clock)
    assert first.path.read_bytes() == workbook
    assert (first.rows, first.changed, second.rows, second.changed) == (6, True, 6, False)
    assert service.asked[-1].headers["If-None-Match"] == '"v1"'
    account = json.loads(pages.sidecar(second.path).read_text())
    assert account["etag"] == '"v1"'
    assert account["resource"].startswith("mali_hrp_political_violence")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".xlsx"]


def test_a_workbook_altered_on_disk_is_left_alone_and_one_moved_away_is_fetched_whole(workbook, tmp_path, clock):
    with services.serve(services.hdx(workbook)) as service:
        (first,) = get_hdx(service, tmp_path, clock)
        first.path.write_bytes(b"with notes of the user")
        assert "or that was changed since, would be overwritten" in failing(lambda: get_hdx(service, tmp_path, clock))
        assert first.path.read_bytes() == b"with notes of the user"
        first.path.unlink()
        (second,) = get_hdx(service, tmp_path, clock)
    assert second.changed
    assert second.path.read_bytes() == workbook


@pytest.mark.parametrize(
    ("path", "fault", "message"),
    [
        ("/bucket/file", services.html, "a web page came instead of the workbook"),
        ("/bucket/file", services.cut, "is no workbook, or was cut off"),
        ("/api/3/action/package_show", services.html, "a web page came instead of JSON"),
        (
            "/api/3/action/package_show",
            services.change(lambda value: value["result"]["resources"].pop()),
            "no workbook of political violence events and fatalities among its files (mali_demonstration_events",
        ),
        (
            "/api/3/action/package_show",
            services.change(lambda value: value["result"]["resources"][1].update(download_url="http://example.org/x")),
            "would be read without encryption",
        ),
    ],
)
def test_what_hdx_does_wrong_is_said_and_the_old_workbook_stays(path, fault, message, workbook, tmp_path, clock):
    with services.serve(services.hdx(workbook)) as service:
        (first,) = get_hdx(service, tmp_path, clock)
        account = json.loads(pages.sidecar(first.path).read_text())
        pages.sidecar(first.path).write_text(json.dumps(account | {"etag": "", "last_modified": ""}))
        service.faults[path] = [fault]
        text = failing(lambda: get_hdx(service, tmp_path, clock))
    assert message in text
    assert first.path.read_bytes() == workbook
    assert not list(tmp_path.glob(".*"))


def test_another_workbook_or_one_that_ends_too_early_is_refused(workbook, tmp_path, clock):
    frame = pd.read_excel(io.BytesIO(workbook), sheet_name="Data")
    content = io.BytesIO()
    frame.rename(columns={"Fatalities": "Deaths"}).to_excel(content, sheet_name="Data", index=False)
    with services.serve(services.hdx(content.getvalue())) as service:
        text = failing(lambda: get_hdx(service, tmp_path, clock))
    assert "column Fatalities is missing" in text
    with services.serve(services.hdx(workbook)) as service:
        text = failing(lambda: get_hdx(service, tmp_path, clock, since="2025-01"))
        assert "the workbook ends in 2024-03, before 2025-01" in text
        text = failing(lambda: get_hdx(service, tmp_path, clock, dataset="acled-mali"))
    assert "give it with --dataset" in text
    assert list(tmp_path.iterdir()) == []


def test_a_truncated_workbook_is_fetched_again(workbook, tmp_path, clock):
    with services.serve(services.hdx(workbook)) as service:
        service.faults["/bucket/file"] = [services.truncated]
        (found,) = get_hdx(service, tmp_path, clock)
    assert found.path.read_bytes() == workbook
    assert len(clock.slept) == 1


# --------------------------------------------------------------------------- requests, secrets, the command


@pytest.mark.parametrize(
    ("source", "since", "options", "message"),
    [
        ("acled", "2024-13", {}, "--since '2024-13' is no month"),
        ("acled", "January", {}, "expected YYYY-MM"),
        ("acled", "2027-01", {}, "lies after this month"),
        ("ucdp", "2024-05", {"until": "2024-02"}, "lies after 2024-02"),
        ("ucdp", "2024-05", {"releases": ["../25.1"]}, "--release '../25.1' is none"),
        ("acled", "2024-01", {"base": "http://acleddata.com"}, "without encryption"),
        ("acled", "2024-01", {"base": "https://me:word@acleddata.com"}, "holds a user name or password"),
        ("ucdp", "2024-01", {"base": "ucdpapi"}, "is not one"),
        ("gdelt", "2024-01", {}, "no source 'gdelt'"),
    ],
)
def test_a_bad_request_is_refused_before_anything_is_sent(source, since, options, message, tmp_path, clock):
    assert message in failing(lambda: fetch(source, since, tmp_path / "out", around=clock.around, **options))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["acled_mali_since_2024-01.csv", "acled_mali_since_2024-01.csv.source.json"])
@pytest.mark.parametrize("how", ["a file", "a link", "a folder"])
def test_a_file_of_the_users_in_its_place_is_left_alone(name, how, tmp_path, clock):
    path, victim = tmp_path / name, tmp_path / "victim"
    victim.write_text("mine")
    if how == "a file":
        path.write_text("mine")
    elif how == "a link":
        path.symlink_to(victim)
    else:
        path.mkdir()
    with services.serve(services.acled(EVENTS)) as service:
        text = failing(lambda: get_acled(service, tmp_path, clock))
        assert str(path) in text
        assert "Move it away, or give another --out" in text
        assert service.asked == []
    assert victim.read_text() == "mine"
    assert path.is_dir() if how == "a folder" else path.read_text() == "mine"


def test_a_fetch_killed_before_its_account_knows_its_file(tmp_path, clock, monkeypatch):
    with services.serve(services.acled(EVENTS)) as service:
        with monkeypatch.context() as patch:
            patch.setattr(acled, "write_account", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                get_acled(service, tmp_path, clock)
        (events,) = get_acled(service, tmp_path, clock, afresh=True)
    assert json.loads(pages.sidecar(events.path).read_text())["sha256"] == pages.file_digest(events.path)


def test_planted_folders_are_not_entered_and_those_made_are_for_their_user_alone(tmp_path, clock, monkeypatch):
    out, victim = tmp_path / "out", tmp_path / "victim"
    victim.mkdir()
    (victim / "theirs.txt").write_text("stays")
    store = pages.Store(out, {"q": 1}, clock.around)
    assert store.folder.stat().st_mode & 0o777 == 0o700
    store.clear()
    store.folder.symlink_to(victim)
    (out / ".fetch-other").symlink_to(victim)
    text = failing(lambda: pages.Store(out, {"q": 1}, clock.around))
    assert "Remove it, and see who made it" in text
    assert (victim / "theirs.txt").read_text() == "stays"


def test_a_secret_is_seen_nowhere():
    word = web.Secret(PASSWORD)
    assert PASSWORD not in f"{word} {word!r} {[word]}"
    with pytest.raises(TypeError, match="not written"):
        pickle.dumps(word)


def test_credentials_come_from_the_environment_or_a_prompt(monkeypatch):
    assert credentials.secret("UCDP_TOKEN", "token", {"UCDP_TOKEN": "t\n"}).reveal() == "t"
    asked = []
    found = credentials.secret("UCDP_TOKEN", "token", {}, ask=lambda text: asked.append(text) or "typed")
    assert found.reveal() == "typed"
    assert asked == ["token (not shown): "]
    with pytest.raises(FetchError, match="no token was given; set UCDP_TOKEN"):
        credentials.secret("UCDP_TOKEN", "token", {}, ask=lambda _: "")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(FetchError, match="UCDP_TOKEN is not set; put your token into this environment variable"):
        credentials.secret("UCDP_TOKEN", "token", {})


def test_the_command_prints_the_files_and_tells_progress(tmp_path, capfd, monkeypatch):
    out = tmp_path / "raw"
    with services.serve(services.acled(EVENTS)) as service:
        monkeypatch.setenv("ACLED_BASE", service.base)
        assert cli.main(["fetch", "acled", "--since", "2024-01", "--out", str(out)]) == 0
        printed, said = capfd.readouterr()
        assert printed.split() == [str(out / "acled_mali_since_2024-01.csv")]
        assert "page 1, 3 rows so far" in said
        service.faults[READ] = [services.status(403)]
        assert cli.main(["fetch", "acled", "--since", "2024-01", "--out", str(out)]) == 2
    printed, said = capfd.readouterr()
    assert printed == ""
    assert said.splitlines()[-1].startswith("error: ACLED: acled, page 1: HTTP 403; your account")


def test_a_stop_by_hand_loses_no_page(tmp_path, monkeypatch):
    said = []

    def say(line):
        said.append(line)
        if "page 2" in line and stopping:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(cli, "_say", say)
    command = ["fetch", "acled", "--since", "2024-01", "--out", str(tmp_path)]
    with services.serve(services.acled(EVENTS)) as service:
        monkeypatch.setenv("ACLED_BASE", service.base)
        stopping = True
        # A shell's background job, which the tests may run in, has interrupts switched off.
        before_it = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            assert cli.main(command) == 2
        finally:
            signal.signal(signal.SIGINT, before_it)
        assert said[-1] == "error: stopped; run the same command again, it goes on where it stopped."
        assert not list(tmp_path.glob("*.csv"))
        before = len(service.asked)
        stopping = False
        assert cli.main(command) == 0
    assert [row.query["page"] for row in service.asked[before:] if row.path == READ] == ["3", "4"]
    assert len(read(tmp_path / "acled_mali_since_2024-01.csv")) == 8


# --------------------------------------------------------------------------- what ingest makes of it


@pytest.mark.slow
def test_ingest_takes_what_was_fetched_and_says_what_an_update_changes(tmp_path, capfd, clock):
    # The last month's only event is deleted: a month without events in between would be refused.
    raw, out = tmp_path / "raw", tmp_path / "tables"
    gone = [{"event_id_cnty": "MLI8", "deleted_timestamp": 1710000000}]
    with services.serve(services.acled(EVENTS, gone)) as service:
        events, deleted = get_acled(service, raw, clock)
    command = ["ingest", "acled", str(events.path), "--deleted", str(deleted.path), "--out", str(out)]
    assert cli.main(command) == 0
    printed, said = capfd.readouterr()
    assert f"{events.path.name}: 7 kept: counted" in printed
    assert f"{events.path.name}: 1 set aside: deleted by ACLED" in printed
    assert "what differs" not in said
    later = [*EVENTS, acled_event(20), acled_event(4, fatalities=9, timestamp=1800000000)]
    with services.serve(services.acled(later, gone)) as service:
        events, deleted = get_acled(service, raw, clock)
    assert cli.main(command) == 0
    printed, said = capfd.readouterr()
    assert f"{events.path.name}: 8 kept: counted" in printed
    assert "what differs from the tables that lay there:" in said
    assert re.search(r"  actors: rows added [01], revised [12], removed 0\n", said)
    # UCDP: a yearly release with an event in each month, and the first candidate month after it.
    days = [f"{year}-{month:02d}-05T00:00:00" for year in (2024, 2025) for month in range(1, 13)]
    final = [
        ged_event(number, date_start=day, date_end=day, year=int(day[:4])) for number, day in enumerate(days, start=1)
    ]
    day = "2026-01-05T00:00:00"
    january = [ged_event(901, date_start=day, date_end=day, year=2026, best=3)]
    with services.serve(services.ucdp({"26.1": final, "26.0.1": january})) as ged:
        found = get_ucdp(ged, raw, clock)
    # Twenty-five events are fewer than the project's tables have in these months: that is meant, or refused.
    command = ["ingest", "ucdp", *[str(row.path) for row in found], "--out", str(out)]
    assert cli.main(command) == 2
    assert "or say --meant if they are short on purpose" in capfd.readouterr().err
    assert cli.main([*command, "--meant"]) == 0
    printed, said = capfd.readouterr()
    assert "25 rows in = 25 kept + 0 set aside" in printed
    assert "ucdp_months: rows added 1, revised " in said
    months = pd.read_csv(out / "ucdp_months.csv").set_index("month")
    assert months.loc["2026-01", ["status", "best"]].tolist() == ["candidate", 3]
    assert months.loc["2025-12", "status"] == "final"
