"""Kernels for chapters: the usual ipykernel, with a record of what it reads, forked from a warm process or started cold.

papermill and nbclient speak to them as to any kernel; only how they are started differs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, cast

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import Unicode

from helpers.builds import warm
from helpers.builds.environment import allowed
from helpers.inputs import Read, Recorder

PROVISIONERS = {"mali-warm": "WarmProvisioner", "mali-cold": "ColdProvisioner"}


def serve(arguments: Sequence[str]) -> None:
    """Be a kernel until told to shut down.

    Parameters
    ----------
    arguments : sequence of str
        Those of ipykernel, after a first one: the file into which the record of inputs is written.
    """
    from ipykernel.kernelapp import IPKernelApp

    target, *rest = arguments
    sys.argv[1:] = arguments
    # The one who forked this process is its parent, whoever asked for it: ipykernel ends when its parent does.
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    recorder = Recorder()
    app = IPKernelApp.instance()
    app.initialize(list(rest))
    recorder.reads.update(warm.common_reads())
    cells = 0

    def write(result: Any) -> None:
        nonlocal cells
        cells += 1
        record = {"reads": recorder.record(), "beyond": recorder.beyond, "cells": cells}
        # Where it cannot be written, it is short of a cell, and the run is not kept; the chapter is not disturbed.
        with suppress(OSError):
            Path(target).write_text(json.dumps(record), encoding="utf-8")

    assert app.shell is not None
    app.shell.events.register("post_run_cell", write)
    recorder.start()
    app.start()


def read_record(path: Path, cells: int) -> tuple[list[Read], str]:
    """Return what a kernel recorded: inputs, and why they are not all (empty where they are).

    Parameters
    ----------
    path : Path
        The record.
    cells : int
        Cells that were run; a record of fewer is not whole.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [], "its inputs were not recorded"
    if record["cells"] < cells:
        return [], "its inputs were recorded only in part"
    return [(kind, name, detail) for kind, name, detail in record["reads"]], record["beyond"]


def manager(record: Path, address: str = "") -> type:
    """Return the class of kernel managers whose kernels record their inputs.

    Parameters
    ----------
    record : Path
        File for the record.
    address : str
        Socket of a warm process (see `helpers.builds.warm`) to fork the kernel from; started cold where empty.
    """

    class Manager(AsyncKernelManager):
        """A kernel manager for chapters."""

        @property
        def kernel_spec(self) -> KernelSpec:
            factory = KernelProvisionerFactory.instance(parent=self.parent)
            for name, kind in PROVISIONERS.items():
                factory.provisioners[name] = EntryPoint(
                    name, f"{__name__}:{kind}", "jupyter_client.kernel_provisioners"
                )
            named = (
                {"provisioner_name": "mali-warm", "config": {"address": address}}
                if address
                else {"provisioner_name": "mali-cold"}
            )
            metadata = {"kernel_provisioner": named}
            argv = [sys.executable, "-m", "helpers.builds.kernels", str(record), "-f", "{connection_file}"]
            return KernelSpec(
                argv=argv, display_name="Python 3 (ipykernel)", language="python", name="python3", metadata=metadata
            )

    return Manager


class ColdProvisioner(LocalProvisioner):
    """Starts a kernel in a new process, with the environment that processes of a build have."""

    def _finalize_env(self, env: dict[str, str]) -> None:
        """Take out of the environment what a chapter has no use for (called by jupyter_client before the launch)."""
        super()._finalize_env(env)
        kept = allowed(env)
        env.clear()
        env.update(kept)


class WarmProvisioner(ColdProvisioner):
    """Starts a kernel by asking the warm process for a fork."""

    address = Unicode(help="Socket of the warm process.")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork the kernel; `cmd` is what would start it cold: python -m helpers.builds.kernels, then its arguments."""
        fork = _Fork(self.address, cmd[3:], str(kwargs.get("cwd") or ""), dict(kwargs.get("env") or os.environ))
        self.process = cast(subprocess.Popen[Any], fork)
        self.pid = self.pgid = fork.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info


class _Fork:
    """A forked kernel, as jupyter_client sees a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, address: str, arguments: Sequence[str], cwd: str, env: dict[str, str]):
        self._call = warm.Call(address, "helpers.builds.kernels:serve", [list(arguments)], cwd=cwd, env=env, log="")
        self.pid = self._call.pid
        self._over = False

    def poll(self) -> int | None:
        """Return 0 where the kernel has ended, else None."""
        self._over = self._over or self._call.ended()
        return 0 if self._over else None

    def wait(self) -> int:
        """Wait until the kernel has ended."""
        while not (self._over or self._call.ended(1.0)):
            continue
        self._over = True
        self._call.close()
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(9)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(15)


if __name__ == "__main__":
    serve(sys.argv[1:])
