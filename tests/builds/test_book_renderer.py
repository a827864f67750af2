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
from helpers import __version__
from helpers.page import book, glossary

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


@pytest.mark.parametrize(("name", "figures"), sample_book.PAGES.items(), ids=list(sample_book.PAGES))
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


def test_figures_are_numbered_anew_on_each_page_and_can_be_referred_to(site):
    second = (site / sample_book.EDITION / "chapters/second.html").read_text(encoding="utf-8")
    assert re.search(r'href="summary.html#fig-line"><span class="std std-numref">Figure 1</span>', second)
    assert 'href="summary.html#fig-map"' in second
    first = (site / sample_book.EDITION / "chapters/summary.html").read_text(encoding="utf-8")
    for page in (first, second):
        numbers = re.findall(r'<span class="caption-number">Figure (\d+) </span>', page)
        assert numbers == [str(place) for place in range(1, len(numbers) + 1)] != []


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
    words = {"id": "x", "title": "Events rose.", "source": "ACLED, version 1."}
    cited = book.citation(words, config(mali_edition="y", mali_editions=[["y", "July"]]))
    data = "Data: ACLED, version 1."
    assert cited == (
        f"A (2026): “Events rose”. Figure in Mali: an executable report, edition July, version {__version__}. {data}"
    )
    cited = book.citation(words, config(mali_edition="", mali_editions=[]), "Figure 5 ", page="Ask it yourself")
    assert cited == (
        f"A (2026): “Events rose”. Figure 5, “Ask it yourself”, in Mali: an executable report, version {__version__}. {data}"
    )


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
    assert len(json.loads(pages["chapters/second.html"].specs[-2])["usermeta"]["mali"]["table"]["rows"]) == 900


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


# ---- French --------------------------------------------------------------------------------------------


def test_pages_with_figures_or_french_have_the_language_switch(pages):
    for name, page in pages.items():
        shown = page.specs or page.all("div", "mali-bilingual")
        assert len(page.all("div", "mali-language")) == bool(shown), name
    buttons = [a for a in pages["chapters/summary.html"].all("button") if "data-mali-language" in a]
    assert [(b["lang"], b["aria-pressed"]) for b in buttons] == [("en", "true"), ("fr", "false")]


def test_a_figure_holds_its_french_words_for_the_switch_and_for_readers_without_scripts(site):
    text = (site / sample_book.EDITION / "chapters/summary.html").read_text(encoding="utf-8")
    french = sample_book.line().fr
    figure = text[text.index('id="fig-line"') : text.index("</figure>", text.index('id="fig-line"'))]
    assert f'data-fr="{french.title}"' in figure
    assert f'data-fr="{french.subtitle}"' in figure
    assert f'data-fr-label="{french.alt}"' in figure
    assert "Rien ici n’est arrivé &amp; rien &lt;ici&gt; ne peut être cité." in figure
    assert re.search(rf'<details class="mali-figure__fr" lang="fr">.*{french.title}.*{french.alt}', figure, re.DOTALL)
    without = text[text.index('id="fig-bars"') : text.index("</figure>", text.index('id="fig-bars"'))]
    assert "mali-figure__fr" not in without


def test_both_languages_of_a_text_stand_on_the_page_and_refer_to_figures(pages, site):
    page = pages["chapters/summary.html"]
    assert len(page.all("div", "mali-bilingual")) == 2
    assert [a["lang"] for a in page.all("details", "mali-bilingual__fr")] == ["fr", "fr"]
    text = (site / sample_book.EDITION / "chapters/summary.html").read_text(encoding="utf-8")
    french = text[text.index("Le pays.") : text.index("</details>", text.index("Le pays."))]
    assert re.search(r'href="#fig-line"><span class="std std-numref">Figure 1</span>', french)
    assert 'href="#fig-map">la carte</a>' in french


def test_a_heading_has_its_french_and_the_contents_only_english(site):
    text = (site / sample_book.EDITION / "chapters/summary.html").read_text(encoding="utf-8")
    assert '<h2><span data-fr="Le JNIM dans un titre">JNIM in a heading</span>' in text
    assert "<!-- fr:" not in text
    assert text.count("Le JNIM dans un titre") == 1


# ---- terms ---------------------------------------------------------------------------------------------


def test_the_first_mention_of_a_term_leads_to_its_definition(site, pages):
    links = [a["href"] for a in pages["chapters/summary.html"].all("a", "mali-term")]
    assert links == [f"method/glossary.html#term-{t}" for t in ("jnim", "cercle", "minusma", "acled", "vac")]
    ids = {a["id"] for _, a in pages["chapters/method/glossary.html"].elements if a.get("id")}
    assert {link.split("#")[1] for link in links} <= ids
    assert pages["chapters/method/glossary.html"].all("a", "mali-term") == []
    tips = pages["chapters/summary.html"].all("div", "mali-tip")
    assert [t["id"] for t in tips] == [
        a["aria-describedby"] for a in pages["chapters/summary.html"].all("a", "mali-term")
    ]
    assert all(t["role"] == "tooltip" and "hidden" in t for t in tips)
    text = (site / sample_book.EDITION / "chapters/summary.html").read_text(encoding="utf-8")
    for untouched in ('<span class="pre">JNIM</span>', ">MINUSMA</a> in a link", "JNIM in a heading</span>", "Le JNIM"):
        assert untouched in text


