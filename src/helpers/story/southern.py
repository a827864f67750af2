"""What the chapter on southern Mali says: the answer, its paragraphs and the findings of its figures."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from helpers import definitions as d
from helpers import french, prose
from helpers.editions import Report
from helpers.forms import Bar, Finding, Form, bars, cell_map, moved
from helpers.forms.maps import BORDERS, SOUTH
from helpers.measures.catalogue import fought_by, involving, islamist, totals, violent
from helpers.measures.measure import Change, Measure, Series, Tally
from helpers.page.frame import AnswerBox, key
from helpers.story import dated, junta_forces, nowcast
from helpers.story.explore import State
from helpers.story.junta_facts import entry, knows, last_day
from helpers.windows import Window, month, trailing
from helpers.words import NOTHING, Both, Noun, joined, judgement, names
from helpers.words.both import listing
from helpers.words.names import Place

PLACES = (
    "Bamako", "Kati", "Kayes", "Kita", "Nara", "Nioro du Sahel", "Sikasso", "Bougouni", "Ségou", "Koulikoro", "Banamba",
    "Koutiala", "Kangaba",
)  # fmt: skip
KATI = "2022-07-22-kati"
"""Entry on the attack of July 2022 on the garrison town beside the capital."""
_VIOLENT = Noun(Both("violent event", "événement violent"), Both("violent events", "événements violents"))


def answer(r: Report) -> AnswerBox:
    """Has the war reached the south and the capital? The change of all political violence in a year, then the capital."""
    south, near = totals(r).in_zone("south").in_a_year(), islamist(r).within(d.BAMAKO_RADIUS_KM).in_a_year()
    kayes = totals(r).in_region("Kayes").in_a_year()
    when = south.now.when
    if south.kind == "rise" and south.ratio >= 1.9:
        said = judgement.by_how_much(south.ratio)
        text = Both(
            f"In the south, yes: violent events {said.en} {when.en}.",
            f"Dans le sud, oui : les violences {said.fr} {when.fr}.",
        )
    elif south.kind == "rise":
        text = Both(
            f"It has begun to: {prose.number(south.now)} events {when.en}, a clear rise from "
            f"{prose.number(south.before)}.",
            f"Elle commence à les atteindre : {french.number(south.now)} événements {when.fr}, en nette hausse par rapport à "
            f"{french.number(south.before)}.",
        )
    elif south.kind == "fall":
        text = Both(
            f"Less than a year before: {prose.number(south.now)} events {when.en}, after {prose.number(south.before)}.",
            f"Moins qu’un an plus tôt : {french.number(south.now)} événements {when.fr}, contre "
            f"{french.number(south.before)}.",
        )
    else:
        text = Both(
            f"In places: {names.EVENT.counted(south.now).en} {when.en}, after {prose.none(south.before)}; no clear change.",
            f"Par endroits : {names.EVENT.counted(south.now).fr} {when.fr}, contre {french.number(south.before)} ; pas "
            "d’évolution nette.",
        )
    return AnswerBox(
        Both("Has the war reached the south and the capital?", "La guerre a-t-elle atteint le sud et la capitale ?"),
        joined([text, ebbed(r, NOTHING), of_capital(r)]),
        [key(south), key(near), key(kayes)],
    )


_IN_THE_SOUTH = Both("in the south ", "dans le sud, ")


def ebbed(r: Report, where: Both = _IN_THE_SOUTH) -> Both | None:
    """Name the south's month of most events and its last, where that has half of it or less; `where` goes before."""
    if (found := totals(r).in_zone("south").by("month").ebb) is None:
        return None
    (top, high), (last, low) = ((names.prose_month(one.window.last), one) for one in found)
    return Both(
        f"{where.en}{top.en} had a record {prose.number(high)}, {last.en} had {prose.none(low)}.",
        f"{where.fr}le record date de {top.fr}, avec {french.number(high)} événements ; {last.fr} en compte {french.number(low)}.",
    ).upper()


def lately(r: Report) -> Both | None:
    """Say whether the south's last three months differ clearly from the three before, where `ebbed` has something to say."""
    south = totals(r).in_zone("south")
    if south.by("month").ebb is None:
        return None
    span = trailing(south.end, 3)
    change = south.compare(span, span.before())
    now, before = change.now, change.before
    sure = {"fall": Both("a clear fall", "net recul"), "rise": Both("a clear rise", "nette hausse")}.get(
        change.kind, Both("the difference may be chance", "l’écart peut tenir au hasard")
    )
    return Both(
        f"In the south the last three months had {prose.number(now)} events, the three before {prose.number(before)}: {sure.en}.",
        f"Le sud a connu {french.number(now)} événements dans les trois derniers mois, {french.number(before)} dans les trois "
        f"précédents : {sure.fr}.",
    )


