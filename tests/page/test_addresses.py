"""Addresses: files of every figure in the form that their schema says, hashes that hold, links that Tab reaches."""

import hashlib
import io
import json
import re
import struct
import zlib
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import jsonschema
import numpy as np
import pandas as pd
import pytest
import vl_convert
from bs4 import BeautifulSoup

import browser as chromium
import sample_book
from helpers.builds.recipe import MARKS
from helpers.page import addresses, drawing, linked
from helpers.page.lean import lean
from helpers.page.typeset import typeset

SHOWN = sample_book.FIGURES


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    folder = sample_book.folder(tmp_path_factory)
    return sample_book.build(folder) / sample_book.EDITION


@pytest.fixture(scope="module")
def said(built):
    return BeautifulSoup((built / f"{sample_book.SAYS}.html").read_text(encoding="utf-8"), "html.parser")


# ---- files -------------------------------------------------------------------------------------------------


def test_every_figure_lies_beside_the_pages_in_four_forms(built):
    there = {path.name for path in (built / "figures").iterdir()}
    ids = [make().id for make in SHOWN]
    assert there == {f"{name}.{end}" for name in ids for end in ("json", "csv", "svg", "vl.json")}
    assert re.match(MARKS.parts, "figures/line.json")


@pytest.mark.parametrize("make", SHOWN, ids=lambda make: make.__name__)
def test_a_newsroom_can_load_a_figure(built, make):
    figure, folder = make(), built / "figures"
    held = json.loads((folder / f"{figure.id}.json").read_text(encoding="utf-8"))
    schema = json.loads((folder / held["$schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(held, schema)
    content = (folder / f"{figure.id}.csv").read_bytes()
    assert held["sha256"] == hashlib.sha256(content).hexdigest()
    table = pd.read_csv(io.BytesIO(content))
    described = held["table"]
    assert described["csv"] == f"{figure.id}.csv"
    assert list(table.columns) == [*described["columns"]] == list(figure.frame.columns)
    assert len(table) == described["rows"] == len(figure.frame)
    numeric = [name for name, kind in described["columns"].items() if kind in ("integer", "number")]
    assert numeric == list(table.select_dtypes("number").columns)
    assert held["title"]["en"] == figure.title
    assert held["title"].get("fr") == (figure.fr.title if figure.fr else None)
    assert held["citation"].endswith(f"{held['address']}, sha256:{held['sha256'][:16]}")
    page, anchor = held["address"].removeprefix(f"{sample_book.EDITION}/").split("#")
    shown = BeautifulSoup((built / page).read_text(encoding="utf-8"), "html.parser").find(id=anchor)
    assert shown.select_one(".mali-figure__citation").get_text() == held["citation"], (
        "the page cites the figure as its file does"
    )
    assert shown.select_one(f'a[href$="figures/{figure.id}.json"]')
    spec = json.loads((folder / f"{figure.id}.vl.json").read_text(encoding="utf-8"))
    assert spec["usermeta"]["mali"] == {key: getattr(figure, key) for key in ("id", "source")}
    assert " ".join(spec["title"]["text"]) == figure.title
    assert vl_convert.vegalite_to_svg(spec, vl_version="5.8").startswith("<svg")
    drawn = ET.fromstring((folder / f"{figure.id}.svg").read_text(encoding="utf-8"))
    assert drawn.get("aria-label") == figure.alt
    title, cited = [part.text for part in drawn][:2]
    assert title == figure.title
    assert held["citation"].endswith(f"“{title.removesuffix('.')}”. {cited}")


def test_the_schema_refuses_what_is_no_figure(built):
    schema = json.loads((built / "_static/figure.schema.json").read_text(encoding="utf-8"))
    held = json.loads((built / "figures/line.json").read_text(encoding="utf-8"))
    for wrong in (
        {"sha256": "abc"},
        {"rows": []},
        {"table": {**held["table"], "rows": 0}},
        {"table": {**held["table"], "csv": "../x.csv"}},
        {"title": "text"},
        {"more": 1},
        {"edition": {"id": "2023-07"}},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(held | wrong, schema)


def test_an_address_is_in_full_where_the_site_knows_its_own():
    config = SimpleNamespace(html_baseurl="https://example.org/mali/2023-07/", mali_edition="2023-07")
    where = addresses.address(config, "chapters/a", "fig-x")
    assert where == "https://example.org/mali/2023-07/chapters/a.html#fig-x"
    assert addresses.reference(config, "chapters/a", "fig-x", "ab" * 32) == f"{where}, sha256:{'ab' * 8}"


def test_a_citation_says_that_its_address_is_one_inside_the_book_where_none_is_published():
    config = SimpleNamespace(html_baseurl="", mali_edition="2023-07")
    told = [addresses.reference(config, "chapters/a", "fig-x", "ab" * 32, french=french) for french in (False, True)]
    tail = f"2023-07/chapters/a.html#fig-x, sha256:{'ab' * 8}"
    assert told == [f"Address in the book: {tail}", f"Adresse dans le livre\u202f: {tail}"]


def test_a_changed_number_changes_the_hash():
    words = sample_book.bars().spec()["usermeta"]["mali"]
    before = addresses.digest(words)
    words["table"]["rows"][0][1] += 1
    assert addresses.digest(words) != before
    words["table"]["rows"][0][1] -= 1
    words["title"] = "Other words"
    assert addresses.digest(words) == before, "words may differ from page to page"


# ---- the lean SVG ------------------------------------------------------------------------------------------


def _pixels(svg: str) -> np.ndarray:
    """Draw an SVG without filters of PNG that depend on neighbours: each is undone here."""
    png = vl_convert.svg_to_png(svg, scale=0.5)
    width, height, _, kind = struct.unpack(">IIBB", png[16:26])
    data, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        data += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + size
    step = {2: 3, 6: 4}[kind]
    rows = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + width * step).astype(int)
    out = np.zeros((height + 1, width + 1, step), int)
    for y in range(height):
        line = rows[y, 1:].reshape(width, step)
        for x in range(width):
            left, up, corner = out[y + 1, x], out[y, x + 1], out[y, x]
            guess = left + up - corner
            near = [abs(guess - value) for value in (left, up, corner)]
            paeth = np.where(
                (near[0] <= near[1]) & (near[0] <= near[2]), left, np.where(near[1] <= near[2], up, corner)
            )
            add = (0, left, up, (left + up) // 2, paeth)[rows[y, 0]]
            out[y + 1, x + 1] = (line[x] + add) % 256
    return out[1:, 1:]


@pytest.mark.slow
@pytest.mark.parametrize(
    "make", [sample_book.bars, sample_book.map_, sample_book.multiples], ids=lambda make: make.__name__
)
def test_a_lean_svg_draws_the_same(make):
    full = drawing.static_svg(make().spec(), "x")
    short = lean(full)
    assert len(short) < len(full) * 0.75
    one, other = _pixels(full), _pixels(short)
    assert one.shape == other.shape
    apart = abs(one - other).max(axis=2)
    assert apart.mean() < 3, "a tenth of a pixel moves edges, and nothing else"
    assert (apart > 96).mean() < 0.002


def test_a_shape_without_a_colour_of_its_own_takes_over_none():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g><path d="M0,0h1v1z" fill="#f00"/>'
        '<path d="M2,0h1v1z" fill="#f00"/><path d="M4,0h1v1z"/></g></svg>'
    )
    root = ET.fromstring(lean(svg))
    assert root.get("fill") is None
    assert [(path.get("fill"), path.get("d")) for path in root] == [("#f00", "m0 0h1v1zm2 0h1v1z"), (None, "m4 0h1v1z")]


def test_what_stands_again_or_shows_nothing_is_left_out_and_what_touches_keeps_its_order():
    """Synthetic: a bar twice, one without a height, a disc, one that only a pointer finds, and two veiled bars that overlap."""
    disc = "M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0"
    bar = '<path d="M0,0h4v4h-4Z" fill="rgb(255, 0, 16)"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{bar}{bar}<path d="M9,0h4v0h-4Z" fill="#ff0010"/>'
        f'<path d="{disc}" transform="translate(20,20)" fill="#00ff00"/>'
        f'<path d="{disc}" transform="translate(30,20)" fill="#00ff00" opacity="0.001"/>'
        '<path d="M0,30h4v4h-4Z" fill="#0000ff" fill-opacity="0.5"/><path d="M2,30h4v4h-4Z" fill="#0000ff" fill-opacity="0.5"/>'
        "</svg>"
    )
    looks = [dict(path.attrib) for path in ET.fromstring(lean(svg))]
    assert looks == [
        {"d": "m0 0h4v4h-4z", "fill": "#ff0010"},
        {"d": "m20 20h0", "fill": "none", "stroke": "#00ff00", "stroke-linecap": "round", "stroke-width": "6"},
        {"d": "m0 30h4v4h-4z", "fill": "#0000ff", "fill-opacity": "0.5"},
        {"d": "m2 30h4v4h-4z", "fill": "#0000ff", "fill-opacity": "0.5"},
    ]
    assert abs(_pixels(svg) - _pixels(lean(svg))).mean() < 1


def test_marks_of_one_colour_are_drawn_together_by_their_size_and_veiled_ones_that_overlap_apart():
    """Synthetic: dots of two sizes in turn, the third over the first; a label that Vega has hidden; round corners."""

    def dots(veil: str) -> str:
        disc = '<path d="M{0},0A{0},{0},0,1,1,-{0},0A{0},{0},0,1,1,{0},0" transform="translate({1},20)" fill="#0000ff"{2}/>'
        return "".join(disc.format(size, x, veil) for size, x in ((3, 10), (4, 20), (3, 12), (4, 32), (3, 42)))

    head, font = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">',
        'font-family="serif" font-size="9px"',
    )
    words = (
        f'<text {font} x="5" y="30" text-anchor="start">seen</text><text {font} x="5" y="38" fill-opacity="0">no</text>'
    )
    bar = '<path d="M50,2C50,.9,50.9,0,52,0h4v9h-6Z" fill="#ff0000"/>'
    svg = f"{head}{dots(' fill-opacity=' + chr(34) + '0.5' + chr(34))}{bar}{words}</svg>"
    root = ET.fromstring(lean(svg))
    assert [part.get("d", part.text) for part in root] == [
        "m10 20h0m32 0h0",
        "m20 20h0m12 0h0",
        "m12 20h0",
        "m50 2q0-2 2-2h4v9h-6z",
        "seen",
    ]
    assert root.get("font-size") == "9px"
    assert root[-1].attrib == {"x": "5", "y": "30"}
    opaque = f"{head}{dots('')}</svg>"
    assert [part.get("d") for part in ET.fromstring(lean(opaque))] == ["m10 20h0m2 0h0m30 0h0", "m20 20h0m12 0h0"]
    for drawn in (svg, opaque):
        assert abs(_pixels(drawn) - _pixels(lean(drawn))).mean() < 1


# ---- links -------------------------------------------------------------------------------------------------


def test_sentences_claims_cards_and_facts_have_an_address_and_a_link(said):
    links = {link["href"]: link for link in said.select("a.mali-address")}
    assert set(links) == {
        "#says-answer",
        "#says-core",
        "#says-core-2",
        "#says-table",
        "#group-alpha",
        "#entry-2020-01-01-invented",
        "#claim-r23-06",
        "#claim-r22-12",
    }
    for href, link in links.items():
        assert len(said.select(f"[id='{href[1:]}']")) == 1
        assert link["aria-label"].startswith("Link to this ")
    # Told twice, the fact has its address where it stands first, and a link at both places.
    assert len(said.select('a[href="#entry-2020-01-01-invented"]')) == 2
    assert "12 invented events" in said.find(id="entry-2020-01-01-invented").get_text()
    assert "Twelve invented events." in said.find(id="says-core").get_text()
    assert "Thirteen" in said.find(id="says-core-2").get_text()
    assert links["#says-answer"].find_parent("p").get_text() == "Two, invented. #"
    assert links["#says-core"].find_parent("p").get_text() == "Twelve invented events.#"


def test_paragraphs_and_tables_with_a_number_have_a_link_on_pages_written_by_hand(built):
    page = BeautifulSoup((built / f"{sample_book.BY_HAND}.html").read_text(encoding="utf-8"), "html.parser")
    links = [link["href"][1:] for link in page.select("a.mali-address")]
    assert links == ["by-hand-says-1", "a-part-says-1", "a-part-says-2"]
    first, table, entry = (page.find(id=name) for name in links)
    assert first.get_text().startswith("Invented: 12 events")
    assert first.select_one("a.mali-address")
    assert table.name == "table"
    assert "Alpha" in table.get_text()
    assert entry.get_text().startswith("6 events in a list.")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("chapter.say(northern.the_war)", "the-war"),
        ("chapter.say(central.who, central.with_wagner)", "who"),
        ("chapter.answer(junta.answer)", "answer"),
        ("chapter.show(lambda r: trends.table(r, 3))", "table"),
        ("with chapter:\n    chapter.say(a.b)", ""),
        ("chapter.say()", ""),
        ("print(1)", ""),
        ("%matplotlib inline", ""),
    ],
)
def test_a_sentence_is_named_after_its_function(source, name):
    assert addresses.slug(source) == name


