"""Pictures beside the charts of stored chapters: of the very chart, small, and seen where nothing draws Vega-Lite."""

import base64
from pathlib import Path

import altair as alt
import nbconvert
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from bookbuild.inputs import canonical, sha256
from helpers import cli
from helpers.errors import MaliError
from helpers.figures import Figure
from helpers.page import stills
from helpers.page.flat import notes


def figure(name: str = "made-up", events: int = 14) -> Figure:
    """A synthetic figure."""
    frame = pd.DataFrame({"Year": ["2021", "2022"], "Events": [10, events]})
    return Figure(
        id=name,
        title=f"Made-up events: {events} in 2022",
        subtitle="Synthetic events, nowhere, 2021-2022",
        chart=alt.Chart(frame).mark_bar().encode(x="Year:O", y="Events:Q").properties(width=600),
        frame=frame,
        alt=f"Bars: 10 “events” in 2021, {events} in 2022.",
        source="Synthetic example, version 1, CC0",
    )


def shown(*figures: Figure) -> nbformat.NotebookNode:
    cells = [
        nbformat.v4.new_code_cell(
            "shown", execution_count=1, outputs=[nbformat.v4.new_output("display_data", data=one._repr_mimebundle_())]
        )
        for one in figures
    ]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A notebook of two synthetic figures, with their pictures."""
    path = tmp_path / "stored.ipynb"
    pair = shown(figure(), figure("other", 15))
    stills.add(pair)
    nbformat.write(pair, path)
    return path


def test_a_picture_carries_the_hash_of_its_specification_and_is_the_same_twice():
    spec = figure().spec()
    png, scale = stills.still(spec)
    assert (png, scale) == stills.still(spec)
    assert scale == max(stills.SCALES)
    assert notes(png) == {stills.CARRIES: sha256(canonical(spec))}
    assert png != stills.still(figure(events=15).spec())[0]


def test_a_picture_with_too_much_in_it_is_drawn_less_sharply_and_then_refused(monkeypatch):
    spec = figure().spec()
    sharp = len(stills.still(spec)[0])
    monkeypatch.setattr(stills, "MOST", sharp - 1)
    png, scale = stills.still(spec)
    assert (len(png) < sharp, scale) == (True, 1.0)
    monkeypatch.setattr(stills, "MOST", 100)
    with pytest.raises(MaliError, match="expected 100 at most"):
        stills.still(spec)


def page(path: Path, template: str) -> BeautifulSoup:
    """Return a notebook as nbconvert, and with it nbviewer, shows it where no script runs."""
    made = nbconvert.HTMLExporter(template_name=template).from_filename(str(path))[0]
    return BeautifulSoup(made, "html.parser")


@pytest.mark.parametrize("template", ["classic", "lab"])
def test_where_nothing_draws_vega_a_page_shows_each_figure_with_its_words(stored, tmp_path, template):
    made = page(stored, template)
    images = made.select("img")
    assert all(image["src"].startswith("data:image/png;base64,") for image in images)
    assert [500 < int(image["width"]) < 800 for image in images] == [True, True]
    assert "Figure made-up" not in made.get_text(), "a line of text where a figure should be"
    if template == "classic":  # nbviewer's; the other writes no alternative text of pictures
        assert [image["alt"] for image in images] == [figure().alt, figure("other", 15).alt]
    bare = tmp_path / "bare.ipynb"
    nbformat.write(shown(figure()), bare)
    made = page(bare, template)
    assert not made.select("img")
    assert "Figure made-up" in made.get_text(), "what stood there without a picture"


def test_a_stored_chapter_with_its_pictures_has_no_fault_and_stays_as_it_is(stored):
    assert stills.faults(stored) == []
    notebook = nbformat.read(stored, as_version=4)
    stills.add(notebook)
    assert notebook == nbformat.read(stored, as_version=4)


def test_a_picture_of_another_chart_a_missing_one_and_one_alone_are_faults(stored, monkeypatch):
    notebook = nbformat.read(stored, as_version=4)
    one, other = (cell.outputs[0]["data"] for cell in notebook.cells)
    one[stills.PNG], other[stills.PNG] = other[stills.PNG], one[stills.PNG]
    nbformat.write(notebook, stored)
    assert [fault.split(";")[0] for fault in stills.faults(stored)] == [
        "stored.ipynb: figure made-up: its picture is of another chart",
        "stored.ipynb: figure other: its picture is of another chart",
    ]
    del one[stills.PNG], other[stills.MIME]
    nbformat.write(notebook, stored)
    assert [fault.split(";")[0] for fault in stills.faults(stored)] == [
        "stored.ipynb: figure made-up: has no picture for where its chart is not drawn",
        "stored.ipynb: holds a picture without its chart.",
    ]
    one[stills.PNG] = other[stills.PNG] = base64.b64encode(b"no picture").decode()
    nbformat.write(notebook, stored)
    assert "of another chart" in stills.faults(stored)[0]


def test_a_heavy_picture_and_a_heavy_chapter_are_faults(stored, monkeypatch):
    monkeypatch.setattr(stills, "MOST", 100)
    monkeypatch.setattr(stills, "CHAPTER", 1000)
    first, second, third = stills.faults(stored)
    assert "expected 1,000 at most" in first
    assert "figure made-up: its picture has" in second
    assert "figure other: its picture has" in third


def test_storing_a_chapter_adds_pictures_and_a_run_for_oneself_does_not(tmp_path, monkeypatch, capsys):
    from bookbuild import notebooks
    from helpers.builds.recipe import project

    chapter = tmp_path / "chapters" / "central.ipynb"
    chapter.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(), chapter)
    real = project()
    monkeypatch.setattr(type(real), "find", lambda self, name: chapter)
    monkeypatch.setattr(notebooks, "execute", lambda *_: shown(figure()))
    assert cli.main(["run", "central", "--store"]) == 0
    assert stills.faults(chapter) == []
    assert cli.main(["run", "central", "--out", str(tmp_path / "own.ipynb")]) == 0
    assert "has no picture" in stills.faults(tmp_path / "own.ipynb")[0]
