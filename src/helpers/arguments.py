"""What the command line understands: every command, its arguments and the words of its help."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import IO, Any


class _Parser(argparse.ArgumentParser):
    """A parser whose help arrives, or says that it cannot: argparse itself passes over an output that takes nothing."""

    def print_help(self, file: IO[str] | None = None) -> None:  # type: ignore[override]
        """Print the help."""
        print(self.format_help(), end="", file=file, flush=True)


def _day(text: str) -> str:
    try:
        return str(datetime.date.fromisoformat(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; expected YYYY-MM-DD") from None


def _past_day(text: str) -> str:
    day = _day(text)
    if day > str(datetime.date.today()):
        raise argparse.ArgumentTypeError(f"{text} is yet to come; expected the day on which you took the file")
    return day


def _data(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", default="", help="folder of tables (default: $MALI_DATA, else the project's own)")


def _own_arguments(own: argparse.ArgumentParser, kind: str) -> None:
    if kind == "acled":
        own.add_argument(
            "--deleted",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="ACLED's list of deleted events",
        )
        own.add_argument(
            "--until", default="", metavar="YYYY-MM", help="last month to count, where you know it is whole"
        )
    if kind == "hdx":
        own.add_argument(
            "--taken",
            type=_past_day,
            metavar="YYYY-MM-DD",
            help="day on which you took the workbook from HDX: its last month counts if that day lies after it",
        )
    if kind == "ucdp":
        own.add_argument(
            "--release",
            action="append",
            dest="releases",
            default=[],
            metavar="[FILE=]RELEASE",
            help="release of the files, as 25.1 (final) or 26.0.3 (candidate), or of one of them; repeat for more",
        )
    if kind in ("acled", "ucdp"):
        own.add_argument(
            "--covers", default="", metavar="FROM:TO", help="months that the files hold whole, where you know it"
        )
        own.add_argument(
            "--meant",
            action="store_true",
            help="the files are a part on purpose (a filter): count what they hold, and name it on every page",
        )


def _ingest_arguments(commands: Any) -> None:
    ingest = commands.add_parser(
        "ingest",
        help="derive the tables of figures from raw files, the project's or your own",
        description="Derive tables from raw files and write them into a folder, whole or not at all, with "
        "datapackage.json. 'acled', 'ucdp' and 'hdx' take your own files: the folder then holds what they give, what it "
        "held of other own files, and the project's tables for the rest. Every row is accounted for in account.csv. "
        "Nothing leaves your machine.",
    )
    kinds = ingest.add_subparsers(dest="kind", required=True, metavar="KIND")
    everything = kinds.add_parser("all", help="all tables from the folder of raw files that the data page describes")
    everything.add_argument("raw", type=Path, help="folder of raw files")
    everything.add_argument("--out", type=Path, required=True, help="folder for the tables")
    for kind, takes, help_ in (
        (
            "acled",
            "+",
            "your own ACLED events (data-export CSV, dyadic or monadic, API JSON, zips of them), or one file of ACLED's "
            "weekly aggregates (…_aggregated_data_up_to_week_of-YYYY-MM-DD, CSV or Excel, a country or a continent)",
        ),
        ("ucdp", "+", "your own UCDP events: GED or candidate CSV, API JSON, zips of them"),
        ("hdx", 1, "your own workbook of political violence by cercle and month from HDX"),
    ):
        own = kinds.add_parser(kind, help=help_, description=f"Tables from {help_}.")
        own.add_argument(
            "files", type=Path, nargs=takes, metavar="FILE", help="file to read; the order does not matter"
        )
        own.add_argument("--out", type=Path, required=True, help="folder for the tables, as my-data/")
        _own_arguments(own, kind)


def _fetch_arguments(commands: Any) -> None:
    fetch = commands.add_parser(
        "fetch",
        help="fetch files for ingest from ACLED, UCDP or HDX",
        description="Fetch what ingest takes from the producers' interfaces into a folder. Credentials come from "
        "ACLED_USERNAME and ACLED_PASSWORD, or UCDP_TOKEN, or a prompt, and are kept nowhere; HDX needs none. A broken "
        "fetch goes on where it stopped when the same command is run again. ACLED's weekly aggregates are not fetched: "
        "ACLED offers them on a page to people who are logged in and documents no way for programs; save the file "
        "with a browser and give it to 'ingest acled'.",
    )
    fetch.add_argument("source", choices=["acled", "ucdp", "hdx"], help="where from")
    fetch.add_argument("--since", required=True, help="first month, YYYY-MM")
    fetch.add_argument("--until", default="", help="last month, YYYY-MM (default: the current one)")
    fetch.add_argument("--out", type=Path, required=True, help="folder for the files")
    fetch.add_argument("--base", default="", help="address of the service, where it has moved")
    fetch.add_argument(
        "--release", action="append", dest="releases", default=[], help="UCDP release, as 25.1; repeat for more"
    )
    fetch.add_argument("--dataset", default="", help="name of the HDX data set (default: ACLED's on Mali)")
    fetch.add_argument("--afresh", action="store_true", help="throw away what a broken fetch left")


def _diff_arguments(commands: Any) -> None:
    diff = commands.add_parser(
        "diff",
        help="say what differs between two folders of tables, or between two editions",
        description="Compare two folders of tables: rows added, revised and removed in each table, months and regions "
        "whose totals moved, and audited figures and verdicts that moved. With --editions, compare what two editions "
        "say: answers, key figures, sentences, audited figures and verdicts; with two folders besides, whether time or "
        "a revision of the tables moved them.",
    )
    diff.add_argument("old", type=Path, nargs="?", help="folder of tables")
    diff.add_argument("new", type=Path, nargs="?", help="folder of tables")
    diff.add_argument("--editions", nargs=2, metavar=("A", "B"), default=[], help="two editions, the older first")
    diff.add_argument("--format", choices=["table", "csv", "json"], default="table", help="default: table")


def _seal_arguments(commands: Any) -> None:
    seal = commands.add_parser(
        "seal",
        help="check hand-compiled tables and renew their hashes",
        description="After editing chronology.csv, bases.csv, indices.csv, referendum.csv, issues.csv or "
        "moves.csv: check them, sort them and renew their hashes in datapackage.json.",
    )
    _data(seal)


def _check_arguments(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="check tables and stored chapters",
        description="Hold every table against its hash, its schema and the other tables, and "
        "look for what nbval cannot see in the stored chapters.",
    )
    _data(check)


def _run_arguments(commands: Any) -> None:
    run = commands.add_parser(
        "run",
        help="run one chapter for one edition",
        description="Run a chapter with papermill. Without --out the result goes to build/EDITION/chapters. A file that "
        "lies there is replaced only where an earlier run made it and nobody has changed it since.",
    )
    run.add_argument("chapter", help="name of the chapter, as trajectory or method/data; 'all' for every one")
    run.add_argument("--edition", default="2023-07", help="edition id or month YYYY-MM (default: 2023-07)")
    _data(run)
    run.add_argument("--out", type=Path, help="file to write (only with one chapter)")
    run.add_argument(
        "--store", action="store_true", help="store the project's own chapters executed, in chapters/ (make chapters)"
    )


def _build_arguments(commands: Any) -> None:
    build = commands.add_parser(
        "build",
        help="build editions into a site",
        description="Run the chapters and build the book of each edition into the site. Only what changed since "
        "an earlier build is run again; a build that was stopped goes on where it was.",
    )
    build.add_argument(
        "--edition",
        action="append",
        dest="editions",
        help="edition id or month YYYY-MM from 2019 to the data's last; repeat for more (default: every listed edition)",
    )
    build.add_argument("--every", choices=["month"], help="an edition of every month, and the listed ones")
    build.add_argument(
        "--from", dest="first", default="", metavar="YYYY-MM", help="with --every: first month (default: 2019-01)"
    )
    build.add_argument(
        "--to", dest="last", default="", metavar="YYYY-MM", help="with --every: last month (default: all)"
    )
    _data(build)
    build.add_argument("--site", type=Path, help="folder of the site (default: site/ in the clone, or here)")
    build.add_argument("--jobs", type=int, help="processes, 1 or more (default: as many as there are cores)")
    build.add_argument("--force", action="store_true", help="run everything, whatever earlier builds have kept")
    build.add_argument("--dry-run", action="store_true", help="say what would run and why, and run nothing")
    build.add_argument("--cold", action="store_true", help="start every kernel anew instead of forking a warm one")
    build.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="run the chapters on the workers of this Dask scheduler, as tcp://host:8786; project, tables and Python "
        "environment must lie at the same paths for them (a shared file system); Dask unpickles what it "
        "is sent, so use a private network or TLS",
    )


def _pdf_arguments(commands: Any) -> None:
    pdf = commands.add_parser(
        "pdf",
        help="print editions of a built site as PDF",
        description="Print each edition as one PDF (A4, contents, page numbers, static charts, no code) into the "
        "site's folder pdf/ and link it from the front page. Needs Chromium.",
    )
    pdf.add_argument(
        "--edition", action="append", dest="editions", help="edition id; repeat for more (default: all of the site)"
    )
    pdf.add_argument("--site", type=Path, help="folder of the site (default: site/ in the clone, or here)")


def _forecast_arguments(commands: Any) -> None:
    forecast = commands.add_parser(
        "forecast",
        help="print the forecasts of the next six months, or append those of today",
        description="Print the standing forecasts as they were made, graded where their months are over. With --append, "
        "make those of today from the last complete month of each series and add them to standing.csv; one that was made "
        "is never changed, and none is made twice from the same month.",
    )
    forecast.add_argument("--append", action="store_true", help="make today's forecasts and add them to the table")
    _data(forecast)


def _audit_arguments(commands: Any) -> None:
    audit = commands.add_parser(
        "audit",
        help="print the audit of the reports' statements",
        description="Print one row per audited figure: published, computed, range, verdict.",
    )
    audit.add_argument("--edition", default="latest", help="edition id or month (default: latest: both reports)")
    audit.add_argument("--format", choices=["table", "csv", "json"], default="table", help="default: table")
    audit.add_argument(
        "--claims",
        type=Path,
        metavar="FILE",
        help="audit the statements of another report, which this YAML file declares (form: data/claims.schema.json)",
    )
    _data(audit)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, with a command each for what `helpers.cli` does."""
    parser = _Parser(
        prog="mali" if Path(sys.argv[0]).name == "mali" else "python -m helpers",
        description="Mali: an executable report. Tables from raw exports, chapters for any month, books, the audit.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for arguments in (
        _ingest_arguments,
        _fetch_arguments,
        _diff_arguments,
        _seal_arguments,
        _check_arguments,
        _run_arguments,
        _build_arguments,
        _pdf_arguments,
        _forecast_arguments,
        _audit_arguments,
    ):
        arguments(commands)
    return parser
