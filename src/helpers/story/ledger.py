"""Who foresaw what: the reports, published forecasts and simple rules on what each named, and the standing forecast."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from helpers import charts, data
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims, headline, pace
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.estimates import ledger, rolling
from helpers.estimates.forecast import LEVEL
from helpers.figures import Figure, Table
from helpers.page.bilingual import Bilingual
from helpers.page.frame import AnswerBox, Key
from helpers.story.paces import PROJECTED, level_of, made_at
from helpers.windows import month, month_name, window, year
from helpers.words import Both
from helpers.words.both import joined, listing

STATEMENTS = ("R22-03", "R22-10", "R23-01", "R23-02", "R23-29", "R23-30")
"""Projections of the two reports that later months settle."""
WHOLE_YEAR = (*PROJECTED, "R23-02")
"""Those that speak of the year in which they were made; the others look further ahead."""
SERIES: dict[str, Both] = {
    "events-all": Both("violent events, all sides", "événements violents, tous camps"),
    "deaths-all": Both("deaths, all sides", "morts, tous camps"),
    "deaths-ucdp": Both("deaths as UCDP counts them", "morts selon l’UCDP"),
    "deaths-ucdp-state": Both("deaths between armed sides (UCDP)", "morts entre camps armés (UCDP)"),
    "events-islamist": Both("militant Islamist events", "événements islamistes armés"),
    "deaths-islamist": Both("deaths in militant Islamist events", "morts d’événements islamistes armés"),
    "attacks-islamist": Both("attacks on civilians by militant Islamists", "attaques islamistes contre des civils"),
    "events-bamako": Both("militant Islamist events around Bamako", "événements islamistes autour de Bamako"),
}
"""What is forecast, by key of `definitions.FORESEEN`, in the order of pages."""
RULES: dict[str, Both] = {
    "pace": Both("as the last six months", "comme les six derniers mois"),
    "year": Both("as the mean of the last twelve", "comme la moyenne des douze derniers"),
    "seasonal": Both("as the same months a year before", "comme les mêmes mois un an avant"),
}
"""The project's rules that anybody can work out, by name in the table of standing forecasts."""
OTHERS = {"deaths-ucdp": "UCDP deaths", "deaths-ucdp-state": "UCDP state-based deaths"}
"""What others forecast, by series."""
KINDS: dict[str, Both] = {
    "live": Both("Made before its months", "Faite avant ses mois"),
    "backfilled": Both("Added later", "Ajoutée après"),
    "rule": Both("Rule: as the last six months", "Règle : comme les six derniers mois"),
    "report": Both("Report", "Rapport"),
}
_COLOURS = {"accent": "live", "international": "backfilled", "neutral": "rule", "luck": "report"}
_VARIANTS = {
    "by month": Both("by month", "par mois"),
    "by year": Both("a whole year", "une année entière"),
    "six months": Both("six months", "six mois"),
    "twelve months": Both("twelve months", "douze mois"),
}
_ENOUGH = 12
"""Forecasts of a month that a comparison in the answer needs at least."""


# --------------------------------------------------------------------------- what is held against what


def _latest(r: Report) -> bool:
    return r.edition.as_of == "latest"


def published_scores(r: Report) -> pd.DataFrame:
    """Return how forecasts made by the edition's date did on months that it holds (see `rolling.published`).

    In an edition of an earlier date, files that were added later did not exist and stay out.
    """
    last = str(r.end("ucdp_types"))
    try:
        found = data.forecasts(r.data_dir)
    except FileNotFoundError as error:
        raise NotInEdition("These tables hold no published forecasts.") from error
    if not _latest(r):
        found = found[found["status"].eq("live") & found["data_to"].lt(last)]
    try:
        return rolling.published(found, r.ucdp_types, last)
    except NotInData:
        raise NotInEdition(
            "No published forecast at hand had been made and come due by this edition’s month.",
            "Aucune prévision publiée dont nous disposons n’avait été faite et n’était échue au mois de cette édition.",
        ) from None


def _rules(r: Report) -> pd.DataFrame:
    """Return the scores of the three rules by series, on every month that the edition holds."""
    ends = tuple(str(r.end(table)) for table, _ in (d.FORESEEN[name] for name in SERIES))
    return _scored(r.data_dir, ends)


