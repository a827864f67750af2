"""What the benchmarks share: the machine they ran on, and where results go."""

from __future__ import annotations

import json
import os
import platform
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def machine() -> dict[str, Any]:
    """Return what a reader must know of the machine to judge a ratio."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 1),
    }


def save(name: str, result: dict[str, Any]) -> Path:
    """Write a benchmark's results with machine and date; called after every step, so that a stop loses little."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    content = {"date": date.today().isoformat(), **result}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


class Peak:
    """The most memory that this process's children held at one time, shared pages counted once (PSS), in MB."""

    def __init__(self) -> None:
        self.megabytes = 0.0


@contextmanager
def memory() -> Iterator[Peak]:
    """Watch the memory of all processes started inside the context, twice a second."""
    peak, stop = Peak(), threading.Event()

    def watch() -> None:
        own = psutil.Process()
        while not stop.wait(0.5):
            total = 0.0
            for child in own.children(recursive=True):
                try:
                    total += child.memory_full_info().pss
                except psutil.Error:
                    continue
            peak.megabytes = max(peak.megabytes, total / 1e6)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


class Clock:
    """Seconds that steps took, by the clock on the wall and by the processors (all child processes together).

    The second hardly depends on what else the machine does, the first on how well a step uses its cores.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.processor: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Note a step."""
        begun, spent = time.monotonic(), self._spent()
        yield
        self.seconds[name] = round(time.monotonic() - begun, 2)
        self.processor[name] = round(self._spent() - spent, 2)
        print(f"{name}: {self.seconds[name]:.1f} s, {self.processor[name]:.1f} s of processor", flush=True)

    def same(self, name: str, other: str) -> None:
        """Note steps under another name too: those that begin with `name` under one that begins with `other`."""
        for noted in (self.seconds, self.processor):
            noted |= {f"{other}{step[len(name) :]}": spent for step, spent in noted.items() if step.startswith(name)}

    @staticmethod
    def _spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    def ratio(self, name: str, against: str) -> dict[str, float]:
        """Return the two ratios of two steps, under the names that the results have."""
        return {
            f"{name} / {against}": round(self.seconds[name] / self.seconds[against], 4),
            f"{name}: processor / {against}: processor": round(self.processor[name] / self.processor[against], 4),
        }
