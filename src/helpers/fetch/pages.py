"""Pages kept as they arrive, so that a broken fetch goes on where it stopped, and the file they end up in."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bookbuild.errors import BookError
from bookbuild.files import private, write_whole
from helpers import inert
from helpers.fetch.web import FetchError, Surroundings

FRESH = timedelta(hours=24)
"""Age after which pages of a broken fetch are not used any more: rows may have moved from page to page since."""

MOST_PAGES = 2000
"""Pages of one query: ten million rows of ACLED, two million of UCDP; all events of Mali fill a dozen."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One page."""

    rows: list[Row]
    last: bool
    """The service says that nothing follows."""
    next: int
    """Number of the page that follows, as the service counts."""
    short: bool = False
    """It holds fewer rows than were asked for, so that nothing should follow."""


@dataclass(frozen=True)
class Fetched:
    """A file that a fetch left behind."""

    path: Path
    """The file, as `ingest` takes it."""
    rows: int
    """Rows in it."""
    changed: bool
    """False where the same bytes lay there already."""


@dataclass(frozen=True)
class Form:
    """What rows of a service look like."""

    needed: tuple[str, ...]
    """Columns every row must have."""
    key: str
    """Column that identifies a row."""
    newest: str = ""
    """Column by which the newer of two rows with one key is told; empty where the first stands."""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Store:
    """The pages of one query, in a hidden folder beside the result until it is whole.

    `out`: folder of the result. `query`: what is asked for, without secrets; another query has another folder.
    """

    def __init__(self, out: Path, query: dict[str, Any], around: Surroundings):
        self.folder = out / f".fetch-{_digest(_bytes(sorted(query.items())))[:16]}"
        self.around = around
        self.files: list[Path] = []
        self._query = query
        self._open()

    def restart(self) -> None:
        """Throw kept pages away and begin anew."""
        self.clear()
        self.files = []
        self._open()

    def _open(self) -> None:
        # What another query left behind long ago is of no use to anyone, and it is raw data.
        for folder in {*self.folder.parent.glob(".fetch-*"), self.folder}:
            if not folder.is_symlink() and not self._fresh(folder):
                shutil.rmtree(folder, ignore_errors=True)
        there = self.folder.is_dir()
        workroom(self.folder)
        if not there:
            account = {"query": self._query, "started": self.around.now().isoformat()}
            write_whole(self.folder / "query.json", _bytes(account))
        for path in sorted(self.folder.glob("[0-9]*.json")):
            number, digest = path.stem.split("-")
            # A gap, or bytes that are not what was written: this page and all after it are asked for again.
            if int(number) != len(self.files) or _digest(path.read_bytes())[:16] != digest:
                break
            self.files.append(path)
        for path in self.folder.glob("[0-9]*.json"):
            if path not in self.files:
                path.unlink()

    def _fresh(self, folder: Path) -> bool:
        try:
            started = datetime.fromisoformat(json.loads((folder / "query.json").read_text("utf-8"))["started"])
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return timedelta(0) <= self.around.now() - started < FRESH

    def add(self, page: Page) -> None:
        """Keep a page."""
        content = _bytes({"rows": page.rows, "last": page.last, "next": page.next, "short": page.short})
        path = self.folder / f"{len(self.files):05d}-{_digest(content)[:16]}.json"
        write_whole(path, content)
        self.files.append(path)

    def __iter__(self) -> Iterator[Page]:
        for path in self.files:
            yield Page(**json.loads(path.read_bytes()))

    def clear(self) -> None:
        """Throw the pages away."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Rows:
    """What the pages so far hold."""

    columns: list[str] = field(default_factory=list)
    """In the order in which the service gave them."""
    best: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Key of a row to the stamp, page and place of its newest version."""
    contents: set[bytes] = field(default_factory=set)
    """Hashes of all rows, by which a page that repeats is told from one with newer versions."""


