"""A folder that changes in one step and loses nothing that is not ours.

Beside the folder lies its workroom, `.MARK-build-NAME`, with a lock and the new folder while it is made. The lock is
held as long as its process lives; the system lets go of it however that ends, so the next one finds the leftovers of a
killed process unlocked, ends its swap, and removes the rest. What others keep in the folder goes along as links; what
they save into it meanwhile is found in the old folder after the swap and brought over: nothing is removed there but
files that were seen before and are as they were.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bookbuild.errors import BookError
from bookbuild.files import exchange, link, private, write_whole

MARK = "book"
"""Part of a workroom's name where a book gives no mark of its own."""
Stamp = list[int]
"""Inode, time and size of a file: what tells that nobody has written it since."""
ROUNDS = 20
"""How often the old folder is looked through, where somebody keeps writing into it; and how often in a row a workroom may
be gone once it was made, before its place is one that takes no folder."""


class SwapError(BookError):
    """A folder cannot be changed now; the message says why, and it is as it was."""


def scratch_of(folder: Path, mark: str = MARK) -> Path:
    """Return the workroom of a folder, for builds of the book with a mark."""
    return folder.parent / f".{mark}-build-{folder.name}"


def refuse(folder: Path) -> None:
    """Refuse a place in which no folder can be changed: a file, below a file, around the current or the home folder.

    Raises `SwapError`, which says what lies there, and what to do.
    """
    for path in (folder, *folder.parents):
        if os.path.lexists(path) and not path.is_dir():
            raise SwapError(f"{path}: a file lies there; expected a folder, or a name that is free.")
    if Path.cwd().is_relative_to(folder):
        raise SwapError(
            f"{folder}: the current folder lies in it, and it would be replaced as a whole; go to the folder above "
            "and name it from there."
        )
    # What lives there, shells and settings, keeps the old folder open.
    if Path(os.path.expanduser("~")).resolve().is_relative_to(folder):
        raise SwapError(
            f"{folder}: the home folder is or lies in it, and it would be replaced as a whole; name a folder in it."
        )


@contextmanager
def held(folder: Path, *, wait: bool = False, mark: str = MARK) -> Iterator[Path]:
    """Hold a folder for one writer and give it an empty folder to work in, beside it, which is removed at the end.

    Parameters
    ----------
    folder : Path
        The folder, resolved; it need not exist.
    wait : bool
        Wait until another writer has ended, instead of refusing.
    mark : str
        Part of the workroom's name: one for all that write into the same folders.

    Raises
    ------
    SwapError
        Another process holds it, it is a file, the current folder lies in it, or the workroom is not our own.
    """
    refuse(folder)
    scratch = scratch_of(folder, mark)
    handle = _take(scratch, folder, wait)
    try:
        if not recover(folder, scratch):
            raise SwapError(
                f"{scratch / 'old'}: files are being saved into the folder as it was before; end the program that "
                "writes them, and start again."
            )
        _clear(scratch)
        work = scratch / "work"
        work.mkdir()
        yield work
    finally:
        # A swap that was cut in two by an error is mended before the workroom is cleared away.
        if recover(folder, scratch):
            shutil.rmtree(scratch, ignore_errors=True)
        os.close(handle)


def _take(scratch: Path, folder: Path, wait: bool) -> int:
    """Return the handle of the lock file, held. A writer that ends removes the file: then try the new one."""
    gone = 0
    path = scratch / "lock"
    while True:
        try:
            private(scratch)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except FileNotFoundError:
            gone += 1
            if gone > ROUNDS:
                raise
            continue
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise SwapError(f"{path}: a link; expected a lock of ours. Remove it, and see who made it.") from error
            raise
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            who = os.read(handle, 200).decode(errors="replace").strip()
            os.close(handle)
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
            raise SwapError(
                f"{folder}: another build{f' ({who})' if who else ''} is writing this folder; wait until it has "
                "ended, or give this one another folder."
            ) from error
        try:
            same = os.fstat(handle).st_ino == os.lstat(path).st_ino
        except FileNotFoundError:
            same = False
        if same:
            os.ftruncate(handle, 0)
            os.write(handle, f"process {os.getpid()}, since {time.strftime('%H:%M')}".encode())
            return handle
        os.close(handle)


def _clear(scratch: Path) -> None:
    for left in scratch.iterdir():
        if left.name == "lock":
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


# ---------------------------------------------------------------------------------------------- the swap


def _stamp(path: Path | os.DirEntry[str]) -> Stamp:
    found = os.lstat(path)
    return [found.st_ino, found.st_mtime_ns, found.st_size]


