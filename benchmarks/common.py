"""What the benchmarks share: the machine they ran on, and where results go."""

from __future__ import annotations

import json
import os
import platform
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


@contextmanager
def timed(into: dict[str, float], name: str) -> Iterator[None]:
    """Note the seconds that a step took."""
    begun = time.monotonic()
    yield
    into[name] = round(time.monotonic() - begun, 2)
    print(f"{name}: {into[name]:.1f} s", flush=True)
