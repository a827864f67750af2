"""From papermill: how it marks the cell that it puts in, and what it leaves in a notebook.

papermill takes any parameter and would run the default edition for a misspelt one; a chapter knows what it was given only
from the cell's first line. Its times and paths would differ from run to run, so they go. The class of kernel managers is
passed through to nbclient, which papermill does not promise. Since 0.1.
"""

from __future__ import annotations

from typing import Any

from bookbuild.borrowed import Loan

LOAN = Loan("papermill", "2.7.0", ("bookbuild.notebooks",))
FIRST_LINE = "# Parameters\n"
DECLARED, INJECTED = "parameters", "injected-parameters"
"""Tags of the cell that declares parameters and of the one that papermill adds below it."""
LEFT = ("papermill", "execution")
"""What papermill and nbclient leave in the metadata of a cell."""


def is_injected(code: str) -> bool:
    """Tell whether code that was run is the cell that papermill adds."""
    return code.startswith(FIRST_LINE)


def forget(cell: Any) -> None:
    """Take out of a cell what differs from run to run."""
    for key in LEFT:
        cell.metadata.pop(key, None)
