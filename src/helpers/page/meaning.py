"""What a verdict means, in words for the parts that bring it about and no others."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.audit import claims, rule
from helpers.data import Tables
from helpers.words.both import Both, joined

Two = tuple[str, str]

UNCLEAR: Two = ("chance may explain it", "le hasard peut l’expliquer")
FEW: Two = ("too few to tell", "trop peu pour trancher")
"""Why counts that differ leave a part open."""

_STATED: dict[str, dict[bool, Two]] = {
    "reproduced": {
        False: (
            "The likeliest reading gives the published figure.",
            "La lecture la plus probable donne le chiffre publié.",
        ),
        True: (
            "By its likeliest reading the statement holds.",
            "Selon sa lecture la plus probable, l’affirmation est vraie.",
        ),
    },
    "not reproduced": {
        False: (
            "No reading of the words gives the published figure.",
            "Aucune lecture du texte ne donne le chiffre publié.",
        ),
        True: ("By no reading does the statement hold.", "L’affirmation n’est vraie selon aucune lecture."),
    },
}
"""Meaning of a verdict on numbers alone, and on statements without a number alone."""
_OPEN: dict[Two, Two] = {
    UNCLEAR: (
        "Later months settle it neither way: chance may explain the change.",
        "Les mois suivants ne tranchent pas : le hasard peut expliquer la variation.",
    ),
    FEW: (
        "Later months settle it neither way: the counts are below twenty.",
        "Les mois suivants ne tranchent pas : les nombres sont inférieurs à vingt.",
    ),
}
"""Why later months leave a projection open, where it is one reason for all its parts."""
_MIXED: dict[bool, Two] = {
    True: (
        "At least one part of the statement holds and another does not; each has its own verdict.",
        "Une partie au moins de l’affirmation est confirmée, une autre ne l’est pas ; chacune a son verdict.",
    ),
    False: (
        "At least one part of the statement holds; of another it is not known. Each has its own verdict.",
        "Une partie au moins de l’affirmation est confirmée ; pour une autre, on ne sait pas. Chacune a son verdict.",
    ),
}
"""What a mixed verdict means, by whether a part fails or is only not known to hold."""
_CLOSE: dict[str, Two] = {
    "vintage": (
        "A reading of the words misses it by no more than the source usually changes such counts when it revises them.",
        "Une lecture du texte s’en écarte sans dépasser ce que la source change d’habitude à ces décomptes en les révisant.",
    ),
    "unparted": (
        "It lies within the room that every count gets, though no revision parts us here.",
        "L’écart tient dans la marge accordée à tout décompte, bien qu’aucune révision ne nous sépare ici du rapport.",
    ),
    "rounding": (
        "A source gives it but for rounding or conversion.",
        "Une source le donne, à l’arrondi ou à la conversion près.",
    ),
    "": (
        "Another reading of the words gives it; the likeliest does not.",
        "Une autre lecture du texte le donne ; la plus probable non.",
    ),
}
"""What brings a figure close, by reason code; the empty one for all others."""


_ORDER: Two = (
    "Of the two counts the report’s larger one is the larger here too, but no reading of the words gives their sizes.",
    "Le plus grand des deux nombres du rapport l’est ici aussi, mais aucune lecture du texte n’en donne les valeurs.",
)
"""Stands where a report sets two counts beside each other: neither alone has a way."""
_NO_ROOM: Two = (
    "What came of a projection has no room for revisions: one export counts both years.",
    "L’issue d’une projection ne bénéficie d’aucune marge de révision : un même export compte les deux années.",
)
"""Stands where that room would have made the verdict another."""


def _unparted(row: claims.Row, tables: Tables | None) -> bool:
    """Tell whether the published count that a figure carries on is ours too: no revision of it parts the two."""
    if not (row.figure and row.figure.continues):
        return False
    claim_id, quantity = row.figure.continues
    carried = claims.evaluate(claim_id, tables).rows
    return any(one.figure and one.figure.quantity == quantity and one.verdict == "reproduced" for one in carried)


def rule_words(
    verdict: str,
    rows: tuple[claims.Row, ...] = (),
    doubts: Iterable[Two | None] = (),
    tables: Tables | None = None,
) -> Two:
    """Return what a verdict means, in English and in French, for the parts that bring it about and no others.

    Parameters
    ----------
    verdict : str
        That of the whole.
    rows : tuple of Row
        The parts.
    doubts : iterable of pairs of str
        What leaves parts open: chance, or small counts.
    tables : Tables, optional
        Those that the parts were evaluated on.
    """
    own = [row for row in rows if row.verdict == verdict]
    if verdict == "close" and own:
        ways = dict.fromkeys(
            "unparted" if _unparted(row, tables) else row.reason if row.reason in _CLOSE else "" for row in own
        )
        said = joined(Both(*_CLOSE[reason]) for reason in ways)
        return said.en, said.fr
    if verdict == rule.MIXED and rows:
        sides = {rule.SIDES[row.verdict] for row in rows} - {"holds"}
        return _meaning(verdict) if len(sides) > 1 else _MIXED[sides != {"unknown"}]
    if verdict == "direction only" and own and all(rule.part_face(verdict, row.figure) == rule.ORDERED for row in own):
        return _ORDER
    reasons = set(doubts) - {None}
    if verdict == "unsettled" and len(reasons) == 1:
        return next(words for doubt, words in _OPEN.items() if doubt in reasons)
    stated = {row.figure.test == "true" for row in own if row.figure}
    if verdict in _STATED and len(stated) == 1:
        return _STATED[verdict][stated.pop()]
    en, french = _meaning(verdict)
    if verdict == "direction only" and any(
        row.figure and row.computed is not None and rule.near_but_for_export(row.figure, row.computed) for row in own
    ):
        return f"{en} {_NO_ROOM[0]}", f"{french} {_NO_ROOM[1]}"
    return en, french


def _meaning(verdict: str) -> Two:
    return claims.VERDICTS[verdict], claims.VERDICTS_FR[verdict]
