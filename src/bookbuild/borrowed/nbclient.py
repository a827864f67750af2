"""From nbclient, through papermill: the arguments with which chapters are run.

papermill's own `cwd` changes the directory of the whole process, so the kernel's is told as nbclient keeps it; the class of
kernel managers is a trait of nbclient's client. Since 0.3 of the book.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bookbuild.borrowed import Loan

LOAN = Loan("nbclient", "0.11.0", ("bookbuild.notebooks",))
PATIENCE = 600
"""Seconds after which a kernel that says nothing has failed. nbclient's own four for the last word of a cell, and papermill's
sixty for a start, are reached on a machine that has other work."""


def arguments(manager: type, cwd: Path) -> dict[str, Any]:
    """Return what papermill hands through to nbclient.

    `manager`: class of kernel managers. `cwd`: working directory of the kernel.
    """
    return {
        "kernel_manager_class": manager,
        "resources": {"metadata": {"path": str(cwd)}},
        "iopub_timeout": PATIENCE,
    }
