"""Hostile text in every field of every input, through ingest, build, search, Chromium and paper: it is shown, or set aside.

One small book is built from a folder of tables in which every free text is hostile, with a planted password in the
environment. Its pages show every such text in every way that a chapter has. All rows are synthetic.
"""

import contextlib
import csv
import datetime
import importlib
import inspect
import io
import json
import os
import pkgutil
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import nbformat
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from pypdf import PdfReader

import browser as chromium
import hostile
import sample_book
import synthetic as syn
import workbooks
from bookbuild import builder as b
from bookbuild import pdf
from bookbuild.chromium import find
from bookbuild.recipe import Project
from helpers import cli, data, editions, inert, story
from helpers.builds import books, light
from helpers.builds.paper import PRESS, cover
from helpers.builds.recipe import RECIPE
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError, MaliError, NotInData
from helpers.ingest import own, own_folder
from helpers.ingest.tables import sha256
from helpers.schemas import SCHEMAS
from helpers.story import evidence_central, evidence_power, junta_press

ROOT = sample_book.REPOSITORY
TODAY = datetime.date(2026, 11, 24)
PLANTED = "planted-pa55word"
EDITION = "2022-03"
NAME = '=x" onload=alert(1) {{7*7}} `[j](javascript:alert(1))`.csv'
FREE = {
    "cercle_months": ("cercle",),
    "ucdp_dyads": ("dyad",),
    "ucdp_dyad_months": ("dyad",),
    "schools": ("cercle",),
    "un_bases": ("place",),
    "forecasts": ("variant",),
    "places": ("place",),
    "chronology": ("event", "detail", "place", "unit", "source", "url"),
    "bases": ("place", "note", "source", "url"),
    "indices": ("period", "label", "scale", "publisher", "source", "url"),
    "referendum": ("area", "unit", "stated_by", "source", "url"),
    "issues": ("title", "detail", "source"),
    "moves": ("what", "old", "new", "why"),
}
"""Columns of a folder that may hold any text; the rest are numbers, dates and names of the project's lists."""

CELL = """from helpers.data import Tables, default_folder
from helpers.chapters import Chapter, NotInEdition
from helpers.errors import NotInData
from helpers.figures import Figure, Table, Words
from helpers.page.bilingual import Bilingual
from helpers.page.frame import AnswerBox, Key
from helpers.words import Both
from helpers.schemas import SCHEMAS
from helpers.story import central, footprint
import altair as alt, pandas as pd

chapter = Chapter("central", edition, data_dir)
texts = []
for name in SCHEMAS:
    mine, true = Tables(data_dir).load(name), Tables(default_folder()).load(name)
    for column in mine.select_dtypes(["str", "object"]):
        known = set(true[column])
        texts += [text for text in mine[column].unique() if text and text not in known]
texts = list(dict.fromkeys(texts))
frame = pd.DataFrame({"Text": texts, "n": range(len(texts))})
both = Both(" ".join(texts[:60]), " ".join(texts[:60]))

def fail(kind, text):
    def make(r):
        raise kind(text)
    return make
"""
SHOWS = (
    "chapter.opening()",
    'chapter.show(lambda r: Table("All: " + texts[0], frame, source=r.source(*SCHEMAS), note=texts[1]))',
    'chapter.show(lambda r: "Names in a sentence: " + ", ".join(texts) + ".")',
    'chapter.show(lambda r: "First:\\n\\n" + "\\n\\n".join(texts))',
    'chapter.show(lambda r: "- " + "\\n- ".join(texts))',
    'chapter.show(lambda r: Bilingual("; ".join(texts), "; ".join(texts)))',
    """chapter.show(lambda r: Figure(id="texts", title=texts[0], subtitle=" ".join(texts[1:4]), frame=frame.head(40), alt=texts[4],
    source=r.source(*SCHEMAS), caveat=Both(" ".join(texts), " ".join(texts)), chart=alt.Chart(frame.head(40)).mark_bar().encode(
        x="n:Q", y=alt.Y("Text:N", sort=texts[:40]), color=alt.Color("Text:N", scale=alt.Scale(domain=texts[:40])),
        tooltip=["Text:N"]),
    fr=Words(title=texts[0], subtitle=" ".join(texts[1:4]), alt=texts[4])))""",
    *(f"chapter.show(fail(NotInData, {text!r}))" for text in hostile.TEXTS[::2]),
    *(f"with chapter:\n    raise NotInData({text!r})" for text in hostile.TEXTS[1::2]),
    *(f"chapter.show(fail(NotInEdition, {text!r}))" for text in hostile.TEXTS[:20]),
    *(f"with chapter as report:\n    raise NotInEdition({text!r}, {text!r})" for text in hostile.TEXTS[20:]),
    "chapter.answer(lambda r: AnswerBox(both, both, [Key(both, both, both), Key(both, both, both)]))",
    "chapter.say(lambda r: both)",
    'chapter.facts(both, "R22-01", limit=60)',
    "chapter.claim('R22-01', 'R22-05')",
)


