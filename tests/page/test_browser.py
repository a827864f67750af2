"""The book in a real browser with the network cut: the sample book, the built site, and JupyterLab."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import threading
import zlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname
from xml.etree import ElementTree

import altair as alt
import nbformat
import pandas as pd
import pytest

import browser as chromium
import sample_book
import waits
from helpers import __version__, charts
from helpers.charts.parts import dates_named
from helpers.figures import SMALL_CAVEAT

pytestmark = pytest.mark.browser

SITE = Path(os.environ.get("MALI_SITE") or sample_book.REPOSITORY / "site").resolve()
PAGES = chromium.pages_of(SITE)
DARK_EDITION = sample_book.EDITION


@pytest.fixture(scope="session")
def chapters(browser, tmp_path_factory) -> Path:
    folder = sample_book.folder(tmp_path_factory)
    return sample_book.build(folder) / sample_book.EDITION / "chapters"


def clean(seen: chromium.Visit) -> None:
    assert seen.outside == [], "the page asked another host"
    assert seen.errors == [], "the browser reported errors"


def test_the_watch_itself_works(browser, tmp_path):
    page = tmp_path / "bad.html"
    page.write_text('<img src="https://elsewhere.invalid/x.png"><script>console.error("oh")</script>')
    with chromium.visit(browser) as seen:
        seen.go(page, drawn=False)
        assert seen.outside == ["https://elsewhere.invalid/x.png"]
        assert "oh" in seen.errors


# ---- the sample book: every kind of figure -----------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
@pytest.mark.parametrize("name", ["summary", "second"])
def test_charts_are_drawn_and_fit_at_every_width(browser, chapters, name, width):
    with chromium.visit(browser, width=width) as seen:
        seen.go(chapters / f"{name}.html")
        sizes = seen.page.evaluate(
            """() => [...document.querySelectorAll(".mali-figure__chart")].map((box) => [
                 box.clientWidth, box.querySelector(".mali-figure__live svg").getBoundingClientRect().width])"""
        )
        assert all(room * 0.9 <= chart <= room + 1 for room, chart in sizes), sizes
        assert seen.overflow() == []
        assert seen.cut_words() == []
        assert seen.met_words() == []
        clean(seen)


@pytest.mark.parametrize(("width", "marks", "above", "key"), [
    (390, {"2017": "JNIM formed", "2020": "coup", "2021": "Wagner", "2022": "French leave", "2023": "UN gone"}, ["1", "2", "3", "4", "5"], True),
    (390, {"2013": "coup", "2020": "second coup"}, ["coup", "second coup"], False),
    (1280, {str(2020 + i): f"{one} name as long as this" for i, one in enumerate(("first", "second", "third"))}, ["1", "2", "3"], True),
])  # fmt: skip
def test_dates_over_a_chart_become_numbers_with_a_key_where_names_do_not_fit(
    browser, chapters, width, marks, above, key
):
    years = [str(year) for year in range(2012, 2025)]
    frame = pd.DataFrame({"Year": years, "Events": range(10, 10 + len(years))})
    figure = replace(sample_book.bars(), chart=charts.columns(frame, "Year", "Events", marks=marks), frame=frame)
    with chromium.visit(browser, width=width) as seen:
        seen.go(chapters / "summary.html")
        seen.page.evaluate("(spec) => mali.redraw(document.getElementById('fig-bars'), spec)", figure.spec())
        shown = seen.page.locator("#fig-bars .mali-figure__live .mark-text.role-mark text")
        shown.nth(len(above) - 1).filter(has_text=above[-1]).wait_for(timeout=chromium.PATIENCE)
        assert shown.all_text_contents() == above
        under = seen.page.locator("#fig-bars .mali-figure__live .role-axis-title text").all_text_contents()
        said = " ".join(under).replace("\u00a0", " ")
        assert all((f"{i} {name}" in said) == key for i, name in enumerate(marks.values(), 1)), said
        assert seen.met_words() == []
        assert seen.cut_words() == []
        clean(seen)


def test_the_first_year_does_not_touch_the_zero_on_a_phone(browser, chapters):
    quarters = [f"{year}Q{quarter}" for year in range(2018, 2026) for quarter in (1, 2, 3, 4)]
    frame = pd.DataFrame({"Quarter": quarters, "Events": range(10, 10 + len(quarters))})
    figure = replace(sample_book.bars(), chart=charts.columns(frame, "Quarter", "Events"), frame=frame)
    with chromium.visit(browser, width=390) as seen:
        seen.go(chapters / "summary.html")
        seen.page.evaluate("(spec) => mali.redraw(document.getElementById('fig-bars'), spec)", figure.spec())
        labels = seen.page.locator("#fig-bars .mali-figure__live .role-axis-label text")
        labels.filter(has_text="2018").wait_for(timeout=chromium.PATIENCE)
        boxes = {one.text_content(): one.bounding_box() for one in labels.all()}
        assert boxes["2018"]["y"] - (boxes["0"]["y"] + boxes["0"]["height"]) >= 4
        clean(seen)


def test_a_name_in_a_row_of_its_own_is_a_number_too_where_it_stands_over_anothers_line(browser, chapters):
    """In the row above the other name it met no word, and was read as the name of both lines."""
    years = [str(year) for year in range(2012, 2025)]
    frame = pd.DataFrame({"Year": years, "Events": range(10, 10 + len(years))})
    dates = [
        pd.DataFrame({"Year": [year], "label": [name]}) for year, name in (("2020", "French leave"), ("2022", "vote"))
    ]
    x = alt.X("Year:O", sort=None)
    named = [dates_named(one, x, row=1 - at) for at, one in enumerate(dates)]
    chart = alt.layer(alt.Chart(frame).mark_bar().encode(x=x, y="Events:Q"), *named).properties(width=640, height=260)
    figure = replace(sample_book.bars(), chart=chart, frame=frame)
    with chromium.visit(browser, width=390) as seen:
        seen.go(chapters / "summary.html")
        shown = seen.page.locator("#fig-bars .mali-figure__live .mark-text.role-mark text")
        for width, above in ((390, ["1", "2"]), (1280, ["French leave", "vote"])):
            seen.resize(width)
            seen.page.evaluate("(spec) => mali.redraw(document.getElementById('fig-bars'), spec)", figure.spec())
            shown.nth(1).filter(has_text=above[1]).wait_for(timeout=chromium.PATIENCE)
            assert shown.all_text_contents() == above
        clean(seen)


def test_a_key_in_the_corner_of_a_map_is_one_column_on_a_phone(browser, chapters):
    """In two, its largest number lay on the border of the country."""
    key = alt.Legend(orient="top-left", values=[20, 100, 355])
    frame = pd.DataFrame({"At": [1, 2], "Deaths": [20, 355]})
    points = alt.Chart(frame).mark_circle().encode(x="At:Q", y="Deaths:Q", size=alt.Size("Deaths:Q", legend=key))
    figure = replace(sample_book.bars(), chart=points.properties(width=640, height=460), frame=frame)
    with chromium.visit(browser, width=390) as seen:
        seen.go(chapters / "summary.html")
        seen.page.evaluate("(spec) => mali.redraw(document.getElementById('fig-bars'), spec)", figure.spec())
        labels = seen.page.locator("#fig-bars .mali-figure__live .role-legend-label text")
        labels.nth(2).filter(has_text="355").wait_for(timeout=chromium.PATIENCE)
        assert len({round(one.bounding_box()["x"]) for one in labels.all()}) == 1
        clean(seen)


def test_charts_follow_a_change_of_width(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        wide = seen.page.locator("#fig-multiples .mali-figure__live svg").bounding_box()
        seen.resize(340)
        narrow = seen.page.locator("#fig-multiples .mali-figure__live svg").bounding_box()
        assert narrow["height"] > wide["height"], "three columns became two"
        assert seen.overflow() == []
        clean(seen)


def test_small_letters_stay_readable_on_a_phone(browser, chapters):
    with chromium.visit(browser, width=320) as seen:
        seen.go(chapters / "summary.html")
        sizes = seen.page.evaluate(
            """() => [...document.querySelectorAll(".mali-figure__live svg text")].map(
                 (e) => parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM().a || 1))"""
        )
        assert min(sizes) >= 10.5


def test_tooltips_selections_and_controls_work(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        assert re.search(r"Region\s*Alpha\s*Events\s*1,250", seen.tooltip("fig-bars"))
        assert "Events" in seen.tooltip("fig-map")
        assert seen.select("fig-line", seen.specs()["fig-line"]), "the legend chooses a line"
        clean(seen)
    with chromium.visit(browser) as seen:
        seen.go(chapters / "second.html")
        specs = seen.specs()
        assert seen.select("fig-linked", specs["fig-linked"]), "the brush filters the other chart"
        assert seen.select("fig-slider", specs["fig-slider"]), "the slider obeys the keyboard"
        clean(seen)


def test_dark_mode_recolours_charts_without_reload(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        light = seen.colour_of_axis_labels()
        assert seen.switch_theme() == "dark"
        assert seen.colour_of_axis_labels() != light
        label = "#fig-bars .mali-figure__live text[fill='#357090']"
        assert seen.page.locator(label).first.evaluate("e => getComputedStyle(e).fill") != "rgb(53, 112, 144)"
        clean(seen)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["summary", "second"])
def test_axe_finds_nothing_in_figures_and_tables(browser, chapters, name, theme):
    with chromium.visit(browser, color_scheme=theme) as seen:
        seen.go(chapters / f"{name}.html")
        # As a reader leaves them: tables closed and open are both on the page.
        for part in ("data", "cite"):
            seen.page.evaluate(f"document.querySelector('details.mali-figure__{part}').open = true")
        assert seen.violations() == []
        assert seen.faint() == []
        seen.page.locator("[data-mali-language=fr]").click()
        assert seen.violations() == []


def test_the_watch_on_contrast_works(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        for what, colour in ((".role-axis-label text", "#999999"), (".mark-line path", "#dddddd")):
            seen.page.evaluate(
                "([what, colour]) => document.querySelector(`#fig-line .mali-figure__live ${what}`).style.setProperty("
                "what.endsWith('text') ? 'fill' : 'stroke', colour)",
                [what, colour],
            )
        assert [line.split(" rgb")[0].split(" none")[0] for line in seen.faint()] == [
            "fig-line letters",
            "fig-line marks",
        ]


def test_without_scripts_the_static_charts_show(browser, chapters):
    with chromium.visit(browser, java_script_enabled=False, width=320) as seen:
        seen.go(chapters / "summary.html", drawn=False)
        figures = seen.page.locator("figure.mali-figure")
        assert figures.count() == len(sample_book.PAGES["chapters/summary"])
        for figure in figures.all():
            box = figure.locator("svg.marks").bounding_box()
            assert 250 <= box["width"] <= 320
            assert not any(button.is_visible() for button in figure.locator("button").all()), "they need scripts"
            assert figure.get_by_role("link", name="Notebook").is_visible()
        clean(seen)


def test_print_has_static_charts_and_no_buttons(browser, chapters):
    with chromium.visit(browser, color_scheme="dark") as seen:
        seen.go(chapters / "summary.html")
        seen.page.emulate_media(media="print")
        figure = seen.page.locator("#fig-line")
        assert figure.locator(".mali-figure__static").is_visible()
        assert not figure.locator(".mali-figure__live").is_visible()
        assert not figure.locator(".mali-figure__tools").is_visible()
        for gone in (".bd-sidebar-primary", ".bd-sidebar-secondary", ".mali-language", ".bd-article details summary"):
            assert not any(part.is_visible() for part in seen.page.locator(gone).all()), gone
        label = figure.locator(".mali-figure__static .role-axis-label text").first
        assert label.evaluate("e => getComputedStyle(e).fill") == "rgb(72, 86, 107)", "dark ink on paper"


def test_everything_can_be_taken_away(browser, chapters, tmp_path):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        files = {}
        for kind in ("csv", "svg", "png", "json"):
            with seen.page.expect_download() as waiting:
                seen.page.locator(f"#fig-line [data-mali-download={kind}]").click()
            files[kind] = tmp_path / waiting.value.suggested_filename
            waiting.value.save_as(files[kind])
        clean(seen)
    assert [f.name for f in files.values()] == ["line.csv", "line.svg", "line.png", "line.vl.json"]
    spec = json.loads(files["json"].read_text(encoding="utf-8"))
    assert spec == sample_book.line().spec()
    lines = files["csv"].read_text(encoding="utf-8").splitlines()
    assert "# Edition: July 2023" in lines
    assert lines[0].startswith("# Title: Events of three")
    assert f"# Source and licence: {sample_book.SOURCE}" in lines
    assert any(line.startswith("# Cite as: The Mali executable report maintainers (2026)") for line in lines)
    data = [line for line in lines if not line.startswith("#")]
    assert data[0] == "Month,Group,Events"
    assert len(data) == 1 + len(sample_book.monthly())
    drawing = files["svg"].read_text(encoding="utf-8")
    assert ElementTree.fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"
    assert "Nothing here happened &amp; nothing &lt;here&gt; can be cited." in drawing
    assert f"version {__version__}" in drawing
    assert sample_book.SOURCE in drawing
    assert "made-up groups" in drawing
    png = files["png"].read_bytes()
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") >= 2008, "17 cm at 300 dots per inch"
    chunks = list(png_chunks(png))
    assert [name for name, _, _ in chunks[:2]] == [b"IHDR", b"pHYs"]
    assert int.from_bytes(chunks[1][1][:4], "big") == 11811, "dots in a metre: 300 in an inch"
    assert all(zlib.crc32(name + data) == check for name, data, check in chunks)


def png_chunks(png: bytes):
    """Return name, data and checksum of each chunk."""
    at = 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        end = at + 8 + size
        yield png[at + 4 : at + 8], png[at + 8 : end], int.from_bytes(png[end : end + 4], "big")
        at = end + 4


def test_pictures_carry_the_language_of_the_page(browser, chapters, tmp_path):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "second.html")
        seen.page.locator("[data-mali-language=fr]").click()
        for kind, told in (("csv", "# Titre: {}"), ("svg", "<title>{}</title>")):
            with seen.page.expect_download() as waiting:
                seen.page.locator(f"#fig-few [data-mali-download={kind}]").click()
            waiting.value.save_as(tmp_path / "file")
            text = (tmp_path / "file").read_text(encoding="utf-8")
            assert told.format(sample_book.few().fr.title) in text
            assert SMALL_CAVEAT.fr.split("\u202f")[0] in text
        clean(seen)


@pytest.fixture
def served(chapters):
    """Serve the sample site as a host would; yields the address of its chapters."""
    handler = functools.partial(QuietHandler, directory=chapters.parents[1])
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{sample_book.EDITION}/chapters"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def test_the_notebook_of_a_page_can_be_taken_away(browser, chapters, served, tmp_path):
    with chromium.visit(browser, local=served.split("/2023")[0]) as seen:
        seen.go(f"{served}/summary.html")
        with seen.page.expect_download() as waiting:
            seen.page.locator("#fig-bars .mali-figure__downloads a[download]").click()
        waiting.value.save_as(tmp_path / "summary.ipynb")
        assert waiting.value.suggested_filename == "summary.ipynb"
        clean(seen)
    made = nbformat.read(tmp_path / "summary.ipynb", 4)
    assert any(cell.source == "figures.bars()" and cell.execution_count for cell in made.cells)
    # From a folder a browser may show the file instead of saving it: it is there all the same.
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        address = seen.page.locator("#fig-bars .mali-figure__downloads a[download]").evaluate("link => link.href")
        assert Path(url2pathname(urlsplit(address).path)).read_bytes() == (tmp_path / "summary.ipynb").read_bytes()


def test_a_citation_is_copied_and_stands_there_without_scripts(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        figure = seen.page.locator("#fig-line")
        figure.get_by_text("Cite this figure").click()
        cited = figure.locator(".mali-figure__citation").inner_text()
        heading = seen.page.locator("article h1").evaluate("(head) => head.firstChild.textContent")
        assert f"Figure 1, “{heading}”, in Mali at war, in figures, edition July 2023" in cited
        assert f"Data: {sample_book.SOURCE}." in cited
        # It says so for four seconds: a loaded machine may look later, so the page keeps what was said.
        figure.locator(".mali-figure__copied").evaluate(
            "(told) => new MutationObserver(() => told.dataset.said ||= told.textContent).observe(told, { childList: true })"
        )
        figure.get_by_role("button", name="Copy the citation").click()
        figure.locator(".mali-figure__copied[data-said='Copied.']").wait_for(state="attached")
        # Pasted into a field of the page: a test may not read the clipboard.
        seen.page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' }))")
        seen.page.locator("#paste").focus()
        seen.page.keyboard.press("Control+V")
        assert seen.page.locator("#paste").input_value() == cited
        clean(seen)
    with chromium.visit(browser, java_script_enabled=False) as seen:
        seen.go(chapters / "summary.html", drawn=False)
        seen.page.locator("#fig-line .mali-figure__cite summary").click()
        assert seen.page.locator("#fig-line .mali-figure__citation").inner_text() == cited
        assert not seen.page.locator("#fig-line .mali-figure__copy").is_visible()


# ---- French ------------------------------------------------------------------------------------------------


def test_the_language_switch_changes_words_in_place_and_is_remembered(browser, chapters):
    english, french = sample_book.line(), sample_book.line().fr
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        page, figure = seen.page, seen.page.locator("#fig-line")

        def words() -> dict:
            return page.evaluate(
                """() => {
                  const figure = document.querySelector("#fig-line");
                  const text = (where) => { const e = figure.querySelector(where); return [e.textContent.trim(), e.lang]; };
                  const label = (where) => {
                    const e = figure.querySelector(where); return [e.getAttribute("aria-label"), e.getAttribute("lang") || ""]; };
                  return {
                    title: text(".mali-figure__finding"), subtitle: text(".mali-figure__subtitle"),
                    caveat: text(".mali-figure__caveat"), table: text(".mali-figure__data summary"),
                    cite: text(".mali-figure__cite summary"), live: label(".mali-figure__live svg"),
                    still: label(".mali-figure__static svg") };
                }"""
            )

        before = words()
        assert before["title"] == [english.title, ""]
        assert before["live"] == before["still"] == [english.alt, ""]
        page.evaluate("globalThis.here = true")
        page.locator("[data-mali-language=en]").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert words() == {
            "title": [french.title, "fr"],
            "subtitle": [french.subtitle, "fr"],
            "caveat": [english.caveat.fr, "fr"],
            "table": ["Données", "fr"],
            "cite": ["Citer", "fr"],
            "live": [french.alt, "fr"],
            "still": [french.alt, "fr"],
        }
        assert page.locator("[data-mali-language=fr]").get_attribute("aria-pressed") == "true"
        assert page.get_by_text("Le pays.").is_visible()
        assert not page.get_by_text("The country.").is_visible()
        assert page.locator(".mali-answer[aria-label='Réponse et chiffres clés'] .mali-keys").is_visible()
        assert page.get_by_role("heading", name="Le JNIM dans un titre").is_visible()
        assert page.locator(".bd-sidebar-secondary").get_by_text("Le JNIM dans un titre").count() == 1
        assert page.evaluate("globalThis.here"), "no reload"
        # A figure without French stays as it is, and says so to a screen reader by having no language of its own.
        assert page.locator("#fig-bars .mali-figure__finding").inner_text() == sample_book.bars().title
        # The chart is drawn anew for another width, in the language chosen.
        seen.resize(500)
        assert words()["live"] == [french.alt, "fr"]
        seen.go(chapters / "second.html")
        assert page.locator("#fig-few .mali-figure__finding").inner_text() == sample_book.few().fr.title
        assert page.locator("#fig-few .mali-figure__caveat").inner_text() == SMALL_CAVEAT.fr
        seen.go(chapters / "summary.html")
        page.locator("[data-mali-language=en]").click()
        assert words() == before
        assert page.get_by_text("The country.").is_visible()
        assert not page.get_by_text("Le pays.").is_visible()
        assert figure.locator(".mali-figure__fr").is_hidden()
        clean(seen)


def test_without_scripts_english_shows_and_french_can_be_opened(browser, chapters):
    with chromium.visit(browser, java_script_enabled=False) as seen:
        seen.go(chapters / "summary.html", drawn=False)
        assert not seen.page.locator(".mali-language").is_visible()
        assert seen.page.get_by_text("The country.").is_visible()
        assert not seen.page.get_by_text("Le pays.").is_visible()
        seen.page.locator("details.mali-bilingual__fr").last.locator("summary").click()
        assert seen.page.get_by_text("Le pays.").is_visible()
        seen.page.locator("#fig-line .mali-figure__fr summary").click()
        assert seen.page.locator("#fig-line .mali-figure__fr").get_by_text(sample_book.line().fr.title).is_visible()


# ---- terms, search -----------------------------------------------------------------------------------------


def test_definitions_show_on_hover_stay_under_the_pointer_and_go_with_escape(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        term, tip = seen.page.locator("a.mali-term").first, seen.page.locator("#tip-jnim")
        assert not tip.is_visible()
        term.hover()
        assert tip.is_visible()
        tip.hover()
        seen.after(400)
        assert tip.is_visible(), "the pointer may move onto the definition"
        seen.page.keyboard.press("Escape")
        assert not tip.is_visible()
        term.hover()
        seen.page.mouse.move(5, 5)
        seen.after(400)
        assert not tip.is_visible()
        term.focus()
        seen.page.keyboard.press("Shift+Tab")
        seen.page.keyboard.press("Tab")
        assert tip.is_visible()
        assert seen.violations() == []
        box = tip.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1280
        seen.page.keyboard.press("Tab")
        seen.after(400)
        assert not tip.is_visible()
        clean(seen)


def test_a_touch_shows_a_definition_and_the_next_one_follows_the_link(browser, chapters):
    with chromium.visit(browser, width=320, has_touch=True, is_mobile=True) as seen:
        seen.go(chapters / "summary.html")
        term, tip = seen.page.locator("a.mali-term").nth(1), seen.page.locator("#tip-cercle")
        term.tap()
        assert tip.is_visible()
        assert tip.bounding_box()["x"] + tip.bounding_box()["width"] <= 320
        assert seen.overflow() == []
        seen.page.get_by_role("heading", level=1).tap()
        assert not tip.is_visible()
        term.tap()
        term.tap()
        seen.page.wait_for_url("**/glossary.html#term-cercle")
        assert seen.page.locator("#term-cercle").is_visible()
        clean(seen)


def test_search_works_from_a_folder_and_finds_findings(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        seen.page.keyboard.press("Control+K")
        seen.page.keyboard.type("slider chooses")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**/search.html?q=slider+chooses*")
        found = seen.page.locator(".mali-found a")
        assert found.all_inner_texts() == ["A slider chooses the year."]
        seen.page.locator("#search-results li a").first.wait_for()
        assert seen.page.locator("#search-results li a").all_inner_texts() == ["Second"]
        assert seen.violations() == []
        found.click()
        seen.page.wait_for_url("**/second.html#fig-slider")
        seen.page.goto(seen.page.url.split("/chapters/")[0] + "/search.html?q=evenements+semblables+inventes")
        assert seen.page.locator(".mali-found").count() == 0
        seen.page.goto(seen.page.url.replace("semblables+", ""))
        assert found.all_inner_texts() == [sample_book.line().title]
        clean(seen)


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_key_figures_stand_in_a_grid_that_fits(browser, chapters, width):
    with chromium.visit(browser, width=width) as seen:
        seen.go(chapters / "summary.html")
        boxes = [item.bounding_box() for item in seen.page.locator(".mali-bilingual__en .mali-keys > li").all()]
        assert len({box["y"] for box in boxes}) == (2 if width < 340 else 1)
        sizes = seen.page.locator(".mali-bilingual__en .mali-keys span").evaluate_all(
            "spans => spans.map((s) => [s.className, parseFloat(getComputedStyle(s).fontSize)])"
        )
        assert min(size for name, size in sizes if name == "mali-key__value") >= 24
        assert max(size for name, size in sizes if name != "mali-key__value") <= 16
        assert seen.overflow() == []


def test_at_200_percent_nothing_scrolls_sideways(browser, chapters):
    # A window of 1280 pixels at 200 percent has 640 CSS pixels, each two device pixels.
    with chromium.visit(browser, width=640, height=450, device_scale_factor=2) as seen:
        for name in ("summary", "second", "method/glossary"):
            seen.go(chapters / f"{name}.html")
            assert seen.overflow() == []


def test_everything_is_reached_by_keyboard(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        seen.page.locator("#fig-line .mali-figure__data summary").focus()
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("#fig-line .mali-figure__data").get_attribute("open") is not None
        reached = []
        for _ in range(9):
            seen.page.keyboard.press("Tab")
            reached.append(seen.page.evaluate("document.activeElement.textContent"))
        tools = ["Cite this figure", "CSV", "SVG", "PNG", "Vega-Lite", "JSON", "Notebooks", "Embed"]
        assert reached[1:] == tools


# ---- the built site ----------------------------------------------------------------------------------------


@pytest.mark.site
@pytest.mark.skipif(not PAGES, reason=f"no site is built in {SITE.name}/; run `make book` or set MALI_SITE")
@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(SITE).as_posix())
def test_every_built_page_works_offline(browser, path):
    with chromium.visit(browser) as seen:
        seen.go(path)
        assert seen.overflow() == []
        assert seen.wide_tables() == []
        assert seen.violations() == []
        assert seen.cut_words() == []
        # Pages of the other editions differ in numbers only: one edition stands for what takes long to try.
        if path.is_relative_to(SITE / DARK_EDITION):
            try_everything(seen)
            seen.resize(390)
            assert seen.cut_words() == []
            assert seen.met_words() == []
        for width in (640, 320):
            # 640: a window of 1280 pixels at 200 percent.
            seen.resize(width)
            assert seen.overflow() == []
        if seen.page.locator("[data-mali-language=fr]").count():
            seen.page.locator("[data-mali-language=fr]").click()
            assert seen.overflow() == []
        clean(seen)


def try_everything(seen: chromium.Visit) -> None:
    """Use tooltips, selections and the theme switch of a page, and look at it in the dark."""
    assert seen.faint() == []
    specs = seen.specs()
    told = [figure for figure, spec in specs.items() if '"tooltip"' in json.dumps(spec)]
    assert not told or any(seen.tooltip(figure) for figure in told[:6]), "no chart shows a tooltip"
    chosen = [figure for figure, spec in specs.items() if spec.get("params")]
    assert not chosen or any(seen.select(figure, specs[figure]) for figure in chosen)
    light = seen.colour_of_axis_labels()
    assert seen.switch_theme() == "dark"
    assert not light or seen.colour_of_axis_labels() != light
    assert seen.faint() == []
    assert seen.violations() == []


@pytest.mark.site
@pytest.mark.skipif(not PAGES, reason=f"no site is built in {SITE.name}/; run `make book` or set MALI_SITE")
def test_every_page_shows_its_charts_without_scripts(browser):
    with chromium.visit(browser, java_script_enabled=False, width=390) as seen:
        for path in PAGES:
            # The edition's own index leads on to its summary.
            if not path.is_relative_to(SITE / DARK_EDITION) or path == SITE / DARK_EDITION / "index.html":
                continue
            seen.go(path, drawn=False)
            figures = seen.page.locator("figure.mali-figure")
            shown = seen.page.locator(".mali-figure__static > :is(svg, img)").evaluate_all(
                "charts => charts.filter((c) => c.getBoundingClientRect().height > 50).length"
            )
            assert shown == figures.count(), path
            assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        clean(seen)


@pytest.mark.site
@pytest.mark.skipif(not PAGES, reason=f"no site is built in {SITE.name}/; run `make book` or set MALI_SITE")
def test_the_search_of_every_edition_finds_figures(browser):
    for page in sorted(SITE.glob("*/search.html")):
        with chromium.visit(browser) as seen:
            seen.go(f"{page.as_uri()}?q=bamako", drawn=False)
            seen.page.locator("#search-results li a").first.wait_for()
            assert seen.page.locator(".mali-found a[href*='#fig-']").count() >= 3
            clean(seen)


# ---- JupyterLab --------------------------------------------------------------------------------------------


@pytest.fixture
def lab(browser, tmp_path):
    """Run JupyterLab on a folder with one executed notebook; yields its address."""
    pytest.importorskip("jupyterlab")
    folder = tmp_path / "lab"
    folder.mkdir()
    nbformat.write(sample_book.notebook("Lab", (sample_book.bars, sample_book.multiples)), folder / "figures.ipynb")
    with waits.jupyterlab(folder, tmp_path) as address:
        yield address


def test_jupyterlab_draws_the_figures(browser, lab):
    with chromium.visit(browser, local=lab) as seen:
        seen.go(f"{lab}/lab/tree/figures.ipynb", drawn=False)
        drawn = seen.page.locator(".jp-OutputArea-output .vega-embed").locator("svg.marks, canvas.marks")
        drawn.first.wait_for()
        seen.page.wait_for_function(
            "() => document.querySelectorAll('.vega-embed :is(svg, canvas).marks').length === 2"
        )
        assert all(chart.bounding_box()["width"] > 300 for chart in drawn.all())
        assert seen.page.locator(".jp-RenderedHTMLCommon table.mali-table").count() == 1
        assert seen.outside == [], "JupyterLab asked another host"
