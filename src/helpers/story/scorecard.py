"""The audit on one page: how much of the two reports holds, what does not, how firm it is and what a second source says."""

from __future__ import annotations

import pandas as pd

from helpers import charts, palette
from helpers import definitions as d
from helpers import french as fr
from helpers import prose as p
from helpers.audit import headline, null, rule
from helpers.audit.second import WHY
from helpers.editions import Report
from helpers.figures import Figure
from helpers.page.frame import AnswerBox, Key
from helpers.story import fared, summary, trajectory
from helpers.story.audited import (
    CLOSE_CAVEAT,
    WORDS_CAVEAT,
    asked,
    chart_words,
    checked,
    counted_faces,
    due_by,
    figure_name,
    figure_of,
    numbers,
    off,
    published_source,
    reports_named,
    reports_named_fr,
    said_in_french,
    weighed,
)
from helpers.story.fared import FAULTS, faults, in_numbers
from helpers.terms import term
from helpers.words import Both
from helpers.words.both import joined, listing

__all__ = ["FAULTS", "faults", "in_numbers"]
"""Told in `helpers.story.fared`, shown on this page."""

VERDICT_COLOURS = {
    rule.SHADES[verdict]: headline.face(verdict)[0]
    for verdict in ("reproduced", "close", "direction only", "not reproduced")
}
SOURCE_COLOURS = {palette.SOURCES["ACLED"]: "ACLED, as this book counts", palette.SOURCES["UCDP"]: "UCDP"}

DRAWN = (0.1, 10.0)
"""Ratios between which the chart of published against computed draws ranges."""

LEVELS = {
    "robust": Both("stand firm", "restent fermes"),
    "fragile": Both("hang on the definition", "dépendent de la définition"),
    "rival": Both(
        "fit another definition than their words suggest",
        "correspondent à une autre définition que celle que suggère leur texte",
    ),
    "undecided": Both(
        "fit other definitions, with too few numbers as near to tell luck from more",
        "correspondent à d’autres définitions, avec trop peu de nombres voisins pour distinguer le hasard du reste",
    ),
    "weak match": Both(
        "fit only definitions that give many other numbers as well",
        "ne correspondent qu’à des définitions qui donnent bien d’autres nombres aussi",
    ),
    "none": Both("fit no definition exactly", "ne correspondent exactement à aucune définition"),
}
"""What stands behind each level of `null.LEVELS`, in a few words."""

ASKS = {
    "bamako-rest": Both(
        "two counts around Bamako that overlap leave too little room for the last months of 2022",
        "deux décomptes autour de Bamako, qui se chevauchent, laissent trop peu de place aux derniers mois de 2022",
    ),
    "bamako-year": Both(
        "by the second report’s own count, the year around Bamako had fewer events than the first projected, too few to settle it",
        "d’après le décompte du second rapport, l’année autour de Bamako a compté moins d’événements que n’en projetait le "
        "premier, trop peu pour trancher",
    ),
    "two-thirds": Both(
        "the two thirds of the country said to be in danger can be its land, not its people",
        "les deux tiers du pays dits menacés peuvent être ses terres, non sa population",
    ),
}
"""Checks that set published figures at odds with each other or with something else, in words; others in the table of checks."""


# --------------------------------------------------------------------------- the answer


def _of(part: int, whole: int) -> Both:
    return Both(f"{p.number(part)} of {p.number(whole)}", f"{fr.number(part)} sur {fr.number(whole)}")


