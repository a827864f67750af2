"""Figures and tables: what they refuse, what they write, and whether their colours can be told apart."""

from __future__ import annotations

import itertools
import json
import math
import re

import altair as alt
import pandas as pd
import pytest
import vl_convert
from altair.utils.schemapi import SchemaValidationError

import sample_book
import story_figures
from helpers import charts, palette
from helpers.builds.recipe import project
from helpers.definitions import half_up
from helpers.errors import DataError, MaliError
from helpers.figures import MIME, SCHEMA, Figure, Table, Words
from helpers.html_table import html_table, table_data
from helpers.page import drawing, translate
from helpers.story import data_reach, forecast, foretold, ledger, paces, scores, sides
from helpers.words.both import Both

FRAME = pd.DataFrame({"Year": [2021, 2022], "Events": [1.23456789, float("nan")]})


def make(**changes) -> Figure:
    words = {
        "id": "a-figure",
        "title": "Events rose",
        "subtitle": "Events per year, nowhere",
        "chart": alt.Chart(FRAME).mark_bar().encode(x="Year:O", y="Events:Q"),
        "frame": FRAME,
        "alt": "Two bars.",
        "source": "Synthetic, version 1, CC0",
    }
    return Figure(**(words | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "Not a slug"}, "lower-case words"),
        ({"id": ""}, "lower-case words"),
        ({"title": " "}, "needs title"),
        ({"subtitle": ""}, "needs subtitle"),
        ({"alt": ""}, "needs alt text"),
        ({"source": None}, "needs source"),
        ({"frame": FRAME.iloc[:0]}, "at least one row"),
        ({"frame": None}, "data frame"),
        ({"frame": pd.concat([FRAME, FRAME], axis=1)}, "distinct column names"),
        ({"chart": {"mark": "bar"}}, "Altair chart, not dict"),
        ({"chart": alt.Chart(FRAME, title="Mine").mark_bar()}, "belongs to the figure"),
    ],
)
def test_a_figure_refuses_to_be_incomplete(changes, message):
    with pytest.raises(DataError, match=message):
        make(**changes)


@pytest.mark.parametrize("sample", sample_book.FIGURES, ids=lambda f: f.__name__)
def test_every_kind_of_chart_has_one_spec_and_only_one(sample):
    first, second = (json.dumps(sample().spec()) for _ in range(2))
    assert first == second
    spec = json.loads(first)
    assert first == json.dumps(spec, sort_keys=True)
    assert spec["$schema"] == SCHEMA
    bare = json.dumps({k: v for k, v in spec.items() if k != "datasets"})
    assert not re.search(r"(data-|view_|param_)[0-9a-f]{8}", bare), "a hash names something"
    assert spec["usermeta"]["mali"]["table"]["rows"]


def test_a_chart_with_a_part_that_its_schema_does_not_know_is_refused_as_a_whole():
    wrong = alt.Chart(pd.DataFrame({"Year": [2021]})).mark_bar().encode(x=alt.X("Year:O", axis=alt.Axis(grid="much")))
    with pytest.raises(SchemaValidationError, match="much"):
        make(chart=wrong).spec()


def test_a_spec_does_not_depend_on_charts_made_before():
    before = sample_book.linked().spec()
    alt.Chart(FRAME).mark_bar().add_params(alt.selection_point()).to_dict()
    assert sample_book.linked().spec() == before


def test_one_changed_number_changes_one_number():
    changed = FRAME.assign(Events=[2.0, float("nan")])
    chart = alt.Chart(changed).mark_bar().encode(x="Year:O", y="Events:Q")
    lines = [json.dumps(f.spec(), indent=1).splitlines() for f in (make(), make(chart=chart, frame=changed))]
    differ = [a for a, b in zip(*lines, strict=True) if a != b]
    assert len(differ) == 2, "once in the chart's data and once in the table"


def test_the_bundle_holds_the_chart_and_its_words_only():
    bundle = make(caveat=Both("Few events.", "Peu d’événements."))._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/plain"}
    assert bundle["text/plain"] == "Figure a-figure: Events rose. Two bars."
    words = bundle[MIME]["usermeta"]["mali"]
    assert words["caveat"] == "Few events."
    assert bundle[MIME]["title"]["text"] == ["Events rose."]
    assert bundle[MIME]["title"]["subtitle"] == ["Events per year, nowhere"]


