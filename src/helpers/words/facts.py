"""French of the chronology's sentences, each beside the hash of the English that it translates (`chronology_fr.csv`)."""

from __future__ import annotations

import csv
import hashlib
import math
import re
from functools import cache
from pathlib import Path
from typing import Any

from helpers import french, prose
from helpers.french import spaced
from helpers.words.both import Both

FILE = Path(__file__).parent / "chronology_fr.csv"


@cache
def _told() -> dict[tuple[str, str], str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {(row["id"], row["of"]): spaced(row["fr"]) for row in csv.DictReader(file)}


def digest(event: str) -> str:
    """Return the hash by which a French sentence knows its English."""
    return hashlib.sha256(event.encode()).hexdigest()[:12]


def both(identity: str, event: str) -> Both:
    """Return an entry's sentence in both languages; twice the English where nobody has put this very English into French.

    `identity`, `event`: `id` and `event` of a row of the `chronology` table.

    Examples
    --------
    >>> both("2023-11-14-army-takes-kidal", "Malian army takes Kidal from the rebels").fr
    'L’armée malienne prend Kidal aux rebelles'
    >>> both("2023-11-14-army-takes-kidal", "Changed since").fr
    'Changed since'
    """
    return Both(event, _told().get((identity, digest(event)), event))


DEAD = {
    "people": Both("person killed|people killed", "mort|morts"),
    "soldiers": Both("soldier killed|soldiers killed", "soldat tué|soldats tués"),
    "civilians": Both("civilian killed|civilians killed", "civil tué|civils tués"),
    "peacekeepers": Both("peacekeeper killed|peacekeepers killed", "Casque bleu tué|Casques bleus tués"),
    "journalists": Both("journalist killed|journalists killed", "journaliste tué|journalistes tués"),
    "attackers": Both("attacker killed|attackers killed", "assaillant tué|assaillants tués"),
    "CMA members": Both(
        "member of the CMA killed|members of the CMA killed", "membre de la CMA tué|membres de la CMA tués"
    ),
    "Wagner fighters": Both(
        "Wagner fighter killed|Wagner fighters killed", "combattant de Wagner tué|combattants de Wagner tués"
    ),
}
"""Whom a toll counts, by the word of the `unit` column: one and several."""
BOUNDS = {
    "at least": Both("at least", "au moins"),
    "about": Both("about", "environ"),
    "more than": Both("more than", "plus de"),
}
"""How exact a toll is."""
COUNTED = {
    "CMA count": Both("by the CMA’s count", "selon la CMA"),
    "France": Both("by France’s account", "selon la France"),
    "HRW": Both("by Human Rights Watch’s count", "selon Human Rights Watch"),
    "HRW witness": Both("by a witness’s account to Human Rights Watch", "selon un témoin cité par Human Rights Watch"),
    "JNIM claim": Both("by JNIM’s claim", "selon le GSIM (JNIM)"),
    "MINUSMA": Both("by MINUSMA’s count", "selon la MINUSMA"),
    "MSA": Both("by the MSA’s count", "selon le MSA"),
    "UN": Both("by the UN’s count", "selon l’ONU"),
    "army": Both("by the army’s count", "selon l’armée"),
    "community statement": Both("by a statement of the community", "selon un communiqué de la communauté"),
    "defence minister": Both("by the defence minister’s count", "selon le ministre de la Défense"),
    "early count": Both("an early count", "décompte des premiers jours"),
    "first count": Both("a first count", "premier décompte"),
    "first toll": Both("a first toll", "premier bilan"),
    "government": Both("by the government’s count", "selon le gouvernement"),
    "local officials": Both("by local officials", "selon des responsables locaux"),
    "local sources": Both("by local sources", "selon des sources locales"),
    "military source": Both("by a military source", "selon une source militaire"),
    "official toll": Both("the official toll", "bilan officiel"),
    "first and only": Both("the only one given", "le seul publié"),
    "presidency": Both("by the presidency’s count", "selon la présidence"),
    "president": Both("by the president’s count", "selon le président"),
    "provisional": Both("provisional", "bilan provisoire"),
    "rebel claim": Both("by the rebels’ claim", "selon les rebelles"),
    "revised": Both("revised", "bilan révisé"),
    "security source": Both("by a security source", "selon une source sécuritaire"),
    "sources": Both("by its source", "selon ses sources"),
    "state media": Both("by state media", "selon les médias d’État"),
    "union official": Both("by a union official", "selon un responsable syndical"),
}
"""Who counted, and how final the count is, by the words that the `unit` column has in brackets."""
_TOLL = re.compile(rf"({'|'.join(DEAD)}) killed(?: \((.+)\))?")


def toll(value: float, unit: str) -> Both | None:
    """Return the toll that an entry holds, with who counted it; None where it holds none of its own day.

    Examples
    --------
    >>> toll(157, "people killed (MINUSMA, at least)")
    Both(en='at least 157 people killed, by MINUSMA’s count', fr='au moins 157 morts, selon la MINUSMA')
    >>> toll(1, "soldiers killed").fr
    'un soldat tué'
    >>> toll(80, "fuel lorries burned (about)")
    """
    found = _TOLL.fullmatch(unit)
    if not found or math.isnan(value):
        return None
    said = (found[2] or "").split(", ") if found[2] else []
    which = 0 if value == 1 else 1
    dead = DEAD[found[1]].each(lambda text: text.split("|")[which])
    number = Both(prose.word(int(value)), french.word(int(value)))
    bound = [BOUNDS[one] for one in said if one in BOUNDS]
    by = [COUNTED[one] for one in said if one not in BOUNDS]
    amount = (
        Both(f"{' '.join(b.en for b in bound)} {number.en}", f"{' '.join(b.fr for b in bound)} {number.fr}")
        if bound
        else number
    )
    return Both(
        ", ".join([f"{amount.en} {dead.en}", *(one.en for one in by)]),
        ", ".join([f"{amount.fr} {dead.fr}", *(one.fr for one in by)]),
    )


def told(row: Any) -> Both:
    """Return what a list says of an entry: its sentence, and its toll where the sentence does not say it.

    `row`: row of the `chronology` table.

    Examples
    --------
    >>> from collections import namedtuple
    >>> row = namedtuple("row", "id event value unit")("", "Gunmen attack a wedding", 21.0, "people killed (at least)")
    >>> told(row).en, told(row._replace(event="Gunmen kill 21 people")).en
    ('Gunmen attack a wedding: at least 21 people killed', 'Gunmen kill 21 people')
    """
    said, dead = both(row.id, row.event), toll(float(row.value), row.unit)
    if dead is None or re.search(
        rf"\b(?:{prose.number(row.value)}|{prose.word(int(row.value))})\b", said.en, re.IGNORECASE
    ):
        return said
    english = f"{said.en}: {dead.en}"
    return Both(english, f"{said.fr} : {dead.fr}" if said.fr != said.en else english)
