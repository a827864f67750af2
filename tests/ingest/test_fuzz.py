"""Mutated files: never a traceback, always an exact account, never a number too small that nothing names.

`make fuzz` runs 20,000 and more, the suite a few hundred.

Every file is synthetic and every mutation is drawn from its number, so that a failure can be made again:
`FUZZ_FIRST=1234 FUZZ_COUNT=1 pytest -m fuzz tests/ingest/test_fuzz.py`.
"""

import csv
import datetime
import io
import json
import os
import random
import re
import zipfile

import pytest

import synthetic as syn
import workbooks
from helpers import definitions as d
from helpers import inert
from helpers.data import Tables
from helpers.errors import DataError
from helpers.ingest import events, ged, hdx, own, own_folder, reasons
from helpers.windows import span

TODAY = datetime.date(2026, 11, 24)
EVENTS = syn.events(24)
GED = [syn.ged(n) for n in range(12)]
HOSTILE = (
    "=cmd|'/c calc'!A1", "<img src=x onerror=alert(1)>", "@SUM(1)", "\x00", "\u202e", "é" * 9, "'", '"', ",", "\r\n", "-1", "",
    "1e9", "nan", "inf", "99999999999999999999", "01/02/2022", "44562", "#N/A", "٣", "²", "None", "\ufeff", "🜁",
)  # fmt: skip


def _bytes(r, content):
    out = bytearray(content)
    for _ in range(r.choice((1, 1, 2, 8, 64))):
        if out:
            at = r.randrange(len(out))
            what = r.randrange(4)
            if what == 0:
                out[at] ^= 1 << r.randrange(8)
            elif what == 1:
                out[at] = r.choice(b'",;\n\r\t\x00#\xff')
            elif what == 2:
                del out[at : at + r.choice((1, 1, 5, 200))]
            else:
                out[at:at] = r.choice((b'"', b"\n", b",", b"\xe9", b"\x00", b'""', b"\r"))
    return bytes(out)


def _cells(r, rows):
    for _ in range(r.choice((1, 2, 10))):
        row = r.choice(rows)
        row[r.choice(list(row))] = r.choice(HOSTILE)


def _swap(r, rows):
    for row in rows if r.random() < 0.2 else [r.choice(rows)]:
        row["latitude"], row["longitude"] = row["longitude"], row["latitude"]


def _repeat(r, rows):
    for _ in range(r.choice((1, 5, 30))):
        rows.append(dict(r.choice(rows)))
        if r.random() < 0.5:
            rows[-1][r.choice(list(rows[-1]))] = r.choice(HOSTILE)


def _dates(r, rows):
    form = r.choice(("%d/%m/%Y", "%d %B %Y", "%d-%b-%y", "%Y-%m-%d %H:%M:%S", "%Y%m%d", "%b %d, %Y"))
    key = "event_date" if "event_date" in rows[0] else "date_start"
    for row in rows if r.random() < 0.5 else r.sample(rows, len(rows) // 2):
        try:
            row[key] = datetime.datetime.fromisoformat(row[key][:10]).strftime(form)
        except ValueError:
            continue


def _country(r, rows):
    for row in r.sample(rows, r.randrange(1, len(rows) + 1)):
        row["country"] = r.choice(("Niger", "MALI", "", "Mali "))


def _order(r, rows):
    r.shuffle(rows)


def _fewer(r, rows):
    del rows[r.randrange(len(rows)) :]


def _stamps(r, rows):
    for row in rows:
        if "timestamp" in row:
            row["timestamp"] = r.choice(("", "0", "1", "1700000000", "2023-05-01T10:00:00", "x"))


ROWS = (_cells, _cells, _swap, _repeat, _dates, _country, _order, _fewer, _stamps)


def _columns(r, names):
    names = list(names)
    at = r.randrange(len(names))
    what = r.randrange(5)
    if what == 0:
        del names[at]
    elif what == 1:
        names.insert(at, names[at])
    elif what == 2:
        r.shuffle(names)
    elif what == 3:
        names.insert(at, "")
    return names


def _table(r, rows, names):
    rows = [dict(row) for row in rows]
    for _ in range(r.choice((0, 1, 1, 2))):
        if rows:
            r.choice(ROWS)(r, rows)
    if rows and r.random() < 0.3:
        names = _columns(r, names)
    return rows, names


def _text(r, rows, names):
    out = io.StringIO()
    delimiter = r.choice((",",) * 8 + (";", "\t", "|"))
    quoting = r.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=r.choice(("\n",) * 6 + ("\r\n", "\r")), quoting=quoting
    )
    header = [
        r.choice((str.upper, str.title, lambda t: f" {t} ", lambda t: f"{t}_"))(n) if r.random() < 0.01 else n
        for n in names
    ]
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    encoding = r.choice(("utf-8",) * 8 + ("utf-8-sig", "utf-16", "cp1252", "utf-16-le"))
    return out.getvalue().encode(encoding, "replace")


