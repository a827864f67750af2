"""From ipykernel and the IPython in it: how a kernel is begun in a process that was forked, and what one may be told.

ipykernel ends when the process that its environment names as parent does; a fork's parent is the one that forked it,
whoever asked. Since 0.3 of the book, with ipykernel 7.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from bookbuild.borrowed import Loan

LOAN = Loan("ipykernel", "7.4.0", ("bookbuild.kernels", "bookbuild.notebooks"))
PARENT = "JPY_PARENT_PID"
QUIET = (
    # The kernel speaks over the loopback interface only; its warning is not the reader's concern.
    "--IPKernelApp.log_level=40",
    # Kernels that run side by side would wait for each other's history.
    "--HistoryManager.enabled=False",
)
"""Arguments of a kernel."""
RUN = "In"
"""Name under which a kernel keeps the code of the cells that were run."""


def begun(arguments: Sequence[str], before: Callable[[], None], after_cell: Callable[[Any], None]) -> Any:
    """Return a kernel's application, ready to start.

    `arguments`: those of ipykernel. `before`: called once the kernel stands, before any cell. `after_cell`: called
    after each cell with its result.
    """
    from ipykernel.kernelapp import IPKernelApp

    os.environ[PARENT] = str(os.getppid())
    app = IPKernelApp.instance()
    app.initialize(list(arguments))
    before()
    assert app.shell is not None
    app.shell.events.register("post_run_cell", after_cell)
    return app
