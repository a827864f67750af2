"""Critics, parties, press and influence: indices and dated facts."""

from __future__ import annotations

from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from helpers import french, palette, prose
from helpers.charts.parts import dates_named
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.figures import Figure
from helpers.forms import Finding, Form, figure
from helpers.story.junta_facts import COUP, knows
from helpers.words import NOTHING, Both, joined

PUBLIC_FROM = {"rsf": (0, 5), "fh": (0, 3), "eiu": (1, 2), "vdem": (1, 3), "iiag": (0, 11), "civicus": (0, 12)}
"""When an index's figure for a year is public: years to add, and the month. A book must not know it sooner."""


class Index(NamedTuple):
    """One of the four indices of freedom."""

    name: str
    """Id in the table `indices`."""
    label: Both
    """Name and scale, as the panel's heading."""
    lag: int
    """Years from the year that a figure describes to the year of its edition."""
    up: bool
    """Whether a higher value is freer; a rank is freer the lower it is."""
    digits: int
    """Decimals."""


FREEDOMS = (
    Index(
        "rsf-rank",
        Both("Press freedom: rank of 180 (Reporters Without Borders)", "Liberté de la presse : rang sur 180 (Reporters sans frontières)"),
        1, False, 0,
    ),
    Index(
        "fh-total",
        Both("Rights and liberties: 0 to 100 (Freedom House)", "Droits et libertés : 0 à 100 (Freedom House)"),
        1, True, 0,
    ),
    Index(
        "vdem-ldi",
        Both("Liberal democracy: 0 to 1 (V-Dem)", "Démocratie libérale : 0 à 1 (V-Dem)"),
        0, True, 2,
    ),
    Index(
        "eiu-score",
        Both("Democracy: 0 to 10 (Economist Intelligence Unit)", "Démocratie : 0 à 10 (Economist Intelligence Unit)"),
        0, True, 1,
    ),
)  # fmt: skip
"""In the order of the panels; a year is the one that a figure describes."""

COUPS = (("2012", "coup"), ("2020", ""), ("2021", "coups"))
"""Years of coups with the names of their lines: those of two years in a row have one."""
BEFORE = 2019
"""Last whole year before the coup of August 2020."""


def known_indices(r: Report, *names: str) -> pd.DataFrame:
    """Return the rows of indices that were public at the edition's date, in order of year."""
    rows = r.indices[r.indices["index"].isin(names)]
    if r.edition.as_of != "latest":
        lag = rows["index"].str.split("-").str[0].map(PUBLIC_FROM)
        public = [f"{year + wait[0]}-{wait[1]:02d}" for year, wait in zip(rows["year"], lag, strict=True)]
        rows = rows[pd.Series(public, index=rows.index, dtype=str) <= str(r.runs_to)]
    return rows.sort_values(["year", "index"], ignore_index=True)


NEW_METHOD = 2022
"""First year of Reporters Without Borders' present method: ranks on its two sides are not compared."""


def compared_with(rank: pd.Series) -> int | None:
    """Return the year with whose rank the last may be compared: of the same method, the coup's where there is a choice.

    `rank`: ranks by year of the ranking. Returns None where no earlier rank follows the method of the last.

    Examples
    --------
    >>> ranks = pd.Series([99, 108, 99, 111, 113], [2019, 2020, 2021, 2022, 2023])
    >>> compared_with(ranks), compared_with(ranks.loc[:2022]), compared_with(ranks.loc[:2021])
    (2022, None, 2020)
    """
    last = int(rank.index.max())
    earlier = [int(year) for year in rank.index if year < last and (year >= NEW_METHOD) == (last >= NEW_METHOD)]
    if last >= NEW_METHOD:
        return min(earlier, default=None)
    return 2020 if 2020 in earlier else max(earlier, default=None)


