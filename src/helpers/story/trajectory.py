"""What the chapter on the whole country says: is the war getting worse?"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from helpers import definitions as d
from helpers import french, limits, prose
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.forms import Finding, Form, cell_map, moved
from helpers.forms.maps import BORDERS, last_cells
from helpers.measures import Interval
from helpers.measures.catalogue import fought_by, islamist, totals, ucdp_deaths
from helpers.measures.measure import Change, Measure, Series, Tally, records_together
from helpers.page.frame import AnswerBox, key
from helpers.story import dated
from helpers.story.attackers import (
    LAG,
    SIDES,
    between_months,
    elsewhere,
    hinges,
    in_a_year,
    named,
    ratio_of,
    ucdp_order,
    unnamed,
)
from helpers.story.attackers import sides as sides  # the chapters' cells ask here
from helpers.windows import Window, month
from helpers.words import NOTHING, Both, joined, judgement, listing, names
from helpers.words.names import Place

YEAR_BEFORE_COUP = Window(month("2019-08"), month("2020-07"))
CIVILIANS = Both(
    f"Attacks on civilians by known side, {names.WITH_ABDUCTIONS.en}",
    f"Attaques contre des civils par belligérant identifié, {names.WITH_ABDUCTIONS.fr}",
)
WAYS = Both("Ways of fighting, all sides", "Manières de combattre, tous belligérants")
COMPARED = ("clashes", "attacks", "air", "bombs", "abductions")
"""Ways of fighting whose counts compare from year to year (`names.UNEVEN`)."""
METHODS = (*COMPARED, "property")


def side_labels(r: Report) -> dict[str, Both]:
    """Return the names of the three sides; the Russians are named from their arrival on."""
    state = "state-side" if str(r.as_of) >= d.WAGNER_ARRIVAL else "state"
    return {
        "islamist": names.group_label("islamist"),
        "state": names.group_label(state),
        "militia": names.group_label("militia"),
    }


# --------------------------------------------------------------------------- the answer


def plateau(r: Report) -> tuple[int, list[Tally]]:
    """Count the last 12-month windows, end to end, on one level; return them, the earliest first."""
    every = totals(r)
    windows = [every.last_year]
    while str(windows[0].first - 12) >= "2012-01":
        windows.insert(0, windows[0].before())
    tallies = [every.over(window) for window in windows]
    clear = [every.compare(b, a).clear for a, b in pairwise(windows)]
    found = judgement.plateau([int(tally) for tally in tallies], clear)
    return found, tallies[-found:] if found else tallies


def answer(r: Report) -> AnswerBox:
    """Is the war getting worse? A plateau first, then the change of a year."""
    every = totals(r)
    change, (long, years) = every.in_a_year(), plateau(r)
    when = change.now.when
    if long:
        low, high = (d.round_half_up(f(int(y) for y in years), -2) for f in (min, max))
        to = names.prose_month(change.now.window.last)
        text = Both(
            f"Not in number: each of the {prose.word(long)} years to {to.en} brought {prose.spread(low, high)} violent events.",
            f"Pas en nombre : chacune des {french.word(long)} dernières années, jusqu’en {to.fr}, a compté de {french.spread(low, high)} "
            "événements violents.",
        )
        text = joined([text, _ways_and_places(r)])
    elif change.kind == "rise":
        text = Both(
            f"Yes: {prose.number(change.now)} violent events {when.en}, a clear rise from {prose.number(change.before)}.",
            f"Oui : {french.number(change.now)} événements violents {when.fr}, en nette hausse par rapport à "
            f"{french.number(change.before)}.",
        )
        if not every.deaths.in_a_year().clear:
            text += Both(" Deaths show no clear change.", " Le nombre de morts n’évolue pas nettement.")
    elif change.kind == "fall":
        text = Both(
            f"Not in number: {prose.number(change.now)} violent events {when.en}, a clear fall from "
            f"{prose.number(change.before)}.",
            f"Pas en nombre : {french.number(change.now)} événements violents {when.fr}, en net recul par rapport à "
            f"{french.number(change.before)}.",
        )
    elif change.most_ever:
        past = judgement.earlier(change.now.window)
        text = Both(
            f"More violent events than {past.en}: {prose.number(change.now)} {when.en}; the rise from "
            f"{prose.number(change.before)} is not clear.",
            f"Plus d’événements violents que {past.fr} : {french.number(change.now)} {when.fr} ; la hausse par rapport "
            f"à {french.number(change.before)} n’est pas nette.",
        )
    else:
        text = Both(
            f"There is no clear change in number: {prose.number(change.now)} violent events {when.en}, after "
            f"{prose.number(change.before)}.",
            f"Pas d’évolution nette en nombre : {french.number(change.now)} événements violents {when.fr}, contre "
            f"{french.number(change.before)}.",
        )
    return AnswerBox(
        Both("Is the war getting worse?", "La guerre s’aggrave-t-elle ?"),
        joined([text, dated.not_counted(r)]),
        [key(change), key(every.deaths.in_a_year()), key(_attacks(r).in_a_year())],
    )


def _attacks(r: Report) -> Measure:
    return replace(fought_by(r, "attacks"), noun=names.ATTACKS_APART)


def _told(change: Change) -> bool:
    """Tell whether a change is worth a sentence: clear, or a record."""
    return change.clear or change.most_ever


def _ways_and_places(r: Report) -> Both:
    """Say in a few words what changed under a level count: places and weapons, each only where it clearly did; then a record."""
    place = any(one.in_a_year().clear for one in totals(r).regions())
    weapons = {weapon: fought_by(r, weapon).in_a_year() for weapon in ("air", "bombs", "shelling")}
    if any(change.clear for change in weapons.values()):
        if place:
            return Both("Its places and weapons are changing.", "La guerre se déplace et change d’armes.")
        return Both("Its weapons are changing.", "La guerre change d’armes.")
    said = Both("Its places are changing", "La guerre se déplace")
    records = [weapon for weapon, change in weapons.items() if change.most_ever]
    if not place:
        if not records:
            return Both(
                "Nor have its places or weapons clearly changed.", "Ni ses lieux ni ses armes n’ont nettement changé."
            )
        said = Both("Its places have not clearly changed", "Ses lieux n’ont pas nettement changé")
    if records:
        noun = names.METHODS[max(records, key=lambda weapon: weapons[weapon].ratio)].many
        said += Both(
            f"; {noun.en} are at a record, which chance may explain",
            f" ; les {noun.fr} sont à un niveau record, que le hasard peut expliquer",
        )
    return said.sentence()


# --------------------------------------------------------------------------- more or less


def more_or_less(r: Report) -> Both:
    """The level of violence against that of the year before the coup, and the deaths."""
    every = totals(r)
    now, deaths = every.over(every.last_year), every.deaths.in_a_year()
    parts = []
    if str(r.end("totals") - 12) >= "2020-08":
        base = every.over(YEAR_BEFORE_COUP)
        ratio = now.part_of(base)
        parts.append(
            Both(
                f"The year before the coup of August 2020 had {prose.number(base)} violent events; "
                f"{names.ending(now.window).en} had {prose.number(now)}, {prose.times(ratio)} as many.",
                f"L’année qui a précédé le coup d’État d’août 2020 avait compté {french.number(base)} événements violents ; "
                f"{names.ending(now.window).fr} en a compté {french.number(now)}, soit {french.times(ratio)} ce nombre.",
            )
        )
    said = deaths.moved()
    parts.append(
        Both(
            f"Deaths, of fighters and civilians together, {said.en}.",
            f"Les morts, combattants et civils confondus, {said.fr}.",
        )
    )
    parts.append(_second_source(r))
    return joined(parts)


def _second_source(r: Report) -> Both:
    change = ucdp_deaths(r).in_a_year()
    said = change.moved()
    fresh = r.provisional("ucdp_types", change.now.window)
    tail = Both("; the newest months are provisional", " ; les derniers mois sont provisoires") if fresh else None
    text = Both(
        f"By UCDP, which counts in another way, deaths {change.now.when.en} {said.en}",
        f"Selon l’UCDP, qui compte autrement, les morts {change.now.when.fr} {said.fr}",
    )
    return (text + tail if tail else text) + "."


def _violence(change: Change) -> Both:
    place = change.now.measure.place
    said = Both("Violent events", "Les événements violents")
    return said if place == Place() else Both(f"{said.en} {place.where.en}", f"{said.fr} {place.where.fr}")


def all_violence(r: Report, change: Change) -> Finding:
    """Title of all violence by month: the plateau where there is one, else the change of a year."""
    long, years = plateau(r)
    if long and change.now.measure.value == "events":
        low, high = min(int(y) for y in years), max(int(y) for y in years)
        end = names.bare_month(change.now.window.last)
        return Finding(
            Both(
                f"{prose.word(long).capitalize()} years to {end.en} on one level, between {prose.number(low)} and "
                f"{prose.number(high)} events a year",
                f"{french.word(long).capitalize()} années s’achevant en {end.fr} au même niveau, entre {french.number(low)} et "
                f"{french.number(high)} événements par an",
            ),
            rests_on=years,
        )
    return moved(_violence(change), change)


# --------------------------------------------------------------------------- since the coup


def since_coup(r: Report) -> Both | None:
    """What militant Islamist violence did in the last 12 months, and that it was growing before the coup."""
    change = islamist(r).in_a_year()
    said = change.moved()
    text = Both(
        f"{french.upper(change.now.when.en)} attacks and clashes in which militant Islamists take part {said.en}.",
        f"{french.upper(change.now.when.fr)}, les attaques et combats impliquant des groupes islamistes armés {said.fr}.",
    )
    if str(r.as_of) < "2021-08":
        return text
    earlier = islamist(r).compare(YEAR_BEFORE_COUP, YEAR_BEFORE_COUP.before())
    grew = earlier.moved()
    return text + Both(
        f" They did not begin to grow with the coup: in the year before it they {grew.en}. The page [What changed "
        "when?](depth/turning-points.ipynb) tests that date.",
        f" Leur croissance n’a pas commencé avec le coup d’État : dans l’année qui l’a précédé, ils {grew.fr}. "
        "Une [page en anglais](depth/turning-points.ipynb) sur ce qui a changé, et quand, examine cette date.",
    )


def quarters_above(events: Series, deaths: Series) -> Finding:
    """Title of events and deaths by quarter: how many quarters since the coup pass every one before."""
    whole = events.whole
    after = whole[whole["period"].gt("2020Q3")]
    before = whole[whole["period"].lt("2020Q3")]
    if after.empty:
        top, value = events.peak
        return Finding(
            Both(
                f"The highest quarter so far is {names.period(top).en}, with {prose.number(value)} events",
                f"Le trimestre le plus élevé est {names.period(top).fr}, avec {french.number(value)} événements",
            )
        )
    limits.held(not before.empty, "quarter before the coup of 2020", "aucun trimestre avant le coup d’État de 2020")
    bar = int(before["value"].max())
    passed = int(after["value"].gt(bar).sum())
    if passed == len(after):
        title = Both(
            "Every quarter since the coup of 2020 had more militant Islamist events than any before it",
            "Chaque trimestre depuis le coup d’État de 2020 a connu plus d’événements impliquant des groupes islamistes armés qu’aucun trimestre antérieur",
        )
    else:
        title = Both(
            f"{prose.word(passed).capitalize()} of {prose.word(len(after))} quarters since the coup had more violence than "
            "any before it",
            f"{french.word(passed).capitalize()} des {french.word(len(after))} trimestres depuis le coup d’État ont connu plus de "
            "violences que tous les précédents",
        )
    bar_d = int(deaths.whole[deaths.whole["period"].lt("2020Q3")]["value"].max())
    late = deaths.whole[deaths.whole["period"].gt("2020Q3")]
    passed_d = int(late["value"].gt(bar_d).sum())
    return Finding(
        title,
        caveat=Both(
            f"By deaths it is {prose.word(passed_d)} of {prose.word(len(late))} quarters. The quarter of the coup itself is "
            "on neither side",
            f"En nombre de morts, {french.count(passed_d, 'trimestre')} sur {french.word(len(late))}. Le trimestre du coup d’État "
            "n’est compté d’aucun côté",
        ),
    )


def years(events: Series, deaths: Series) -> Finding:
    """Title of events and deaths by year: the record year of each, and which of them the next highest might equal."""
    (top, most, a), (grim, killed, b) = (_whole_peak(one) for one in (events, deaths))
    doubt = judgement.BOTH_OPEN if a and b else judgement.OPEN if a or b else NOTHING
    if top == grim:
        title = Both(
            f"{top} is the year with the most events, {prose.number(most)}, and the most deaths, {prose.number(killed)}",
            f"{top} est l’année qui compte le plus d’événements, {french.number(most)}, et de morts, {french.number(killed)}",
        )
    else:
        said = [
            Both(f"{grim} remains the deadliest complete year", f"{grim} reste l’année complète la plus meurtrière"),
            Both(f"{top} had the most events", f"{top} compte le plus d’événements"),
        ]
        # What is uncertain stands last, before the doubt.
        first, second = said[:: -1 if b and not a else 1]
        title = Both(f"{first.en}, {second.en}", f"{first.fr}, {second.fr}")
    return Finding(title + doubt)


def _whole_peak(series: Series) -> tuple[str, int, bool]:
    """Return the highest complete year, its value, and whether the next highest might stand before it."""
    whole = series.whole
    limits.held(not whole.empty, "complete year", "aucune année complète")
    top, *rest = whole.sort_values("value", ascending=False, kind="stable").itertuples()
    if not rest or not rest[0].value:
        return str(top.period), int(top.value), False
    found = series.measure.compare(*(names.window_of(str(row.period)) for row in (top, rest[0]))).found
    return str(top.period), int(top.value), judgement.open_order(found.interval if found else None)


# --------------------------------------------------------------------------- who attacks civilians


def who_kills(r: Report, *, whole: bool = True) -> Both:
    """Who attacks civilians, whose attacks kill most people, and what a second source says; `whole` with the numbers beside it."""
    attacks, killed = in_a_year(r)
    state, armed = attacks["state"], attacks["islamist"]
    often = judgement.as_often(state / armed if armed else float("inf"), ratio_of(state, armed))
    subject, when = named(r, "state").upper(), state.when
    first = Both(
        f"{subject.en} attacked civilians {prose.number(state)} times {when.en}, {names.WITH_ABDUCTIONS.en}, {often.en} "
        f"militant Islamists ({prose.number(armed)})",
        f"{subject.fr} ont attaqué des civils {french.number(state)} fois {when.fr}, {names.WITH_ABDUCTIONS.fr}, {often.fr} "
        f"les groupes islamistes armés ({french.number(armed)})",
    )
    first = judgement.ranked(first, _apart(often, state, armed)).sentence()
    order, close = judgement.killers({side: int(killed[side]) for side in SIDES})
    a, b, c = (judgement.about(int(killed[side])) for side in order)
    top, second, third = (named(r, side, short=close) for side in order)
    head = Both("They", "Leurs attaques") if order[0] == "state" and not close else None
    head = head or Both(french.upper(top.en), f"Les attaques {names.of_each(top.fr)}")
    ratio = killed[order[0]] / killed[order[1]] if killed[order[1]] else float("inf")
    if close:
        text = Both(
            f"{head.en} and {second.en} killed about as many people: {a.en} and {b.en};",
            f"{head.fr} et celles {names.of_each(second.fr)} ont fait à peu près autant de morts : {a.fr} et {b.fr} ;",
        )
    else:
        text = Both(
            f"{head.en} killed the most, {a.en} people, {prose.times(ratio)} as many as {second.en} ({b.en});",
            f"{head.fr} ont fait le plus de morts ({a.fr}), {french.times(ratio)} plus que celles "
            f"{names.of_each(second.fr)} ({b.fr}) ;",
        )
    tail = Both(
        f"{text.en} {third.en} killed {c.en}.", f"{text.fr} celles {names.of_each(third.fr)} en ont fait {c.fr}."
    )
    return joined([first, tail, None if close else _how_firm(r, killed, order), ucdp_order(r, whole=whole)])


def _how_firm(r: Report, killed: dict[str, Tally], order: list[str]) -> Both | None:
    """Say what would turn the order of those who killed most, and whether other months might show another."""
    said = hinges(r, killed)
    if judgement.open_order(ratio_of(killed[order[0]], killed[order[1]])):
        said.append(judgement.ANOTHER_ORDER.each(lambda text: f"{french.upper(text)}."))
    return joined(said)


def since_then(r: Report) -> Both | None:
    """What deaths in attacks on civilians by all sides did since it is not known who attacks."""
    attacks = _attacks(r)
    if (attacks.end - r.end("actors")).n < LAG:
        return None
    deaths = attacks.deaths.in_a_year()
    moved, when = deaths.moved(), deaths.now.when
    told = Both(
        f"{french.upper(when.en)} deaths in attacks on civilians by all sides, abductions apart, {moved.en}.",
        f"{french.upper(when.fr)}, les morts dans les attaques contre des civils, tous belligérants confondus et enlèvements non "
        f"compris, {moved.fr}.",
    )
    return joined([unnamed(r), told])


def _apart(often: Both, one: Tally, other: Tally) -> Interval | None:
    """Return the interval of two counts that words set apart; none where they say about as often."""
    return None if often == judgement.as_often(1.0) else ratio_of(one, other)


def attackers(r: Report) -> Finding:
    """Title of attacks on civilians by side, with a word where these data do not settle their order."""
    found, *between = ranking(r)
    return replace(found, title=judgement.doubted(found.title, *between))


def ranking(r: Report) -> tuple[Finding, Interval | None, Interval | None]:
    """Return that title without the word, and the intervals of the two ratios that it ranks by."""
    attacks, killed = in_a_year(r)
    order, close = judgement.killers({side: int(killed[side]) for side in SIDES})
    top, second = order[:2]
    often = judgement.as_often(
        attacks[top] / attacks[second] if attacks[second] else float("inf"), ratio_of(attacks[top], attacks[second])
    )
    past = judgement.past(str(r.end("actors")), str(r.runs_to))
    verb = Both("attacked", "ont attaqué") if past else Both("attack", "attaquent")
    kill = Both("killed", "ont tué") if past else Both("kill", "tuent")
    if close:
        tail = Both(f"and {kill.en} about as many", f"et {kill.fr} à peu près autant de personnes")
    else:
        times = killed[top] / killed[second] if killed[second] else float("inf")
        tail = Both(
            f"and {kill.en} {prose.times(times)} as many people",
            f"et {kill.fr} {french.times(times)} plus de personnes",
        )
    head, other = named(r, top, short=True).upper(), named(r, second, short=True)
    title = Both(
        f"{head.en} {verb.en} civilians {often.en} {other.en} {tail.en}",
        f"{head.fr} {verb.fr} des civils {often.fr} {other.fr} {tail.fr}",
    )
    deaths = ratio_of(killed[top], killed[second])
    rests_on = [attacks[top], attacks[second], killed[top], killed[second]]
    found = Finding(title, rests_on=rests_on, caveat=elsewhere(r, between_months(deaths)))
    return found, _apart(often, attacks[top], attacks[second]), None if close else deaths


# --------------------------------------------------------------------------- how, where


def how(r: Report, but: str = "") -> Both:
    """Which ways of fighting changed clearly in a year; of all but one that was told before, nothing where none did."""
    changes = {method: fought_by(r, method).in_a_year() for method in COMPARED if method != but}
    clear = {m_: change for m_, change in changes.items() if _told(change)}
    when = next(iter(changes.values())).now.when
    if not clear and but:
        return NOTHING
    if not clear:
        return Both(
            f"No way of fighting changed clearly {when.en}.",
            f"Aucune manière de combattre n’a nettement évolué {when.fr}.",
        )
    records = {names.WAYS[method]: change for method, change in clear.items() if change.most_ever}
    # Where the sentence before has told of a record, it has said what one is.
    known = bool(records and but) and fought_by(r, but).in_a_year().most_ever
    together = known or len(records) > 1
    parts = [(_too if known else records_together)(records)] if together else []
    for method, change in sorted(clear.items(), key=lambda pair: -pair[1].ratio):
        if not (together and change.most_ever):
            noun, said = names.WAYS[method], change.moved()
            parts.append(Both(f"{noun.en} {said.en}", f"les {noun.fr} {said.fr}"))
    text = Both("; ".join(p.en for p in parts), " ; ".join(p.fr for p in parts))
    if but:
        # The sentence before has named the months.
        return text.upper().sentence()
    return Both(f"{french.upper(when.en)} {text.en}.", f"{french.upper(when.fr)}, {text.fr}.")


def _too(changes: dict[Both, Change]) -> Both:
    """Say that these counts are records as the one before is, each with the count of a year before."""
    said = listing(
        [
            Both(
                f"{noun.en} ({prose.number(change.now)} after {prose.number(change.before)})",
                f"les {noun.fr} ({french.number(change.now)} contre {french.number(change.before)})",
            )
            for noun, change in changes.items()
        ]
    )
    return Both(f"so did {said.en}", f"de même pour {said.fr}")


def ways(changes: dict[str, Change]) -> Finding:
    """Title of the ways of fighting: up to two that changed clearly, the largest ratio first."""
    clear = [way for way in changes if way in COMPARED and _told(changes[way])]
    clear = sorted(clear, key=lambda way: -abs(changes[way].ratio - 1))[:2]
    note = names.UNEVEN
    if not clear:
        none = Both(
            "No way of fighting changed clearly in a year", "Aucune façon de combattre n’a nettement évolué en un an"
        )
        return Finding(none, caveat=note)
    if any(changes[m_].most_ever for m_ in clear):
        since = names.prose_month(changes[clear[0]].now.measure.report.first("methods"))
        note += Both(
            f"; a record is more than in any such year since {since.en}",
            f" ; un niveau record dépasse toute autre année semblable depuis {since.fr}",
        )
    said = [
        Both("are at a record", "sont à un niveau record")
        if changes[m_].most_ever
        else judgement.by_how_much(changes[m_].ratio)
        for m_ in clear
    ]
    nouns = [names.WAYS[m_] for m_ in clear]
    if len(clear) > 1 and said[0] == said[1]:
        (a, b), verb = nouns, said[0]
        title = Both(f"{a.en} and {b.en} {verb.en}", f"les {a.fr} et les {b.fr} {verb.fr}").upper()
        return Finding(title, changes=[changes[m_] for m_ in clear], caveat=note)
    en = " while ".join(f"{noun.en} {verb.en}" for noun, verb in zip(nouns, said, strict=True))
    fr = " tandis que ".join(f"les {noun.fr} {verb.fr}" for noun, verb in zip(nouns, said, strict=True))
    return Finding(Both(french.upper(en), french.upper(fr)), changes=[changes[m_] for m_ in clear], caveat=note)


def where(r: Report, *, dated: bool = False) -> Both:
    """Which regions changed clearly in a year, with their counts; `dated` where the sentence before names the year."""
    changes = {one.place.regions[0]: one.in_a_year() for one in totals(r).regions()}
    up = [x for x in changes if changes[x].kind == "rise"]
    down = [x for x in changes if changes[x].kind == "fall"]
    parts: list[Both] = []
    for regions, en, fr in (
        (up, "It clearly rose in", "Les violences ont nettement augmenté"),
        (down, "It clearly fell in", "Elles ont nettement reculé" if up else "Les violences ont nettement reculé"),
    ):
        if regions:
            found = sorted(regions, key=lambda x: -int(changes[x].now))
            said = [names.step(names.short(x), changes[x].before, changes[x].now) for x in found]
            # The first sentence says which year is told, and against which.
            when = names.during(totals(r).last_year)
            span = NOTHING if parts or dated else Both(f" {when.en}", f" {when.fr}")
            parts.append(
                Both(
                    f"{en} {prose.listing(one.en for one in said)}{span.en}.",
                    f"{fr} {french.places(one.fr for one in said)}{span.fr}.",
                )
            )
    if not parts:
        return Both(
            "Violence changed clearly in no region.", "Les violences n’ont nettement évolué dans aucune région."
        )
    first = parts[0]
    parts[0] = Both(first.en.replace("It clearly", "Violence clearly", 1), first.fr)
    return joined(parts)


def shift(changes: dict[str, Change]) -> Finding:
    """Title of the regions: the clear risers and fallers."""
    up = sorted((x for x in changes if changes[x].kind == "rise"), key=lambda x: -changes[x].ratio)
    down = sorted((x for x in changes if changes[x].kind == "fall"), key=lambda x: changes[x].ratio)
    shown = [prose.region_name(x) for x in up], [prose.region_name(x) for x in down]
    if up and down:
        title = Both(
            f"Violence rose in {prose.listing(shown[0])} and fell in {prose.listing(shown[1])}",
            f"Les violences augmentent {french.places(shown[0])} et reculent {french.places(shown[1])}",
        )
    elif up or down:
        verb = Both("rose", "augmentent") if up else Both("fell", "reculent")
        listed = shown[0] or shown[1]
        title = Both(
            f"Violence clearly {verb.en} in {prose.listing(listed)} alone",
            f"Les violences {verb.fr} nettement {french.places(listed)} seulement",
        )
    else:
        title = Both("Violence changed clearly in no region", "Les violences n’ont nettement évolué dans aucune région")
    return Finding(title)


def ground(r: Report) -> Form:
    """Map of the cells with militant Islamist events."""
    form, _ = cell_map(r)
    return form


def half_of_it(r: Report) -> Finding:
    """Title of the map: in how many places half of the events fell."""
    cells = last_cells(r)
    ranked = cells["mi_events"].sort_values(ascending=False)
    needed = int((ranked.cumsum() < ranked.sum() / 2).sum()) + 1
    return Finding(
        Both(
            f"Half of militant Islamist violence took place in {prose.number(needed)} of {prose.number(len(cells))} places with any",
            f"La moitié des violences impliquant des groupes islamistes armés s’est produite dans {french.number(needed)} des "
            f"{french.number(len(cells))} lieux touchés",
        ),
        caveat=Both("Many events are placed at the nearest known town. ", "Beaucoup d’événements sont placés à la ville connue "
                    "la plus proche. ") + BORDERS,
    )  # fmt: skip


def afterwards(r: Report, series: Series) -> Finding:
    """Title of all violence after the edition."""
    if series.measure.end <= r.end("totals"):
        raise NotInEdition(
            "The tables hold no months after this edition.", "Les tables ne contiennent aucun mois après cette édition."
        )
    change = series.measure.in_a_year()
    subject, when = _violence(change), names.during(change.now.window)
    return moved(Both(f"{subject.en} {when.en}", f"{subject.fr} {when.fr}"), change)
