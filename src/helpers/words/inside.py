"""Words that many charts and tables have inside, in French, for figures whose own words leave them out."""

from __future__ import annotations

import re

from helpers.french import relabel, spaced

COMMON: dict[str, str] = {
    "Accident": "Accident",
    "Above it": "Au-dessus",
    "Above them": "Au-dessus",
    "Accord and movements": "Accord et mouvements",
    "Accord in 2015": "Accord en 2015",
    "ACLED, as this book counts": "ACLED, décompte de ce livre",
    "Acting side": "Camp agissant",
    "Adversary": "Adversaire",
    "After this edition": "Après cette édition",
    "Against civilians": "Contre des civils",
    "All": "Tous",
    "All deaths": "Tous les morts",
    "All events": "Tous les événements",
    "All Mali": "Tout le Mali",
    "All regions": "Toutes les régions",
    "Area": "Territoire",
    "As published": "Chiffre publié",
    "As published for 2023": "Tel que publié pour 2023",
    "Attacks on civilians": "Attaques contre des civils",
    "Bamako (headquarters)": "Bamako (quartier général)",
    "Bamako (last site)": "Bamako (dernier site)",
    "Bases": "Bases",
    "Battles and explosions": "Combats et explosions",
    "Before": "Avant",
    "By anyone": "Tous belligérants",
    "By militant Islamists": "Par des groupes islamistes armés",
    "by month": "par mois",
    "Central Mali": "Centre du Mali",
    "Cause": "Cause",
    "Centre": "Centre",
    "Change": "Évolution",
    "Change in events": "Évolution des événements",
    "Chapter": "Chapitre",
    "Civil society": "Société civile",
    "Civilians": "Civils",
    "Civilians, by bombs": "Civils, par des bombes",
    "Claim": "Code",
    "Clashes": "Affrontements",
    "closures begin": "premières fermetures",
    "Compared with": "Face à",
    "Computed": "Calculé",
    "Computed over published": "Calculé / publié",
    "Count": "Nombre",
    "Counted": "Décompte",
    "Counted in the half-year": "Compté au semestre",
    "coup": "coup d’État",
    "coups": "coups d’État",
    "coup of 2020": "coup d’État de 2020",
    "Data to": "Données jusqu’à",
    "Dated entries": "Entrées datées",
    "Deaths": "Morts",
    "Deaths, change": "Évolution des morts",
    "Deaths forecast": "Morts prévus",
    "Deaths in": "Morts dans",
    "Deaths in attacks on civilians": "Morts dans des attaques contre des civils",
    "Deaths in the whole": "Morts dans l’ensemble",
    "Deaths recorded": "Morts recensés",
    "Deaths since January": "Morts depuis janvier",
    "Deaths, acting side only": "Morts, camp agissant seulement",
    "Definitions": "Définitions",
    "Distance to Bamako": "Distance à Bamako",
    "Edition": "Édition",
    "Events": "Événements",
    "Events in 12 months": "Événements en 12 mois",
    "Events since January": "Événements depuis janvier",
    "Events, acting side only": "Événements, camp agissant seulement",
    "By": "Par",
    "Exactly": "Exactement",
    "Kind": "Nature",
    "Value": "Valeur",
    "Figure": "Chiffre",
    "Forecast": "Prévision",
    "Forecasts": "Prévisions",
    "Force": "Force",
    "Fragile": "Fragile",
    "French leave": "départ français",
    "Freedom of expression": "Liberté d’expression",
    "From": "De",
    "Gao (super camp)": "Gao (grand camp)",
    "Group": "Groupe",
    "Half-year": "Semestre",
    "High": "Haut",
    "High, chance alone": "Haut, hasard seul",
    "Highest 12 months before": "12 mois précédents les plus élevés",
    "Highest full year until then": "Année complète la plus élevée jusque-là",
    "Index": "Indice",
    "IS Sahel": "EI au Sahel",
    "Islamic State Sahel": "État islamique au Sahel",
    "Islamic State Sahel (ISGS)": "État islamique au Sahel (EIGS)",
    "JNIM": "GSIM (JNIM)",
    "JNIM (FLM proxy)": "GSIM (à la place de la katiba Macina)",
    "JNIM alone": "GSIM seul",
    "JNIM in centre and south (FLM proxy)": "GSIM au centre et au sud (à la place de la katiba Macina)",
    "JNIM in the north": "GSIM au nord",
    "Katiba Macina in the notes only": "Katiba Macina dans les notes seulement",
    "Katiba Macina named as an actor": "Katiba Macina nommée comme acteur",
    "Last 12 months": "12 derniers mois",
    "Last six months": "Six derniers mois",
    "Latitude": "Latitude",
    "Level": "Niveau",
    "Liberal democracy": "Démocratie libérale",
    "Line": "Courbe",
    "Longitude": "Longitude",
    "Low": "Bas",
    "Low, chance alone": "Bas, hasard seul",
    "Made": "Faite",
    "Made on": "Faite le",
    "Measure": "Mesure",
    "Method": "Méthode",
    "Method before 2022": "Méthode d’avant 2022",
    "Method since 2022": "Méthode depuis 2022",
    "Militant Islamists": "Groupes islamistes armés",
    "Militias": "Milices",
    "Miss": "Écart",
    "Miss of the pace": "Écart du rythme",
    "Missed by": "Écart",
    "Mission": "Mission",
    "Month": "Mois",
    "Months": "Mois",
    "Mopti and Douentza": "Mopti et Douentza",
    "Moura, March 2022 (only mentioned)": "Moura, mars 2022 (Wagner mentionné)",
    "Named anywhere": "Mentionné",
    "Named anywhere in the record": "Mentionné dans la fiche",
    "Named as actor": "Nommé comme acteur",
    "Named as an actor": "Nommé comme acteur",
    "Nearly": "À peu près",
    "None exactly": "Sans définition exacte",
    "North": "Nord",
    "Northern Mali": "Nord du Mali",
    "Not named": "Non nommé",
    "of all deaths in political violence": "de tous les morts de la violence politique",
    "of deaths in militant Islamist events": "des morts dans les événements impliquant des groupes islamistes armés",
    "Only mentioned": "Seulement mentionné",
    "Other MI": "Autres islamistes armés",
    "Other militant Islamists": "Autres groupes islamistes armés",
    "other militant Islamists": "autres groupes islamistes armés",
    "Other side": "Autre camp",
    "Other, or not told apart": "Autres, ou non distingués",
    "Others": "Autres",
    "Others, or none recorded": "Autres, ou aucun indiqué",
    "Others, sum": "Autres, somme",
    "Outcome": "Issue",
    "Pace": "Rythme",
    "Pace, level": "Rythme, niveau",
    "PaCE, six months": "PaCE, six mois",
    "Pace, times the year before": "Rythme, en multiple de l’année précédente",
    "PaCE, twelve months": "PaCE, douze mois",
    "Past forecasts": "Prévisions passées",
    "accord": "accord",
    "Place": "Lieu",
    "Politics": "Politique",
    "Projection": "Projection",
    "Published": "Publié",
    "Published level": "Niveau publié",
    "Quarter": "Trimestre",
    "Range over readings": "Étendue des lectures",
    "Rank": "Rang",
    "Ratio": "Rapport",
    "Ratio of events": "Événements, en multiple (1 = inchangé)",
    "Read in": "Lu dans",
    "Reading": "Lecture",
    "Record": "Fiche",
    "Recorded": "Recensé",
    "Region": "Région",
    "Report": "Rapport",
    "report": "rapport",
    "Rival": "Rival",
    "Robust": "Robuste",
    "Separatists": "Séparatistes",
    "Score": "Score",
    "Series": "Série",
    "Share": "Part",
    "Share against civilians": "Part contre des civils",
    "Share of": "Part des",
    "Share of deaths": "Part des morts",
    "Share of definitions": "Part des définitions",
    "Share of events": "Part des événements",
    "Share of the whole": "Part de l’ensemble",
    "Since the arrival": "Depuis l’arrivée",
    "Since the coup of 2020": "Depuis le coup d’État de 2020",
    "Since Wagner's arrival": "Depuis l’arrivée de Wagner",
    "Site": "Site",
    "six months": "six mois",
    "Source": "Source",
    "South": "Sud",
    "South edge (degrees)": "Bord sud (degrés)",
    "Southern Mali": "Sud du Mali",
    "State forces": "Forces de l’État",
    "State forces and Wagner": "Forces de l’État et Wagner",
    "State forces, Wagner mentioned": "Forces de l’État, Wagner mentionné",
    "State forces, Wagner not named": "Forces de l’État, Wagner non nommé",
    "Statement": "Affirmation",
    "The five years before, together": "Les cinq années précédentes, ensemble",
    "The state and its capital": "L’État et sa capitale",
    "this edition": "cette édition",
    "Times as many": "En multiple de la période comparée",
    "Times its miss": "En multiple de cet écart",
    "Times the published level": "En multiple du niveau publié",
    "To": "À",
    "Too high": "Trop haut",
    "Trajectory": "Trajectoire",
    "Twelve months": "Douze mois",
    "twelve months": "douze mois",
    "Twelve months, by": "Écart de la moyenne de douze mois",
    "UN, France and partners": "ONU, France et partenaires",
    "Undecided": "Indécis",
    "UN gone": "départ de l’ONU",
    "Unidentified": "Non identifiés",
    "Verdict": "Verdict",
    "VIEWS, by month": "VIEWS, par mois",
    "VIEWS, by year": "VIEWS, par année",
    "Violence against civilians": "Violences contre des civils",
    "Wagner anywhere in the record": "Wagner mentionné dans la fiche",
    "Wagner arrives": "arrivée de Wagner",
    "Wagner as a named actor": "Wagner nommé comme acteur",
    "Wagner is": "Wagner est",
    "Wagner named as an actor": "Wagner nommé comme acteur",
    "War in the north": "Guerre dans le nord",
    "Weak match": "Peu probant",
    "West edge (degrees)": "Bord ouest (degrés)",
    "What came": "Observé",
    "Who": "Qui",
    "Against militant Islamists": "Contre des groupes islamistes armés",
    "Against others or nobody": "Contre d’autres, ou sans adversaire",
    "Year": "Année",
    "Year described": "Année décrite",
    "Year to": "Année à fin",
    "Zone": "Zone",
    "Zone and group": "Zone et groupe",
}
"""French by English; a figure's own words (`helpers.figures.Words.chart`) come first."""

PARTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (r"Events ((?:\w+ )?\d{4}.*)", "Événements, {0}"),
        (r"Deaths in (.*\d{4})", "Morts, {0}"),
        (r"(.+) v as long before", "{0}, contre autant de mois auparavant"),
        (r"Since (\w+ \d{4})", "Depuis {0}"),
        (r"(.+) v (\d{4})", "{0} face à {1}"),
        (r"Monthly mean since (\d{4})", "Moyenne mensuelle depuis {0}"),
        (r"within (\d+) km", "à moins de {0} km"),
        (r"The 12 months before (.+)", "Les 12 mois précédant {0}"),
        (r"The year (\d{4})", "L’année {0}"),
        (r"(\w+ Mali): (.+)", "{0} : {1}"),
        (r"RSF yearly index file via the public repository (.+)", "fichier annuel de RSF, par le dépôt public {0}"),
        (
            r"V-Dem data to (\d{4}), (.+), via the V-Dem Institute repository (.+)",
            "V-Dem jusqu’en {0}, {1}, par le dépôt du V-Dem Institute {2}",
        ),
        (
            r"V-Dem v15 \((\d{4})\), (.+), via the public repository (.+)",
            "V-Dem v15 ({0}), {1}, par le dépôt public {2}",
        ),
    )
)
"""French of words that are put together, by a pattern of the English; their parts are put into French the same way."""

