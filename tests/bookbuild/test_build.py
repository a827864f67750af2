"""Building sites: only what changed, whole or not at all, any month. The tiny book here is synthetic."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup

import waits
from bookbuild import builder as b
from bookbuild import inputs, notebooks, processes, state, swaps
from bookbuild import site as sites
from bookbuild.cache import Cache
from bookbuild.notebooks import ChapterError
from bookbuild.processes import WARM, cluster
from bookbuild.recipe import Project, Recipe
from bookbuild.state import State
from bookbuild.tasks import Clock
from bookbuild.warm import Warm
from helpers import data
from helpers.builds import light, over_files
from helpers.builds.recipe import FRONT, MARKS, PACKAGE, RECIPE, project
from helpers.errors import EditionError
from helpers.ingest.tables import sha256

TABLES = """from helpers.data import Tables
from helpers.audit import claims

print("made for", edition, len(Tables(data_dir).regions()), len(Tables(data_dir).shapes("regions")), len(claims.claims()))"""
PLAIN = "print('made for', edition)"
OLD = f"<!DOCTYPE html>\n{FRONT}\n<p>The old site.</p>"


def _chapter(path: Path, title: str, source: str) -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(
                'edition = "2023-07"\ndata_dir = ""', metadata={"tags": ["parameters", "remove-cell"]}, id="a"
            ),
            nbformat.v4.new_markdown_cell(f"# {title}\n\nA page of the synthetic book.", id="b"),
            nbformat.v4.new_code_cell(source, metadata={"tags": ["hide-input"]}, id="c"),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def _book(folder: Path, root: Path) -> Project:
    """Write a book of two notebooks and a text, with the project's own configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    config = yaml.safe_load((root / "_config.yml").read_text())
    (folder / "_config.yml").write_text(yaml.safe_dump(config))
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/summary\nparts:\n- caption: More\n  chapters:\n"
        "  - file: chapters/deep/tables\n  - file: chapters/text\n"
    )
    _chapter(folder / "chapters" / "summary.ipynb", "A page", PLAIN)
    _chapter(folder / "chapters" / "deep" / "tables.ipynb", "Tables", TABLES)
    (folder / "chapters" / "text.md").write_text("# A text\n\nIt is copied as it is.\n\n![A picture](picture.svg)\n")
    (folder / "chapters" / "picture.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    return Project(folder, RECIPE)


@pytest.fixture(scope="module")
def built(tmp_path_factory, root):
    """A folder with the book, tables and a site of one edition, built once; tests work on copies or put things back."""
    folder = tmp_path_factory.mktemp("built")
    source = _book(folder / "book", root)
    shutil.copytree(root / "data", folder / "data")
    lines: list[str] = []
    waits.settled(folder)
    b.build(["2022-08"], site=folder / "site", data_dir=str(folder / "data"), source=source, progress=lines.append)
    assert not [line for line in lines if "not kept" in line], lines
    return folder


def _builder(folder: Path, *wanted: str, recipe: Recipe = RECIPE, **options) -> b.Builder:
    return b.Builder(
        Project(folder / "book", recipe),
        wanted or ("2022-08",),
        folder / "site",
        str(folder / "data"),
        b.Options(**options),
        lambda _: None,
    )


def _would(folder: Path, *wanted: str, recipe: Recipe = RECIPE) -> set[str]:
    """Return what a build would do, without the reasons."""
    words = set()
    for line in _builder(folder, *wanted, recipe=recipe).dry_run():
        found = re.match(r"would (?:run chapter (\S+)|build the (book)|put the (book))", line)
        words.add(next(filter(None, found.groups())))
    return words


@pytest.fixture
def kept(built):
    """The built folder; files that a test changes in it are put back."""
    before = {
        path: path.read_bytes()
        for part in ("book", "data")
        for path in (built / part).rglob("*")
        if path.is_file() and "cache" not in path.parts
    }
    yield built
    for path, content in before.items():
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    data._package.cache_clear()


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def _reseal(folder: Path, name: str) -> None:
    package = json.loads((folder / "datapackage.json").read_text())
    for resource in package["resources"]:
        if resource["path"] == name:
            resource["hash"] = f"sha256:{sha256((folder / name).read_bytes())}"
    (folder / "datapackage.json").write_text(json.dumps(package))


# ---------------------------------------------------------------------------------------------- what is run again


def test_a_site_holds_the_pages_and_links_and_nothing_is_left_beside_it(built):
    page = (built / "site" / "2022-08" / "chapters" / "summary.html").read_text()
    assert "made for 2022-08" in page
    assert "made for 2022-08 " in (built / "site" / "2022-08" / "chapters" / "deep" / "tables.html").read_text()
    assert (built / "site" / "2022-08" / "_images" / "picture.svg").is_file()
    text = (built / "site" / "index.html").read_text()
    assert 'href="2022-08/chapters/summary.html"' in text
    assert FRONT in text
    assert not re.search(r'src="https?://', text)
    # Links lead out to the sources of dated facts alone, when a reader follows them.
    followed = BeautifulSoup(text, "html.parser").select("section.last a[rel=noopener]")
    assert len(re.findall(r'href="https?://', text)) == len(followed) > 0
    assert all(link["href"].startswith("https://") for link in followed)
    assert sorted(path.name for path in built.iterdir()) == ["book", "data", "site"]


def test_nothing_changed_runs_nothing_and_leaves_the_site_untouched(built, monkeypatch):
    assert _would(built) == set()
    inode = (built / "site").stat().st_ino
    monkeypatch.setattr(b, "processes", lambda *_: pytest.fail("it ran"))
    _builder(built).build()
    assert (built / "site").stat().st_ino == inode
    # Where only the front page is missing, the edition is taken from the site, even if the cache has lost a page of it.
    page = built / "site" / "2022-08" / "chapters" / "summary.html"
    content = page.read_bytes()
    lost = Cache(built / "book" / "build" / "cache")._object(sha256(content))
    lost.unlink()
    (built / "site" / "index.html").unlink()
    _builder(built).build()
    assert page.read_bytes() == content
    assert (built / "site" / "index.html").is_file()
    os.link(page, lost)  # the other tests of this build find the cache as it was


def test_the_inputs_of_a_chapter_are_those_it_reads_itself(built, root):
    cache = Cache(built / "book" / "build" / "cache")
    files = inputs.Files(built / "book")
    reads = {tuple(row[:3]) for row in cache.last("2022-08 chapters/deep/tables.ipynb")["reads"]}
    data = str(built / "data")
    assert reads == {
        ("file", f"{data}/regions.csv", ""),
        ("file", f"{data}/regions.geojson", ""),
        ("file", files.name(root / "data" / "claims.yml"), ""),
        ("resource", data, "regions.csv"),
        ("resource", data, "regions.geojson"),
    }
    assert cache.last("2022-08 chapters/summary.ipynb")["reads"] == []
    book = {Path(row[1]).name for row in cache.last("2022-08 book")["reads"]}
    assert {"mali.css", "figures.js", "layout.html", "static", "templates"} <= book
    parts = cache.last("2022-08 chapters/deep/tables.ipynb")["parts"]
    assert {"module helpers.data", "module helpers.tabular", "module helpers.audit.questions"} <= set(parts)
    assert "module helpers.story.wagner" not in parts
    assert "module helpers.page.book" in cache.last("2022-08 book")["parts"]


EDITS = {
    "prose of one chapter": (lambda f: _edit(f / "book/chapters/summary.ipynb", "A page of", "One page of"), {"book"}),
    "code of one chapter": (lambda f: _edit(f / "book/chapters/deep/tables.ipynb", "made for", "Made for"), {"deep/tables", "book"}),
    "metadata of a cell": (lambda f: _edit(f / "book/chapters/summary.ipynb", "hide-input", "remove-input"), {"summary", "book"}),
    "a text": (lambda f: _edit(f / "book/chapters/text.md", "copied", "taken"), {"book"}),
    "a picture": (lambda f: _edit(f / "book/chapters/picture.svg", 'width="1"', 'width="2"'), {"book"}),
    "the configuration": (lambda f: _edit(f / "book/_config.yml", "navbar: true", "navbar: false"), {"book"}),
    "the contents": (lambda f: _edit(f / "book/_toc.yml", "caption: More", "caption: Less"), {"book"}),
    "a table with its entry": (
        lambda f: (_edit(f / "data/regions.csv", "Mopti", "Mopty"), _reseal(f / "data", "regions.csv")),
        {"deep/tables", "book"},
    ),
    "a table without its entry": (lambda f: _edit(f / "data/regions.csv", "Mopti", "Mopty"), {"deep/tables", "book"}),
    "the shapes": (
        lambda f: (_edit(f / "data/regions.geojson", "Mopti", "Mopty"), _reseal(f / "data", "regions.geojson")),
        {"deep/tables", "book"},
    ),
    "a table that is gone": (lambda f: (f / "data/regions.csv").unlink(), {"deep/tables", "book"}),
    "another table": (
        lambda f: (_edit(f / "data/places.csv", "Bamako", "Bamakou"), _reseal(f / "data", "places.csv")),
        {"book"},  # the status page tells of every table
    ),
}  # fmt: skip


def test_pages_over_the_editions_are_made_again_only_where_what_they_tell_changed(built, tmp_path):
    made: list[int] = []

    def make(records, known, pictures):
        made.append(len(records))
        return dict.fromkeys(RECIPE.over.files, f"{over_files.MADE}{len(made)}")

    recipe = replace(RECIPE, over=replace(RECIPE.over, make=make, code=()))

    def build(*wanted: str, force: bool = False) -> None:
        """Build into a site and a cache of its own: other tests look at what stands in the shared ones."""
        project, data_dir = Project(built / "book", recipe), str(built / "data")
        options = b.Options(force=force, cache=tmp_path / "cache")
        b.Builder(project, wanted, tmp_path / "site", data_dir, options, lambda _: None).build()

    build("2022-08")
    build("2022-08")
    assert len(made) == 1
    assert (tmp_path / "site" / "editions.html").read_text() == f"{over_files.MADE}1"
    build("2022-08", "2022-09")
    assert len(made) == 2, "the site holds an edition more"
    build("2022-08", "2022-09", force=True)
    assert len(made) == 3


def test_prose_that_changed_gives_the_page_that_a_run_would_give_and_runs_nothing(tmp_path, root, monkeypatch):
    _book(tmp_path / "book", root)
    shutil.copytree(root / "data", tmp_path / "data")
    waits.settled(tmp_path)
    _builder(tmp_path).build()
    source = tmp_path / "book" / "chapters" / "summary.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells.insert(2, nbformat.v4.new_markdown_cell("Words between, at 50 °C.", id="later"))
    notebook.cells.append(nbformat.v4.new_markdown_cell("A last word."))
    first = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    first.source += "\n\nMore below its title."
    nbformat.write(notebook, source)
    called: list[str] = []
    plain = Warm.call

    def call(self, target, *args, **more):
        called.append(target)
        return plain(self, target, *args, **more)

    monkeypatch.setattr(Warm, "call", call)
    said, pages, site = [], [], tmp_path / "other"
    for force in (False, True):
        options = b.Options(force=force)
        b.Builder(
            Project(tmp_path / "book", RECIPE), ["2022-08"], site, str(tmp_path / "data"), options, said.append
        ).build()
        pages.append({name: row[0] for name, row in sites.manifest(site, MARKS)["files"].items()})
        if not force:
            assert [line for line in said if " ran " in line] == []
            assert RECIPE.record[1] not in called, "what the edition tells knows of prose only its titles"
            assert "at 50 °C" in light.sources(site / "2022-08/_sources")["chapters/summary.ipynb"].decode()
    assert pages[0] == pages[1]
    assert sum(" ran " in line for line in said) == 2


@pytest.mark.parametrize("name", EDITS)
def test_what_changed_is_run_again_and_nothing_else(kept, name):
    edit, expected = EDITS[name]
    edit(kept)
    # The front page reads the shapes anew, by the descriptor that this process has kept.
    data._package.cache_clear()
    assert _would(kept) == expected


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("helpers/audit/claims", {"deep/tables", "book"}),  # imported by the chapter
        ("helpers/schemas", {"deep/tables", "book"}),  # by a module it imports
        ("helpers/tabular", {"deep/tables", "book"}),  # by one that it imports
        ("bookbuild/kernels", {"summary", "deep/tables", "book"}),  # runs every chapter
        ("helpers/page/book", {"book"}),
        ("helpers/palette", {"deep/tables", "book"}),  # by what it imports, and by the book
        ("helpers/page/pictures", {"book"}),
        ("helpers/story/wagner", set()),
        ("helpers/fetch_of_the_future", set()),
    ],
)
def test_a_module_changed_runs_the_chapters_that_reach_it(kept, monkeypatch, tmp_path, module, expected):
    for package in (state.PACKAGE, PACKAGE):
        shutil.copytree(package, tmp_path / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(state, "PACKAGE", tmp_path / "bookbuild")
    recipe = replace(RECIPE, packages=(tmp_path / "helpers",))
    assert _would(kept, recipe=recipe) == set()
    path = tmp_path / f"{module}.py"
    path.write_text((path.read_text() if path.is_file() else "") + "\nCHANGED = True\n")
    assert _would(kept, recipe=recipe) == expected


def _version(monkeypatch):
    known = inputs.packages()
    monkeypatch.setattr(inputs, "packages", lambda: known | {"pandas": "99.0"})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_version, r"package pandas \S+ -> 99.0"),
        (lambda m: m.setattr(inputs.platform, "python_implementation", lambda: "PyPy"), "Python changed"),
        (lambda m: m.setenv("TZ", "Africa/Bamako"), "environment variable TZ"),
        (lambda m: m.setenv("LC_NUMERIC", "fr_FR.UTF-8"), "environment variable LC_NUMERIC is new"),
        (lambda m: m.setenv("MALI_ANYTHING", "x"), "environment variable MALI_ANYTHING is new"),
    ],
)
def test_other_surroundings_run_everything_and_the_reason_is_said(built, monkeypatch, change, reason):
    change(monkeypatch)
    lines = _builder(built).dry_run()
    assert len(lines) == 3
    assert all(re.search(reason, line) for line in lines[:2]), lines


