"""Which region has most events, half-year by half-year."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as fr
from helpers import prose as p
from helpers.audit import beyond
from helpers.editions import Report
from helpers.figures import Figure
from helpers.words.both import Both


def _table(table: pd.DataFrame) -> pd.DataFrame:
    """Return ranks, events and shares as readers see them."""
    return pd.DataFrame(
        {
            "Region": table["region"].map(p.region_name),
            "Half-year": table["half"],
            "Rank": table["rank"],
            "Events": table["events"],
            "Share of events": table["share"].fillna(0).round(6),
        }
    )


_CLOSE = Both(
    f"Regions with fewer than {d.SMALL_COUNT} events in a half-year change places by one event or two; "
    "equal counts share a rank.",
    f"Les régions qui ont moins de {d.SMALL_COUNT} événements dans un semestre changent de rang pour un "
    "événement ou deux ; à nombre égal, elles partagent leur rang.",
)


def ranking(r: Report) -> Figure:
    """Rank the regions by militant Islamist events over the last half-years."""
    table = beyond.ranking(r)
    halves = list(dict.fromkeys(table["half"]))
    now = table[table["half"].eq(halves[-1])].set_index("region")
    then = table[table["half"].eq(halves[0])].set_index("region")
    table = table.assign(order=table["region"].map(list(now.index).index)).sort_values(["order", "half"])
    frame = _table(table)
    gained = then["rank"] - now["rank"]
    top = now.index[0]
    first = then.index[0]
    title = (
        f"{p.region_name(top)} leads in {halves[-1]} with {p.percent(now.loc[top, 'share'])} of Mali's militant Islamist "
        f"events{'; it led' if top == first else ', where ' + p.region_name(first) + ' led'} in {halves[0]}{' too' if top == first else ''}"
    )
    moved = gained[gained.ne(0)]
    if len(moved):
        most = moved.abs().max()
        who = [region for region in moved.index if abs(moved[region]) == most]
        title += f"; {p.listing(p.region_name(x) for x in who)} moved most, " + p.listing(
            dict.fromkeys(f"from {then.loc[x, 'rank']} to {now.loc[x, 'rank']}" for x in who)
        )
    start, end = fr.half(halves[0]), fr.half(halves[-1])
    led = f", et l’était déjà au {start}" if top == first else f", alors que {p.region_name(first)} l’était au {start}"
    moved_fr = ""
    if len(moved):
        moved_fr = (
            f" ; {fr.listing(p.region_name(x) for x in who)} {'ont' if len(who) > 1 else 'a'} le plus bougé, "
            + fr.listing(dict.fromkeys(f"de {then.loc[x, 'rank']} à {now.loc[x, 'rank']}" for x in who))
        )
    return Figure(
        id="scorecard-ranking",
        title=title,
        subtitle=f"Rank of the regions by militant Islamist events (1 = most), shaded by share of Mali's events, complete "
        f"half-years {halves[0]} to {halves[-1]}",
        chart=charts.heat(frame, "Half-year", "Region", "Share of events", unit="share", text="Rank"),
        frame=frame,
        alt=(
            f"Grid of {p.number(len(now))} regions by {p.word(len(halves))} half-years. Ranks in {halves[-1]}: "
            + p.listing(f"{p.region_name(region)} {rank}" for region, rank in now["rank"].items())
            + f"; in {halves[0]}: "
            + p.listing(f"{p.region_name(region)} {rank}" for region, rank in then["rank"].items())
        ),
        fr=fr.words(
            f"{p.region_name(top)} est en tête au {end} avec {fr.percent(now.loc[top, 'share'])} des événements impliquant des groupes islamistes armés "
            f"du Mali{led}{moved_fr}",
            "Rang des régions selon les événements impliquant des groupes islamistes armés (1 = le plus), teinté selon la part des événements du Mali, "
            f"semestres complets, {fr.running(halves[0], halves[-1])}",
            f"Grille de {fr.word(len(now))} régions sur {fr.word(len(halves))} semestres. Rangs au {end} : "
            + fr.listing(f"{p.region_name(region)} {rank}" for region, rank in now["rank"].items())
            + f" ; au {start} : "
            + fr.listing(f"{p.region_name(region)} {rank}" for region, rank in then["rank"].items()),
        ),
        rests_on=[now.loc[top, "events"]],
        source=r.source("actors"),
        caveat=_CLOSE,
    )
