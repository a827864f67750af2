"""Figures and tables of the page on who does what to whom."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers import charts
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import dyads
from helpers.figures import Figure, Words
from helpers.story.sides import (
    CIVILIANS_NOTE,
    DEATHS_NOTE,
    FIRST,
    FRENCH,
    INSIDE,
    LABELS,
    LEAST,
    SHORT,
    SIDE_NOTE,
    halves_of,
    marks_of,
    mots_halves,
    plain_halves,
)
from helpers.story.who_whom_matrix import matrix_deaths as matrix_deaths
from helpers.story.who_whom_matrix import matrix_events as matrix_events
from helpers.windows import Window, complete_years, half, month_name
from helpers.words.both import Both, joined

COUNT_COLOURS = {"neutral": "Narrow count", "ink": "Wide count"}


# --------------------------------------------------------------------------- the matrix


_PAIRS_BY_YEAR_CAVEAT = Both(
    "JNIM with Katiba Macina. Foreign: the UN, France and partners. Unknown: unidentified groups.",
    "GSIM avec la katiba Macina. Étrangers : l’ONU, la France et ses partenaires. Inconnus : groupes non identifiés.",
)


def _commonest(rows: pd.DataFrame) -> tuple[str, str, int]:
    """Return the acting side, the other side and the events of the commonest pair."""
    sums = rows.groupby(["acting", "other"])["events"].sum().sort_values(ascending=False, kind="stable")
    return *sums.index[0], int(sums.iloc[0])


def _by_pair(named: pd.DataFrame, chosen: Iterable[tuple[str, str]], periods: Iterable[str]) -> pd.DataFrame:
    """Return events and deaths of the chosen pairs in each period, a row for each pair and period, in that order."""
    rows = []
    for a, b in chosen:
        pair = named[named["acting"].eq(a) & named["other"].eq(b)]
        for period in periods:
            counts = pair.loc[pair["period"].eq(period), ["events", "fatalities"]].sum()
            rows.append((f"{SHORT[a]} – {SHORT[b]}", period, *counts.astype(int)))
    return pd.DataFrame(rows, columns=["Pair", "Year", "Events", "Deaths"])


def pairs_by_year(r: Report) -> Figure:
    """Show the commonest pairs of sides year by year, with the last 12 months last."""
    windows: dict[str, Window] = {when.label: when for when in complete_years(2017, r.as_of)}
    if r.as_of.month != 12:
        windows["Last 12 months"] = r.last_12
    parts = []
    for label, when in windows.items():
        parts.append(dyads.matrix(r.actors, when).assign(period=label))
    whole = pd.concat(parts, ignore_index=True)
    named = whole[~whole["other"].eq("neutral") & ~whole["acting"].eq("neutral")]
    sums = named.groupby(["acting", "other"])["events"].sum().sort_values(ascending=False, kind="stable")
    chosen = sums.head(12).index
    table = _by_pair(named, chosen, windows)
    first, *_, last = windows
    a, b = chosen[0]
    mine = table[table["Pair"].eq(table["Pair"].iloc[0])]
    now, before = int(mine["Events"].iloc[-1]), int(mine["Events"].iloc[0])
    words = f"the 12 months to {month_name(r.as_of)}" if last == "Last 12 months" else last
    mots = f"au cours des 12 mois achevés en {f.month_name(r.as_of)}" if last == "Last 12 months" else f"en {last}"
    c, e, most = _commonest(named[named["period"].eq(last)])
    ahead, devant = "", ""
    if (c, e) != (a, b):
        ahead = f"; the commonest then was {INSIDE[c]} acting against {INSIDE[e]}, with {p.number(most)}"
        devant = f"\u202f; la plus fréquente est alors {FRENCH[c]} contre {FRENCH[e]}, avec {f.number(most)}"
    return Figure(
        id="who-whom-years",
        title=f"since {first} the commonest pair, {INSIDE[a]} acting against {INSIDE[b]}, had {p.number(before)} events in "
        f"{first} and {p.number(now)} in {words}{ahead}",
        subtitle=f"Violent events by pair (acting side first), the {len(chosen)} commonest since {first}, Mali, years "
        f"{first} to {list(windows)[-2] if last == 'Last 12 months' else last}"
        + (f" and {r.last_12.label}" if last == "Last 12 months" else ""),
        chart=charts.heat(table, "Year", "Pair", "Events"),
        frame=table,
        alt=f"Grid of {len(chosen)} pairs by {len(windows)} periods; the first row goes from {p.number(before)} events "
        f"to {p.number(now)}, the highest cell holds {p.number(int(table['Events'].max()))}",
        source=r.source("actors"),
        caveat=joined([SIDE_NOTE, _PAIRS_BY_YEAR_CAVEAT, CIVILIANS_NOTE]),
        rests_on=[now, before],
        fr=Words(
            title=f"depuis {first}, la paire la plus fréquente, {FRENCH[a]} contre {FRENCH[b]}, compte {f.number(before)} "
            f"événements en {first} et {f.number(now)} {mots}{devant}",
            subtitle=f"Événements violents par paire (camp agissant d’abord), les {len(chosen)} plus fréquentes depuis "
            f"{first}, Mali, années {first} à {list(windows)[-2] if last == 'Last 12 months' else last}"
            + (f" et {f.label(r.last_12)}" if last == "Last 12 months" else ""),
            alt=f"Grille de {len(chosen)} paires sur {len(windows)} périodes, dont la première ligne va de "
            f"{f.number(before)} événements à {f.number(now)}, et dont la case la plus haute en contient "
            f"{f.number(int(table['Events'].max()))}",
        ),
    )


# --------------------------------------------------------------------------- lethality


def _rate_table(rates: pd.DataFrame) -> pd.DataFrame:
    """Return rates and intervals as readers see them."""
    return pd.DataFrame(
        {
            "Acting side": rates["side"].map(LABELS),
            "Deaths per event": rates["rate"].round(6),
            "Low": rates["low"].round(6),
            "High": rates["high"].round(6),
            "Events": rates["events"],
            "Deaths": rates["deaths"],
            "Without the deadliest": rates["without"].round(6),
        }
    )


def lethality(r: Report) -> Figure:
    """Deaths per event by acting side, last 12 months, with intervals."""
    span = r.last_12
    rates = dyads.lethalities(r.actors, span, LEAST).dropna(subset=["low"])
    if rates.empty:
        raise NotInEdition("Too few acts in the last 12 months to compare deaths per event.")
    rates = rates.sort_values("rate", ascending=False, ignore_index=True)
    table = _rate_table(rates)
    top, low = rates.iloc[0], rates.iloc[-1]

    def said(row: pd.Series) -> str:
        return f"{p.number(row['rate'], 1)} ({p.spread(row['low'], row['high'], 1)})"

    def dit(row: pd.Series) -> str:
        return f"{f.number(row['rate'], 1)} ({f.spread(row['low'], row['high'], 1)})"

    return Figure(
        id="who-whom-lethality",
        title=f"deaths per event: {said(top)} in acts of {INSIDE[top['side']]}, {said(low)} in acts of "
        f"{INSIDE[low['side']]}",
        subtitle=f"Deaths per violent event by acting side, with 95 percent intervals by month, Mali, {span.label}; "
        f"sides with at least {LEAST} events",
        chart=charts.dots(
            table,
            "Acting side",
            "Deaths per event",
            unit="ratio",
            tips=["Deaths per event", "Low", "High", "Events", "Deaths", "Without the deadliest"],
        ),
        frame=table,
        alt=(
            f"Dots with intervals for {p.count(len(table), 'side')}: "
            + p.listing(f"{INSIDE[x['side']]} {said(x)}" for _, x in rates.iterrows())
        ),
        source=r.source("actors"),
        caveat=DEATHS_NOTE
        + " "
        + Both(
            "A high rate says how deadly the events were, not who died. The table shows each rate without its "
            "deadliest operation.",
            "Un taux élevé dit combien les événements ont été meurtriers, non qui y est mort. Le tableau donne "
            "chaque taux sans l’opération la plus meurtrière.",
        ),
        fr=Words(
            title=f"morts par événement\u202f: {dit(top)} pour {FRENCH[top['side']]}, {dit(low)} pour "
            f"{FRENCH[low['side']]}",
            subtitle="Morts par événement violent selon le camp agissant, avec intervalles à 95\u202f% par mois, Mali, "
            f"{f.label(span)}, camps d’au moins {LEAST} événements",
            alt=(
                f"Points avec intervalles pour {f.count(len(table), 'camp')}\u202f: "
                + f.listing(f"{FRENCH[x['side']]} {dit(x)}" for _, x in rates.iterrows())
            ),
        ),
    )


# --------------------------------------------------------------------------- civilians


def _shares(r: Report, span: Window) -> pd.DataFrame:
    return dyads.civilian_shares(r.actors, span)


def _share_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Return shares and intervals as readers see them."""
    counts = {"narrow": COUNT_COLOURS["neutral"], "wide": COUNT_COLOURS["ink"]}
    return pd.DataFrame(
        {
            "Acting side": [
                f"{LABELS[row.side]}{', wide' if row.count == 'wide' else ''}" for row in shares.itertuples(name="Row")
            ],
            "Count": shares["count"].map(counts),
            "Share": shares["share"].round(6),
            "Low": shares["low"].round(6),
            "High": shares["high"].round(6),
            "Against civilians": shares["against"],
            "Events": shares["events"],
            "Design effect": shares["design"].round(6),
        }
    )