# ---- schema.org --------------------------------------------------------------------------------------------

EXPECTED = {
    # https://schema.org/ClaimReview and, for what is required, Google's page on fact checks
    # (https://developers.google.com/search/docs/appearance/structured-data/factcheck): claimReviewed, reviewRating with
    # alternateName, url; recommended: author, itemReviewed with author, datePublished, appearance.
    "ClaimReview": {
        "url": str, "claimReviewed": str, "reviewRating": "Rating", "author": "Organization", "itemReviewed": "Claim",
        "inLanguage": str,
    },
    "Rating": {"alternateName": str},
    "Claim": {"author": "Organization", "datePublished": "date", "appearance": "Report"},
    "Report": {"name": str, "publisher": "Organization", "datePublished": "date"},
    "Organization": {"name": str},
    # https://schema.org/Dataset: name and description are what every catalogue asks for.
    "Dataset": {
        "name": str, "description": str, "url": str, "identifier": str, "inLanguage": str, "creator": "Organization",
        "version": str, "creditText": str, "license": ["CreativeWork"], "isAccessibleForFree": bool,
        "spatialCoverage": "Country", "variableMeasured": [str], "isPartOf": "Book", "distribution": ["DataDownload"],
    },
    "DataDownload": {"encodingFormat": str, "contentUrl": str},
    "CreativeWork": {"name": str},
    "Country": {"name": str},
    "Book": {"name": str, "bookEdition": str},
}  # fmt: skip
"""What each type is held to: its properties, and the type of each."""


