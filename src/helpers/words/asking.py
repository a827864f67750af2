"""What the page of one's own questions says: templates of its answers, names of its choices, why a choice is not to be had."""

from __future__ import annotations

from helpers import french, prose
from helpers.figures import SMALL_CAVEAT
from helpers.windows import Window
from helpers.words import names
from helpers.words.both import Both
from helpers.words.judgement import ANOTHER_ORDER, OPEN

WORDS: dict[str, Both] = {
    "change": Both(
        "{subject} {moved}, {during} {base} (95 percent interval of the change: {low} to {high} percent).",
        "{during}, {base}, les {subject} {moved} (intervalle à 95 % de la variation : {low} à {high} %).",
    ),
    "few": Both("{subject} {moved}, {during} {base}.", "{subject} : {a}, {during}, contre {before}, {then}."),
    "neither": Both("{subject}: {a}, {during}, as {then}.", "{subject} : {a}, {during}, comme {then}."),
    "alone": Both("{subject}: {a}, {during}.", "{subject} : {a}, {during}."),
    "part": Both(
        "{subject}: {a}, {during}, {percent} percent of the {b} {other}.",
        "{subject} : {a}, {during}, soit {percent} % des {b} {other}.",
    ),
    "whole": Both(
        "{subject}: {a}, {during}; {other} are {b} of them, {percent} percent.",
        "{subject} : {a}, {during}, dont {b} {other}, soit {percent} %.",
    ),
    "rise": Both(
        "{subject}: {a}, {during}, clearly more than {other}, {b} ({ratio} times as many; 95 percent interval: {low} to {high}).",
        "{subject} : {a}, {during}, nettement plus que les {other}, {b} ({ratio} fois autant ; intervalle à 95 % : {low} à {high}).",
    ),
    "level": Both(
        "{subject}: {a}, {during}, about as many as {other}, {b} (95 percent interval of the ratio: {low} to {high}).",
        "{subject} : {a}, {during}, à peu près autant que les {other}, {b} (intervalle à 95 % du rapport : {low} à {high}).",
    ),
    "unclear": Both(
        "{subject}: {a}, {during}, {ratio} times as many as {other}, {b}; "
        + ANOTHER_ORDER.en
        + " (95 percent interval of the ratio: {low} to {high}).",
        "{subject} : {a}, {during}, soit {ratio} fois les {other}, {b} ; "
        + ANOTHER_ORDER.fr
        + " (intervalle à 95 % du rapport : {low} à {high}).",
    ),
    "beside": Both("{subject}: {a}, {during}; {other}: {b}.", "{subject} : {a}, {during} ; {other} : {b}."),
    "what": Both("{subject}, by {period}, {reach}", "{subject}, par {period}, {reach}"),
    "pair": Both(
        "{subject}, and {other}, by {period}, {reach}",
        "{subject}, et {other}, par {period}, {reach}",
    ),
    "reach": Both("{first} to {last}", "{first} à {last}"),
    "hollow": Both(
        "; the first or last {period}, held in part, is hollow", " ; évidé, au début ou à la fin : {incomplete}"
    ),
    "left-out": Both("; a {period} held in part is left out of the line", " ; hors de la ligne : {incomplete}"),
    "in-part": Both("; a {period} may be held in part", " ; les périodes montrées peuvent être incomplètes"),
    "fresh": Both(
        "; with dashed edges, from {since} on: provisional",
        " ; à bords en tirets, à partir de {since} : provisoire",
    ),
    "fresh-line": Both("; dashed from {since} on: provisional", " ; en tirets à partir de {since} : provisoire"),
    "fresh-table": Both("; provisional from {since} on", " ; provisoire à partir de {since}"),
    "held": Both("months held (of {months})", "mois présents (sur {months})"),
    "provisional": Both(
        "UCDP’s months from {since} on are provisional.",
        "Les mois de l’UCDP à partir de {since} sont provisoires.",
    ),
    "seam-2017": Both(
        "Events to 2016: a file that ACLED gave out in 2020; later ones: one of 2021.",
        "Événements jusqu’en 2016 : un fichier d’ACLED de 2020 ; ensuite : un fichier de 2021.",
    ),
    "seam-2017-2021": Both(
        "Events to 2016: a file that ACLED gave out in 2020; 2017 to 2020: one of 2021; later ones: one of 2025.",
        "Événements jusqu’en 2016 : un fichier d’ACLED de 2020 ; de 2017 à 2020 : un fichier de 2021 ; ensuite : un fichier de 2025.",
    ),
    "seam-2021": Both(
        "Events to 2020: a file that ACLED gave out in 2021; later ones: one of 2025.",
        "Événements jusqu’en 2020 : un fichier d’ACLED de 2021 ; ensuite : un fichier de 2025.",
    ),
    "overlap": Both(
        "The two may hold the same events, so their ratio has no interval.",
        "Les deux peuvent contenir les mêmes événements : leur rapport n’a pas d’intervalle.",
    ),
    "apart": Both(
        "The interval takes the two as independent of each other.",
        "L’intervalle tient les deux pour indépendants l’un de l’autre.",
    ),
    "small": SMALL_CAVEAT,
    "alt": Both(
        "Columns by {period}, {reach}: {subject}; the highest is {peak} with {most}.",
        "Colonnes par {period}, {reach} : {subject} ; maximum : {most} ({peak}).",
    ),
    "alt-pair": Both(
        "Lines by {period}, {reach}: {subject}, highest {peak} with {most}; {other}, highest {peak2} with {most2}.",
        "Lignes par {period}, {reach} : {subject}, maximum : {most} ({peak}) ; {other}, maximum : {most2} ({peak2}).",
    ),
    "what-regions": Both("{subject}, by region, {span}", "{subject}, par région, {span}"),
    "pair-regions": Both("{subject}, and {other}, by region, {span}", "{subject}, et {other}, par région, {span}"),
    "alt-regions": Both(
        "Bars by region, {span}: {subject}; the longest is {peak} with {most}.",
        "Barres par région, {span} : {subject} ; la plus longue : {peak} ({most}).",
    ),
    "alt-regions-months": Both(
        "Bars by region: {subject}; {span}, the longest is {peak} with {most}; {base}, {peak2} with {most2}.",
        "Barres par région : {subject} ; {span}, la plus longue : {peak} ({most}) ; {base}, {peak2} ({most2}).",
    ),
    "alt-pair-regions": Both(
        "Bars by region, {span}: {subject}, the longest {peak} with {most}; {other}, the longest {peak2} with {most2}.",
        "Barres par région, {span} : {subject}, la plus longue : {peak} ({most}) ; {other}, la plus longue : {peak2} ({most2}).",
    ),
    "most": Both("Most{when}: {first}; then {second}", "En tête{when} : {first} ; puis {second}"),
    "most-tied": Both("Most{when}: {first}", "En tête{when} : {first}"),
    "most-alone": Both("{first}{when}; none in the other regions", "{first}{when} ; zéro dans les autres régions"),
    "rises": Both("clear rise: {regions}", "nette hausse : {regions}"),
    "falls": Both("clear fall: {regions}", "net recul : {regions}"),
    "rank": Both("{regions}, {a}", "{regions}, {a}"),
    "ranks": Both("{regions}, {a} each", "{regions}, {a} par région"),
    "open": OPEN,
    "ways": Both("This table does not tell who acted.", "Cette table ne dit pas qui a agi."),
    "left": Both(
        "Wagner said in {left} that its mission in Mali was over; Africa Corps, which stayed, counts as Wagner here.",
        "Wagner a annoncé en {left} la fin de sa mission au Mali ; Africa Corps, resté, compte ici comme Wagner.",
    ),
    "ends": Both("These counts end in {end}.", "Ces nombres s’arrêtent en {end}."),
    "narrow": Both(
        "Counted only where the record names Wagner as an actor.",
        "Seuls comptent les événements dont la fiche nomme Wagner comme acteur.",
    ),
    "mentions": Both("More events only mention it.", "D’autres événements ne font que le mentionner."),
    "arrival": Both(
        "Wagner was not yet in Mali then ({span}): it came in {arrival}.",
        "Wagner n’était alors pas encore au Mali ({span}) : il y est arrivé en {arrival}.",
    ),
    "rest": Both("other months", "autres mois"),
}
"""What an answer says; words in braces are filled in."""

