"""Sentences made of dated entries, as far as an edition knows them: rule, roads, recruits, Kati, curbs on the UN."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.editions import Report
from helpers.page.frame import day
from helpers.story.junta_facts import entry
from helpers.words import NOTHING, Both


@dataclass(frozen=True, eq=False)
class Told:
    """A sentence: words by the entry of the chronology that they tell, in order of date, and what is said after them."""

    parts: Mapping[str, Both]
    after: Both = NOTHING

    def __call__(self, r: Report) -> Both:
        """Join what an edition knows, each part with its source; one that begins with `and` or `as` follows a comma."""
        text = NOTHING
        for name, part in self.parts.items():
            known = entry(r, name)
            if known is None:
                continue
            between = Both(", ", ", ") if part.en.startswith(("and ", "as ")) else Both("; ", " ; ")
            page = f" ([{str(known['source']).partition(',')[0]}]({known['url']}))"
            text = (text + between if text.en else text) + part + Both(page, page)
        return text + Both(".", ".") + self.after if text.en else NOTHING


FUEL, BLOCKADE = "2025-09-03-fuel-blockade-declared", "2026-04-28-blockade-of-bamako"
"""Entries on the ban of fuel and on the blockade of the capital."""

punishments = Told(
    {
        "2021-05-02-tin-hama-amputations": Both(
            "Where such groups rule, punishments are reported: in May 2021 Islamic State fighters cut off a hand and a foot of "
            "three men at Tin-Hama",
            "Là où ces groupes dominent, des châtiments sont rapportés : en mai 2021, des combattants de l’État islamique ont "
            "amputé trois hommes d’une main et d’un pied à Tin-Hama",
        ),
        "2021-10-gao-amputation": Both(
            "in October a man’s hand near Gao", "en octobre, un homme d’une main près de Gao"
        ),
        "2022-10-27-hrw-menaka-massacres": Both(
            "in 2022 they put men to death in villages of Ménaka and Gao, by the account of witnesses",
            "en 2022, ils ont mis à mort des hommes dans des villages de Ménaka et de Gao, selon des témoins",
        ),
        "2024-12-12-hrw-after-minusma": Both(
            "from June to December 2024 JNIM and Islamic State executed at least 47 people",
            "de juin à décembre 2024, le GSIM (JNIM) et l’État islamique ont exécuté au moins 47 personnes",
        ),
        "2025-11-07-tonka-execution": Both(
            "in November 2025 a young woman was shot in a square of Tonka",
            "en novembre 2025, une jeune femme a été abattue sur une place de Tonka",
        ),
    }
)
"""Executions and amputations that are reported where militant Islamists rule; the first opens the sentence."""

road = Told(
    {
        "2022-05-25-boni-blockade": Both(
            "In May 2022 Katiba Serma, a unit of JNIM, closed the road at Boni",
            "En mai 2022, la katiba Serma, unité du GSIM (JNIM), a fermé la route à Boni",
        ),
        "2022-08-02-hombori-lorries": Both(
            "in August it burned 19 lorries that waited at Hombori",
            "en août, elle a brûlé 19 camions en attente à Hombori",
        ),
        "2022-08-28-boni-blockade-lifted": Both(
            "and opened the road after bargaining", "puis rouvert la route après négociation"
        ),
        "2023-08-28-rn16-closed": Both("it was closed again in August 2023", "elle a été refermée en août 2023"),
        "2025-03-boni-blockade-lifted": Both(
            "and open from March 2025, bargained for once more",
            "et rouverte en mars 2025, de nouveau après négociation",
        ),
    }
)
"""Who closed and opened the road from Sévaré to Gao."""

recruits = Told(
    {
        "2022-11-10-jnim-names-wagner": Both(
            "JNIM uses killings laid to Wagner to win people over, experts told AFP in November 2022",
            "Le GSIM (JNIM) se sert des tueries imputées à Wagner pour recruter, ont dit des experts à l’AFP en novembre 2022",
        ),
        "2023-02-07-undp-on-recruits": Both(
            "of volunteers to armed groups in eight countries for whom one event decided it, 71 percent named an abuse, the UN’s "
            "development programme found",
            "parmi les volontaires de groupes armés de huit pays qu’un événement a décidés, 71 % citent une exaction, selon le "
            "Programme des Nations unies pour le développement",
        ),
    }
)
"""What is known of abuses and recruits; no count of this book holds it."""

kati = Told(
    {
        "2012-03-22-coup": Both(
            "Kati, just north-west of the city, is a garrison town: the coup of 2012 began in its camp",
            "Kati, juste au nord-ouest de la ville, est une ville de garnison : le coup d’État de 2012 est parti de son camp",
        ),
        "2020-08-18-coup": Both("as did that of 2020", "comme celui de 2020"),
        "2021-05-kati-camp": Both(
            "the chief of the general staff has his office in this camp, the country’s largest",
            "le chef d’état-major général a son bureau dans ce camp, le plus grand du pays",
        ),
    }
)
"""What Kati is: the headquarters that the first report speaks of."""

supply = Told(
    {
        FUEL: Both(
            "On 3 September 2025 JNIM declared a blockade of Kayes and Nioro and banned fuel imports",
            "Le 3 septembre 2025, le GSIM (JNIM) a décrété un blocus de Kayes et de Nioro et interdit l’importation de carburant",
        ),
        "2025-10-08-bamako-without-fuel": Both(
            "by 8 October Bamako’s filling stations ran dry",
            "au 8 octobre, les stations-service de Bamako étaient à sec",
        ),
        "2025-11-21-fuel-protocol": Both(
            "by 1 December the capital’s queues were gone, while some regions still went short",
            "au 1er décembre, les files d’attente avaient disparu dans la capitale, tandis que des régions manquaient encore de carburant",
        ),
        "2026-02-02-attacks-on-lorries-resume": Both(
            "after a lull fuel lorries burned again from late January 2026",
            "après une accalmie, des camions-citernes ont de nouveau brûlé à partir de fin janvier 2026",
        ),
        BLOCKADE: Both(
            "on 28 April JNIM announced a blockade of all roads to Bamako and Kati",
            "le 28 avril, le GSIM a annoncé un blocus de toutes les routes vers Bamako et Kati",
        ),
        "2026-05-01-northern-town-seized": Both(
            "on 1 May rebel checkpoints were reported around the capital",
            "le 1er mai, des barrages rebelles étaient signalés autour de la capitale",
        ),
        "2026-06-01-bus-hits-mine": Both(
            "on 1 June eight people died as a bus hit a mine on the way to Kayes",
            "le 1er juin, huit personnes sont mortes dans un car qui a sauté sur une mine sur la route de Kayes",
        ),
    },
    after=Both(
        " No source that we found dates an end of either blockade, or tells how fuel has come since.",
        " Aucune source trouvée ne date la fin de l’un ou l’autre blocus, ni ne dit comment le carburant arrive depuis.",
    ),
)
"""When the roads of the south were blocked, what that did to fuel, and that no end of it is dated."""

curbs = Told(
    {
        "2022-01-minusma-flights-grounded": Both(
            "In January 2022 the UN mission grounded its flights over new rules of the army",
            "En janvier 2022, la mission de l’ONU a suspendu ses vols en raison de nouvelles règles de l’armée",
        ),
        "2022-04-13-moura-access": Both(
            "in April it was kept from Moura", "en avril, l’accès à Moura lui a été refusé"
        ),
        "2022-07-14-minusma-rotations": Both(
            "in July Mali stopped its rotations", "en juillet, le Mali a suspendu ses relèves"
        ),
        "2022-10-18-minusma-restrictions": Both(
            "in October the UN laid most limits on its movements to the authorities",
            "en octobre, l’ONU a imputé aux autorités la plupart des restrictions à ses déplacements",
        ),
    }
)
"""Limits that the UN mission met."""

CAPITAL = {
    "2024-09-17-bamako-attack": Both("attacked Bamako in September 2024", "attaqué Bamako en septembre 2024"),
    FUEL: Both("banned fuel imports in September 2025", "interdit l’importation de carburant en septembre 2025"),
    BLOCKADE: Both("announced a blockade of Bamako in April 2026", "annoncé un blocus de Bamako en avril 2026"),
}
"""What JNIM did to the capital."""
NEAR = {
    "2026-04-25-attacks-across-mali": Both("gunfire near the airport", "des tirs près de l’aéroport"),
    "2026-04-27-fighting-at-kati": Both("fighting at Kati", "des combats à Kati"),
}
"""What reached the capital in April 2026."""

KIDAL = {
    "2023-11-14-army-takes-kidal": Both(
        "The army took Kidal in November 2023.", "L’armée a pris Kidal en novembre 2023."
    ),
    "2026-04-25-fla-claims-kidal": Both(
        "Separatists said in April 2026 that they took Kidal.",
        "Des séparatistes ont dit en avril 2026 avoir pris Kidal.",
    ),
    "2026-10-06-fla-leaves-kidal": Both(
        "Separatists held Kidal from April to October 2026.",
        "Des séparatistes ont tenu Kidal d’avril à octobre 2026.",
    ),
}
"""Who came to hold the north's best-known town."""