@cache
def _scored(folder: Path, ends: tuple[str, ...]) -> pd.DataFrame:
    parts = []
    for name, last in zip(SERIES, ends, strict=True):
        scored = ledger.scored(name, folder, last)
        kept = rolling.summary(scored[scored["rule"].isin(RULES)])
        parts.append(kept.assign(series=name, last=last, first=scored["origin"].min()))
    return pd.concat(parts, ignore_index=True)


def _numbers(r: Report, claim_id: str) -> tuple[float, int, int]:
    """Return what a numeric projection foresaw, what came, and the twelve months before it was made."""
    name, made = PROJECTED[claim_id], made_at(r, claim_id)
    rows, value = pace.series_rows(r.all_actors, name)
    base = m.count(rows, year(made.as_of.year - 1), value)
    return level_of(claim_id, base), m.count(rows, year(made.as_of.year), value), m.count(rows, made.last_12, value)


def _over(r: Report) -> tuple[list[str], list[str]]:
    """Return the statements made by the edition's date whose months it holds, and those that only later months settle."""
    due = [name for name in STATEMENTS if claims.is_due(r, name)]
    known = [
        name for name in due if _latest(r) or (name in WHOLE_YEAR and year(made_at(r, name).as_of.year).last <= r.as_of)
    ]
    return known, [name for name in due if name not in known]


# --------------------------------------------------------------------------- the answer


def _standing(r: Report) -> pd.DataFrame:
    """Return the standing forecasts that had been made by the edition's day: the newest of each series and rule.

    Raises
    ------
    NotInEdition
        There was none.
    """
    rows, day = data.standing(r.data_dir), r.edition.facts_to
    rows = rows[rows["made_on"].le(day)] if day else rows
    if rows.empty:
        first = str(data.standing(r.data_dir)["made_on"].min())
        raise NotInEdition(
            f"The project’s own forecasts are kept since {_day(first).en}, after this edition.",
            f"Les prévisions du projet sont conservées depuis le {_day(first).fr}, après cette édition.",
        )
    ends = {table: str(r.end(table)) for table, _ in d.FORESEEN.values()}
    graded = ledger.graded(rows, r.data_dir, ends)
    newest = graded.sort_values(["made_on", "origin"]).groupby(["series", "model"], as_index=False).tail(1)
    return newest.sort_values("series", key=lambda x: x.map(list(SERIES).index), kind="stable").reset_index(drop=True)


def _day(day: str) -> Both:
    when = pd.Timestamp(day)
    return Both(f"{when.day} {month_name(when.to_period('M'))}", fr.day_name(day))


def _best(r: Report, series: str) -> str:
    """Return the rule with the least mean CRPS in a series' back-test."""
    found = _rules(r)
    return str(found[found["series"].eq(series)].sort_values("crps")["rule"].iloc[0])


def _chosen(r: Report) -> pd.DataFrame:
    """Return the newest standing forecast of each series by the rule that scored best."""
    rows = _standing(r)
    return rows[[row.model == _best(r, row.series) for row in rows.itertuples()]].reset_index(drop=True)


def _span(first: str, last: str) -> Both:
    when = window(first, last)
    return Both(when.label.replace("-", " to ", 1) if first[:4] == last[:4] else when.label, fr.label(when))


def _live(r: Report) -> pd.DataFrame:
    found = published_scores(r)
    return found[found["status"].eq("live") & found["months"].ge(_ENOUGH)]


def answer(r: Report) -> AnswerBox:
    """Who was better, by how much, on how many months, and what stands for the next six."""
    question = Both("Who foresaw it better?", "Qui l’avait mieux prévu ?")
    keys = []
    try:
        live = _live(r)
    except NotInEdition:
        live = pd.DataFrame()
    if len(live):
        head = _verdict(live)
        said = listing(
            Both(
                f"{x.model} missed a month by {p.number(x.mae)} deaths where the mean of the last twelve missed it by "
                f"{p.number(x.year)} ({p.number(x.months)} forecasts)",
                f"{x.model} a manqué un mois de {fr.number(x.mae)} morts, la moyenne des douze derniers de {fr.number(x.year)} "
                f"({fr.number(x.months)} prévisions)",
            )
            for x in live.itertuples()
        )
        text = head + Both(": ", " : ") + said
        for x in live.itertuples():
            ratio = x.mae / x.year
            keys.append(
                Key(
                    Both(f"× {p.number(ratio, 2)}", f"× {fr.number(ratio, 2)}"),
                    Both(
                        f"{x.model}’s miss over that of the mean of twelve months",
                        f"écart de {x.model} rapporté à celui de la moyenne de douze mois",
                    ),
                    Both(
                        f"{p.number(x.months)} forecasts of a month, {p.number(x.vintages)} vintages",
                        f"{fr.number(x.months)} prévisions d’un mois, {fr.number(x.vintages)} versions",
                    ),
                )
            )
    else:
        text, keys = _rules_answer(r)
    try:
        rows = _chosen(r).set_index("series")
        text = text + ". " + _standing_said(rows.loc["deaths-ucdp"])
        keys += [
            _standing_key("deaths-ucdp", rows.loc["deaths-ucdp"]),
            _standing_key("events-all", rows.loc["events-all"]),
        ]
    except NotInEdition:
        pass
    return AnswerBox(question, text.sentence(), keys[:4])


