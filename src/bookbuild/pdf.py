"""An edition as one PDF: A4, contents with page numbers, static charts, no code.

The PDF is made from a built site and from nothing else: each edition holds the notebooks its pages were made from.
Sphinx joins them into one document, this module takes out what paper has no use for, and Chromium prints it twice,
the second time with the page numbers that the first has shown.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from bookbuild import chromium
from bookbuild.borrowed import singlehtml
from bookbuild.errors import BookError
from bookbuild.files import write_whole
from bookbuild.markup import Templates
from bookbuild.reading import SOURCES
from bookbuild.slim import slim
from bookbuild.swaps import taken

if TYPE_CHECKING:
    from bs4 import Tag

FOLDER = "pdf"
"""Folder of the PDFs in a site."""
"""What a PDF is made from, in an edition's folder: the notebooks and texts of its pages."""
# Neither code nor what only works on a screen: disclosures, buttons, scripts, links to headings.
SCREEN_ONLY = "script, style, link, button, {}, nav, input, [hidden], .cell_input, " + ", ".join(singlehtml.SCREEN_ONLY)
POLICY = "default-src 'none'; img-src data: file:; style-src 'unsafe-inline'; font-src data: file:; base-uri 'none'"
"""What the page that is printed may load: its own pictures and letters; no script, no frame, nothing from elsewhere."""
LONG_WORD = 22
"""Letters from which a word in a table may be broken."""


_TEMPLATES = Templates("bookbuild")


class PdfError(BookError):
    """An edition could not be made into a PDF."""


@dataclass(frozen=True)
class Cover:
    """Words of the first page."""

    title: str
    edition: str
    """Title of the book and of the edition."""
    citation: str
    """How to cite the edition."""
    terms: tuple[str, ...] = ()
    """Sources and licences, one paragraph each."""


@dataclass(frozen=True)
class Press:
    """What a book's own PDFs are made with."""

    mark: str
    """Of the book (`bookbuild.recipe.Recipe`): names of PDFs begin with it."""
    sheets: tuple[Path, ...] = ()
    """Style sheets."""
    letters: Callable[[], str] = str
    """Returns rules that stand before them."""
    screen_only: str = ""
    """Selector of what of the book's own has no use on paper."""
    opened: str = ""
    """Selector of disclosures that stand open on paper; all others go."""
    charts: Callable[[str], str] = str
    """Takes the HTML of the joined book and returns it with its charts as paper needs them."""

    @property
    def gone(self) -> str:
        """Selector of all that is not on paper."""
        closed = f"details:not({self.opened})" if self.opened else "details"
        return ", ".join(filter(None, (SCREEN_ONLY.format(closed), self.screen_only)))

    @property
    def style(self) -> str:
        """The whole style sheet."""
        return "\n".join([self.letters(), *(path.read_text(encoding="utf-8") for path in self.sheets)])


def path_of(site: Path, press: Press, edition: str) -> Path:
    """Return where the PDF of an edition lies in a site."""
    return site / FOLDER / f"{press.mark}-{edition}.pdf"


