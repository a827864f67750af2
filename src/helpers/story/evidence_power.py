"""Figures on power and partners that the report rests on: indices in full, days of sanctions, the vote by region, the dead."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers import charts
from helpers import french as fr
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.figures import Figure
from helpers.forms import Finding, Form, figure
from helpers.page.bilingual import Bilingual, in_both
from helpers.story.junta_press import COUPS, compared_with, known_indices, ordinal
from helpers.story.junta_vote import voted
from helpers.terms import term
from helpers.windows import month
from helpers.words import Both, names
from helpers.words.both import joined

_METHODS = {"neutral": "Method before 2022", "ink": "Method since 2022"}

_VDEM = {
    "vdem-free-expression": "Freedom of expression",
    "vdem-civil-society": "Civil society",
    "vdem-ldi": "Liberal democracy",
}


_STATED = {
    "fact check": "vérification",
    "Kidal branch, document authenticated by AFP": "antenne de Kidal, document authentifié par l’AFP",
    "signatory armed groups": "groupes armés signataires",
    "press conference": "conférence de presse",
    "places without a vote": "lieux sans vote",
    "(national)": "(niveau national)",
    "local elected officials": "élus locaux",
    "regional capital only": "chef-lieu de région seulement",
    "city of Gao": "ville de Gao",
    "Goundam town": "ville de Goundam",
    "Ansongo cercle": "cercle d’Ansongo",
    "Goundam cercle": "cercle de Goundam",
}
"""Words of the table `referendum` beside names, in French."""


def _stated(text: str) -> Both:
    """Return what the table says of a place or a speaker; what is no word of ours stays."""
    told = text
    for english, french in _STATED.items():
        told = told.replace(english, french)
    return Both(text, told)


def vote_by_region(r: Report) -> Bilingual:
    """List what is known of the vote by region: where it was reported held or not held, and registered voters."""
    rows = voted(r)
    rows = rows[rows["area"].ne("national")]
    none, records = Both("none", "aucun"), []
    for area in sorted(rows["area"].unique()):
        here = rows[rows["area"].eq(area)]
        held = here[here["measure"].eq("vote-held")]
        whole = held["unit"].eq("0/1")
        parts = [
            (Both("held in ", "a eu lieu : ") if row.value else Both("not held in ", "n’a pas eu lieu : "))
            + _stated(f"{row.unit.split(': ', 1)[-1]} ({row.stated_by.split(' (')[0]})")
            for row in held[~whole].itertuples()
        ]
        said, denied = (
            [_stated(one) for one in held[whole & held["value"].eq(value)]["stated_by"]] for value in (1, 0)
        )
        voters = here[here["measure"].eq("registered")]["value"]
        records.append(
            (
                p.region_name(area),
                *(joined(found, "; ") if found else none for found in (said, denied, parts)),
                int(voters.iloc[0]) if len(voters) else None,
            )
        )
    heads = (
        Both("Region", "Région"), Both("Vote held, says", "A eu lieu, selon"), Both("Vote not held, says", "N’a pas eu lieu, selon"),
        Both("In part of the region", "Dans une partie de la région"), Both("Registered voters", "Inscrits"),
    )  # fmt: skip
    return in_both(
        Both(
            "The referendum of 18 June 2023 by region: who says that it was held, and who that it was not",
            "Le référendum du 18 juin 2023 par région : qui dit qu’il a eu lieu, et qui dit que non",
        ),
        heads,
        records,
        Both(
            "No source found gives turnout by region. Registered voters are known where a page states them.",
            "Aucune source trouvée ne donne la participation par région. Les inscrits sont connus là où une page les indique.",
        ),
        "Pages named row by row in the table referendum. Only facts are taken.",
    )


def _publisher(rows: pd.DataFrame, what: str) -> str:
    """Return the source line of an index: publisher, index, and through how many pages or repositories it was read."""
    repositories = rows["source"].str.extract(r"repository ([\w.-]+/[\w.-]+)")[0].nunique()
    pages = rows.loc[rows["source_kind"].ne("repository"), "source"].nunique()
    found = (
        (pages, p.count(pages, "page")),
        (repositories, p.count(repositories, "public repository", "public repositories")),
    )
    through = p.listing(words for number, words in found if number)
    return f"{rows['publisher'].iloc[0]}, {what}, read in {through} named in the data table. Only facts are taken."


def _ends(part: pd.DataFrame) -> list[tuple[int, str]]:
    """Return the first and the last rank with their editions; one, where they are the same."""
    return list(dict.fromkeys((part["Rank"].iloc[i], part["Edition"].iloc[i]) for i in (0, -1)))


def _rank_titles(rank: pd.Series, year: int) -> tuple[str, str]:
    """Say where Mali stands in the ranking, and how far that is from an earlier year."""
    title = f"Mali stands {ordinal(rank[year])} of 180 in the press-freedom ranking of {year}"
    base = compared_with(rank)
    if base is not None:
        gap = int(rank[year] - rank[base])
        title += (
            f", the same as in {base}"
            if gap == 0
            else f", {p.count(abs(gap), 'place')} {'lower' if gap > 0 else 'higher'} than in {base}"
        )
    title_fr = f"Le Mali est {int(rank[year])}e sur 180 au classement de la liberté de la presse de {year}"
    if base is not None:
        title_fr += (
            f", à la même place qu’en {base}"
            if gap == 0
            else f", {fr.count(abs(gap), 'place', feminine=True)} plus {'bas' if gap > 0 else 'haut'} qu’en {base}"
        )
    return title, title_fr


_ANOTHER_METHOD = Both(
    "Scores before and from 2022 rest on different methods and must not be compared; ranks depend on the other "
    "countries too. The index of a year appears in spring and looks mostly at the year before.",
    "Les notes d’avant 2022 et celles d’après suivent des méthodes différentes et ne se comparent pas ; les rangs "
    "dépendent aussi des autres pays. L’indice d’une année paraît au printemps et porte surtout sur l’année "
    "précédente.",
)


_NO_RANKING = (
    "No edition of the press-freedom index is known for this edition.",
    "Aucun classement de la liberté de la presse n’est connu pour cette édition.",
)


def _press_table(score: pd.DataFrame, rank: pd.Series, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return score, method and rank of each edition of RSF's index; an edition may have no rank."""
    method = score["scale"].str.contains("since").map({True: kinds["ink"], False: kinds.get("neutral", "Score")})
    return pd.DataFrame(
        {
            "Edition": score["year"].astype(str),
            "Score": score["value"],
            "Method": method,
            "Rank": [int(rank[year]) if year in rank.index else None for year in score["year"]],
            "Read in": score["source"],
        }
    ).astype({"Rank": "Int64"})