def _verdict(live: pd.DataFrame) -> Both:
    """Say which forecasters came nearer than the mean of the last twelve months."""
    won = list(dict.fromkeys(live.loc[live["mae"].lt(live["year"]), "model"]))
    lost = [name for name in dict.fromkeys(live["model"]) if name not in won]
    if not won:
        nor = " nor ".join(lost)
        return Both(
            f"Neither {nor} beat a simple rule" if len(lost) > 1 else f"{nor} did not beat a simple rule",
            f"Ni {' ni '.join(lost)} n’ont battu une règle simple"
            if len(lost) > 1
            else f"{nor} n’a pas battu une règle simple",
        )
    text = Both(
        f"{p.listing(won)} beat a simple rule",
        f"{fr.listing(won)} {'ont' if len(won) > 1 else 'a'} battu une règle simple",
    )
    if lost:
        text += Both(f", {p.listing(lost)} did not", f", mais pas {fr.listing(lost)}")
    return text


def _rules_answer(r: Report) -> tuple[Both, list[Key]]:
    found = _rules(r)
    events = found[found["series"].eq("events-islamist")].set_index("rule")
    best = str(events["crps"].idxmin())
    text = Both(
        f"Of three simple rules the one that says “{RULES[best].en}” foresaw militant Islamist events best: in six months it "
        f"missed them by {p.number(events.at[best, 'mae'])}, “{RULES['seasonal'].en}” by {p.number(events.at['seasonal', 'mae'])}, from "
        f"{p.number(events['forecasts'].iloc[0])} months on",
        f"De trois règles simples, celle qui dit « {RULES[best].fr} » a le mieux prévu les événements islamistes armés : sur six "
        f"mois elle les a manqués de {fr.number(events.at[best, 'mae'])}, « {RULES['seasonal'].fr} » de "
        f"{fr.number(events.at['seasonal', 'mae'])}, à partir de {fr.number(events['forecasts'].iloc[0])} mois",
    )
    keys = [
        Key(
            Both(p.number(events.at[rule, "mae"]), fr.number(events.at[rule, "mae"])),
            Both(f"events missed in six months, {RULES[rule].en}", f"événements manqués en six mois, {RULES[rule].fr}"),
            Both(
                f"{p.number(events.at[rule, 'forecasts'])} forecasts",
                f"{fr.number(events.at[rule, 'forecasts'])} prévisions",
            ),
        )
        for rule in RULES
    ]
    return text, keys


def _standing_said(row: pd.Series) -> Both:
    when = _span(row["first"], row["last"])
    return Both(
        f"The standing forecast for {when.en} is {p.number(row['value'])} deaths; four outcomes of five should lie from {p.spread(row['low'], row['high'])}",
        f"La prévision en cours pour {when.fr} est de {fr.number(row['value'])} morts ; quatre issues sur cinq devraient aller de {fr.spread(row['low'], row['high'])}",
    )


def _standing_key(series: str, row: pd.Series) -> Key:
    when = _span(row["first"], row["last"])
    made = _day(row["made_on"])
    return Key(
        Both(p.number(row["value"]), fr.number(row["value"])),
        Both(f"{SERIES[series].en} forecast for {when.en}", f"{SERIES[series].fr} : prévision pour {when.fr}"),
        Both(
            f"made on {made.en}; {p.spread(row['low'], row['high'])}",
            f"faite le {made.fr} ; {fr.spread(row['low'], row['high'])}",
        ),
    )