def ordinal(value: float) -> str:
    """Write a rank: `108th`, `121st`."""
    number = int(value)
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _stand(r: Report, series: dict[Index, pd.Series], base: dict[Index, int]) -> Both:
    """Title of the indices: how many stand lower than before the coup, or than five years earlier."""
    held = {one: values for one, values in series.items() if not _changed(one, values)}
    lower = sum(
        (values.iloc[-1] < values[base[one]]) == one.up and values.iloc[-1] != values[base[one]]
        for one, values in held.items()
    )
    since = Both("five years earlier", "que cinq ans plus tôt")
    if all(base[one] == BEFORE for one in held) and knows(r, COUP):
        since = Both("before the coup", "qu’avant le coup d’État")
    count = len(held)
    kept = NOTHING if count == len(series) else Both(" with one method", " à méthode constante")
    if lower == count:
        return Both(
            f"All {prose.word(count)} indices{kept.en} stand lower than {since.en}",
            f"Les {french.word(count)} indices{kept.fr} sont plus bas {since.fr}",
        )
    return Both(
        f"{prose.none(lower)} of {prose.word(count)} indices{kept.en} {'stands' if lower == 1 else 'stand'} lower than {since.en}",
        f"{french.word(lower) if lower else 'Aucun'} des {french.word(count)} indices{kept.fr} "
        f"{'sont' if lower > 1 else 'est' if lower else 'n’est'} plus bas {since.fr}",
    ).upper()


def freedoms(r: Report) -> Figure:
    """Four indices of freedom over the same years, with the coups marked."""
    series = {one: _series(r, one) for one in FREEDOMS}
    if any(values.empty for values in series.values()):
        raise NotInEdition(
            "One of the four indices has no year known at this edition’s day.",
            "L’un des quatre indices n’a pas d’année connue au jour de cette édition.",
        )
    base = {one: _base(one, values) for one, values in series.items()}
    first, last = min(int(v.index[0]) for v in series.values()), max(int(v.index[-1]) for v in series.values())
    said = joined(
        (
            one.label
            + " "
            + joined((_for(one, v, year) for year in dict.fromkeys((base[one], int(v.index[-1])))), ", ")
            for one, v in series.items()
        ),
        "; ",
    )
    # A column an index: a rank of 180 and a score of one share no number of digits.
    table = pd.concat({one.label.en: v for one, v in series.items()}, axis=1).sort_index().rename_axis("Year")
    words = {one.label.en: one.label.fr for one in FREEDOMS}
    words |= {"Year": "Année", "coup": "coup d’État", "coups": "coups d’État"}
    form = Form(
        _panels(series, (first, last)),
        table.reset_index(),
        Both(
            f"four indices of freedom in Mali by the year they describe, {first} to {last}, each on its own scale and freer "
            "upwards; dashed: coups",
            f"quatre indices de liberté au Mali selon l’année décrite, {first} à {last}, chacun à son échelle, plus libre vers le "
            "haut ; tirets : coups d’État",
        ),
        Both(f"four lines. {said.en}", f"quatre courbes. {said.fr}"),
        "Reporters Without Borders, Freedom House, V-Dem and the Economist Intelligence Unit, read in the pages and public "
        "repositories that the table indices names. Only facts are taken.",
        words,
    )
    caveat = Both(
        "Experts’ judgements, without a stated margin. A rank depends on the other countries too.",
        "Jugements d’experts, sans marge indiquée. Un rang dépend aussi des autres pays.",
    )
    if any(_changed(one, values) for one, values in series.items()):
        caveat += Both(
            f" The press ranking changed its method in {NEW_METHOD}: its ranks before and since are not compared.",
            f" Le classement de la presse a changé de méthode en {NEW_METHOD} : ses rangs d’avant et d’après ne sont pas comparés.",
        )
    return figure("junta-freedoms", form, Finding(_stand(r, series, base), caveat=caveat))


def _for(one: Index, values: pd.Series, year: int) -> Both:
    value = values[year]
    return Both(f"{prose.number(value, one.digits)} for {year}", f"{french.number(value, one.digits)} pour {year}")