def _keys(found: headline.Headline, levels: pd.Series, late: int) -> list[Key]:
    """Statements on events, dated facts, and figures that stand firm."""
    return [
        Key(
            _of(found.events.get("reproduced", 0), found.checked),
            Both(
                "statements on events hold by their likeliest reading",
                "affirmations sur des événements tiennent selon leur lecture la plus probable",
            ),
            Both(
                f"{found.proxy} of those that hold or come close rest on a stand-in",
                f"{found.proxy} de celles qui tiennent ou presque reposent sur une approximation",
            ),
            subject=Both(
                "Published statements on events that hold by their likeliest reading",
                "Affirmations publiées sur des événements qui tiennent selon leur lecture la plus probable",
            ),
        ),
        Key(
            _of(found.facts.get("sourced", 0), sum(found.facts.values())),
            Both(
                "dated facts with another source for every part",
                "faits datés dont chaque partie a une autre source",
            ),
            fared.sourced_late(late),
            subject=Both(
                "Published dated facts that have another source for every part",
                "Faits datés publiés qui ont une autre source pour chaque partie",
            ),
        ),
        Key(
            _of(int(levels.eq("robust").sum()), len(levels)),
            Both(
                "figures stand firm when the definition is varied",
                "chiffres restent fermes quand on fait varier la définition",
            ),
            Both("the others hang on it, or miss", "les autres en dépendent, ou ne le donnent pas"),
            subject=Both(
                "Published figures that stand firm when the definition is varied",
                "Chiffres publiés qui restent fermes quand on fait varier la définition",
            ),
        ),
    ]


def answer(r: Report) -> AnswerBox:
    """How much of what was published holds? Chosen by the share of what could be checked that holds or comes close."""
    due_by(r)
    results = summary.judged(r)
    found = headline.headline(results)
    close = found.all.get("close", 0)
    part = (found.firm + close + found.partly) / found.judged
    if part >= 0.9:
        much = Both("Nearly all of it", "Presque tout")
    elif part >= 0.65:
        much = Both("Most of it", "L’essentiel")
    elif part >= 0.5:
        much = Both("Somewhat more than half", "Un peu plus de la moitié")
    else:
        much = Both("Less than half", "Moins de la moitié")
    text = much + Both(
        f": of {p.number(found.judged)} statements that could be checked, {p.number(found.firm)} hold as most likely meant or by "
        f"a source, and {p.number(close)} come close.",
        f" : sur {fr.number(found.judged)} affirmations vérifiables, {fr.number(found.firm)} tiennent selon leur lecture la plus "
        f"probable ou une source, et {fr.number(close)} en sont proches.",
    )
    text += fared.in_part(found.partly, near=headline.partly_close(results))
    return AnswerBox(
        Both("How much of what was published holds?", "Que reste-t-il de ce qui a été publié ?"),
        text,
        _keys(found, weighed(r)["level"], fared.late(r)),
    )


# --------------------------------------------------------------------------- number by number


def number_by_number(r: Report) -> Both:
    """How far the numbers lie from ours, and which is farthest."""
    table = numbers(r)
    near = int(table["ratio"].between(1 - d.VINTAGE_TOLERANCE, 1 + d.VINTAGE_TOLERANCE).sum())
    share = d.VINTAGE_TOLERANCE
    text = Both(
        f"{p.word(near)} of {p.number(len(table))} numbers lie within {p.percent(share)} of ours.",
        f"{fr.word(near)} des {fr.number(len(table))} nombres {fr.agree(near, 's’écarte', 's’écartent')} des nôtres de "
        f"{fr.percent(share)} au plus.",
    ).upper()
    loose = table[~(table["more"] & table["verdict"].eq("reproduced"))]
    if loose.empty:
        return text
    far = loose.loc[loose["ratio"].map(off).idxmax()]
    told = {english: english for english in (far["published"], far["computed"])}
    told |= said_in_french(list(told))
    return joined(
        [
            text,
            Both(
                f"Bounds aside, {far['id']} is farthest off: {far['published']} published, {far['computed']} found.",
                f"Bornes (« plus de… ») mises à part, {far['id']} est le plus loin : {told[far['published']]} dans le rapport, {told[far['computed']]} ici.",
            ),
        ]
    )


# --------------------------------------------------------------------------- firm, or matched by luck


def _agreed(level: Both, count: int) -> Both:
    """Put a count before what a level says of figures; of one figure its verb is in the singular."""
    en, french = level.en, level.fr
    if count == 1:
        verb, rest = en.split(" ", 1)
        en = f"{verb}s {rest}"
        for many, one in (("restent fermes", "reste ferme"), ("dépendent", "dépend"), ("correspondent", "correspond")):
            french = french.replace(many, one, 1)
    return Both(f"{p.word(count)} {en}", f"{fr.word(count)} {french}")


