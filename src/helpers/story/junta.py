"""What the chapter on military rule says: its answer, the terms promised and kept, and the accord."""

from __future__ import annotations

import pandas as pd

from helpers import charts, french, prose
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.figures import Figure
from helpers.forms import Finding, Form, figure
from helpers.page.frame import AnswerBox, Key
from helpers.story.junta_facts import (
    COMPILED,
    FRENCH_GONE,
    UN_GONE,
    WAGNER_OVER,
    announced,
    day,
    entry,
    in_power,
    knows,
    last_day,
    length,
    outlived,
    years_on,
)
from helpers.story.junta_forces import departures
from helpers.story.junta_press import compared_with, known_indices, ordinal
from helpers.windows import month, month_name
from helpers.words import Both, joined, names
from helpers.words.both import listing

AGREED, MANDATE, DISSOLVED = (
    "2020-09-12-transition-charter",
    "2025-07-03-five-year-mandate",
    "2025-05-13-parties-dissolved",
)
LATER = (
    "2023-07-22-constitution-promulgated", "2023-09-25-election-postponed", UN_GONE, "2024-01-25-algiers-accord-ended",
    "2025-01-29-ecowas-exit-in-force", DISSOLVED, WAGNER_OVER, MANDATE,
)  # fmt: skip
"""Entries that an earlier edition shows under what happened next."""


# --------------------------------------------------------------------------- the answer


def answer(r: Report) -> AnswerBox:
    """What has military rule changed? Chosen by the terms promised and outlived; forces and parties as far as dated."""
    held = in_power(r)
    if held is None:
        text = Both(
            "There is no military rule: an elected president governs.",
            "Il n’y a pas de régime militaire : un président élu gouverne.",
        )
    else:
        parts = [_rule(r), *_partners(r), *_parties(r)]
        text = years_on(held) + ", " + listing(parts) + "."
    found = [make(r) for make in (_power_key, _forces_key, _press_key, _freedom_key)]
    return AnswerBox(
        Both("What has military rule changed?", "Qu’a changé le régime militaire ?"),
        text,
        [one for one in found if one is not None][:3],
    )


def _rule(r: Report) -> Both:
    """The junta's hold on power: without a vote, past a term, within one, or without one."""
    terms, past = announced(r), outlived(r)
    if knows(r, MANDATE):
        return Both(
            "the junta holds a renewable mandate without a vote", "la junte détient un mandat renouvelable sans vote"
        )
    if past:
        one = len(terms) == 1
        en = (
            "the term it announced"
            if one
            else f"{prose.word(len(past))} of the {prose.word(len(terms))} terms it announced"
        )
        fr = (
            "l’échéance annoncée"
            if one
            else f"{french.word(len(past), feminine=True)} des {french.word(len(terms))} échéances annoncées"
        )
        return Both(f"the junta has outlived {en}", f"la junte a dépassé {fr}")
    if terms:
        months = terms[-1].months
        return Both(
            f"the junta is within the {months} months it promised",
            f"la junte est dans les {months} mois qu’elle a promis",
        )
    return Both("the junta has promised no date for a vote", "la junte n’a promis aucune date de vote")


def _partners(r: Report) -> list[Both]:
    """What became of foreign forces."""
    if knows(r, UN_GONE):
        gone = Both("French and UN forces are gone", "les forces françaises et celles de l’ONU sont parties")
        stayed = Both("the Russians stayed", "les Russes sont restés")
        return [gone, stayed] if departures(r)[2] else [gone]
    found = []
    if knows(r, FRENCH_GONE):
        found.append(Both("the French have left", "les Français sont partis"))
    elif knows(r, "2021-06-10-barkhane-drawdown"):
        found.append(Both("France is drawing down its forces", "la France réduit ses forces"))
    if knows(r, "2023-06-16-mali-asks-minusma-to-go"):
        found.append(Both("the UN is told to go", "l’ONU est priée de partir"))
    return found


def _parties(r: Report) -> list[Both]:
    return [Both("parties are dissolved", "les partis sont dissous")] if knows(r, DISSOLVED) else []


def _power_key(r: Report) -> Key | None:
    held = in_power(r)
    if held is None:
        return None
    at, terms = day(last_day(r)), [str(term.months) for term in announced(r)]
    return Key(
        Both(prose.count(held, "month"), french.count(held, "mois", "mois")),
        Both(f"in power on {at.en}", f"au pouvoir au {at.fr}"),
        Both(f"promised: {prose.listing(terms)} months", f"promis : {french.listing(terms)} mois")
        if terms
        else Both("no term promised", "aucune échéance promise"),
        subject=Both(f"Mali’s junta: months in power on {at.en}", f"Junte malienne : mois au pouvoir au {at.fr}"),
    )


