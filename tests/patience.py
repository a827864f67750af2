"""A plugin for nbval on a loaded machine: its waits of five and ten seconds become as long as all others (`waits.CAP`)."""

from __future__ import annotations

from functools import wraps

import pytest
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell

import waits


def pytest_configure(config: pytest.Config) -> None:
    """Let a kernel that starts have the time it needs for its first reply."""
    await_reply = RunningKernel.await_reply

    @wraps(await_reply)
    def patient(self: RunningKernel, msg_id: str, timeout: float | None = None) -> None:
        await_reply(self, msg_id, timeout=None if timeout is None else max(timeout, waits.CAP))

    RunningKernel.await_reply = patient


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let a cell have the time it needs for its last word."""
    if isinstance(item, IPyNbCell):
        item.output_timeout = max(item.output_timeout, waits.CAP)
