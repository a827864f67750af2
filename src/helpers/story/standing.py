"""Where things stand: what each table says of its own last 12 months, and the dates that count."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers import entries, french, prose
from helpers.editions import Report
from helpers.figures import Table
from helpers.forms import Finding, Form, moved, stacked
from helpers.forms.maps import MIDDLE_NOTE, old_regions
from helpers.measures.catalogue import totals, ucdp_deaths
from helpers.measures.measure import Change, Series, Tally
from helpers.page.bilingual import Bilingual
from helpers.page.frame import AnswerBox, Facts, key
from helpers.story import attackers, newest, overview, southern, trajectory
from helpers.windows import trailing
from helpers.words import Both, joined, judgement, names

SHOWN = 24
"""Months on the page's charts."""
ZONES = ("south", "centre", "north")
TYPES: dict[str, Both] = {
    "state-based": Both("Fights with the state", "Combats impliquant l’État"),
    "one-sided": Both("Violence against civilians", "Violences contre des civils"),
    "non-state": Both("Fights between groups", "Combats entre groupes"),
}
"""UCDP's types as a chart names them: state-based, one-sided, non-state."""
_TYPE_HUES = {"state-based": "ink", "one-sided": "unidentified", "non-state": "pale"}
"""Their colours: no actor's and no zone's."""
_EVENTS = Both("Violent events", "Les événements violents")


# --------------------------------------------------------------------------- the answer


def answer(r: Report) -> AnswerBox:
    """Where do things stand? The level of all violence, and what changed its place."""
    every = totals(r).in_a_year()
    long, _ = trajectory.plateau(r)
    when, now, before = every.now.when, every.now, every.before
    deaths = totals(r).deaths.in_a_year()
    killed = judgement.about(int(deaths.now))
    if long:
        text = Both(
            f"{french.upper(when.en)} the war went on at the level of the last {prose.word(long)} years: {prose.number(now)} violent "
            f"events and {killed.en} deaths.",
            f"{french.upper(when.fr)}, la guerre s’est poursuivie au niveau qui est le sien depuis {french.word(long)} ans : "
            f"{french.number(now)} événements violents et {killed.fr} morts.",
        )
    else:
        verb = {
            "rise": Both("The war is growing", "La guerre s’étend"),
            "fall": Both("There is less fighting than a year ago", "On se bat moins qu’il y a un an"),
        }.get(every.kind, Both("There is no clear change in a year", "Pas d’évolution nette en un an"))
        if every.most_ever:
            # What the figure below says of such a year, and no less.
            past = judgement.earlier(every.now.window)
            verb = Both(f"More than {past.en}", f"Plus que {past.fr}")
        text = Both(
            f"{verb.en}: {prose.number(now)} violent events {when.en}, after {prose.number(before)}, and {killed.en} deaths.",
            f"{verb.fr} : {french.number(now)} événements violents {when.fr}, contre {french.number(before)}, et {killed.fr} "
            "morts.",
        )
    return AnswerBox(
        Both("Where do things stand?", "Où en est-on ?"),
        joined([text, _moving(r), newest.killed(r), newest.latest(r)]),
        [key(every), key(_riser(r)), key(ucdp_deaths(r).in_a_year())],
    )


def _by_region(r: Report) -> dict[str, Change]:
    return {one.place.regions[0]: one.in_a_year() for one in totals(r).regions()}


def _riser(r: Report) -> Change:
    """Return the change of the region that clearly rose most by ratio, else of the region with most events."""
    changes = _by_region(r)
    rising = [region for region in changes if changes[region].kind == "rise"]
    if rising:
        return changes[max(rising, key=lambda region: (changes[region].ratio, region))]
    return changes[max(changes, key=lambda region: (int(changes[region].now), region))]


def _size(change: Change) -> int:
    return abs(int(change.now) - int(change.before))


def _moving(r: Report) -> Both | None:
    changes = _by_region(r)
    up, down = (
        sorted((x for x in changes if changes[x].kind == kind), key=lambda x: -_size(changes[x]))
        for kind in ("rise", "fall")
    )
    parts = []
    for regions, en, fr in (
        (up[:3], "Violence clearly grew in", "Les violences progressent nettement"),
        (down[:3], "it clearly fell in" if up else "Violence clearly fell in", "elles reculent nettement" if up else "Les violences reculent nettement"),
    ):  # fmt: skip
        if regions:
            listed = [names.short(region) for region in regions]
            parts.append(
                Both(f"{en} {prose.listing(x.en for x in listed)}", f"{fr} {french.places(x.fr for x in listed)}")
            )
    return joined(parts, "; ").sentence() if parts else None


# --------------------------------------------------------------------------- dated facts and clocks


