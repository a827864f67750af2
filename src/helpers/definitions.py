"""Every definition that moves a figure, in one place.

Chapters, measures and the method pages read these objects; nothing else in the project decides
what a militant Islamist event is, where the south begins or how far "around Bamako" reaches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pandas as pd

# --------------------------------------------------------------------------- event types

BATTLES = "Battles"
REMOTE = "Explosions/Remote violence"
VAC = "Violence against civilians"
OTHER = "Other political violence"

VIOLENT = (BATTLES, REMOTE, VAC)
"""ACLED event types that count as violent events (ACLED codebook, "Event types")."""

EVENT_TYPES = (*VIOLENT, OTHER)
"""`OTHER` holds what ACLED's political-violence aggregate adds to `VIOLENT`: mob violence and
excessive force against protesters. It never enters a militant Islamist count."""


# --------------------------------------------------------------------------- groups


@dataclass(frozen=True)
class Group:
    """A group of actors as the book counts them."""

    id: str
    """Short name used in the tables (`side1`, `side2`)."""
    label: str
    """Name shown to readers."""
    family: str
    """`islamist`, `state`, `russia`, `separatist`, `militia`, `international`, `civilians`, `unidentified` or
    `other`."""
    note: str
    """What belongs here and why."""


GROUPS: tuple[Group, ...] = (
    Group(
        "jnim",
        "JNIM",
        "islamist",
        "Jama'at Nusrat al-Islam wal-Muslimin and, before and after its founding in March 2017, "
        "its components by their own names: Ansar Dine, AQIM, Al Mourabitoune, Katiba Serma, Katiba Gourma.",
    ),
    Group(
        "flm",
        "Katiba Macina (FLM)",
        "islamist",
        "Katiba Macina, also called the Macina Liberation Front, where the source names it as an actor. "
        "From 2022 on ACLED codes nearly all of its attacks as JNIM.",
    ),
    Group(
        "is-sahel",
        "Islamic State Sahel (ISGS)",
        "islamist",
        "Islamic State in the Greater Sahara under its three successive names in ACLED, "
        "the last being Islamic State Sahel Province.",
    ),
    Group(
        "jnim-or-is",
        "JNIM or Islamic State",
        "islamist",
        "Events whose source could not tell the two apart: one actor string names both. "
        "Militant Islamist, but counted for neither.",
    ),
    Group(
        "islamist-other",
        "Other militant Islamist",
        "islamist",
        "MUJAO (2011-2013), Ansaroul Islam of Burkina Faso, and militants that the source calls Islamist "
        "without naming a group.",
    ),
    Group(
        "state",
        "Malian state forces",
        "state",
        "Army, gendarmerie, police, national and forest guards, and mutinies within them.",
    ),
    Group(
        "wagner",
        "Wagner / Africa Corps",
        "russia",
        "Wagner Group (from December 2021) and its successor Africa Corps, where named as an actor.",
    ),
    Group(
        "separatist",
        "Separatist groups",
        "separatist",
        "Azawad movements outside the pro-government Platform: MNLA, HCUA, CMA and its members, "
        "CSP since its turn against the state in 2023, FLA since November 2024.",
    ),
    Group(
        "platform",
        "Pro-government northern groups",
        "militia",
        "GATIA, MSA, Ganda Izo, the Platform and other northern groups that sided with the state.",
    ),
    Group(
        "militia",
        "Self-defence and communal militias",
        "militia",
        "Dan Na Ambassagou, Dozo hunters, and ethnic, communal and clan militias.",
    ),
    Group(
        "un",
        "United Nations",
        "international",
        "MINUSMA (July 2013 to December 2023) and the African-led mission before it.",
    ),
    Group(
        "france-partners",
        "France and partners",
        "international",
        "French forces (Serval, Barkhane), Takuba contributors, the G5 Sahel force and neighbouring armies.",
    ),
    Group("civilians", "Civilians", "civilians", "Civilians of any nationality."),
    Group(
        "unidentified",
        "Unidentified armed groups",
        "unidentified",
        "Armed groups that the source could not name. Many are thought to be militant Islamist; "
        "the book leaves them out and shows what adding them would change.",
    ),
    Group("other", "Others", "other", "Rioters, protesters, private guards and armed groups of other countries."),
    Group("none", "No second actor", "other", "The event has one recorded actor, as with many roadside bombs."),
)

GROUP_IDS: tuple[str, ...] = tuple(group.id for group in GROUPS)
LABELS: dict[str, str] = {group.id: group.label for group in GROUPS}

MILITANT_ISLAMIST: tuple[str, ...] = tuple(g.id for g in GROUPS if g.family == "islamist")
"""Group ids that make an event militant Islamist (MI)."""

JNIM_WIDE: tuple[str, ...] = ("jnim", "flm")
"""JNIM with Katiba Macina, its largest component."""

FLM_PROXY_ZONES: tuple[str, ...] = ("centre", "south")
"""Where JNIM stands in for Katiba Macina once the source stops naming the katiba."""


@dataclass(frozen=True)
class ActorPattern:
    """One row of the actor table: a pattern on ACLED's actor name and the group it means."""

    pattern: str
    """Regular expression, matched at the start of the actor's name."""
    group: str
    """Group id."""
    first: str = ""
    last: str = ""
    """Months (`YYYY-MM`) between which the pattern holds; empty where it always does."""
    reason: str = ""
    """Why the name means the group."""


