"""French pages: every chapter with one has French that is not stale; what such a page says, with and without scripts."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import altair as alt
import nbformat
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup
from docutils import nodes

import browser as chromium
import sample_book
from bookbuild.books import html_of
from french import PARTING, parted, unmarked, unsaid
from helpers import editions
from helpers.builds import books, front
from helpers.editions import Report
from helpers.figures import Figure, Words
from helpers.markup import piece
from helpers.page import book, french_pages, judge, scripts, translate, twins
from helpers.page.bilingual import MIME, Bilingual
from helpers.page.typeset import typeset
from helpers.story import actors, evidence_audit, timeline
from helpers.words.both import Both
from test_typeset import TYPED, printed

CHAPTERS = sorted((sample_book.REPOSITORY / "chapters").rglob("*.ipynb"))
WITH_FRENCH = [path for path in CHAPTERS if twins.has_french(nbformat.read(path, 4))]
SOURCE = sample_book.SOURCE

# ---- the chapters ----------------------------------------------------------------------------------------


def faults(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the Markdown cells of a notebook whose French is missing or stale, a line each."""
    return [
        f"cell {number}, {cell.source.strip().splitlines()[0]!r}: its French is {found} (hash of the English: "
        f"{twins.digest(cell.source)})"
        for number, cell in enumerate(notebook.cells, start=1)
        if (found := twins.fault(cell))
    ]


@pytest.mark.parametrize("path", WITH_FRENCH, ids=lambda path: path.stem)
def test_every_text_of_a_chapter_with_a_french_page_has_french_of_this_very_english(path):
    assert faults(nbformat.read(path, 4)) == []


def test_start_report_and_evidence_have_french_pages():
    names = {str(path.relative_to(sample_book.REPOSITORY / "chapters").with_suffix("")) for path in WITH_FRENCH}
    report = {"summary", "trajectory", "junta", "wagner", "northern", "central", "southern", "scorecard", "outlook"}
    report |= {"now", "actors", "places", "timeline"}
    assert names >= report | {f"evidence/{name}" for name in ("army", "audit", "country", "power", "zones")}


# ---- a notebook ------------------------------------------------------------------------------------------


def cell(english: str, french: str = "", of: str = "") -> nbformat.NotebookNode:
    known = {"fr": {"text": french, "of": of or twins.digest(english)}} if french else {}
    return nbformat.v4.new_markdown_cell(english, metadata=known)


def test_a_changed_or_new_text_is_found_and_named_with_its_hash():
    cells = [cell("# One", "# Un"), cell("Two.", "Deux.", of="0" * 12), cell("Three."), cell("<!-- a note -->")]
    found = faults(nbformat.v4.new_notebook(cells=cells))
    assert [re.sub(r"\(.*", "", line) for line in found] == [
        "cell 2, 'Two.': its French is stale ",
        "cell 3, 'Three.': its French is missing ",
    ]
    assert twins.digest("Two.") in found[0]


def test_a_notebook_without_french_has_no_twin():
    # One passage in French does not make a page: the page's name must have it.
    for cells in ([cell("# One")], [cell("# One"), cell("Two.", "Deux.")], []):
        assert twins.twin(nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()) is None


def test_a_twin_never_shows_the_french_of_another_english():
    cells = [cell("# One", "# Un ?"), cell("## Two\n\nWords.", "## Deux\n\nMots.", of="0" * 12), cell("Three.")]
    made = json.loads(twins.twin(nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()))
    first, second, third = ("".join(one["source"]) for one in made["cells"])
    assert first == "# Un\u202f?"
    assert "Deux" not in second
    assert second.startswith("## [Two]{.language-en}\n\n*" + twins.FOR_NOW["stale"])
    assert "language-en\nWords.\n" in second
    assert third.startswith(f"*{twins.FOR_NOW['missing']}*")


# ---- a figure --------------------------------------------------------------------------------------------


