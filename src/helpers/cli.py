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
from typing import TYPE_CHECKING

from bookbuild.errors import BookError
from helpers import inert
from helpers.arguments import parser
from helpers.errors import MaliError

if TYPE_CHECKING:
    from helpers.data import Tables


def _say(line: str) -> None:
    # Where nobody can be told, the work goes on.
    with suppress(OSError):
        # A message may quote a file, a service or a log: no escape sequence of theirs reaches the terminal.
        print(inert.lines(line), file=sys.stderr, flush=True)


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
    from helpers.folders import default_folder
    from helpers.ingest import RawFiles, derive, write_tables

    raw = RawFiles(args.raw)
    _say(f"deriving the tables from {args.raw}")
    derived = derive(raw)
    written = write_tables(derived, raw, args.out, default_folder())
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
    from helpers import changes
    from helpers.data import Tables

    if (args.old is None) != (args.new is None) or not (args.editions or args.old):
        raise MaliError("diff: expected two folders of tables, or --editions A B, or both.")
    if args.editions:
        one, other = args.editions
        return _diff_editions(one, other, (Tables(args.old), Tables(args.new)), args.format)
    found = changes.compare(Tables(args.old), Tables(args.new))
    made = {"table": changes.text, "csv": changes.to_csv, "json": changes.to_json}[args.format](found)
    print(inert.lines(made), end="")
    return 0


def _diff_editions(one: str, other: str, tables: tuple[Tables, Tables], form: str) -> int:
    from bookbuild.cache import Cache
    from helpers import versus
    from helpers.builds import over, told
    from helpers.builds.recipe import project

    source = project()
    kept = told.Kept(Cache(source.cache), source.chapters)
    said = versus.compare(one, other, source.chapters, *tables, kept.stated)
    if form == "table":
        made = over.said(said, kept.record(one, tables[0]), kept.record(other, tables[1]))
    else:
        made = {"csv": versus.to_csv, "json": versus.to_json}[form](said)
    print(inert.lines(made), end="")
    return 0


def _ingest_own(args: argparse.Namespace) -> int:
    from helpers.ingest import own, own_folder
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
    written = own_folder.write(made, args.out)
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
    from helpers.folders import default_folder
    from helpers.ingest import seal

    for path in seal(Path(args.data or default_folder())):
        _say(f"sealed {path.name}")
    return 0


def _check(args: argparse.Namespace) -> int:
    from helpers.builds.recipe import project
    from helpers.builds.stored import faults
    from helpers.data import Tables, check

    for line in check(Tables(args.data)):
        print(line)
    from helpers.page import stills

    found = [fault for path in project().notebooks for fault in (*faults(path), *stills.faults(path))]
    for fault in found:
        _say(fault)
    print(f"stored chapters: {len(project().notebooks)} looked at, {len(found)} faults")
    return 1 if found else 0


def _run(args: argparse.Namespace) -> int:
    from bookbuild.chapters import run_chapter, run_chapters
    from helpers import editions
    from helpers.builds import stored
    from helpers.builds.recipe import project
    from helpers.errors import EditionError
    from helpers.folders import BOOK, workspace
    from helpers.page import stills

    source = project()
    editions.Report(args.edition, args.data)
    paths = source.notebooks if args.chapter == "all" else [source.find(args.chapter)]
    if args.out and len(paths) > 1:
        raise EditionError("--out takes one chapter; leave it out to run all of them.")
    if args.store and (args.out or args.data or args.edition != stored.EDITION or source.root == BOOK):
        raise EditionError(
            f"--store stores the chapters of a clone for edition {stored.EDITION}, from the project's own "
            "tables; leave out --out, --data and --edition."
        )

    def place(path: Path) -> Path:
        return path if args.store else workspace() / "build" / args.edition / path.relative_to(source.root)

    store = stills.add if args.store else None
    if len(paths) > 1:
        run_chapters(source, args.edition, args.data, place, store=store)
        told = f"{len(paths)} chapters", place(paths[0]).parent
    else:
        out = place(paths[0]) if args.store else args.out or place(paths[0])
        run_chapter(source, paths[0], args.edition, args.data, out, store=store)
        told = paths[0].stem, out
    _say(f"ran {told[0]} for edition {args.edition}: {told[1]}")
    return 0


