"""What the two reports could have said with the same data, and did not.

Three questions for any edition: what the death tolls are without the single deadliest event, who kills civilians, and
how the regions' ranking moves. Each has a table and a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from helpers import definitions as d
from helpers import french
from helpers import measures as m
from helpers import prose as p
from helpers.editions import Report
from helpers.measures.catalogue import attacks_on_civilians, involving, islamist, wagner
from helpers.measures.measure import Measure, Tally
from helpers.windows import Window, half, half_before, month, month_name
from helpers.words.both import Both

# --------------------------------------------------------------------------- without the largest event


LARGE_TOLL = 100
"""Deaths from which on it means something that one event makes up much of a toll."""


_TOLL = (
    "toll", "toll_fr", "claims", "window", "window_fr", "deaths", "largest", "month", "region", "without", "share",
)  # fmt: skip
"""Columns of `without_largest`."""


def _now(r: Report) -> Window:
    """Return the year to date, or the last 12 months while the year is young."""
    return r.year_to_date if r.as_of.month >= 6 else r.last_12


def _tolls(r: Report) -> Iterable[tuple[Tally, Both, str]]:
    """Yield each death toll with its name and the claims that rest on it."""

    def attacks(one: Measure) -> Measure:
        return replace(one, rows=m.against_civilians(one.rows))

    mi, vac = islamist(r).deaths, attacks_on_civilians(r, "islamist").deaths
    islamic_state, now = involving(r, "is-sahel").deaths, _now(r)
    east, menaka = islamic_state.in_region("Gao", "Menaka"), islamic_state.in_region("Menaka")
    killed = vac.counts_what.many
    of_these = Both("of these, in attacks on civilians", "dont, dans des attaques contre des civils")
    yield mi.over(now), mi.counts_what.many, "R22-02;R22-03"
    yield vac.over(now), killed, "R22-04;R22-05"
    yield (
        east.over(now),
        Both(
            "deaths in events of Islamic State Sahel in Gao and Ménaka",
            "morts dans les événements impliquant l’État islamique au Sahel, à Gao et Ménaka",
        ),
        "R22-16",
    )
    yield attacks(east).over(now), of_these, "R22-17"
    yield (
        menaka.over(r.last_12),
        Both(
            "deaths in events of Islamic State Sahel in Ménaka",
            "morts dans les événements impliquant l’État islamique au Sahel, à Ménaka",
        ),
        "R23-20",
    )
    for zone in ("centre", "south"):
        yield mi.in_zone(zone).over(r.last_12), mi.in_zone(zone).phrase, ""
    if str(r.as_of) >= d.WAGNER_ARRIVAL:
        named, since = wagner(r, wide=True).deaths, r.since(d.WAGNER_ARRIVAL)
        yield vac.over(r.since("2021-01")), killed, "R23-15"
        yield (
            named.over(since),
            Both("deaths in events that name Wagner", "morts dans les événements qui nomment Wagner"),
            "R23-16",
        )
        yield attacks(named).over(since), of_these, "R23-16"


def _operation(rows: pd.DataFrame, when: Window) -> tuple[int, str, str]:
    """Return the deaths, month and region of the deadliest event; Moura's three daily entries count as one."""
    top = m.deadliest(rows, when)
    largest = m.deadliest_operation(rows, when)
    if largest > top["deadliest"]:
        top = m.moura(rows).iloc[0]
    return largest, str(top["month"]), str(top["region"])


def without_largest(r: Report) -> pd.DataFrame:
    """Return each death toll with and without its single deadliest event.

    Returns `toll`, `claims` (those that rest on it), `window` (both in French too), `deaths`, `largest`, `month` and
    `region` of the largest, `without`, `share` (of the largest in the toll). The killings at Moura, which ACLED enters
    as three daily events, count as one. Tolls without a death are left out.
    """
    records = []
    for deaths, name, claims in _tolls(r):
        if not deaths:
            continue
        largest, when, region = _operation(deaths.measure.rows, deaths.window)
        records.append(
            {
                "toll": name.en,
                "toll_fr": name.fr,
                "claims": claims,
                "window": deaths.window.label,
                "window_fr": french.label(deaths.window),
                "deaths": int(deaths),
                "largest": largest,
                "month": when,
                "region": region,
                "without": deaths - largest,
                "share": largest / deaths,
            }
        )
    return pd.DataFrame(records, columns=list(_TOLL))


