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

_SENTENCE = re.compile(r"(?<=[\w)]\.)\s+(?=[A-Z\d])")
_MONTHS = dict(zip(MONTHS, FRENCH_MONTHS, strict=True))
_FIXED = {
    "A band lets months vary and carry over as before the coup, and the trend's slope be uncertain.": (
        "La bande laisse les mois varier et se prolonger comme avant le coup d’État, et la pente de la tendance rester incertaine."
    ),
    "A bend in the trend counts as variation, which makes intervals wider rather than narrower.": (
        "Une inflexion de la tendance compte comme variation, ce qui élargit les intervalles plutôt que de les resserrer."
    ),
    "A cell counts in full once a single event falls in it, so the area overstates the ground that was fought over.": (
        "Une cellule compte en entier dès qu’un seul événement y tombe : la surface dépasse donc celle où l’on s’est battu."
    ),
    "A centre between two theatres may lie where nothing happens.": (
        "Un centre entre deux théâtres peut tomber là où rien ne se passe."
    ),
    "A correlation says whether months rank alike, not whether the numbers do; the factor below says that.": (
        "Une corrélation dit si les mois se classent de même, non si les nombres sont égaux ; le rapport ci-dessous le dit."
    ),
    "A factor that grows means that one source cannot stand in for the other in a comparison over years.": (
        "Un rapport qui croît veut dire qu’une source ne peut remplacer l’autre dans une comparaison sur des années."
    ),
    "A forecast from a rule fitted to past counts: it knows nothing of plans, politics or weather.": (
        "Une prévision d’une règle ajustée à des décomptes passés : elle ne sait rien des plans, de la politique ni du temps qu’il fera."
    ),
    "A forecast from past counts: it knows nothing of plans, politics or weather.": (
        "Une prévision tirée de décomptes passés : elle ne sait rien des plans, de la politique ni du temps qu’il fera."
    ),
    "A high rate says how deadly the events were, not who died.": (
        "Un taux élevé dit combien les événements ont été meurtriers, non qui y est mort."
    ),
    "A range that holds too few outcomes promises more than it knows; one that holds nearly all is wider than it need be.": (
        "Une fourchette qui contient trop peu d’issues promet plus qu’elle ne sait ; une autre qui les contient presque toutes est plus large que nécessaire."
    ),
    "A search for steps turns a steady rise into a staircase: a change found is a place where the rise was steep, not the proof of an event.": (
        "Chercher des marches fait d’une montée régulière un escalier : une rupture trouvée est un endroit où la montée fut raide, non la preuve d’un événement."
    ),
    "A trend carried on for years is a yardstick, not a forecast.": (
        "Une tendance prolongée sur des années est un étalon, non une prévision."
    ),
    "ACLED counts deaths by event, on all sides; a battle that Wagner lost adds its own dead.": (
        "ACLED compte les morts par événement, tous camps confondus ; un combat perdu par Wagner y ajoute ses propres morts."
    ),
    "ACLED counts deaths by event, on all sides; tolls from Ménaka often rest on one source.": (
        "ACLED compte les morts par événement, tous camps confondus ; les bilans de Ménaka reposent souvent sur une seule source."
    ),
    "ACLED: all deaths in attacks on civilians; UCDP: civilians killed in any event.": (
        "ACLED : tous les morts dans les attaques contre des civils ; UCDP : les civils tués dans tout événement."
    ),
    "Acts of foreign forces and separatists are left out.": (
        "Les actes des forces étrangères et des séparatistes sont laissés de côté."
    ),
    "An edition describes the year before it.": ("Une édition décrit l’année qui la précède."),
    "An entry that bears on two statements stands in both lanes.": (
        "Une entrée qui touche deux affirmations figure sur les deux lignes."
    ),
    "An estimate, not a count: it enters no other figure, no audit and no record of this book.": (
        "Une estimation, non un décompte : elle n’entre dans aucune autre figure, aucune vérification, aucun record de ce livre."
    ),
    "An event has two sides and may count for two groups.": (
        "Un événement a deux camps et peut compter pour deux groupes."
    ),
    "Axes are straight lines between towns, not roads: no road data under an open licence were at hand.": (
        "Les axes sont des droites entre des villes, non des routes : nous n’avions pas de données routières sous licence ouverte."
    ),
    "Before and after a date is not proof of a cause.": ("Un avant et un après ne prouvent pas une cause."),
    "Beyond chance: Diebold and Mariano's test, 5 percent, which allows for forecasts that share months.": (
        "Au-delà du hasard : test de Diebold et Mariano à 5 %, qui tient compte des prévisions qui partagent des mois."
    ),
    "Blocks of two or three months hold too few months each: in some series they take what lingers for the level itself and find too little movement, in others they leave so little to measure it by that the interval has hardly an end.": (
        "Des blocs de deux ou trois mois contiennent trop peu de mois : dans certaines séries, ils prennent ce qui persiste pour le niveau même et trouvent trop peu de mouvement ; dans d’autres, ils laissent si peu de quoi le mesurer que l’intervalle n’a presque pas de fin."
    ),
    "Borders and names on maps imply no opinion on the status of any territory.": (
        "Les frontières et les noms sur les cartes n’impliquent aucune opinion sur le statut d’un territoire."
    ),
    "By bombs: explosions, shelling and air strikes that hit civilians, which the sentence above does not count.": (
        "Par des bombes : explosions, tirs d’obus et frappes aériennes qui ont touché des civils, hors de la phrase ci-dessus."
    ),
    "By month UCDP does not say who acted: army, militias and militant Islamists are counted together.": (
        "Par mois, l’UCDP ne dit pas qui agit : armée, milices et groupes islamistes armés sont comptés ensemble."
    ),
    "Cells on a boundary may fall to the neighbouring cercle.": (
        "Une cellule à cheval sur une limite peut revenir au cercle voisin."
    ),
    "Civilians killed in battles are not in this share; attackers killed in attacks on civilians are.": (
        "Les civils tués dans les combats ne sont pas dans cette part ; les assaillants tués dans les attaques contre des civils y sont."
    ),
    "Coarse cells and wide discs fill up and grow less; fine ones follow the number of places with an event.": (
        "Les grandes cellules et les disques larges se remplissent et croissent moins ; les petits suivent le nombre de lieux où il y a eu un événement."
    ),
    "Combinations with too few events are left out.": (
        "Les combinaisons qui ont trop peu d’événements sont laissées de côté."
    ),
    "Counts below 10 move visibly with one event more or less.": (
        "Les effectifs inférieurs à 10 changent visiblement d’un événement de plus ou de moins."
    ),
    "Counts, not rates: the far northern cercles are vast and nearly empty.": (
        "Des nombres, non des taux : les cercles de l’extrême nord sont immenses et presque vides."
    ),
    "Dashed columns: months that UCDP still revises.": ("Colonnes en tirets : mois que l’UCDP révise encore."),
    "Days from the decision to its lifting, or to this edition's day.": (
        "Jours de la décision à sa levée, ou au jour de cette édition."
    ),
    "Deaths are all those of an event, on either side; the acting side is the one the record puts first.": (
        "Les morts sont tous ceux d’un événement, des deux côtés ; le camp agissant est celui que la fiche cite en premier."
    ),
    "Deaths are those of both sides and of bystanders: the source gives one number an event.": (
        "Les morts sont ceux des deux camps et des passants : la source donne un seul nombre par événement."
    ),
    "Deaths in these events, on any side; civilians killed in battles are not among them.": (
        "Morts dans ces événements, de tout camp ; les civils tués dans les combats n’en sont pas."
    ),
    "Each event stands at the centre of its cell of 0.1 degree, at most 8 km from where it was recorded.": (
        "Chaque événement est placé au centre de sa cellule de 0,1 degré, à 8 km au plus du lieu consigné."
    ),
    "Each forecast knows only the months before it, but in today's vintage: its own forecaster would have known somewhat fewer events.": (
        "Chaque prévision ne connaît que les mois qui la précèdent, mais dans leur état d’aujourd’hui : qui l’aurait faite alors aurait connu un peu moins d’événements."
    ),
    "Estimates from experts' answers; their margins are not in the sources read.": (
        "Des estimations tirées de réponses d’experts ; leurs marges ne sont pas dans les sources lues."
    ),
    "Events with their actors end in February 2025: the project has no access of its own to ACLED's events, and no public copy of later ones was found.": (
        "Les événements avec leurs acteurs s’arrêtent en février 2025 : le projet n’a pas d’accès propre aux événements d’ACLED, et nous n’avons trouvé aucune copie publique de ceux d’après."
    ),
    "Experts' scores, without a stated margin.": ("Notes d’experts, sans marge indiquée."),
    "Few forecasts stand behind each mean, and one wild year weighs much in it; the table gives the median too.": (
        "Peu de prévisions fondent chaque moyenne, et une seule année hors norme y pèse beaucoup ; le tableau donne aussi la médiane."
    ),
    "Fewer than 10 events in many half-years.": ("Moins de 10 événements dans beaucoup de semestres."),
    "Fewer than 10 events: one more or less moves the figure visibly.": (
        "Moins de 10 événements : un de plus ou de moins change visiblement le chiffre."
    ),
    "Fights between armed groups far from towns are the events that reporting misses most.": (
        "Les combats entre groupes armés loin des villes sont ceux qui échappent le plus aux recensements."
    ),
    "Foreign: the UN, France and partners.": ("Étrangers : l’ONU, la France et ses partenaires."),
    "Four series are tested; their events are largely the same.": (
        "Quatre séries sont testées ; leurs événements sont en grande partie les mêmes."
    ),
    "French and European troops left in the same months.": (
        "Les troupes françaises et européennes sont parties dans les mêmes mois."
    ),
    "From 2022 on the source codes nearly all attacks of Katiba Macina as JNIM.": (
        "À partir de 2022, la source attribue au GSIM presque toutes les attaques de la katiba Macina."
    ),
    "From 2024 UCDP codes some killings under the Government of Russia; totals include them.": (
        "À partir de 2024, l’UCDP attribue certaines tueries au gouvernement de la Russie ; les totaux les comprennent."
    ),
    "Half-years with fewer acts are left out; the line passes over them.": (
        "Les semestres qui ont moins d’actes sont laissés de côté ; la courbe passe par-dessus."
    ),
    "Handovers, the army's advance on Kidal and the war with separatists fall in the same months: their effects cannot be told apart.": (
        "Rétrocessions, avancée de l’armée sur Kidal et guerre avec les séparatistes tombent dans les mêmes mois : leurs effets ne peuvent être séparés."
    ),
    "In cercles with few people a handful of events makes a high rate.": (
        "Dans un cercle peu peuplé, une poignée d’événements suffit à un taux élevé."
    ),
    "In most events the army is the recorded actor and only the notes name Wagner; the notes need not say who did what.": (
        "Dans la plupart des événements, l’armée est l’acteur recensé et seules les notes nomment Wagner ; elles ne disent pas toujours qui a fait quoi."
    ),
    "It cannot say whether the trend would have gone on.": (
        "Elle ne peut pas dire si la tendance se serait poursuivie."
    ),
    "It falls where all months resemble each other, so that there is little to agree on.": (
        "Elle baisse là où tous les mois se ressemblent : il n’y a alors guère de quoi s’accorder."
    ),
    "It is not a sample of what happened.": ("Ce n’est pas un échantillon de ce qui s’est passé."),
    "It is the date's doing only if nothing else changed then and the trend would have gone on.": (
        "Il n’est dû à la date que si rien d’autre n’a changé alors et si la tendance se serait poursuivie."
    ),
    "JNIM with Katiba Macina, IS Sahel, other militant Islamists (MI); foreign: the UN, France and partners; the table splits the others.": (
        "GSIM avec la katiba Macina, État islamique au Sahel, autres groupes islamistes armés ; étrangers : l’ONU, la France et ses partenaires ; le tableau détaille les autres."
    ),
    "JNIM with Katiba Macina.": ("GSIM avec la katiba Macina."),
    "Later revisions of the events move it by a few percent, not by this much.": (
        "Les révisions ultérieures des événements la déplacent de quelques pour cent, non d’autant."
    ),
    "Levels are not meant to be equal.": ("Les niveaux n’ont pas à être égaux."),
    "Lines and bands are cut where they leave the chart.": (
        "Courbes et bandes sont coupées là où elles sortent du graphique."
    ),
    "Lines that reach the edge of the chart run on.": ("Les traits qui atteignent le bord du graphique vont au-delà."),
    "Lines that reach the edge of the chart run on; the table has their ends.": (
        "Les traits qui atteignent le bord du graphique vont au-delà ; le tableau donne leurs bouts."
    ),
    "Mean width is over the mean count.": ("La largeur moyenne est rapportée au nombre moyen."),
    "More events reach more cells: the count alone does not say that violence spread.": (
        "Plus d’événements touchent plus de cellules : leur nombre seul ne dit pas que la violence s’est étendue."
    ),
    "More events touch more cells by chance alone.": (
        "Plus d’événements touchent plus de cellules par le seul hasard."
    ),
    "Most counts by cercle and half-year are below 10.": (
        "La plupart des nombres par cercle et par semestre sont inférieurs à 10."
    ),
    "Most of these counts lie below 10: one event more or less moves them visibly.": (
        "La plupart de ces effectifs sont inférieurs à 10 : un événement de plus ou de moins les change visiblement."
    ),
    "Narrow: the side is named as the actor, and for state forces Wagner is not mentioned.": (
        "Au sens étroit : le camp est nommé comme acteur et, pour les forces de l’État, Wagner n’est pas mentionné."
    ),
    "Neighbouring forecasts share six months, so they are not independent.": (
        "Deux prévisions voisines partagent six mois : elles ne sont pas indépendantes."
    ),
    "No index was made for 2007 and 2009.": ("Il n’y a pas d’indice pour 2007 ni pour 2009."),
    "One export on one day: how far fresh months are revised varies.": (
        "Un seul export, un seul jour : l’ampleur des révisions des mois récents varie."
    ),
    "One pair of exports.": ("Une seule paire d’exports."),
    "PaCE's twelve-month files for past months were computed in 2026 and are left out.": (
        "Les fichiers à douze mois de PaCE pour des mois passés ont été calculés en 2026 et sont laissés de côté."
    ),
    "People and reporters live along them too.": ("Habitants et informateurs vivent aussi le long de ces axes."),
    "Ranks depend on the other countries too.": ("Les rangs dépendent aussi des autres pays."),
    "Reached does not mean held, and a cercle stays counted when violence leaves it.": (
        "Atteint ne veut pas dire tenu, et un cercle reste compté quand la violence le quitte."
    ),
    "Regions with fewer than 10 events in a half-year change places by one event or two; equal counts share a rank.": (
        "Les régions qui ont moins de 10 événements dans un semestre changent de rang pour un événement ou deux ; à nombre égal, elles partagent leur rang."
    ),
    "Sanctions on persons are not drawn.": ("Les sanctions contre des personnes ne sont pas tracées."),
    "Scores before and from 2022 rest on different methods and must not be compared; ranks depend on the other countries too.": (
        "Les notes d’avant 2022 et celles d’après suivent des méthodes différentes et ne se comparent pas ; les rangs dépendent aussi des autres pays."
    ),
    "Searched for what the two reports speak of, so it is dense where they look and thin elsewhere.": (
        "Les recherches ont porté sur ce dont parlent les deux rapports : la chronologie est dense là où ils regardent, mince ailleurs."
    ),
    "Sets differ in what they forecast and for how many months; a set of one forecast says little.": (
        "Les séries diffèrent par ce qu’elles prévoient et par le nombre de mois ; une série d’une seule prévision dit peu."
    ),
    "Several ratios rest on counts below 10.": ("Plusieurs rapports reposent sur des effectifs inférieurs à 10."),
    "Shares depend on what is reported: clashes far from witnesses go missing.": (
        "Les parts dépendent de ce qui est rapporté : les affrontements loin des témoins manquent."
    ),
    "Some counts lie below 10: one event more or less moves them visibly.": (
        "Certains effectifs sont inférieurs à 10 : un événement de plus ou de moins les change visiblement."
    ),
    "That a line moves after a closure does not show that the closure moved it; our list has no base of MINUSMA in Ségou.": (
        "Qu’une courbe bouge après une fermeture ne montre pas que la fermeture en est la cause ; notre liste n’a aucune base de la MINUSMA à Ségou."
    ),
    "That two things happen in the same place and time does not show that one caused the other.": (
        "Que deux choses arrivent au même lieu et au même moment ne montre pas que l’une a causé l’autre."
    ),
    "The acting side is the one that the source lists first; in battles that is not always the attacker.": (
        "Le camp agissant est celui que la source cite en premier ; dans un combat, ce n’est pas toujours l’assaillant."
    ),
    "The bands rest on few past forecasts.": ("Les bandes reposent sur peu de prévisions passées."),
    "The chart shows what came after the exit, not what it caused.": (
        "Le graphique montre ce qui est venu après le départ, non ce que le départ a causé."
    ),
    "The choice was made by simulated coverage, not by what it does to these ratios.": (
        "Le choix a été fait d’après la couverture simulée, non d’après ce qu’il fait à ces rapports."
    ),
    "The chronology is a selection: more dots do not mean more violence.": (
        "La chronologie est un choix : plus de points ne veut pas dire plus de violence."
    ),
    "The effect is the ratio of the fitted course to the trend of the two years before, carried on.": (
        "L’effet est le rapport du cours ajusté à la tendance des deux années d’avant, prolongée."
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
    "The indicator of OECD and the Sahel and West Africa Club (Walther and others 2023), here for militant Islamist events alone, not for all political violence as there.": (
        "L’indicateur de l’OCDE et du Club du Sahel et de l’Afrique de l’Ouest (Walther et autres, 2023), ici pour les seuls événements impliquant des groupes islamistes armés et non, comme chez eux, pour toute la violence politique."
    ),
    "The intervals do not cover missed reports or the choice of definition.": (
        "Les intervalles ne tiennent compte ni de ce qui n’est pas rapporté ni du choix de la définition."
    ),
    "The last point is July 2020 alone, the freshest month of the older one.": (
        "Le dernier point n’est que juillet 2020, le mois le plus récent du plus ancien."
    ),
    "The level looks first at the definition that the words suggest, then at each choice by itself, so a longer bar can be lucky and a shorter one fragile.": (
        "Le niveau regarde d’abord la définition que les mots suggèrent, puis chaque choix à part : un chiffre à la barre plus longue peut être chanceux, un autre à la barre plus courte, fragile."
    ),
    "The month of the date itself counts to neither side.": ("Le mois de la date elle-même ne compte d’aucun côté."),
    "The months before tell whether the cercles compared went together: where the line leaves the band before zero, they did not.": (
        "Les mois d’avant disent si les cercles comparés allaient de pair : là où la courbe sort de la bande avant zéro, ils n’allaient pas de pair."
    ),
    "The newest month rests on few events.": ("Le dernier mois repose sur peu d’événements."),
    "The newest months are still being revised.": ("Les derniers mois sont encore susceptibles d’être révisés."),
    "The population figures are labelled 2020 and look low in total: read the order, not the level.": (
        "Les chiffres de population sont datés de 2020 et leur total paraît bas : c’est l’ordre qu’il faut lire, non le niveau."
    ),
    "The records that name Wagner are not a sample of all operations: an abuse is likelier to be reported with the names of those involved.": (
        "Les fiches qui nomment Wagner ne sont pas un échantillon de toutes les opérations : un abus se rapporte plus souvent avec le nom de ceux qui y étaient."
    ),
    "The regions share most of their months: they are one case and not five.": (
        "Les régions partagent la plupart de leurs mois : elles font un cas et non cinq."
    ),
    "The report does not say how its area was measured.": ("Le rapport ne dit pas comment sa surface a été mesurée."),
    "The report does not say which months it compares, nor whether it counts attacks or victims.": (
        "Le rapport ne dit ni quels mois il compare, ni s’il compte des attaques ou des victimes."
    ),
    "The reports do not say how their area was measured; none of these definitions is theirs by any statement.": (
        "Les rapports ne disent pas comment leur surface a été mesurée ; rien n’indique que l’une de ces définitions soit la leur."
    ),
    "The rules know today’s numbers, which a forecaster at the time did not have.": (
        "Les règles connaissent les nombres d’aujourd’hui, qu’un prévisionniste n’avait pas à l’époque."
    ),
    "The second line is what would be expected if events were drawn at random, so many from each half-year; it is spread in the narrow sense.": (
        "La seconde courbe est ce que l’on attendrait d’un même nombre d’événements tirés au hasard dans chaque semestre ; c’est l’extension au sens strict."
    ),
    "The smaller the radius, the more a single event moves the figure.": (
        "Plus le rayon est petit, plus un seul événement change le chiffre."
    ),
    "The sources read carry civil liberties to 2022 only.": (
        "Les sources lues ne donnent les libertés civiles que jusqu’en 2022."
    ),
    "The table says how many other numbers the same definitions would have given.": (
        "Le tableau dit combien d’autres nombres les mêmes définitions auraient donnés."
    ),
    "The table shows each rate without its deadliest operation.": (
        "Le tableau donne chaque taux sans l’opération la plus meurtrière."
    ),
    "The toll of Moura is ACLED's; other counts differ.": (
        "Le bilan de Moura est celui d’ACLED ; d’autres décomptes en diffèrent."
    ),
    "The two count different things (see the text); neither is a check on the other's single years.": (
        "Les deux comptent des choses différentes (voir le texte) ; aucune ne vérifie l’autre année par année."
    ),
    "The way is shorter than the uncertainty of its ends.": (
        "Le chemin est plus court que l’incertitude de ses deux bouts."
    ),
    "The ways share most of their months: their number is no measure of evidence.": (
        "Ces manières partagent la plupart de leurs mois : leur nombre ne mesure pas le poids des preuves."
    ),
    "Tolls of these battles are claimed by both sides and rarely confirmed.": (
        "Les bilans de ces combats sont avancés par les deux camps et rarement confirmés."
    ),
    "Totals by cercle hold violence by everyone.": ("Les totaux par cercle comptent la violence de tous les acteurs."),
    "Totals by district name no actor: they hold all political violence, not militant Islamist events alone.": (
        "Les totaux par cercle ne nomment aucun acteur : ils comptent toute la violence politique, et pas seulement celle des "
        "groupes islamistes armés."
    ),
    "Totals by district name no actor: they hold all political violence.": (
        "Les totaux par cercle ne nomment aucun acteur : ils comptent toute la violence politique."
    ),
    "Totals by district name no actor.": "Les totaux par cercle ne nomment aucun acteur.",
    "Totals by region name no actor.": ("Les totaux par région ne nomment aucun acteur."),
    "Totals name no actor.": ("Les totaux ne nomment aucun acteur."),
    "UCDP counts events with at least one death in conflicts of 25 deaths or more a year; ACLED has no such floor.": (
        "L’UCDP compte les événements qui ont fait au moins un mort dans des conflits d’au moins 25 morts par an ; ACLED n’a pas de tel seuil."
    ),
    "UCDP counts events with at least one death in conflicts that reach 25 deaths a year; ACLED counts all.": (
        "L’UCDP compte les événements qui ont fait au moins un mort dans des conflits qui atteignent 25 morts par an ; ACLED les compte tous."
    ),
    "UCDP counts only events with at least one death, in conflicts that reach 25 deaths a year.": (
        "L’UCDP ne compte que les événements qui ont fait au moins un mort, dans des conflits qui atteignent 25 morts par an."
    ),
    "UCDP’s newest months are provisional.": ("Les derniers mois de l’UCDP sont provisoires."),
    "UCDP’s newest months, on which it rests, are provisional.": (
        "Les derniers mois de l’UCDP, sur lesquels elle repose, sont provisoires."
    ),
    "Unknown: unidentified groups.": ("Inconnus : groupes non identifiés."),
    "V-Dem revises earlier years, and all years shown come from releases of 2024 and 2025.": (
        "V-Dem révise les années antérieures ; toutes celles qui figurent ici viennent de versions de 2024 et de 2025."
    ),
    "Wagner stands alone only where it is named as the acting side; most records that mention it name the army as the actor and count for state forces here.": (
        "Wagner ne figure seul que là où il est nommé comme camp agissant ; la plupart des fiches qui le mentionnent nomment l’armée comme acteur et comptent ici pour les forces de l’État."
    ),
    "Wagner's date is judged in the centre, Barkhane's in the north, the coups in all of Mali.": (
        "La date de Wagner est jugée dans le centre, celle de Barkhane dans le nord, celles des coups d’État dans tout le Mali."
    ),
    "What moves here is how the source codes a group, not what the group does.": (
        "Ce qui bouge ici, c’est la façon dont la source code un groupe, non ce que fait le groupe."
    ),
    "Where a report uses words (most, dozens, two thirds, the driving actor), the number held against it is this book's reading of the words.": (
        "Là où un rapport emploie des mots (la plupart, des dizaines, les deux tiers, le principal acteur), le nombre qu’on lui oppose est la lecture qu’en fait ce livre."
    ),
    "Where only the notes name Wagner, the army is the recorded actor: the two counts are a lower and an upper bound.": (
        "Là où seules les notes nomment Wagner, l’armée est l’acteur recensé : les deux décomptes sont une borne basse et une borne haute."
    ),
    "Wide counts: state forces with and without Wagner beside them, Islamist groups with joint events.": (
        "Décomptes larges : forces de l’État avec et sans Wagner à leurs côtés, groupes islamistes avec les événements communs."
    ),
    "Wide: joint events, allied groups or mentions count too.": (
        "Au sens large : événements communs, groupes alliés ou mentions comptent aussi."
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
        (
            r"Outside Kidal a change would have been seen in four of five cases only from ([\d.,]+) times on, or ([\d.,]+) times and less\.",
            "Hors de Kidal, une évolution n’aurait été vue quatre fois sur cinq qu’à partir de {0} fois, ou jusqu’à {1} fois.",
        ),
        (
            r"In back-tests ([\d.,]+) percent of ([\d,]+) outcomes fell within the pace's range, ([\d.,]+) percent within the trend's\.",
            "Dans les essais sur le passé, {0} % de {1} issues sont tombées dans la fourchette du rythme, {2} % dans celle de la tendance.",
        ),
        (
            r"In ([\d,]+) simulated series of smooth growth it finds ([\d.,]+) to ([\d.,]+) changes in nine of ten cases\.",
            "Dans {0} séries simulées de croissance régulière, elle en trouve {1} à {2} neuf fois sur dix.",
        ),
        (
            r"In ([\d,]+) simulated series of smooth growth it finds ([\d.,]+) changes in nine of ten cases\.",
            "Dans {0} séries simulées de croissance régulière, elle en trouve {1} neuf fois sur dix.",
        ),
        (
            r"In the centre an effect would have been seen in four of five cases from ([\d.,]+) times the trend or more, ([\d.,]+) or less\.",
            "Dans le centre, un effet aurait été vu quatre fois sur cinq à partir de {0} fois la tendance, ou à {1} fois et moins.",
        ),
        (
            r"An effect would have been seen in four of five cases only from ([\d.,]+) times the trend on, or ([\d.,]+) times and "
            r"less \(at the date where it is seen best; ([\d.,]+) and ([\d.,]+) where worst\)\.",
            "Un effet n’aurait été vu quatre fois sur cinq qu’à partir de {0} fois la tendance, ou jusqu’à {1} fois (à la date où "
            "il se voit le mieux ; {2} et {3} là où il se voit le moins).",
        ),
        (
            r"An effect would have been seen in four of five cases only from ([\d.,]+) times the trend on, or ([\d.,]+) times and "
            r"less\.",
            "Un effet n’aurait été vu quatre fois sur cinq qu’à partir de {0} fois la tendance, ou jusqu’à {1} fois.",
        ),
        (
            r"The ranges? of [\w -]+ go(?:es)? beyond ([\d.,]+) or ([\d.,]+) times and (?:are|is) cut at the edge; the table has them in full\.",
            "Des étendues vont au-delà de {0} ou {1} fois et sont coupées au bord ; le tableau les donne en entier.",
        ),
        (r"(One|1) tick lies beyond the axis\.", "Un tiret se trouve au-delà de l’axe."),
        (r"[\w, -]+ ticks lie beyond the axis\.", "Plusieurs tirets se trouvent au-delà de l’axe."),
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
