"""The French of the glossary's terms: name, definition, and the forms in which French pages mention them."""

from __future__ import annotations

from functools import cache

from helpers import definitions as d
from helpers import french
from helpers.audit import claims
from helpers.windows import month

Told = tuple[str, str, str]


def _regions(zone: str) -> str:
    return french.listing(french.region_name(region) for region in d.ZONES[zone])


@cache
def words() -> dict[str, Told]:
    """Return name, definition and forms (a regular expression) of each term by its id in `helpers.page.glossary`.

    Terms that no French page mentions, or that have one form for the glossary's own page only, are left out.
    """
    wagner, coup, second = (french.month_name(month(text)) for text in (d.WAGNER_ARRIVAL, d.COUP_2020, d.COUP_2021))
    km = d.BAMAKO_RADIUS_KM
    zones = {
        f"{name}-mali": (
            f"Le {told} du Mali",
            f"Les régions de {_regions(zone)}, telles que les deux rapports les regroupent.",
            rf"(?:[Ll]e|[Dd]u|[Aa]u|[Dd]ans le) {told} du Mali",
        )
        for name, zone, told in (
            ("northern", "north", "nord"),
            ("central", "centre", "centre"),
            ("southern", "south", "sud"),
        )
    }
    return zones | {
        "acled": (
            "ACLED",
            "Armed Conflict Location and Event Data : un projet qui recense la violence politique événement par "
            "événement, avec type, belligérants, lieu, jour et estimation des morts, d’après la presse, des sources "
            "locales et des partenaires.",
            r"ACLED",
        ),
        "ucdp": (
            "UCDP",
            "Uppsala Conflict Data Program : compte les morts de la violence organisée, avec une estimation basse, une "
            "moyenne et une haute. Seuls y entrent les groupes et les événements qui répondent à des règles plus strictes.",
            r"(?:l’)?UCDP",
        ),
        "jnim": (
            "GSIM (JNIM)",
            "Groupe de soutien à l’islam et aux musulmans, en arabe Jama’at Nusrat al-Islam wal-Muslimin : coalition de "
            "groupes islamistes armés formée en mars 2017 et liée à Al-Qaïda.",
            r"GSIM(?: \(JNIM\))?|JNIM",
        ),
        "katiba-macina": (
            "Katiba Macina (FLM)",
            "Le Front de libération du Macina : la partie du GSIM qui combat dans le centre et le sud du Mali.",
            r"[Kk]atiba Macina|FLM|Front de libération du Macina",
        ),
        "islamic-state": (
            "État islamique au Sahel (EIGS)",
            "La branche sahélienne de l’État islamique, d’abord connue comme État islamique dans le Grand Sahara ; rivale "
            "du GSIM, surtout présente à Ménaka et à Gao.",
            r"État islamique(?: au Sahel| dans le Grand Sahara)?|EIGS|ISGS",
        ),
        "militant-islamist": (
            "Événement impliquant des groupes islamistes armés",
            "Un événement violent avec un groupe islamiste armé de l’un ou de l’autre côté, quel que soit l’attaquant.",
            r"[Éé]vénements? (?:impliquant des|liés? aux) groupes islamistes (?:armés|militants)",
        ),
        "violent-event": (
            "Événement violent",
            "Un événement de l’un des trois types que distingue ACLED : combats, explosions et violences à distance, "
            "violences contre des civils.",
            r"[Éé]vénements? violents?",
        ),
        "minusma": (
            "MINUSMA",
            "Mission multidimensionnelle intégrée des Nations unies pour la stabilisation au Mali, à l’œuvre à partir de "
            "juillet 2013.",
            r"MINUSMA",
        ),
        "wagner": (
            "Wagner",
            f"Société militaire privée russe, au Mali aux côtés de l’armée à partir de {wagner}. Ce livre la compte au sens "
            "étroit, là où elle est nommée comme acteur, et au sens large, partout où un enregistrement la mentionne.",
            r"Wagner",
        ),
        "barkhane": (
            "Barkhane et Takuba",
            "L’opération militaire française au Sahel à partir d’août 2014, et la force de forces spéciales européennes à "
            "ses côtés.",
            r"Barkhane|Takuba",
        ),
        "separatists": (
            "Séparatistes",
            "Mouvements armés pour l’indépendance ou l’autonomie de l’Azawad, nom qu’ils donnent au nord du Mali.",
            r"[Ss]éparatistes|Azawad",
        ),
        "platform": (
            "Groupes pro-gouvernementaux du nord",
            "Groupes armés du nord qui ont pris le parti de l’État contre les séparatistes.",
            r"GATIA|MSA",
        ),
        "militias": (
            "Milices et groupes d’autodéfense",
            "Hommes armés d’un village, d’une communauté ou d’une confrérie de chasseurs, qui combattent les islamistes "
            "armés, et se combattent entre eux, sans faire partie des forces de l’État.",
            r"[Gg]roupes? d’autodéfense|[Mm]ilices? d’autodéfense|Dan Na Ambassagou|[Dd]ozos?",
        ),
        "unidentified": (
            "Groupes armés non identifiés",
            "Groupes armés que la source n’a pas pu nommer. Ce livre ne les compte pas parmi les groupes islamistes armés "
            "et montre ce que changerait leur ajout.",
            r"[Gg]roupes? (?:armés? )?non identifiés?",
        ),
        "junta": (
            "Junte",
            f"Les militaires qui ont pris le pouvoir en {coup} et de nouveau, contre leur propre gouvernement de "
            f"transition, en {second}.",
            r"[Jj]unte",
        ),
        "cercle": (
            "Cercle",
            "L’échelon situé sous la région dans l’administration du Mali, comme un district ailleurs.",
            r"[Cc]ercles? (?:de|du|d’)|[Cc]ercles",
        ),
        "around-bamako": (
            "Autour de Bamako",
            f"À moins de {km} kilomètres de Bamako à vol d’oiseau, comme les deux rapports tracent ce cercle.",
            rf"[Aa]utour de Bamako|[Àà] moins de {km}[ \u00a0\u202f]km de Bamako",
        ),
        "interval": (
            "Fourchette, intervalle",
            "Les valeurs que le hasard rend plausibles à 95 %. Celle d’un rapport ou d’une variation tient compte aussi "
            "des attaques qui viennent par vagues. Elle ne sait rien des lacunes des recensements ni des révisions.",
            r"[Ff]ourchettes?|[Ii]ntervalles?",
        ),
        "proxy": (
            "Indicateur indirect",
            "Ce que l’on peut compter à la place de ce que l’on ne peut pas compter. Pour la katiba Macina : tous les "
            "événements du GSIM dans le centre et le sud.",
            r"[Ii]ndicateurs? indirects?|[Pp]roxy",
        ),
        "edition": (
            "Édition",
            "Le livre à la date d’un mois : chaque chapitre est calculé avec ce que l’on savait alors, sauf sous « Ce qui "
            "s’est passé depuis ».",
            r"éditions?",
        ),
        "reports": (
            "R22 et R23",
            "Les deux rapports que ce livre confronte aux données.",
            "|".join(claims.REPORTS),
        ),
        "projection": (
            "Projection",
            "Énoncé d’un rapport sur des mois encore à venir. Les mois suivants le tranchent.",
            r"[Pp]rojections?",
        ),
    }  # fmt: skip
