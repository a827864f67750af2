"""Whole years told by three rules, and how far these miss: figures of the page on the pace as a forecast."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd

from helpers import charts, palette
from helpers import definitions as d
from helpers import french as fr
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import pace
from helpers.figures import Figure
from helpers.measures.foreseen import BY_ACTOR
from helpers.story.paces import (
    HEADS,
    RULE_COLOURS,
    RULES,
    UNITS,
    january,
)
from helpers.windows import month_name
from helpers.words.both import NOTHING, Both

MONTHS_TOLD = {"events": 6, "vac": 6, "deaths": 8, "bamako": 8}
"""Months from which each series is told, as the reports told theirs: the second from half a year, the first from eight months."""


def _panel(chart: alt.LayerChart, head: str) -> alt.LayerChart:
    title = alt.TitleParams(head, anchor="start", fontSize=13, fontWeight="bold", color=palette.INK)
    return chart.properties(title=title)


def _few(frame: pd.DataFrame) -> Both:
    """Name the series most of whose years are small counts."""
    small = frame["What came"].lt(d.SMALL_COUNT).groupby(frame["Series"]).mean().gt(0.5)
    named = [name for name in HEADS if small.get(HEADS[name], False)]
    if not named:
        return NOTHING
    return Both(
        f"{p.listing(HEADS[name] for name in named)}: most years lie below {d.SMALL_COUNT}, and one event more or less moves them "
        "visibly.",
        f"{fr.upper(fr.listing(BY_ACTOR[name].label.fr for name in named))} : la plupart des années sont inférieures à "
        f"{d.SMALL_COUNT}, et un événement de plus ou de moins les change visiblement.",
    )


def years(r: Report) -> Figure:
    """Forecasts of past years by three rules, and what the years came to, for four series."""
    parts, charts_, nearest, whole, said, said_fr = [], [], 0, 0, [], []
    for name, months in MONTHS_TOLD.items():
        table = january(r, name, months)
        if table.empty:
            continue
        frame = pd.concat(
            [
                pd.DataFrame(
                    {"Year": table["year"], "Rule": label, "Forecast": table[rule], "What came": table["realised"]}
                )
                for rule, label in RULES.items()
            ],
            ignore_index=True,
        ).sort_values("Year", kind="stable", ignore_index=True)
        chart = charts.moments(
            frame, "Year", "Forecast", "Forecast", "Forecast", title=UNITS[name], reference="What came", by="Rule",
            colours=RULE_COLOURS
        )  # fmt: skip
        charts_.append(_panel(chart, f"{HEADS[name]}, told from {months} months"))
        parts.append(frame.assign(Series=HEADS[name]))
        gaps = pd.DataFrame({rule: (table[rule] - table["realised"]).abs() for rule in RULES})
        nearest, whole = nearest + int(gaps["pace"].le(gaps.min(axis=1)).sum()), whole + len(table)
        last = table.iloc[-1]
        came, paced = last["realised"], last["pace"]
        said.append(f"{HEADS[name]} {last['year']}: pace {p.number(paced)}, came {p.number(came)}")
        said_fr.append(
            f"{BY_ACTOR[name].label.fr} {last['year']} : rythme {fr.number(paced)}, constaté {fr.number(came)}"
        )
    if not parts:
        raise NotInEdition("No year is complete enough to judge a forecast of it.")
    frame = pd.concat(parts, ignore_index=True)[["Series", "Year", "Rule", "Forecast", "What came"]]
    first, last_year = frame["Year"].min(), frame["Year"].max()
    heads = {
        f"{HEADS[n]}, told from {k} months": f"{fr.upper(BY_ACTOR[n].label.fr)}, sur {k} mois"
        for n, k in MONTHS_TOLD.items()
    }
    return Figure(
        id="outlook-years-events",
        title=f"The pace came nearest to what a year brought in {p.none(nearest)} of {p.number(whole)} cases",
        subtitle=f"Militant Islamist events, attacks on civilians, deaths, and events within {d.BAMAKO_RADIUS_KM} km of Bamako, Mali: "
        f"what three rules said during a year (dots) and what it came to (tick), {first}-{last_year}; ties count as nearest",
        chart=alt.vconcat(*charts_).resolve_scale(color="shared"),
        frame=frame,
        alt=("Panels of dots and ticks by year. " + "; ".join(said)),
        fr=replace(
            fr.words(
                f"Le rythme a été le plus proche de ce que l’année a donné dans {fr.word(nearest)} cas sur {fr.number(whole)}",
                f"Événements impliquant des groupes islamistes armés, attaques contre des civils, morts, et événements à moins de {d.BAMAKO_RADIUS_KM} km de "
                f"Bamako, Mali : ce que disaient trois règles en cours d’année (points) et ce que l’année a donné (trait), "
                f"{first}-{last_year} ; à égalité, le rythme compte comme le plus proche",
                "Panneaux de points et de traits par année. " + fr.upper(" ; ".join(said_fr)),
            ),
            chart=heads,
        ),
        source=r.source("actors"),
        caveat=_few(frame),
    )


def errors(r: Report) -> Figure:
    """Average misses of three rules told from half a year and from eight months, by series."""
    parts, charts_, lead, whole, said, said_fr = [], [], 0, 0, [], []
    for months in (6, 8):
        table = pace.skills(r, months)
        frame = pd.DataFrame(
            {
                "Told from": f"{months} months",
                "Forecast": table["series"].map(HEADS) + ": " + table["rule"].map(RULES).str.lower(),
                "Rule": table["rule"].map(RULES),
                "Mean miss": table["error"],
                "Median miss": table["median"],
                "Forecasts": table["forecasts"],
            }
        )
        chart = charts.bars(
            frame, "Forecast", "Mean miss", unit="share", by="Rule", colours=RULE_COLOURS,
            tips=["Median miss", "Forecasts"]
        )  # fmt: skip
        charts_.append(_panel(chart, f"Told from {months} months"))
        parts.append(frame)
        wide = table.pivot(index="series", columns="rule", values="error")
        lead, whole = lead + int(wide["pace"].le(wide.min(axis=1)).sum()), whole + len(wide)
        missed = [(name, wide.loc[name, "pace"]) for name in HEADS if name in wide.index]
        said.append(f"from {months} months, the pace: " + ", ".join(f"{HEADS[n]} {p.percent(x)}" for n, x in missed))
        said_fr.append(
            f"sur {months} mois, le rythme : " + ", ".join(f"{BY_ACTOR[n].label.fr} {fr.percent(x)}" for n, x in missed)
        )
    return Figure(
        id="outlook-errors-half",
        title=f"The pace had the smallest average miss of three rules in {p.of_all(lead, whole, 'comparison')}",
        subtitle=f"Mean absolute miss of the 12 months as a share of what came, by series and rule, Mali, from {r.whole.first.year} on: half-years "
        f"whose 12 months were over by {month_name(r.end('actors'))}, and calendar years told from eight months",
        chart=alt.vconcat(*charts_).resolve_scale(color="shared"),
        frame=pd.concat(parts, ignore_index=True),
        alt=("Two panels of bars in groups of three. " + "; ".join(said)),
        fr=replace(
            fr.words(
                f"Le rythme a eu le plus petit écart moyen de trois règles dans {fr.word(lead, feminine=True)} comparaisons sur "
                f"{fr.word(whole)}",
                f"Écart absolu moyen des 12 mois en part du total constaté, par série et par règle, Mali, depuis {r.whole.first.year} : semestres dont "
                f"les 12 mois étaient passés en {fr.month_name(r.end('actors'))}, et années civiles établies sur huit mois",
                "Deux panneaux de barres par groupes de trois. " + " ; ".join(said_fr),
            ),
            chart={f"Told from {months} months": f"Établi sur {months} mois" for months in (6, 8)},
        ),
        source=r.source("actors"),
        caveat=Both(
            "Few forecasts stand behind each mean, and one wild year weighs much in it; the table gives the median "
            "too.",
            "Peu de prévisions fondent chaque moyenne, et une seule année hors norme y pèse beaucoup ; le tableau "
            "donne aussi la médiane.",
        ),
    )