def collect(name: str, store: Store, form: Form, ask: Callable[[int], Page], first: int, around: Surroundings) -> Rows:
    """Ask for page after page until the last, keeping each; pages already kept are not asked for again.

    Parameters
    ----------
    name : str
        The service, for messages.
    ask : callable
        Takes a page number as the service counts, returns the page.
    first : int
        Number of the first page.

    Returns
    -------
    Rows
        Which columns there are and which version of each row stands.

    Raises
    ------
    FetchError
        A page repeats, a column is missing or new, or rows are not rows.
    """
    rows = Rows()
    number, last, short = first, False, False
    for index, page in enumerate(store):
        _look(name, page, index, rows, form)
        number, last, short = page.next, page.last, page.short
    if store.files:
        around.say(f"{name}: going on after {len(store.files)} pages kept from before ({len(rows.best):,} rows)")
    while not last:
        if len(store.files) >= MOST_PAGES:
            raise FetchError(
                f"{name}: {MOST_PAGES:,} pages and no end; the service sends without an end, or the months asked for are "
                "too many; take a later --since."
            )
        page = ask(number)
        if not page.last and page.next <= number:
            raise FetchError(
                f"{name}: page {number} names page {page.next} as the one that follows; the service does not turn its "
                "pages; run the same command again later with --afresh."
            )
        new = _look(name, page, len(store.files), rows, form)
        if page.rows and not new:
            if not short:
                raise FetchError(
                    f"{name}: page {len(store.files) + 1} repeats rows of earlier pages and holds nothing new; the "
                    "service does not turn its pages; run the same command again later with --afresh."
                )
            # The page before was not full: this one lies beyond the end, where some services repeat the last.
            page = Page([], last=True, next=number)
        store.add(page)
        around.say(f"{name}: page {len(store.files)}, {len(rows.best):,} rows so far")
        number, last, short = page.next, page.last, page.short
    return rows


def _look(name: str, page: Page, at: int, rows: Rows, form: Form) -> int:
    """Check a page's rows and note them; return how many were not seen before, byte for byte."""
    before = len(rows.contents)
    for index, row in enumerate(page.rows):
        where = f"{name}: page {at + 1}, row {index + 1}"
        if not isinstance(row, dict):
            raise FetchError(f"{where}: expected a row with named columns; the service has changed its answers.")
        if nested := [column for column, value in row.items() if isinstance(value, dict | list)]:
            raise FetchError(
                f"{where}: column {nested[0]} holds a list or an object; expected a text or a number; the service has "
                "changed its answers."
            )
        if not rows.columns:
            rows.columns = list(row)
        known = {*form.needed, *rows.columns}
        if missing := [column for column in (*form.needed, *rows.columns) if column not in row]:
            new = sorted(set(row) - (set(form.needed) if not before and not index else known))
            renamed = f", and {', '.join(new[:5])} not known before" if new and len(new) < 6 else ""
            raise FetchError(
                f"{where}: column {missing[0]} is missing{renamed}; the service has changed its columns, so no file "
                "was written; download the data by hand, or use a version of this program that knows them."
            )
        if len(row) > len(rows.columns):
            new = sorted(set(row) - known)
            raise FetchError(
                f"{where}: column {new[0]} was not there on the first page; the service has changed its columns "
                "meanwhile, so no file was written; run the same command again with --afresh."
            )
        key, stamp = str(row[form.key]), _stamp(row, form)
        if key not in rows.best or stamp > rows.best[key][0]:
            rows.best[key] = (stamp, at, index)
        rows.contents.add(hashlib.blake2b(_bytes(row), digest_size=12).digest())
    return len(rows.contents) - before


def _stamp(row: Row, form: Form) -> str:
    return str(row[form.newest] or "").zfill(20) if form.newest else ""


