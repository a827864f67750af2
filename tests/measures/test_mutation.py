"""Breaking any one measure turns at least one hand-worked test red.

Each public function of the measuring modules is replaced in turn by one whose result is slightly wrong, and the
tests of that module are called again: were all of them to pass, nothing would hold that function in place.
"""

from __future__ import annotations

import inspect
from dataclasses import is_dataclass, replace
from types import ModuleType

import pandas as pd
import pytest

import test_ingest
import test_measures
import test_windows
from helpers import definitions, geodesy, measures, windows


def wrong(value):
    """Return something close to a result, but not it."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        return value * 1.05 + 0.01
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, list):
        return value[:-1]
    if isinstance(value, tuple):
        return tuple(wrong(part) for part in value)
    if isinstance(value, pd.DataFrame):
        numbers = value.select_dtypes("number").columns
        return value.assign(**{column: value[column] * 1.05 + 1 for column in numbers}) if len(numbers) else value[:-1]
    if isinstance(value, pd.Series):
        return value.map(wrong)
    if isinstance(value, windows.Window):
        return windows.Window(value.first, value.last + 1)
    if isinstance(value, pd.Period):
        return value + 1
    if is_dataclass(value):
        return replace(value, low=value.low * 1.1 + 0.1, high=value.high * 0.9)
    if hasattr(value, "dtype"):
        return value * 1.05 + 0.01
    raise TypeError(type(value))


def public(module: ModuleType) -> list[str]:
    return [
        name
        for name, thing in inspect.getmembers(module, inspect.isfunction)
        if thing.__module__ == module.__name__ and not name.startswith("_")
    ]


def hand_worked(module: ModuleType, tiny: pd.DataFrame) -> list:
    """Return the module's tests that need nothing, or only the synthetic frame."""
    found = []
    for name, test in inspect.getmembers(module, inspect.isfunction):
        if not name.startswith("test_") or hasattr(test, "hypothesis"):
            continue
        needs = list(inspect.signature(test).parameters)
        marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
        if len(marks) == 1:
            names = (
                [n.strip() for n in marks[0].args[0].split(",")]
                if isinstance(marks[0].args[0], str)
                else (list(marks[0].args[0]))
            )
            if set(needs) == set(names):
                for values in marks[0].args[1]:
                    given = dict(zip(names, values if len(names) > 1 else (values,), strict=True))
                    found.append(lambda test=test, given=given: test(**given))
        elif needs == ["tiny"]:
            found.append(lambda test=test: test(tiny.copy()))
        elif not needs:
            found.append(test)
    return found


def survives(tests: list) -> bool:
    for test in tests:
        try:
            test()
        except Exception:  # noqa: BLE001 - any failure, of whatever kind, is a red test
            return False
        except BaseException as stop:  # pytest.fail and pytest.raises end tests with exceptions of their own
            if isinstance(stop, KeyboardInterrupt):
                raise
            return False
    return True


CASES = [
    (module, name, tests)
    for module, tests in ((measures, test_measures), (windows, test_windows), (geodesy, test_ingest))
    for name in public(module)
]


@pytest.mark.parametrize(("module", "name", "tests"), CASES, ids=[f"{c[0].__name__}.{c[1]}" for c in CASES])
def test_a_broken_measure_is_noticed(module, name, tests, tiny, monkeypatch):
    suite = hand_worked(tests, tiny)
    assert survives(suite), "the tests must pass on the code as it is"
    right = getattr(module, name)
    for owner in (module, tests, measures, geodesy):
        if getattr(owner, name, None) is right:
            monkeypatch.setattr(owner, name, lambda *a, **k: wrong(right(*a, **k)))
    assert not survives(suite), f"{module.__name__}.{name} can be wrong without any test noticing"


def test_rounding_halves_down_would_be_noticed(monkeypatch):
    from helpers import prose

    monkeypatch.setattr(prose, "round_half_up", lambda value, digits=0: round(value, digits))
    assert prose.number(2.5) == "2"
    monkeypatch.undo()
    assert prose.number(2.5) == "3"
    assert definitions.round_half_up(2.5) == 3