# Order matters: the first match wins, so joint and special names stand before general ones.
ACTORS: tuple[ActorPattern, ...] = (
    ActorPattern(r"JNIM.* and/or Islamic State", "jnim-or-is", reason="one actor string for two organisations"),
    ActorPattern(r"JNIM\b|Group for Support of Islam", "jnim", reason="the coalition by its own name"),
    ActorPattern(r"Katiba Macina|Macina Liberation Front|FLM\b", "flm", reason="ACLED's name for the FLM"),
    ActorPattern(r"Katiba (Serma|Gourma)", "jnim", reason="JNIM units in the Gourma and Serma areas"),
    ActorPattern(r"Ansar Dine", "jnim", reason="JNIM component, forerunner until March 2017"),
    ActorPattern(r"AQIM\b|Al Qaeda in the Islamic Maghreb", "jnim", reason="its Sahara branch is a JNIM component"),
    ActorPattern(
        r"Al Mourabitoune|GMA: Mourabitounes|Al Furqan Battalion|Signed-in-Blood|Those Who Sign|Al Qaeda$",
        "jnim",
        reason="AQIM-line units that joined JNIM",
    ),
    ActorPattern(r"Islamic State", "is-sahel", reason="one line of organisations under three names"),
    ActorPattern(r"MUJAO\b|Movement for Unity and Jihad", "islamist-other", reason="dissolved in August 2013"),
    ActorPattern(r"Ansaroul Islam|Ansarul Islam", "islamist-other", reason="Burkinabe group, ally of JNIM"),
    ActorPattern(
        r"Islamist Militia|MIA: Islamic Movement|Ansar al-Sharia|Boko Haram|Movement of the Liberation of Maasina",
        "islamist-other",
        reason="named Islamist: group unknown, or a minor one of 2012-2013",
    ),
    ActorPattern(r"Wagner|Africa Corps", "wagner", first="2021-12", reason="arrival in December 2021"),
    ActorPattern(
        r"(Mutiny of )?(Military|Police) Forces of Mali|Government of Mali|Forest Guards \(Mali\)",
        "state",
        reason="armed and security forces of Mali, any year and branch",
    ),
    ActorPattern(
        r"(Mutiny of )?MINUSMA|MISMA|AFISMA|African-led International Support Mission",
        "un",
        reason="UN mission and its African-led forerunner",
    ),
    ActorPattern(
        r"G5S|Military Forces of (?!Mali)|Police Forces of (?!Mali)|Takuba|Unidentified Military Forces"
        r"|Government of (?!Mali)",
        "france-partners",
        reason="foreign forces at work in Mali",
    ),
    ActorPattern(
        r"CMA:|MNLA\b|HCUA\b|MAA: .*\(CMA\)|FLA\b|CSP\b|FNLA\b|FPA:|CMFPR2|CPA:|CJA:|CSP-PSD|CSP-DPA"
        r"|FLN: Front for the Liberation of the Northern|High Council for the Azawad|CME:",
        "separatist",
        reason="Azawad movements outside the Platform",
    ),
    ActorPattern(
        r"GATIA|MSA\b|MSA-|MSA:|Ganda Izo|Gandakoy|Platform\b|CMFPR1|MAA\b|MPSA",
        "platform",
        reason="northern groups aligned with the state",
    ),
    ActorPattern(
        r"Dan Na Ambassagou|Dozo|VDP\b|Alliance for the Salvation|ANSIPRJ|ATEM|COMAPEC|FPR:|MPRLT|Militia \(Pro-Government\)"
        r"|.*(Ethnic|Communal|Clan|Hawi) Militia",
        "militia",
        reason="self-defence and communal militias",
    ),
    ActorPattern(r"Civilians", "civilians", reason="any nationality"),
    ActorPattern(r"Unidentified (Armed Group|Gunmen)", "unidentified", reason="the source names no group"),
    ActorPattern(
        r"Rioters|Protesters|Private Security|Militia \((Students|Miners)\)|ADEMA",
        "other",
        reason="not an armed organisation of this conflict",
    ),
)


