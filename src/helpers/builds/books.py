"""One edition's book: its pages laid out, jupyter-book run with warnings as errors, and a record of what it read."""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from helpers.borrowed import jupyter_book
from helpers.builds import light
from helpers.builds.environment import allowed
from helpers.errors import MaliError
from helpers.inputs import Read, Recorder
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
    """Write a book's sources into a folder.

    Parameters
    ----------
    work : Path
        Folder to fill.
    config, toc : Path
        `_config.yml` and `_toc.yml` of the project.
    edition : str
        Edition id.
    shown : sequence of (id, title)
        Editions that the pages link to.
    pages : dict
        File or content by relative path.
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
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    settings["sphinx"]["config"] |= {
        "mali_edition": edition,
        "mali_editions": [list(row) for row in shown],
        "mali_pictures": str(pictures or ""),
        "mali_data": (runs or {}).get("data_dir", ""),
        "mali_changed": twice,
    }
    # The contents do not name French pages, and nothing else lies in the folder.
    settings["only_build_toc_files"] = not french
    work.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (work / "_config.yml").write_text(text, encoding="utf-8")
    shutil.copy(toc, work / "_toc.yml")
    for name, page in pages.items():
        target = work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(page, bytes):
            target.write_bytes(page)
        else:
            shutil.copy(page, target)
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
    from helpers import data
    from helpers.editions import Report
    from helpers.page import status

    told = json.loads((work / RUNS).read_text(encoding="utf-8"))
    report = Report(told["edition"], told["data_dir"] or None)
    runs = [status.Run(*row) for row in told["runs"]]
    page = work / f"{STATUS}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    text = status.page(report.edition.title, report.coverage, runs, data.folder(told["data_dir"] or None))
    page.write_text(text, encoding="utf-8")
    _name_status(work)


def _name_status(work: Path) -> None:
    toc = yaml.safe_load((work / "_toc.yml").read_text(encoding="utf-8"))
    toc["parts"][-1]["chapters"].append({"file": STATUS})
    (work / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False), encoding="utf-8")


def join(root: Path, edition: str, title: str, sources: Path, work: Path, pictures: Path | None = None) -> Path:
    """Build all pages of an edition as one HTML file.

    Parameters
    ----------
    root : Path
        The project's folder.
    edition, title : str
        Id and title.
    sources : Path
        The edition's pages, executed (`_sources` of a built book).
    work : Path
        Folder to work in.
    pictures : Path, optional
        Folder in which builds keep drawn charts: what the pages show is not drawn again.

    Returns
    -------
    Path
        The HTML file.

    Raises
    ------
    MaliError
        jupyter-book failed; the message ends with what it said.
    """
    pages: dict[str, Path | bytes] = {}
    for path in sorted(path for path in sources.rglob("*") if path.is_file()):
        name, content = light.source(path)
        if not Path(name).stem.endswith(twins.SUFFIX):
            pages[str((path.relative_to(sources)).with_name(name))] = content
    settings, toc = root / "_config.yml", root / "_toc.yml"
    shown = [[edition, title]]
    lay_out(work, config=settings, toc=toc, edition=edition, shown=shown, pages=pages, french=False, pictures=pictures)
    if (work / f"{STATUS}.md").is_file():
        _name_status(work)
    command = [*jupyter_book.PROGRAM, "build", str(work), "--builder", "singlehtml"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=allowed(os.environ) | jupyter_book.SURROUNDINGS,
    )
    root = yaml.safe_load((work / "_toc.yml").read_text(encoding="utf-8"))["root"]
    page = jupyter_book.built(work, "singlehtml") / f"{root}.html"
    if done.returncode or not page.is_file():
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise MaliError(f"the pages of {work.name} could not be joined into one:\n{tail}")
    return page


def html_of(work: Path) -> Path:
    """Return the folder of the built pages."""
    return jupyter_book.built(work)


def make(work: str, pictures: str = "") -> dict[str, Any]:
    """Run jupyter-book on a folder, in this process, which it leaves in a state of its own.

    Parameters
    ----------
    work : str
        Folder made by `lay_out`.
    pictures : str
        Folder of drawn charts that was named there: they are known by what they are drawn from, and no input.

    Returns
    -------
    dict
        `code` (0 where it built without a warning), `lost` (where only some pages were to be made, whether it takes the
        whole book after all), `reads` and `beyond` (see `helpers.inputs.Recorder`); what jupyter-book said went to the
        standard output and error.
    """
    # A book is made of millions of small objects that live to its end; looking for garbage among them took a third of
    # the time, and the process ends with the book.
    gc.disable()
    recorder = Recorder(ignore=[work, *([pictures] if pictures else [])])
    recorder.start()
    # Deprecation notices of its dependencies are no warnings of the book: those come from Sphinx, through -W.
    warnings.simplefilter("ignore")
    os.environ |= jupyter_book.SURROUNDINGS
    code = 1
    try:
        add_status(Path(work))
        jupyter_book.run(["build", work, "-W", "-n", "--keep-going"])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except Exception:  # noqa: BLE001 - whatever it was, it is shown with the rest of what jupyter-book said
        traceback.print_exc()
    leads = html_of(Path(work)) / "index.html"
    if not code and leads.is_file():
        # Imported here: it knows Sphinx, whose import a build with nothing to do does without.
        from helpers.page.policy import with_policy

        # Written after Sphinx has ended, so that its pages have their policies and this one has none.
        leads.write_text(with_policy(leads.read_text(encoding="utf-8")), encoding="utf-8")
    recorder.stop()
    from helpers.page import changed

    sys.stdout.flush()
    reads: list[Read] = recorder.record()
    lost = changed.lost(jupyter_book.doctrees(Path(work)))
    return {"code": code, "lost": lost, "reads": reads, "beyond": recorder.beyond}