def _texts() -> Iterator[str]:
    while True:
        yield from hostile.TEXTS


def _ingested(folder: Path) -> Path:
    """Make a folder of tables from exports whose every text is hostile."""
    texts, mine = _texts(), folder / "mine"
    events = syn.events(240)
    for row in events[::2]:
        for column in ("actor1", "actor2", "assoc_actor_1", "location", "source", "notes", "admin2", "sub_event_type"):
            row[column] = next(texts)
    for n, column in enumerate(
        ("admin1", "event_date", "country", "latitude", "fatalities", "event_type", "event_id_cnty")
    ):
        events[2 * n + 1][column] = next(texts)
    (folder / NAME).write_text(syn.to_csv(events), encoding="utf-8")
    own_folder.write(own.from_acled([folder / NAME], until="2022-03", today=TODAY), mine, today=TODAY)
    ged = [syn.ged(n) for n in range(60)]
    for row in ged[::2]:
        for column in (
            "conflict_name",
            "dyad_name",
            "side_a",
            "side_b",
            "source_article",
            "where_description",
            "adm_1",
        ):
            row[column] = next(texts)
    (folder / "GEDEvent_v26_0_1.csv").write_text(syn.to_csv(ged, syn.GED), encoding="utf-8")
    own_folder.write(own.from_ucdp([folder / "GEDEvent_v26_0_1.csv"]), mine, today=TODAY)
    rows = [[*row[:2], "Bandiagara or so" if row[2] == "Bankass" else row[2], *row[3:]] for row in workbooks.whole()]
    (folder / "book.xlsx").write_bytes(workbooks.book(workbooks.sheet(rows)))
    own_folder.write(own.from_hdx(folder / "book.xlsx"), mine, today=TODAY)
    return mine


