"""Where things stand: the newest months of the tables that go furthest."""

from __future__ import annotations

import pandas as pd

from helpers import charts_recent, data
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure
from helpers.windows import Window, month, month_name, trailing
from helpers.words import judgement

MONTHS = 24
"""Months that the figures show."""

_TYPES = {"state": "State-based", "militia": "Non-state", "civilians": "One-sided"}
_TYPE_NAMES = {"state-based": "State-based", "non-state": "Non-state", "one-sided": "One-sided"}
_WHOLE, _PARTIAL = "Whole month", "Not complete: in no sum"
_FINAL, _PROVISIONAL = "Final", "Provisional"


def now_months(r: Report) -> Figure:
    """Political violence by all sides by month and zone, the last 24 months; a partial month is drawn as such."""
    end = r.end("totals")
    now = trailing(end, 12)
    rows = r.totals.assign(zone=r.totals["region"].map(d.ZONE_OF), state=_WHOLE)
    latest = r.edition.as_of == "latest"
    whole = data.load("totals", r.data_dir, partial=True) if latest else rows.iloc[:0]
    later = whole[whole["month"] > str(end)]
    later = later.assign(zone=later["region"].map(d.ZONE_OF), state=_PARTIAL)
    shown = pd.concat([rows[trailing(end, MONTHS).contains(rows["month"])], later], ignore_index=True)
    sums = shown.groupby(["month", "zone", "state"], as_index=False)["events"].sum()
    table = pd.DataFrame(
        {
            "Month": sums["month"], "Zone": sums["zone"].map(d.ZONE_LABELS), "Events": sums["events"],
            "State": sums["state"],
        }
    )  # fmt: skip
    here, before = m.count(r.totals, now), m.count(r.totals, now.before())
    found = intervals.attempt(r.totals, now, now.before())
    south, south_before = (m.count(m.in_zone(r.totals, "south"), when) for when in (now, now.before()))
    colours = {zone: d.ZONE_LABELS[zone] for zone in ("south", "centre", "north")}
    when, when_fr = f"the 12 months to {month_name(end)}", f"les 12 mois achevés en {f.month_name(end)}"
    partial = month(later["month"].max()) if len(later) else None
    half = f"; pale: {month_name(partial)}, not complete and in no sum" if partial else ""
    half_fr = f" ; en pâle : {f.month_name(partial)}, incomplet et hors des totaux" if partial else ""
    return Figure(
        id="now-months",
        title=p.sentence(
            f"violence by all sides {judgement.verb(here, before, found, plural=False).en} in {when} ({p.number(before)} to {p.number(here)} events); "
            f"in the south from {p.number(south_before)} to {p.number(south)}"
        ),
        subtitle=f"Political-violence events of every actor by month and zone, Mali, {trailing(end, MONTHS).label}{half}"
        + intervals.behind(events=found),
        chart=charts_recent.unsettled(table, "Month", "Events", "Zone", colours, "State", _WHOLE, title="Events"),
        frame=table,
        alt=p.sentence(
            f"Stacked columns by month; {when} have {p.number(here)} events, "
            f"{p.number(south)} of them in the south, the 12 before {p.number(before)} and {p.number(south_before)}"
        ),
        fr=f.words(
            title=f"la violence de tous les camps {judgement.verb(here, before, found, plural=False).fr} sur {when_fr} ({f.number(before)} puis "
            f"{f.number(here)} événements) ; dans le sud, de {f.number(south_before)} à {f.number(south)}",
            subtitle=f"{f.ALL_EVENTS} par mois et par zone, Mali, {f.label(trailing(end, MONTHS))}{half_fr}{f.behind(événements=found)}",
            alt=f"Colonnes empilées par mois ; {when_fr} comptent {f.number(here)} événements, dont {f.number(south)} dans le sud, "
            f"les 12 précédents {f.number(before)} et {f.number(south_before)}",
        ),
        source=r.source("totals"),
        rests_on=(here, before, south, south_before),
    )