def figure() -> Figure:
    frame = pd.DataFrame({"Year": [2021, 2022], "Events": [1250, 2400]})
    return Figure(
        id="both",
        title="Events doubled in an invented country",
        subtitle="Violent events per year, 2021 and 2022",
        chart=alt.Chart(frame).mark_bar().encode(x=alt.X("Year:O", title=None), y=alt.Y("Events:Q", title="Events")),
        frame=frame,
        alt="Two bars: 1,250 events in 2021, 2,400 in 2022.",
        source=SOURCE,
        caveat=Both("Invented.", "Inventé."),
        fr=Words(
            title="Les événements ont doublé dans un pays inventé",
            subtitle="Événements violents par an, 2021 et 2022",
            alt="Deux barres : 1 250 événements en 2021, 2 400 en 2022.",
            chart={"Events": "Événements", "Year": "Année"},
        ),
    )


def test_a_french_specification_is_french_in_all_its_words_and_numbers():
    spec = translate.french(figure().spec())
    words = spec["usermeta"]["mali"]
    assert "fr" not in words
    assert spec["title"]["text"] == ["Les événements ont doublé dans un pays inventé."]
    assert spec["encoding"]["y"]["title"] == "Événements"
    assert spec["encoding"]["y"]["field"] == "Events"
    assert words["table"]["columns"] == ["Année", "Événements"]
    assert words["caveat"] == "Inventé."
    assert spec["config"]["locale"]["number"]["decimal"] == ","


def test_what_a_chart_says_of_a_period_is_put_into_french_as_a_whole():
    spec = {"datasets": {"t": [{"text": "January-June 2023: 1,523 events"}]}, "usermeta": {"mali": {}}}
    spec["usermeta"]["mali"] = {
        "table": {"columns": [], "rows": []},
        "fr": {"title": "x", "chart": {"Events": "Événements"}},
    }
    assert translate.french(spec)["datasets"]["t"] == [{"text": "janvier-juin 2023\u202f: 1\u202f523 événements"}]


def test_common_words_are_french_unless_the_chart_compares_with_them():
    spec = {
        "transform": [{"fold": ["Events"]}, {"filter": "datum.side == 'Others' && datum['Deaths'] > 1"}],
        "encoding": {
            "y": {"field": "Deaths", "title": "Deaths"},
            "color": {"scale": {"domain": ["Others", "Civilians"]}},
        },
        "usermeta": {"mali": {"table": {"columns": ["Half-year"], "rows": []}, "fr": {"title": "x"}}},
    }
    made = translate.french(spec)
    assert made["transform"] == spec["transform"]
    assert made["encoding"]["y"] == {"field": "Deaths", "title": "Morts"}
    assert made["encoding"]["color"]["scale"]["domain"] == ["Others", "Civils"]
    assert made["usermeta"]["mali"]["table"]["columns"] == ["Semestre"]


SAME = {"Zone", "Cercle", "Cause", "Score", "Record", "Force", "Mission", "Site", "Bases", "Projection", "Latitude", "Longitude",
        "Verdict", "Source", "Wagner"}  # fmt: skip
"""Heads that are the same word in French, and a name."""


@pytest.mark.parametrize("path", WITH_FRENCH, ids=lambda path: path.stem)
def test_no_head_of_a_figures_table_is_english_on_a_french_page(path):
    outputs = [out for cell in nbformat.read(path, 4).cells for out in cell.get("outputs", ())]
    specs = [
        spec
        for out in outputs
        for spec in out.get("data", {}).values()
        if isinstance(spec, dict) and "usermeta" in spec
    ]
    for spec in specs:
        heads = [made["usermeta"]["mali"]["table"]["columns"] for made in (spec, translate.french(spec))]
        assert {one for one, told in zip(*heads, strict=True) if one == told} <= SAME


def held(value, key: str = "") -> list[str]:
    """Return the texts of a specification that are no code and hold a space at which a line may end before a sign."""
    if isinstance(value, dict):
        return [text for name, part in value.items() if name != "locale" for text in held(part, name)]
    if isinstance(value, list):
        return [text for part in value for text in held(part, key)]
    code = key in translate._CODE or key.endswith("Expr") or key in ("source", "href", "id")
    return [value] if isinstance(value, str) and not code and PARTING.search(value) else []


