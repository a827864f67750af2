"""The referendum of June 2023: who counted what, and what the new constitution gave."""

from __future__ import annotations

import pandas as pd

from helpers import french, prose
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.figures import Figure
from helpers.forms import Bar, Finding, bars, figure
from helpers.story.junta_facts import day, knows
from helpers.words import Both, joined

_MIDDAY = "13:00"
_LABELS = {
    "AIGE (partial; 24,000 of 24,416 stations)": Both("AIGE (partial count)", "AIGE (décompte partiel)"),
    "AIGE (provisional)": Both("AIGE (provisional)", "AIGE (provisoire)"),
    "AIGE (provisional; general ballot of 18 June only)": Both(
        "AIGE (ballot of 18 June alone)", "AIGE (scrutin du 18 juin seul)"
    ),
    "Constitutional Court (final)": Both("Constitutional Court (final)", "Cour constitutionnelle (définitif)"),
    "MODELE (close of voting)": Both("MODELE (close of voting)", "MODELE (clôture du vote)"),
    "MODELE (press conference)": Both("MODELE (press conference)", "MODELE (conférence de presse)"),
    "MODELE (as quoted by APA)": Both("MODELE (as quoted by APA)", "MODELE (cité par APA)"),
}
"""Names of the counts of turnout in the chart, by who stated them."""


def voted(r: Report) -> pd.DataFrame:
    """Return what had been stated on the referendum, or say that it lies ahead."""
    if r.referendum.empty:
        raise NotInEdition(
            "No constitutional referendum had been held by this edition’s day.",
            "Aucun référendum constitutionnel n’avait eu lieu au jour de cette édition.",
        )
    return r.referendum


def turnouts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return turnout figures of the whole electorate and the whole day, in order of statement.

    The advance ballot of the armed forces is inside the official total, and a count at midday is no turnout.
    """
    wanted = rows[rows["area"].eq("national") & rows["measure"].eq("turnout")]
    part = wanted["stated_by"].str.contains(f"advance ballot|{_MIDDAY}")
    return wanted[~part].sort_values(["date", "stated_by"], ignore_index=True)


def official(rows: pd.DataFrame) -> tuple[float, bool]:
    """Return the official turnout in percent and whether it is final, of the rows that `turnouts` gives."""
    final = rows[rows["stated_by"].str.contains("final")]
    known = final if len(final) else rows[rows["stated_by"].eq("AIGE (provisional)")]
    if known.empty:
        known = rows[rows["stated_by"].str.startswith("AIGE")]
    if known.empty:
        raise NotInEdition(
            "No official turnout had been stated by this edition’s day.",
            "Aucune participation officielle n’avait été annoncée au jour de cette édition.",
        )
    return float(known["value"].iloc[0]), bool(len(final))


def observed(rows: pd.DataFrame) -> pd.Series:
    """Return the observers' figures for the whole day, in percent."""
    return rows[rows["stated_by"].str.startswith("MODELE")]["value"]


def turnout(r: Report) -> Figure:
    """Turnout at the referendum by whose count."""
    rows = turnouts(voted(r))
    value, _ = official(rows)
    seen = observed(rows)
    watched = rows["stated_by"].str.startswith("MODELE")
    form = bars(
        [
            Bar(_LABELS.get(name, Both(name, name)), share / 100, "ink" if theirs else "neutral")
            for name, share, theirs in zip(rows["stated_by"], rows["value"], watched, strict=True)
        ],
        Both(
            "turnout at the constitutional referendum of 18 June 2023 by whose count, in order of statement; official figures "
            "in percent of registered voters, observers’ mostly of the stations they watched",
            "participation au référendum constitutionnel du 18 juin 2023 selon l’auteur du décompte, dans l’ordre des annonces ; "
            "chiffres officiels en pourcentage des inscrits, ceux des observateurs le plus souvent des bureaux suivis",
        ),
        Both("Turnout", "Participation"),
        "AIGE (election authority), Constitutional Court and MODELE (observers), as reported by the pages of the table "
        "referendum. Only facts are taken.",
        share=True,
        legend={"neutral": Both("Official", "Officiel"), "ink": Both("Observers", "Observateurs")},
    )
    low, high = seen.min(), seen.max()
    title = Both(
        f"Officially {prose.number(value)} percent voted, observers counted {prose.spread(low, high)}",
        f"Officiellement, {french.number(value)} % des inscrits ont voté ; les observateurs donnent {french.spread(low, high)} %",
    )
    caveat = Both(
        "Observers saw a sample of stations: their figures are estimates without a stated margin. A count at 13:00 is left out.",
        "Les observateurs ont vu un échantillon de bureaux : leurs chiffres sont des estimations sans marge indiquée. Un "
        "décompte fait à 13 heures est laissé de côté.",
    )
    return figure("junta-turnout", form, Finding(title, caveat=caveat))