def test_other_parameters_run_everything(built, root):
    assert _would(built, "2021-12") == {"summary", "deep/tables", "book"}
    other = b.Builder(Project(built / "book", RECIPE), ["2022-08"], built / "site", "", b.Options(), lambda _: None)
    assert all("parameter data_dir changed" in line for line in other.dry_run()[:2])


def test_force_runs_everything_and_a_dry_run_says_why(kept):
    assert [line.rpartition(": ")[2] for line in _builder(kept, force=True).dry_run()[:2]] == ["forced", "forced"]
    _edit(kept / "book/chapters/deep/tables.ipynb", "made for", "Made for")
    (first, second) = _builder(kept).dry_run()
    assert first == "would run chapter deep/tables of edition August 2022: chapter's source changed"
    assert second == "would build the book of edition August 2022, because chapters of it would run"


def test_a_damaged_site_is_mended_and_a_damaged_cache_is_not_used(built):
    page = built / "site" / "2022-08" / "chapters" / "summary.html"
    moment = page.stat().st_mtime_ns
    content = page.read_bytes()
    page.unlink()
    assert _would(built) == {"book"}
    _builder(built).build()
    assert page.read_bytes() == content
    assert page.stat().st_mtime_ns == moment
    # Written in place, through the hard link into the cache: neither the page nor the cache may be believed.
    page.write_bytes(b"spoilt")
    assert _would(built) == {"book"}
    assert "damaged" in _builder(built).dry_run()[0]
    cache = Cache(built / "book" / "build" / "cache")
    kept = _builder(built)
    task = kept._chapters(kept._plan())[0]
    digest = cache.find(task.key, kept.state.files.digest).value["notebook"]
    cache._object(digest).write_bytes(b"{}")
    assert _would(built) == {"summary", "book"}
    _builder(built).build()
    assert page.read_bytes() == content
    assert _would(built) == set()


