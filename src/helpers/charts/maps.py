"""Maps: circles by cell or area, shaded areas, the way of a point; names that do not lie on one another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd

from helpers import labels as lb
from helpers import palette
from helpers.charts.parts import WIDE
from helpers.definitions import BAMAKO, BAMAKO_RADIUS_KM, CELL_DEGREES, EARTH_RADIUS_KM
from helpers.geodesy import centre_of

#: Width of a map (px) from which it has room for all names that the wide one has.
_ROOMY = 560
_FROM = {lb.WIDE: _ROOMY}
_ON_WIDE, _ON_PHONE = f"width >= {_ROOMY}", f"width < {_ROOMY}"
_END = 11
"""Of the dot in the middle of its mark at which a thin line ends, square px."""
_KEY_ROW = 15
"""From one line of the key below a map to the next, px."""
_AREA = 1600
"""Of the largest circle on an area, square px."""
_CELLS = (4, 420)
"""Of the smallest and the largest circle on a cell, square px."""
_Marks = tuple[Sequence[lb.Mark], Sequence[lb.Mark]]
_HALO_AND_LETTERS: tuple[dict[str, Any], ...] = (
    {"stroke": palette.PAPER, "strokeWidth": 3, "strokeJoin": "round", "opacity": 0.85},
    {"color": palette.INK},
)
"""Of names: a pale halo keeps them readable on dark shades; it is a text of its own, drawn below."""
_CITIES = ("Bamako", "Gao")
"""The text beside maps starts from them: they keep their names on a phone, where others may have letters."""
_RING_NAME = f"{BAMAKO_RADIUS_KM} km"
_ON_RING, _BELOW_RING = lb.Spot("center", "bottom", 0, -3), lb.Spot("center", "top", 0, 3)


def land(shapes: Mapping[str, Any]) -> alt.Chart:
    """Return the areas of a map in one plain colour."""
    # Altair copies lists down to their last number, for each layer anew; not so tuples.
    return alt.Chart(alt.Data(values=tuple(shapes["features"]))).mark_geoshape(
        fill=palette.LAND, stroke=palette.MUTED, strokeWidth=0.6, clip=True
    )


def mercator(chart: alt.LayerChart, box: Sequence[float]) -> alt.LayerChart:
    """Project a map, fitted to its shapes or to a box (west, south, east, north)."""
    if not box:
        return chart.project("mercator")
    west, south, east, north = box
    corners = {"type": "MultiPoint", "coordinates": [[west, south], [east, north]]}
    return chart.project("mercator", fit={"type": "Feature", "properties": {}, "geometry": corners})


def place_names(
    places: pd.DataFrame,
    box: Sequence[float],
    height: int,
    *,
    ring: bool = False,
    reach: int | Mapping[str, int] = 2,
    marks: _Marks = ((), ()),
    legend: str = "",
) -> list[alt.Chart]:
    """Return dots and names of places, none of which lies on another or on a mark; what finds no room has a letter and a key.

    Parameters
    ----------
    places : DataFrame
        `place`, `latitude`, `longitude`, and `rank` where some matter more than others (lower first).
    box : sequence of float
        What the map shows: west, south, east, north.
    ring : bool
        Whether the ring around Bamako is drawn and has its name.
    reach : int or mapping
        How far the marks of the places reach from their points, px.
    marks : pair of sequence
        Other marks, on a wide map and on a phone's.
    legend : str
        Corner of the map in which its legend stands.
    """
    ranked = places.sort_values(["rank", "place"], kind="stable") if "rank" in places else places
    rows = list(ranked[["place", "latitude", "longitude"]].itertuples(index=False, name=None))
    about = {"taken": [ring_name(below=True)], "solid": lb.along(circle()["geometry"]["coordinates"])} if ring else {}
    grounds = lb.grounds(box, height, reach=reach, marks=marks, legend=legend, **about)
    placed = lb.named(rows, grounds, kept=_CITIES)
    return [*lettered(placed, dotted=True), town_dots(places)]


def town_dots(places: pd.DataFrame, *, phone: bool | None = None) -> alt.Chart:
    """Return the dots of towns, small and pale in a dark ring: they stand out on any mark and look like none that counts.

    `phone`: draw them on a phone's map alone, or on a wide one alone.
    """
    dots = alt.Chart(places[["place", "latitude", "longitude"]])
    if phone is not None:
        dots = dots.transform_filter(_ON_PHONE if phone else _ON_WIDE)
    return dots.mark_point(size=14, fill=palette.PAPER, stroke=palette.INK, strokeWidth=1.1, opacity=1).encode(
        longitude="longitude:Q", latitude="latitude:Q"
    )


def over_halos(marks: Sequence[alt.Chart], words: Sequence[alt.Chart]) -> list[alt.Chart]:
    """Return the layers of a map, its marks above the halos of names and below their letters: each mark is seen whole."""
    halos, letters = ([one for one in words if ("strokeJoin" in one.mark.to_dict()) == halo] for halo in (True, False))
    return [*halos, *marks, *letters]


def lettered(placed: Sequence[lb.Placed], *, dotted: bool = False) -> list[alt.Chart]:
    """Return the names of placed points, a layer and its halo for each spot that names stand at.

    `dotted`: each point has a dot, at which a thin line ends; else the line brings its own.
    """
    groups: dict[tuple[lb.Spot, int, int], list[tuple[str, float, float]]] = {}
    for one in placed:
        groups.setdefault((one.spot, one.least, one.most), []).append((one.name, one.latitude, one.longitude))
    layers = _leaders(placed, dotted=dotted)
    for (spot, least, most), rows in groups.items():
        layers += _named(pd.DataFrame(rows, columns=["place", "latitude", "longitude"]), spot, least, most)
    said = {one.name: one.said for one in placed if one.said}
    always = {one.name for one in placed if one.said and one.most == lb.WIDE}
    return [*layers, _key(said, always)] if said else layers


def _leaders(placed: Sequence[lb.Placed], *, dotted: bool) -> list[alt.Chart]:
    """Return the thin lines from marks to the names that stand off them, on a wide map and on a phone's."""
    layers = []
    for test, some in (
        (_ON_WIDE, [one for one in placed if one.led and one.most == lb.WIDE]),
        (_ON_PHONE, [one for one in placed if one.led and one.most != lb.WIDE]),
    ):
        rows = [(*one.led, one.latitude, one.longitude) for one in some if one.led]
        if rows:
            frame = pd.DataFrame(rows, columns=["from_latitude", "from_longitude", "latitude", "longitude"])
            base = alt.Chart(frame).transform_filter(test)
            start = {"longitude": "from_longitude:Q", "latitude": "from_latitude:Q"}
            line = base.mark_rule(stroke=palette.INK, strokeWidth=0.9)
            layers.append(line.encode(**start, longitude2="longitude:Q", latitude2="latitude:Q"))
            if not dotted:
                layers.append(base.mark_circle(size=_END, color=palette.INK, opacity=1).encode(**start))
    return layers