def said(r: Report) -> Both | None:
    """Who counted what, where nobody voted, and what the new constitution gave."""
    if r.referendum.empty:
        return None
    rows = turnouts(r.referendum)
    value, final = official(rows)
    seen = observed(rows)
    who = (
        Both("The Constitutional Court", "La Cour constitutionnelle")
        if final
        else Both("The election authority", "L’autorité électorale")
    )
    first = Both(
        f"{who.en} put turnout at {prose.number(value, 1)} percent of registered voters. Observers in polling stations put it "
        f"at {prose.spread(seen.min(), seen.max())}. They count different things: every station that reported, and a sample.",
        f"{who.fr} donne une participation de {french.number(value, 1)} % des inscrits. Les observateurs présents dans les "
        f"bureaux la situent entre {french.number(seen.min())} et {french.number(seen.max())} %. Ils ne comptent pas la même "
        "chose : tous les bureaux qui ont transmis, et un échantillon.",
    )
    return joined([first, _kidal(r), _gave(r)])


def _kidal(r: Report) -> Both | None:
    """Who says that nobody voted in Kidal; a body that spoke twice counts once."""
    held = r.referendum[r.referendum["area"].eq("Kidal") & r.referendum["measure"].eq("vote-held")]
    bodies = held[held["value"].eq(0)]["stated_by"].str.split(" (", regex=False).str[0].nunique()
    if not bodies or not held["value"].eq(1).any():
        return None
    return Both(
        f"In Kidal {prose.count(bodies, 'body', 'bodies')}, the election authority’s own branch among them, "
        f"{'says' if bodies == 1 else 'say'} that nobody voted. Its head office says people did.",
        f"À Kidal, {french.count(bodies, 'instance', feminine=True)}, dont l’antenne locale de l’autorité électorale, "
        f"{'dit' if bodies == 1 else 'disent'} que personne n’a voté. Son siège dit le contraire.",
    )


def _gave(r: Report) -> Both | None:
    """What the constitution gave, as Crisis Group reads it, and since when it is in force."""
    if not knows(r, "2023-06-18-constitutional-referendum"):
        return None
    text = Both(
        "The new constitution gives the president more power and the authors of coups an amnesty, according to the International Crisis "
        "Group.",
        "La nouvelle constitution donne plus de pouvoir au président et l’amnistie aux auteurs de coups d’État, selon l’International Crisis "
        "Group.",
    )
    if not knows(r, "2023-07-22-constitution-promulgated"):
        return text
    return joined([text, Both("It came into force in July 2023.", "Elle est en vigueur depuis juillet 2023.")])


def next_turnout(r: Report) -> Both | None:
    """What was stated on turnout after the edition's day."""
    last = r.edition.facts_to
    rows = turnouts(r.tables.referendum())
    final = rows[rows["stated_by"].str.contains("final")]
    if not last or final.empty or final["date"].iloc[0] <= last:
        return None
    value, when = float(final["value"].iloc[0]), day(final["date"].iloc[0])
    return Both(
        f"On {when.en} the Constitutional Court put the final turnout of the referendum of 18 June 2023 at "
        f"{prose.number(value, 1)} percent.",
        f"Le {when.fr}, la Cour constitutionnelle a fixé la participation définitive au référendum du 18 juin 2023 à "
        f"{french.number(value, 1)} %.",
    )
