"""How the statements fared, in sentences: what holds, what comes close, what does not, and what could not be checked."""

from __future__ import annotations

from helpers import french as fr
from helpers import limits
from helpers import prose as p
from helpers.audit import claims, headline
from helpers.editions import Report
from helpers.entries import published_on
from helpers.story import summary
from helpers.words import Both
from helpers.words.both import NOTHING, joined, listing

FAULTS = ("mixed", "direction only", "not reproduced")
"""Verdicts of statements that do not hold, or are not known to hold in every part."""


def in_part(count: int, *, near: bool) -> Both:
    """Say of how many statements every part that could be checked holds; `near`: one of the parts only comes close."""
    if not count:
        return NOTHING
    one = count == 1
    return Both(
        f" {fr.upper(p.word(count))} more {'holds' if one else 'hold'}"
        f"{(' or comes close' if one else ' or come close') if near else ''} in every part checked.",
        f" {fr.upper(fr.word(count, feminine=True))} {'autre se vérifie' if one else 'autres se vérifient'}"
        f"{(' ou s’en approche' if one else ' ou s’en approchent') if near else ''} dans chaque partie vérifiable.",
    )


def in_numbers(r: Report) -> Both:
    """How the statements fared, those on events, dated facts, land and people; and what could not be checked."""
    found = headline.headline(summary.judged(r))
    missing = sum(found.unchecked.values())
    why = listing(
        Both(
            f"{p.word(found.unchecked[name])} {words.en}", f"{fr.word(found.unchecked[name], feminine=True)} {words.fr}"
        )
        for name, words in _WHY.items()
        if name in found.unchecked
    )
    told = [name for name in summary.SAID if name in found.events]
    limits.held(
        bool(told),
        "event that a statement of the reports could be held against",
        "aucun événement auquel confronter une affirmation des rapports",
    )
    lists = Both(
        summary.tell([n for n in told for _ in range(found.events[n])]),
        summary.tell_fr([n for n in told for _ in range(found.events[n])]),
    )
    text = Both(
        f"Of {p.number(found.checked)} statements that event data can recompute, {lists.en}. Of those that hold or come close, "
        f"{p.none(found.proxy)} {'rests' if found.proxy == 1 else 'rest'} on a stand-in for what the data do not name.",
        f"Sur {fr.number(found.checked)} affirmations que les données d’événements permettent de recalculer, {lists.fr}. Parmi celles "
        f"qui tiennent ou sont proches, {fr.word(found.proxy, feminine=True)} "
        f"{'reposent' if found.proxy > 1 else ('repose' if found.proxy else 'ne repose')} sur une approximation de ce que les données ne nomment pas.",
    )
    near, beside = _how_close(r), _beside(found)
    if not missing:
        return joined([text, near, beside])
    return joined(
        [
            text,
            near,
            beside,
            Both(
                f"{p.count(missing, 'statement')} could not be checked and {'does' if missing == 1 else 'do'} not count as false: {why.en}.",
                f"{fr.count(missing, 'affirmation', feminine=True)} n’{'ont' if missing > 1 else 'a'} pu être {'vérifiées' if missing > 1 else 'vérifiée'}, sans compter pour {'fausses' if missing > 1 else 'fausse'} : {why.fr}.",
            ).upper(),
        ]
    )


def _beside(found: headline.Headline) -> Both | None:
    """Say how the statements that rest on no event data add up with the others to all that could be checked."""
    facts, other = sum(found.facts.values()), sum(found.other.values())
    if not facts + other:
        return None
    firm = [sum(group.get(name, 0) for name in headline.FIRM) for group in (found.events, found.facts, found.other)]
    parts, firm_parts = (
        " + ".join(p.number(n) for n in numbers) for numbers in ((found.checked, facts, other), tuple(firm))
    )
    return Both(
        f"With {p.count(facts, 'dated fact')} and {p.count(other, 'statement')} on land or people, {p.number(found.judged)} could be "
        f"checked ({parts}); {p.number(found.firm)} {'holds' if found.firm == 1 else 'hold'} ({firm_parts}).",
        f"Avec {fr.count(facts, 'fait')} {fr.agree(facts, 'daté', 'datés')} et {fr.count(other, 'affirmation', feminine=True)} sur des "
        f"terres ou des populations, {fr.number(found.judged)} étaient vérifiables ({parts}) ; {fr.number(found.firm)} "
        f"tiennent ({firm_parts}).",
    )