def dates(r: Report) -> Facts:
    """Show the dates of the 12 months before the edition's day that matter most (`entries.foremost`)."""
    rows = r.chronology
    day = r.edition.facts_to or str(rows["date"].max())
    recent = rows[rows["date"].gt((pd.Timestamp(day) - pd.DateOffset(years=1)).strftime("%Y-%m-%d"))]
    return Facts(
        entries.foremost(recent),
        Both("Chosen dates of the last 12 months", "Dates choisies des 12 derniers mois"),
        of=len(recent),
        who=overview.groups(r),
        by_field=True,
    )


CLOCKS: tuple[tuple[str, Both], ...] = (
    ("actors", Both("Who did what to whom, by ACLED", "Qui a fait quoi à qui, selon ACLED")),
    (
        "methods",
        Both("How it is fought: strikes, mines, abductions", "Comment on se bat : frappes, mines, enlèvements"),
    ),
    ("totals", Both("How many events, and where", "Combien d’événements, et où")),
    (
        "ucdp_types",
        Both(
            "Deaths, who fought the state, by UCDP",
            "Les morts, qui a combattu l’État, selon l’UCDP",
        ),
    ),
)
"""What the tables tell, by the table that tells it."""


def clocks(r: Report) -> Bilingual | str:
    """To which month each table runs; nothing where all end together."""
    ends = {table: r.end(table) for table, _ in CLOCKS}
    if len(set(ends.values())) == 1:
        return ""
    frames = []
    for language, heads in (("en", ("What is known", "Until")), ("fr", ("Ce que l’on sait", "Jusqu’à"))):
        rows = []
        for table, what in CLOCKS:
            until = names.prose_month(ends[table])
            since = r.tables.reach_of(table).provisional_from
            if since and r.provisional(table, trailing(ends[table], 1)):
                first = names.period(since)
                until += Both(f" (provisional from {first.en})", f" (provisoire dès {first.fr})")
            rows.append((getattr(what, language), getattr(until, language)))
        frames.append(pd.DataFrame(rows, columns=list(heads)))
    return Bilingual(Table("How far each table runs", frames[0]), Table("Jusqu’où va chaque table", frames[1]))


# --------------------------------------------------------------------------- how much, where


def how_much(r: Report) -> Both:
    """Deaths of the last 12 months against the 12 before; the figure's title says it of the events."""
    change = totals(r).deaths.in_a_year()
    said, when = change.moved(), change.now.when.upper()
    return Both(f"{when.en} deaths {said.en}.", f"{when.fr}, les morts {said.fr}.")


def by_zone(r: Report) -> tuple[dict[str, Series], dict[str, Both]]:
    """Return monthly events of the three zones over the last 24 months, the south first, and their names."""
    every = totals(r)
    span = trailing(every.end, SHOWN)
    series = {zone: every.in_zone(zone).by("month", span) for zone in ZONES}
    return series, {zone: names.ZONES[zone].upper() for zone in ZONES}


def months_form(r: Report) -> Form:
    """All events by month and zone, stacked."""
    series, labels = by_zone(r)
    noun = names.EVENTS["totals"].many
    return stacked(series, labels, what=Both(f"{noun.en}, by zone", f"{noun.fr}, par zone"))


def level(r: Report) -> Finding:
    """Title of the months: the change of a year."""
    return moved(_EVENTS, totals(r).in_a_year())


def where(r: Report) -> Both:
    """Which part of the violence is in the zone that clearly changed, or in the largest, and what the south's last months show."""
    every = totals(r)
    now, before = every.last_year, every.last_year.before()
    changes = {zone: every.in_zone(zone).in_a_year() for zone in ZONES}
    clear = [zone for zone in ZONES if changes[zone].clear]
    zone = clear[0] if clear else max(ZONES, key=lambda one: int(changes[one].now))
    shares = [judgement.share(every.in_zone(zone).over(span) / every.over(span)) for span in (now, before)]
    place, when = names.ZONES[zone], names.during(now)
    same = shares[0] == shares[1]
    told = judgement.share_of(every.in_zone(zone).over(now) / every.over(now), names.VIOLENT)
    first = Both(
        f"{told.en} happened in {place.en} {when.en}"
        + (", as the year before." if same else f", after {shares[1].en} the year before."),
        f"{told.fr} {french.happened(told.fr)} dans {place.fr} {when.fr}"
        + (", comme l’année précédente." if same else f", contre {shares[1].fr} un an plus tôt."),
    ).upper()
    return joined([first, trajectory.where(r, dated=True), southern.ebbed(r)])


