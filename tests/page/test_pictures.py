"""Charts are drawn once for a specification, and anew whenever there is any doubt. All data here is made up."""

import os

import pytest
import vl_convert

from bookbuild.cache import Cache
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
    assert kept.card(svg) == fresh.card(svg)
    assert drawn == ["vegalite_to_svg", "vegalite_to_svg", "svg_to_png", "svg_to_png"]
    again = Pictures(tmp_path / "kept")
    assert again.svg(spec()) == svg
    assert again.card(svg) == fresh.card(svg)
    assert drawn[4:] == ["svg_to_png"], "only the one that keeps nothing draws again"


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_pdf_draws_nothing_that_the_build_has_drawn(tmp_path, root):
    import nbformat

    import sample_book
    from helpers.builds import books
    from helpers.page.drawing import figure_html
    from helpers.page.twins import Tongue

    book, kept = tmp_path / "book", tmp_path / "pictures"
    (book / "chapters").mkdir(parents=True)
    (book / "_config.yml").write_text((root / "_config.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (book / "_toc.yml").write_text("format: jb-book\nroot: chapters/summary\n", encoding="utf-8")
    sources = tmp_path / "sources"
    (sources / "chapters").mkdir(parents=True)
    nbformat.write(sample_book.notebook("A page", (sample_book.bars,)), sources / "chapters" / "summary.ipynb")
    # What a build keeps of this page: its chart, and the script of all pages.
    pictures = Pictures(kept)
    drawn_page = figure_html(sample_book.bars().spec(), anchor="fig-bars", pictures=pictures, tongue=Tongue("en"))
    pictures.bundle("globalThis.maliVegaEmbed = vegaEmbed;")
    before = sorted(path for path in kept.rglob("*") if path.is_file())
    page = books.join(book, "2023-07", "July 2023", sources, tmp_path / "work", pictures=kept)
    assert sorted(path for path in kept.rglob("*") if path.is_file()) == before
    chart = drawn_page.split('<div class="mali-figure__static">')[1].split("</svg>")[0]
    assert chart.count("<path") > 3
    assert chart.count("<path") == page.read_text(encoding="utf-8").split('<div class="mali-figure__static">')[1].split(
        "</svg>"
    )[0].count("<path")