def fingerprint(press: Press, files: Mapping[str, str]) -> str:
    """Return the SHA-256 of all that the PDF of an edition is made from; `files` may hold others of its folder besides."""
    used = {name: digest for name, digest in files.items() if name.startswith(SOURCES)}
    for path in (
        Path(__file__),
        *map(Path(__file__).with_name, ("glyphs.py", "paths.py", "slim.py", "tags.py")),
        *press.sheets,
    ):
        used[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    used["press"] = hashlib.sha256(repr((press.letters(), press.screen_only, press.opened)).encode()).hexdigest()
    return hashlib.sha256(json.dumps(used, sort_keys=True).encode()).hexdigest()


def files_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of what the PDF of an edition is made from, by path in its folder."""
    found = [p for p in (folder / SOURCES).rglob("*") if p.is_file()]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def _note(path: Path) -> dict[str, str]:
    """Return what was noted when a PDF was made; empty where nothing."""
    try:
        note = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return {key: str(note[key]) for key in ("edition", "made_from", "sha256", "before") if key in note}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def current(site: Path, press: Press, edition: str, files: Mapping[str, str]) -> bool:
    """Tell whether the PDF of an edition is as it was made and shows what the pages with these files show."""
    path = path_of(site, press, edition)
    note = _note(path)
    return note.get("made_from") == fingerprint(press, files) and path.is_file() and note.get("sha256") == _sha256(path)


def refuse(site: Path, press: Press, edition: str) -> None:
    """Refuse, in one sentence, to print over a file that this program has not printed, or that was changed since."""
    out = path_of(site, press, edition)
    if os.path.lexists(out.parent) and (out.parent.is_symlink() or not out.parent.is_dir()):
        raise taken(out.parent)
    note = _note(out)
    # Notes of version 0.2 hold no hash.
    known = (
        {note.get("sha256", "") or _sha256(out), note.get("before", "")} if note.get("edition") == edition else set()
    )
    if os.path.lexists(out) and (out.is_symlink() or not out.is_file() or _sha256(out) not in known):
        raise taken(out)
    if not note and os.path.lexists(out.with_suffix(".json")):
        raise taken(out.with_suffix(".json"))


def links(site: Path, press: Press, files: Mapping[str, str]) -> dict[str, str]:
    """Return the address of the PDF of every edition that has a current one, by edition.

    `site`: folder of the site as it is. `press`: of the book. `files`: SHA-256 by path in the site as it is or will be.
    """
    found = {}
    for path in sorted((site / FOLDER).glob(f"{press.mark}-*.pdf")):
        edition = path.stem.removeprefix(f"{press.mark}-")
        own = {name.removeprefix(f"{edition}/"): h for name, h in files.items() if name.startswith(f"{edition}/")}
        if own and current(site, press, edition, own):
            found[edition] = f"{FOLDER}/{path.name}"
    return found


def fill(page: str, addresses: Mapping[str, str]) -> str:
    """Return the front page with a link to each PDF in its card, and none where there is none."""

    def link(found: re.Match[str]) -> str:
        link = _TEMPLATES.render("link.html", address=addresses.get(found[1]))
        return f"<!--pdf:{found[1]}-->{link}<!--/pdf-->"

    return re.sub(r"<!--pdf:([\w-]+)-->.*?<!--/pdf-->", link, page)


def make(site: Path, press: Press, edition: str, cover: Cover, join: Callable[[Path, Path], Path]) -> Path:
    """Make the PDF of an edition of a site, unless it is there and current.

    Parameters
    ----------
    site : Path
        Folder of the site.
    press : Press
        Of the book.
    edition : str
        Id of an edition in it.
    cover : Cover
        Words of the first page.
    join : callable
        Takes the folder of the edition's sources and an empty folder to work in, and returns the HTML file with all
        pages in one (`bookbuild.books.join`).

    Returns
    -------
    Path
        The PDF; it appears whole or not at all.

    Raises
    ------
    PdfError
        The site does not hold the edition, or a heading of the contents was lost in print.
    bookbuild.swaps.SwapError
        A file that this program has not printed lies where the PDF would.
    bookbuild.chromium.NoBrowser
        There is no browser to print with.
    """
    if not (site / edition / "_sources").is_dir():
        raise PdfError(f"{site}: no edition {edition} with its sources; build it first (make book).")
    out = path_of(site, press, edition)
    if current(site, press, edition, files_of(site / edition)):
        return out
    # Rather now than after the work.
    refuse(site, press, edition)
    chromium.executable()
    with tempfile.TemporaryDirectory(prefix="book-pdf-") as scratch:
        work = Path(scratch)
        joined = join(site / edition / "_sources", work / "book")
        article = prepare(joined.read_text(encoding="utf-8"), press)
        page = joined.with_name("book-print.html")
        pages: Mapping[str, int] = {}
        for _ in range(2):
            page.write_text(document(article, cover, press, pages), encoding="utf-8")
            printed = chromium.print_pdf(page, work / "book.pdf", press.mark)
            pages = page_numbers(printed)
        lost = [entry.text for entry in entries(article) if entry.anchor not in pages]
        if lost:
            raise PdfError(f"edition {edition}: the heading {lost[0]!r} of the contents is on no page of the PDF.")
        printed.write_bytes(slim(printed.read_bytes()))
        note = {"edition": edition, "made_from": fingerprint(press, files_of(site / edition))}
        note |= {"sha256": _sha256(printed), "before": _sha256(out)}
        write_whole(out.with_suffix(".json"), (json.dumps(note, indent=1) + "\n").encode())
        write_whole(out, printed.read_bytes())
    return out


def prepare(html: str, press: Press) -> Tag:
    """Return the article of a joined book as paper needs it: no code, no controls, every heading an id of its own.

    Pages of the book share headings ("What happened next"), so their ids stand more than once in the joined document;
    the first is what links mean, and contents need all.
    """
    from bs4 import BeautifulSoup

    # Before the parser, which does not keep the case of SVG's names.
    soup = BeautifulSoup(press.charts(html), "html.parser")
    article = soup.select_one("article")
    if article is None:
        raise PdfError("the joined book has no article; was it built with the singlehtml builder?")
    for tag in article.select(press.gone):
        if not tag.decomposed:
            tag.decompose()
    for box in article.select(f"details:is({press.opened})") if press.opened else ():
        box["open"] = ""
    for number, heading in enumerate(article.select("h1, h2, h3, h4, h5, h6"), start=1):
        heading["id"] = f"heading-{number}"
    for section in article.select(singlehtml.SHALLOW):
        for heading in section.select("h2, h3, h4, h5"):
            heading.name = f"h{int(heading.name[1]) + 1}"
    for node in article.select(singlehtml.CHAPTERS):
        _mark(node, "chapter")
    for table in article.select("table"):
        first = table.select_one("tr")
        if first is not None and len(first.find_all(["td", "th"])) > 5:
            _mark(table, "wide")
    for cell in article.select("td, th"):
        # Hashes and addresses may break anywhere; words keep whole, so that columns stay wide enough for them.
        if any(len(word) > LONG_WORD for word in cell.get_text().split()):
            _mark(cell, "breakable")
    return article


def _mark(tag: Tag, name: str) -> None:
    tag["class"] = " ".join([*(str(x) for x in tag.get_attribute_list("class") if x), name])


@dataclass(frozen=True)
class Entry:
    """One line of the contents: level 1 for chapters and 2 for their sections."""

    level: int
    text: str
    anchor: str


def entries(article: Tag) -> Iterator[Entry]:
    """Return the lines of the contents, in order."""
    for heading in article.select("h1, h2, h3"):
        level = {"h1": 1, "h2": 1, "h3": 2}[heading.name]
        yield Entry(level, " ".join(heading.get_text().split()), str(heading["id"]))


def document(article: Tag, cover: Cover, press: Press, pages: Mapping[str, int]) -> str:
    """Return the whole document to print, of an article as `prepare` returns it.

    `pages` is the page by anchor, empty at the first print.
    """
    name = f"{cover.title}, {cover.edition} edition"
    # What is HTML or CSS already; JSON quotes as CSS does.
    held = {
        "article": Markup(article),
        "style": Markup(press.style),
        "header": Markup(json.dumps(name, ensure_ascii=False)),
    }
    shown = _TEMPLATES.render(
        "print.html", **held, coverage=coverage(article), cover=cover, entries=[*entries(article)], mark=press.mark, name=name,
        pages=pages, policy=Markup(POLICY),
    )  # fmt: skip
    return f"{shown}\n"


def coverage(article: Tag) -> str:
    """Return the sentence with which the first page says to which month its figures run; empty where there is none."""
    for paragraph in article.select("p"):
        if paragraph.em and paragraph.get_text(strip=True) == paragraph.em.get_text(strip=True):
            text = " ".join(paragraph.get_text().split())
            return text.split(". ", 1)[-1] if text.startswith("Edition ") else text
    return ""


def page_numbers(path: Path) -> dict[str, int]:
    """Return the page, from 1, of every anchor that a PDF's own links lead to."""
    from pypdf import PdfReader

    reader = PdfReader(path)
    found = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None:
            found[name.lstrip("/#")] = number + 1
    return found
