"""Files into a folder, all at once: whatever stops the process, the folder is the old one or the new one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from helpers.errors import DataError
from helpers.files import exchange


def place(content: Mapping[str, bytes], out: Path) -> list[Path]:
    """Put files into a folder, beside what else lies in it, in one step.

    The new folder is made whole next to the old one and then exchanged with it, where the system can do that in one
    step (Linux, macOS), else by two renames. A folder left over from a process that was killed is removed.

    Parameters
    ----------
    content : mapping of str to bytes
        File name to content.
    out : Path
        Folder.

    Returns
    -------
    list of Path
        Files written.

    Raises
    ------
    DataError
        The folder cannot be written.
    """
    out = out.expanduser().resolve()
    try:
        if out.exists() and not out.is_dir():
            raise DataError(f"{out}: a file; expected a folder for the tables. Give another --out.")
        out.parent.mkdir(parents=True, exist_ok=True)
        _tidy(out)
        staging = out.parent / f".{out.name}.ingest-{os.getpid()}"
        try:
            staging.mkdir()
            if out.is_dir():
                _carry(out, staging, set(content))
            for name, data in content.items():
                (staging / name).write_bytes(data)
            if out.is_dir():
                staging.chmod(out.stat().st_mode & 0o7777)
                _exchange(staging, out)
            else:
                os.rename(staging, out)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise DataError(
            f"{out}: cannot be written ({error.strerror or error}); expected a folder that may be replaced. "
            "Give another --out, or make room."
        ) from error
    return [out / name for name in content]


def _carry(old: Path, new: Path, replaced: set[str]) -> None:
    """Take over what is not replaced: by links where the disk allows it, so that nothing is copied."""

    def link(source: str, target: str) -> None:
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)

    for path in old.iterdir():
        if path.name in replaced:
            continue
        if path.is_symlink():
            (new / path.name).symlink_to(os.readlink(path))
        elif path.is_dir():
            shutil.copytree(path, new / path.name, symlinks=True, copy_function=link)
        else:
            link(str(path), str(new / path.name))


def _exchange(new: Path, old: Path) -> None:
    if exchange(new, old):
        return
    aside = old.parent / f".{old.name}.ingest-{os.getpid()}-old"
    os.rename(old, aside)
    try:
        os.rename(new, old)
    except OSError:
        os.rename(aside, old)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _tidy(out: Path) -> None:
    """Remove what a killed process left beside the folder, and put the old folder back where it stood last."""
    for left in sorted(out.parent.glob(f".{out.name}.ingest-*")):
        owner = left.name.removeprefix(f".{out.name}.ingest-").removesuffix("-old")
        if not owner.isdigit() or _alive(int(owner)):
            continue
        if left.name.endswith("-old") and not out.exists():
            os.rename(left, out)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
