"""Workbooks in the form of HDX's, written by hand, so that they may be of shapes that no program writes. All is made up."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from helpers.data import Tables

HEAD = ("Country", "Admin1", "Admin2", "Month", "Year", "Events", "Fatalities")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
    '"/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_LINKS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def table(months: int = 2) -> list[list[object]]:
    """Return rows of two cercles for so many months of 2022."""
    names = ("January", "February", "March", "April", "May", "June")[:months]
    return [["Mali", "Mopti", cercle, name, 2022, 1, 2] for name in names for cercle in ("Koro", "Bankass")]


def whole() -> list[list[object]]:
    """Return rows of the first half of 2022 whose regions sum to the project's totals, so that no check finds them short.

    One cercle holds a region's events but in Mopti, where Bankass has one event a month and Koro the rest.
    """
    cercles = {**Tables().load("cercles").groupby("region")["cercle"].first(), "Mopti": "Koro"}
    rows: list[list[object]] = []
    for row in Tables().totals().query("'2022-01' <= month <= '2022-06'").itertuples():
        name = ("January", "February", "March", "April", "May", "June")[int(row.month[-2:]) - 1]
        apart = int(row.region == "Mopti")
        rows.append(
            ["Mali", row.region, cercles[row.region], name, 2022, row.events - apart, row.fatalities - 2 * apart]
        )
        if apart:
            rows.append(["Mali", "Mopti", "Bankass", name, 2022, 1, 2])
    return rows


def _cell(value: object, where: str) -> str:
    if isinstance(value, int):
        return f'<c r="{where}"><v>{value}</v></c>'
    # XML has no other control signs.
    text = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", str(value))
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def sheet(rows: list[list[object]], dimension: str = "A1:G5") -> str:
    """Return a sheet's XML."""
    lines = [
        f'<row r="{n}">{"".join(_cell(value, f"{chr(65 + i)}{n}") for i, value in enumerate(row))}</row>'
        for n, row in enumerate([list(HEAD), *rows], start=1)
    ]
    return (
        f'<worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/><sheetData>{"".join(lines)}</sheetData></worksheet>'
    )


def book(sheet: str | bytes, **more: str | bytes) -> bytes:
    """Return a workbook with one sheet, `Data`, and more parts by path (with `__` for a slash)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**_PARTS, "xl/worksheets/sheet1.xml": sheet, **more}.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _with(row: str):
    return lambda sheet: sheet.replace("</sheetData>", f"{row}</sheetData>")


def _lies(sheet: str) -> str:
    return sheet.replace('ref="A1:G5"', 'ref="A1:XFD1048576"')


SHAPES = {
    "the last cell there is": _with('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a cell in the last row": _with('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "a cell in the last column": _with('<row r="9"><c r="XFD9"><v>1</v></c></row>'),
    "a cell in a column that does not exist": _with('<row r="9"><c r="ZZZ9"><v>1</v></c></row>'),
    "row 999,999,999": _with('<row r="999999999"><c r="A999999999"><v>1</v></c></row>'),
    "row 999,999,999 in the cell alone": _with('<row><c r="A999999999"><v>1</v></c></row>'),
    "a row of thirty digits": _with(f'<row r="{10**30}"/>'),
    "a row that is no number": _with('<row r="²"><c r="A²"><v>1</v></c></row>'),
    "rows without a number": _with("<row/>" * 150_000),
    "a row of a hundred thousand cells": _with(f"<row>{'<c/>' * 100_000}</row>"),
    "many elements": _with(f"<row>{'<x/>' * 2_100_000}</row>"),
    "elements within elements": _with("<row>" + "<x>" * 5_000 + "</x>" * 5_000 + "</row>"),
    "a row of another spelling": _with('<row r="1e9"><c><v>1</v></c></row>'),
    "a row with strokes": _with('<row r="999_999_99"><c><v>1</v></c></row>'),
    "a column of another spelling": _with('<row r="9"><c r="xfd9"><v>1</v></c></row>'),
    "a cell of another name": _with('<row r="9"><x r="XFD9"><v>1</v></x></row>'),
    "a row in a cell": _with('<row r="9"><c r="A9"><row><c/></row></c><x r="XFD9"><v>1</v></x></row>'),
    "a row in a row": _with('<row r="9"><row r="10"><c r="XFD9"><v>1</v></c></row></row>'),
    "a size that is false": _lies,
}
