"""From Altair: where a chart keeps its frames and parts, and the names it makes up.

Altair refuses frames with periods, and has no hook to change them before it writes; `_kwds` is where a chart's data stand.
Names of data sets, views and parameters are hashes of their content, so that one changed figure would change lines far from
it. Since 5.0; in 4 the names were counted.

Altair holds each part of a chart against its schema as the part is made, and the whole again when it is written
(`Figure.spec`), which refuses the same: without the first a figure is made in three quarters of the time. For every channel
that is given in short it hashes the schemas of all its classes anew: here that is done once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import altair as alt
import pandas as pd
from altair.utils import schemapi

from bookbuild.borrowed import Loan

LOAN = Loan("altair", "6.3.0", ("helpers.figures", "helpers.hollow"))
schemapi.DEBUG_MODE = False
_CLASSES = tuple(alt.VegaLiteSchema._default_wrapper_classes())
alt.VegaLiteSchema._default_wrapper_classes = classmethod(lambda cls: _CLASSES)  # type: ignore[assignment,method-assign]
schemapi._FromDict = cache(schemapi._FromDict)  # type: ignore[assignment,misc]
_GENERATED = re.compile(r"\b(view|param)_[0-9a-f]+(?:_\d+)?\b")


def given(channel: alt.SchemaBase) -> dict[str, Any]:
    """Return what an encoding channel was made with."""
    return dict(channel._kwds)


def with_parts(chart: Any, change: Callable[[Any], Any]) -> Any:
    """Return a chart whose layers, panels and facet have been through a function: itself where none is another by it."""
    changed: dict[str, Any] = {}
    for key, value in chart._kwds.items():
        if key in ("layer", "concat", "hconcat", "vconcat") and isinstance(value, list):
            parts = [change(part) for part in value]
            if any(new is not old for new, old in zip(parts, value, strict=True)):
                changed[key] = parts
        elif key == "spec" and isinstance(value, alt.SchemaBase) and (new := change(value)) is not value:
            changed[key] = new
    return _other(chart, changed)


def _other(chart: Any, changed: dict[str, Any]) -> Any:
    if not changed:
        return chart
    chart = chart.copy(deep=False)
    for key, value in changed.items():
        chart[key] = value
    return chart


def plain_frames(chart: Any) -> Any:
    """Return a chart whose frames hold no periods, which Altair cannot write."""
    chart = with_parts(chart, plain_frames)
    value = chart._kwds.get("data")
    if isinstance(value, pd.DataFrame):
        periods = [n for n in value.columns if isinstance(value[n].dtype, pd.PeriodDtype)]
        if periods:
            chart = _other(chart, {"data": value.assign(**{n: value[n].dt.start_time for n in periods})})
    return chart


def stable_names(spec: dict[str, Any]) -> dict[str, Any]:
    """Give data sets, views and parameters numbers in order of appearance.

    Altair names them by hashes of their content, so one changed figure would change lines far from it.
    Data sets become ``table_1`` and so on, since Vega-Lite keeps ``data_1`` for itself.
    """
    datasets = spec.pop("datasets", {})
    names: dict[str, str] = {}
    counts: dict[str, int] = {}

    def rename(kind: str, old: str) -> str:
        if old not in names:
            counts[kind] = counts.get(kind, 0) + 1
            names[old] = f"{kind}_{counts[kind]}"
        return names[old]

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            done = {}
            for key in sorted(node):
                value = node[key]
                if key == "data" and isinstance(value, dict) and value.get("name") in datasets:
                    done[key] = {**value, "name": rename("table", value["name"])}
                else:
                    done[key] = value if key == "values" else walk(value)
            return done
        if isinstance(node, list):
            return [walk(item) for item in node]
        if isinstance(node, str):
            return _GENERATED.sub(lambda match: rename(match[1], match[0]), node)
        return node

    renamed = walk(spec)
    if datasets:
        # In the order of their new names; a data set that lookups use is renamed by the same walk.
        renamed["datasets"] = {rename("table", old): values for old, values in datasets.items()}
    return renamed
