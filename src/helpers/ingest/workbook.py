"""One sheet of an Excel workbook, read row by row, after a look at what the file would have a reader do.

A workbook is a zip of XML. A few hundred bytes of it can say that a cell lies in row 1,048,576 of column XFD, and readers
that make a table of all cells in between take all the memory there is. So every part is first passed once through a
parser that keeps nothing and counts: rows, columns, cells, letters. Only what is within the caps is read then.
"""

from __future__ import annotations

import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

import openpyxl
import pandas as pd

from helpers.errors import DataError
from helpers.ingest.account import seen

PARTS = 200
"""Files in the zip; HDX's workbook of 2026 has a dozen."""
RATIO = 100
"""Times that a part of more than a megabyte may be larger than packed; those of the workbook of 2026 are below 20."""
COLUMNS = 60
"""Columns of a sheet; the workbook of 2026 has 7."""
DEPTH = 60
"""Elements within each other."""


@dataclass(frozen=True)
class Caps:
    """What a workbook of one kind may hold."""

    kind: str
    """As messages name it."""
    rows: int
    """Rows of a sheet."""
    elements: int
    """Elements of one part."""
    unpacked: int
    """Bytes that all parts unpack to."""
    beside: int
    """Bytes that the parts beside the sheets unpack to, which readers hold in memory whole."""


HDX = Caps("workbook of HDX", rows=100_000, elements=2_000_000, unpacked=2**26, beside=2**26)
"""The workbook of 2026 has 17,000 rows and unpacks to 7 million bytes."""

_ROW = re.compile(r"()([0-9]{1,10})")
_CELL = re.compile(r"([A-Z]{1,3}|(?=0$))([0-9]{1,10})")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, SyntaxError, NotImplementedError, RuntimeError, AssertionError, OverflowError,
)  # fmt: skip


class TooMuch(DataError):
    """The workbook would take more memory or time than a table of this kind can need."""


def read_sheet(path: Path, sheet: str, name: str) -> tuple[pd.DataFrame, list[str], str]:
    """Read one sheet, and what the workbook says of itself; the sheet's first row names the columns.

    Parameters
    ----------
    path : Path
        Workbook (`.xlsx`).
    sheet : str
        Name of the sheet.
    name : str
        The file, for messages.

    Returns
    -------
    DataFrame
        Columns as the first row names them, values as in the cells (formulas: as last computed); empty rows at the end
        are left out.
    list of str
        Names of all sheets.
    str
        The workbook's title, subject, description and keywords.

    Raises
    ------
    DataError
        In one sentence: not readable, the sheet is missing, or larger than any such table.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if not packed:
        raise DataError(
            f"{name}: not an Excel workbook; expected the workbook (.xlsx) of political violence by cercle and month from "
            "HDX, as downloaded and not saved as another kind of file. Download it again."
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _look(archive, name, HDX)
        return _rows(path, sheet, name)
    except DataError:
        raise
    except _BROKEN as error:
        raise DataError(
            f"{name}: not readable as an Excel workbook ({seen(str(error)) or type(error).__name__}); expected the "
            "workbook of political violence by cercle and month from HDX. Download it again."
        ) from error


def stream(path: Path, name: str, caps: Caps, expected: str) -> Iterator[Sequence[Any]]:
    """Read the first sheet row by row, for workbooks that are not to be in memory as a whole: formulas as last computed.

    `name` is the file and `expected` what was expected, for messages. Refused in one sentence is a workbook that is not
    readable, or larger than its `caps`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _look(archive, name, caps)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            page = book.worksheets[0]
            page.reset_dimensions()
            yield from page.iter_rows(values_only=True)
        finally:
            book.close()
    except DataError:
        raise
    except _BROKEN as error:
        raise DataError(
            f"{name}: not readable as an Excel workbook ({seen(str(error)) or type(error).__name__}); expected "
            f"{expected}. Download it again."
        ) from error


def _refuse(name: str, what: str, caps: Caps) -> None:
    raise TooMuch(f"{name}: {what}; that is no {caps.kind}, and it was not read. Download it again.")