def without_largest_sentence(r: Report) -> Both:
    """Say which toll hangs most on one event."""
    table = without_largest(r)
    if table.empty:
        return Both(
            "No deaths are recorded in this edition's windows.",
            "Aucun mort n’est recensé dans les périodes de cette édition.",
        )
    large = table[table["deaths"].ge(LARGE_TOLL)]
    top = table.loc[(table if large.empty else large)["share"].idxmax()]
    first = table.iloc[0]
    name = Both(top["toll"], top["toll_fr"])
    if name.en.startswith("of these"):
        above = table.loc[top.name - 1]
        name = Both(
            f"{above['toll']}, attacks on civilians alone,",
            f"{above['toll_fr']}, pour les seules attaques contre des civils,",
        )
    when = month(top["month"])
    said = Both(
        f"the toll that hangs most on one event is that of {name.en} in {top['window']}: {p.number(top['largest'])} of "
        f"{p.number(top['deaths'])} deaths ({p.percent(top['share'])}) fell in one operation (in {p.region_name(top['region'])}, "
        f"{month_name(when)})",
        f"le bilan qui dépend le plus d’un seul événement est celui des {name.fr} {french.at(top['window_fr'])} : "
        f"{french.number(top['largest'])} morts sur {french.number(top['deaths'])} ({french.percent(top['share'])}) sont dus à une "
        f"même opération ({french.the_region(top['region']).removeprefix('la ').removeprefix('le ')}, {french.month_name(when)})",
    )
    if top.name != first.name:
        said += Both(
            f"; of all {first['toll']} in {first['window']} the deadliest event makes up {p.percent(first['share'])}",
            f" ; de tous les {first['toll_fr']} {french.at(first['window_fr'])}, l’événement le plus meurtrier représente "
            f"{french.percent(first['share'])}",
        )
    return said.sentence()


def _last_year(r: Report) -> str:
    return french.at(french.label(r.last_12))


def _ordinal(rank: int) -> str:
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    return words[rank - 1]


def _ordinal_fr(rank: int) -> str:
    words = (
        "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième", "dixième",
    )  # fmt: skip
    return words[rank - 1]


# --------------------------------------------------------------------------- who kills civilians

_KILLERS: tuple[tuple[str, str, Callable[[pd.DataFrame], pd.Series]], ...] = (
    ("JNIM and Katiba Macina", "islamist", lambda rows: rows["side1"].isin(d.JNIM_WIDE)),
    ("Islamic State Sahel", "islamist", lambda rows: rows["side1"].eq("is-sahel")),
    (
        "Other or unclear militant Islamists",
        "islamist",
        lambda rows: rows["side1"].isin(["jnim-or-is", "islamist-other"]),
    ),
    (
        "State forces, Wagner mentioned",
        "state",
        lambda rows: rows["side1"].eq("state") & m.with_notes(rows)["wagner"].ne("no"),
    ),
    ("State forces", "state", lambda rows: rows["side1"].eq("state") & rows["wagner"].eq("no")),
    ("Wagner / Africa Corps", "russia", lambda rows: rows["side1"].eq("wagner")),
    ("Militias and self-defence groups", "militia", lambda rows: rows["side1"].isin(["militia", "platform"])),
    ("Separatist groups", "separatist", lambda rows: rows["side1"].eq("separatist")),
    ("Foreign forces and UN", "international", lambda rows: rows["side1"].isin(["un", "france-partners"])),
    ("Unidentified armed groups", "unidentified", lambda rows: rows["side1"].eq("unidentified")),
)
"""Acting groups of violence against civilians, and which rows are theirs; the rest are `Others`."""


def killers(r: Report, when: Window | None = None) -> pd.DataFrame:
    """Return who attacks civilians: events and deaths of every acting group, most deaths first.

    Shares are missing where there is nothing to share.
    """
    when = r.checked(when) if when else r.last_12
    vac = m.against_civilians(r.actors)
    left = pd.Series(True, index=vac.index)
    records = []
    for name, family, belongs in _KILLERS:
        mine = belongs(vac)
        records.append((name, family, vac[mine]))
        left &= ~mine
    records.append(("Others", "other", vac[left]))
    table = pd.DataFrame(
        [
            {
                "group": name,
                "family": family,
                "events": m.count(rows, when),
                "deaths": m.count(rows, when, "fatalities"),
            }
            for name, family, rows in records
        ]
    )
    for share, value in (("share_events", "events"), ("share_deaths", "deaths")):
        whole = table[value].sum()
        table[share] = table[value] / whole if whole else float("nan")
    table["deaths_per_event"] = table["deaths"] / table["events"].where(table["events"].gt(0))
    return table.sort_values(["deaths", "events", "group"], ascending=[False, False, True], ignore_index=True)


def by_family(r: Report, when: Window | None = None) -> pd.DataFrame:
    """Return `killers` by camp, in this order: militant Islamists, the state with its Russian partners, and the rest."""
    table = killers(r, when)
    camp = (
        table["family"]
        .map(
            {"islamist": "Militant Islamists", "state": "State forces and Wagner", "russia": "State forces and Wagner"}
        )
        .fillna("Others and unidentified")
    )
    sums = table.groupby(camp)[["events", "deaths", "share_events", "share_deaths"]].sum()
    order = ["Militant Islamists", "State forces and Wagner", "Others and unidentified"]
    return sums.reindex(order, fill_value=0).rename_axis("camp").reset_index()