@cache
def group_of(actor: str, month: str = "") -> str | None:
    """Return the group id of an ACLED actor name.

    `actor`: actor as ACLED spells it, with or without years and branches. Empty means no actor. `month`: month of the
    event, `YYYY-MM`; patterns with dates apply only within them. Returns the group id, or None where no pattern fits:
    the caller must count and list such names.

    Examples
    --------
    >>> group_of("Islamic State (West Africa) - Greater Sahara Faction")
    'is-sahel'
    >>> group_of("Military Forces of Mali (2020-2021)")
    'state'
    """
    if not actor:
        return "none"
    for row in ACTORS:
        if re.match(row.pattern, actor) and (
            not month or ((not row.first or month >= row.first) and (not row.last or month <= row.last))
        ):
            return row.group
    return None


# --------------------------------------------------------------------------- places

ZONES: dict[str, tuple[str, ...]] = {
    "north": ("Gao", "Kidal", "Menaka", "Taoudenit", "Tombouctou"),
    "centre": ("Mopti", "Segou"),
    "south": ("Bamako", "Kayes", "Koulikoro", "Sikasso"),
}
"""The two reports' own grouping of regions. Taoudenit stands within Tombouctou in every source used."""

ZONE_LABELS: dict[str, str] = {"north": "Northern Mali", "centre": "Central Mali", "south": "Southern Mali"}

REGIONS: tuple[str, ...] = (
    "Bamako",
    "Gao",
    "Kayes",
    "Kidal",
    "Koulikoro",
    "Menaka",
    "Mopti",
    "Segou",
    "Sikasso",
    "Tombouctou",
)
"""Regions as the tables carry them (ten: Taoudenit is inside Tombouctou)."""

ZONE_OF: dict[str, str] = {region: zone for zone, regions in ZONES.items() for region in regions}

REGION_NAMES: dict[str, str] = {"Menaka": "Ménaka", "Segou": "Ségou", "Taoudenit": "Taoudénit"}
"""Spelling shown to readers where it differs from the key in the tables."""

CERCLE_NAMES: dict[str, str] = {
    "Abeibara": "Abeïbara",
    "Bafoulabe": "Bafoulabé",
    "Baraoueli": "Baraouéli",
    "Diema": "Diéma",
    "Dioila": "Dioïla",
    "Dire": "Diré",
    "Djenne": "Djenné",
    "Kenieba": "Kéniéba",
    "Kolondieba": "Kolondiéba",
    "Menaka": "Ménaka",
    "Niafunke": "Niafunké",
    "Segou": "Ségou",
    "Tenenkou": "Ténenkou",
    "Yelimane": "Yélimané",
}
"""Spelling of cercles shown to readers where it differs from the key in the tables."""

BAMAKO: tuple[float, float] = (12.6500, -8.0000)
"""Latitude and longitude of Bamako (Natural Earth populated places, rounded to 0.01 degree)."""

BAMAKO_BANDS_KM: tuple[int, ...] = (50, 100, 150, 200, 250)
"""Upper edges of the bands of great-circle distance to Bamako; the last band is open."""

BAMAKO_RADIUS_KM = 150
"""Radius that both reports use for "around Bamako"."""

BAND_LABELS: tuple[str, ...] = ("0-50", "50-100", "100-150", "150-200", "200-250", "250+")

EARTH_RADIUS_KM = 6371.0088
"""Mean Earth radius (IUGG), for great-circle distances."""

# --------------------------------------------------------------------------- time

COUP_2020 = "2020-08"
"""Month in which the junta took power (18 August 2020)."""
COUP_2021 = "2021-05"
"""Month of the second coup (24 May 2021)."""
EVER_FROM = "2012-01"
"""First month that a record is held against: the project's event tables begin with it."""
WAGNER_ARRIVAL = "2021-12"
"""Month of Wagner's arrival."""
MINUSMA_REQUEST = "2023-06"
"""Month in which the government asked MINUSMA to leave (16 June 2023)."""
MINUSMA_END = "2023-12"
"""Month in which MINUSMA ended (31 December 2023)."""

# --------------------------------------------------------------------------- ways of fighting