def late(r: Report) -> int:
    """Count the sourced facts of which a part has no other source than those published after the edition's day."""
    day = r.edition.facts_to
    if not day:
        return 0
    number = 0
    for result in summary.judged(r):
        if result.claim.kind != "documented" or headline.then(result) != "sourced":
            continue
        others = result.sources[result.sources["source_kind"].ne("report")].set_index("id")
        others = others["source"].map(published_on).combine(others["date"].astype(str), max)
        named = [part.entries for part in result.claim.facts] + [part.entries for part in result.claim.figures]
        parts = (others.reindex(list(entries)).dropna() for entries in named)
        number += any(len(days) > 0 and days.gt(day).all() for days in parts)
    return number


def sourced_late(number: int) -> Both:
    """Say under the count of sourced facts how many rest in part on what came out later; else why they stand apart."""
    if not number:
        return Both("event data do not hold them", "les données d’événements ne les contiennent pas")
    return Both(
        f"{p.word(number)} of them, in part, only in sources published after this edition",
        f"dont {fr.word(number)}, en partie, par des sources parues après cette édition seulement",
    )


def _how_close(r: Report) -> Both | None:
    """Say how many statements on events come close by another reading, and how many only by what is revised later."""
    rows = [x for x in summary.judged(r) if headline.rests_on_events(x) and headline.then(x) == "close"]
    if not rows:
        return None
    other = sum(any(row.other is not None and row.reason != "vintage" for row in x.rows) for x in rows)
    fresh = len(rows) - other
    return Both(
        f"Of the close ones, {p.none(other)} {'is' if other == 1 else 'are'} so by another reading, "
        f"{p.none(fresh)} only within the room for revisions.",
        f"De celles qui sont proches, {fr.word(other, feminine=True)} {'le sont' if other > 1 else 'l’est'} "
        f"selon une autre lecture du texte, {fr.word(fresh, feminine=True)} seulement dans la marge "
        "laissée aux révisions.",
    )


_WHY = {
    "evidence": Both("judgements", "appréciations"),
    headline.NOT_YET: Both("about months after the report", "sur des mois postérieurs au rapport"),
    "not measurable": Both("beyond what our tables hold", "au-delà de ce que contiennent nos tables"),
    "unsourced": Both("without another source", "sans autre source"),
}


UNNAMED = {"R22-15": Both(", near Boni and on 3 August", ", près de Boni et le 3 août")}
"""What else of a statement no other source carries than the part that says so: the lorries burned at Hombori, a day before."""


def faults(r: Report) -> Both:
    """One line for each statement that does not hold, or not in every part."""
    lines = []
    for result in summary.judged(r):
        verdict = summary.verdict_then(result)
        if verdict not in FAULTS:
            continue
        face = headline.face(verdict)
        missed = [_missed(row) for row in result.rows if row.verdict not in (*headline.FIRM, "close")]
        parts = Both("; ".join(one.en for one in missed), " ; ".join(one.fr for one in missed))
        head = f"* **{result.claim.id}**"
        label = Both(face[0].lower(), face[1].lower())
        if headline.holds_where_checked(result):
            label += (
                Both(" (the rest is close)", " (le reste est proche)")
                if headline.partly_close([result])
                else Both(" (the rest holds)", " (le reste tient)")
            )
        lines.append(Both(f"{head}, {label.en}. {parts.upper().en}.", f"{head}, {label.fr}. {parts.upper().fr}."))
    if not lines:
        return Both(
            "Every statement that could be checked holds or comes close.",
            "Chaque affirmation vérifiable tient ou est proche.",
        )
    return joined(lines, "\n")


def _missed(row: claims.Row) -> Both:
    """Name a part that does not hold, with what was published and what is found."""
    part = row.figure or row.fact
    assert part is not None
    name = Both(fr.lower(part.name), fr.lower(part.fr))
    if row.verdict == "unsourced":
        name += UNNAMED.get(row.claim.id, NOTHING)
        return Both(f"{name.en}: no other source", f"{name.fr} : pas d’autre source")
    if row.verdict == "not measurable":
        return Both(f"{name.en}: cannot be measured", f"{name.fr} : non mesurable")
    figure = row.figure
    if figure is None or figure.published is None or row.computed is None:
        return Both(f"{name.en}: does not hold", f"{name.fr} : ne tient pas")
    return Both(
        f"{name.en}: {figure.text} published, {figure.number(row.computed)} found",
        f"{name.fr} (publié : {figure.text_fr} ; trouvé : {figure.number_fr(row.computed)})",
    )
