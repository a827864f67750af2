"""What things are called, once in each language: who acts, where, when.

The names are parts of sentences. A `Noun` is counted, a `Place` is where something happens, a period stands in a
sentence or at an axis. Nothing else in the project writes these names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from helpers import definitions as d
from helpers import french, prose
from helpers.keys import SHORT
from helpers.windows import MONTHS as ENGLISH_MONTHS
from helpers.windows import Window, half, month, quarter, year
from helpers.words.both import Both, listing


@dataclass(frozen=True)
class Noun:
    """What is counted, in singular and plural."""

    one: Both
    many: Both
    """As in `militant Islamist event` and `militant Islamist events`."""
    feminine: bool = False
    """Gender of the French noun."""

    def counted(self, value: int) -> Both:
        """Return a count with the noun, small counts in words.

        Examples
        --------
        >>> EVENTS["islamist"].counted(1)
        Both(en='one militant Islamist event', fr='un événement impliquant des groupes islamistes armés')
        """
        en = prose.count(value, self.one.en, self.many.en)
        return Both(en, french.count(value, self.one.fr, self.many.fr, feminine=self.feminine))


VIOLENT = Noun(Both("violent event", "événement violent"), Both("violent events", "événements violents"))
EVENT = Noun(Both("event", "événement"), Both("events", "événements"))
DEATH = Noun(Both("death", "mort"), Both("deaths", "morts"))
"""What is added up, where a title says elsewhere of what kind it is."""

GROUPS: dict[str, Both] = {
    "islamist": Both("militant Islamists", "les groupes islamistes armés"),
    "jnim": Both("JNIM", "le GSIM (JNIM)"),
    "flm": Both("Katiba Macina", "la katiba Macina"),
    "is-sahel": Both("Islamic State Sahel", "l’État islamique au Sahel"),
    "state": Both("state forces", "les forces de l’État"),
    "wagner": Both("Wagner", "Wagner"),
    "partners": Both("their Russian partners", "leurs partenaires russes"),
    "state-or-wagner": Both("state forces or Wagner", "les forces de l’État ou Wagner"),
    "state-side": Both("state forces and their Russian partners", "les forces de l’État et leurs partenaires russes"),
    "separatist": Both("separatists", "les séparatistes"),
    "platform": Both("pro-government northern groups", "les groupes pro-gouvernementaux du nord"),
    "militia": Both("militias", "les milices"),
    "un": Both("the UN mission", "la mission de l’ONU"),
    "france-partners": Both("France and partners", "la France et ses partenaires"),
    "civilians": Both("civilians", "les civils"),
    "unidentified": Both("unidentified armed groups", "des groupes armés non identifiés"),
    "other": Both("others", "d’autres"),
}
"""Groups as the subject of a sentence, by id of `definitions.GROUPS` and of the palette."""

_SPELLED: tuple[tuple[Both, Both], ...] = (
    (Both("JNIM", "GSIM (JNIM)"), Both("JNIM (Al Qaeda’s branch)", "GSIM (JNIM, branche d’Al-Qaïda)")),
    (Both("FLA", "FLA"), Both("FLA (northern separatists)", "FLA (séparatistes du nord)")),
)
"""Groups that readers meet by abbreviation, and how a text says at first who they are."""


def spelled(text: Both) -> Both:
    """Say of each group that a text first names by abbreviation who it is.

    Examples
    --------
    >>> spelled(Both("FLA and JNIM attack Gao; JNIM leaves", "Le FLA et le GSIM (JNIM) attaquent Gao")).en
    'FLA (northern separatists) and JNIM (Al Qaeda’s branch) attack Gao; JNIM leaves'
    """
    for short, long in _SPELLED:
        en, fr = ((getattr(text, x), getattr(short, x), getattr(long, x)) for x in ("en", "fr"))
        text = Both(*(re.sub(rf"\b{re.escape(old)}(?!\w)", new, said, count=1) for said, old, new in (en, fr)))
    return text


STATE_SIDE_SHORT = Both("state forces and Russian partners", "les forces de l’État et leurs partenaires russes")
"""`state-side` where a title has no room for more."""


_PAIRS = ("state-side", "france-partners")
"""Groups of two names, each of which takes its preposition in French."""


def _event(en: str, fr: str) -> Noun:
    return Noun(Both(en.format("event"), fr.format("événement")), Both(en.format("events"), fr.format("événements")))


EVENTS: dict[str, Noun] = {
    "islamist": _event("militant Islamist {}", "{} impliquant des groupes islamistes armés"),
    "violent": Noun(
        Both("violent event by any side", "événement violent (tous belligérants)"),
        Both("violent events by all sides", "événements violents (tous belligérants)"),
    ),
    "totals": Noun(
        Both("event of political violence by any side", "événement de violence politique (tous belligérants)"),
        Both(
            "events of political violence by all sides",
            "événements de violence politique (tous belligérants)",
        ),
    ),
    "attacks": Noun(
        Both("attack on civilians by any side", "attaque contre des civils (tous belligérants)"),
        Both("attacks on civilians by all sides", "attaques contre des civils (tous belligérants)"),
        feminine=True,
    ),
}
"""Nouns of the makers in `helpers.measures.catalogue`."""


ATTACKS_APART = Noun(
    Both("attack on civilians (abductions apart)", "attaque contre des civils hors enlèvements"),
    Both("attacks on civilians (abductions apart)", "attaques contre des civils hors enlèvements"),
    feminine=True,
)
"""The class `attacks` of `definitions.METHODS` where a page also counts ACLED's event type, which holds abductions."""
WITH_ABDUCTIONS = Both("abductions included", "enlèvements compris")
"""What is said of that event type, whose attacks by side stand beside those of the class."""


