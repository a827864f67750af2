"""French of caveats, sentence by sentence: many figures share them, and a page says each in its own language.

Examples
--------
>>> french("The bands rest on few past forecasts. Totals name no actor.")
'Les bandes reposent sur peu de prévisions passées. Les totaux ne nomment aucun acteur.'
>>> french("Totals name no actor. A sentence that has no French.")
''
"""

from __future__ import annotations

import re

from helpers import french as f
from helpers.keys import FRENCH_MONTHS
from helpers.windows import MONTHS

_SENTENCE = re.compile(r"(?<=[\w)]\.)\s+(?=[A-Z])")
_MONTHS = dict(zip(MONTHS, FRENCH_MONTHS, strict=True))
_FIXED = {
    "A correlation says whether months rank alike, not whether the numbers do; the factor below says that.": (
        "Une corrélation dit si les mois se classent de même, non si les nombres sont égaux ; le rapport ci-dessous le dit."
    ),
    "A count below 10 moves visibly with one event more or less.": (
        "Un effectif inférieur à 10 change visiblement d’un événement de plus ou de moins."
    ),
    "ACLED counts deaths by event, on all sides; a battle that Wagner lost adds its own dead.": (
        "ACLED compte les morts par événement, tous camps confondus ; un combat perdu par Wagner y ajoute ses propres morts."
    ),
    "ACLED counts deaths by event, on all sides; tolls from Ménaka often rest on one source.": (
        "ACLED compte les morts par événement, tous camps confondus ; les bilans de Ménaka reposent souvent sur une seule source."
    ),
    "An edition describes the year before it.": "Une édition décrit l’année qui la précède.",
    "An empty cell is one without a recorded event, not one under the state's control.": (
        "Une cellule vide est une cellule sans événement recensé, non un lieu que l’État contrôle."
    ),
    "An entry that bears on two statements stands in both lanes.": (
        "Une entrée qui touche deux affirmations figure sur les deux lignes."
    ),
    "Before and after a date is not proof of a cause.": "Un avant et un après ne prouvent pas une cause.",
    "Borders and names on maps imply no opinion on the status of any territory.": (
        "Les frontières et les noms sur les cartes n’impliquent aucune opinion sur le statut d’un territoire."
    ),
    "By bombs: explosions, shelling and air strikes that hit civilians, which the sentence above does not count.": (
        "Par des bombes : explosions, tirs d’obus et frappes aériennes qui ont touché des civils, hors de la phrase ci-dessus."
    ),
    "By month UCDP does not say who acted: army, militias and militant Islamists are counted together.": (
        "Par mois, l’UCDP ne dit pas qui agit : armée, milices et groupes islamistes armés sont comptés ensemble."
    ),
    "Civilians killed in battles are not in this share; attackers killed in attacks on civilians are.": (
        "Les civils tués dans les combats ne sont pas dans cette part ; les assaillants tués dans les attaques contre des "
        "civils y sont."
    ),
    "Counts below 10 move visibly with one event more or less.": (
        "Les effectifs inférieurs à 10 changent visiblement d’un événement de plus ou de moins."
    ),
    "Counts, not rates: the far northern cercles are vast and nearly empty.": (
        "Des nombres, non des taux : les cercles de l’extrême nord sont immenses et presque vides."
    ),
    "Dashed columns: months that UCDP still revises.": "Colonnes en tirets : mois que l’UCDP révise encore.",
    "Days from the decision to its lifting, or to this edition's day.": (
        "Jours de la décision à sa levée, ou au jour de cette édition."
    ),
    "Deaths are all those of an event, on either side; the acting side is the one the record puts first.": (
        "Les morts sont tous ceux d’un événement, des deux côtés ; le camp agissant est celui que la fiche cite en premier."
    ),
    "Deaths in these events, on any side; civilians killed in battles are not among them.": (
        "Morts dans ces événements, de tout camp ; les civils tués dans les combats n’en sont pas."
    ),
    "Experts' scores, without a stated margin.": "Notes d’experts, sans marge indiquée.",
    "Fewer than 10 events in many half-years.": "Moins de 10 événements dans beaucoup de semestres.",
    "Fights between armed groups far from towns are the events that reporting misses most.": (
        "Les combats entre groupes armés loin des villes sont ceux qui échappent le plus aux recensements."
    ),
    "French and European troops left in the same months.": (
        "Les troupes françaises et européennes sont parties dans les mêmes mois."
    ),
    "In battles the record need not say who began.": "Dans les combats, la fiche ne dit pas toujours qui a commencé.",
    "In most events the army is the recorded actor and only the notes name Wagner; the notes need not say who did what.": (
        "Dans la plupart des événements, l’armée est l’acteur recensé et seules les notes nomment Wagner ; elles ne disent pas "
        "toujours qui a fait quoi."
    ),
    "Most of these counts lie below 10: one event more or less moves them visibly.": (
        "La plupart de ces effectifs sont inférieurs à 10 : un événement de plus ou de moins les change visiblement."
    ),
    "Neighbouring forecasts share six months, so they are not independent.": (
        "Deux prévisions voisines partagent six mois : elles ne sont pas indépendantes."
    ),
    "No index was made for 2007 and 2009.": "Il n’y a pas d’indice pour 2007 ni pour 2009.",
    "PaCE's twelve-month files for past months were computed in 2026 and are left out.": (
        "Les fichiers à douze mois de PaCE pour des mois passés ont été calculés en 2026 et sont laissés de côté."
    ),
    "Sanctions on persons are not drawn.": "Les sanctions contre des personnes ne sont pas tracées.",
    "Scores before and from 2022 rest on different methods and must not be compared; ranks depend on the other countries too.": (
        "Les notes d’avant 2022 et celles d’après suivent des méthodes différentes et ne se comparent pas ; les rangs dépendent "
        "aussi des autres pays."
    ),
    "Some counts lie below 10: one event more or less moves them visibly.": (
        "Certains effectifs sont inférieurs à 10 : un événement de plus ou de moins les change visiblement."
    ),
    "That a line moves after a closure does not show that the closure moved it; our list has no base of MINUSMA in Ségou.": (
        "Qu’une courbe bouge après une fermeture ne montre pas que la fermeture en est la cause ; notre liste n’a aucune base "
        "de la MINUSMA à Ségou."
    ),
    "That two things happen in the same place and time does not show that one caused the other.": (
        "Que deux choses arrivent au même lieu et au même moment ne montre pas que l’une a causé l’autre."
    ),
    "The bands rest on few past forecasts.": "Les bandes reposent sur peu de prévisions passées.",
    "The chart shows what came after the exit, not what it caused.": (
        "Le graphique montre ce qui est venu après le départ, non ce que le départ a causé."
    ),
    "The chronology is a selection: more dots do not mean more violence.": (
        "La chronologie est un choix : plus de points ne veut pas dire plus de violence."
    ),
    "The first recorded side acts in attacks; in battles the record need not say who began.": (
        "Dans une attaque, le camp cité en premier agit ; dans un combat, la fiche ne dit pas toujours qui a commencé."
    ),
    "The first years had few events and a war that changed course within months.": (
        "Les premières années ont compté peu d’événements, dans une guerre qui changeait de cours en quelques mois."
    ),
    "The index of a year appears in spring and looks mostly at the year before.": (
        "L’indice d’une année paraît au printemps et porte surtout sur l’année précédente."
    ),
    "The intervals do not cover missed reports or the choice of definition.": (
        "Les intervalles ne tiennent compte ni de ce qui n’est pas rapporté ni du choix de la définition."
    ),
    "The level looks first at the definition that the words suggest, then at each choice by itself, so a longer bar can be lucky "
    "and a shorter one fragile.": (
        "Le niveau regarde d’abord la définition que les mots suggèrent, puis chaque choix à part : un chiffre à la barre plus "
        "longue peut être chanceux, un autre à la barre plus courte, fragile."
    ),
    "The newest months are still being revised.": "Les derniers mois sont encore susceptibles d’être révisés.",
    "The records that name Wagner are not a sample of all operations: an abuse is likelier to be reported with the names of "
    "those involved.": (
        "Les fiches qui nomment Wagner ne sont pas un échantillon de toutes les opérations : un abus se rapporte plus souvent "
        "avec le nom de ceux qui y étaient."
    ),
    "The report does not say which months it compares, nor whether it counts attacks or victims.": (
        "Le rapport ne dit ni quels mois il compare, ni s’il compte des attaques ou des victimes."
    ),
    "The smaller the radius, the more a single event moves the figure.": (
        "Plus le rayon est petit, plus un seul événement change le chiffre."
    ),
    "The table says how many other numbers the same definitions would have given.": (
        "Le tableau dit combien d’autres nombres les mêmes définitions auraient donnés."
    ),
    "The toll of Moura is ACLED's; other counts stand in the entries below.": (
        "Le bilan de Moura est celui d’ACLED ; d’autres décomptes figurent dans les entrées ci-dessous."
    ),
    "Tolls of these battles are claimed by both sides and rarely confirmed.": (
        "Les bilans de ces combats sont avancés par les deux camps et rarement confirmés."
    ),
    "Totals by district name no actor: they hold all political violence, not militant Islamist events alone.": (
        "Les totaux par cercle ne nomment aucun acteur : ils comptent toute la violence politique, et pas seulement celle des "
        "groupes islamistes armés."
    ),
    "Totals by district name no actor: they hold all political violence.": (
        "Les totaux par cercle ne nomment aucun acteur : ils comptent toute la violence politique."
    ),
    "Totals by region name no actor.": "Les totaux par région ne nomment aucun acteur.",
    "Totals name no actor.": "Les totaux ne nomment aucun acteur.",
    "UCDP counts only events with at least one death, in conflicts that reach 25 deaths a year.": (
        "L’UCDP ne compte que les événements qui ont fait au moins un mort, dans des conflits qui atteignent 25 morts par an."
    ),
    "What moves here is how the source codes a group, not what the group does.": (
        "Ce qui bouge ici, c’est la façon dont la source code un groupe, non ce que fait le groupe."
    ),
    "Where a report uses words (most, dozens, two thirds, the driving actor), the number held against it is this book's "
    "reading of the words.": (
        "Là où un rapport emploie des mots (la plupart, des dizaines, les deux tiers, le principal acteur), le nombre qu’on lui "
        "oppose est la lecture qu’en fait ce livre."
    ),
    "Where only the notes name Wagner, the army is the recorded actor: the two counts are a lower and an upper bound.": (
        "Là où seules les notes nomment Wagner, l’armée est l’acteur recensé : les deux décomptes sont une borne basse et une "
        "borne haute."
    ),
}
"""Sentences without numbers of the edition, and their French."""
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (
            r"The deadliest single event, in (\w+) in (\w+ \d{4}), cost ([\d,]+) lives\.",
            "L’événement le plus meurtrier, à {0} en {1}, a fait {2} morts.",
        ),
        (
            r"The deadliest single event shown, in (\w+ \d{4}) in (\w+), counts ([\d,]+) deaths\.",
            "L’événement le plus meurtrier qui figure ici, en {0} à {1}, compte {2} morts.",
        ),
        (
            r"Left out, with fewer than (\d+) events before: (.+)\.",
            "Laissés de côté, avec moins de {0} événements avant : {1}.",
        ),
        (
            r"The year is young: its pace rests on (\w+) months?\.",
            "L’année est jeune : son rythme repose sur peu de mois.",
        ),
        (
            r"ACLED counts an event for each place and day: the government counted (\d+) civilians killed at Diallassagou and "
            r"nearby villages in (\w+ \d{4}); the attacks on civilians by militant Islamists in (\w+) that month have (\d+) "
            r"deaths, the largest of them (\d+)\.",
            "ACLED compte un événement par lieu et par jour : le gouvernement a compté {0} civils tués à Diallassagou et dans "
            "les villages voisins en {1} ; les attaques de groupes islamistes armés contre des civils à {2} ont fait ce mois-là "
            "{3} morts, la plus meurtrière {4}.",
        ),
        (
            r"The range says how the rule has erred \((\d+) past forecasts or more for each series\), not what will happen\.",
            "L’étendue dit comment la règle s’est trompée ({0} prévisions passées ou plus par série), non ce qui arrivera.",
        ),
        (
            r"(R\d\d-\d\d) is published as a change; shown is the level it gives\.",
            "{0} est publié comme une variation ; on montre le niveau qu’elle donne.",
        ),
        (
            r"(R\d\d-\d\d) says more than its number: any tick right of the line bears it out\.",
            "{0} dit plus que son nombre : tout trait à droite de la ligne le confirme.",
        ),
        (
            r"The source itself names Katiba Macina in (\d+) of these events; the proxy cannot tell it from the rest of JNIM\.",
            "La source elle-même nomme la katiba Macina dans {0} de ces événements ; le substitut ne la distingue pas du reste "
            "du GSIM.",
        ),
        (
            r"JNIM holds ([\d.]+) percent of the events here, so almost any change is JNIM's: the figure cannot show which of "
            r"its parts drives it\.",
            "Le GSIM réunit {0} % des événements ici : presque tout changement est le sien, et la figure ne peut montrer lequel "
            "de ses groupes en est l’auteur.",
        ),
        (
            r"By chance alone a count of (\d+) could come from an expected number between ([\d.]+) and ([\d.]+) \(95 percent\)\.",
            "Par le seul hasard, un effectif de {0} peut venir d’un nombre attendu de {1} à {2} (95 %).",
        ),
    )
)


def french(caveat: str) -> str:
    """Return a caveat in French, or nothing where one of its sentences has none.

    Parameters
    ----------
    caveat : str
        Sentences in English.
    """
    told = [_told(sentence) for sentence in sentences(caveat)]
    return f.spaced(" ".join(told)) if all(told) else ""


def sentences(text: str) -> list[str]:
    """Return the sentences of a caveat."""
    return _SENTENCE.split(" ".join(text.split()))


def _told(sentence: str) -> str:
    if sentence in _FIXED:
        return _FIXED[sentence]
    for pattern, told in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            return told.format(*(_value(text) for text in found.groups()))
    return ""


def _value(text: str) -> str:
    """Return a month, a number or a name of the English sentence as French writes it."""
    name, _, year = text.partition(" ")
    if year and name in _MONTHS:
        return f"{_MONTHS[name]} {year}"
    if ", " in text or " and " in text:
        return text.replace(" and ", " et ")
    if text[:1].isdigit():
        return text.replace(",", "\u202f").replace(".", ",")
    return text
