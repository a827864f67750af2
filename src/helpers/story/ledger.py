"""Who foresaw what: the reports, published forecasts and simple rules on what each named, and the standing forecast."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import prose as p
from helpers.audit import claims, headline
from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.estimates import ledger, rolling
from helpers.estimates.forecast import LEVEL
from helpers.figures import Table
from helpers.measures.foreseen import BY_ACTOR, SERIES
from helpers.page import claimbox
from helpers.page.bilingual import Bilingual
from helpers.page.frame import AnswerBox, Key
from helpers.story.ledger_words import (
    ENOUGH,
    VARIANTS,
    Row,
    day,
    ended,
    named,
    of_all,
    smaller,
    span,
    standing_key,
    verdict,
)
from helpers.story.paces import PROJECTED, level_of, made_at
from helpers.windows import month, month_name, year
from helpers.words import Both
from helpers.words.both import joined, listing

STATEMENTS = ("R22-03", "R22-10", "R23-01", "R23-02", "R23-29", "R23-30")
"""Projections of the two reports that later months settle."""
WHOLE_YEAR = (*PROJECTED, "R23-02")
"""Those that speak of the year in which they were made; the others look further ahead."""
RULES: dict[str, Both] = {
    "pace": Both("as the last six months", "comme les six derniers mois"),
    "year": Both("as the mean of the last twelve", "comme la moyenne des douze derniers"),
    "seasonal": Both("as the same months a year before", "comme les mêmes mois un an plus tôt"),
}
"""The project's rules that anybody can work out, by name in the table of standing forecasts."""
SHORT: dict[str, Both] = {
    "pace": Both("last six", "six derniers"),
    "year": Both("last twelve", "douze derniers"),
    "seasonal": Both("a year before", "un an plus tôt"),
    "live": Both("before", "avant"),
    "backfilled": Both("later", "après"),
}
"""Rules, and when forecasts were made, as columns of a table have room for them."""
OTHERS = {"deaths-ucdp": "UCDP deaths", "deaths-ucdp-state": "UCDP state-based deaths"}
"""What others forecast, by series."""
KINDS: dict[str, Both] = {
    "live": Both("Made before its months", "Faite d’avance"),
    "backfilled": Both("Added later", "Ajoutée après"),
    "rule": Both("Rule: as the last six months", "Règle : comme les six derniers mois"),
    "report": Both("Audited projection, made before its months", "Projection auditée, faite d’avance"),
}
MORE = Both("R23-01 says more than its number.", "R23-01 dit plus que son nombre.")
_YES, _NO = ("yes", "oui"), ("no", "non")
_OPEN = 12
"""Rows of a table that stands open; a longer one opens on a click."""


# --------------------------------------------------------------------------- what is held against what


def _latest(r: Report) -> bool:
    return r.edition.as_of == "latest"


def published_scores(r: Report) -> pd.DataFrame:
    """Return how forecasts made by the edition's date did on months that it holds (see `rolling.published`).

    In an edition of an earlier date, files that were added later did not exist and stay out.
    """
    last = str(r.end("ucdp_types"))
    try:
        found = r.tables.forecasts()
    except FileNotFoundError as error:
        raise NotInEdition(
            "These tables hold no published forecasts.", "Ces tables ne contiennent aucune prévision publiée."
        ) from error
    if not _latest(r):
        found = found[found["status"].eq("live") & found["data_to"].lt(last)]
    try:
        return rolling.published(found, r.ucdp_types, last)
    except NotInData:
        raise NotInEdition(
            "No published forecast at hand had been made and come due by this edition’s month.",
            "Aucune prévision publiée dont nous disposons n’avait été faite et n’était échue au mois de cette édition.",
        ) from None


def rule_scores(r: Report) -> pd.DataFrame:
    """Return the scores of the three rules by series, on every month that the edition holds."""
    ends = tuple(str(r.end(table)) for table, _ in (d.FORESEEN[name] for name in SERIES))
    return _scored(r.tables, ends)


@cache
def _scored(tables: Tables, ends: tuple[str, ...]) -> pd.DataFrame:
    parts = []
    for name, last in zip(SERIES, ends, strict=True):
        scored = ledger.scored(name, tables, last)
        kept = rolling.summary(scored[scored["rule"].isin(RULES)])
        parts.append(kept.assign(series=name, last=last, first=scored["origin"].min()))
    return pd.concat(parts, ignore_index=True)


