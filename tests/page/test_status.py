"""The status page says what ran, for how long, on which data and with which packages."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from helpers.data import Tables
from helpers.errors import DataError
from helpers.page import status
from helpers.windows import month, month_name

RUNS = (status.Run("summary", 4.25, "2026-01-02", 9), status.Run("method/data", 12.5, "2026-01-03", 7))


def test_the_page_holds_runs_vintages_tables_and_packages():
    text = status.page("July 2023", "Figures run to the end of June 2023.", RUNS, Tables())
    assert "17 seconds" in text
    assert "method/data took longest, 12.5 seconds" in text
    assert "| summary | 9 | 4.3 | 2 January 2026 |" in text
    assert "## Runs (2 January 2026 to 3 January 2026)" in text
    for source in Tables().package()["sources"]:
        assert source["sha256"][:12] in text
    assert f"| pandas | {metadata.version('pandas')} |" in text
    actors = Tables().actors()
    first, last = (month_name(month(f(actors["month"]))) for f in (min, max))
    assert f"| actors | {first} to {last} | {len(actors):,} |" in text
    assert not re.search(r"\| (?:19|20)\d\d(?:-\d\d\b|H[12])", text), "a code in a reader's sight"


def test_no_runs_no_page():
    with pytest.raises(DataError, match="no chapter was run"):
        status.page("July 2023", "", (), Tables())


def test_every_direct_requirement_has_a_version():
    found = status.packages()
    assert {"altair", "pandas", "jupyter-book", "papermill"} <= set(found)
    assert all(version == metadata.version(name) for name, version in found.items())
    with pytest.raises(DataError, match="package no-such-thing is not installed"):
        status.packages(["no-such-thing"])


def test_cells_cannot_break_the_table():
    assert status.table(("a", "b"), [("x|y", "1\n2")], right=(1,)) == "| a | b |\n| --- | ---: |\n| x\\|y | 1 2 |"
