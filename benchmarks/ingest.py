"""How long ingest takes, and how much memory, against simply reading the same file with pyarrow and polars.

All files are synthetic, written to a temporary folder and thrown away. Each measurement is a process of its own: its
wall time from start to end, imports included, its processor time, and the peak of its resident memory (`ru_maxrss`).
The three ways take turns in one run; the table holds medians and ratios of medians.

    python benchmarks/ingest.py            # everything, a few minutes
    python benchmarks/ingest.py --small    # a hundredth of it, to see that it works
    python benchmarks/ingest.py --only "UCDP GED, world" --repeats 1    # one file, taken into the stored results
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "ingest.json"
ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

READERS = {
    "pyarrow": "import sys, pyarrow.csv as c; print(c.read_csv(sys.argv[1]).num_rows)",
    "polars": "import sys, polars as p; print(p.read_csv(sys.argv[1], infer_schema_length=0).height)",
}

STREAMING = {
    "acled": "import sys, pathlib as p; from helpers.ingest import events; events.read([p.Path(sys.argv[1])])",
    "ucdp": "import sys, pathlib as p; from helpers.ingest import own; own.from_ucdp([p.Path(sys.argv[1])], releases=['25.1'], meant=True)",
}
"""The part of ingest that reads and checks every row; what follows depends on Mali's events and places only."""

UNIONS = (
    "import sys, time, pathlib as p; from helpers.ingest import acled, events, own, tables; import pyproj, scipy.spatial; "
    "t = [time.process_time()]; found = events.read([p.Path(sys.argv[1])]); t.append(time.process_time()); "
    "rows, _ = acled.attribute(found.frame); t.append(time.process_time()); tables.areas_table(rows); "
    "print(t[1] - t[0], time.process_time() - t[2])"
)
"""Processor seconds of reading the file and of the unions of discs, told apart within one process."""

WHAT = ("seconds", "processor_seconds", "peak_mb")
"""What is measured of each process."""

ACTORS = (
    "JNIM: Group for Support of Islam and Muslims", "Islamic State (Sahel Province)", "Military Forces of Mali (2021-)",
    "Katiba Macina", "Civilians (Mali)", "Unidentified Armed Group (Mali)", "Dozo Communal Militia (Mali)",
)  # fmt: skip
PLACES = {
    "Mopti": (14.5, -4.2), "Gao": (16.3, -0.1), "Segou": (13.4, -6.3), "Tombouctou": (16.8, -3.0), "Menaka": (15.9, 2.4),
    "Sikasso": (11.3, -5.7), "Koulikoro": (12.9, -7.6), "Kidal": (18.4, 1.4),
}  # fmt: skip
TOWNS = 2_400
"""Places of the synthetic events."""

