"""A PNG with few colours: a card of words and a chart needs sixteen, and a tenth of the bytes."""

from __future__ import annotations

import struct
import zlib

import numpy as np

from helpers.errors import MaliError

COLOURS = 16
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def flat(png: bytes) -> bytes:
    """Return a PNG in its sixteen most frequent colours, each other colour as the nearest of them.

    Parameters
    ----------
    png : bytes
        As vl-convert draws it: red, green, blue and opacity, rows as they are or as differences to the pixel before.

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
    colours = np.stack([np.bincount(group, pixels[..., part].ravel()) / count for part in range(3)], axis=1)
    kept = colours[np.argsort(-count, kind="stable")[:COLOURS]]
    nearest = ((colours[:, None] - kept[None]) ** 2).sum(axis=2).argmin(axis=1)
    places = np.zeros((high, wide + wide % 2), np.uint8)
    places[:, :wide] = nearest[group].reshape(high, wide)
    lines = np.concatenate([np.zeros((high, 1), np.uint8), places[:, ::2] << 4 | places[:, 1::2]], axis=1)
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 4, 3, 0, 0, 0)),
            _chunk(b"PLTE", np.rint(kept).astype(np.uint8).tobytes()),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _rows(png: bytes) -> tuple[int, int, np.ndarray]:
    at, packed = len(_SIGNATURE), b""
    wide, high, depth, kind = struct.unpack(">IIBB", png[16:26])
    if (depth, kind) != (8, 6):
        raise MaliError("a drawn card has other colours than eight bits each and opacity.")
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + size]
        at += 12 + size
    return wide, high, np.frombuffer(zlib.decompress(packed), np.uint8)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