def press_freedom(r: Report) -> Figure:
    """RSF's rank, broken where the method changed, with the score in the table."""
    score = known_indices(r, "rsf-score")
    rank = known_indices(r, "rsf-rank").set_index("year")["value"]
    if score.empty:
        raise NotInEdition(*_NO_RANKING)
    changed = int(score["year"].max()) >= 2022
    kinds = _METHODS if changed else {"ink": "Score"}
    frame = _press_table(score, rank, kinds)
    ranked = frame.dropna(subset=["Rank"]).astype({"Rank": int})
    year = int(rank.index.max())
    title, title_fr = _rank_titles(rank, year)
    return Figure(
        id="junta-press-freedom",
        title=title,
        subtitle=f"Rank of Mali in the World Press Freedom Index (1 is freest; freer upwards), editions "
        f"{ranked['Edition'].iloc[0]} to {ranked['Edition'].iloc[-1]}; the scores stand in the table"
        + ("; the method changed in 2022" if changed else ""),
        chart=charts.lines(
            ranked,
            "Edition",
            "Rank",
            by="Method",
            colours={k: v for k, v in kinds.items() if v in set(ranked["Method"])},
            ranks=True,
        ),
        frame=frame,
        alt=(
            f"Line{'s' if ranked['Method'].nunique() > 1 else ''} of the rank: "
            + "; ".join(
                f"{name.lower() + ', ' if changed else ''}"
                + " to ".join(f"{place} in the edition of {when}" for place, when in _ends(part))
                for name, part in ranked.groupby("Method", sort=False)
            )
        ),
        fr=fr.words(
            title_fr,
            "Rang du Mali au classement mondial de la liberté de la presse (1 : le plus libre ; plus libre vers le haut), éditions "
            f"{ranked['Edition'].iloc[0]} à {ranked['Edition'].iloc[-1]} ; les notes sont dans le tableau"
            + (" ; la méthode a changé en 2022" if changed else ""),
            f"Courbe{'s' if ranked['Method'].nunique() > 1 else ''} du rang : "
            + " ; ".join(
                f"{term(name) + ', ' if changed else ''}"
                + ", ".join(f"{place}e dans l’édition de {when}" for place, when in _ends(part))
                for name, part in ranked.groupby("Method", sort=False)
            ),
        ),
        hrefs={"Read in": tuple(score["url"])},
        source=_publisher(score, "World Press Freedom Index"),
        caveat=_ANOTHER_METHOD
        if year >= 2022
        else Both("Ranks depend on the other countries too.", "Les rangs dépendent aussi des autres pays."),
    )