def civilian_shares(r: Report) -> Figure:
    """Share of each side's acts that is violence against civilians, narrow and wide, last 12 months."""
    span = r.last_12
    shares = _shares(r, span)
    shares = shares[shares["events"].ge(10)].reset_index(drop=True)
    if shares.empty:
        raise NotInEdition("Too few acts in the last 12 months to compare shares of violence against civilians.")
    table = _share_table(shares)
    chosen = shares[shares["side"].isin(["jnim", "is-sahel", "state", "wagner"])]
    wide = chosen.sort_values("count").groupby("side", sort=False).tail(1).set_index("side")
    order = [side for side in ("state", "wagner", "jnim", "is-sahel") if side in wide.index]
    if not order:
        raise NotInEdition("Too few acts of state forces and militant Islamists to compare shares.")

    def said(side: str) -> str:
        x = wide.loc[side]
        return f"{p.percent(x['share'])} of acts by {INSIDE[side]} ({p.spread(x['low'] * 100, x['high'] * 100)})"

    def dit(side: str) -> str:
        x = wide.loc[side]
        return f"{f.percent(x['share'])} pour {FRENCH[side]} ({f.spread(x['low'] * 100, x['high'] * 100)})"

    lead = order[:1] + [side for side in order[1:] if side in ("jnim", "is-sahel")][:1]
    return Figure(
        id="who-whom-civilian-share",
        title=f"violence against civilians makes {p.listing(said(side) for side in lead)}, by the wide count",
        subtitle="Share of the violent events in which a side acts that is violence against civilians, with 95 percent "
        f"Wilson intervals by month, Mali, {span.label}; sides with at least 10 events",
        chart=charts.dots(
            table,
            "Acting side",
            "Share",
            title="Share of acts",
            unit="share",
            by="Count",
            colours={k: v for k, v in COUNT_COLOURS.items() if v in set(table["Count"])},
            tips=["Count", "Share", "Low", "High"],
        ),
        frame=table,
        alt=f"Dots with intervals; by the wide count {p.listing(said(side) for side in order)}",
        source=r.source("actors"),
        caveat=Both(
            "Narrow: the side is named as the actor, and for state forces Wagner is not mentioned. Wide: joint "
            "events, allied groups or mentions count too. Shares depend on what is reported: clashes far from "
            "witnesses go missing.",
            "Au sens étroit : le camp est nommé comme acteur et, pour les forces de l’État, Wagner n’est pas "
            "mentionné. Au sens large : événements communs, groupes alliés ou mentions comptent aussi. Les parts "
            "dépendent de ce qui est rapporté : les affrontements loin des témoins manquent.",
        ),
        fr=Words(
            title=f"la part des actes visant des civils, au sens large, est {f.listing(f'de {dit(side)}' for side in lead)}",
            subtitle="Part des violences contre les civils dans les événements violents où un camp agit, avec "
            f"intervalles de Wilson à 95\u202f% par mois, Mali, {f.label(span)}, camps d’au moins 10 événements",
            alt=f"Points avec intervalles, au sens large {f.listing(dit(side) for side in order)}",
        ),
    )