INCOMPLETE = {
    "month": Both("month held in part", "mois incomplet"),
    "quarter": Both("quarter held in part", "trimestre incomplet"),
    "half": Both("half-year held in part", "semestre incomplet"),
    "year": Both("year held in part", "année incomplète"),
}
"""A period of which a chart does not hold all months."""

ASIDE: dict[str, Both] = {
    "attacks-all": Both("with abductions", "enlèvements compris"),
    "way-attacks": Both("without abductions", "sans les enlèvements"),
    "violent": Both("without mob violence", "sans les violences de foule"),
    "totals": Both("with mob violence", "violences de foule comprises"),
}
"""What tells two measures apart whose names nearly agree, behind each name in its menu."""

GROUPS: dict[str, Both] = {
    "who": Both("Events by who takes part", "Événements, selon qui y prend part"),
    "attacks": Both("Attacks on civilians, by who acts", "Attaques contre des civils, selon leur auteur"),
    "all": Both("All sides", "Tous les belligérants"),
    "ways": Both("Ways of fighting, all sides", "Manières de combattre, tous belligérants"),
    "ucdp": Both("Deaths counted by UCDP", "Morts recensés par l’UCDP"),
}
DRAW = {
    "near": Both("with the five years before", "avec les cinq années précédentes"),
    "all": Both("all months", "tous les mois"),
    "only": Both("only the months compared", "seulement les mois comparés"),
}
AGAINST = {
    "before": Both("the months just before", "les mois juste avant"),
    "year": Both("the same months a year earlier", "les mêmes mois un an plus tôt"),
    "months": Both("other months, as many", "d’autres mois, aussi nombreux"),
    "place": Both("another place", "un autre lieu"),
    "group": Both("another group or measure", "un autre groupe ou une autre mesure"),
    "nothing": Both("nothing", "rien"),
}

