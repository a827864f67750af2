"""The timeline: every dated entry, newest first, by year, with filters that a script adds; and the gazetteer.

The list stands once on the page. What differs between the languages (dates, names of categories and regions, labels)
carries its French beside it, which the language switch shows. All text from a table is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from helpers.page.frame import day as day_name
from helpers.words import facts
from helpers.words.both import Both

CATEGORIES: Mapping[str, Both] = {
    "violence": Both("Violence", "Violences"),
    "politics": Both("Politics", "Politique"),
    "partners": Both("Foreign partners", "Partenaires étrangers"),
    "civic-space": Both("Press and civic space", "Presse et espace civique"),
    "wagner": Both("Wagner and Africa Corps", "Wagner et Africa Corps"),
    "peace-process": Both("Accord and northern movements", "Accord et mouvements du Nord"),
}
"""Categories of the chronology as readers see them."""


def spoken(tag: str, text: Both, attributes: str = "") -> str:
    """Return an element that shows English and carries its French for the language switch."""
    return f'<{tag}{attributes} data-fr="{escape(text.fr)}">{escape(text.en, quote=False)}</{tag}>'


@dataclass(frozen=True, eq=False)
class Timeline:
    """Entries of the chronology as a list that can be filtered.

    Attributes
    ----------
    rows : DataFrame
        Rows of the `chronology` table; `region` may name several, separated by blanks.
    id : str
        Slug: anchors are `<id>-<year>`; each entry's is `entry-<id of the entry>`.
    regions : mapping of str to Both
        Names of regions by their id, in the order of the menu.
    claims : mapping of str to Both
        What each claim says, by its id, in the order of the menu.
    """

    rows: pd.DataFrame = field(repr=False)
    id: str
    regions: Mapping[str, Both]
    claims: Mapping[str, Both] = field(default_factory=dict)

    def _menu(self, name: str, label: Both, every: Both, values: Sequence[tuple[str, Both]]) -> str:
        options = [spoken("option", every, ' value=""')]
        options += [spoken("option", text, f' value="{escape(value)}"') for value, text in values]
        return f'<label>{spoken("span", label)} <select name="{name}">{"".join(options)}</select></label>'

    def _form(self) -> str:
        seen = self.rows
        claims = {one for ids in seen["claims"] for one in ids.split(";") if one}
        menus = [
            self._menu(
                "category", Both("Category", "Catégorie"), Both("All categories", "Toutes les catégories"),
                [(key, text) for key, text in CATEGORIES.items() if seen["category"].eq(key).any()],
            ),
            self._menu(
                "region", Both("Region", "Région"), Both("All regions", "Toutes les régions"),
                [(key, text) for key, text in self.regions.items() if any(key in one.split() for one in seen["region"])],
            ),
            self._menu(
                "claim", Both("Claim of a report", "Affirmation d’un rapport"), Both("All claims", "Toutes"),
                [(key, Both(f"{key}: {text.en}", f"{key} : {text.fr}")) for key, text in self.claims.items() if key in claims],
            ),
        ]  # fmt: skip
        reset = spoken("button", Both("Show all", "Tout afficher"), ' type="reset"')
        # Shown by the script, without which it could do nothing.
        return (
            f'<form class="mali-timeline__filters" hidden>{"".join(menus)}{reset}'
            '<p class="mali-timeline__said" role="status" aria-live="polite"></p></form>'
        )

    def _item(self, row: Any) -> str:
        day = day_name(row.date, row.precision)
        source = escape(row.source, quote=False)
        if str(row.url).startswith(("https://", "http://")):
            source = f'<a href="{escape(row.url)}" rel="noopener">{source}</a>'
        tags = [spoken("span", CATEGORIES[row.category], ' class="mali-timeline__tag"')]
        for region in row.region.split():
            if region in self.regions:
                tags.append(spoken("span", self.regions[region], ' class="mali-timeline__tag"'))
        when = spoken("time", day, f' datetime="{escape(row.date)}"')
        return (
            f'<li id="entry-{escape(row.id)}" data-category="{escape(row.category)}" data-region="{escape(row.region)}" '
            f'data-claims="{escape(row.claims.replace(";", " "))}">'
            f"{when} {' '.join(tags)} "
            f"{self._said(row)} "
            f'<span class="mali-facts__source" lang="en">{source}</span></li>'
        )

    def _said(self, row: Any) -> str:
        said = facts.both(row.id, row.event).sentence()
        return spoken("span", said) if said.fr != said.en else f'<span lang="en">{escape(said.en, quote=False)}</span>'

    def html(self) -> str:
        """Return the list as HTML, whole and readable without a script."""
        rows = self.rows.sort_values(["date", "id"], ascending=False, kind="stable")
        years = rows["date"].str[:4]
        jumps = "".join(f'<li><a href="#{self.id}-{year}">{year}</a></li>' for year in years.unique())
        parts = [
            f'<div class="mali-timeline" id="{self.id}">',
            self._form(),
            f'<nav class="mali-timeline__years" aria-label="Years" data-fr-label="Années"><ul>{jumps}</ul></nav>',
        ]
        for year, part in rows.groupby(years, sort=False):
            items = "\n".join(self._item(row) for row in part.itertuples())
            parts.append(
                f'<section class="mali-timeline__year" id="{self.id}-{year}">'
                f'<p class="mali-timeline__head" role="heading" aria-level="3">{year}</p>\n<ul>\n{items}\n</ul></section>'
            )
        return "\n".join([*parts, "</div>"])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        rows = self.rows.sort_values(["date", "id"], ascending=False, kind="stable").itertuples()
        plain = [f"{day_name(row.date, row.precision).en}: {row.event} ({row.source})" for row in rows]
        return {"text/html": self.html(), "text/plain": "\n".join(plain)}


@dataclass(frozen=True)
class Spot:
    """One place of the gazetteer.

    Attributes
    ----------
    place : str
    region : Both
        Its region as readers see it.
    entry : str
        Id of the newest entry that names it.
    date, precision : str
        Of that entry.
    coordinates : Both
        Latitude and longitude with their source, or a dash.
    """

    place: str
    region: Both
    entry: str
    date: str
    precision: str
    coordinates: Both


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Places of the chronology with region, newest entry (a link into the timeline) and coordinates.

    Attributes
    ----------
    spots : sequence of Spot
        In order of name.
    """

    spots: Sequence[Spot]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        title = Both("Places named in the timeline", "Lieux nommés dans la chronologie")
        heads = (
            Both("Place", "Lieu"), Both("Region", "Région"), Both("Last named", "Dernière mention"),
            Both("Latitude, longitude", "Latitude, longitude"),
        )  # fmt: skip
        head = "".join(spoken("th", one, ' scope="col"') for one in heads)
        row = ' scope="row"'
        body = "\n".join(
            f"<tr>{spoken('th', Both(one.place, one.place), row)}{spoken('td', one.region)}"
            f'<td><a href="timeline.html#entry-{escape(one.entry)}">{spoken("span", day_name(one.date, one.precision))}</a></td>'
            f"{spoken('td', one.coordinates)}</tr>"
            for one in self.spots
        )
        html = (
            '<div class="mali-table-block"><div class="mali-table-wrap" role="region" tabindex="0" '
            f'aria-label="{title.en}" data-fr-label="{escape(title.fr)}"><table class="mali-table">'
            f"{spoken('caption', title)}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div></div>"
        )
        plain = [
            f"{one.place}, {one.region.en}: {day_name(one.date, one.precision).en}; {one.coordinates.en}"
            for one in self.spots
        ]
        return {"text/html": html, "text/plain": "\n".join(plain)}
