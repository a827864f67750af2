"""Two sources, one country: where ACLED and UCDP agree on Mali, where not, and why."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers import charts
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import agreement as ag
from helpers.figures import Figure, Table, Words
from helpers.windows import Window, month, month_name

ACLED, UCDP = "ACLED", "UCDP"
COLOURS = {"islamist": ACLED, "international": UCDP}
LABELS = {
    "deaths": "Deaths in all violence",
    "civilians": "Deaths of civilians",
    "state_based": "Events between states and groups",
    "non_state": "Events between groups",
    "one_sided": "Events against civilians",
}
RUSSIA_FROM = "2024-01"
"""Month from which UCDP codes some killings under the Government of Russia."""

THRESHOLD = (
    "UCDP counts events with at least one death in conflicts that reach 25 deaths a year; ACLED counts all. Levels are not "
    "meant to be equal."
)


def _months(r: Report) -> pd.DataFrame:
    when = ag.final_months(r.ucdp_months, r.as_of)
    return ag.by_month(r.actors, r.totals, r.ucdp_months, when)


def _span(frame: pd.DataFrame) -> Window:
    return Window(month(frame["month"].iloc[0]), month(frame["month"].iloc[-1]))


def _two(frame: pd.DataFrame, what: str, by: str) -> pd.DataFrame:
    """Return both sources' counts as a long frame of periods."""
    parts = []
    for label, prefix in ((ACLED, "acled"), (UCDP, "ucdp")):
        keyed = pd.DataFrame({"Period": m.period_of(frame["month"], by), "Deaths": frame[f"{prefix}_{what}"]})
        sums = keyed.groupby("Period", sort=False, as_index=False)["Deaths"].sum()
        parts.append(sums.assign(Source=label)[["Period", "Source", "Deaths"]])
    return pd.concat(parts, ignore_index=True)


def _side_by_side(r: Report, what: str, name: str, noun: str, noun_fr: str, caveat: str) -> Figure:
    frame = _months(r)
    span = _span(frame)
    found = ag.summary(frame, what)
    long = _two(frame, what, "quarter").rename(columns={"Period": "Quarter"})
    wide = long.pivot(index="Quarter", columns="Source", values="Deaths")
    top = {source: wide[source].idxmax() for source in (ACLED, UCDP)}
    a, b = int(wide[ACLED].sum()), int(wide[UCDP].sum())
    return Figure(
        id=name,
        title=f"Months rank much alike in both sources (rank correlation {p.number(found['rank'], 2)}), but ACLED has "
        f"{p.number(found['ratio'], 1)} times the {noun} of UCDP."
        if found["rank"] >= 0.7
        else f"Months rank alike only in part (rank correlation {p.number(found['rank'], 2)}), and ACLED has "
        f"{p.number(found['ratio'], 1)} times the {noun} of UCDP.",
        subtitle=f"{noun[0].upper()}{noun[1:]} by quarter, Mali, {span.label}, by ACLED and by UCDP (best estimate, final months)",
        chart=charts.lines(
            long,
            "Quarter",
            "Deaths",
            title="Deaths",
            by="Source",
            colours=COLOURS,
            legend=True,
            marks={"2020Q3": "coup"},
        ),
        frame=long,
        alt=f"Two lines by quarter; ACLED peaks in {top[ACLED]} with {p.number(wide[ACLED].max())}, UCDP in {top[UCDP]} with "
        f"{p.number(wide[UCDP].max())}; over all months ACLED has {p.number(a)} and UCDP {p.number(b)}.",
        source=r.source("totals" if what == "deaths" else "actors", "ucdp_months"),
        caveat=caveat,
        fr=Words(
            title=f"Les mois se classent de façon très semblable dans les deux sources (corrélation de rang "
            f"{f.number(found['rank'], 2)}), mais ACLED compte {f.number(found['ratio'], 1)} fois les {noun_fr} d’UCDP."
            if found["rank"] >= 0.7
            else f"Les mois ne se classent qu’en partie de la même façon (corrélation de rang {f.number(found['rank'], 2)}), "
            f"et ACLED compte {f.number(found['ratio'], 1)} fois les {noun_fr} d’UCDP.",
            subtitle=f"{noun_fr[0].upper()}{noun_fr[1:]} par trimestre, Mali, {f.label(span)}, selon ACLED et selon UCDP "
            "(meilleure estimation, mois définitifs)",
            alt=f"Deux lignes par trimestre\u202f; ACLED culmine en {top[ACLED]} avec {f.number(wide[ACLED].max())}, UCDP en "
            f"{top[UCDP]} avec {f.number(wide[UCDP].max())}\u202f; sur tous les mois ACLED en compte {f.number(a)} et UCDP "
            f"{f.number(b)}.",
        ),
    )


