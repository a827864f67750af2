"""The page on which readers ask for themselves: its first figure, and the data that `explore.js` answers from.

The data are counts by month of each measure of `helpers.story.explore`, by region and by band of distance to Bamako, up to
the edition's month: sums over the columns of the committed tables, coarser than these. They stand in one script, since a page
opened from a folder may load a script and nothing else.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

import altair as alt
import numpy as np
import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from helpers import charts, faces, french, limits, palette, prose
from helpers import definitions as d
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError, NotInData
from helpers.estimates import intervals
from helpers.figures import Figure, Words
from helpers.keys import FRENCH_MONTHS, SHORT
from helpers.markup import piece
from helpers.measures.measure import Measure
from helpers.page.translate import LOCALE
from helpers.story import explore, explore_notes, starters
from helpers.windows import MONTHS, Window, window
from helpers.words import asking, inside, judgement, names
from helpers.words.both import NOTHING, Both

SCRIPT = "explore.js"
DATA = "explore-data.js"
WIDTH, KM_PER_DEGREE = 320, 111.2
COLUMNS = ["key", "name", "part", "fresh", "kind", "value", "alone"]
NOW = "now"
"""Stands in the template of a chart for the names of its parts."""


@cache
def _mark() -> str:
    """Return where the script puts the choices, as the template has it, read when a page is made and not before."""
    return str(piece("explore"))


def _two(words: Both) -> list[str]:
    return [words.en, words.fr]


# --------------------------------------------------------------------------- the chart


def _chart(rows: pd.DataFrame, labels: list[str], colours: list[str], unit: str, period: str, *, lines: bool) -> Any:
    """Draw columns with the months compared in colour, or two lines; `rows`: key, name, part, fresh, kind, value, alone."""
    # The axis is told its end: layers without a row of their own would give it none. Counts know no halves.
    top = max(1, *(rows["value"] if lines else rows.groupby("key")["value"].sum()))
    axis_of_counts = alt.Axis(format=",.0f", tickCount=int(min(top, 5)))
    scale = alt.Scale(domain=labels, range=colours)
    tips = [
        alt.Tooltip("kind:N", title=" "),
        alt.Tooltip("name:N", title=period),
        alt.Tooltip("value:Q", title=unit, format=",.0f"),
    ]
    years = [key for key in rows["key"].unique() if len(key) == 4 or key.endswith(("-01", "Q1", "H1"))]
    axis = alt.Axis(values=years, labelExpr="slice(datum.label, 0, 4)", labelAngle=0, labelOverlap=True, ticks=False)
    base = alt.Chart(rows).encode(
        x=alt.X(
            "key:O", sort=None, title=None, scale=alt.Undefined if lines else alt.Scale(paddingInner=0.15), axis=axis
        ),
        y=alt.Y("value:Q", title=unit, scale=alt.Scale(domain=[0, top], nice=True), axis=axis_of_counts),
        tooltip=tips,
    )
    look: dict[str, Any] = {"scale": scale, "title": None, "legend": alt.Legend(orient="top", labelLimit=640)}
    hue = alt.Color("kind:N", **look)
    if lines:
        whole = base.transform_filter("!datum.part").encode(color=hue)
        layers = [
            # Dashes are seen where the whole line, which lies on them, has ended.
            whole.mark_line(strokeWidth=2.2, strokeDash=[3, 2]),
            whole.transform_filter("!datum.fresh").mark_line(strokeWidth=2.2),
            # Too few whole periods make no line: then points are seen.
            base.mark_point(size=36, filled=True).encode(
                color=hue, opacity=alt.condition("datum.alone", alt.value(1), alt.value(0.001))
            ),
        ]
    else:
        # One layer: of a layer without rows Vega warns that its extent is infinite.
        fill = alt.when("datum.part").then(alt.value(0)).when("datum.fresh").then(alt.value(0.3))
        bars = base.mark_bar().encode(
            color=hue,
            stroke=alt.Stroke("kind:N", **look),  # with the fill's legend: Vega draws one of both
            strokeWidth=alt.condition("datum.part || datum.fresh", alt.value(1.5), alt.value(0)),
            strokeDash=alt.condition("datum.fresh", alt.value([3, 2]), alt.value([])),
            fillOpacity=fill.otherwise(alt.value(1)),
        )
        layers = [bars]
    return alt.layer(*layers).properties(width=charts.WIDE, height=280)


def _bars(rows: pd.DataFrame, labels: list[str], colours: list[str], unit: str, place: str) -> Any:
    """Draw bars by region, side by side where two counts are compared; `rows`: name, kind, value."""
    top = max(1, *rows["value"])
    hue = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=labels, range=colours),
        title=None,
        legend=alt.Legend(orient="top", labelLimit=640),
    )
    return (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X(
                "value:Q",
                title=unit,
                scale=alt.Scale(domain=[0, top], nice=True),
                axis=alt.Axis(format=",.0f", tickCount=int(min(top, 5))),
            ),
            y=alt.Y("name:N", sort=None, title=None),
            yOffset=alt.YOffset("kind:N", scale=alt.Scale(domain=labels)),
            color=hue,
            tooltip=[
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("name:N", title=place),
                alt.Tooltip("value:Q", title=unit, format=",.0f"),
            ],
        )
        .properties(width=charts.WIDE, height=320)
    )


def _labels(report: Report, state: explore.State, here: Measure) -> tuple[list[Both], list[str]]:
    """Return the names and the colours of the parts of a state's chart."""
    group = "islamist" if here.group == "neutral" else here.group
    if state.against in ("place", "group"):
        both = [here.phrase, cast(Measure, explore.counterpart(report, state)).phrase]
        return [one.each(french.upper) for one in both], [palette.colour(group), palette.INK]
    spans = [state.now, *([state.base] if state.base else [])]
    colours = [palette.colour(group), palette.INK][: len(spans)]
    found = [*map(names.span, spans)]
    return (
        (found, colours)
        if state.by == "region"
        else ([*found, asking.WORDS["rest"]], [*colours, palette.colour("neutral")])
    )


