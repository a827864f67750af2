"""A process that has imported everything and forks: what runs in a fork starts at once, in a state of its own.

A chapter's kernel would spend two seconds importing, a book two more. This process does it once for a build, reads
the tables once too, and then forks a child for each request. A child is a process like any other: nothing it does is
seen by the next one, so what a chapter shows is the same, byte by byte, as in a kernel started afresh (a test holds
them against each other).

The process runs no threads of its own, serves one Unix socket, and ends with all its children as soon as its standard
input closes: that is, whenever the build ends, killed or not.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from bookbuild.environment import allowed
from bookbuild.errors import BookError
from bookbuild.inputs import Read, Recorder

_common: list[Read] = []
"""Files other than modules that were read while importing, in a fork: inputs of everything that runs in it."""


class WarmError(BookError):
    """The process that runs chapters ended or broke; the message ends with what it said."""


def common_reads() -> list[Read]:
    """Return the files that were read while the process that this one was forked from was importing."""
    return list(_common)


# ---------------------------------------------------------------------------------------------- the process


def resolved(target: str) -> Callable[..., Any]:
    """Return a function by its name, `module:function`."""
    module, _, name = target.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _preload(modules: Sequence[str], ahead: Sequence[str]) -> list[Read]:
    recorder = Recorder()
    recorder.start()
    for name in modules:
        # What cannot be imported fails where it is used, with the reason; so does a table that cannot be read.
        with suppress(Exception):
            importlib.import_module(name)
    recorder.stop()
    # By name: a chapter that reads no table does not depend on the module that reads them.
    if ahead:
        with suppress(Exception):
            resolved(ahead[0])(*ahead[1:])
    # Modules are known by their imports, and packages search the folders of sys.path for each other.
    searched = {("folder", os.path.abspath(path), "") for path in sys.path}
    return [read for read in sorted(recorder.reads - searched) if not (read[0] == "file" and read[1].endswith(".py"))]


def serve(address: str, modules: Sequence[str], ahead: Sequence[str]) -> None:
    """Import modules, then fork a child for each request until standard input closes.

    `address`: path of the socket. `modules`: names of modules; one that cannot be imported is passed over. `ahead`:
    what reads tables ahead, as `module:function`, and its arguments; none where empty.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.filterwarnings("ignore", message=".*multi-threaded.*fork", category=DeprecationWarning)
    listener = socket.socket(socket.AF_UNIX)
    # The path appears when there is someone to answer, not before.
    listener.bind(f"{address}.new")
    listener.listen(64)
    os.rename(f"{address}.new", address)
    # What is imported stays: nothing of it is garbage before the end.
    gc.disable()
    _common.extend(_preload(modules, ahead))
    gc.collect()
    gc.enable()
    # Children share these pages as long as nothing writes to them; the collector would.
    gc.freeze()
    children: set[int] = set()
    door = listener.fileno()
    try:
        while True:
            ready, _, _ = select.select([door, 0], [], [], 1.0)
            children -= _ended(children)
            if 0 in ready and not os.read(0, 1):
                return
            if door in ready:
                connection, _ = listener.accept()
                with connection:
                    children.add(_fork(listener, connection))
    finally:
        for child in children - _ended(children):
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)


def _ended(children: set[int]) -> set[int]:
    return {child for child in children if os.waitpid(child, os.WNOHANG)[0]}


def _fork(listener: socket.socket, connection: socket.socket) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        # Here as well as in the child, so that it can be killed as a group from the first moment.
        with suppress(OSError):
            os.setpgid(child, child)
        return child
    code = 1
    try:
        listener.close()
        code = _child(connection)
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _child(connection: socket.socket) -> int:
    with suppress(OSError):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    request = json.loads(connection.makefile("rb").readline())
    connection.sendall(json.dumps({"pid": os.getpid()}).encode() + b"\n")
    null = os.open(os.devnull, os.O_RDWR)
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND) if request["log"] else null
    for number, handle in enumerate((null, log, log)):
        os.dup2(handle, number)
    os.environ.clear()
    os.environ.update(request["env"])
    if request["cwd"]:
        os.chdir(request["cwd"])
    try:
        answer = {"result": resolved(request["target"])(*request["args"])}
    except BookError as error:
        answer = {"error": type(error).__name__, "message": str(error)}
    except OSError as error:
        answer = {"errno": error.errno or 0, "message": str(error)}
    except BaseException:  # noqa: BLE001 - the end of the process: told to the one who asked
        answer = {"broke": traceback.format_exc()}
    connection.sendall(json.dumps(answer).encode() + b"\n")
    return 0


def answer_one(handle: int) -> int:
    """Serve one request in this process, over a socket that was handed down."""
    with socket.socket(fileno=handle) as connection:
        return _child(connection)


# ---------------------------------------------------------------------------------------------- its user