def _look(archive: zipfile.ZipFile, name: str, caps: Caps) -> None:
    """Refuse a zip whose parts are too many or too large, or whose XML holds too much."""
    parts = archive.infolist()
    if len(parts) > PARTS:
        _refuse(name, f"holds {len(parts):,} parts, more than {PARTS}", caps)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > caps.unpacked:
        _refuse(name, f"unpacks to {unpacked:,} bytes, more than {caps.unpacked:,}", caps)
    beside = sum(part.file_size for part in parts if not part.filename.startswith("xl/worksheets/"))
    if beside > caps.beside:
        _refuse(name, f"unpacks to {beside:,} bytes beside its sheets, more than {caps.beside:,}", caps)
    for part in parts:
        if part.file_size > max(2**20, RATIO * part.compress_size):
            _refuse(name, f"its part {seen(part.filename)} unpacks to more than {RATIO} times its size", caps)
        with archive.open(part) as file:
            # A sheet may have any name: openpyxl goes by what the workbook's own parts say of it.
            try:
                _Counter(name, seen(part.filename), caps).read(file)
            except expat.ExpatError:
                if part.filename.endswith((".xml", ".rels")):
                    raise
            # Read whole either way: the end of a part is where its checksum is held against it.
            while file.read(2**16):
                continue


class _Counter:
    """A parser that keeps nothing of a part and stops where it holds too much."""

    def __init__(self, name: str, part: str, caps: Caps):
        self.name, self.part, self.caps = name, part, caps
        self.elements = self.depth = self.rows = 0
        self.open: list[list[int]] = []
        """Depth and cells of the rows that are open."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        self.parser = parser

    def read(self, file: IO[bytes]) -> None:
        while block := file.read(2**16):
            self.parser.Parse(block, False)
        self.parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        self._refuse("declares a document type")

    def _refuse(self, what: str) -> None:
        _refuse(self.name, f"its part {self.part} {what}", self.caps)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > self.caps.elements or self.depth > DEPTH:
            self._refuse(f"holds more than {self.caps.elements:,} elements, or {DEPTH} within each other")
        where = attributes.get("r", "")
        # Of what lies in a row, openpyxl takes everything for a cell, whatever it is called.
        if self.open and self.depth == self.open[-1][0] + 1:
            self.open[-1][1] += 1
            self._place(where, _CELL)
            if self.open[-1][1] > COLUMNS:
                self._refuse(f"has a row of more than {COLUMNS} cells")
        if tag.rpartition(":")[2] == "row":
            self.rows += 1
            self.open.append([self.depth, 0])
            self._place(where, _ROW)

    def _end(self, tag: str) -> None:
        if self.open and self.depth == self.open[-1][0]:
            self.open.pop()
        self.depth -= 1

    def _place(self, where: str, form: re.Pattern[str]) -> None:
        found = form.fullmatch(where or "0")
        if found is None:
            # openpyxl reads 1e9, 9_9 and xfd1 too.
            self._refuse(f"has a row or cell in {seen(where)!r}, which names no place of a sheet")
            return
        column, row = found[1], found[2]
        if max(int(row), self.rows) > self.caps.rows:
            self._refuse(f"has a cell in row {max(int(row), self.rows):,}, after row {self.caps.rows:,}")
        if column and openpyxl.utils.column_index_from_string(column) > COLUMNS:
            self._refuse(f"has a cell in column {column}, after the first {COLUMNS}")


def _rows(path: Path, sheet: str, name: str) -> tuple[pd.DataFrame, list[str], str]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        if sheet not in book.sheetnames:
            found = seen(", ".join(map(str, book.sheetnames)))
            raise DataError(
                f"{name}: sheet {sheet!r} is missing; found {found}. Give the sheet its name again, or download the workbook "
                "again from HDX."
            )
        about = book.properties
        title = " ".join(str(text) for text in (about.title, about.subject, about.description, about.keywords) if text)
        sheets = [str(one) for one in book.sheetnames]
        page = book[sheet]
        # A declared size may be false; without one, rows are as long as what they hold.
        page.reset_dimensions()
        rows = list(itertools.islice(page.iter_rows(values_only=True), HDX.rows + 1))
    finally:
        book.close()
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    if not rows:
        return pd.DataFrame(), sheets, title
    head = [str(value) if value is not None else f"Unnamed: {i}" for i, value in enumerate(rows[0])]
    if len(set(head)) < len(head):
        twice = next(column for column in head if head.count(column) > 1)
        raise DataError(f"{name}: sheet {sheet!r} has two columns {seen(twice)!r}; expected one. Download it again.")
    width = len(head)
    body = [(*row, *(None,) * (width - len(row)))[:width] for row in rows[1:]]
    return pd.DataFrame(body, columns=head), sheets, title