WAGNER: dict[bool, Noun] = {
    False: Noun(
        Both("event that names Wagner as an actor", "événement qui nomme Wagner comme acteur"),
        Both("events that name Wagner as an actor", "événements qui nomment Wagner comme acteur"),
    ),
    True: Noun(
        Both("event whose record names Wagner anywhere", "événement dont la fiche mentionne Wagner"),
        Both("events whose record names Wagner anywhere", "événements dont la fiche mentionne Wagner"),
    ),
}
"""Events of Wagner, by whether the record need only mention it."""


UCDP: dict[str, Noun] = {
    "": Noun(
        Both("death counted by UCDP", "mort recensé par l’UCDP"),
        Both("deaths counted by UCDP", "morts recensés par l’UCDP"),
    ),
    "state-based": Noun(
        Both("death in fights with the state (UCDP)", "mort dans les combats impliquant l’État (UCDP)"),
        Both("deaths in fights with the state (UCDP)", "morts dans les combats impliquant l’État (UCDP)"),
    ),
    "non-state": Noun(
        Both("death in fights between groups (UCDP)", "mort dans les combats entre groupes (UCDP)"),
        Both("deaths in fights between groups (UCDP)", "morts dans les combats entre groupes (UCDP)"),
    ),
    "one-sided": Noun(
        Both("death in one-sided violence (UCDP)", "mort dans les violences unilatérales (UCDP)"),
        Both("deaths in one-sided violence (UCDP)", "morts dans les violences unilatérales (UCDP)"),
    ),
}
"""Deaths by UCDP's type of violence; the empty key is all of them."""

METHODS: dict[str, Noun] = {
    "clashes": Noun(Both("armed clash", "affrontement armé"), Both("armed clashes", "affrontements armés")),
    "attacks": Noun(
        Both("attack on civilians", "attaque contre des civils"),
        Both("attacks on civilians", "attaques contre des civils"),
        feminine=True,
    ),
    "abductions": Noun(Both("abduction", "enlèvement"), Both("abductions", "enlèvements")),
    "air": Noun(
        Both("air or drone strike", "frappe aérienne ou de drone"),
        Both("air and drone strikes", "frappes aériennes et de drones"),
        feminine=True,
    ),
    "shelling": Noun(
        Both("shelling or grenade attack", "tir d’obus ou attaque à la grenade"),
        Both("shelling and grenade attacks", "tirs d’obus et attaques à la grenade"),
    ),
    "bombs": Noun(
        Both("mine or roadside bomb", "mine ou engin explosif"),
        Both("mines and roadside bombs", "mines et engins explosifs"),
        feminine=True,
    ),
    "mobs": Noun(
        Both("act of mob violence", "violence de foule"),
        Both("acts of mob violence", "violences de foule"),
        feminine=True,
    ),
    "property": Noun(
        Both("attack on property", "atteinte aux biens"),
        Both("attacks on property", "atteintes aux biens"),
        feminine=True,
    ),
    "protests": Noun(Both("protest", "manifestation"), Both("protests", "manifestations"), feminine=True),
}
"""Ways of fighting, by class of `definitions.METHODS`; property is looting and burning."""
UNEVEN = Both(
    "ACLED does not record attacks on property (looting, burning) systematically: counts of different years compare poorly",
    "ACLED ne relève pas systématiquement les atteintes aux biens (pillages, incendies) : d’une année à l’autre, leurs nombres "
    "se comparent mal",
)
"""What ACLED says of its strategic developments, to which attacks on property belong: they carry no title and no ratio."""
WAYS: dict[str, Both] = {way: noun.many for way, noun in METHODS.items()} | {"attacks": ATTACKS_APART.many}
"""Plurals of `METHODS` for a sentence that may stand beside counts of that event type."""


