"""Figures, tables and sentences of the page on the pace as a forecast."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import forecast as fc
from helpers.figures import Figure, Table, Words
from helpers.measures.foreseen import BY_ACTOR
from helpers.story.paces import HEADS, HUES
from helpers.windows import Window, month_name
from helpers.words.both import Both

RULES = {"pace": "Pace", "seasonal": "Seasonal naive", "smoothing": "Smoothing", "trend": "Trend"}
"""Rules as charts name them."""
RULE_COLOURS = {
    HUES["pace"]: RULES["pace"],
    HUES["naive"]: RULES["seasonal"],
    HUES["smoothing"]: RULES["smoothing"],
    HUES["trend"]: RULES["trend"],
}
_RULE = {"pace": "pace", "seasonal": "naive", "smoothing": "smooth", "trend": "trend"}
_SHORT = {"events": "Events", "deaths": "Deaths", "vac": "Civilians", "bamako": "Bamako"}
INSIDE = {"pace": "the pace", "seasonal": "seasonal naive", "smoothing": "smoothing", "trend": "the trend"}
FRENCH = {
    "pace": "le rythme",
    "seasonal": "la règle naïve saisonnière",
    "smoothing": "le lissage",
    "trend": "la tendance",
}
_LABEL = Both(
    "A forecast from a rule fitted to past counts: it knows nothing of plans, politics or weather.",
    "Une prévision d’une règle ajustée à des décomptes passés : elle ne sait rien des plans, de la politique ni du "
    "temps qu’il fera.",
)


def _history(r: Report, name: str) -> fc.History:
    return fc.history(name, str(r.as_of), r.tables)


def _skills(r: Report) -> pd.DataFrame:
    return pd.concat([_history(r, name).skills.assign(series=name) for name in BY_ACTOR], ignore_index=True)


def _blocks(r: Report) -> str:
    table = _history(r, "events").table
    return f"{table['label'].iloc[0]} to {table['label'].iloc[-1]}"


def _since(r: Report) -> tuple[str, str]:
    """Return the years of the first and the last block that was forecast."""
    table = _history(r, "events").table
    return table["last"].iloc[0][:4], table["last"].iloc[-1][:4]


_COVERAGE_CAVEAT = Both(
    "A range that holds too few outcomes promises more than it knows; one that holds nearly all is wider "
    "than it need be. The table gives the mean width over the mean count.",
    "Une fourchette qui contient trop peu d’issues promet plus qu’elle ne sait ; une autre qui les "
    "contient presque toutes est plus large que nécessaire. Le tableau rapporte la largeur moyenne au "
    "nombre moyen.",
)


def coverage(r: Report) -> Figure:
    """Share of outcomes within each rule's range, with its interval."""
    skills = _skills(r)
    table = pd.DataFrame(
        {
            "Series and rule": [f"{_SHORT[row.series]}: {_RULE[row.rule]}" for row in skills.itertuples(name="Row")],
            "Rule": skills["rule"].map(RULES),
            "Within the range": skills["coverage"].round(6),
            "Low": skills["coverage_low"].round(6),
            "High": skills["coverage_high"].round(6),
            "Aim": fc.LEVEL,
            "Mean width": skills["width"].round(6),
        }
    )
    whole = skills.groupby("rule")["coverage"].mean()
    number = int(skills["forecasts"].iloc[0])
    first, last = _since(r)
    order = ("pace", "seasonal", "smoothing", "trend")
    return Figure(
        id="forecast-coverage",
        title=f"ranges meant to hold {p.percent(fc.LEVEL)} of outcomes held {p.percent(whole['pace'])} for the pace and "
        f"{p.percent(whole['trend'])} for the trend",
        subtitle=f"Share of outcomes within the range of each forecast, with 95 percent Wilson intervals, Mali, "
        f"{number} "
        f"forecasts of {first} to {last} each; tick: the {p.percent(fc.LEVEL)} aimed at; title: means of four series",
        chart=charts.dots(
            table,
            "Series and rule",
            "Within the range",
            title="Share",
            unit="share",
            by="Rule",
            colours=RULE_COLOURS,
            reference="Aim",
            tips=["Within the range", "Low", "High", "Mean width"],
        ),
        frame=table,
        alt=(
            "Dots with intervals; means over the series: "
            + p.listing(f"{INSIDE[rule]} {p.percent(whole[rule])}" for rule in order)
        ),
        source=r.source("actors"),
        caveat=_COVERAGE_CAVEAT,
        fr=Words(
            title=f"les fourchettes censées contenir {f.percent(fc.LEVEL)} des issues en ont contenu "
            f"{f.percent(whole['pace'])} pour le rythme et {f.percent(whole['trend'])} pour la tendance",
            subtitle="Part des issues dans la fourchette de chaque prévision, avec intervalles de Wilson à 95\u202f%, "
            f"Mali, {number} prévisions de {first} à {last} chacune, trait\u202f: les {f.percent(fc.LEVEL)} visés, "
            "titre\u202f: moyennes de quatre séries",
            alt=(
                "Points avec intervalles, moyennes des séries\u202f: "
                + f.listing(f"{FRENCH[rule]} {f.percent(whole[rule])}" for rule in order)
            ),
        ),
    )


