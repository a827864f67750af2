"""The built book: what a page holds before any script runs."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

import sample_book
from helpers import book

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """Every element of a page with its attributes, and the text of scripts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.specs: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if self.open and self.open[-1] == "script" and "mali-figure__spec" in (self.elements[-1][1].get("class") or ""):
            self.specs.append(data)

    def all(self, tag: str, css: str = "") -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag and (not css or css in (a.get("class") or "").split())]


@pytest.fixture(scope="module")
def site(sample_folder) -> Path:
    return sample_book.build(sample_folder)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory) -> Path:
    return sample_book.folder(tmp_path_factory)


@pytest.fixture(scope="module")
def pages(site) -> dict[str, Page]:
    folder = site / sample_book.EDITION
    found = {str(p.relative_to(folder)): p for p in folder.rglob("*.html") if "_static" not in p.parts}
    # Jupyter Book's index is one line that leads to the first chapter.
    assert "http-equiv" in found.pop("index.html").read_text(encoding="utf-8")
    return {name: Page(path) for name, path in found.items()}


@pytest.mark.parametrize(("name", "figures"), sample_book.PAGES.items(), ids=str)
def test_every_figure_of_the_notebook_is_on_the_page(pages, name, figures):
    page = pages[f"{name}.html"]
    assert len(page.all("figure", "mali-figure")) == len(figures)
    assert len(page.all("svg", "marks")) == len(figures)
    assert [json.loads(s)["usermeta"]["mali"]["id"] for s in page.specs] == [f().id for f in figures]
    assert len(page.all("details", "mali-figure__data")) == len(figures)
    assert len(page.all("table", "mali-table")) == len(figures) + 1, "a data table each, and one of its own"


def test_the_page_carries_the_very_spec_of_the_figure(pages):
    assert json.loads(pages["chapters/summary.html"].specs[0]) == sample_book.line().spec()


def test_static_charts_have_a_name_and_nothing_else_to_say(pages):
    for name, figures in sample_book.PAGES.items():
        drawn = pages[f"{name}.html"].all("svg", "marks")
        assert [svg["aria-label"] for svg in drawn] == [f().alt for f in figures]
        assert all(svg["role"] == "img" and svg["viewbox"] for svg in drawn)


def test_ids_are_unique_and_references_find_them(site, pages):
    for name, page in pages.items():
        ids = [a["id"] for _, a in page.elements if a.get("id")]
        assert len(ids) == len(set(ids)), f"{name}: {sorted({i for i in ids if ids.count(i) > 1})}"
        text = (site / sample_book.EDITION / name).read_text(encoding="utf-8")
        for target in re.findall(r"url\(#([^)]+)\)", text):
            assert target in ids, f"{name}: nothing has the id {target}"


def test_figures_are_numbered_and_can_be_referred_to(site):
    second = (site / sample_book.EDITION / "chapters/second.html").read_text(encoding="utf-8")
    assert re.search(r'href="summary.html#fig-line"><span class="std std-numref">Figure 1</span>', second)
    assert 'href="summary.html#fig-map"' in second
    assert '<span class="caption-number">Figure 5 </span>' in second


def test_no_page_loads_anything_from_another_host(site, pages):
    loads = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "object": "data"}
    for name, page in pages.items():
        for tag, attribute in loads.items():
            for element in page.all(tag):
                address = element.get(attribute) or ""
                assert not re.match(r"(https?:)?//", address), f"{name} loads {address}"
        text = (site / sample_book.EDITION / name).read_text(encoding="utf-8").lower()
        assert "thebe" not in re.sub(r"<pre.*?</pre>", "", text, flags=re.DOTALL)
        assert "mathjax" not in text
    for sheet in (site / sample_book.EDITION).rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", sheet.read_text(encoding="utf-8")), sheet


def test_scripts_are_on_pages_with_figures_only(pages):
    for name, page in pages.items():
        sources = " ".join(a.get("src") or "" for a in page.all("script"))
        assert (book.BUNDLE in sources) == ("mali.js" in sources) == bool(page.specs), name