def firm_or_luck(r: Report) -> Both:
    """How many figures stand firm, how many hang on a definition, and how many any number would have matched."""
    counts = weighed(r)["level"].value_counts()
    said = listing(_agreed(LEVELS[name], int(counts[name])) for name in null.LEVELS if name in counts)
    tried = int(weighed(r)["definitions"].sum())
    return Both(
        f"{p.number(tried)} combinations were computed for {p.number(int(counts.sum()))} figures: {said.en}.",
        f"{fr.number(tried)} combinaisons ont été calculées pour {fr.number(int(counts.sum()))} chiffres : {said.fr}.",
    )


def second_source(r: Report) -> Both:
    """How often UCDP goes the way of the event data, and each figure for which it goes another."""
    found = asked(r, later=False)
    judged = found[found["agrees"].ne("")]
    yes, other = int(judged["agrees"].eq("yes").sum()), judged[judged["agrees"].eq("no")]
    text = Both(
        f"Of {p.count(len(judged), 'figure')} whose direction can be compared, UCDP goes the same way in {p.none(yes)}.",
        f"Sur {fr.count(len(judged), 'chiffre')} dont le sens peut être comparé, l’UCDP va dans le même sens pour "
        f"{fr.word(yes)}.",
    )
    if other.empty:
        return text
    named = listing(
        Both(
            f"{row.id} ({figure_of(row.id, row.figure).name.lower()})",
            f"{row.id} ({figure_of(row.id, row.figure).fr.lower()})",
        )
        for row in other.itertuples()
    )
    return joined([text, Both(f"It goes another way for {named.en}.", f"Il va dans un autre sens pour {named.fr}.")])


# --------------------------------------------------------------------------- the reports against themselves


def against_themselves(r: Report) -> Both:
    """How the checks of published figures against each other came out, and what does not fit."""
    found = checked(r)
    counts = found["verdict"].value_counts()
    fine, against = int(counts.get("consistent", 0)), found[found["verdict"].isin(["at odds", "contradiction"])]
    tension = int(counts.get("tension", 0))
    text = Both(
        f"Of {p.count(len(found), 'check')} of the published figures against each other, {p.none(fine)} "
        f"{'finds' if fine == 1 else 'find'} them consistent, and {p.none(tension)} "
        f"{'finds' if tension == 1 else 'find'} a tension.",
        f"Sur {fr.count(len(found), 'contrôle')} des chiffres publiés entre eux, {fr.word(fine) if fine else 'aucun'} "
        f"{('concluent' if fine > 1 else 'conclut') if fine else 'ne conclut'} à la cohérence, "
        f"{fr.word(tension) if tension else 'aucun'} à une tension.",
    )
    if against.empty:
        return text
    # A check without words of its own is named by its statements.
    # Semicolons between them: their own words hold commas.
    odd = [_odd(row.id, row.claims.replace(";", ", ")) for row in against.itertuples()]
    said = Both("; ".join(one.en for one in odd), " ; ".join(one.fr for one in odd))
    n = len(against)
    return joined(
        [
            text,
            Both(
                f"{p.word(n)} {'finds' if n == 1 else 'find'} what does not fit: {said.en}.",
                f"{fr.word(n)} {'relève' if n == 1 else 'relèvent'} un désaccord : {said.fr}.",
            ).upper(),
        ]
    )


def _odd(check: str, ids: str) -> Both:
    return ASKS[check] + Both(f" ({ids})", f" ({ids})") if check in ASKS else Both(ids, ids)


def left_out(r: Report) -> Both:
    """Who else kills civilians, as the trajectory has it."""
    return joined(
        [
            trajectory.who_kills(r, whole=False),
            Both(
                "[Is the war getting worse?](trajectory.ipynb) gives the years.",
                "« [La guerre s’aggrave-t-elle ?](trajectory.ipynb) » donne les années.",
            ),
        ]
    )


# --------------------------------------------------------------------------- figures