@pytest.mark.parametrize("path", WITH_FRENCH, ids=lambda path: path.stem)
def test_no_line_ends_before_a_sign_in_what_a_page_draws_or_computes(path):
    for out in (out for cell in nbformat.read(path, 4).cells for out in cell.get("outputs", ())):
        for kind, made in out.get("data", {}).items():
            if isinstance(made, dict) and "usermeta" in made:
                assert held(translate.french(made)) == []
            elif kind == MIME:
                assert parted(BeautifulSoup(typeset(made["fr"], "fr"), "html.parser")) == []


def test_no_line_ends_before_a_sign_in_what_scripts_say():
    said = [text for name in scripts.PARTS for text in re.findall(r'"(?:[^"\\\n]|\\.)*"', scripts.joined(name))]
    assert [text for text in said if PARTING.search(text) and re.search(r"[éèêàçùœ’«»]", text)] == []


# ---- a book ----------------------------------------------------------------------------------------------

BOX = (
    '<details class="mali-claim" data-judge="R23-09"><summary><span data-fr="La part">The share</span></summary>'
    '<div aria-label="Parts" data-fr-label="Les parts"><p data-fr="Un quart &lt;ici&gt;">A quarter &lt;here&gt;</p></div>'
    "</details>"
)


def notebook() -> nbformat.NotebookNode:
    v4 = nbformat.v4

    def shown(bundle: dict) -> nbformat.NotebookNode:
        output = v4.new_output("display_data", bundle)
        return v4.new_code_cell("shown()", outputs=[output], execution_count=1, metadata={"tags": ["hide-input"]})

    cells = [
        cell("# Both languages", "# Les deux langues"),
        cell(
            "Invented words, see {numref}`fig-both`, [the same](#fig-both), "
            '[the start](summary.ipynb), [the words](method/glossary.md) and <a href="both.html#explore?what=all&amp;by=month">a question</a> (<a href="both.html#entry-a">when</a>).',
            "Mots inventés, voir {numref}`fig-both`, [la même](#fig-both), "
            '[le début](summary.ipynb), [les mots](method/glossary.md) et <a href="both.html#explore?what=all&amp;by=month">une question</a> (<a href="both.html#entry-a">quand</a>).',
        ),
        shown(Bilingual("Computed: **12**.", "Calculé\u202f: **12**.")._repr_mimebundle_()),
        shown(figure()._repr_mimebundle_()),
        shown({"text/html": BOX, "text/plain": "The share"}),
        shown({"text/markdown": "Only in English.", "text/plain": "Only in English."}),
        shown(
            {"text/html": "<p data-fr='Part'>Share</p><table><tr><td>All readings</td></tr></table>", "text/plain": "x"}
        ),
        cell("JNIM in a cercle.", "Le GSIM dans les cercles."),
        cell("## A section\n\nChanged words.", "## Une section\n\nVieux mots.", of="0" * 12),
    ]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return v4.new_notebook(cells=cells, metadata=metadata | {"language_info": {"name": "python"}})


