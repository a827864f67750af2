"""The command line: ingest, fetch, diff, seal, check, run, build, audit.

Every command says what it does on standard error and prints only results on standard output. Exit codes: 0 done,
1 a check failed, 2 the input or the request was not as expected (one sentence says why).
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from helpers import inert
from helpers.errors import MaliError


def _say(line: str) -> None:
    # Where nobody can be told, the work goes on.
    with suppress(OSError):
        # A message may quote a file, a service or a log: no escape sequence of theirs reaches the terminal.
        print(inert.lines(line), file=sys.stderr, flush=True)


def _day(text: str) -> str:
    try:
        return str(datetime.date.fromisoformat(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; expected YYYY-MM-DD") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mali" if Path(sys.argv[0]).name == "mali" else "python -m helpers",
        description="Mali: an executable report. Tables from raw exports, chapters for any month, books, the audit.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

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
                type=_day,
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

    seal = commands.add_parser(
        "seal",
        help="check hand-compiled tables and renew their hashes",
        description="After editing chronology.csv, bases.csv, indices.csv, referendum.csv, issues.csv or "
        "moves.csv: check them, sort them and renew their hashes in datapackage.json.",
    )
    seal.add_argument("--data", default="", help="folder of tables (default: $MALI_DATA, else the project's own)")

    check = commands.add_parser(
        "check",
        help="check tables and stored chapters",
        description="Hold every table against its hash, its schema and the other tables, and "
        "look for what nbval cannot see in the stored chapters.",
    )
    check.add_argument("--data", default="", help="folder of tables (default: $MALI_DATA, else the project's own)")

    run = commands.add_parser(
        "run",
        help="run one chapter for one edition",
        description="Run a chapter with papermill. Without --out the result goes to build/EDITION/chapters. A file that "
        "lies there is replaced only where an earlier run made it and nobody has changed it since.",
    )
    run.add_argument("chapter", help="name of the chapter, as trajectory or method/data; 'all' for every one")
    run.add_argument("--edition", default="2023-07", help="edition id or month YYYY-MM (default: 2023-07)")
    run.add_argument("--data", default="", help="folder of tables (default: $MALI_DATA, else the project's own)")
    run.add_argument("--out", type=Path, help="file to write (only with one chapter)")
    run.add_argument(
        "--store", action="store_true", help="store the project's own chapters executed, in chapters/ (make chapters)"
    )

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
    build.add_argument("--data", default="", help="folder of tables (default: $MALI_DATA, else the project's own)")
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

    forecast = commands.add_parser(
        "forecast",
        help="print the forecasts of the next six months, or append those of today",
        description="Print the standing forecasts as they were made, graded where their months are over. With --append, "
        "make those of today from the last complete month of each series and add them to standing.csv; one that was made "
        "is never changed, and none is made twice from the same month.",
    )
    forecast.add_argument("--append", action="store_true", help="make today's forecasts and add them to the table")
    forecast.add_argument("--data", default="", help="folder of tables (default: $MALI_DATA, else the project's own)")

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
    audit.add_argument("--data", default="", help="folder of tables (default: $MALI_DATA, else the project's own)")
    return parser


def _ingest(args: argparse.Namespace) -> int:
    from helpers import changes

    before = changes.on_disk(args.out)
    code = _ingest_all(args) if args.kind == "all" else _ingest_own(args)
    for path in sorted(args.out.glob("*.saved*")):
        _say(f"{path}: saved there while ingest put its own file of that name in place; look whether you need it")
    if before:
        _say("what differs from the tables that lay there:")
        for line in changes.lines(changes.data_diff(before, changes.on_disk(args.out))):
            _say(f"  {line}")
    return code


def _ingest_all(args: argparse.Namespace) -> int:
    from helpers import data
    from helpers.ingest import RawFiles, derive, write_tables

    raw = RawFiles(args.raw)
    _say(f"deriving the tables from {args.raw}")
    derived = derive(raw)
    written = write_tables(derived, raw, args.out, data.default_folder())
    for name, frame in derived.tables.items():
        _say(f"{name}: {len(frame):,} rows")
    for row in derived.unknown_actors.itertuples():
        _say(f"actor counted under 'other', because no pattern fits: {row.actor} ({row.events} events)")
    _say(f"{len(written)} files written to {args.out}")
    return 0


def _fetch(args: argparse.Namespace) -> int:
    from helpers.fetch import FetchError, Surroundings, fetch

    options = {"until": args.until, "base": args.base, "releases": args.releases, "dataset": args.dataset}
    try:
        found = fetch(args.source, args.since, args.out, afresh=args.afresh, around=Surroundings(say=_say), **options)
    except KeyboardInterrupt:
        raise FetchError("stopped; run the same command again, it goes on where it stopped.") from None
    for fetched in found:
        _say(f"{fetched.path}: {fetched.rows:,} rows" + ("" if fetched.changed else ", unchanged"))
        print(fetched.path)
    return 0


def _diff(args: argparse.Namespace) -> int:
    from helpers import changes, versus
    from helpers.builds.builder import project

    if (args.old is None) != (args.new is None) or not (args.editions or args.old):
        raise MaliError("diff: expected two folders of tables, or --editions A B, or both.")
    if args.editions:
        one, other = args.editions
        old, new = (str(path) if path else None for path in (args.old, args.new))
        said = versus.compare(one, other, project().chapters, old, new)
        form = {"table": versus.text, "csv": versus.to_csv, "json": versus.to_json}[args.format]
        print(inert.lines(form(said)), end="")
        return 0
    found = changes.compare(args.old, args.new)
    made = {"table": changes.text, "csv": changes.to_csv, "json": changes.to_json}[args.format](found)
    print(inert.lines(made), end="")
    return 0


def _ingest_own(args: argparse.Namespace) -> int:
    from helpers.ingest import own
    from helpers.windows import span

    for path in (*args.files, *(args.deleted if args.kind == "acled" else ())):
        _refuse_no_file(path)
    _say(f"reading {len(args.files)} {'file' if len(args.files) == 1 else 'files'}")
    covers = span(args.covers) if args.kind != "hdx" and args.covers else None
    if args.kind == "acled":
        made = own.from_any_acled(args.files, deleted=args.deleted, until=args.until, covers=covers, meant=args.meant)
    elif args.kind == "ucdp":
        made = own.from_ucdp(args.files, releases=args.releases, covers=covers, meant=args.meant)
    else:
        made = own.from_hdx(args.files[0], taken=args.taken or "")
    written = own.write(made, args.out)
    for line in made.account.sentences():
        print(inert.lines(line))
    if made.unknown is not None:
        for row in made.unknown.head(20).itertuples():
            _say(f"actor counted under 'other', because no pattern fits: {row.actor} ({row.events} events)")
        if len(made.unknown) > 20:
            _say(f"and {len(made.unknown) - 20} more: see {args.out / 'unknown_actors.csv'}")
    _say(f"{len(written)} files written to {args.out}; the account is in {args.out / 'account.csv'}")
    return 0


def _refuse_no_file(path: Path) -> None:
    """Say of a folder, a pipe or `-` what it is; whether a file is there is said by who reads it."""
    if str(path) == "-":
        raise MaliError("-: standard input is not read; save it as a file and name that.")
    if path.is_dir():
        raise MaliError(f"{path}: a folder; expected files. Name those in it, as {path / '*.csv'}.")
    if path.exists() and not path.is_file():
        raise MaliError(f"{path}: a pipe or a device; expected a file. Save what it gives as a file and name that.")


def _seal(args: argparse.Namespace) -> int:
    from helpers import data
    from helpers.ingest import seal

    for path in seal(Path(args.data or data.default_folder())):
        _say(f"sealed {path.name}")
    return 0


def _check(args: argparse.Namespace) -> int:
    from helpers import data
    from helpers.builds.builder import project
    from helpers.builds.notebooks import faults

    for line in data.check(args.data or None):
        print(line)
    found = [fault for path in project().notebooks for fault in faults(path)]
    for fault in found:
        _say(fault)
    print(f"stored chapters: {len(project().notebooks)} looked at, {len(found)} faults")
    return 1 if found else 0


def _run(args: argparse.Namespace) -> int:
    from helpers import editions
    from helpers.builds import notebooks
    from helpers.builds.builder import project, run_chapter, run_chapters
    from helpers.errors import EditionError
    from helpers.folders import BOOK, workspace

    source = project()
    editions.Report(args.edition, args.data or None)
    paths = source.notebooks if args.chapter == "all" else [source.find(args.chapter)]
    if args.out and len(paths) > 1:
        raise EditionError("--out takes one chapter; leave it out to run all of them.")
    if args.store and (args.out or args.data or args.edition != notebooks.STORED_EDITION or source.root == BOOK):
        raise EditionError(
            f"--store stores the chapters of a clone for edition {notebooks.STORED_EDITION}, from the project's own "
            "tables; leave out --out, --data and --edition."
        )

    def place(path: Path) -> Path:
        return path if args.store else workspace() / "build" / args.edition / path.relative_to(source.root)

    if len(paths) > 1:
        run_chapters(source, args.edition, args.data, place, store=args.store)
        _say(f"ran {len(paths)} chapters for edition {args.edition}: {place(paths[0]).parent}")
        return 0
    if args.store:
        out = place(paths[0])
        notebooks.write(notebooks.execute(out, {"edition": args.edition, "data_dir": ""}, source.root), out)
    else:
        out = run_chapter(paths[0], args.edition, args.data, source.root, args.out or place(paths[0]))
    _say(f"ran {paths[0].stem} for edition {args.edition}: {out}")
    return 0


def _build(args: argparse.Namespace) -> int:
    from helpers.builds.builder import Builder, Options, build, listed, project
    from helpers.folders import workspace

    source = project()
    if args.every and args.editions:
        raise MaliError("--every builds every month; leave out --edition.")
    if (args.first or args.last) and not args.every:
        raise MaliError("--from and --to bound the months of --every month; add that, or name editions with --edition.")
    if args.jobs is not None and args.jobs < 1:
        raise MaliError(f"--jobs {args.jobs}: expected 1 or more; leave it out for as many as there are cores.")
    if args.every:
        from helpers.builds.front import every_month
        from helpers.editions import FIRST_MONTH

        wanted = every_month(args.first or FIRST_MONTH, args.last, args.data or None)
    else:
        wanted = args.editions or listed()
    site = args.site or workspace() / "site"
    options = Options(jobs=args.jobs or 0, force=args.force, scheduler=args.scheduler, cold=args.cold)
    if args.dry_run:
        lines = Builder(source, wanted, site, args.data, options, _say).dry_run()
        print("\n".join(lines or ["nothing would run: the site is as it should be"]))
        return 0
    front = build(wanted, site=site, data_dir=args.data, source=source, options=options, progress=_say)
    _say(f"done: open {front} in a browser")
    return 0


def _pdf(args: argparse.Namespace) -> int:
    from helpers import editions, swaps
    from helpers.builds import books, pdf
    from helpers.builds import site as sites
    from helpers.builds.builder import listed, project
    from helpers.builds.cache import Cache
    from helpers.folders import workspace

    source = project()
    site = (args.site or workspace() / "site").expanduser().resolve()
    noted = sites.manifest(site)
    sites.refuse(site, noted, args.editions or ())
    there = sites.editions(site, noted, listed())
    wanted = args.editions or there
    if not wanted:
        raise MaliError(f"{site}: no edition in it; build the site first (make book).")

    pictures = Cache(source.cache).pictures.resolve()
    for edition in wanted:
        found = editions.find(edition)
        join = partial(books.join, source.root, edition, found.title, pictures=pictures)
        path = pdf.make(site, edition, pdf.cover(source.root, found), join)
        _say(f"printed {path}")
    with swaps.held(site):
        files = {f"{name}/{path}": digest for name in there for path, digest in pdf.files_of(site / name).items()}
        sites.rewrite_front(site, lambda page: pdf.fill(page, pdf.links(site, files)))
    return 0


def _forecast(args: argparse.Namespace) -> int:
    from helpers import data
    from helpers import definitions as d
    from helpers.estimates import ledger

    folder = data.folder(args.data or None)
    if args.append:
        rows = ledger.append(folder, str(datetime.date.today()))
        _say(f"{len(rows)} forecasts appended to {folder / 'standing.csv'}")
    else:
        ends = {table: str(data.last_month(table, folder)) for table, _ in d.FORESEEN.values()}
        rows = ledger.graded(data.standing(folder), folder, ends)
    print(inert.to_csv(rows), end="")
    return 0


def _audit(args: argparse.Namespace) -> int:
    from helpers import editions
    from helpers.audit import another, claims

    if args.claims:
        _refuse_no_file(args.claims)
        frame = another.audit(args.claims, args.edition, args.data or None)
    else:
        frame = claims.audit(args.edition, args.data or None)
    if frame.empty:
        first = next(row.id for row in editions.listed() if row.report)
        raise MaliError(
            f"edition {args.edition}: no report was published by then, so nothing is audited; expected {first} or later."
        )
    if args.format == "csv":
        print(inert.to_csv(frame), end="")
    elif args.format == "json":
        records = json.loads(frame.to_json(orient="records", double_precision=4))
        print(json.dumps(records, indent=2, ensure_ascii=False))
    else:
        named = "name" if args.claims else "figure"
        columns = ["id", "part", named, "published", "computed", "low", "high", "verdict", "reason"]
        print(frame[columns].to_string(index=False, na_rep="", float_format=lambda value: f"{value:,.1f}"))
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Command line; that of the process where not given.

    Returns
    -------
    int
        Exit code.
    """
    if sys.platform == "win32":
        _say("error: this runs on Linux and macOS; on Windows, in WSL (the Windows Subsystem for Linux).")
        return 2
    parser = _parser()
    args, left = parser.parse_known_args(arguments)
    if left and left[0].partition("=")[0] == "--claims":
        parser.error(f"--claims is no option of {args.command}; a claims file makes no page: audit --claims judges it.")
    if left:
        parser.error(f"unrecognized arguments: {' '.join(left)}")
    if hasattr(args, "data"):
        # Named here once, so that what is kept of builds and runs knows of it.
        args.data = args.data or os.environ.get("MALI_DATA", "")
    commands = {
        "ingest": _ingest, "fetch": _fetch, "diff": _diff, "seal": _seal, "check": _check, "run": _run, "build": _build,
        "audit": _audit, "forecast": _forecast, "pdf": _pdf,
    }  # fmt: skip
    try:
        code = commands[args.command](args)
        sys.stdout.flush()
        return code
    except MaliError as error:
        _say(f"error: {error}")
        return 2
    except KeyboardInterrupt:
        _say("stopped; what was finished is kept, and nothing is half-written.")
        return 130
    except BrokenPipeError:
        # The reader of our output, `head` say, has seen enough.
        _drop_output()
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else "output: "
        _say(
            f"error: {where}cannot be read or written ({error.strerror or error}); make room or give access, then run it again."
        )
        _drop_output()
        return 2


def _drop_output() -> None:
    """Let go of what cannot be written: not even at exit may it be tried again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