def _both_lines(table: pd.DataFrame, recorded: str, made: str) -> pd.DataFrame:
    """Return what came and what the pace foretold as two lines."""
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "Six months to": table["last"],
                    "Line": made,
                    "Count": d.rounded(table["value"]),
                    "Low": d.rounded(table["low"]),
                    "High": d.rounded(table["high"]),
                }
            ),
            pd.DataFrame(
                {
                    "Six months to": table["last"],
                    "Line": recorded,
                    "Count": table["actual"].astype(float),
                    "Low": table["actual"].astype(float),
                    "High": table["actual"].astype(float),
                }
            ),
        ],
        ignore_index=True,
    )


def _backtest(r: Report, name: str) -> Figure:
    history, noun = _history(r, name), BY_ACTOR[name].of(r).counts_what.many
    fr = "les événements" if name == "events" else f"les {noun.fr}"
    table = history.table[history.table["rule"].eq("pace")].reset_index(drop=True)
    recorded, made = "Recorded", "Pace"
    frame = _both_lines(table, recorded, made)
    missed = int((~table["covered"]).sum())
    over = int(table["error"].gt(0).sum())
    mine = history.skills.set_index("rule").loc["pace"]
    first, last = _since(r)
    return Figure(
        id=f"forecast-backtest-{name}",
        title=f"by the pace, {noun.en} were missed by {p.number(mine['mae'])} on average; outside the range: "
        f"{missed} of {len(table)}",
        subtitle=f"{f.upper(noun.en)} in six months, recorded and as the six months before "
        f"foretold them, with {p.percent(fc.LEVEL)} ranges (band), Mali, {first} to {last}",
        chart=charts.lines(
            frame,
            "Six months to",
            "Count",
            by="Line",
            colours={HUES["pace"]: made, "ink": recorded},
            low="Low",
            high="High",
            legend=True,
        ),
        frame=frame,
        alt=f"Two lines and a band; the forecast was above what came in {over} of {len(table)} cases; the last count "
        f"is {p.number(int(table['actual'].iloc[-1]))} after a forecast of {p.number(table['value'].iloc[-1])}",
        source=r.source("actors"),
        caveat=Both(
            "Each forecast knows only the months before it, but in today's vintage: its own forecaster would have "
            "known somewhat fewer events.",
            "Chaque prévision ne connaît que les mois qui la précèdent, mais dans leur état d’aujourd’hui : qui "
            "l’aurait faite alors aurait connu un peu moins d’événements.",
        ),
        rests_on=[int(table["actual"].iloc[-1])],
        fr=Words(
            title=f"le rythme s’est trompé de {f.number(mine['mae'])} en moyenne sur {fr}\u202f; "
            f"hors de la fourchette\u202f: {missed} sur {len(table)}",
            subtitle=f"{f.upper(fr)} en six mois, recensés et tels que les annonçaient les six mois "
            f"précédents, avec fourchettes à {f.percent(fc.LEVEL)} (bande), Mali, {first} à {last}",
            alt=f"Deux lignes et une bande, où la prévision dépassait le nombre constaté dans {over} cas sur {len(table)}, et où "
            f"le dernier est de {f.number(int(table['actual'].iloc[-1]))} pour une prévision de "
            f"{f.number(table['value'].iloc[-1])}",
        ),
    )


