"""Editions to sites: run every chapter for every edition, build each book, put the whole in place at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import yaml
from jinja2 import Environment, PackageLoader, select_autoescape

from helpers import data, editions, intervals, notebooks
from helpers.editions import Edition, Report
from helpers.errors import EditionError, MaliError
from helpers.questions import QUESTIONS

Progress = Callable[[str], None]


class BuildError(MaliError):
    """jupyter-book failed or warned; the message ends with what it said."""


@dataclass(frozen=True)
class Project:
    """Where the book's sources lie.

    Parameters
    ----------
    root : Path
        Folder with `_config.yml`, `_toc.yml` and `chapters/`.
    """

    root: Path

    @property
    def chapters(self) -> Path:
        """Folder of the chapters."""
        return self.root / "chapters"

    @property
    def notebooks(self) -> list[Path]:
        """Chapters that are run, in the order of the table of contents."""
        return [path for path in self._pages() if path.suffix == ".ipynb"]

    @property
    def texts(self) -> list[Path]:
        """Pages that are only copied."""
        return [path for path in self._pages() if path.suffix != ".ipynb"]

    def _pages(self) -> list[Path]:
        toc = yaml.safe_load((self.root / "_toc.yml").read_text(encoding="utf-8"))
        names = [toc["root"]] + [page["file"] for part in toc["parts"] for page in part["chapters"]]
        out = []
        for name in names:
            found = [
                self.root / f"{name}{suffix}"
                for suffix in (".ipynb", ".md")
                if (self.root / f"{name}{suffix}").is_file()
            ]
            if not found:
                raise BuildError(f"_toc.yml names {name}, but there is no such notebook or text.")
            out.append(found[0])
        return out

    def find(self, chapter: str) -> Path:
        """Return a chapter's notebook by its name (`trajectory`, `method/data`)."""
        path = self.chapters / f"{chapter}.ipynb"
        if path not in self.notebooks:
            names = ", ".join(str(p.relative_to(self.chapters).with_suffix("")) for p in self.notebooks)
            raise EditionError(f"no chapter {chapter!r}; expected one of {names}.")
        return path


def project() -> Project:
    """Return the project the package was installed from.

    Raises
    ------
    BuildError
        The package stands alone, without the book's sources.
    """
    root = data.default_folder().parent
    if not (root / "_toc.yml").is_file():
        raise BuildError(f"{root}: no _toc.yml; run from a clone of the project.")
    return Project(root)


def run_chapter(source: Path, edition: str, data_dir: str, root: Path, out: Path) -> Path:
    """Run one chapter for one edition and write it (in a process of its own: papermill changes the directory)."""
    notebooks.write(notebooks.execute(source, {"edition": edition, "data_dir": data_dir}, root), out)
    return out


def build(
    wanted: Sequence[str],
    *,
    site: Path,
    data_dir: str = "",
    jobs: int = 0,
    source: Project | None = None,
    progress: Progress = lambda _: None,
) -> Path:
    """Build editions and put them into a site.

    Chapters of all editions run side by side; each book is then built with warnings as errors; only when all is
    well does the new site take the old one's place.

    Parameters
    ----------
    wanted : sequence of str
        Edition ids.
    site : Path
        Target folder. Editions in it that are not built now are kept.
    data_dir : str
        Folder of tables; the project's own where empty.
    jobs : int
        Processes; as many as there are cores where 0.
    source : Project, optional
        The book's sources; the project's own where not given.
    progress : callable
        Told what is being done, a line at a time.

    Returns
    -------
    Path
        The site's front page.

    Raises
    ------
    EditionError
        An edition does not exist or runs past the data; nothing has been run then.
    BuildError, ChapterError
        A chapter or a book failed; the old site is as it was.
    """
    source = source or project()
    chosen = [editions.find(name) for name in dict.fromkeys(wanted)]
    for edition in chosen:
        Report(edition.id, data_dir or None)
    tables = str(data.folder(data_dir)) if data_dir else ""
    for path in source.notebooks:
        notebooks.check_parameters(path, {"edition": "", "data_dir": ""})
    site.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".mali-build-", dir=site.parent))
    try:
        staged = scratch / "site"
        if site.is_dir():
            shutil.copytree(site, staged)
        staged.mkdir(exist_ok=True)
        shown = _editions_of(staged, chosen)
        _run_all(source, chosen, tables, scratch, jobs or os.cpu_count() or 1, progress)
        for edition in chosen:
            progress(f"building the book of edition {edition.title}")
            html = _build_book(source, edition, shown, scratch / edition.id)
            target = staged / edition.id
            shutil.rmtree(target, ignore_errors=True)
            shutil.move(html, target)
        (staged / "index.html").write_text(front_page(shown, data_dir or None), encoding="utf-8")
        _swap(staged, site, scratch / "old")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return site / "index.html"