# --------------------------------------------------------------------------- the reports


def reports(r: Report) -> Bilingual | str:
    """List what the reports foresaw, where the edition holds the months: foreseen, come, and the audit's verdict."""
    known, _ = _over(r)
    if not known:
        raise NotInEdition(
            "No projection of the two reports had come due by this edition’s date.",
            "Aucune projection des deux rapports n’était échue à la date de cette édition.",
        )
    return _reports(r, known)


def reports_later(r: Report) -> Bilingual | str:
    """List those that only later months settle: for "What happened next" alone."""
    _, later = _over(r)
    if not later:
        # The table above has them all, or there are none.
        return ""
    return _reports(r, later)


def _reports(r: Report, ids: list[str]) -> Bilingual:
    frames = []
    for language, heads in (
        ("en", ("Statement", "Made", "Foreseen", "Came", "Twelve months before", "Nearer than these", "Verdict")),
        ("fr", ("Affirmation", "Faite", "Prévu", "Venu", "Douze mois d’avant", "Plus près que ceux-ci", "Verdict")),
    ):
        number = p.number if language == "en" else fr.number
        yes, no = ("yes", "no") if language == "en" else ("oui", "non")
        rows = []
        for name in ids:
            claim = claims.claim(name)
            result = claims.evaluate(name, str(r.data_dir))
            verdict = headline.face(result.verdict)[language == "fr"]
            made = made_at(r, name).as_of
            when = month_name(made) if language == "en" else fr.month_name(made)
            said = f"{name}. {claim.statement if language == 'en' else claim.fr}"
            if name in PROJECTED:
                level, came, base = _numbers(r, name)
                nearer = yes if abs(level - came) < abs(base - came) else no
                rows.append((said, when, number(level), number(came), number(base), nearer, verdict))
            else:
                rows.append((said, when, "–", "–", "–", "–", verdict))
        frames.append(pd.DataFrame(rows, columns=list(heads)))
    good = sum(claims.evaluate(name, str(r.data_dir)).verdict == "borne out" for name in ids)
    return Bilingual(
        Table(
            f"{p.sentence(p.none(good))[:-1]} of {p.count(len(ids), 'projection')} came true",
            frames[0],
            source=r.source("actors", "totals"),
            note="None gave a probability, so none has a score: the verdict is the audit’s. R23-01 says more than its number. Twelve months before: the count of the "
            "year to the month in which the statement was made.",
        ),
        Table(
            f"{fr.upper(fr.word(good, feminine=True))} projection{'s' if good > 1 else ''} sur {fr.word(len(ids))} "
            f"{'se sont réalisées' if good > 1 else 's’est réalisée' if good else 'ne s’est réalisée'}",
            frames[1],
            source=r.source("actors", "totals"),
            note="Aucune ne donnait de probabilité, donc aucune n’a de score : le verdict est celui de la vérification. R23-01 dit plus que son nombre. Douze mois "
            "d’avant : le compte de l’année qui s’achève au mois de l’affirmation.",
        ),
    )


# --------------------------------------------------------------------------- the graded table


def _rows(r: Report) -> list[tuple[Both, str, int, float, float]]:
    """Return who forecast what, the kind, how many forecasts, their mean miss, and that of twelve months."""
    out: list[tuple[Both, str, int, float, float]] = []
    known, _ = _over(r)
    for name in known:
        if name in PROJECTED:
            level, came, base = _numbers(r, name)
            said = Both(f"{name}, {year(made_at(r, name).as_of.year).label}", f"{name}, {made_at(r, name).as_of.year}")
            out.append((said, "report", 1, abs(level - came), abs(base - came)))
    try:
        for x in published_scores(r).itertuples():
            kind = _VARIANTS[x.variant]
            later = Both(", later", ", après") if x.status == "backfilled" else None
            label = joined([Both(f"{x.model}, {kind.en}", f"{x.model}, {kind.fr}"), later], "")
            out.append((label, str(x.status), int(x.months), float(x.mae), float(x.year)))
        found = data.forecasts(r.data_dir)
        made = found[found["data_to"].lt(str(r.end("ucdp_types")))]
        for x in ledger.by_year(made, r.ucdp_types, str(r.end("ucdp_types"))).itertuples():
            label = Both(f"{x.model}, the year {x.target}", f"{x.model}, l’année {x.target}")
            out.append((label, "live", 1, abs(x.forecast - x.recorded), float(abs(x.year - x.recorded))))
    except NotInEdition:
        pass
    scores = _rules(r).set_index(["series", "rule"])
    for series, what in SERIES.items():
        one = scores.loc[(series, "pace")]
        out.append(
            (what.upper(), "rule", int(one["forecasts"]), float(one["mae"]), float(scores.at[(series, "year"), "mae"]))
        )
    return [row for row in out if row[4] > 0]