SOURCES: dict[str, str] = {
    "Pages named row by row in the table bases; places where the UN mission had troops: Geo-PKO. Only facts are taken.": "Pages "
    "nommées ligne à ligne dans la table bases\u202f; lieux où la mission de l’ONU avait des troupes : Geo-PKO. Seuls des faits en "
    "sont repris.",
    "Pages named row by row in the table referendum. Only facts are taken.": "Pages nommées ligne à ligne dans la table "
    "referendum. Seuls des faits en sont repris.",
    "AIGE (election authority), Constitutional Court and MODELE (observers), as reported by the pages of the table referendum. "
    "Only facts are taken.": "AIGE (autorité électorale), Cour constitutionnelle et MODELE (observateurs), d’après les pages de "
    "la table referendum. Seuls des faits en sont repris.",
    "read in one public repository named in the data table. Only facts are taken.": "lu dans un dépôt public nommé dans la table "
    "des données. Seuls des faits en sont repris.",
    "read in two public repositories named in the data table. Only facts are taken.": "lus dans deux dépôts publics nommés dans "
    "la table des données. Seuls des faits en sont repris.",
    "read in the pages and public repositories that the table indices names. Only facts are taken.": "lus dans les pages et les "
    "dépôts publics que nomme la table indices. Seuls des faits en sont repris.",
    "Chronology of this project; each entry names its source.": "Chronologie de ce projet\u202f; chaque entrée nomme sa source.",
    "Own computation.": "Nos calculs.",
    "Only facts are taken.": "Seuls des faits en sont repris.",
    "Compiled from sources named in each row.": "Établi d’après les sources nommées à chaque ligne.",
}
"""What a source line says in words of its own, behind the sources."""