def _in_time(r: Report, table: pd.DataFrame) -> pd.DataFrame:
    """Sort rows by half-year, then by acting side."""
    place = table["Half-year"].map({name: i for i, name in enumerate(halves_of(r))})
    return table.assign(_=place).sort_values(["_", "Acting side"], ignore_index=True).drop(columns="_")


def _shares_by_half(r: Report) -> pd.DataFrame:
    """Return the share of acts against civilians by half-year of three sides, where there are acts enough."""
    records = []
    for side in ("jnim", "is-sahel", "state"):
        acted = dyads.acts(r.actors, side, wide=True)
        against = m.against_civilians(acted)
        for name in halves_of(r):
            rate = dyads.share(acted, against, half(name))
            if rate and rate.events >= LEAST:
                records.append((name, LABELS[side], rate.value, rate.low, rate.high, rate.counted, rate.events))
    return pd.DataFrame(
        records, columns=["Half-year", "Acting side", "Share", "Low", "High", "Against civilians", "Events"]
    ).round(6)


def _last_share(state: pd.DataFrame) -> tuple[str, str]:
    """Say the last share of state forces, and the highest where its interval lies above all others."""
    last, top = state.iloc[-1], state.loc[state["Share"].idxmax()]
    same = last["Half-year"] == top["Half-year"]
    clear = top["Low"] > state.drop(index=top.name)["High"].max()
    en = f"in {last['Half-year']} {p.percent(last['Share'])} of acts by state forces hit civilians"
    fr = f"au {f.half(last['Half-year'])}, {f.percent(last['Share'])} des actes des forces de l’État visent des civils"
    if not clear:
        en += "; in which half-year it was most, chance may decide"
        fr += "\u202f; le hasard peut décider du semestre où cette part fut la plus haute"
    elif same:
        en, fr = f"{en}, the most so far", f"{fr}, un maximum"
    else:
        en += f"; the most was {p.percent(top['Share'])} in {top['Half-year']}"
        fr += f"\u202f; le maximum, {f.percent(top['Share'])}, date du {f.half(top['Half-year'])}"
    return en, fr


