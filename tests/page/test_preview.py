"""What a shared link shows: a card of the right size on every page, named in its head."""

from __future__ import annotations

import struct
import zlib

import pytest
import vl_convert
from bs4 import BeautifulSoup

import sample_book
from helpers.errors import MaliError
from helpers.page import flat, preview
from helpers.page.pictures import Pictures


def test_a_card_has_the_size_that_previews_are_cut_to_and_sixteen_colours():
    drawn = preview.card("Book & more", "July 2023", "A <page>", "Words " * 200)
    png = Pictures().card(drawn)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">IIBB", png[16:26]) == (600, 315, 4, 3)
    assert len(png) < len(vl_convert.svg_to_png(drawn, scale=0.5)) / 2


def test_a_card_keeps_its_colours():
    """Synthetic: white paper with a red edge and one pale pixel that is nearer to white."""
    drawn = '<rect width="8" height="2" fill="#fff"/><rect width="2" height="2" fill="#c00"/>'
    made = flat.flat(
        vl_convert.svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="2">{drawn}</svg>')
    )
    assert made[made.index(b"PLTE") + 4 :][:6] == bytes([255, 255, 255, 204, 0, 0])
    lines = zlib.decompress(made[made.index(b"IDAT") + 4 : made.index(b"IEND") - 8])
    assert lines == bytes([0, 0x11, 0, 0, 0]) * 2
    with pytest.raises(MaliError, match="eight bits"):
        flat.flat(made)


def test_long_words_are_cut_and_stay_on_the_card():
    drawn = BeautifulSoup(preview.card("Book", "", "Title " * 60, "word " * 300), "html.parser")
    assert all(float(text["y"]) < 630 for text in drawn.select("text"))
    assert drawn.select("text")[-1].get_text().endswith("…")


def test_a_french_number_on_a_card_stays_in_one_piece():
    drawn = BeautifulSoup(preview.card("Livre", "", "Les morts", "3\u202f868 morts " * 60), "html.parser")
    lines = [line.get_text() for line in drawn.select("text")]
    assert any("3\u202f868" in line for line in lines)
    assert not any("3 868" in line for line in lines)


def test_markup_in_words_stays_words():
    found = BeautifulSoup(preview.tags('A "page"', "<b>text</b>", "Book", "x.png"), "html.parser")
    assert found.select_one('[property="og:title"]')["content"] == 'A "page"'
    assert found.select_one('[property="og:description"]')["content"] == "<b>text</b>"
    assert not found.select("b")


def test_every_page_of_a_built_book_with_a_chart_names_its_own_card_and_others_the_books(tmp_path_factory):
    site = sample_book.build(sample_book.folder(tmp_path_factory))
    pages = [p for p in (site / sample_book.EDITION).rglob("*.html") if "_static" not in p.parts]
    named, unnamed = set(), 0
    for page in pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        tag = soup.select_one('[property="og:image"]')
        if tag is None:
            assert page.name in ("search.html", "genindex.html", "index.html"), page
            unnamed += 1
            continue
        image = (page.parent / tag["content"]).resolve()
        alt = soup.select_one('[property="og:image:alt"]')["content"]
        if not soup.select_one("figure.mali-figure"):
            assert image.name == ("book.fr.png" if page.name.endswith(".fr.html") else "book.png"), page
            assert alt == soup.select_one('[property="og:site_name"]')["content"]
            unnamed += 1
            continue
        assert alt == soup.select_one('[property="og:title"]')["content"]
        assert struct.unpack(">II", image.read_bytes()[16:24]) == (600, 315)
        assert soup.select_one('[property="og:title"]')["content"]
        named.add(image)
    assert len(named) == len(pages) - unnamed
    assert len(named) >= len(sample_book.PAGES)
