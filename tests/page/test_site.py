"""The built site: every link leads somewhere, nothing comes from another host, every edition has every page."""

import gzip
import json
import os
import re
from dataclasses import fields
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

import browser as chromium
from french import parted, unmarked, unsaid
from helpers.builds import light
from helpers.figures import MIME
from helpers.page import bilingual
from helpers.page.typeset import typeset
from helpers.story import explore
from helpers.words.inside import credit
from test_typeset import TYPED, printed

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("MALI_SITE", ROOT / "site"))
# The theme leaves its own templates among the static files; they are no pages.
PAGES = sorted(p for p in SITE.rglob("*.html") if "_static" not in p.parts) if SITE.is_dir() else []

PAGES_OF_AN_EDITION = 6_000_000
"""Bytes that an edition may take on a disk, without `figures/` and its PDF: it was 54 million before it was shipped lean."""
FIGURES_OF_AN_EDITION = 4_000_000
"""Bytes that these may take, the PDF among them: they were 24 million."""

pytestmark = [
    pytest.mark.site,
    pytest.mark.skipif(not PAGES, reason="no site is built in site/; run `make book` or set MALI_SITE"),
]


def french(page: Path) -> bool:
    return page.name.endswith(".fr.html")


@pytest.fixture(scope="module")
def soups() -> dict[Path, BeautifulSoup]:
    return {page: BeautifulSoup(light.unpacked(page), "html.parser") for page in PAGES}


@pytest.fixture(scope="module")
def anchors(soups) -> dict[Path, set[str]]:
    return {
        page.resolve(): {tag["id"] for tag in soup.find_all(id=True)}
        | {tag["name"] for tag in soup.find_all("a", attrs={"name": True})}
        for page, soup in soups.items()
    }


def is_question(fragment: str) -> bool:
    """Tell whether an address of the explorer names all its choices, each one that it offers."""
    asked = dict(parse_qsl(fragment.partition("?")[2], keep_blank_values=True))
    return (
        set(asked) == {field.name for field in fields(explore.State)}
        and asked["what"] in explore.WHAT
        and asked["where"] in explore.WHERE
        and asked["by"] in explore.BY
        and asked["first"] <= asked["last"]
    )


def test_french_pages_say_where_english_begins_and_no_line_of_theirs_ends_before_a_sign(soups):
    kept = {page.relative_to(SITE): soup for page, soup in soups.items() if french(page)}
    assert kept
    for find in (unmarked, unsaid, parted):
        assert {str(page): found for page, soup in kept.items() if (found := find(soup))} == {}, find.__name__


def test_every_internal_link_leads_to_a_file_and_a_place_in_it(soups, anchors):
    dead = []
    for page, soup in soups.items():
        for tag, attribute in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
            for found in soup.find_all(tag, attrs={attribute: True}):
                parts = urlsplit(found[attribute])
                if parts.scheme or parts.netloc:
                    continue
                target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
                if not target.is_file():
                    dead.append(f"{page.relative_to(SITE)}: {found[attribute]}")
                elif parts.fragment.startswith("explore?"):
                    if not target.name.startswith("explore.") or not is_question(parts.fragment):
                        dead.append(f"{page.relative_to(SITE)}: {target.name} knows no {parts.fragment}")
                elif parts.fragment and target in anchors and unquote(parts.fragment) not in anchors[target]:
                    dead.append(f"{page.relative_to(SITE)}: no #{parts.fragment} in {target.name}")
    assert not dead, "\n".join(sorted(set(dead))[:30])


def test_no_page_prints_a_typewriters_apostrophe(soups):
    """English pages had both kinds, a chart's title one and its note the other."""
    typed = {}
    for page in soups:
        found = TYPED.findall(printed(light.unpacked(page)))
        if found:
            typed[str(page.relative_to(SITE))] = len(found)
    assert not typed


def test_nothing_is_loaded_from_another_host(soups):
    for page, soup in soups.items():
        for tag, attribute in (
            ("link", "href"),
            ("script", "src"),
            ("img", "src"),
            ("iframe", "src"),
            ("source", "src"),
        ):
            for found in soup.find_all(tag, attrs={attribute: True}):
                # rel=canonical and the like name a page, they do not load it.
                if tag == "link" and not {"stylesheet", "preload", "icon"} & set(found.get("rel", [])):
                    continue
                assert not found[attribute].startswith(("http:", "https:", "//")), f"{page}: {found[attribute]}"


def test_links_to_other_sites_are_whole_addresses(soups):
    for page, soup in soups.items():
        for found in soup.find_all("a", href=True):
            parts = urlsplit(found["href"])
            if parts.scheme in ("http", "https"):
                assert "." in parts.netloc, f"{page}: {found['href']}"