def graded(r: Report) -> Figure:
    """Draw every forecaster's mean miss as a multiple of that of the simplest rule on the same months."""
    rows = _rows(r)
    frame = pd.DataFrame(
        [(x.en, KINDS[kind].en, round(max(miss, 0.01) / base, 6), n, round(miss, 6), round(base, 6)) for x, kind, n, miss, base in rows],
        columns=["Who", "Kind", "Times its miss", "Forecasts", "Missed by", "Twelve months, by"],
    )  # fmt: skip
    before = frame[frame["Kind"].isin([KINDS["live"].en, KINDS["report"].en])]
    nearer, of = int(before["Times its miss"].lt(1).sum()), len(before)
    rules = frame[frame["Kind"].eq(KINDS["rule"].en)]
    if of:
        title = Both(
            f"{p.none(nearer)} of {p.count(of, 'set')} of forecasts made beforehand came nearer than the mean of twelve months",
            f"sur {fr.count(of, 'série', feminine=True)} de prévisions faites d’avance, {fr.word(nearer, feminine=True) if nearer else 'aucune'} {'sont tombées' if nearer > 1 else 'est tombée' if nearer else 'n’est tombée'} "
            "plus près que la moyenne de douze mois",
        )
    else:
        nearer = int(rules["Times its miss"].lt(1).sum())
        title = Both(
            f"six months tell the next six better than twelve in {p.none(nearer)} of {p.word(len(rules))} series",
            f"six mois annoncent mieux les six suivants que douze dans {fr.word(nearer, feminine=True) if nearer else 'aucune'} "
            f"des {fr.word(len(rules))} séries",
        )
    said = [f"{x.en} {p.number(miss / base, 2)} ({p.number(n)})" for x, _, n, miss, base in rows]
    told = [f"{x.fr} {fr.number(miss / base, 2)} ({fr.number(n)})" for x, _, n, miss, base in rows]
    words = {x.en: x.fr for x, *_ in rows} | {one.en: one.fr for one in KINDS.values()}
    shown = list(dict.fromkeys(frame["Kind"]))
    return Figure(
        id="ledger-graded",
        title=title.sentence().en,
        subtitle="Mean miss of each set of forecasts over that of the mean of the last twelve months before each, on the same "
        "outcomes and months (left of the dashed line: nearer), Mali; a month for published forecasts, six for rules, a year for reports",
        chart=charts.dots(
            frame, "Who", "Times its miss", "Times its miss", "Times its miss", title="Times the miss of twelve months",
            unit="ratio", log=True, by="Kind",
            colours={colour: KINDS[kind].en for colour, kind in _COLOURS.items() if KINDS[kind].en in shown},
            tips=["Kind", "Times its miss", "Forecasts", "Missed by", "Twelve months, by"],
        ),
        frame=frame,
        alt=p.sentence("Dots by forecaster, with the number of forecasts: " + "; ".join(said)),
        fr=replace(
            fr.words(
                title.sentence().fr,
                "Écart moyen de chaque série de prévisions, rapporté à celui de la moyenne des douze mois précédents, pour les mêmes "
                "objets et les mêmes mois (à gauche du tireté : plus près), Mali ; un mois pour les prévisions publiées, six pour les "
                "règles, une année pour les rapports",
                "Points par prévisionniste, avec le nombre de prévisions : " + " ; ".join(told),
            ),
            chart={**words, "Times the miss of twelve months": "Fois l’écart de douze mois"},
        ),
        source=r.source("actors", "totals", "ucdp_types", *(["forecasts"] if of else [])),
        caveat="Sets differ in what they forecast and for how many months; a set of one forecast says little. The rules know today’s "
        "numbers, which a forecaster at the time did not have. UCDP’s newest months are provisional.",
    )  # fmt: skip