def _series(r: Report, one: Index) -> pd.Series:
    rows = known_indices(r, one.name)
    return pd.Series(rows["value"].to_numpy(), index=rows["year"].to_numpy() - one.lag)


def _changed(one: Index, values: pd.Series) -> bool:
    """Tell whether an index's last year follows another method than the years before the coup."""
    return one.name == "rsf-rank" and int(values.index[-1]) + one.lag >= NEW_METHOD


def _base(one: Index, values: pd.Series) -> int:
    """Return the year that an index is held against: the last whole one before the coup, or five years back.

    Where the method has changed since, it is the first year of the new one.
    """
    if _changed(one, values):
        return NEW_METHOD - one.lag
    last = int(values.index[-1])
    wanted = BEFORE if last > BEFORE else last - 5
    return max(int(year) for year in values.index if year <= max(wanted, int(values.index[0])))


def _panels(series: dict[Index, pd.Series], years: tuple[int, int]) -> alt.VConcatChart:
    """Draw a small panel per index over the same years."""
    parts: list[Any] = []
    domain = [f"{years[0]}-01-01", f"{years[1]}-12-31"]
    span = alt.Scale(domain=domain)
    for one, values in series.items():
        frame = pd.DataFrame({"Year": [f"{year}-07-01" for year in values.index], "Value": values.to_numpy()})
        # Two lines where the method changed: no stroke joins what is not compared.
        frame["Method"] = [int(_changed(one, values) and year + one.lag >= NEW_METHOD) for year in values.index]
        marks = pd.DataFrame(
            [(f"{year}-07-01", text) for year, text in COUPS if years[0] <= int(year) <= years[1]],
            columns=["Year", "label"],
        )
        x = alt.X("Year:T", title=None, scale=span, axis=alt.Axis(format="%Y", tickCount="year", labelOverlap=True))
        scale = alt.Scale(zero=False, reverse=not one.up, nice=True, padding=6)
        shown = f",.{one.digits}f"
        line = alt.Chart(frame).encode(
            x=x,
            y=alt.Y("Value:Q", title=None, scale=scale, axis=alt.Axis(format=shown, tickCount=4)),
            tooltip=[alt.Tooltip("Year:T", format="%Y"), alt.Tooltip("Value:Q", format=shown)],
        )
        rule = alt.Chart(marks).mark_rule(strokeDash=[4, 3], color=palette.MUTED).encode(x=x)
        # The first panel names the coups, above its plot; the lines in those below stand under its names.
        said = marks[marks["label"].ne("") & (not parts)]
        last = line.transform_window(row="row_number()", frame=[None, None]).transform_filter(
            f"datum.row == {len(frame)}"
        )
        hue = palette.INK
        parts.append(
            alt.layer(
                rule,
                *([dates_named(said, x)] if len(said) else []),
                line.encode(detail="Method:N").mark_line(strokeWidth=2.2, color=hue),
                line.mark_point(size=26, filled=True, color=hue, opacity=1),
                last.mark_text(align="left", dx=6, fontSize=11, fontWeight="bold").encode(
                    text=alt.Text("Value:Q", format=shown)
                ),
            ).properties(
                width=620,
                height=60,
                title=alt.TitleParams(
                    one.label.en,
                    anchor="start",
                    fontSize=12,
                    fontWeight="bold",
                    color=palette.INK,
                    offset=18 if len(said) else 4,
                ),
            )
        )
    return alt.vconcat(*parts, spacing=14)


# --------------------------------------------------------------------------- words

_RATINGS = {"Open": "ouvert", "Narrowed": "rétréci", "Obstructed": "entravé", "Repressed": "réprimé", "Closed": "fermé"}


def critics(r: Report) -> Both | None:
    """How civic space is rated, what became of parties, and what arrests do to speech."""
    return joined([_civicus(r), _rank(r), _fear(r), _parties(r)])