class Call:
    """A request being served by a child.

    `pid` (int): the child.
    """

    def __init__(
        self,
        address: str | socket.socket,
        target: str,
        args: Sequence[Any],
        *,
        cwd: str,
        env: dict[str, str],
        log: str,
    ):
        self.connection = socket.socket(socket.AF_UNIX) if isinstance(address, str) else address
        try:
            if isinstance(address, str):
                self.connection.connect(address)
            request = {"target": target, "args": list(args), "cwd": cwd, "env": env, "log": log}
            self.connection.sendall(json.dumps(request).encode() + b"\n")
            self._answers = self.connection.makefile("rb")
            first = self._answers.readline()
        except OSError as error:
            self.connection.close()
            raise WarmError(f"the process that runs chapters has ended ({error}).") from error
        if not first:
            self.connection.close()
            raise WarmError("the process that runs chapters has ended.")
        self.pid: int = json.loads(first)["pid"]

    def ended(self, timeout: float = 0.0) -> bool:
        """Return whether the child has ended (for targets that answer only then)."""
        ready, _, _ = select.select([self.connection], [], [], timeout)
        return bool(ready)

    def answer(self) -> Any:
        """Wait for the child's answer and return it.

        Raises `BookError`: the child's own, or one that says that it broke or was killed. Raises `OSError`: the child's
        own, such as a full disk.
        """
        line = self._answers.readline()
        self.close()
        if not line:
            raise WarmError(
                f"process {self.pid} was ended from outside while it worked (killed, or out of memory); "
                "start the build again: what was finished is kept."
            )
        answer = json.loads(line)
        if "result" in answer:
            return answer["result"]
        if "errno" in answer:
            raise OSError(answer["errno"], answer["message"])
        if "error" in answer:
            raise _error_type(answer["error"])(answer["message"])
        raise WarmError(f"a process of the build broke:\n{answer['broke']}")

    def close(self) -> None:
        """Let go of the connection."""
        self._answers.close()
        self.connection.close()


def _error_type(name: str) -> type[BookError]:
    known = [BookError]
    for kind in known:
        known.extend(kind.__subclasses__())
    return next((kind for kind in known if kind.__name__ == name), BookError)


class Warm:
    """Start the process, use it, end it (a context manager).

    `modules`: modules to import beforehand. `ahead`: what reads tables beforehand (see `serve`). `mark`: of the book
    (`bookbuild.recipe.Recipe`).
    """

    def __init__(self, modules: Sequence[str], ahead: Sequence[str] = (), mark: str = ""):
        self._modules = list(modules)
        self._ahead = list(ahead)
        self._mark = mark
        self._used = False

    def __enter__(self) -> Warm:
        # A socket's path may have about 100 characters, so it cannot lie beside the site.
        self._folder = tempfile.TemporaryDirectory(prefix="book-")
        self.address = str(Path(self._folder.name) / "s")
        self._log = Path(self._folder.name) / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bookbuild.warm", self.address, json.dumps([self._modules, self._ahead])],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=allowed(os.environ, self._mark),
                start_new_session=True,
            )
        while not os.path.exists(self.address):
            if self._process.poll() is not None:
                self.__exit__(None, None, None)
                raise WarmError(f"the process that runs chapters did not start:\n{self._said}")
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.01)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._used:
            self._process.kill()
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()
        self._said = self._log.read_text(encoding="utf-8", errors="replace")[-2000:] if self._log.exists() else ""
        self._folder.cleanup()

    def call(self, target: str, *args: Any, cwd: str = "", log: str = "") -> Any:
        """Run a function in a fork and return what it returned.

        Parameters
        ----------
        target : str
            `module:function`.
        args
            Anything JSON can carry; so must be the result.
        cwd : str
            Its working directory.
        log : str
            File for what it writes to its standard output and error; nowhere where empty.
        """
        self._used = True
        try:
            return Call(self.address, target, args, cwd=cwd, env=allowed(os.environ, self._mark), log=log).answer()
        except WarmError as error:
            said = self._log.read_text(encoding="utf-8", errors="replace")[-2000:].strip() if self._log.exists() else ""
            if said and self._process.poll() is not None:
                raise WarmError(f"{error} It said:\n{said}") from error
            raise


class Cold:
    """The same without a warm process: every call in a process started afresh, every kernel too.

    `mark`: of the book (`bookbuild.recipe.Recipe`).
    """

    address = ""

    def __init__(self, mark: str = ""):
        self._mark = mark

    def __enter__(self) -> Cold:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: the processes have ended with their calls."""

    def call(self, target: str, *args: Any, cwd: str = "", log: str = "") -> Any:
        """Run a function in a new process and return what it returned (see `Warm.call`)."""
        here, there = socket.socketpair()
        with here, there:
            process = subprocess.Popen(
                [sys.executable, "-m", "bookbuild.warm", str(there.fileno())],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                env=allowed(os.environ, self._mark),
            )
            there.close()
            try:
                return Call(here, target, args, cwd=cwd, env=allowed(os.environ, self._mark), log=log).answer()
            finally:
                process.kill()
                process.wait()


if __name__ == "__main__":
    # As a module of its own name, so that forks that import it find what was recorded here.
    from bookbuild import warm

    if len(sys.argv) == 2:
        sys.exit(warm.answer_one(int(sys.argv[1])))
    warm.serve(sys.argv[1], *json.loads(sys.argv[2]))
