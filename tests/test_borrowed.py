"""What the book borrows from the insides of other packages: strings it replaces, interfaces nobody promised.

Each test fails by naming the package and version that no longer has it; `docs/leaving-jupyter-book.md` says what then.
"""

import asyncio
import inspect
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import altair as alt
import pandas as pd

import sample_book
from helpers import figures
from helpers.builds import kernels


def holds(found: object, package: str, what: str, used: str) -> None:
    """Fail with the version that broke what is borrowed, and where the book uses it."""
    assert found, f"{package} {version(package)} has no {what} any more; {used} rests on it."


def _source(module) -> str:
    return Path(inspect.getfile(module)).read_text(encoding="utf-8")


def test_vl_convert_still_warns_in_the_words_that_are_silenced():
    import vl_convert

    bundle = vl_convert.javascript_bundle("globalThis.x = vegaEmbed;")
    warning = "console.warn(`The compiled spec uses"
    holds(bundle.count(warning) == 1, "vl-convert-python", f"one {warning!r}", "helpers.page.book.add_assets")
    holds("globalThis.x" in bundle, "vl-convert-python", "bundle around a snippet", "helpers.page.book.add_assets")


def test_thebe_still_appends_what_is_taken_out():
    import sphinx_thebe

    appended = re.findall(r"nodes\.raw\(\s*text=f?\"(<script[^\"]*)", _source(sphinx_thebe))
    known = [text for text in appended if "thebe" in text or text.startswith("<script>kernelName")]
    holds(appended and known == appended, "sphinx-thebe", "scripts known by name", "helpers.page.book.drop_thebe")


def test_myst_nb_still_names_the_button_that_is_renamed():
    from myst_nb import sphinx_

    words = "Toggle hidden content"
    holds(words in _source(sphinx_), "myst-nb", f"button named {words!r}", "helpers.page.book.finish_page")


def test_the_theme_still_takes_its_second_search_field_from_an_option():
    import pydata_sphinx_theme

    used = "helpers.page.book.add_assets"
    holds(
        '"navbar_persistent"' in _source(pydata_sphinx_theme), "pydata-sphinx-theme", "option navbar_persistent", used
    )


def test_sphinx_still_numbers_figures_where_they_are_looked_up():
    from sphinx.environment import BuildEnvironment

    made = inspect.getsource(BuildEnvironment.__init__)
    for name in ("toc_fignumbers", "toctree_includes", "titles", "found_docs"):
        there = name in made or hasattr(BuildEnvironment, name)
        holds(there, "sphinx", f"environment with {name}", "helpers.page.findings")


def test_altair_still_keeps_the_parts_of_a_chart_where_periods_are_replaced():
    frame = pd.DataFrame({"Month": pd.period_range("2020-01", periods=2, freq="M"), "Events": [1, 2]})
    one = alt.Chart(frame).mark_line().encode(x="Month:T", y="Events:Q")
    for chart in (one, one + one, one | one, alt.hconcat(one, one), alt.vconcat(one, one)):
        plain = figures._plain_frames(chart)
        written = plain.to_json()
        holds("2020-01-01" in written, "altair", "chart whose data stand in _kwds", "helpers.figures._plain_frames")
    assert isinstance(frame["Month"].dtype, pd.PeriodDtype)


def test_jupyter_client_still_starts_kernels_through_a_provisioner_named_at_run_time(tmp_path):
    used = "helpers.builds.kernels.manager"
    from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

    made = {}
    for address in ("socket", ""):
        spec = kernels.manager(tmp_path / "record.json", address)().kernel_spec
        factory = KernelProvisionerFactory.instance()
        holds(set(kernels.PROVISIONERS) <= set(factory.provisioners), "jupyter-client", "table of provisioners", used)
        made[address] = factory.create_provisioner_instance("id", spec, None)
    kinds = [type(one).__name__ for one in made.values()]
    holds(kinds == ["WarmProvisioner", "ColdProvisioner"], "jupyter-client", "provisioner by kernel spec", used)
    holds(made["socket"].address == "socket", "jupyter-client", "configuration of provisioners", used)
    inherited = getattr(LocalProvisioner, "_finalize_env", None)
    holds(callable(inherited), "jupyter-client", "environment that is made final before a launch", used)
    for name in ("poll", "wait", "send_signal", "kill", "terminate"):
        asked = f"self.process.{name}("
        ours = hasattr(kernels._Fork, name)
        holds(
            asked not in inspect.getsource(LocalProvisioner) or ours, "jupyter-client", f"process without {name}", used
        )
    assert asyncio.iscoroutinefunction(LocalProvisioner.launch_kernel)


def test_papermill_still_marks_the_cell_it_puts_in():
    from papermill.translators import PythonTranslator

    cell = PythonTranslator.codify({"edtion": "2021-12"})
    holds(
        cell.startswith("# Parameters\n"),
        "papermill",
        "cell that begins with '# Parameters'",
        "helpers.chapters.Chapter",
    )


def test_python_still_tells_of_files_through_audit_events(tmp_path):
    code = (
        "import os, sys\n"
        "from helpers.inputs import Recorder\n"
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
    said = f"Python {sys.version.split()[0]} no longer tells of files as helpers.inputs.Recorder expects: {done.stdout}{done.stderr}"
    assert done.stdout.splitlines() == [seen, imports], said


def test_the_book_can_leave_jupyter_book_with_every_page_the_same(tmp_path, tmp_path_factory):
    """Sphinx alone, with the settings that jupyter-book writes and without its extensions, gives the same bytes."""
    folder = sample_book.folder(tmp_path_factory)
    site = sample_book.build(folder) / sample_book.EDITION
    source = tmp_path / "book"
    shutil.copytree(folder / "book", source, ignore=shutil.ignore_patterns("_build"))
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "config", "sphinx", str(source)]
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
