"""No process that builds has a credential: kernels warm and cold, forks, the browser."""

import json
import subprocess

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from bookbuild import chromium, environment, notebooks
from bookbuild.warm import Cold, Warm

PLANTED = {"ACLED_PASSWORD": "planted-1", "UCDP_TOKEN": "planted-2", "AWS_SECRET_ACCESS_KEY": "planted-3", "ANYTHING": "planted-4", "MALI_API_KEY": "planted-5"}  # fmt: skip
SHOW = "import json, os; print(json.dumps(dict(os.environ)))"


@pytest.fixture(autouse=True)
def planted(monkeypatch):
    for name, value in PLANTED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MALI_HARMLESS", "kept")


def harmless(found):
    assert not set(found) & set(PLANTED)
    assert found["MALI_HARMLESS"] == "kept"
    assert found["PATH"]


def test_the_list_is_of_names_that_are_needed():
    given = PLANTED | {"PATH": "/bin", "HOME": "/h", "LANG": "C", "LC_ALL": "C", "PYTHONPATH": "p", "TMPDIR": "/t", "VIRTUAL_ENV": "v", "SOURCE_DATE_EPOCH": "0", "https_proxy": "http://me:word@proxy", "MALI_DATA": "d"}  # fmt: skip
    assert set(environment.allowed(given, "mali")) == set(given) - set(PLANTED) - {"https_proxy"}


@pytest.mark.parametrize("warm", [False, True])
def test_a_kernel_has_no_credential(warm, tmp_path):
    book = new_notebook(
        cells=[
            new_code_cell('edition = "x"\ndata_dir = ""', metadata={"tags": ["parameters"]}),
            new_code_cell(SHOW),
            new_code_cell("import subprocess, sys; print(subprocess.check_output(['env'], text=True))"),
        ]
    )
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
    nbformat.write(book, tmp_path / "one.ipynb")
    with Warm(["ipykernel.kernelapp"], mark="mali") if warm else Cold("mali") as processes:
        done = notebooks.run(tmp_path / "one.ipynb", {"edition": "y"}, tmp_path, processes.address, "mali")
    outputs = [cell.outputs[0]["text"] for cell in done.notebook.cells if cell.outputs]
    harmless(json.loads(outputs[0]))
    assert "planted-" not in outputs[1]


@pytest.mark.parametrize("kind", [lambda: Warm(["json"], mark="mali"), lambda: Cold("mali")])
def test_a_process_of_a_build_has_no_credential(kind):
    with kind() as processes:
        harmless(processes.call("bookbuild.environment:allowed", {"PATH": "x", "MALI_HARMLESS": "kept"}, "mali"))
        harmless(
            json.loads(processes.call("subprocess:getoutput", "env -0 | tr '\\0' '\\n' | python3 -c '" + SHOW + "'"))
        )


def test_the_browser_has_no_credential(monkeypatch, tmp_path):
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        raise OSError("not now")

    monkeypatch.setattr(chromium, "executable", lambda: "chromium")
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(chromium.NoBrowser):
        chromium.print_pdf(tmp_path / "page.html", tmp_path / "out.pdf", "mali")
    harmless(seen)