def deaths(r: Report) -> Figure:
    """Deaths by quarter in both sources."""
    return _side_by_side(r, "deaths", "sources-deaths", "deaths", "morts", THRESHOLD)


def civilians(r: Report) -> Figure:
    """Deaths of civilians by quarter in both sources."""
    return _side_by_side(
        r, "civilians", "sources-civilians", "deaths of civilians", "morts civils",
        "ACLED: all deaths in attacks on civilians; UCDP: civilians killed in any event. " + THRESHOLD,
    )  # fmt: skip


def agreement(r: Report) -> Table:
    """How far the sources agree, measure by measure."""
    frame = _months(r)
    rows = []
    for what, label in LABELS.items():
        found = ag.summary(frame, what)
        rows.append(
            (
                label,
                f"{p.number(found['rank'], 2)} ({p.spread(found['rank_low'], found['rank_high'], 2)})",
                p.number(found["concordance"], 2),
                p.percent(found["changes"]),
                p.number(found["ratio"], 1),
            )
        )
    columns = ["Counted by month", "Rank correlation", "Concordance (Lin)", "Turns the same way", "ACLED over UCDP"]
    return Table(
        title=f"Agreement of ACLED and UCDP by month, {_span(frame).label}",
        frame=pd.DataFrame(rows, columns=columns),
        source=r.source("actors", "totals", "ucdp_months"),
        note="Rank correlation with its 95 percent interval; concordance of log(1 + count), 1 where both give the same "
        "numbers; turns: months in which both rise or both fall, of those in which both move.",
    )


def agreement_words(r: Report) -> str:
    """Say where the sources agree most and least, and what that means for a reader."""
    frame = _months(r)
    found = {what: ag.summary(frame, what) for what in LABELS}
    ranks = {LABELS[what]: values["rank"] for what, values in found.items()}
    best, worst = max(ranks, key=lambda k: ranks[k]), min(ranks, key=lambda k: ranks[k])
    steady = found["deaths"]
    return (
        f"Over the {p.number(len(frame))} months that UCDP has finalised, the two sources rank months most alike for "
        f"{best[0].lower()}{best[1:]} ({p.number(ranks[best], 2)}) and least for {worst[0].lower()}{worst[1:]} "
        f"({p.number(ranks[worst], 2)}). In {p.percent(steady['changes'])} of the months in which both move, their deaths turn "
        "the same way. A statement on the direction of deaths over a year or more can be tested on either source; a statement "
        "on a level, or on events between armed groups, belongs to the source that it was counted in."
    )


def history(r: Report) -> Figure:
    """Agreement over every run of two years: concordance and rank correlation of deaths."""
    found = ag.history(_months(r), "deaths")
    labels = {"international": "Rank correlation", "neutral": "Concordance (Lin)"}
    frame = pd.concat(
        [
            pd.DataFrame({"Month": found["month"], "Measure": label, "Agreement": found[column].round(3)})
            for label, column in zip(labels.values(), ("rank", "concordance"), strict=True)
        ],
        ignore_index=True,
    )
    last, best = found.iloc[-1], found.loc[found["concordance"].idxmax()]
    low = found.loc[found["concordance"].idxmin()]
    a, b = p.number(last["concordance"], 2), p.number(best["concordance"], 2)
    fa, fb = f.number(last["concordance"], 2), f.number(best["concordance"], 2)
    least = low["month"] == last["month"]
    return Figure(
        id="sources-history",
        title=f"In the {ag.SPAN} months to {month_name(month(last['month']))} the concordance of the two sources was {a}"
        + (
            ", the lowest on record."
            if least
            else f"; its highest, in those to {month_name(month(best['month']))}, was {b}."
        ),
        subtitle=f"Agreement of ACLED and UCDP on deaths by month, Mali, over the {ag.SPAN} months up to each month from "
        f"{month_name(month(found['month'].iloc[0]))} on; 1 is full agreement",
        chart=charts.lines(
            frame, "Month", "Agreement", title="Agreement", by="Measure", colours=labels, unit="ratio", legend=True
        ),
        frame=frame,
        alt=f"Two lines; concordance runs from {p.number(found['concordance'].iloc[0], 2)} to {a}, with a peak of {b} and a low "
        f"of {p.number(low['concordance'], 2)}; rank correlation ends at {p.number(last['rank'], 2)}.",
        source=r.source("totals", "ucdp_months"),
        caveat="Concordance falls where the sources drift apart in level and also where all months resemble each other, so "
        "that there is little to agree on; the ratio below tells the two apart.",
        fr=Words(
            title=f"Sur les {ag.SPAN} mois jusqu’en {f.month_name(last['month'])}, la concordance des deux sources était de {fa}"
            + (
                ", la plus faible observée."
                if least
                else f"\u202f; son maximum, jusqu’en {f.month_name(best['month'])}, était de {fb}."
            ),
            subtitle=f"Accord d’ACLED et d’UCDP sur les morts par mois, Mali, sur les {ag.SPAN} mois jusqu’à chaque mois, à "
            f"partir de {f.month_name(found['month'].iloc[0])}\u202f; 1 signifie un accord parfait",
            alt=f"Deux lignes\u202f; la concordance va de {f.number(found['concordance'].iloc[0], 2)} à {fa}, avec un maximum de "
            f"{fb} et un minimum de {f.number(low['concordance'], 2)}\u202f; la corrélation de rang finit à "
            f"{f.number(last['rank'], 2)}.",
        ),
    )


