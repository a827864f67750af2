"""Editions to sites: run what changed, for every edition, build each book, put the whole in place at once.

A build is a list of tasks: the chapters of each edition, then its book. Each has a key, the hash of everything known
before it runs, and is only run where the cache (`helpers.builds.cache`) holds no result with this key whose recorded inputs
are as they were (`helpers.inputs`). What runs, runs side by side, in forks of a process that has imported everything
(`helpers.builds.warm`), or on a Dask cluster. The site is changed in one step at the end (`helpers.builds.site`).
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from helpers import inputs, swaps
from helpers.builds import light, pdf, reading
from helpers.builds import site as sites
from helpers.builds.cache import Cache
from helpers.errors import EditionError, MaliError
from helpers.files import link, private
from helpers.folders import BOOK, default_folder, folder
from helpers.inputs import Read, canonical, sha256
from helpers.page.twins import SUFFIX

Progress = Callable[[str], None]

PACKAGE = Path(__file__).parents[1]
"""Folder of the modules that chapters and books may use."""

PATIENCE = 10
"""Seconds to wait for a Dask scheduler."""

SETTLED = 0.02
"""Seconds by which a file must be older than a build for the build's results to be kept: clocks of files are coarse."""


class BuildError(MaliError):
    """jupyter-book failed or warned, or the disk did; the message says what, and that the site is as it was."""


@dataclass(frozen=True)
class Project:
    """Where the book's sources lie.

    Parameters
    ----------
    root : Path
        Folder with `_config.yml`, `_toc.yml` and `chapters/`.
    """

    root: Path

    @property
    def cache(self) -> Path:
        """Folder of results: in a clone, or the user's own where the sources lie in an installed package."""
        if self.root != BOOK:
            return self.root / "build" / "cache"
        base = os.environ.get("XDG_CACHE_HOME", "")
        return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "mali-executable-report"

    @property
    def chapters(self) -> Path:
        """Folder of the chapters."""
        return self.root / "chapters"

    @property
    def notebooks(self) -> list[Path]:
        """Chapters that are run, in the order of the table of contents."""
        return [path for path in self._pages() if path.suffix == ".ipynb"]

    @property
    def texts(self) -> list[Path]:
        """Pages that are only copied, and their French twins, which the table of contents does not name."""
        found = [path for path in self._pages() if path.suffix != ".ipynb"]
        return found + [twin for path in found if (twin := path.with_suffix(f"{SUFFIX}.md")).is_file()]

    @property
    def assets(self) -> list[Path]:
        """Other files among the chapters, which pages may show (images, say)."""
        found = [path for path in self.chapters.rglob("*") if path.is_file() and path.suffix not in (".ipynb", ".md")]
        return sorted(path for path in found if not any(part.startswith(".") for part in path.parts[-2:]))

    def _pages(self) -> list[Path]:
        toc = yaml.safe_load((self.root / "_toc.yml").read_text(encoding="utf-8"))
        names = [toc["root"]] + [page["file"] for part in toc["parts"] for page in part["chapters"]]
        out = []
        for name in names:
            found = [
                self.root / f"{name}{suffix}"
                for suffix in (".ipynb", ".md")
                if (self.root / f"{name}{suffix}").is_file()
            ]
            if not found:
                raise BuildError(f"_toc.yml names {name}, but there is no such notebook or text.")
            out.append(found[0])
        return out

    def find(self, chapter: str) -> Path:
        """Return a chapter's notebook by its name (`trajectory`, `method/data`)."""
        path = self.chapters / f"{chapter}.ipynb"
        if path not in self.notebooks:
            names = ", ".join(str(p.relative_to(self.chapters).with_suffix("")) for p in self.notebooks)
            raise EditionError(f"no chapter {chapter!r}; expected one of {names}.")
        return path


def project() -> Project:
    """Return the project: the clone, or the copy of its sources in an installed package.

    Raises
    ------
    BuildError
        The tables lie apart from the book's sources.
    """
    root = default_folder().parent
    if not (root / "_toc.yml").is_file():
        raise BuildError(f"{root}: no _toc.yml; run in a clone of the project, or install the package from one.")
    return Project(root)


def listed() -> list[str]:
    """Return the ids of the editions of `data/editions.yml`, in order, without opening any table."""
    rows = yaml.safe_load((default_folder() / "editions.yml").read_text(encoding="utf-8"))
    return [str(row["id"]) for row in rows]


# ---------------------------------------------------------------------------------------------- one chapter