def test_missing_values_periods_and_dates_survive():
    frame = pd.DataFrame(
        {
            "Month": pd.period_range("2022-01", periods=3, freq="M"),
            "Day": [pd.Timestamp("2022-01-05"), pd.NaT, pd.Timestamp("2022-03-01")],
            "Hour": pd.to_datetime(["2022-01-05 10:30", None, "2022-03-01 00:00"]),
            "Share": [1 / 3, float("nan"), float("inf")],
            "Count": pd.array([1, None, 3], dtype="Int64"),
            "Group": pd.Categorical(["a", None, "b"]),
        }
    )
    chart = alt.Chart(frame).mark_line().encode(x="Month:T", y="Share:Q", detail="Day:T")
    spec = make(frame=frame, chart=chart).spec()
    json.dumps(spec, allow_nan=False)
    assert spec["datasets"]["table_1"][0]["Month"] == "2022-01-01T00:00:00"
    assert spec["usermeta"]["mali"]["table"]["rows"] == [
        ["2022-01", "2022-01-05", "2022-01-05 10:30", 0.333333, 1, "a"],
        ["2022-02", None, None, None, None, None],
        ["2022-03", "2022-03-01", "2022-03-01 00:00", None, 3, "b"],
    ]


def test_periods_work_inside_layers_and_facets():
    frame = pd.DataFrame({"Month": pd.period_range("2022-01", periods=4, freq="M"), "N": range(4), "G": list("aabb")})
    base = alt.Chart(frame).mark_line().encode(x="Month:T", y="N:Q")
    for chart in (base + base, base | base, base & base, base.facet("G:N"), (base + base).facet("G:N")):
        spec = make(chart=chart, frame=frame).spec()
        assert spec["datasets"]["table_1"][0]["Month"] == "2022-01-01T00:00:00"


@pytest.mark.parametrize(
    ("labels", "angle", "drops"), [(["JNIM", "Civilians, by bombs"], -45, False), (["2019", "2020"], 0, True)]
)
def test_a_grid_drops_years_that_its_neighbours_tell_and_no_names(labels, angle, drops):
    frame = pd.DataFrame({"Column": labels, "Row": ["a", "b"], "Deaths": [1, 2]})
    axis = charts.heat(frame, "Column", "Row", "Deaths").to_dict()["layer"][0]["encoding"]["x"]["axis"]
    assert (axis["labelAngle"], axis["labelOverlap"]) == (angle, drops)


def test_twenty_thousand_rows_are_no_problem():
    frame = pd.DataFrame({"x": range(20_000), "y": range(20_000)})
    spec = make(frame=frame, chart=alt.Chart(frame).mark_point().encode(x="x:Q", y="y:Q")).spec()
    assert len(spec["datasets"]["table_1"]) == 20_000


def test_legends_that_do_not_fit_one_line_take_columns():
    labels = {name: f"A group with a name: {name}" for name in palette.GROUPS}
    chart = alt.Chart(FRAME).mark_bar().encode(x="Year:O", color=alt.Color("g:N", scale=palette.scale(labels)))
    assert make(chart=chart).spec()["config"]["legend"]["columns"] == 2
    assert "columns" not in make().spec()["config"]["legend"]


def test_a_table_is_the_same_html_every_time_and_accessible():
    frame = pd.DataFrame(
        {
            "Region <b>": ["Gao & Kidal", "Mopti"],
            "Year": [2022, 2023],
            "Events": [12345, -6],
            "Change": [0.5, None],
            "Share": [1.005, 45.0],
        }
    )
    table = Table(title="Events", frame=frame, source="Synthetic", note="A note.", decimals={"Share": 1})
    html = table._repr_mimebundle_()["text/html"]
    assert html == table._repr_mimebundle_()["text/html"]
    assert '<th scope="col">Region &lt;b&gt;</th>' in html
    assert '<th scope="row">Gao &amp; Kidal</th>' in html
    assert '<td class="mali-num">2022</td>' in html
    assert '<td class="mali-num">12,345</td>' in html
    assert '<td class="mali-num">−6</td>' in html
    assert '<td class="mali-num">–</td>' in html
    assert '<td class="mali-num">45.0</td>' in html
    assert "<caption>Events</caption>" in html
    assert "Gao & Kidal  2022  12,345" in table._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize("day", ["3 September 2025", "1er septembre 2025", "mai 2026", "2025-09-03"])