def test_every_edition_has_every_page_and_the_front_page_links_it(soups):
    editions = sorted(path.name for path in SITE.iterdir() if (path / "chapters").is_dir())
    assert {"2022-08", "2023-07", "latest"} <= set(editions)
    pages = {
        name: {p.relative_to(SITE / name) for p in (SITE / name / "chapters").rglob("*.html")} for name in editions
    }
    assert len({frozenset(found) for found in pages.values()}) == 1
    for suffix in ("", ".fr"):
        front = {urlsplit(a["href"]).path for a in soups[SITE / f"index{suffix}.html"].find_all("a", href=True)}
        for name in editions:
            assert f"{name}/chapters/summary{suffix}.html" in front


def test_a_link_of_a_french_page_to_one_in_english_only_says_so(soups):
    found = 0
    for page, soup in soups.items():
        for link in soup.select("article a[href], .bd-links a[href]") if french(page) else ():
            parts = urlsplit(link["href"])
            if parts.scheme or not parts.path:
                continue
            target = (page.parent / parts.path).resolve()
            if target.suffix == ".html" and not french(target) and not target.with_suffix(".fr.html").exists():
                assert link.get("hreflang") == "en", f"{page}: {link}"
                found += 1
    assert found > 100


def test_every_page_has_a_title_a_language_and_a_description(soups):
    for page, soup in soups.items():
        if soup.html is None:
            # jupyter-book's own index only sends the reader on to the first chapter.
            assert soup.find("meta", attrs={"http-equiv": "Refresh"}), page
            continue
        assert soup.html.get("lang"), page
        assert soup.title.get_text(strip=True), page
        if "chapters" in page.parts:
            assert soup.find("meta", attrs={"name": "description"}), page


def test_no_page_is_heavier_than_300_kilobytes_compressed():
    """With its data, which lie beside it; scripts and style sheets are the same files for all pages."""
    weights = {
        page: sum(len(gzip.compress(path.read_bytes(), 6, mtime=0)) for path in (page, light.pack(page)) if path)
        for page in PAGES
    }
    heavy = {str(page.relative_to(SITE)): weight for page, weight in weights.items() if weight > 300_000}
    assert not heavy, heavy


def _editions() -> list[Path]:
    return sorted(path for path in SITE.iterdir() if (path / "chapters").is_dir())


@pytest.mark.parametrize("edition", _editions() if PAGES else [], ids=lambda path: path.name)
def test_an_edition_costs_what_a_site_of_75_has_room_for(edition):
    sizes = {path.relative_to(edition).as_posix(): path.stat().st_size for path in edition.rglob("*") if path.is_file()}
    figures = sum(size for name, size in sizes.items() if name.startswith("figures/"))
    printed = SITE / "pdf" / f"mali-{edition.name}.pdf"
    assert sum(sizes.values()) - figures <= PAGES_OF_AN_EDITION
    assert figures + (printed.stat().st_size if printed.is_file() else 0) <= FIGURES_OF_AN_EDITION


def test_what_editions_share_stands_once_beside_them():
    (shared,) = (SITE / light.SHARED).iterdir()
    assert len(list(SITE.rglob("mali-vega.js"))) == 1
    assert sum(path.stat().st_size for path in shared.rglob("*") if path.is_file()) < 4_000_000
    for edition in _editions():
        assert light.uses(edition) == {shared.name}
        assert not [path for path in edition.rglob("*") if path.suffix in (".css", ".woff2", ".map")]


def test_every_figure_keeps_its_contract_on_the_page(soups):
    for page, soup in soups.items():
        # Those of the front page are pictures of figures, and lead to them.
        for figure in soup.select("figure.mali-figure[id]"):
            where = f"{page.relative_to(SITE)}: {figure.get('id')}"
            held = json.loads(figure.find("script", class_="mali-figure__spec").string)["usermeta"]["mali"]
            # What a page prints has the apostrophe of print; what programs read keeps its own.
            words = {name: typeset(text) if isinstance(text, str) else text for name, text in held.items()}
            assert figure["id"] == f"fig-{words['id']}", where
            head = figure.find("figcaption")
            assert re.fullmatch(r"Figure \d+", head.find(class_="caption-number").get_text(strip=True)), where
            assert head.find(class_="mali-figure__finding").get_text() == words["title"], where
            assert head.find(class_="mali-figure__subtitle").get_text() == words["subtitle"], where
            drawn = figure.select_one(".mali-figure__static img")
            assert typeset(drawn["alt"]) == words["alt"], where
            assert "<svg" in (page.parent / drawn["src"].partition("#")[0]).read_text(encoding="utf-8"), where
            colon = "\u202f:" if french(page) else ":"
            line = " ".join(credit(words["source"])).strip() if french(page) else words["source"]
            assert figure.find(class_="mali-figure__source").get_text() == f"Source{colon} {line}", where
            assert len(figure.select("details.mali-figure__data tbody tr")) >= 1, where
            assert words["id"] in figure.find(class_="mali-figure__citation").get_text(), where
            assert {b["data-mali-download"] for b in figure.select("button[data-mali-download]")} == {
                *("csv", "svg", "png", "json", "html")
            }, where
            held = figure.select_one(f".mali-figure__downloads a[href$='figures/{words['id']}.json']")
            assert (page.parent / held["href"]).is_file(), where
            for end in ("csv", "json", "vl.json.zip"):
                assert (page.parent / held["href"]).with_name(f"{words['id']}.{end}").is_file(), where
            if "explore" not in page.name:  # its figure is drawn by the page: no notebook makes it
                notebook = figure.select_one(".mali-figure__downloads a[download]")
                assert (page.parent / notebook["href"]).is_file(), where
            if words["caveat"]:
                assert figure.find(class_="mali-figure__caveat").get_text() == words["caveat"], where