def published(r: Report) -> Bilingual:
    """List the published forecasts beside two paces on the same months; made before and added later apart."""
    found = published_scores(r).sort_values(["status", "model"], ascending=[False, True])
    frames = []
    for language, heads in (
        (
            "en",
            (
                "Forecast",
                "Made",
                "Forecasts",
                "Of these provisional",
                "CRPS (mean miss)",
                "Last six",
                "Last twelve",
                "p",
            ),
        ),
        (
            "fr",
            (
                "Prévision",
                "Faite",
                "Prévisions",
                "Dont provisoires",
                "CRPS (écart moyen)",
                "Six derniers",
                "Douze derniers",
                "p",
            ),
        ),
    ):
        rows = [
            (
                f"{x.model}, {getattr(_VARIANTS[x.variant], language)}", getattr(KINDS[x.status], language), int(x.months),
                int(x.provisional), round(x.mae, 6), round(x.pace, 6), round(x.year, 6),
                "–" if x.p != x.p else (p.number if language == "en" else fr.number)(x.p, 3),
            )
            for x in found.itertuples()
        ]  # fmt: skip
        frames.append(pd.DataFrame(rows, columns=list(heads)))
    sources = r.source("forecasts", "ucdp_types")
    last = month(str(r.end("ucdp_types")))
    return Bilingual(
        Table(
            f"Published forecasts of a month’s deaths, on months up to {month_name(last)}",
            frames[0],
            source=sources,
            decimals={"CRPS (mean miss)": 1, "Last six": 1, "Last twelve": 1},
            note="For a forecast of one number the CRPS is its miss, and no interval or log score exists. VIEWS: deaths between armed "
            "sides; PaCE: all deaths; both as UCDP counts them. p: Diebold and Mariano against the last twelve, from 13 vintages on.",
        ),
        Table(
            f"Prévisions publiées des morts d’un mois, jusqu’à {fr.month_name(last)}",
            frames[1],
            source=sources,
            decimals={"CRPS (écart moyen)": 1, "Six derniers": 1, "Douze derniers": 1},
            note="Pour une prévision d’un seul nombre, le CRPS est son écart ; il n’y a ni score d’intervalle ni score logarithmique. "
            "VIEWS : morts entre camps armés ; PaCE : tous les morts ; les deux selon l’UCDP. p : Diebold et Mariano contre les douze "
            "derniers, à partir de 13 versions.",
        ),
    )


def rules(r: Report) -> Bilingual:
    """List the scores of the three rules on what the project forecasts, from every month on."""
    found = _rules(r)
    frames = []
    for language, heads in (
        (
            "en",
            ("What", "Rule", "Forecasts", "Mean miss", "CRPS", "Skill", "Interval score", "Log score", "Coverage, %"),
        ),
        (
            "fr",
            (
                "Objet",
                "Règle",
                "Prévisions",
                "Écart moyen",
                "CRPS",
                "Gain",
                "Score d’intervalle",
                "Score log",
                "Couverture, %",
            ),
        ),
    ):
        rows = [
            (
                getattr(SERIES[x.series].upper(), language), getattr(RULES[x.rule], language), int(x.forecasts), round(x.mae, 6),
                round(x.crps, 6), round(x.skill, 6), round(x.interval_score), round(x.log_score, 6), round(x.coverage * 100),
            )
            for x in found.itertuples()
        ]  # fmt: skip
        frames.append(pd.DataFrame(rows, columns=list(heads)))
    level = Both(p.percent(LEVEL), fr.percent(LEVEL))
    sources = r.source("actors", "totals", "ucdp_types")
    return Bilingual(
        Table(
            "Three rules on sums of six months, from every month on",
            frames[0],
            source=sources,
            decimals={"Mean miss": 1, "CRPS": 1, "Skill": 2, "Log score": 2},
            note=f"Low is good for misses and scores. Skill: one less the CRPS over that of the same months a year before. Coverage: of "
            f"the {level.en} range. Forecasts a month apart share five of six months.",
        ),
        Table(
            "Trois règles sur des sommes de six mois, à partir de chaque mois",
            frames[1],
            source=sources,
            decimals={"Écart moyen": 1, "CRPS": 1, "Gain": 2, "Score log": 2},
            note=f"Plus les écarts et les scores sont bas, mieux c’est. Gain : un moins le CRPS rapporté à celui des mêmes mois un an "
            f"avant. Couverture : de la fourchette à {level.fr}. Des prévisions à un mois d’écart partagent cinq mois sur six.",
        ),
    )


