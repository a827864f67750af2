"""A PNG with few colours: a card of words and a chart needs sixteen, and a tenth of the bytes.

Examples
--------
>>> import vl_convert
>>> drawn = vl_convert.svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="2"/>')
>>> notes(flat(drawn, notes={"Comment": "two rows"}))
{'Comment': 'two rows'}
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping

import numpy as np

from helpers.errors import MaliError

COLOURS = 16
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def flat(png: bytes, colours: int = COLOURS, notes: Mapping[str, str] | None = None) -> bytes:
    """Return a PNG in its most frequent colours, each other colour as the nearest of them.

    Parameters
    ----------
    png : bytes
        As vl-convert draws it: red, green, blue and opacity, rows as they are or as differences to the pixel before.
    colours : int
        How many, 256 at most; up to 16 take half the room a pixel.
    notes : mapping of str to str
        Words to carry along, by keyword (`tEXt` of the PNG specification: ASCII here).

    Raises
    ------
    MaliError
        The file is written otherwise.
    """
    wide, high, data = _rows(png)
    rows = data.reshape(high, 1 + wide * 4)
    if not set(np.unique(rows[:, 0])) <= {0, 1}:
        raise MaliError("a drawn card is compressed in a way that is not read here; expected rows of type 0 or 1.")
    pixels = rows[:, 1:].reshape(high, wide, 4).copy()
    differences = rows[:, 0] == 1
    pixels[differences] = np.cumsum(pixels[differences], axis=1, dtype=np.uint8)
    # Five bits a colour are told apart, and each group of them is drawn as its mean.
    code = ((pixels[..., :3] >> 3).astype(np.uint32) @ np.array([1024, 32, 1], np.uint32)).ravel()
    _, group, count = np.unique(code, return_inverse=True, return_counts=True)
    means = np.stack([np.bincount(group, pixels[..., part].ravel()) / count for part in range(3)], axis=1)
    kept = means[np.argsort(-count, kind="stable")[:colours]]
    nearest = ((means[:, None] - kept[None]) ** 2).sum(axis=2).argmin(axis=1)
    places = nearest[group].reshape(high, wide).astype(np.uint8)
    depth = 4 if colours <= COLOURS else 8
    if depth == 4:
        places = np.pad(places, ((0, 0), (0, wide % 2)))
        places = places[:, ::2] << 4 | places[:, 1::2]
    lines = np.pad(places, ((0, 0), (1, 0)))
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, depth, 3, 0, 0, 0)),
            *(_chunk(b"tEXt", f"{word}\0{said}".encode("ascii")) for word, said in (notes or {}).items()),
            _chunk(b"PLTE", np.rint(kept).astype(np.uint8).tobytes()),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            _chunk(b"IEND", b""),
        ]
    )


def notes(png: bytes) -> dict[str, str]:
    """Return the words that a PNG carries, by keyword."""
    found = (part.decode("latin-1").split("\0", 1) for name, part in _parts(png) if name == b"tEXt")
    return {word: said for word, said in found}


def _parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _rows(png: bytes) -> tuple[int, int, np.ndarray]:
    wide, high, depth, kind = struct.unpack(">IIBB", png[16:26])
    if (depth, kind) != (8, 6):
        raise MaliError("a drawn card has other colours than eight bits each and opacity.")
    packed = b"".join(part for name, part in _parts(png) if name == b"IDAT")
    return wide, high, np.frombuffer(zlib.decompress(packed), np.uint8)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