@pytest.fixture(scope="module")
def work(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("both") / "book"
    summary = nbformat.v4.new_notebook(cells=[cell("# Start\n\nSee [both](both.ipynb).")])
    toc = folder.parent / "_toc.yml"
    named = ("both", "method/glossary")
    parts = [{"caption": "The report", "chapters": [{"file": f"chapters/{name}"} for name in named]}]
    toc.write_text(yaml.safe_dump({"format": "jb-book", "root": "chapters/summary", "parts": parts}), encoding="utf-8")
    books.lay_out(
        folder,
        config=sample_book.REPOSITORY / "_config.yml",
        toc=toc,
        edition=sample_book.EDITION,
        shown=sample_book.EDITIONS,
        pages={
            "chapters/summary.ipynb": nbformat.writes(summary).encode(),
            "chapters/both.ipynb": nbformat.writes(notebook()).encode(),
            "chapters/method/glossary.md": b"# Glossary\n\nMali's terms.\n\n```{mali-glossary}\n```\n",
        },
    )
    done = sample_book.sphinx(folder, "html")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def html(work) -> Path:
    return html_of(work)


@pytest.fixture(scope="module")
def pages(html) -> dict[str, BeautifulSoup]:
    return {
        name: BeautifulSoup((html / "chapters" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        for name in ("both", "both.fr")
    }


def words(soup: BeautifulSoup) -> str:
    article = BeautifulSoup(str(soup.select_one("article")), "html.parser")
    for code in article.select(".cell_input"):
        code.decompose()
    return article.get_text(" ")


def test_pages_are_set_with_the_apostrophe_of_print(html):
    page = (html / "chapters" / "method" / "glossary.html").read_text(encoding="utf-8")
    assert "Mali’s terms." in page
    assert not TYPED.search(printed(page).partition("Glossary")[2])


FRENCH = ("Les deux langues", "Mots inventés", "Calculé", "ont doublé", "Inventé.", "Données", "La part", "Un quart")
ENGLISH = ("Both languages", "Invented words", "Computed", "Events doubled", "Data table", "The share", "A quarter")


def test_each_page_has_its_language_and_only_that(pages, html):
    assert [pages[name].html["lang"] for name in ("both", "both.fr")] == ["en", "fr"]
    for text in FRENCH:
        assert text in words(pages["both.fr"])
        assert text not in str(pages["both"])
    for text in ENGLISH:
        assert text in words(pages["both"])
        assert text not in str(pages["both.fr"].select_one("article"))
    assert not pages["both.fr"].select("[data-fr], [data-fr-label], .mali-figure__fr, .mali-bilingual")
    assert not pages["both"].select("article :is([data-fr], [data-fr-label], .mali-figure__fr, .mali-bilingual)")


def test_a_part_of_a_box_that_is_in_english_says_so_once_beside_its_name_and_so_do_sources():
    html = (
        "<dl><dt data-fr='Dans les données'>In the data</dt><dd lang='en'>Five events.</dd>"
        "<dt data-fr='Mesure'>Measure</dt><dd data-fr='Événements'>Events</dd>"
        "<dt data-fr='Sources'>Sources</dt><dd lang='en'>An agency</dd></dl>"
        "<details class='mali-claim__readings'><summary data-fr='Toutes les lectures'>All readings</summary>"
        "<div><table><tr><td>A reading of words</td></tr></table></div></details>"
        "<details class='mali-claim__readings'><summary data-fr='Toutes les lectures'>All readings</summary>"
        "<div><table><tr><td data-fr='Effectif'>Troops</td><td>An agency</td></tr></table></div></details>"
    )
    node = nodes.raw("", html, format="html")
    assert french_pages._one_language(node, twins.Tongue("fr"))
    said = BeautifulSoup(node.astext(), "html.parser")
    names = [tag.get_text() for tag in said.select("dt, summary")]
    assert names == [
        *("Dans les données (en anglais)", "Mesure", "Sources (en anglais)", "Toutes les lectures (en anglais)"),
        "Toutes les lectures (sources citées en anglais)",
    ]


def test_text_in_an_attribute_cannot_become_markup(pages):
    assert "Un quart &lt;ici&gt;" in str(pages["both.fr"])
    assert pages["both.fr"].select_one(".mali-claim [aria-label]")["aria-label"] == "Les parts"


def test_pages_whose_boxes_have_choices_load_their_script_and_the_book_holds_their_data(pages, html):
    """The box keeps its mark in both languages; the data lie beside the script, which names them by its own address."""
    for soup in pages.values():
        assert soup.select_one("details.mali-claim")["data-judge"] == "R23-09"
        (script,) = soup.select('script[src*="judge"]')
        assert re.match(r"\.\./_static/judge\.js\?v=\w+$", script["src"])
    assert "judge.js" not in (html / "chapters" / "summary.html").read_text(encoding="utf-8")
    data = html / "_static" / "judge"
    assert [path.name for path in data.iterdir()] == ["R23-09.js"]
    assert (data / "R23-09.js").read_text(encoding="utf-8") == judge.script("R23-09")


def test_the_two_pages_name_each_other(pages):
    for name, current in (("both", "both.html"), ("both.fr", "both.fr.html")):
        nav = pages[name].select("nav.mali-language a")
        assert [(a["hreflang"], a["lang"], a["href"]) for a in nav] == [
            ("en", "en", "both.html"),
            ("fr", "fr", "both.fr.html"),
        ]
        assert [a["href"] for a in nav if a.get("aria-current")] == [current]
        heads = pages[name].select('head link[rel="alternate"]')
        assert [(a["hreflang"], a["href"]) for a in heads] == [("en", "both.html"), ("fr", "both.fr.html")]


def test_what_stays_in_english_is_marked_and_said(pages):
    french = pages["both.fr"]
    assert french_pages.STAYS in french.select_one(".mali-language__stays").get_text()
    for text in ("Only in English.", "All readings", "A section", "Changed words."):
        found = french.find(string=re.compile(re.escape(text)))
        assert found.find_parent(lang=True)["lang"] == "en", text
    assert french.select_one(".mali-foreign__said").get_text() == "En anglais"
    assert twins.FOR_NOW["stale"] in words(french)
    assert french.select_one(".mali-figure__source [lang=en]").get_text() == SOURCE
    assert not pages["both"].select(".mali-foreign, .mali-foreign__said")


def test_terms_have_their_definition_in_the_language_of_the_page(pages):
    told = {
        name: {link.get_text(): link for link in page.select("article a.mali-term")} for name, page in pages.items()
    }
    assert list(told["both"]) == ["JNIM", "cercle"]
    assert list(told["both.fr"]) == ["GSIM", "cercles"]
    link = told["both.fr"]["GSIM"]
    assert (link["href"], link["hreflang"]) == ("method/glossary.html#term-jnim", "en")
    assert "Groupe de soutien à l’islam" in pages["both.fr"].find(id=link["aria-describedby"]).get_text()
    assert "Group for the Support of Islam" in pages["both"].find(id="tip-jnim").get_text()


def test_every_link_of_a_french_page_to_a_page_without_french_says_so(pages):
    french = pages["both.fr"]
    assert unmarked(french) == []
    assert "Le lien mène au glossaire, en anglais." in french.find(id="tip-jnim").get_text()
    assert "en anglais" not in pages["both"].find(id="tip-jnim").get_text()
    # The theme's own links too, which no text of ours holds.
    assert french.select_one(".prev-next-area a.left-prev")["hreflang"] == "en"


def test_no_line_of_a_french_page_ends_before_a_sign_not_in_its_title_nor_in_labels(pages):
    assert parted(pages["both.fr"]) == []


def test_who_made_the_book_is_said_in_the_language_of_the_page(pages):
    by = {name: " ".join(page.select_one(".component-author").get_text().split()) for name, page in pages.items()}
    assert by["both"] == "By The Mali executable report maintainers"
    assert by["both.fr"] == "Par l’équipe du rapport exécutable sur le Mali"
    assert pages["both.fr"].select_one(".mali-figure__citation").get_text().startswith("L’équipe du rapport exécutable")


def test_lists_whose_sources_are_cited_in_english_say_so_once():
    report, speaks = Report("2023-07"), twins.Tongue("fr")
    node = nodes.raw("", timeline.known(report)._repr_mimebundle_()["text/html"], format="html")
    assert french_pages._one_language(node, speaks)
    facts, cards = (made._repr_mimebundle_()[MIME]["fr"] for made in (timeline.marked(report), actors.cards(report)))
    made = {"facts": facts, "timeline": node.astext(), "cards": cards}
    for name, html in made.items():
        soup = BeautifulSoup(html, "html.parser")
        assert soup.select(".mali-facts__source[lang=en]"), name
        assert unsaid(soup) == [], name
        assert len(soup.select(".mali-foreign__mark, .mali-foreign__said")) == 1, name


def test_a_figure_has_one_number_and_one_anchor_in_both_languages(pages):
    numbers = [pages[name].select_one("#fig-both .caption-number").get_text() for name in pages]
    assert numbers == ["Figure 1 ", "Figure 1 "]
    links = [a["href"] for a in pages["both.fr"].select('article a[href*="fig-both"].reference')]
    assert set(links) == {"both.fr.html#fig-both"}
    asked = [a["href"] for name in ("both", "both.fr") for a in pages[name].select('article a[href*="#explore?"]')]
    assert asked == ["both.html#explore?what=all&by=month", "both.fr.html#explore?what=all&by=month"]
    dated = [a["href"] for name in ("both", "both.fr") for a in pages[name].select('article a[href*="#entry-"]')]
    assert dated == ["both.html#entry-a", "both.fr.html#entry-a"]
    assert len(links) == 2


def test_charts_tables_and_citations_are_french(pages):
    drawn = pages["both.fr"].select_one("#fig-both")
    texts = [text.get_text() for text in drawn.select(".mali-figure__static svg text")]
    assert {"1\u202f000", "Événements"} <= set(texts)
    assert not {"1,000", "Events"} & set(texts)
    assert drawn.select_one("svg.marks")["aria-label"] == figure().fr.alt
    assert [th.get_text() for th in drawn.select("thead th")] == ["Année", "Événements"]
    assert [[c.get_text() for c in row.select("th, td")] for row in drawn.select("tbody tr")] == [
        ["2021", "1\u202f250"],
        ["2022", "2\u202f400"],
    ]
    cited = drawn.select_one(".mali-figure__citation").get_text()
    heading = pages["both.fr"].h1.find(string=True)
    assert (
        f"«\u202fLes événements ont doublé dans un pays inventé\u202f». Figure 1, «\u202f{heading}\u202f», dans Le Mali en guerre, en chiffres"
        in cited
    )
    assert drawn["data-edition"] == "Juillet 2023"
    spec = json.loads(drawn.select_one("script.mali-figure__spec").string)
    assert spec == translate.french(figure().spec())
    plain = json.loads(pages["both"].select_one("script.mali-figure__spec").string)
    assert "fr" not in plain["usermeta"]["mali"]


def test_what_stands_around_the_text_is_french_and_leads_to_french_pages(pages):
    french = pages["both.fr"]
    assert french.select_one(".caption-text").get_text() == "Le rapport"
    current = french.select_one(".bd-links li.current a")
    assert current.get_text() == "Les deux langues"
    assert french.select_one("nav.mali-edition")["aria-label"] == "Édition"
    assert french.select_one("nav.mali-edition a")["href"].endswith("/index.fr.html")
    assert "Passer au contenu principal" in french.get_text()
    assert "Afficher le code" in french.get_text()
    assert "Show the code" not in french.get_text()
    labels = {tag[name] for name in ("title", "aria-label") for tag in french.select(f"[{name}]")}
    assert [text for text in labels if re.search(r"\b(?:the|this|[Tt]oggle|Search|Link|Download|Main)\b", text)] == []
    for link in french.select(
        'article a[href*="summary.html"], article a[href*="glossary.html"], .bd-links a[href*="glossary.html"]'
    ):
        assert link["hreflang"] == "en", link
    for link in french.select('article a[href*="both.fr"], .bd-links a[href*="both.fr"]'):
        assert link.get("hreflang") != "en", link
    before = french.select_one(".prev-next-area a.left-prev")
    assert before["href"] == "summary.html"
    assert before.select_one("[lang=en]").get_text() == "Start"


def test_a_finding_is_listed_once_with_both_addresses(html):
    code = (html / "_static" / "mali-findings.js").read_text(encoding="utf-8")
    rows = json.loads(code.removeprefix("globalThis.maliFindings=").removesuffix(";\n"))
    assert [(row["href"], row["hrefFr"]) for row in rows if row["kind"] != "Term"] == [
        ("chapters/both.html#fig-both", "chapters/both.fr.html#fig-both")
    ]


def test_the_joined_book_is_in_english(work, html, tmp_path):
    page = books.join(work, sample_book.EDITION, "July 2023", html / "_sources", tmp_path / "joined")
    text = page.read_text(encoding="utf-8")
    assert text.count("Both languages</h1>") + text.count("Both languages<a") == 1
    assert "Mots inventés" not in text


# ---- in a browser ----------------------------------------------------------------------------------------


def test_without_scripts_a_reader_goes_from_one_language_to_the_other(browser, html):
    with chromium.visit(browser, java_script_enabled=False) as seen:
        seen.go(html / "chapters" / "both.fr.html", drawn=False)
        assert seen.page.get_by_text("Mots inventés").is_visible()
        assert seen.page.locator("#fig-both .mali-figure__finding").inner_text() == figure().fr.title
        assert "1\u202f000" in seen.page.locator("#fig-both .mali-figure__static").inner_text()
        after = "link => getComputedStyle(link, '::after').content"
        mark = seen.page.locator("article a[href*='glossary.html']:not(.mali-term)").first.evaluate(after)
        assert mark.startswith('"\u00a0EN"')
        assert "EN" not in seen.page.locator("nav.mali-language a[hreflang=en]").evaluate(after)
        # Without scripts no definition opens that would say where a term leads.
        assert "EN" in seen.page.locator("article a.mali-term").first.evaluate(after)
        seen.page.locator("nav.mali-language a[hreflang=en]").click()
        assert seen.page.url.endswith("/both.html")
        assert seen.page.get_by_text("Invented words").is_visible()
        seen.page.locator("nav.mali-language a[hreflang=fr]").click()
        assert seen.page.url.endswith("/both.fr.html")


def test_scripts_draw_french_charts_and_keep_the_page_french(browser, html):
    with chromium.visit(browser) as seen:
        seen.go(html / "chapters" / "both.fr.html")
        drawn = seen.svg("fig-both")
        assert "1\u202f000" in drawn
        assert "Événements" in drawn
        assert seen.page.evaluate("document.documentElement.dataset.language") == "fr"
        assert seen.violations() == []
        assert seen.overflow() == []
        seen.page.locator("nav.mali-language a[hreflang=en]").click()
        seen.page.wait_for_function(chromium.DRAWN, timeout=chromium.PATIENCE)
        assert "1,000" in seen.svg("fig-both")
        assert seen.page.evaluate("document.documentElement.dataset.language") == "en"
        assert seen.errors == []
        assert seen.outside == []


@pytest.mark.parametrize(("language", "named"), [("en", "Both languages"), ("fr", "Les deux langues (en français)")])
def test_the_search_lists_a_page_once_in_the_readers_language(browser, html, language, named):
    with chromium.visit(browser) as seen:
        seen.go(html / "chapters" / f"both{'.fr' if language == 'fr' else ''}.html")
        seen.go(f"{(html / 'search.html').as_uri()}?q=synthetic", drawn=False)
        links = seen.page.locator("#search-results ul.search li > a")
        links.first.wait_for(timeout=chromium.PATIENCE)
        assert links.all_inner_texts() == [named]


@pytest.mark.parametrize("chapter", ["central", "northern", "southern", "trajectory", "wagner"])
def test_what_happened_next_is_true_of_the_latest_edition_too(chapter, root):
    """Its dated events run past its last month of counts, so that no page may say that it stops at its date."""
    text = (root / "chapters" / f"{chapter}.ipynb").read_text(encoding="utf-8")
    assert "Only here does the page count months after its edition’s" in text
    assert "la page compte des mois postérieurs à celui de son édition" in text
    assert "looks past its date" not in text
    assert "regarde au-delà de sa date" not in text


def test_a_page_in_english_only_says_so_and_leads_to_the_book_in_french():
    class App:
        class env:
            found_docs = frozenset({"chapters/summary.fr", "chapters/depth/forecast"})

        class builder:
            @staticmethod
            def get_relative_uri(page, target):
                return os.path.relpath(f"{target}.html", Path(page).parent)

    made = BeautifulSoup(book.english_only(App, "chapters/depth/forecast"), "html.parser")
    assert made.get_text() == "In English only · Le livre en français"
    assert (made.a["href"], made.a["hreflang"]) == ("../summary.fr.html", "fr")
    assert "n’existe qu’en anglais" in piece("switch_note")
    assert ">Français<" not in piece("switch"), "the switch promises no more than the titles that it gives"
    App.env.found_docs = frozenset()
    assert book.english_only(App, "chapters/depth/forecast") == "", "a book without French has nowhere to lead to"


def test_the_front_page_has_an_address_in_each_language():
    made = {name: BeautifulSoup(page, "html.parser") for name, page in front.front_pages(editions.listed()).items()}
    assert {name: page.html["lang"] for name, page in made.items()} == {"index.html": "en", "index.fr.html": "fr"}
    for page in made.values():
        heads = page.select("head link[hreflang]:not([type])")
        assert [(link["hreflang"], link["href"]) for link in heads] == [("en", "index.html"), ("fr", "index.fr.html")]
    english, french = made.values()
    assert english.select_one(".mali-language a[rel=alternate]")["href"] == "index.fr.html"
    assert french.select_one(".mali-language a[rel=alternate]")["href"] == "index.html"
    # The address until now, index.html#fr, leads on without script.
    assert english.find(id="fr").a["href"] == "index.fr.html"
    assert french.title.get_text() == french.h1.get_text() == "Le Mali en guerre, en chiffres"
    inner = [link for link in french.select("a[href]") if re.search(r"chapters/|^(?:editions|compare)", link["href"])]
    assert len(inner) > 10
    # The method is in English only: its links say so.
    abroad = [link for link in inner if ".fr.html" not in link["href"]]
    assert [link["href"].partition("chapters/")[2] for link in abroad] == [
        "method/data.html",
        "method/rerun.html",
        "method/issues.html",
        # Sources, licences and how to cite each, at the foot.
        "method/data.html",
    ]
    assert {link["hreflang"] for link in abroad} == {"en"}
    assert "(en anglais sauf l’audit)" in abroad[0].parent.get_text()
    assert [tag.get_text() for tag in french.select("body [lang=en]")] == ["English"]
    assert parted(french) == []


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "told"), [(None, "Force: 47 days"), ({"number": {}}, "Force\u202f: 47 days")])
def test_names_raised_over_bars_on_a_phone_have_the_colon_of_their_language(browser, locale, told):
    spec = {
        "config": {"locale": locale} if locale else {},
        "data": {"values": [{"who": "Force", "note": "47 days", "to": "2023-07-01"}]},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"y": {"field": "who"}}},
            {
                "mark": {"type": "text", "align": "left"},
                "encoding": {"x": {"field": "to", "type": "temporal"}, "text": {"field": "note"}},
            },
        ],
    }
    parts = "".join(
        (scripts.FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in ("words", "views", "labels")
    )
    with chromium.visit(browser) as seen:
        made = seen.page.evaluate(f"(spec) => {{ {parts}\nraiseNames(spec); return spec; }}", spec)
    assert made["layer"][1]["data"]["values"][0]["note"] == told


@pytest.mark.browser
def test_the_old_address_of_the_french_front_page_shows_the_new_one_without_scripts(browser, tmp_path):
    for name, page in front.front_pages([editions.find("2023-07")]).items():
        (tmp_path / name).write_text(page, encoding="utf-8")
    with chromium.visit(browser, java_script_enabled=False) as seen:
        seen.page.goto((tmp_path / "index.html").as_uri())
        assert not seen.page.locator("#fr").is_visible()
        seen.page.goto((tmp_path / "index.html").as_uri() + "#fr")
        seen.page.locator("#fr a").click()
        assert seen.page.url.endswith("/index.fr.html")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_widest_table_of_the_audit_has_room_in_its_page(browser, tmp_path, language):
    """As wide as its column at 1280 px: ten heads, each with the arrow that sorts, stood 114 px beyond it in French."""
    css = (Path(book.__file__).parent / "static" / "mali.css").read_text(encoding="utf-8")
    soup = BeautifulSoup(
        getattr(evidence_audit.spaces(Report("latest")), {"en": "english", "fr": "french"}[language]).html(
            french=language == "fr"
        ),
        "html.parser",
    )
    for head in soup.select("thead th"):
        head.string.wrap(soup.new_tag("button", attrs={"class": "mali-listing__sort"}))
    page = f'<meta charset="utf-8"><style>{css}</style><div style="width:688px;font:16px/1.65 sans-serif">{soup}</div>'
    (tmp_path / "table.html").write_text(page, encoding="utf-8")
    with chromium.visit(browser) as seen:
        seen.page.set_viewport_size({"width": 1280, "height": 900})
        seen.page.goto((tmp_path / "table.html").as_uri())
        wide = seen.page.locator(".mali-table-wrap").evaluate("found => found.scrollWidth - found.clientWidth")
        assert wide <= 0