MENAKA = {
    "2023-04-menaka-encircled": Both(
        "In April 2023 a researcher saw Islamic State in command of the Ménaka region but for its chief town.",
        "En avril 2023, un chercheur voyait ce dernier maître de la région de Ménaka, chef-lieu excepté.",
    ),
    "2024-10-is-sahel-menaka": Both(
        "In October 2024 researchers found Islamic State in control of nearly all of Ménaka.",
        "En octobre 2024, des chercheurs disaient ce dernier maître de presque toute la région de Ménaka.",
    ),
}
"""What Islamic State Sahel came to hold."""

moura = Told(
    {
        "2023-05-12-ohchr-moura-report": Both(
            "In May 2023 the UN human rights office found that Malian troops and foreign military personnel had killed at least "
            "500 people there",
            "En mai 2023, le Haut-Commissariat de l’ONU aux droits de l’homme a conclu que des soldats maliens et des militaires "
            "étrangers y avaient tué au moins 500 personnes",
        ),
    }
)
"""What the United Nations found on Moura."""


def known(r: Report, entries: Mapping[str, Both]) -> list[Both]:
    """Return the words of the entries that an edition knows."""
    return [said for name, said in entries.items() if entry(r, name) is not None]


def after_counts(r: Report) -> str | None:
    """Return the day of the first attack among the leading dates that comes after the totals end; None without any."""
    rows = r.chronology
    late = rows["lead"].eq("yes") & rows["category"].eq("violence") & rows["precision"].eq("day")
    dates = rows.loc[late & rows["date"].str[:7].gt(str(r.end("totals"))), "date"]
    return None if dates.empty else str(dates.min())


def not_counted(r: Report) -> Both | None:
    """Say that the attacks of that day lie after the counts."""
    first = after_counts(r)
    if first is None:
        return None
    when = day(first, "day")
    return Both(
        f"The attacks of {when.en} lie after these counts.",
        f"Les attaques du {when.fr} sont postérieures à ces décomptes.",
    )