# --------------------------------------------------------------------------- the standing forecast


def standing_words(r: Report) -> Both:
    """Say when the standing forecasts were made, from which months, and how many are over."""
    rows = _standing(r)
    days = sorted(set(rows["made_on"]))
    over = int(rows["actual"].notna().sum())
    past = rows[rows["last"].lt(rows["made_on"].str[:7])]
    text = Both(
        f"Made on {listing(_day(x) for x in days).en} by three rules, each from the last month that its source holds whole; nothing in "
        "it is changed afterwards.",
        f"Faite le {listing(_day(x) for x in days).fr} selon trois règles, chacune depuis le dernier mois complet de sa source ; rien "
        "n’y est changé ensuite.",
    )
    if len(past):
        spans = dict.fromkeys(zip(past["first"], past["last"], strict=True))
        when = listing(_span(*x) for x in spans)
        text += Both(
            f" The months {when.en} were over by then, but no source at hand had counted them.",
            f" Les mois {when.fr} étaient alors passés, mais aucune source disponible ne les avait comptés.",
        )
    if over:
        held = int(rows["covered"].fillna(False).sum())
        text += Both(
            f" {p.sentence(p.word(over))[:-1]} of {p.number(len(rows))} are over, and {p.none(held)} of them lay in the range.",
            f" {fr.upper(fr.word(over, feminine=True))} sur {fr.number(len(rows))} sont échues, dont {fr.word(held, feminine=True)} dans la fourchette.",
        )
    else:
        text += Both(" None can be graded yet.", " Aucune ne peut encore être notée.")
    return text


def _awaited(r: Report, row: pd.Series) -> pd.DataFrame:
    if row["series"] not in OTHERS:
        return pd.DataFrame(columns=["model", "data_to", "deaths"])
    found = data.forecasts(r.data_dir)
    return ledger.awaited(found, OTHERS[row["series"]], row["first"], row["last"])


def standing(r: Report) -> Figure:
    """Draw the standing forecast of each series by the rule that scored best, as a multiple of the last six months."""
    rows = _chosen(r)
    counts = {
        row.series: int(ledger.monthly(row.series, r.data_dir, row.origin)[0][-6:].sum()) for row in rows.itertuples()
    }
    records, said, told, words = [], [], [], {}
    for _, row in rows.iterrows():
        last, series = counts[row["series"]], SERIES[row["series"]].upper()
        others = _awaited(r, row)
        theirs = float(others["deaths"].iloc[-1]) if len(others) else None
        when = _span(row["first"], row["last"])
        records.append(
            (series.en, row["value"] / last, row["low"] / last, row["high"] / last, theirs / last if theirs else None,
             round(row["value"]), round(row["low"]), round(row["high"]), last, round(theirs) if theirs else None,
             when.en, row["made_on"])
        )  # fmt: skip
        words[series.en] = series.fr
        also = (
            Both(
                f", {others['model'].iloc[-1]} {p.number(theirs)}", f", {others['model'].iloc[-1]} {fr.number(theirs)}"
            )
            if theirs
            else None
        )
        en = f"{series.en}, {when.en}: {p.number(row['value'])} ({p.spread(row['low'], row['high'])}) after {p.number(last)}"
        fr_ = f"{series.fr}, {when.fr} : {fr.number(row['value'])} ({fr.spread(row['low'], row['high'])}) après {fr.number(last)}"
        said.append(en + (also.en if also else ""))
        told.append(fr_ + (also.fr if also else ""))
    frame = pd.DataFrame(
        records,
        columns=["Series", "Times the last six months", "Low", "High", "Others", "Forecast", "From", "To", "Last six months",
                 "Others, sum", "Months", "Made on"],
    )  # fmt: skip
    ratios = ["Times the last six months", "Low", "High", "Others"]
    frame[ratios] = frame[ratios].astype(float).round(6)
    frame["Others, sum"] = frame["Others, sum"].astype("Int64")
    level = int((frame["Low"].le(1) & frame["High"].ge(1)).sum())
    deaths = rows.set_index("series").loc["deaths-ucdp"]
    when = _span(deaths["first"], deaths["last"])
    title = Both(
        f"{p.number(deaths['value'])} deaths are forecast for {when.en}, and no change can be told in {p.none(level)} of {p.word(len(frame))} series",
        f"{fr.number(deaths['value'])} morts sont prévus pour {when.fr}, et aucun changement ne se distingue dans {fr.word(level, feminine=True)} "
        f"séries sur {fr.word(len(frame))}",
    )
    return Figure(
        id="ledger-standing",
        title=title.sentence().en,
        subtitle=f"Standing forecast of the six months after each series’ last (dot) with the range that should hold {p.percent(LEVEL)} of "
        "outcomes, by the rule that has scored best, as a multiple of the last six months (dashed line), Mali; tick: another forecast "
        "of the same months, made before them",
        chart=charts.dots(
            frame, "Series", "Times the last six months", "Low", "High", title="Times the last six months", unit="ratio", log=True,
            group="accent", reference="Others", tips=["Forecast", "From", "To", "Last six months", "Others, sum", "Months", "Made on"],
        ),
        frame=frame,
        alt=p.sentence("Dots with ranges: " + "; ".join(said)),
        fr=replace(
            fr.words(
                title.sentence().fr,
                f"Prévision en cours pour les six mois qui suivent le dernier de chaque série (point), avec la fourchette qui devrait contenir "
                f"{fr.percent(LEVEL)} des issues, selon la règle au meilleur score, en multiple des six derniers mois (tireté), Mali ; trait : une "
                "autre prévision des mêmes mois, faite avant eux",
                "Points avec fourchettes : " + " ; ".join(told),
            ),
            chart={**words, "Times the last six months": "Fois les six derniers mois"},
        ),
        source=r.source("standing", "forecasts"),
        caveat="A forecast from past counts: it knows nothing of plans, politics or weather. UCDP’s newest months, on which it rests, are "
        "provisional.",
        rests_on=[int(x) for x in frame["Last six months"]],
    )  # fmt: skip


