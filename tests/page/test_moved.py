"""Every address that a version gave still leads somewhere: to the same place, or through the table of moved ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import yaml

import browser as chromium
import sample_book
from bookbuild.books import html_of
from helpers.builds import books
from helpers.figures import MIME
from helpers.page import moved, twins
from helpers.page.addresses import slug

CHAPTERS = sample_book.REPOSITORY / "chapters"
OLD = pd.read_csv(Path(__file__).parents[1] / "record" / "addresses-0.2.csv")
"""Page and anchor of every figure, claim and listing that version 0.2 stored; never written again."""
SAID = pd.read_csv(Path(__file__).parents[1] / "record" / "passages-0.13.csv")
"""Page and anchor of every computed passage of versions 0.4, which gave them addresses, to 0.13."""
NEW = [(page, anchor) for page, anchors in moved.MOVED.items() for anchor in anchors]


def anchors(page: str) -> set[str]:
    """Return what the stored notebook of a page lets an address name: figures, and ids in its HTML."""
    found = set()
    for cell in nbformat.read(CHAPTERS / f"{page}.ipynb", 4).cells:
        if cell.cell_type == "code" and (name := slug(cell.source)):
            found.add(f"says-{name}")
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "mali" in data.get(MIME, {}).get("usermeta", {}):
                found.add(f"fig-{data[MIME]['usermeta']['mali']['id']}")
            found |= set(re.findall(r'\bid="([^"]+)"', data.get("text/html", "")))
    return found


@pytest.fixture(scope="module")
def there() -> dict[str, set[str]]:
    named = {str(path.relative_to(CHAPTERS).with_suffix("")) for path in CHAPTERS.rglob("*.ipynb")}
    return {page: anchors(page) for page in named}


def test_every_page_of_0_2_is_still_in_the_book(there):
    contents = (sample_book.REPOSITORY / "_toc.yml").read_text(encoding="utf-8")
    listed = {entry["file"] for part in yaml.safe_load(contents)["parts"] for entry in part["chapters"]}
    assert {f"chapters/{page}" for page in OLD["page"]} - {"chapters/summary"} <= listed
    assert set(OLD["page"]) <= set(there)


@pytest.mark.parametrize("recorded", [OLD, SAID], ids=["0.2", "passages"])
def test_every_recorded_address_is_there_or_in_the_table(there, recorded):
    """Two passages that left their chapters left no address behind."""
    rows = recorded.itertuples(index=False)
    assert [(p, a) for p, a in rows if a not in there[p] and a not in moved.MOVED.get(p, {})] == []


@pytest.mark.parametrize(("page", "anchor"), NEW, ids=lambda value: value)
def test_what_the_table_moves_was_there_is_gone_and_has_a_target_that_exists(there, page, anchor):
    assert any(((one["page"] == page) & (one["anchor"] == anchor)).any() for one in (OLD, SAID))
    assert anchor not in there[page]
    place, new = moved.target(page, anchor)
    assert new in there[place] or (place, new) == ("timeline", "")


# ---- in a book -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("moved") / "book"
    texts = {
        "summary": "# Start\n\nInvented words.",
        "scorecard": "# The card\n\n(fig-summary-verdicts)=\n## The verdicts\n\nInvented.",
        "depth/spread": "# Spread\n\n(fig-scorecard-ranking)=\n## The ranking\n\nInvented.",
    }
    toc = folder.parent / "_toc.yml"
    parts = [{"caption": "P", "chapters": [{"file": f"chapters/{name}"} for name in list(texts)[1:]]}]
    toc.write_text(yaml.safe_dump({"format": "jb-book", "root": "chapters/summary", "parts": parts}), encoding="utf-8")
    cells = {name: [nbformat.v4.new_markdown_cell(text)] for name, text in texts.items()}
    cells["summary"][0]["metadata"] = {"fr": {"text": "# Début", "of": twins.digest(texts["summary"])}}
    books.lay_out(
        folder,
        config=sample_book.REPOSITORY / "_config.yml",
        toc=toc,
        edition=sample_book.EDITION,
        shown=sample_book.EDITIONS,
        pages={
            f"chapters/{name}.ipynb": nbformat.writes(nbformat.v4.new_notebook(cells=made)).encode()
            for name, made in cells.items()
        },
    )
    done = sample_book.sphinx(folder, "html")
    assert done.returncode == 0, done.stdout + done.stderr
    return html_of(folder) / "chapters"


def table(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="mali-moved">(.*?)</script>', text)
    return json.loads(found[1]) if found else {}


def test_a_page_names_only_targets_that_its_book_has(built):
    for name in ("summary", "summary.fr"):
        assert table(built / f"{name}.html") == {"fig-summary-verdicts": "scorecard.html#fig-summary-verdicts"}
    assert table(built / "depth" / "spread.html") == {"fig-spread-reached": "#fig-spread-cercles"}
    assert table(built / "scorecard.html")["fig-scorecard-ranking"] == "depth/spread.html#fig-scorecard-ranking"


def test_a_french_page_leads_to_french_pages():
    pages = ("chapters/wagner.fr", "chapters/evidence/army", "chapters/evidence/army.fr")
    made = moved.places_html("chapters/wagner.fr", pages, lambda _, name: f"{name.removeprefix('chapters/')}.html")
    assert '"fig-wagner-quarters": "evidence/army.fr.html#fig-wagner-quarters"' in made
    assert '"fig-wagner-cost": "wagner.fr.html#claim-r23-14"' in made


def test_an_old_address_leads_to_the_new_place_from_a_folder_too(browser, built):
    with chromium.visit(browser) as seen:
        old = (built / "summary.html").as_uri()
        seen.page.goto(f"{old}#fig-summary-verdicts")
        seen.page.wait_for_url("**/scorecard.html#fig-summary-verdicts", timeout=chromium.PATIENCE)
        # The address changes while the page is open; a place that it still has is no old one.
        seen.page.evaluate("location.hash = 'fig-summary-verdicts'")
        assert seen.page.url.endswith("/scorecard.html#fig-summary-verdicts")
        seen.page.evaluate("location.hash = 'fig-scorecard-ranking'")
        seen.page.wait_for_url("**/depth/spread.html#fig-scorecard-ranking", timeout=chromium.PATIENCE)
        assert seen.errors == []
