"""A link whose text is the name of a page is that page's own title."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\[([^][]+)\]\(([\w./-]+)\.(?:ipynb|md)[^)]*\)")
TOLD = ("The page ", "La page ")
"""What a page is about, not what it is called."""


def plain(text: str) -> str:
    """Return a text with ordinary spaces, where a line ends too."""
    return " ".join(text.split())


def cells(path: Path) -> list[dict]:
    if path.suffix == ".md":
        return [{"cell_type": "markdown", "source": path.read_text(encoding="utf-8"), "metadata": {}}]
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "markdown"]


def texts(path: Path) -> Iterator[str]:
    for cell in cells(path):
        yield "".join(cell["source"])
        yield cell["metadata"].get("fr", {}).get("text", "")


def titles() -> dict[str, set[str]]:
    """Return the titles of each chapter, in its languages, by the name of its file."""
    found: dict[str, set[str]] = {}
    for path in [*ROOT.glob("chapters/**/*.ipynb"), *ROOT.glob("chapters/**/*.md")]:
        first = cells(path)[0]
        heads = ["".join(first["source"]), first["metadata"].get("fr", {}).get("text", "")]
        found[path.stem] = {plain(match[1]) for head in heads if (match := re.search(r"^# (.+)$", head, re.M))}
    return found


def literals(path: Path) -> Iterator[str]:
    """Return the texts of a module, literals that stand beside each other as one and without what is put into them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.replace("{up}", "")


def test_a_link_that_names_a_page_gives_its_title():
    """The scorecard, the audit and the ledger were names of pages that no page bore."""
    known, wrong = titles(), []
    told = {path: literals(path) for path in (ROOT / "src").rglob("*.py")}
    told |= {path: texts(path) for path in [*ROOT.glob("chapters/**/*.ipynb"), *ROOT.glob("chapters/**/*.md")]}
    seen = 0
    for path, found in told.items():
        for text, page in (match.groups() for one in found for match in LINK.finditer(one)):
            name = plain(text)
            if name[0].isupper() and not name.startswith(TOLD) and Path(page).stem in known:
                seen += 1
                if name not in known[Path(page).stem]:
                    wrong.append((path.name, name, page))
    assert (seen > 10, wrong) == (True, [])
