"""A site appears whole or not at all: locked, built beside its place, swapped in one step, mended after a crash.

All that a build writes outside its cache lies in one folder beside the site, `.mali-build-NAME`. Its lock file is held
as long as the build lives; the system lets go of it however the build ends, so the next build finds the leftovers of a
killed one unlocked, puts the old site back if the swap was cut in two, and removes the rest.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.errors import MaliError
from helpers.files import exchange, link, write_whole
from helpers.inputs import canonical, sha256

MANIFEST = ".mali-site.json"


class SiteError(MaliError):
    """The site cannot be written now; the message says why, and that the old one is as it was."""


def scratch_of(site: Path) -> Path:
    """Return the folder in which a site is built."""
    return site.parent / f".mali-build-{site.name}"


@contextmanager
def locked(site: Path) -> Iterator[Path]:
    """Hold a site for one build and give it an empty folder to work in, beside the site.

    Yields
    ------
    Path
        The folder; it is removed at the end.

    Raises
    ------
    SiteError
        Another build holds the site.
    """
    scratch = scratch_of(site)
    handle = _take(scratch, site)
    try:
        recover(site)
        for left in scratch.iterdir():
            if left.name != "lock":
                remove(left)
        work = scratch / "work"
        work.mkdir()
        yield work
    finally:
        # A swap that was cut in two by an error is mended before the old site's folder is cleared away.
        recover(site)
        shutil.rmtree(scratch, ignore_errors=True)
        os.close(handle)


def _take(scratch: Path, site: Path) -> int:
    """Return the handle of the lock file, held. A build that ends removes the file: then try the new one."""
    while True:
        scratch.mkdir(parents=True, exist_ok=True)
        path = scratch / "lock"
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = os.read(handle, 200).decode(errors="replace").strip()
            os.close(handle)
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
            raise SiteError(
                f"{site}: another build{f' ({who})' if who else ''} is writing this site; wait until it has ended, "
                "or give this one another folder with --site."
            ) from error
        try:
            same = os.fstat(handle).st_ino == path.stat().st_ino
        except FileNotFoundError:
            same = False
        if same:
            os.ftruncate(handle, 0)
            os.write(handle, f"process {os.getpid()}, since {time.strftime('%H:%M')}".encode())
            return handle
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def recover(site: Path) -> bool:
    """Put the old site back where a build was stopped between the two steps of a swap.

    Returns
    -------
    bool
        Whether there was something to put back.
    """
    old = scratch_of(site) / "old"
    if old.is_dir() and not site.exists():
        os.rename(old, site)
        return True
    return False


def swap(staged: Path, site: Path) -> None:
    """Put a staged site in the place of the old one; what was there is left in the scratch folder.

    Parameters
    ----------
    staged : Path
        Folder in the site's scratch folder.
    site : Path
        The site's place.
    """
    if not site.exists():
        os.rename(staged, site)
        return
    if exchange(staged, site):
        return
    # Two steps, with a moment between them in which there is no site: `recover` ends what is cut off here.
    old = scratch_of(site) / "old"
    os.rename(site, old)
    os.rename(staged, site)


# ---------------------------------------------------------------------------------------------- what a site holds


def manifest(site: Path) -> dict[str, Any]:
    """Return what the last build noted about a site; empty where nothing, or damaged."""
    try:
        content = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
        body = {key: content[key] for key in ("books", "front", "files")}
        return body if content["sha256"] == sha256(canonical(body)) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_manifest(site: Path, books: dict[str, str], front: str, files: dict[str, str]) -> None:
    """Note what a site holds.

    Parameters
    ----------
    site : Path
        Folder of the site.
    books : dict
        Hash of the book by edition.
    front : str
        Hash of the front page.
    files : dict
        SHA-256 by relative path.
    """
    listed = {}
    for name, digest in sorted(files.items()):
        stat = (site / name).stat()
        listed[name] = [digest, stat.st_size, stat.st_mtime_ns]
    body = {"books": books, "front": front, "files": listed}
    write_whole(site / MANIFEST, canonical({**body, "sha256": sha256(canonical(body))}).encode())


def rewrite_front(site: Path, change: Callable[[str], str]) -> None:
    """Change the front page of a site, and note it."""
    noted = manifest(site)
    page = change((site / "index.html").read_text(encoding="utf-8"))
    write_whole(site / "index.html", page.encode())
    if noted:
        files = {name: row[0] for name, row in noted["files"].items() if (site / name).is_file()}
        front = sha256(page)
        write_manifest(site, noted["books"], front, files | {"index.html": front})


def touched(site: Path, noted: dict[str, Any]) -> set[str]:
    """Return the editions (and `index.html`) whose files are missing or differ from what was noted.

    Size and time are compared first; only a file where these differ is read.
    """
    found = set()
    for name, (digest, size, moment) in noted["files"].items():
        path = site / name
        try:
            stat = path.stat()
            same = stat.st_size == size and (stat.st_mtime_ns == moment or sha256(path.read_bytes()) == digest)
        except OSError:
            same = False
        if not same:
            found.add(name.split("/")[0])
    return found


def link_tree(source: Path, target: Path) -> None:
    """Lay out a folder's files at another place without copying them, where the file system can."""
    for folder, _, names in os.walk(source):
        there = target / os.path.relpath(folder, source)
        for name in names:
            link(Path(folder) / name, there / name)
