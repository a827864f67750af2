"""What the book borrows from the insides of other packages: strings it replaces, interfaces nobody promised.

Each test fails by naming the library, the version that no longer has it, and the version the book was written for;
`docs/leaving-jupyter-book.md` says what then.
"""

import ast
import asyncio
import gettext
import importlib
import inspect
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import altair as alt
import pandas as pd
import pytest
from altair.utils import schemapi

import bookbuild
import helpers
import sample_book
from bookbuild.borrowed import ipykernel, jupyter_book, jupyter_client, nbclient, papermill, python, singlehtml
from helpers.borrowed import (
    altair,
    myst_nb,
    pydata_sphinx_theme,
    sphinx,
    sphinx_book_theme,
    thebe,
    vl_convert,
)

PACKAGE = Path(helpers.__file__).parent
PACKAGES = (Path(bookbuild.__file__).parent, PACKAGE)
CODE = sorted(path for package in PACKAGES for path in package.rglob("*.py"))
MODULES = sorted(
    f"{path.parts[-3]}.borrowed.{path.stem}" for path in CODE if path.parent.name == "borrowed" if path.stem[0] != "_"
)


def holds(found: object, module, what: str) -> None:
    """Fail with the version that broke what is borrowed, the one it was written for, and where the book uses it."""
    assert found, module.LOAN.broken(what)


def _source(module) -> str:
    return Path(inspect.getfile(module)).read_text(encoding="utf-8")


def _files(module, *suffixes: str) -> str:
    """Return all templates and code of a library."""
    found = [path for path in Path(module.__file__).parent.rglob("*") if path.suffix in suffixes]
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in found)


# --------------------------------------------------------------------------- one module a library


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_takes_for_which_version_and_who_uses_it(name, root):
    loan, short = importlib.import_module(name).LOAN, name.split(".")[-1]
    assert f"test_{short}_" in Path(__file__).read_text(encoding="utf-8"), f"{name} has no test"
    assert f"| {loan.library} " in (root / "docs" / "leaving-jupyter-book.md").read_text(encoding="utf-8")
    said = loan.broken("such thing")
    assert all(part in said for part in (loan.library, loan.written_for, loan.installed, *loan.used_in))
    for used in loan.used_in:
        path = PACKAGE / "page" / "js" / used if used.endswith(".js") else None
        path = path or PACKAGE.parent.joinpath(*used.split(".")).with_suffix(".py")
        # A script borrows by itself: it cannot import.
        assert path.suffix == ".js" or short in path.read_text(encoding="utf-8"), f"{used} uses nothing of {name}"


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith(".python")])
def test_a_loan_was_written_for_the_version_that_is_pinned(name, root):
    """Whoever moves a pin looks at what is borrowed from it, and writes the new version down."""
    loan = importlib.import_module(name).LOAN
    pinned = re.search(rf"^{re.escape(loan.library)}==(\S+)", (root / "requirements.txt").read_text(), re.MULTILINE)
    assert pinned, f"{loan.library} is not in requirements.txt"
    assert pinned[1] == loan.written_for, loan.broken(f"test with {pinned[1]}; run these, then change written_for:")