def test_a_chapter_whose_run_is_no_longer_noted_is_run_again_rather_than_told_of_as_nothing(kept):
    builder = _builder(kept)
    task = builder._chapters(builder._plan())[0]
    digest = builder.cache.find(task.key, builder.state.files.digest).value["notebook"]
    assert _would(kept) == set()
    note = builder.cache.folder / "last" / f"{sha256(f'run {digest}'.encode())}.json"
    content = note.read_bytes()
    note.unlink()
    assert _would(kept) == {"summary", "book"}
    assert builder._run_of(digest) == []
    note.write_bytes(content)  # the other tests of this build find the cache as it was


def test_a_file_written_while_the_build_runs_is_not_believed(kept):
    builder = _builder(kept)
    task = builder._chapters(builder._plan())[1]
    (kept / "data" / "regions.csv").write_bytes((kept / "data" / "regions.csv").read_bytes())
    said = builder._keep(task, [("file", str(kept / "data" / "regions.csv"), "")], "", {"notebook": "wrong"})
    assert "regions.csv was written while the build ran" in said
    assert builder.cache.find(task.key, inputs.Files(kept / "book").digest).value["notebook"] != "wrong"


# ---------------------------------------------------------------------------------------------- same bytes


def _run(path: Path, warm: str = "") -> str:
    return nbformat.writes(notebooks.run(path, {"edition": "2021-12"}, path.parent, warm).notebook)