def of_capital(r: Report) -> Both:
    """Say what JNIM did to the capital, or how much violence there is near it."""
    if told := capital(r):
        return told
    attacked = entry(r, KATI)
    if attacked is None or (month(last_day(r)[:7]) - month(attacked["date"][:7])).n > 12:
        return near_capital(r)
    kati = Both(
        "Kati, its garrison town, was attacked in July 2022.",
        "Kati, sa ville de garnison, a été attaquée en juillet 2022.",
    )
    return joined([near_capital(r), kati])


def around(r: Report) -> Both:
    """Say what reached the capital's edge in April 2026, without a full stop; nothing before."""
    if not (near := dated.known(r, dated.NEAR)):
        return NOTHING
    told = listing(near)
    return Both(f"Around Bamako: {told.en} in April 2026", f"Autour de Bamako : {told.fr} en avril 2026")


def capital(r: Report) -> Both | None:
    """Tell what JNIM did to the capital, the first and the last, and that no end of its blockade is dated; None before the first."""
    done, near = dated.known(r, dated.CAPITAL), dated.known(r, dated.NEAR)
    if not done:
        return None
    if near and knows(r, dated.BLOCKADE):
        said = Both(
            f"JNIM {done[0].en} and announced its blockade in April 2026 (no dated end), with {near[-1].en}",
            f"Le GSIM (JNIM) a {done[0].fr} et annoncé son blocus en avril 2026, sans fin datée, avec {near[-1].fr}",
        )
        return names.spelled(said.sentence())
    said = listing(done[-2:])
    text = Both(f"JNIM {said.en}", f"Le GSIM (JNIM) a {said.fr}")
    if knows(r, dated.BLOCKADE):
        text += Both("; no end is dated", " ; aucune fin n’en est datée")
    return names.spelled(text.sentence())


def blockade(r: Report) -> Both | None:
    """Say that the capital's blockade has no dated end; None before it was announced, which the dates below tell."""
    if entry(r, dated.BLOCKADE) is None:
        return None
    text = Both(
        "JNIM’s blockade of Bamako has no dated end.",
        "Le blocus de Bamako par le GSIM (JNIM) n’a pas de fin datée.",
    )
    return joined([near.sentence(), text]) if (near := around(r)).en else text


# --------------------------------------------------------------------------- the south as a whole


def whole(r: Report) -> Both:
    """How much of Mali's violence is in the south, and which of its regions changed."""
    every, south = totals(r), totals(r).in_zone("south")
    now, before = south.last_year, south.last_year.before()
    shares = [south.over(span).part_of(every.over(span)) for span in (now, before)]
    a, b = judgement.share_of(shares[0], _VIOLENT), judgement.share(shares[1])
    was = (
        Both(f", after {b.en} the year before", f", contre {b.fr} un an plus tôt")
        if judgement.share(shares[0]) != b
        else Both(", as the year before", ", comme l’année précédente")
    )
    first = Both(
        f"{a.en} happened in the south {names.during(now).en}{was.en}.",
        f"{a.fr} {french.happened(a.fr)} dans le sud {names.during(now).fr}{was.fr}.",
    ).upper()
    changes = {one.place.regions[0]: one.in_a_year() for one in south.regions()}
    up = [region for region, change in changes.items() if change.kind == "rise"]
    down = [region for region, change in changes.items() if change.kind == "fall"]
    parts = [first]
    for regions, en, fr in (
        (up, "violence clearly rose in", "les violences ont nettement augmenté"),
        (down, "violence clearly fell in", "les violences ont nettement reculé"),
    ):
        if regions:
            said = [names.step(names.short(x), changes[x].before, changes[x].now) for x in regions]
            en_listed, fr_listed = prose.listing(x.en for x in said), french.places(x.fr for x in said)
            # Named: "that year" would be the one before, the last that the sentence above names.
            when = names.during(now).upper()
            parts.append(Both(f" {when.en} {en} {en_listed}.", f" {when.fr}, {fr} {fr_listed}."))
    if not up and not down:
        parts.append(Both(" No region of the south changed clearly.", " Aucune région du sud n’a nettement évolué."))
    text = parts[0]
    for part in parts[1:]:
        text += part
    return joined([text, deaths(r), lately(r)])


