"""The page of measurements: what is stored is shown with machine and date. The results here are synthetic."""

import json
from types import SimpleNamespace

import pytest

from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import DataError
from helpers.story import benchmarks

MACHINE = {
    "processor": "A processor",
    "cores": 2,
    "memory_gb": 4,
    "system": "Linux",
    "python": "3.11.0",
    "load_before": 0.25,
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    results = tmp_path / "benchmarks" / "results"
    results.mkdir(parents=True)
    monkeypatch.setattr(benchmarks, "folders", SimpleNamespace(default_folder=lambda: tmp_path / "data"))
    return results


def test_without_results_the_page_says_how_to_measure(folder):
    with pytest.raises(NotInEdition, match="make bench"):
        benchmarks.ratios(Report("2023-07"))
    with pytest.raises(NotInEdition, match="make bench"):
        benchmarks.editions(Report("2023-07"))


def test_results_show_with_machine_and_date(folder):
    build = {
        "date": "2026-01-02",
        "machine": MACHINE,
        "chapters": 2,
        "editions": ["latest"],
        "seconds": {"ours, cold": 1234.56},
        "processor_seconds": {"ours, cold": 99.0},
        "by_editions": [
            {"editions": 1, "seconds": 50.26, "processor": 60.0, "memory_mb": 800},
            {"editions": 75, "seconds": 2550.0, "processor": 2400.0, "memory_mb": 1100},
        ],
        "ratios": {"ours, cold / the usual way": 0.1234},
    }
    build["again"] = {"date": "2026-01-04", "machine": MACHINE, "what": "one edition"}
    (folder / "build.json").write_text(json.dumps(build))
    ingest = {
        "date": "2026-01-03",
        "machine": "x86_64, 2 cores",
        "cases": [
            {
                "case": "A file",
                "rows": 1000,
                "ingest": {"seconds": 2, "peak_mb": 90},
                "ingest_to_polars": {"seconds": 3.5, "peak_mb": 0.5},
            }
        ],
    }
    (folder / "ingest.json").write_text(json.dumps(ingest))
    report = Report("2023-07")
    shown = benchmarks.machines(report).frame
    assert list(shown["Date"]) == ["2026-01-02", "2026-01-04", "2026-01-03"]
    assert shown["Measurement"][1] == "Building the book: one edition"
    assert shown["Machine"][0].startswith("A processor, 2 cores, 4 GB, Linux, Python 3.11.0; 0.2")
    assert shown["Machine"][2] == "x86_64, 2 cores"
    row = benchmarks.ratios(report).frame.iloc[0]
    assert (row["This"], row["Against"], row["Ratio"]) == ("ours, cold", "the usual way", "0.12")
    assert benchmarks.seconds(report).frame["Seconds"][0] == "1,234.6"
    many = benchmarks.editions(report).frame.iloc[1]
    assert list(many) == ["75", "2,550", "34.0", "32.0", "1,100"]
    assert benchmarks.ingest(report).frame.iloc[0]["Time to polars"] == "3.50"
    with pytest.raises(NotInEdition, match="Pages"):
        benchmarks.pages(report)


def test_a_damaged_result_is_one_sentence(folder):
    (folder / "build.json").write_text('{"ratios": {"a / b": 1}}')
    with pytest.raises(DataError, match="run `make bench` again"):
        benchmarks.results()
