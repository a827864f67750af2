"""The newest month of UCDP's deaths, which run further than any other count, where it stands out."""

from __future__ import annotations

import pandas as pd

from helpers import definitions as d
from helpers import french, prose
from helpers.editions import Report
from helpers.measures.catalogue import ucdp_deaths
from helpers.measures.measure import Tally
from helpers.page.frame import day
from helpers.windows import trailing
from helpers.words import NOTHING, Both, facts, names

QUIET = 12
"""A month stands out where none of so many before it had as many deaths."""


def record(r: Report, *, whole: bool = True) -> tuple[Tally, Both] | None:
    """Return UCDP's deaths of its last month, and since when no month had as many; None where one of the year before had.

    Where a revision could put the next highest since then first, the two stand together; its count, and that before its
    own revision, are given where this is said as a `whole`.
    """
    every = ucdp_deaths(r)
    monthly = every.by("month", every.since(str(r.first("ucdp_types"))))
    values = dict(zip(monthly.frame["period"], monthly.frame["value"], strict=True))
    top = int(values.pop(str(every.end)))
    since = max((when for when, value in values.items() if int(value) >= top), default="")
    if since and (every.end - pd.Period(since, "M")).n <= QUIET:
        return None
    said = Both("the most of any month on record", "le maximum de tous les mois connus")
    rest = Both("on record", "connu")
    if since:
        past = names.period(since)
        said = Both(f"the most in a month since {past.en}", f"le mois le plus meurtrier depuis {past.fr}")
        rest = Both(f"since {past.en}", f"depuis {past.fr}")
    count, second = max(((int(value), when) for when, value in values.items() if when > since), default=(0, ""))
    if second and count * (1 + d.VINTAGE_TOLERANCE) >= top:
        near, then = names.period(second), _counted(r, second, count) if whole else NOTHING
        said = Both(
            f"with {near.en}{then.en} the deadliest month {rest.en}",
            f"avec {near.fr}{then.fr} le mois le plus meurtrier {rest.fr}",
        )
    return every.over(trailing(every.end, 1)), said


def _counted(r: Report, when: str, count: int) -> Both:
    """Say how many deaths a month has, and how many it had while it was provisional where these were more."""
    known = r.ucdp_months
    then = known.loc[known["month"].eq(when) & known["status"].eq("candidate"), "best"]
    was = 0 if then.empty else int(then.iloc[0])
    more = was > count
    return Both(
        f" ({prose.number(count)}{f'; {prose.number(was)} before revision' if more else ''})",
        f" ({french.number(count)}{f' ; {french.number(was)} avant révision' if more else ''})",
    )


def year(r: Report) -> Both | None:
    """Say the same for the front page, with what its year shows: one month is no turn."""
    if (said := killed(r)) is None:
        return None
    change = ucdp_deaths(r).in_a_year()
    moved = {
        "rise": Both("clearly rose", "a nettement augmenté"),
        "fall": Both("clearly fell", "a nettement reculé"),
    }.get(change.kind, Both("show no clear change", "ne montre pas d’évolution nette"))
    tail = Both(f"; deaths over the year {moved.en}.", f" ; sur un an, le nombre de morts {moved.fr}.")
    return Both(said.en.removesuffix(".") + tail.en, said.fr.removesuffix(".") + tail.fr)


def latest(r: Report) -> Both | None:
    """Tell the newest of the leading dates with its day, where it lies after the totals; else nothing."""
    rows = r.chronology
    late = rows[rows["lead"].eq("yes") & rows["date"].str[:7].gt(str(r.end("totals")))].sort_values(
        "date", kind="stable"
    )
    if late.empty:
        return None
    row = late.iloc[-1]
    when, said = day(row["date"], row["precision"]), names.spelled(facts.both(row["id"], row["event"]))
    return Both(
        f"The newest date, {when.en}: {said.en}.", f"Dernière date connue, {when.fr} : {french.lower(said.fr)}."
    )


def killed(r: Report) -> Both | None:
    """Say how many people UCDP's last month counts, where it lies after all other counts and stands out; else nothing."""
    if r.end("ucdp_types") <= r.end("totals") or (found := record(r, whole=False)) is None:
        return None
    top, most = found
    when = names.prose_month(top.window.last)
    count = Both("provisional count", "décompte provisoire") if r.provisional("ucdp_types", top.window) else Both("count", "décompte")  # fmt: skip
    return Both(
        f"By the {count.en} of UCDP (Uppsala University) {prose.number(top)} people were killed in {when.en}, {most.en}.",
        f"Selon le {count.fr} de l’UCDP (université d’Uppsala), {french.number(top)} personnes ont été tuées en {when.fr}, {most.fr}.",
    )