def _hold(value, wanted, named):
    if isinstance(wanted, list):
        assert isinstance(value, list)
        for item in value:
            _hold(item, wanted[0], named)
    elif wanted == "date":
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)
    elif isinstance(wanted, str):
        value = named[value["@id"]] if set(value) == {"@id"} else value
        assert value["@type"] == wanted
        assert set(value) - {"@type", "@id"} == set(EXPECTED[wanted])
        for name, kind in EXPECTED[wanted].items():
            _hold(value[name], kind, named)
    else:
        assert isinstance(value, wanted)
        assert value or wanted is bool


def _graph(path):
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    (script,) = page.select('head script[type="application/ld+json"]')
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return page, data["@graph"]


def test_programs_are_told_of_figures_and_verdicts(built):
    for name in (*sample_book.PAGES, sample_book.SAYS):
        page, graph = _graph(built / f"{name}.html")
        named = {one["@id"]: one for item in graph for one in (item, item.get("publisher", item))}
        for item in graph:
            _hold(item, item["@type"], named)
        figures = [figure["id"] for figure in page.select("figure.mali-figure")]
        claims = [box["id"] for box in page.select("details.mali-claim")]
        mains = ("Dataset", "ClaimReview")
        assert [item["@id"].split("#")[1] for item in graph if item["@type"] in mains] == figures + claims
        # Each other node is referred to.
        told = json.dumps([item for item in graph if item["@type"] in mains])
        assert all(f'{{"@id": "{item["@id"]}"}}' in told for item in graph if item["@type"] not in mains)
        for item in graph:
            for file in item.get("distribution", ()):
                assert (built / name).parent.joinpath(file["contentUrl"]).is_file()