def test_forked_kernels_show_what_fresh_ones_do_and_know_nothing_of_each_other(tmp_path):
    _chapter(
        tmp_path / "first.ipynb",
        "One",
        "import math, os, sys\nmath.tau = 3\nos.environ['LEFT'] = '1'\nos.chdir('/')\nleft = 1\nprint(sorted(globals()))",
    )
    _chapter(
        tmp_path / "second.ipynb",
        "Two",
        "import math, os, sys\nprint(math.tau, os.environ.get('LEFT'), os.getcwd(), 'left' in globals(), __name__)\n"
        "print(len(sys.argv), sys.stdin.isatty())\nprint('to stderr', file=sys.stderr)\n"
        # What a child writes by itself arrives whenever it arrives, so it is read.
        "print(os.popen('echo from a child').read())",
    )
    with Warm(["helpers.data", "ipykernel.kernelapp", "math"], ["helpers.builds.recipe:read_tables", ""]) as warm:
        forked = [_run(tmp_path / f"{name}.ipynb", warm.address) for name in ("first", "second", "first")]
    fresh = [_run(tmp_path / f"{name}.ipynb") for name in ("first", "second")]
    assert forked == [*fresh, fresh[0]]


def _without_pictures(path: Path) -> nbformat.NotebookNode:
    """Return a stored chapter as its kernel left it: pictures beside charts are added when it is stored."""
    found = nbformat.read(path, 4)
    for output in (one for cell in found.cells for one in cell.get("outputs", [])):
        if output.get("data", {}).pop("image/png", None) is not None:
            output["metadata"].pop("image/png", None)
    return found