def numbers(r: Report, claim_id: str) -> tuple[float, int, int]:
    """Return what a numeric projection foresaw, what came, and the twelve months before it was made."""
    name, made = PROJECTED[claim_id], made_at(r, claim_id)
    counted = BY_ACTOR[name].of(r, later=True)
    base, came = counted.over(year(made.as_of.year - 1)), counted.over(year(made.as_of.year))
    return level_of(claim_id, base), came, counted.over(made.last_12)


def over(r: Report) -> tuple[list[str], list[str]]:
    """Return the statements made by the edition's date whose months it holds, and those that only later months settle."""
    due = [name for name in STATEMENTS if claims.is_due(r, name)]
    known = [
        name for name in due if _latest(r) or (name in WHOLE_YEAR and year(made_at(r, name).as_of.year).last <= r.as_of)
    ]
    return known, [name for name in due if name not in known]


def awaited(r: Report, row: pd.Series) -> pd.DataFrame:
    """Return what others forecast live for the months of a standing forecast (see `helpers.estimates.ledger.awaited`)."""
    if row["series"] not in OTHERS:
        return pd.DataFrame(columns=["model", "data_to", "deaths"])
    return ledger.awaited(r.tables.forecasts(), OTHERS[row["series"]], row["first"], row["last"])


def sets(r: Report) -> list[Row]:
    """Return the sets of forecasts that an edition grades, with the miss of the simplest rule on the same months."""
    out: list[Row] = []
    for name in over(r)[0]:
        if name in PROJECTED:
            level, came, base = numbers(r, name)
            when = made_at(r, name).as_of.year
            about = BY_ACTOR[PROJECTED[name]].label
            said = Both(f"{about.upper().en}, {when} ({name})", f"{about.upper().fr}, {when} ({name})")
            out.append((said, "report", 1, abs(level - came), abs(base - came)))
    try:
        for x in published_scores(r).itertuples():
            kind = VARIANTS[x.variant]
            later = Both(", later", ", après") if x.status == "backfilled" else None
            label = joined([Both(f"{x.model}, {kind.en}", f"{x.model}, {kind.fr}"), later], "")
            out.append((label, str(x.status), int(x.months), float(x.mae), float(x.year)))
        last = str(r.end("ucdp_types"))
        found = r.tables.forecasts()
        for x in ledger.by_year(found[found["data_to"].lt(last)], r.ucdp_types, last).itertuples():
            label = Both(f"{x.model}, the year {x.target}", f"{x.model}, l’année {x.target}")
            out.append((label, "live", 1, abs(x.forecast - x.recorded), float(abs(x.year - x.recorded))))
    except NotInEdition:
        pass
    scores = rule_scores(r).set_index(["series", "rule"])["mae"]
    number = rule_scores(r).groupby("series")["forecasts"].first()
    for series, what in SERIES.items():
        out.append(
            (
                what.short.upper(),
                "rule",
                int(number[series]),
                float(scores[series, "pace"]),
                float(scores[series, "year"]),
            )
        )
    return [row for row in out if row[4] > 0]


# --------------------------------------------------------------------------- the answer


def standing_rows(r: Report) -> pd.DataFrame:
    """Return the standing forecasts that had been made by the edition's day: the newest of each series and rule."""
    rows, until = r.tables.standing(), r.edition.facts_to
    rows = rows[rows["made_on"].le(until)] if until else rows
    if rows.empty:
        first = str(r.tables.standing()["made_on"].min())
        raise NotInEdition(
            f"The project’s own forecasts are kept since {day(first).en}, after this edition.",
            f"Les prévisions du projet sont conservées depuis le {day(first).fr}, après cette édition.",
        )
    ends = {table: str(r.end(table)) for table, _ in d.FORESEEN.values()}
    graded = ledger.graded(rows, r.tables, ends)
    newest = graded.sort_values(["made_on", "origin"]).groupby(["series", "model"], as_index=False).tail(1)
    return newest.sort_values("series", key=lambda x: x.map(list(SERIES).index), kind="stable").reset_index(drop=True)


def _best(r: Report, series: str) -> str:
    """Return the rule with the least mean CRPS in a series' back-test."""
    found = rule_scores(r)
    return str(found[found["series"].eq(series)].sort_values("crps")["rule"].iloc[0])


def chosen(r: Report) -> pd.DataFrame:
    """Return the newest standing forecast of each series by the rule that scored best."""
    rows = standing_rows(r)
    return rows[[row.model == _best(r, row.series) for row in rows.itertuples()]].reset_index(drop=True)


