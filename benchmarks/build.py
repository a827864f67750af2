"""What a build costs beside the usual ways to run the same chapters, all in one run on a copy of the project.

    python benchmarks/build.py [--editions 2022-08 2023-07 latest] [--more 10 75]
    python benchmarks/build.py --again    # only one edition beside jupyter-cache, some minutes

The copy is built cold, with nothing changed, and with one chapter's prose changed. Beside it, on the same chapters:
`jupyter nbconvert --execute` on one notebook after the other with one plain `jupyter-book build` an edition, and, for
one edition, Jupyter Book's own cache (jupyter-cache): cold, nothing changed, one change. Then the cost by editions:
1, as many as listed, and each number of `--more` (of the editions of every month since January 2019; all 75 take most
of an hour on two cores), with the most memory that all processes held together.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import yaml
from common import RESULTS, ROOT, Clock, machine, memory, save

from helpers.builds.front import every_month

MADE = ("build", "site", "tests")
"""Folders at the top of the project that a build does not read; elsewhere they may be anything."""
HIDDEN = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info")
FIRST = "2019-01"
BIN = Path(sys.executable).parent


def copy_project(target: Path) -> Path:
    """Copy sources and tables: what is measured may change them."""

    def skipped(folder: str, names: list[str]) -> set[str]:
        return {*HIDDEN(folder, names), *(MADE if Path(folder) == ROOT else ())}

    shutil.copytree(ROOT, target, ignore=skipped)
    return target


def run(command: list[str], project: Path) -> None:
    """Run a command in the copy, with the copy's package."""
    environment = os.environ | {"PYTHONPATH": str(project / "src"), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def ours(project: Path, editions: list[str], site: Path) -> None:
    """Build with this project's builder."""
    run(builder(site, *named(editions)), project)


class Editions:
    """What a cold build costs by the number of its editions.

    Parameters
    ----------
    clock : Clock
        Notes the steps.
    """

    def __init__(self, clock: Clock):
        self.clock = clock
        self.rows: list[dict[str, Any]] = []

    def build(self, name: str, project: Path, site: Path, *chosen: str) -> None:
        """Build editions cold, as a step of this name."""
        forget(project, site)
        with memory() as peak, self.clock.step(name):
            run(builder(site, *chosen), project)
        count = sum((path / "chapters").is_dir() for path in site.iterdir())
        row = {"editions": count, "seconds": self.clock.seconds[name], "processor": self.clock.processor[name]}
        self.rows.append(row | {"memory_mb": round(peak.megabytes)})
        self.rows.sort(key=lambda row: row["editions"])

    def ratios(self) -> dict[str, float]:
        """Return what an edition costs in a larger build, as a multiple of one built alone."""
        one = next(row["processor"] for row in self.rows if row["editions"] == 1)
        return {
            f"ours, {row['editions']} editions, cold, an edition: processor / ours, one edition, cold: processor": round(
                row["processor"] / row["editions"] / one, 3
            )
            for row in self.rows
            if row["editions"] > 1
        }


def builder(site: Path, *chosen: str) -> list[str]:
    """Return the command that builds editions into a site."""
    return [sys.executable, "-m", "helpers", "build", *chosen, "--site", str(site)]


def named(editions: list[str]) -> list[str]:
    """Return the builder's options for these editions."""
    return [word for edition in editions for word in ("--edition", edition)]


def forget(project: Path, site: Path) -> None:
    """Remove what earlier builds kept."""
    shutil.rmtree(project / "build", ignore_errors=True)
    shutil.rmtree(site, ignore_errors=True)


def chapters(project: Path) -> list[Path]:
    """Return every notebook of the table of contents."""
    toc = yaml.safe_load((project / "_toc.yml").read_text(encoding="utf-8"))
    names = [toc["root"]] + [page["file"] for part in toc["parts"] for page in part["chapters"]]
    return [Path(f"{name}.ipynb") for name in names if (project / f"{name}.ipynb").is_file()]


def lay_out(project: Path, edition: str, work: Path, execute: str) -> None:
    """Write a plain Jupyter Book of one edition: its chapters with the parameter set, not run."""
    shutil.copytree(project / "chapters", work / "chapters")
    shutil.copy(project / "_toc.yml", work / "_toc.yml")
    config = yaml.safe_load((project / "_config.yml").read_text(encoding="utf-8"))
    config["execute"]["execute_notebooks"] = execute
    config["execute"]["timeout"] = 600
    config["sphinx"]["config"] |= {"mali_edition": edition, "mali_editions": [[edition, edition]]}
    (work / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    for path in chapters(project):
        notebook = nbformat.read(work / path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
                if "parameters" in cell.metadata.get("tags", []):
                    cell.source = cell.source.replace('"2023-07"', json.dumps(edition))
        nbformat.write(notebook, work / path)


def change_prose(path: Path) -> None:
    """Add a sentence to the first text of a chapter."""
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    cell.source += "\n\nA sentence more.\n"
    nbformat.write(notebook, path)


@contextmanager
def changed(project: Path) -> Iterator[None]:
    """Change the prose of one chapter, for a while."""
    one = project / "chapters" / "central.ipynb"
    before = one.read_bytes()
    change_prose(one)
    yield
    one.write_bytes(before)


STATES = ("cold", "nothing changed", "one chapter's prose changed")


def ours_alone(editions: Editions, project: Path, site: Path, edition: str) -> None:
    """Measure our builds of one edition."""
    editions.build("ours, one edition, cold", project, site, *named([edition]))
    with editions.clock.step("ours, one edition, nothing changed"):
        ours(project, [edition], site)
    with changed(project), editions.clock.step("ours, one edition, one chapter's prose changed"):
        ours(project, [edition], site)


def beside_cache(clock: Clock, project: Path, scratch: Path, edition: str) -> dict[str, float]:
    """Measure Jupyter Book's own cache on one edition, and return the ratios of ours to it."""
    cached = scratch / "cached"
    lay_out(project, edition, cached, "cache")
    for state in STATES:
        if state == STATES[-1]:
            change_prose(cached / "chapters" / "central.ipynb")
        with clock.step(f"jupyter-cache, one edition, {state}"):
            run([str(BIN / "jupyter-book"), "build", str(cached)], project)
    ratios: dict[str, float] = {}
    for state in STATES:
        ratios |= clock.ratio(f"ours, one edition, {state}", f"jupyter-cache, one edition, {state}")
    return ratios


def again() -> None:
    """Measure one edition beside jupyter-cache, and take it into the stored results with a date of its own."""
    result = json.loads((RESULTS / "build.json").read_text(encoding="utf-8"))
    clock, told = Clock(), {"date": date.today().isoformat(), "machine": machine()}
    editions = Editions(clock)
    with tempfile.TemporaryDirectory(prefix="mali-bench-") as scratch:
        project = copy_project(Path(scratch) / "project")
        ours_alone(editions, project, Path(scratch) / "site", result["editions"][-1])
        ratios = beside_cache(clock, project, Path(scratch), result["editions"][-1])
    told["machine"]["load_after"] = round(os.getloadavg()[0], 1)
    result["again"] = told | {"what": "one edition, beside jupyter-cache"}
    result["seconds"] |= clock.seconds
    result["processor_seconds"] |= clock.processor
    result["ratios"] |= ratios
    save("build", result | {"date": result["date"]})


def plain(project: Path, edition: str, work: Path) -> None:
    """Run the usual way: nbconvert on one notebook after the other, then one jupyter-book build."""
    lay_out(project, edition, work, "off")
    for path in chapters(project):
        run(
            [str(BIN / "jupyter"), "nbconvert", "--to", "notebook", "--execute", "--inplace", str(work / path)], project
        )
    run([str(BIN / "jupyter-book"), "build", str(work)], project)


def main() -> None:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--editions", nargs="+", default=["2022-08", "2023-07", "latest"])
    parser.add_argument(
        "--more", nargs="*", type=int, default=[10, 75], help="editions of the larger builds (default: 10 75)"
    )
    parser.add_argument(
        "--again", action="store_true", help="only one edition beside jupyter-cache, taken into the stored results"
    )
    args = parser.parse_args()
    if args.again:
        again()
        return
    every = every_month(FIRST)
    clock = Clock()
    editions = Editions(clock)
    result: dict[str, Any] = {
        "machine": machine(),
        "editions": args.editions,
        "seconds": clock.seconds,
        "processor_seconds": clock.processor,
        "by_editions": editions.rows,
        "ratios": {},
    }
    with tempfile.TemporaryDirectory(prefix="mali-bench-") as scratch:
        project, site = copy_project(Path(scratch) / "project"), Path(scratch) / "site"
        result["chapters"] = len(chapters(project))
        editions.build("ours, cold", project, site, *named(args.editions))
        with clock.step("ours, nothing changed"):
            ours(project, args.editions, site)
        with changed(project), clock.step("ours, one chapter's prose changed"):
            ours(project, args.editions, site)
        ratios = result["ratios"]
        for name in ("ours, nothing changed", "ours, one chapter's prose changed"):
            ratios |= clock.ratio(name, "ours, cold")
        save("build", result)
        with clock.step("nbconvert and jupyter-book, one after the other"):
            for edition in args.editions:
                plain(project, edition, Path(scratch) / f"plain-{edition}")
        usual = "nbconvert and jupyter-book, one after the other"
        ratios |= clock.ratio("ours, cold", usual)
        save("build", result)
        if len(args.editions) == 1:
            clock.same("ours", "ours, one edition")
        else:
            ours_alone(editions, project, site, args.editions[-1])
        ratios |= beside_cache(clock, project, Path(scratch), args.editions[-1])
        save("build", result)
        for more in args.more:
            whole = more >= len(every)
            chosen = ["--every", "month", "--from", FIRST] if whole else named(every[:more])
            cold, unchanged = f"ours, {more} editions, cold", f"ours, {more} editions, nothing changed"
            editions.build(cold, project, site, *chosen)
            with clock.step(unchanged):
                run(builder(site, *chosen), project)
            ratios |= editions.ratios() | clock.ratio(unchanged, cold)
            save("build", result)
    result["machine"]["load_after"] = round(os.getloadavg()[0], 1)
    path = save("build", result)
    for name, ratio in ratios.items():
        print(f"{ratio:6.3f}  {name}")
    print(f"stored in {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