_VDEM_CAVEAT = Both(
    "Estimates from experts' answers; their margins are not in the sources read. V-Dem revises earlier "
    "years, and all years shown come from releases of 2024 and 2025.",
    "Des estimations tirées de réponses d’experts ; leurs marges ne sont pas dans les sources lues. V-Dem "
    "révise les années antérieures ; toutes celles qui figurent ici viennent de versions de 2024 et de "
    "2025.",
)


def vdem(r: Report) -> Figure:
    """V-Dem's indices of expression, civil society and liberal democracy."""
    rows = known_indices(r, *_VDEM)
    if rows.empty:
        raise NotInEdition(
            "No year of the V-Dem indices is known for this edition.",
            "Aucune année des indices V-Dem n’est connue pour cette édition.",
        )
    frame = rows.assign(year=rows["year"].astype(str), index=rows["index"].map(_VDEM))
    frame = frame[["year", "index", "value", "source"]].set_axis(["Year", "Index", "Value", "Read in"], axis=1)
    wide = frame.pivot(index="Year", columns="Index", values="Value")
    known = {name: wide[name].dropna() for name in _VDEM.values()}
    last = wide.dropna().index[-1]
    back = str(int(last) - 5)
    down = [name for name in _VDEM.values() if wide.loc[last, name] < wide.loc[back, name]]
    many = {3: "All three indices are", 1: "One of three indices is", 0: "None of three indices is"}.get(
        len(down), f"{p.word(len(down)).capitalize()} of three indices are"
    )
    most = min(_VDEM.values(), key=lambda name: wide.loc[last, name] / wide.loc[back, name])
    a, b = wide.loc[back, most], wide.loc[last, most]
    many_fr = {3: "Les trois indices sont", 1: "Un indice sur trois est", 0: "Aucun des trois indices n’est"}.get(
        len(down), f"{fr.word(len(down))} indices sur trois sont"
    )
    return Figure(
        id="junta-vdem",
        title=f"{many} lower in {last} than in {back}; {most.lower()} moved from {p.number(a, 2)} to {p.number(b, 2)}",
        subtitle=f"V-Dem indices of Mali, 0 to 1 (higher is freer), {frame['Year'].iloc[0]} to "
        f"{frame['Year'].iloc[-1]}",
        chart=charts.lines(
            frame,
            "Year",
            "Value",
            title="Index",
            by="Index",
            colours=dict(zip(("ink", "unidentified", "pale"), _VDEM.values(), strict=True)),
            unit="ratio",
            marks=dict(COUPS),
            height=300,
        ),
        frame=frame,
        alt="Three lines: "
        + "; ".join(
            f"{name.lower()} {p.number(x.iloc[0], 2)} in {wide.index[0]}, {p.number(x.iloc[-1], 2)} in {x.index[-1]}"
            for name, x in known.items()
        ),
        fr=fr.words(
            f"{many_fr} plus bas en {last} qu’en {back} ; {term(most)} passe de {fr.number(a, 2)} à {fr.number(b, 2)}",
            f"Indices V-Dem du Mali, 0 à 1 (plus haut, plus libre), {frame['Year'].iloc[0]} à {frame['Year'].iloc[-1]}",
            "Trois courbes : "
            + " ; ".join(
                f"{term(name)} {fr.number(x.iloc[0], 2)} en {wide.index[0]}, {fr.number(x.iloc[-1], 2)} en {x.index[-1]}"
                for name, x in known.items()
            ),
        ),
        hrefs={"Read in": tuple(rows["url"])},
        source=_publisher(rows, "V-Dem indices v2x_freexp_altinf, v2xcs_ccsi and v2x_libdem"),
        caveat=_VDEM_CAVEAT,
    )