def _files(folder: Path) -> Iterator[str]:
    """Return all that is no folder, as paths in the folder; a link to a folder is a file."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield from (f"{entry.name}/{name}" for name in _files(Path(entry.path)))
        else:
            yield entry.name


def _folders(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield Path(entry.path)
            yield from _folders(Path(entry.path))


def carry(folder: Path, staged: Path, ours: Callable[[str], bool]) -> dict[str, list[Stamp]]:
    """Take over into a staged folder what is not ours: by links where the disk allows it, so that nothing is copied.

    `ours` tells of a path in the folder whether we made it, so that it may be replaced or left out. Returns, for
    `swap`, the stamp of every file in the folder, and of what was carried over. Raises `SwapError` where a file that is
    not ours has a place that one of ours would take.
    """
    seen: dict[str, list[Stamp]] = {}
    for name in _files(folder):
        source, target = folder / name, staged / name
        seen[name] = [_stamp(source)]
        if ours(name):
            continue
        if os.path.lexists(target):
            raise taken(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            target.symlink_to(os.readlink(source))
        else:
            link(source, target)
        seen[name].append(_stamp(target))
    # Folders of others stay too, those that hold nothing and those that only their owner may enter; deepest first,
    # because a folder that takes no more files is one when it has them.
    for path in sorted(_folders(folder), key=lambda path: -len(path.parts)):
        target = staged / path.relative_to(folder)
        if not any(path.iterdir()):
            target.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.copystat(path, target)
    return seen


def taken(path: Path) -> SwapError:
    """Return the error that says that something of the user's would be destroyed."""
    kind = "a folder" if path.is_dir() and not path.is_symlink() else "a file"
    return SwapError(
        f"{path}: {kind} that this program did not make, or that was changed since, would be overwritten; nothing was "
        "changed. Move it away, or name another folder."
    )


def swap(staged: Path, folder: Path, seen: dict[str, list[Stamp]] | None = None) -> list[Path]:
    """Put a staged folder in the place of the old one, and bring over what was saved there meanwhile.

    Parameters
    ----------
    staged : Path
        Folder in the folder's workroom.
    folder : Path
        Its place.
    seen : dict, optional
        What `carry` returned; where not given, all that lies in the folder now is ours.

    Returns
    -------
    list of Path
        Files that were saved meanwhile under a name that one of ours has: they lie beside it as `NAME.saved`.
    """
    if not folder.exists():
        os.rename(staged, folder)
        return []
    scratch = next(parent for parent in staged.parents if parent.parent == folder.parent)
    if seen is None:
        seen = {name: [_stamp(folder / name)] for name in _files(folder)}
    staged.chmod(stat.S_IMODE(folder.stat().st_mode))
    note = {"inode": folder.stat().st_ino, "staged": str(staged.relative_to(scratch)), "seen": seen}
    write_whole(scratch / "note.json", json.dumps(note).encode())
    if exchange(staged, folder):
        os.rename(staged, scratch / "old")
    else:
        # Two steps, with a moment between them in which there is no folder: `recover` ends what is cut off here.
        os.rename(folder, scratch / "old")
        os.rename(staged, folder)
    saved = _sweep(scratch / "old", folder, seen)
    if not (scratch / "old").exists():
        (scratch / "note.json").unlink()
    return saved


def recover(folder: Path, scratch: Path) -> bool:
    """End a swap that was stopped: put the old folder back where there is none, else bring over what is not ours.

    Returns whether nothing of the user's lies in the workroom any more.
    """
    note = _note(scratch)
    left = False
    for old in (scratch / "old", scratch / note["staged"]) if note else ():
        with suppress(FileNotFoundError):
            found = os.lstat(old)
            # A note may have come with a folder that somebody sent: what it names outside of the workroom is not ours.
            inside = old.resolve().is_relative_to(scratch.resolve())
            if not stat.S_ISDIR(found.st_mode) or not inside or found.st_ino != note["inode"]:
                continue
            if folder.exists():
                _sweep(old, folder, note["seen"])
                left = left or old.exists()
            else:
                os.rename(old, folder)
    if not left:
        (scratch / "note.json").unlink(missing_ok=True)
    return not left


def _note(scratch: Path) -> dict[str, Any]:
    try:
        note = json.loads((scratch / "note.json").read_text(encoding="utf-8"))
        kinds = {"inode": int, "staged": str, "seen": dict}
        return {key: note[key] for key in kinds} if all(isinstance(note[k], kinds[k]) for k in kinds) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _sweep(old: Path, folder: Path, seen: dict[str, list[Stamp]]) -> list[Path]:
    """Empty the old folder: remove what is as it was seen, bring over the rest; return what lies beside ours now.

    A file that somebody puts there meanwhile keeps its folder from being removed, and is found in the next round.
    """
    saved = []
    for path in _folders(old):
        path.chmod(0o700)
    for _ in range(ROUNDS):
        for name in list(_files(old)):
            with suppress(FileNotFoundError):
                saved += _bring(old / name, folder / name, seen.get(name, []))
        _remove_empty(old)
        if not old.exists():
            break
    return saved


def _bring(path: Path, target: Path, seen: list[Stamp]) -> list[Path]:
    stamp = _stamp(path)
    there = _stamp(target) if os.path.lexists(target) else []
    # Pages are links into the cache of builds, which notes at the file when it was last of use.
    noted = os.lstat(path).st_nlink > 1 and len(seen) == 1 and seen[0][::2] == stamp[::2]
    if noted or seen[:1] == [stamp] or there[:1] == stamp[:1]:
        path.unlink()
        return []
    if there and seen[1:] == [there]:
        # Carried over and written since, before the swap: what was carried is the older.
        os.replace(path, target)
        return []
    beside = target
    number = 0
    while os.path.lexists(beside):
        number += 1
        beside = target.with_name(f"{target.name}.saved{number if number > 1 else ''}")
    beside.parent.mkdir(parents=True, exist_ok=True)
    os.rename(path, beside)
    return [beside] if number else []


def _remove_empty(folder: Path) -> None:
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            _remove_empty(Path(entry.path))
    with suppress(OSError):
        folder.rmdir()
