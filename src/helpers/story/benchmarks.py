"""What the project's own measurements say, read from `benchmarks/results/`: ratios within a run, machine and date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import folders
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import DataError
from helpers.figures import Table

TITLES = {"build": "Building the book", "pages": "Opening a page", "ingest": "Reading raw exports"}
"""What each measurement is called; one that is not named here shows under the name of its file."""


def results(folder: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the stored measurements by name: those that hold ratios, or cases with ratios.

    `folder`: folder of results; the project's own where not given. Raises `NotInEdition`: nothing has been measured.
    Raises `DataError`: a file of results is not what a benchmark writes.
    """
    folder = folder or folders.default_folder().parent / "benchmarks" / "results"
    found = {}
    for path in sorted(folder.glob("*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content.get("ratios") or content.get("cases"):
                found[path.stem] = {key: content[key] for key in ("date", "machine")} | content
        except (ValueError, KeyError, AttributeError) as error:
            raise DataError(f"{path}: not what a benchmark writes ({error}); run `make bench` again.") from error
    if not found:
        raise NotInEdition("Nothing has been measured yet: `make bench` measures and stores the results.")
    return found


def _number(value: float) -> str:
    if value >= 10:
        return p.number(value)
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def machines(_: Report) -> Table:
    """Return when and where each measurement was made."""
    rows = []
    for name, found in results().items():
        again = found.get("again")
        for part, of in ((found, ""), *([(again, f": {again['what']}")] if again else [])):
            title = TITLES.get(name, name) + of
            rows.append({"Measurement": title, "Date": part["date"], "Machine": _machine(part["machine"])})
    return Table(title="When and where each measurement was made", frame=pd.DataFrame(rows))


def _machine(told: dict[str, Any] | str) -> str:
    if isinstance(told, str):
        return told
    return (
        f"{told['processor']}, {told['cores']} cores, {told['memory_gb']} GB, {told['system']}, Python "
        f"{told['python']}; {told['load_before']:.1f} processes were running or waiting when it began"
    )


def ratios(_: Report) -> Table:
    """Return every ratio: what was measured, against what, in the same run."""
    rows = []
    for name, found in results().items():
        for what, value in found.get("ratios", {}).items():
            ours, _, other = what.partition(" / ")
            rows.append(
                {"Measurement": TITLES.get(name, name), "This": ours, "Against": other, "Ratio": _number(float(value))}
            )
    if not rows:
        raise NotInEdition("Builds and pages have not been measured yet.")
    return Table(title="What one thing costs as a multiple of another, in the same run", frame=pd.DataFrame(rows))


def seconds(_: Report) -> Table:
    """Return the seconds that each kind of build took."""
    found = results().get("build")
    if found is None:
        raise NotInEdition("Builds have not been measured yet.")
    rows = [
        {"What": what, "Seconds": f"{value:,.1f}", "Processor seconds": f"{found['processor_seconds'][what]:,.1f}"}
        for what, value in found["seconds"].items()
    ]
    words = f"{found['chapters']} chapters, {len(found['editions'])} editions where no other number is given"
    return Table(title=f"Seconds a build took ({words})", frame=pd.DataFrame(rows))


def editions(_: Report) -> Table:
    """Return what cold builds of few and of many editions cost."""
    rows = results().get("build", {}).get("by_editions")
    if not rows:
        raise NotInEdition("Builds of many editions have not been measured yet.")
    frame = pd.DataFrame(
        {
            "Editions": p.number(row["editions"]),
            "Seconds": p.number(row["seconds"]),
            "Seconds an edition": p.number(row["seconds"] / row["editions"], 1),
            "Processor seconds an edition": p.number(row["processor"] / row["editions"], 1),
            "Most memory (MB)": p.number(row["memory_mb"]),
        }
        for row in rows
    )
    return Table(title="What a build from nothing costs by the number of its editions", frame=frame)


def pages(_: Report) -> Table:
    """Return what each page weighs and when its first chart can be used."""
    found = results().get("pages")
    if found is None:
        raise NotInEdition("Pages have not been measured yet.")
    rows = [
        {
            "Page": row["page"].removeprefix("chapters/"),
            "Charts": row["charts"],
            "Page (kB)": p.number(row["html_kb"]),
            "Compressed (kB)": p.number(row["gzip_kb"]),
            "With all it loads (kB)": p.number(row["with_assets_kb"]),
            "First paint (ms)": p.number(row["first_paint_ms"]),
            "First chart to use (ms)": p.number(row["first_live_chart_ms"]),
        }
        for row in found["pages"]
    ]
    return Table(title="What a page weighs, and when its first chart can be used", frame=pd.DataFrame(rows))


def ingest(_: Report) -> Table:
    """Return what ingest costs beside bare readers of the same file."""
    found = results().get("ingest")
    if found is None:
        raise NotInEdition("Ingest has not been measured yet.")
    rows = []
    for case in found["cases"]:
        row = {
            "File": case["case"],
            "Rows": p.number(case["rows"]),
            "Seconds": p.number(case["ingest"]["seconds"], 1),
            "Peak MB": p.number(case["ingest"]["peak_mb"]),
        }
        readers = [key for key in case if key.startswith("ingest_to_")]
        for what, measure in (("Time", "seconds"), ("Peak memory", "peak_mb")):
            for key in readers:
                row[f"{what} to {key.removeprefix('ingest_to_')}"] = _number(case[key][measure])
        if any("unions" in one for one in found["cases"]):
            row["Unions of discs to our reading"] = _number(case["unions"]["ratio"]) if "unions" in case else ""
        rows.append(row)
    return Table(title="Ingest beside bare readers of the same file", frame=pd.DataFrame(rows))