def deaths(r: Report) -> Both:
    """How deaths in political violence in the south moved in a year."""
    said = totals(r).in_zone("south").deaths.in_a_year().moved()
    return Both(f"Deaths in the south {said.en}.", f"Dans le sud, les morts {said.fr}.")


_TOLD = 4
"""How many kinds of event the sentence on the rise names at most."""


def consists(r: Report) -> Both:
    """Say of which kinds of event a rise in the south consists, by whom as far as that is known, and where to go on."""
    ways = {way: fought_by(r, way).in_zone("south").in_a_year() for way in d.POLITICAL_METHODS}
    moved = sorted(ways, key=lambda way: (int(ways[way].before) - int(ways[way].now), way))
    more = [way for way in moved if ways[way].now > ways[way].before][:_TOLD]
    when = ways["clashes"].now.when
    if more:
        listed = listing(_more(ways[way], way) for way in more)
        clear = [names.METHODS[way].many for way in more if ways[way].kind == "rise"]
        sure = Both("none of these rises is clear", "aucune de ces hausses n’est nette")
        if clear:
            told = listing(clear)
            sure = Both(f"clear rises: {told.en}", f"en nette hausse : {told.fr}")
        kinds = Both(
            f"{when.en} the south saw more {listed.en}; {sure.en}.",
            f"{when.fr}, le sud a connu plus {listed.fr} ; {sure.fr}.",
        ).each(french.upper)
    else:
        kinds = Both(f"No kind of event grew {when.en}.", f"Aucun type d’événement n’a augmenté {when.fr}.")
    text = kinds + _by_whom(r)
    if nowcast.reaches(r, "south"):
        text += Both(
            " What militant Islamists did since is [estimated](depth/forecast.ipynb).",
            " Ce que les groupes islamistes armés ont fait depuis est [estimé](depth/forecast.ipynb).",
        )
    return text


def question(change: Change, what: str) -> State:
    """Return the explorer's question behind a change in the south."""
    span = change.now.window
    return State(what, "events", "south", "quarter", str(span.first), str(span.last), "before")


def _more(change: Change, way: str) -> Both:
    """Name a kind with its two counts, as a link to the question behind it."""
    # As HTML: what stands behind the mark is a question and no place of a page, which Markdown would look for.
    at = f'<a href="explore.html#{escape(question(change, f"way-{way}").address)}">'
    noun, a, b = names.METHODS[way].many, int(change.before), int(change.now)
    return Both(
        f"{at}{noun.en}</a> ({prose.number(a)}, then {prose.number(b)})",
        f"{at}{french.of(noun.fr)}</a> ({french.number(a)}, puis {french.number(b)})",
    )


def _by_whom(r: Report) -> Both:
    """Say who took part in the south's violent events of the last year in which that is known."""
    every = violent(r).in_zone("south").over(violent(r).last_year)
    sides = {group: involving(r, group).in_zone("south").over(every.window) for group in ("jnim", "state", "militia")}
    told = [(names.GROUPS[group], tally) for group, tally in sides.items() if tally]
    if not told:
        return NOTHING
    en = prose.listing(f"{prose.number(tally)} involved {who.en}" for who, tally in told)
    fr = french.listing(
        f"{french.number(tally)} {'' if n else 'impliquent '}{who.fr}" for n, (who, tally) in enumerate(told)
    )
    when = every.when
    if r.end("methods") > r.end("actors"):
        when += Both(", the last by actor in our data", ", dernière année par acteur dans nos données")
    return Both(
        f" Of {prose.number(every)} fights, attacks on civilians and blasts {when.en}, {en}.",
        f" Sur {french.number(every)} combats, attaques contre des civils et explosions {when.fr}, {fr}.",
    )


def named(events: Both, change: Change) -> Both:
    """Return events, a plural noun, with the place that a change was counted in, as the subject of a title."""
    place = change.now.measure.place
    where = Both("in the south", "dans le sud") if place == Place(zones=("south",)) else place.where
    return Both(f"{french.upper(events.en)} {where.en}", f"Les {events.fr} {where.fr}")


def in_the_south(change: Change) -> Finding:
    """Title of all political violence in the south."""
    return moved(
        named(Both("events of political violence", "événements de violence politique"), change),
        change,
        caveat=Both(
            "Totals by region name no actor: they hold state forces, militias and unidentified groups too",
            "Les totaux par région ne nomment aucun acteur : forces de l’État, milices et groupes non identifiés en font partie",
        ),
    )


# --------------------------------------------------------------------------- around Bamako


