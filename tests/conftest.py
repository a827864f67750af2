"""Fixtures. Every table made here is synthetic and small enough to check by eye."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pandas as pd
import pytest

import lanes

# As it is imported, jsonschema compiles grammars of 38 kinds of address, a second in each process; no schema here asks for one.
if "jsonschema" not in sys.modules:
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    importlib.import_module("jsonschema")
    del sys.modules["rfc3987_syntax"]

ROOT = Path(__file__).resolve().parent.parent

# A loaded machine is slow, not wrong: no example has a time of its own.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.register_profile("quick", hypothesis.settings.get_profile("house"), max_examples=20)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser):
    parser.addoption("--lane", choices=lanes.LANES, default="test", help="quick: one edition, no browser, no book")


def pytest_configure(config):
    """Try fewer examples of a property in the lane that runs after every edit."""
    if config.getoption("--lane") == "quick":
        hypothesis.settings.load_profile("quick")


def pytest_ignore_collect(collection_path, config):
    """Read no file, in the lane that runs after every edit, of which it has no test."""
    return True if config.getoption("--lane") == "quick" and not lanes.has_quick(collection_path) else None


def pytest_collection_modifyitems(config, items):
    """Choose the lane's tests, put the longest first, and tell workers which tests share what is made once."""
    if config.getoption("--lane") == "quick":
        quick = {item for item in items if lanes.is_quick(item)}
        config.hook.pytest_deselected(items=[item for item in items if item not in quick])
        items[:] = [item for item in items if item in quick]
    items.sort(key=lanes.place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep what shares figures or a file on one worker, where `--dist loadfile` asks for it."""
    return lanes.Scheduling(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_make_parametrize_id(config, val, argname):
    """Name bytes by their argument: an archive holds the time it was made, and workers must collect the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def browser():
    """The one browser of the run: Playwright's synchronous interface cannot be started twice in a process."""
    import browser as chromium

    with chromium.launch() as running:
        yield running


@pytest.fixture(scope="session")
def raw_folder() -> Path:
    """The folder of raw files, where the machine has it."""
    given = os.environ.get("MALI_RAW", "")
    if not given:
        pytest.skip("MALI_RAW is not set: no folder of raw files to derive the tables from")
    if not Path(given).is_dir():
        pytest.fail(f"MALI_RAW names {given}, which is no folder")
    return Path(given)


HOMES = {"helpers", "bookbuild", *(path.stem for path in Path(__file__).parent.rglob("*.py"))}
"""Where functions whose results are kept are looked for: the packages and the tests."""
_found: dict[str, tuple[int, list[Any]]] = {}


def _caches() -> list[Any]:
    """Return every cache of functions that the package and the tests hold; a module is searched when it has grown."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in HOMES and _found.get(name, (0,))[0] != len(vars(module)):
            held = [value for value in list(vars(module).values()) if callable(getattr(value, "cache_info", None))]
            _found[name] = len(vars(module)), held
    return [one for _, held in _found.values() for one in held]


@contextmanager
def forgetful() -> Iterator[pytest.MonkeyPatch]:
    """Patch as pytest does; what was computed and kept while code was patched is forgotten with the patch.

    A test that let an effect be 0.85 once left the placebo effects of an edition in memory, and its record, taken later in
    the same process, differed.
    """
    before: dict[int, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        plain = patch.setattr

        def setattr(*args: Any, **options: Any) -> None:
            if not before:
                before.update({id(one): one.cache_info().misses for one in _caches()})
            plain(*args, **options)

        patch.setattr = setattr
        yield patch
    for one in _caches() if before else ():
        if one.cache_info().misses > before.get(id(one), 0):
            one.cache_clear()


@pytest.fixture
def monkeypatch() -> Iterator[pytest.MonkeyPatch]:
    """As pytest's, and `forgetful`."""
    with forgetful() as patch:
        yield patch


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the project's tables that a test may spoil."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def rows(*records: tuple) -> pd.DataFrame:
    """Make synthetic rows of the `actors` table.

    A record is month, region, event type, side 1, side 2, events, fatalities, and optionally deadliest, band,
    wagner, flm.
    """
    columns = [
        "month",
        "region",
        "event_type",
        "side1",
        "side2",
        "events",
        "fatalities",
        "deadliest",
        "band",
        "wagner",
        "flm",
    ]
    defaults = (None, "250+", "no", "no")
    full = []
    for record in records:
        extra = defaults[len(record) - 7 :] if len(record) > 7 else defaults
        values = [*record, *extra]
        if values[7] is None:
            values[7] = values[6]
        full.append(values)
    return pd.DataFrame(full, columns=columns)


BATTLE, BOMB, VAC, OTHER = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Other political violence",
)


@pytest.fixture
def tiny() -> pd.DataFrame:
    """Two months of synthetic events, small enough to add up by eye.

    June 2022: JNIM battle in Mopti 2 events 5 deaths; JNIM VAC in Segou 1 event 3 deaths within 150 km of Bamako;
    army VAC in Mopti 1 event 4 deaths with Wagner mentioned; unidentified group battle in Gao 1 event 0 deaths.
    July 2022: IS battle against JNIM in Gao 3 events 9 deaths (deadliest 7); mob violence in Bamako 1 event 1 death;
    JNIM bomb that hits civilians in Mopti 1 event 2 deaths; Wagner VAC in Mopti 2 events 6 deaths.
    """
    return rows(
        ("2022-06", "Mopti", BATTLE, "jnim", "state", 2, 5),
        ("2022-06", "Segou", VAC, "jnim", "civilians", 1, 3, None, "100-150"),
        ("2022-06", "Mopti", VAC, "state", "civilians", 1, 4, None, "250+", "mentioned"),
        ("2022-06", "Gao", BATTLE, "unidentified", "state", 1, 0),
        ("2022-07", "Gao", BATTLE, "is-sahel", "jnim", 3, 9, 7),
        ("2022-07", "Bamako", OTHER, "other", "civilians", 1, 1, None, "0-50"),
        ("2022-07", "Mopti", BOMB, "jnim", "civilians", 1, 2),
        ("2022-07", "Mopti", VAC, "wagner", "civilians", 2, 6, None, "250+", "named"),
    )