def _forces_key(r: Report) -> Key:
    count, gone, renamed = departures(r)
    last = names.prose_month(month(gone["To"].max()[:7])) if len(gone) else None
    note = (
        Both("all still there", "toutes encore là")
        if last is None
        else Both(f"the latest in {last.en}", f"la dernière en {last.fr}")
    )
    if renamed:
        note = Both("the Russians stayed under a new name", "les Russes sont restés sous un autre nom")
    return Key(
        Both(
            f"{prose.number(len(gone))} of {prose.number(count)}",
            f"{french.number(len(gone))} sur {french.number(count)}",
        ),
        Both("foreign forces have left", "forces étrangères parties"),
        note,
        subject=Both("Foreign forces that have left Mali", "Forces étrangères parties du Mali"),
    )


def _press_key(r: Report) -> Key | None:
    rank = known_indices(r, "rsf-rank").set_index("year")["value"]
    if rank.empty:
        return None
    year, back = int(rank.index.max()), compared_with(rank)
    return Key(
        Both(ordinal(rank[year]), f"{int(rank[year])}e"),
        Both(
            f"of 180 in the press-freedom ranking of {year}",
            f"sur 180 au classement de la liberté de la presse de {year}",
        ),
        Both(f"{ordinal(rank[back])} in {back}", f"{int(rank[back])}e en {back}")
        if back
        else Both("earlier ranks follow another method", "rangs antérieurs établis selon une autre méthode"),
        subject=Both(
            f"Mali’s rank among 180 countries in the press-freedom ranking of {year}",
            f"Rang du Mali, sur 180 pays, au classement de la liberté de la presse de {year}",
        ),
    )


def _freedom_key(r: Report) -> Key | None:
    rows = known_indices(r, "fh-total")
    if rows.empty:
        return None
    last, first = rows.iloc[-1], rows[rows["year"].ge(rows["year"].iloc[-1] - 5)].iloc[0]
    return Key(
        Both(f"{prose.number(last['value'])} of 100", f"{french.number(last['value'])} sur 100"),
        Both(f"points from Freedom House for {last['period']}", f"points de Freedom House pour {last['period']}"),
        Both(
            f"{prose.number(first['value'])} for {first['period']}",
            f"{french.number(first['value'])} pour {first['period']}",
        ),
        subject=Both(
            f"Mali’s points from Freedom House for {last['period']}",
            f"Points du Mali chez Freedom House pour {last['period']}",
        ),
    )


# --------------------------------------------------------------------------- terms promised, terms kept


def terms(r: Report) -> Both | None:
    """What the junta promised, in order, and how long it has ruled."""
    held = in_power(r)
    if held is None:
        return None
    coup, at, time = entry(r, "2020-08-18-coup"), day(last_day(r)), length(held)
    since = day(str(coup["date"])) if coup is not None else at
    first = Both(
        f"On {at.en} the junta had held power for {time.en}, since the coup of {since.en}.",
        f"Au {at.fr}, la junte détenait le pouvoir depuis {time.fr}, soit depuis le coup d’État du {since.fr}.",
    )
    told = [(name, text) for name, text in _PROMISES if knows(r, name)]
    return joined([first, *(text for _, text in told)])


_PROMISES = (
    (
        AGREED,
        Both(
            "In September 2020 it agreed to hand power back to civilians within 18 months.",
            "En septembre 2020, elle a accepté de rendre le pouvoir aux civils sous 18 mois.",
        ),
    ),
    (
        "2021-05-24-second-coup",
        Both(
            "In May 2021 Colonel Goïta had the interim president arrested and took his place.",
            "En mai 2021, le colonel Goïta a fait arrêter le président de transition et pris sa place.",
        ),
    ),
    (
        "2022-06-06-transition-24-months",
        Both(
            "In June 2022 it set 24 months, counted from March 2022.",
            "En juin 2022, elle a fixé 24 mois, comptés à partir de mars 2022.",
        ),
    ),
    (
        "2023-09-25-election-postponed",
        Both(
            "In September 2023 it put off the presidential election of February 2024 without a new date.",
            "En septembre 2023, elle a reporté sans date l’élection présidentielle de février 2024.",
        ),
    ),
    (
        MANDATE,
        Both(
            "In July 2025 the transition council gave Goïta five years, renewable, without an election.",
            "En juillet 2025, le conseil de transition a donné cinq ans à Goïta, renouvelables, sans élection.",
        ),
    ),
)
"""What was promised or put off, by entry of the chronology, in order of date."""