def test_the_bundle_keeps_its_names_to_itself(site):
    bundle = (site / sample_book.EDITION / "_static" / book.BUNDLE).read_text(encoding="utf-8")
    assert re.match(r"/\*[^*]*\*/\n\(function \(\) \{\n", bundle)
    assert bundle.endswith("})();\n")


def test_every_page_switches_to_the_same_page_of_the_other_editions(pages):
    for name, page in pages.items():
        assert [a["aria-label"] for a in page.all("nav", "mali-edition")] == ["Edition"], name
        up = "../" * (name.count("/") + 1)
        hrefs = [a["href"] for a in page.all("a") if (a.get("href") or "").startswith(up)]
        wanted = [f"{up}index.html", *[f"{up}{edition}/{name}" for edition, _ in sample_book.EDITIONS]]
        assert hrefs[:4] == wanted, name
        current = [a["href"] for a in page.all("a") if a.get("aria-current") == "page"]
        assert current == [f"{up}{sample_book.EDITION}/{name}"], name


def config(**values) -> SimpleNamespace:
    defaults = {
        "mali_edition": "",
        "mali_editions": [],
        "author": "A",
        "copyright": "2026",
        "html_title": "Mali: an executable report",
    }
    return SimpleNamespace(**(defaults | values))


def test_a_single_edition_has_a_title_and_no_links():
    assert book.edition_html(config(), "a/b") == ""
    alone = book.edition_html(config(mali_edition="latest", mali_editions=[["latest", "Latest"]]), "a/b")
    assert alone == '<p class="mali-edition">Edition: Latest</p>'


def test_a_citation_names_who_when_what_and_where():
    words = {"id": "x", "title": "Events rose."}
    cited = book.citation(words, config(mali_edition="y", mali_editions=[["y", "July"]]))
    assert cited == "A (2026): “Events rose”, Mali: an executable report, edition July, figure x."


def test_pages_describe_themselves_by_their_first_paragraph(pages):
    for name in sample_book.PAGES:
        found = [a["content"] for a in pages[f"{name}.html"].all("meta") if a.get("name") == "description"]
        assert len(found) == 1
        assert found[0].startswith("This book is made by a test: every group")
        assert found[0].endswith(" …")
        assert len(found[0]) <= 160


def test_text_in_a_figure_cannot_become_markup(site):
    text = (site / sample_book.EDITION / "chapters/summary.html").read_text(encoding="utf-8")
    assert "nothing &lt;here&gt; can be cited" in text
    assert "<here>" not in text
    spec = sample_book.bars().spec()
    spec["usermeta"]["mali"]["title"] = "</script><script>alert(1)</script><!--"
    html = book.figure_html(spec, anchor="fig-x")
    assert html.count("<script") == html.count("</script>") == 1
    assert "<!--" not in html


def test_a_long_table_is_cut_on_the_page_but_not_in_the_spec(site, pages):
    text = (site / sample_book.EDITION / "chapters/second.html").read_text(encoding="utf-8")
    assert "The first 400 of 900 rows are shown" in text
    assert len(json.loads(pages["chapters/second.html"].specs[-1])["usermeta"]["mali"]["table"]["rows"]) == 900


def test_builders_without_html_get_a_picture(site, sample_folder):
    done = sample_book.sphinx(sample_folder / "book", "latex")
    assert done.returncode == 0, done.stdout + done.stderr
    latex = sample_folder / "book" / "_build" / "latex"
    tex = next(latex.glob("*.tex")).read_text(encoding="utf-8")
    count = sum(map(len, sample_book.PAGES.values()))
    assert len(list(latex.glob("fig-*.png"))) == count
    assert len(re.findall(r"\\sphinxincludegraphics\{\{fig-", tex)) == count


def test_outputs_that_are_not_figures_are_left_alone():
    data = SimpleNamespace(mime_type="text/plain", content="x")
    assert book.FigureRenderer.handle_mime(None, data, False) is None
    data = SimpleNamespace(mime_type=book.MIME, content=nbformat.from_dict({"mark": "bar"}))
    assert book.FigureRenderer.handle_mime(None, data, False) is None