def _civicus(r: Report) -> Both | None:
    rows = known_indices(r, "civicus-rating")
    if rows.empty:
        return None
    last = rows.iloc[-1]
    earlier = rows[rows["label"].ne(last["label"])]
    text = Both(
        f"CIVICUS Monitor rated civic space “{last['label'].lower()}” in {last['year']}",
        f"CIVICUS Monitor classait l’espace civique comme « {_RATINGS.get(last['label'], last['label'])} » en {last['year']}",
    )
    if len(earlier):
        was = earlier.iloc[-1]
        text += Both(
            f", after “{was['label'].lower()}” in {was['year']}",
            f", contre « {_RATINGS.get(was['label'], was['label'])} » en {was['year']}",
        )
    return text + "."


def _rank(r: Report) -> Both | None:
    """Mali's rank of press freedom now and in the year of the coup."""
    rank = known_indices(r, "rsf-rank").set_index("year")["value"]
    if rank.empty:
        return None
    year, back = int(rank.index.max()), compared_with(rank)
    if back is None or (year < NEW_METHOD and back != 2020):
        text = Both(
            f"In the press-freedom ranking of {year} Mali stood {ordinal(rank[year])} of 180",
            f"Au classement de la liberté de la presse de {year}, le Mali était {int(rank[year])}e sur 180",
        )
    else:
        text = Both(
            f"In the press-freedom ranking Mali stood {ordinal(rank[back])} of 180 in {back} and {ordinal(rank[year])} in {year}",
            f"Au classement de la liberté de la presse, le Mali était {int(rank[back])}e sur 180 en {back} et {int(rank[year])}e en {year}",
        )
    if year < NEW_METHOD:
        return text + "."
    return text + Both("; earlier ranks follow another method.", " ; les rangs antérieurs suivent une autre méthode.")


def _fear(r: Report) -> Both | None:
    if not knows(r, "2022-08-11-hrw-civic-space"):
        return None
    return Both(
        "In August 2022 Human Rights Watch said that arrests deter people from politics and public debate.",
        "En août 2022, Human Rights Watch estimait que les arrestations dissuadaient de faire de la politique et de débattre en public.",
    )


def _parties(r: Report) -> Both | None:
    if knows(r, "2025-05-13-parties-dissolved"):
        return Both(
            "All political parties were suspended in April 2024, again in May 2025, and dissolved six days later.",
            "Tous les partis politiques ont été suspendus en avril 2024, de nouveau en mai 2025, et dissous six jours plus tard.",
        )
    if knows(r, "2024-07-10-party-suspension-lifted"):
        return Both(
            "Political parties were suspended from April to July 2024.",
            "Les partis politiques ont été suspendus d’avril à juillet 2024.",
        )
    if knows(r, "2024-04-10-party-activities-suspended"):
        return Both(
            "All party activity has been suspended since April 2024.",
            "Toute activité des partis est suspendue depuis avril 2024.",
        )
    return None


def influence(r: Report) -> Both:
    """Whose networks were removed, and what such facts cannot show."""
    what = Both(
        "Such facts show that campaigns existed and what they promoted, not what people made of them.",
        "De tels faits montrent que des campagnes ont existé et ce qu’elles vantaient, non ce qu’on en a pensé.",
    )
    if not knows(r, "2020-12-15-facebook-removals"):
        return Both(
            "No coordinated campaign is on record here up to this day.",
            "Aucune campagne coordonnée n’est recensée ici à ce jour.",
        )
    both = Both(
        "In December 2020 Facebook removed two rival networks of fake accounts that aimed at Mali among others: one linked to "
        "people close to France’s military, one to Russia.",
        "En décembre 2020, Facebook a supprimé deux réseaux rivaux de faux comptes qui visaient entre autres le Mali : l’un lié à des "
        "militaires français, l’autre à la Russie.",
    )
    return joined([both, what])