def run_chapter(source: Path, edition: str, data_dir: str, root: Path, out: Path) -> Path:
    """Run one chapter for one edition and write it, where nothing of the user's lies."""
    from helpers.builds import notebooks

    notebooks.refuse(out)
    notebooks.write(notebooks.execute(source, {"edition": edition, "data_dir": data_dir}, root), out, sealed=True)
    return out


def run_chapters(
    source: Project, edition: str, data_dir: str, out: Callable[[Path], Path], jobs: int = 0, *, store: bool = False
) -> None:
    """Run every chapter for one edition, side by side, and write each; whatever an earlier build has kept.

    Parameters
    ----------
    source : Project
        The book's sources.
    edition, data_dir : str
        Parameters.
    out : callable
        Gives the file to write for a chapter's source.
    jobs : int
        Processes; as many as there are cores where 0.
    store : bool
        The files are the project's own chapters, to be stored executed; else nothing of the user's is replaced.
    """
    import nbformat

    from helpers.builds import notebooks

    for path in () if store else source.notebooks:
        notebooks.refuse(out(path))
    state = _State(source, Cache(source.cache), data_dir)
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(jobs or os.cpu_count() or 1))
        warm = stack.enter_context(_processes(state, cold=False))
        futures = {
            pool.submit(warm.call, *_chapter_call(path, edition, data_dir, source.root, warm.address)): path
            for path in source.notebooks
        }
        try:
            while futures:
                for future in wait(futures, return_when=FIRST_COMPLETED).done:
                    path = futures.pop(future)
                    notebook = nbformat.reads(future.result()["notebook"], as_version=4)
                    notebooks.write(notebook, out(path), sealed=not store)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _chapter_call(path: Path, edition: str, data_dir: str, root: Path, address: str) -> tuple[str, ...]:
    return "helpers.builds.builder:chapter_task", str(path), edition, data_dir, str(root), address


def chapter_task(source: str, edition: str, data_dir: str, root: str, address: str = "") -> dict[str, Any]:
    """Run one chapter for one edition: what a process of the build, or a Dask worker, does.

    Parameters
    ----------
    source : str
        Notebook.
    edition, data_dir : str
        Parameters.
    root : str
        The project's folder.
    address : str
        Socket of a warm process; the kernel is started cold where empty.

    Returns
    -------
    dict
        `notebook` (JSON), `reads` and `beyond` (see `helpers.inputs.Recorder`), `seconds`, and `run`: seconds, day and
        code cells for the status page.
    """
    import nbformat

    from helpers.builds import notebooks

    begun = time.monotonic()
    done = notebooks.run(Path(source), {"edition": edition, "data_dir": data_dir}, Path(root), address)
    text = nbformat.writes(done.notebook) + "\n"
    cells = sum(cell.cell_type == "code" for cell in done.notebook.cells)
    seconds = time.monotonic() - begun
    run = [round(seconds, 2), time.strftime("%Y-%m-%d", time.gmtime()), cells]
    return {"notebook": text, "reads": done.reads, "beyond": done.beyond, "seconds": seconds, "run": run}


# ---------------------------------------------------------------------------------------------- keys