def now_ucdp(r: Report) -> Figure:
    """Deaths by month and type of violence by UCDP's count; provisional months are drawn as such."""
    rows = r.ucdp_types
    end = r.end("ucdp_types")
    span = trailing(end, MONTHS)
    part = rows[span.contains(rows["month"])]
    table = pd.DataFrame(
        {
            "Month": part["month"],
            "Type": part["type"].map(_TYPE_NAMES),
            "Deaths": part["deaths"],
            "State": part["provisional"].map({"no": _FINAL, "yes": _PROVISIONAL}),
        }
    ).sort_values("Month", ignore_index=True)
    by_month = rows.groupby("month")["deaths"].sum()
    last = int(by_month.iloc[-1])
    record, since = _most_since(by_month)
    provisional = (
        bool(rows["provisional"].iloc[-1] == "yes")
        or rows.loc[rows["month"].eq(str(end)), "provisional"].eq("yes").any()
    )
    now = trailing(end, 12)
    a, b = (_deaths(rows, when) for when in (now.before(), now))
    types = {kind: tuple(_deaths(rows[rows["type"].eq(kind)], w) for w in (now.before(), now)) for kind in _TYPE_NAMES}
    mark, mark_fr = (" (provisional)", " (provisoire)") if provisional else ("", "")
    lead, lead_fr = _lead(end, last, record, since)
    return Figure(
        id="now-ucdp",
        title=p.sentence(f"{lead}{mark}; the 12 months to {month_name(end)} had {p.number(b)}, after {p.number(a)}"),
        subtitle=f"Deaths in organised violence by month and type, Mali, {span.label}, UCDP's best estimate"
        + ("; pale: candidate months, which UCDP still checks" if table["State"].eq(_PROVISIONAL).any() else ""),
        chart=charts_recent.unsettled(table, "Month", "Deaths", "Type", _TYPES, "State", _FINAL, title="Deaths"),
        frame=table,
        alt=p.sentence(
            f"Stacked columns by month, {span.label}; between the two years to {month_name(end)} "
            + p.listing(f"{kind} deaths went from {p.number(x)} to {p.number(y)}" for kind, (x, y) in types.items())
        ),
        fr=f.words(
            title=f"{lead_fr}{mark_fr} ; les 12 mois achevés en {f.month_name(end)} en comptent {f.number(b)}, après {f.number(a)}",
            subtitle=f"Morts de la violence organisée par mois et par type, Mali, {f.label(span)}, meilleure estimation de l’UCDP"
            + (" ; en pâle : mois candidats, que l’UCDP vérifie encore" if table["State"].eq(_PROVISIONAL).any() else ""),
            alt=f"Colonnes empilées par mois, {f.label(span)} ; entre les deux années achevées en {f.month_name(end)} : "
            + f.listing(f"{_FRENCH_TYPES[kind]} de {f.number(x)} à {f.number(y)}" for kind, (x, y) in types.items()),
        ),
        source=r.source("ucdp_types"),
        caveat="UCDP counts only events with a death, in dyads with 25 deaths a year. Its newest months are revised most.",
        rests_on=(last, a, b),
    )  # fmt: skip


_FRENCH_TYPES = {
    "state-based": "conflits étatiques",
    "non-state": "conflits entre groupes",
    "one-sided": "violence unilatérale",
}


def _deaths(rows: pd.DataFrame, when: Window) -> int:
    return int(rows.loc[when.contains(rows["month"]), "deaths"].sum())


def _most_since(by_month: pd.Series) -> tuple[bool, str]:
    """Tell whether the last month has the most deaths of at least 12 months, and since which month that was so.

    Examples
    --------
    >>> _most_since(pd.Series([9, *[1] * 12, 5], index=[f"m{n:02d}" for n in range(14)]))
    (True, 'm00')
    """
    earlier = by_month.iloc[:-1]
    higher = earlier[earlier >= by_month.iloc[-1]]
    if higher.empty:
        return True, ""
    since = str(higher.index[-1])
    return len(earlier) - earlier.index.get_loc(since) > 12, since


def _lead(end: pd.Period, last: int, record: bool, since: str) -> tuple[str, str]:
    text, text_fr = (
        f"{month_name(end)} had {p.number(last)} deaths",
        f"{f.month_name(end)} compte {f.number(last)} morts",
    )
    if not record:
        return text, text_fr
    if not since:
        return f"{text}, the most of any month", f"{text_fr}, le maximum de tous les mois"
    return f"{text}, the most since {month_name(month(since))}", f"{text_fr}, le plus depuis {f.month_name(since)}"