def test_definitions_at_a_word_know_nothing_later_than_the_word():
    # Pages of early editions show them: no year after Wagner's arrival, which names itself.
    for term in (*glossary.terms(), *glossary.french_terms()):
        if term.forms and term.id != "reports":
            assert all(int(year) <= 2021 for year in re.findall(r"\b20\d\d\b", term.text)), term.id


def test_every_term_finds_its_own_name_and_ids_are_unique():
    all_terms = glossary.terms()
    ids = frozenset(term.id for term in all_terms if term.forms)
    assert len({term.id for term in all_terms}) == len(all_terms)
    found = {name for term in all_terms for _, _, name in glossary.mentions(term.name, ids)}
    words = "pace of a year; an edition; fatalities; GATIA; Wagner; an unidentified group; self-defence groups; separatists; around Bamako"
    found |= {name for _, _, name in glossary.mentions(words, ids)}
    assert found == ids


def test_french_pages_have_the_terms_in_french():
    french = {term.id: term for term in glossary.french_terms()}
    english = {term.id: term for term in glossary.terms()}
    assert len(french) == 30
    assert not any(
        mark in term.text + term.forms
        for term in (*french.values(), *english.values())
        for mark in ("<km>", "<coup>", "<north>")
    )
    assert all(term.text != english[name].text for name, term in french.items())
    ids = frozenset(french)
    words = (
        "Le GSIM (JNIM) et les séparatistes, autour de Bamako et dans le nord du Mali ; des événements impliquant des "
        "groupes islamistes armés, la junte, les dozos, un intervalle, d’après l’UCDP et ACLED."
    )
    assert {name for _, _, name in glossary.mentions(words, ids, french=True)} == {
        "jnim", "separatists", "around-bamako", "northern-mali", "militant-islamist", "junta", "militias", "interval",
        "ucdp", "acled",
    }  # fmt: skip
    assert "\u202f:" in french["acled"].text


def test_terms_are_whole_words_and_the_longest_wins():
    every = frozenset(term.id for term in glossary.terms() if term.forms)
    assert list(glossary.mentions("ACLEDs JNIM-like sub-cercle encercled", every)) == []
    assert [n for _, _, n in glossary.mentions("violence against civilians, militant Islamist events", every)] == [
        "vac",
        "militant-islamist",
    ]


# ---- search and files ----------------------------------------------------------------------------------


def test_the_search_page_knows_every_figure_and_term(site):
    folder = site / sample_book.EDITION
    code = (folder / "_static" / "mali-findings.js").read_text(encoding="utf-8")
    rows = json.loads(code.removeprefix("globalThis.maliFindings=").removesuffix(";\n"))
    figures = [make() for makers in sample_book.PAGES.values() for make in makers]
    assert [r["title"] for r in rows if r["kind"].startswith("Figure")] == [f.title for f in figures]
    assert [r["kind"] for r in rows[:2]] == ["Figure 1", "Figure 2"]
    assert rows[0]["fr"] == figures[0].fr.title
    assert sum(r["kind"] == "Term" for r in rows) == len(glossary.terms())
    for row in rows:
        page, _, anchor = row["href"].partition("#")
        assert f'id="{anchor}"' in (folder / page).read_text(encoding="utf-8")
    assert "mali-findings.js" in (folder / "search.html").read_text(encoding="utf-8")


def test_each_figure_leads_to_the_notebook_that_makes_it(site, pages):
    for name, figures in sample_book.PAGES.items():
        links = [a for a in pages[f"{name}.html"].all("a") if (a.get("download") or "").endswith(".ipynb")]
        assert len(links) == len(figures)
        for link in links:
            notebook = (site / sample_book.EDITION / f"{name}.html").parent / link["href"]
            outputs = [o for c in nbformat.read(notebook, 4).cells if c.cell_type == "code" for o in c.outputs]
            assert sum(book.MIME in o.get("data", {}) for o in outputs) == len(figures)


def test_code_is_hidden_but_one_click_away_and_named_by_what_it_shows(pages, site):
    text = (site / sample_book.EDITION / "chapters/summary.html").read_text(encoding="utf-8")
    hidden = re.findall(
        r'<details class="admonition hide above-input">\s*<summary>\s*<p[^>]* data-fr="Afficher le code">Show the code</p>',
        text,
    )
    assert len(hidden) == len(sample_book.PAGES["chapters/summary"]) + 2
    assert "Toggle hidden content" not in text
    # One switch a page opens them all; it needs a script, and hides without one.
    switches = re.findall(r'<button[^>]*class="mali-code-switch"[^>]*>', text)
    assert len(switches) == 1
    assert " hidden" in switches[0]
    assert 'aria-pressed="false"' in switches[0]
    assert 'data-fr="Montrer le code de cette page"' in switches[0]