def _json(r, rows, names):
    rows = [{name: row.get(name, "") for name in names} for row in rows]
    for row in rows:
        if r.random() < 0.1 and row:
            row[r.choice(list(row))] = r.choice((None, 1, 1.5, True, [], {"a": 1}, -7, 10**30))
    if r.random() < 0.1:
        rows.insert(r.randrange(len(rows) + 1), r.choice((None, 3, "x", [], [1])))
    whole = rows if r.random() < 0.3 else {"status": 200, "count": len(rows), "data": rows}
    return json.dumps(whole, indent=r.choice((None, None, 1))).encode()


def _zip(r, members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", r.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
        for n, member in enumerate(members):
            archive.writestr(f"{n}.csv", member)
    return out.getvalue()


def mutated(number):
    """Return the kind, the files and the lists of deleted events that belong to a number."""
    r = random.Random(number)
    kind = "ucdp" if r.random() < 0.2 else "acled"
    files, deleted = {}, {}
    for n in range(r.choice((1, 1, 1, 2))):
        if kind == "ucdp":
            base, names = GED, syn.GED
        elif r.random() < 0.2:
            base, names = syn.monadic(EVENTS), syn.MONADIC
        else:
            base, names = EVENTS, syn.DYADIC
        form = r.random()
        content = (_json if form < 0.2 else _text)(r, *_table(r, base, names))
        if form > 0.9:
            content = _zip(r, [content, _text(r, *_table(r, base, names))][: r.choice((1, 2))])
        if r.random() < 0.5:
            content = _bytes(r, content)
        if r.random() < 0.1:
            content = content[: r.randrange(len(content) + 1)]
        name = f"GEDEvent_v26_0_{n + 1}.csv" if kind == "ucdp" else f"file{n}.csv"
        files[name] = content
    if kind == "acled" and r.random() < 0.1:
        gone = [
            {"event_id_cnty": row["event_id_cnty"], "deleted_timestamp": r.choice(("", "1800000000", "x"))}
            for row in EVENTS[::5]
        ]
        content = _text(r, gone, ("event_id_cnty", "deleted_timestamp"))
        deleted["deleted.csv"] = _bytes(r, content) if r.random() < 0.5 else content
    return kind, files, deleted


def expected_rows(content):
    """Count the rows of a plain CSV in another way, or return None where quoting or line ends leave it open."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if any(mark in text for mark in '"\r\x00') or not text.strip() or text.lstrip()[0] in "{[<":
        return None
    return sum(bool(line) for line in text.lstrip("\ufeff \t\n").split("\n")) - 1


def run(number, folder, base):
    """Read one mutated set of files; return whether anything was accepted."""
    kind, files, deleted = mutated(number)
    paths, lists = [], []
    for names, into in ((files, paths), (deleted, lists)):
        for name, content in names.items():
            (folder / name).write_bytes(content)
            into.append(folder / name)
    refused = ""
    try:
        if kind == "ucdp":
            found = ged.read(paths, base, today=TODAY)
        else:
            found = events.read(paths, deleted=lists, until="2022-06", today=TODAY)
    except DataError as error:
        refused = str(error)
    if refused:
        assert "fault of ingest" not in refused, number
        assert "\n" not in refused, number
        assert len(refused) > 30, number
        return False
    account = found.account
    assert account.rows_in == account.kept + account.set_aside, number
    frame = account.frame()
    by_file = frame.groupby("file")["rows"].sum()
    for name, content in files.items():
        rows = expected_rows(content)
        if rows is not None and name in by_file:
            assert by_file[name] == rows, (number, name)
    for text in frame["example"]:
        assert inert.cell(text) == text, number
        assert "<" not in text, number
    if kind == "acled":
        counted = frame[frame["reason"].eq("counted")]["rows"].sum()
        assert len(found.frame) <= counted, number
        if number % 50 == 0:
            made = own.tables_of(found)
            assert made.tables["actors"]["events"].sum() == len(found.frame), number
    return True


def fuzz(first, count, folder):
    base = {name: Tables().load(name) for name in (*own_folder.KINDS["ucdp"], "ucdp_types")}
    return sum(run(number, folder, base) for number in range(first, first + count))


def test_a_few_hundred_mutated_files(tmp_path):
    accepted = fuzz(0, 400, tmp_path)
    # Mutations that nothing survives, or that change nothing, would test nothing.
    assert 80 < accepted < 380


def mutated_book(number):
    """Return a workbook: one of the shapes that would fill the memory, or rows, cells and bytes drawn from the number."""
    r = random.Random(number)
    rows = workbooks.table(r.choice((1, 2, 6)))
    for _ in range(r.choice((0, 0, 1, 3))):
        at = r.randrange(len(rows))
        rows[at] = [*rows[at]]
        rows[at][r.randrange(7)] = r.choice(HOSTILE)
    sheet = workbooks.sheet(rows)
    if r.random() < 0.5:
        sheet = r.choice(list(workbooks.SHAPES.values()))(sheet) if r.random() < 0.7 else _bytes(r, sheet.encode())
    content = workbooks.book(sheet)
    return _bytes(r, content) if r.random() < 0.3 else content


def fuzz_books(first, count, folder):
    accepted = 0
    for number in range(first, first + count):
        path = folder / "book.xlsx"
        path.write_bytes(mutated_book(number))
        refused = ""
        try:
            frame = hdx.read_aggregate(path)
        except DataError as error:
            refused = str(error)
        if refused:
            assert "\n" not in refused, number
            assert len(refused) > 30, number
            continue
        accepted += 1
        assert frame["region"].isin(d.REGIONS).all(), number
        assert (frame["events"] >= 0).all(), number
        assert frame["cercle"].map(inert.text).equals(frame["cercle"]), number
    return accepted


def test_a_hundred_mutated_workbooks(tmp_path):
    assert 15 < fuzz_books(0, 100, tmp_path) < 90


@pytest.mark.fuzz
def test_a_thousand_mutated_workbooks(tmp_path):
    first, count = int(os.environ.get("FUZZ_FIRST", "1000")), int(os.environ.get("FUZZ_COUNT", "20000")) // 20
    assert count < 100 or fuzz_books(first, count, tmp_path) > 0.1 * count


# --------------------------------------------------------------------------- what looks right and is not

WHOLE = syn.events(504)
"""Six months of synthetic events, three a day, of every type and region; 336 of them are political violence."""
COUNTED = [row for row in WHOLE if row["event_type"] not in ("Protests", "Strategic developments")]
NEIGHBOURS = [row | {"event_id_cnty": f"NIR{n}", "country": "Niger"} for n, row in enumerate(syn.events(1200))]


def _filter(r, rows):
    """A filter of the export: some types, some regions, events with deaths, of one group, of one fatal kind."""
    key, values = r.choice(
        (
            (
                "event_type",
                r.sample(("Battles", "Violence against civilians", "Explosions/Remote violence"), r.choice((1, 2))),
            ),
            ("admin1", r.sample([place[0] for place in syn._PLACES], r.choice((1, 2, 4)))),
            ("fatalities", ["1", "2", "3"]),
            ("actor1", ["Katiba Macina"]),
        )
    )
    return [row for row in rows if row[key] in values]


def _page(r, rows):
    return rows[: r.randrange(30, len(rows) - 30)]


def _begins(r, rows):
    first = f"2022-01-{r.randrange(8, 29):02d}"
    return [row for row in rows if row["event_date"] >= first]


def _ends(r, rows):
    last = f"2022-06-{r.randrange(2, 20):02d}"
    return [row for row in rows if row["event_date"] <= last]


def _spoil(r, rows):
    """Faults in a share of Mali's rows, whatever else the file holds; small shares may be set aside."""
    share = r.choice((0.03, 0.3, 0.9))
    key, value = r.choice(
        (("event_date", "12-Jan-20"), ("fatalities", "many"), ("latitude", "14,5"), ("admin1", "Moptii"))
    )
    return [row | {key: value} if r.random() < share else row for row in rows]


def _one_region(r, rows):
    region = r.choice(syn._PLACES)[0]
    return [row | {"longitude": "x"} if row["admin1"] == region else row for row in rows]


def _encoded(r, rows):
    spelled = {"Segou": "Ségou", "Menaka": "Ménaka"}
    return [row | {"admin1": spelled.get(row["admin1"], row["admin1"])} for row in rows]


def _named(r, rows):
    return [row | {"actor2": row["actor2"] or r.choice(("NA", "NaN", "None", "null"))} for row in rows]


def _turned(r, rows):
    return [*rows, *(row | {"event_id_cnty": f"{row['event_id_cnty'][3:]}SYN"} for row in r.sample(rows, 40))]


def _sample(r, rows):
    return [row for row in rows if r.random() < 0.6]


def _capped(r, rows):
    return [row | {"fatalities": min(row["fatalities"], "1")} for row in rows]


LOSSES = {
    "sample": _sample, "capped": _capped, "filter": _filter, "page": _page, "begins": _begins, "ends": _ends, "spoil": _spoil, "region": _one_region,
    "encoded": _encoded, "named": _named, "turned": _turned, "neighbours": lambda r, rows: [*rows, *NEIGHBOURS],
}  # fmt: skip


def lossy(number, folder):
    """Read a file that lost events in one of the ways of `LOSSES`; return the way and whether it was refused."""
    r = random.Random(f"loss {number}")
    way = r.choice(list(LOSSES))
    rows = LOSSES[way](r, WHOLE)
    if r.random() < 0.5 and way not in ("neighbours", "page"):
        rows = [*rows, *NEIGHBOURS]
    path = folder / f"export{number}.csv"
    if way == "page":
        content = json.dumps({"status": 200, "count": len(rows), "total_count": len(WHOLE), "data": rows}).encode()
    else:
        codec = r.choice(("cp1252", "mac_roman", "cp850", "ascii")) if way == "encoded" else "utf-8"
        content = syn.to_csv(rows).encode(codec, "replace")
    path.write_bytes(content)
    refused = ""
    try:
        made = own.from_acled([path], today=TODAY)
    except DataError as error:
        refused = str(error)
    path.unlink()
    if refused:
        assert "\n" not in refused, number
        return way, True
    account = made.account.check()
    lines = account.frame()
    actors = made.tables["actors"]
    months = [made.covers["actors"][0], made.covers["actors"][1]]
    # The numbers: what is counted is what the whole file has in the months that the tables say they cover ...
    whole = [row for row in COUNTED if months[0] <= row["event_date"][:7] <= months[1]]
    counted, deaths = actors["events"].sum(), actors["fatalities"].sum()
    faults = lines[lines["outcome"].eq("set aside") & ~lines["reason"].isin(PLAIN)]["rows"].sum()
    short = len(whole) - counted
    assert short >= 0, (number, way)
    # Whatever was lost, how much of ACLED's totals is there stands in the account and on every page.
    totals = TOTALS[TOTALS["month"].between(*months)][["events", "fatalities"]].sum()
    amount = f"{counted:,} of the {totals['events']:,} events ({counted / totals['events']:.0%}) and {deaths:,} of the "
    amount += f"{totals['fatalities']:,} deaths ({deaths / totals['fatalities']:.0%}) that ACLED's totals"
    for place in (made.limits, account.notes):
        assert any(amount in line for line in place), (number, way)
    if short == 0:
        whole_deaths = sum(int(row["fatalities"]) for row in whole)
        assert deaths == whole_deaths or (way == "capped" and deaths < whole_deaths), (number, way)
        assert set(actors["side2"]) <= SIDES, (number, way)
    elif way != "sample" and not made.partial:
        # ... or the loss is named, in the account and in a sentence that every page shows.
        assert faults >= short, (number, way)
        said = " ".join(made.limits)
        for reason in lines[lines["outcome"].eq("set aside")]["reason"]:
            assert reason in said, (number, way)
        assert short <= 0.1 * len(whole), (number, way)
    else:
        assert made.partial.rstrip(".") in " ".join(made.limits), (number, way)
    return way, False


TOTALS = Tables().load("totals")


PLAIN = (
    reasons.ELSEWHERE.text, reasons.NOT_VIOLENT.text, reasons.REPEATED.text, reasons.UNBEGUN.text, reasons.UNFINISHED.text,
)  # fmt: skip
SIDES = {"state", "civilians", "none"}


def by_outcome(cut, first, count, folder):
    """Cut files by `cut`; return the ways of which some were refused, and those of which some were taken."""
    refused, taken = set(), set()
    for number in range(first, first + count):
        way, no = cut(number, folder)
        (refused if no else taken).add(way)
    return refused, taken


def test_what_a_file_lost_is_refused_or_named_and_the_rest_is_counted_right(tmp_path):
    refused, taken = by_outcome(lossy, 0, 72, tmp_path)
    assert {"page", "encoded", "region", "spoil"} <= refused
    assert {"sample", "capped", "filter", "begins", "ends", "named", "turned", "neighbours"} <= taken
    assert not {"page", "region"} & taken


# --------------------------------------------------------------------------- UCDP's files that were shortened

TYPES = Tables().load("ucdp_types")
RELEASES = {"26.1": ("2021-01", "2025-12"), "": ("2025-01", "2025-12"), "26.0.5": ("2026-01", "2026-05")}
"""A final release, the candidates of a year that is final by now, and those of months that are provisional still."""
SHORTER = {
    "whole": lambda r, rows: rows,
    "order": lambda r, rows: r.sample(rows, len(rows)),
    "twice": lambda r, rows: [*rows, *r.sample(rows, 9)],
    "halved": lambda r, rows: rows[r.randrange(2) :: 2],
    "sample": lambda r, rows: [row for row in rows if r.random() < 0.6],
    "clarity": lambda r, rows: [row for row in rows if row["event_clarity"] == "1"],
    "precision": lambda r, rows: [row for row in rows if row["date_prec"] == "1"],
    "type": lambda r, rows: [row for row in rows if row["type_of_violence"] != "3"],
    "region": lambda r, rows: [row for row in rows if row["adm_1"] != "Gao region"],
    "one region": lambda r, rows: [row for row in rows if row["adm_1"] == "Gao region"],
    "capped": lambda r, rows: [row | {key: min(row[key], "2") for key in ("low", "best", "high")} for row in rows],
    "half month": lambda r, rows: [row for row in rows if row["date_start"][5:7] != "03" or row["date_start"] < f"{row['date_start'][:7]}-16"],
    "page": lambda r, rows: rows[: len(rows) // 2],
}  # fmt: skip


def shortened(number, folder):
    """Read UCDP events that lost some in one of the ways of `SHORTER`; return the way and whether it was refused."""
    r = random.Random(f"shortened {number}")
    way, (release, (first, last)) = r.choice(list(SHORTER)), r.choice(list(RELEASES.items()))
    known = TYPES[TYPES["month"].between(first, last)]
    rows = syn.release(known[["month", "type", "events", "deaths"]].itertuples(index=False, name=None))
    rows = SHORTER[way](r, rows)
    if way == "page" or r.random() < 0.3:
        total = {"TotalCount": int(known["events"].sum()) if way == "page" else len(rows)}
        path, content = folder / "g.json", json.dumps({**total, "Result": rows})
    else:
        path, content = folder / "g.csv", syn.to_csv(rows, syn.GED)
    path.write_text(content, encoding="utf-8")
    base = {name: Tables().load(name) for name in (*own_folder.KINDS["ucdp"], "ucdp_types")}
    options = {"releases": [release] if release else [], "covers": span(f"{first}:{last}"), "today": TODAY}
    refused = ""
    try:
        found = ged.read([path], base, **options)
    except DataError as error:
        refused = str(error)
    if refused:
        assert "\n" not in refused, number
        assert "--meant" in refused or "are missing" in refused, (number, way)
        sums = r"the files hold ([\d,]+) events and ([\d,]+) deaths; .* has ([\d,]+) and ([\d,]+)\."
        if said := re.search(sums, refused):
            held = [len(rows), sum(int(row["best"]) for row in rows), known["events"].sum(), known["deaths"].sum()]
            assert [int(text.replace(",", "")) for text in said.groups()] == held, (number, way)
        return way, True
    # Taken: the tables hold exactly what the file holds, and both sums stand in the account, which every page shows.
    once = {row["id"]: row for row in rows}.values()
    months = found.tables["ucdp_months"].query(f"'{first}' <= month <= '{last}'")
    assert months[["state_based", "non_state", "one_sided"]].sum().sum() == len(once), (number, way)
    assert months["best"].sum() == sum(int(row["best"]) for row in once), (number, way)
    there = "UCDP release, provisional there," if first == "2026-01" else "UCDP release"
    sums = (
        f"the files hold {len(once):,} events and {sum(int(row['best']) for row in once):,} deaths; the project's {there} "
        f"has {known['events'].sum():,} and {known['deaths'].sum():,}."
    )
    assert any(sums in note for note in found.account.notes), (number, way)
    assert way not in ALWAYS_WHOLE or not any("filter" in note for note in found.account.notes), (number, way)
    return way, False


ALWAYS_WHOLE = {"whole", "order", "twice"}


def test_what_ucdps_files_lost_is_refused_or_named_with_both_sums(tmp_path):
    refused, taken = by_outcome(shortened, 0, 90, tmp_path)
    assert {"halved", "sample", "precision", "type", "one region", "capped", "page"} <= refused
    assert {*ALWAYS_WHOLE, "region", "half month"} <= taken
    assert not {"page", "type", "one region"} & taken
    assert not ALWAYS_WHOLE & refused


def _candidates(number):
    """A candidate file of one month with late additions, cut or filtered, and what it may give."""
    r = random.Random(f"ged {number}")
    rows = [syn.ged(n, date_start=f"2026-01-{n % 28 + 1:02d}", date_end=f"2026-01-{n % 28 + 1:02d}") for n in range(84)]
    late = [
        row | {"id": f"7{row['id']}", "date_start": "2025-12-30", "date_end": "2025-12-30", "year": "2025"}
        for row in r.sample(rows, r.choice((0, 1, 5)))
    ]
    cut = r.choice((31, 31, 12))
    return [row for row in rows if int(row["date_start"][8:]) <= cut] + late, cut


@pytest.mark.parametrize("number", range(12))
def test_a_candidate_file_gives_its_month_and_no_other_whatever_its_name(tmp_path, number):
    rows, cut = _candidates(number)
    r = random.Random(number)
    path = tmp_path / r.choice(("ucdp_mali_2026_01.csv", "GEDEvent_v25_1.csv", "ged261.csv", "x.csv"))
    path.write_text(syn.to_csv(rows, syn.GED), encoding="utf-8")
    base = {name: Tables().load(name) for name in (*own_folder.KINDS["ucdp"], "ucdp_types")}
    if cut < 31:
        with pytest.raises(DataError, match="--covers"):
            ged.read([path], base, today=TODAY)
        found = ged.read([path], base, covers=span("2026-01"), today=TODAY)
    else:
        found = ged.read([path], base, today=TODAY)
    months = found.tables["ucdp_months"].set_index("month")
    mine = [row for row in rows if row["country"] == "Mali" and row["date_start"].startswith("2026-01")]
    assert months.loc["2026-01", "status"] == "candidate"
    assert months.loc["2026-01", "best"] == sum(int(row["best"]) for row in mine)
    before = base["ucdp_months"].set_index("month")
    assert months.drop(index="2026-01").astype(object).equals(before.astype(object))


@pytest.mark.fuzz
def test_many_thousand_mutated_files(tmp_path):
    first, count = int(os.environ.get("FUZZ_FIRST", "1000")), int(os.environ.get("FUZZ_COUNT", "20000"))
    accepted = fuzz(first, count, tmp_path)
    by_outcome(lossy, first, count // 40, tmp_path)
    by_outcome(shortened, first, count // 40, tmp_path)
    assert count < 1000 or 0.2 * count < accepted < 0.95 * count
