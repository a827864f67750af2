"""Puts the book's sources into the package, so that its commands work without a clone. The rest is in pyproject.toml."""

from pathlib import Path
from shutil import copyfile

from setuptools import setup
from setuptools.command.build_py import build_py

BOOK = (
    "_config.yml",
    "_toc.yml",
    "CITATION.cff",
    "LICENSE",
    "data/*",
    "chapters/**/*.ipynb",
    "chapters/**/*.md",
    "benchmarks/results/*.json",
)
"""What `helpers.folders.BOOK` holds: tables, chapters, settings, and what pages quote."""


class WithBook(build_py):
    """Copies the book beside the modules; an editable install reads the clone instead."""

    def run(self) -> None:
        """Copy the modules, then the book."""
        super().run()
        if self.editable_mode:
            return
        root = Path(__file__).parent
        for pattern in BOOK:
            for path in sorted(root.glob(pattern)):
                if path.is_file() and ".ipynb_checkpoints" not in path.parts:
                    target = Path(self.build_lib) / "helpers" / "book" / path.relative_to(root)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    copyfile(path, target)


LAB = Path("src/helpers/page/lab/mali-figures")
INTO = "share/jupyter/labextensions/mali-figures"
"""Where JupyterLab looks for what an environment adds to it; a clone's `make lab` names the folder itself."""

setup(
    cmdclass={"build_py": WithBook},
    data_files=[
        (INTO, [str(LAB / "package.json")]),
        (f"{INTO}/static", [str(LAB / "static" / "mali-lab.js"), "src/helpers/page/static/mali.css"]),
    ],
)
