"""Unions of discs without the union: held against GEOS, and against circles in closed form."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.discs import union_areas

RADII = (1, 2.5, 5, 25)
AT = st.floats(-40, 40, allow_nan=False).map(lambda value: round(value, 2))


def built(x, y, radius):
    return shapely.union_all(shapely.buffer(shapely.points(x, y), radius, quad_segs=32)).area


def test_two_discs_apart_and_two_that_cross_have_the_areas_of_circles():
    apart, crossing = union_areas(np.array([0.0, 30.0]), np.array([0.0, 0.0]), (10, 20))
    assert apart == pytest.approx(2 * np.pi * 100, rel=5e-4)
    lens = 2 * 400 * np.arccos(30 / 40) - 15 * np.sqrt(1600 - 900)
    assert crossing == pytest.approx(2 * np.pi * 400 - lens, rel=5e-4)


@settings(max_examples=150)
@given(st.lists(st.tuples(AT, AT), min_size=1, max_size=60))
def test_areas_equal_those_of_the_built_union(places):
    x, y = np.array(places).T
    assert union_areas(x, y, RADII) == pytest.approx([built(x, y, radius) for radius in RADII], abs=1e-5)


@pytest.mark.parametrize("step", [0.5, 1.0, 2.0, 4.9, 5.0, 10.0])
def test_areas_on_a_grid_whose_discs_touch_or_share_sides_equal_those_of_the_built_union(step):
    x, y = (part.ravel() for part in np.meshgrid(np.arange(9) * step, np.arange(7) * step))
    assert union_areas(x, y, RADII) == pytest.approx([built(x, y, radius) for radius in RADII], abs=1e-5)


def test_a_thousand_places_around_a_hole_equal_the_built_union():
    chance = np.random.default_rng(1)
    angle, far = chance.uniform(0, 2 * np.pi, 1000), chance.uniform(60, 90, 1000)
    x, y = far * np.cos(angle), far * np.sin(angle)
    assert union_areas(x, y, RADII) == pytest.approx([built(x, y, radius) for radius in RADII], abs=1e-5)