def test_nothing_private_is_taken_outside_of_these_modules():
    """A name with an underscore that this package does not define is somebody else's."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in CODE}
    ours, taken = set(), []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                if path.parent.name != "borrowed":
                    ours.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                ours.add(node.id)
            elif isinstance(node, ast.Attribute):
                if isinstance(node.ctx, ast.Store):
                    ours.add(node.attr)
                else:
                    taken.append((path, node.lineno, node.attr))
            elif isinstance(node, ast.ImportFrom):
                taken += [
                    (path, node.lineno, part) for part in (node.module or "").split(".") if node.module[:2] != "__"
                ]
    private = [row for row in taken if re.match(r"_[a-z]", row[2]) and row[2] not in ours | {"_exit"}]
    assert [row for row in private if row[0].parent.name != "borrowed"] == []
    assert {row[2] for row in private} >= {"_kwds", "_getframe", "_finalize_env"}, "the check sees those that are there"


WORDS = (
    "The compiled spec uses", "Toggle hidden content", "navbar_persistent", "thebe", "MathJax", "# Parameters",
    "toc_fignumbers", "toctree_includes", "generate_toctree_html", "admonition-title", "caption-text", "JPY_PARENT_PID",
    "injected-parameters", "jupyter_book.cli", "Toggle primary", "kernel_provisioner", "kernel_manager_class",
)  # fmt: skip


@cache
def texts() -> dict[str, tuple[str, ...]]:
    """Return the short texts and the names in the code of each file of the package; a text of many lines is a docstring."""
    found = {}
    for path in CODE:
        code = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        said = [node.value for node in code if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        said = [text for text in said if text.count("\n") < 2 and len(text) < 100]
        said += [node.attr for node in code if isinstance(node, ast.Attribute)]
        said += [node.module or "" for node in code if isinstance(node, ast.ImportFrom)]
        found[path.relative_to(PACKAGE.parent).as_posix()] = tuple(said)
    return found


@pytest.mark.parametrize("words", WORDS)
def test_words_of_others_stand_in_these_modules_only(words):
    holders = [name for name, said in texts().items() if any(words in text for text in said)]
    # Lists of names: variables that processes of a build get, and modules that are imported ahead of time.
    holders = [name for name in holders if name not in ("bookbuild/environment.py", "bookbuild/processes.py")]
    assert len(holders) == 1, holders
    assert holders[0].split("/")[1] == "borrowed"


# --------------------------------------------------------------------------- one test a library


def test_vl_convert_still_warns_in_the_words_that_are_silenced_and_writes_sizes_and_ids(root):
    import vl_convert as real

    bundle = real.javascript_bundle("globalThis.x = vegaEmbed;")
    holds(bundle.count(vl_convert.WARNING) == 1, vl_convert, f"one {vl_convert.WARNING!r}")
    holds("globalThis.x" in bundle, vl_convert, "bundle around a snippet")
    assert vl_convert.WARNING not in vl_convert.silenced(bundle)
    values = [{"a": 1, "b": 2}]
    clipped = {"mark": {"type": "line", "clip": True}, "data": {"values": values}, "width": 50, "height": 40}
    clipped["encoding"] = {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b", "type": "quantitative"}}
    drawn = [real.vegalite_to_svg(clipped, vl_version="5.8") for _ in range(2)]
    holds("clip" in drawn[0], vl_convert, "clip paths whose id begins with clip")
    wide, high = vl_convert.size(drawn[0])
    holds(float(wide) > 50 and float(high) > 40, vl_convert, "width and height in its SVG")
    one, other = (vl_convert.counted_anew(svg, "fig-x") for svg in drawn)
    holds(one == other and 'id="fig-x-clip0"' in one, vl_convert, "ids that end with a number")
    with pytest.raises(ValueError, match="vl-convert-python"):
        vl_convert.size("<svg>")


def test_thebe_still_appends_what_is_taken_out():
    import sphinx_thebe

    texts = re.findall(r"nodes\.raw\(\s*text=f?\"(<script[^\"]*)", _source(sphinx_thebe))
    holds(texts and all(thebe.appended(text) for text in texts), thebe, "scripts known by name")
    assert not thebe.appended("<script>ours</script>")
    assert thebe.is_script("https://x/thebe.js", "")


def test_myst_nb_still_names_the_button_that_is_renamed_and_lets_a_plugin_see_the_page():
    import myst_nb as real
    from myst_nb import sphinx_
    from myst_nb.core.render import MimeData, NbElementRenderer

    holds("Toggle hidden content" in _source(sphinx_), myst_nb, "button named 'Toggle hidden content'")
    holds(
        f'class="{myst_nb.PROMPT}"' in _files(real, ".py", ".css") or f"{myst_nb.PROMPT}" in _files(real, ".py"),
        myst_nb,
        f"class {myst_nb.PROMPT}",
    )
    holds(f'"{myst_nb.OUTPUT}"' in _files(real, ".py"), myst_nb, f"class {myst_nb.OUTPUT}")
    holds(
        {"mime_type", "content"} <= set(MimeData.__dataclass_fields__), myst_nb, "MimeData with mime_type and content"
    )
    holds(hasattr(NbElementRenderer, "render_mime_type"), myst_nb, "render_mime_type")
    holds(isinstance(NbElementRenderer.renderer, property), myst_nb, "renderer of an element renderer")
    assert myst_nb.unnamed(f"{myst_nb.NAMED}x") == "<summary>x"
    assert myst_nb.prompted('<p class="admonition-title">Show<', "Show", ' lang="fr"', "Voir").endswith(
        'lang="fr">Voir<'
    )


def test_pydata_sphinx_theme_still_takes_its_second_search_field_from_an_option():
    import pydata_sphinx_theme as real

    option = pydata_sphinx_theme.SECOND_SEARCH
    holds(f'"{option}"' in _source(real) and option in _files(real, ".html"), pydata_sphinx_theme, f"option {option}")
    holds(_speaks(pydata_sphinx_theme.WORDS), pydata_sphinx_theme, "translations into French")


def test_sphinx_book_theme_still_has_the_labels_that_are_put_into_french():
    import sphinx_book_theme as real

    templates = _files(real, ".html", ".py", ".conf", ".toml")
    for label in sphinx_book_theme.LABELS:
        words = label.split('"')[1]
        holds(label in templates or words in templates, sphinx_book_theme, f"label {label}")
    holds(_speaks(sphinx_book_theme.WORDS), sphinx_book_theme, "translations into French")


def _speaks(words: tuple[str, Path]) -> bool:
    return isinstance(gettext.translation(*words, ["fr"], fallback=True), gettext.GNUTranslations)


def test_sphinx_still_numbers_figures_where_they_are_looked_up():
    import sphinx as real
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    made = inspect.getsource(BuildEnvironment.__init__)
    for name in ("toc_fignumbers", "toctree_includes", "titles", "found_docs"):
        holds(name in made or hasattr(BuildEnvironment, name), sphinx, f"environment with {name}")
    html = inspect.getsource(StandaloneHTMLBuilder)
    holds("self.relations = " in html and "self.fignumbers = " in html, sphinx, "builder with relations and fignumbers")
    holds(hasattr(HTML5Translator, "add_fignumber"), sphinx, "writer with add_fignumber")
    holds("self.docnames" in inspect.getsource(HTML5Translator.__init__), sphinx, "writer with docnames")
    holds(_speaks(sphinx.WORDS), sphinx, "translations into French")
    holds("Link to this heading" in _source(inspect.getmodule(HTML5Translator)), sphinx, "label 'Link to this heading'")
    search = (Path(real.__file__).parent / "themes/basic/static/searchtools.js").read_text(encoding="utf-8")
    holds(f"{sphinx.SEARCH.removeprefix('Search.')}:" in search, sphinx, f"script with {sphinx.SEARCH}")
    holds(sphinx.SEARCH_SUMMARY in search, sphinx, f"script with {sphinx.SEARCH_SUMMARY}")
    ours = (PACKAGE / "page/js/search.js").read_text(encoding="utf-8")
    assert sphinx.SEARCH in ours
    assert sphinx.SEARCH_SUMMARY in ours
    env = SimpleNamespace(
        config=SimpleNamespace(root_doc="a"), found_docs={"b", "a", "c"}, toctree_includes={"a": ["c"]}
    )
    assert sphinx.pages(env) == ["a", "c", "b"]
    env.toc_fignumbers = {"b": {"figure": {"y": (7,), "x": (4,)}}}
    sphinx.restart_numbers(None, env)
    assert sphinx.figure_numbers(env, "b") == {"x": (1,), "y": (2,)}


def test_singlehtml_still_joins_pages_below_one_article_with_the_contents_it_is_known_by():
    from sphinx.builders.singlehtml import SingleFileHTMLBuilder
    from sphinx.directives.other import TocTree
    from sphinx.writers.html5 import HTML5Translator

    holds(SingleFileHTMLBuilder.name == "singlehtml", singlehtml, "builder that joins pages")
    holds("toctree-wrapper" in inspect.getsource(TocTree), singlehtml, "wrapper around joined chapters")
    holds("headerlink" in _source(inspect.getmodule(HTML5Translator)), singlehtml, "links to headings")
    assert all("toctree-wrapper" in found for found in (singlehtml.CHAPTERS, singlehtml.SCREEN_ONLY[1]))


def test_altair_still_keeps_the_parts_of_a_chart_where_periods_are_replaced_and_makes_up_names():
    frame = pd.DataFrame({"Month": pd.period_range("2020-01", periods=2, freq="M"), "Events": [1, 2]})
    one = alt.Chart(frame).mark_line().encode(x="Month:T", y="Events:Q")
    for chart in (one, one + one, one | one, alt.hconcat(one, one), alt.vconcat(one, one)):
        written = altair.plain_frames(chart).to_json()
        holds("2020-01-01" in written, altair, "chart whose data stand in _kwds")
    assert isinstance(frame["Month"].dtype, pd.PeriodDtype)
    plain = alt.Chart(frame.assign(Month="x")).mark_point().encode(x="Month:N").add_params(alt.selection_point())
    made, again = (altair.stable_names((plain + plain).to_dict()) for _ in range(2))
    holds(list(made["datasets"]) == ["table_1"], altair, "data sets under 'datasets', by name")
    holds(made == again and '"param_1"' in str(made).replace("'", '"'), altair, "parameters named param_N")
    holds(
        alt.Axis(grid="much").to_dict(validate=False) == {"grid": "much"},
        altair,
        "DEBUG_MODE, by which a part is checked alone",
    )
    holds(schemapi._FromDict.cache_info().misses == 1, altair, "table of classes that each channel asks for")


def test_jupyter_client_still_starts_kernels_through_a_provisioner_named_at_run_time(tmp_path):
    from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

    made = {}
    for address in ("socket", ""):
        spec = jupyter_client.manager(tmp_path / "record.json", address)().kernel_spec
        factory = KernelProvisionerFactory.instance()
        holds(set(jupyter_client.PROVISIONERS) <= set(factory.provisioners), jupyter_client, "table of provisioners")
        made[address] = factory.create_provisioner_instance("id", spec, None)
    kinds = [type(one).__name__ for one in made.values()]
    holds(kinds == ["WarmProvisioner", "ColdProvisioner"], jupyter_client, "provisioner by kernel spec")
    holds(made["socket"].address == "socket", jupyter_client, "configuration of provisioners")
    inherited = getattr(LocalProvisioner, "_finalize_env", None)
    holds(callable(inherited), jupyter_client, "environment that is made final before a launch")
    for name in ("poll", "wait", "send_signal", "kill", "terminate"):
        asked = f"self.process.{name}("
        ours = hasattr(jupyter_client._Fork, name)
        holds(asked not in inspect.getsource(LocalProvisioner) or ours, jupyter_client, f"process without {name}")
    assert asyncio.iscoroutinefunction(LocalProvisioner.launch_kernel)


def test_papermill_still_marks_the_cell_it_puts_in_and_hands_arguments_through():
    import papermill as real
    from papermill import execute, parameterize
    from papermill.translators import PythonTranslator

    cell = PythonTranslator.codify({"edtion": "2021-12"})
    holds(papermill.is_injected(cell), papermill, f"cell that begins with {papermill.FIRST_LINE!r}")
    for tag in (papermill.DECLARED, papermill.INJECTED):
        holds(repr(tag) in _source(parameterize), papermill, f"tag {tag!r}")
    holds("**engine_kwargs" in inspect.getsource(execute.execute_notebook), papermill, "arguments handed to nbclient")
    assert real.execute_notebook is execute.execute_notebook


def test_nbclient_still_takes_the_class_of_kernel_managers_and_the_folder_of_a_kernel(tmp_path):
    from nbclient import NotebookClient
    from nbformat.v4 import new_notebook

    given = nbclient.arguments(dict, tmp_path)
    holds(set(given) <= set(NotebookClient.class_traits()), nbclient, f"client that takes {', '.join(given)}")
    client = NotebookClient(new_notebook(), resources=given["resources"])
    holds(client.resources["metadata"]["path"] == str(tmp_path), nbclient, "folder of a kernel under metadata, path")


def test_ipykernel_still_ends_with_the_parent_in_its_environment_and_keeps_its_cells():
    from ipykernel import kernelapp
    from IPython.core.history import HistoryManager
    from IPython.core.interactiveshell import InteractiveShell

    holds(f'"{ipykernel.PARENT}"' in _source(kernelapp), ipykernel, f"parent named in {ipykernel.PARENT}")
    holds("enabled" in HistoryManager.class_traits(), ipykernel, "history that can be turned off")
    holds("log_level" in kernelapp.IPKernelApp.class_traits(), ipykernel, "level of its log")
    shell = InteractiveShell()
    holds(ipykernel.RUN in shell.user_ns, ipykernel, f"cells that were run under {ipykernel.RUN!r}")
    shell.events.register("post_run_cell", print)
    shell.events.unregister("post_run_cell", print)


def test_jupyter_book_still_has_its_command_as_a_function_and_builds_below_its_folder(tmp_path):
    from jupyter_book.cli import main as cli

    holds(callable(getattr(cli, "main", None)), jupyter_book, "command as a function")
    for words in {label.split('"')[1] for label in jupyter_book.LABELS}:
        holds(words in _files(sys.modules["jupyter_book"], ".py", ".yml"), jupyter_book, f"label {words!r}")
    holds('"_build"' in _source(cli), jupyter_book, "folder _build")
    done = subprocess.run([*jupyter_book.PROGRAM, "--version"], capture_output=True, text=True, check=False)
    holds(done.returncode == 0, jupyter_book, f"program that says its version ({done.stderr})")
    with pytest.raises(SystemExit) as ended:
        jupyter_book.run(["build", str(tmp_path / "nothing")])
    holds(ended.value.code, jupyter_book, "exit code for a folder that is not there")
    assert jupyter_book.built(tmp_path, "singlehtml") == tmp_path / "_build" / "singlehtml"


def test_python_still_tells_of_files_through_audit_events(tmp_path):
    code = (
        "import os, sys\n"
        "from bookbuild.inputs import Recorder\n"
        "recorder = Recorder()\n"
        "recorder.start()\n"
        "open('x.txt').close(); os.listdir('listed'); list(os.scandir('scanned')); import wave\n"
        "recorder.stop()\n"
        "print(sorted((kind, os.path.basename(path)) for kind, path, _ in recorder.reads if path.startswith(os.getcwd())))\n"
        "print([path for kind, path, _ in recorder.reads if kind == 'folder' and path in sys.path and path != os.getcwd()])\n"
    )
    (tmp_path / "x.txt").touch()
    for name in ("listed", "scanned"):
        (tmp_path / name).mkdir()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    seen, imports = "[('file', 'x.txt'), ('folder', 'listed'), ('folder', 'scanned')]", "[]"
    holds(done.stdout.splitlines() == [seen, imports], python, f"audit events as expected: {done.stdout}{done.stderr}")
    assert python.LOAN.installed.split(".")[0] == "3"


# --------------------------------------------------------------------------- the way out


def test_the_book_can_leave_jupyter_book_with_every_page_the_same(tmp_path, tmp_path_factory):
    """Sphinx alone, with the settings that jupyter-book writes and without its extensions, gives the same bytes."""
    folder = sample_book.folder(tmp_path_factory)
    site = sample_book.build(folder) / sample_book.EDITION
    source = tmp_path / "book"
    shutil.copytree(folder / "book", source, ignore=shutil.ignore_patterns("_build"))
    command = [*jupyter_book.PROGRAM, "config", "sphinx", str(source)]
    subprocess.run(command, capture_output=True, text=True, check=True)
    settings = (source / "conf.py").read_text(encoding="utf-8")
    for extension in ("jupyter_book", "sphinx_thebe", "sphinx_comments"):
        assert f"'{extension}', " in settings
        settings = settings.replace(f"'{extension}', ", "")
    (source / "conf.py").write_text(settings, encoding="utf-8")
    build = [sys.executable, "-m", "sphinx", "-W", "-n", "--keep-going", "-b", "html", "-d", str(tmp_path / "trees")]
    done = subprocess.run([*build, str(source), str(tmp_path / "html")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {path.relative_to(site) for path in site.rglob("*") if path.suffix in {".html", ".js", ".css"}}
    pages = {path for path in pages if "thebe" not in path.name}
    assert len(pages) > 10
    assert [str(path) for path in sorted(pages) if not same(site / path, tmp_path / "html" / path)] == []


def same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()
