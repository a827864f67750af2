"""Editions to sites: run what changed, for every edition, build each book, put the whole in place at once.

A build is a list of tasks: the chapters of each edition, then its book. Each has a key, the hash of everything known
before it runs, and is only run where the cache (`bookbuild.cache`) holds no result with this key whose recorded inputs
are as they were (`bookbuild.inputs`). What runs, runs side by side, in forks of a process that has imported everything
(`bookbuild.warm`), or on a Dask cluster. The site is changed in one step at the end (`bookbuild.placing`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookbuild import reading, state, swaps
from bookbuild.cache import Cache
from bookbuild.errors import BuildError
from bookbuild.files import private
from bookbuild.inputs import sha256
from bookbuild.making import Maker
from bookbuild.placing import Place
from bookbuild.processes import Lanes, chapter_call, cluster, processes
from bookbuild.recipe import Project
from bookbuild.state import Made, State
from bookbuild.tasks import Clock, Options, Task

Progress = Callable[[str], None]


@dataclass
class _Course:
    """A build under way: what waits, for how many chapters each book waits, and how far it is."""

    plan: dict[str, Any]
    pending: list[Task]
    waiting: dict[str, int]
    clock: Clock
    total: int
    count: int = 0


class Builder:
    """A build of some editions into a site.

    Parameters
    ----------
    source : Project
        The book's sources.
    wanted : sequence of str
        Edition ids.
    site : Path
        Target folder.
    data_dir : str
        Folder of tables; the book's own where empty.
    options : Options
        How to build.
    progress : callable
        Told what is being done, a line at a time.
    """

    def __init__(
        self, source: Project, wanted: Sequence[str], site: Path, data_dir: str, options: Options, progress: Progress
    ):
        self.source, self.site, self.options, self.progress = source, site.expanduser().resolve(), options, progress
        self.wanted = list(dict.fromkeys(wanted))
        self.recipe = source.recipe
        self.cache = Cache(options.cache or source.cache)
        self.state = State(source, self.cache, self.recipe.given(data_dir))
        self.maker = Maker(self.state, self.cache, options)
        self.place = Place(self.site, self.recipe, self.cache, self.state, options.force)
        self.jobs = options.jobs or os.cpu_count() or 1
        self._pages: dict[str, dict[str, str]] = {}
        self._books: dict[str, dict[str, str]] = {}
        self._runs: dict[tuple[str, str], list[Any]] = {}
        self._used: set[str] = set()
        self._made = 0

    # ------------------------------------------------------------------ what is there

    def _found(self, task: Task) -> Any:
        """Return a kept result that may be used, else None (and why, in the task)."""
        if self.options.force:
            task.why = "forced"
            return None
        result = self.cache.find(task.key, self.state.files.digest)
        if result is not None:
            digests = [result.value["notebook"]] if task.path else result.value["tree"].values()
            # The status page tells of every chapter's run: one whose run is no longer noted is run again.
            noted = not task.path or bool(self._run_of(result.value["notebook"]))
            # A book that stands in the site as it was noted is not read again.
            stands = not task.path and self.place.stands(task.edition, result.value["tree"])
            if noted and (stands or self.cache.holds(digests)):
                return result.value
        task.why = state.why(self.cache, task.name, task.parts, self.state.files.digest)
        return None

    def _keep(self, task: Task, reads: list[list[str]], beyond: str, value: Any) -> str:
        """Keep a result, unless something speaks against it; return that."""
        named = {(kind, self.state.files.name(path), detail) for kind, path, detail in reads}
        digests = {read: self.state.files.digest(read) for read in sorted(named)}
        path = self.source.root / task.path if task.path else self.source.root / "_toc.yml"
        unsettled = "" if beyond else self.state.unsettled(task.parts, named, path)
        if unsettled:
            beyond = f"{unsettled} was written while the build ran"
        if not beyond:
            self.cache.store(task.key, digests, value)
        was = {"parts": task.parts, "reads": [[*read, digest] for read, digest in digests.items()], "beyond": beyond}
        self.cache.set_last(task.name, was)
        return beyond

    def _keep_reading(self, task: Task, done: dict[str, Any], unkept: str) -> None:
        """Keep what Sphinx read of a book, for the next time that prose changes; a result that is not kept leaves nothing."""
        if not self.recipe.alone:
            return
        work = Path(done["work"])
        if unkept:
            reading.forget(self.cache, work)
            return
        names = sorted({(kind, self.state.files.name(path), detail) for kind, path, detail in done["reads"]})
        read = {name: self.state.files.digest(name) for name in names}
        reading.keep(self.cache, work, task.parts, read, done["tree"], done["left"])
        self._used.update(done["left"].values())

    def _page(self, task: Task, value: dict[str, str], *, keep: bool = True) -> str:
        """Return the hash of a chapter's page: what was run, with the prose of now; both are kept unless told otherwise."""
        assert task.path is not None
        source, ran = self.source.root / task.path, value["notebook"]
        if value.get("prose") == self.state.chapter(source).prose:
            return ran
        from bookbuild import notebooks

        content = self.cache.get(ran)
        if content is None:
            raise BuildError(f"{task.words} was lost from the cache; start the build again.")
        page = notebooks.with_prose(content, source)
        digest = sha256(page)
        if keep:
            self.cache.put(page)
            self.cache.set_last(f"run {digest}", {"run": self._run_of(ran)})
        return digest

    def _run_of(self, digest: str) -> list[Any]:
        """Return the first run that gave a result, empty where it is not noted.

        A later run with the same outcome leaves the book as it is.
        """
        return self.cache.last(f"run {digest}").get("run", [])

    # ------------------------------------------------------------------ steps

    def _plan(self) -> dict[str, Any]:
        self.place.refuse(self.wanted)
        kept = [name for name in self.place.there if name not in self.wanted]
        parts = self.state.plan_parts(self.wanted, kept)
        plan: dict[str, Any] = self.state.made(
            parts,
            self.site,
            lambda: Made(self.recipe.plan(self.wanted, kept, self.state.data_dir or None)),
            anew=self.options.force,
        ).value
        return plan

    def _chapters(self, plan: dict[str, Any]) -> list[Task]:
        root = self.source.root
        return [
            Task(edition, title, path.relative_to(root), self.state.chapter_parts(path, edition))
            for edition, title in plan["chosen"]
            for path in self.source.notebooks
        ]

    def _book(self, plan: dict[str, Any], edition: str, title: str) -> Task:
        switch = [row for row in plan["shown"] if row[0] in plan["switch"] or row[0] == edition]
        texts = {self.state.files.name(path): path for path in self.source.texts}
        pages = self._pages[edition] | {name: sha256(path.read_bytes()) for name, path in texts.items()}
        root = self.source.root
        runs = [
            [path.relative_to(self.source.chapters).with_suffix("").as_posix(), *self._runs[edition, str(relative)]]
            for path in self.source.notebooks
            for relative in [path.relative_to(root)]
        ]
        return Task(edition, title, None, self.state.book_parts(edition, switch, pages, runs))

    # ------------------------------------------------------------------ the whole

    def dry_run(self) -> list[str]:
        """Return what a build would do and why, a line each; nothing is run or written but the plan's cache."""
        plan = self._plan()
        lines = []
        for task in self._chapters(plan):
            value = self._found(task)
            if value is None:
                lines.append(f"would run {task.words}: {task.why}")
                self._pages.setdefault(task.edition, {})["?"] = ""
            else:
                self._pages.setdefault(task.edition, {})[str(task.path)] = self._page(task, value, keep=False)
                self._runs[task.edition, str(task.path)] = self._run_of(value["notebook"])
        for edition, title in plan["chosen"]:
            if "?" in self._pages[edition]:
                lines.append(f"would build the book of edition {title}, because chapters of it would run")
                continue
            book = self._book(plan, edition, title)
            value = self._found(book)
            if value is None:
                lines.append(f"would build {book.words}: {book.why}")
            elif not self.place.stands(edition, value["tree"]):
                lines.append(
                    f"would put {book.words} into the site: it is kept, but not in {self.site} as it should be"
                )
        return lines

    def build(self) -> Path:
        """Build and put into the site what is not there."""
        made_from = (self.source.root, state.PACKAGE, *self.recipe.packages, self.cache.folder)
        for part in (*made_from, self.recipe.tables(self.state.data_dir)):
            if part.resolve().is_relative_to(self.site):
                raise BuildError(
                    f"{self.site}: the book is made from what lies in it; give another folder for the site."
                )
        private(self.cache.folder)
        with swaps.held(self.site, mark=self.recipe.mark) as work:
            plan = self._plan()
            self._run(plan, work)
            for path in self.place.put(self._books, plan["front"], work):
                self.progress(f"{path}: saved there while the build put its own file of that name in place")
        self.state.remember_imports()
        if self._made:
            self.cache.prune(self._used)
        return self.site / "index.html"

    def _due(self, plan: dict[str, Any]) -> tuple[list[Task], dict[str, int]]:
        """Return the tasks that can begin, and for how many chapters each edition's book waits; take what is kept."""
        pending: list[Task] = []
        waiting = {edition: 0 for edition, _ in plan["chosen"]}
        for task in self._chapters(plan):
            value = self._found(task)
            pages = self._pages.setdefault(task.edition, {})
            if value is None:
                pending.append(task)
                waiting[task.edition] += 1
            else:
                pages[str(task.path)] = self._page(task, value)
                self._used.add(pages[str(task.path)])
                self._runs[task.edition, str(task.path)] = self._run_of(value["notebook"])
        books = [self._book(plan, edition, title) for edition, title in plan["chosen"] if not waiting[edition]]
        return pending + [book for book in books if not self._is_kept(book)], waiting

    def _is_kept(self, book: Task) -> bool:
        value = self._found(book)
        if value is not None:
            self._books[book.edition] = value["tree"]
        return value is not None

    def _run(self, plan: dict[str, Any], work: Path) -> None:
        pending, waiting = self._due(plan)
        if not pending:
            return
        with ExitStack() as stack:
            # In this order: the processes end first, and with them whatever a thread still waits for.
            pool = stack.enter_context(ThreadPoolExecutor(self.jobs))
            workers = stack.enter_context(cluster(self.options.scheduler)) if self.options.scheduler else None
            chapters = sum(task.path is not None for task in pending)
            warm = stack.enter_context(processes(self.state, self.options.cold, bool(chapters)))
            lanes = Lanes(pool, warm, workers, self.jobs)
            clock = Clock(lanes.width, {"chapter": chapters, "book": len(waiting) - len(self._books)})
            self._loop(_Course(plan, pending, waiting, clock, sum(clock.left.values())), lanes, work)

    def _loop(self, course: _Course, lanes: Lanes, work: Path) -> None:
        running: dict[Future[Any], Task] = {}
        try:
            while course.pending or running:
                while course.pending and len(running) < lanes.width:
                    task = course.pending.pop(0)
                    running[self._submit(lanes, task, work)] = task
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    task = running.pop(future)
                    self._take(course, task, future.result())
        except BaseException:
            for future in running:
                future.cancel()
            raise

    def _take(self, course: _Course, task: Task, done: dict[str, Any]) -> None:
        """Keep what a task has made, say so, and let the book begin that waited for it."""
        course.count += 1
        self._made += 1
        course.clock.done("chapter" if task.path else "book", done["seconds"])
        # Kept first, then said: what was said to be done is not done again after a crash.
        kept = self._take_chapter(task, done) if task.path else self._take_book(task, done)
        did = f"ran {task.words}" if task.path else f"built {task.words}"
        self.progress(f"[{course.count}/{course.total}] {did} ({task.why}){course.clock.words}")
        if kept:
            self.progress(f"the result of {task.words} is not kept: {kept}")
        if task.path is None:
            return
        course.waiting[task.edition] -= 1
        if course.waiting[task.edition]:
            return
        book = self._book(course.plan, task.edition, task.title)
        if self._is_kept(book):
            course.clock.left["book"] -= 1
            course.total -= 1
        else:
            # First: what is finished is kept, and a warning shows early.
            course.pending.insert(0, book)

    def _take_book(self, task: Task, done: dict[str, Any]) -> str:
        kept = self._keep(task, done["reads"], done["beyond"], {"tree": done["tree"]})
        self._keep_reading(task, done, kept)
        self._books[task.edition] = done["tree"]
        self._used.update(done["tree"].values())
        return kept

    def _take_chapter(self, task: Task, done: dict[str, Any]) -> str:
        assert task.path is not None
        digest = self.cache.put(done["notebook"].encode())
        prose = self.state.chapter(self.source.root / task.path).prose
        kept = self._keep(task, done["reads"], done["beyond"], {"notebook": digest, "prose": prose})
        if not self._run_of(digest):
            self.cache.set_last(f"run {digest}", {"run": done["run"]})
        self._runs[task.edition, str(task.path)] = self._run_of(digest)
        self._pages[task.edition][str(task.path)] = digest
        self._used.add(digest)
        return kept

    def _submit(self, lanes: Lanes, task: Task, work: Path) -> Future[Any]:
        if task.path is None:
            return lanes.pool.submit(self.maker.make, task, self._pages[task.edition], lanes.warm.call, work)
        path = self.source.root / task.path
        if lanes.cluster is not None:
            from bookbuild import notebooks

            _, *arguments, _ = chapter_call(self.source, path, task.edition, self.state.data_dir, "")
            return lanes.cluster.submit(notebooks.task, *arguments)
        call = chapter_call(self.source, path, task.edition, self.state.data_dir, lanes.warm.address)
        return lanes.pool.submit(lanes.warm.call, *call)


