"""Charts of one's own in a notebook: plain Altair draws in JupyterLab without a network, with all rows of our tables.

Altair's own renderer writes a page that loads Vega from the web, and its type for Vega-Lite 6 is one that JupyterLab does
not know. Imported with the package inside a kernel, this hands charts over as JupyterLab's own renderer takes them.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from helpers.figures import MIME, SCHEMA

NAME = "mali"


def bundle(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Return what Jupyter shows of a chart's specification."""
    return {MIME: {**spec, "$schema": SCHEMA}, "text/plain": "<a chart; JupyterLab draws it>"}


def enable() -> None:
    """Draw Altair's charts by JupyterLab's own renderer, however many rows they have."""
    alt.renderers.register(NAME, bundle)
    alt.renderers.enable(NAME)
    alt.data_transformers.enable("default", max_rows=None)
