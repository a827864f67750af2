"""A book of which some pages changed: what is written is, file by file, what a build from nothing writes. All synthetic."""

import shutil
from pathlib import Path

import nbformat
import pytest
import yaml

import waits
from bookbuild import builder as b
from bookbuild import reading
from bookbuild import site as sites
from bookbuild.cache import Cache
from bookbuild.making import Maker
from bookbuild.recipe import Project
from helpers.builds import light
from helpers.builds.recipe import MARKS, RECIPE
from helpers.page import twins

FIGURE = """import altair as alt
import pandas as pd

from helpers.figures import Figure, Words

frame = pd.DataFrame({"Year": [2021, 2022], "Events": [3, 6]})
Figure(
    id="NAME", title="Six events in 2022", subtitle="Events, an invented country", frame=frame,
    chart=alt.Chart(frame).mark_bar().encode(x="Year:O", y="Events:Q"), alt="Two bars, 3 and 6.",
    source="Synthetic data made by the tests, version 1, CC0 1.0",
    fr=Words(title="Six événements en 2022", subtitle="Événements, pays inventé", alt="Deux barres, 3 et 6."),
)"""
PAGES = ("summary", "deep/tables", "deep/others")
FIRST = "A page whose words are its own; JNIM stands in it, and [the other](#fig-NEXT), as {numref}`fig-NEXT` says."


def _chapter(path: Path, name: str, following: str, *, french: bool) -> None:
    text = f"# Page {name}\n\n{FIRST.replace('NEXT', following)}\n\n## Half-years of {name}\n\nA last passage."
    told = {"fr": {"text": f"# Feuille {name}\n\nUn passage.\n\n## Semestres\n\nFin.", "of": twins.digest(text)}}
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell('edition = "2023-07"\ndata_dir = ""', metadata={"tags": ["parameters", "remove-cell"]}, id="a"),
            nbformat.v4.new_markdown_cell(text, id="b", metadata=told if french else {}),
            nbformat.v4.new_code_cell(FIGURE.replace("NAME", name), id="c"),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def built(tmp_path_factory, root):
    """A book of three notebooks, two with French pages, and two texts, one of them the glossary; built once."""
    folder = tmp_path_factory.mktemp("pages")
    config = yaml.safe_load((root / "_config.yml").read_text())
    chapters = folder / "book" / "chapters"
    for at, name in enumerate(PAGES):
        following = PAGES[(at + 1) % len(PAGES)].split("/")[-1]
        _chapter(chapters / f"{name}.ipynb", name.split("/")[-1], following, french=at < 2)
    (chapters / "method").mkdir()
    (chapters / "method" / "glossary.md").write_text("# Glossary\n\n```{mali-glossary}\n```\n")
    (chapters / "text.md").write_text("# A text\n\nIt leads to [a title](deep/tables.ipynb), and knows onlyhere.\n")
    files = "".join(f"  - file: chapters/{name}\n" for name in (*PAGES[1:], "text", "method/glossary"))
    (folder / "book" / "_config.yml").write_text(yaml.safe_dump(config))
    (folder / "book" / "_toc.yml").write_text(
        f"format: jb-book\nroot: chapters/summary\nparts:\n- caption: More\n  chapters:\n{files}"
    )
    shutil.copytree(root / "data", folder / "data")
    waits.settled(folder)
    assert _build(folder) == [[]]
    return folder


def _build(folder: Path, *, anew: bool = False) -> list[list[str]]:
    """Build; return for each time that pages were made which of them alone were to be, none for all."""
    made: list[list[str]] = []

    class Told(Maker):
        def lay_out_and_make(self, task, kept, call, folder, earlier):
            made.append(sorted(earlier.changed) if earlier else [])
            return super().lay_out_and_make(task, kept, call, folder, earlier)

    options = b.Options(force=anew)
    builder = b.Builder(
        Project(folder / "book", RECIPE), ["2022-08"], folder / "site", str(folder / "data"), options, lambda _: None
    )
    builder.maker = Told(builder.state, builder.cache, options)
    builder.build()
    return made


def _files(site: Path) -> dict[str, str]:
    rows = sites.manifest(site, MARKS)["files"].items()
    return {name.removeprefix("2022-08/"): row[0] for name, row in rows}


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


OTHER = "whose words are its own"
"""Edits one after another, on top of each other: pages that are made alone, or all after an attempt."""
EDITS = (
    ("deep/tables.ipynb", OTHER, "with brandnew words; a cercle too", [["chapters/deep/tables"]]),
    ("text.md", "onlyhere", "elsewhere", [["chapters/text"]]),
    ("deep/tables.ipynb", "brandnew", "older", [["chapters/deep/tables"]]),
    ("deep/others.ipynb", "## Half-years", "## Quarters", [["chapters/deep/others"], []]),
)


def test_pages_made_alone_are_those_of_a_build_from_nothing_file_by_file(built):
    for name, old, new, expected in EDITS:
        _edit(built / "book" / "chapters" / name, old, new)
        assert _build(built) == expected, name
    page = (built / "site" / "2022-08" / "chapters" / "deep" / "tables.html").read_text()
    assert "with older words; a" in page
    assert 'href="../method/glossary.html#term-cercle"' in page
    assert "il a changé depuis" in (built / "site" / "2022-08" / "chapters" / "deep" / "tables.fr.html").read_text()
    search = light.index((built / "site" / "2022-08" / "searchindex.js").read_bytes()).decode()
    assert [word for word in ("elsewher", "onlyher", "brandnew") if word in search] == ["elsewher"]
    now = _files(built / "site")
    assert {
        "searchindex.js",
        light.SOURCES,
        "chapters/summary.fr.html",
        "_static/mali-findings.js",
    } <= now.keys()
    assert _build(built, anew=True) == [[]]
    anew = _files(built / "site")
    assert {name for name in now.keys() | anew.keys() if now.get(name) != anew.get(name)} == set()


def test_whatever_else_changed_makes_every_page_anew(built):
    cache = Cache(built / "book" / "build" / "cache")
    work = built / ".mali-build-site" / "work" / "2022-08"
    noted = cache.last(f"reading {work}")
    parts = cache.last("2022-08 book")["parts"]
    was = {tuple(row[:3]): row[3] for row in noted["reads"]}
    page = "page chapters/text.md"
    edited = parts | {page: "another"}
    assert reading.find(cache, work, edited, was.get).changed == ["chapters/text"]
    assert reading.find(cache, work, parts, was.get) is None, "nothing changed"
    assert reading.find(cache, work.with_name("2019-06"), edited, was.get) is None
    read = {Path(path).name for _, path, _ in was}
    assert {"mali.css", "figures.js", "search.js", "layout.html", "claims.schema.json", "datapackage.json"} <= read
    for one in was:
        assert reading.find(cache, work, edited, lambda asked, one=one: "other" if asked == one else was[asked]) is None
    assert {"module helpers.page.book", "_config.yml", "_toc.yml", "runs of its chapters"} <= parts.keys()
    for name in parts:
        if not name.startswith(reading.PAGE):
            assert reading.find(cache, work, edited | {name: "other"}, was.get) is None, name
    assert reading.find(cache, work, edited | {"page chapters/new.md": "one more"}, was.get) is None
    lost = cache._object(next(iter(noted["doctrees"].values())))
    content = lost.read_bytes()
    lost.write_bytes(content + b"damaged")
    assert reading.find(cache, work, edited, was.get) is None
    lost.write_bytes(content)