def power(r: Report) -> Figure:
    """Time in power against the announced terms."""
    held = in_power(r)
    coup = entry(r, "2020-08-18-coup")
    if held is None or coup is None:
        raise NotInEdition(
            "No junta had taken power at this edition’s day.",
            "Aucune junte n’avait pris le pouvoir au jour de cette édition.",
        )
    now, time, kinds = (
        last_day(r),
        length(held),
        {"ink": Both("In power", "Au pouvoir"), "neutral": Both("Promised", "Promis")},
    )
    rows = [(kinds["ink"], coup["date"], now, "ink", time)]
    for term in announced(r):
        months = Both(f"{term.months} months", f"{term.months} mois")
        rows.append((term.label, f"{term.first}-01", term.end, "neutral", months))
    frame = pd.DataFrame(
        [(what.en, first, last, kinds[kind].en, span.en) for what, first, last, kind, span in rows],
        columns=["What", "From", "To", "Kind", "Length"],
    )
    words = {what.en: what.fr for what, *_ in rows} | {span.en: span.fr for *_, span in rows}
    words |= {kind.en: kind.fr for kind in kinds.values()}
    words |= {"What": "Quoi", "From": "De", "To": "À", "Kind": "Catégorie", "Length": "Durée"}
    since, at = day(str(coup["date"])), day(now)
    said = joined(
        (
            Both(
                f"{what.en}, {month_name(month(first[:7]))} to {month_name(month(last[:7]))}, {span.en}",
                f"{what.fr}, {french.month_name(first[:7])} à {french.month_name(last[:7])}, {span.fr}",
            )
            for what, first, last, _, span in rows
        ),
        "; ",
    )
    form = Form(
        charts.spans(frame, "What", "From", "To", "Kind", {key: kinds[key].en for key in kinds}, note="Length"),
        frame,
        Both(
            f"from the coup of {since.en} to {at.en}, and the terms promised for the transition, from the month in which each begins",
            f"du coup d’État du {since.fr} au {at.fr}, et durées promises pour la transition, à partir du mois où chacune commence",
        ),
        Both(f"bars on a time axis: {said.en}", f"barres sur un axe de temps : {said.fr}"),
        COMPILED,
        words,
    )
    caveat = Both(
        "Terms are drawn from whole months. The decree counts its 24 months from 26 March 2022.",
        "Les durées partent de mois entiers. Le décret compte ses 24 mois à partir du 26 mars 2022.",
    )
    return figure("junta-power", form, Finding(_outlasted(r, time), caveat=caveat if len(rows) > 2 else None))


def _outlasted(r: Report, time: Both) -> Both:
    terms, past = announced(r), outlived(r)
    if not terms:
        return Both(
            f"{time.en} in power without an announced term", f"{time.fr} au pouvoir sans échéance annoncée"
        ).upper()
    if len(terms) == 1:
        said = (
            Both("past the term announced", "échéance annoncée dépassée")
            if past
            else Both("within the term announced", "dans le délai annoncé")
        )
    else:
        said = Both(
            f"{prose.none(len(past))} of {prose.word(len(terms))} announced terms outlived",
            f"{french.word(len(past), feminine=True) if past else 'aucune'} des {french.word(len(terms))} échéances annoncées dépassée"
            + ("s" if len(past) > 1 else ""),
        )
    return Both(f"{time.en} in power: {said.en}", f"{time.fr} au pouvoir : {said.fr}").upper()


# --------------------------------------------------------------------------- the accord


def accord(r: Report) -> Both:
    """When the accord was signed, and what became of it."""
    text = Both(
        "The accord was signed in Bamako in May 2015 and by the Coordination of Azawad Movements that June.",
        "L’accord a été signé à Bamako en mai 2015 et par la Coordination des mouvements de l’Azawad en juin.",
    )
    left, over, new = (
        knows(r, name)
        for name in ("2022-12-22-csp-suspends-accord-role", "2024-01-25-algiers-accord-ended", "2024-11-30-fla-founded")
    )
    parts = [
        text,
        Both(
            "In December 2022 the northern coalition CSP stepped out of the talks on the accord.",
            "En décembre 2022, la coalition du nord CSP a quitté les pourparlers sur l’accord.",
        )
        if left
        else None,
        Both(
            "Mali declared the accord ended on 25 January 2024, after fighting with these movements had begun again.",
            "Le Mali a déclaré l’accord terminé le 25 janvier 2024, après la reprise des combats avec ces mouvements.",
        )
        if over
        else None,
        Both(
            "In November 2024 rebel groups formed the Azawad Liberation Front, FLA.",
            "En novembre 2024, des groupes rebelles ont formé le Front de libération de l’Azawad, FLA.",
        )
        if new
        else None,
    ]
    return joined(parts)