def test_no_figure_is_lost_between_the_notebook_and_the_page(soups):
    sources = {edition: light.sources(edition / "_sources") for edition in _editions()}
    for page, soup in soups.items():
        edition = SITE / page.relative_to(SITE).parts[0]
        source = (
            sources[edition].get(page.relative_to(edition).with_suffix(".ipynb").as_posix())
            if edition in sources
            else None
        )
        if source is None:
            continue
        cells = json.loads(source)["cells"]
        kinds = [kind for c in cells for o in c.get("outputs", []) for kind in o.get("data", {})]
        assert len(soup.select("figure.mali-figure")) == kinds.count(MIME), page
        # A page with a twin shows one language of what has two; a page without one, both.
        told = soup.select(".mali-bilingual, .mali-spoken")
        assert len(told) == kinds.count(bilingual.MIME), page


def test_figures_are_numbered_anew_on_each_page(soups):
    for edition in sorted(path for path in SITE.iterdir() if (path / "chapters").is_dir()):
        pages = [soup for page, soup in soups.items() if page.is_relative_to(edition)]
        numbers = [[tag.get_text(strip=True) for tag in soup.select("figcaption .caption-number")] for soup in pages]
        assert sum(map(len, numbers)) > 80, edition.name
        for found in numbers:
            assert found == [f"Figure {place}" for place in range(1, len(found) + 1)]


def test_every_term_links_to_its_entry_and_carries_its_definition(soups):
    for page, soup in soups.items():
        links = soup.select("a.mali-term")
        assert len({link["href"] for link in links}) == len(links), page
        for link in links:
            assert soup.find(id=link["aria-describedby"]).get_text(strip=True), f"{page}: {link.get_text()}"
        # `actors` says itself who its groups are; pages of evidence are a sentence a figure; `updates` compares tables.
        explains = page.name.removesuffix(".html").removesuffix(".fr") in ("glossary", "status", "actors", "updates")
        short = "evidence" in page.parts
        if "chapters" in page.parts and not explains and not short:
            assert links, f"{page.relative_to(SITE)} mentions no term of the glossary"


def test_a_page_without_french_says_so_and_leads_to_french(soups):
    told = {page: soup.select_one(".mali-language__only a") for page, soup in soups.items() if "chapters" in page.parts}
    for page, link in told.items():
        twin = page if french(page) else page.with_suffix(".fr.html")
        moved = soups[page].select_one("article") is None  # an old address that only leads on
        assert (link is None) == (twin.is_file() or moved), page
        assert link is None or (page.parent / link["href"]).resolve().is_file(), page


REPORT = (
    "ledger",
    "trajectory",
    "junta",
    "wagner",
    "northern",
    "central",
    "southern",
    "scorecard",
    "outlook",
    "summary",
)
LONGEST = 9_000
"""Pixels that a chapter of the report may take at 1280, from its title to its last line, all boxes closed."""


@pytest.mark.parametrize("language", ["", ".fr"])
@pytest.mark.parametrize("edition", ["2023-07", "latest"])
def test_a_chapter_of_the_report_is_read_in_9000_pixels(browser, edition, language):
    there = [SITE / edition / "chapters" / f"{name}{language}.html" for name in REPORT]
    if not all(path.is_file() for path in there):
        pytest.skip(f"the site has no whole edition {edition}")
    long = {}
    for path in there:
        with chromium.visit(browser, width=1280) as seen:
            seen.go(path)
            high = seen.page.evaluate("document.querySelector('article').getBoundingClientRect().height")
        if high > LONGEST:
            long[path.stem] = round(high)
    assert long == {}
