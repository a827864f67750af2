"""Careful requests: retries with back-off, no secret in any text, one sentence for every way to fail.

`requests` moves the bytes and `tenacity` counts the attempts; what is ours is what an analyst needs besides: a
secret that cannot be printed, redirects that cannot carry it elsewhere, and errors that say what to do.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urljoin

import requests
import tenacity
from requests.auth import AuthBase

from helpers import inert
from helpers.fetch.addresses import FetchError, checked_base, checked_hop, parts, whole
from helpers.fetch.secrets import Secret, strike

__all__ = ["FetchError", "Header", "Secret", "Surroundings", "Web", "checked_base", "checked_hop", "whole"]

ATTEMPTS = 6
"""Requests for one page before giving up."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds of the first and the longest pause between attempts."""

PATIENCE = 900.0
"""Longest pause, in seconds, that a service may ask for before we stop and let the user come back."""

TIMEOUT = (15, 180)
"""Seconds to connect, and seconds without a byte."""

LARGEST = 256 * 1024 * 1024
"""Bytes of one answer, unpacked, beyond which it is refused: a page of 5,000 events has some ten million."""

LONGEST_MESSAGE = 8192
"""Bytes of an answer that says what is wrong, beyond which none of it is shown."""

MOST_BYTES = 2 * LARGEST
"""Bytes of all answers of one fetch, unpacked: all events of Mali since 1997 have some forty million."""

MOST_REQUESTS = 5000
"""Requests of one fetch, those that failed among them."""

MOST_TIME = timedelta(hours=6)
"""Time that one fetch may take, the pauses that services ask for among it."""

HOPS = 5
"""Redirects that are followed one after another."""

_CHUNK = 64 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}
_TRANSIENT = {408, 425, 429, 500, 502, 503, 504}
_ENDLESS = "the service sends without an end, or the months asked for are too many; take a later --since."
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml)", re.I)


_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class Header(AuthBase):
    """Set one header from a secret. Being `auth`, it also keeps a `.netrc` of the user from being sent instead."""

    def __init__(self, name: str, secret: Secret, prefix: str = ""):
        self.name, self.secret, self.prefix = name, secret, prefix

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Put the header in."""
        request.headers[self.name] = f"{self.prefix}{self.secret.reveal()}"
        return request


class NoAuth(AuthBase):
    """Send no credentials, not even those of a `.netrc`."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Leave the request as it is."""
        return request


class _Session(requests.Session):
    """A session that follows no redirect, nor even reads where one leads: that is looked at first, here."""

    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[requests.Response]:  # type: ignore[override]
        """Give nothing."""
        return iter(())


def _silent(line: str) -> None:
    pass


@dataclass(frozen=True)
class Surroundings:
    """What a fetch takes from the outside: where it talks, how it waits, what time it is, and its dice."""

    say: Callable[[str], None] = _silent
    """Takes a line of progress."""
    sleep: Callable[[float], None] = time.sleep
    """Waits so many seconds."""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    """Returns the time, with its zone."""
    chance: random.Random = field(default_factory=random.Random)
    """Spreads the pauses, so that many clients do not come back at once."""


