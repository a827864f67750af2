"""Rows of a user's file: CSV, JSON or a zip of them, streamed in blocks, each row counted once.

A file is never read whole. What is not a table at all (empty, a web page, a workbook, a zip bomb, cut off in the
middle) is refused in one sentence; single rows that do not fit are handed on as broken, to be set aside.
"""

from __future__ import annotations

import codecs
import csv
import difflib
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from helpers.errors import DataError
from helpers.ingest.account import neutral

BLOCK = 10_000
"""Rows handed on at a time."""

LONGEST_LINE = 4_000_000
"""Characters; a table's lines are far shorter."""

LARGEST = 20 * 2**30
"""Bytes a zip may unpack to."""

DENSEST = 150
"""How many times its size a zip above 1 MB may unpack to. Tables of text stay below 30; a bomb reaches 1,000."""

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class File:
    """A file, or one inside a zip.

    Attributes
    ----------
    name : str
        As the account names it.
    opener : callable
        Opens it for reading bytes.
    size : int
        Bytes.
    """

    name: str
    opener: Callable[[], IO[bytes]]
    size: int


@dataclass(frozen=True)
class Block:
    """Some rows of a file.

    Attributes
    ----------
    numbers : list of int
        Row numbers as a spreadsheet shows them: the header is row 1.
    columns : dict of str to sequence of str
        The wanted columns that the file has.
    broken : list of tuple
        Rows that are not well-formed: number of the first, how many lines, what is wrong.
    """

    numbers: list[int]
    columns: dict[str, Sequence[str]]
    broken: list[tuple[int, int, str]]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def ordered(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return files with their hashes in an order that does not depend on how they were named on the command line.

    Raises
    ------
    DataError
        A file does not exist.
    """
    found = {}
    for path in paths:
        if not path.is_file():
            raise DataError(f"{neutral(str(path), 200)}: no such file; expected a data export. Check the path.")
        found[path.name, sha256_of(path)] = path
    return [(path, digest) for (_, digest), path in sorted(found.items(), key=lambda item: item[0])]


def files_of(path: Path) -> list[File]:
    """Return the file itself, or the files in it where it is a zip.

    Raises
    ------
    DataError
        It is empty, a workbook, a broken or encrypted zip, or one that unpacks to far more than it should.
    """
    size = path.stat().st_size
    name = neutral(path.name, 120)
    if not size:
        raise DataError(f"{name}: the file is empty; expected a header and rows. Export or download it again.")
    with path.open("rb") as stream:
        start = stream.read(4)
    if start[:2] != b"PK":
        return [File(name, lambda: path.open("rb"), size)]
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DataError(
            f"{name}: the zip cannot be opened ({neutral(str(error))}); expected a whole zip. Download it again."
        ) from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not info.filename.startswith("__MACOSX")]
    names = {info.filename for info in infos}
    if "[Content_Types].xml" in names:
        raise DataError(f"{name}: an Excel workbook; expected CSV or JSON. Export as CSV, without a stop in Excel.")
    if not infos:
        raise DataError(f"{name}: the zip holds no file; expected CSV or JSON files. Download it again.")
    declared = sum(info.file_size for info in infos)
    if declared > LARGEST or (declared > 2**20 and declared > DENSEST * size) or len(infos) > 1000:
        raise DataError(
            f"{name}: the zip of {size:,} bytes claims to unpack to {declared:,} in {len(infos)} files; that is no "
            "data export. Nothing was unpacked; unpack it yourself if you trust it."
        )
    out = []
    for info in sorted(infos, key=lambda i: i.filename):
        inner = f"{name}/{neutral(Path(info.filename).name, 120)}"
        if info.flag_bits & 1:
            raise DataError(f"{inner}: encrypted; expected a plain zip. Unpack it and give the file in it.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DataError(f"{inner}: packed in an unusual way; expected a plain zip. Unpack it and give the file.")
        if not info.file_size:
            raise DataError(f"{inner}: the file is empty; expected a header and rows. Download the zip again.")
        out.append(File(inner, lambda info=info: zipfile.ZipFile(path).open(info), info.file_size))  # type: ignore[misc]  # noqa: SIM115
    return out


class _Guarded(io.RawIOBase):
    """Bytes of a file, no more than it said it holds; errors of the zip in one sentence."""

    def __init__(self, file: File):
        try:
            self._stream = file.opener()
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
            raise DataError(f"{file.name}: cannot be opened ({neutral(str(error))}). Download it again.") from error
        self._file = file
        self._left = file.size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            got = self._stream.read(len(buffer))
        except Exception as error:
            if not isinstance(error, (zipfile.BadZipFile, OSError, EOFError, ValueError)) and not _is_zlib(error):
                raise
            raise DataError(
                f"{self._file.name}: the zip is damaged ({neutral(str(error))}); expected a whole one. Download it again."
            ) from error
        self._left -= len(got)
        if self._left < 0:
            raise DataError(f"{self._file.name}: unpacks to more than the zip says; that is no data export.")
        buffer[: len(got)] = got
        return len(got)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _is_zlib(error: Exception) -> bool:
    import zlib

    return isinstance(error, zlib.error)


def _encoding(start: bytes, name: str) -> str:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in start[:512]:
        raise DataError(f"{name}: not a text file; expected CSV or JSON in UTF-8. Export it again as CSV.")
    return "utf-8"


class Reader:
    """A table in a file, ready to be read in blocks.

    Parameters
    ----------
    file : File
        Where it is.
    needed, optional : sequence of str
        Columns; a missing needed one is an error.
    what : str
        What the file should be, for messages.

    Raises
    ------
    DataError
        It is no table, or a needed column is missing or stands twice.
    """

    def __init__(self, file: File, needed: Sequence[str], optional: Sequence[str], what: str):
        self.file, self.needed, self.optional, self.what = file, needed, optional, what
        raw = io.BufferedReader(_Guarded(file), 2**18)
        start = raw.peek(4096)[:4096]
        self._stream = io.TextIOWrapper(raw, encoding=_encoding(start, file.name), errors="replace", newline="")
        self.rows = 0
        text = self._stream.readline(LONGEST_LINE)
        while text and not text.strip():
            text = self._stream.readline(LONGEST_LINE)
        head = text.lstrip("\ufeff \t\r\n")
        if not head:
            raise DataError(f"{file.name}: the file is empty; expected {what}. Export or download it again.")
        if head[0] == "<":
            raise DataError(f"{file.name}: a web page, not data; expected {what}. Sign in and download it again.")
        self._json = head[0] in "{["
        self._first = text
        self.has: list[str] = []
        if self._json:
            self._records = _json_records(self._stream, text, file.name, what)
            self._one = next(self._records, None)
            if self._one is None:
                raise DataError(f"{file.name}: holds no rows; expected {what}. Ask for the months again.")
            header = [_plain(key) for key in self._one] if isinstance(self._one, dict) else []
        else:
            self._lines = self._physical(text)
            header = self._csv_header()
        self._choose(header)

    def _physical(self, first: str) -> Iterator[str]:
        line = first
        while line:
            if len(line) >= LONGEST_LINE:
                raise DataError(
                    f"{self.file.name}: a line of over {LONGEST_LINE:,} characters; expected {self.what}. Export it again."
                )
            self._last_line = line
            yield line
            line = self._stream.readline(LONGEST_LINE)

    def _csv_header(self) -> list[str]:
        wanted = {*self.needed, *self.optional}
        best: list[str] = []
        for delimiter in DELIMITERS:
            try:
                header = [_plain(name) for name in next(csv.reader([self._first], delimiter=delimiter))]
            except (csv.Error, StopIteration):
                continue
            if len(wanted & set(header)) > len(wanted & set(best)) or not best:
                best, self._delimiter = header, delimiter
        if not best:
            raise DataError(f"{self.file.name}: row 1 is no header; expected {self.what}. Export it again.")
        self._csv = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
        try:
            return [_plain(name) for name in next(self._csv)]
        except (csv.Error, StopIteration) as error:
            raise DataError(
                f"{self.file.name}: row 1 is no header ({neutral(str(error))}); expected {self.what}. Export it again."
            ) from error

    def _choose(self, header: list[str]) -> None:
        name = self.file.name
        missing = [column for column in self.needed if column not in header]
        if missing:
            near = difflib.get_close_matches(missing[0], header, 1, 0.6)
            seen = f"found {neutral(near[0], 40)!r} instead" if near else f"found {neutral(', '.join(header), 100)!r}"
            raise DataError(
                f"{name}: row 1: column {', '.join(missing)} is missing ({seen}); expected {self.what} with columns "
                f"{', '.join(self.needed)}, separated by commas. Export again with all columns, unchanged."
            )
        self.has = [column for column in (*self.needed, *self.optional) if column in header]
        twice = [column for column in self.has if header.count(column) > 1]
        if twice:
            raise DataError(f"{name}: row 1: column {twice[0]} stands twice; expected it once. Export it again.")
        self._header = header

    def blocks(self) -> Iterator[Block]:
        """Yield the rows, some thousands at a time; `rows` then tells how many there were."""
        with self._stream:
            yield from self._json_blocks() if self._json else self._csv_blocks()

    def _csv_blocks(self) -> Iterator[Block]:
        places = [self._header.index(column) for column in self.has]
        # itemgetter of one place would give a text, not a row of one.
        pick = itemgetter(*places) if len(places) > 1 else (lambda row: (row[places[0]],))
        width, reader = len(self._header), self._csv
        numbers: list[int] = []
        rows: list[tuple[str, ...]] = []
        broken: list[tuple[int, int, str]] = []
        number, line = 1, reader.line_num
        while True:
            try:
                for row in reader:
                    if len(row) == width and (width > 1 or row):
                        number += 1
                        numbers.append(number)
                        rows.append(pick(row))
                    elif row:
                        lines = reader.line_num - line
                        broken.append((number + 1, lines, f"{len(row)} fields, the header has {width}"))
                        number += lines
                    line = reader.line_num
                    if len(rows) >= BLOCK:
                        break
                else:
                    self._refuse_cut(number, bool(broken) and broken[-1][0] + broken[-1][1] - 1 == number)
                    self.rows = number - 1
                    yield self._block(numbers, rows, broken)
                    return
            except csv.Error as error:
                if "unexpected end" in str(error):
                    raise DataError(
                        f"{self.file.name}: row {number + 1} opens a quotation mark that is never closed; expected "
                        "whole rows. The file is cut off or damaged: download it again."
                    ) from error
                lines = reader.line_num - line
                broken.append((number + 1, lines, "quotation marks do not match"))
                number += lines
                line = reader.line_num
                continue
            self.rows = number - 1
            yield self._block(numbers, rows, broken)
            numbers, rows, broken = [], [], []

    def _refuse_cut(self, number: int, last_broken: bool) -> None:
        if last_broken and not self._last_line.endswith(("\n", "\r")):
            raise DataError(
                f"{self.file.name}: ends in the middle of row {number}; expected {len(self._header)} fields. The file "
                "is cut off: download it again."
            )

    def _block(self, numbers: list[int], rows: list[tuple[str, ...]], broken: list[tuple[int, int, str]]) -> Block:
        texts: list[tuple[str, ...]] = list(zip(*rows, strict=True)) if rows else [()] * len(self.has)
        columns: dict[str, Sequence[str]] = dict(zip(self.has, texts, strict=True))
        return Block(numbers, columns, broken)

    def _json_blocks(self) -> Iterator[Block]:
        numbers: list[int] = []
        rows: list[tuple[str, ...]] = []
        broken: list[tuple[int, int, str]] = []
        number = 0
        record: Any = self._one
        while record is not None:
            number += 1
            if isinstance(record, dict):
                plain = {_plain(key): value for key, value in record.items()}
                numbers.append(number)
                rows.append(tuple(_text(plain.get(column)) for column in self.has))
            else:
                broken.append((number, 1, "not a record of named values"))
            if len(rows) >= BLOCK:
                self.rows = number
                yield self._block(numbers, rows, broken)
                numbers, rows, broken = [], [], []
            record = next(self._records, None)
        self.rows = number
        yield self._block(numbers, rows, broken)


def _plain(name: str) -> str:
    return name.replace("\ufeff", "").strip().lower()


def _text(value: Any) -> str:
    if value is None:
        return ""
    return (
        value if isinstance(value, str) else json.dumps(value) if isinstance(value, (dict, list, bool)) else str(value)
    )


_DATA = re.compile(r'(?<!\\)"(?:data|Result)"\s*:\s*\[')
_STATUS = re.compile(r'"status"\s*:\s*"?(\d+)')
_COUNT = re.compile(r'"count"\s*:\s*"?(\d+)')
_DECODER = json.JSONDecoder()


def _json_records(stream: IO[str], first: str, name: str, what: str) -> Iterator[Any]:
    """Yield the records of a list, or of the list in an API's envelope, without reading the whole."""

    def cut(error: object = "") -> DataError:
        return DataError(
            f"{name}: the JSON breaks off or is damaged after record {given}; expected {what} as the API gives it. "
            "Fetch it again."
        )

    given = 0
    buffer, more = first.lstrip("\ufeff"), True

    def fill() -> bool:
        nonlocal buffer, more
        piece = stream.read(2**18)
        more = bool(piece)
        buffer += piece
        return more

    envelope = ""
    if buffer.lstrip().startswith("{"):
        while not (found := _DATA.search(buffer)) and len(buffer) < 2**22 and fill():
            pass
        if not found:
            status = _STATUS.search(buffer)
            said = f"status {status[1]}" if status else neutral(buffer, 60)
            raise DataError(f"{name}: an answer of the API without data ({said}); expected {what}. Fetch it again.")
        envelope, buffer = buffer[: found.start()], buffer[found.end() :]
    else:
        buffer = buffer.lstrip()[1:]
    at = 0
    while True:
        while at < len(buffer) and buffer[at] in " \t\r\n,":
            at += 1
        if at >= len(buffer):
            buffer, at = buffer[at:], 0
            if not fill():
                raise cut()
            continue
        if buffer[at] == "]":
            break
        try:
            record, at = _DECODER.raw_decode(buffer, at)
        except (ValueError, RecursionError) as error:
            buffer, at = buffer[at:], 0
            if len(buffer) > LONGEST_LINE or not fill():
                raise cut(error) from error
            continue
        given += 1
        # A record that is null would end the reading; hand on a text instead, which is no record either.
        yield "null" if record is None else record
        if at > 2**20:
            buffer, at = buffer[at:], 0
    tail = envelope + buffer[at + 1 :]
    while len(tail) < 2**20 and (piece := stream.read(2**16)):
        tail += piece
    counted = _COUNT.search(tail)
    if counted and int(counted[1]) != given:
        raise DataError(
            f"{name}: the answer says that it holds {counted[1]} rows but holds {given}; expected {what}. Fetch it again."
        )
