"""The house's apostrophe: what pages print holds none of a typewriter's, what programs read keeps its own."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import browser as chromium
import helpers.page
from helpers.builds.recipe import project
from helpers.french import spaced
from helpers.page.typeset import typeset

TYPED = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
APART = ("script", "style", "pre", "code", "textarea")


def printed(page: str) -> str:
    """Return the text of a page that is no code."""
    soup = BeautifulSoup(page, "html.parser")
    for tag in soup.find_all(APART):
        tag.decompose()
    return soup.get_text("\n")


def test_text_is_typeset_and_code_attributes_and_quotations_are_not():
    page = (
        "<!-- it's --><h1 title=\"Mali's\">Mali's war &#x27;25, the reports&#39; own 'word' and 5'3</h1><pre>it's</pre>"
        "<script>const a = 'b';</script><CODE>x's</CODE><p>l'armée</p>"
    )
    assert typeset(page) == (
        "<!-- it's --><h1 title=\"Mali's\">Mali’s war &#x27;25, the reports’ own 'word' and 5’3</h1><pre>it's</pre>"
        "<script>const a = 'b';</script><CODE>x's</CODE><p>l’armée</p>"
    )


def test_a_number_and_its_unit_stay_on_one_line_in_text_cells_and_cards():
    assert typeset("<td>69 %</td><dd>19 percent, 150 km; 6,150 km²</dd>") == (
        "<td>69\u202f%</td><dd>19\xa0percent, 150\u202fkm; 6,150\u202fkm²</dd>"
    )
    kept = '<pre>69 %</pre><i title="69 %">10 kmh, 5 percentages, a %</i>'
    assert typeset(kept) == kept


def test_a_line_breaks_in_no_french_inversion():
    page = (
        '<h2 id="t-elle">Où s’aggrave-t-elle, et que pouvait-on en dire ?</h2><p>Est-ce sûr ? Qu’ont-ils, où en est-il, '
        "que reste-t-il, s’est-elle arrêtée ? Dit-il-même, follow-on, hands-on, sud-est, quatre-vingt-dix</p><code>a-t-il</code>"
    )
    made = typeset(page)
    assert made.replace("\N{NON-BREAKING HYPHEN}", "-") == page
    for whole in ("s’aggrave-t-elle", "pouvait-on", "Est-ce", "ont-ils", "est-il", "reste-t-il", "s’est-elle"):
        assert whole not in made
        assert whole.replace("-", "\N{NON-BREAKING HYPHEN}") in made
    for kept in (
        'id="t-elle"',
        "Dit-il-même",
        "follow-on",
        "hands-on",
        "sud-est",
        "quatre-vingt-dix",
        "<code>a-t-il</code>",
    ):
        assert kept in made


@given(st.lists(st.sampled_from(["<p>", "</p>", "<code>x'y</code>", "Mali's", "s' ", " 'a", "&#x27;", "a", "<b a='c'>"]), max_size=12))  # fmt: skip
def test_no_text_keeps_one_and_nothing_else_changes(parts):
    page = "".join(parts)
    made = typeset(page)
    assert typeset(made) == made
    assert made.replace("’", "'") == re.sub("&#x27;", "'", page) or "&#x27;" in page
    assert len(re.findall("<[^>]*>", made)) == len(re.findall("<[^>]*>", page))


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390])
def test_no_word_of_a_title_breaks_on_a_phone(browser, width):
    """A question mark stood alone on a line: its word, which holds no place to break, was wider than a phone."""
    titles = []
    for path in project().notebooks:
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
        titles += ["".join(first["source"]), spaced(first["metadata"].get("fr", {}).get("text", ""))]
    heads = "".join(f"<h1>{text.splitlines()[0].lstrip('# ')}</h1>" for text in titles if text.startswith("# "))
    css = (Path(helpers.page.__file__).parent / "static" / "mali.css").read_text(encoding="utf-8")
    theme = "body { margin: 0 16px; font-family: sans-serif } h1 { font-size: 2.625rem; font-weight: 400; line-height: 1.15 }"
    with chromium.visit(browser, width=width) as seen:
        seen.page.set_content(f"<style>{theme}{css}</style><article class='bd-article'>{typeset(heads)}</article>")
        broken = seen.page.evaluate(
            """() => [...document.querySelectorAll("h1")].flatMap((head) =>
                 [...head.firstChild.data.matchAll(/[^ -]+/g)].filter((found) => {
                   const range = document.createRange();
                   range.setStart(head.firstChild, found.index);
                   range.setEnd(head.firstChild, found.index + found[0].length);
                   return range.getClientRects().length > 1;
                 }).map((found) => found[0]))"""
        )
        assert broken == []
        assert "aggrave" in heads
