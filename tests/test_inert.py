"""The door of foreign text: nothing behind it is a template, a role, markup, a formula or an escape sequence."""

import csv
import io
import re

import pandas as pd
import pytest
from markdown_it import MarkdownIt

import hostile
import sample_book
from helpers import inert
from helpers.data import Tables
from helpers.folders import default_folder
from helpers.page import scripts

ROOT = sample_book.REPOSITORY
FORMULAS = {
    "=1+1": "'=1+1",
    "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0",
    "-A1": "'-A1",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1+1": "\t'=1+1",
    "\r=1": "\n'=1",
    " =1": " '=1",
    "\u200b=1+1": "\u200b'=1+1",
    "\ufeff\u2060@x": "\ufeff\u2060'@x",
    "\u202e=x": "\u202e'=x",
    "\u3164=x": "\u3164'=x",
    "＝1+1": "'＝1+1",
    "|calc": "'|calc",
    "%x": "'%x",
    ";=1+1": ";'=1+1",
    "Kidal; +cmd": "Kidal; '+cmd",
    "two\n=lines": "two\n'=lines",
    "=-1": "'=-1",
    "a;-5;=x": "a;-5;'=x",
    "-1-1": "'-1-1",
    "+1;=x": "'+1;'=x",
}
SAME = [
    "-12.5",
    "+7",
    "-1,234.5",
    "-1 234,5",
    "1e-5",
    "-.5",
    "-3 %",
    "−4",
    "JNIM",
    "a=b",
    "a - b",
    "100-150",
    "250+",
    "",
    "'=1",
    "R22-01;R22-02",
]


@pytest.mark.parametrize(("text", "made"), FORMULAS.items())
def test_what_begins_a_formula_gets_an_apostrophe(text, made):
    assert inert.cell(text) == made
    assert inert.cell(made) == made


@pytest.mark.parametrize("text", SAME)
def test_numbers_and_words_stay(text):
    assert inert.cell(text) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_reader_of_a_csv_finds_a_formula(delimiter):
    texts = [*FORMULAS, *hostile.TEXTS]
    made = inert.to_csv(pd.DataFrame({"=name": texts, "n": -1.5}))
    cells = [c for row in csv.reader(io.StringIO(made, newline=""), delimiter=delimiter) for c in row]
    assert len(cells) >= len(texts)
    starts = [c.lstrip(" \u200b\ufeff\u2060\u202e\u3164\t\r\n") for c in cells]
    assert [c for c in starts if re.match(r"[=+@|%＝＋－＠]|-(?!\d)", c)] == []
    assert made.count("-1.5") == len(texts)


def test_the_page_has_the_same_rule(browser):
    script = scripts.joined("mali.js")
    found = re.search(r"  const INVISIBLE = .*?  const inert = [^\n]*\n", script, re.DOTALL)
    texts = [*FORMULAS, *SAME, *hostile.TEXTS]
    page = browser.new_page()
    made = page.evaluate(f"(texts) => {{ {found[0]} return texts.map(inert); }}", texts)
    page.close()
    assert made == [inert.cell(text) for text in texts]


def test_our_own_tables_hold_no_formula_and_are_written_as_they_are():
    for path in sorted((ROOT / "data").glob("*.csv")):
        frame = Tables().load(path.stem, partial=True)
        assert inert.to_csv(frame) == path.read_text(encoding="utf-8"), path.name


def test_csv_is_written_in_one_way():
    writers = [
        path.name for path in (ROOT / "src").rglob("*.py") if ".to_csv(index" in path.read_text(encoding="utf-8")
    ]
    assert writers == ["inert.py"]


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_text_behind_the_door_is_letters_in_every_language(text):
    made = inert.text(text)
    assert not set(made) & set("<{}[]`*|\\~^$#\x1b\n\r\u202e\u200b"), made
    assert made.isprintable() or set(made) & set("\u202f\xa0\u3000")
    assert inert.text(made) == made
    # For Markdown it is one paragraph of text, where it stands inside a sentence.
    tokens = [t for t in MarkdownIt("commonmark").enable("table").parse(f"Not in these data: {made}.") if t.children]
    kinds = {child.type for token in tokens for child in token.children}
    assert kinds <= {"text", "em_open", "em_close", "strong_open", "strong_close"}, kinds


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_markdown_shows_escaped_text_as_it_is(text):
    tokens = MarkdownIt("commonmark").parse(f"It is {inert.markdown(text)}")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    shown = "".join(child.content for child in tokens[1].children)
    assert {child.type for child in tokens[1].children} <= {"text", "text_special"}
    assert shown == f"It is {inert.line(text)}".rstrip()


def test_addresses_are_of_the_web_or_nothing():
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x",
        "https://x/ y",
        'https://x/"y',
        "",
    ):
        assert inert.url(bad) == ""
    known = [
        url for name in ("chronology", "bases", "indices", "referendum") for url in Tables().load(name)["url"] if url
    ]
    assert len(known) > 100
    assert [inert.url(url) for url in known] == known


def test_terminals_get_no_escapes():
    assert inert.lines("one \x1b[2Jtwo\nthree\u202e") == "one [2Jtwo\nthree"
    assert inert.lines("two:\n    15\u00a0→\u00a053") == "two:\n    15\u00a0→\u00a053", (
        "an indent stays beside any blank"
    )
    assert inert.line("a\x9b31mb\x07c\x1b]0;title\x07") == "a 31mb c ]0;title"


def test_the_projects_own_tables_pass_the_door_unchanged():
    for path in sorted((ROOT / "data").glob("*.csv")):
        frame = Tables().load(path.stem, partial=True)
        through = inert.frame(frame)
        for name in frame:
            moved = ~(frame[name].eq(through[name]) | frame[name].isna())
            assert not moved.any(), (path.name, name)
    package = Tables(default_folder()).package()
    assert inert.tree(package) == package
