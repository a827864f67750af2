"""A small book with every kind of figure, made from obviously synthetic data, built once per test session."""

from __future__ import annotations

import fcntl
import math
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import altair as alt
import nbformat
import pandas as pd
import yaml

from helpers import palette
from helpers.audit import claims
from helpers.figures import Figure, Table, Words
from helpers.page.bilingual import Bilingual
from helpers.page.cards import Card, Cards
from helpers.page.claimbox import ClaimBox
from helpers.page.frame import AnswerBox, Facts, Key
from helpers.words.both import Both

REPOSITORY = Path(__file__).parents[1]
EDITION = "2023-07"
EDITIONS = [["2022-08", "August 2022"], ["2023-07", "July 2023"], ["latest", "Latest"]]
SOURCE = "Synthetic data made by the tests, version 1, CC0 1.0"
GROUPS = {"jnim": "JNIM", "is-sahel": "Islamic State in the Sahel", "state": "State forces"}


def monthly() -> pd.DataFrame:
    months = pd.period_range("2019-01", "2023-06", freq="M")
    return pd.DataFrame(
        [
            {"Month": month, "Group": name, "Events": round(40 + 25 * k + i * (2 - k) + 14 * math.sin(i / 3 + k))}
            for k, name in enumerate(GROUPS.values())
            for i, month in enumerate(months)
        ]
    )


def line() -> Figure:
    frame = monthly()
    pick = alt.selection_point(fields=["Group"], bind="legend")
    base = alt.Chart(frame).encode(
        x=alt.X("Month:T", title=None),
        y=alt.Y("Events:Q", title=None),
        color=alt.Color("Group:N", scale=palette.scale(GROUPS), title=None),
    )
    lines = base.mark_line().encode(
        opacity=alt.condition(pick, alt.value(1), alt.value(0.15)),
        tooltip=[alt.Tooltip("Month:T", format="%B %Y"), "Group:N", alt.Tooltip("Events:Q", format=",")],
    )
    coup = alt.Chart(pd.DataFrame({"Month": ["2021-05-24T00:00:00"], "What": ["Second coup"]}))
    rule = coup.mark_rule(strokeDash=[4, 3]).encode(x="Month:T")
    label = coup.mark_text(align="left", dx=5, y=8).encode(x="Month:T", text="What:N")
    return Figure(
        id="line",
        title="Events of three made-up groups rise and fall like the sines that they are",
        subtitle="Violent events per month, an invented country, January 2019 to June 2023",
        chart=(lines.add_params(pick) + rule + label).properties(height=300),
        frame=frame,
        alt="Three lines from 2019 to 2023; all three swing around a slowly rising trend.",
        source=SOURCE,
        caveat=Both(
            "Nothing here happened & nothing <here> can be cited.",
            "Rien ici n’est arrivé & rien <ici> ne peut être cité.",
        ),
        fr=Words(
            title="Les événements de trois groupes inventés montent et descendent comme les sinus qu’ils sont",
            subtitle="Événements violents par mois, pays inventé, janvier 2019 à juin 2023",
            alt="Trois lignes de 2019 à 2023 ; toutes oscillent autour d’une tendance lentement croissante.",
        ),
    )


def bars() -> Figure:
    frame = pd.DataFrame(
        {
            "Region": ["Alpha", "Beta", "Gamma", "Delta with a rather long name", "Epsilon"],
            "Events": [1250, 981, 640, 222, 8],
            "Share": [0.4031, 0.3164, 0.2064, 0.0716, None],
        }
    )
    chart = (
        alt.Chart(frame)
        .mark_bar(color=palette.colour("state"))
        .encode(
            x=alt.X("Events:Q", title=None),
            y=alt.Y("Region:N", sort=None, title=None),
            tooltip=["Region:N", alt.Tooltip("Events:Q", format=",")],
        )
    )
    text = chart.mark_text(align="left", dx=4, color=palette.colour("state")).encode(
        text=alt.Text("Events:Q", format=",")
    )
    return Figure(
        id="bars",
        title="Alpha has more events than any other region",
        subtitle="Violent events by region, an invented country, 2022",
        chart=(chart + text).properties(height=alt.Step(30)),
        frame=frame,
        alt="Five bars: Alpha 1,250 events, Beta 981, Gamma 640, Delta 222, Epsilon 8.",
        source=SOURCE,
    )