@dataclass(frozen=True)
class Answer:
    """Status, headers and body of an answer; the body is empty where it went into a file."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class _Again(Exception):
    """A failure that may pass: why, and how long the service asked us to wait."""

    def __init__(self, why: str, wait: float | None = None):
        super().__init__(why)
        self.why, self.wait = why, wait


class Web:
    """One service, spoken to politely: so many requests, bytes and hours, and no more.

    Parameters
    ----------
    name : str
        As readers know the service; begins its error messages.
    around : Surroundings
    hints : mapping of int to str
        What a status means with this service and what to do.
    follow : bool
        Follow redirects; only for services that need no credentials.
    """

    def __init__(self, name: str, around: Surroundings, hints: Mapping[int, str], *, follow: bool = False):
        self.name, self.around, self.hints, self.follow = name, around, hints, follow
        self._secrets: list[Secret] = []
        self._requests = self._bytes = 0
        self._began: datetime | None = None
        self._session = _Session()
        self._session.headers.update({"User-Agent": "mali-executable-report", "Accept": "application/json, */*;q=0.5"})

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def guard(self, secret: Secret) -> Secret:
        """Remember a secret, so that it is struck out of anything the service says back."""
        self._secrets.append(secret)
        return secret

    def share(self, other: Web) -> None:
        """Guard the secrets of another as well."""
        self._secrets += [secret for secret in other._secrets if secret not in self._secrets]

    @contextmanager
    def discreet(self) -> Iterator[None]:
        """Strike the secrets out of every error that leaves, whoever raised it and whatever it quotes."""
        try:
            yield
        except FetchError as error:
            error.args = (strike(str(error), self._secrets),)
            raise

    def clean(self, text: str) -> str:
        """Return a service's words fit to be shown: no secret, no markup, no control signs, one short line."""
        text = strike(text, self._secrets)
        return inert.line(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)), 160)

    # ------------------------------------------------------------------ requests

    def json(self, url: str, what: str, **options: Any) -> Any:
        """Ask for JSON.

        Parameters
        ----------
        url : str
            Address without its query.
        what : str
            What is asked for, in words: `page 3`.
        options
            `params` (query), `form` (sent as a POST), `auth`, `renew` (called once on a 401; returns a new `auth`),
            `absent` (return None on a 404).

        Raises
        ------
        FetchError
            In one sentence: the service, what was asked for, what came instead, what to do.
        """

        def attempt() -> Any:
            answer = self._renewed(url, what, **options)
            return None if answer.status == 404 else self._parsed(answer, what)

        return self._persist(attempt, what)

    def download(self, url: str, what: str, into: Path, headers: Mapping[str, str]) -> Answer:
        """Ask for a file and write it to a path as it arrives; `status` is 304 where it has not changed."""
        return self._persist(lambda: self._once(url, what, into=into, headers=headers), what)

    def _persist(self, attempt: Callable[[], Any], what: str) -> Any:
        def pause(state: tenacity.RetryCallState) -> float:
            failure = state.outcome.exception() if state.outcome else None
            if isinstance(failure, _Again) and failure.wait is not None:
                # A little later than asked, never earlier.
                return failure.wait + self.around.chance.uniform(0, min(failure.wait * 0.1 + 0.1, 5))
            longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (state.attempt_number - 1))
            return self.around.chance.uniform(longest / 2, longest)

        def tell(state: tenacity.RetryCallState) -> None:
            failure = state.outcome.exception() if state.outcome else None
            pausing = state.next_action.sleep if state.next_action else 0
            self.around.say(f"{self.name}: {what}: {failure}; trying again in {pausing:.0f} s")

        tries = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_Again),
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            wait=pause,
            sleep=self.around.sleep,
            before_sleep=tell,
            reraise=True,
        )
        failure = ""
        try:
            return tries(attempt)
        except _Again as last:
            failure = last.why
        # Raised outside of the handler: no chain of exceptions that holds a request with its headers.
        raise FetchError(
            f"{self.name}: {what}: {failure}, {ATTEMPTS} times in a row; run the same command again later, it goes on "
            "where it stopped."
        )

    def _renewed(self, url: str, what: str, renew: Callable[[], AuthBase] | None = None, **options: Any) -> Answer:
        answer = self._once(url, what, final=renew is None, **options)
        if answer.status == 401 and renew is not None:
            self.around.say(f"{self.name}: the access token has run out; asking for a new one")
            answer = self._once(url, what, **options | {"auth": renew()})
        return answer

    def _once(
        self,
        url: str,
        what: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        auth: AuthBase | None = None,
        headers: Mapping[str, str] | None = None,
        into: Path | None = None,
        final: bool = True,
        absent: bool = False,
    ) -> Answer:
        """Send one request. With `final` False a 401, with `absent` a 404, is returned instead of raised."""
        trouble: Exception | None = None
        try:
            for _ in range(HOPS + 1):
                self._count(what)
                with self._session.request(
                    "POST" if form is not None else "GET",
                    url,
                    params=params,
                    data=form,
                    auth=auth or NoAuth(),
                    headers=dict(headers or {}),
                    timeout=TIMEOUT,
                    stream=True,
                    # Each hop is looked at before it is followed; the session would follow first.
                    allow_redirects=False,
                ) as response:
                    status = response.status_code
                    if self.follow and form is None and status in _REDIRECTS:
                        url, params = checked_hop(urljoin(url, response.headers.get("Location", "")), url), None
                        continue
                    if (status == 401 and not final) or (status == 404 and absent):
                        return Answer(status, dict(response.headers))
                    return self._taken(response, what, into, asked_whether=bool(headers))
            trouble = FetchError(f"{self.name}: {what}: the service redirects more than {HOPS} times; try again later.")
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            trouble = _Again("the answer broke off before its end")
        except requests.Timeout:
            trouble = _Again("no answer in time")
        except requests.exceptions.SSLError:
            trouble = _Again("the encrypted connection could not be made (certificate or clock)")
        except requests.ConnectionError:
            trouble = _Again("no connection, or the connection was dropped")
        except ValueError as error:
            kind = type(error).__name__
            trouble = FetchError(
                f"{self.name}: {what}: the request cannot be written ({kind}): an address, token or password has signs "
                "that none may have; check --base and the environment."
            )
        except requests.RequestException as error:
            trouble = _Again(f"the request failed ({type(error).__name__})")
        # Raised outside of the handlers: no chain of exceptions that holds a request with its headers.
        raise trouble

    def _count(self, what: str) -> None:
        """Count a request, and stop a fetch that has made too many or takes too long."""
        self._requests += 1
        self._began = self._began or self.around.now()
        if self._requests > MOST_REQUESTS:
            raise FetchError(f"{self.name}: {what}: {MOST_REQUESTS:,} requests were made without an end; {_ENDLESS}")
        self._watch(what)

    def _watch(self, what: str) -> None:
        if self._began is not None and self.around.now() - self._began > MOST_TIME:
            hours = MOST_TIME.total_seconds() / 3600
            raise FetchError(f"{self.name}: {what}: the fetch has taken more than {hours:.0f} hours; {_ENDLESS}")

    def _taken(self, response: requests.Response, what: str, into: Path | None, *, asked_whether: bool) -> Answer:
        """Return an answer whole, refusing what is none; 304 only answers the question whether something changed."""
        status = response.status_code
        if status == 304 and not asked_whether:
            raise FetchError(
                f"{self.name}: {what}: the service says that nothing has changed (HTTP 304), and was not asked; run the "
                "same command again later."
            )
        if status not in (200, 304):
            self._refuse(status, response, what)
        body = b""
        if into is not None and status == 200:
            with into.open("wb") as file:
                for chunk in self._chunks(response, what):
                    file.write(chunk)
        elif status == 200:
            body = b"".join(self._chunks(response, what))
        return Answer(status, dict(response.headers), body)

    def _chunks(self, response: requests.Response, what: str) -> Iterator[bytes]:
        size = 0
        for chunk in response.iter_content(_CHUNK):
            size += len(chunk)
            self._bytes += len(chunk)
            self._watch(what)
            if self._bytes > MOST_BYTES:
                raise FetchError(
                    f"{self.name}: {what}: more than {MOST_BYTES // 2**20} MB were sent without an end; {_ENDLESS}"
                )
            if size > LARGEST:
                raise FetchError(
                    f"{self.name}: {what}: the answer is larger than {LARGEST // 2**20} MB; expected a page of data; "
                    "nothing of it was kept."
                )
            yield chunk

    def _refuse(self, status: int, response: requests.Response, what: str) -> NoReturn:
        said = ""
        if not 300 <= status < 400:
            start = b""
            # Pieces as small as the service likes: a secret must not be cut in two. What is longer is no message.
            for chunk in response.iter_content(1024):
                start += chunk
                if len(start) > LONGEST_MESSAGE:
                    start = b""
                    break
            said = self.clean(_message(start))
        if status in _TRANSIENT:
            wait = _retry_after(response.headers.get("Retry-After", ""), self.around.now())
            if wait is not None and wait > PATIENCE:
                raise FetchError(
                    f"{self.name}: {what}: the service asks to wait {wait / 60:.0f} minutes (HTTP {status}); run the "
                    "same command again then, it goes on where it stopped."
                )
            raise _Again(f"the service is busy or failing (HTTP {status})", wait)
        if 300 <= status < 400:
            host = _host(response.headers.get("Location", ""))
            raise FetchError(
                f"{self.name}: {what}: the service redirects to {self.clean(host)} (HTTP {status}); credentials are not "
                "sent on; if its address has changed, give the new one with --base."
            )
        hint = self.hints.get(status, "expected data; check --base and the other options")
        words = f", saying {said!r}" if said else ""
        raise FetchError(f"{self.name}: {what}: HTTP {status}{words}; {hint}.")

    def _parsed(self, answer: Answer, what: str) -> Any:
        body = answer.body
        if _MARKUP.match(body):
            raise FetchError(
                f"{self.name}: {what}: a web page came instead of JSON, often a login or maintenance page; open the "
                "service in a browser, then run the same command again."
            )
        damaged = ""
        try:
            found = json.loads(body)
            if _HALF.search(body) and any(
                "\ud800" <= sign <= "\udfff" for sign in json.dumps(found, ensure_ascii=False)
            ):
                raise FetchError(
                    f"{self.name}: {what}: the answer holds half a sign (a lone surrogate), which no file can; run the "
                    "same command again later."
                )
            return found
        except RecursionError:
            raise FetchError(
                f"{self.name}: {what}: the answer is nested deeper than any table; the service has changed its answers."
            ) from None
        except ValueError:
            damaged = "the answer is empty" if not body.strip() else "the answer is no whole JSON, cut off or damaged"
        raise _Again(damaged)


def _host(location: str) -> str:
    try:
        return parts(location).hostname or "another page"
    except FetchError:
        return "what is no address"


def _message(body: bytes) -> str:
    """Return what a service says of an error: the message of its JSON, or its text."""
    text = body.decode("utf-8", "replace")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return "" if _MARKUP.match(body) else text
    if isinstance(said, dict):
        for key in ("error_description", "message", "messages", "error", "Message"):
            value = said.get(key)
            if isinstance(value, dict):
                value = value.get("message")
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, str) and value:
                return value
        return ""
    return said if isinstance(said, str) else ""


def _retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds a `Retry-After` header asks for: a number or a date (RFC 9110, 10.2.3).

    Examples
    --------
    >>> _retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> _retry_after("Thu, 01 Jan 2026 00:00:30 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    30.0
    >>> _retry_after("soon", datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    value = value.strip()
    if re.fullmatch(r"[0-9]+", value):
        return float(value[:12])
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
