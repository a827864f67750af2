"""Services that mean harm: they echo secrets in every encoding, send escape sequences, never end, or lead elsewhere."""

import base64
import html
import io
import json
from datetime import timedelta
from urllib.parse import quote, quote_plus

import pytest
import requests

import services
from helpers import cli
from helpers.fetch import FetchError, acled, addresses, hdx, pages, ucdp, web
from helpers.fetch.secrets import WITHHELD, Secret, strike
from services import PASSWORD, UCDP_TOKEN, USERNAME, acled_event, ged_event
from test_fetch import DELETED, EVENTS, READ, TOKEN, Clock, failing, get_acled, watched  # noqa: F401

GED, SHOW = "/api/gedevents/25.1", "/api/3/action/package_show"
ENCODINGS = {
    "as it is": lambda s: s,
    "capitals": str.upper,
    "url": lambda s: quote(s, safe=""),
    "url, small hexadecimals": lambda s: quote(s, safe="").lower(),
    "form": quote_plus,
    "url twice": lambda s: quote(quote(s, safe=""), safe=""),
    "form in url": lambda s: quote(quote_plus(s), safe=""),
    "JSON": lambda s: json.dumps(s)[1:-1],
    "JSON, all escaped": lambda s: "".join(f"\\u{ord(c):04x}" for c in s),
    "JavaScript": lambda s: "".join(f"\\x{ord(c):02x}" for c in s),
    "HTML": html.escape,
    "HTML, all escaped": lambda s: "".join(f"&#{ord(c)};" for c in s),
    "base64": lambda s: base64.b64encode(s.encode()).decode(),
    "base64 without padding": lambda s: base64.b64encode(s.encode()).decode().rstrip("="),
    "base64 for addresses": lambda s: base64.urlsafe_b64encode(s.encode()).decode(),
    "base64 with a user name": lambda s: base64.b64encode(f"analyst:{s}".encode()).decode(),
    "hexadecimal": lambda s: s.encode().hex(),
}
DEEP = b"[" * 200_000 + b"]" * 200_000


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(web.time, "sleep", lambda _: pytest.fail("a real pause"))
    return Clock()


def get_ucdp(service, folder, clock, chosen=("25.1",)):
    return ucdp.fetch("2024-01", folder, base=service.base, around=clock.around, chosen=chosen)


def get_hdx(service, folder, clock):
    return hdx.fetch("2023-01", folder, base=service.base, around=clock.around)


def answers(value, code=200, **headers):
    return lambda asked, true: services.reply(value, code, **headers)


# --------------------------------------------------------------------------- secrets


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("secret", [PASSWORD, 'say "é" <b>\\ 100%', "abcdefgh"])
def test_a_secret_is_struck_in_every_encoding(encode, secret):
    shown = strike(f"no user with {encode(secret)} here", [Secret(secret)])
    assert encode(secret) not in shown
    assert secret not in shown
    assert shown == WITHHELD or shown == "no user with (hidden) here"


def test_words_that_hold_no_secret_stay():
    text = "page 3: HTTP 403, saying 'accept the terms of 2024-01|2026-08 at https://example.org/a_b-c'"
    assert strike(text, [Secret(PASSWORD), Secret(USERNAME), Secret("abc")]) == text


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS)
def test_a_service_that_echoes_the_login_gives_nothing_away(encode, tmp_path, clock):
    told = encode(PASSWORD)
    for path, value in (
        (TOKEN, {"error_description": f"cannot log in {told}"}),
        (READ, {"status": told, "success": False}),
        (READ, {"data": [acled_event(1) | {told: 1}, acled_event(2)]}),
    ):
        with services.serve(services.acled(EVENTS)) as service:
            service.faults[path] = [answers(value, 400 if path == TOKEN else 200)]
            assert told not in failing(lambda: get_acled(service, tmp_path, clock))