def multiples() -> Figure:
    frame = pd.DataFrame(
        [
            {"Year": year, "Region": region, "Events": (k * 37 + (year - 2014) * (k % 4) * 11) % 180 + 4}
            for k, region in enumerate(("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"))
            for year in range(2015, 2024)
        ]
    )
    chart = (
        alt.Chart(frame)
        .mark_area(line={"color": palette.colour("jnim")}, color=palette.colour("jnim"))
        .encode(
            x=alt.X("Year:Q", title=None, axis=alt.Axis(format="d", tickCount=3)),
            y=alt.Y("Events:Q", title=None),
            tooltip=["Region:N", "Year:Q", "Events:Q"],
        )
        .properties(width=180, height=110)
        .facet(facet=alt.Facet("Region:N", title=None, sort=None), columns=3)
    )
    return Figure(
        id="multiples",
        title="Six regions take six different paths",
        subtitle="Violent events per year by region, an invented country, 2015 to 2023",
        chart=chart,
        frame=frame,
        alt="Six small area charts, one for each region, without a common trend.",
        source=SOURCE,
    )


def map_() -> Figure:
    names = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"]
    values = [3, 18, 44, 75, 120, 260]
    features = []
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        west, south = -8 + 2.5 * (i % 3), 12 + 3 * (i // 3)
        corner = [(west, south), (west, south + 2.9), (west + 1.2, south + 3.1), (west + 2.4, south + 2.9)]
        ring = [[x, y] for x, y in [*corner, (west + 2.4, south), (west, south)]]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {"Region": name, "Events": value},
            }
        )
    chart = (
        alt.Chart(alt.Data(values=features))
        .mark_geoshape()
        .encode(
            color=alt.Color(
                "properties.Events:Q",
                title="Events",
                scale=alt.Scale(type="threshold", domain=[10, 50, 100, 200], range=palette.SEQUENTIAL[1:6]),
            ),
            tooltip=[
                alt.Tooltip("properties.Region:N", title="Region"),
                alt.Tooltip("properties.Events:Q", title="Events"),
            ],
        )
        .project("equalEarth")
        .properties(width=600, height=400)
    )
    places = pd.DataFrame({"place": ["Alphaville", "Zetatown"], "lon": [-7.2, -1.6], "lat": [13.1, 16.2]})
    base = alt.Chart(places).encode(longitude="lon:Q", latitude="lat:Q")
    dots = base.mark_circle(color=palette.INK, size=30)
    labels = base.mark_text(dy=-10).encode(text="place:N")
    return Figure(
        id="map",
        title="Zeta is the darkest rectangle of an invented country",
        subtitle="Violent events by region, 2022",
        chart=chart + dots + labels,
        frame=pd.DataFrame({"Region": names, "Events": values}),
        alt="Map of six regions; events range from 3 in Alpha to 260 in Zeta.",
        source=SOURCE,
        caveat=Both(
            "Borders are invented and imply no endorsement.", "Les frontières sont inventées et n’approuvent rien."
        ),
    )


def linked() -> Figure:
    frame = monthly()
    brush = alt.selection_interval(encodings=["x"])
    top = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X("Month:T", title=None),
            y=alt.Y("sum(Events):Q", title=None),
            color=alt.condition(brush, alt.value(palette.colour("finding")), alt.value(palette.colour("neutral"))),
        )
        .add_params(brush)
        .properties(width=380, height=200)
    )
    side = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            y=alt.Y("Group:N", title=None),
            x=alt.X("sum(Events):Q", title=None),
            color=alt.Color("Group:N", scale=palette.scale(GROUPS), legend=None),
            tooltip=["Group:N", "sum(Events):Q"],
        )
        .transform_filter(brush)
        .properties(width=180, height=200)
    )
    return Figure(
        id="linked",
        title="Drag over the months to count the groups of a period",
        subtitle="Violent events per month, and by group in the months chosen",
        chart=top | side,
        frame=frame.groupby("Group", as_index=False)["Events"].sum(),
        alt="Monthly bars beside a bar for each group.",
        source=SOURCE,
    )


def slider() -> Figure:
    frame = pd.DataFrame(
        [
            {"Year": y, "Region": r, "Events": (y * (k + 3)) % 97}
            for y in range(2018, 2024)
            for k, r in enumerate("ABCD")
        ]
    )
    year = alt.param(name="year", value=2022, bind=alt.binding_range(min=2018, max=2023, step=1, name="Year "))
    chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(x=alt.X("Region:N", axis=alt.Axis(labelAngle=0), title=None), y=alt.Y("Events:Q", title=None))
        .transform_filter("datum.Year == year")
        .add_params(year)
        .properties(height=180)
    )
    return Figure(
        id="slider",
        title="A slider chooses the year",
        subtitle="Violent events by region",
        chart=chart,
        frame=frame,
        alt="Four bars for the year chosen.",
        source=SOURCE,
    )