METHODS: dict[str, tuple[str, ...]] = {
    "clashes": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "attacks": ("Attack", "Sexual violence"),
    "abductions": ("Abduction/forced disappearance",),
    "air": ("Air/drone strike",),
    "shelling": ("Shelling/artillery/missile attack", "Grenade", "Chemical weapon"),
    "bombs": ("Remote explosive/landmine/IED", "Suicide bomb"),
    "mobs": ("Mob violence", "Excessive force against protesters"),
    "property": ("Looting/property destruction",),
    "protests": ("Peaceful protest", "Protest with intervention", "Violent demonstration"),
}
"""Our own classes of ACLED's sub-event types, coarser than these; other sub-event types are in none."""

VIOLENT_METHODS: tuple[str, ...] = ("clashes", "attacks", "abductions", "air", "shelling", "bombs")
"""Classes that make up the violent event types (`VIOLENT`); property and protests are no violent events."""

POLITICAL_METHODS: tuple[str, ...] = (*VIOLENT_METHODS, "mobs")
"""Classes whose sum is ACLED's political violence, which the totals count."""

METHOD_TYPES: dict[str, tuple[str, ...]] = {
    "Battles": ("clashes",),
    "Explosions/Remote violence": ("air", "shelling", "bombs"),
    "Violence against civilians": ("attacks", "abductions"),
    "Other political violence": ("mobs",),
}
"""Event types of the table of actors, and the classes that sum to them."""

# --------------------------------------------------------------------------- forecasts

FORESEEN: dict[str, tuple[str, str]] = {
    "events-all": ("totals", "events"),
    "deaths-all": ("totals", "fatalities"),
    "events-islamist": ("actors", "events"),
    "deaths-islamist": ("actors", "deaths"),
    "attacks-islamist": ("actors", "vac"),
    "events-bamako": ("actors", "bamako"),
    "deaths-ucdp": ("ucdp_types", ""),
    "deaths-ucdp-state": ("ucdp_types", "state-based"),
}
"""What the project forecasts: the table of each series, and what is counted in it (a column, a key of
`helpers.measures.foreseen.BY_ACTOR`, or a type of UCDP's; empty: all)."""

# --------------------------------------------------------------------------- footprint

CELL_DEGREES = 0.1
"""Edge of the cells in the footprint table. Its area shrinks with latitude and is computed, not assumed."""

FOOTPRINT_CELLS: tuple[float, ...] = (0.02, 0.025, 0.05, 0.1, 0.2, 0.25, 0.5)
"""Cell sizes (degrees) for which the footprint's area is given."""

FOOTPRINT_BUFFERS_KM: tuple[float, ...] = (1, 1.5, 2, 2.5, 3, 4, 5, 10, 15, 20, 25)
"""Buffer radii (km) around event locations for which the footprint's area is given."""

# --------------------------------------------------------------------------- uncertainty and rounding

SMALL_COUNT = 10
"""Counts below this carry a caveat in the book: one event more or less moves the figure visibly."""

VINTAGE_TOLERANCE = 0.08
"""Share by which a figure of events may differ from the published one and still be called close.

ACLED goes on revising months after it first publishes them. In the export of August 2020 the seven months of
2020 held 287 militant Islamist events; today's tables hold 310, eight percent more (table `vintages`; a test
holds this constant against it, to the whole percent). The reports saw their last months as fresh as that.
"""


def round_half_up(value: float, digits: int = 0) -> float:
    """Round as people do: halves away from zero.

    Python and pandas round halves to even, which contradicts published figures.

    `value`: number to round. `digits`: decimals to keep; negative for tens, hundreds and so on.

    Examples
    --------
    >>> round_half_up(2.5), round_half_up(-0.125, 2), round_half_up(1450, -2)
    (3.0, -0.13, 1500.0)
    """
    return float(half_up(value, digits))


def half_up(value: float, decimals: int = 0) -> Decimal:
    """Round half up and keep the decimals, for text.

    Examples
    --------
    >>> half_up(2.5), half_up(0.125, 2)
    (Decimal('3'), Decimal('0.13'))
    """
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def rounded(values: pd.Series, digits: int = 0) -> pd.Series:
    """Round each number as `round_half_up` does: what a table holds is what a sentence says; missing ones stay missing.

    Examples
    --------
    >>> rounded(pd.Series([2.5, 0.5, float("nan")])).tolist()
    [3.0, 1.0, nan]
    """
    return values.map(lambda value: round_half_up(value, digits), na_action="ignore")


def groups_frame() -> pd.DataFrame:
    """Return the groups as a frame for the definitions page (columns: id, label, family, note)."""
    return pd.DataFrame([vars(group) for group in GROUPS])


def actors_frame() -> pd.DataFrame:
    """Return the actor patterns as a frame for the definitions page."""
    return pd.DataFrame([vars(row) for row in ACTORS])
