"""The colours of the book and the look of its charts.

One colour stands for one group of actors, or one zone, on every page. Marks must be readable on the light
and on the dark page without being redrawn, so each colour has a contrast of at least 3:1 with both
backgrounds; that leaves a narrow band of lightness, and the colours that appear together were chosen by
search so that they stay apart for readers with deuteranopia and protanopia too (``tests/test_figures.py``
computes both).

Neutral inks (text, axes, grid, paper) are fixed tokens: the style sheet of the book replaces them by the
theme's own variables, which is how a chart follows the theme switch without being drawn again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from helpers.errors import MaliError

if TYPE_CHECKING:
    import altair as alt

#: Backgrounds of the two themes (sphinx-book-theme); contrast is measured against them.
LIGHT_PAGE = "#ffffff"
DARK_PAGE = "#121212"

#: Neutral tokens; ``css()`` maps each to a variable of the theme.
INK = "#222832"
MUTED = "#48566b"
GRID = "#d1d5da"
PAPER = "#ffffff"
LAND = "#e9ebee"
#: Land of maps on the dark page: darker than it, so that every mark stands out as it does there.
LAND_NIGHT = "#000000"

#: Text inside a coloured area (a cell of a heat map): these two stay as they are in both themes.
ON_LIGHT = "#1b2028"
ON_DARK = "#fefefe"

GROUPS: dict[str, str] = {
    "jnim": "#b14a31",
    "flm": "#da720d",
    "is-sahel": "#9a6cf5",
    "islamist": "#b8304f",
    "state": "#357090",
    "wagner": "#619891",
    "separatist": "#9946b8",
    "militia": "#6b7a12",
    "international": "#2d6be0",
    "civilians": "#5f86b4",
    "unidentified": "#646464",
    "neutral": "#7a7a7a",
}

ZONES: dict[str, str] = {
    "north": "#b8892d",
    "centre": "#8a5a78",
    "south": "#0a8fdc",
}

#: How well something holds, from firm to missed; `luck` stands for a match that proves little.
JUDGED: dict[str, str] = {
    "firm": "#6d94d7",
    "near": "#9a9371",
    "partial": "#426a70",
    "luck": "#7b21fd",
    "missed": "#c51a0a",
}

#: Their shades on the dark page where the colour would be dim; they stay as far apart there for every reader.
JUDGED_NIGHT: dict[str, str] = {"near": "#aea98d", "partial": "#5c7f84", "luck": "#9349fd", "missed": "#cf4336"}

#: Series that are no actor: the one that the figure's title speaks of, and a paler grey than `neutral`.
#: `finding` has this one meaning: never an actor, nor how far a number can be trusted. A third is drawn in `ink`.
SERIES: dict[str, str] = {"finding": "#fd4c9a", "pale": "#949494"}

#: Inks without a hue, darkest first. They mean nothing by themselves: what is no actor and no zone is drawn in them,
#: and only they may stand for different things on one page.
GREYS: tuple[str, ...] = ("ink", "unidentified", "neutral", "pale")

#: Contrast from which two greys of one chart are told apart by themselves: `neutral` only from ink.
STEP = 1.8

#: Who counted, the same on every page and no actor's: ACLED in ink, UCDP in ochre.
SOURCES: dict[str, str] = {"ACLED": "ink", "UCDP": "north"}

COLOURS: dict[str, str] = {**GROUPS, **ZONES, **JUDGED, **SERIES}

#: Few to many, for choropleths: one hue, even steps in lightness, so that it survives a grey printer.
SEQUENTIAL: list[str] = ["#fbe9e2", "#f3c4b3", "#e79b82", "#d27255", "#b14a31", "#7f2d1c", "#4d170d"]
#: The same steps on the dark page, where few is what stands out least: dark.
SEQUENTIAL_DARK: list[str] = ["#3d2821", "#5f3123", "#823a24", "#a64627", "#d76e4e", "#ec9e86", "#fad5c9"]
#: First step whose letters are `ON_DARK` (on the dark page: `ON_LIGHT`).
DEEP = 4
#: Fewer to more around a middle, for changes; blue and orange stay apart under colour blindness.
DIVERGING: list[str] = ["#1f5f86", "#5b97ba", "#a9cbde", "#eeeeec", "#f3c08a", "#da8531", "#9c5208"]

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def colour(name: str) -> str:
    """Return the colour of a group or a zone.

    `name`: an id such as ``"jnim"``, ``"state"`` or ``"centre"``, or ``"ink"``, which follows the theme. Returns a
    hexadecimal colour.

    Examples
    --------
    >>> colour("state")
    '#357090'
    """
    try:
        return INK if name == "ink" else COLOURS[name]
    except KeyError:
        raise MaliError(f"No colour is defined for {name!r}; known are {', '.join(COLOURS)}.") from None


def scale(labels: Mapping[str, str] | Iterable[str]) -> alt.Scale:
    """Return a colour scale whose domain is the labels a reader sees.

    `labels`: ids mapped to the labels used in the data (``{"jnim": "JNIM"}``), or ids alone where the data hold ids.
    Returns a scale to pass to ``alt.Color(..., scale=...)``; the legend keeps the order given.
    """
    pairs = labels if isinstance(labels, Mapping) else {name: name for name in labels}
    import altair as alt  # Only charts need it: colours of paper and pages do not.

    return alt.Scale(domain=list(pairs.values()), range=[colour(name) for name in pairs])


def luminance(hexadecimal: str) -> float:
    """Return the relative luminance of a colour as WCAG 2 defines it."""
    channels = (int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the WCAG 2 contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def near(names: Iterable[str]) -> bool:
    """Tell whether two greys of a chart are too near to be told apart by themselves (`STEP`).

    Examples
    --------
    >>> near(["ink", "unidentified", "pale"]), near(["neutral", "pale"]), near(["ink", "islamist"])
    (False, True, False)
    """
    greys = [colour(name) for name in names if name in GREYS]
    return any(contrast(one, other) < STEP for one, other in combinations(greys, 2))


def text_shade(hexadecimal: str, page: str) -> str:
    """Return the nearest shade of a colour that is readable as text on a page.

    A mark needs 3:1, its label 4.5:1, and no colour has 4.5:1 on both a white and a near-black page. The
    label therefore takes a darker shade on the light page and a lighter one on the dark page.
    """
    goal = 0 if luminance(page) > 0.18 else 255
    channels = [int(hexadecimal[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(101):
        mixed = [round(c + (goal - c) * step / 100) for c in channels]
        shade = "#" + "".join(f"{c:02x}" for c in mixed)
        if contrast(shade, page) >= 4.5:
            return shade
    raise MaliError(f"No shade of {hexadecimal} reaches a contrast of 4.5 on {page}.")


def css() -> str:
    """Return the rules that let charts follow the theme switch.

    Vega writes colours as presentation attributes, which any style sheet overrides: neutral tokens become
    variables of the theme, and coloured labels take a readable shade of their group's colour. The rules hold
    on screen only; print is always dark on white.
    """
    chart = ".mali-figure__chart svg"
    night = 'html[data-theme="dark"]'
    variables = {
        INK: "var(--pst-color-text-base)",
        MUTED: "var(--pst-color-text-muted)",
        GRID: "var(--pst-color-border)",
        PAPER: "var(--pst-color-background)",
        LAND: "var(--mali-land, var(--pst-color-surface))",
    }
    land = f"{{ --mali-land: {LAND_NIGHT}; }}"
    # The front page follows the system, chapters their switch.
    lines = [f"@media screen and (prefers-color-scheme: dark) {{ html:not([data-theme]) {land} }}"]
    lines += ["@media screen {", f"  {night} {land}"]
    for token, variable in variables.items():
        for attribute in ("fill", "stroke"):
            # White letters stand on a dark fill, not on the page.
            what = ":not(text)" if (token, attribute) == (PAPER, "fill") else ""
            lines.append(f'  {chart} {what}[{attribute}="{token}"] {{ {attribute}: {variable}; }}')
    for hexadecimal in sorted(set(COLOURS.values())):
        light, dark = (text_shade(hexadecimal, page) for page in (LIGHT_PAGE, DARK_PAGE))
        if light != hexadecimal:
            lines.append(f'  {chart} text[fill="{hexadecimal}"] {{ fill: {light}; }}')
        # The shade for the light page must not reach the dark one, also where the colour itself is good there.
        if dark != light:
            lines.append(f'  {night} {chart} text[fill="{hexadecimal}"] {{ fill: {dark}; }}')
    for name, shade in JUDGED_NIGHT.items():
        for attribute in ("fill", "stroke"):
            lines.append(f'  {night} {chart} :not(text)[{attribute}="{JUDGED[name]}"] {{ {attribute}: {shade}; }}')
    # Cells and areas shaded from few to many, and the letters in them.
    inks = ((ON_LIGHT, ON_DARK), (ON_DARK, ON_LIGHT))
    for what, pairs in (("path", zip(SEQUENTIAL, SEQUENTIAL_DARK, strict=True)), ("text", inks)):
        for day, dark in pairs:
            lines.append(f'  {night} .mali-figure--shaded {chart} {what}[fill="{day}"] {{ fill: {dark}; }}')
    lines.append("}")
    # A verdict's box has the colour that the verdict has in charts.
    lines += [f".mali-claim--{name} {{ --mali-verdict: {value}; }}" for name, value in JUDGED.items()]
    return "\n".join(lines) + "\n"


_HEADLINE = {
    "anchor": "start",
    "color": INK,
    "fontSize": 16,
    "fontWeight": 600,
    "lineHeight": 21,
    "offset": 16,
    "subtitleColor": MUTED,
    "subtitleFontSize": 13,
    "subtitleLineHeight": 17,
    "subtitlePadding": 6,
}
"""How a figure's title and subtitle are set."""
_MARKS = {
    "facet": {"spacing": 20},
    "concat": {"spacing": 24},
    "mark": {"color": GROUPS["neutral"]},
    "arc": {"stroke": PAPER},
    "area": {"fillOpacity": 0.3, "line": False},
    "bar": {"cornerRadiusEnd": 1.5},
    "errorband": {"opacity": 0.25},
    "geoshape": {"fill": LAND, "stroke": PAPER, "strokeWidth": 0.8},
    "line": {"strokeWidth": 2.2, "strokeCap": "round", "strokeJoin": "round"},
    "point": {"filled": True, "size": 45},
    "rule": {"color": MUTED},
    "text": {"color": INK, "fontSize": 12},
}
"""How marks look, and how far panels stand apart."""