def long_table() -> Figure:
    frame = pd.DataFrame({"Day": pd.date_range("2020-01-01", periods=900), "Value": [i / 7 for i in range(900)]})
    return Figure(
        id="long-table",
        title="Nine hundred days make a long table",
        subtitle="A ramp, 2020 to 2022",
        chart=alt.Chart(frame).mark_line().encode(x=alt.X("Day:T", title=None), y=alt.Y("Value:Q", title=None)),
        frame=frame,
        alt="A straight line from 0 to 128.",
        source=SOURCE,
    )


def few() -> Figure:
    frame = pd.DataFrame({"Year": [2021, 2022], "Events": [3, 6]})
    return Figure(
        id="few",
        title="Six events in 2022 were twice those of the year before",
        subtitle="Violent events per year, an invented country, 2021 and 2022",
        chart=alt.Chart(frame).mark_bar().encode(x=alt.X("Year:O", title=None), y=alt.Y("Events:Q", title=None)),
        frame=frame,
        alt="Two bars: 3 events in 2021, 6 in 2022.",
        source=SOURCE,
        rests_on=(3, 6),
        fr=Words(
            title="Six événements en 2022, deux fois plus que l’année précédente",
            subtitle="Événements violents par an, pays inventé, 2021 et 2022",
            alt="Deux barres : 3 événements en 2021, 6 en 2022.",
        ),
    )


KEYS = AnswerBox(
    Both("How much?", "Combien ?"),
    Both("More than the year before.", "Plus que l’année précédente."),
    [
        Key(
            Both("12,345", "12\u202f345"),
            Both("violent events in a year", "événements violents en un an"),
            Both("11,000 the year before", "11\u202f000 l’année précédente"),
        ),
        Key(Both("+12 %", "+12\u202f%"), Both("a change", "un changement"), Both("no record", "pas un record")),
    ],
)
FINDINGS = Bilingual(
    "* **The country.** JNIM fought in every cercle, see {numref}`fig-line`; JNIM again.\n* Second, see [the map](#fig-map).",
    "* **Le pays.** Le JNIM a combattu dans chaque cercle, voir {numref}`fig-line`.\n* Deuxième, voir [la carte](#fig-map).",
)
FIGURES = (line, bars, multiples, map_, linked, slider, long_table, few)
GLOSSARY = "chapters/method/glossary"
SAYS = "chapters/says"
"""A page of sentences, verdicts and a card, as a chapter's calls make them."""
BY_HAND = "chapters/method/by-hand"
"""A page of Markdown alone."""
WRITTEN = """# By hand

Invented: 12 events, and no more. A word in `code2`.

No number here, but in `code 3`.

## A part

| Group | Events |
|---|---|
| Alpha | 1 |

- Five, in words.
- 6 events in a list.
"""
PAGES = {"chapters/summary": (line, bars, multiples, map_), "chapters/second": (linked, slider, long_table, few)}


def notebook(title: str, figures: tuple) -> nbformat.NotebookNode:
    v4 = nbformat.v4
    cells = [
        v4.new_markdown_cell(
            f"# {title}\n\nThis book is made by a test: every group, region and number in it is invented, and this "
            "first paragraph is long enough to be cut when it becomes the description of the page, at a word."
        ),
        v4.new_markdown_cell(
            "A sentence may cost $5 or $10 and refer to {numref}`fig-line` or to [the map](#fig-map)."
        ),
    ]
    for shown in (KEYS, FINDINGS):
        output = v4.new_output("display_data", shown._repr_mimebundle_())
        cells.append(v4.new_code_cell("shown", outputs=[output], execution_count=90, metadata={"tags": ["hide-input"]}))
    cells.append(
        v4.new_markdown_cell(
            "## JNIM in a heading\n<!-- fr: Le JNIM dans un titre -->\n\nA cercle and `JNIM` in code; MINUSMA in the text, "
            "and [MINUSMA](#fig-map) in a link. The ACLED data, and **violence against civilians**."
        )
    )
    for n, make in enumerate(figures, start=1):
        figure = make()
        cells.append(v4.new_markdown_cell(f"## Section {n}\n\nWords before the figure."))
        output = v4.new_output("execute_result", figure._repr_mimebundle_(), execution_count=n)
        cells.append(
            v4.new_code_cell(
                f"figures.{make.__name__}()",
                outputs=[output],
                execution_count=n,
                metadata={"tags": ["hide-input"]},
            )
        )
    table = Table(
        title="Events by region",
        frame=pd.DataFrame(
            {"Region": ["Alpha", "Beta"], "Year": [2022, 2023], "Events": [12345, 6], "Share": [0.5, None]}
        ),
        source=SOURCE,
    )
    output = v4.new_output("execute_result", table._repr_mimebundle_(), execution_count=99)
    cells.append(v4.new_code_cell("table", outputs=[output], execution_count=99))
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return v4.new_notebook(cells=cells, metadata=metadata)


