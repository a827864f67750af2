"""How much of a figure's definition space gives it, and what that is worth: in words, in both languages."""

from __future__ import annotations

from helpers import definitions as d
from helpers import french as fr
from helpers import prose as p
from helpers.audit import claims, null, space
from helpers.data import Tables

_OTHERS = {
    "Others give it": "Another definition gives it",
    "others give it": "another definition gives it",
    "they give": "the definitions give",
}
_OTHERS_FR = {
    "d’autres le donnent": "une autre définition le donne",
    "D’autres le donnent": "Une autre définition le donne",
    "qu’elles n’en donnent": "que les définitions n’en donnent",
}
"""What a level says of other definitions, and of the only one."""


def sentence(claim_id: str, figure: str, tables: Tables | None = None) -> tuple[str, str] | None:
    """Say how much of the definition space gives a figure, and what that is worth; in English and in French.

    `claim_id`, `figure`: as for `space.search`. Returns None where there is one definition: then nothing was varied.
    """
    found, published = space.search(claim_id, figure, tables), claims.claim(claim_id).figure(figure)
    known = found.dropna(subset="value")
    if len(known) < 2:
        return None
    exact = int(known["match"].sum())
    natural, low, high = found["value"].iloc[0], known["value"].min(), known["value"].max()
    chance = space.chance(claim_id, figure, tables or Tables())
    firmness = null.level(found, chance)
    # What no word of a report points to has no definition that its words suggest.
    whose = published.rests == "area"
    ours = ("the definition that the words suggest", "this book’s own yardstick")[whose]
    ours_fr = ("la définition que suggère le texte", "l’étalon de ce livre")[whose]
    low_high, de_a = published.span(low, high)
    said = (
        f"{p.none(exact)} of {p.count(len(known), 'definition')} tried {'gives' if exact < 2 else 'give'} what was published "
        f"({published.text}): {ours} gives {published.number(natural)}, and together they run from {low_high}."
    )
    said_fr = (
        f"{fr.word(exact, feminine=True)} des {fr.word(len(known))} définitions essayées "
        f"{'donnent' if exact > 1 else ('donne' if exact else 'ne donne')} ce qui a été publié ({published.text_fr}) : {ours_fr} "
        f"donne {published.number_fr(natural)}, et toutes ensemble vont {de_a}."
    )
    if chance.numbers >= null.FEWEST:
        reached, reached_fr = _part(chance.reached, chance.numbers)
        said += (
            f" Would another number have fitted as well? Of the {p.word(chance.numbers)} numbers near ours that could have been "
            f"published instead, {reached} {'is' if reached == 'one' else 'are'} given by at least one definition"
        )
        said_fr += (
            f" Un autre nombre aurait-il convenu aussi bien ? Parmi les {fr.word(chance.numbers)} nombres proches du nôtre qui "
            f"auraient pu être publiés, {reached_fr} "
            f"{'est donné' if reached_fr == 'un' else 'n’est donné' if reached_fr == 'aucun' else 'sont donnés'} par au moins une définition"
        )
        if exact:
            as_well, as_well_fr = _part(chance.as_well, chance.numbers)
            said += f" and {as_well} by definitions of as much weight"
            said_fr += f" et {as_well_fr} par des définitions d’autant de poids"
        said, said_fr = f"{said}.", f"{said_fr}."
    rule, rule_fr = null.LEVELS[firmness], null.LEVELS_FR[firmness]
    if whose:
        rule = rule.replace("The definition that the words suggest", "This book’s own yardstick")
        rule_fr = rule_fr.replace("La définition que suggère le texte", "L’étalon de ce livre")
    if exact == 1:
        rule, rule_fr = _alone(rule, _OTHERS), _alone(rule_fr, _OTHERS_FR)
    if exact:  # where none gives it, the first sentence has said so
        said, said_fr = f"{said} {rule}", f"{said_fr} {rule_fr}"
    said, said_fr = f"{said} Level: {firmness}.", f"{said_fr} Niveau : {null.NAMES_FR[firmness]}."
    return p.sentence(said), fr.upper(said_fr)


def _alone(text: str, words: dict[str, str]) -> str:
    """Return what a level says where one definition gives the figure."""
    for several, one in words.items():
        text = text.replace(several, one)
    return text


def _part(share: float, of: int) -> tuple[str, str]:
    """Say how many of a few numbers, or which percentage of many; of all of them that it is all."""
    if share == 1:
        return "all", "tous"
    if of >= 2 * d.SMALL_COUNT:
        return p.percent(share), fr.percent(share)
    count = round(share * of)
    return p.none(count), fr.word(count)
