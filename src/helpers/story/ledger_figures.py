"""Figures of the ledger: who was nearer than the simplest rule, and what stands for the next six months."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as fr
from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import ledger
from helpers.estimates.forecast import LEVEL
from helpers.figures import Figure
from helpers.measures.foreseen import SERIES
from helpers.story import ledger as page
from helpers.story.ledger import KINDS
from helpers.story.ledger_words import BEFOREHAND, of_all, span, uncounted
from helpers.windows import month_name
from helpers.words import Both

_COLOURS = {"ink": "live", "pale": "backfilled", "neutral": "rule", "unidentified": "report"}


def _graded_title(frame: pd.DataFrame) -> Both:
    nearer = frame["Times its miss"].lt(1)
    before = frame["Kind"].isin([KINDS[name].en for name in BEFOREHAND])
    if not before.any():
        n, of = int(nearer.sum()), len(frame)
        return Both(
            f"six months tell the next six better than twelve in {p.of_all(n, of, 'series', 'series')}",
            f"six mois annoncent mieux les six suivants que douze dans {fr.word(n, feminine=True)} des {fr.word(of)} séries",
        )
    n, of = int(nearer[before].sum()), int(before.sum())
    fell = "sont tombées" if n > 1 else "est tombée" if n else "n’est tombée"
    if set(frame.loc[before, "Kind"]) == {KINDS["report"].en}:
        who = of_all(n, of, "audited projection", "audited projections").en
        qui = of_all(n, of, "projection auditée", "projections auditées").fr
        return Both(
            f"{who} came nearer than the mean of twelve months", f"{qui} {fell} plus près que la moyenne de douze mois"
        )
    which = of_all(n, of, "set", "sets")
    lead = (
        f"les {fr.word(of)} séries de prévisions faites d’avance"
        if n == of > 1
        else f"sur {fr.count(of, 'série', feminine=True)} de prévisions faites d’avance, {fr.word(n, feminine=True)}"
    )
    return Both(
        f"{which.en} of forecasts made beforehand came nearer than the mean of twelve months",
        f"{lead} {fell} plus près que la moyenne de douze mois",
    )


def graded(r: Report) -> Figure:
    """Draw every forecaster's mean miss as a multiple of that of the simplest rule on the same months."""
    rows = page.sets(r)
    frame = pd.DataFrame(
        [
            (x.en, KINDS[kind].en, round(max(miss, 0.01) / base, 6), n, round(miss, 6), round(base, 6))
            for x, kind, n, miss, base in rows
        ],
        columns=["Who", "Kind", "Times its miss", "Forecasts", "Missed by", "Twelve months, by"],
    )
    title = _graded_title(frame).sentence()
    shown = set(frame["Kind"])
    last = max(r.end(table) for table, _ in d.FORESEEN.values())
    ratio = "Times its miss"
    return Figure(
        id="ledger-graded",
        title=title.en,
        subtitle="Mean miss of each set of forecasts over that of the mean of the last twelve months before each, on the same "
        "outcomes and months (left of the dashed line: nearer), Mali; a month for published forecasts, six for rules, a year for "
        f"audited projections, up to {month_name(last)}",
        chart=charts.dots(
            frame, "Who", ratio, ratio, ratio, title="Times the miss of twelve months", unit="ratio", log=True, by="Kind",
            colours={colour: KINDS[kind].en for colour, kind in _COLOURS.items() if KINDS[kind].en in shown},
            tips=["Kind", ratio, "Forecasts", "Missed by", "Twelve months, by"]
        ),
        frame=frame,
        alt=("Dots by forecaster, with the number of forecasts: "
            + "; ".join(f"{x.en}: {p.number(miss / base, 2)} ({p.number(n)})" for x, _, n, miss, base in rows)),
        fr=replace(
            fr.words(
                title.fr,
                "Écart moyen de chaque série de prévisions, rapporté à celui de la moyenne des douze mois précédents, pour les mêmes "
                "objets et les mêmes mois (à gauche du tireté : plus près), Mali ; un mois pour les prévisions publiées, six pour les "
                f"règles, une année pour les projections auditées, jusqu’en {fr.month_name(last)}",
                "Points par prévisionniste, avec le nombre de prévisions : "
                + " ; ".join(f"{x.fr} : {fr.number(miss / base, 2)} ({fr.number(n)})" for x, _, n, miss, base in rows),
            ),
            chart={x.en: x.fr for x, *_ in rows}
            | {one.en: one.fr for one in KINDS.values()}
            | {"Times the miss of twelve months": "Écart, en multiple de celui de douze mois"},
        ),
        source=r.source("actors", "totals", "ucdp_types", *(["forecasts"] if KINDS["live"].en in shown else [])),
        caveat=Both(
            "Sets differ in what they forecast and for how many months; a set of one forecast says little. The "
            "rules know today’s numbers, which a forecaster at the time did not have. UCDP’s newest months are "
            "provisional.",
            "Les séries diffèrent par ce qu’elles prévoient et par le nombre de mois ; une série d’une seule "
            "prévision dit peu. Les règles connaissent les nombres d’aujourd’hui, qu’un prévisionniste n’avait pas "
            "à l’époque. Les derniers mois de l’UCDP sont provisoires.",
        ),
    )  # fmt: skip


