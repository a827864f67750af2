"""French for the labels that English charts carry, so that French words can name what a chart shows.

One entry a label, as it stands inside a sentence; names that are the same in both languages stand for themselves.
"""

from __future__ import annotations

from helpers.errors import DataError

TERMS: dict[str, str] = {
    # categories of the chronology
    "Politics": "la politique",
    "Violence": "la violence",
    # indices
    "Method before 2022": "méthode d’avant 2022",
    "Method since 2022": "méthode depuis 2022",
    "Freedom of expression": "la liberté d’expression",
    "Civil society": "la société civile",
    "Liberal democracy": "la démocratie libérale",
    # groups
    "JNIM": "le GSIM",
    "Islamic State Sahel (ISGS)": "l’État islamique au Sahel",
    "State forces": "les forces de l’État",
    "State forces and Wagner": "les forces de l’État et Wagner",
    "Separatists": "les séparatistes",
    "UN, France and partners": "l’ONU, la France et leurs partenaires",
    "Unidentified": "des groupes non identifiés",
    "Others": "d’autres groupes",
    "JNIM or Islamic State": "le GSIM ou l’État islamique",
    # zones, and lanes of the calendar
    "Northern Mali": "le nord du Mali",
    "Central Mali": "le centre du Mali",
    "Southern Mali": "le sud du Mali",
    "The state and its capital": "l’État et sa capitale",
    "Mopti and Douentza": "Mopti et Douentza",
    "War in the north": "la guerre dans le nord",
    "Accord and movements": "l’accord et les mouvements",
    # series of forecasts
    "Events": "événements",
    "Deaths": "morts",
    "Attacks": "attaques",
    "Attacks on civilians": "attaques contre des civils",
    "Around Bamako": "autour de Bamako",
    # levels of a number of the audit (masculine)
    "Level: Robust": "robustes",
    "Level: Fragile": "fragiles",
    "Level: Rival": "rivaux",
    "Level: Undecided": "indécis",
    "Level: Weak match": "peu probants",
    "Level: None exactly": "sans définition exacte",
    # the data
    "Political-violence events": "événements de violence politique",
    "Deaths in them": "morts dans ces événements",
    "Militant Islamist events": "événements impliquant des groupes islamistes armés",
    "Attacks on civilians by them": "attaques de ces groupes contre des civils",
    # Wagner
    "Before": "avant",
    "Not named": "Wagner non nommé",
    "Named anywhere": "Wagner nommé",
    "Named as actor": "Wagner acteur",
}
SAME = frozenset({"Wagner", "Africa Corps", "MINUSMA", "Takuba", "ACLED", "UCDP"})
"""Names that need no translation."""


def term(label: str) -> str:
    """Return a label of a chart in French.

    Raises `DataError`: the label has no entry: a new label must not slip into French text in English.

    Examples
    --------
    >>> term("Politics"), term("Wagner")
    ('la politique', 'Wagner')
    """
    if label in SAME:
        return label
    if label not in TERMS:
        raise DataError(f"No French is known for the label {label!r}: add it to helpers.terms.")
    return TERMS[label]