def involving(group: str) -> Noun:
    """Name the events in which a group takes part."""
    who = GROUPS[group]
    return _event(f"{{}} involving {who.en}", f"{{}} impliquant {who.fr}")


def fights(one: str, other: str) -> Noun:
    """Name the fights between two groups."""
    a, b = GROUPS[one], GROUPS[other]
    return Noun(
        Both(f"fight between {a.en} and {b.en}", f"combat entre {a.fr} et {b.fr}"),
        Both(f"fights between {a.en} and {b.en}", f"combats entre {a.fr} et {b.fr}"),
    )


def of(group: str) -> str:
    """Return a group in French behind `de`, with its elisions.

    Examples
    --------
    >>> of("state"), of("jnim")
    ('des forces de l’État', 'du GSIM (JNIM)')
    """
    return of_each(GROUPS[group].fr) if group in _PAIRS else french.of(GROUPS[group].fr)


def of_each(name: str) -> str:
    """Put `de` before a French name, and again before the second of a pair.

    Examples
    --------
    >>> of_each("les forces de l’État et leurs partenaires russes")
    'des forces de l’État et de leurs partenaires russes'
    """
    return " et ".join(french.of(part) for part in name.split(" et "))


def attacks(group: str) -> Noun:
    """Name attacks on civilians by a group.

    Examples
    --------
    >>> attacks("state").many
    Both(en='attacks on civilians by state forces', fr='attaques des forces de l’État contre des civils')
    """
    who, by = GROUPS[group], of(group)
    return Noun(
        Both(f"attack on civilians by {who.en}", f"attaque {by} contre des civils"),
        Both(f"attacks on civilians by {who.en}", f"attaques {by} contre des civils"),
        feminine=True,
    )


def deaths(noun: Noun) -> Noun:
    """Name the deaths in what a noun counts.

    Examples
    --------
    >>> deaths(EVENTS["islamist"]).many.en
    'deaths in militant Islamist events'
    >>> deaths(METHODS["bombs"]).many
    Both(en='deaths from mines and roadside bombs', fr='morts par mines et engins explosifs')
    """
    if noun == METHODS["bombs"]:  # in a mine people dig for gold
        of, par = noun.many.en, noun.many.fr
        return Noun(Both(f"death from {of}", f"mort par {par}"), Both(f"deaths from {of}", f"morts par {par}"))
    inside = f"les {noun.many.fr}"
    return Noun(
        Both(f"death in {noun.many.en}", f"mort dans {inside}"),
        Both(f"deaths in {noun.many.en}", f"morts dans {inside}"),
    )


# --------------------------------------------------------------------------- places


@dataclass(frozen=True)
class Place:
    """Where a measure counts: the country, or what filters left of it."""

    zones: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """Ids; empty where not filtered."""
    km: int = 0
    """Radius around Bamako; 0 where not filtered."""

    def within(self, **given: object) -> Place:
        """Return the place after one more filter."""
        return replace(self, **given)  # type: ignore[arg-type]

    @property
    def name(self) -> Both:
        """The place as a name: `southern Mali`, `the Kayes region`."""
        if self.regions:
            return listing(region(one) for one in self.regions)
        if self.zones:
            return listing(ZONES[one] for one in self.zones)
        return MALI if not self.km else Both(f"{self.km} km around Bamako", f"les {self.km} km autour de Bamako")

    @property
    def where(self) -> Both:
        """The place as an adverb: `in southern Mali`, `within 150 km of Bamako`."""
        near = Both(f"within {self.km} km of Bamako", f"à moins de {self.km} km de Bamako") if self.km else None
        if len(self.regions) > 1 and "Bamako" not in self.regions:
            shown = listing(Both(short(x).en, french.of(short(x).fr)) for x in self.regions)
            found: Both | None = Both(f"in the {shown.en} regions", f"dans les régions {shown.fr}")
        elif self.regions:
            found = listing(Both(f"in {region(x).en}", f"dans {region(x).fr}") for x in self.regions)
        elif self.zones:
            found = listing(Both(f"in {ZONES[x].en}", f"dans {ZONES[x].fr}") for x in self.zones)
        else:
            found = None if near else Both("in Mali", "au Mali")
        if found and near:
            return Both(f"{found.en}, {near.en}", f"{found.fr}, {near.fr}")
        return found or near or MALI


