"""Files into a folder, all at once: whatever stops the process, the folder is the old one or the new one."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bookbuild import swaps
from bookbuild.errors import BookError
from helpers.errors import DataError
from helpers.folders import MARK

PACKAGE = "datapackage.json"
NAME = "mali-executable-report"
"""Name of every data package that this program writes."""
ACCOUNTS = {"account.csv": "source,file,outcome,reason,rows,first_row", "unknown_actors.csv": "actor,events"}
"""Files of ingest that are no tables, by their first line; folders made before version 0.3 do not note their hashes."""


def digest(content: bytes) -> str:
    """Return a hash as data packages write it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def note(package: dict[str, Any], content: Mapping[str, bytes]) -> dict[str, Any]:
    """Return a data package that also notes the files written beside its tables: all that this program made."""
    tables = {resource["path"] for resource in package["resources"]}
    rest = {name: digest(data) for name, data in content.items() if name not in tables and name != PACKAGE}
    return package | ({"made": rest} if rest else {})


def made(out: Path) -> set[str]:
    """Return the files of a folder that this program has made and nobody has changed since.

    `out`: folder; it need not exist.
    """
    try:
        package = json.loads((out / PACKAGE).read_text(encoding="utf-8"))
        if package["name"] != NAME:
            return set()
        noted = {resource["path"]: resource["hash"] for resource in package["resources"]} | package.get("made", {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return set()
    found = {PACKAGE}
    # A descriptor that somebody sent may name any path; files of ours lie in the folder itself.
    for name in {name for name in (*noted, *ACCOUNTS) if isinstance(name, str) and Path(name).name == name}:
        path = out / name
        if path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        first = content.split(b"\n", 1)[0].decode(errors="replace").strip()
        if noted.get(name) == digest(content) or (name not in noted and first == ACCOUNTS.get(name)):
            found.add(name)
    return found


Put = Callable[[Mapping[str, bytes], Collection[str] | None], list[Path]]


@contextmanager
def held(out: Path) -> Iterator[Put]:
    """Hold a folder, so that what is read from it is still there when it is written.

    Yields
    ------
    callable
        Takes file name to content, and the names that may be replaced (see `place`); returns the files written.

    Raises
    ------
    DataError
        The folder cannot be written.
    """
    out = out.expanduser().resolve()
    try:
        with swaps.held(out, wait=True, mark=MARK) as work:
            yield lambda content, ours: _put(content, out, work, ours)
    except DataError:
        raise
    except BookError as error:
        raise DataError(str(error)) from error
    except OSError as error:
        raise DataError(
            f"{out}: cannot be written ({error.strerror or error}); expected a folder that may be replaced. "
            "Give another --out, or make room."
        ) from error


def place(content: Mapping[str, bytes], out: Path, ours: Collection[str] | None = None) -> list[Path]:
    """Put files (content by name) into a folder, beside what else lies in it, in one step (see `bookbuild.swaps`).

    Refused are a folder that cannot be written, and files under these names that are not `ours` to replace (see `made`;
    all are where it is not given). Returns the files written.
    """
    with held(out) as put:
        return put(content, ours)


def _put(content: Mapping[str, bytes], out: Path, work: Path, ours: Collection[str] | None) -> list[Path]:
    for name, data in content.items():
        path = out / name
        if ours is None or name in ours or not os.path.lexists(path):
            continue
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            continue
        raise swaps.taken(path)
    staged = work / "new"
    staged.mkdir()
    for name, data in content.items():
        (staged / name).write_bytes(data)
    swaps.swap(staged, out, swaps.carry(out, staged, lambda name: name in content) if out.is_dir() else None)
    return [out / name for name in content]