class _State:
    """What a build knows about its sources, each hash computed once."""

    def __init__(self, source: Project, cache: Cache, data_dir: str):
        self.begun = time.time() - SETTLED
        self.source = source
        self.cache = cache
        self.data_dir = data_dir
        self.files = inputs.Files(source.root)
        self.known: dict[str, Any] = cache.last("imports")
        self._known = len(self.known)
        self.modules = inputs.Modules(PACKAGE, self.known)
        self._chapters: dict[Path, inputs.Chapter] = {}
        self._parts: dict[Path, dict[str, str]] = {}

    def remember_imports(self) -> None:
        """Keep which module imports what, by the hash of its source."""
        if len(self.known) != self._known:
            now = {f"{name} {digest}" for name, digest in self.modules.digests.items()}
            self.cache.set_last("imports", {key: row for key, row in self.known.items() if key in now})

    @cached_property
    def surroundings(self) -> dict[str, str]:
        """Format, Python, packages, environment."""
        return inputs.surroundings()

    def chapter(self, path: Path) -> inputs.Chapter:
        """Return a chapter's source as its results depend on it."""
        if path not in self._chapters:
            try:
                self._chapters[path] = inputs.chapter(path)
            except (ValueError, KeyError, TypeError) as error:
                raise BuildError(f"{path}: not a notebook ({error}); restore it (git checkout).") from error
        return self._chapters[path]

    def code(self, *starts: inputs.Imports | str) -> dict[str, str]:
        """Return the hash of every module of the package that code can reach."""
        return {f"module {name}": self.modules.digest(name) for name in self.modules.reach(*starts)}

    def chapter_parts(self, path: Path, edition: str) -> dict[str, str]:
        """Return everything known before a chapter runs."""
        if path not in self._parts:
            chapter = self.chapter(path)
            self._parts[path] = {
                "chapter's source": chapter.digest,
                "chapter's name": self.files.name(path),
                "parameter data_dir": self.data_dir,
                **self.code(chapter.imports, "helpers.builds.notebooks"),
                **self.surroundings,
            }
        return {"parameter edition": edition, **self._parts[path]}

    def plan_parts(self, wanted: Sequence[str], kept: Iterable[str]) -> dict[str, str]:
        """Return everything that the list of editions and the front page may depend on."""
        parts = {"wanted": canonical(list(wanted)), "kept": canonical(sorted(kept)), "data_dir": self.data_dir}
        folders = {default_folder(), folder(self.data_dir or None), PACKAGE / "page" / "templates"}
        for path in sorted(file for each in folders for file in each.iterdir() if file.is_file()):
            parts[str(path)] = self.files.digest(("file", self.files.name(path), ""))
        return {**parts, **self.code("helpers.builds.front"), **self.surroundings}

    def book_parts(
        self, edition: str, switch: Sequence[Sequence[str]], pages: dict[str, str], runs: list[list[Any]]
    ) -> dict[str, str]:
        """Return everything known before a book is built; `pages` are hashes by relative path."""
        root = self.source.root
        return {
            "edition": edition,
            "editions in the switch": canonical(switch),
            "runs of its chapters": canonical(runs),
            "parameter data_dir": self.data_dir,
            **{name: self.files.digest(("file", name, "")) for name in ("_config.yml", "_toc.yml")},
            **{f"page {name}": digest for name, digest in pages.items()},
            **{self.files.name(p): self.files.digest(("file", self.files.name(p), "")) for p in self.source.assets},
            **self.code("helpers.builds.books", "helpers.builds.light", "helpers.page.book", *self._extensions(root)),
            **self.surroundings,
        }

    def _extensions(self, root: Path) -> list[str]:
        settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
        named = (settings.get("sphinx") or {}).get("extra_extensions") or []
        return [name for name in named if name in self.modules.files]

    def unsettled(self, parts: Iterable[str], reads: Iterable[Read], path: Path) -> str:
        """Return the input that was written since the build began, so that nobody knows which state was read."""
        modules = [self.modules.files[part.removeprefix("module ")] for part in parts if part.startswith("module ")]
        seen: list[Read] = [("file", str(file), "") for file in [path, *modules]]
        for read in [*seen, *reads]:
            if self.files.changed_since(read, self.begun):
                return self.files.name(read[1])
        return ""


def _why(cache: Cache, name: str, parts: dict[str, str], digest: Callable[[Read], str]) -> str:
    """Return in words why a task has no result: what differs from its last run."""
    last = cache.last(name)
    if not last:
        return "never run here"
    was = last["parts"]
    changed = [key for key in parts if key in was and parts[key] != was[key]]
    words = [f"{key} {was[key]} -> {parts[key]}" if key.startswith("package ") else f"{key} changed" for key in changed]
    words += [f"{key} is new" for key in parts if key not in was] + [
        f"{key} is gone" for key in was if key not in parts
    ]
    for kind, path, detail, before in last["reads"]:
        if digest((kind, path, detail)) != before:
            words.append(
                f"{path}/datapackage.json: entry of {detail} changed" if kind == "resource" else f"{path} changed"
            )
    if not words:
        return last.get("beyond") or "its result is no longer in the cache, or was damaged"
    return "; ".join(words[:4]) + (f" and {len(words) - 4} more" if len(words) > 4 else "")


# ---------------------------------------------------------------------------------------------- tasks


@dataclass
class _Task:
    """One thing to do: a chapter (`path`) or the book (no `path`) of an edition."""

    edition: str
    title: str
    path: Path | None
    parts: dict[str, str]
    why: str = ""

    @property
    def name(self) -> str:
        return f"{self.edition} {self.path.as_posix() if self.path else 'book'}"

    @cached_property
    def key(self) -> str:
        return sha256(canonical(self.parts))

    @property
    def words(self) -> str:
        what = f"chapter {self.path.with_suffix('').as_posix().removeprefix('chapters/')}" if self.path else "the book"
        return f"{what} of edition {self.title}"