def live(r: Report) -> pd.DataFrame:
    """Return the sets of forecasts that were made before their months and are large enough to be held against a rule."""
    found = published_scores(r)
    kept = found[found["status"].eq("live") & found["months"].ge(ENOUGH)]
    if kept.empty:
        raise NotInEdition(
            "No set of published forecasts is large enough.", "Aucune série de prévisions n’est assez longue."
        )
    return kept


def answer(r: Report) -> AnswerBox:
    """Who was better and by how much; on how many months, and what stands for the next six, stand in the key figures."""
    question, keys = Both("Who foresaw it better?", "Qui l’avait le mieux prévu ?"), []
    try:
        found = live(r)
    except NotInEdition:
        found = pd.DataFrame()
    if len(found):
        said = joined(
            [
                Both(
                    f"{named(x).en} {'by' if i else 'missed by'} {p.number(x.mae)} {'' if i else 'deaths a month '}"
                    f"({'' if i else 'the mean by '}{p.number(x.year)})",
                    f"{named(x).fr} {'de' if i else 's’est trompé de'} {fr.number(x.mae)} {'' if i else 'morts par mois '}"
                    f"({'' if i else 'la moyenne, de '}{fr.number(x.year)})",
                )
                for i, x in enumerate(found.itertuples())
            ],
            ", ",
        )
        text = verdict(found) + Both(". ", ". ") + said + smaller(sets(r))
        for x in found.itertuples():
            ratio = x.mae / x.year
            keys.append(
                Key(
                    Both(f"× {p.number(ratio, 2)}", f"× {fr.number(ratio, 2)}"),
                    Both(
                        f"miss of {named(x).en} over that of the mean of twelve months",
                        f"écart de {named(x).fr} rapporté à celui de la moyenne de douze mois",
                    ),
                    Both(
                        f"{p.number(x.months)} forecasts of a month, made {p.number(x.vintages)} times",
                        f"{fr.number(x.months)} prévisions d’un mois, {fr.number(x.vintages)} versions",
                    ),
                    subject=Both(
                        f"{named(x).en}: miss of its forecasts of deaths over that of the mean of twelve months",
                        f"{named(x).fr} : écart de ses prévisions de morts rapporté à celui de la moyenne de douze mois",
                    ),
                )
            )
    else:
        question = Both("Which simple rule foresaw it best?", "Quelle règle simple l’avait le mieux prévu ?")
        text, keys = _rules_answer(r)
    try:
        rows = chosen(r).set_index("series")
        keys.append(standing_key("deaths-ucdp", rows.loc["deaths-ucdp"]))
    except NotInEdition:
        pass
    return AnswerBox(question, text.sentence(), keys[:3])


def _rules_answer(r: Report) -> tuple[Both, list[Key]]:
    found = rule_scores(r)
    events = found[found["series"].eq("events-islamist")].set_index("rule")
    best = str(events["crps"].idxmin())
    text = Both(
        f"Of three simple rules the one that says “{RULES[best].en}” foresaw militant Islamist events best. In six months it "
        f"missed them by {p.number(events.at[best, 'mae'])} on average, “{RULES['seasonal'].en}” by {p.number(events.at['seasonal', 'mae'])}, "
        f"both tried from each of {p.number(events['forecasts'].iloc[0])} months",
        f"Des trois règles simples, celle qui dit « {RULES[best].fr} » a le mieux prévu les événements impliquant des groupes islamistes armés. Sur six "
        f"mois elle s’est trompée de {fr.number(events.at[best, 'mae'])} en moyenne, « {RULES['seasonal'].fr} » de "
        f"{fr.number(events.at['seasonal', 'mae'])}, toutes deux essayées à partir de chacun des {fr.number(events['forecasts'].iloc[0])} mois",
    )
    keys = [
        Key(
            Both(p.number(events.at[rule, "mae"]), fr.number(events.at[rule, "mae"])),
            Both(
                f"events missed on average in six months, {RULES[rule].en}",
                f"événements d’écart en moyenne sur six mois, {RULES[rule].fr}",
            ),
            Both(
                f"{p.number(events.at[rule, 'forecasts'])} forecasts",
                f"{fr.number(events.at[rule, 'forecasts'])} prévisions",
            ),
            subject=Both(
                f"Militant Islamist events that the rule “{RULES[rule].en}” missed on average in six months",
                "Événements impliquant des groupes islamistes armés dont s’écarte en moyenne, en six mois, la règle "
                f"« {RULES[rule].fr} »",
            ),
        )
        for rule in RULES
    ]
    return text, keys