def shifts(changes: Mapping[str, Change]) -> Finding:
    """Title of the map: the two regions that changed clearly and most, or that none did."""
    clear = sorted((x for x in changes if changes[x].clear), key=lambda x: -_size(changes[x]))
    report = next(iter(changes.values())).now.measure.report
    note = MIDDLE_NOTE + " " + old_regions(report)
    if not clear:
        return Finding(
            Both("No region changed clearly in a year", "Aucune région n’a nettement évolué en un an"), caveat=note
        )
    up = [x for x in clear[:3] if changes[x].kind == "rise"]
    down = [x for x in clear[:3] if changes[x].kind == "fall"]
    parts = []
    for regions, en, fr in (
        (up, "a clear rise in", "nette hausse"),
        (down, "a clear fall in", "net recul"),
    ):
        if regions:
            listed = [names.short(region) for region in regions]
            parts.append(
                Both(f"{en} {prose.listing(x.en for x in listed)}", f"{fr} {french.places(x.fr for x in listed)}")
            )
    title = joined(parts, ", ").upper()
    return Finding(title, changes=[changes[x] for x in (*up, *down)], caveat=note)


# --------------------------------------------------------------------------- who


def who(r: Report) -> Both:
    """Who attacks civilians, and to when that is known."""
    _, *between = trajectory.ranking(r)
    doubt = judgement.uncertain(*between)
    return joined([attackers.unnamed(r), attackers.in_numbers(r), doubt.sentence() if doubt else None])


# --------------------------------------------------------------------------- deaths by UCDP


def second(r: Report) -> Both:
    """UCDP's deaths of the last 12 months, of all types and of the two that matter most."""
    parts = []
    for kind, subject in (
        ("", Both("by UCDP’s count, deaths", "selon l’UCDP, les morts")),
        ("state-based", Both("Deaths in fights with the state", "Les morts dans les combats impliquant l’État")),
        (
            "one-sided",
            Both(
                "Deaths in deliberate attacks on civilians", "Les morts dans les attaques délibérées contre des civils"
            ),
        ),
    ):
        change = ucdp_deaths(r, kind).in_a_year()
        said = change.moved()
        parts.append(Both(f"{subject.en} {said.en}.", f"{subject.fr} {said.fr}."))
        if kind == "state-based":
            parts[-1] = _with_jnim(r, parts[-1], change.now)
    when = ucdp_deaths(r).in_a_year().now.when.upper()
    first = Both(f"{when.en}, {parts[0].en}", f"{when.fr}, {parts[0].fr}")
    return joined([first, *parts[1:]])


def _with_jnim(r: Report, said: Both, deaths: Tally) -> Both:
    """Add to a sentence on UCDP's deaths in fights with the state how many those with JNIM cost, where these are most."""
    rows, span = r.ucdp_dyad_months, deaths.window
    rows = rows[rows["type"].eq("state-based") & rows["month"].between(str(span.first), str(span.last))]
    each = rows.groupby("dyad")["deaths"].sum()
    killed = int(each.get("Government of Mali - JNIM", 0))
    if not deaths / 2 < killed <= deaths:
        return said
    return Both(
        f"{said.en.removesuffix('.')}; with JNIM, {prose.number(killed)}.",
        f"{said.fr.removesuffix('.')} ; avec le GSIM (JNIM), {french.number(killed)}.",
    )


def ucdp_form(r: Report) -> Form:
    """UCDP's deaths by month and type, stacked; provisional months inside dashed edges."""
    span = trailing(r.end("ucdp_types"), SHOWN)
    series = {hue: ucdp_deaths(r, kind).by("month", span) for kind, hue in _TYPE_HUES.items()}
    labels = {hue: TYPES[kind] for kind, hue in _TYPE_HUES.items()}
    what = Both("Deaths counted by UCDP, Mali, by type", "Morts recensés par l’UCDP, Mali, par type")
    return stacked(series, labels, what=what)


def last_month(r: Report) -> Finding:
    """Title of UCDP's months: the last one where it stands out, else the change of a year."""
    if (found := newest.record(r)) is None:
        change = ucdp_deaths(r).in_a_year()
        return moved(Both("Deaths counted by UCDP", "Les morts recensés par l’UCDP"), change, caveat=_note(r))
    last, record = found
    top, month = int(last), names.period(str(last.window.last))
    counted = Both(prose.count(top, "death"), french.count(top, "mort"))
    note = _note(r)
    if note:
        counted += Both(" counted so far", f" {french.agree(top, 'recensé', 'recensés')} à ce jour")
    return Finding(
        Both(
            f"{french.upper(month.en)}: {counted.en}, {record.en}",
            f"{french.upper(month.fr)} : {counted.fr}, {record.fr}",
        ),
        rests_on=[last],
        caveat=note,
    )


def _note(r: Report) -> Both | None:
    end = r.end("ucdp_types")
    if not r.provisional("ucdp_types", trailing(end, 1)):
        return None
    return Both(
        "Provisional months are counts that UCDP still checks and revises",
        "Les mois provisoires sont des décomptes que l’UCDP vérifie et révise encore",
    )
