"""Figures, tables and sentences on how good the pace is from every month on, and how others' forecasts did."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers import charts, limits
from helpers import definitions as d
from helpers import french as f
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import forecast as fc
from helpers.estimates import rolling
from helpers.figures import Figure, Table, Words
from helpers.measures.foreseen import BY_ACTOR
from helpers.story.paces import HEADS, HUES
from helpers.windows import month, month_name
from helpers.words.both import Both

LABELS = {
    "pace": "Pace, six months",
    "year": "Pace, twelve months",
    "seasonal": "Seasonal naive",
    "theta": "Theta",
    "ets": "Smoothing, damped",
}
INSIDE = {
    "pace": "the pace of six months",
    "year": "the pace of twelve months",
    "seasonal": "last year's months",
    "theta": "Theta",
    "ets": "damped smoothing",
}
COLOURS = {
    HUES["pace"]: "pace",
    HUES["year"]: "year",
    HUES["theta"]: "theta",
    HUES["smoothing"]: "ets",
}
FRENCH = {"pace": "le rythme de six mois", "year": "celui de douze mois"}
SURE = 0.05
"""P-value below which a difference of scores is called beyond chance."""


def _scored(r: Report, name: str) -> pd.DataFrame:
    return rolling.history(name, str(r.as_of), r.tables)


def _summaries(r: Report) -> pd.DataFrame:
    return pd.concat([rolling.summary(_scored(r, name)).assign(series=name) for name in HEADS], ignore_index=True)


def _better(table: pd.DataFrame, rule: str) -> list[str]:
    """Return the series in which a rule's scores are better than the naive one's beyond chance."""
    mine = table[table["rule"].eq(rule)].set_index("series")
    return [name for name in HEADS if mine.at[name, "skill"] > 0 and mine.at[name, "p"] < SURE]


def _p_value(value: float) -> str:
    """Write a p-value; a dash where no test was made."""
    if value != value:
        return "–"
    return "below 0.001" if value < 0.001 else p.number(value, 3)


def _many(names: list) -> str:
    return p.word(len(names)) if names else "none"


def _spell(r: Report) -> tuple[int, str, str]:
    """Return how many origins there are, and the first and the last of them."""
    origins = _scored(r, "events")["origin"]
    return origins.nunique(), month_name(month(origins.min())), month_name(month(origins.max()))


_SKILL_CAVEAT = Both(
    "Beyond chance: Diebold and Mariano's test, 5 percent, which allows for forecasts that share months. "
    "Four series are tested; their events are largely the same.",
    "Au-delà du hasard : test de Diebold et Mariano à 5 %, qui tient compte des prévisions qui partagent "
    "des mois. Quatre séries sont testées ; leurs événements sont en grande partie les mêmes.",
)


def skill(r: Report) -> Figure:
    """Skill of every rule over the seasonal naive one, by series, from every month on."""
    table = _summaries(r)
    frame = pd.DataFrame(
        {
            "Series": table["series"].map(HEADS),
            "Rule": table["rule"].map(LABELS),
            "Skill": table["skill"].round(6),
            "CRPS": table["crps"].round(6),
            "Mean absolute error": table["mae"].round(6),
            "p": table["p"].round(6),
        }
    )
    number, first, last = _spell(r)
    six, year = _better(table, "pace"), _better(table, "year")
    wide = table.pivot(index="series", columns="rule", values="skill").loc[list(HEADS)]
    nearer = [name for name in HEADS if wide.at[name, "year"] > wide.at[name, "pace"]]
    return Figure(
        id="forecast-skill",
        title=f"the pace of six months is better than the same months of last year beyond chance in {_many(six)} of "
        f"four series, that of twelve months in {_many(year)}",
        subtitle="Skill of forecasts of the next six months: one less the continuous ranked probability score over that of the "
        f"seasonal naive rule (tick; right of it: better; hollow: chance may explain it), Mali, {number} overlapping forecasts, made from {first} to {last}",
        chart=charts.dots(
            # The naive rule, at zero, is what the others are tested against.
            frame.assign(Sure=table["p"].lt(SURE), Naive=0.0)[table["rule"].ne("seasonal")],
            "Series",
            "Skill",
            "Skill",
            "Skill",
            unit="ratio",
            by="Rule",
            colours={colour: LABELS[rule] for colour, rule in COLOURS.items() if LABELS[rule] in set(frame["Rule"])},
            tips=["Rule", "Skill", "CRPS", "Mean absolute error", "p"],
            sure="Sure",
            reference="Naive",
        ),
        frame=frame,
        alt=(
            "Dots for "
            + p.listing(INSIDE[rule] for rule in wide.columns)
            + " by series; for events the pace of six months has "
            + f"{p.number(wide.at['events', 'pace'], 2)} and that of twelve {p.number(wide.at['events', 'year'], 2)}; "
            + f"twelve months score better than six in {_many(nearer)} of four series"
        ),
        source=r.source("actors"),
        caveat=_SKILL_CAVEAT,
        fr=Words(
            title=f"le rythme de six mois fait mieux que les mêmes mois de l’an passé, au-delà du hasard, dans "
            f"{f.word(len(six), feminine=True)} des quatre séries, celui de douze mois dans "
            f"{f.word(len(year), feminine=True)}",
            subtitle="Gain des prévisions des six mois suivants\u202f: un moins le score de probabilité cumulée (CRPS) rapporté à "
            "celui de la règle naïve saisonnière (trait ; à sa droite\u202f: meilleur ; évidé\u202f: peut-être le hasard), Mali, "
            f"{f.number(number)} prévisions qui se chevauchent, faites de {f.month_name(_scored(r, 'events')['origin'].min())} à "
            f"{f.month_name(_scored(r, 'events')['origin'].max())}",
            alt=f"Points par règle et par série\u202f; pour les événements, {FRENCH['pace']} obtient {f.number(wide.at['events', 'pace'], 2)}, "
            f"{FRENCH['year']} {f.number(wide.at['events', 'year'], 2)}\u202f; douze mois font mieux que six dans "
            f"{f.word(len(nearer), feminine=True)} des quatre séries",
        ),
    )


def table(r: Report) -> Table:
    """Return every score of every rule and series."""
    found = _summaries(r)
    frame = pd.DataFrame(
        {
            "Series": found["series"].map(HEADS),
            "Rule": found["rule"].map(LABELS),
            "Mean absolute error": found["mae"].round(6),
            "CRPS": found["crps"].round(6),
            "Skill": found["skill"].round(6),
            "Skill seen from": found["seen"].round(6),
            "Log score": found["log_score"].round(6),
            "Interval score": d.rounded(found["interval_score"]).astype(int),
            "Coverage, %": d.rounded(found["coverage"] * 100).astype(int),
            "In lowest fifth, %": d.rounded(found["low_fifth"] * 100).astype(int),
            "In highest fifth, %": d.rounded(found["high_fifth"] * 100).astype(int),
            "p": [_p_value(x) for x in found["p"]],
        }
    )
    number, first, last = _spell(r)
    return Table(
        title=f"Scores of forecasts of six months from every month, {first} to {last}",
        frame=frame,
        source=r.source("actors"),
        note=f"{number} origins. Low is good for errors and scores. Skill seen from: a skill of this size would be told from none in "
        f"four of five cases. Coverage: of the {p.percent(fc.LEVEL)} range. Lowest and highest "
        "fifth: shares of outcomes in the lowest and the highest fifth of what was foretold, 20 each if that was right; more in "
        "the highest means that forecasts ran low. p: Diebold and Mariano on the CRPS, against the seasonal naive rule. Theta and "
        "damped smoothing are fitted by statsmodels to months and stored with the project; they are missing for a user's own data.",
        decimals={"Mean absolute error": 1, "CRPS": 1, "Skill": 2, "Skill seen from": 2, "Log score": 2},
    )


def verdict(r: Report) -> str:
    """Say in short what the pace is worth as a forecast."""
    found = _summaries(r)
    number, _, _ = _spell(r)
    events = found[found["rule"].eq("pace")].set_index("series").loc["events"]
    sure = _better(found, "pace")
    seen = found.loc[found["rule"].eq("pace"), "seen"]
    return (
        f"To be on pace for a figure means that the next months are like the last. From {number} months on, the pace of the last six "
        f"missed militant Islamist events of the next six by {p.number(events['mae'])} on average. Its score (CRPS, which judges range "
        f"and middle together) was {p.percent(abs(events['skill']))} {'better' if events['skill'] > 0 else 'worse'} than that of the "
        f"same months a year before; beyond chance it was better in {_many(sure)} of four series. An "
        f"advantage of {p.percent(seen.min())} to {p.percent(seen.max())}, by series, would be detected in four of five cases; "
        " a smaller one can be there and go unseen."
    )


def _phases(r: Report, name: str) -> pd.Series:
    found = rolling.phases(_scored(r, name))
    known = len(found) == fc.MONTHS and bool(np.isfinite(found).all())
    limits.held(
        known,
        "forecast to score in each of the six ways to cut half-years",
        "aucune prévision à noter dans chacune des six façons de couper les semestres",
    )
    return found


def weighed(r: Report) -> str:
    """Say which rule scored best, and how the advantage depends on the way to cut half-years."""
    found = _summaries(r)
    best = {name: found[found["series"].eq(name)].sort_values("crps")["rule"].iloc[0] for name in HEADS}
    named = p.listing(f"{INSIDE[best[name]]} for {_inside(name)}" for name in HEADS)
    ways = {name: _phases(r, name) for name in HEADS}
    near = ways["bamako"]
    text = (
        f"The best scores were those of {named}. Half-years can be cut in six ways, and the advantage depends on which: around Bamako "
        f"the errors of the pace of six months were smaller than those of last year's months in "
        f"{_many([x for x in near if x > 0])} of the six (skill from {p.number(near.min(), 2)} to {p.number(near.max(), 2)}), for events in "
        f"{_many([x for x in ways['events'] if x > 0])}."
    )
    high = float(found[found["rule"].eq("pace")]["high_fifth"].mean())
    if high > 0.25:
        text += f" Its ranges ran low: {p.percent(high)} of outcomes lay in the highest fifth of what was foretold, where a fifth should."
    return text


def _inside(name: str) -> str:
    return BY_ACTOR[name].brief.en if name == "bamako" else BY_ACTOR[name].label.en


def phases(r: Report) -> Table:
    """Return the pace's advantage in each of the six ways to cut half-years."""
    rows = []
    for name, label in HEADS.items():
        found = _phases(r, name)
        # Half-years that end with the edition's month come first.
        own = _own(r)
        ordered = [found[(own + k) % fc.MONTHS] for k in range(fc.MONTHS)]
        rows.append((label, *(round(float(x), 6) for x in ordered)))
    names = [month_name(r.as_of + k).split()[0] for k in range(fc.MONTHS)]
    ends = [f"{name} and {month_name(r.as_of + k + 6).split()[0]}" for k, name in enumerate(names)]
    return Table(
        title="Skill of the pace over the same months of last year, by the months with which half-years end",
        frame=pd.DataFrame(rows, columns=["Series", *ends]),
        source=r.source("actors"),
        note="One less the mean absolute error over that of the seasonal naive rule. Half-years that end with the edition's month come "
        "first; an advantage that the other columns do not share belongs to the way of cutting, not to the rule.",
        decimals=dict.fromkeys(ends, 2),
    )