# --------------------------------------------------------------------------- the reports


def _table(
    heads: str,
    rows: Callable[[str], list[tuple]],
    title: Both,
    note: Both,
    source: str,
    decimals: Mapping[int, int] = MappingProxyType({}),
) -> Bilingual:
    """Make a table in both languages: heads as `English|French; …`, rows by language, digits by the column's place."""

    def one(language: str) -> Table:
        names = [head.split("|")[language == "fr"] for head in heads.split("; ")]
        digits = {names[place]: n for place, n in decimals.items()}
        frame = pd.DataFrame(rows(language), columns=names)
        fold = f"{len(frame)} {'lignes' if language == 'fr' else 'rows'}" if len(frame) > _OPEN else ""
        return Table(getattr(title, language), frame, source, getattr(note, language), digits, fold=fold)

    return Bilingual(one("en"), one("fr"))


def reports(r: Report) -> Bilingual | str:
    """List what the reports foresaw, where the edition holds the months: foreseen, come, and the audit's verdict."""
    known, _ = over(r)
    if not known:
        raise NotInEdition(
            "No projection that this book audits had come due by this edition’s date.",
            "Aucune projection que vérifie ce livre n’était échue à la date de cette édition.",
        )
    return _reports(r, known)


def reports_later(r: Report) -> Bilingual | str:
    """List those that only later months settle: for "What happened next" alone."""
    _, later = over(r)
    if later:
        return _reports(r, later)
    rows = standing_rows(r)
    made, last = day(str(rows["made_on"].max())), month(str(rows["last"].max()))
    return Bilingual(
        f"The months of all audited projections are over. Of this book’s own, the next to fall due is the forecast of {made.en}: "
        f"its months end in {month_name(last)}.",
        "Les mois de toutes les projections auditées sont passés. Parmi celles de ce livre, la prochaine échéance est celle de la "
        f"prévision du {made.fr} : ses mois s’achèvent en {fr.month_name(last)}.",
    )


def _reports(r: Report, ids: list[str]) -> Bilingual:
    results = {name: claims.evaluate(name, r.tables) for name in ids}

    def rows(language: str) -> list[tuple]:
        words, french = (p, False) if language == "en" else (fr, True)
        out = []
        for name, result in results.items():
            said = f"{name}. {result.claim.fr if french else result.claim.statement}"
            made = made_at(r, name).as_of
            when = fr.month_name(made) if french else month_name(made)
            cells = ["–"] * 4
            if name in PROJECTED:
                level, came, base = numbers(r, name)
                nearer = abs(level - came) < abs(base - came)
                cells = [*map(words.number, (level, came, base)), (_YES if nearer else _NO)[french]]
            # A bare "jusqu’en" behind a verdict says that it held until then and no longer.
            to = f", {'données ' if french else ''}{claimbox.until(result, outcome=True)[french]}"
            out.append(
                (said, when, *cells, f"{headline.face(result.verdict)[french]}{to if result.verdict != 'open' else ''}")
            )
        return out

    good = sum(result.verdict == "borne out" for result in results.values())
    return _table(
        "Statement|Affirmation; Made|Faite; Foreseen|Prévu; Came|Observé; Twelve months before|Douze mois précédents; Nearer "
        "than these|Plus près que ceux-ci; Verdict|Verdict",
        rows,
        Both(
            f"{p.sentence(of_all(good, len(ids), 'projection', 'projections').en)[:-1]} came true",
            f"{fr.upper(of_all(good, len(ids), 'projection', 'projections').fr)} "
            f"{'se sont réalisées' if good > 1 else 's’est réalisée' if good else 'ne s’est réalisée'}",
        ),
        joined(
            [
                Both(
                    "None gave a probability, so none has a score: the verdict is the audit’s.",
                    "Aucune ne donnait de probabilité, donc aucune n’a de score : le verdict est celui de l’audit.",
                ),
                *([MORE] if "R23-01" in ids else []),
                *([_before(r, ids)] if set(ids) & set(PROJECTED) else []),
            ]
        ),
        r.source("actors", "totals"),
    )