def verdicts(r: Report) -> Figure:
    """Count the verdicts on all statements made by the edition's date, by report."""
    results = summary.judged(r)
    order = list(summary.SAID)
    rows = sorted(((summary.verdict_then(x), x.claim) for x in results), key=lambda row: order.index(row[0]))
    names = {report: f"Report of {summary.day(report)}" for report in summary.reports_of(r)}
    table = pd.DataFrame(
        [
            (headline.face(verdict)[0], names[claim.report], claim.id, claim.statement, summary.CHAPTERS[claim.chapter])
            for verdict, claim in rows
        ],
        columns=["Verdict", "Report", "Claim", "Statement", "Chapter"],
    )
    found = headline.headline(results)
    told = counted_faces(verdict for verdict, _ in rows)
    return Figure(
        id="summary-verdicts",
        title=f"of {p.number(found.judged)} statements that could be checked, {p.number(found.firm)} hold by the likeliest reading or a "
        "source",
        subtitle=f"Statements of {reports_named(r)}, one mark each, by verdict and report; projections are judged on the figures of "
        "their own date",
        chart=charts.units(
            table,
            "Verdict",
            "Report",
            {key: names[report] for key, report in summary.REPORT_COLOURS.items() if report in names},
            tips=["Claim", "Statement", "Chapter"],
        ),
        frame=table[["Claim", "Verdict", "Report", "Chapter", "Statement"]],
        alt=(f"Rows of squares, one for each statement: {told.en}"),
        fr=fr.words(
            title=f"Sur {fr.number(found.judged)} affirmations vérifiables, {fr.number(found.firm)} tiennent selon la lecture la plus "
            "probable ou une source",
            subtitle=f"Affirmations {reports_named_fr(r)}, une marque pour chacune, par verdict et par rapport ; les projections sont notées "
            "sur les chiffres de leur propre date",
            alt=f"Rangées de carrés, un pour chaque affirmation : {told.fr}",
            chart=chart_words(),
        ),
        source=published_source(r, "actors", "totals"),
    )


def _change(row: pd.Series, value: float) -> float:
    return 1 + value / 100 if row["unit"] == "percent" else value