def standing_table(r: Report) -> Bilingual:
    """List the standing forecasts as they were made, with what came and the scores where their months are over."""
    rows = _standing(r)
    frames = []
    for language, heads in (
        ("en", ("What", "Rule", "Made on", "Knows to", "Months", "Forecast", "Range", "Came", "CRPS")),
        ("fr", ("Objet", "Règle", "Faite le", "Sait jusqu’à", "Mois", "Prévision", "Fourchette", "Venu", "CRPS")),
    ):
        words = p if language == "en" else fr
        records = [
            (
                getattr(SERIES[row["series"]].upper(), language), getattr(RULES[row["model"]], language),
                getattr(_day(row["made_on"]), language), month_name(month(row["origin"])) if language == "en" else fr.month_name(row["origin"]),
                getattr(_span(row["first"], row["last"]), language), words.number(row["value"]), words.spread(row["low"], row["high"]),
                "–" if pd.isna(row["actual"]) else words.number(row["actual"]), "–" if pd.isna(row["crps"]) else words.number(row["crps"], 1),
            )
            for _, row in rows.iterrows()
        ]  # fmt: skip
        frames.append(pd.DataFrame(records, columns=list(heads)))
    others, autres = [], []
    for series in OTHERS:
        row = rows[rows["series"].eq(series)].iloc[0]
        for x in _awaited(r, row).itertuples():
            others.append(
                f"{x.model} for {SERIES[series].en}: {p.number(x.deaths)}, from months to {month_name(month(x.data_to))}"
            )
            autres.append(
                f"{x.model} pour {SERIES[series].fr} : {fr.number(x.deaths)}, des mois jusqu’à {fr.month_name(x.data_to)}"
            )
    source = r.source("standing")
    return Bilingual(
        Table(
            "The standing forecast, as it was made",
            frames[0],
            source=source,
            note=f"Ranges should hold {p.percent(LEVEL)} of outcomes. Rows are added and never changed; each carries a seal. "
            + (f"Others on the same months: {'; '.join(others)}." if others else ""),
        ),
        Table(
            "La prévision en cours, telle qu’elle a été faite",
            frames[1],
            source=source,
            note=f"Les fourchettes devraient contenir {fr.percent(LEVEL)} des issues. Des lignes s’ajoutent, aucune ne change ; chacune "
            "porte un sceau. " + (f"D’autres, pour les mêmes mois : {' ; '.join(autres)}." if autres else ""),
        ),
    )