KINDS = (
    ("Battles", "Armed clash"), ("Violence against civilians", "Attack"), ("Strategic developments", "Looting"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED"), ("Protests", "Peaceful protest"),
)  # fmt: skip
WORDS = ("synthetic text that stands for the account of an event and names no one, no place and no day ; " * 8).split()


def text(chance: random.Random, words: int) -> str:
    """Return so many words of synthetic prose."""
    start = chance.randrange(len(WORDS) - words)
    return " ".join(WORDS[start : start + words])


def acled_rows(number: int, share: float, seed: int) -> Iterator[list[object]]:
    """Yield synthetic rows in the form of ACLED's export, a share of them of Mali."""
    chance = random.Random(seed)
    # Events are coded to named places, of which the real data have some two thousand; more events do not make more.
    places = [
        (region, round(south + chance.uniform(-0.5, 0.5), 4), round(west + chance.uniform(-0.5, 0.5), 4))
        for region, (south, west) in PLACES.items()
        for _ in range(TOWNS // len(PLACES))
    ]
    # A stock of rows, so that writing millions takes a minute and not ten; each gets its own id, day and timestamp.
    stock = []
    for _ in range(20_000):
        mali = chance.random() < share
        kind, sub = chance.choice(KINDS)
        region, latitude, longitude = chance.choice(places)
        one, other = chance.sample(ACTORS, 2)
        stock.append([
            "MLI" if mali else "ELS", "", 0, 1, "Political violence", kind, sub, one, "", 2, other, "", 1, 12, "",
            466 if mali else 999, "Western Africa", "Mali" if mali else "Elsewhere", region, "Cercle", "Commune",
            f"Place {chance.randrange(TOWNS)}", latitude, longitude, 1, "Synthetic Source; Other Source",
            "National-Regional", text(chance, 40), chance.choice((0, 0, 0, 1, 2, 5)), "", 0,
        ])  # fmt: skip
    first = datetime.date(2017, 1, 1)
    days = [first + datetime.timedelta(days=n) for n in range((datetime.date(2025, 2, 28) - first).days + 1)]
    dated = [(day.isoformat(), day.year) for day in days]
    for index in range(number):
        row = chance.choice(stock).copy()
        row[0] += str(index)
        row[1], row[2] = dated[index % len(dated)]
        row[-1] = 1700000000 + index % 1000
        yield row


def ged_rows(number: int, share: float, seed: int) -> Iterator[list[object]]:
    """Yield synthetic rows in the form of UCDP GED, a share of them of Mali."""
    chance = random.Random(seed)
    first = datetime.date(1989, 1, 1)
    days = (datetime.date(2024, 12, 31) - first).days + 1
    for index in range(number):
        mali = chance.random() < share
        day = first + datetime.timedelta(days=index % days)
        best = chance.choice((1, 1, 2, 3, 7))
        row = dict.fromkeys(COLUMNS, "") | {
            "id": index + 1, "relid": f"MLI-{day.year}-1-100-{index}", "year": day.year, "active_year": "true",
            "code_status": "Clear", "type_of_violence": chance.randint(1, 3), "conflict_dset_id": 100,
            "conflict_new_id": 333, "conflict_name": "Synthetic: Government", "dyad_dset_id": 406, "dyad_new_id": 406,
            "dyad_name": "Government of Synthetic - Group", "side_a": "Government of Synthetic", "side_b": "Group",
            "side_a_new_id": 72, "side_b_new_id": 1093, "number_of_sources": 2, "source_article": text(chance, 30),
            "source_office": "Agency;Other", "source_date": f"{day};{day}", "source_headline": text(chance, 16),
            "source_original": "police", "where_prec": chance.randint(1, 6), "where_coordinates": "Synthetic town",
            "where_description": text(chance, 8), "adm_1": "Synthetic region", "adm_2": "Synthetic district",
            "latitude": round(chance.uniform(11, 20), 6), "longitude": round(chance.uniform(-8, 3), 6),
            "geom_wkt": "POINT (1.0 2.0)", "priogrid_gid": 150000, "country": "Mali" if mali else "Elsewhere",
            "country_id": 432 if mali else 999, "region": "Africa", "event_clarity": 1, "date_prec": 1,
            "date_start": f"{day} 00:00:00.000", "date_end": f"{day} 00:00:00.000", "deaths_a": 0, "deaths_b": best,
            "deaths_civilians": 0, "deaths_unknown": 0, "best": best, "high": best + 1, "low": best, "gwnoa": 432,
        }  # fmt: skip
        yield list(row.values())


def write(path: Path, header: tuple[str, ...], rows: Iterator[list[object]]) -> int:
    """Write a CSV row by row and return its bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path.stat().st_size


def measure(command: list[str]) -> tuple[float, float, float]:
    """Run a command in a process of its own; return wall seconds, processor seconds and peak memory in MB."""
    before = os.times().elapsed
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command[:4])} failed: {said.decode()[-500:]}")
    return os.times().elapsed - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def unions(path: Path, repeats: int) -> dict:
    """Return processor seconds (medians) of our reading of a file and of its unions of discs, and their ratio."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", UNIONS, str(path)]
    runs = [
        list(map(float, subprocess.run(command, capture_output=True, check=True, env=environment).stdout.split()))
        for _ in range(repeats)
    ]
    reading, union = (statistics.median(part) for part in zip(*runs, strict=True))
    machine, today = surroundings()
    seconds = {"reading": round(reading, 2), "unions": round(union, 2), "ratio": round(union / reading, 2)}
    return seconds | {"date": today, "machine": machine, "load": [round(n, 1) for n in os.getloadavg()]}


def project() -> tuple[int, tuple[str, ...]]:
    """Return the number of real events, and UCDP's columns.

    Asked of another process: what this one holds in memory would count as the peak of each process it starts.
    """
    code = (
        "import json; from helpers.data import Tables; from helpers.fetch.ucdp import COLUMNS; "
        "print(json.dumps([int(Tables().actors()['events'].sum()), COLUMNS]))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    real, columns = json.loads(done.stdout)
    return real, tuple(columns)


REAL, COLUMNS = project()


def cases(scale: float) -> list[tuple[str, str, str, int, float, int]]:
    """Return name, kind, file name, rows, share of Mali and repetitions."""
    return [
        ("UCDP GED, world", "ucdp", "GEDEvent_v25_1.csv", int(420_000 * scale), 0.02, 3),
        ("ACLED, Mali, real number of events", "acled", "x1.csv", max(4000, int(REAL * scale)), 1, 3),
        ("ACLED, Mali, ten times as many", "acled", "x10.csv", int(REAL * 10 * scale), 1, 3),
        ("ACLED, Mali, a hundred times as many", "acled", "x100.csv", int(REAL * 100 * scale), 1, 1),
        ("ACLED, world", "acled", "world.csv", int(3_000_000 * scale), 0.01 if scale == 1 else 0.1, 1),
    ]


def surroundings() -> tuple[str, str]:
    """Return the machine and the day."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return machine, datetime.date.today().isoformat()


def save(records: list[dict]) -> list[dict]:
    """Write the results, keeping those of files that were not measured now; return all."""
    before = json.loads(RESULTS.read_text(encoding="utf-8"))["cases"] if RESULTS.is_file() else []
    known = {row["case"]: row for row in [*before, *records]}
    found = [known[name] for name, *_ in cases(1) if name in known]
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    machine, today = surroundings()
    text = json.dumps({"date": today, "machine": machine, "cases": found}, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    return found


def add_unions(name: str, found: dict) -> None:
    """Write what the unions of a file took into its stored results, which stay as they are beside it."""
    print(f"{name}: {found}")
    stored = json.loads(RESULTS.read_text(encoding="utf-8"))
    for case in stored["cases"]:
        if case["case"] == name:
            case["unions"] = found
    RESULTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print a Markdown table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--small", action="store_true", help="a hundredth of the rows; results are not written")
    parser.add_argument("--only", action="append", default=[], help="only this file, by its name in the table; repeat")
    parser.add_argument("--repeats", type=int, default=0, help="runs of each way (default: three, one for the largest)")
    parser.add_argument("--unions", action="store_true", help="only the unions of discs beside our own reading")
    given = parser.parse_args()
    small = given.small
    records = []
    with tempfile.TemporaryDirectory(prefix="mali-benchmark-") as scratch:
        for name, kind, file, number, share, repeats in cases(0.01 if small else 1):
            if given.only and name not in given.only:
                continue
            path = Path(scratch) / file
            rows, header = (ged_rows, COLUMNS) if kind == "ucdp" else (acled_rows, ACLED)
            size = write(path, header, rows(number, share, 1))
            if given.unions:
                if kind == "acled":
                    add_unions(name, unions(path, given.repeats or repeats))
                path.unlink()
                continue
            out = str(Path(scratch) / "tables")
            commands = {way: [sys.executable, "-c", code, str(path)] for way, code in READERS.items()}
            commands["streaming"] = [sys.executable, "-c", STREAMING[kind], str(path)]
            # The file is synthetic: it holds other numbers than the tables, which is meant.
            said = ["--meant", "--release", "25.1"] if kind == "ucdp" else ["--meant"]
            commands["ingest"] = [sys.executable, "-m", "helpers", "ingest", kind, str(path), "--out", out, *said]
            taken: dict[str, list[tuple[float, float, float]]] = {way: [] for way in commands}
            for _ in range(given.repeats or (1 if small else repeats)):
                for way, command in commands.items():
                    shutil.rmtree(out, ignore_errors=True)
                    taken[way].append(measure(command))
            joined = unions(path, given.repeats or (1 if small else repeats)) if kind == "acled" else None
            path.unlink()
            middle = {way: [statistics.median(part) for part in zip(*runs, strict=True)] for way, runs in taken.items()}
            machine, today = surroundings()
            record = {"case": name, "rows": number, "share_of_mali": share, "megabytes": round(size / 2**20)}
            record |= {"date": today, "machine": machine, "load": [round(n, 1) for n in os.getloadavg()]}
            if joined:
                record["unions"] = joined
            for way, values in middle.items():
                record[way] = dict(zip(WHAT, (round(value, 2) for value in values), strict=True))
                record[way]["all"] = [[round(value, 2) for value in run] for run in taken[way]]
            for way in READERS:
                ratios = (ours / theirs for ours, theirs in zip(middle["ingest"], middle[way], strict=True))
                record[f"ingest_to_{way}"] = dict(zip(WHAT, (round(value, 2) for value in ratios), strict=True))
            records.append(record)
            print(f"{name}: done", file=sys.stderr, flush=True)
            if not small:
                save(records)
    if not given.unions:
        show(records)


def show(records: list[dict]) -> None:
    """Print the results as a Markdown table."""
    machine, today = surroundings()
    print(f"{machine}, {today}. Whole processes, medians; ratios: ingest to the reader.\n")
    print(
        "| File | Rows | MB | ingest, s | of which streaming, s | peak MB | time to pyarrow | time to polars | processor to pyarrow "
        "| processor to polars | peak to pyarrow | peak to polars "
        "| unions of discs to our reading, processor |"
    )
    print("|" + "---|" * 13)
    for row in records:
        ratios = [row[f"ingest_to_{way}"][what] for what in WHAT for way in READERS]
        joined = row["unions"]["ratio"] if "unions" in row else "-"
        shown = [
            row["case"],
            f"{row['rows']:,}",
            f"{row['megabytes']:,}",
            row["ingest"]["seconds"],
            row["streaming"]["seconds"],
        ]
        print("| " + " | ".join(map(str, [*shown, round(row["ingest"]["peak_mb"]), *ratios, joined])) + " |")


if __name__ == "__main__":
    main()