def near_capital(r: Report) -> Both:
    """Attacks near the capital in the last 12 months."""
    change = islamist(r).within(d.BAMAKO_RADIUS_KM).in_a_year()
    now, before = change.now, change.before
    km = d.BAMAKO_RADIUS_KM
    return Both(
        f"Within {km} km of Bamako {prose.none(now)} militant Islamist {'event was' if now == 1 else 'events were'} recorded "
        f"{now.when.en}, after {prose.none(before)} the year before.",
        f"À moins de {km} km de Bamako, {names.EVENT.counted(now).fr} impliquant des groupes islamistes armés "
        f"{'a été recensé' if now < 2 else 'ont été recensés'} {now.when.fr}, contre "
        f"{french.none(before)} l’année précédente.",
    )


def around_bamako(now: Tally, before: Tally, series: Series) -> Finding:
    """Title of events near Bamako: two counts, or the record where the later one is one."""
    place = series.measure.place
    near = Both("around Bamako", "autour de Bamako") if place.km else place.where
    past = series.measure.rolling(Window(series.measure.report.first(series.measure.table), now.window.first - 1))
    best = int(past.max()) if len(past) else 0
    rests = [now]
    if now > best >= 1 and now.window.months < 12:
        span, noun = now.window.months, now.measure.short.counted(now)
        title = Both(
            f"{noun.en} {near.en} in {prose.word(span)} months, more than in any 12 months before them",
            f"{noun.fr} {near.fr} en {french.word(span)} mois, plus que dans toute période antérieure de 12 mois",
        )
    else:
        year = series.measure.in_a_year()
        now, before = year.now, year.before
        rests = [now, before]
        noun = now.measure.short.counted(now)
        title = Both(
            f"{noun.en} {near.en} {now.when.en}, after {prose.none(before)} the year before",
            f"{noun.fr} {near.fr} {now.when.fr}, contre {french.none(before)} l’année précédente",
        )
    return Finding(title, rests_on=rests)


def ring_map(r: Report) -> Form:
    """Map of the south with the circle of the audited reports around Bamako."""
    form, _ = cell_map(r, SOUTH, names.ZONES["south"], PLACES, ring=True)
    return form


def in_the_ring(now: Tally) -> Finding:
    """Title of the map: what lies inside the circle."""
    where = now.measure.place.where
    return Finding(
        Both(f"{now.counted.en} {now.when.en} {where.en}", f"{now.counted.fr} {now.when.fr} {where.fr}"),
        rests_on=[now],
        caveat=Both("Cells on the edge of the ring may hold events on both sides of it. ", "Les cellules au bord du cercle "
                    "peuvent contenir des événements des deux côtés. ") + BORDERS,
    )  # fmt: skip


# --------------------------------------------------------------------------- Kayes, roads, people


def kayes(r: Report) -> Both:
    """The part of militant Islamists in the violence of Kayes, as far as it is known; all of it stands in the figure."""
    known = islamist(r).in_region("Kayes").in_a_year()
    a, b = known.now, known.before
    return Both(
        f"Militant Islamists took part in {names.EVENT.counted(a).en} {a.when.en}, after {prose.none(b)} the year before.",
        f"Des groupes islamistes armés ont pris part à {names.EVENT.counted(a).fr} {a.when.fr}, contre "
        f"{french.none(b)} l’année précédente.",
    )


def in_region(change: Change) -> Finding:
    """Title of all political violence in one region."""
    place = change.now.measure.place.name
    return moved(
        Both(
            f"Events of political violence in {place.en}", f"Les événements de violence politique {french.of(place.fr)}"
        ),
        change,
    )


def people_form(r: Report) -> Form:
    """Each zone's share of people, land, militant Islamist events and deaths in them."""
    mi = islamist(r)
    shares = junta_forces.shares(r)
    span = mi.last_year
    kinds = {
        "People": (Both("People", "Habitants"), shares["population_share"]),
        "Land": (Both("Land", "Terres"), shares["area_share"]),
        "Events": (Both("Events", "Événements"), _zone_shares(mi, span)),
        "Deaths": (Both("Deaths", "Morts"), _zone_shares(mi.deaths, span)),
    }
    rows = [
        Bar(
            Both(f"{label.en}: {names.ZONES[zone].en}", f"{label.fr} : {names.ZONES[zone].fr}"),
            float(values[zone]),
            zone,
        )
        for label, values in kinds.values()
        for zone in ("south", "centre", "north")
    ]
    noun, when = mi.phrase, names.span(span)
    what = Both(
        f"shares of Mali by zone: people (projection of 2020) and land; {noun.en} and deaths in them, {when.en}",
        f"parts du Mali par zone : habitants (projection de 2020) et terres ; {noun.fr} et leurs morts, {when.fr}",
    )
    legend = {zone: names.ZONES[zone].upper() for zone in ("south", "centre", "north")}
    source = r.source("actors", "regions")
    return bars(rows, what, Both("Share of Mali", "Part du Mali"), source, share=True, legend=legend)


