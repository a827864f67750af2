"""Pictures that vl-convert draws, kept from build to build: the same specification gives the same picture.

Drawing them is half of what a book costs, and a book of which one chapter has changed has the others' pictures
already. The folder may be deleted at any time; a picture that is damaged is drawn again.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert

from bookbuild.files import touch, write_whole
from bookbuild.inputs import canonical, sha256
from helpers.page.flat import flat

VEGA_LITE = "5.8"
"""The version nearest to JupyterLab's 5.6, so that what the book draws Lab draws too."""

_HASH = hashlib.sha256().digest_size


class Pictures:
    """What vl-convert makes of a specification.

    `folder`: where pictures are kept; everything is drawn anew where empty.
    """

    def __init__(self, folder: Path | str = ""):
        self.folder = Path(folder) if folder else None

    def svg(self, spec: dict[str, Any]) -> str:
        """Draw a Vega-Lite specification as SVG."""
        return self._once(
            ["svg", VEGA_LITE, spec], lambda: vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE).encode()
        ).decode()

    def card(self, svg: str) -> bytes:
        """Draw an SVG as PNG of few colours, a pixel for every other of its units."""
        return self._once(["card", svg], lambda: flat(vl_convert.svg_to_png(svg, scale=0.5)))

    def bundle(self, snippet: str) -> str:
        """Return a script with Vega, Vega-Lite and vega-embed that ends with a snippet."""
        return self._once(
            ["bundle", VEGA_LITE, snippet],
            lambda: vl_convert.javascript_bundle(snippet, vl_version=VEGA_LITE).encode(),
        ).decode()

    def _once(self, asked: list[Any], make: Callable[[], bytes]) -> bytes:
        if self.folder is None:
            return make()
        key = sha256(canonical([version("vl-convert-python"), *asked]))
        path = self.folder / key[:2] / key[2:]
        kept = _read(path)
        if kept is not None:
            return kept
        made = make()
        packed = zlib.compress(made, 1)
        write_whole(path, hashlib.sha256(packed).digest() + packed)
        return made


def _read(path: Path) -> bytes | None:
    """Return a kept picture, or None where it is absent or not as it was written; note that it is in use."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    touch(path)
    packed = content[_HASH:]
    return zlib.decompress(packed) if hashlib.sha256(packed).digest() == content[:_HASH] else None
