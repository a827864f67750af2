"""Where the places lie: regions with people, land and violence, and the places that the chronology names."""

from __future__ import annotations

from helpers import definitions as d
from helpers import entries, french, prose
from helpers.editions import Report
from helpers.figures import Table
from helpers.forms import Finding
from helpers.forms.maps import BORDERS, towns
from helpers.measures.catalogue import totals
from helpers.page.bilingual import Bilingual
from helpers.page.listing import Gazetteer, Spot
from helpers.story import timeline
from helpers.story.junta_forces import projection
from helpers.words import Both, names

import pandas as pd  # isort: skip

CAPITALS: dict[str, str] = {
    "Bamako": "Bamako", "Gao": "Gao", "Kayes": "Kayes", "Kidal": "Kidal", "Koulikoro": "Koulikoro", "Menaka": "Ménaka",
    "Mopti": "Mopti", "Segou": "Ségou", "Sikasso": "Sikasso", "Tombouctou": "Tombouctou",
}  # fmt: skip
"""Seat of the governor of each region, which bears its name."""


def people(r: Report) -> dict[str, int]:
    """Return people by region, by the projection labelled 2020."""
    rows = r.regions.set_index("region")["population"]
    return {str(region): int(n) for region, n in rows.items()}


def table(r: Report) -> Bilingual:
    """Return region by region: capital, zone, land, people, and all violence of the last 12 months."""
    every = totals(r)
    span = every.last_year
    counted = people(r)
    land = d.rounded(r.regions.set_index("region")["area_km2"]).astype(int)
    order = [region for zone in d.ZONES for region in d.ZONES[zone] if region in d.REGIONS]
    rows = []
    for region in order:
        zone = next(zone for zone in d.ZONES if region in d.ZONES[zone])
        one = every.in_region(region)
        rows.append((region, zone, int(land[region]), counted[region], int(one.over(span)), int(one.deaths.over(span))))
    when = names.ending(span)
    made = []
    sources = str(r.source("totals", "regions"))
    for language in ("en", "fr"):
        zones = {"en": {"north": "North", "centre": "Centre", "south": "South"}, "fr": {"north": "Nord", "centre": "Centre", "south": "Sud"}}[language]  # fmt: skip
        heads = {
            "en": ["Region", "Capital", "Zone", "Land (km²)", "People", "Events", "Deaths"],
            "fr": ["Région", "Chef-lieu", "Zone", "Superficie (km²)", "Habitants", "Événements", "Morts"],
        }[language]
        frame = pd.DataFrame(
            [(getattr(names.short(g), language), CAPITALS[g], zones[z], *numbers) for g, z, *numbers in rows],
            columns=heads,
        )
        title = Both(
            f"Regions: people (projection for 2020), events of political violence and deaths in {when.en}",
            f"Régions : habitants (projection pour 2020), événements de violence politique et morts, {when.fr}",
        )
        made.append(Table(getattr(title, language), frame, source=sources, note=getattr(projection(r), language)))
    return Bilingual(*made)


def first_sight() -> Finding:
    """Title of the map of places."""
    return Finding(
        Both("Three zones, ten regions, and the axes between their towns", "Trois zones, dix régions, et les axes entre leurs villes"),
        caveat=Both(
            "Hollow dots: no free source places the town, so its cercle’s middle stands for it. ",
            "Points évidés : aucune source libre ne situe la ville, le milieu de son cercle en tient lieu. ",
        )
        + BORDERS,
    )  # fmt: skip


def weight(r: Report) -> Both:
    """How people and land are shared between the zones."""
    counted = people(r)
    land = r.regions.set_index("region")["area_km2"]
    whole, area = sum(counted.values()), float(land.sum())
    south, north = d.ZONES["south"], d.ZONES["north"]
    share = sum(counted[region] for region in south if region in counted) / whole
    ground = sum(float(land[region]) for region in north if region in land.index) / area
    few = sum(counted[region] for region in north if region in counted) / whole
    return Both(
        f"The south holds {prose.percent(share)} of Malians (projection for 2020); the north has {prose.percent(ground)} of the land and "
        f"{prose.percent(few)} of the people.",
        f"Le sud réunit {french.percent(share)} des Maliens (projection pour 2020) ; le nord a {french.percent(ground)} des terres et "
        f"{french.percent(few)} des habitants.",
    )


def gazetteer(r: Report) -> Gazetteer:
    """Return every place that the chronology names up to the edition's day, with its newest entry."""
    known = towns(r).set_index("place")
    aliases = {"Sévaré": "Mopti-Sévaré"}
    regions = timeline.gazetted(r)
    rows = r.chronology.sort_values(["date", "id"], kind="stable")
    # The place of an entry is one; its text may name more. Rows are in order: the last to name a place stays.
    # A reader sees its event: only a place that no event names has the entry whose detail names it.
    newest = {
        place: row
        for detail in (True, False)
        for row, places in zip(rows.itertuples(), entries.naming(rows, regions, detail=detail), strict=True)
        for place in places
    }
    spots = []
    for place, last in newest.items():
        region, key = regions[place], aliases.get(place, place)
        if key in known.index:
            at = known.loc[key]
            where = Both(
                f"{prose.number(at['latitude'], 2)}, {prose.number(at['longitude'], 2)} ({at['source']})",
                f"{french.number(at['latitude'], 2)} ; {french.number(at['longitude'], 2)} ({at['source']})",
            )
        else:
            where = Both("–", "–")
        spots.append(
            Spot(
                place, names.short(region) if region else Both("–", "–"), str(last.id), str(last.date), str(last.precision), where,
            )
        )  # fmt: skip
    return Gazetteer(sorted(spots, key=lambda one: entries.folded(one.place)))
