"""What a shared link shows: a card of the right size on every page, named in its head."""

from __future__ import annotations

import struct

import vl_convert
from bs4 import BeautifulSoup

import sample_book
from helpers.page import preview


def test_a_card_has_the_size_that_previews_are_cut_to():
    png = vl_convert.svg_to_png(preview.card("Book & more", "July 2023", "A <page>", "Words " * 200))
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (1200, 630)


def test_long_words_are_cut_and_stay_on_the_card():
    drawn = BeautifulSoup(preview.card("Book", "", "Title " * 60, "word " * 300), "html.parser")
    assert all(float(text["y"]) < 630 for text in drawn.select("text"))
    assert drawn.select("text")[-1].get_text().endswith("…")


def test_markup_in_words_stays_words():
    found = BeautifulSoup(preview.tags('A "page"', "<b>text</b>", "Book", "x.png"), "html.parser")
    assert found.select_one('[property="og:title"]')["content"] == 'A "page"'
    assert found.select_one('[property="og:description"]')["content"] == "<b>text</b>"
    assert not found.select("b")


def test_every_page_of_a_built_book_names_its_own_card(tmp_path_factory):
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
        assert struct.unpack(">II", image.read_bytes()[16:24]) == (1200, 630)
        assert soup.select_one('[property="og:title"]')["content"]
        named.add(image)
    assert len(named) == len(pages) - unnamed
    assert len(named) >= len(sample_book.PAGES)