@dataclass
class _Clock:
    """How long the rest will take, from what was done so far."""

    jobs: int
    left: dict[str, int]
    spent: dict[str, list[float]] = field(default_factory=lambda: {"chapter": [], "book": []})

    def done(self, kind: str, seconds: float) -> None:
        self.left[kind] -= 1
        self.spent[kind].append(seconds)

    @property
    def words(self) -> str:
        if sum(self.left.values()) < 2 * self.jobs or len(self.spent["chapter"]) < 2 * self.jobs:
            return ""
        mean = {kind: sum(row) / len(row) if row else 0.0 for kind, row in self.spent.items()}
        mean["book"] = mean["book"] or 5 * mean["chapter"]
        minutes = sum(self.left[kind] * mean[kind] for kind in mean) / self.jobs / 60
        return f", about {minutes:.0f} min left" if minutes >= 1 else ", less than a minute left"


@dataclass(frozen=True)
class Options:
    """How to build.

    Parameters
    ----------
    jobs : int
        Processes; as many as there are cores where 0.
    force : bool
        Run everything, whatever the cache holds.
    scheduler : str
        Address of a Dask scheduler whose workers run the chapters (sources, tables and Python environment must be at
        the same places for them); this machine runs them where empty.
    cold : bool
        Start every kernel and every book in a process of its own instead of forking a warm one.
    cache : Path, optional
        Folder of results; `build/cache` in the project where not given.
    """

    jobs: int = 0
    force: bool = False
    scheduler: str = ""
    cold: bool = False
    cache: Path | None = None


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
        Folder of tables; the project's own where empty.
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
        data_dir = data_dir or os.environ.get("MALI_DATA", "")
        tables = str(folder(data_dir)) if data_dir else ""
        self.cache = Cache(options.cache or source.cache)
        self.state = _State(source, self.cache, tables)
        self.jobs = options.jobs or os.cpu_count() or 1
        self._pages: dict[str, dict[str, str]] = {}
        self._books: dict[str, dict[str, str]] = {}
        self._runs: dict[tuple[str, str], list[Any]] = {}
        self._used: set[str] = set()
        self._made = 0

    # ------------------------------------------------------------------ what is there

    def _found(self, task: _Task) -> Any:
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
            stands = not task.path and self._stands(task.edition, result.value["tree"])
            if noted and (stands or self.cache.holds(digests)):
                return result.value
        task.why = _why(self.cache, task.name, task.parts, self.state.files.digest)
        return None

    def _stands(self, edition: str, tree: dict[str, str]) -> bool:
        return self._noted.get("books", {}).get(edition) == _digest_of(tree) and not self._touched & {
            edition,
            light.SHARED,
        }

    @cached_property
    def _noted(self) -> dict[str, Any]:
        return sites.manifest(self.site)

    @cached_property
    def _there(self) -> list[str]:
        return sites.editions(self.site, self._noted, listed())

    @cached_property
    def _touched(self) -> set[str]:
        return sites.touched(self.site, self._noted) if self._noted else set()

    def _keep(self, task: _Task, reads: list[list[str]], beyond: str, value: Any) -> str:
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

    def _keep_reading(self, task: _Task, done: dict[str, Any], unkept: str) -> None:
        """Keep what Sphinx read of a book, for the next time that prose changes; a result that is not kept leaves nothing."""
        work = Path(done["work"])
        if unkept:
            reading.forget(self.cache, work)
            return
        names = sorted({(kind, self.state.files.name(path), detail) for kind, path, detail in done["reads"]})
        read = {name: self.state.files.digest(name) for name in names}
        reading.keep(self.cache, work, task.parts, read, done["tree"], done["left"])
        self._used.update(done["left"].values())

    def _page(self, task: _Task, value: dict[str, str], *, keep: bool = True) -> str:
        """Return the hash of a chapter's page: what was run, with the prose of now; both are kept unless told otherwise."""
        assert task.path is not None
        source, ran = self.source.root / task.path, value["notebook"]
        if value.get("prose") == self.state.chapter(source).prose:
            return ran
        from helpers.builds import notebooks

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

    def _refuse(self) -> None:
        """Refuse what would have to be destroyed before anything runs."""
        from helpers.builds import over

        sites.refuse(self.site, self._noted, self.wanted)
        made = sites.made(self._noted, self._there)
        for name in over.FILES:
            path = self.site / name
            if os.path.lexists(path) and not (made(name) or over.is_one(path)):
                raise swaps.taken(path)

    def _plan(self) -> dict[str, Any]:
        self._refuse()
        kept = [name for name in self._there if name not in self.wanted]
        parts = self.state.plan_parts(self.wanted, kept)
        key = sha256(canonical(parts))
        found = self.cache.find(key, self.state.files.digest)
        if found is not None and not self.options.force:
            return found.value
        from helpers.builds import front

        made = front.plan(self.wanted, kept, self.state.data_dir or None)
        if not self.state.unsettled(parts, [("file", p, "") for p in parts if os.sep in p], self.site):
            self.cache.store(key, {}, made)
        return made

    def _chapters(self, plan: dict[str, Any]) -> list[_Task]:
        root = self.source.root
        return [
            _Task(edition, title, path.relative_to(root), self.state.chapter_parts(path, edition))
            for edition, title in plan["chosen"]
            for path in self.source.notebooks
        ]

    def _book(self, plan: dict[str, Any], edition: str, title: str) -> _Task:
        switch = [row for row in plan["shown"] if row[0] in plan["switch"] or row[0] == edition]
        texts = {self.state.files.name(path): path for path in self.source.texts}
        pages = self._pages[edition] | {name: sha256(path.read_bytes()) for name, path in texts.items()}
        root = self.source.root
        runs = [
            [path.relative_to(self.source.chapters).with_suffix("").as_posix(), *self._runs[edition, str(relative)]]
            for path in self.source.notebooks
            for relative in [path.relative_to(root)]
        ]
        return _Task(edition, title, None, self.state.book_parts(edition, switch, pages, runs))

    def _make_book(self, task: _Task, call: Callable[..., Any], work: Path) -> dict[str, Any]:
        from helpers.builds import books

        begun = time.monotonic()
        folder_of_book = work / task.edition
        earlier = None
        if not self.options.force:
            earlier = reading.find(self.cache, folder_of_book, task.parts, self.state.files.digest)
        done = self._lay_out_and_make(task, call, folder_of_book, earlier)
        if done["lost"]:
            earlier = None
            shutil.rmtree(folder_of_book)
            done = self._lay_out_and_make(task, call, folder_of_book, None)
        if done["code"]:
            log = folder_of_book.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
            tail = "\n".join(log.strip().splitlines()[-25:])
            raise BuildError(f"the book of edition {task.title} did not build without warnings:\n{tail}")
        shipped, log = folder_of_book / "shipped", str(folder_of_book.with_suffix(".log"))
        known = sorted(earlier.tree) if earlier else []
        call("helpers.builds.light:lighten", str(books.html_of(folder_of_book)), str(shipped), known, log=log)
        tree = self.cache.put_tree(shipped)
        script, told, beyond = self._told(task.edition, call, log)
        reads = [*done["reads"], *told]
        if earlier:
            tree = earlier.tree | tree
            reads += [[kind, str(self.state.files.path(name)), detail] for kind, name, detail in earlier.reads]
        if self.cache.get(script):
            tree[light.TOLD] = script
        left = reading.take(self.cache, folder_of_book)
        # Its files are in the cache now; a build of many editions would fill the disk with them twice.
        shutil.rmtree(folder_of_book, ignore_errors=True)
        beyond = done["beyond"] or beyond
        made = {"tree": tree, "left": left, "work": str(folder_of_book), "reads": reads, "beyond": beyond}
        return made | {"seconds": time.monotonic() - begun}

    def _lay_out_and_make(
        self, task: _Task, call: Callable[..., Any], folder_of_book: Path, earlier: reading.Reading | None
    ) -> dict[str, Any]:
        from helpers.builds import books

        # Whoever forces a build wants to see everything made, the charts too.
        pictures = None if self.options.force else self.cache.pictures.resolve()
        pages: dict[str, Path | bytes] = {
            self.state.files.name(path): path for path in [*self.source.texts, *self.source.assets]
        }
        for name, digest in self._pages[task.edition].items():
            content = self.cache.get(digest)
            if content is None:
                raise BuildError(f"{name} of edition {task.title} was lost from the cache; start the build again.")
            pages[name] = content
        books.lay_out(
            folder_of_book,
            config=self.source.root / "_config.yml",
            toc=self.source.root / "_toc.yml",
            edition=task.edition,
            shown=yaml.safe_load(task.parts["editions in the switch"]),
            pages=pages,
            runs={"data_dir": self.state.data_dir, "runs": yaml.safe_load(task.parts["runs of its chapters"])},
            pictures=pictures,
            changed=earlier.changed if earlier else (),
        )
        if earlier:
            earlier.lay(self.cache, folder_of_book)
        log = folder_of_book.with_suffix(".log")
        return call("helpers.builds.books:make", str(folder_of_book), str(pictures or ""), log=str(log))

    def _told(self, edition: str, call: Callable[..., Any], log: str) -> tuple[str, list[Read], str]:
        """Return the hash of what an edition tells (`helpers.told`), and what that was made from; of prose only titles have a part in it."""
        chapters = {self.state.files.name(path): self.state.chapter(path) for path in self.source.notebooks}
        parts = {
            "told": edition,
            "parameter data_dir": self.state.data_dir,
            **{f"chapter {name}": chapter.digest for name, chapter in chapters.items()},
            **{f"title {name}": chapter.title for name, chapter in chapters.items()},
            **self.state.code("helpers.told", *(chapter.imports for chapter in chapters.values())),
            **self.state.surroundings,
        }
        key = sha256(canonical(parts))
        kept = None if self.options.force else self.cache.find(key, self.state.files.digest)
        if kept is not None and self.cache.holds([kept.value["told"]]):
            self._used.add(kept.value["told"])
            return kept.value["told"], [(k, str(self.state.files.path(name)), d) for k, name, d in kept.reads], ""
        done = call("helpers.told:make", edition, self.state.data_dir, str(self.source.chapters), log=log)
        script = self.cache.put(done["script"].encode())
        named = {(kind, self.state.files.name(path), detail) for kind, path, detail in done["reads"]}
        if not done["beyond"] and not self.state.unsettled(parts, named, self.source.root / "_toc.yml"):
            self.cache.store(key, {read: self.state.files.digest(read) for read in named}, {"told": script})
        return script, done["reads"], done["beyond"]

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
            elif not self._stands(edition, value["tree"]):
                lines.append(
                    f"would put {book.words} into the site: it is kept, but not in {self.site} as it should be"
                )
        return lines

    def build(self) -> Path:
        """Build and put into the site what is not there."""
        for part in (self.source.root, PACKAGE, self.cache.folder, folder(self.state.data_dir or None)):
            if part.resolve().is_relative_to(self.site):
                raise BuildError(
                    f"{self.site}: the book is made from what lies in it; give another folder for the site."
                )
        private(self.cache.folder)
        with swaps.held(self.site) as work:
            plan = self._plan()
            self._run(plan, work)
            self._put(plan, work)
        self.state.remember_imports()
        if self._made:
            self.cache.prune(self._used)
        return self.site / "index.html"

    def _run(self, plan: dict[str, Any], work: Path) -> None:
        pending: list[_Task] = []
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
        for edition, title in plan["chosen"]:
            if not waiting[edition]:
                book = self._book(plan, edition, title)
                value = self._found(book)
                if value is None:
                    pending.append(book)
                else:
                    self._books[edition] = value["tree"]
        if pending:
            titles = dict(plan["chosen"])
            with ExitStack() as stack:
                # In this order: the processes end first, and with them whatever a thread still waits for.
                pool = stack.enter_context(ThreadPoolExecutor(self.jobs))
                cluster = stack.enter_context(_cluster(self.options.scheduler)) if self.options.scheduler else None
                chapters = any(task.path for task in pending)
                warm = stack.enter_context(_processes(self.state, self.options.cold, chapters))
                self._loop(plan, titles, pending, waiting, _Lanes(pool, warm, cluster, self.jobs), work)

    def _loop(
        self,
        plan: dict[str, Any],
        titles: dict[str, str],
        pending: list[_Task],
        waiting: dict[str, int],
        lanes: _Lanes,
        work: Path,
    ) -> None:
        chapters = sum(task.path is not None for task in pending)
        clock = _Clock(lanes.width, {"chapter": chapters, "book": len(titles) - len(self._books)})
        total = clock.left["chapter"] + clock.left["book"]
        running: dict[Future[Any], _Task] = {}
        count = 0
        try:
            while pending or running:
                while pending and len(running) < lanes.width:
                    task = pending.pop(0)
                    running[self._submit(lanes, task, work)] = task
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    task = running.pop(future)
                    done = future.result()
                    count += 1
                    self._made += 1
                    clock.done("chapter" if task.path else "book", done["seconds"])
                    # Kept first, then said: what was said to be done is not done again after a crash.
                    if task.path is None:
                        kept = self._keep(task, done["reads"], done["beyond"], {"tree": done["tree"]})
                        self._keep_reading(task, done, kept)
                        self._books[task.edition] = done["tree"]
                        self._used.update(done["tree"].values())
                    else:
                        digest = self.cache.put(done["notebook"].encode())
                        prose = self.state.chapter(self.source.root / task.path).prose
                        kept = self._keep(task, done["reads"], done["beyond"], {"notebook": digest, "prose": prose})
                        if not self._run_of(digest):
                            self.cache.set_last(f"run {digest}", {"run": done["run"]})
                        self._runs[task.edition, str(task.path)] = self._run_of(digest)
                        self._pages[task.edition][str(task.path)] = digest
                        self._used.add(digest)
                    did = f"ran {task.words}" if task.path else f"built {task.words}"
                    self.progress(f"[{count}/{total}] {did} ({task.why}){clock.words}")
                    if kept:
                        self.progress(f"the result of {task.words} is not kept: {kept}")
                    if task.path is None:
                        continue
                    waiting[task.edition] -= 1
                    if not waiting[task.edition]:
                        book = self._book(plan, task.edition, titles[task.edition])
                        value = self._found(book)
                        if value is None:
                            # First: what is finished is kept, and a warning shows early.
                            pending.insert(0, book)
                        else:
                            self._books[task.edition] = value["tree"]
                            clock.left["book"] -= 1
                            total -= 1
        except BaseException:
            for future in running:
                future.cancel()
            raise

    def _submit(self, lanes: _Lanes, task: _Task, work: Path) -> Future[Any]:
        if task.path is None:
            return lanes.pool.submit(self._make_book, task, lanes.warm.call, work)
        path, root = self.source.root / task.path, self.source.root
        if lanes.cluster is not None:
            return lanes.cluster.submit(chapter_task, str(path), task.edition, self.state.data_dir, str(root))
        call = _chapter_call(path, task.edition, self.state.data_dir, root, lanes.warm.address)
        return lanes.pool.submit(lanes.warm.call, *call)

    def _put(self, plan: dict[str, Any], work: Path) -> None:
        books = {edition: _digest_of(tree) for edition, tree in self._books.items()}
        noted = self._noted
        known = {name: row[0] for name, row in noted["files"].items()} if noted else {}
        for edition, tree in self._books.items():
            known = {name: h for name, h in known.items() if not name.startswith(f"{edition}/")}
            known |= {sites.place(edition, name): h for name, h in tree.items()}
        from helpers.builds import over

        pages = self._over(known)
        page = pdf.fill(plan["front"] if pages else over.without(plan["front"]), pdf.links(self.site, known))
        front = sha256(page)
        over_digests = {name: sha256(html) for name, html in pages.items()}
        if (
            noted
            and not self._touched & {"index.html", light.SHARED, *pages, *books}
            and over_digests.items() <= known.items()
            and all(noted["books"].get(edition) == digest for edition, digest in books.items())
            and noted["front"] == front
        ):
            return
        staged = work / "site"
        staged.mkdir()
        files: dict[str, str] = {}
        for edition, tree in self._books.items():
            stands = self._stands(edition, tree)
            for name, digest in tree.items():
                place = sites.place(edition, name)
                if place in files:
                    continue
                if stands:
                    link(self.site / place, staged / place)
                else:
                    self.cache.lay(digest, staged / place)
                files[place] = digest
        for name, html in {**pages, "index.html": page}.items():
            (staged / name).write_bytes(html.encode())
        files |= {**over_digests, "index.html": front}
        sites.refuse(self.site, noted, books)
        seen = self._carry(staged, files) if self.site.is_dir() else {}
        books |= {
            name: was for name, was in noted.get("books", {}).items() if name in self._there and name not in books
        }
        sites.write_manifest(staged, books, front, files)
        for path in swaps.swap(staged, self.site, seen):
            self.progress(f"{path}: saved there while the build put its own file of that name in place")

    def _over(self, known: dict[str, str]) -> dict[str, str]:
        """Return the pages over the editions that a site with these files has (`helpers.builds.over`)."""
        from helpers import told
        from helpers.builds import over
        from helpers.page.pictures import Pictures

        records = []
        for name, digest in known.items():
            if name.endswith(f"/{light.TOLD}"):
                content = self.cache.get(digest) or (self.site / name).read_bytes()
                records.append(told.read(content.decode()))
        return over.pages(records, known, Pictures(self.cache.pictures))

    def _is(self, name: str, digest: str) -> bool:
        path = self.site / name
        return path.is_file() and not path.is_symlink() and sha256(path.read_bytes()) == digest

    def _carry(self, staged: Path, files: dict[str, str]) -> dict[str, Any]:
        """Take over what is not built now; note among the files what an earlier build has made of it."""
        from helpers.builds import over

        made = sites.made(self._noted, self._there)
        replaced = {"index.html", sites.MANIFEST}
        # Shared files go with the last edition that uses them.
        kept = {use for name in self._there if name not in self._books for use in light.uses(self.site / name)}

        def ours(name: str) -> bool:
            part, _, rest = name.partition("/")
            if not rest:
                return name in replaced or (name in files and (made(name) or over.is_one(self.site / name)))
            gone = part in self._books or (part == light.SHARED and (name in files or rest.split("/")[0] not in kept))
            # What lies there already as it would be laid is ours, whatever was noted of it.
            return gone and (made(name) or (part == light.SHARED and name in files and self._is(name, files[name])))

        seen = swaps.carry(self.site, staged, ours)
        known = {name: row[0] for name, row in self._noted.get("files", {}).items()}
        for name in seen:
            edition = name.split("/")[0]
            carried = len(seen[name]) > 1
            if carried and edition in {*self._there, light.SHARED} and edition not in self._books and made(name):
                fresh = name in known and edition not in self._touched
                files[name] = known[name] if fresh else sha256((staged / name).read_bytes())
        return seen