def build(
    wanted: Sequence[str],
    *,
    site: Path,
    source: Project,
    data_dir: str = "",
    options: Options | None = None,
    progress: Progress = lambda _: None,
) -> Path:
    """Build editions and put them into a site.

    Chapters of all editions run side by side; each book is then built with warnings as errors; only when all is
    well does the new site take the old one's place.

    Parameters
    ----------
    wanted : sequence of str
        Edition ids.
    site : Path
        Target folder. Editions in it that are not built now are kept.
    source : Project
        The book's sources.
    data_dir : str
        Folder of tables; the book's own where empty.
    options : Options, optional
        How to build.
    progress : callable
        Told what is being done, a line at a time.

    Returns
    -------
    Path
        The site's front page.

    Raises
    ------
    BookError
        What the recipe's plan refuses, an edition that does not exist, say; nothing has been run then.
    SwapError
        Another build is writing the site, or something that no build has made lies where it would write.
    BuildError, ChapterError
        A chapter, a book or the disk failed; the old site is as it was.
    """
    try:
        return Builder(source, wanted, site, data_dir, options or Options(), progress).build()
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise BuildError(
            f"the build could not read or write a file: {error.strerror or error}{where}; the site in {site} is as it "
            "was, and what was finished is kept. Make room or give access, then start it again."
        ) from error
