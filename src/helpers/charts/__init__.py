"""The book's chart grammar: a dozen forms, each a function from a tidy frame to an Altair chart.

A form knows scales, marks and labels; it does no arithmetic and holds no words of a finding. Titles, sources and
alternative texts belong to `helpers.figures.Figure`, numbers to `helpers.measures`. Choose the form after the
relation to be shown (FT Visual Vocabulary): change over time `columns`, `lines`, `stacked`, `heat`; size and rank
`bars`, `dots`; deviation `diverging`; space `cells_slider`; events in time `timeline`; estimates `intervals`. An axis is called like its column where no title is given.
"""

from helpers.charts.curves import lines
from helpers.charts.days import calendar, spans, timeline
from helpers.charts.effects import among, around, courses, curve, intervals
from helpers.charts.maps import (
    area_circles,
    bamako_ring,
    cells_slider,
    circle,
    disc,
    disc_legend,
    land,
    lettered,
    mercator,
    over_halos,
    place_names,
    radius,
    ring_name,
    shrinking,
    spots_of,
    town_dots,
    track,
)
from helpers.charts.parts import WIDE, marker, names
from helpers.charts.periods import columns, linked, moments, multiples, stacked
from helpers.charts.rows import MULTIPLES, SHARES, bars, diverging, dots, heat, pairs, ratio_ticks, units

__all__ = [
    "MULTIPLES", "SHARES", "WIDE", "among", "area_circles", "around", "bamako_ring", "bars",
    "calendar", "cells_slider", "circle", "columns", "courses",
    "curve", "disc", "disc_legend", "diverging", "dots", "heat", "intervals", "land", "lettered", "lines", "linked", "marker", "mercator",
    "moments", "multiples", "names", "over_halos", "pairs", "place_names", "radius", "ratio_ticks", "ring_name", "shrinking", "spans", "spots_of", "stacked", "timeline", "town_dots", "track", "units",
]  # fmt: skip