def placed(what: Both, places: Iterable[Place]) -> Both:
    """Add to what several measures count together the place that they share, as a name; nothing where places differ."""
    found = set(places)
    if len(found) > 1:
        return what
    place = found.pop()
    return what + ", " + (Both("Mali", "Mali") if place == Place() else place.name)


MALI = Both("Mali", "le Mali")
ZONES: dict[str, Both] = {
    "north": Both("northern Mali", "le nord du Mali"),
    "centre": Both("central Mali", "le centre du Mali"),
    "south": Both("southern Mali", "le sud du Mali"),
}
"""Zones inside a sentence."""


def region(name: str) -> Both:
    """Return a region inside a sentence.

    Examples
    --------
    >>> region("Segou"), region("Bamako").en
    (Both(en='the Ségou region', fr='la région de Ségou'), 'the district of Bamako')
    """
    shown = prose.region_name(name)
    en = f"the district of {shown}" if name == "Bamako" else f"the {shown} region"
    return Both(en, french.the_region(name))


def short(region: str) -> Both:
    """Return a region as a row of a chart names it: `Ségou`."""
    return Both(prose.region_name(region), french.region_name(region))


def step(name: Both, before: float, now: float) -> Both:
    r"""Return a name with its counts before and now, which no line breaks apart.

    Examples
    --------
    >>> step(short("Kayes"), 36, 1146).fr
    'Kayes (36\xa0→\xa01\u202f146)'
    """
    return Both(
        f"{name.en} ({prose.number(before)}\u00a0→\u00a0{prose.number(now)})",
        f"{name.fr} ({french.number(before)}\u00a0→\u00a0{french.number(now)})",
    )


# --------------------------------------------------------------------------- periods

_ORDINALS = ("first", "second", "third", "fourth")
PERIODS: dict[str, Noun] = {
    "month": Noun(Both("month", "mois"), Both("months", "mois")),
    "quarter": Noun(Both("quarter", "trimestre"), Both("quarters", "trimestres")),
    "half": Noun(Both("half-year", "semestre"), Both("half-years", "semestres")),
    "year": Noun(Both("year", "année"), Both("years", "années"), feminine=True),
}
"""What a series counts by."""
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def window_of(period: str) -> Window:
    """Return the months of a period by its key: `2023`, `2023H1`, `2023Q2`, `2023-06`."""
    if "H" in period:
        return half(period)
    if "Q" in period:
        return quarter(int(period[:4]), int(period[5]))
    return Window(month(period), month(period)) if "-" in period else year(int(period))


def period(key: str) -> Both:
    """Return a period inside a sentence.

    Examples
    --------
    >>> period("2023Q3"), period("2023H1").en, period("2023-06"), period("2023").en
    (Both(en='the third quarter of 2023', fr='le troisième trimestre 2023'), 'the first half of 2023', Both(en='June 2023', fr='juin 2023'), '2023')
    """
    if "Q" in key:
        return Both(f"the {_ORDINALS[int(key[5]) - 1]} quarter of {key[:4]}", french.long_quarter(key))
    if "H" in key:
        which = int(key[5]) - 1
        return Both(
            f"the {_ORDINALS[which]} half of {key[:4]}", f"le {('premier', 'second')[which]} semestre {key[:4]}"
        )
    name = window_of(key)
    return Both(name.label, french.label(name))


def tick(key: str) -> Both:
    """Return a period as a row of a table or a tooltip names it: short, and no code.

    Examples
    --------
    >>> tick("2023Q3"), tick("2023H1").en, tick("2023-06").fr
    (Both(en='Jul-Sep 2023', fr='juil.-sept. 2023'), 'Jan-Jun 2023', 'juin 2023')
    """
    if len(key) == 4:
        return Both(key, key)
    span = window_of(key)
    if span.months == 1:
        return Both(span.label, french.label(span))
    a, b = span.first.month - 1, span.last.month - 1
    return Both(f"{_EN[a]}-{_EN[b]} {key[:4]}", f"{_FR[a]}-{_FR[b]} {key[:4]}")