def test_a_date_in_a_table_stays_on_one_line(day):
    html = html_table(table_data(pd.DataFrame({"What": ["One"], "Day": [day], "Said": [f"on {day}"]})), caption="Days")
    assert f'<td class="mali-date">{day}</td>' in html
    assert f"<td>on {day}</td>" in html


def test_the_table_of_a_figure_writes_shares_and_dates_as_sentences_do():
    """A chart said 27 percent, and its table 0.270; a term began on 2020-09-01."""
    frame = pd.DataFrame({"Who": ["A", "B"], "Turnout": [0.27, 0.385], "Share of land": [0.5, 0.004], "Events": [2, 3]})
    frame["From"] = ["2020-08-18", "2023-07-01"]
    chart = alt.Chart(frame).mark_bar().encode(y="Who:N", x=alt.X("Turnout:Q", axis=alt.Axis(format=".0%")))
    spec = make(frame=frame, chart=chart).spec()
    data = spec["usermeta"]["mali"]["table"]
    assert data["shares"] == [1, 2]
    assert data["rows"][0][1:] == [0.27, 0.5, 2, "2020-08-18"], "the download keeps what can be computed with"
    shown = drawing.figure_html(spec, anchor="fig-a")
    cells = re.findall(r"<t[dh][^>]*>([^<]*)<", shown[shown.index("<tbody") :])
    assert cells == ["A", "27%", "50.0%", "2", "18 August 2020", "B", "39%", "0.4%", "3", "1 July 2023"]
    told = html_table(data, caption="x", dated=True, french=True)
    assert "27\u202f%" in told
    assert "1er juillet 2023" in told


def test_a_hash_in_a_table_may_break_and_a_word_may_not():
    html = html_table(table_data(pd.DataFrame({"File": ["Tombouctou"], "sha256": ["0f" * 32]})), caption="Hashes")
    assert f'<td class="mali-code">{"0f" * 32}</td>' in html
    assert '<th scope="row">Tombouctou</th>' in html


def test_a_table_refuses_what_it_cannot_show():
    with pytest.raises(DataError, match="no column 'Shares'"):
        Table(title="T", frame=FRAME, decimals={"Shares": 1})
    with pytest.raises(DataError, match="needs a title"):
        Table(title="", frame=FRAME)


def test_long_tables_say_what_they_leave_out():
    data = table_data(pd.DataFrame({"n": range(1000)}))
    html = html_table(data, caption="Many", max_rows=400)
    assert html.count("<tr>") == 401
    assert "The first 400 of 1,000 rows are shown" in html


def test_rounding_is_half_up_and_a_zero_has_no_sign():
    assert [str(half_up(v)) for v in (0.5, 1.5, 2.5, -2.5)] == ["1", "2", "3", "-3"]
    assert "−0.00" not in html_table(table_data(pd.DataFrame({"n": [-0.001, 5.2]})), caption="c")


# ---- colours -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", palette.COLOURS)
@pytest.mark.parametrize("page", [palette.LIGHT_PAGE, palette.DARK_PAGE])
def test_marks_stand_out_on_both_pages(name, page):
    assert palette.contrast(palette.colour(name), page) >= 3
    assert palette.contrast(palette.text_shade(palette.colour(name), page), page) >= 4.5


def test_neutral_inks_are_readable_on_paper():
    assert palette.contrast(palette.INK, palette.PAPER) >= 7
    assert palette.contrast(palette.MUTED, palette.PAPER) >= 4.5