def _build(args: argparse.Namespace) -> int:
    from bookbuild.builder import Builder, Options, build
    from helpers.builds.recipe import listed, project
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
        from helpers.data import Tables
        from helpers.editions import FIRST_MONTH

        wanted = every_month(args.first or FIRST_MONTH, args.last, Tables(args.data))
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
    from bookbuild import pdf, swaps
    from bookbuild import site as sites
    from bookbuild.cache import Cache
    from helpers import editions
    from helpers.builds import books
    from helpers.builds.paper import PRESS, cover
    from helpers.builds.recipe import MARKS, listed, project
    from helpers.folders import workspace

    source = project()
    site = (args.site or workspace() / "site").expanduser().resolve()
    noted = sites.manifest(site, MARKS)
    sites.refuse(site, MARKS, noted, args.editions or ())
    there = sites.editions(site, MARKS, noted, listed())
    wanted = args.editions or there
    if not wanted:
        raise MaliError(f"{site}: no edition in it; build the site first (make book).")

    pictures = Cache(source.cache).pictures.resolve()
    for edition in wanted:
        found = editions.find(edition)
        join = partial(books.join, source.root, edition, found.title, pictures=pictures)
        path = pdf.make(site, PRESS, edition, cover(source.root, found), join)
        _say(f"printed {path}")
    with swaps.held(site, mark=PRESS.mark):
        files = {f"{name}/{path}": digest for name in there for path, digest in pdf.files_of(site / name).items()}
        sites.rewrite_front(site, MARKS, lambda page: pdf.fill(page, pdf.links(site, PRESS, files)))
    return 0


def _forecast(args: argparse.Namespace) -> int:
    from helpers import definitions as d
    from helpers.data import Tables
    from helpers.estimates import ledger

    tables = Tables(args.data)
    if args.append:
        rows = ledger.append(tables, str(datetime.date.today()))
        _say(f"{len(rows)} forecasts appended to {tables.folder / 'standing.csv'}")
    else:
        ends = {table: str(tables.last_month(table)) for table, _ in d.FORESEEN.values()}
        rows = ledger.graded(tables.standing(), tables, ends)
    print(inert.to_csv(rows), end="")
    return 0


def _audit(args: argparse.Namespace) -> int:
    from helpers import editions
    from helpers.audit import another, claims
    from helpers.data import Tables

    if args.claims:
        _refuse_no_file(args.claims)
        frame = another.audit(args.claims, args.edition, Tables(args.data))
    else:
        frame = claims.audit(args.edition, Tables(args.data))
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

    `arguments`: command line; that of the process where not given. Returns the exit code.
    """
    if sys.platform == "win32":
        _say("error: this runs on Linux and macOS; on Windows, in WSL (the Windows Subsystem for Linux).")
        return 2
    commands = {
        "ingest": _ingest, "fetch": _fetch, "diff": _diff, "seal": _seal, "check": _check, "run": _run, "build": _build,
        "audit": _audit, "forecast": _forecast, "pdf": _pdf,
    }  # fmt: skip
    try:
        args = _asked(arguments)
        code = commands[args.command](args)
        _flush()
        return code
    except BookError as error:
        _say(f"error: {error}")
        return 2
    except KeyboardInterrupt:
        _say("stopped; what was finished is kept, and nothing is half-written.")
        return 130
    except BrokenPipeError:
        # The reader of our output, `head` say, has seen enough.
        _drop_output()
        return 0
    except RuntimeError as error:
        # So `Path.resolve` calls it before Python 3.13.
        if "Symlink loop from " not in str(error):
            raise
        _say(f"error: {str(error).partition(' from ')[2]}: a link that leads back to itself; name another place.")
        return 2
    except OSError as error:
        _say(f"error: {_unwritten(error)}")
        _drop_output()
        return 2


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    command_line = parser()
    args, left = command_line.parse_known_args(arguments)
    if left and left[0].partition("=")[0] == "--claims":
        command_line.error(
            f"--claims is no option of {args.command}; a claims file makes no page: audit --claims judges it."
        )
    if left:
        command_line.error(f"unrecognized arguments: {' '.join(left)}")
    if hasattr(args, "data"):
        # Named here once, so that what is kept of builds and runs knows of it.
        args.data = args.data or os.environ.get("MALI_DATA", "")
    return args


def _unwritten(error: OSError) -> str:
    """Say what could not be read or written, and what to do."""
    where = f"{error.filename}: " if error.filename else "output: "
    if not error.filename:
        try:
            Path.cwd()
        except FileNotFoundError:
            return "the current folder is no longer there; go to one that is, and run it again."
    return f"{where}cannot be read or written ({error.strerror or error}); make room or give access, then run it again."


def _flush() -> None:
    # Without a standard output, as after `>&-`, Python has none to write to.
    if sys.stdout is not None:
        sys.stdout.flush()


def _drop_output() -> None:
    """Let go of what cannot be written: not even at exit may it be tried again."""
    try:
        _flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