def test_a_review_says_what_the_box_says(built, said):
    _, graph = _graph(built / f"{sample_book.SAYS}.html")
    review = next(item for item in graph if item["@id"].endswith("#claim-r23-06"))
    box = said.find(id="claim-r23-06")
    # A page keeps a number and its unit on one line; what programs read has plain spaces.
    assert typeset(review["claimReviewed"]) == box.select_one(".mali-claim__statement").get_text()
    assert review["reviewRating"]["alternateName"] == box.select_one(".mali-claim__verdict").get_text()
    made = next(item for item in graph if item["@id"] == review["itemReviewed"]["appearance"]["@id"])
    assert made["name"] == "Mali Catastrophe Accelerating under Junta Rule"
    assert made["name"] in box.get_text()
    assert (made["publisher"]["name"], made["datePublished"]) == ("Africa Center for Strategic Studies", "2023-07-10")


@pytest.mark.parametrize("word", linked.UNJUDGED)
def test_what_nobody_judged_has_no_review(word):
    box = BeautifulSoup(
        f'<details class="mali-claim" id="claim-r23-06"><span class="mali-claim__verdict">{word}</span>'
        '<span class="mali-claim__statement">So.</span></details>',
        "html.parser",
    ).details
    config = SimpleNamespace(html_baseurl="", mali_edition="2023-07", author="Tests")
    assert linked.claim_review(box, config, "chapters/a", "en") is None
    box.span.string = "Holds"
    assert linked.claim_review(box, config, "chapters/a", "en")["reviewRating"]["alternateName"] == "Holds"


