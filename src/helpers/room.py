"""Room for the words beside a chart: names of rows and keys are broken into lines where they are too long, never cut.

Vega ends a label that is longer than its limit with an ellipsis. What is broken here is broken in every picture of a
figure: on the page, in its downloads, on paper and in JupyterLab. On a phone the page breaks sooner (`mali.js`).

Examples
--------
>>> spec = {"data": {"values": [{"who": "a name " * 9}]}, "mark": "bar", "config": {"legend": {"labelLimit": 280}},
...     "encoding": {"y": {"field": "who", "type": "nominal"}}}
>>> give(spec)
>>> spec["height"], spec["encoding"]["y"]["axis"]["labelExpr"][:24]
(49, 'split(trim(replace(datum')
"""

from __future__ import annotations

import math
import textwrap
from typing import Any

from helpers import letters

SIZE, LINE = 12, 15
"""Size of a label's letters, and height of a line with its leading (px)."""
_SYMBOL = 40
"""Width of a key's symbol with the gaps around it, px; `mali.js` does the same sum."""
_NAMES = 220
"""Room of names at an axis that says nothing else (`palette.theme`), px."""
_WITHIN = ("layer", "vconcat", "hconcat", "concat")


def give(spec: dict[str, Any], width: int = 640) -> None:
    """Make room for the names of rows and for the keys of a chart; changes the specification.

    `spec`: a whole Vega-Lite specification, its words in the language that is read. `width`: of the chart, px.
    """
    _names(spec, spec, [], spec)
    keys = _keys(spec)
    widest = max(keys, key=sum, default=[])
    legend = spec.get("config", {}).get("legend", {})
    if sum(widest) > width:
        # Vega keeps a legend on one line otherwise.
        fit = max(1, width // max(widest))
        legend = {**legend, "columns": min(fit, legend.get("columns", fit))}
    longest = max(widest, default=0) - _SYMBOL
    if longest > legend.get("labelLimit", width):
        legend = {**legend, "labelLimit": min(longest, width)}
    if legend:
        spec["config"] = {**spec["config"], "legend": legend}


def _names(part: dict[str, Any], root: dict[str, Any], rows: list[Any], view: dict[str, Any]) -> None:
    """Break long names of rows, and give the view the height that its lines need."""
    data = part.get("data")
    if isinstance(data, dict):
        rows = data.get("values") or root.get("datasets", {}).get(data.get("name"), [])
    view = part if "height" in part else view
    y = part.get("encoding", {}).get("y", {})
    axis = y.get("axis", {})
    if y.get("type") == "nominal" and axis is not None:
        limit = axis.get("labelLimit", _NAMES)
        most = letters.fitting(limit, SIZE)
        names = {str(row.get(y.get("field"), "")) for row in rows if isinstance(row, dict)}
        lines = max((len(textwrap.wrap(name, most)) for name in names), default=1)
        if any(letters.width(name, SIZE) > limit for name in names) and "labelExpr" not in axis:
            y["axis"] = {**axis, "labelExpr": breaking(most)}
            _heighten(view, lines * LINE + 4, len(names))
    for name in _WITHIN:
        for inner in part.get(name, []):
            _names(inner, root, rows, view)
    if isinstance(part.get("spec"), dict):
        _names(part["spec"], root, rows, part["spec"])


def breaking(most: int) -> str:
    """Return the expression that breaks a label into lines of at most so many letters at its blanks."""
    return f"split(trim(replace(datum.label, /(.{{1,{most}}})(?:\\s+|$)/g, '$1\\n')), '\\n')"


def _heighten(view: dict[str, Any], row: int, rows: int) -> None:
    height = view.get("height", 0)
    if isinstance(height, dict):
        view["height"] = {**height, "step": max(height.get("step", 0), row)}
    else:
        view["height"] = max(height, row * rows)


def _keys(node: Any) -> list[list[int]]:
    """Return the widths of the labels of each scale with named values (px)."""
    if isinstance(node, list):
        return [found for item in node for found in _keys(item)]
    if not isinstance(node, dict):
        return []
    labels = [v for v in node.get("domain", []) if isinstance(v, str)] if "range" in node else []
    own = [[math.ceil(letters.width(label, SIZE)) + _SYMBOL for label in labels]] if labels else []
    return own + [
        found
        for key, value in node.items()
        if key not in ("datasets", "data", "config", "usermeta")
        for found in _keys(value)
    ]
