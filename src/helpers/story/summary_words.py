"""The fixed paragraphs of the summary in English and in French: what holds for every edition and names no figure."""

from __future__ import annotations

FIXED: dict[str, tuple[str, str]] = {
    "intro": (
        "Two reports of the Africa Center for Strategic Studies put the war in Mali into figures, without setting out how "
        "these were reached. This book computes such figures anew from public data, for any month one chooses, and says of "
        "every statement that can be checked whether the data bear it out. Every number, chart and verdict on these pages is "
        "made by code that a reader can run again.",
        "Deux rapports du Centre d’études stratégiques de l’Afrique ont mis la guerre au Mali en chiffres, sans exposer "
        "comment ils les ont obtenus. Ce livre recalcule de tels chiffres à partir de données publiques, pour le mois que "
        "l’on veut, et dit de chaque affirmation vérifiable si les données la confirment. Chaque nombre, chaque graphique et "
        "chaque verdict de ces pages est produit par un code que le lecteur peut exécuter à son tour.",
    ),
    "all_sides": (
        "Militant Islamist events are one side of the war. The map takes in the violence of all sides, army operations and "
        "militias among them, and sets it against the number of people who live with it.",
        "Les événements impliquant des groupes islamistes armés ne sont qu’un côté de la guerre. La carte prend en compte la "
        "violence de tous les camps, opérations de l’armée et milices comprises, et la rapporte au nombre de personnes qui "
        "vivent avec elle.",
    ),
    "verdicts_read": (
        "Each statement is recomputed at its own date, with the months it could know, by its likeliest reading and by "
        "the other readings its wording allows; each word a report uses (about, nearly, more than) is one band, the same for "
        "all. *Holds* means that the likeliest reading gives the figure; *close*, that another reading does, or that one "
        "misses it by no more than the data are revised; *mixed*, that parts differ. Dated facts are *sourced* where a source other than the report carries them. "
        "Judgements are shown with the evidence and get no score.",
        "Chaque affirmation est recalculée à sa propre date, avec les mois qu’elle pouvait connaître, selon sa lecture la "
        "plus probable et selon les autres que permet sa formulation ; chaque mot d’un rapport (environ, près de, plus de) "
        "vaut une même marge partout. *Confirmé* veut dire que la lecture la plus probable donne le chiffre ; *proche*, "
        "qu’une autre le donne, ou que l’écart ne dépasse pas celui des révisions ; *partagé*, que les parties diffèrent. Un "
        "fait daté *a une source* si une "
        "source autre que le rapport le porte. Les appréciations sont présentées avec leurs éléments et ne sont pas notées.",
    ),
    "good_score": (
        "A good score says that the figures follow from the data under plausible definitions. It does not say that the data "
        "are complete, nor that the reading put on them is right.",
        "Un bon résultat dit que les chiffres découlent des données selon des définitions plausibles. Il ne dit pas que les "
        "données sont complètes, ni que l’interprétation qu’on en donne est juste.",
    ),
    "guide": (
        "* [The trajectory of violence](trajectory.ipynb) takes the whole country: events, deaths, attacks on civilians, the "
        "pace of the year and the ground touched.\n"
        "* [Junta politics](junta.ipynb) sets coups, the referendum, departing partners and civic space beside the "
        "violence.\n"
        "* [Wagner](wagner.ipynb) follows the Russian fighters: where they act, against whom, and at which price.\n"
        "* [Northern](northern.ipynb), [central](central.ipynb) and [southern](southern.ipynb) Mali each have a page of "
        "their own.\n"
        "* Every page begins with what it finds, shows how sure that is, and keeps what came later under one heading, "
        '"What happened next". Boxes give the verdict on a statement; open one to see all its readings.\n'
        "* Under each figure lie its numbers and its source. A chart's title is made from those numbers, so it cannot say "
        "more than they do.\n"
        "* The [data](method/data.ipynb), the [definitions](method/definitions.ipynb), the "
        "[decisions](method/decisions.md) that move a figure, how to [run the book again](method/rerun.md) and "
        "[what changed](method/changes.md) are set out apart.",
        "* [La trajectoire de la violence](trajectory.ipynb) porte sur tout le pays : événements, morts, attaques contre des "
        "civils, rythme de l’année et terrain touché.\n"
        "* [La politique de la junte](junta.ipynb) met en regard de la violence les coups d’État, le référendum, le départ "
        "des partenaires et l’espace civique.\n"
        "* [Wagner](wagner.ipynb) suit les combattants russes : où ils agissent, contre qui et à quel prix.\n"
        "* [Le nord](northern.ipynb), [le centre](central.ipynb) et [le sud](southern.ipynb) du Mali ont chacun leur page.\n"
        "* Chaque page commence par ce qu’elle constate, montre à quel point c’est sûr et garde ce qui est venu plus tard "
        "sous un seul titre, « What happened next ». Les encadrés donnent le verdict sur une affirmation ; ouverts, ils en "
        "montrent toutes les lectures. Ces pages sont en anglais ; le titre et la description de leurs figures existent "
        "en français.\n"
        "* Sous chaque figure se trouvent ses nombres et sa source. Le titre d’un graphique est tiré de ces nombres : il ne "
        "peut pas en dire plus qu’eux.\n"
        "* Les [données](method/data.ipynb), les [définitions](method/definitions.ipynb), les "
        "[choix](method/decisions.md) qui changent un chiffre, la façon de [refaire le livre](method/rerun.md) et "
        "[ce qui a changé](method/changes.md) sont exposés à part.",
    ),
    "unknown": (
        "* How much violence goes unreported. Events are what journalists, officials, aid workers and residents pass on, and "
        "they pass on least where armed groups rule.\n"
        "* How many died. Tolls are estimates, often by a party to the fighting, and they count fighters, soldiers and "
        "civilians together unless a page says otherwise.\n"
        "* Who did it. Many attacks have no known author, and the source seldom names the katiba behind an attack of the "
        "JNIM coalition.\n"
        "* Who rules where. Events show fighting. Ground held without a fight leaves no trace in these data.\n"
        "* Why. The pages set dates beside series; that one came before the other does not make it the cause.",
        "* Combien de violences ne sont pas signalées. Les événements sont ce que transmettent journalistes, responsables, "
        "humanitaires et habitants, et ils transmettent le moins là où règnent les groupes armés.\n"
        "* Combien de personnes sont mortes. Les bilans sont des estimations, souvent d’une partie aux combats, et comptent "
        "ensemble combattants, soldats et civils, sauf mention contraire.\n"
        "* Qui l’a fait. Beaucoup d’attaques n’ont pas d’auteur connu, et la source nomme rarement la katiba qui est "
        "derrière une attaque de la coalition JNIM.\n"
        "* Qui tient quoi. Les événements montrent des combats. Un terrain tenu sans combat ne laisse pas de trace dans ces "
        "données.\n"
        "* Pourquoi. Les pages placent des dates à côté de séries ; que l’une précède l’autre n’en fait pas la cause.",
    ),
    "later": (
        "Only this section looks past the edition's date. It says what became of the projections made by then; the chapters "
        "show the months behind each.",
        "Cette section est la seule à regarder au-delà de la date de l’édition. Elle dit ce que sont devenues les "
        "projections faites jusque-là ; les chapitres montrent les mois qui sont derrière chacune.",
    ),
    "sources": (
        "Sources: ACLED and its totals of political violence through HDX, UCDP, boundaries and population by cercle, and a "
        "chronology of dated facts with a source each. Versions and licences stand under each figure.",
        "Sources : ACLED et ses totaux de violence politique par HDX, l’UCDP, les limites et la population par cercle, et "
        "une chronologie de faits datés, chacun avec sa source. Versions et licences figurent sous chaque figure.",
    ),
}
"""Paragraphs as Markdown, English and French, by name."""
