"""How much of a figure's definition space gives it, and what that is worth: in words, in both languages."""

from __future__ import annotations

from helpers import french as fr
from helpers import prose as p
from helpers.audit import claims, null, space
from helpers.data import Tables


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
    chance = null.against_others(published, found)
    firmness = null.level(found, chance)
    # What no word of a report points to has no definition that its words suggest.
    whose = published.rests == "area"
    ours = ("the definition that the words suggest", "this book’s own yardstick")[whose]
    ours_fr = ("la définition que suggèrent les mots", "l’étalon de ce livre")[whose]
    said = (
        f"{p.word(exact) if exact else 'none'} of {p.count(len(known), 'definition')} tried {'gives' if exact < 2 else 'give'} "
        f"the published {published.text}: {ours} gives {published.number(natural)}, all of them "
        f"{published.number(low).removesuffix(published.suffix[0])} to {published.number(high)}."
    )
    said_fr = (
        f"{fr.word(exact, feminine=True) if exact else 'aucune'} des {fr.number(len(known))} définitions essayées "
        f"{'donnent' if exact > 1 else ('donne' if exact else 'ne donne')} le chiffre publié, {published.text_fr} : {ours_fr} "
        f"donne {published.number_fr(natural)}, toutes ensemble de "
        f"{published.number_fr(low).removesuffix(published.suffix[1])} à {published.number_fr(high)}."
    )
    if chance.numbers >= null.FEWEST:
        said += (
            f" Would another number have fitted as well? Of the {p.number(chance.numbers)} numbers near ours that could have been "
            f"published instead, {p.percent(chance.reached)} are given by at least one definition"
        )
        said_fr += (
            f" Un autre nombre aurait-il convenu aussi bien ? Parmi les {fr.number(chance.numbers)} nombres proches du nôtre qui "
            f"auraient pu être publiés, {fr.percent(chance.reached)} sont donnés par au moins une définition"
        )
        if exact:
            said += f" and {p.percent(chance.as_well)} by definitions of as much weight"
            said_fr += f" et {fr.percent(chance.as_well)} par des définitions d’autant de poids"
        said, said_fr = f"{said}.", f"{said_fr}."
    rule, rule_fr = null.LEVELS[firmness], null.LEVELS_FR[firmness]
    if whose:
        rule = rule.replace("The definition that the words suggest", "This book’s own yardstick")
        rule_fr = rule_fr.replace("La définition que suggèrent les mots", "L’étalon de ce livre")
    if exact:  # where none gives it, the first sentence has said so
        said, said_fr = f"{said} {rule}", f"{said_fr} {rule_fr}"
    said, said_fr = f"{said} Level: {firmness}.", f"{said_fr} Niveau : {null.NAMES_FR[firmness]}."
    return p.sentence(said), fr.upper(said_fr)