_WHEN = r"(\w+ \d{4})"
CITED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (rf"ACLED through HDX, {_WHEN}", "ACLED via HDX, {0}"),
        (rf"ACLED event export of {_WHEN}", "ACLED, export d’événements ({0})"),
        (
            r"ACLED event exports of mid-(\d{4}) and spring (\d{4})",
            "ACLED, exports d’événements (mi-{0} et printemps {1})",
        ),
        (rf"ACLED weekly aggregates, {_WHEN}", "ACLED, agrégats hebdomadaires, {0}"),
        (rf"UCDP GED ([\d.]+) and Candidate Events to {_WHEN}", "UCDP GED {0} et Candidate Events jusqu’en {1}"),
        (r"UCDP GED ([\d.]+) by month", "UCDP GED {0} par mois"),
        (r"UCDP Candidate Events of (\d{4})", "UCDP Candidate Events de {0}"),
        (r"UCDP Country-Year ([\d.]+)", "UCDP Country-Year {0}"),
        (rf"geoBoundaries, {_WHEN}", "geoBoundaries, {0}"),
        (r"OCHA COD-PS population, labelled (\d{4})", "OCHA COD-PS, population datée de {0}"),
        (r"OCHA COD-AB communes, (\d{4})", "OCHA COD-AB, communes, {0}"),
        (r"OCHA Mali, schools (\d{4})", "OCHA Mali, écoles, {0}"),
        (rf"UN peacekeeper fatalities, {_WHEN}", "ONU, morts de Casques bleus, {0}"),
        (r"Geo-PKO ([\d.]+)", "Geo-PKO {0}"),
        (r"VIEWS, vintages of (\d{4}) and (\d{4})", "VIEWS, versions de {0} et {1}"),
        (rf"PaCE, vintages to {_WHEN}", "PaCE, versions jusqu’en {0}"),
        (r"Natural Earth", "Natural Earth"),
        (
            r"Reporters Without Borders, Freedom House, V-Dem and the Economist Intelligence Unit",
            "Reporters sans frontières, Freedom House, V-Dem et l’Economist Intelligence Unit",
        ),
        (
            r"Reporters Without Borders, World Press Freedom Index",
            "Reporters sans frontières, Classement mondial de la liberté de la presse",
        ),
        (
            r"V-Dem Institute, V-Dem indices (v2\w+), (v2\w+) and (v2\w+)",
            "V-Dem Institute, indices V-Dem {0}, {1} et {2}",
        ),
        (r"ACLED terms, non-commercial", "conditions d’ACLED, usage non commercial"),
        (r"public domain", "domaine public"),
        (r"UN open data, cite", "données ouvertes de l’ONU, à citer"),
        (r"cite (Cil et al\. \d{4})", "citer {0}"),
        (r"no licence stated; figures only", "aucune licence indiquée ; chiffres seuls"),
        (r"producer (DNCT / OCHA Mali)", "producteur : {0}"),
        (r"(CC BY-NC 4\.0|CC BY 4\.0|CC BY)", "{0}"),
    )
)
"""French of what a source line says of a source and its terms, by a pattern of the English; names of producers and tables stay."""

PUBLISHED = " The published statements: "
"""What stands between the sources of a figure that is held against the reports and the reports."""


def credit(line: str) -> tuple[str, str]:
    r"""Split a source line for a French page: what stays in English, such as the names of a user's own files, and the French.

    Examples
    --------
    >>> credit("ACLED, mid-2021 (ACLED terms, non-commercial). Own computation.")
    ('ACLED, mid-2021 (ACLED terms, non-commercial).', 'Nos calculs.')
    >>> credit("UCDP GED 25.1 by month (CC BY 4.0); geoBoundaries, December 2023 (CC BY 4.0). Own computation.")
    ('', 'UCDP GED 25.1 par mois (CC BY 4.0)\u202f; geoBoundaries, décembre 2023 (CC BY 4.0). Nos calculs.')
    >>> credit("Synthetic, CC0")
    ('Synthetic, CC0', '')
    >>> credit("Chronology of this project; each entry names its source.")
    ('', 'Chronologie de ce projet\u202f; chaque entrée nomme sa source.')
    >>> credit("Synthetic, CC0. Own computation. The published statements: A centre, 10 July 2023.")
    ('Synthetic, CC0.', 'Nos calculs. Affirmations publiées\u202f: A centre, 10 juillet 2023.')
    """
    line, published, said = line.partition(PUBLISHED)
    own = next((english for english in SOURCES if line.endswith(english)), "")
    names = line.removesuffix(own).rstrip()
    told = _cited(names)
    said = spaced(f"Affirmations publiées : {relabel(said)}") if published else ""
    return "" if told else names, " ".join(part for part in (told, SOURCES.get(own), said) if part)


def _cited(names: str) -> str:
    """Return the sources of a line in French; nothing where one of them is not known."""
    held: list[str] = []

    def put(found: re.Match[str], told: str) -> str:
        held.append(told.format(*(relabel(part) for part in found.groups())))
        return f"\0{len(held) - 1}\0"

    left = names
    for pattern, told in CITED:
        left = pattern.sub(lambda found, told=told: put(found, told), left)  # type: ignore[misc]
    if re.search(r"[^\W\d_]", left):
        return ""
    return spaced(re.sub("\0(\\d+)\0", lambda found: held[int(found[1])], left))