def _key(said: Mapping[str, str], always: set[str]) -> alt.Chart:
    """Return what the letters of a map stand for, in two columns below it: some on a wide map too, the others on a phone's."""
    rows = [(letter, said[letter], letter in always, i % 2, i // 2) for i, letter in enumerate(sorted(said))]
    return (
        alt.Chart(pd.DataFrame(rows, columns=["letter", "place", "always", "column", "row"]))
        # A text that nobody sees would take room below a wide map too.
        .transform_filter(f"datum.always || width < {_ROOMY}")
        .transform_calculate(
            across="datum.column * width / 2",
            down=f"height + {_KEY_ROW} * (datum.row + 1)",
            told="datum.letter + '\u2002' + datum.place",
        )
        .mark_text(fontSize=11, align="left", baseline="middle", color=palette.INK)
        .encode(
            x=alt.X("across:Q", scale=None, axis=None),
            y=alt.Y("down:Q", scale=None, axis=None),
            text=alt.Text("told:N"),
        )
    )


def _named(frame: pd.DataFrame, spot: lb.Spot, least: int = lb.PHONE, most: int = lb.WIDE) -> list[alt.Chart]:
    where = _spot(spot)
    # On a phone's map, names for which there is no room are left out; those placed for phones alone stand on no other.
    hidden = [f"width < {_FROM.get(least, least)}"] if least != lb.PHONE else []
    hidden += [f"width >= {_ROOMY}"] if most != lb.WIDE else []
    # An empty text and no invisible one, which would make a map smaller that must hold it.
    text: Any = alt.condition(" || ".join(hidden), alt.value(""), alt.Text("place:N")) if hidden else "place:N"
    return [
        alt.Chart(frame)
        .mark_text(fontSize=11, **where, **style)
        .encode(longitude="longitude:Q", latitude="latitude:Q", text=text)
        for style in _HALO_AND_LETTERS
    ]


def circle() -> dict[str, Any]:
    """Return the circle of the audited reports around Bamako, as GeoJSON."""
    lat, lon = math.radians(BAMAKO[0]), math.radians(BAMAKO[1])
    reach = BAMAKO_RADIUS_KM / EARTH_RADIUS_KM
    ring = []
    for step in range(0, 361, 5):
        bearing = math.radians(step)
        phi = math.asin(math.sin(lat) * math.cos(reach) + math.cos(lat) * math.sin(reach) * math.cos(bearing))
        lam = lon + math.atan2(
            math.sin(bearing) * math.sin(reach) * math.cos(lat), math.cos(reach) - math.sin(lat) * math.sin(phi)
        )
        ring.append([round(math.degrees(lam), 4), round(math.degrees(phi), 4)])
    return {
        "type": "Feature",
        "properties": {"label": _RING_NAME},
        "geometry": {"type": "LineString", "coordinates": ring},
    }


def ring_name(*, below: bool = False) -> tuple[str, float, float, lb.Spot]:
    """Return the name of the ring over (or below) it, as `labels.Ground` takes it: name, latitude, longitude, spot."""
    end = min if below else max
    longitude, latitude = end(circle()["geometry"]["coordinates"], key=lambda point: point[1])
    return _RING_NAME, latitude, longitude, _BELOW_RING if below else _ON_RING


def bamako_ring() -> list[alt.Chart]:
    """Return the circle of the audited reports around Bamako, dashed and named."""
    line = alt.Chart(alt.Data(values=[circle()])).mark_geoshape(
        fill=None, filled=False, stroke=palette.INK, strokeWidth=2, strokeDash=[5, 3]
    )
    # Below it, where the south has fewest events.
    *named, spot = ring_name(below=True)
    return [line, *_named(pd.DataFrame([named], columns=["place", "latitude", "longitude"]), spot)]


def shrinking(area: int) -> dict[str, str]:
    """Return the area of the largest mark of a map, square px, for a scale: on a phone it shrinks as the map does."""
    return {"expr": f"{area} * min(1, pow(width / {lb.WIDE}, 2))"}


def radius(count: float, most: float, area: int) -> int:
    """Return how far the circle of a count reaches on a wide map, px: that of the most has the area (square px).

    Vega's area of a mark is that of the square around it.
    """
    return 2 + math.ceil(math.sqrt(area * count / most) / 2)


def disc(group: str) -> dict[str, Any]:
    """Return the look of a circle that others may lie under: its edge stands out on the page, its fill lets them through."""
    hue = palette.colour(group)
    return {"fill": hue, "stroke": hue, "fillOpacity": 0.75, "strokeOpacity": 1, "strokeWidth": 1, "opacity": 1}


def disc_legend(group: str) -> dict[str, Any]:
    """Return the look of the same circles in a legend."""
    hue = palette.colour(group)
    return {"symbolFillColor": hue, "symbolStrokeColor": hue, "symbolStrokeWidth": 1}


def _circles(chart: alt.Chart, value: str, top: int, title: str, scale: alt.Scale) -> alt.Chart:
    legend = alt.Legend(
        orient="top",
        direction="horizontal",
        **disc_legend("islamist"),
        values=sorted({1, -(-top // 4), -(-top // 2), top}),
    )
    return chart.mark_circle(**disc("islamist"), clip=True).encode(
        longitude="longitude:Q",
        latitude="latitude:Q",
        size=alt.Size(f"{value}:Q", title=title, scale=scale, legend=legend),
        tooltip=[alt.Tooltip(f"{value}:Q", title=title)],
    )


def _middles(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the middles of cells, whose corners a frame holds."""
    return {
        "latitude": (frame["south"] + CELL_DEGREES / 2).round(3),
        "longitude": (frame["west"] + CELL_DEGREES / 2).round(3),
    }


def spots_of(frame: pd.DataFrame, value: str, most: int, areas: tuple[int, int]) -> _Marks:
    """Return the marks of a map whose area grows with a value, on a wide map and on a phone's (latitude, longitude, reach).

    `most`: the value of the largest. `areas`: of none and of the largest on a wide map, square px.
    """
    found = []
    for width in lb.WIDTHS[:2]:
        high = areas[1] * (width / lb.WIDE) ** 2
        reach = (areas[0] + (high - areas[0]) * frame[value] / most).pow(0.5) / 2 + 1
        found.append(list(zip(frame["latitude"], frame["longitude"], reach, strict=True)))
    return found[0], found[1]


def cells_slider(
    shapes: Mapping[str, Any],
    frame: pd.DataFrame,
    value: str,
    by: str,
    *,
    title: str,
    names: Mapping[str, str],
    places: pd.DataFrame | None = None,
    ring: bool = False,
    height: int = 460,
    box: Sequence[float] = (),
) -> alt.LayerChart:
    """Counts by cell as circles, one period at a time: a slider under the map chooses it.

    The slider is the browser's own control, named `Half-year`; without scripts the last period stands there. The
    script of the book gives its steps the names of the periods, which also stand over the map, not on it.

    Parameters
    ----------
    frame : DataFrame
        `by` (periods), `south`, `west` (degrees, the cell's corner) and `value`.
    names : mapping of str to str
        Label by period, in order of time; periods without a row are steps too.
    box : sequence of float
        West, south, east, north, where the map shows a part: its sum is that of the map, not of a place.
    """
    steps = {period: i for i, period in enumerate(names, start=1)}
    spots = pd.DataFrame({"step": frame[by].map(steps).astype(int), value: frame[value], **_middles(frame)})
    sums, noun = frame.groupby(by)[value].sum(), "on the map" if box else title.lower()
    told = pd.DataFrame(
        {"step": step, "label": names[period], "text": f"{names[period]}: {int(sums.get(period, 0)):,} {noun}"}
        for period, step in steps.items()
    )
    top = int(frame[value].max())
    slider = alt.binding_range(min=1, max=len(steps), step=1, name="Half-year")
    chosen = alt.param(name="step", value=len(steps), bind=slider)
    # One scale for all periods: a circle means the same wherever the slider stands.
    scale = alt.Scale(domain=[0, top], range=[_CELLS[0], shrinking(_CELLS[1])])
    shown = alt.Chart(spots).transform_filter("datum.step == step")
    newest = spots[spots["step"].eq(len(steps))]
    words = bamako_ring() if ring else []
    if places is not None:
        marks = spots_of(newest, value, top, _CELLS)
        words += place_names(places, box or lb.extent(shapes), height, ring=ring, marks=marks)
    layers = [land(shapes), *over_halos([_circles(shown, value, top, title, scale)], words)]
    layers.append(
        alt.Chart(told)
        .transform_filter("datum.step == step")
        .mark_text(
            align="left",
            baseline="bottom",
            dy=-2,
            fontSize=alt.expr("width < 420 ? 12 : 15"),
            fontWeight="bold",
            color=palette.INK,
        )
        .encode(x=alt.value(2), y=alt.value(0), text="text:N")
    )
    return mercator(alt.layer(*layers), box).add_params(chosen).properties(width=WIDE, height=height)


def area_circles(
    shapes: Mapping[str, Any],
    frame: pd.DataFrame,
    key: str,
    value: str,
    *,
    title: str,
    names: Mapping[str, str],
    tips: Sequence[str] = (),
    height: int = 390,
) -> alt.LayerChart:
    """Counts by area as circles on the middle of each area: the land itself stays plain, since area is no count.

    Parameters
    ----------
    shapes : mapping
        GeoJSON whose properties hold `key`.
    frame : DataFrame
        `key`, `value` and the columns of `tips`.
    names : mapping of str to str
        Names of the areas, by `key`.
    """
    centres = {feature["properties"][key]: centre_of(feature) for feature in shapes["features"]}
    spots = frame[frame[key].isin(list(centres))].assign(
        latitude=lambda rows: rows[key].map(lambda name: centres[name][0]),
        longitude=lambda rows: rows[key].map(lambda name: centres[name][1]),
        place=lambda rows: rows[key].map(names) + " " + rows[value].astype(str),
    )
    top = int(frame[value].max())
    circles = (
        alt.Chart(spots[["place", "latitude", "longitude", value, *tips]].sort_values(value, ascending=False))
        .mark_circle(**disc("neutral"))
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size(
                f"{value}:Q",
                title=title,
                scale=alt.Scale(domain=[0, top], range=[0, shrinking(_AREA)]),
                legend=None,  # every circle carries its number
            ),
            tooltip=[
                alt.Tooltip("place:N", title=key.capitalize()),
                *[alt.Tooltip(f"{name}:Q", format=",.0f") for name in tips],
            ],
        )
    )
    # Where there is no room for all, the largest keep their names.
    named = spots.sort_values([value, "place"], ascending=[False, True])
    reach = {place: radius(count, top, _AREA) for place, count in zip(named["place"], named[value], strict=True)}
    rows = list(named[["place", "latitude", "longitude"]].itertuples(index=False, name=None))
    words = lettered(lb.named(rows, lb.grounds(lb.extent(shapes), height, reach=reach, shrinks=True)))
    return (
        alt.layer(land(shapes), *over_halos([circles], words)).project("mercator").properties(width=WIDE, height=height)
    )


def _spot(spot: lb.Spot) -> dict[str, Any]:
    return {"align": spot.align, "baseline": spot.baseline, "dx": spot.dx, "dy": spot.dy}


def track(
    shapes: Mapping[str, Any],
    frame: pd.DataFrame,
    label: str,
    rings: Mapping[str, Sequence[Sequence[float]]],
    *,
    places: pd.DataFrame | None = None,
    box: Sequence[float] = (),
) -> alt.LayerChart:
    """Draw the way of a point over periods, its first place (grey) and its last named, with closed outlines around it.

    Parameters
    ----------
    frame : DataFrame
        `latitude`, `longitude` (degrees) and `label` (period), in order.
    rings : mapping of str to sequence
        Closed outlines of longitude and latitude by palette name.
    box : sequence of float
        Part of the country to show (west, south, east, north); all of it where not given.
    """
    way = frame.assign(_order=range(len(frame)))
    spot = alt.Chart(way).encode(longitude="longitude:Q", latitude="latitude:Q")
    outlines = [
        alt.Chart(
            alt.Data(values=[{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [list(ring)]}}])
        ).mark_geoshape(filled=False, fill=None, stroke=palette.colour(name), strokeWidth=2, clip=True)
        for name, ring in rings.items()
    ]
    edges = box or lb.extent(shapes)
    marks = [
        *outlines,
        spot.mark_line(color=palette.colour("islamist"), strokeWidth=1.5).encode(order="_order:Q"),
        spot.mark_point(filled=True, size=26, color=palette.colour("islamist"), opacity=1).encode(
            tooltip=[alt.Tooltip(f"{label}:N")]
        ),
        *(
            spot.transform_filter(f"datum._order == {end}")
            .mark_point(
                filled=True, size=130, color=palette.colour(name), opacity=1, stroke=palette.PAPER, strokeWidth=1
            )
            .encode(tooltip=[alt.Tooltip(f"{label}:N")])
            for end, name in ((0, "neutral"), (len(way) - 1, "islamist"))
        ),
    ]
    ends = way.iloc[[0, -1]][[label, "latitude", "longitude"]].set_axis(["place", "latitude", "longitude"], axis=1)
    towns = places[list(ends)] if places is not None else ends[:0]
    rows = list(pd.concat([ends, towns]).itertuples(index=False, name=None))
    reach = {name: 7 if at < len(ends) else 2 for at, (name, *_) in enumerate(rows)}
    points = [(latitude, longitude, 4) for latitude, longitude in way[["latitude", "longitude"]].to_numpy()[1:-1]]
    lines = [mark for ring in rings.values() for mark in lb.along(ring)]
    maps = lb.grounds(edges, 420, reach=reach, marks=(points, points), solid=lines)
    # The French names of half-years are longer.
    placed = lb.named(rows, [replace(one, longer=14) for one in maps])
    layers = over_halos(marks, [*lettered(placed, dotted=True), town_dots(towns)])
    return mercator(alt.layer(land(shapes), *layers), box).properties(width=WIDE, height=420)