def says() -> nbformat.NotebookNode:
    """Return a page of what a chapter says; the verdicts are the project's own, the rest is invented."""
    v4 = nbformat.v4
    card = Card("alpha", Both("Alpha", "Alpha"), Both("An invented group.", "Un groupe inventé."))
    shown = {
        "chapter.answer(invented.answer)": answer_box(),
        "chapter.say(invented.core)": Bilingual("Twelve invented events.", "Douze événements inventés."),
        "chapter.say(other.core)": Bilingual("Thirteen invented events.", "Treize événements inventés."),
        "chapter.show(invented.cards)": Cards((card,)),
        "chapter.facts(invented.facts)": facts(),
        "chapter.facts(invented.again)": facts(),
        "chapter.say(invented.table)": folded(),
        'chapter.claim("R23-06")': ClaimBox(claims.evaluate("R23-06")),
        'chapter.claim("R22-12")': ClaimBox(claims.evaluate("R22-12")),
    }
    cells = [v4.new_markdown_cell("# What is said\n\nGroups and numbers of this page are invented, but for verdicts.")]
    for source, made in shown.items():
        output = v4.new_output("display_data", made._repr_mimebundle_())
        cells.append(v4.new_code_cell(source, outputs=[output], execution_count=1, metadata={"tags": ["hide-input"]}))
    return v4.new_notebook(cells=cells, metadata=notebook("", ()).metadata)


def folded() -> Bilingual:
    """Return a table whose rows are folded under a title as long as a line of a phone."""
    frame = pd.DataFrame({"Region": ["Alpha", "Beta"], "Events": [12, 6]})
    english, french = (
        "Regions of an invented country, with a name for each",
        "Régions d’un pays inventé, avec un nom pour chacune",
    )
    return Bilingual(Table(english, frame, SOURCE, fold="2 rows"), Table(french, frame, SOURCE, fold="2 lignes"))


def facts() -> Facts:
    row = {"id": "2020-01-01-invented", "date": "2020-01-01", "precision": "day", "event": "12 invented events"}
    return Facts(
        pd.DataFrame([row | {"value": float("nan"), "unit": "", "source": "Nobody", "url": ""}]),
        Both("Invented facts", "Faits inventés"),
    )


def answer_box() -> AnswerBox:
    keys = [Key(Both(n, n), Both("invented events", "événements inventés"), Both("after 3", "après 3")) for n in "12"]
    return AnswerBox(Both("How many?", "Combien ?"), Both("Two, invented.", "Deux, inventés."), keys)


def folder(tmp_path_factory) -> Path:
    """Return the one folder of this session: every test module, and every worker, shares one build."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "sample-book"
    shared.mkdir(exist_ok=True)
    return shared


@cache
def build(folder: Path) -> Path:
    """Build the sample book in a folder, unless another worker has, and return its site, laid out like the real one."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "site").is_dir():
            _build(folder)
    return folder / "site"


def _build(folder: Path) -> None:
    source = folder / "book"
    for page, figures in PAGES.items():
        path = source / f"{page}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook(page.rsplit("/", 1)[1].title(), figures), path)
    config = yaml.safe_load((REPOSITORY / "_config.yml").read_text(encoding="utf-8"))
    config["sphinx"]["config"] |= {"mali_edition": EDITION, "mali_editions": EDITIONS}
    (source / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (source / "chapters" / "method").mkdir(exist_ok=True)
    page = "# Glossary\n\nThe terms, JNIM among them.\n\n```{mali-glossary}\n```\n"
    (source / f"{GLOSSARY}.md").write_text(page, encoding="utf-8")
    (source / f"{BY_HAND}.md").write_text(WRITTEN, encoding="utf-8")
    nbformat.write(says(), source / f"{SAYS}.ipynb")
    chapters = [{"file": "chapters/second"}, {"file": SAYS}, {"file": GLOSSARY}, {"file": BY_HAND}]
    toc = {"format": "jb-book", "root": "chapters/summary", "chapters": chapters}
    (source / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    done = sphinx(source, "html")
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.copytree(source / "_build" / "html", folder / "made" / EDITION)
    os.rename(folder / "made", folder / "site")


def sphinx(source: Path, builder: str) -> subprocess.CompletedProcess:
    """Run jupyter-book as strictly as the real build does."""
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", "-W", "-n", "--keep-going", str(source)]
    if builder != "html":
        command += ["--builder", "custom", "--custom-builder", builder]
    return subprocess.run(command, capture_output=True, text=True, check=False)