def ratio(r: Report) -> Figure:
    """ACLED over UCDP over every run of two years, for deaths and civilians."""
    months = _months(r)
    labels = {"islamist": "Deaths", "civilians": "Deaths of civilians"}
    parts = {
        label: ag.history(months, what) for label, what in zip(labels.values(), ("deaths", "civilians"), strict=True)
    }
    frame = pd.concat(
        [
            pd.DataFrame({"Month": found["month"], "Counted": label, "ACLED over UCDP": found["ratio"].round(3)})
            for label, found in parts.items()
        ],
        ignore_index=True,
    )
    found = parts["Deaths"]
    last, first = found["ratio"].iloc[-1], found["ratio"].iloc[0]
    low, high = found["ratio"].min(), found["ratio"].max()
    civil = parts["Deaths of civilians"]["ratio"].iloc[-1]
    end = month(found["month"].iloc[-1])
    recoded = str(end) >= RUSSIA_FROM
    return Figure(
        id="sources-ratio",
        title=f"ACLED's deaths have been {p.spread(low, high, 1)} times UCDP's; in the {ag.SPAN} months to {month_name(end)} they "
        f"were {p.number(last, 1)} times.",
        subtitle=f"Deaths in ACLED over deaths in UCDP (best estimate), Mali, over the {ag.SPAN} months up to each month from "
        f"{month_name(month(found['month'].iloc[0]))} on",
        chart=charts.lines(
            frame,
            "Month",
            "ACLED over UCDP",
            title="ACLED over UCDP",
            by="Counted",
            colours=labels,
            unit="ratio",
            legend=True,
        ),
        frame=frame,
        alt=f"Two lines; for deaths the ratio runs from {p.number(first, 1)} to {p.number(last, 1)}, for civilians it ends at "
        f"{p.number(civil, 1)}.",
        source=r.source("totals", "actors", "ucdp_months"),
        caveat="A factor that grows means that one source cannot stand in for the other in a comparison over years."
        + (
            " From 2024 UCDP codes some killings under the Government of Russia; totals include them."
            if recoded
            else ""
        ),
        fr=Words(
            title=f"Les morts d’ACLED ont été {f.spread(low, high, 1)} fois celles d’UCDP\u202f; sur les {ag.SPAN} mois jusqu’en "
            f"{f.month_name(end)}, {f.number(last, 1)} fois.",
            subtitle=f"Morts selon ACLED rapportés aux morts selon UCDP (meilleure estimation), Mali, sur les {ag.SPAN} mois "
            f"jusqu’à chaque mois, à partir de {f.month_name(found['month'].iloc[0])}",
            alt=f"Deux lignes\u202f; pour les morts, le rapport va de {f.number(first, 1)} à {f.number(last, 1)}\u202f; pour les "
            f"civils il finit à {f.number(civil, 1)}.",
        ),
    )


def apart(r: Report) -> Table:
    """The months in which the two sources differ most, and what the difference consists of."""
    found = ag.apart(_months(r), 10)
    rows = [
        (
            month_name(month(row.month)), row.acled, row.ucdp, p.number(row.gap), p.number(row.civilian_gap), row.largest,
            ag.REASONS[row.reason],
        )
        for row in found.itertuples()
    ]  # fmt: skip
    columns = ["Month", "ACLED", "UCDP", "Gap", "of it civilians", "Deadliest event in ACLED", "What it consists of"]
    return Table(
        title="The months in which the deaths of the two sources differ most",
        frame=pd.DataFrame(rows, columns=columns),
        source=r.source("totals", "actors", "ucdp_months"),
        note="Of it civilians: deaths in attacks on civilians (ACLED) less civilians killed (UCDP). Neither table here says "
        "which events the other lacks: the last column is a rule on the numbers, not a reading of reports.",
    )


