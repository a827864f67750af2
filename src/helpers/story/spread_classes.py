"""A figure of the page on how far the violence has spread: where it is dense and where clustered."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import french as f
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import conflict_cells
from helpers.figures import Figure, Words
from helpers.story.spread_area import (
    CELL_NOTE,
    FIRST,
)
from helpers.words.both import Both

_CLASS_COLOURS = {"ink": "Clustered, dense", "unidentified": "Clustered, sparse", "pale": "Dispersed"}
"""Parts of a column; the few dispersed and dense cells stand with the sparse ones: four greys cannot be told apart."""

_CLASSES_FR = {"CH": "Groupées, denses", "DH": "Dispersées, denses", "CL": "Groupées, rares", "DL": "Dispersées, rares"}


def _year(first: str, last: str) -> str:
    """Name two half-years as a year, or as the two years in which they lie."""
    return first[:4] if first[:4] == last[:4] else f"{first[:4]}/{last[2:4]}"


def _parts(table: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of each year by the parts of its column."""
    part = table["Class"].str.replace(r"^Dispersed.*", "Dispersed", regex=True)
    return table.assign(Class=part).groupby(["Year", "Class"], as_index=False, sort=False)["Cells"].sum()


def classes(r: Report) -> Figure:
    """Cells of 50 km by the indicator of OECD and the Sahel and West Africa Club, year by year."""
    shapes = r.tables.shapes("regions")
    halves = sorted(name for name in r.footprint["half"].unique() if FIRST <= name <= r.half)
    years = []
    while len(halves) > 1:
        years.append(halves[-2:])
        halves = halves[:-2]
    if not years:
        raise NotInEdition(f"The indicator needs two half-years from {FIRST[:4]} on.")
    rows = []
    for pair in years[::-1]:
        kinds = conflict_cells.cells(r.footprint, pair, shapes)["kind"].value_counts()
        rows += [(_year(*pair), conflict_cells.CLASSES[kind], int(kinds.get(kind, 0))) for kind in conflict_cells.CLASSES]  # fmt: skip
    table = pd.DataFrame(rows, columns=["Year", "Class", "Cells"])
    wide = table.pivot(index="Year", columns="Class", values="Cells").loc[list(dict.fromkeys(table["Year"]))]
    names = conflict_cells.CLASSES
    last, first = wide.iloc[-1], wide.iloc[0]
    dense = int(last[names["CH"]] + last[names["DH"]])
    dense_first = int(first[names["CH"]] + first[names["DH"]])
    grouped = int(last[names["CH"]] + last[names["CL"]])
    return Figure(
        id="spread-classes",
        title=f"{p.number(dense)} cells of 50 km were dense with violence in {wide.index[-1]}, {p.number(dense_first)} in "
        f"{wide.index[0]}; events lie clustered in {p.number(grouped)} of {p.number(last.sum())} cells of {wide.index[-1]}",
        subtitle="Cells of 50 by 50 km with at least two militant Islamist events in two half-years, by density (five events "
        f"or more) and concentration (nearest neighbours nearer than at random), Mali, {years[-1][0][:4]} to {r.half[:4]}",
        chart=charts.stacked(_parts(table), "Year", "Cells", "Class", _CLASS_COLOURS),
        frame=table,
        alt=f"Stacked columns; the last has {p.listing(f'{p.number(int(last[name]))} {f.lower(name)}' for name in names.values())}",
        source=r.source("footprint", "regions"),
        caveat=Both(
            "The indicator of OECD and the Sahel and West Africa Club (Walther and others 2023), here for militant "
            "Islamist events alone, not for all political violence as there.",
            "L’indicateur de l’OCDE et du Club du Sahel et de l’Afrique de l’Ouest (Walther et autres, 2023), ici "
            "pour les seuls événements impliquant des groupes islamistes armés et non, comme chez eux, pour toute "
            "la violence politique.",
        )
        + " "
        + CELL_NOTE,
        rests_on=[dense_first],
        fr=Words(
            title=f"{f.number(dense)} cellules de 50\u202fkm étaient denses en violences en {wide.index[-1]}, "
            f"{f.number(dense_first)} en {wide.index[0]}\u202f; les événements sont groupés dans {f.number(grouped)} des "
            f"{f.number(last.sum())} cellules de {wide.index[-1]}",
            subtitle="Cellules de 50\u202fkm de côté comptant au moins deux événements impliquant des groupes islamistes armés en deux semestres, selon "
            "la densité (cinq événements ou plus) et la concentration (voisins plus proches qu’au hasard), Mali, "
            f"{years[-1][0][:4]} à {r.half[:4]}",
            alt=(
                "Colonnes empilées, dont la dernière compte "
                + f.listing(
                    f"{f.number(int(last[names[kind]]))} {f.lower(label)}" for kind, label in _CLASSES_FR.items()
                )
            ),
        ),
    )