def _spoil(folder: Path) -> None:
    """Write hostile texts into every free field of a folder's tables and of its descriptor, as a sender would."""
    texts = _texts()
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for name, columns in FREE.items():
        path = folder / f"{name}.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        for column in columns:
            frame[column] = [
                f"{next(texts)} {'' if column == 'event' else n}"[:110].ljust(10, ".") for n in range(len(frame))
            ]
        frame.to_csv(path, index=False, lineterminator="\n", quoting=csv.QUOTE_ALL)
    package["title"] = next(texts)
    for source in package["sources"]:
        for key in ("label", "terms", "title", "version", "licence", "citation", "route", "file"):
            source[key] = next(texts)
    package["limits"] = {"acled": list(hostile.TEXTS), "hdx": [next(texts)]}
    for resource in package["resources"]:
        resource["title"] = next(texts)
        resource["hash"] = f"sha256:{sha256((folder / resource['path']).read_bytes())}"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def _chapter(path: Path, title: str, cells: tuple[str, ...]) -> None:
    parameters = new_code_cell('edition = "2023-07"\ndata_dir = ""', metadata={"tags": ["parameters", "remove-cell"]})
    code = [new_code_cell(cell, metadata={"tags": ["remove-input"]}) for cell in (CELL, *cells)]
    book = new_notebook(cells=[parameters, new_markdown_cell(f"# {title}\n\nA page."), *code])
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, path)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The book, built in a folder of its own from hostile tables, with a password in the environment."""
    folder = tmp_path_factory.mktemp("hostile")
    mine = _ingested(folder)
    _spoil(mine)
    data._package.cache_clear()
    data._load.cache_clear()
    source = folder / "book"
    source.mkdir()
    shutil.copy(ROOT / "_config.yml", source)
    toc = {
        "format": "jb-book",
        "root": "chapters/summary",
        "parts": [{"caption": "More", "chapters": [{"file": "chapters/other"}]}],
    }
    (source / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    _chapter(source / "chapters" / "summary.ipynb", "All texts", SHOWS)
    _chapter(source / "chapters" / "other.ipynb", "Opening", SHOWS[:2])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACLED_PASSWORD", PLANTED)
        patch.chdir(folder)
        b.build(
            [EDITION], site=folder / "site", data_dir=str(mine), source=Project(source, RECIPE), progress=lambda _: None
        )
    return folder


def pages_of(built: Path) -> dict[str, BeautifulSoup]:
    site = built / "site"
    found = {str(p.relative_to(site)): p for p in chromium.pages_of(site)}
    assert len(found) >= 5
    # What only scripts use lies compressed in a page: it is looked at as the browser unpacks it.
    texts = {name: light.unpacked(path) for name, path in found.items()}
    return {name: BeautifulSoup(text, "html.parser") for name, text in texts.items()}


def test_nothing_ran_and_nothing_was_copied(built):
    for path in built.rglob("*"):
        assert "mali-ran" not in path.name
    assert not Path("mali-ran").exists()
    host = Path("/etc/hostname").read_bytes().strip() if Path("/etc/hostname").is_file() else b""
    for path in (built / "site").rglob("*"):
        if path.is_file() and path.suffix not in (".png", ".woff2", ".ttf", ".gz"):
            content = path.read_bytes()
            assert PLANTED.encode() not in content, path
            # The notebooks hold the calls of this test, whose strings are the texts themselves.
            if path.suffix != ".ipynb":
                assert hostile.MARK.encode() not in content, path
            assert b"root:x:0:" not in content, path
    assert not (built / "site" / EDITION / "_downloads").exists()
    assert not [p for p in (built / "site" / EDITION).rglob("hostname*")]
    assert host is not None


def test_no_page_has_an_element_that_a_text_made(built):
    for name, soup in pages_of(built).items():
        for gone in (
            soup.find(id="mali-ran"),
            soup.select_one("article iframe, article object, article embed, article base"),
        ):
            assert gone is None, name
        article = soup.select_one("article")
        if article is None:
            assert not name.startswith(f"{EDITION}/chapters/")
            continue
        for tag in article.find_all(True):
            assert not [key for key in tag.attrs if key.startswith("on")], (name, tag.name)
            for key in ("href", "src", "action", "data"):
                address = str(tag.get(key, ""))
                assert not re.match(r"\s*(javascript|data|file):", address), (name, address)
                assert "203.0.113.7" not in address, (name, address)
        for image in article.find_all("img"):
            assert image["src"].startswith(("../_images", "_images", "../figures/", "figures/")), name
        for script in article.find_all("script"):
            assert script.get("type") in ("application/json", "text/csv"), name


def test_the_front_page_shows_texts_as_letters_and_runs_no_script(built):
    front = pages_of(built)["index.html"]
    assert front.find("script") is None
    assert front.select_one("head > meta")["content"].startswith("default-src 'none'; style-src 'unsafe-inline'; ")
    assert len(front.select("section.last li")) >= 2
    for tag in front.find_all(True):
        assert not [key for key in tag.attrs if key.startswith("on")], tag.name
        assert not re.match(r"\s*\w+:", str(tag.get("href", ""))), tag
    known = {inert.text(text) for text in Tables(built / "mine").load("chronology")["event"]}
    shown = [li.find_all("span")[0].get_text().removesuffix(".") for li in front.select("section.last li")]
    assert set(shown) <= known | {text.removesuffix(".") for text in known}


def _letters(text: str) -> str:
    """Return what is left of a text whatever typography makes of quotes, dashes and dots."""
    return re.sub(r"""[\s'"‘’“”«».…–—-]+""", "", text)


def test_the_page_shows_every_text_as_letters(built):
    soup = pages_of(built)[f"{EDITION}/chapters/summary.html"]
    article = soup.select_one("article")
    opening = next(p for p in article.select("p em") if "Figures run to" in p.get_text())
    tables = " ".join(table.get_text(" ") for table in article.select("table.mali-table"))
    told = " ".join(p.get_text() for p in article.select("p.mali-told"))
    places = [_letters(place) for place in (article.get_text(" "), opening.get_text(" "), tables, told)]
    for text in hostile.TEXTS:
        for place in places:
            assert _letters(inert.text(text)) in place, text
    assert told.count("Not in these data: ") == len(hostile.TEXTS)
    # Addresses that are none are not shown as such.
    made = Tables(built / "mine").load("chronology")
    assert set(made["url"]) == {""}


def test_what_was_set_aside_is_said(built):
    account = pd.read_csv(built / "mine" / "account.csv", keep_default_na=False)
    aside = account[account["outcome"] == "set aside"]
    assert {"acled", "ucdp"} <= set(aside["source"])
    for column in ("file", "reason", "example"):
        for text in account[column]:
            assert inert.text(text) == text
            assert inert.cell(text) == text
    assert "cercle is none of the project's map" in " ".join(account["reason"])
    for path in (built / "mine").glob("*.csv"):
        if path.stem not in FREE:
            cells = [c for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))) for c in row]
            assert [c for c in cells if inert.cell(c) != c] == [], path.name