def _own(r: Report) -> int:
    """Return the phase of half-years that end with the edition's month (of `rolling.table`)."""
    first = month(str(r.tables.actors()["month"].min()))
    return ((r.as_of - first).n + 1) % fc.MONTHS


def published(r: Report) -> Table:
    """Hold the published forecasts of deaths against what UCDP recorded since, beside our paces on the same months."""
    types = r.tables.ucdp_types()
    try:
        found = rolling.published(r.tables.forecasts(), types, str(types["month"].max()))
    except (FileNotFoundError, KeyError) as error:
        raise NotInEdition("These tables hold no published forecasts.") from error
    frame = pd.DataFrame(
        {
            "Forecast": found["model"] + ", " + found["variant"],
            "Made": found["status"],
            "Vintages": found["vintages"],
            "Months": found["months"],
            "Provisional": found["provisional"],
            "Forecast, sum": d.rounded(found["forecast"]).astype(int),
            "Recorded, sum": found["recorded"],
            "Missed a month by": d.rounded(found["mae"]).astype(int),
            "Pace of six, by": d.rounded(found["pace"]).astype(int),
            "Pace of twelve, by": d.rounded(found["year"]).astype(int),
            "p": [_p_value(x) for x in found["p"]],
        }
    )
    return Table(
        title=f"Published forecasts of deaths in Mali, on months up to {month_name(month(types['month'].max()))}",
        frame=frame,
        source=r.source("forecasts", "ucdp_types"),
        note="Mean absolute error of single months; the paces are the means of the six and the twelve months up to each vintage's data, "
        "on UCDP's final numbers, which a forecaster at the time did not have. Backfilled: the file was added long after its month. "
        "Provisional: outcomes that are UCDP's candidates. VIEWS forecasts state-based deaths, PaCE all. Months count once for every "
        "vintage that foretold them. p: Diebold and Mariano against the pace of twelve, by vintage, where these are more than twice as many as the months of each.",
    )


def published_words(r: Report) -> str:
    """Say how the published forecasts did where they were made live."""
    types = r.tables.ucdp_types()
    found = rolling.published(r.tables.forecasts(), types, str(types["month"].max()))
    live = found[found["status"].eq("live")]
    if live.empty:
        return "None of the published forecasts at hand was made before its months."
    better = live[live["mae"] < live["year"]]
    parts = p.listing(
        f"{x.model} ({x.variant}, {p.count(int(x.vintages), 'vintage')}) missed a month by {p.number(x.mae)} deaths, the pace of twelve "
        f"months by {p.number(x.year)}"
        for x in live.itertuples()
    )
    return (
        f"Of the forecasts made before their months, {parts}. "
        f"{p.sentence(p.none(len(better)))[:-1]} of {p.word(len(live))} missed by less than that pace on the "
        "same months; so few vintages, which share most of their months, do not tell skill from luck."
    )
