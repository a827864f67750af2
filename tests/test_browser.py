"""The book in a real browser with the network cut: the sample book, the built site, and JupyterLab."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

import browser as chromium
import sample_book

pytestmark = pytest.mark.browser

SITE = Path(os.environ.get("MALI_SITE") or sample_book.REPOSITORY / "site").resolve()
PAGES = chromium.pages_of(SITE)


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
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with chromium.visit(browser, color_scheme=theme) as seen:
        seen.go(chapters / f"{name}.html")
        # As a reader leaves them: tables closed and open are both on the page.
        seen.page.evaluate("document.querySelector('details.mali-figure__data').open = true")
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
        found = axe.run(seen.page, context=".bd-article-container", options=rules).response["violations"]
        assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found] == []


def test_without_scripts_the_static_charts_show(browser, chapters):
    with chromium.visit(browser, java_script_enabled=False, width=320) as seen:
        seen.go(chapters / "summary.html", drawn=False)
        figures = seen.page.locator("figure.mali-figure")
        assert figures.count() == len(sample_book.PAGES["chapters/summary"])
        for figure in figures.all():
            box = figure.locator("svg.marks").bounding_box()
            assert 250 <= box["width"] <= 320
            assert not figure.locator(".mali-figure__downloads").is_visible()
        clean(seen)


def test_print_has_static_charts_and_no_buttons(browser, chapters):
    with chromium.visit(browser, color_scheme="dark") as seen:
        seen.go(chapters / "summary.html")
        seen.page.emulate_media(media="print")
        figure = seen.page.locator("#fig-line")
        assert figure.locator(".mali-figure__static").is_visible()
        assert not figure.locator(".mali-figure__live").is_visible()
        assert not figure.locator(".mali-figure__downloads").is_visible()
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
    lines = files["csv"].read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Title: Events of three")
    assert f"# Source and licence: {sample_book.SOURCE}" in lines
    assert any(line.startswith("# Cite as: The Mali executable report maintainers (2026)") for line in lines)
    data = [line for line in lines if not line.startswith("#")]
    assert data[0] == "Month,Group,Events"
    assert len(data) == 1 + len(sample_book.monthly())
    drawing = files["svg"].read_text(encoding="utf-8")
    assert sample_book.SOURCE in drawing
    assert "made-up groups" in drawing
    png = files["png"].read_bytes()
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") >= 1800, "wide enough for print"


def test_everything_is_reached_by_keyboard(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        seen.page.locator("#fig-line summary").focus()
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("#fig-line details").get_attribute("open") is not None
        reached = []
        for _ in range(5):
            seen.page.keyboard.press("Tab")
            reached.append(seen.page.evaluate("document.activeElement.textContent"))
        assert reached[1:] == ["CSV", "SVG", "PNG", "Vega-Lite"]


# ---- the built site ----------------------------------------------------------------------------------------


@pytest.mark.skipif(not PAGES, reason=f"no site is built in {SITE.name}/; run `make book` or set MALI_SITE")
@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(SITE).as_posix())
def test_every_built_page_works_offline(browser, path):
    with chromium.visit(browser) as seen:
        seen.go(path)
        assert seen.overflow() == []
        specs = seen.specs()
        if specs:
            told = [figure for figure, spec in specs.items() if '"tooltip"' in json.dumps(spec)]
            assert any(seen.tooltip(figure) for figure in told[:6]), "no chart shows a tooltip"
            chosen = [figure for figure, spec in specs.items() if spec.get("params")]
            assert not chosen or any(seen.select(figure, specs[figure]) for figure in chosen)
            light = seen.colour_of_axis_labels()
            assert seen.switch_theme() == "dark"
            assert not light or seen.colour_of_axis_labels() != light
        seen.resize(320)
        assert seen.overflow() == []
        clean(seen)


# ---- JupyterLab --------------------------------------------------------------------------------------------


@pytest.fixture
def lab(browser, tmp_path):
    """Run JupyterLab on a folder with one executed notebook; yields its address."""
    pytest.importorskip("jupyterlab")
    folder = tmp_path / "lab"
    folder.mkdir()
    nbformat.write(sample_book.notebook("Lab", (sample_book.bars, sample_book.multiples)), folder / "figures.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *(f"--port={port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1"),
        *("--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *("--LabApp.news_url=None", "--LabApp.extension_manager=readonly"),
    ]
    environment = os.environ | {
        f"JUPYTER_{name}_DIR": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")
    }
    log = (tmp_path / "lab.log").open("w")
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=1)
                break
            except OSError:
                assert process.poll() is None, (tmp_path / "lab.log").read_text()
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)
        log.close()


def test_jupyterlab_draws_the_figures(browser, lab):
    with chromium.visit(browser, local=lab) as seen:
        seen.go(f"{lab}/lab/tree/figures.ipynb", drawn=False)
        drawn = seen.page.locator(".jp-OutputArea-output .vega-embed").locator("svg.marks, canvas.marks")
        drawn.first.wait_for(timeout=30_000)
        seen.page.wait_for_function(
            "() => document.querySelectorAll('.vega-embed :is(svg, canvas).marks').length === 2", timeout=10_000
        )
        assert all(chart.bounding_box()["width"] > 300 for chart in drawn.all())
        assert seen.page.locator(".jp-RenderedHTMLCommon table.mali-table").count() == 1
        assert seen.outside == [], "JupyterLab asked another host"