_CAUSES = {
    "ink": ("malicious act", Both("Hostile act", "Acte hostile")),
    "pale": ("illness", Both("Illness", "Maladie")),
    "unidentified": ("accident", Both("Accident", "Accident")),
}
_OTHER = Both("Other or not known", "Autre ou inconnue")
_REST = Both("Accident, other or not known", "Accident, autre cause ou inconnue")
"""The last two in one part of a column: four greys cannot be told apart."""


def peacekeepers(r: Report) -> Figure:
    """Members of MINUSMA who died, by year and cause."""
    rows = r.tables.peacekeepers()
    rows = rows[rows["month"] <= str(r.runs_to)]
    if rows.empty:
        raise NotInEdition(
            "No death of a member of MINUSMA is in the data.", "Aucun mort de la MINUSMA dans les données."
        )
    kinds = {cause: label for cause, label in _CAUSES.values()}
    years = [str(year) for year in range(int(rows["month"].min()[:4]), int(rows["month"].max()[:4]) + 1)]
    labels = [label.en for label in kinds.values()] + [_OTHER.en]
    cause = rows["cause"].map({key: label.en for key, label in kinds.items()}).fillna(_OTHER.en)
    grid = pd.MultiIndex.from_product([years, labels], names=["Year", "Cause"])
    sums = rows.assign(Year=rows["month"].str[:4], Cause=cause).groupby(["Year", "Cause"])["deaths"].sum()
    frame = sums.reindex(grid, fill_value=0).rename("Deaths").reset_index()
    dead = int(frame["Deaths"].sum())
    hostile = int(frame[frame["Cause"].eq(labels[0])]["Deaths"].sum())
    by_year = frame.groupby("Year")["Deaths"].sum()
    colours = {key: label.en for key, (_, label) in _CAUSES.items()} | {"unidentified": _REST.en}
    drawn = frame.assign(Cause=frame["Cause"].replace([labels[2], _OTHER.en], _REST.en))
    drawn = drawn.groupby(["Year", "Cause"], as_index=False)["Deaths"].sum()
    words = {label.en: label.fr for label in [*kinds.values(), _OTHER, _REST]}
    words |= {"Year": "Année", "Cause": "Cause", "Deaths": "Morts"}
    first, last = names.prose_month(month(rows["month"].min())), names.prose_month(month(rows["month"].max()))
    form = Form(
        charts.stacked(drawn, "Year", "Deaths", "Cause", colours),
        frame,
        Both(
            f"members of the UN mission in Mali who died, by year and cause, {first.en} to {last.en}",
            f"membres de la mission de l’ONU au Mali décédés, par année et par cause, {first.fr} à {last.fr}",
        ),
        Both(
            "stacked columns by year: " + p.listing(f"{n} in {year}" for year, n in by_year.items()),
            "colonnes empilées par année : " + fr.listing(f"{n} en {year}" for year, n in by_year.items()),
        ),
        r.source("peacekeepers"),
        words,
    )
    title = Both(
        f"Of {p.number(dead)} members of the UN mission who died, {p.number(hostile)} were killed by hostile acts",
        f"Sur {fr.number(dead)} membres de la mission de l’ONU décédés, {fr.number(hostile)} ont été tués par des actes hostiles",
    )
    return figure("evidence-peacekeepers", form, Finding(title))