def test_a_secret_cut_into_pieces_by_the_wire_is_struck(tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        long = json.dumps({"message": "x" * 100, "pad": "y" * 900, "form": PASSWORD}).encode()
        service.faults[TOKEN] = [lambda a, t: services.Reply(long, 400)]
        assert PASSWORD[:5] not in failing(lambda: get_acled(service, tmp_path, clock))


@pytest.mark.slow
@pytest.mark.parametrize("blanks", range(web.LONGEST_MESSAGE - 40, web.LONGEST_MESSAGE + 1100, 7))
def test_a_secret_that_ends_beyond_what_is_read_is_not_shown_in_part(blanks):
    """Blanks are drawn together before a message is cut: half a password stood in it, where reading ended within it."""
    door = web.Web("ACLED", web.Surroundings(), {})
    door.guard(Secret(PASSWORD))
    answer = requests.Response()
    answer.raw = io.BytesIO(b" " * blanks + PASSWORD.encode() + b" " * 2000)
    with pytest.raises(FetchError) as failed:
        door._refuse(400, answer, "logging in")
    assert PASSWORD[:4] not in str(failed.value)


def test_tokens_that_lie_in_the_word_for_them_do_not_make_a_message_grow():
    secrets = [Secret(token) for token in [*"(hiden)", "hidden", "(hidden)"] * 5]
    assert len(strike("hidden d" * 20, secrets)) < 1500


@pytest.mark.parametrize("place", ["value", "column", "key"])
def test_half_a_sign_is_answered_with_a_sentence(place, tmp_path, clock):
    """JSON can hold what no text file can; it ended in a traceback when the page was to be kept."""
    event = acled_event(1)
    event |= {"value": {"notes": "a\ud800b"}, "column": {"a\ud800": 1}, "key": {"event_id_cnty": "\udfff"}}[place]
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [answers({"data": [event]})]
        assert "holds half a sign" in failing(lambda: get_acled(service, tmp_path, clock))
    whole_sign = acled_event(1, notes="\U0001f54c")
    with services.serve(services.acled([whole_sign])) as service:
        (fetched,) = get_acled(service, tmp_path, clock)
    assert "\U0001f54c" in fetched.path.read_text(encoding="utf-8")


def test_a_token_without_an_end_is_none(tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[TOKEN] = [answers({"access_token": "a" * 20_000})]
        assert "holds no access token" in failing(lambda: get_acled(service, tmp_path, clock))


# --------------------------------------------------------------------------- terminals


def test_no_escape_sequence_reaches_a_terminal(tmp_path, monkeypatch, capfd):
    nasty = "\x1b[2J\x9b31m\x07\u202egone\x1b]0;t\x07"
    monkeypatch.setattr(acled, "ROWS", 3)
    cases = [
        ("acled", services.acled(EVENTS), TOKEN, answers({"message": nasty}, 403)),
        ("acled", services.acled(EVENTS), READ, answers({"status": nasty, "success": False})),
        ("acled", services.acled(EVENTS), READ, answers({"data": [acled_event(1), acled_event(2) | {nasty: 1}]})),
        ("ucdp", services.ucdp({"25.1": [ged_event(1)]}), GED, answers({"Result": [{nasty: 1}], "TotalCount": 1})),
        ("hdx", services.hdx(b""), SHOW, answers({"success": True, "result": {"resources": [{"name": nasty}]}})),
    ]
    for source, service, path, fault in cases:
        with services.serve(service):
            service.faults[path] = [fault]
            options = ["--release", "25.1"] if source == "ucdp" else []
            command = ["fetch", source, "--since", "2024-01", "--out", str(tmp_path), "--base", service.base, *options]
            assert cli.main(command) == 2
        out, err = capfd.readouterr()
        assert not set(out + err) & set("\x1b\x9b\x07\u202e"), (source, path)
        assert err.count("error: ") == 1


# --------------------------------------------------------------------------- every fault is one sentence


@pytest.mark.parametrize(
    ("path", "fault", "message"),
    [
        (READ, answers({"status": "²", "success": False}), "reports failure (status ²)"),
        (READ, answers({"count": "²", "data": [{"event_id_cnty": {}}]}), "holds a list or an object"),
        (READ, lambda a, t: services.Reply(DEEP), "nested deeper than any table"),
        (READ, lambda a, t: services.Reply(b'{"data": [' + DEEP + b"]}"), "nested deeper than any table"),
        (TOKEN, lambda a, t: services.Reply(DEEP, 400), "HTTP 400"),
        (READ, lambda a, t: services.Reply(b"", 304), "nothing has changed (HTTP 304), and was not asked"),
        (READ, answers({}, 307, Location="http://[::1"), "redirects to what is no address"),
        (TOKEN, answers({"access_token": "line\nbreak"}), "the request cannot be written"),
        (TOKEN, answers({"access_token": "日本"}), "the request cannot be written"),
        (READ, answers({"status": "9" * 5000, "success": False}), "reports failure"),
    ],
)
def test_what_acled_may_send_is_answered_with_a_sentence(path, fault, message, tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[path] = [fault]
        assert message in failing(lambda: get_acled(service, tmp_path, clock))
    assert not list(tmp_path.glob("*.csv*"))


@pytest.mark.parametrize("header", ["²", "9" * 400, "Thu, 99 Jan 99999 00:00:00 GMT", "-1", "\x1b[2J"])
def test_a_strange_wait_is_no_traceback(header, tmp_path, clock):
    with services.serve(services.acled(EVENTS)) as service:
        service.faults[READ] = [
            lambda a, t: services.Reply(b"", 503, {"Retry-After": header.encode().decode("latin-1")})
        ]
        if header == "9" * 400:
            assert "asks to wait" in failing(lambda: get_acled(service, tmp_path, clock))
        else:
            assert len(get_acled(service, tmp_path, clock)) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"NextPageUrl": "http://[x?page=1"}, "is no address"),
        ({"TotalCount": "²"}, "no 'Result' and 'TotalCount'"),
        ({"TotalCount": True}, "no 'Result' and 'TotalCount'"),
        ({"NextPageUrl": "https://x/?page=0"}, "page 0 names page 0 as the one that follows"),
    ],
)
def test_what_ucdp_may_send_is_answered_with_a_sentence(change, message, tmp_path, clock):
    with services.serve(services.ucdp({"25.1": [ged_event(n) for n in range(5)]})) as service:
        service.faults[GED] = [services.change(lambda value: value.update(change))]
        assert message in failing(lambda: get_ucdp(service, tmp_path, clock))
        assert len(service.asked) == 1