@dataclass(frozen=True)
class _Lanes:
    """Where tasks run: threads that wait for processes of this machine, and a cluster for chapters, if any."""

    pool: ThreadPoolExecutor
    warm: Any
    cluster: Executor | None
    jobs: int

    @property
    def width(self) -> int:
        """Tasks that may be under way at once: a cluster keeps its own queue."""
        return self.jobs if self.cluster is None else 10_000


def _digest_of(tree: dict[str, str]) -> str:
    return sha256(canonical(tree))


def _processes(state: _State, cold: bool, chapters_too: bool = True) -> Any:
    """Return the processes of a build: forks of one that has imported what its chapters and books use, or cold ones.

    Where no chapter is to be run, what only chapters use is not imported.
    """
    from helpers.builds import warm

    if cold or not hasattr(os, "fork"):
        return warm.Cold()
    run = state.source.notebooks if chapters_too else []
    chapters = state.modules.reach(*(state.chapter(path).imports for path in run))
    modules = state.modules.reach(*chapters, "helpers.builds.notebooks", "helpers.page.book", "helpers.builds.books")
    used = [*modules, *state.modules.outside(modules)]
    tables = state.data_dir if "helpers.data" in chapters else None
    return warm.Warm([*used, *WARM], tables)


WARM = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "jupyter_book.cli.main",
    "jupyter_book.sphinx",
    "sphinx.application",
    "sphinx.builders.html",
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
)
"""Modules that kernels and jupyter-book import when they start, read beforehand for speed only."""


