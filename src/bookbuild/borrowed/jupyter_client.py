"""From jupyter-client: how a kernel is started, so that chapters run in forks with a record of what they read.

A kernel is started by a provisioner, found by name in a table of entry points; the book's are put into that table at run
time, because their settings (a socket, a record) belong to one run. A provisioner asks its process for what
`subprocess.Popen` has, and makes the environment final in a method of its own. papermill hands the class of the kernel
manager through to nbclient. Since 0.3 of the book, with jupyter-client 8.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, cast

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import Unicode

from bookbuild import warm
from bookbuild.borrowed import Loan
from bookbuild.environment import allowed

LOAN = Loan("jupyter-client", "8.10.0", ("bookbuild.kernels",))
PROVISIONERS = {"book-warm": "WarmProvisioner", "book-cold": "ColdProvisioner"}
SERVED_BY = "bookbuild.kernels"
"""Module that is a kernel, run cold as a program, or its `serve` in a fork."""


def manager(record: Path, address: str = "", mark: str = "") -> type:
    """Return the class of kernel managers whose kernels record their inputs.

    `record`: file for the record. `address`: socket of a warm process (see `bookbuild.warm`) to fork the kernel from;
    started cold where empty.
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
                {"provisioner_name": "book-warm", "config": {"address": address, "mark": mark}}
                if address
                else {"provisioner_name": "book-cold", "config": {"mark": mark}}
            )
            metadata = {"kernel_provisioner": named}
            argv = [sys.executable, "-m", SERVED_BY, str(record), "-f", "{connection_file}"]
            return KernelSpec(
                argv=argv, display_name="Python 3 (ipykernel)", language="python", name="python3", metadata=metadata
            )

    return Manager


class ColdProvisioner(LocalProvisioner):
    """Starts a kernel in a new process, with the environment that processes of a build have."""

    mark = Unicode(help="Mark of the book.")

    def _finalize_env(self, env: dict[str, str]) -> None:
        """Take out of the environment what a chapter has no use for (called by jupyter_client before the launch)."""
        super()._finalize_env(env)
        kept = allowed(env, self.mark)
        env.clear()
        env.update(kept)


class WarmProvisioner(ColdProvisioner):
    """Starts a kernel by asking the warm process for a fork."""

    address = Unicode(help="Socket of the warm process.")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork the kernel; `cmd` is what would start it cold: python -m bookbuild.kernels, then its arguments."""
        fork = _Fork(self.address, cmd[3:], str(kwargs.get("cwd") or ""), dict(kwargs.get("env") or os.environ))
        self.process = cast(subprocess.Popen[Any], fork)
        self.pid = self.pgid = fork.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info


class _Fork:
    """A forked kernel, as jupyter_client sees a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, address: str, arguments: Sequence[str], cwd: str, env: dict[str, str]):
        self._call = warm.Call(address, f"{SERVED_BY}:serve", [list(arguments)], cwd=cwd, env=env, log="")
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