@pytest.mark.parametrize("address", ["https://[x/file.xlsx", "http://203.0.113.9/file.xlsx", "file:///etc/passwd", "²"])
def test_a_file_of_hdx_at_a_strange_address_is_refused_unread(address, tmp_path, clock):
    named = {"name": "political violence events and fatalities", "format": "XLSX", "download_url": address}
    with services.serve(services.hdx(b"")) as service:
        service.faults[SHOW] = [answers({"success": True, "result": {"resources": [named]}})]
        assert "address" in failing(lambda: get_hdx(service, tmp_path, clock))
        assert service.paths() == [SHOW]


def test_304_without_an_account_is_no_workbook(tmp_path, clock):
    with services.serve(services.hdx(b"")) as service:
        service.faults["/bucket/file"] = [lambda a, t: services.Reply(b"", 304)]
        assert "and was not asked" in failing(lambda: get_hdx(service, tmp_path, clock))
    assert not list(tmp_path.glob("*.xlsx*"))


@pytest.mark.parametrize("base", ["https://[x", "https://example.org:notaport", "https://x]"])
def test_a_base_that_is_no_address_is_refused(base, tmp_path, clock):
    with pytest.raises(FetchError, match="no address"):
        acled.fetch("2024-01", tmp_path, base=base, around=clock.around)


# --------------------------------------------------------------------------- without end


def endless_acled():
    """New events for ever, whatever the page."""
    true = services.acled([])
    login = true.respond

    def respond(asked):
        if asked.path != READ:
            return login(asked)
        first = 3 * int(asked.query["page"])
        return services.reply({"data": [acled_event(first + n) for n in range(3)]})

    return services.Service(respond)