def _standing_rows(r: Report) -> tuple[pd.DataFrame, list[Both]]:
    """Return the drawn standing forecasts, and each in words."""
    records, said = [], []
    for _, row in page.chosen(r).iterrows():
        last = int(ledger.monthly(row["series"], r.tables, row["origin"])[0][-6:].sum())
        series, when = SERIES[row["series"]].short.upper(), span(row["first"], row["last"])
        others = page.awaited(r, row)
        theirs = float(others["deaths"].iloc[-1]) if len(others) else float("nan")
        ends = (row["value"], row["low"], row["high"])
        ratios = [round(x / last, 6) for x in (*ends, theirs)]
        whole = [int(d.round_half_up(x)) for x in ends]
        records.append(
            (
                series.en,
                *ratios,
                *whole,
                last,
                int(d.round_half_up(theirs)) if len(others) else pd.NA,
                when.en,
                row["made_on"],
            )
        )
        text = Both(
            f"{series.en}, {when.en}: {p.number(row['value'])} ({p.spread(*ends[1:])}) after {p.number(last)}",
            f"{series.fr}, {when.fr} : {fr.number(row['value'])} ({fr.spread(*ends[1:])}) contre {fr.number(last)}",
        )
        if len(others):
            name = others["model"].iloc[-1]
            text += Both(f", {name} {p.number(theirs)}", f", {name} {fr.number(theirs)}")
        said.append(text)
    columns = ["Series", "Times the last six months", "Low", "High", "Others", "Forecast", "From", "To", "Last six months",
               "Others, sum", "Months", "Made on"]  # fmt: skip
    return pd.DataFrame(records, columns=columns).astype({"Others, sum": "Int64"}), said


def standing(r: Report) -> Figure:
    """Draw the standing forecast of each series by the rule that scored best, as a multiple of the last six months."""
    frame, said = _standing_rows(r)
    level, of = int((frame["Low"].le(1) & frame["High"].ge(1)).sum()), len(frame)
    deaths = page.chosen(r).set_index("series").loc["deaths-ucdp"]
    when, made = span(deaths["first"], deaths["last"]), page.day(max(frame["Made on"]))
    moved = of - level
    where = (
        Both(f"{p.word(moved)} of {p.word(of)} series", f"{fr.word(moved, feminine=True)} séries sur {fr.word(of)}")
        if moved
        else Both("none of the series", "aucune série")
    ) + (
        Both(" show a change", " montrent un changement")
        if moved > 1
        else Both(" shows a change", " montre un changement" if moved else " ne montre de changement")
    )
    title = (
        Both(f"{p.number(deaths['value'])} deaths", f"{fr.number(deaths['value'])} morts")
        + Both(f" are forecast for {when.en}", f" sont prévus pour {when.fr}")
        + uncounted(deaths)
        + Both("; ", " ; ")
        + where
    ).sentence()
    ratio = "Times the last six months"
    return Figure(
        id="ledger-standing",
        title=title.en,
        subtitle=f"Forecast of the six months after each series’ last, made on {made.en} (dot), with the range that should hold "
        f"{p.percent(LEVEL)} of outcomes, by the rule that has scored best, as a multiple of the last six months (dashed line), Mali; "
        "tick: another forecast of the same months, made before them",
        chart=charts.dots(
            frame, "Series", ratio, unit="ratio", log=True, group="finding", reference="Others",
            tips=["Forecast", "From", "To", "Last six months", "Others, sum", "Months", "Made on"]
        ),
        frame=frame,
        alt=("Dots with ranges: " + "; ".join(one.en for one in said)),
        fr=replace(
            fr.words(
                title.fr,
                f"Prévision des six mois qui suivent le dernier de chaque série, faite le {made.fr} (point), avec la fourchette qui devrait "
                f"contenir {fr.percent(LEVEL)} des issues, selon la règle au meilleur score, en multiple des six derniers mois (tireté), "
                "Mali ; trait : une autre prévision des mêmes mois, faite avant eux",
                "Points avec fourchettes : " + " ; ".join(one.fr for one in said),
            ),
            chart={one.short.upper().en: one.short.upper().fr for one in SERIES.values()} | {ratio: "En multiple des six derniers mois"},
        ),
        source=r.source("standing", "forecasts"),
        caveat=Both(
            "A forecast from past counts: it knows nothing of plans, politics or weather. UCDP’s newest months, on "
            "which it rests, are provisional.",
            "Une prévision tirée de décomptes passés : elle ne sait rien des plans, de la politique ni du temps "
            "qu’il fera. Les derniers mois de l’UCDP, sur lesquels elle repose, sont provisoires.",
        ),
        rests_on=[int(x) for x in frame["Last six months"]],
    )  # fmt: skip