def killers_sentence(r: Report) -> Both:
    """Say who killed the civilians of the last 12 months, by camp."""
    camps = by_family(r).set_index("camp")
    deaths = int(camps["deaths"].sum())
    if not deaths:
        return Both(
            f"No deaths in attacks on civilians are recorded in {r.last_12.label}.",
            f"Aucun mort n’est recensé dans des attaques contre des civils {_last_year(r)}.",
        )
    islamist, state, others = camps["share_deaths"]
    return Both(
        f"of the {p.number(deaths)} deaths in attacks on civilians in {r.last_12.label}, "
        f"{p.percent(islamist)} fell in attacks by militant Islamists, "
        f"{p.percent(state)} in those by state forces or Wagner and "
        f"{p.percent(others)} in those of militias, unidentified and other groups",
        f"sur les {french.number(deaths)} morts des attaques contre des civils {_last_year(r)}, {french.percent(islamist)} sont "
        f"dus à des groupes islamistes armés, {french.percent(state)} aux forces de l’État ou à Wagner et "
        f"{french.percent(others)} à des milices, à des groupes non identifiés ou à d’autres",
    ).sentence()


# --------------------------------------------------------------------------- how the ranking of regions moves

RANKED_HALVES = 6
"""Half-years in the ranking: three years."""


def ranking(r: Report, halves: int = RANKED_HALVES) -> pd.DataFrame:
    """Return the regions ranked by militant Islamist events in each of the last half-years.

    `halves`: how many half-years, the last complete one included. Returns `half`, `region`, `events`, `share` (of
    Mali), `rank` (1 for the most; equal counts share a rank), `moved` (places gained on the half-year before; missing
    in the first).
    """
    names = [r.half]
    while len(names) < halves:
        names.append(half_before(names[-1]))
    names.reverse()
    mi = m.militant_islamist(r.actors)
    span = r.checked(Window(half(names[0]).first, half(names[-1]).last))
    series = m.series(mi, span, "half", values=["events"], split="region")
    index = pd.MultiIndex.from_product([names, d.REGIONS], names=["half", "region"])
    table = series.rename(columns={"period": "half"}).set_index(["half", "region"])[["events"]]
    table = table.reindex(index, fill_value=0).reset_index()
    whole = table.groupby("half")["events"].transform("sum")
    table["share"] = table["events"] / whole.where(whole.gt(0))
    table["rank"] = table.groupby("half")["events"].rank(ascending=False, method="min").astype(int)
    table["moved"] = (table.groupby("region")["rank"].shift(1) - table["rank"]).astype("Int64")
    return table.sort_values(["half", "rank", "region"], ignore_index=True)


def ranking_sentence(r: Report) -> Both:
    """Say which region leads, and which rose and fell most over the half-years of the ranking."""
    table = ranking(r)
    first, last = table["half"].iloc[0], table["half"].iloc[-1]
    now = table[table["half"].eq(last)].set_index("region")
    then = table[table["half"].eq(first)].set_index("region")
    gained = (then["rank"] - now["rank"]).sort_values(kind="stable")
    leaders = list(now.index[now["rank"].eq(1)])
    held = sum(set(rows.loc[rows["rank"].eq(1), "region"]) == set(leaders) for _, rows in table.groupby("half"))
    shown = table["half"].nunique()
    often = {
        shown: Both(
            f", as in each of the last {p.word(shown)} half-years",
            f", comme à chacun des {french.word(shown)} derniers semestres",
        ),
        1: Both(
            f", for the first time in {p.word(shown)} half-years",
            f", pour la première fois en {french.word(shown)} semestres",
        ),
    }.get(
        held,
        Both(
            f", in {p.word(held)} of the last {p.word(shown)} half-years",
            f", comme à {french.word(held)} des {french.word(shown)} derniers semestres",
        ),
    )
    words = Both(
        f"{p.listing(p.region_name(region) for region in leaders)} had the most militant Islamist events in "
        f"{half(last).label}",
        f"{french.listing(french.region_name(region) for region in leaders)} {'ont' if len(leaders) > 1 else 'a'} connu le plus "
        f"d’événements impliquant des groupes islamistes armés {french.at(french.label(half(last)))}",
    )
    words += often
    for region, verb, verb_fr in ((gained.index[-1], "rose", "gagné"), (gained.index[0], "fell", "perdu")):
        places = abs(int(gained[region]))
        if places:
            rank = int(now.loc[region, "rank"])
            words += Both(
                f"; {p.region_name(region)} {verb} most since {half(first).label}, by "
                f"{p.count(places, 'place')} to {_ordinal(rank)}",
                f" ; {french.region_name(region)} a {verb_fr} le plus depuis {french.label(half(first))} : "
                f"{french.count(places, 'rang')}, jusqu’au {_ordinal_fr(rank)}",
            )
    return words.sentence()


def sentences(r: Report) -> list[Both]:
    """Return the three sentences, in the order of this module."""
    return [without_largest_sentence(r), killers_sentence(r), ranking_sentence(r)]