def backtest_events(r: Report) -> Figure:
    """Militant Islamist events in six months, recorded and as the pace foretold them."""
    return _backtest(r, "events")


def backtest_deaths(r: Report) -> Figure:
    """Deaths in militant Islamist events in six months, recorded and as the pace foretold them."""
    return _backtest(r, "deaths")


def _range(x: fc.Forecast) -> str:
    return p.spread(x.low, x.high)


def next_range(r: Report) -> Figure:
    """Forecast of militant Islamist events of the six months after the edition, by rule."""
    history = _history(r, "events")
    when = fc.next_window(r.as_of)
    skills = history.skills.set_index("rule")
    last = int(history.series["count"].iloc[-1])
    table = pd.DataFrame(
        {
            "Rule": [RULES[rule] for rule in fc.METHODS],
            "Forecast": [d.round_half_up(x.value) for x in history.next.values()],
            "Low": [d.round_half_up(x.low) for x in history.next.values()],
            "High": [d.round_half_up(x.high) for x in history.next.values()],
            "Last six months": last,
            "Past ranges that held": [round(float(skills.at[rule, "coverage"]), 6) for rule in fc.METHODS],
        }
    )
    made, mine = history.next["pace"], skills.loc["pace"]
    fr_when, over = f.label(when), r.runs_to >= when.last
    everything = p.listing(f"{INSIDE[rule]} {_range(x)}" for rule, x in history.next.items())
    tout = f.listing(f"{FRENCH[rule]} {f.spread(x.low, x.high)}" for rule, x in history.next.items())
    return Figure(
        id="forecast-next",
        title=f"forecast, not count: {when.label} {'should have brought' if over else 'should bring'} {_range(made)} militant Islamist events by the pace",
        subtitle=f"Forecast and {p.percent(fc.LEVEL)} range of militant Islamist events in {when.label} by rule, from "
        f"months up to {month_name(r.as_of)}, Mali; tick: the {p.number(last)} of the last six months",
        chart=charts.dots(
            table.assign(Colour=table["Rule"]),
            "Rule",
            "Forecast",
            title="Events",
            by="Colour",
            colours=RULE_COLOURS,
            reference="Last six months",
            tips=["Forecast", "Low", "High"],
        ),
        frame=table,
        alt=f"Four dots with ranges for {when.label}: {everything}",
        source=r.source("actors"),
        caveat=_LABEL
        + " "
        + Both(
            f"In back-tests {p.percent(mine['coverage'])} of {int(mine['forecasts'])} outcomes fell within the pace's range, "
            f"{p.percent(skills.at['trend', 'coverage'])} within the trend's.",
            f"Dans les essais sur le passé, {f.percent(mine['coverage'])} de {int(mine['forecasts'])} issues sont tombées dans "
            f"la fourchette du rythme, {f.percent(skills.at['trend', 'coverage'])} dans celle de la tendance.",
        ),
        rests_on=[last],
        fr=Words(
            title=f"prévision et non comptage\u202f: {fr_when} {'aurait compté' if over else 'compterait'} de {f.spread(made.low, made.high)} événements "
            "impliquant des groupes islamistes armés selon le rythme",
            subtitle=f"Prévision et fourchette à {f.percent(fc.LEVEL)} des événements impliquant des groupes "
            f"islamistes armés pour {fr_when} selon la règle, d’après les mois jusqu’en {f.month_name(r.as_of)}, Mali, "
            f"trait\u202f: les {f.number(last)} des six derniers mois",
            alt=f"Quatre points avec fourchettes pour {fr_when}\u202f: {tout}",
        ),
    )