def figure(report: Report, state: explore.State, id: str = "explore") -> Figure:
    """Return the figure of a state, as the page shows it before its script runs."""
    said = explore.answer(report, state)
    here = explore.measure(report, state.what, state.where, state.of)
    labels, colours = _labels(report, state, here)
    lines, bars = state.against in ("place", "group"), state.by == "region"
    period, unit = explore.BY[state.by].each(french.upper), here.unit
    rows, table = [], []
    alone, partly = explore.alone(state, said.rows), any(row[1] for row in said.rows)
    for key, part, fresh, *counts in said.rows:
        name = explore.shown(key).en
        if not lines:
            counts = counts[: len(labels)] if bars or state.base else [counts[0], counts[2]]
        rows += [
            [key, name, part, fresh, label.en, count, alone]
            for label, count in zip(labels, counts, strict=True)
            if count or ((lines or bars) and count is not None)
        ] or [[key, name, part, fresh, labels[-1].en, 0, alone]]
        held = [explore.held(report, state, key)] if partly else []
        table.append([name, *(counts if lines or bars else [sum(counts)]), *held])
    frame = pd.DataFrame(rows, columns=COLUMNS)
    heads = [period.en, *([label.en for label in labels] if lines or bars else [unit.en])]
    months = asking.fill(asking.WORDS["held"], months=asking.spelled(names.MONTHS_IN.get(state.by, 0))).each(
        french.upper
    )
    heads += [months.en] if partly else []
    kinds = [one.en for one in labels]
    chart = (
        _bars(frame, kinds, colours, unit.en, period.en)
        if bars
        else _chart(frame, kinds, colours, unit.en, period.en, lines=lines)
    )
    words = {label.en: label.fr for label in (*labels, period, unit, *([months] if partly else []))}
    return Figure(
        id=id,
        title=said.title.en,
        subtitle=said.subtitle.en,
        chart=chart,
        frame=pd.DataFrame(table, columns=heads),
        alt=said.alt.en,
        source=said.source,
        caveat=said.caveat or NOTHING,
        fr=Words(said.title.fr, said.subtitle.fr, said.alt.fr, chart=words),
    )


def _templates() -> dict[str, dict[str, Any]]:
    """Return the specifications of the charts without data or words, for the script to fill."""
    frame = pd.DataFrame([["2020", "2020", False, False, NOW, 1, False]], columns=COLUMNS)
    given: tuple[Any, ...] = (frame, [NOW], ["#000000"], "unit", "period")
    charts_of = {
        "columns": _chart(*given, lines=False),
        "lines": _chart(*given, lines=True),
        "bars": _bars(*given),
    }
    made = {
        name: Figure("explore", "title", "subtitle", one, frame, "alt", "source").spec()
        for name, one in charts_of.items()
    }
    for one in made.values():
        del one["usermeta"]
    return made


