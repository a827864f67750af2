"""Workbooks that would fill the memory are refused in one sentence; a true one is read whatever size it declares."""

import datetime
import io
import subprocess
import sys
import zipfile

import openpyxl
import pandas as pd
import pytest

import workbooks
from helpers import cli
from helpers.data import Tables
from helpers.errors import DataError
from helpers.ingest import hdx, own, workbook

FINE = {"a size that is false"}
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
BOMB = "<row/>".join([""] * 2) + " " * 60_000_000

# Reading every shape in a process that may have so much memory and no more.
SMALL = """
import resource, sys
from pathlib import Path
from helpers.errors import DataError
from helpers.ingest import hdx
limit = 1_200_000_000
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for name in sys.argv[1:]:
    try:
        print("read", len(hdx.read_aggregate(Path(name))))
    except DataError as error:
        print("refused", error)
"""


def _renamed(sheet: str, part: str) -> bytes:
    """Return a workbook whose sheet lies in a part of another name, which its other parts know."""
    found = zipfile.ZipFile(io.BytesIO(workbooks.book(sheet)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in found.namelist():
            content = found.read(name).replace(b"worksheets/sheet1.xml", part.encode())
            archive.writestr(name.replace("worksheets/sheet1.xml", part), content)
    return out.getvalue()


def shapes() -> dict[str, bytes]:
    sheet = workbooks.sheet(workbooks.table())
    made = {name: workbooks.book(change(sheet)) for name, change in workbooks.SHAPES.items()}
    return made | {
        "a sheet of another kind of name": _renamed(
            workbooks.SHAPES["a cell in the last column"](sheet), "worksheets/sheet1.dat"
        ),
        "entities": workbooks.book(ENTITIES + sheet.replace("Koro", "&i;")),
        "packed a thousand times": workbooks.book(sheet + BOMB),
        "a part beside the sheet": workbooks.book(sheet, **{"xl__sharedStrings.xml": "<sst>" + "<si/>" * 2_100_000 + "</sst>"}),
        "a picture": workbooks.book(sheet, **{"xl__media__x.png": b"\0" * 60_000_000}),
        "parts": workbooks.book(sheet, **{f"xl__x{n}.xml": "<x/>" for n in range(300)}),
    }  # fmt: skip


def test_no_shape_takes_the_memory(tmp_path):
    paths = []
    for number, content in enumerate(shapes().values()):
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(content)
        assert len(content) < 700_000
    done = subprocess.run([sys.executable, "-c", SMALL, *map(str, paths)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    said = dict(zip(shapes(), done.stdout.splitlines(), strict=True))
    assert {name for name, line in said.items() if line == "read 4"} == FINE
    for name, line in said.items():
        assert line.startswith(("read 4", "refused ")), name
        if line != "read 4":
            assert "that is no workbook of HDX" in line, (name, line)


@pytest.mark.parametrize("name", ["the last cell there is", "row 999,999,999"])
def test_the_command_says_it_in_one_line_and_writes_nothing(name, tmp_path, capfd):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbooks.book(workbooks.SHAPES[name](workbooks.sheet(workbooks.table()))))
    assert cli.main(["ingest", "hdx", str(path), "--out", str(tmp_path / "mine")]) == 2
    err = capfd.readouterr().err
    assert "after row 100,000" in err
    assert len(err.strip().splitlines()) <= 2
    assert not (tmp_path / "mine").exists()


def test_a_workbook_is_read_as_pandas_reads_it(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbooks.book(workbooks.sheet(workbooks.table(6))))
    made, _, _ = workbook.read_sheet(path, "Data", "book.xlsx")
    pd.testing.assert_frame_equal(
        made.astype(object), pd.read_excel(path, sheet_name="Data").astype(object), check_dtype=False
    )
    assert len(hdx.read_aggregate(path)) == 12


def test_a_sheet_that_is_missing_or_named_twice_is_said(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "<b>Other"
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(DataError, match="sheet 'Data' is missing; found ‹b›Other"):
        hdx.read_aggregate(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "none.xlsx", "w") as archive:
        archive.writestr("x.xml", "<x/>")
    with pytest.raises(DataError, match="not readable as an Excel workbook"):
        hdx.read_aggregate(tmp_path / "none.xlsx")


def test_a_cercle_of_no_map_counts_by_region_and_is_set_aside_by_cercle(tmp_path):
    rows = workbooks.whole()
    rows = [[*row[:2], "Newtown" if row[2] == "Bankass" else row[2], *row[3:]] for row in rows]
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbooks.book(workbooks.sheet(rows)))
    made = own.from_hdx(path)
    events = Tables().totals().query("'2022-01' <= month <= '2022-06'")["events"].sum()
    assert made.tables["totals"]["events"].sum() == events
    for name in ("cercle_halves", "cercle_months"):
        assert "Koro" in set(made.tables[name]["cercle"])
        assert not {"Newtown", "Bankass"} & set(made.tables[name]["cercle"])
        assert made.tables[name]["events"].sum() == events - 6
    lines = made.account.check().frame().set_index("reason")["rows"].to_dict()
    assert lines == {"counted": len(rows) - 6, hdx.REGION_ONLY: 6}
    assert any("Newtown" in note for note in made.account.notes)
    assert "1 of the workbook's cercles are none of the project's map" in made.limits[1]
    # Menaka region's cercles are one, whatever their names.
    renamed = [[*row[:2], f"New {row[2]}", *row[3:]] for row in rows if row[1] != "Menaka"]
    path.write_bytes(workbooks.book(workbooks.sheet(renamed)))
    with pytest.raises(
        DataError, match=r"holds no row of Menaka \(71 events\), where the project.s workbook has events"
    ):
        own.from_hdx(path)


def test_a_month_to_come_is_refused(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbooks.book(workbooks.sheet(workbooks.whole())))
    with pytest.raises(DataError, match="holds June 2022, which is yet to come"):
        own.from_hdx(path, today=datetime.date(2022, 5, 31))
    assert own.from_hdx(path, today=datetime.date(2022, 6, 1)).tables["totals"]["month"].max() == "2022-06"


def test_a_sheet_may_have_another_name_and_a_picture_may_lie_beside_it(tmp_path):
    (tmp_path / "book.xlsx").write_bytes(_renamed(workbooks.sheet(workbooks.table()), "worksheets/one.dat"))
    assert len(hdx.read_aggregate(tmp_path / "book.xlsx")) == 4
    (tmp_path / "book.xlsx").write_bytes(
        workbooks.book(workbooks.sheet(workbooks.table()), **{"xl__media__x.png": b"\x89PNG\r\n\x1a\n\0"})
    )
    assert len(hdx.read_aggregate(tmp_path / "book.xlsx")) == 4