# ---- in a browser ------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(("page", "count"), [(sample_book.SAYS, 8), ("chapters/second", 8), (sample_book.BY_HAND, 3)])
@pytest.mark.parametrize("width", [1280, 390])
def test_tab_reaches_every_link_and_a_link_opens_its_verdict(browser, built, width, page, count):
    with chromium.visit(browser, width=width) as seen:
        seen.go(built / f"{page}.html")
        links = "a.mali-address, .mali-figure__title .headerlink, .mali-figure__downloads a[href$='.json']"
        wanted = {link.get_attribute("href") for link in seen.page.locator(links).all()}
        assert len(wanted) == count
        small = seen.page.locator(links).evaluate_all(
            "(all) => all.filter((e) => getComputedStyle(e).visibility !== 'visible' || e.getBoundingClientRect().width < 20).length"
        )
        assert small == 0, "seen by everybody"
        met = seen.page.evaluate(
            """() => [...document.querySelectorAll(".mali-address--claim")].filter((link) => {
                 const box = document.querySelector(link.getAttribute("href")).getBoundingClientRect();
                 const own = link.getBoundingClientRect();
                 return own.left < box.right || own.top > box.bottom || own.bottom < box.top;
               }).map((link) => link.hash)"""
        )
        assert met == [], "beside its box, not on its words"
        assert seen.met_links() == []
        taller = seen.page.evaluate(
            """() => [...document.querySelectorAll(":is(h1, h2, h3, h4):has(> .headerlink)")].filter((head) => {
                 const link = head.querySelector(".headerlink");
                 // However long the heading is: as narrow as its words.
                 head.style.width = "max-content";
                 const whole = head.offsetHeight, wide = head.offsetWidth;
                 link.style.display = "none";
                 const bare = [head.offsetHeight, head.offsetWidth];
                 link.style.display = head.style.width = "";
                 return whole !== bare[0] || wide !== bare[1];
               }).map((head) => head.textContent)"""
        )
        assert taller == [], "a heading is as large without its link"
        reached = set()
        for _ in range(200):
            seen.page.keyboard.press("Tab")
            reached.add(seen.page.evaluate("document.activeElement.getAttribute('href')"))
            if wanted <= reached:
                break
        assert wanted <= reached
        if page != sample_book.SAYS:
            return
        box = seen.page.locator("#claim-r23-06")
        assert box.get_attribute("open") is None
        seen.page.locator('a[href="#claim-r23-06"]').press("Enter")
        seen.page.wait_for_function("() => document.getElementById('claim-r23-06').open")
        assert seen.overflow() == []
        # The theme's button that leads back to the top is the theme's.
        ours = [(rule, [e for e in found if "pst-back-to-top" not in e]) for rule, found in seen.violations()]
        assert [row for row in ours if row[1]] == []
        assert seen.errors == []
        assert seen.outside == []
        seen.go("about:blank", drawn=False)
        seen.go(f"{(built / sample_book.SAYS).as_uri()}.html#claim-r22-12")
        assert seen.page.locator("#claim-r22-12").evaluate("box => box.open"), "an address opens the box it names"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("figure", ["line", "map"])
def test_a_figure_is_taken_as_one_file_that_needs_no_other(browser, built, tmp_path, width, figure):
    with chromium.visit(browser, width=width) as seen:
        seen.go(built / "chapters/summary.html")
        with seen.page.expect_download() as waiting:
            seen.page.locator(f"#fig-{figure} [data-mali-download=html]").press("Enter")
        assert waiting.value.suggested_filename == f"{figure}.html"
        path = tmp_path / f"{figure}.html"
        waiting.value.save_as(path)
        cited = seen.page.locator(f"#fig-{figure} .mali-figure__citation").text_content()
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < 400_000
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert not re.search(r"url\((?!#)", text)
    with chromium.visit(browser, width=width) as seen:
        seen.go(path, drawn=False)
        made = {f().id: f() for f in sample_book.FIGURES}[figure]
        assert seen.page.locator("h1").inner_text() == made.title
        assert seen.page.locator("svg[role=img]").get_attribute("aria-label") == made.alt
        shown = seen.page.locator("main").inner_text()
        assert cited in shown
        assert made.source in shown
        seen.page.locator("summary").press("Enter")
        assert seen.page.locator("tbody tr").count() == len(made.frame)
        assert seen.overflow() == []
        assert seen.violations() == []
        assert seen.errors == []
        assert seen.outside == []