def apart_words(r: Report) -> str:
    """Say what the largest gaps consist of."""
    found = ag.apart(_months(r), 10)
    kinds = found["reason"].value_counts()
    named = p.listing(f"{p.word(int(n))} where {ag.REASONS[kind]}" for kind, n in kinds.items())
    top = found.iloc[0]
    late = int((found["month"] >= "2023-01").sum())
    text = (
        f"The largest gap is that of {month_name(month(top['month']))}: {p.number(top['acled'])} deaths in ACLED, "
        f"{p.number(top['ucdp'])} in UCDP. Of the {p.count(len(found), 'month')} with the largest gaps there are {named}."
    )
    if late:
        text += f" {p.sentence(p.word(late))[:-1]} of them {'lies' if late == 1 else 'lie'} in 2023 or later."
    if found["month"].eq("2022-03").any():
        row = found.set_index("month").loc["2022-03"]
        text += (
            f" March 2022, the month of Moura, goes the other way: UCDP has {p.number(-row['gap'])} deaths more"
            + (f", {p.number(-row['civilian_gap'])} of them of civilians." if row["civilian_gap"] < 0 else ".")
            if row["gap"] < 0
            else ""
        )
    return text


def provisional(r: Report) -> Table:
    """UCDP's candidate months beside ACLED's totals, kept apart from every measure above."""
    months = r.ucdp_months[r.ucdp_months["status"].eq("candidate")]
    months = months[months["month"] <= str(r.end("totals"))]
    if months.empty:
        raise NotInEdition(
            f"By {month_name(r.end('ucdp_months'))}, the month to which UCDP's table runs in this edition, all its months are "
            "final; there are no provisional ones to set apart."
        )
    totals = r.totals.groupby("month")["fatalities"].sum().reindex(months["month"])
    frame = pd.DataFrame(
        {
            "Month": [month_name(month(x)) for x in months["month"]],
            "ACLED, deaths": totals.to_numpy(),
            "UCDP candidate, deaths": months["best"].astype(int).to_numpy(),
            "UCDP over ACLED": [p.percent(u / a) if a else "–" for u, a in zip(months["best"], totals, strict=True)],
        }
    )
    return Table(
        title="Provisional: UCDP's candidate months",
        frame=frame,
        source=r.source("totals", "ucdp_months"),
        note="Candidate events are coded fast and revised into the final release; the last months lack much that will still "
        "come. They enter no figure, no trend and no agreement of this book.",
    )


def provisional_words(r: Report) -> str:
    """Say how provisional months compare with ACLED's, and why they stay apart."""
    months = r.ucdp_months[r.ucdp_months["status"].eq("candidate")]
    months = months[months["month"] <= str(r.end("totals"))]
    if months.empty:
        return ""
    totals = r.totals.groupby("month")["fatalities"].sum().reindex(months["month"])
    here, there = int(months["best"].sum()), int(totals.sum())
    last = months.tail(1)
    end = int(totals.iloc[-1])
    final = _months(r).tail(12)
    usual = m.ratio(final["ucdp_deaths"].sum(), final["acled_deaths"].sum())
    return (
        f"In the {p.count(len(months), 'provisional month')} UCDP has {p.percent(here / there)} of ACLED's deaths, against "
        f"{p.percent(usual)} in the last 12 final months; in the newest, {month_name(month(last['month'].iloc[0]))}, "
        f"{p.percent(m.ratio(int(last['best'].iloc[0]), end))}. Read in line with the months before, that would look like a fall "
        "of violence which is one of coding."
    )


def example(r: Report) -> Table:
    """Work Lin's coefficient through on the last 12 final months."""
    months = _months(r).tail(12)
    x, y = (np.log1p(months[f"{s}_deaths"].to_numpy(float)) for s in ("acled", "ucdp"))
    cov = float(((x - x.mean()) * (y - y.mean())).mean())
    steps = [
        ("Months", _span(months).label),
        ("Mean of log(1 + deaths), ACLED and UCDP", f"{p.number(x.mean(), 3)}, {p.number(y.mean(), 3)}"),
        ("Variance (divisor n), ACLED and UCDP", f"{p.number(x.var(), 4)}, {p.number(y.var(), 4)}"),
        ("Covariance", p.number(cov, 4)),
        ("2·cov / (var + var + (difference of means)²)", p.number(ag.lin(x, y), 3)),
        ("Rank correlation of the same months", p.number(ag.rank_correlation(x, y), 3)),
    ]
    return Table(
        title="Lin's concordance step by step, deaths in the last 12 final months",
        frame=pd.DataFrame(steps, columns=["Step", "Value"]),
        source=r.source("totals", "ucdp_months"),
    )
