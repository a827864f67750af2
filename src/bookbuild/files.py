"""Files and folders that change whole or not at all."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
import tempfile
import time
from pathlib import Path

from bookbuild.errors import BookError

_AT_FDCWD = -100
_RENAME_EXCHANGE = _RENAME_SWAP = 2


def private(folder: Path) -> Path:
    """Make a folder that only this user may enter, or see that one is.

    Raises `BookError`: something else lies there: a file, a link, or a folder of another user.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise BookError(
                f"{folder}: a link, a file or another user's folder; expected a folder that this program made. "
                "Remove it, and see who made it."
            ) from None
    if stat.S_IMODE(os.lstat(folder).st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there; a link in its place is replaced, not followed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), 0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def touch(path: Path) -> None:
    """Note that a file is in use, once a day: what nobody uses for long may be removed."""
    now = time.time()
    try:
        if now - path.stat().st_mtime > 86_400:
            os.utime(path)
    except OSError:
        return


def link(source: Path, target: Path) -> None:
    """Make a file appear at another place too: a hard link where the file system can, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        # Other device, or no links here.
        shutil.copyfile(source, target)


def exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step, where the platform can (Linux and macOS).

    Returns whether it was done; nothing has happened where not. Raises `OSError`: the platform can, but it failed.
    """
    if sys.platform not in ("linux", "darwin"):
        return False
    one, other = os.fsencode(first), os.fsencode(second)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = library.renamex_np(one, other, _RENAME_SWAP)
        else:
            failed = library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE)
    except (OSError, AttributeError):
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code), os.fspath(first))