def test_forked_kernels_give_the_bytes_of_the_stored_chapters(root, tmp_path):
    """The chapters in the repository are compared with cold kernels by nbval."""
    names = ("southern", "method/definitions")
    known = State(project(), Cache(tmp_path), "")
    modules = known.modules.reach(*(known.chapter(root / "chapters" / f"{name}.ipynb").imports for name in names))
    with Warm([*modules, "bookbuild.notebooks", *WARM[:3]], ["helpers.builds.recipe:read_tables", ""]) as warm:
        for name in (*names, names[0]):
            path = root / "chapters" / f"{name}.ipynb"
            done = warm.call("bookbuild.notebooks:task", str(path), "2023-07", "", str(root), "mali", warm.address)
            assert done["beyond"] == ""
            assert nbformat.reads(done["notebook"], 4) == _without_pictures(path)


def test_a_forced_build_gives_the_same_site(built):
    before = sites.manifest(built / "site", MARKS)
    _builder(built, force=True, cold=True).build()
    after = sites.manifest(built / "site", MARKS)
    assert {name: row[0] for name, row in after["files"].items()} == {
        name: row[0] for name, row in before["files"].items()
    }


# ---------------------------------------------------------------------------------------------- editions


def test_editions_are_kept_and_a_failing_chapter_leaves_the_site_as_it_was(kept):
    site = kept / "site"
    _builder(kept, "2021-12").build()
    assert {p.name for p in site.iterdir()} == {*MARKS.pages, MARKS.manifest, light.SHARED, "2022-08", "2021-12"}
    page = (site / "2021-12" / "chapters" / "summary.html").read_text()
    links = re.findall(r'href="([^"]+/chapters/summary\.html)"', page)
    assert any("2021-12" in link for link in links)
    assert any("2022-08" in link for link in links)
    text = (site / "index.html").read_text()
    for edition in ("2022-08", "2021-12"):
        assert f'href="{edition}/chapters/summary.html"' in text
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    _edit(kept / "book/chapters/deep/tables.ipynb", 'print(\\"made for', '1 / 0, print(\\"made for')
    with pytest.raises(ChapterError) as failed:
        _builder(kept).build()
    words = str(failed.value)
    for part in (
        "chapter tables",
        "edition 2022-08",
        "cell",
        "ZeroDivisionError",
        "chapters/deep/tables.ipynb",
        "JupyterLab",
    ):
        assert part in words
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in kept.iterdir()) == ["book", "data", "site"]
    shutil.rmtree(site / "2021-12")
    _edit(kept / "book/chapters/deep/tables.ipynb", "1 / 0, ", "")
    _builder(kept).build()


