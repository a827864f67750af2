"""From vl-convert: a warning in the script that it bundles, and the shape of the SVG that its Vega writes.

The warning says that a chart was compiled by another Vega-Lite than the one loaded; vl-convert pairs the two itself, and a
reader's console need not hear of it. There is no option against it. Vega counts its clip paths and gradients through all
charts of a process, so that the same chart would differ from build to build; here each chart counts anew. Since 1.0.
"""

from __future__ import annotations

import re

from bookbuild.borrowed import Loan

LOAN = Loan("vl-convert-python", "1.9.0.post1", ("helpers.page.book", "helpers.page.drawing", "helpers.page.preview"))
WARNING = "console.warn(`The compiled spec uses"
_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')


def silenced(bundle: str) -> str:
    """Return the bundled script without its warning."""
    return bundle.replace(WARNING, "void (`The compiled spec uses")


def size(svg: str) -> tuple[str, str]:
    """Return width and height of a drawn chart, as they are written.

    Raises `ValueError`: the SVG has no size; Vega writes it into every one.
    """
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError(LOAN.broken("width and height in its SVG"))
    return found[1], found[2]


def counted_anew(svg: str, anchor: str) -> str:
    """Return a chart whose ids begin with an anchor and whose clip paths and gradients are counted from 0."""
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{anchor}-", svg)
    numbers: dict[str, int] = {}
    return re.sub(
        rf"({re.escape(anchor)}-(?:clip|gradient_))(\d+)",
        lambda m: f"{m[1]}{numbers.setdefault(m[2], len(numbers))}",
        svg,
    )
