"""The timeline: every dated entry, newest first, by year, with filters that a script adds; and the gazetteer.

The list stands once on the page. What differs between the languages (dates, names of categories and regions, labels)
carries its French beside it, which the language switch shows. All text from a table is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from helpers import definitions as d
from helpers.markup import PAGES
from helpers.page.frame import day as day_name
from helpers.page.frame import told
from helpers.words.both import Both

CATEGORIES: Mapping[str, Both] = {
    "violence": Both("Violence", "Violences"),
    "politics": Both("Politics", "Politique"),
    "partners": Both("Foreign partners", "Partenaires étrangers"),
    "civic-space": Both("Press and civic space", "Presse et espace civique"),
    "wagner": Both("Wagner and Africa Corps", "Wagner et Africa Corps"),
    "peace-process": Both("Accord and northern movements", "Accord et mouvements du nord"),
}
"""Categories of the chronology as readers see them."""

_RUSSIAN = re.compile(next(one.pattern for one in d.ACTORS if one.group == "wagner"))


def _filed(rows: pd.DataFrame) -> list[str]:
    """Return the categories under which each entry is found: its own, and that of Wagner where its event names the force."""
    return [
        f"{own} wagner" if own != "wagner" and _RUSSIAN.search(event) else own
        for own, event in zip(rows["category"], rows["event"], strict=True)
    ]


@dataclass(frozen=True, eq=False)
class Timeline:
    """Entries of the chronology as a list that can be filtered."""

    rows: pd.DataFrame = field(repr=False)
    """Rows of the `chronology` table; `region` may name several, separated by blanks."""
    id: str
    """Slug: anchors are `<id>-<year>`; each entry's is `entry-<id of the entry>`."""
    regions: Mapping[str, Both]
    """Names of regions by their id, in the order of the menu."""
    claims: Mapping[str, Both] = field(default_factory=dict)
    """What each claim says, by its id, in the order of the menu."""

    def _menus(self) -> list[tuple[str, Both, Both, list[tuple[str, Both]]]]:
        """Return each menu: its name, its label, the choice of everything, and the values with their words."""
        seen = self.rows
        filed = {one for each in _filed(seen) for one in each.split()}
        claims = {one for ids in seen["claims"] for one in ids.split(";") if one}
        return [
            (
                "category", Both("Category", "Catégorie"), Both("All categories", "Toutes les catégories"),
                [(key, text) for key, text in CATEGORIES.items() if key in filed],
            ),
            (
                "region", Both("Region", "Région"), Both("All regions", "Toutes les régions"),
                [(key, text) for key, text in self.regions.items() if any(key in one.split() for one in seen["region"])],
            ),
            (
                "claim", Both("Claim of a report", "Affirmation d’un rapport"), Both("All claims", "Toutes"),
                [(key, Both(f"{key}: {text.en}", f"{key} : {text.fr}")) for key, text in self.claims.items() if key in claims],
            ),
        ]  # fmt: skip

    def html(self) -> str:
        """Return the list as HTML, whole and readable without a script."""
        rows = self.rows.assign(category=_filed(self.rows)).sort_values(["date", "id"], ascending=False, kind="stable")
        years = [(year, told(part)) for year, part in rows.groupby(rows["date"].str[:4], sort=False)]
        held = {"menus": self._menus(), "regions": self.regions, "categories": CATEGORIES}
        return PAGES.piece("timeline.html", "timeline", self.id, years, **held)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        rows = self.rows.sort_values(["date", "id"], ascending=False, kind="stable").itertuples()
        plain = [f"{day_name(row.date, row.precision).en}: {row.event} ({row.source})" for row in rows]
        return {"text/html": self.html(), "text/plain": "\n".join(plain)}


@dataclass(frozen=True)
class Spot:
    """One place of the gazetteer."""

    place: str
    region: Both
    """Its region as readers see it."""
    entry: str
    """Id of the newest entry that names it."""
    date: str
    precision: str
    """Of that entry."""
    coordinates: Both
    """Latitude and longitude with their source, or a dash."""


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Places of the chronology with region, newest entry (a link into the timeline) and coordinates."""

    spots: Sequence[Spot]
    """In order of name."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        title = Both("Places named in the timeline", "Lieux nommés dans la chronologie")
        heads = (
            Both("Place", "Lieu"), Both("Region", "Région"), Both("Last named", "Dernière mention"),
            Both("Latitude, longitude", "Latitude, longitude"),
        )  # fmt: skip
        spots = [(one, day_name(one.date, one.precision)) for one in self.spots]
        html = PAGES.piece("timeline.html", "gazetteer", title, heads, spots)
        plain = [
            f"{one.place}, {one.region.en}: {day_name(one.date, one.precision).en}; {one.coordinates.en}"
            for one in self.spots
        ]
        return {"text/html": html, "text/plain": "\n".join(plain)}
