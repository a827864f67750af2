"""The one place where tests wait: for a condition, never for a time, and with a cap that fails the test and shows the log.

A cap is no threshold: it is long enough for any loaded machine, and reaching it is a failure that says what was waited for.
`tests/project/test_waits.py` forbids clocks, pauses and ports that were let go of everywhere else.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

CAP = 300.0
"""Seconds after which something that was waited for has failed."""


def until(condition: Callable[[], object], what: str, log: Callable[[], str] = str) -> None:
    """Wait until a condition holds; fail with what was waited for, and a log, where it never does.

    Parameters
    ----------
    condition : callable
        Asked again and again.
    what : str
        What is waited for.
    log : callable
        Gives the text to show with a failure.
    """
    end = time.monotonic() + CAP
    while not condition():
        if time.monotonic() > end:
            pytest.fail(f"waited {CAP:.0f} s for {what}\n{log()}")
        time.sleep(0.05)


@contextmanager
def running(
    command: Sequence[str], log: Path, *, cwd: Path, env: dict[str, str], pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen]:
    """Run a program in a group of its own, which is killed at the end, whatever happened.

    Parameters
    ----------
    command, cwd, env, pass_fds
        As for `subprocess.Popen`.
    log : Path
        File for what it says.
    """
    with log.open("w") as said:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdout=said, stderr=said, pass_fds=pass_fds, start_new_session=True
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


_LAB = """
import socket, sys
from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp
from tornado.httpserver import HTTPServer
held = socket.socket(fileno=int(sys.argv.pop(1)))
held.setblocking(False)
ServerApp._find_http_port = lambda self: None
HTTPServer.listen = lambda self, *_, **__: self.add_socket(held)
LabApp.launch_instance()
"""


@contextmanager
def jupyterlab(folder: Path, beside: Path, *arguments: str) -> Iterator[str]:
    """Run JupyterLab on a folder, on a socket that it is handed, and yield its address once it answers.

    Parameters
    ----------
    folder : Path
        What it shows.
    beside : Path
        Folder for its settings and its log.
    arguments : str
        More of JupyterLab's own.
    """
    # Bound and listening before JupyterLab begins: nobody can take the port, and who asks early waits for an answer.
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        command = [
            *(sys.executable, "-c", _LAB, str(held.fileno()), "--no-browser", "--allow-root"),
            *(f"--port={port}", "--ServerApp.ip=127.0.0.1"),
            *("--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"),
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            *("--LabApp.news_url=None", "--LabApp.extension_manager=readonly"),
            *arguments,
        ]
        homes = {f"JUPYTER_{name}_DIR": str(beside / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
        environment = os.environ | homes | {"IPYTHONDIR": str(beside / "ipython")}
        log = beside / "lab.log"
        with running(command, log, cwd=folder, env=environment, pass_fds=[held.fileno()]):
            # Where JupyterLab has ended, nobody holds the port any more and the question fails.
            held.close()
            address = f"http://127.0.0.1:{port}"
            try:
                urllib.request.urlopen(f"{address}/api", timeout=CAP).close()
            except OSError as error:
                pytest.fail(f"JupyterLab never answered ({error}):\n{log.read_text()}")
            yield address


def programs(word: str) -> list[str]:
    """Return the command lines of this machine's programs that hold a word, on any system."""
    listed = subprocess.run(["ps", "-A", "-ww", "-o", "args="], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if word in line]


def settled(folder: Path) -> None:
    """Wait until every file of a folder is older than now, so that none counts as written while something ran."""
    newest = max(path.lstat().st_ctime for path in folder.rglob("*"))
    until(lambda: time.time() > newest + 0.1, f"the files of {folder} to be older than now")
