"""Rows of a user's file: CSV, JSON, a record a line, gzip or a zip of them, streamed in blocks, each row counted once.

A file is never read whole. What is not a table at all (empty, a web page, a workbook, a zip bomb, cut off in the
middle) is refused in one sentence; single rows that do not fit are handed on as broken, to be set aside.
"""

from __future__ import annotations

import codecs
import csv
import difflib
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from helpers.errors import DataError
from helpers.ingest.account import neutral
from helpers.ingest.records import LONGEST_LINE, Records

BLOCK = 10_000
"""Rows handed on at a time."""

LARGEST = 20 * 2**30
"""Bytes a zip may unpack to."""

DENSEST = 150
"""How many times its size a zip above 1 MB may unpack to. Tables of text stay below 30; a bomb reaches 1,000."""

DELIMITERS = (",", ";", "\t")

PAGE = 5000
"""Rows of a page of ACLED's API (see `fetch.acled`): a file of exactly so many is one page of more."""

KINDS = {
    b"\x1f\x8b": "gzip within an archive", b"PK\x03\x04": "a zip within an archive", b"PAR1": "a Parquet file",
    b"ARROW1": "an Arrow file", b"\xd0\xcf\x11\xe0": "an Excel workbook of the old kind", b"%PDF": "a PDF",
    b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a rar archive", b"BZh": "a bzip2 archive", b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive", b"SQLite format 3": "a database (SQLite, GeoPackage)",
}  # fmt: skip
"""How files begin that are neither CSV nor JSON, and what they are."""


@dataclass(frozen=True)
class File:
    """A file, or one inside a zip."""

    name: str
    """As the account names it."""
    opener: Callable[[], IO[bytes]]
    """Opens it for reading bytes."""
    size: int
    """Bytes."""


@dataclass(frozen=True)
class Broken:
    """A row that is not well-formed."""

    first: int
    lines: int
    """Number of its first line, and how many lines."""
    why: str
    """What is wrong."""
    cells: tuple[str, ...] = ()
    """What could be read of it; empty where nothing could."""

    def of_another_country(self, names: Sequence[str]) -> bool:
        """Tell whether the row can be told to be another country's: it was split into cells, and none names ours."""
        return bool(self.cells) and not any(cell.strip().lower() in names for cell in self.cells)