def test_the_files_of_a_figure_hold_letters(built):
    folder = built / "site" / EDITION / "figures"
    for path in folder.glob("*.svg"):
        for mark in ET.fromstring(path.read_text(encoding="utf-8")).iter():
            assert mark.tag.rpartition("}")[2] in (
                *(
                    "svg",
                    "g",
                    "path",
                    "use",
                    "text",
                    "tspan",
                    "line",
                    "rect",
                    "defs",
                    "clipPath",
                    "title",
                    "desc",
                    "image",
                ),
                *("linearGradient", "stop"),
            ), path.name
            assert not [name for name in mark.attrib if name.startswith("on")]
            assert mark.get("href", "#").startswith("#")
    cells = [
        cell
        for path in folder.glob("*.csv")
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        for cell in row
    ]
    assert len(cells) > 40
    assert [cell for cell in cells if inert.cell(cell) != cell] == []


@pytest.mark.browser
def test_an_embedded_figure_runs_and_loads_nothing(browser, built, tmp_path):
    path = tmp_path / "texts.html"
    with chromium.visit(browser) as seen:
        seen.go(built / "site" / EDITION / "chapters" / "summary.html")
        with seen.page.expect_download() as waiting:
            seen.page.locator("#fig-texts [data-mali-download=html]").click()
        waiting.value.save_as(path)
    with chromium.visit(browser) as seen:
        seen.go(path, drawn=False)
        assert seen.page.locator("script, img, iframe, object, [onerror], [onmouseover]").count() == 0
        assert "mali-ran" not in seen.page.title()
        assert (seen.errors, seen.outside) == ([], [])


@pytest.mark.browser
def test_nothing_runs_or_loads_in_a_browser(browser, built):
    site = built / "site"
    for path in chromium.pages_of(site):
        with chromium.visit(browser) as seen:
            seen.go(path)
            assert "mali-ran" not in seen.page.title()
            for link in seen.page.locator("article a").all()[:40]:
                assert not (link.get_attribute("href") or "").lower().startswith("javascript")
            assert (seen.errors, seen.outside) == ([], []), path
    with chromium.visit(browser) as seen:
        seen.go(f"{(site / EDITION / 'search.html').as_uri()}?q=alert+img+lipsum", drawn=False)
        seen.page.wait_for_function("() => document.querySelector('#search-results, .mali-found') !== null")
        assert seen.outside == []
        assert hostile.MARK not in seen.page.content()