def _before(r: Report, ids: Iterable[str]) -> Both:
    """Name the twelve months before each report's numbers: no calendar year."""
    spans = dict.fromkeys(made_at(r, name).last_12 for name in ids if name in PROJECTED)
    said = Both(p.listing(one.label for one in spans), fr.listing(fr.relabel(one.label) for one in spans))
    return Both(
        f"Twelve months before: {said.en}, not the calendar year before.",
        f"Douze mois précédents : {said.fr}, et non l’année civile précédente.",
    )


# --------------------------------------------------------------------------- the graded tables


def published(r: Report) -> Bilingual:
    """List the published forecasts beside two paces on the same months; made before and added later apart."""
    found = published_scores(r).sort_values(["status", "model"], ascending=[False, True])

    def rows(language: str) -> list[tuple]:
        words = p if language == "en" else fr
        return [
            (
                f"{x.model}, {getattr(VARIANTS[x.variant], language)}", getattr(SHORT[x.status], language), int(x.months),
                int(x.provisional), round(x.mae, 6), round(x.pace, 6), round(x.year, 6), "–" if x.p != x.p else words.number(x.p, 3),
            )
            for x in found.itertuples()
        ]  # fmt: skip

    last = month(str(r.end("ucdp_types")))
    return _table(
        "Forecast|Prévision; Made|Faite; Forecasts|Prévisions; Provisional|Provisoires; "
        "CRPS|CRPS; Last six|Six derniers; Last twelve|Douze derniers; p|p",
        rows,
        Both(
            f"Published forecasts of a month’s deaths, on months up to {month_name(last)}",
            f"Prévisions publiées des morts d’un mois, jusqu’en {fr.month_name(last)}",
        ),
        Both(
            "Made before its months or added later. CRPS: the miss, counted over the whole range that was forecast; for one number it is the mean miss, without interval or log score. VIEWS: deaths in fights with "
            "the state; PaCE: all deaths; both as UCDP counts them. p: chance of such a "
            "difference from the last twelve if both were equally good (Diebold and Mariano), for sets made 13 times or more.",
            "Faite d’avance ou ajoutée après. CRPS : l’écart, compté sur toute la fourchette prévue ; pour un seul nombre, c’est l’écart moyen, sans score d’intervalle ni score logarithmique. "
            "VIEWS : morts dans les combats impliquant l’État ; PaCE : tous les morts ; les deux selon l’UCDP. p : probabilité d’un tel écart avec les "
            "douze derniers si les deux se valaient (Diebold et Mariano), à partir de 13 versions.",
        ),
        r.source("forecasts", "ucdp_types"),
        {4: 1, 5: 1, 6: 1},
    )


def odds(r: Report) -> Both | None:
    """Say how the only published probabilities scored, where there are any."""
    last = str(r.end("ucdp_types"))
    found = r.tables.forecasts()
    found = found[found["status"].eq("live") & found["data_to"].lt(last)]
    parts = []
    for x in ledger.brier(found, r.ucdp_types, last).itertuples():
        least = Both(p.number(x.least * 100), fr.percent(x.least)) if x.months > 1 else None
        most = Both(p.percent(x.most), fr.percent(x.most))
        range_ = (
            Both(f"{least.en} to {most.en}", f"entre {least.fr} et {most.fr}")
            if least
            else Both(most.en, f"à {most.fr}")
        )
        spoken = span(x.first, x.last)
        parts.append(
            Both(
                f"{x.model} alone gave probabilities: it put the chance of {ledger.DEADLY} deaths or more in fights with the state in a month "
                f"at {range_.en} for {p.count(x.months, 'month')} ({spoken.en}), and {p.number(x.came)} had them. Its "
                f"Brier score (nought is best) is {p.number(x.brier, 3)}; to go by the year before gave {p.number(x.year, 3)}.",
                f"{x.model} seul donnait des probabilités : il estimait {range_.fr} la probabilité d’au moins {ledger.DEADLY} morts en un mois dans "
                f"les combats impliquant l’État, pour {fr.number(x.months)} mois ({spoken.fr}) ; {fr.number(x.came)} les ont atteints. Son score de Brier (zéro est le mieux) est de {fr.number(x.brier, 3)} ; s’en tenir à "
                f"l’année précédente donnait {fr.number(x.year, 3)}.",
            )
        )
    return joined(parts) if parts else None