CONTROLS: dict[str, Both] = {
    "what": Both("What", "Quoi"),
    "of": Both("Counted", "Compté"),
    "where": Both("Where", "Où"),
    "first": Both("From", "De"),
    "last": Both("to", "à"),
    "by": Both("By", "Par"),
    "against": Both("Against", "Par rapport à"),
    "other": Both("Which", "Lequel"),
    "draw": Both("Chart", "Graphique"),
    "events": Both("events", "événements"),
    "fatalities": Both("deaths", "morts"),
    "questions": Both("Ten questions to begin with", "Dix questions pour commencer"),
    "ask": Both("Choose what is counted", "Choisir ce qui est compté"),
    "code": Both("The same in a notebook", "La même chose dans un notebook"),
    "copy": Both("Copy these lines", "Copier ces lignes"),
    "link": Both("Link to this answer", "Lien vers cette réponse"),
    "map": Both(
        "Map of Mali’s regions, with a place in colour: {place}",
        "Carte des régions du Mali, un lieu en couleur : {place}",
    ),
    "touch": Both("A click on a region chooses it.", "Un clic sur une région la choisit."),
    "why": Both("Not to be had: {why}.", "Impossible : {why}."),
    "mended": Both("Changed: {choices}.", "Modifié : {choices}."),
    "moved": Both("{name}, from “{from}” to “{to}” ({why})", "{name}, de « {from} » à « {to} » ({why})"),
    "ignored": Both("“{name}” left out ({why})", "« {name} » laissé de côté ({why})"),
    "span": Both("the months", "les mois"),
    "back": Both("as chosen before", "comme choisi auparavant"),
    "country": Both("The country", "Le pays"),
    "zones": Both("Zones", "Zones"),
    "regions": Both("Regions", "Régions"),
    "circles": Both("Around Bamako", "Autour de Bamako"),
}
"""Names of the controls and of what stands around them."""