@pytest.mark.browser
def test_a_chart_download_holds_no_formula(browser, built, tmp_path):
    with chromium.visit(browser) as seen:
        seen.go(built / "site" / EDITION / "chapters" / "summary.html")
        with seen.page.expect_download() as waiting:
            seen.page.locator("#fig-texts [data-mali-download=csv]").click()
        waiting.value.save_as(tmp_path / "texts.csv")
    text = (tmp_path / "texts.csv").read_text(encoding="utf-8")
    # The caveat is all the texts there are, longer than what the reader takes by itself.
    limit = csv.field_size_limit(len(text))
    cells = [c for row in csv.reader(io.StringIO(text, newline="")) for c in row]
    csv.field_size_limit(limit)
    assert len(cells) > 40
    assert [c for c in cells if inert.cell(c) != c] == []


def test_nothing_ran_on_paper(built, monkeypatch):
    if find() is None:
        pytest.skip("no Chromium on the path; name one in the variable CHROMIUM")
    monkeypatch.setenv("ACLED_PASSWORD", PLANTED)
    found = editions.find(EDITION)
    path = pdf.make(
        built / "site",
        PRESS,
        EDITION,
        cover(ROOT, found),
        lambda s, w: books.join(built / "book", EDITION, found.title, s, w),
    )
    reader = PdfReader(path)
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Not in these data" in text
    assert hostile.MARK not in text
    assert PLANTED not in text
    raw = path.read_bytes()
    for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"203.0.113.7/mali"):
        assert word not in raw
    assert "mali-ran" not in os.listdir(built)


# --------------------------------------------------------------------------- inputs that are refused


@pytest.mark.parametrize("text", [t for t in hostile.TEXTS if inert.text(t, 40) != t])
def test_a_workbook_with_a_name_that_is_more_than_a_name_is_refused_in_one_line(text, tmp_path, capfd):
    rows = [[*row[:2], text if row[2] == "Bankass" else row[2], *row[3:]] for row in workbooks.table()]
    (tmp_path / "book.xlsx").write_bytes(workbooks.book(workbooks.sheet(rows)))
    assert cli.main(["ingest", "hdx", str(tmp_path / "book.xlsx"), "--out", str(tmp_path / "mine")]) == 2
    err = capfd.readouterr().err
    assert "column Admin2" in err
    assert not set(err) & set("\x1b\x07\u202e{}<>`")
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p: p["resources"][0].update(path="../../etc/passwd"), "a resource has the path"),
        (lambda p: p["resources"][0].update(path="/etc/passwd"), "a resource has the path"),
        (lambda p: p["resources"][0].pop("hash"), "has no 'hash'"),
        (lambda p: p["sources"][0].update(label=["x"]), "a source has no 'label'"),
        (lambda p: p.update(limits=["x"]), "'limits'"),
        (lambda p: p.update(limits={"acled": [{"x": 1}]}), "'limits'"),
        (lambda p: p.update(resources={}), "'resources'"),
        (lambda p: p.update(without=3), "'without'"),
        (lambda p: p["resources"][0].update(complete_to="2024-13"), "has a 'complete_to' that is no month"),
        (lambda p: p["resources"][0].update(provisional_from=["2024-01"]), "has a 'provisional_from' that is no month"),
        (lambda p: p["sources"][0].update(also=[{"file": "x"}]), "'also' of a source"),
        (lambda p: p.update(covers=None), "'covers'"),
        (lambda p: p.update(covers={"totals": 1}), "'covers'"),
        (lambda p: p.update(covers={"totals": ["٢٠٢٢-01", "2022-03"]}), "'covers'"),
        (lambda p: p["resources"][0].update(derived_from=[["x"]]), "has a 'derived_from'"),
    ],
)
def test_a_descriptor_of_another_form_is_refused_in_one_sentence(data_copy, change, message):
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(package)
    path.write_text(json.dumps(package), encoding="utf-8")
    data._package.cache_clear()
    with pytest.raises(DataError, match=re.escape(message)):
        Tables(data_copy).load("totals")


def test_a_descriptor_nested_without_end_is_refused(data_copy):
    (data_copy / "datapackage.json").write_text("[" * 100_000 + "]" * 100_000)
    data._package.cache_clear()
    with pytest.raises(DataError, match="not valid JSON"):
        Tables(data_copy).limits()


