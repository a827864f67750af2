"""How far each source goes, and what the tables found in 2026 hold: figures and tables of the data chapter."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import french as f
from helpers import prose as p
from helpers.editions import Report
from helpers.figures import Figure, Table
from helpers.windows import month, month_name
from helpers.words.both import NOTHING, Both

SHOWN: dict[str, tuple[str, str]] = {
    "actors": ("Who did what to whom (ACLED events)", "qui a fait quoi à qui (événements d’ACLED)"),
    "methods": ("How: ways of fighting (ACLED weekly)", "comment : manières de combattre (ACLED, par semaine)"),
    "totals": ("How many and where (ACLED through HDX)", "combien et où (ACLED via HDX)"),
    "ucdp_types": ("Deaths by type (UCDP)", "morts par type (UCDP)"),
}
"""Tables of the figure, from what says most to what reaches furthest, with their names in English and French."""

_KINDS = {"ink": "Complete", "unidentified": "Provisional", "pale": "Partial: in no sum"}
_FROM = "2012-01"

WHY = Both(
    "Events with their actors end in February 2025: the project has no access of its own to ACLED's events, and no "
    "public copy of later ones was found.",
    "Les événements avec leurs acteurs s’arrêtent en février 2025 : le projet n’a pas d’accès propre aux "
    "événements d’ACLED, et nous n’avons trouvé aucune copie publique de ceux d’après.",
)
"""Why what needs actors ends first."""


def how_far(r: Report) -> Figure:
    """Draw from when to when each monthly source goes, provisional and partial months apart."""
    rows = []
    ends = {}
    for table, (name, _) in SHOWN.items():
        far = r.tables.reach_of(table)
        whole = r.tables.load(table, partial=True)["month"]
        ends[table] = month(far.complete_to)
        first = max(str(whole.min()), _FROM)
        settled = str(month(far.provisional_from) - 1) if far.provisional_from else far.complete_to
        rows.append((name, "Complete", first, settled))
        if far.provisional_from:
            rows.append((name, "Provisional", far.provisional_from, far.complete_to))
        if str(whole.max()) > far.complete_to:
            rows.append((name, "Partial: in no sum", str(month(far.complete_to) + 1), str(whole.max())))
    table = pd.DataFrame(rows, columns=["Table", "Months", "From", "To"])
    days = table.assign(From=table["From"] + "-01", To=[str(month(to).end_time.date()) for to in table["To"]])
    longest, shortest = (pick(ends, key=lambda name: ends[name]) for pick in (max, min))
    said = {name: month_name(end) for name, end in ends.items()}
    said_fr = {name: f.month_name(end) for name, end in ends.items()}
    present = {colour: kind for colour, kind in _KINDS.items() if kind in set(table["Months"])}
    return Figure(
        id="data-reach",
        title=f"{_short(longest)[0]} reach {said[longest]}; {_short(shortest)[0]} end in {said[shortest]}",
        subtitle=f"Months that each source covers, from {month_name(month(_FROM))} or its first month to its last",
        chart=charts.spans(days, "Table", "From", "To", "Months", present),
        frame=table,
        alt=("Bars from first to last month: " + p.listing(f"{_short(name)[0]} to {said[name]}" for name in SHOWN)),
        fr=f.words(
            title=f"{_short(longest)[1]} vont jusqu’en {said_fr[longest]} ; {_short(shortest)[1]} s’arrêtent en {said_fr[shortest]}",
            subtitle=f"Mois couverts par chaque source, de {f.month_name(_FROM)} ou de son premier mois à son dernier",
            alt="Barres du premier au dernier mois : "
            + f.listing(f"{_short(name)[1]} jusqu’en {said_fr[name]}" for name in SHOWN),
        ),
        source=str(r.source(*SHOWN)),
        caveat=NOTHING if r.tables.limits() else WHY,
    )


def _short(table: str) -> tuple[str, str]:
    return {
        "actors": ("events by actor", "les événements par acteur"),
        "methods": ("ways of fighting", "les manières de combattre"),
        "totals": ("totals by region", "les totaux par région"),
        "ucdp_types": ("UCDP's deaths", "les morts de l’UCDP"),
    }[table]


def method_differences(r: Report) -> Table:
    """Count the cells in which the table of methods differs from the event tables, by reason."""
    listed = r.tables.method_differences()
    if listed.empty:
        frame = pd.DataFrame([("none", 0, 0)], columns=["Reason", "Cells", "Events apart"])
    else:
        gaps = listed.assign(gap=(listed["events"] - listed["events_other"]).abs())
        grouped = gaps.groupby(["against", "reason"])["gap"].agg(["size", "sum"]).reset_index()
        grouped["reason"] = grouped["reason"].str.replace("Menaka", "Ménaka")
        frame = grouped.set_axis(["Held against", "Reason", "Cells", "Events apart"], axis=1)
    return Table(
        title="Cells of region, event type and run of whole weeks in which the weekly aggregates differ",
        frame=frame,
        source=r.source("methods", "actors", "totals"),
        note="Runs of months that whole weeks fill, 2012 on against the event tables, 1997 on against the totals.",
    )
