"""One edition's book, as far as it is this one's: French pages, status page, policies; `bookbuild.books` does the rest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bookbuild import books
from helpers.builds import light
from helpers.folders import MARK
from helpers.page import twins

STATUS = "chapters/method/status"
"""Name of the status page in the contents: the last page of the last part."""
RUNS = "runs.json"
"""File in a book's sources that tells how its chapters were run; the status page is made from it."""


def lay_out(
    work: Path,
    *,
    config: Path,
    toc: Path,
    edition: str,
    shown: Sequence[Sequence[str]],
    pages: dict[str, Path | bytes],
    runs: dict[str, Any] | None = None,
    pictures: Path | None = None,
    french: bool = True,
    changed: Sequence[str] = (),
) -> None:
    """Write a book's sources into a folder (see `bookbuild.books.lay_out`).

    Parameters
    ----------
    shown : sequence of (id, title)
        Editions that the pages link to.
    runs : dict, optional
        `data_dir` and `runs` (fields of `helpers.page.status.Run`); a status page is made from them.
    pictures : Path, optional
        Folder in which drawn charts are kept.
    french : bool
        Add the French page of every notebook that has one (`helpers.page.twins`).
    changed : sequence of str
        Pages without suffix that alone are to be made, their French ones too; all where empty.
    """
    if french:
        pages = pages | _french(pages)
    names = {name.rsplit(".", 1)[0] for name in pages}
    twice = [name for page in changed for name in (page, f"{page}{twins.SUFFIX}") if name in names]
    settings = {
        "mali_edition": edition,
        "mali_editions": [list(row) for row in shown],
        "mali_pictures": str(pictures or ""),
        "mali_data": (runs or {}).get("data_dir", ""),
        "mali_changed": twice,
    }
    # The contents do not name French pages, and nothing else lies in the folder.
    books.lay_out(work, config=config, toc=toc, pages=pages, settings=settings, listed_only=not french)
    if runs is not None:
        (work / RUNS).write_text(json.dumps(runs | {"edition": edition}), encoding="utf-8")


def _french(pages: dict[str, Path | bytes]) -> dict[str, Path | bytes]:
    found: dict[str, Path | bytes] = {}
    for name, page in pages.items():
        if not name.endswith(".ipynb"):
            continue
        made = twins.twin(page if isinstance(page, bytes) else page.read_bytes())
        if made is not None:
            found[f"{name.removesuffix('.ipynb')}{twins.SUFFIX}.ipynb"] = made
    return found


def add_status(work: Path) -> None:
    """Write the status page of a laid-out book and name it in its contents, where its runs are told."""
    if not (work / RUNS).is_file():
        return
    from helpers.editions import Report
    from helpers.page import status

    told = json.loads((work / RUNS).read_text(encoding="utf-8"))
    report = Report(told["edition"], told["data_dir"])
    runs = [status.Run(*row) for row in told["runs"]]
    page = work / f"{STATUS}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    text = status.page(report.edition.title, report.coverage, runs, report.tables)
    page.write_text(text, encoding="utf-8")
    _name_status(work)


def _name_status(work: Path) -> None:
    toc = yaml.safe_load((work / "_toc.yml").read_text(encoding="utf-8"))
    toc["parts"][-1]["chapters"].append({"file": STATUS})
    (work / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False), encoding="utf-8")


def join(root: Path, edition: str, title: str, sources: Path, work: Path, pictures: Path | None = None) -> Path:
    """Build all pages of an edition as one HTML file, and return it (see `bookbuild.books.join`).

    `sources` are the edition's pages, executed (`_sources` of a built book); what they show and is kept in `pictures`
    is not drawn again.
    """
    pages: dict[str, Path | bytes] = {}
    for name, content in light.sources(sources).items():
        if not Path(name).stem.endswith(twins.SUFFIX):
            pages[name] = content
    settings, toc = root / "_config.yml", root / "_toc.yml"
    shown = [[edition, title]]
    lay_out(work, config=settings, toc=toc, edition=edition, shown=shown, pages=pages, french=False, pictures=pictures)
    if (work / f"{STATUS}.md").is_file():
        _name_status(work)
    return books.join(work, MARK)


def make(work: str, pictures: str = "") -> dict[str, Any]:
    """Build a folder made by `lay_out`, with its status page and policies (see `bookbuild.books.make`)."""
    return books.make(work, pictures, before=add_status, after=_with_policies, lost=_lost)


def _with_policies(html: Path) -> None:
    leads = html / "index.html"
    if not leads.is_file():
        return
    # Imported here: it knows Sphinx, whose import a build with nothing to do does without.
    from helpers.page.policy import with_policy

    # Written after Sphinx has ended, so that its pages have their policies and this one has none.
    leads.write_text(with_policy(leads.read_text(encoding="utf-8")), encoding="utf-8")


def _lost(doctrees: Path) -> bool:
    from helpers.page import changed

    return changed.lost(doctrees)
