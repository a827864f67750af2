"""Mali: an executable report. See README.md for the whole, `helpers.data` for the tables, `helpers.cli` for commands."""

import sys

__version__ = "0.15.0"

_KERNEL = getattr(sys.modules.get("ipykernel.kernelapp"), "IPKernelApp", None)
if _KERNEL is not None and _KERNEL.initialized():
    # In a notebook: charts that readers make draw there without a network. Nothing else imports Altair for it.
    from helpers import notebook

    notebook.enable()