def test_a_warning_of_the_book_leaves_the_old_site_as_it_was(kept):
    before = sites.manifest(kept / "site", MARKS)
    path = kept / "book" / "chapters" / "text.md"
    path.write_text(path.read_text() + "\n[nowhere](nowhere.md)\n")
    with pytest.raises(b.BuildError, match="did not build without warnings"):
        _builder(kept).build()
    assert sites.manifest(kept / "site", MARKS) == before


def test_nothing_runs_where_one_of_the_editions_does_not_exist(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(b, "processes", lambda *_: pytest.fail("it ran"))
    with pytest.raises(EditionError, match="does not exist"):
        b.build(["2022-08", "2022-8"], site=tmp_path / "site", source=Project(kept / "book", RECIPE))
    assert not list(tmp_path.iterdir())


def test_a_page_the_contents_name_must_exist(kept):
    (kept / "book" / "_toc.yml").write_text("format: jb-book\nroot: chapters/nothing\nparts: []\n")
    with pytest.raises(b.BuildError, match="chapters/nothing"):
        _ = Project(kept / "book", RECIPE).notebooks


# ---------------------------------------------------------------------------------------------- never broken


def test_two_builds_at_once_are_refused_in_one_sentence(built):
    with (
        swaps.held(built / "site", mark="mali"),
        pytest.raises(swaps.SwapError, match=r"another build \(process \d+, since"),
    ):
        _builder(built).build()
    _builder(built).build()
    assert not swaps.scratch_of(built / "site", "mali").exists()


def _full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("where", ["cache", "staging", "swap"])
def test_a_full_disk_leaves_the_site_as_it_was_and_is_said(kept, monkeypatch, where):
    site = kept / "site"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    if where == "cache":
        monkeypatch.setattr(Cache, "put", _full)
    elif where == "staging":
        monkeypatch.setattr(sites, "write_manifest", _full)
    else:
        monkeypatch.setattr(swaps, "exchange", _full)
    if where == "cache":
        _edit(kept / "book/chapters/text.md", "copied", "taken")
    else:
        # As if the site were of an earlier version: it is laid out again from what is kept.
        monkeypatch.setattr(sites, "manifest", lambda *_: {})
    with pytest.raises(b.BuildError, match=r"No space left on device.*as it was"):
        b.build(["2022-08"], site=site, data_dir=str(kept / "data"), source=Project(kept / "book", RECIPE))
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert not swaps.scratch_of(site, "mali").exists()


def test_a_disk_that_is_really_full(built, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small file system here")
    try:
        (disk / "site").mkdir()
        (disk / "site" / "index.html").write_text(OLD)
        with pytest.raises(b.BuildError, match="No space left on device"):
            b.build(
                ["2022-08"], site=disk / "site", data_dir=str(built / "data"), source=Project(built / "book", RECIPE)
            )
        assert [path.name for path in disk.rglob("*")] == ["site", "index.html"]
        assert (disk / "site" / "index.html").read_text() == OLD
    finally:
        subprocess.run(["umount", str(disk)], check=True)


BUILD = """
import sys
from pathlib import Path
from bookbuild import builder as b
from bookbuild.recipe import Project
from helpers.builds.recipe import RECIPE
folder = Path(sys.argv[1])
b.build(["2022-08"], site=folder / "site", source=Project(folder / "book", RECIPE), options=b.Options(jobs=1),
        progress=lambda line: print(line, flush=True))
"""


def test_a_build_that_is_killed_leaves_the_site_ends_its_processes_and_is_taken_up_again(tmp_path, root):
    _book(tmp_path / "book", root)
    # A pipe to which nobody writes: the second chapter is running, and goes on running, when the build is killed.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    _chapter(
        tmp_path / "book" / "chapters" / "deep" / "tables.ipynb", "Tables", f"print(len(open({str(pipe)!r}).read()))"
    )
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(OLD)
    waits.settled(tmp_path)
    environment = os.environ | {"TMPDIR": str(tmp_path / "tmp")}
    (tmp_path / "tmp").mkdir()
    log = tmp_path / "log"
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    with waits.running(command, log, cwd=tmp_path, env=environment) as process:
        waits.until(lambda: "\n" in log.read_text() or process.poll() is not None, "the first chapter", log.read_text)
    first = log.read_text()
    assert first.startswith("[1/3] ran chapter summary"), first
    assert (tmp_path / "site" / "index.html").read_text() == OLD
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["index.html"]
    waits.until(lambda: not waits.programs(str(tmp_path / "tmp")), "the processes of a killed build to end")
    assert swaps.scratch_of(tmp_path / "site", "mali").is_dir()
    pipe.unlink()
    pipe.write_text("words")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(tmp_path)], capture_output=True, text=True, check=True, env=environment
    )
    assert "chapter summary" not in done.stdout
    assert "chapter deep/tables" in done.stdout
    assert (tmp_path / "site" / "2022-08" / "chapters" / "summary.html").is_file()
    assert not swaps.scratch_of(tmp_path / "site", "mali").exists()


