"""From the producers' interfaces to files that `ingest` takes. Credentials are sent, and kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from helpers.fetch import acled, hdx, ucdp
from helpers.fetch.pages import Fetched
from helpers.fetch.web import FetchError, Surroundings

__all__ = ["SOURCES", "FetchError", "Fetched", "Surroundings", "fetch"]

SOURCES = ("acled", "ucdp", "hdx")


def fetch(
    source: str,
    since: str,
    out: Path,
    *,
    until: str = "",
    base: str = "",
    releases: Sequence[str] = (),
    dataset: str = "",
    afresh: bool = False,
    around: Surroundings | None = None,
) -> list[Fetched]:
    """Fetch from one of `SOURCES`.

    Parameters
    ----------
    since, until : str
        First and last month, `YYYY-MM`.
    out : Path
        Folder for the files.
    base : str
        Address of the service; the environment's or the producer's own where empty.
    releases : sequence of str
        UCDP's releases; found out where empty.
    dataset : str
        HDX's data set; the usual one where empty.
    afresh : bool
        Throw away what a broken fetch left.

    Raises
    ------
    FetchError
        In one sentence: what went wrong and what to do.
    """
    around = around or Surroundings()
    now = around.now().strftime("%Y-%m")
    for option, month in (("--since", since), ("--until", until or since)):
        if not re.fullmatch(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", month):
            raise FetchError(f"{option} {month!r} is no month; expected YYYY-MM, as in 2024-01.")
    if since > now or (until and until < since):
        raise FetchError(f"--since {since} lies after {until if until and until < since else 'this month'}.")
    for release in releases:
        if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,2}){1,3}", release):
            raise FetchError(f"--release {release!r} is none; expected something like 25.1, or 26.0.3 for a candidate.")
    if out.exists() and not out.is_dir():
        raise FetchError(f"{out}: a file lies there; expected a folder, or a name that is free.")
    if source == "acled":
        return acled.fetch(since, out, until=until, base=base, afresh=afresh, around=around)
    if source == "ucdp":
        return ucdp.fetch(since, out, until=until, base=base, afresh=afresh, chosen=releases, around=around)
    if source == "hdx":
        return hdx.fetch(since, out, base=base, dataset=dataset or hdx.DATASET, around=around)
    raise FetchError(f"no source {source!r}; expected one of {', '.join(SOURCES)}.")