_EN, _FR = SHORT["en"], SHORT["fr"]
_MONTH_WORDS = dict(zip((*ENGLISH_MONTHS, *_EN), (*french.MONTHS, *_FR), strict=True))
_MONTHS = re.compile(rf"\b(?:{'|'.join(_MONTH_WORDS)})\b(?=[- ](?:\d{{4}}|[A-Z]|to [A-Z])|$)")


_TO = re.compile(r" to (?=\w+\.?(?: \d{4})?$)")


def tick_fr(text: str) -> str:
    """Return the French of a text that holds English names of months, short or long, as `tick` writes them.

    Examples
    --------
    >>> tick_fr("Jul-Sep 2023"), tick_fr("June 2023"), tick_fr("Mopti")
    ('juil.-sept. 2023', 'juin 2023', 'Mopti')
    >>> tick_fr("July 2012 to June 2013")
    'juillet 2012 à juin 2013'
    >>> tick_fr("April to September 2026"), tick_fr("Jan-Jun 2025 to February")
    ('avril à septembre 2026', 'janv.-juin 2025 à février')
    """
    told = _MONTHS.sub(lambda found: _MONTH_WORDS[found[0]], text)
    return told if told == text else _TO.sub(" à ", told)


def span(window: Window) -> Both:
    """Return a window as subtitles give it, in full: `July 2022 to June 2023`."""
    return Both(window.label, french.label(window))


def ending(window: Window) -> Both:
    """Return a window by its end, as prose does.

    Examples
    --------
    >>> from helpers.windows import window
    >>> ending(window("2022-07", "2023-06"))
    Both(en='the year to June 2023', fr='l’année qui s’achève en juin 2023')
    >>> ending(window("2023-01", "2023-06")).en, ending(window("2022-01", "2022-12")).en
    ('the first half of 2023', '2022')
    """
    first, last = window.first, window.last
    if window.months == 12 and first.month != 1:
        return Both(f"the year to {prose_month(last).en}", f"l’année qui s’achève en {prose_month(last).fr}")
    if window.months == 6 and first.month in (1, 7):
        return period(f"{first.year}H{1 if first.month == 1 else 2}")
    if window.months == 3 and first.month % 3 == 1:
        return period(f"{first.year}Q{(first.month + 2) // 3}")
    return span(window)


def during(window: Window) -> Both:
    """Return a window as an adverb: `in the year to June 2023`, `au premier semestre 2023`."""
    found = ending(window)
    fr = found.fr
    if fr.startswith("le "):
        fr = f"au {fr[3:]}"
    elif fr.startswith("l’année"):
        fr = f"dans {fr}"
    else:
        fr = french.at(fr)
    return Both(f"in {found.en}", fr)


def prose_month(when: pd.Period) -> Both:
    """Return a month inside a sentence."""
    only = Window(when, when)
    return Both(only.label, french.label(only))


def day(date: str) -> Both:
    """Return a day (`YYYY-MM-DD`) in words.

    Examples
    --------
    >>> day("2023-03-05")
    Both(en='5 March 2023', fr='5 mars 2023')
    """
    return Both(f"{int(date[8:])} {prose_month(month(date[:7])).en}", french.day_name(date))


def bare_month(when: pd.Period) -> Both:
    """Return a month's name without its year."""
    return Both(ENGLISH_MONTHS[when.month - 1], french.MONTHS[when.month - 1])


def group_label(group: str) -> Both:
    """Return a group as a legend names it: a capital letter, no article."""
    who = GROUPS[group]
    if group == "state-side":  # a legend has no room for more
        return Both("State forces and partners", "Forces de l’État et partenaires")
    bare = who.fr
    for article in ("les ", "le ", "la ", "l’", "des ", "d’"):
        bare = bare.removeprefix(article) if bare.startswith(article) else bare
    return Both(french.upper(who.en), french.upper(bare))


def _known() -> None:
    missing = [
        name for name in d.GROUP_IDS if name not in GROUPS and name not in ("none", "jnim-or-is", "islamist-other")
    ]
    if missing:
        raise ValueError(f"no name in two languages for {missing}")


_known()
