"""What a site holds that a build or `pdf` has made, as its manifest says; all else in its folder is somebody else's."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bookbuild import swaps
from bookbuild.files import write_whole
from bookbuild.inputs import canonical, sha256
from bookbuild.swaps import taken


@dataclass(frozen=True)
class Marks:
    """By what a site and its parts are known as made by builds of a book."""

    manifest: str = ".book-site.json"
    """Name of the file in a site that says what builds have put there."""
    fronts: tuple[str, ...] = ()
    """Lines of which every front page that a build makes holds one, those of earlier versions too."""
    pages: tuple[str, ...] = ("index.html",)
    """Names of the front pages; one in each language, the first of them `index.html`."""
    within: tuple[str, ...] = ("genindex.html",)
    """Files of which every edition's folder holds one, beside its sources."""
    shared: str = ""
    """Folder of a site that holds what its editions share; none where empty."""
    uses: Callable[[Path], set[str]] = field(default=lambda _: set())
    """Takes the folder of an edition, and returns which folders of `shared` its pages name."""
    parts: str = (
        r"(_sources|_static|_images|_downloads|_sphinx_design_static|chapters)/|[\w.-]+\.(html|js|inv|xml)|\.buildinfo"
    )
    """Pattern of paths in the folder of an edition that is in no manifest, where its pages lie."""

    def place(self, edition: str, name: str) -> str:
        """Return where a file of a book lies in a site: in the edition's folder, or beside it where editions share it."""
        return name if self.shared and name.startswith(f"{self.shared}/") else f"{edition}/{name}"


def manifest(site: Path, marks: Marks) -> dict[str, Any]:
    """Return what the last build noted about a site; empty where nothing, or damaged."""
    try:
        content = json.loads((site / marks.manifest).read_text(encoding="utf-8"))
        body = {key: content[key] for key in ("books", "front", "files")}
        return body if content["sha256"] == sha256(canonical(body)) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_manifest(site: Path, marks: Marks, books: dict[str, str], front: str, files: dict[str, str]) -> None:
    """Note what a site holds: hashes of the book by edition, of the front page, and of the files by relative path."""
    listed = {}
    for name, digest in sorted(files.items()):
        stat = (site / name).stat()
        listed[name] = [digest, stat.st_size, stat.st_mtime_ns]
    body = {"books": books, "front": front, "files": listed}
    write_whole(site / marks.manifest, canonical({**body, "sha256": sha256(canonical(body))}).encode())


def is_edition(name: str, listed: Collection[str] = ()) -> bool:
    """Tell whether a folder of this name may hold an edition: a month, or one of those listed."""
    return bool(re.fullmatch(r"\d{4}-\d{2}", name)) or name in listed


def editions(site: Path, marks: Marks, noted: dict[str, Any], listed: Collection[str] = ()) -> list[str]:
    """Return the editions in a site, by name: those that the manifest notes, or that look as builds make them.

    The site need not exist; `listed` are the ids of editions that are no months.
    """
    if not site.is_dir():
        return []
    return sorted(
        path.name for path in site.iterdir() if is_edition(path.name, listed) and _is_book(path, marks, noted)
    )


def _is_book(folder: Path, marks: Marks, noted: dict[str, Any]) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False
    if (folder / "_sources").exists() and any((folder / name).exists() for name in marks.within):
        return True
    within = (name for name in noted.get("files", {}) if name.startswith(f"{folder.name}/"))
    return folder.name in noted.get("books", {}) and any((folder.parent / name).is_file() for name in within)


def is_front(site: Path, marks: Marks, noted: dict[str, Any], name: str = "index.html") -> bool:
    """Tell whether a front page is one that a build has made."""
    path = site / name
    # A device, a pipe or a link to one may be read without end.
    if path.is_symlink() or not path.is_file():
        return False
    try:
        content = path.read_bytes()
    except OSError:
        return False
    known = [noted.get("front"), *noted.get("files", {}).get(name, ())[:1]]
    return any(front.encode() in content for front in marks.fronts) or sha256(content) in known


def refuse(site: Path, marks: Marks, noted: dict[str, Any], wanted: Collection[str]) -> None:
    """Refuse what would have to be destroyed: a file in the site's place, a front page or an edition no build has made.

    Raises `SwapError`, which says what lies there, and what to do.
    """
    swaps.refuse(site)
    for name in marks.pages:
        if os.path.lexists(site / name) and not is_front(site, marks, noted, name):
            raise taken(site / name)
    for name in wanted:
        if os.path.lexists(site / name) and not _is_book(site / name, marks, noted):
            raise taken(site / name)


def made(marks: Marks, noted: dict[str, Any], there: Collection[str]) -> Callable[[str], bool]:
    """Return what tells of a path in the site whether a build has made it: the front page, and pages of editions.

    `marks`: of the site's book. `noted`: manifest of the site. `there`: editions in it; where the manifest does not
    note one, its pages are known by where they lie.
    """
    files, books = noted.get("files", {}), noted.get("books", {})

    def ours(path: str) -> bool:
        edition, _, rest = path.partition("/")
        if edition not in there:
            return path in (*marks.pages, marks.manifest) or (path in files and (edition == marks.shared or not rest))
        return path in files if edition in books else bool(re.match(marks.parts, rest))

    return ours


def rewrite_front(site: Path, marks: Marks, change: Callable[[str], str]) -> None:
    """Change the front page of a site, and note it."""
    noted = manifest(site, marks)
    refuse(site, marks, noted, ())
    page = change((site / "index.html").read_text(encoding="utf-8"))
    write_whole(site / "index.html", page.encode())
    if noted:
        files = {name: row[0] for name, row in noted["files"].items() if (site / name).is_file()}
        front = sha256(page)
        write_manifest(site, marks, noted["books"], front, files | {"index.html": front})


def touched(site: Path, noted: dict[str, Any]) -> set[str]:
    """Return the editions (and front pages) whose files are missing or differ from what was noted.

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
