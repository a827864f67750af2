"""Forecasts that others published of deaths in Mali, beside what UCDP recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import altair as alt
import pandas as pd

from helpers import charts, palette
from helpers import definitions as d
from helpers import french as fr
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.figures import Figure
from helpers.windows import month, month_name
from helpers.words import Both
from helpers.words.both import NOTHING, joined, listing

AHEAD = 12
"""Months ahead that are drawn of a forecast by month."""
LINES = 3
"""Forecasts of one kind that are drawn as lines; of more than these, their range, and the newest as dots."""
PANELS = {"VIEWS": "state-based", "PaCE": ""}
"""Who forecasts, with the type of UCDP's deaths that they forecast (none: all)."""
_OF = {
    "state-based": Both("deaths in fights with the state", "morts dans les combats impliquant l’État"),
    "": Both("all deaths", "tous les morts"),
}
"""What a forecast speaks of, by type: two counts of different size."""
STATUS = {"live": "Made before its months", "backfilled": "Added later"}
_STATUS_FR = {"Made before its months": "Faite d’avance", "Added later": "Ajoutée après"}


def _known(r: Report) -> tuple[pd.DataFrame, str]:
    """Return the forecasts made by the edition, and the last month of UCDP that it holds.

    Notes
    -----
    PaCE's twelve-month files of past months were computed in 2026 and are no record of a forecast: they stay out.
    """
    try:
        found = r.tables.forecasts()
    except FileNotFoundError as error:
        raise NotInEdition("These tables hold no published forecasts.") from error
    rerun = found["variant"].eq("twelve months") & found["status"].eq("backfilled")
    found = found[~rerun & found["data_to"].le(str(r.end("ucdp_types")))]
    if found.empty:
        raise NotInEdition(
            "No published forecast at hand had been made by this edition’s month.",
            "Aucune prévision publiée dont nous disposons n’avait été faite au mois de cette édition.",
        )
    return found.reset_index(drop=True), str(r.end("ucdp_types"))


def recorded(r: Report, kind: str) -> pd.Series:
    """Return UCDP's deaths by month to the edition's end, of one type or of all where it is empty."""
    types = r.tables.ucdp_types()
    types = types[types["month"].le(str(r.end("ucdp_types")))]
    return (types[types["type"].eq(kind)] if kind else types).groupby("month")["deaths"].sum()


def _by_year(r: Report) -> tuple[str, int, int] | None:
    """Return the last whole year that VIEWS forecast as a year before it began: the year, its forecast, what came."""
    found, last = _known(r)
    deaths = recorded(r, "state-based")
    yearly = found[found["target"].str.len().eq(4) & found["data_to"].str[:4].lt(found["target"])]
    yearly = yearly[(yearly["target"] + "-12").le(last)].sort_values(["target", "data_to"])
    if yearly.empty:
        return None
    row = yearly.iloc[-1]
    came = int(deaths[deaths.index.str[:4] == row["target"]].sum())
    return str(row["target"]), int(d.round_half_up(float(row["deaths"]))), came


def _lines(r: Report) -> pd.DataFrame:
    """Return forecasts of single months up to the edition's end, at most a year ahead, with what UCDP recorded."""
    found, last = _known(r)
    monthly = found[found["target"].str.len().eq(7) & found["target"].le(last)]
    ahead = [(month(a) - month(b)).n for a, b in zip(monthly["target"], monthly["data_to"], strict=True)]
    monthly = monthly[[1 <= one <= AHEAD for one in ahead]]
    if monthly.empty:
        raise NotInEdition(
            "No month that a published forecast speaks of is over in this edition.",
            "Aucun mois dont parle une prévision publiée n’est achevé dans cette édition.",
        )
    deaths = {model: recorded(r, kind) for model, kind in PANELS.items()}
    came = [int(deaths[model].get(when, 0)) for model, when in zip(monthly["model"], monthly["target"], strict=True)]
    return monthly.assign(recorded=came).reset_index(drop=True)