def next_table(r: Report) -> Table:
    """Return every rule's range for every series."""
    when = fc.next_window(r.as_of)
    rows = []
    for name, label in HEADS.items():
        history = _history(r, name)
        skills = history.skills.set_index("rule")
        for rule, made in history.next.items():
            rows.append(
                {
                    "Series": label,
                    "Rule": RULES[rule],
                    "Last six months": int(history.series["count"].iloc[-1]),
                    "Forecast": int(d.round_half_up(made.value)),
                    "Range": _range(made),
                    "Past ranges that held, %": int(d.round_half_up(skills.at[rule, "coverage"] * 100)),
                    "Skill": round(float(skills.at[rule, "skill"]), 6),
                }
            )
    return Table(
        title=f"Forecasts of {when.label}, made from months up to {month_name(r.as_of)}",
        frame=pd.DataFrame(rows),
        source=r.source("actors"),
        note=f"Ranges aim to hold {p.percent(fc.LEVEL)} of outcomes; the column beside them says how many of the "
        f"{int(_history(r, 'events').skills['forecasts'].iloc[0])} past ones did. {_LABEL.en}",
        decimals={"Skill": 2},
    )


def skill_table(r: Report) -> Table:
    """Return skill, sign test, coverage, bias and width of every rule and series."""
    skills = _skills(r)
    frame = pd.DataFrame(
        {
            "Series": skills["series"].map(HEADS),
            "Rule": skills["rule"].map(RULES),
            "Forecasts": skills["forecasts"],
            "Mean absolute error": skills["mae"].round(6),
            "Skill": skills["skill"].round(6),
            "Nearer than naive": skills["better"],
            "Equal": skills["ties"],
            "p": skills["p"].round(6),
            "Coverage, %": d.rounded(skills["coverage"] * 100).astype(int),
            "Bias": skills["bias"].round(6),
            "Width": skills["width"].round(6),
        }
    )
    return Table(
        title=f"Back-test of four rules, {_blocks(r)}",
        frame=frame,
        source=r.source("actors"),
        note="p: two-sided sign test of nearer against farther than the seasonal naive forecast. Bias: mean of "
        "forecast less recorded. Width: mean range over mean count.",
        decimals={"Mean absolute error": 1, "Skill": 2, "p": 3, "Bias": 1, "Width": 2},
    )


def next_words(r: Report) -> str:
    """Say what the pace says of the next six months, and how often its ranges held."""
    history = _history(r, "events")
    mine, made, when = history.skills.set_index("rule").loc["pace"], history.next["pace"], fc.next_window(r.as_of)
    return (
        f"As a forecast for {when.label} the pace gives {p.number(made.value)} events, with a range of {_range(made)} that should "
        f"hold {p.percent(fc.LEVEL)} of outcomes and in the {int(mine['forecasts'])} half-years before held {p.percent(mine['coverage'])}. "
        f"Over them it was {'too low' if mine['bias'] < 0 else 'too high'} by {p.number(abs(mine['bias']))} on average."
    )


# --------------------------------------------------------------------------- what happened next


def came(r: Report) -> str | Table:
    """Hold the forecasts against what came, where the six months are over; only under "What happened next"."""
    when, later = fc.next_window(r.as_of), r.later()
    if later is None or later.last < when.last:
        known = f"The event tables end in {month_name(later.last if later else r.as_of)}"
        return f"*{known}: what {when.label} brought cannot be held against these forecasts yet.*"
    rows = []
    for name, label in HEADS.items():
        history = _history(r, name)
        actual = BY_ACTOR[name].of(r, later=True).over(Window(when.first, when.last))
        for rule, made in history.next.items():
            rows.append(
                {
                    "Series": label,
                    "Rule": RULES[rule],
                    "Forecast": int(d.round_half_up(made.value)),
                    "Range": _range(made),
                    "Recorded": actual,
                    "Within the range": "yes" if made.low <= actual <= made.high else "no",
                }
            )
    frame = pd.DataFrame(rows)
    return Table(
        title=f"What {when.label} brought, beside the forecasts from {month_name(r.as_of)}",
        frame=frame,
        source=r.source("actors"),
        note=f"{int(frame['Within the range'].eq('yes').sum())} of {len(frame)} ranges held what came; they aimed at "
        f"{p.percent(fc.LEVEL)}.",
    )