def _editions_of(staged: Path, chosen: Iterable[Edition]) -> list[Edition]:
    """Return the editions the site will hold: the listed ones first, then others by month."""
    building = {edition.id: edition for edition in chosen}
    listed = [edition.id for edition in editions.listed()]
    there = [path.name for path in staged.iterdir() if (path / "chapters").is_dir()]
    others = sorted((set(there) | set(building)) - set(listed))
    ids = [name for name in listed if name in building or name in there] + others
    return [building.get(name) or editions.find(name) for name in ids]


def _run_all(
    source: Project, chosen: Sequence[Edition], data_dir: str, scratch: Path, jobs: int, progress: Progress
) -> None:
    tasks = [(edition, path) for edition in chosen for path in source.notebooks]
    with ProcessPoolExecutor(max_workers=min(jobs, len(tasks))) as pool:
        futures = {
            pool.submit(
                run_chapter,
                path,
                edition.id,
                data_dir,
                source.root,
                scratch / edition.id / path.relative_to(source.root),
            ): (edition, path)
            for edition, path in tasks
        }
        try:
            for done, future in enumerate(as_completed(futures), start=1):
                edition, path = futures[future]
                future.result()
                progress(f"[{done}/{len(tasks)}] ran {path.stem} for edition {edition.title}")
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _build_book(source: Project, edition: Edition, shown: Sequence[Edition], work: Path) -> Path:
    config = yaml.safe_load((source.root / "_config.yml").read_text(encoding="utf-8"))
    config["sphinx"]["config"] |= {
        "mali_edition": edition.id,
        "mali_editions": [[other.id, other.title] for other in shown],
    }
    (work / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    shutil.copy(source.root / "_toc.yml", work / "_toc.yml")
    for path in source.texts:
        target = work / path.relative_to(source.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(work), "-W", "-n", "--keep-going"]
    # Deprecation notices of its dependencies are no warnings of the book: those come from Sphinx, through -W.
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONWARNINGS": "ignore", "JUPYTER_PLATFORM_DIRS": "1"},
    )
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-25:])
        raise BuildError(f"the book of edition {edition.title} did not build without warnings:\n{tail}")
    return work / "_build" / "html"


def _swap(staged: Path, site: Path, old: Path) -> None:
    if site.exists():
        os.replace(site, old)
    os.replace(staged, site)


FRONT_QUESTIONS = ("recent_events", "central_share", "bamako_months")
"""Questions answered on the front page, one sentence each, for every edition."""


def front_page(shown: Sequence[Edition], data_dir: str | None = None) -> str:
    """Return the page that links the editions, each with its first findings.

    Parameters
    ----------
    shown : sequence of Edition
        Editions in the site.
    data_dir : str, optional
        Folder of tables.
    """
    environment = Environment(
        loader=PackageLoader("helpers"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    cards = []
    for edition in shown:
        report = Report(edition.id, data_dir)
        cards.append(
            {
                "id": edition.id,
                "title": edition.title,
                "coverage": report.coverage,
                "findings": [QUESTIONS[name](report).sentence for name in FRONT_QUESTIONS],
            }
        )
    return environment.get_template("front.html").render(cards=cards, ranges=intervals.CAVEAT)
