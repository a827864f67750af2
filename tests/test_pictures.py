"""Charts are drawn once for a specification, and anew whenever there is any doubt. All data here is made up."""

import os

import pytest
import vl_convert

from helpers.builds.cache import Cache
from helpers.page import pictures
from helpers.page.pictures import Pictures


def spec(value=1):
    return {
        "data": {"values": [{"x": value}]},
        "mark": "bar",
        "encoding": {"x": {"field": "x", "type": "quantitative"}},
    }


@pytest.fixture
def drawn(monkeypatch):
    """Return what was asked of vl-convert, in order."""
    asked = []
    for name in ("vegalite_to_svg", "svg_to_png", "javascript_bundle"):
        real = getattr(vl_convert, name)

        def counted(*args, _name=name, _real=real, **options):
            asked.append(_name)
            return _real(*args, **options)

        monkeypatch.setattr(vl_convert, name, counted)
    return asked


def test_a_kept_picture_is_the_one_that_is_drawn_and_is_not_drawn_again(tmp_path, drawn):
    fresh, kept = Pictures(), Pictures(tmp_path / "kept")
    svg = fresh.svg(spec())
    assert kept.svg(spec()) == svg
    assert kept.png(svg) == fresh.png(svg)
    assert drawn == ["vegalite_to_svg", "vegalite_to_svg", "svg_to_png", "svg_to_png"]
    again = Pictures(tmp_path / "kept")
    assert again.svg(spec()) == svg
    assert again.png(svg) == fresh.png(svg)
    assert drawn[4:] == ["svg_to_png"], "only the one that keeps nothing draws again"


def test_the_script_is_kept_too_by_its_last_words(tmp_path, drawn):
    kept = Pictures(tmp_path)
    one = kept.bundle("globalThis.one = vegaEmbed;")
    assert kept.bundle("globalThis.one = vegaEmbed;") == one
    assert kept.bundle("globalThis.other = vegaEmbed;") != one
    assert drawn == ["javascript_bundle", "javascript_bundle"]


def test_another_specification_or_another_version_is_another_picture(tmp_path, drawn, monkeypatch):
    kept = Pictures(tmp_path)
    assert kept.svg(spec(1)) != kept.svg(spec(2))
    monkeypatch.setattr(pictures, "version", lambda name: f"{name} of another day")
    kept.svg(spec(1))
    assert len(drawn) == 3


@pytest.mark.parametrize("harm", [lambda c: b"", lambda c: c[:-3], lambda c: c[:40] + bytes([c[40] ^ 1]) + c[41:]])
def test_a_damaged_picture_is_drawn_again_and_mended(tmp_path, drawn, harm):
    kept = Pictures(tmp_path)
    svg = kept.svg(spec())
    (path,) = (p for p in tmp_path.rglob("*") if p.is_file())
    sound = path.read_bytes()
    path.write_bytes(harm(sound))
    assert kept.svg(spec()) == svg
    assert len(drawn) == 2
    assert path.read_bytes() == sound


def test_pictures_that_no_build_uses_are_removed_in_time(tmp_path):
    cache = Cache(tmp_path)
    kept = Pictures(cache.pictures)
    kept.svg(spec(1))
    kept.svg(spec(2))
    old = 1  # a second after the beginning of time
    for path in cache.pictures.rglob("*"):
        os.utime(path, (old, old))
    kept.svg(spec(2))
    assert cache.prune() == 1
    assert [p.stat().st_mtime > old for p in cache.pictures.rglob("*") if p.is_file()] == [True]