COMMANDS = (
    ("seal", "--data", "{0}"), ("check", "--data", "{0}"), ("audit", "--data", "{0}"), ("diff", "{0}", "{0}"),
    ("build", "--dry-run", "--edition", "2022-03", "--data", "{0}"), ("ingest", "acled", "{0}/../e.csv", "--out", "{0}"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_link_among_tables_is_followed_by_no_command(command, data_copy, tmp_path, capfd):
    """`seal` read what a link led to, and wrote it into the folder as a table."""
    (tmp_path / "e.csv").write_text(syn.to_csv(syn.events(240)), encoding="utf-8")
    (tmp_path / "private").write_text("month,region,events,fatalities\n", encoding="utf-8")
    package = json.loads((data_copy / "datapackage.json").read_text(encoding="utf-8"))
    for row in package["resources"]:
        if row["path"] == "totals.csv":
            row["hash"] = f"sha256:{sha256((tmp_path / 'private').read_bytes())}"
    (data_copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (data_copy / "totals.csv").unlink()
    (data_copy / "totals.csv").symlink_to(tmp_path / "private")
    data._package.cache_clear()
    assert cli.main([word.format(data_copy) for word in command]) == 2
    assert "totals.csv is a link" in capfd.readouterr().err
    assert (data_copy / "totals.csv").is_symlink()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("content", [b"[[[", b"[" * 100_000, b"\xff\xfe", b"3"], ids=["cut", "deep", "bytes", "number"])
def test_a_descriptor_that_is_none_is_one_sentence_of_every_command(command, content, data_copy, tmp_path, capfd):
    (tmp_path / "e.csv").write_text(syn.to_csv(syn.events(240)), encoding="utf-8")
    (data_copy / "datapackage.json").write_bytes(content)
    data._package.cache_clear()
    assert cli.main([word.format(data_copy) for word in command]) == 2
    assert len([line for line in capfd.readouterr().err.splitlines() if line.startswith("error: ")]) == 1


def _places(value, at=()):
    """Return every place in a JSON value, one for lists of many."""
    inner = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*at, key)
        yield from _places(one, (*at, key))


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [1], [[]], [None], {"a": 1}, {"totals": ["x", 2]}], ids=repr)
def test_whatever_stands_in_a_descriptor_a_folder_opens_or_is_refused_in_one_sentence(data_copy, value):
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [row for row in package["resources"] if row["name"] in ("totals", "regions")]
    for row in package["resources"]:
        row["schema"] = {"fields": []}
    package |= {"limits": {"acled": ["x"]}, "covers": {"totals": ["2012-01", "2022-03"]}, "without": ["notes"]}
    refused = []
    for place in _places(package):
        changed = json.loads(json.dumps(package))
        inner = changed
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = value
        path.write_text(json.dumps(changed), encoding="utf-8")
        data._package.cache_clear()
        try:
            Tables(data_copy).limits()
            Tables(data_copy).load("totals")
            Tables(data_copy).sources("totals")
            Tables(data_copy).load("regions")
        except DataError as error:
            refused.append(str(error))
    assert refused
    assert not [said for said in refused if "\n" in said]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[" * 100_000 + "]" * 100_000, "not valid GeoJSON"),
        ("x", "not valid GeoJSON"),
        ("[]", "no list of features"),
        ('{"features": [1]}', "no list of features"),
        ('{"features": [{"geometry": 1, "properties": {}}]}', "feature 1 is no polygon"),
        ('{"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {}}]}', "feature 1"),
        (
            '{"features": [{"geometry": {"type": "Polygon", "coordinates": [[["=1", 2]]]}, "properties": {}}]}',
            "feature 1",
        ),
    ],
)
def test_shapes_that_are_none_are_refused_in_one_sentence(data_copy, content, message):
    (data_copy / "regions.geojson").write_text(content)
    _reseal(data_copy, "regions.geojson")
    with pytest.raises(DataError, match=message):
        Tables(data_copy).shapes("regions")