def _panel(table: pd.DataFrame, deaths: pd.Series, span: list[str], head: str, fresh: str) -> alt.LayerChart:
    """Draw one model's forecasts over the deaths recorded; months from `fresh` on, which UCDP revises, are dashed."""
    columns = pd.DataFrame({"Month": span, "Recorded": deaths.reindex(span).fillna(0).astype(int)})
    columns["Provisional"] = [bool(fresh) and one >= fresh for one in span]
    x = alt.X("Month:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    base = alt.Chart(columns).encode(
        x=x, y=alt.Y("Recorded:Q", title="Deaths a month"), tooltip=["Month:O", "Recorded:Q"]
    )
    grey = palette.colour("neutral")
    bars = base.transform_filter("!datum.Provisional").mark_bar(fill=grey, fillOpacity=0.4, stroke=grey, strokeWidth=1)
    pale = base.transform_filter("datum.Provisional").mark_bar(
        fill=grey, fillOpacity=0.15, stroke=grey, strokeDash=[3, 2], strokeWidth=1.2
    )
    drawn = table.rename(columns={"target": "Month", "deaths": "Forecast", "status": "Made", "data_to": "Data to"})
    drawn = drawn.assign(Made=drawn["Made"].map(STATUS))[["Month", "Forecast", "Made", "Data to", "variant"]]
    colours = {"ink": STATUS["live"], "neutral": STATUS["backfilled"]}
    legend = alt.Legend(orient="top", symbolDash=[1, 0])
    tint = alt.Color("Made:N", scale=palette.scale(colours), title=None, legend=legend)
    forecast: list[Any] = [alt.Tooltip("Forecast:Q", format=",.0f"), "Data to:N", "Made:N"]
    layers = [bars, *([pale] if columns["Provisional"].any() else [])]
    many = len(drawn.drop_duplicates(["Data to", "variant"])) > LINES
    if many:
        band = drawn.groupby(["Month", "Made"], sort=True)["Forecast"].agg(Lowest="min", Highest="max").reset_index()
        between = alt.Chart(band).encode(x=x, y="Lowest:Q", y2="Highest:Q", color=tint)
        layers.append(between.mark_rule(opacity=1, strokeWidth=1.4))
        drawn = drawn.sort_values("Data to").groupby(["Month", "Made"], sort=True).tail(1)
    made = alt.Chart(drawn).encode(x=x, y="Forecast:Q", color=tint, tooltip=["Month:O", *forecast])
    if many:  # no line: the newest forecasts of two months need not be of one file
        layers.append(made.mark_point(filled=True, size=22, opacity=1))
    else:
        dots = alt.OverlayMarkDef(size=14)
        dashes = alt.Scale(domain=list(colours.values()), range=[[1, 0], [4, 2]])
        lines = made.encode(
            detail=["Data to:N", "variant:N"], strokeDash=alt.StrokeDash("Made:N", scale=dashes, legend=None)
        )
        layers.append(lines.mark_line(point=dots, strokeWidth=1.6, strokeCap="butt"))
    title = alt.TitleParams(head, anchor="start", fontSize=13, fontWeight="bold", color=palette.INK)
    return cast(alt.LayerChart, alt.layer(*layers).properties(width=charts.WIDE, height=200, title=title))


def _as_read(table: pd.DataFrame) -> pd.DataFrame:
    """Return the forecasts and what was recorded, as readers see them."""
    return pd.DataFrame(
        {
            "Forecast": table["model"] + ", " + table["variant"],
            "Made": table["status"].map(STATUS),
            "Data to": table["data_to"],
            "Month": table["target"],
            "Deaths forecast": table["deaths"].round(6),
            "Deaths recorded": table["recorded"],
        }
    )