WHY: dict[str, Both] = {
    "deaths": Both(
        "events, since UCDP’s table by month counts deaths",
        "les événements, car la table mensuelle de l’UCDP compte des morts",
    ),
    "mixed": Both(
        "UCDP’s deaths beside events: choose deaths first",
        "les morts de l’UCDP face à des événements : choisissez d’abord les morts",
    ),
    "country": Both(
        "a part of Mali, since UCDP’s table by month is of the whole country",
        "une partie du Mali, car la table mensuelle de l’UCDP est nationale",
    ),
    "bands": Both(
        "a distance to Bamako, since this table goes by region only, unlike violent events and counts by who acts",
        "une distance à Bamako, car cette table n’est établie que par région, au contraire des événements violents et des décomptes par acteur",
    ),
    "elsewhere": Both(
        "UCDP’s deaths in a part of Mali, since its table by month is of the whole country",
        "les morts de l’UCDP dans une partie du Mali, car sa table mensuelle est nationale",
    ),
    "banded": Both(
        "counts by region around Bamako, since their tables tell no distance",
        "les décomptes par région autour de Bamako, car leurs tables n’indiquent aucune distance",
    ),
    "months": Both(
        "months before {first} or after {end}, which the tables do not hold in this edition",
        "les mois avant {first} ou après {end}, absents des tables de cette édition",
    ),
    "before": Both(
        "the months just before, since the table begins too late",
        "les mois juste avant, car la table commence trop tard",
    ),
    "others": Both(
        "other months, as many, since the table holds too few before and after",
        "d’autres mois, aussi nombreux, car la table en a trop peu avant et après",
    ),
    "year": Both(
        "a year earlier, since the months would overlap or the table begins too late",
        "un an plus tôt, car les mois se chevaucheraient ou la table commence trop tard",
    ),
    "circle": Both(
        "a circle around Bamako by region, which these tables do not tell",
        "un cercle autour de Bamako par région, ce que ces tables n’indiquent pas",
    ),
    "order": Both("the first month lay after the last", "le premier mois venait après le dernier"),
    "overlap": Both("months that overlap those counted", "des mois qui chevauchent ceux que l’on compte"),
    "same": Both("the same beside itself", "la même chose face à elle-même"),
    "absent": Both("not in this edition", "absent de cette édition"),
    "unknown": Both("unknown choice", "choix inconnu"),
    "missing": Both(
        "what is out of reach in the first menu, since these tables do not hold it",
        "ce qui est hors d’atteinte dans le premier menu, car ces tables ne le contiennent pas",
    ),
}
"""Why a choice is disabled."""


def during(when: Window) -> Both:
    """Return a window as an adverb: `in the year to June 2023`, `from July 2021 to March 2022`."""
    said = names.during(when)
    return Both(f"from {said.en.removeprefix('in ')}", said.fr) if " to " in when.label and when.months != 12 else said


def against(when: Window) -> Both:
    """Say what months are compared with: `against the year to June 2023`, `par rapport au premier semestre 2023`."""
    base = names.ending(when)
    return Both(f"against {base.en}", f"par rapport {french.to(french.stretch(base.fr))}")


def spelled(value: int, *, feminine: bool = False) -> Both:
    """Return a count that stands without its noun, whose French gender it has: `none`, `three`, `12`."""
    return Both(prose.none(value), french.none(value, feminine=feminine))


def fill(template: Both, **given: Both) -> Both:
    """Put words into a template of `WORDS`."""
    return Both(*(getattr(template, of).format(**{k: getattr(v, of) for k, v in given.items()}) for of in ("en", "fr")))