# ---------------------------------------------------------------------------------------------- what others keep there


def _everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _plant(site: Path, name: str) -> None:
    path = site / name if name else site
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("the user's own")


@pytest.mark.parametrize(
    "name",
    ["", *MARKS.pages, "2022-08", "2022-08/index.html", "2022-08/notes.txt", "editions.html", "compare.fr.html"],
)
def test_what_no_build_has_made_is_not_replaced_and_nothing_is_run(built, tmp_path, monkeypatch, name):
    monkeypatch.setattr(b, "processes", lambda *_: pytest.fail("it ran"))
    _plant(tmp_path / "site", name)
    before = _everything(tmp_path)
    with pytest.raises(swaps.SwapError, match=r"^/.*(would be overwritten; nothing was changed|a file lies there)"):
        b.build(
            ["2022-08"], site=tmp_path / "site", data_dir=str(built / "data"), source=Project(built / "book", RECIPE)
        )
    assert _everything(tmp_path) == before


def test_a_plan_refuses_a_site_in_the_current_folder_and_one_below_a_file(built, tmp_path, monkeypatch):
    _plant(tmp_path, "file")
    monkeypatch.chdir(tmp_path)
    for site, message in (("file/site", "a file lies there"), (".", "the current folder lies in it")):
        with pytest.raises(swaps.SwapError, match=message):
            b.Builder(
                Project(built / "book", RECIPE), ["2022-08"], Path(site), str(built / "data"), b.Options(), print
            ).dry_run()


def test_a_place_that_takes_no_folder_is_refused_and_not_waited_for(tmp_path, monkeypatch):
    def refuse(_: Path) -> None:
        raise FileNotFoundError(2, "No such file or directory", str(tmp_path))

    monkeypatch.setattr(swaps, "private", refuse)
    with pytest.raises(FileNotFoundError), swaps.held(tmp_path / "site"):
        pytest.fail("held")


def test_a_site_is_not_built_over_what_it_is_made_from(built):
    with pytest.raises(b.BuildError, match="made from what lies in it"):
        b.build(["2022-08"], site=built, data_dir=str(built / "data"), source=Project(built / "book", RECIPE))
    assert sorted(path.name for path in built.iterdir()) == ["book", "data", "site"]


def test_what_others_keep_in_a_site_stays_and_is_in_no_manifest(kept):
    site = kept / "site"
    theirs = ("CNAME", "notes/plan.txt", "2022-08/notes.txt", "2019-01x/page.html", "pdf/theirs.pdf")
    for name in theirs:
        _plant(site, name)
    (site / "link").symlink_to("notes")
    (site / "empty").mkdir()
    stale = site / "2022-08" / "chapters" / "gone.html"
    stale.write_text("of an earlier build")
    noted = sites.manifest(site, MARKS)
    files = {name: row[0] for name, row in noted["files"].items()} | {"2022-08/chapters/gone.html": ""}
    sites.write_manifest(site, MARKS, noted["books"], noted["front"], files)
    _edit(kept / "book/chapters/text.md", "copied", "kept")
    _builder(kept).build()
    assert "kept" in (site / "2022-08" / "chapters" / "text.html").read_text()
    assert {(site / name).read_text() for name in theirs} == {"the user's own"}
    assert os.readlink(site / "link") == "notes"
    assert (site / "empty").is_dir()
    assert not stale.exists()
    assert not set(theirs) & set(sites.manifest(site, MARKS)["files"])
    for name in ("CNAME", "notes", "2019-01x", "pdf"):
        (shutil.rmtree if (site / name).is_dir() else os.unlink)(site / name)
    _edit(kept / "book/chapters/text.md", "kept", "copied")


