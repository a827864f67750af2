"""Which addresses may be read: encrypted ones of the open network, and this machine's own where the base is its own."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import SplitResult, urlsplit

from helpers import inert
from helpers.errors import MaliError


class FetchError(MaliError):
    """A service did not give what it was asked for; the message says what happened and what to do, in one line."""

    def __init__(self, message: str):
        # Most messages quote the service.
        super().__init__(inert.line(message, 1000))


def whole(text: object) -> int | None:
    """Return a number of at most twelve plain digits, or None.

    Examples
    --------
    >>> whole("17"), whole("²"), whole("9" * 5000), whole(True)
    (17, None, None, None)
    """
    if isinstance(text, bool) or not isinstance(text, int | str):
        return None
    digits = str(text) if isinstance(text, str) or abs(text) < 10**12 else ""
    return int(digits) if re.fullmatch("[0-9]{1,12}", digits) else None


def parts(address: str) -> SplitResult:
    """Return the parts of an address.

    Raises `FetchError`: it is none.
    """
    try:
        found = urlsplit(address)
        _ = found.port, found.hostname
        return found
    except ValueError:
        pass
    raise FetchError(f"{inert.line(address, 100)!r} is no address; expected something like 'https://example.org'.")


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the number that a host's name stands for, also where it is written as no one writes it (127.1, 0x7f000001)."""
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        if not re.fullmatch(r"[0-9a-fx.]+", host):
            return None
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except OSError:
            return None
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def loopback(host: str) -> bool:
    """Tell whether a host's name means this machine.

    Examples
    --------
    >>> [loopback(host) for host in ("localhost", "127.0.0.1", "127.1", "::1", "0.0.0.0", "example.org", "10.0.0.1")]
    [True, True, True, True, True, False, False]
    """
    host = host.rstrip(".").lower()
    number = _number(host)
    here = number is not None and (number.is_loopback or number.is_unspecified)
    return here or host == "localhost" or host.endswith(".localhost")


def checked_base(base: str) -> str:
    """Return a base address without its last slash.

    Raises `FetchError`: it is not an address, holds a user name or password, or would send credentials in the clear.
    """
    found = parts(base)
    if found.username or found.password:
        raise FetchError("the base address holds a user name or password; give those in the environment instead.")
    if not found.hostname or found.scheme not in ("http", "https"):
        raise FetchError(f"the base address {base!r} is not one; expected something like 'https://example.org'.")
    if found.scheme == "http" and not loopback(found.hostname):
        raise FetchError(f"the base address {base} would be read without encryption; expected https.")
    return base.rstrip("/")


def checked_hop(address: str, base: str) -> str:
    """Return an address that a service names, or sends on to, where it may be read.

    `address`: where to. `base`: the service's own address, as the user gave it or as it is known. Raises `FetchError`:
    as `checked_base`; or it is this machine's, or of a private network, and the base is not.
    """
    found = parts(checked_base(address))
    host, home = found.hostname or "", parts(base).hostname or ""
    number = _number(host)
    inside = loopback(host) or (number is not None and not number.is_global)
    if inside and not loopback(home) and host != home:
        raise FetchError(
            f"the service at {home} sends on to {host}, which lies on this machine or in a private network; it was not "
            "read. If its address has changed, give the new one with --base."
        )
    return address
