"""The pages over the editions of a site: two side by side as the command has it, all at a glance. Records are synthetic."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import browser as chromium
from french import parted
from helpers import versus
from helpers.builds import over, told
from helpers.page.pictures import Pictures
from test_typeset import TYPED

PAIRS = (("2019-06", "2023-07"), ("2023-07", "latest"))


@pytest.fixture(scope="module")
def chapters(tmp_path_factory, root):
    """Return a folder with the southern chapter alone."""
    folder = tmp_path_factory.mktemp("chapters")
    (folder / "southern.ipynb").write_bytes((root / "chapters" / "southern.ipynb").read_bytes())
    return folder


@pytest.fixture(scope="module")
def records(chapters):
    return {name: told.record(name, chapters) for name in ("2019-06", "2023-07", "latest")}


def _invented(month: str, value: int, **more) -> dict:
    """Synthetic: an edition with one count, one other figure, and verdicts that change on the way."""
    key = {
        "item": "a-1",
        "page": "a",
        "counts": "made-up <events>",
        "name": {"en": "made-up <events>", "fr": "événements inventés"},
        "value": value,
        "to": month,
    }
    other = {
        "item": "a-2",
        "page": "a",
        "counts": "rank [#]",
        "name": {"en": "rank", "fr": "rang"},
        "text": {"en": f"{value}th", "fr": f"{value}e"},
    }
    return {
        "form": told.FORM,
        "id": month,
        "title": {"en": f"Edition {month}", "fr": f"Édition {month}"},
        "month": month,
        "tables": "0",
        "rows": [
            ["answer", "a", "a", f"We count {value}.", f"Nous comptons {value}.", ""],
            ["sentence", "a", "a.same", "The same.", "Le même.", ""],
            ["verdict", "a", "X-1 part", *["close" if value > 11 else "reproduced"] * 2, ""],
        ],
        "keys": [key | {"before": value - 1, "low": value - 2.0, "high": value + 2.0, "record": value > 14} | more, other],
        "pages": {"a": {"en": "An invented page", "fr": "Une page inventée"}},
        "statements": {"X-1": {"en": "An invented statement.", "fr": "Une affirmation inventée."}},
    }  # fmt: skip


def _site(folder, records):
    for name, page in over.pages(records, {"2020-02/chapters/a.fr.html"}, Pictures()).items():
        (folder / name).write_text(page, encoding="utf-8")
    for record in records:
        path = folder / record["id"] / "_static" / "told.js"
        path.parent.mkdir(parents=True)
        path.write_text(told.script(record), encoding="utf-8")
    return folder


def test_a_record_holds_what_the_command_compares_and_the_key_figures_as_numbers(records, chapters):
    record = records["2023-07"]
    assert pd.DataFrame(record["rows"], columns=list(versus.STATED)).equals(versus.stated("2023-07", chapters))
    key = record["keys"][0]
    row = next(row for row in record["rows"] if row[:3] == ["key figure", "southern", "southern-1"])
    assert row[3].startswith(f"{key['value']} {key['name']['en']}")
    assert key["low"] < key["value"] < key["high"]
    assert (key["to"], record["pages"]["southern"]["fr"]) == ("2023-06", "Le sud et la capitale")
    assert (key["item"], record["month"], record["tables"]) == ("southern-1", "2023-06", records["latest"]["tables"])
    assert told.read(told.script(record)) == record
    assert "</" not in told.script({"x": "</script>"})
    assert told.read('maliTold({"x":1});\n') == {"x": 1}, "as versions before 0.6 wrote it"


def test_what_an_edition_tells_has_the_apostrophe_of_print(records):
    """Pages over the editions print it as it is."""
    typed = [
        row for record in records.values() for row in record["rows"] if any(TYPED.search(str(text)) for text in row)
    ]
    assert not typed


def test_what_an_edition_tells_rests_on_no_file_of_the_chapters(records, chapters):
    """The build knows their code and titles by hashes: other prose would have all of it computed again for nothing."""
    made = told.make("2023-07", "", str(chapters))
    assert made["script"] == told.script(records["2023-07"])
    read = {
        Path(path) for kind, path, _ in made["reads"] if kind != "folder"
    }  # of a folder only the names of its files
    assert "datapackage.json" in {path.name for path in read}
    assert not [path for path in read if path.is_relative_to(chapters)]


def _shown(kind: str, text: str, words: dict) -> str:
    shown = words["verdicts"].get(text, text) if kind == "verdict" else text
    return " ".join((shown if text else words["words"]["unsaid"]).split())


@pytest.mark.parametrize("pair", PAIRS)
def test_the_page_for_two_editions_says_what_the_command_says(browser, records, chapters, tmp_path, pair):
    site = _site(tmp_path, list(records.values()))
    expected = versus.compare(*pair, chapters)
    assert set(expected["moved_by"]) == {"time"}
    for suffix in ("", ".fr"):
        with chromium.visit(browser, width=1280) as seen:
            seen.go(f"{(site / f'compare{suffix}.html').as_uri()}#old={pair[0]}&new={pair[1]}", drawn=False)
            seen.page.locator(f"#found[data-shown='{pair[0]} {pair[1]}']").wait_for()
            found = [
                (
                    item.get_attribute("data-item"),
                    *(" ".join(text.split()) for text in item.locator("dd").all_text_contents()),
                )
                for item in seen.page.locator(".difference").all()
            ]
            status = seen.page.locator("#status").inner_text()
            assert not seen.errors
            assert not seen.outside
        page = BeautifulSoup((site / f"compare{suffix}.html").read_text(encoding="utf-8"), "html.parser")
        words = json.loads(page.find(id="words").string)
        assert found == [
            (
                f"{row.page} · {row.item}",
                *(
                    _shown(row.kind, getattr(row, f"{side}{suffix}".replace(".", "_")), words)
                    for side in ("old", "new")
                ),
            )
            for row in expected.itertuples()
        ]
        assert status.startswith(str(len(expected)))
        assert words["words"]["time"] in status


def test_the_choice_stands_in_the_address_and_the_keyboard_makes_it(browser, tmp_path):
    site = _site(tmp_path, [_invented("2020-01", 10), _invented("2020-02", 12), _invented("2020-03", 15)])
    with chromium.visit(browser, width=320) as seen:
        seen.go(site / "compare.html", drawn=False)
        seen.page.wait_for_function("() => document.getElementById('found').dataset.shown === '2020-02 2020-03'")
        seen.page.locator("select[name=old]").focus()
        seen.page.keyboard.press("ArrowUp")
        seen.page.wait_for_function("() => document.getElementById('found').dataset.shown === '2020-01 2020-03'")
        assert seen.page.url.endswith("#old=2020-01&new=2020-03")
        assert seen.page.locator(".difference").count() == 2
        assert seen.page.locator(".difference").last.inner_text().split("\n") == [
            "An invented page · X-1 part",
            "Edition 2020-01",
            "Holds",
            "Edition 2020-03",
            "Close",
        ]
        assert seen.overflow() == []
        seen.page.locator(".mali-language a[rel=alternate]").click()
        seen.page.wait_for_function(
            "() => document.documentElement.lang === 'fr' && document.getElementById('found').dataset.shown === '2020-01 2020-03'"
        )
        assert "Édition 2020-01" in seen.page.locator("#found").inner_text()
        assert not seen.errors


def test_editions_on_other_tables_are_not_said_to_have_moved_by_time(browser, tmp_path):
    site = _site(tmp_path, [_invented("2020-01", 10), _invented("2020-02", 12) | {"tables": "1"}])
    with chromium.visit(browser, width=1280) as seen:
        seen.go(site / "compare.html", drawn=False)
        seen.page.wait_for_function("() => document.getElementById('found').dataset.shown === '2020-01 2020-02'")
        assert "time or a revision" in seen.page.locator("#status").inner_text()
        (site / "2020-01/_static/told.js").unlink()
        seen.page.reload()
        seen.page.wait_for_function("() => document.getElementById('status').textContent.includes('no record')")


def test_figures_that_count_different_things_are_not_joined(browser, tmp_path):
    """Both pages say that the question changed, and show each figure by its own name."""
    one, other = _invented("2020-01", 10), _invented("2020-02", 15)
    for record, name, text, counts in (
        (one, "events missed", "42", "events missed [#]"),
        (other, "PaCE’s miss", "× 1.08", "PaCE [× #]"),
    ):
        record["keys"][1] |= {"counts": counts, "name": {"en": name, "fr": name}, "text": {"en": text, "fr": text}}
        record["rows"].append(["key figure", "a", "a-2", f"{text} {name}", f"{text} {name}", counts])
    site = _site(tmp_path, [one, other])
    for suffix, asks in (
        ("", "Other editions ask another question here."),
        (".fr", "D’autres éditions posent ici une autre question."),
    ):
        soup = BeautifulSoup((site / f"editions{suffix}.html").read_text(encoding="utf-8"), "html.parser")
        rows = [[cell.get_text() for cell in row.select("th, td")] for row in soup.select("#others + .wrap tbody tr")]
        assert [name for name, _ in rows] == ["events missed", "PaCE’s miss"]
        assert all(said.endswith(asks) and "→" not in said for _, said in rows)
        with chromium.visit(browser, width=1280) as seen:
            seen.go(site / f"compare{suffix}.html", drawn=False)
            seen.page.locator("#found[data-shown='2020-01 2020-02']").wait_for()
            notes = {
                item.get_attribute("data-item"): item.locator("p").all_text_contents()
                for item in seen.page.locator(".difference").all()
            }
            words = json.loads(seen.page.locator("#words").text_content())["words"]
        assert notes.pop("a · a-2") == [words["question"]]
        assert not any(notes.values())
        assert notes


def test_a_rank_of_a_year_has_its_year_in_brackets():
    name = {
        "en": "of 180 in the press-freedom ranking of 2022",
        "fr": "sur 180 au classement de la liberté de la presse de 2022",
    }
    assert over._at({"text": {"en": "111th", "fr": "111e"}, "name": name}) == {
        "en": "111th (2022)",
        "fr": "111e (2022)",
    }


def test_a_value_counted_to_a_day_says_which(tmp_path):
    made = [_invented("2022-08", 10), _invented("2023-07", 15)]
    for record, months, day, jour in zip(
        made, (24, 34), ("29 August 2022", "10 July 2023"), ("29 août 2022", "10 juillet 2023"), strict=True
    ):
        record["keys"][1] |= {
            "counts": "in power [# month]",
            "name": {"en": f"in power on {day}", "fr": f"au pouvoir au {jour}"},
            "text": {"en": f"{months} months", "fr": f"{months} mois"},
        }
    site = _site(tmp_path, made)
    for suffix, name, said in (
        ("", "in power", "Edition 2022-08: 24 months on 29 August 2022 → Edition 2023-07: 34 months on 10 July 2023"),
        (
            ".fr",
            "au pouvoir",
            "Édition 2022-08\u202f: 24 mois au 29 août 2022 → Édition 2023-07\u202f: 34 mois au 10 juillet 2023",
        ),
    ):
        soup = BeautifulSoup((site / f"editions{suffix}.html").read_text(encoding="utf-8"), "html.parser")
        (row,) = soup.select("#others + .wrap tbody tr")
        assert [cell.get_text() for cell in row.select("th, td")] == [name, said]


def test_the_older_edition_stands_first_whichever_menu_names_it(browser, tmp_path):
    site = _site(tmp_path, [_invented("2020-01", 10), _invented("2020-02", 15)])
    with chromium.visit(browser) as seen:
        seen.go(f"{(site / 'compare.html').as_uri()}#old=2020-02&new=2020-01", drawn=False)
        seen.page.locator("#found[data-shown='2020-01 2020-02']").wait_for()
        assert seen.page.evaluate("location.hash") == "#old=2020-01&new=2020-02"
        assert seen.page.locator("select[name=old]").input_value() == "2020-01"
        # Neither move is silent: both menus hold another edition than the address named.
        note = seen.page.locator("#moved")
        assert note.inner_text() == (
            "Changed: Older edition, from “Edition 2020-02” to “Edition 2020-01” (the older edition stands first); "
            "Newer edition, from “Edition 2020-01” to “Edition 2020-02” (the older edition stands first)."
        )
        assert seen.violations() == []


@pytest.mark.parametrize(
    ("suffix", "said", "absent"),
    [
        (
            "",
            "Changed: Older edition, from “Edition 2020-03” to “Edition 2020-02” (the older edition stands first); Newer "
            "edition, from “Edition 2020-02” to “Edition 2020-03” (the older edition stands first).",
            "Changed: Older edition, from “1999-01” to “Edition 2020-02” (not on this site).",
        ),
        (
            ".fr",
            "Modifié : Édition plus ancienne, de «\u202fÉdition 2020-03\u202f» à «\u202fÉdition 2020-02\u202f» (la plus ancienne "
            "vient en premier)\u202f; Édition plus récente, de «\u202fÉdition 2020-02\u202f» à «\u202fÉdition 2020-03\u202f» (la plus "
            "ancienne vient en premier).",
            "Modifié : Édition plus ancienne, de «\u202f1999-01\u202f» à «\u202fÉdition 2020-02\u202f» (absente de ce site).",
        ),
    ],
)
def test_no_choice_of_an_edition_moves_silently(browser, tmp_path, suffix, said, absent):
    site = _site(tmp_path, [_invented("2020-01", 10), _invented("2020-02", 12), _invented("2020-03", 15)])
    with chromium.visit(browser, width=320) as seen:
        seen.go(site / f"compare{suffix}.html", drawn=False)
        seen.page.locator("#found[data-shown='2020-02 2020-03']").wait_for()
        note = seen.page.locator("#moved")
        assert note.inner_text() == ""
        # The newest as the older, then what was the older as the newer.
        seen.page.locator("select[name=old]").select_option("2020-03")
        seen.page.locator("#found[data-shown='2020-03 2020-03']").wait_for(state="attached")
        assert note.inner_text() == ""
        seen.page.locator("select[name=new]").select_option("2020-02")
        seen.page.locator("#found[data-shown='2020-02 2020-03']").wait_for()
        assert note.inner_text().replace("Modifié\u202f:", "Modifié :") == said
        assert seen.overflow() == []
        # A choice that stands where it was made takes the note away.
        seen.page.locator("select[name=old]").select_option("2020-01")
        seen.page.locator("#found[data-shown='2020-01 2020-03']").wait_for()
        assert note.inner_text() == ""
        seen.page.evaluate("location.hash = '#old=1999-01&new=2020-03'")
        seen.page.locator("#found[data-shown='2020-02 2020-03']").wait_for()
        assert note.inner_text().replace("Modifié\u202f:", "Modifié :") == absent


def test_one_edition_has_one_name_on_the_page_of_all(tmp_path):
    """An edition is named by its title and never by the last month of its data, which may be another."""
    made = [_invented("2022-08", 10), _invented("2023-06", 15)]
    made[1] |= {"id": "2023-07", "title": {"en": "July 2023", "fr": "Juillet 2023"}}
    site = _site(tmp_path, made)
    for suffix, bare in (("", "June 2023"), (".fr", "juin 2023")):
        soup = BeautifulSoup((site / f"editions{suffix}.html").read_text(encoding="utf-8"), "html.parser")
        tables = soup.select("tbody td")
        assert len(tables) == 3
        assert not [cell for cell in tables if bare in cell.get_text()]
        assert [cell for cell in tables if ("July 2023:" if not suffix else "Juillet 2023\u202f:") in cell.get_text()]


def test_all_editions_at_a_glance(tmp_path):
    made = [
        _invented(f"20{year}-{month:02}", 10 + year % 10 + month % 3)
        for year in range(19, 26)
        for month in range(1, 13)
    ][:75]
    site = _site(tmp_path, [*made[1:], made[0] | {"keys": [*made[0]["keys"][1:]]}])
    for page in ("editions", "compare"):
        assert parted(BeautifulSoup((site / f"{page}.fr.html").read_text(encoding="utf-8"), "html.parser")) == [], page
    soup = BeautifulSoup((site / "editions.html").read_text(encoding="utf-8"), "html.parser")
    assert [head.get_text() for head in soup.select("h2")] == [
        "Key figures", "Highest of any year to the same month, by edition", "Verdicts", "Other key figures"
    ]  # fmt: skip
    (tile,) = soup.select(".tiles li")
    assert tile.h3.get_text() == "made-up <events>"
    assert (
        "15 in that to March 2025; the highest of the 74 editions shown is 21, in that to February 2019"
        in tile.p.get_text()
    )
    assert tile.svg["aria-label"].startswith("made-up <events>: ")
    # A point for each edition, the records larger than the others, and nothing drawn by a name that another chart has.
    sizes = [path["d"].split(",")[0] for path in tile.svg.select('path[d*="A"]')]
    assert len(sizes) == 74
    assert sizes.count("M3") == sum(not record["keys"][0]["record"] for record in made[1:])
    assert not soup.select("use")
    fell = {item.a["href"].split("/")[0] for item in soup.select(".records li")}
    assert fell == {record["id"] for record in made[1:] if record["keys"][0]["record"]}
    # A record is one among years to its month, which is named: a year to another month may be higher.
    assert "made-up <events> (15, year to March)" in soup.select(".records li")[0].get_text()
    (row,) = soup.select("#verdicts + .wrap tbody tr")
    assert [cell.get_text() for cell in row.select("th, td")][1] == "An invented statement."
    first = {"close": "Close", "reproduced": "Holds"}[made[0]["rows"][2][3]]
    assert re.match(rf"Edition 2019-01( – Edition 20\d\d-\d\d)?: {first}( →|$)", row.select("td")[-1].get_text())
    assert "Edition 2019-01: " in soup.select_one("#others + .wrap tbody td").get_text()
    french = BeautifulSoup((site / "editions.fr.html").read_text(encoding="utf-8"), "html.parser")
    assert french.html["lang"] == "fr"
    assert "mars 2025" in french.select_one(".tiles p").get_text()
    assert "le plus haut des 74 éditions montrées est 21" in french.select_one(".tiles p").get_text()
    assert over.pages([made[0] | {"form": 0}], (), Pictures()) == {}


def test_no_line_ends_before_the_newest_edition_and_no_point_stands_alone():
    made = [_invented(f"2020-0{n}", 10 + n) for n in (1, 2, 3)]
    gone, new = (
        {**made[0]["keys"][0], "name": {"en": name, "fr": name}, "record": True} for name in ("gone since", "alone")
    )
    for record in made[:2]:
        record["keys"].append(gone)
    made[2]["keys"].append(new)
    assert list(over._counts(made)) == ["made-up <events>"]
    assert set(over._counts(made[:1])) == {"made-up <events>", "gone since"}
    # Nothing is lost from the list of the highest.
    assert "alone" in over._records(made, ())[0]["what"]["en"]


def test_bars_fit_the_frame_unless_they_would_press_the_line_flat(monkeypatch):
    tops = []
    monkeypatch.setattr(
        over,
        "static_svg",
        lambda spec, *_, **__: tops.append(spec["layer"][2]["encoding"]["y"]["scale"]["domain"][1]) or "",
    )
    record = _invented("2020-01", 10)
    for high in (18.0, 9000.0, None):
        key = record["keys"][0] | {"high": high}
        over._chart("made-up", [(record, key)], (["2019-01", "2020-03"], ["2020-01"]), Pictures())
    assert [round(top, 1) for top in tops[::2]] == [18.4, 25.0, 11.0]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["editions.html", "compare.fr.html"])
def test_the_pages_fit_and_are_accessible(browser, tmp_path, page, width, scheme):
    site = _site(tmp_path, [_invented("2020-01", 10), _invented("2020-02", 15)])
    with chromium.visit(browser, width=width, color_scheme=scheme) as seen:
        seen.go(site / page, drawn=False)
        assert seen.overflow() == []
        inside = "boxes => boxes.every((box) => box.scrollWidth <= box.clientWidth)"
        assert seen.page.locator(".wrap").evaluate_all(inside), "no table is wider than its page"
        assert seen.violations() == []
        assert not seen.errors
        assert not seen.outside


def test_a_build_with_nothing_to_do_needs_no_tables_and_no_charts():
    """What commands, the recipe and the builder import, and what is asked about a site before anything is made of it."""
    code = (
        "import sys, pathlib, helpers.cli\n"
        "from bookbuild import builder, placing, pdf\n"
        "from helpers.builds.recipe import RECIPE, listed, project\n"
        "project(), listed(), RECIPE.over.files, RECIPE.over.is_one(pathlib.Path('index.html'))\n"
        "print(sorted({'pandas', 'altair', 'jsonschema', 'scipy', 'matplotlib'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stdout + done.stderr


def test_parts_of_statements_have_their_names_and_not_their_keys(records):
    rows = {row[1]["en"]: row[0] for row in over._verdicts([records["latest"]])["rows"]}
    assert rows["Militant Islamist activity in Kayes tripled over the same time."]["en"].startswith("R23-28 ")
    said = [one[lang] for one in rows.values() for lang in ("en", "fr")]
    assert said
    assert not [one for one in said if "_" in one or " later " in one]
    assert over._parts()["R22-03 later realised"]["fr"] == "R22-03 Hausse des morts, année entière"
