"""Pictures beside the charts of a stored chapter, for where nothing draws Vega-Lite: GitHub, nbviewer, a plain editor.

A picture is drawn from the very specification beside it and carries that specification's SHA-256, so that it can never
be another chart's. JupyterLab and the book prefer the specification; a chapter as a book runs it has no pictures, and so
no page of a site carries them.
"""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import vl_convert
from nbformat import NotebookNode

from bookbuild.inputs import canonical, sha256
from helpers.errors import MaliError
from helpers.notebook import MIME
from helpers.page.flat import flat, notes
from helpers.page.pictures import VEGA_LITE

PNG = "image/png"
MOST = 60_000
"""Bytes of a picture at most."""
CHAPTER = 2_000_000
"""Bytes of a stored chapter at most."""
CARRIES = "Specification-SHA256"
"""Keyword of the PNG's text that holds the hash of the specification as canonical JSON (`bookbuild.inputs.canonical`)."""
SCALES = (1.5, 1.0)
_COLOURS = 64


def still(spec: dict[str, Any]) -> tuple[bytes, float]:
    """Draw a specification as a PNG of few colours that carries its hash, as sharp as there is room for.

    Returns the picture, and its pixels for each of the chart's. Raises `MaliError`: even at its own size the picture
    has more than `MOST` bytes.
    """
    carried = {CARRIES: sha256(canonical(spec))}
    for scale in SCALES:
        drawn = flat(vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale), _COLOURS, carried)
        if len(drawn) <= MOST:
            return drawn, scale
    raise MaliError(f"a chart's picture has {len(drawn):,} bytes; expected {MOST:,} at most. Draw fewer marks.")


def _charts(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Yield the outputs that hold a chart or a picture."""
    for cell in notebook.cells:
        yield from (output for output in cell.get("outputs", []) if {MIME, PNG} & set(output.get("data", {})))


def add(notebook: NotebookNode) -> None:
    """Put a picture beside every chart of an executed notebook, with the chart's alternative text."""
    for output in _charts(notebook):
        spec = output["data"][MIME]
        drawn, scale = still(spec)
        output["data"][PNG] = base64.b64encode(drawn).decode() + "\n"
        words = spec.get("usermeta", {}).get("mali", {})
        # Shown at the chart's own size and with its words by what reads these: JupyterLab, nbconvert, nbviewer.
        wide = struct.unpack(">I", drawn[16:20])[0]
        output["metadata"][PNG] = {"width": round(wide / scale), "alt": words.get("alt", output["data"]["text/plain"])}


def faults(path: Path) -> list[str]:
    """Return what is wrong with the pictures of a stored chapter: strict nbval looks at none.

    Returns one sentence a fault; empty where all is well.
    """
    found = [f"holds {path.stat().st_size:,} bytes; expected {CHAPTER:,} at most."] * (path.stat().st_size > CHAPTER)
    for output in _charts(nbformat.read(path, as_version=4)):
        spec = output["data"].get(MIME, {})
        which = f"figure {spec.get('usermeta', {}).get('mali', {}).get('id', 'without a name')}"
        if PNG not in output["data"]:
            found.append(
                f"{which}: has no picture for where its chart is not drawn; store the chapter (make chapters)."
            )
            continue
        try:
            png = base64.b64decode(output["data"][PNG])
            carried = notes(png).get(CARRIES)
        except (binascii.Error, ValueError):
            png, carried = b"", None
        if MIME not in output["data"]:
            found.append("holds a picture without its chart.")
        elif carried != sha256(canonical(spec)):
            found.append(f"{which}: its picture is of another chart; store the chapter (make chapters).")
        elif len(png) > MOST:
            found.append(f"{which}: its picture has {len(png):,} bytes; expected {MOST:,} at most.")
    return [f"{path.name}: {fault}" for fault in found]