def _zone_shares(measure: Measure, span: Window) -> dict[str, float]:
    every = measure.over(span)
    return {zone: (measure.in_zone(zone).over(span) / every if every else 0.0) for zone in d.ZONES}


def people(r: Report) -> Finding:
    """Title: the south's share of people and of militant Islamist events."""
    mi = islamist(r)
    share = float(junta_forces.shares(r).loc["south", "population_share"])
    south, every = mi.in_zone("south").over(mi.last_year), mi.over(mi.last_year)
    part = south / every if every else 0.0
    return Finding(
        Both(
            f"The south holds {prose.percent(share)} of the people and {prose.percent(part)} of militant Islamist events",
            f"Le sud réunit {french.percent(share)} des habitants et {french.percent(part)} des événements impliquant des "
            "groupes islamistes armés",
        ),
        rests_on=[south, every],
        caveat=junta_forces.projection(r),
    )


# --------------------------------------------------------------------------- what happened next


def later_around_bamako(now: Tally, before: Tally | None) -> Finding:
    """Title of the months after the edition around Bamako."""
    where = now.measure.place.where
    tail = None
    if before is not None:
        was = french.none(before)
        tail = Both(
            f", after {prose.none(before)} in as many months before",
            f", contre {was} au cours d’autant de mois auparavant",
        )
    title = Both(
        f"{now.counted.en} {where.en} {now.when.en}",
        f"{now.counted.fr} {where.fr} {now.when.fr}",
    )
    return Finding(title + tail if tail else title, rests_on=[now] if before is None else [now, before])


def later_in_kayes(series: Series, r: Report) -> Finding:
    """Title of later violence in Kayes: where it peaked."""
    when, top = series.peak
    period, tally = names.period(when), Tally(top, series.measure, names.window_of(when))
    (region,) = series.measure.place.regions
    place = names.short(region)
    in_period = french.to(period.fr) if period.fr.startswith("le ") else f"en {period.fr}"
    with_en, with_fr = (
        f"{prose.number(top)} {tally.measure.short.many.en}",
        f"{french.number(top)} {tally.measure.short.many.fr}",
    )
    return Finding(
        Both(
            f"Political violence in {place.en} peaked in {period.en} with {with_en}",
            f"Les violences politiques à {place.fr} ont culminé {in_period} avec {with_fr}",
        ),
        rests_on=[tally],
    )


# --------------------------------------------------------------------------- supply

SUPPLY = ("property", "bombs", "abductions")
"""Ways of fighting that the roads of the south feel first; what comes from the air is told with the army."""


def roads(r: Report) -> Both:
    """What attacks on property are, and what the counts near Bamako lack; their number stands in the figure."""
    text = Both(
        "Attacks on property are looting and burning, of lorries too.",
        "Les atteintes aux biens sont des pillages et des incendies, y compris de camions.",
    )
    if not knows(r, dated.FUEL):
        return text
    return text + Both(
        " Counts of attacks near Bamako end before the blockade began.",
        " Le décompte des attaques près de Bamako s’arrête avant le début du blocus.",
    )


def supply(ways: Mapping[str, Measure]) -> Finding:
    """Title of the supply figure: the first way of fighting that changed clearly, else the first; of property the counts alone."""
    changes = {way: measure.in_a_year() for way, measure in ways.items()}
    clear = [way for way in ways if changes[way].clear]
    way = clear[0] if clear else next(iter(ways))
    change, noun = changes[way], names.METHODS[way].many
    if way != "property":
        return moved(named(noun, change), change, caveat=names.UNEVEN)
    now, before = change.now, change.before
    said = now.measure.subject(named(noun, change))
    recorded = french.agree(
        now, *(("recensée", "recensées") if now.measure.value == "events" else ("recensé", "recensés"))
    )
    return Finding(
        Both(
            f"{said.en}: {prose.number(now)} recorded {now.when.en}, after {prose.none(before)}",
            f"{said.fr} : {french.number(now)} {recorded} {now.when.fr}, contre {french.none(before)}",
        ),
        rests_on=[now, before],
        caveat=names.UNEVEN,
    )