# --------------------------------------------------------------------------- the data


def _packed(measure: Measure, first: pd.Period, months: int, keys: dict[str, pd.Series]) -> dict[str, list[str]]:
    """Return counts by month as texts, zeros left out between commas: events and deaths by place."""
    packed = {}
    for name, which in keys.items():
        rows = measure.rows[which]
        at = (pd.PeriodIndex(rows["month"], freq="M").astype("int64") - first.ordinal).to_numpy()
        texts = []
        for value in ("events", "fatalities"):
            counts = np.zeros(months, dtype="int64")
            np.add.at(counts, at, rows[value].to_numpy())
            texts.append(",".join(str(n) if n else "" for n in counts.tolist()).rstrip(","))
        if any(texts):
            packed[name] = texts
    return packed


def _what(report: Report, name: str) -> dict[str, Any]:
    """Return all that the script must know of one measure."""
    what, measure = explore.WHAT[name], explore.known(report)[name]
    if isinstance(measure, NotInData):
        return {"group": what.group, "label": _two(explore.label(name, what.noun)), "missing": True}
    first, end = report.first(measure.table), measure.end
    rows = measure.rows
    bands = "band" in rows
    if "region" in rows:
        keys = {region.lower(): rows["region"].eq(region) for region in d.REGIONS}
    else:
        keys = {"mali": rows["month"].ne("")}
    if not np.logical_or.reduce(list(keys.values())).all():
        raise DataError(f"{name}: a row lies in none of the regions; add the region to `definitions.REGIONS`.")
    if bands:
        keys |= {label: rows["band"].eq(label) for label in d.BAND_LABELS[:-1]}
    return {
        "group": what.group,
        "label": _two(explore.label(name, measure.noun)),
        "noun": [_two(one.counts_what.many) for one in (measure, measure.deaths)],
        "feminine": [one.feminine for one in (measure, measure.deaths)],
        "unit": [_two(one.unit) for one in (measure, measure.deaths)],
        "colour": palette.colour("islamist" if measure.group == "neutral" else measure.group),
        "first": str(first),
        "end": str(end),
        "fresh": explore_notes.provisional(report, measure),
        "note": _two(told) if (told := explore_notes.note(report, name)) else None,
        "seams": faces.seams([measure.table], report),
        "table": measure.table,
        "source": measure.source,
        "credit": inside.credit(measure.source),
        "code": what.code,
        "reach": "bands" if bands else "regions" if "region" in rows else "country",
        "deaths": measure.names_deaths,
        "counts": _packed(measure, first, (end - first).n + 1, keys),
    }


def _shares(report: Report) -> dict[str, dict[str, str]]:
    """Return how the events of two measures of one table lie to each other, by place: a letter for each of `explore.WHERE`."""
    known = {name: one for name, one in explore.known(report).items() if isinstance(one, Measure)}
    at: dict[tuple[str, str], Measure | None] = {}
    for name, where in itertools.product(known, explore.WHERE):
        served = where == "mali" or ("band" if where.endswith("km") else "region") in known[name].rows
        at[name, where] = explore.measure(report, name, where) if served else None
    found: dict[str, dict[str, str]] = {name: {} for name in known}
    for one, other in itertools.permutations(known, 2):
        if known[one].table == known[other].table:
            pairs = ((at[one, where], at[other, where]) for where in explore.WHERE)
            found[one][other] = "".join(a.lies(b)[0] if a and b else "-" for a, b in pairs)
    return found


def _where(key: str) -> dict[str, Any]:
    place = (
        names.Place(zones=(key,))
        if key in d.ZONES
        else names.Place(km=int(key.removesuffix("km")))
        if key.endswith("km")
        else names.Place(regions=(next(r for r in d.REGIONS if r.lower() == key),))
        if key != "mali"
        else names.Place()
    )
    regions = explore.places(key)
    cells = sorted(one.lower() for one in regions) if regions else None
    bands = [] if cells else list(d.BAND_LABELS[: d.BAMAKO_BANDS_KM.index(place.km) + 1])
    group = "circles" if place.km else "country" if key == "mali" else "zones" if key in d.ZONES else "regions"
    return {
        "group": group,
        "label": _two(place.name.each(french.upper)),
        "where": _two(place.where),
        "short": _two(names.short(*place.regions)) if place.regions else None,
        "regions": cells,
        "bands": bands,
        "code": explore.WHERE[key],
    }