def civilian_share_halves(r: Report) -> Figure:
    """Share of acts against civilians by half-year, wide counts."""
    table = _shares_by_half(r)
    state = table[table["Acting side"].eq(LABELS["state"])]
    if len(state) < 2:
        raise NotInEdition("Too few half-years with acts of state forces enough for a share over time.")
    table = _in_time(r, table)
    en, fr = _last_share(state)
    mine = {side: table[table["Acting side"].eq(LABELS[side])] for side in ("jnim", "is-sahel", "state")}
    ends = {side: rows.iloc[-1] for side, rows in mine.items() if len(rows)}
    return Figure(
        id="who-whom-civilian-share-halves",
        title=plain_halves(en),
        subtitle="Share of acts that is violence against civilians, wide counts, with 95 percent Wilson intervals by "
        f"month, Mali, half-years of {table['Half-year'].iloc[0][:4]} to {table['Half-year'].iloc[-1][:4]} with at "
        f"least {LEAST} acts",
        chart=charts.lines(
            table,
            "Half-year",
            "Share",
            title="Share of acts",
            by="Acting side",
            colours={side: LABELS[side] for side in ends},
            low="Low",
            high="High",
            marks=marks_of(r),
            unit="share",
            legend=True,
        ),
        frame=table,
        alt=(
            "Lines with bands; last values: "
            + p.listing(f"{INSIDE[side]} {p.percent(row['Share'])}" for side, row in ends.items())
        ),
        source=r.source("actors"),
        caveat=Both(
            "Wide counts: state forces with and without Wagner beside them, Islamist groups with joint events. "
            "Half-years with fewer acts are left out; the line passes over them.",
            "Décomptes larges : forces de l’État avec et sans Wagner à leurs côtés, groupes islamistes avec les "
            "événements communs. Les semestres qui ont moins d’actes sont laissés de côté ; la courbe passe "
            "par-dessus.",
        ),
        fr=Words(
            title=mots_halves(fr),
            subtitle="Part des violences contre les civils dans les actes, sens large, avec intervalles de Wilson à "
            f"95\u202f% par mois, Mali, semestres de {table['Half-year'].iloc[0][:4]} à "
            f"{table['Half-year'].iloc[-1][:4]} comptant au moins {LEAST} actes",
            alt=(
                "Courbes avec bandes, dernières valeurs\u202f: "
                + f.listing(f"{FRENCH[side]} {f.percent(row['Share'])}" for side, row in ends.items())
            ),
        ),
    )


_ATTACKERS = ("jnim", "is-sahel", "islamist", "unidentified", "militia", "wagner", "state")


