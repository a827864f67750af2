"""What the choices of the audit's search are called inside the sentence in which a reader changes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpers import french
from helpers import prose as p
from helpers.audit.choices import ONE_WINDOW, Space, span
from helpers.windows import Window
from helpers.words.both import Both, listing
from helpers.words.names import ZONES, Place, short

ACTORS: dict[str, Both] = {
    "mi": Both("involving militant Islamist groups", "impliquant des groupes islamistes armés"),
    "mi+unidentified": Both(
        "involving militant Islamist or unidentified armed groups",
        "impliquant des groupes armés islamistes ou non identifiés",
    ),
    "jnim": Both("involving JNIM or Katiba Macina alone", "impliquant le GSIM (JNIM) ou la katiba Macina seuls"),
    "flm-mentioned": Both("whose record names Katiba Macina anywhere", "dont la fiche mentionne la katiba Macina"),
    "flm-named": Both("that name Katiba Macina as an actor", "qui nomment la katiba Macina comme acteur"),
    "is": Both("involving Islamic State Sahel", "impliquant l’État islamique au Sahel"),
    "is+joint": Both(
        "involving Islamic State Sahel, or it or JNIM",
        "impliquant l’État islamique au Sahel, ou bien lui ou le GSIM",
    ),
    "everyone": Both("by any actor", "tous belligérants confondus"),
    "wagner-wide": Both("whose record names Wagner anywhere", "dont la fiche mentionne Wagner"),
    "wagner-wide-acting": Both(
        "whose record names Wagner, on the acting side", "dont la fiche nomme Wagner, du côté qui agit"
    ),
    "wagner-narrow": Both("that name Wagner as an actor", "qui nomment Wagner comme acteur"),
    "wagner-narrow-acting": Both(
        "that name Wagner as an actor, on the acting side", "qui nomment Wagner comme acteur, du côté qui agit"
    ),
}
"""Whose events are counted, behind the events; keys as in `audit.choices.ACTORS`."""

TYPES: dict[str, Both] = {
    "violent": Both("all violent events", "tous les événements violents"),
    "hit": Both("events that hit civilians", "les événements qui touchent des civils"),
    "vac": Both("attacks on civilians", "les attaques contre des civils"),
    "fighting": Both("battles and explosions", "les combats et explosions"),
}
"""Which events are counted; keys as in `audit.choices.TYPES`."""

PART_TYPES: dict[str, Both] = {
    "hit": Both("in events that hit civilians", "dans des événements qui touchent des civils"),
    "vac": Both("in attacks on civilians", "dans des attaques contre des civils"),
}
"""The part of a whole, by kind of event."""

COUNTED: dict[str, Both] = {
    "events": Both("the events", "les événements"),
    "fatalities": Both("the deaths", "les morts"),
    "area_km2": Both("its land", "la surface"),
    "population": Both("its people", "la population"),
}
"""What is added up; keys as in `audit.choices.COUNTED`."""

LABELS: dict[str, Both] = {
    "types": Both("Which events", "Quels événements"),
    "actors": Both("Who counts", "Qui compte"),
    "place": Both("Where", "Où"),
    "counted": Both("What is counted", "Ce qui est compté"),
    "method": Both("How land is measured", "Comment la surface est mesurée"),
    "months": Both("Which months", "Quels mois"),
    "part_actors": Both("Share: who", "Part : qui"),
    "part_types": Both("Share: which events", "Part : quels événements"),
    "part_place": Both("Share: where", "Part : où"),
}
"""Names of the controls, for those who hear the page; the order is that of the sentence."""


def _in(when: Window) -> Both:
    return Both(f"{'from' if ' to ' in when.label else 'in'} {when.label}", french.at(french.label(when)))


def months(now: str, before: str = "", *, per_month: bool = False) -> Both:
    """Return a window, with the one it is compared with, as the end of a sentence.

    Examples
    --------
    >>> months("2022-05..2022-08", "2021", per_month=True)
    Both(en='in May-August 2022 against 2021, by the month', fr='en mai-août 2022 contre 2021, par mois')
    >>> months("2022-07..2023-06").fr
    'de juillet 2022 à juin 2023'
    """
    found = _in(span(now))
    if before:
        base = span(before)
        found += Both(f" against {base.label}", f" contre {french.stretch(french.label(base))}")
    return found + Both(", by the month", ", par mois") if per_month and before else found


def place(key: str, *, inside: bool = True) -> Both:
    r"""Return a place of the search as an adverb, or as a name.

    Examples
    --------
    >>> place("150 km"), place("Mali").fr
    (Both(en='within 150 km of Bamako', fr='à moins de 150\u202fkm de Bamako'), 'dans tout le Mali')
    >>> place("centre+north", inside=False), place("Gao+Menaka")
    (Both(en='central and northern Mali', fr='le centre et le nord du Mali'), Both(en='in Gao and Ménaka', fr='à Gao et à Ménaka'))
    >>> place("Gao+Menaka", inside=False).en
    'Gao and Ménaka'
    """
    if key == "Mali":
        return Both("in all of Mali", "dans tout le Mali") if inside else Both("all of Mali", "tout le Mali")
    if key.endswith(" km"):
        return Place(km=int(key.removesuffix(" km"))).where
    parts = key.split("+")
    if parts[0] not in ZONES:
        names = [short(part) for part in parts]
        if not inside:
            return listing(names)
        return Both(f"in {p.listing(name.en for name in names)}", french.listing(f"à {name.fr}" for name in names))
    en = f"{p.listing(ZONES[part].en.removesuffix(' Mali') for part in parts)} Mali"
    fr = f"{french.listing(ZONES[part].fr.removesuffix(' du Mali') for part in parts)} du Mali"
    return Both(f"in {en}", f"dans {fr}") if inside else Both(en, fr)


def method(name: str, size: float) -> Both:
    r"""Return how land is measured.

    Examples
    --------
    >>> method("cell", 0.1), method("buffer", 5).fr
    (Both(en='with cells of 0.1 degree', fr='de carrés de 0,1 degré'), 'de disques de 5\u202fkm')
    """
    fr = f"{size:g}".replace(".", ",")
    if name == "cell":
        return Both(f"with cells of {size:g} degree", f"de carrés de {fr} degré")
    return Both(f"with discs of {size:g} km around events", f"de disques de {fr} km")


Piece = Both | str
"""A piece of a sentence: words, or the name of a choice."""


def sentence(measure: str) -> list[Piece]:
    """Return the sentence in which the choices of a measure stand.

    `measure`: a key of `audit.space.MEASURES`.
    """
    if measure == "land and people":
        return [
            Both("Take ", "Prenez "),
            "place",
            Both(" and count ", " et mesurez-en "),
            "counted",
            Both("; then take the share of all of Mali.", " ; prenez-en la part dans tout le Mali."),
        ]
    begin: list[Piece] = [Both("Take ", "Prenez "), "types", " ", "actors", " ", "place"]
    if measure.startswith("area"):
        land = Both(" and measure the land ", " et mesurez la surface ")
        return [*begin, Both(", cover them ", ", couvrez-les "), "method", land, "months", "."]
    begin += [Both(" and count ", " et comptez "), "counted", " ", "months"]
    if measure == "pace":
        return [*begin, Both("; then carry the pace on for a year.", " ; prolongez ce rythme sur un an.")]
    if measure != "share":
        return [*begin, "."]
    share = Both("; then take the share", " ; prenez-en la part")
    return [*begin, share, " ", "part_actors", " ", "part_types", " ", "part_place", "."]


def option(name: str, value: Any, spaces: Sequence[Space]) -> Both:
    """Return one choice in words.

    `name`: a key of `LABELS`. `value`: what `audit.choices` holds for it; for `method` a pair of name and size.
    `spaces`: the searches that share the sentence.
    """
    if name == "months":
        compared = any(space.measure not in ONE_WINDOW for space in spaces)
        return months(value.now, value.before if compared else "", per_month=value.per_month)
    if name == "method":
        return method(*value)
    if name in ("place", "part_place"):
        return place(value, inside=name != "place" or spaces[0].measure != "land and people")
    words = {"types": TYPES, "actors": ACTORS, "counted": COUNTED, "part_actors": ACTORS, "part_types": PART_TYPES}
    return words[name][value]


def together(found: Sequence[Both]) -> Both:
    """Return what several figures count each in its own way: `the events and the deaths`."""
    return Both(p.listing(one.en for one in found), french.listing(one.fr for one in found))