def _when() -> dict[str, list[list[str]]]:
    """Return how windows are named, with places for years and months: by kind, the name, the adverb and the span."""
    samples: dict[str, tuple[Window, dict[str, str]]] = {
        "twelve": (window("2021-07", "2022-06"), {"June 2022": "{last}", "juin 2022": "{last}", "July 2021": "{first}", "juillet 2021": "{first}"}),
        **{f"half{n}": (window(f"2022-{a}", f"2022-{b}"), {}) for n, a, b in ((1, "01", "06"), (2, "07", "12"))},
        **{f"quarter{n}": (names.window_of(f"2022Q{n}"), {}) for n in (1, 2, 3, 4)},
        "year": (window("2022-01", "2022-12"), {}),
        "month": (window("2022-06", "2022-06"), {"June 2022": "{last}", "juin 2022": "{last}"}),
        "within": (window("2022-02", "2022-06"), {}),
        "span": (window("2021-07", "2022-05"), {"May 2022": "{last}", "mai 2022": "{last}", "July 2021": "{first}", "juillet 2021": "{first}"}),
    }  # fmt: skip
    found = {}
    for kind, (when, named) in samples.items():
        said = [_two(asking.against(when)), _two(asking.during(when)), _two(names.span(when))]
        months = {m[when.first.month - 1]: "{m1}" for m in (MONTHS, FRENCH_MONTHS)}
        months |= {m[when.last.month - 1]: "{m2}" for m in (MONTHS, FRENCH_MONTHS)} if when.months > 1 else {}
        for old, new in {**named, **months, "2022": "{year}"}.items():
            said = [[text.replace(old, new) for text in pair] for pair in said]
        found[kind] = said
    return found


def _moves() -> dict[str, list[str]]:
    """Return the verbs of `judgement.moved` with places for the numbers in them."""
    cases = {
        "few": (19, 15, 0.5, 2.0), "level": (991, 997, 0.9, 1.1), "unclear": (991, 997, 0.5, 2.0),
        "halved": (503, 997, 0.4, 0.6), "fell": (613, 997, 0.5, 0.7), "rose": (1481, 997, 1.2, 1.8),
        "doubled": (1997, 997, 1.5, 2.5), "more": (2503, 997, 2, 3), "tripled": (2991, 997, 2, 4), "times": (4517, 997, 4, 5),
    }  # fmt: skip
    found = {}
    for name, (now, before, low, high) in cases.items():
        said = judgement.moved(now, before, low, high)
        percent = round(abs(now / before - 1) * 100)
        texts = []
        for text, write in ((said.en, prose.number), (said.fr, french.number)):
            for number, place in ((now, "{now}"), (before, "{before}")):
                text = text.replace(write(number), place)
            text = text.replace(write(now / before, 1), "{ratio}")
            texts.append(re.sub(rf"\b{percent}(?=[ \u202f](?:percent|%))", "{percent}", text))
        found[name] = texts
    return found


def _map(tables: Tables) -> dict[str, Any]:
    """Return the outlines of the regions for a small map, in pixels, with Bamako and the length of a kilometre."""
    shapes = tables.shapes("regions")
    rings = {
        feature["properties"]["region"]: [
            polygon[0] if feature["geometry"]["type"] == "MultiPolygon" else polygon
            for polygon in feature["geometry"]["coordinates"][
                : None if feature["geometry"]["type"] == "MultiPolygon" else 1
            ]
        ]
        for feature in shapes["features"]
    }
    points = np.array([point for one in rings.values() for ring in one for point in ring], dtype=float)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    flat = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * flat)

    def at(point: Any) -> tuple[float, float]:
        return round((point[0] - west) * flat * scale, 1), round((north - point[1]) * scale, 1)

    def path(ring: Any) -> str:
        steps: list[tuple[int, int]] = []
        for point in ring:
            x, y = at(point)
            if not steps or math.hypot(x - steps[-1][0], y - steps[-1][1]) > 2:
                steps.append((round(x), round(y)))
        return "M" + "L".join(f"{x},{y}" for x, y in steps) + "Z"

    # The base map draws the Bamako district inside Koulikoro; it stands last so that a click can reach it.
    order = sorted(rings, key=lambda name: name == "Bamako")
    return {
        "size": [WIDTH, round((north - south) * scale)],
        "regions": {name.lower(): "".join(map(path, rings[name])) for name in order},
        "bamako": at(d.BAMAKO[::-1]),
        "km": round(scale / KM_PER_DEGREE, 4),
    }


