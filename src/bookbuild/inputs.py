"""What a chapter's outputs depend on, so that a build runs again what changed and nothing else.

Three kinds of inputs are known before a run and make up its key: the sources (the chapter without its outputs, and
every module of the packages that it can reach through imports, also those inside functions), the parameters, and the
surroundings (Python, installed packages, environment). The fourth, the files that are read, is recorded while the
chapter runs by a hook of Python's own (`sys.addaudithook`), so that nothing has to be listed by hand; a result is used
again only where all of them are as they were.

Where a chapter reaches further than this can see (it starts a program or opens a connection), its result is not kept.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import platform
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from bookbuild.borrowed import python

FORMAT = "1"
"""Part of every key: raised when what is kept, or how, changes."""

EVENT = "bookbuild.inputs"
PACKAGED = ("resource", "sources", "limits")
"""Kinds of inputs that are parts of a data package's descriptor."""
ENVIRONMENT = ("LANG", "LANGUAGE", "TZ", "SOURCE_DATE_EPOCH", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
PREFIXES = ("LC_", "PYTHON")
"""Environment variables that may change what a chapter shows, by name and by beginning of the name."""

_DYNAMIC = {"import_module", "__import__", "iter_modules", "walk_packages", "run_module", "run_path", "exec", "eval"}


AHEAD = frozenset({"bookbuild.warm"})
"""Modules that import by name only what others import themselves, or what a build names among what a result rests on."""


def prefixes(mark: str = "") -> tuple[str, ...]:
    """Return the beginnings of names of variables that may change what a chapter of the book with a mark shows."""
    return (*PREFIXES, f"{mark.upper()}_") if mark else PREFIXES


def sha256(content: bytes | str) -> str:
    """Return the SHA-256 of bytes, or of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def canonical(value: Any) -> str:
    """Return JSON that is the same for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


# ---------------------------------------------------------------------------------------------- recording of reads


def note(kind: str, path: str | Path, detail: str = "") -> None:
    """Tell a recorder, if one listens, that something is being read.

    `kind`: `file`, or a part of a data package: `resource` (the entry of a table), `sources`, `limits` (what a user's
    own files cannot support). `path`: file, or folder of the data package. `detail`: file name of the table.
    """
    sys.audit(EVENT, kind, str(path), detail)


@contextmanager
def unrecorded() -> Iterator[None]:
    """Read a file without its being recorded as an input; what is used of it must be told with `note`."""
    sys.audit(EVENT, "pause", "", "")
    try:
        yield
    finally:
        sys.audit(EVENT, "resume", "", "")


Read = tuple[str, str, str]
"""An input that was read: kind, path, detail."""


class Recorder:
    """Records what this process reads, once `start` was called.

    `reads` (set of tuple): kind (`file`, `folder`, `resource`, `sources`), path, detail. `beyond` (str): what the
    process did that no recorder can follow; empty where nothing.
    """

    def __init__(self, ignore: Iterable[str | Path] = ()):
        self.reads: set[Read] = set()
        self.beyond = ""
        self._written: set[str] = set()
        self._ignored = tuple(f"{os.path.abspath(path)}{os.sep}" for path in ignore)
        self._on = False
        self._paused = 0
        self._installed = False
        self._modules: set[str] = set()

    def start(self) -> None:
        """Record from now on."""
        if not self._installed:
            sys.addaudithook(self._hook)
            self._installed = True
        self._modules = set(sys.modules)
        self._on = True

    def stop(self) -> None:
        """Record no more (the hook itself stays: Python cannot take it out)."""
        self._on = False

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if not self._on:
            return
        if event == python.OPENED:
            if not self._paused:
                self._opened(*args)
        elif event == EVENT:
            kind, path, detail = args
            if kind == "pause":
                self._paused += 1
            elif kind == "resume":
                self._paused -= 1
            else:
                self.reads.add((kind, os.path.abspath(path), detail))
        elif event in python.LISTED:
            self._listed(args[0])
        elif event in python.STARTED:
            self.beyond = self.beyond or "it started another program"
        elif event == python.CONNECTED:
            self.beyond = self.beyond or "it opened a connection"

    def _opened(self, path: Any, mode: str | None, flags: int) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return
        full = os.path.abspath(os.fsdecode(path))
        writes = any(c in mode for c in "wax+") if mode else flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes:
            self._written.add(full)
        elif full not in self._written and self._counts(full) and not os.path.isdir(full):
            self.reads.add(("file", full, ""))

    def _listed(self, path: Any) -> None:
        # Python's import system and its search for installed packages list every folder of sys.path.
        if isinstance(path, int) or python.asked_by_imports(2):
            return
        full = os.path.abspath(os.fsdecode(path) if path else ".")
        if self._counts(full):
            self.reads.add(("folder", full, ""))

    def _counts(self, full: str) -> bool:
        if full.endswith((".pyc", ".pth")) or ".dist-info/" in full or ".egg-info/" in full:
            return False
        return not full.startswith(_system() + self._ignored)

    def record(self) -> list[Read]:
        """Return what was read, with the sources of modules that were imported since `start`."""
        for name in set(sys.modules) - self._modules:
            file = getattr(sys.modules.get(name), "__file__", None)
            if isinstance(file, str) and file.endswith(".py") and self._counts(os.path.abspath(file)):
                self.reads.add(("file", os.path.abspath(file), ""))
        return sorted(self.reads)


_SYSTEM: list[str] = []


def _system() -> tuple[str, ...]:
    """Return the folders that hold Python, its packages and the system: their state is in the packages' versions."""
    if not _SYSTEM:
        paths = sysconfig.get_paths()
        home = Path.home()
        found = [paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib", "scripts")]
        found += site.getsitepackages()
        # With it the archive of the standard library that Python looks for beside it.
        found.append(os.path.dirname(paths["stdlib"]))
        found += ["/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/bin", "/run", "/var/cache"]
        found += [str(home / name) for name in (".ipython", ".jupyter", ".cache", ".config", ".local")]
        if sys.prefix != sys.base_prefix:
            found.append(sys.prefix)
        _SYSTEM.extend(f"{os.path.abspath(path)}{os.sep}" for path in found)
    return tuple(_SYSTEM)


# ---------------------------------------------------------------------------------------------- modules by imports


@dataclass(frozen=True)
class Imports:
    """What a piece of code imports: `names` with every name that may be a module, `dynamic` where code decides."""

    names: frozenset[str]
    dynamic: bool


def imports_of(code: str, module: str = "", is_package: bool = False) -> Imports:
    """Return every name that a `module`'s code may import, wherever the statement stands.

    Names are not resolved: `from a import b` gives `a` and `a.b`, and so does `b.c` further on give `a.b.c`.
    """
    names: set[str] = set()
    bound: dict[str, set[str]] = {}
    dynamic = False
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names.add(alias.name)
                bound.setdefault(alias.asname or alias.name.split(".")[0], set()).add(
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                parts = parts[: len(parts) - node.level + (1 if is_package else 0)]
                base = ".".join([*parts, *([base] if base else [])])
            names.add(base)
            for alias in node.names:
                names.add(f"{base}.{alias.name}")
                bound.setdefault(alias.asname or alias.name, set()).add(f"{base}.{alias.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in _DYNAMIC:
            dynamic = True
        elif isinstance(node, ast.Attribute):
            if node.attr in _DYNAMIC and not (isinstance(node.value, ast.Name) and node.attr in ("eval", "exec")):
                dynamic = True
            chain = _chain(node)
            if chain and chain[0] in bound:
                for start in bound[chain[0]]:
                    names |= {".".join([start, *chain[1 : n + 1]]) for n in range(1, len(chain))}
    return Imports(frozenset(names), dynamic)


def _chain(node: ast.expr) -> list[str]:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else []


class Modules:
    """The modules of packages and what each can reach.

    `*folders` (Path): the packages' folders; the name of each is the package's name. `known`: imports by hash of the
    source, from an earlier build; added to.
    """

    def __init__(self, *folders: Path, known: dict[str, Any] | None = None):
        self.packages = {folder.name for folder in folders}
        self.known = {} if known is None else known
        self.files: dict[str, Path] = {}
        for home, path in ((folder.parent, path) for folder in folders for path in sorted(folder.rglob("*.py"))):
            if path.name == "__main__.py":
                continue
            parts = path.relative_to(home).with_suffix("").parts
            self.files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        self.digests: dict[str, str] = {}
        self._imports: dict[str, Imports] = {}

    def digest(self, module: str) -> str:
        """Return the hash of a module's source."""
        if module not in self.digests:
            self._read(module)
        return self.digests[module]

    def _read(self, module: str) -> Imports:
        if module not in self._imports:
            path = self.files[module]
            content = path.read_bytes()
            digest = self.digests[module] = sha256(content)
            key = f"{module} {digest}"
            if key not in self.known:
                try:
                    found = imports_of(content.decode(), module, path.name == "__init__.py")
                except (SyntaxError, UnicodeDecodeError):
                    # The chapter will fail on it and say where; until then it may be anything.
                    found = Imports(frozenset(), True)
                self.known[key] = [sorted(found.names), found.dynamic]
            names, dynamic = self.known[key]
            dynamic = dynamic and module not in AHEAD
            self._imports[module] = Imports(frozenset(names), dynamic)
        return self._imports[module]

    def reach(self, *starts: Imports | str) -> list[str]:
        """Return every module that code can reach, the starting modules included, sorted.

        `starts` (Imports or str): what code imports, or a module's name.
        """
        pending: list[str] = []
        for start in starts:
            if isinstance(start, str):
                pending.append(start)
            elif start.dynamic:
                pending.extend(self.files)
            else:
                pending.extend(start.names)
        found: set[str] = set()
        while pending:
            name = pending.pop()
            parts = name.split(".")
            for size in range(1, len(parts) + 1):
                module = ".".join(parts[:size])
                if module in found or module not in self.files:
                    # `from package import *` may bind whatever the package holds.
                    if parts[-1] == "*" and size == len(parts):
                        pending.extend(m for m in self.files if m.startswith(f"{name[:-1]}") and m not in found)
                    continue
                found.add(module)
                imports = self._read(module)
                pending.extend(self.files if imports.dynamic else imports.names)
        return sorted(found)

    def outside(self, modules: Iterable[str]) -> list[str]:
        """Return the top-level names outside the packages that modules import, sorted."""
        names = {name.split(".")[0] for module in modules for name in self._read(module).names}
        return sorted(names - self.packages - {"", "__future__"})


# ---------------------------------------------------------------------------------------------- chapters


@dataclass(frozen=True)
class Chapter:
    """A notebook as its results depend on it: the hash of its code, and what its cells import; and that of its prose.

    The hash of the title stands apart, since other pages name it: the first line of the first cell of prose, and of each
    text that the cell's metadata hold in other languages.
    """

    digest: str
    imports: Imports
    prose: str
    title: str


def chapter(path: Path) -> Chapter:
    """Read a notebook's cells, without outputs and run counts, which a run replaces.

    No cell of code can see the prose between, so that a run is good for whatever stands there.

    Raises `ValueError`: the file is no notebook.
    """
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells: list[dict[str, Any]] = []
    prose: list[list[Any]] = []
    names: set[str] = set()
    dynamic = False
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            prose.append([len(cells), cell])
            continue
        # A cell's id follows from its place (`notebooks.normalise`).
        left = ("outputs", "execution_count", "id")
        cells.append({key: value for key, value in cell.items() if key not in left})
        source = "".join(cell["source"])
        try:
            found = imports_of(source)
        except SyntaxError:
            # A magic command, or a cell that will fail.
            found = Imports(frozenset(), True)
        names |= found.names
        dynamic |= found.dynamic
    text = canonical({**notebook, "cells": cells})
    imports = Imports(frozenset(names), dynamic)
    return Chapter(sha256(text), imports, sha256(canonical(prose)), sha256(canonical(_title(prose))))


def _title(prose: list[list[Any]]) -> list[str]:
    if not prose:
        return []
    cell = prose[0][1]
    others = [other.get("text") for _, other in sorted(cell["metadata"].items()) if isinstance(other, dict)]
    texts = ["".join(cell["source"]), *(text for text in others if isinstance(text, str))]
    return [text.partition("\n")[0] for text in texts]


# ---------------------------------------------------------------------------------------------- surroundings


def packages() -> dict[str, str]:
    """Return the installed packages: name to version, as their metadata folders are named."""
    found: dict[str, str] = {}
    for entry in dict.fromkeys(sys.path):
        try:
            names = os.listdir(entry or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                stem, _, version = name.rpartition(".")[0].partition("-")
                found.setdefault(stem.lower(), version)
    return found


def surroundings(mark: str = "") -> dict[str, str]:
    """Return what every run depends on beside sources and data: format, Python, packages, environment.

    `mark`: of the book (`bookbuild.recipe.Recipe`).
    """
    out = {"format": FORMAT, "Python": f"{platform.python_implementation()} {sys.version}"}
    out |= {f"package {name}": version for name, version in packages().items()}
    out |= {
        f"environment variable {name}": value
        for name, value in os.environ.items()
        if name in ENVIRONMENT or name.startswith(prefixes(mark))
    }
    return out


@dataclass
class Files:
    """Hashes of what was read, each computed once."""

    root: Path
    """The project's folder; paths in it are kept relative to it."""
    _digests: dict[Read, str] = field(default_factory=dict)
    _packages: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def _root(self) -> str:
        return str(self.root.resolve())

    def name(self, path: str | Path) -> str:
        """Return a path as it is kept: relative to the project's folder where it lies in it."""
        full = os.path.abspath(path)
        for start in dict.fromkeys((self._root, os.path.abspath(self.root))):
            if full.startswith(start + os.sep):
                return full[len(start) + 1 :]
        return full

    def path(self, name: str) -> Path:
        """Return the path of a kept name."""
        return self.root / name

    def digest(self, read: Read) -> str:
        """Return the hash of what an input holds now; a word where it is missing."""
        if read not in self._digests:
            self._digests[read] = self._digest(*read)
        return self._digests[read]

    def _digest(self, kind: str, name: str, detail: str) -> str:
        path = self.path(name)
        try:
            if kind == "file":
                return sha256(path.read_bytes())
            if kind == "folder":
                return sha256(canonical(sorted(os.listdir(path))))
            package = self._package(path)
            if kind == "sources":
                return sha256(canonical(package.get("sources")))
            if kind == "limits":
                return sha256(canonical([package.get("limits"), package.get("without")]))
            if kind == "resource":
                return sha256(canonical([row for row in package["resources"] if row.get("path") == detail]))
        except OSError:
            return "missing"
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return "damaged"
        raise ValueError(f"no input of kind {kind!r}")

    def _package(self, path: Path) -> Any:
        key = str(path)
        if key not in self._packages:
            self._packages[key] = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
        return self._packages[key]

    def changed_since(self, read: Read, moment: float) -> bool:
        """Return whether an input's file was written after a moment (by the time of its inode, which no copy keeps)."""
        kind, name, _ = read
        path = self.path(name)
        try:
            return (path / "datapackage.json" if kind in PACKAGED else path).stat().st_ctime > moment
        except OSError:
            return False
