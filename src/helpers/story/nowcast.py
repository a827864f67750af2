"""What militant Islamists have done since the last table by actor: estimated where the estimate was right before."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers import definitions as d
from helpers import french as f
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.estimates import nowcast
from helpers.figures import Table
from helpers.windows import Window, month, month_name
from helpers.words import Both, names
from helpers.words.both import joined, listing

_LABEL = "An estimate, not a count: it enters no other figure, no audit and no record of this book."
_LABELS = {"events": Both("events", "événements"), "fatalities": Both("deaths", "morts")}
_WHERE = {"north": "du nord", "centre": "du centre", "south": "du sud"}


@cache
def _made(tables: Tables, actors_to: str, methods_to: str) -> pd.DataFrame:
    actors, methods = tables.actors(), tables.methods()
    return nowcast.table(methods[methods["month"].le(methods_to)], actors[actors["month"].le(actors_to)])


def _table(r: Report) -> pd.DataFrame:
    try:
        return _made(r.tables, str(r.end("actors")), str(r.end("methods")))
    except NotInData as error:
        raise NotInEdition(
            "The ways of fighting do not reach a year beyond the table by actor in this edition: there is nothing to estimate."
        ) from error


def reaches(r: Report, zone: str) -> bool:
    """Tell whether an estimate of militant Islamist events of a zone is shown in an edition."""
    try:
        found = _table(r)
    except NotInEdition:
        return False
    return bool((~found["known"] & found["shown"] & found["zone"].eq(zone) & found["measure"].eq("events")).any())


def _when(row: pd.Series) -> str:
    return Window(month(row["first"]), month(row["last"])).label


def _name(row: pd.Series) -> str:
    return f"{nowcast.MEASURES[row['measure']]}, {d.ZONE_LABELS[row['zone']]}"


def estimates(r: Report) -> Table:
    """Return the estimates that earned their place."""
    found = _table(r)
    chosen = found[~found["known"] & found["shown"]]
    if chosen.empty:
        raise NotInEdition("No estimate held in the stretches that were left out; none is shown.")
    before = found[found["known"]].groupby(["zone", "measure"]).tail(1).set_index(["zone", "measure"])
    frame = pd.DataFrame(
        {
            "Militant Islamist": [_name(row) for _, row in chosen.iterrows()],
            "Estimate": [p.number(x) for x in chosen["value"]],
            "Range": [p.spread(low, high) for low, high in zip(chosen["low"], chosen["high"], strict=True)],
            "Counted in the twelve months before": [
                p.number(before.at[(row["zone"], row["measure"]), "actual"]) for _, row in chosen.iterrows()
            ],
        }
    )
    return Table(
        title=f"Estimated, not counted: {_when(chosen.iloc[0])}",
        frame=frame,
        source=r.source("methods", "actors"),
        note=f"{_LABEL} Ranges aim to hold {p.percent(nowcast.LEVEL)} of outcomes. Only a measure is shown whose ranges, over all "
        "zones, held what was left out as often as that.",
    )


def tried(r: Report) -> Table:
    """Return every stretch that was left out, with what was estimated and what was counted."""
    known = _table(r)[lambda x: x["known"]]
    frame = pd.DataFrame(
        {
            "Militant Islamist": [_name(row) for _, row in known.iterrows()],
            "Left out": [_when(row) for _, row in known.iterrows()],
            "Estimate": [p.number(x) for x in known["value"]],
            "Range": [p.spread(low, high) for low, high in zip(known["low"], known["high"], strict=True)],
            "Counted": [p.number(x) for x in known["actual"]],
            "In the range": known["low"]
            .le(known["actual"])
            .mul(known["actual"].le(known["high"]))
            .map({True: "yes", False: "no"}),
        }
    )
    return Table(
        title="The same estimate for twelve months that are known, each left out in turn",
        frame=frame,
        source=r.source("methods", "actors"),
        note=f"Ranges aim to hold {p.percent(nowcast.LEVEL)}. Fitted from {month_name(month(nowcast.FIRST))} on, on all other months; the range comes from the "
        "errors that the remaining stretches would have had.",
    )


def words(r: Report) -> Both:
    """Say what was tried, what held, and what is shown."""
    found = _table(r)
    known, ahead = found[found["known"]], found[~found["known"]]
    inside = known["low"].le(known["actual"]) & known["actual"].le(known["high"])
    told = [(name, int(one.sum()), len(one)) for name, one in inside.groupby(known["measure"])]
    shown = [name for name in nowcast.MEASURES if ahead.loc[ahead["measure"].eq(name), "shown"].all()]
    dropped = [name for name in nowcast.MEASURES if name not in shown]
    last, aim = names.prose_month(r.end("actors")), (p.percent(nowcast.LEVEL), f.percent(nowcast.LEVEL))
    text = Both(
        f"ACLED's events by actor end in {last.en}; ways of fighting by region reach a year further. In each zone the militant "
        "Islamist part of each way was fitted on the months that are known by both, and four stretches of twelve months were left "
        f"out in turn. Of their counts, ranges that aim to hold {aim[0]} held "
        f"{p.listing(f'{n} of {k} for {_LABELS[name].en}' for name, n, k in told)}.",
        f"Les événements d’ACLED par acteur s’arrêtent en {last.fr} ; les manières de combattre par région vont un an plus loin. Dans "
        "chaque zone, la part des groupes islamistes armés dans chaque manière a été ajustée sur les mois connus des deux côtés, et "
        "quatre périodes de douze mois ont été laissées de côté tour à tour. De leurs décomptes, des fourchettes censées en contenir "
        f"{aim[1]} en ont contenu {f.listing(f'{n} sur {k} pour les {_LABELS[name].fr}' for name, n, k in told)}.",
    )
    rule = Both(
        "A measure is shown only if its ranges, over all zones together, held as often as they promise",
        "Une mesure n’est montrée que si ses fourchettes, toutes zones réunies, ont tenu aussi souvent que promis",
    )
    if shown and dropped:
        yes, no = (listing(_LABELS[name] for name in some) for some in (shown, dropped))
        rule += Both(f": {yes.en} are, {no.en} are not.", f" : les {yes.fr} le sont, les {no.fr} ne le sont pas.")
    elif shown:
        rule += Both(": both are.", " : les deux le sont.")
    else:
        rule += Both(": none is.", " : aucune ne l’est.")
    first = Both(
        "This rule was fixed after a first trial, zone by zone, had been seen.",
        "Cette règle a été fixée une fois connus les résultats d’un premier essai, zone par zone.",
    )
    return joined([text, rule, first, _far(known, ahead)])


def _far(known: pd.DataFrame, ahead: pd.DataFrame) -> Both | None:
    """Name the estimates that lie far beyond every stretch they were tried on."""
    most = known.groupby(["zone", "measure"])["actual"].max()
    far = [
        Both(f"{_LABELS[x.measure].en} in the {x.zone}", f"les {_LABELS[x.measure].fr} {_WHERE[x.zone]}")
        for x in ahead.itertuples()
        if x.shown and x.value > 1.5 * most[x.zone, x.measure]
    ]
    if not far:
        return None
    said = listing(far)
    return Both(
        f"That for {said.en} lies far beyond any twelve months it was tried on: if others than militant Islamists did more of what "
        "is counted than before, it is too high, and its range does not know it.",
        f"L’estimation pour {said.fr} dépasse de loin toutes les périodes sur lesquelles elle a été essayée : si d’autres que les "
        "groupes islamistes armés ont fait davantage de ce qui est compté, elle est trop haute, et sa fourchette l’ignore.",
    )