def test_text_on_coloured_areas_does_not_follow_the_theme():
    rules = [line for line in palette.css().splitlines() if palette.ON_LIGHT in line or palette.ON_DARK in line]
    assert len(rules) == 2
    assert all(".mali-figure--shaded" in line for line in rules), "but in the cells of a ramp, which has dark shades"
    for fill in palette.SEQUENTIAL + palette.DIVERGING:
        assert max(palette.contrast(fill, ink) for ink in (palette.ON_LIGHT, palette.ON_DARK)) >= 4.5


def test_contrast_is_that_of_wcag():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_an_unknown_group_has_no_colour():
    with pytest.raises(MaliError, match="No colour is defined for 'nobody'"):
        palette.colour("nobody")


#: Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
TO_LMS = ((0.41222147, 0.53633254, 0.05144599), (0.2119035, 0.6806995, 0.1073970), (0.0883025, 0.2817188, 0.6299787))
TO_LAB = ((0.21045426, 0.79361779, -0.00407205), (1.9779985, -2.4285922, 0.4505937), (0.0259040, 0.7827718, -0.8086758))


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def oklab(hexadecimal: str, vision: str) -> list[float]:
    channels = [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    seen = [min(1, max(0, c)) for c in times(VISION[vision], linear)]
    return times(TO_LAB, [math.cbrt(c) for c in times(TO_LMS, seen)])


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(
    "together",
    [("jnim", "flm", "is-sahel", "state", "wagner"), ("north", "centre", "south"), tuple(palette.JUDGED)],
    ids=["actors", "zones", "judged"],
)
def test_colours_that_appear_together_stay_apart(vision, together):
    for a, b in itertools.combinations(together, 2):
        distance = math.dist(oklab(palette.colour(a), vision), oklab(palette.colour(b), vision))
        # 0.02 in OKLab is about one just noticeable difference.
        assert distance >= 0.12, f"{a} and {b} are {distance:.3f} apart with {vision}"


@pytest.mark.parametrize("vision", VISION)
def test_verdicts_are_not_dim_on_the_dark_page_and_stay_apart(vision):
    """Teal and red stood out by little more than 3."""
    night = {**palette.JUDGED, **palette.JUDGED_NIGHT}
    assert min(palette.contrast(shade, palette.DARK_PAGE) for shade in night.values()) >= 4
    for (a, one), (b, other) in itertools.combinations(night.items(), 2):
        assert math.dist(oklab(one, vision), oklab(other, vision)) >= 0.12, f"{a} and {b} with {vision}"
    for name, shade in palette.JUDGED_NIGHT.items():
        for attribute in ("fill", "stroke"):
            rule = f':not(text)[{attribute}="{palette.JUDGED[name]}"] {{ {attribute}: {shade}; }}'
            assert rule in palette.css()


@pytest.mark.parametrize("vision", VISION)
def test_the_sequential_ramp_gets_darker_for_everybody(vision):
    lightness = [oklab(c, vision)[0] for c in palette.SEQUENTIAL]
    assert all(a - b > 0.05 for a, b in itertools.pairwise(lightness))


def test_no_two_groups_share_a_colour():
    for a, b in itertools.combinations(palette.COLOURS, 2):
        distance = math.dist(oklab(palette.colour(a), "normal"), oklab(palette.colour(b), "normal"))
        assert distance >= 0.04, f"{a} and {b} look alike ({distance:.3f})"


# ---- colours of the charts in the book -----------------------------------------------------------------


@pytest.fixture(scope="module", params=["2023-07"])
def drawn(request) -> dict[str, dict]:
    """Specifications of the figures that the chapters make for the stored edition, by id; named by it: made once a worker."""
    figures = [f for name in story_figures.MODULES for f in story_figures.figures(name, request.param)]
    return {figure.id: story_figures.spec(figure) for figure in figures}


def test_charts_use_no_colour_but_the_palette(drawn):
    inks = {getattr(palette, name) for name in ("INK", "MUTED", "GRID", "PAPER", "LAND", "ON_LIGHT", "ON_DARK")}
    known = {*palette.COLOURS.values(), *palette.SEQUENTIAL, *palette.DIVERGING, *inks}
    assert len(drawn) > 80
    for name, spec in drawn.items():
        marks = json.dumps({k: v for k, v in spec.items() if k not in ("datasets", "usermeta", "config", "background")})
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", marks)) <= known, name
        assert not re.search(
            r'"(?:scheme|color|fill|stroke)": "(?!none|transparent|independent|shared)[a-z]+"', marks
        ), name


@pytest.mark.parametrize("vision", VISION)
def test_colours_of_one_scale_stay_apart_in_every_chart(drawn, vision):
    names = {value: name for name, value in palette.COLOURS.items()}
    together: dict[tuple[str, str], str] = {}

    def walk(node, figure):
        if isinstance(node, dict):
            scale = [v for v in node.get("range", []) if isinstance(v, str)] if "domain" in node else []
            met = sorted({names[colour] for colour in scale if colour in names})
            together.update(dict.fromkeys(itertools.combinations(met, 2), figure))
            for key, value in node.items():
                if key not in ("datasets", "usermeta", "config"):
                    walk(value, figure)
        elif isinstance(node, list):
            for value in node:
                walk(value, figure)

    for name, spec in drawn.items():
        walk(spec, name)
    assert len(together) > 20
    for (a, b), figure in together.items():
        # Two just noticeable differences; legends and labels at the marks name them besides.
        distance = math.dist(oklab(palette.colour(a), vision), oklab(palette.colour(b), vision))
        assert distance >= 0.039, f"{a} and {b} are {distance:.3f} apart with {vision} in {figure}"


def shades_of(spec: dict, wanted: str) -> set[str]:
    """Labels that the scales of a specification give a colour."""
    if isinstance(spec, list):
        return set().union(*(shades_of(one, wanted) for one in spec))
    if not isinstance(spec, dict):
        return set()
    pairs = zip(spec["domain"], spec["range"], strict=False) if {"domain", "range"} <= set(spec) else ()
    own = {str(label) for label, shade in pairs if shade == wanted}
    return own.union(*(shades_of(node, wanted) for key, node in spec.items() if key not in ("datasets", "usermeta")))


def test_the_colour_of_the_finding_means_no_actor_and_no_status(drawn):
    """Pink was six things: a source, a state, a report, a rule, a place and what the title speaks of."""
    pink = palette.SERIES["finding"]
    assert [name for name, shade in palette.COLOURS.items() if shade == pink] == ["finding"]
    files = [path for path in (project().root / "src").rglob("*") if path.suffix in (".py", ".js", ".css")]
    assert [path.name for path in files if pink in path.read_text(encoding="utf-8")] == ["palette.py"]
    actors = {*sides.LABELS.values(), *sides.SHORT.values(), *sides.INSIDE.values()}
    status = {*foretold.STATUS.values(), *(one.en for one in ledger.KINDS.values()), *data_reach._KINDS.values()}
    labels = {name: shades_of(spec, pink) for name, spec in drawn.items()}
    assert sum(map(bool, labels.values())) > 5
    for name, found in labels.items():
        assert len(found) <= 1, f"{name}: {found}"
        assert not found & (actors | status), name


def marks_of(node) -> list[dict]:
    """Marks of a specification, in order."""
    if isinstance(node, list):
        return [one for part in node for one in marks_of(part)]
    if not isinstance(node, dict):
        return []
    own = [node["mark"]] if isinstance(node.get("mark"), dict) else []
    return own + [
        one for key, part in node.items() if key not in ("datasets", "usermeta", "config") for one in marks_of(part)
    ]


def seen_through(specs: dict[str, dict]) -> list[str]:
    """Figures with a column or a circle that is paler than its colour and has no edge, or a pale one.

    The palette's colours have just 3:1 on both pages: at an opacity of 0.6 a column had 1.9 in the dark.
    """
    marks = [
        (name, mark) for name, spec in specs.items() for mark in marks_of(spec) if mark["type"] in ("bar", "circle")
    ]
    return [name for name, mark in marks if mark.get("strokeOpacity" if "stroke" in mark else "opacity", 1) != 1]


def test_no_column_and_no_circle_of_a_module_is_seen_through_without_an_edge(drawn):
    assert seen_through(drawn) == []


@pytest.mark.parametrize("edition", ["2023-07", "latest"])
@pytest.mark.parametrize("page", ["now", "trajectory", "southern"])
def test_no_column_and_no_circle_of_a_page_is_seen_through_without_an_edge(page, edition):
    specs = {one.id: story_figures.spec(one) for one in story_figures.figures(f"page {page}", edition)}
    assert specs
    assert seen_through(specs) == []


@pytest.mark.parametrize("edition", ["2023-07", "latest"])
def test_a_change_that_is_not_clear_is_grey_and_no_paler(edition):
    (shift,) = [x for x in story_figures.figures("page trajectory", edition) if x.id == "trajectory-regions-shift"]
    spec = shift.spec()
    assert "opacity" not in spec["layer"][0]["encoding"]
    tints = {json.dumps(part["encoding"].get("color") or part["encoding"]["stroke"]) for part in spec["layer"]}
    assert len(tints) == 1
    tint = json.loads(tints.pop())
    assert (tint["condition"]["value"], tint["value"]) == (palette.INK, palette.colour("neutral"))


def colours_of(page: str, identity: str, edition: str) -> list[str]:
    (figure,) = [x for x in story_figures.figures(f"page {page}", edition) if x.id == identity]
    (scale,) = {
        json.dumps(part["encoding"]["color"]["scale"]) for part in figure.spec()["layer"] if "color" in part["encoding"]
    }
    return json.loads(scale)["range"]


@pytest.mark.parametrize("edition", ["2023-07", "latest"])
def test_zones_have_their_colours_where_things_stand_too(edition):
    """Northern Mali was hollow there, as incomplete periods are everywhere else."""
    assert colours_of("now", "now-months", edition) == [palette.colour(zone) for zone in ("south", "centre", "north")]


def test_parts_that_are_no_actors_are_full_and_inks_told_apart_on_either_page():
    fills = colours_of("now", "now-ucdp", "latest")
    assert fills == [palette.INK, palette.colour("unidentified"), palette.colour("pale")]
    for ink, paper in ((palette.INK, palette.LIGHT_PAGE), ("#ced6dd", palette.DARK_PAGE)):
        greys = [ink, *fills[1:]]
        assert min(palette.contrast(grey, paper) for grey in greys) >= 3
        assert min(palette.contrast(one, other) for one, other in itertools.combinations(greys, 2)) >= palette.STEP


def legends_of(node) -> list[dict]:
    """Legends of a Vega specification, of its groups too."""
    if isinstance(node, list):
        return [one for part in node for one in legends_of(part)]
    if not isinstance(node, dict):
        return []
    return node.get("legends", []) + [one for key, part in node.items() if key != "data" for one in legends_of(part)]


def test_a_key_has_the_full_colour_of_its_marks(drawn):
    """Faint marks gave their key a colour that nothing in the chart had."""
    told = 0
    for name, spec in drawn.items():
        for legend in legends_of(vl_convert.vegalite_to_vega(spec)):
            drawn_as = legend.get("encode", {}).get("symbols", {}).get("update", {})
            told += bool(drawn_as)
            for key in ("opacity", "fillOpacity", "strokeOpacity"):
                found = drawn_as.get(key, {"value": 1})
                # A click on a key fades the others: what counts is how it stands before.
                assert (found[0] if isinstance(found, list) else found)["value"] == 1, (name, key)
    assert told > 25


def test_a_source_has_one_colour_on_every_page_and_no_actors(drawn):
    for name, spec in drawn.items():
        for source in ("ACLED", "UCDP"):
            shade = palette.colour(palette.SOURCES[source])
            for other in {*palette.GROUPS.values(), palette.SERIES["finding"], shade} - {palette.GROUPS["neutral"]}:
                assert (source in shades_of(spec, other)) <= (other == shade), name
    assert shades_of(drawn["sources-deaths"], palette.colour(palette.SOURCES["UCDP"])) == {"UCDP"}
    assert "UCDP" in shades_of(drawn["scorecard-second-opinion"], palette.colour(palette.SOURCES["UCDP"]))


def test_a_rule_that_foretells_has_one_colour_on_its_page(drawn):
    """Inks, which mean nothing by themselves, may stand for several rules: shapes tell them apart in a chart."""
    kinds = {
        "Pace, six months": "Pace", "Year before": "Seasonal naive", "Smoothing, damped": "Smoothing",
    }  # fmt: skip
    said: dict[str, set[str]] = {}
    names = {**forecast.RULES, **scores.LABELS, **paces.RULES}
    for name in ("forecast-skill", "outlook-years-events", "outlook-errors-half", "forecast-coverage", "forecast-next"):
        for shade in (*palette.COLOURS.values(), palette.INK):
            for label in shades_of(drawn[name], shade) & set(names.values()):
                said.setdefault(kinds.get(label, label), set()).add(shade)
    inks = {palette.colour(name) for name in palette.GREYS}
    assert len(said) == 7
    assert all(len(shades) == 1 for shades in said.values()), said
    assert [rule for rule, shades in said.items() if not shades <= inks] == ["Pace"]


def test_the_freest_rank_stands_at_the_top(drawn):
    """Ten places lower was a line that rose."""
    (scale,) = {
        json.dumps(part["encoding"]["y"]["scale"])
        for part in drawn["junta-press-freedom"]["layer"]
        if "scale" in part["encoding"].get("y", {})
    }
    found = json.loads(scale)
    assert found["reverse"]
    assert 1 < found["domain"][0] < found["domain"][1] <= 180


def test_coloured_letters_have_a_rule_wherever_the_light_shade_would_be_too_dark():
    rules = palette.css()
    for colour in set(palette.COLOURS.values()):
        light, dark = (palette.text_shade(colour, page) for page in (palette.LIGHT_PAGE, palette.DARK_PAGE))
        selector = f'svg text[fill="{colour}"] {{ fill: '
        written = re.findall(rf"^  (html\S+ )?.*{re.escape(selector)}(#\w+)", rules, re.MULTILINE)
        shown = dict(written)
        assert shown.get("", colour) == light
        night = next((shade for prefix, shade in written if prefix), shown.get("", colour))
        assert night == dark


@pytest.mark.parametrize(("colour", "shaded"), [("Events:Q", True), ("Region:N", False)])
def test_cells_shaded_from_few_to_many_have_a_dark_shade_for_each_in_the_dark(colour, shaded):
    frame = pd.DataFrame({"Region": ["A", "B"], "Events": [1, 90]})
    cells = alt.Chart(frame).mark_rect().encode(y="Region:N", color=colour)
    shown = drawing.figure_html(make(chart=cells, frame=frame).spec(), anchor="fig-x")
    assert ("mali-figure--shaded" in shown, "mali-figure--map" in shown) == (shaded, False)


def test_the_ramp_of_the_dark_page_goes_from_dark_to_bright_and_its_letters_are_read():
    rule = r'^  html\[data-theme="dark"\] \.mali-figure--shaded \S+ svg (\w+)\[fill="(#\w+)"\] \{ fill: (#\w+); \}$'
    rules = {(what, day): dark for what, day, dark in re.findall(rule, palette.css(), re.MULTILINE)}
    night = [rules["path", shade] for shade in palette.SEQUENTIAL]
    contrasts = [palette.contrast(shade, palette.DARK_PAGE) for shade in night]
    assert contrasts[0] < 1.5, "the fewest glow"
    assert all(b > 1.2 * a for a, b in itertools.pairwise(contrasts))
    for step, pair in enumerate(zip(palette.SEQUENTIAL, night, strict=True)):
        ink = palette.ON_LIGHT if step < palette.DEEP else palette.ON_DARK
        assert palette.contrast(pair[0], ink) >= 4.5
        assert palette.contrast(pair[1], rules["text", ink]) >= 4.5


def test_every_ramp_of_the_book_is_of_steps_that_the_dark_page_knows(drawn):
    found = 0

    def walk(node):
        nonlocal found
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            colour = node.get("encoding", {}).get("color", {})
            for one in (colour, colour.get("condition", {})):
                if isinstance(one, dict) and one.get("type") == "quantitative":
                    found += 1
                    assert one["scale"]["type"] == "threshold"
                    assert set(one["scale"]["range"]) <= set(palette.SEQUENTIAL)
            for name, value in node.items():
                if name not in ("datasets", "usermeta", "config"):
                    walk(value)

    for spec in drawn.values():
        walk(spec)
    assert found >= 6


_PLAIN = {"color": alt.value(palette.LAND)}
_RAMP = {"color": alt.Color("properties.Events:Q")}
_RAMP_ABOVE_ZERO = {"color": alt.condition("datum.properties.Events > 0", _RAMP["color"], _PLAIN["color"])}


@pytest.mark.parametrize(("encoding", "shaded"), [(_PLAIN, False), (_RAMP, True), (_RAMP_ABOVE_ZERO, True)])
def test_the_land_of_a_map_is_dark_in_the_dark_and_its_shades_too(encoding, shaded):
    ring = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
    area = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": {"Events": 4}}
    chart = alt.Chart(alt.Data(values=[area])).mark_geoshape().encode(**encoding).project("mercator")
    names = alt.Chart(pd.DataFrame({"place": ["A"], "lon": [0.5], "lat": [0.5]})).mark_text()
    layers = alt.layer(chart, names.encode(longitude="lon:Q", latitude="lat:Q", text="place:N"))
    shown = drawing.figure_html(make(chart=layers).spec(), anchor="fig-x")
    assert ("mali-figure--shaded" in shown, "mali-figure--map" in shown) == (shaded, True)
    # Around names lies the colour of the page, and on paper white.
    assert f'[stroke="{palette.PAPER}"] {{ stroke: var(--pst-color-background); }}' in palette.css()
    places = pd.DataFrame({"place": ["A"], "latitude": [0.5], "longitude": [0.5]})
    texts = [one.mark.to_dict() for one in charts.place_names(places, (0, 0, 1, 1), 300) if one.mark.type == "text"]
    assert {one["stroke"] for one in texts if "strokeJoin" in one} == {palette.PAPER}
    assert {one["color"] for one in texts if "strokeJoin" not in one} == {palette.INK}


def test_a_tooltip_names_periods_and_days_and_rounds_its_numbers():
    """A hover said `2023H1`, `2014-01` and `2022-08-15`, and French months were English."""
    frame = pd.DataFrame(
        {"Half-year": ["2022H2", "2023H1"], "To": ["2023-01", "2023-07-01"], "Ratio": [1.23456, 2000.0]}
    )
    chart = alt.Chart(frame).mark_bar().encode(x="Half-year:N", y="Ratio:Q", tooltip=["Half-year:N", "To:N", "Ratio:Q"])
    spec = make(chart=chart, frame=frame, fr=Words(title="Un", subtitle="Deux", alt="Trois")).spec()
    said = {"en": ("Jul-Dec 2022", "January 2023"), "fr": ("juil.-déc. 2022", "janvier 2023")}
    for language, one in (("en", spec), ("fr", translate.french(spec))):
        *tips, number = one["encoding"]["tooltip"]
        (rows,) = one["datasets"].values()
        assert tuple(rows[0][tip["field"]] for tip in tips) == said[language]
        assert number["format"] == ",.2~f"
    assert [tip["title"] for tip in spec["encoding"]["tooltip"][:2]] == ["Half-year", "To"]
    assert spec["encoding"]["x"]["field"] == "Half-year"


def test_a_tooltip_never_says_true_or_false():
    frame = pd.DataFrame({"Year": ["2021", "2022"], "Events": [4, 9], "Too high": [True, False]})
    chart = alt.Chart(frame).mark_bar().encode(
        x="Year:N", y="Events:Q", color=alt.condition("datum['Too high']", alt.value("#357090"), alt.value("#7a7c6e")),
        tooltip=["Year:N", "Events:Q", "Too high:N"],
    )  # fmt: skip
    spec = make(chart=chart, frame=frame).spec()
    assert [one["field"] for one in spec["encoding"]["tooltip"]] == ["Year", "Events"]
    assert next(iter(spec["datasets"].values()))[0]["Too high"] is True