def _cluster(address: str) -> Any:
    """Return a Dask cluster's workers as an executor.

    Raises
    ------
    BuildError
        dask.distributed is not installed, or nothing answers at the address.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise BuildError(
            f"--scheduler needs dask.distributed, which is not installed ({error}); "
            "pip install distributed, in the environment of the workers too."
        ) from error
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise BuildError(f"no Dask scheduler answers at {address} ({error}); expected tcp://HOST:PORT.") from error
    return _Workers(client)


class _Workers:
    """The workers of a Dask client, as an executor that ends with the client."""

    def __init__(self, client: Any):
        self._client = client

    def __enter__(self) -> Executor:
        return self._client.get_executor(pure=False)

    def __exit__(self, *_: object) -> None:
        self._client.close()


def build(
    wanted: Sequence[str],
    *,
    site: Path,
    data_dir: str = "",
    source: Project | None = None,
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
    data_dir : str
        Folder of tables; the project's own where empty.
    source : Project, optional
        The book's sources; the project's own where not given.
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
    EditionError
        An edition does not exist or runs past the data; nothing has been run then.
    SwapError
        Another build is writing the site, or something that no build has made lies where it would write.
    BuildError, ChapterError
        A chapter, a book or the disk failed; the old site is as it was.
    """
    try:
        return Builder(source or project(), wanted, site, data_dir, options or Options(), progress).build()
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise BuildError(
            f"the build could not read or write a file: {error.strerror or error}{where}; the site in {site} is as it "
            "was, and what was finished is kept. Make room or give access, then start it again."
        ) from error