@dataclass(frozen=True)
class Block:
    """Some rows of a file."""

    numbers: list[int]
    """Row numbers as a spreadsheet shows them: the header is row 1."""
    columns: dict[str, Sequence[str]]
    """The wanted columns that the file has."""
    broken: list[Broken]
    """Rows that are not well-formed."""


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def ordered(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return files with their hashes in an order that does not depend on how they were named on the command line.

    Raises `DataError`: a file does not exist.
    """
    found = {}
    for path in paths:
        if not path.is_file():
            raise DataError(f"{neutral(str(path), 200)}: {_no_file(path)}")
        found[path.name, sha256_of(path)] = path
    return [(path, digest) for (_, digest), path in sorted(found.items(), key=lambda item: item[0])]


def _no_file(path: Path) -> str:
    if path.is_dir():
        return "a folder; expected a data export. Give the files in it, one by one or as FOLDER/*.csv."
    if str(path) == "-" or path.exists():
        return "not a file on the disk; a data export is read more than once. Save it to a file and give that."
    return "no such file; expected a data export. Check the path."


def files_of(path: Path) -> list[File]:
    """Return the file itself, or the files in it where it is a zip.

    Raises `DataError`: it is empty, a workbook, a broken or encrypted zip, or one that unpacks to far more than it
    should.
    """
    size = path.stat().st_size
    name = neutral(path.name, 120)
    if not size:
        raise DataError(f"{name}: the file is empty; expected a header and rows. Export or download it again.")
    with path.open("rb") as stream:
        start = stream.read(4)
    if start[:2] == b"\x1f\x8b":
        # How much it unpacks to is not known beforehand; a table is no denser than in a zip.
        return [File(name, lambda: gzip.open(path), min(LARGEST, max(2**20, DENSEST * size)))]  # type: ignore[arg-type,return-value]
    if start[:2] != b"PK":
        return [File(name, lambda: path.open("rb"), size)]
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DataError(
            f"{name}: the zip cannot be opened ({neutral(str(error))}); expected a whole zip. Download it again."
        ) from error
    with archive:
        # What a Mac puts beside the files of a folder (.DS_Store, __MACOSX/._name) is no data.
        infos = [
            info
            for info in archive.infolist()
            if not info.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in Path(info.filename).parts)
        ]
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
                f"{self._file.name}: the archive is damaged ({neutral(str(error))}); expected a whole one. Download it again."
            ) from error
        self._left -= len(got)
        if self._left < 0:
            raise DataError(
                f"{self._file.name}: unpacks to more than a table of its size would; that is no data export."
            )
        buffer[: len(got)] = got
        return len(got)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _is_zlib(error: Exception) -> bool:
    import zlib

    return isinstance(error, zlib.error)


def _encoding(start: bytes, name: str) -> str:
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise DataError(f"{name}: text in UTF-32; expected UTF-8. Save or export the file as CSV UTF-8.")
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for begins, kind in KINDS.items():
        if start.startswith(begins):
            raise DataError(
                f"{name}: {kind}; expected CSV or JSON, plain, gzipped or zipped. Unpack it or export as CSV."
            )
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
        encoding = _encoding(start, file.name)
        # Bytes that are not UTF-8 stay what they are, so that a message can say what they were meant to be.
        errors = "replace" if encoding == "utf-16" else "surrogateescape"
        self._stream = io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="")
        self.rows = 0
        text = self._stream.readline(LONGEST_LINE)
        while text and not text.strip():
            text = self._stream.readline(LONGEST_LINE)
        head = text.lstrip("\ufeff \t\r\n")
        if not head:
            raise DataError(f"{file.name}: the file is empty; expected {what}. Export or download it again.")
        if head.startswith("<?xml"):
            raise DataError(f"{file.name}: an XML file; expected {what}. Export it as CSV.")
        if head[0] == "<":
            raise DataError(f"{file.name}: a web page, not data; expected {what}. Sign in and download it again.")
        self.is_json = head[0] in "{["
        self.keys: set[int] = set()
        self._first = text
        self.has: list[str] = []
        if self.is_json:
            self.records = Records(self._stream, text, file.name, what, self.needed)
            self._one = next(self.records, None)
            if self._one is None:
                raise DataError(f"{file.name}: holds no rows; expected {what}. Ask for the months again.")
            header = self._json_header(self._one)
        else:
            self._lines = self._physical(text)
            header = self._csv_header()
        self._choose(header)

    def _json_header(self, one: Any) -> list[str]:
        fields = {_plain(key): value for key, value in one.items()} if isinstance(one, dict) else {}
        if not fields or any(isinstance(fields.get(column), dict | list) for column in self.needed):
            raise DataError(
                f'{self.file.name}: not a record for each row, as {{"{self.needed[0]}": …}}, but lists or columns one after '
                f"another; expected {self.what}. Export as CSV, or as JSON of records."
            )
        return list(fields)

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
        if {"geometry", "properties"} <= {*header}:
            raise DataError(
                f"{name}: GeoJSON, a layer of a map; expected {self.what} as CSV or JSON. Export it as CSV."
            )
        if missing:
            # A column that is wanted itself stands in for no other.
            others = [column for column in header if column not in (*self.needed, *self.optional)]
            near = difflib.get_close_matches(missing[0], others, 1, 0.75)
            seen = f"found {neutral(near[0], 40)!r} instead" if near else f"found {_first_few(header)}"
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
            yield from self._json_blocks() if self.is_json else self._csv_blocks()

    def _csv_blocks(self) -> Iterator[Block]:
        places = [self._header.index(column) for column in self.has]
        # itemgetter of one place would give a text, not a row of one.
        pick = itemgetter(*places) if len(places) > 1 else (lambda row: (row[places[0]],))
        width, reader = len(self._header), self._csv
        numbers: list[int] = []
        rows: list[tuple[str, ...]] = []
        broken: list[Broken] = []
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
                        broken.append(
                            Broken(number + 1, lines, f"{len(row)} fields, the header has {width}", tuple(row))
                        )
                        number += lines
                    line = reader.line_num
                    if len(rows) >= BLOCK:
                        break
                else:
                    # A row with more fields than the header is no row that breaks off.
                    ends = [row for row in broken[-1:] if len(row.cells) < width]
                    self._refuse_cut(number, any(row.first + row.lines - 1 == number for row in ends))
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
                broken.append(Broken(number + 1, lines, "quotation marks do not match"))
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

    def _block(self, numbers: list[int], rows: list[tuple[str, ...]], broken: list[Broken]) -> Block:
        texts: list[tuple[str, ...]] = list(zip(*rows, strict=True)) if rows else [()] * len(self.has)
        columns: dict[str, Sequence[str]] = dict(zip(self.has, texts, strict=True))
        return Block(numbers, columns, broken)

    def _json_blocks(self) -> Iterator[Block]:
        numbers: list[int] = []
        rows: list[tuple[str, ...]] = []
        broken: list[Broken] = []
        number = 0
        record: Any = self._one
        while record is not None:
            number += 1
            if isinstance(record, dict):
                plain = {_plain(key): value for key, value in record.items()}
                numbers.append(number)
                rows.append(tuple(_text(plain.get(column)) for column in self.has))
                self.keys.add(hash(rows[-1]))
            else:
                broken.append(Broken(number, 1, "not a record of named values"))
            if len(rows) >= BLOCK:
                self.rows = number
                yield self._block(numbers, rows, broken)
                numbers, rows, broken = [], [], []
            record = next(self.records, None)
        self.rows = number
        yield self._block(numbers, rows, broken)


def _first_few(header: list[str]) -> str:
    """Return the first names of a header, and how many more there are."""
    shown = ", ".join(repr(neutral(name, 30)) for name in header[:4])
    return f"{shown} and {len(header) - 4} more" if len(header) > 5 else ", ".join(repr(neutral(n, 30)) for n in header)


def _plain(name: str) -> str:
    return name.replace("\ufeff", "").strip().lower()


def _text(value: Any) -> str:
    if value is None:
        return ""
    return (
        value if isinstance(value, str) else json.dumps(value) if isinstance(value, (dict, list, bool)) else str(value)
    )


@dataclass(frozen=True)
class Page:
    """What a file says of how much there is beyond it."""

    name: str
    """File."""
    rows: int
    """Rows that it holds."""
    total: int | None = None
    """Rows that the API's answer says there are in all."""
    following: bool = False
    """Whether the answer names a page that follows."""
    keys: frozenset[int] = frozenset()
    """Of its different rows one number each: a page that is given twice is no other page."""


def page_of(reader: Reader, name: str) -> Page:
    """Return what a file that was read to its end says of how much there is."""
    if not reader.is_json:
        return Page(name, reader.rows)
    return Page(name, reader.rows, reader.records.total, reader.records.following, frozenset(reader.keys))


def refuse_pages(pages: Sequence[Page], *, most: int = 0) -> None:
    """Refuse answers of an API of which other pages are missing.

    `pages`: all files given. `most`: rows that the API gives at most; files that all hold exactly so many are pages of
    more. 0 for no such limit. Raises `DataError`: the answers say that there are more rows than the files hold.
    """
    advice = "Fetch every page and give all of them at once; 'python -m helpers fetch' does."
    for total in {page.total for page in pages if page.total is not None}:
        told = [page for page in pages if page.total == total]
        again = sum(len(page.keys) for page in told) - len(frozenset().union(*(page.keys for page in told)))
        held = sum(page.rows for page in told) - again
        if held < total:
            raise DataError(
                f"{told[0].name}: the answer says that there are {total:,} rows in all, and "
                f"{'it holds' if len(told) == 1 else f'the {len(told)} answers that say so hold'} {held:,}"
                f"{f' different ones, {again:,} stand there again' if again else ''}: {total - held:,} are missing. {advice}"
            )
    open_ended = [page for page in pages if page.following and page.total is None]
    if open_ended and len(open_ended) == len([page for page in pages if page.total is None]):
        raise DataError(
            f"{open_ended[-1].name}: the answer names a page that follows, or is full, and no other is given. {advice}"
        )
    if most and pages and all(page.rows == most for page in pages):
        raise DataError(
            f"{pages[0].name}: holds exactly {most:,} rows, which is one page of the API; what follows is missing. {advice}"
        )
