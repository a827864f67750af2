"""Two sources, one country: where ACLED and UCDP agree on Mali, where not, and why."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers import charts, palette
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.audit.second import WHY
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import agreement as ag
from helpers.figures import Figure, Table, Words
from helpers.windows import Window, month, month_name
from helpers.words.both import Both, joined

ACLED, UCDP = "ACLED", "UCDP"
COLOURS = {palette.SOURCES[name]: name for name in (ACLED, UCDP)}
LABELS = {
    "deaths": "Deaths in all violence",
    "civilians": "Deaths of civilians",
    "state_based": "Events between states and groups",
    "non_state": "Events between groups",
    "one_sided": "Events against civilians",
}
RUSSIA_FROM = "2024-01"
"""Month from which UCDP codes some killings under the Government of Russia."""

THRESHOLD = joined(
    [
        WHY["threshold"],
        Both(
            "ACLED counts all. Levels are not meant to be equal.",
            "ACLED les compte tous. Les niveaux n’ont pas à être égaux.",
        ),
    ]
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


def _side_by_side(r: Report, what: str, name: str, noun: str, noun_fr: str, caveat: Both) -> Figure:
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
        subtitle=f"{f.upper(noun)} by quarter, Mali, {span.label}, by ACLED and by UCDP (best estimate, final months)",
        chart=charts.lines(
            long, "Quarter", "Deaths", by="Source", colours=COLOURS, legend=True, marks={"2020Q3": "coup"}
        ),
        frame=long,
        alt=f"Two lines by quarter; ACLED peaks in {top[ACLED]} with {p.number(wide[ACLED].max())}, UCDP in {top[UCDP]} with "
        f"{p.number(wide[UCDP].max())}; over all months ACLED has {p.number(a)} and UCDP {p.number(b)}.",
        source=r.source("totals" if what == "deaths" else "actors", "ucdp_months", final=True),
        caveat=caveat,
        fr=Words(
            title=f"Les mois se classent de façon très semblable dans les deux sources (corrélation de rang "
            f"{f.number(found['rank'], 2)}), mais ACLED compte {f.number(found['ratio'], 1)} fois les {noun_fr} de l’UCDP."
            if found["rank"] >= 0.7
            else f"Les mois ne se classent qu’en partie de la même façon (corrélation de rang {f.number(found['rank'], 2)}), "
            f"et ACLED compte {f.number(found['ratio'], 1)} fois les {noun_fr} de l’UCDP.",
            subtitle=f"{f.upper(noun_fr)} par trimestre, Mali, {f.label(span)}, selon ACLED et selon l’UCDP "
            "(meilleure estimation, mois définitifs)",
            alt=f"Deux lignes par trimestre\u202f; ACLED culmine en {top[ACLED]} avec {f.number(wide[ACLED].max())}, l’UCDP en "
            f"{top[UCDP]} avec {f.number(wide[UCDP].max())}\u202f; sur tous les mois ACLED en compte {f.number(a)} et l’UCDP "
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
        Both(
            "ACLED: all deaths in attacks on civilians; UCDP: civilians killed in any event.",
            "ACLED : tous les morts dans les attaques contre des civils ; UCDP : les civils tués dans tout "
            "événement.",
        ) + " " + THRESHOLD,
    )  # fmt: skip


def agreement(r: Report) -> Table:
    """How far the sources agree, measure by measure: correlation and bias apart."""
    frame = _months(r)
    rows = []
    for what, label in LABELS.items():
        found = ag.summary(frame, what)
        rows.append(
            (
                label,
                f"{p.number(found['rank'], 2)} ({p.spread(found['rank_low'], found['rank_high'], 2)})",
                f"{p.number(found['factor'], 1)} ({p.spread(found['factor_low'], found['factor_high'], 1)})",
                p.number(found["ratio"], 1),
                p.number(found["concordance"], 2),
            )
        )
    columns = ["Counted by month", "Rank correlation", "Factor in a typical month", "Sum over sum", "Concordance (Lin)"]
    return Table(
        title=f"Agreement of ACLED and UCDP by month, {_span(frame).label}",
        frame=pd.DataFrame(rows, columns=columns),
        source=r.source("actors", "totals", "ucdp_months", final=True),
        note="With 95 percent intervals that allow for months like their neighbours. Rank correlation: whether months rank "
        "alike. Factor: geometric mean of ACLED over UCDP, which one month with a massacre hardly moves; sum over sum is moved "
        "by it. Concordance of log(1 + count) mixes correlation and factor and is given for completeness.",
    )


_SPANS = {1: "one month", 3: "a quarter", 6: "half a year", 12: "a year"}


def directions(r: Report) -> Table:
    """How often both sources move the same way, over one to twelve months."""
    frame = _months(r)
    rows = []
    for what in ("deaths", "civilians"):
        for one in ag.directions(frame, what).itertuples():
            rows.append(
                (
                    LABELS[what],
                    _SPANS[one.months].capitalize(),
                    f"{one.alike} of {one.pairs}",
                    p.percent(one.share),
                    f"{p.percent(one.low)} to {p.percent(one.high)}",
                )
            )
    return Table(
        title=f"How often ACLED and UCDP move the same way, {_span(frame).label}",
        frame=pd.DataFrame(rows, columns=["Counted", "Over", "Same way", "Share", "95 percent interval"]),
        source=r.source("actors", "totals", "ucdp_months", final=True),
        note="Every stretch is held against the one of equal length before it, ending with every month in which both sources "
        "have a stretch before; stretches overlap, and the interval counts only as many pairs as do not. By a coin, half "
        "would move the same way.",
    )


def _last_year(frame: pd.DataFrame) -> tuple[float, float, Window]:
    """Return the change of deaths in both sources from the 12 months before the last 12 to those."""
    sums = [(frame[f"{s}_deaths"].tail(12).sum(), frame[f"{s}_deaths"].tail(24).head(12).sum()) for s in ag.SOURCES]
    changes = [float(m.ratio(now, before)) for now, before in sums]
    return changes[0], changes[1], _span(frame.tail(12))


def agreement_words(r: Report) -> str:
    """Say where the sources agree most and least, and over what time their directions do."""
    frame = _months(r)
    found = {what: ag.summary(frame, what) for what in LABELS}
    ranks = {LABELS[what]: values["rank"] for what, values in found.items()}
    best, worst = max(ranks, key=lambda k: ranks[k]), min(ranks, key=lambda k: ranks[k])
    text = (
        f"Over the {p.number(len(frame))} months that UCDP has finalised, the two sources rank months most alike for "
        f"{f.lower(best)} ({p.number(ranks[best], 2)}) and least for {f.lower(worst)} "
        f"({p.number(ranks[worst], 2)})."
    )
    ways = ag.directions(frame, "deaths")
    said = p.listing(f"{p.percent(x.share)} over {_SPANS[x.months]}" for x in ways.itertuples())
    year_ = ways[ways["months"].eq(12)]
    text += f" Their deaths move the same way in {said}."
    if len(year_):
        apart = 1 - float(year_["share"].iloc[0])
        text += (
            f" A statement on the direction of deaths over a year is thus turned round by the choice of source in "
            f"{p.percent(apart)} of cases; with so few years that do not overlap it may be "
            f"{p.percent(1 - year_['high'].iloc[0])} or {p.percent(1 - year_['low'].iloc[0])}."
        )
    one, other, when = _last_year(frame)
    same = (one - 1) * (other - 1) > 0
    text += (
        f" In {when.label} ACLED counted {p.percent(abs(one - 1))} {'more' if one > 1 else 'fewer'} deaths than in the 12 months "
        f"before, UCDP {p.percent(abs(other - 1))} {'more' if other > 1 else 'fewer'}: "
        + ("the same way." if same else "not the same way.")
        + " A statement on a level, or on events between armed groups, belongs to the source that it was counted in."
    )
    return text


def history(r: Report) -> Figure:
    """Agreement over every run of two years: rank correlation of deaths, with its interval."""
    found = ag.history(_months(r), "deaths")
    frame = pd.DataFrame(
        {
            "Month": found["month"],
            "Rank correlation": found["rank"].round(6),
            "Low": found["rank_low"].round(6),
            "High": found["rank_high"].round(6),
        }
    )
    last, best, low = found.iloc[-1], found.loc[found["rank"].idxmax()], found.loc[found["rank"].idxmin()]
    a, b = p.number(last["rank"], 2), p.number(best["rank"], 2)
    fa, fb = f.number(last["rank"], 2), f.number(best["rank"], 2)
    band = p.spread(last["rank_low"], last["rank_high"], 2)
    fband = f.spread(last["rank_low"], last["rank_high"], 2)
    # Runs whose whole interval lies above that of the last one.
    above = bool((found["rank_low"] > last["rank_high"]).any())
    tail = "; the interval of some earlier runs lies above it" if above else "; no earlier run lies clearly above it"
    queue = "certaines périodes antérieures sont nettement au-dessus" if above else "aucune période antérieure n’est nettement au-dessus"  # fmt: skip
    return Figure(
        id="sources-history",
        title=f"In the {ag.SPAN} months to {month_name(month(last['month']))} the rank correlation of the two sources was {a} "
        f"({band}){tail}.",
        subtitle=f"Rank correlation of deaths by month in ACLED and UCDP, Mali, over the {ag.SPAN} months up to each month "
        f"from {month_name(month(found['month'].iloc[0]))} to {month_name(month(last['month']))}, with 95 percent intervals (band); 1 is the same order",
        chart=charts.lines(frame, "Month", "Rank correlation", low="Low", high="High", unit="ratio", group="ink"),
        frame=frame,
        alt=f"A line with a band; it ends at {a}, with a peak of {b} in the run to {month_name(month(best['month']))} and a low "
        f"of {p.number(low['rank'], 2)} in that to {month_name(month(low['month']))}.",
        source=r.source("totals", "ucdp_months", final=True),
        caveat=Both(
            "A correlation says whether months rank alike, not whether the numbers do; the factor below says that. "
            "It falls where all months resemble each other, so that there is little to agree on.",
            "Une corrélation dit si les mois se classent de même, non si les nombres sont égaux ; le rapport "
            "ci-dessous le dit. Elle baisse là où tous les mois se ressemblent : il n’y a alors guère de quoi "
            "s’accorder.",
        ),
        fr=Words(
            title=f"Sur les {ag.SPAN} mois jusqu’en {f.month_name(last['month'])}, la corrélation de rang des deux sources était de "
            f"{fa} ({fband})\u202f; {queue}.",
            subtitle=f"Corrélation de rang des morts par mois selon ACLED et l’UCDP, Mali, sur les {ag.SPAN} mois jusqu’à chaque "
            f"mois, {f.of(f.month_name(found['month'].iloc[0]))} à {f.month_name(last['month'])}, avec intervalles à 95\u202f% (bande)\u202f; 1 signifie le "
            "même ordre",
            alt=f"Une ligne avec une bande, qui finit à {fa}, avec un maximum de {fb} jusqu’en {f.month_name(best['month'])} et un minimum "
            f"de {f.number(low['rank'], 2)} jusqu’en {f.month_name(low['month'])}.",
        ),
    )


def ratio(r: Report) -> Figure:
    """The factor between the sources over every run of two years, with its interval."""
    found = ag.history(_months(r), "deaths")
    frame = pd.DataFrame(
        {
            "Month": found["month"],
            "Factor": found["factor"].round(6),
            "Low": found["factor_low"].round(6),
            "High": found["factor_high"].round(6),
            "Sum over sum": found["ratio"].round(6),
        }
    )
    last = found.iloc[-1]
    a, band = p.number(last["factor"], 1), p.spread(last["factor_low"], last["factor_high"], 1)
    fa, fband = f.number(last["factor"], 1), f.spread(last["factor_low"], last["factor_high"], 1)
    end = month(last["month"])
    recoded = str(end) >= RUSSIA_FROM
    return Figure(
        id="sources-ratio",
        title=f"In a typical month of the {ag.SPAN} to {month_name(end)} ACLED had {a} times the deaths of UCDP ({band}).",
        subtitle="Geometric mean of the monthly ratio of deaths in ACLED to those in UCDP (best estimate), Mali, over the "
        f"{ag.SPAN} months up to each month from {month_name(month(found['month'].iloc[0]))} to {month_name(end)}, with 95 percent intervals (band)",
        chart=charts.lines(
            frame, "Month", "Factor", title="ACLED over UCDP", low="Low", high="High", unit="ratio", group="ink"
        ),
        frame=frame,
        alt=f"A line with a band; the factor runs from {p.number(found['factor'].iloc[0], 1)} to {a}, between "
        f"{p.number(found['factor'].min(), 1)} and {p.number(found['factor'].max(), 1)}.",
        source=r.source("totals", "actors", "ucdp_months", final=True),
        caveat=joined(
            [
                Both(
                    "A factor that grows means that one source cannot stand in for the other in a comparison over "
                    "years.",
                    "Un rapport qui croît veut dire qu’une source ne peut remplacer l’autre dans une comparaison "
                    "sur des années.",
                ),
                Both(
                    "From 2024 UCDP codes some killings under the Government of Russia; totals include them.",
                    "À partir de 2024, l’UCDP attribue certaines tueries au gouvernement de la Russie ; les totaux "
                    "les comprennent.",
                )
                if recoded
                else None,
            ]
        ),
        fr=Words(
            title=f"Un mois ordinaire des {ag.SPAN} jusqu’en {f.month_name(end)}, ACLED comptait {fa} fois les morts de l’UCDP "
            f"({fband}).",
            subtitle="Moyenne géométrique du rapport mensuel des morts selon ACLED aux morts selon l’UCDP (meilleure estimation), "
            f"Mali, sur les {ag.SPAN} mois jusqu’à chaque mois, {f.of(f.month_name(found['month'].iloc[0]))} à {f.month_name(end)}, avec "
            "intervalles à 95\u202f% (bande)",
            alt=f"Une ligne avec une bande\u202f; le facteur va de {f.number(found['factor'].iloc[0], 1)} à {fa}, entre "
            f"{f.number(found['factor'].min(), 1)} et {f.number(found['factor'].max(), 1)}.",
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
        source=r.source("totals", "actors", "ucdp_months", final=True),
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
        "come. They enter no figure, no trend and no agreement of this page.",
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
    ) + _finalised_since(r, months)


def _finalised_since(r: Report, months: pd.DataFrame) -> str:
    """Say which of these months a newer release of UCDP has finalised, why it is not used here, and what it changed most."""
    newer = r.ucdp_types[r.ucdp_types["provisional"].ne("yes")].groupby("month")["deaths"].sum()
    both = months.set_index("month")["best"].astype(int).to_frame("old").join(newer.rename("new"), how="inner")
    if both.empty:
        return ""
    moved = (both["new"] - both["old"]).abs().sort_values(ascending=False, kind="stable").head(2)
    said = p.listing(
        f"{month_name(month(when))} {p.number(both.at[when, 'new'])} instead of {p.number(both.at[when, 'old'])}"
        for when in moved.sort_index().index
    )
    return (
        f" A newer release of UCDP, from which [where things stand](../now.ipynb) counts deaths, has since finalised "
        f"{'all' if len(both) == len(months) else p.number(len(both))} of them: {said}. By it they have {p.number(both['new'].sum())} deaths, here {p.number(both['old'].sum())}. "
        "This page keeps the older release, because the newer one is at hand by type only, without the civilians killed."
    )


def example(r: Report) -> Table:
    """Work factor, concordance and rank correlation through on the last 24 final months."""
    months = _months(r).tail(ag.SPAN)
    one, other = (months[f"{s}_deaths"].to_numpy(float) for s in ag.SOURCES)
    x, y = np.log1p(one), np.log1p(other)
    cov = float(((x - x.mean()) * (y - y.mean())).mean())
    gaps = np.log((one + 0.5) / (other + 0.5))
    sums = (gaps - gaps.mean()).reshape(-1, ag.CLUSTERS[0]).sum(axis=1)
    error = float(np.sqrt(len(sums) / (len(sums) - 1) * (sums**2).sum()) / len(gaps))
    factor, band = ag.factor(one, other)
    rank, worth = ag.rank_correlation(one, other), ag.worth(one, other)
    ends = ag.rank_interval(rank, worth)
    steps = [
        ("Months", _span(months).label),
        ("Mean of log((ACLED + ½)/(UCDP + ½))", p.number(gaps.mean(), 3)),
        (f"Standard error from {p.number(len(sums))} half-years", p.number(error, 3)),
        (
            f"Factor and interval, t of {p.number(len(sums) - 1)}",
            f"{p.number(factor, 2)} ({p.spread(band.low, band.high, 2)})",
        ),
        ("Rank correlation", p.number(rank, 3)),
        ("Independent pairs that the months are worth", p.number(worth, 1)),
        ("Its interval", p.spread(ends.low, ends.high, 2)),
        ("Mean of log(1 + deaths), ACLED and UCDP", f"{p.number(x.mean(), 3)}, {p.number(y.mean(), 3)}"),
        ("Variance (divisor n), ACLED and UCDP", f"{p.number(x.var(), 4)}, {p.number(y.var(), 4)}"),
        ("Covariance", p.number(cov, 4)),
        ("Concordance, 2·cov / (var + var + (difference of means)²)", p.number(ag.lin(x, y), 3)),
    ]
    return Table(
        title=f"Agreement step by step, deaths in the last {ag.SPAN} final months",
        frame=pd.DataFrame(steps, columns=["Step", "Value"]),
        source=r.source("totals", "ucdp_months", final=True),
    )
