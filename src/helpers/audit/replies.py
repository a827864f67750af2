"""What the authors of a report, or those it names, answer to a verdict: one file a statement in `data/replies`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from helpers import inert
from helpers.audit.published import claims
from helpers.errors import ClaimError
from helpers.folders import default_folder

LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Reply:
    """One reply to the verdict on a statement."""

    sender: str
    role: str
    """Who answers, and what they are to the statement."""
    date: dt.date
    """Day of the reply."""
    language: str
    """One of `LANGUAGES`."""
    received: str
    """How it reached the project."""
    text: str
    """The reply, plain text."""


_KEYS = tuple("from" if item.name == "sender" else item.name for item in fields(Reply))


def folder() -> Path:
    """Return the folder of replies; it belongs to the project, whatever tables are used."""
    return default_folder() / "replies"


def replies(claim_id: str, path: Path | None = None) -> tuple[Reply, ...]:
    """Return the replies to a statement, the oldest first; none where there is no file.

    `path`: folder of replies, if not the project's. Raises `ClaimError`: a file is named after no statement, cannot be
    read, or a reply lacks a field.
    """
    path = path or folder()
    known = {row.id for row in claims()}
    for file in sorted(path.glob("*.yml")):
        if file.stem not in known:
            raise ClaimError(f"{file.name}: a file of replies is named after a statement, such as R23-06.yml.")
    file = path / f"{claim_id}.yml"
    if not file.is_file():
        return ()
    try:
        rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ClaimError(f"{file.name}: not YAML in UTF-8; expected a list of replies as in README.md.") from error
    if not isinstance(rows, list) or not rows:
        raise ClaimError(f"{file.name}: expected a list of replies as in README.md.")
    return tuple(_reply(row, number, file.name) for number, row in enumerate(rows, 1))


def _reply(row: object, number: int, name: str) -> Reply:
    if not isinstance(row, dict) or set(row) != set(_KEYS):
        raise ClaimError(f"{name}: reply {number} needs exactly the fields {', '.join(_KEYS)}.")
    if not isinstance(row["date"], dt.date) or row["language"] not in LANGUAGES:
        raise ClaimError(f"{name}: reply {number} needs a date such as 2026-12-01 and a language, en or fr.")
    for key in ("from", "role", "received", "text"):
        if not isinstance(row[key], str) or not row[key].strip():
            raise ClaimError(f"{name}: reply {number}: the field {key} is empty or no text.")
    # A reply is somebody else's text: it loses signs that no reader sees, and is escaped where it is shown.
    plain = {key: inert.line(row[key]) for key in ("role", "received")}
    return Reply(
        inert.line(row["from"]), date=row["date"], language=row["language"], text=inert.lines(row["text"]), **plain
    )