def _reseal(folder: Path, name: str) -> None:
    """Give a changed file its hash, as a sender would."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for row in package["resources"]:
        if row["path"] == name:
            row["hash"] = f"sha256:{sha256((folder / name).read_bytes())}"
    path.write_text(json.dumps(package), encoding="utf-8")
    data._package.cache_clear()
    data._load.cache_clear()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("totals", "events", "9" * 40),
        ("totals", "events", "1e400"),
        ("totals", "events", "nan"),
        ("totals", "month", "٢٠٢٢-01"),
        ("cercle_halves", "half", "２０２２H1"),
        ("chronology", "date", "2022-02-30"),
        ("chronology", "date", "2022-1-5"),
        ("chronology", "read_on", "２０２６-01-01"),
        ("chronology", "claims", "R22-٠١"),
    ],
)
def test_numbers_and_dates_that_are_none_are_refused_in_one_sentence(data_copy, table, column, value):
    path = data_copy / f"{table}.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[0, column] = value
    frame.to_csv(path, index=False, lineterminator="\n")
    _reseal(data_copy, path.name)
    with pytest.raises(DataError) as refused:
        Tables(data_copy).load(table)
    assert "\n" not in str(refused.value)


def test_a_workbook_of_half_a_year_lacks_what_figures_need_and_is_no_fault_of_the_book(tmp_path):
    """Found with a sender's folder: figures stopped the build with an IndexError, without a word on what is missing."""
    report = Report(EDITION, _ingested(tmp_path))
    with pytest.raises(NotInData):
        evidence_central.cercle_heat(report)


def test_half_a_sign_in_an_export_is_set_aside(tmp_path):
    """JSON can hold what no file can; a region's name with half a sign ended in a traceback."""
    events = syn.events(240)
    fields = ("admin1", "actor1", "notes", "location", "event_date", "event_id_cnty", "country", "latitude")
    for n, field in enumerate(fields):
        events[6 * n + 3][field] = "a\ud800b"
    (tmp_path / "e.json").write_text(syn.to_json(events), encoding="utf-8")
    own_folder.write(
        own.from_acled([tmp_path / "e.json"], until="2022-03", today=TODAY), tmp_path / "mine", today=TODAY
    )
    account = pd.read_csv(tmp_path / "mine" / "account.csv")
    assert set(account.loc[account["example"].eq("a b"), "column"]) >= {"admin1", "event_date", "country"}


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """A folder of tables in which every free text is hostile."""
    mine = Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("spoiled") / "data"))
    _spoil(mine)
    data._package.cache_clear()
    return mine


@pytest.mark.parametrize("make", [junta_press.critics, evidence_power.vote_by_region])
def test_words_that_the_project_does_not_know_are_no_traceback(make, spoiled):
    """Ratings, units and sources of somebody's tables were looked up in lists of the project's own words."""
    assert make(Report("2023-07", spoiled))


@pytest.mark.long
def test_no_page_fails_by_what_stands_in_a_free_text(spoiled):
    failed = []
    for edition in ("2022-08", "2023-07", "latest"):
        report = Report(edition, spoiled)
        for module in sorted(found.name for found in pkgutil.iter_modules(story.__path__)):
            for make in vars(importlib.import_module(f"helpers.story.{module}")).values():
                if not inspect.isfunction(make) or make.__name__[0] == "_":
                    continue
                wanted = list(inspect.signature(make).parameters.values())
                if len(wanted) == 1 and wanted[0].annotation in ("Report", Report):
                    with contextlib.suppress(MaliError):
                        try:
                            make(report)
                        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
                            failed.append((edition, make.__name__, repr(error)))
    assert failed == []


def test_every_free_column_of_the_schemas_is_in_this_test():
    listed = {
        (name, column)
        for name, schema in SCHEMAS.items()
        for column, spec in schema.columns.items()
        if str(spec.dtype).startswith("str")
        and not {check.name for check in spec.checks} & {"isin", "str_matches", "_is_day"}
    }
    # Rows of cercles that the map does not have are set aside; the map's own are the project's.
    held = {("cercle_halves", "cercle"), ("cercles", "cercle")}
    assert listed - held == {(name, column) for name, columns in FREE.items() for column in columns}