def _drawn(table: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers cut at the ends of the axis, under the names of the tooltip."""
    drawn = table.assign(
        low=table["low"].clip(*DRAWN), high=table["high"].clip(*DRAWN), ratio=table["ratio"].clip(*DRAWN)
    )
    return drawn.rename(
        columns={
            "name": "Figure",
            "ratio": "Ratio",
            "published": "As published",
            "computed": "Computed",
            "range": "Range over readings",
            "statement": "Statement",
        }
    )


def _as_read(table: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers as readers see them."""
    return (
        table[["name", "published", "computed", "range", "ratio", "Verdict", "statement"]]
        .round({"ratio": 6})
        .set_axis(
            [
                "Figure",
                "Published",
                "Computed",
                "Range over readings",
                "Computed over published",
                "Verdict",
                "Statement",
            ],
            axis=1,
        )
    )


def against_published(r: Report) -> Figure:
    """Set every computed figure against the published one, with the range over its readings."""
    due_by(r, "There is nothing to compare")
    table = numbers(r)
    table["Verdict"] = table["verdict"].map(lambda name: headline.face(name)[0])
    drawn = _drawn(table)
    cut = int((table["low"].lt(DRAWN[0]) | table["high"].gt(DRAWN[1])).sum())
    near = int(table["ratio"].between(1 - d.VINTAGE_TOLERANCE, 1 + d.VINTAGE_TOLERANCE).sum())
    frame = _as_read(table)
    told = counted_faces(table["verdict"])
    return Figure(
        id="scorecard-ratios",
        title=f"{p.none(near)} of {p.number(len(table))} published numbers lie within {p.percent(d.VINTAGE_TOLERANCE)} of ours",
        subtitle=f"Computed over published figure of {reports_named(r)} (1 = as published; log axis), dot: main definition, line: range "
        f"over the readings tried; near (shaded): within {p.percent(d.VINTAGE_TOLERANCE)}; changes are compared through the level they lead to",
        chart=charts.dots(
            drawn,
            "Figure",
            "Ratio",
            "low",
            "high",
            title="Computed over published",
            unit="ratio",
            log=True,
            near=d.VINTAGE_TOLERANCE,
            by="Verdict",
            colours={key: label for key, label in VERDICT_COLOURS.items() if label in set(table["Verdict"])},
            tips=["As published", "Computed", "Range over readings", "Verdict", "Statement"],
        ),
        frame=frame,
        alt=(
            f"Dots with ranges, one line for each of {p.number(len(table))} figures, around a mark at 1: {told.en}"
            + f"; ratios run from {p.number(table['ratio'].min(), 2)} to {p.number(table['ratio'].max(), 2)}"
        ),
        fr=fr.words(
            f"{fr.word(near)} des {fr.number(len(table))} nombres publiés {fr.agree(near, 's’écarte', 's’écartent')} des nôtres de {fr.percent(d.VINTAGE_TOLERANCE)} au plus",
            f"Nombre calculé rapporté au nombre publié {reports_named_fr(r)} (1 = tel que publié ; axe logarithmique), point : définition "
            f"principale, trait : étendue des lectures essayées ; proche (zone grisée) : à {fr.percent(d.VINTAGE_TOLERANCE)} près ; les variations "
            "sont comparées par le niveau auquel elles mènent",
            f"Points avec étendues, une ligne pour chacun des {fr.number(len(table))} nombres, autour d’un repère à 1 : {told.fr}"
            + f" ; les rapports vont de {fr.number(table['ratio'].min(), 2)} à {fr.number(table['ratio'].max(), 2)}",
            chart=chart_words() | said_in_french([*table["published"], *table["computed"], *table["range"]]),
        ),
        source=published_source(r, "actors", "areas"),
        caveat=joined([CLOSE_CAVEAT, WORDS_CAVEAT, _cut_at_the_edge(cut) if cut else None]),
    )


def _cut_at_the_edge(cut: int) -> Both:
    return Both(
        f"The ranges of {p.count(cut, 'figure')} go beyond {p.number(DRAWN[0], 1)} or {p.number(DRAWN[1])} times and are cut at "
        "the edge; the table has them in full.",
        f"Des étendues vont au-delà de {fr.number(DRAWN[0], 1)} ou {fr.number(DRAWN[1])} fois et sont coupées au bord ; le "
        "tableau les donne en entier.",
    )


_SPACE_SHARES_CAVEAT = Both(
    "The level looks first at the definition that the words suggest, then each choice alone, so a "
    "longer bar can be a weak match, a shorter one fragile. The table says how many other numbers the same "
    "definitions would have given.",
    "Le niveau regarde d’abord la définition que le texte suggère, puis chaque choix à part : un chiffre "
    "à la barre plus longue peut être peu probant, un autre à la barre plus courte, fragile. Le tableau dit "
    "combien d’autres nombres les mêmes définitions auraient donnés.",
)


def space_shares(r: Report) -> Figure:
    """Show for each figure the share of definitions that come to it."""
    table = weighed(r)
    table["Level"] = table["level"].map(fr.upper).replace("None", "None exactly")
    drawn = pd.DataFrame(
        {
            "Figure": table["name"],
            "Share of definitions": table["reached"],
            "Level": table["Level"],
            "Published": table["published"],
            "Definitions": table["definitions"],
            "Exactly": table["exact"],
            "Nearly": table["near"],
        }
    )
    firm = int(table["level"].isin(["robust"]).sum())
    nothing = table[table["exact"].eq(0)]
    few = f"{fr.word(len(nothing))} {'n’ont' if len(nothing) > 1 else 'n’a'}"
    return Figure(
        id="scorecard-space",
        title=f"{p.none(firm)} of {p.number(len(table))} figures stand firm when the definition is varied",
        subtitle=f"Share of the definitions tried that give the figure of {reports_named(r)}, exactly or within "
        f"{p.percent(d.VINTAGE_TOLERANCE)}, by figure and level; each at the date of its statement",
        chart=charts.bars(
            drawn,
            "Figure",
            "Share of definitions",
            unit="share",
            group="neutral",
            head="Level",
            tips=["Published", "Definitions", "Exactly", "Nearly", "Level"],
        ),
        frame=drawn.assign(**{"Share of definitions": table["reached"].round(6)}),
        alt=(
            f"Bars for {p.number(len(table))} figures in blocks by level: "
            + p.listing(
                f"{p.number(many)} {name.lower()}" for name, many in table["Level"].value_counts(sort=False).items()
            )
            + f"; {p.none(len(nothing))} {'has' if len(nothing) == 1 else 'have'} no definition that gives the figure exactly"
        ),
        fr=fr.words(
            f"{fr.word(firm)} {'nombre' if firm < 2 else 'nombres'} sur {fr.number(len(table))} "
            f"{'restent fermes' if firm > 1 else ('reste ferme' if firm else 'ne reste ferme')} quand on fait varier la définition",
            f"Part des définitions essayées qui donnent le nombre {reports_named_fr(r)}, exactement ou à "
            f"{fr.percent(d.VINTAGE_TOLERANCE)} près, par nombre et par niveau ; chacun à la date de son affirmation",
            f"Barres pour {fr.number(len(table))} nombres en blocs par niveau : "
            + fr.listing(
                f"{fr.number(many)} {term('Level: ' + name)}"
                for name, many in table["Level"].value_counts(sort=False).items()
            )
            + f" ; {few} aucune définition qui donne le nombre exact",
            chart=chart_words() | said_in_french(table["published"]),
        ),
        source=published_source(r, "actors", "areas", "regions"),
        caveat=_SPACE_SHARES_CAVEAT,
    )


def directions(r: Report) -> Figure:
    """Set the changes by UCDP beside ours and the published ones."""
    found = asked(r, later=False)
    found = found[found["unit"].isin(["percent", "times"]) & found["published"].notna()]
    ours, ucdp = SOURCE_COLOURS.values()
    records = []
    for _, row in found.iterrows():
        name, said = figure_name(row["id"], row["figure"]), _change(row, row["published"])
        mine = _change(row, row["ours"])
        records.append((name, ours, mine, mine, mine, said))
        best, low, high = (_change(row, row[key]) for key in ("ucdp", "low", "high"))
        records.append((name, ucdp, best, low, high, said))
    table = pd.DataFrame(records, columns=["Change", "Source", "Times as many", "Low", "High", "As published"]).round(6)
    same, n = int(found["agrees"].eq("yes").sum()), len(found)
    return Figure(
        id="scorecard-second-opinion",
        title=f"UCDP goes the same way as ACLED in {p.of_all(same, n, 'change')}",
        subtitle="Times as many as in the months compared (1 = no change; log axis), Mali, at the date of each statement "
        f"of {reports_named(r)}: ACLED militant Islamist events or deaths, and UCDP's of all sides; line: UCDP's low and high estimate; "
        "tick: as published",
        chart=charts.dots(
            table,
            "Change",
            "Times as many",
            unit="ratio",
            log=True,
            by="Source",
            colours=SOURCE_COLOURS,
            reference="As published",
        ),
        frame=table,
        alt=(
            "Two dots a line: "
            + p.listing(
                f"{figure_name(row.id, row.figure)} {p.number(_change(found.loc[row.Index], row.ours), 1)} times by ACLED and "
                f"{p.number(_change(found.loc[row.Index], row.ucdp), 1)} by UCDP"
                for row in found.itertuples()
            )
        ),
        fr=fr.words(
            f"L’UCDP {'va' if same else 'ne va'} dans le même sens qu’ACLED dans {fr.word(same)} "
            f"{'des' if same else 'de'} {fr.word(n)} changements",
            "Rapport au niveau des mois comparés (1 = aucun changement ; axe logarithmique), Mali, à la date de chaque "
            f"affirmation {reports_named_fr(r)} : événements impliquant des groupes islamistes armés ou morts selon ACLED, et ceux de tous les belligérants selon "
            "l’UCDP ; trait : estimations basse et haute de l’UCDP ; tiret : tel que publié",
            "Deux points par ligne : "
            + " ; ".join(
                f"{row.id} ({figure_of(row.id, row.figure).fr}), "
                f"{fr.number(_change(found.loc[row.Index], row.ours), 1)} fois selon ACLED et "
                f"{fr.number(_change(found.loc[row.Index], row.ucdp), 1)} selon l’UCDP"
                for row in found.itertuples()
            ),
            chart=chart_words(),
        ),
        source=published_source(r, "actors", "ucdp_months", "ucdp_years"),
        caveat=joined([WHY["all sides"], WHY["threshold"]]),
    )