def test_a_service_without_an_end_is_left_by_count_of_pages(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(pages, "MOST_PAGES", 20)
    with services.serve(endless_acled()) as service:
        assert "20 pages and no end" in failing(lambda: get_acled(service, tmp_path, clock))
        assert service.paths().count(READ) == 20


def test_a_service_without_an_end_is_left_by_bytes(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(web, "MOST_BYTES", 20_000)
    with services.serve(endless_acled()) as service:
        assert "were sent without an end" in failing(lambda: get_acled(service, tmp_path, clock))
        assert service.paths().count(READ) < 20


def test_a_service_without_an_end_is_left_by_requests(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(web, "MOST_REQUESTS", 8)
    with services.serve(endless_acled()) as service:
        assert "8 requests were made without an end" in failing(lambda: get_acled(service, tmp_path, clock))
        assert service.paths().count(READ) == 8


def test_a_service_that_drips_is_left_by_the_clock(tmp_path, clock, monkeypatch):
    ticks = iter(range(10_000))
    start = clock.time
    # Each look at the clock is a minute later.
    monkeypatch.setattr(
        clock,
        "around",
        web.Surroundings(clock.said.append, clock.sleep, lambda: start + timedelta(minutes=next(ticks))),
    )
    with services.serve(endless_acled()) as service:
        assert "has taken more than 6 hours" in failing(lambda: get_acled(service, tmp_path, clock))
        assert service.paths().count(READ) < 360


# --------------------------------------------------------------------------- where a service leads


@pytest.mark.parametrize(
    ("address", "base", "fine"),
    [
        ("https://files.example.org/x", "https://example.org", True),
        ("http://files.example.org/x", "https://example.org", False),
        ("https://localhost/x", "https://example.org", False),
        ("http://127.0.0.1:8080/x", "https://example.org", False),
        ("http://127.1/x", "https://example.org", False),
        ("https://0x7f000001/x", "https://example.org", False),
        ("https://2130706433/x", "https://example.org", False),
        ("https://[::ffff:127.0.0.1]/x", "https://example.org", False),
        ("https://[::1]/x", "https://example.org", False),
        ("https://a.localhost./x", "https://example.org", False),
        ("https://169.254.169.254/latest", "https://example.org", False),
        ("https://10.0.0.8/x", "https://example.org", False),
        ("https://user:word@example.org/x", "https://example.org", False),
        ("ftp://example.org/x", "https://example.org", False),
        ("http://127.0.0.1:9/x", "http://127.0.0.1:8", True),
        ("http://localhost:9/x", "http://127.0.0.1:8", True),
        ("https://10.0.0.8/x", "https://10.0.0.8", True),
    ],
)
def test_an_address_named_by_a_service_is_looked_at(address, base, fine):
    if fine:
        assert addresses.checked_hop(address, base) == address
    else:
        with pytest.raises(FetchError):
            addresses.checked_hop(address, base)


def test_each_hop_is_looked_at_before_it_is_followed(tmp_path, clock, monkeypatch):
    asked = []
    true = web.requests.Session.request

    def request(self, method, url, **options):
        asked.append(url)
        return true(self, method, url, **options)

    monkeypatch.setattr(web.requests.Session, "request", request)
    with services.serve(services.hdx(b"")) as service:
        service.faults["/bucket/file"] = [answers({}, 302, Location="http://203.0.113.9/elsewhere")]
        assert "without encryption" in failing(lambda: get_hdx(service, tmp_path, clock))
        assert all(url.startswith(service.base) for url in asked)
        assert len(asked) == 3


def test_a_circle_of_redirects_ends(tmp_path, clock):
    with services.serve(services.hdx(b"")) as service:
        circle = answers({}, 302, Location="/bucket/file")
        service.faults["/bucket/file"] = [circle] * 50
        assert "redirects more than 5 times" in failing(lambda: get_hdx(service, tmp_path, clock))
        assert service.paths().count("/bucket/file") <= web.HOPS + 1


def test_a_formula_in_an_event_is_inert_in_the_file_and_numbers_stay(tmp_path, clock):
    event = acled_event(1, notes="=HYPERLINK(1)", location="a; =1+1", longitude="-3.61")
    with services.serve(services.acled([event])) as service:
        (fetched,) = get_acled(service, tmp_path, clock)
    text = fetched.path.read_text(encoding="utf-8")
    assert ",'=HYPERLINK(1)," in text
    assert ",a; '=1+1," in text
    assert ",-3.61," in text
    assert DELETED in service.paths()
    assert UCDP_TOKEN not in text
