"""JupyterLab as an analyst has it, with the network cut: own charts, the book's figures and boxes, all run in it."""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

import browser as chromium
import test_stills
import waits
from helpers.page import scripts, stills

ROOT = Path(__file__).parents[2]
LAB = ROOT / "src" / "helpers" / "page" / "lab"
CELLS = (
    """from helpers.chapters import Chapter
from helpers.measures.catalogue import islamist
from helpers import forms
from helpers.data import Tables
from helpers.story import southern
import altair as alt

chapter = Chapter("southern", "2023-07")
report = chapter.report""",
    'islamist(report).within(100).by("month")',
    'forms.columns(islamist(report).within(100).by("half"))',
    'alt.Chart(Tables().actors()).mark_bar().encode(x="year(month):T", y="sum(events)")',
    "forms.cell_map(report)[0]",
    "chapter.answer(southern.answer)",
    'chapter.claim("R22-08")',
)


#: The notebook is in front and its kernel answers: the indicator on the page says idle before there is a kernel, and
#: cells that are run then wait for one that was never asked.
READY = """() => {
  const notebook = window.jupyterapp.shell.currentWidget;
  const session = notebook && notebook.sessionContext;
  const kernel = session && session.isReady && session.session && session.session.kernel;
  return kernel && kernel.connectionStatus === "connected" && kernel.status === "idle";
}"""


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    """Run JupyterLab with what `make lab` brings it, on a notebook that was not run and a stored one; yields its address."""
    pytest.importorskip("jupyterlab")
    tmp_path = tmp_path_factory.mktemp("lab")
    folder, brought = tmp_path / "work", tmp_path / "lab"
    folder.mkdir()
    shutil.copytree(LAB, brought)
    shutil.copy(LAB.parent / "static" / "mali.css", brought / "mali-figures" / "static")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "own.ipynb")
    shown = test_stills.shown(test_stills.figure())
    stills.add(shown)
    nbformat.write(shown, folder / "stored.ipynb")
    more = ("--expose-app-in-browser", f"--LabApp.extra_labextensions_path={brought}")
    with waits.jupyterlab(folder, tmp_path, *more) as address:
        yield address


def _output(page, cell: int):
    """Return the output of a code cell, scrolled to: JupyterLab draws what is on the screen."""
    found = page.locator(".jp-Notebook .jp-CodeCell").nth(cell)
    # At once, and not when it has come to rest: JupyterLab may put another element in a cell's place while it draws.
    found.evaluate("e => e.scrollIntoView({ block: 'nearest' })")
    return found.locator(".jp-Cell-outputArea")


def test_what_an_analyst_makes_draws_in_jupyterlab_without_a_network(browser, lab):
    with chromium.visit(browser, local=lab, height=3000, accept_downloads=True) as seen:
        page = seen.page
        seen.go(f"{lab}/lab/tree/own.ipynb", drawn=False)
        page.locator(".jp-Notebook .jp-CodeCell").nth(len(CELLS) - 1).wait_for(state="attached")
        page.wait_for_function(READY)
        # Not waited for here, which has no cap: the last cell's number says when all have run.
        page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
        page.locator(".jp-InputPrompt", has_text=f"[{len(CELLS)}]:").wait_for(state="attached")
        assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0

        # Own charts: a series as it is, a form, and plain Altair on all rows of a table; each with Vega's menu.
        for cell in (1, 2, 3, 4):
            output = _output(page, cell)
            chart = output.locator(".vega-embed").locator("svg.marks, canvas.marks").first
            chart.wait_for()
            assert chart.bounding_box()["width"] > 250
            output.locator(".vega-embed summary").first.wait_for(state="attached")
            output.locator(".vega-embed details > summary").first.click()
            assert output.locator(".vega-actions a:visible").count() >= 3

        # Under each of ours: its source, table, citation and CSV. Plain Altair has no words of ours.
        assert _output(page, 3).locator(".mali-lab").count() == 0
        form = _output(page, 2)
        assert "ACLED" in form.locator(".mali-figure__source").inner_text()
        form.locator(".mali-lab__data summary").click()
        assert form.locator("table.mali-table tbody tr").count() > 10
        form.locator(".mali-lab__cite summary").click()
        assert "Mali at war, in figures" in form.locator(".mali-lab__cite p").inner_text()
        with page.expect_download() as told:
            form.locator(".mali-lab__csv").click()
        lines = Path(told.value.path()).read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# Title: Militant Islamist events")
        assert lines[-1].startswith("Jan-Jun 2023,")

        # The slider of a map names its half-year.
        slider = _output(page, 4).locator(".vega-bind input[type=range]")
        assert slider.get_attribute("aria-valuetext") == "January-June 2023"
        slider.evaluate(
            "e => { e.value = Number(e.value) - 1; e.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
        output = _output(page, 4)
        output.locator(".vega-bind input[aria-valuetext='July-December 2022']").wait_for()
        assert "July-December 2022" in output.locator(".vega-bind").inner_text()

        # Key figures stand side by side and a verdict in its box, in the colours of JupyterLab's theme.
        keys = _output(page, 5).locator(".mali-keys").first
        assert keys.evaluate("e => getComputedStyle(e).display") in ("flex", "grid")
        assert keys.locator(".mali-key__value").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") > 18
        box = _output(page, 6).locator("details.mali-claim").first
        assert box.evaluate("e => getComputedStyle(e).borderLeftStyle") == "solid"
        assert seen.outside == [], "JupyterLab asked another host"


def test_a_stored_chart_with_its_picture_is_drawn_live(browser, lab):
    """JupyterLab prefers the specification: of a stored chapter it shows the chart and not the picture beside it."""
    with chromium.visit(browser, local=lab, height=1500) as seen:
        # In a workspace of its own: JupyterLab opens again what another test has left open.
        seen.go(f"{lab}/lab/workspaces/stored/tree/stored.ipynb", drawn=False)
        output = _output(seen.page, 0)
        chart = output.locator(".vega-embed").locator("svg.marks, canvas.marks").first
        chart.wait_for()
        assert chart.bounding_box()["width"] > 250
        assert output.locator("img").count() == 0
        assert seen.outside == []


def test_the_notes_of_jupyterlab_follow_the_book():
    script = (LAB / "mali-figures" / "static" / "mali-lab.js").read_text(encoding="utf-8")
    page = scripts.joined("mali.js")
    rule = r"  const INVISIBLE = .*?  const inert = [^\n]*\n"
    assert re.search(rule, script, re.DOTALL)[0] == re.search(rule, page, re.DOTALL)[0]
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    assert re.search(r"^author: (.*)$", config, re.MULTILINE)[1] in script
    assert json.loads(re.search(r"^title: (.*)$", config, re.MULTILINE)[1]) in script
    for file in ("Makefile", "setup.py"):
        assert "src/helpers/page/static/mali.css" in (ROOT / file).read_text(encoding="utf-8"), (
            f"{file} brings no style"
        )
