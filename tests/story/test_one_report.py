"""An edition in which one report had been published speaks of one: no page of August 2022 tells of two, or of neither."""

from __future__ import annotations

import ast
import json
import re

import pytest

import trees
from helpers.audit import rule
from helpers.editions import Report
from helpers.story import came, evidence_audit, evidence_south, ledger, overview, scorecard

TWO = re.compile(
    r"\b(?:two|both|neither of the two) reports\b|\b[Nn]either report\b|\b[Bb]oth reports\b|\b(?:les|des|de|aucun des) deux rapports\b",
)
"""Words for two reports; records of decisions and of what changed look back, and say of which release they are."""
LOOK_BACK = ("method/decisions", "method/changes")
CONDITIONAL = {
    ("story/overview.py", "audit"),  # by the number of reports that the edition knows
    ("story/outlook.py", "_came"),  # only where later months settled the projections
    ("story/uncertainty.py", "stated"),  # before the first report
    ("story/summary.py", "<module>"),  # before the first report
}


def test_no_text_of_a_chapter_counts_the_reports(root):
    """A page's title, "neither report" and "both reports did" stood in the edition in which there was one."""
    for path in sorted((root / "chapters").rglob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                told = "".join(cell["source"]) + " " + cell["metadata"].get("fr", {}).get("text", "")
                assert not TWO.search(told.replace("\u202f", " ")), (path.name, cell["id"])
    for path in sorted((root / "chapters").rglob("*.md")):
        if not str(path).endswith(tuple(f"{name}.md" for name in LOOK_BACK)):
            assert not TWO.search(path.read_text(encoding="utf-8")), path.name


def test_no_sentence_of_the_package_counts_them_but_where_it_knows_them(root):
    found = set()
    for folder in ("story", "audit", "forms", "words"):
        for path in sorted((root / "src" / "helpers" / folder).rglob("*.py")):
            tree = trees.parsed(path.read_text(encoding="utf-8"))
            for owner in [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Assign)]:
                inside = [
                    node for node in ast.walk(owner) if isinstance(node, ast.Constant) and isinstance(node.value, str)
                ]
                notes = {
                    id(node.body[0].value)
                    for node in ast.walk(owner)
                    if isinstance(node, ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr)
                }
                if any(TWO.search(text.value) for text in inside if id(text) not in notes):
                    name = getattr(owner, "name", "<module>")
                    found.add((path.relative_to(root / "src" / "helpers").as_posix(), name))
    assert found == CONDITIONAL


@pytest.mark.parametrize(("edition", "many"), [("2022-08", False), ("2023-07", True), ("latest", True)])
def test_the_facts_of_an_edition_count_the_reports_that_it_knows(edition, many):
    r = Report(edition)
    said = overview.audit(r)
    assert ("two reports" in said.en) == ("deux rapports" in said.fr) == many
    assert ("of a report" in said.en) == ("d’un rapport" in said.fr) == (not many)
    for text in (scorecard.answer(r).question, came.simple_rule(r)):
        assert not TWO.search(text.en)
        assert not TWO.search(text.fr)


def test_nothing_is_both_closed_and_next_to_fall_due():
    """The ledger said that nothing was open, and which came due next."""
    made = ledger.reports_later(Report("latest"))
    assert "Of this book’s own, the next to fall due is" in made.english
    assert "Parmi celles de ce livre, la prochaine échéance" in made.french
    assert "still open" not in made.english


def test_a_mixed_projection_is_told_by_the_rule():
    """Parts that differ made it mixed in one note, though two that fail in different ways do not."""
    note = evidence_audit.outcomes(Report("latest"))
    assert "mixed where one part came true and another did not, or is not settled" in note.english.note
    assert "si l’une de ses parties s’est réalisée et l’autre non" in note.french.note
    assert rule.whole(["direction only", "unsettled"]) != rule.MIXED


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "2024-06", "latest"])
def test_the_title_on_the_radii_is_of_numbers_in_their_grid(edition):
    """The title gave months that were no column of the chart."""
    figure = evidence_south.radius_heat(Report(edition))
    rows = figure.frame[figure.frame["Distance to Bamako"].eq("within 150 km")]["Events"].tolist()
    for title, between in ((figure.title, "after"), (figure.fr.title, "contre")):
        now, before = re.search(rf"(\d+) {between} (\d+)", title).groups()
        assert [int(before), int(now)] == rows[-2:]