def test_a_site_without_a_manifest_is_known_by_its_pages(kept):
    site = kept / "site"
    (site / MARKS.manifest).unlink()
    _plant(site, "2022-08/notes.txt")
    stale = site / "2022-08" / "chapters" / "gone.html"
    stale.write_text("of an earlier build")
    _builder(kept).build()
    assert (site / "2022-08" / "notes.txt").read_text() == "the user's own"
    assert not stale.exists()
    assert sites.manifest(site, MARKS)["books"].keys() == {"2022-08"}
    assert _would(kept) == set()


# ---------------------------------------------------------------------------------------------- many editions


def test_every_month_and_a_front_page_that_stays_usable():
    from helpers import editions
    from helpers.builds import front

    months = front.every_month("2024-11", "2025-01")
    assert months == ["2022-08", "2023-07", "latest", "2024-11", "2024-12", "2025-01"]
    assert len(front.every_month("2019-01")) >= 87
    assert front.every_month("2026-01")[-1] == "2026-03"
    for first, last, message in (
        ("2018-01", "", "too early"),
        ("latest", "", "no month"),
        ("2024-02", "2024-01", "no month from"),
        ("2024-1", "", "does not exist"),
        ("2024-01", "2031-01", "last complete month of the tables"),
    ):
        with pytest.raises(EditionError, match=message):
            front.every_month(first, last)
    few = front.plan(["2022-08", "2021-12"], ["latest"])
    assert few["switch"] == ["2022-08", "latest", "2021-12"]
    many = front.plan(front.every_month("2021-01", "2022-12"), [])
    assert many["switch"] == ["2022-08", "2023-07", "latest"]
    assert len(many["shown"]) == 26
    for edition, _ in many["shown"]:
        assert f'href="{edition}/chapters/summary.html"' in many["front"]["index.html"]
    assert list(many["front"]) == ["index.html", "index.fr.html"]
    for page in many["front"].values():
        assert len(BeautifulSoup(page, "html.parser").select(".cards > li h2 a")) == 3
        # Facts that lead to their figures, a map and the attacks on civilians, each drawn wide and for a phone, and dates.
        assert len(re.findall(r'<li><a href="latest/chapters/\w+(?:\.fr)?\.html[^"]*">', page)) >= 4
        assert page.count("<figure ") == 2
        assert page.count("<svg") == 4
        assert page.count("<h1>") == 1
        assert page.count("<strong>") >= 1
        assert "<script" not in page
    assert editions.find("2021-05").title == "May 2021"


def test_the_time_that_is_left_is_estimated_from_what_was_done():
    clock = Clock(2, {"chapter": 40, "book": 4})
    assert clock.words == ""
    for _ in range(4):
        clock.done("chapter", 10.0)
    # 36 chapters of 10 s and 4 books, not seen yet and taken as 50 s each, on two processes.
    assert clock.words == f", about {(36 * 10 + 4 * 50) / 2 / 60:.0f} min left"
    clock.done("book", 20.0)
    assert clock.words == f", about {(36 * 10 + 3 * 20) / 2 / 60:.0f} min left"


def test_chapters_run_on_two_dask_workers_as_they_do_here(tmp_path, root):
    distributed = pytest.importorskip("distributed")
    _book(tmp_path / "book", root)
    lines: list[str] = []
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, scheduler_port=0
        ) as cluster,
    ):
        b.build(
            ["2022-08"],
            site=tmp_path / "site",
            source=Project(tmp_path / "book", RECIPE),
            options=b.Options(scheduler=cluster.scheduler_address),
            progress=lines.append,
        )
    assert sum("ran chapter" in line for line in lines) == 2
    assert "made for 2022-08" in (tmp_path / "site" / "2022-08" / "chapters" / "deep" / "tables.html").read_text()


def test_a_scheduler_that_does_not_answer_is_one_sentence(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(processes, "PATIENCE", 1)  # nobody answers there, however long one waits
    with pytest.raises(
        b.BuildError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9 .*expected tcp://HOST:PORT"
    ):
        cluster("tcp://127.0.0.1:9")