def save_rows(path: Path, store: Store, rows: Rows, form: Form, keep: Callable[[Row], Row | None]) -> Fetched | None:
    """Write the rows of all pages into one CSV, each key once, whole or not at all.

    Parameters
    ----------
    path : Path
        The file; where it holds the same bytes already, it is left alone.
    rows : Rows
        What `collect` returned.
    keep : callable
        Returns the row as it is to be written, or None to leave it out.

    Returns
    -------
    Fetched or None
        None where no row is left.

    Raises
    ------
    FetchError
        A file that is not ours lies there; the pages are kept.
    """
    beside = store.folder / "rows.csv"
    written = 0
    try:
        beside.unlink(missing_ok=True)
        with beside.open("x", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows.columns, lineterminator="\n")
            writer.writerow({column: inert.cell(column) for column in rows.columns})
            for at, page in enumerate(store):
                for index, row in enumerate(page.rows):
                    if rows.best[str(row[form.key])][1:] == (at, index) and (kept := keep(row)) is not None:
                        cells = {k: inert.cell(v) if isinstance(v, str) else v for k, v in kept.items()}
                        writer.writerow(cells)
                        written += 1
        return place(beside, path, written) if written else None
    finally:
        beside.unlink(missing_ok=True)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def workroom(folder: Path) -> Path:
    """Return a folder for what is being fetched that nobody else may enter.

    Raises `FetchError`: a link, a file or another user's folder lies there.
    """
    try:
        return private(folder)
    except BookError as error:
        raise FetchError(str(error)) from error


def refuse(path: Path) -> None:
    """Refuse to write over a file that no fetch has left, or that was changed since: its account tells.

    Raises `FetchError`, which says what lies there, and what to do.
    """
    for part in (path, sidecar(path)):
        if part.is_symlink() or (os.path.lexists(part) and not part.is_file()):
            raise FetchError(
                f"{part}: a link or a folder; expected a file or nothing. Move it away, or give another --out."
            )
    if sidecar(path).is_file() and _account(path).get("file") != path.name:
        raise FetchError(
            f"{sidecar(path)}: no account of a fetch, and would be overwritten; it was left as it is. Move it away, or "
            "give another --out."
        )
    account = _account(path)
    if path.is_file() and file_digest(path) not in (account.get("sha256"), account.get("next")):
        raise FetchError(
            f"{path}: a file that no fetch has left there, or that was changed since, would be overwritten; it was left "
            "as it is. Move it away, or give another --out, and run the same command again."
        )


def place(beside: Path, path: Path, rows: int) -> Fetched:
    """Move a finished file into its place, unless the same bytes lie there, or something that is not ours."""
    if path.is_file() and not path.is_symlink() and file_digest(path) == file_digest(beside):
        beside.unlink()
        return Fetched(path, rows, changed=False)
    refuse(path)
    # Noted first: a fetch that is killed after the next line knows the file for its own.
    note = _account(path) | {"file": path.name, "next": file_digest(beside)}
    write_whole(sidecar(path), _bytes(note))
    os.replace(beside, path)
    return Fetched(path, rows, changed=True)


def sidecar(path: Path) -> Path:
    """Return where a file's account lies: `NAME.source.json` beside it."""
    return path.with_name(f"{path.name}.source.json")


def _account(path: Path) -> dict[str, Any]:
    try:
        account = json.loads(sidecar(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return account if isinstance(account, dict) else {}


def read_account(path: Path) -> dict[str, Any]:
    """Return a file's account, or an empty one where it is missing or does not fit the file."""
    account = _account(path)
    return account if path.is_file() and account.get("sha256") == file_digest(path) else {}


def write_account(fetched: Fetched, around: Surroundings, **facts: Any) -> None:
    """Write what a file is: where from, when, by which query, its hash and its rows.

    `fetched` is the time at which these bytes first came, `checked` that of the last look.
    """
    now = around.now().isoformat(timespec="seconds")
    before = {} if fetched.changed else read_account(fetched.path)
    account = facts | {
        "file": fetched.path.name,
        "rows": fetched.rows,
        "bytes": fetched.path.stat().st_size,
        "sha256": file_digest(fetched.path),
        "fetched": before.get("fetched", now),
        "checked": now,
    }
    text = json.dumps(account, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    write_whole(sidecar(fetched.path), text.encode())