def civilians_by_actor(r: Report) -> Figure:
    """Violence against civilians by acting side and half-year."""
    rows = dyads.violent(m.against_civilians(r.actors))
    rows = rows[rows["acting"].isin(_ATTACKERS)]
    series = m.series(rows, r.since(FIRST), "half", split="acting")
    series = series[series.groupby("acting")["events"].transform("sum").gt(0)]
    table = pd.DataFrame(
        {
            "Half-year": series["period"],
            "Acting side": series["acting"].map(LABELS),
            "Events": series["events"],
            "Deaths": series["fatalities"],
        }
    ).reset_index(drop=True)
    # The side with the most attacks comes first.
    every = table.groupby("Acting side")["Events"].transform("sum")
    shown = table.assign(_=every).sort_values("_", ascending=False, kind="stable").drop(columns="_")
    span = r.last_12
    now = m.tally(rows, span, "acting")
    top = now.iloc[0]
    ranked = [(x.acting, int(x.events)) for x in now.head(4).itertuples()]
    first, last = table["Half-year"].iloc[0][:4], table["Half-year"].iloc[-1][:4]
    return Figure(
        id="who-whom-civilians",
        title=f"{span.label}: {p.percent(top['share'])} of attacks on civilians are acts of {INSIDE[top['acting']]}",
        subtitle=f"Violence against civilians by acting side, events, Mali, half-years of {first} to {last}; share of "
        f"the title: {span.label}",
        # Panels: six sides stacked would need six colours that readers with deuteranopia can tell apart.
        chart=charts.multiples(shown, "Half-year", "Events", "Acting side", title="Events", group="neutral"),
        frame=table,
        alt=(
            f"Panels of columns by half-year, one for each acting side; in {span.label} the commonest acting sides are "
            + p.listing(f"{INSIDE[side]} with {p.number(count)} events" for side, count in ranked)
        ),
        source=r.source("actors"),
        caveat=Both(
            "Wagner stands alone only where it is named as the acting side; most records that mention it name the "
            "army as the actor and count for state forces here. Acts of foreign forces and separatists are left "
            "out, and so are air strikes and bombs that hit civilians, which the grids above count.",
            "Wagner ne figure seul que là où il est nommé comme camp agissant ; la plupart des fiches qui le "
            "mentionnent nomment l’armée comme acteur et comptent ici pour les forces de l’État. Les actes des "
            "forces étrangères et des séparatistes sont laissés de côté, comme les frappes aériennes et les bombes qui "
            "touchent des civils, comptées dans les grilles plus haut.",
        ),
        rests_on=[int(top["events"])],
        fr=Words(
            title=f"{f.label(span)}\u202f: {f.percent(top['share'])} des attaques contre des civils ont pour auteur "
            f"{FRENCH[top['acting']]}",
            subtitle=f"Violences contre les civils par camp agissant, événements, Mali, semestres de {first} à {last}, "
            f"part du titre\u202f: {f.label(span)}",
            alt=(
                f"Colonnes par semestre, un panneau par camp agissant, où, pour {f.label(span)}, les camps les plus actifs sont "
                + f.listing(f"{FRENCH[side]} avec {f.number(count)} événements" for side, count in ranked)
            ),
        ),
    )


def state_and_wagner(r: Report) -> str:
    """Say how the share of acts against civilians differs where Wagner is mentioned."""
    span = r.last_12
    shares = _shares(r, span).set_index(["side", "count"])
    if ("wagner", "wide") not in shares.index or ("state", "narrow") not in shares.index:
        raise NotInEdition("No record of the last 12 months mentions Wagner.")
    alone, beside = shares.loc[("state", "narrow")], shares.loc[("wagner", "wide")]

    def said(x: pd.Series) -> str:
        return (
            f"{p.percent(x['share'])} of {p.count(int(x['events']), 'event')} (95 percent interval "
            f"{p.spread(x['low'] * 100, x['high'] * 100)} percent)"
        )

    apart = beside["low"] > alone["high"] or beside["high"] < alone["low"]
    seen = dyads.seen_apart((alone["low"], alone["high"]), (beside["low"], beside["high"]))
    verdict = "The two intervals do not overlap" if apart else "The two intervals overlap"
    return (
        f"In {span.label}, violence against civilians makes {said(alone)} in which state forces act and Wagner is not "
        f"mentioned, and {said(beside)} in which Wagner acts or state forces act and Wagner is mentioned. {verdict}. Intervals as "
        f"wide as these would lie apart in 80 percent of cases only where the true shares differ by {p.number(seen * 100)} "
        "percentage points or more: a smaller difference can be there and go unseen. "
        "This does not show what Wagner's presence causes: where the two go together, and what is then reported, may "
        "differ from the rest."
    )
