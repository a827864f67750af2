"""HTML is written by templates, in which every value is escaped: no tag stands in a string of the code, but for those below."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

import trees
from bookbuild import inputs
from bookbuild.markup import Templates
from helpers.html_table import html_table
from helpers.markup import PAGES, piece

SRC = Path(__file__).parents[2] / "src"
TEMPLATES = sorted(
    path for folder in SRC.rglob("templates") for path in folder.iterdir() if path.suffix in (".html", ".svg")
)
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?=[\s>/]|$)|</")
READS = {"compile", "sub", "search", "match", "fullmatch", "findall", "finditer", "split"}
"""Functions of `re`: their patterns look for tags and write none."""

KEPT = {
    "helpers/borrowed/myst_nb.py": "what MyST-NB writes, to find it and take its label away",
    "helpers/borrowed/sphinx_book_theme.py": "what the theme's templates write, to find it and set its French",
    "helpers/borrowed/thebe.py": "what Thebe's script begins with, to find it",
    "helpers/builds/light.py": "parts of made pages that are shipped apart: its tags hold what was escaped before, as it stood",
    "helpers/builds/paper.py": "a chart as it stands in a page, to find it and say how its letters are set",
    "helpers/builds/over_files.py": "by which a page of a site is known",
    "helpers/builds/recipe.py": "by which a front page is known",
    "helpers/figures.py": "what a CSV must not hold, and the error that says so",
    "helpers/ingest/parse.py": "what spreadsheets write for nothing",
    "helpers/notebook.py": "what a terminal shows in place of a chart",
    "helpers/story/revisions.py": "a link inside of a sentence in Markdown, to a file that is no page",
    "helpers/story/southern.py": "a link inside of a sentence in Markdown, to a question that is no place of a page",
}
"""Modules with a tag in a string, and why."""


def tags(code: str) -> Iterator[str]:
    """Yield the strings of code that hold a tag, but for docstrings and patterns."""
    tree = trees.parsed(code)
    others: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            others.add(id(node.value))
        if isinstance(node, ast.Call) and ast.unparse(node.func).removeprefix("re.") in READS and node.args:
            others |= {id(part) for part in ast.walk(node.args[0])}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in others else None
        if isinstance(text, str) and TAG.search(text):
            yield text


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("x = f'<p class=\"a\">{y}'", ['<p class="a">']),
        ("x = '<b>' + y + '</b>'", ["<b>", "</b>"]),
        ("x = f'<{tag}>{y}</{tag}>'", ["</"]),
        ("def f():\n    'The <b> of it.'\n    return a < b", []),
        ("import re\nx = re.compile('<p>')\ny = re.sub('<p>', '<i>', z)", ["<i>"]),
        ("x = 'a < b and c <= d'", []),
    ],
)
def test_tags_in_strings_are_found(code, found):
    assert sorted(tags(code)) == sorted(found)


def test_no_string_of_the_code_holds_a_tag():
    with_tags = {path.relative_to(SRC).as_posix() for path in SRC.rglob("*.py") if list(tags(path.read_text("utf-8")))}
    assert with_tags == set(KEPT)


class _InTags(HTMLParser):
    """What stands inside of tags of a template."""

    def __init__(self, template: str):
        super().__init__()
        self.inside: list[str] = []
        self.feed(template)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.inside.append(self.get_starttag_text())


def in_tags(template: str) -> list[str]:
    """Return the expressions that stand inside of a template's tags."""
    held: list[str] = []

    def name(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"e{len(held) - 1}e"

    # An expression's own quotes and signs are none of HTML's; and a macro may hold an attribute alone.
    marked = re.sub(r"\{\{.*?\}\}", name, template, flags=re.DOTALL)
    marked = re.sub(r"\{%-?\s*macro .*?%\}(\s[\w-]+=)", r"<i\1", marked)
    marked = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", marked, flags=re.DOTALL)
    found = re.findall(r"e(\d+)e", " ".join(_InTags(marked).inside))
    return [held[int(number)] for number in found]


def test_what_stands_in_a_tag_is_found():
    assert in_tags('<a href="{{ a }}"{% if b %} id="{{ b | text }}"{% endif %}>{{ c | text }}</a>') == [
        "{{ a }}",
        "{{ b | text }}",
    ]
    assert in_tags('{% macro fr(x) %} data-fr="{{ x | text }}"{% endmacro %}<b>') == ["{{ x | text }}"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_quotes_stay_in_the_text_of_elements_only(path):
    template = path.read_text(encoding="utf-8")
    assert not [one for one in in_tags(template) if re.search(r"\|\s*(text|safe)\b", one)]
    assert "autoescape" not in template
    assert re.findall(r"[\w.]+ \| safe", template) == (["content | safe"] if path.name == "pieces.html" else [])


HOSTILE = """<script>alert(1)</script> "a" 'b' & {{ 7 * 7 }}"""


def test_a_place_called_like_a_script_is_letters():
    shown = html_table(
        {"columns": [HOSTILE], "rows": [[HOSTILE]]}, caption=HOSTILE, hrefs={HOSTILE: ["javascript:alert(1)"]}
    )
    text = """&lt;script&gt;alert(1)&lt;/script&gt; "a" 'b' &amp; {{ 7 * 7 }}"""
    label = text.replace('"', "&quot;").replace("'", "&#x27;")
    assert shown == (
        f'<div class="mali-table-wrap" role="region" tabindex="0" aria-label="{label}">\n<table class="mali-table">\n'
        f'<caption>{text}</caption>\n<thead><tr><th scope="col" class="mali-code">{text}</th></tr></thead>\n<tbody>\n'
        f'<tr><th scope="row" class="mali-code">{text}</th></tr>\n</tbody>\n</table>\n</div>'
    )


def test_a_value_is_escaped_once_and_by_every_door():
    assert piece("told", HOSTILE).count("&lt;script&gt;") == 1
    assert piece("told", Markup("<b>made</b>")) == '<p class="mali-told"><em><b>made</b></em></p>'
    # Text that is added to a piece is HTML already, and must not be escaped again.
    assert type(piece("end", "p")) is str


def test_what_a_template_is_not_given_is_an_error():
    with pytest.raises(UndefinedError, match="entries"):
        PAGES.render("register.html", name="A register")


def test_a_template_is_compiled_once_and_is_an_input_of_whatever_it_fills(tmp_path, monkeypatch):
    (tmp_path / "made_up" / "templates").mkdir(parents=True)
    (tmp_path / "made_up" / "__init__.py").write_text("")
    for name, text in (
        ("one.html", '{% from "two.html" import b %}{{ b(x) }}'),
        ("two.html", "{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}"),
    ):
        (tmp_path / "made_up" / "templates" / name).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    templates = Templates("made_up")
    assert templates.render("one.html", x="&") == "<b>&amp;</b>"
    noted = []
    monkeypatch.setattr(inputs, "note", lambda kind, path: noted.append((kind, Path(path).name)))
    (tmp_path / "made_up" / "templates" / "two.html").write_text("changed")
    assert templates.render("one.html", x="<") == "<b>&lt;</b>"
    assert noted == [("file", "one.html"), ("file", "two.html")]