def theme() -> dict[str, Any]:
    """Return the Vega-Lite configuration that every chart of the book shares."""
    label = {"labelColor": MUTED, "labelFontSize": 12}
    title = {"titleColor": MUTED, "titleFontSize": 12, "titleFontWeight": "normal"}
    return {
        "font": FONT,
        "background": "transparent",
        "padding": {"left": 0, "top": 4, "right": 4, "bottom": 4},
        "view": {"stroke": None, "continuousWidth": 640, "continuousHeight": 320},
        "axis": {
            **label,
            **title,
            "domainColor": GRID,
            "gridColor": GRID,
            "gridOpacity": 0.6,
            "tickColor": GRID,
            "labelPadding": 6,
            "titlePadding": 8,
            "labelLimit": 220,
            "labelOverlap": True,
            "labelSeparation": 6,
        },
        # The subtitle of the figure names the measure: a title along the axis would repeat it sideways.
        "axisX": {"grid": False, "tickSize": 5},
        "axisY": {"domain": False, "ticks": False},
        "legend": {
            "labelColor": INK,
            "labelFontSize": 12,
            **title,
            "orient": "top",
            "labelLimit": 280,
            "symbolType": "circle",
            "symbolSize": 110,
            # A swatch has its mark's colour, however far the mark is seen through.
            "symbolOpacity": 1,
            "symbolStrokeWidth": 2.5,
            "gradientLength": 220,
            "gradientThickness": 12,
            "offset": 18,
            "columnPadding": 16,
        },
        "header": {
            "labelColor": INK,
            "labelFontSize": 12,
            "labelFontWeight": "bold",
            "labelPadding": 6,
            **title,
        },
        "title": _HEADLINE,
        **_MARKS,
        "range": {
            "category": [GROUPS[name] for name in ("state", "flm", "is-sahel", "wagner", "jnim", "militia", "neutral")],
            "ordinal": SEQUENTIAL,
            "ramp": SEQUENTIAL,
            "heatmap": SEQUENTIAL,
            "diverging": DIVERGING,
        },
    }
