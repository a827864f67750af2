"""What is written on the cards of the page on who fights, and in its background boxes: plain words with their sources.

A sentence holds from the day of one entry of the chronology, or up to that of another. No card holds a number; what a
group does in the data is computed beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.page.cards import Source
from helpers.words.both import Both

CRISIS_GROUP_JNIM = Source(
    "International Crisis Group on dialogue with JNIM, December 2021",
    "https://www.crisisgroup.org/africa/sahel/mali/306-mali-enabling-dialogue-jihadist-coalition-jnim",
)
CRISIS_GROUP_CENTRE = Source(
    "International Crisis Group, May 2019, notes by WATHI",
    "https://wathi.org/debat-id/wathinotes-paix-et-securite/speaking-with-the-bad-guys-toward-dialogue-with-central-malis-jihadists",
)
CRISIS_GROUP_UPRISING = Source(
    "International Crisis Group on central Mali, 2016",
    "https://www.crisisgroup.org/africa/west-africa/mali/central-mali-uprising-making",
)
CRISIS_GROUP_ACCORD = Source(
    "International Crisis Group on the Algiers accord, June 2020, via The Nigerian Voice",
    "https://www.thenigerianvoice.com/news/289212/malis-algiers-peace-agreement-five-years-on-an-uneasy-cal.html",
)
AG_GHALI = Source(
    "Aberfoyle International Security, profile of Iyad Ag Ghali, 2012", "http://www.aberfoylesecurity.com/?p=492"
)
KOUFA = Source(
    "Ivoire Matin on Dan Nan Ambassagou, March 2019",
    "https://ivoirematin.com/dev/Afrique/mali-qui-est-dan-nan-ambassagou-la-milic_n_53755.html",
)
ANOMALY = Source(
    "CTC Sentinel on the end of the Sahelian anomaly, 2020",
    "https://ctc.westpoint.edu/the-end-of-the-sahelian-anomaly-how-the-global-conflict-between-the-islamic-state-and-al-qaida-finally-came-to-west-africa",
)
NEW_HUMANITARIAN = Source(
    "The New Humanitarian from central Mali, September 2018",
    "https://www.thenewhumanitarian.org/news-feature/2018/09/04/mali-fulani-dogon-extremism-stirs-intercommunal",
)
SEENO = Source(
    "Benjaminsen and Ba, African Security, 2021",
    "https://informahealthcare.com/doi/full/10.1080/19392206.2021.1925035",
)
ACLED_MENAKA = Source(
    "ACLED on operations against ISGS, March 2018",
    "https://acleddata.com/2018/03/21/targeting-of-the-islamic-state-in-the-greater-sahara-isgs",
)
LONG_WAR = Source(
    "Long War Journal on Ménaka, May 2018",
    "https://www.longwarjournal.org/archives/2018/05/analysis-conflict-within-a-conflict-in-malis-northern-menaka-region.php",
)
AMBASSAGOU = Source(
    "ACLED, profile of Dan Na Ambassagou, May 2022", "https://acleddata.com/2022/05/09/actor-profile-dan-na-ambassagou"
)
AFRICA_CORPS = Source(
    "Devdiscourse on Africa Corps, June 2025",
    "https://www.devdiscourse.com/article/law-order/3450369-africa-corps-to-stay-in-mali-amid-wagner-departure",
)
IOM = Source(
    "International Organization for Migration on Mopti, June 2019",
    "https://mali.iom.int/news/mopti-plus-de-50-000-personnes-deplacees-par-la-violence-intercommunautaire",
)
MBERA = Source(
    "The Guardian from M’bera, via Inkl",
    "https://inkl.com/news/children-were-hunted-by-armed-men-malians-seek-safety-in-mauritania",
)
AFP_2012 = Source(
    "AFP via GlobalPost, July 2013",
    "http://www.globalpost.com/dispatch/news/afp/130721/mali-18-months-unrest",
)
TUAREG = Source(
    "GlobalSecurity on the Tuareg of Mali", "https://www.globalsecurity.org/military/world/war/tuareg-mali-1990.htm"
)


@dataclass(frozen=True)
class Said(Both):
    """A sentence, and the entries of the chronology from which on and up to which it holds."""

    since: str = ""
    until: str = ""
    """Ids of entries; empty where it always holds."""
    source: Source | None = None
    """A page that only this sentence rests on."""


@dataclass(frozen=True)
class Profile:
    """One card of the page."""

    id: str
    """Slug."""
    title: tuple[Said, ...]
    """Its heading; the last that holds."""
    text: tuple[Said, ...]
    """Its sentences."""
    group: str = ""
    """Whose events the computed line counts; none where empty."""
    colour: str = ""
    """Palette name."""
    since: str = ""
    """Entry of the chronology from which on the card is shown."""
    entries: tuple[str, ...] = ()
    """Ids of the entries of which the newest stand on the card."""
    sources: tuple[Source, ...] = field(default=())


_GONE = "2023-12-31-minusma-withdrawal-complete"
_MANDATE_ENDED = "2023-06-30-resolution-2690"
_FRENCH_GONE = "2022-08-15-last-french-troops"
_AFRICA_CORPS = "2025-06-06-wagner-says-it-leaves"

PROFILES: tuple[Profile, ...] = (
    Profile(
        "jnim",
        (Said("JNIM", "Le GSIM (JNIM)"),),
        (
            Said(
                "The Group for the Support of Islam and Muslims joins several jihadist groups and is loyal to Al Qaeda. Iyad Ag "
                "Ghali, who once led Tuareg rebels, leads it. It fights the army and lays embargoes on villages that it accuses "
                "of helping soldiers; with others it has made local truces.",
                "Le Groupe de soutien à l’islam et aux musulmans réunit plusieurs groupes djihadistes et a fait allégeance à "
                "Al-Qaïda. Iyad Ag Ghali, jadis chef de rebelles touaregs, le dirige. Il combat l’armée et met sous embargo les "
                "villages qu’il accuse d’aider les soldats ; avec d’autres, il a conclu des trêves locales.",
            ),
            Said(
                "From 2020 it has fought Islamic State too.",
                "Depuis 2020, il combat aussi l’État islamique.",
                since="2020-08-18-coup",
            ),
        ),
        "jnim", "jnim", "2017-03-02-jnim-formed",
        (
            "2017-03-02-jnim-formed",
            "2024-09-17-bamako-attack",
            "2025-09-03-fuel-blockade-declared",
            "2026-04-28-blockade-of-bamako",
            "2026-07-04-five-places-attacked",
        ),
        (CRISIS_GROUP_JNIM, CRISIS_GROUP_CENTRE, AG_GHALI, ANOMALY),
    ),
    Profile(
        "katiba-macina",
        (Said("Katiba Macina", "La katiba Macina"),),
        (
            Said(
                "The jihadists of the centre, around the preacher Amadou Koufa. They have recruited heavily among Fulani "
                "herders, where the state had lost much of its standing, and rule the countryside around garrison towns.",
                "Les djihadistes du centre, autour du prédicateur Amadou Koufa. Ils ont beaucoup recruté chez les éleveurs "
                "peuls, là où l’État avait perdu de son crédit, et dominent les campagnes autour des villes de garnison.",
            ),
            Said(
                "The katiba is part of JNIM. Sources seldom tell the two apart, so this book counts it with JNIM.",
                "La katiba fait partie du GSIM. Les sources distinguent rarement les deux : ce livre la compte avec le GSIM.",
                since="2017-03-02-jnim-formed",
            ),
        ),
        "", "jnim", "2015-01-katiba-macina",
        (
            "2015-01-katiba-macina",
            "2021-05-02-dinangourou-blockade",
            "2021-10-marebougou-siege",
            "2022-07-21-six-bases",
        ),
        (CRISIS_GROUP_CENTRE, CRISIS_GROUP_UPRISING, NEW_HUMANITARIAN, KOUFA),
    ),
    Profile(
        "is-sahel",
        (Said("Islamic State Sahel", "L’État islamique au Sahel"),),
        (
            Said(
                "Called Islamic State in the Greater Sahara (ISGS) at first. It grew in the borderlands of Mali, Niger and "
                "Burkina Faso, and for some years lived beside Al Qaeda’s men in an uneasy peace.",
                "D’abord appelé État islamique dans le Grand Sahara (EIGS). Il a grandi aux confins du Mali, du Niger et du Burkina "
                "Faso, et a vécu quelques années dans une paix fragile avec les hommes d’Al-Qaïda.",
            ),
            Said(
                "That peace ended in open war in 2020.",
                "Cette paix a pris fin en 2020 par une guerre ouverte.",
                since="2020-08-18-coup",
            ),
            Said(
                "Human Rights Watch reports massacres of villagers by its fighters in Ménaka and Gao.",
                "Human Rights Watch fait état de massacres de villageois par ses combattants à Ménaka et Gao.",
                since="2022-10-27-hrw-menaka-massacres",
            ),
        ),
        "is-sahel", "is-sahel", "2015-05-isgs-pledge",
        (
            "2015-05-isgs-pledge",
            "2021-09-15-sahraoui-death-announced",
            "2022-03-is-sahel-returns",
            "2022-10-27-hrw-menaka-massacres",
            "2024-10-is-sahel-menaka",
        ),
        (ANOMALY, ACLED_MENAKA),
    ),
    Profile(
        "state",
        (Said("State forces", "Les forces de l’État"),),
        (
            Said(
                "The army, the gendarmerie, the national guard and the police.",
                "L’armée, la gendarmerie, la garde nationale et la police.",
            ),
            Said(
                "Officers of the army rule the country.",
                "Des officiers de l’armée gouvernent le pays.",
                since="2020-08-18-coup",
            ),
            Said(
                "The army flies Turkish armed drones.",
                "L’armée emploie des drones armés turcs.",
                since="2022-12-21-armed-drones",
            ),
        ),
        "state", "state", "",
        (
            "2022-03-27-moura",
            "2022-12-21-armed-drones",
            "2023-11-14-army-takes-kidal",
            "2025-05-12-diafarabe-killings",
            "2026-07-10-anefis-relieved",
            "2026-09-10-dioura-attack",
        ),
    ),
    Profile(
        "wagner",
        (
            Said("Wagner", "Wagner"),
            Said("Wagner, now Africa Corps", "Wagner, devenu Africa Corps", since=_AFRICA_CORPS),
        ),
        (
            Said(
                "Russian fighters beside the army.",
                "Des combattants russes aux côtés de l’armée.",
            ),
            Said(
                "The government has spoken of trainers only.",
                "Le gouvernement n’a parlé que d’instructeurs.",
                since="2022-01-06-russians-tombouctou",
            ),
            Said(
                "Wagner has declared its mission over; Africa Corps, which the Russian defence ministry set up, stayed in its "
                "place.",
                "Wagner a déclaré sa mission terminée ; Africa Corps, créé par le ministère russe de la Défense, est resté à sa "
                "place.",
                since=_AFRICA_CORPS,
                source=AFRICA_CORPS,
            ),
        ),
        "wagner", "wagner", "2021-12-23-joint-statement-wagner",
        (
            "2022-01-06-russians-tombouctou",
            "2024-07-25-tinzaouaten-battle",
            _AFRICA_CORPS,
            "2026-04-27-africa-corps-leaves-kidal",
            "2026-06-15-kyrnia-air-strike",
            "2026-08-20-hrw-africa-corps-villagers",
        ),
    ),
    Profile(
        "separatists",
        (
            Said("Separatists: MNLA, CMA", "Séparatistes : MNLA, CMA"),
            Said("Separatists: CMA, CSP", "Séparatistes : CMA, CSP", since="2022-12-25-csp-psd-bureau"),
            Said("Separatists: CMA, CSP, FLA", "Séparatistes : CMA, CSP, FLA", since="2024-11-30-fla-founded"),
        ),
        (
            Said(
                "Tuareg and Arab movements of the north, which they call Azawad; in the rebellion they declared it independent.",
                "Des mouvements touaregs et arabes du nord, qu’ils appellent Azawad ; lors de la rébellion, ils l’ont déclaré "
                "indépendant.",
            ),
            Said(
                "They signed the accord of Algiers.",
                "Ils ont signé l’accord d’Alger.",
                since="2015-06-20-algiers-accord-cma",
                until="2024-01-25-algiers-accord-ended",
            ),
            Said(
                "They are at war with the army again.",
                "Ils sont de nouveau en guerre avec l’armée.",
                since="2023-09-12-bourem-attack",
            ),
            Said(
                "Several joined as the Azawad Liberation Front, which wants independence.",
                "Plusieurs ont formé le Front de libération de l’Azawad, qui veut l’indépendance.",
                since="2024-11-30-fla-founded",
            ),
        ),
        "separatist", "separatist", "",
        (
            "2015-06-20-algiers-accord-cma",
            "2023-02-08-cma-groups-merge",
            "2024-07-25-tinzaouaten-battle",
            "2024-11-30-fla-founded",
            "2026-04-25-fla-claims-kidal",
            "2026-10-06-fla-leaves-kidal",
        ),
    ),
    Profile(
        "northern-groups",
        (Said("Pro-government northern groups", "Groupes pro-gouvernementaux du nord"),),
        (
            Said(
                "GATIA and the MSA, the best known, are northern armed groups on the government’s side. They have fought Islamic "
                "State beside the army and the French. Both were accused of killing Fulani herders.",
                "Le GATIA et le MSA, les plus connus, sont des groupes armés du nord du côté du gouvernement. Ils ont combattu "
                "l’État islamique aux côtés de l’armée et des Français. Tous deux ont été accusés d’avoir tué des éleveurs peuls.",
            ),
        ),
        "platform", "militia", "",
        ("2018-04-26-aklaz-awakassa", "2022-06-05-anderamboukane"),
        (ACLED_MENAKA, LONG_WAR),
    ),
    Profile(
        "militias",
        (Said("Militias", "Les milices"),),
        (
            Said(
                "Village self-defence groups and brotherhoods of hunters (dozo). Dan Na Ambassagou, the largest Dogon one, says "
                "that it guards villages against jihadists; rights groups accuse it of crimes against Fulani civilians, which it "
                "denies. The government has ordered it dissolved.",
                "Groupes d’autodéfense de villages et confréries de chasseurs (dozos). Dan Na Ambassagou, la principale côté "
                "dogon, dit protéger les villages des djihadistes ; des ONG l’accusent de crimes contre des civils peuls, ce "
                "qu’elle nie. Le gouvernement en a ordonné la dissolution.",
                since="2019-03-23-ogossagou",
            ),
            Said(
                "Village self-defence groups and brotherhoods of hunters (dozo), raised against jihadists.",
                "Groupes d’autodéfense de villages et confréries de chasseurs (dozos), levés contre les djihadistes.",
                until="2019-03-23-ogossagou",
            ),
        ),
        "militia", "militia", "",
        ("2019-03-23-ogossagou", "2019-06-09-sobane-da", "2026-05-hunters-militias-attacked"),
        (AMBASSAGOU, KOUFA),
    ),
    Profile(
        "foreign",
        (
            Said("Foreign forces", "Les forces étrangères"),
            Said("Those who left", "Les forces qui sont parties", since=_GONE),
        ),
        (
            Said(
                "French soldiers, the UN mission MINUSMA and the joint force of the G5 Sahel.",
                "Les soldats français, la mission de l’ONU (MINUSMA) et la force conjointe du G5 Sahel.",
                until=_FRENCH_GONE,
            ),
            Said(
                "The French soldiers have left and Mali has quit the G5 Sahel; the UN mission MINUSMA is still there.",
                "Les soldats français sont partis et le Mali a quitté le G5 Sahel ; la mission de l’ONU, la MINUSMA, est "
                "encore là.",
                since=_FRENCH_GONE,
                until=_MANDATE_ENDED,
            ),
            Said(
                "The French soldiers have left and Mali has quit the G5 Sahel; the Security Council has ended the mandate of "
                "the UN mission MINUSMA.",
                "Les soldats français sont partis et le Mali a quitté le G5 Sahel ; le Conseil de sécurité a mis fin au mandat "
                "de la mission de l’ONU, la MINUSMA.",
                since=_MANDATE_ENDED,
                until=_GONE,
            ),
            Said(
                "French soldiers, the European task force Takuba and the UN mission MINUSMA; Mali also quit the G5 Sahel.",
                "Les soldats français, la force européenne Takuba et la mission de l’ONU, la MINUSMA ; le Mali a aussi quitté le "
                "G5 Sahel.",
                since=_GONE,
            ),
        ),
        "", "international", "",
        ("2013-01-11-serval", "2013-04-25-minusma-created", "2022-06-30-takuba-ends", _FRENCH_GONE, _GONE),
    ),
    Profile(
        "unidentified",
        (Said("Unidentified armed groups", "Groupes armés non identifiés"),),
        (
            Said(
                "In many reports nobody says who attacked. Many of these men are thought to be militant Islamists. This book "
                "leaves them out of that count, and says what would change with them.",
                "Dans beaucoup de récits, personne ne dit qui a attaqué. On pense que nombre de ces hommes sont des islamistes "
                "armés. Ce livre ne les compte pas avec eux, et dit ce que cela changerait.",
            ),
        ),
        "unidentified",
        "unidentified",
    ),
)  # fmt: skip
"""The cards, in the order of the page."""

HERDERS = Profile(
    "herders-farmers-militias",
    (Said("Herders, farmers, militias", "Éleveurs, cultivateurs, milices"),),
    (
        Said(
            "Most Fulani (Peul) see themselves as herders, most Dogon as farmers. Disputes over land, water and grazing in the "
            "centre are old, and neither government nor local notables could settle them. Jihadists recruited among Fulani "
            "herders; Dogon villages raised militias, one of them with the army’s help. Armed men of each side then emptied "
            "villages of the other. There are conflicts inside each community too, and to see a whole people as the enemy feeds "
            "the war. This book names a community only where a source does, and never as an actor.",
            "La plupart des Peuls se disent éleveurs, la plupart des Dogons cultivateurs. Dans le centre, les querelles de terres, "
            "d’eau et de pâturages sont anciennes, et ni l’État ni les notables n’ont su les régler. Les djihadistes ont recruté "
            "chez les éleveurs peuls ; des villages dogons ont levé des milices, dont une avec l’aide de l’armée. Des hommes "
            "armés de chaque camp ont vidé des villages de l’autre. Chaque communauté a aussi ses conflits, et voir en tout un "
            "peuple l’ennemi nourrit la guerre. Ce livre ne nomme une communauté que là où une source le fait, jamais comme acteur.",
        ),
    ),
    sources=(SEENO, CRISIS_GROUP_UPRISING),
)
FLIGHT = Profile(
    "flight",
    (Said("Flight", "La fuite"),),
    (
        Said(
            "People leave after attacks, and before them, out of fear. From the villages of the centre they go to Mopti and "
            "Sévaré, to a camp or into the house of relatives and strangers; others cross the border, many into the "
            "camp of M’bera in Mauritania. No table of this book counts them. Where violence falls because nobody is "
            "left, the counts fall too.",
            "Les gens partent après les attaques, et avant, par peur. Des villages du centre, ils gagnent Mopti et Sévaré, un "
            "camp ou la maison de parents et d’inconnus ; d’autres passent la frontière, beaucoup vers le camp de "
            "M’bera, en Mauritanie. Aucune table de ce livre ne les compte. Là où les violences baissent parce qu’il ne reste "
            "personne, les décomptes baissent aussi.",
        ),
    ),
    sources=(IOM, MBERA),
)
NORTH = Profile(
    "state-and-north",
    (Said("The state and the north", "L’État et le nord"),),
    (
        Said(
            "Since independence Tuareg movements have rebelled again and again against a state whose offices in the north were "
            "mostly staffed by others. Droughts drove many young men to Libya, and some came back as fighters. The accord of "
            "Algiers promised power to the regions, places in the army and money for the north; little of it was carried out. "
            "In the rebellion that broke the country, Islamist groups soon pushed the Tuareg rebels aside, and French and UN "
            "forces came.",
            "Depuis l’indépendance, des mouvements touaregs se sont soulevés à maintes reprises contre un État dont les "
            "administrations, dans le nord, étaient surtout tenues par d’autres. Les sécheresses ont poussé beaucoup de jeunes "
            "vers la Libye ; certains en sont revenus combattants. L’accord d’Alger promettait des pouvoirs aux régions, des "
            "places dans l’armée et de l’argent pour le nord ; il a été peu appliqué. Dans la rébellion qui a brisé le pays, les "
            "groupes islamistes ont vite évincé les rebelles touaregs, et les forces françaises et de l’ONU sont venues.",
        ),
    ),
    sources=(TUAREG, CRISIS_GROUP_ACCORD, AFP_2012),
)
BACKGROUND = (HERDERS, FLIGHT, NORTH)
"""Background, in every edition: no numbers and no dates."""