def _sums_said(sums: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Say what was forecast and recorded over all vintages, in both languages."""
    said = [
        f"{a}, {STATUS[b].lower()}: {p.number(x)} forecast, {p.number(y)} recorded" for (a, b), (x, y) in _rows(sums)
    ]
    told = [
        f"{a}, {_STATUS_FR[STATUS[b]].lower()} : {fr.number(x)} prévus, {fr.number(y)} recensés"
        for (a, b), (x, y) in _rows(sums)
    ]
    return said, told


_REVISED = Both(
    "Dashed columns: months that UCDP still revises.",
    "Colonnes en tirets : mois que l’UCDP révise encore.",
)
_PUBLISHED_CAVEAT = Both(
    "PaCE's twelve-month files for past months were computed in 2026 and are left out.",
    "Les fichiers à douze mois de PaCE pour des mois passés ont été calculés en 2026 et sont laissés de côté.",
)


def _leaning(tried: pd.DataFrame, before: Both) -> Both:
    """Say of each forecaster on which side of what it speaks of most of its forecasts lay: their counts differ."""
    parts = []
    for model in [name for name in PANELS if tried["model"].eq(name).any()]:
        mine = tried[tried["model"].eq(model)]
        low, high = (
            int(side.sum()) for side in (mine["deaths"].lt(mine["recorded"]), mine["deaths"].gt(mine["recorded"]))
        )
        side = Both("below", "en dessous") if low >= high else Both("above", "au-dessus")
        n = max(low, high)
        parts.append(
            Both(
                f"{p.number(n)} of {model}’s {p.number(len(mine))} lay {side.en}",
                f"{fr.number(n)} des {fr.number(len(mine))} de {model} {fr.agree(n, 'était', 'étaient')} {side.fr}",
            )
        )
    said = listing(parts)
    return Both(
        f"of published forecasts of a month{before.en}, {said.en} what UCDP recorded",
        f"des prévisions mensuelles publiées{before.fr}, {said.fr} de ce que l’UCDP a recensé",
    )


def published(r: Report) -> Figure:
    """Draw the published forecasts by vintage over the deaths that UCDP recorded."""
    table = _lines(r)
    span = list(pd.period_range(table["target"].min(), table["target"].max(), freq="M").astype(str))
    fresh = r.tables.reach_of("ucdp_types").provisional_from
    panels = [
        _panel(table[table["model"].eq(model)], recorded(r, kind), span, f"{model}, {_OF[kind].en}", fresh)
        for model, kind in PANELS.items()
        if table["model"].eq(model).any()
    ]
    # What was computed again later is drawn but is no test.
    tried = table[table["status"].eq("live")] if table["status"].eq("live").any() else table
    before = Both(" made before it", " faites d’avance") if len(tried) < len(table) else NOTHING
    title = _leaning(tried, before)
    frame = _as_read(table)
    tail = Both(f"at most {AHEAD} months ahead", f"au plus {AHEAD} mois à l’avance")
    year = _by_year(r)
    if year is not None:
        # A sum of a year is no line of months: it stands in the table only.
        own = ("VIEWS, by year", STATUS["live"], "", year[0], float(year[1]), year[2])
        frame = pd.concat([frame, pd.DataFrame([own], columns=frame.columns)], ignore_index=True)
        tail += Both(
            f"; only in the table: VIEWS’s forecast of {year[0]} as one sum",
            f" ; dans le tableau seulement : la prévision de {year[0]} de VIEWS, en une somme",
        )
    sums = table.groupby(["model", "status"])[["deaths", "recorded"]].sum()
    said, told = _sums_said(sums)
    words = {f"{model}, {_OF[kind].en}": f"{model}, {_OF[kind].fr}" for model, kind in PANELS.items()} | _STATUS_FR
    return Figure(
        id="outlook-published",
        title=title.sentence().en,
        subtitle=f"Deaths a month in Mali as UCDP recorded them (columns) and as published forecasts had them (a line a "
        "forecast; of more than three, an upright line from lowest to highest and the newest as a dot), "
        f"{month_name(month(span[0]))} to {month_name(month(span[-1]))}; {tail.en}",
        chart=alt.vconcat(*panels).resolve_scale(color="shared"),
        frame=frame,
        alt=("Columns with lines over them. Sums over all vintages: " + "; ".join(said)),
        fr=replace(
            fr.words(
                title.fr,
                "Morts par mois au Mali tels que l’UCDP les a recensés (colonnes) et tels que des prévisions publiées les donnaient (une "
                "ligne par prévision ; au-delà de trois, un trait du plus bas au plus haut et la plus récente en point), "
                f"{fr.month_name(month(span[0]))} à {fr.month_name(month(span[-1]))} ; {tail.fr}",
                "Colonnes sous des lignes. Sommes sur toutes les versions : " + " ; ".join(told),
            ),
            chart={**words, "Deaths a month": "Morts par mois"},
        ),
        source=r.source("forecasts", "ucdp_types"),
        caveat=joined([_REVISED if fresh and span[-1] >= fresh else None, _PUBLISHED_CAVEAT]),
    )


def _rows(sums: pd.DataFrame) -> list[tuple[tuple[str, str], tuple[float, float]]]:
    return [
        ((str(a), str(b)), (float(x), float(y)))
        for (a, b), x, y in zip(sums.index, *(sums[c] for c in sums), strict=True)
    ]


def words(r: Report) -> Both:
    """How far the forecasts made before their months were off, by who made them."""
    table = _lines(r)
    live = table[table["status"].eq("live")]
    later = int(table["status"].eq("backfilled").sum())
    if live.empty:
        return Both(
            "All that are over were added after their months: they are no test.",
            "Toutes celles dont les mois sont passés ont été ajoutées après coup : elles ne prouvent rien.",
        )
    miss = (live["deaths"] - live["recorded"]).abs().groupby(live["model"]).mean()
    mean = live.groupby("model")["recorded"].mean()
    en = p.listing(
        f"{name}, of {_OF[PANELS[name]].en}, by {p.number(miss[name])} where {p.number(mean[name])} were recorded"
        for name in miss.index
    )
    fr_ = fr.listing(
        f"de {fr.number(miss[name])} pour {name} ({_OF[PANELS[name]].fr} : {fr.number(mean[name])} recensés)"
        for name in miss.index
    )
    text = Both(
        f"Made before their months, forecasts of a month’s deaths missed, on average: {en}.",
        f"Faites avant leurs mois, les prévisions des morts d’un mois se sont trompées en moyenne {fr_}.",
    )
    text += Both(
        f" All sets of a forecaster are pooled here, up to {AHEAD} months ahead; [Who foresaw what?](ledger.ipynb) keeps them apart and "
        "takes every month, so its misses differ.",
        f" Toutes les séries d’un prévisionniste sont réunies ici, jusqu’à {AHEAD} mois à l’avance ; la page « [Qui avait prévu quoi ?](ledger.ipynb) » les "
        "sépare et prend tous les mois, d’où d’autres écarts.",
    )
    if later:
        text += Both(
            f" Of the forecasts drawn here {p.number(later)} were added later and prove less.",
            f" Parmi les prévisions tracées ici, {fr.number(later)} ont été ajoutées après coup et prouvent moins.",
        )
    return text