def rules(r: Report) -> Bilingual:
    """List the scores of the three rules on what the project forecasts, from every month on."""
    found = rule_scores(r)

    def rows(language: str) -> list[tuple]:
        return [
            (
                getattr(SERIES[x.series].short.upper(), language), getattr(SHORT[x.rule], language), int(x.forecasts), round(x.mae, 6),
                round(x.crps, 6), round(x.skill, 6), int(d.round_half_up(x.interval_score)), round(x.log_score, 6), int(d.round_half_up(x.coverage * 100)),
            )
            for x in found.itertuples()
        ]  # fmt: skip

    return _table(
        "What|Objet; Rule|Règle; Forecasts|Prévisions; Mean miss|Écart moyen; CRPS|CRPS; Skill|Gain; "
        "Interval score|Score d’intervalle; Log score|Score log; Coverage, %|Couverture, %",
        rows,
        Both(
            "Three rules on sums of six months, from every month on",
            "Trois règles sur des sommes de six mois, à partir de chaque mois",
        ),
        Both(
            "Low is good for misses and scores. Skill: one less the CRPS over that of the same months a year before. Coverage: of the "
            f"{p.percent(LEVEL)} range. Forecasts a month apart share five of six months.",
            "Plus les écarts et les scores sont bas, mieux c’est. Gain : un moins le CRPS rapporté à celui des mêmes mois un an plus tôt. "
            f"Couverture : de la fourchette à {fr.percent(LEVEL)}. Des prévisions à un mois d’écart partagent cinq mois sur six.",
        ),
        r.source("actors", "totals", "ucdp_types"),
        {3: 1, 4: 1, 5: 2, 7: 2},
    )


# --------------------------------------------------------------------------- the standing forecast


def standing_words(r: Report) -> Both:
    """Say when the standing forecasts were made, from which months, and how many are over."""
    rows = standing_rows(r)
    days = sorted(set(rows["made_on"]))
    over = int(rows["actual"].notna().sum())
    spans = sorted({one for _, row in rows.iterrows() if (one := ended(row))})
    text = Both(
        f"Made on {listing(day(x) for x in days).en} by three rules, each from the last month that its source holds whole; nothing in "
        "it is changed afterwards.",
        f"Faite le {listing(day(x) for x in days).fr} selon trois règles, chacune depuis le dernier mois complet de sa source ; rien "
        "n’y est changé ensuite.",
    )
    if spans:
        when = listing(span(*x) for x in spans)
        text += Both(
            f" The months {when.en} were over by then, but no source at hand had counted them.",
            f" Les mois de {when.fr} étaient alors passés, mais aucune source disponible ne les avait comptés.",
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


def standing_table(r: Report) -> Bilingual:
    """List the standing forecasts as they were made, with what came and the scores where their months are over."""
    found = standing_rows(r)

    def rows(language: str) -> list[tuple]:
        words = p if language == "en" else fr
        return [
            (
                getattr(SERIES[row["series"]].short.upper(), language), getattr(SHORT[row["model"]], language),
                getattr(day(row["made_on"]), language), getattr(span(row["first"], row["last"]), language),
                words.number(row["value"]), words.spread(row["low"], row["high"]),
                "–" if pd.isna(row["actual"]) else words.number(row["actual"]), "–" if pd.isna(row["crps"]) else words.number(row["crps"], 1),
            )
            for _, row in found.iterrows()
        ]  # fmt: skip

    others = [
        Both(
            f"{x.model} for {SERIES[series].short.en}: {p.number(x.deaths)}, from months to {month_name(month(x.data_to))}",
            f"{x.model}, {SERIES[series].short.fr} : {fr.number(x.deaths)}, d’après les mois jusqu’en {fr.month_name(x.data_to)}",
        )
        for series in OTHERS
        for x in awaited(r, found[found["series"].eq(series)].iloc[0]).itertuples()
    ]
    note = Both(
        f"Made from counts to the month before the first. Ranges should hold {p.percent(LEVEL)} of outcomes. Rows are added and never changed; each carries a seal.",
        f"D’après les décomptes jusqu’au mois qui précède le premier. Les fourchettes devraient contenir {fr.percent(LEVEL)} des issues. Des lignes s’ajoutent, aucune ne change ; chacune porte un sceau.",
    )
    if others:
        note += Both(" Others on the same months: ", " D’autres, pour les mêmes mois : ") + joined(others, "; ") + "."
    return _table(
        "What|Objet; Rule|Règle; Made on|Faite le; Months|Mois; "
        "Forecast|Prévu; Range|Fourchette; Came|Observé; CRPS|CRPS",
        rows,
        Both("The standing forecast, as it was made", "La prévision en cours, telle qu’elle a été faite"),
        note,
        r.source("standing"),
    )
