"""Building sites: whole or not at all, any month, nothing half-written. The tiny book here is synthetic."""

import re
from pathlib import Path

import nbformat
import pytest
import yaml

from helpers import build as b
from helpers.errors import EditionError
from helpers.notebooks import ChapterError


@pytest.fixture(scope="module")
def sources(tmp_path_factory, root) -> b.Project:
    """A book of one notebook and one text, built by the project's own configuration."""
    folder = tmp_path_factory.mktemp("book")
    config = yaml.safe_load((root / "_config.yml").read_text())
    (folder / "_config.yml").write_text(yaml.safe_dump(config))
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/summary\nparts:\n- caption: More\n  chapters:\n  - file: chapters/text\n"
    )
    (folder / "chapters").mkdir()
    (folder / "chapters" / "text.md").write_text("# A text\n\nIt is copied as it is.\n")
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(
                'edition = "2023-07"\ndata_dir = ""', metadata={"tags": ["parameters", "remove-cell"]}
            ),
            nbformat.v4.new_markdown_cell("# A page\n\nA page of the synthetic book."),
            nbformat.v4.new_code_cell("print('made for', edition)", metadata={"tags": ["hide-input"]}),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, folder / "chapters" / "summary.ipynb")
    return b.Project(folder)


def test_editions_are_built_side_by_side_and_kept(sources, tmp_path):
    site = tmp_path / "site"
    front = b.build(["2022-08", "2021-12"], site=site, source=sources)
    assert front == site / "index.html"
    for edition in ("2022-08", "2021-12"):
        page = (site / edition / "chapters" / "summary.html").read_text()
        assert f"made for {edition}" in page
        links = re.findall(r'href="([^"]+/chapters/summary\.html)"', page)
        assert any("2021-12" in link for link in links)
        assert any("2022-08" in link for link in links)
    # A later build of another edition keeps those that are there, and links to all.
    b.build(["2023-07"], site=site, source=sources)
    assert {p.name for p in site.iterdir()} == {"index.html", "2022-08", "2021-12", "2023-07"}
    text = front.read_text()
    for edition in ("2022-08", "2021-12", "2023-07"):
        assert f'href="{edition}/chapters/summary.html"' in text
        assert (site / edition / "chapters" / "summary.html").is_file()
    assert not re.search(r'(src|href)="https?://', text)
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".mali-build")]


def test_a_failing_chapter_leaves_the_old_site_as_it_was(sources, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the old site")
    path = sources.chapters / "summary.ipynb"
    before = path.read_text()
    try:
        path.write_text(before.replace("print('made for', edition)", "1 / 0"))
        with pytest.raises(ChapterError, match=r"chapter summary, edition 2022-08: cell .* ZeroDivisionError"):
            b.build(["2022-08"], site=site, source=sources)
    finally:
        path.write_text(before)
    assert [p.name for p in tmp_path.iterdir()] == ["site"]
    assert (site / "index.html").read_text() == "the old site"


def test_a_warning_of_the_book_leaves_the_old_site_as_it_was(sources, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the old site")
    path = sources.chapters / "text.md"
    before = path.read_text()
    try:
        path.write_text(before + "\n[nowhere](nowhere.md)\n")
        with pytest.raises(b.BuildError, match="did not build without warnings"):
            b.build(["2022-08"], site=site, source=sources)
    finally:
        path.write_text(before)
    assert (site / "index.html").read_text() == "the old site"


def test_nothing_runs_where_one_of_the_editions_does_not_exist(sources, tmp_path, monkeypatch):
    monkeypatch.setattr(b, "_run_all", lambda *a: pytest.fail("it ran"))
    with pytest.raises(EditionError, match="does not exist"):
        b.build(["2022-08", "2022-8"], site=tmp_path / "site", source=sources)
    assert not list(Path(tmp_path).iterdir())


def test_a_page_the_contents_name_must_exist(sources):
    (sources.root / "_toc.yml").rename(sources.root / "_toc.bak")
    try:
        (sources.root / "_toc.yml").write_text("format: jb-book\nroot: chapters/nothing\nparts: []\n")
        with pytest.raises(b.BuildError, match="chapters/nothing"):
            _ = sources.notebooks
    finally:
        (sources.root / "_toc.bak").rename(sources.root / "_toc.yml")