def payload(report: Report) -> dict[str, Any]:
    """Return all that the page answers from, as JSON would hold it; no month after the edition is in the data."""
    words: dict[str, dict[str, Both]] = {
        "words": asking.WORDS, "controls": asking.CONTROLS, "why": asking.WHY, "groups": asking.GROUPS, "draw": asking.DRAW,
        "against": asking.AGAINST, "periods": explore.BY, "incomplete": asking.INCOMPLETE,
        "nones": {str(n): asking.spelled(n) for n in range(10)} | {"1f": asking.spelled(1, feminine=True)},
    }  # fmt: skip
    return {
        **{name: {key: _two(text) for key, text in part.items()} for name, part in words.items()},
        "edition": report.edition.id,
        "own": _two(explore_notes.OWN),
        "what": {name: _what(report, name) for name in explore.known(report)},
        "elsewhere": [name for name in explore.WHAT if name not in explore.known(report)],
        "newest": explore_notes.newest(report, explore.known(report)),
        # An edition before Wagner's arrival knows none.
        "wagner": {"narrow": explore_notes.NARROW, "wide": explore_notes.WIDE, "arrival": d.WAGNER_ARRIVAL}
        if explore_notes.WIDE in explore.known(report)
        else None,
        "where": {key: _where(key) for key in explore.WHERE},
        "shares": _shares(report),
        "when": _when(),
        "moves": _moves(),
        "months": [list(MONTHS), list(FRENCH_MONTHS)],
        "short": [list(SHORT["en"]), list(SHORT["fr"])],
        "map": _map(report.tables),
        "inks": [palette.INK, palette.colour("neutral")],
        "small": d.SMALL_COUNT,
        "widest": intervals.WIDEST,
        "context": explore.CONTEXT,
        "questions": [{"text": _two(one.text), "state": vars(one.state)} for one in starters.questions(report)],
        "templates": _templates(),
        "locale": LOCALE,
    }


def script(report: Report) -> str:
    """Return the data as a script, which a page may load from a folder too."""
    text = json.dumps(payload(report), ensure_ascii=False, separators=(",", ":"))
    return f"mali.explore({text});\n"


# --------------------------------------------------------------------------- the page


def _report(config: Any) -> Report:
    return Report(config.mali_edition or "latest", config.mali_data)


def setup(app: Sphinx, place: Callable[[dict[str, Any], SphinxDirective], nodes.Element]) -> None:
    """Register the directive ``{mali-explorer}``, and the script and data of the page that has it.

    `app`: Sphinx. `place`: makes the node of a figure from its specification, on the page of a directive.
    """

    class Explore(SphinxDirective):
        """The choices, and the figure of the first question."""

        def run(self) -> list[nodes.Node]:
            report = _report(self.env.config)
            found = starters.questions(report)
            if not found:
                said = limits.why_not(NotInData("they hold nothing that these questions count."), report.tables)
                return [nodes.paragraph("", str(said))]
            return [
                nodes.raw("", _mark(), format="html"),
                place(figure(report, found[0].state).spec(), self),
            ]

    def load(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
        if app.builder.name == "html" and _mark() in context.get("body", ""):
            # Behind the scripts that draw figures.
            app.add_js_file(SCRIPT, loading_method="defer", priority=900)
            app.add_js_file(DATA, loading_method="defer", priority=901)

    def write(app: Sphinx, error: Exception | None) -> None:
        pages = Path(app.outdir).rglob("explore.html")
        if error is None and app.builder.name == "html" and any(_mark() in page.read_text("utf-8") for page in pages):
            (Path(app.outdir) / "_static" / DATA).write_text(script(_report(app.config)), encoding="utf-8")

    app.add_directive("mali-explorer", Explore)
    app.connect("html-page-context", load)
    app.connect("build-finished", write)
