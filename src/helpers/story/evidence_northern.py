"""Evidence on northern Mali: figures that verdicts rest on and that the report's chapter no longer shows."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.figures import Figure
from helpers.story.northern import IS, MARKS, is_rows, last_halves
from helpers.windows import Window, half, month_name
from helpers.words.both import Both


def is_share(r: Report) -> Figure:
    """Share of these deaths in all deaths of militant Islamist events and of political violence in Mali."""
    span = r.since("2017-01")
    rows = is_rows(r, "Gao", "Menaka")
    violent = r.actors[r.actors["event_type"].isin(d.VIOLENT)]
    one = m.series(rows, span, "half", values=["fatalities"])
    lines = []
    for label, whole in (("of militant Islamist", m.militant_islamist(r.actors)), ("of all", violent)):
        every = m.series(whole, span, "half", values=["fatalities"])
        lines += [
            (period, label, part, total, part / total if total else 0.0)
            for period, part, total in zip(one["period"], one["fatalities"], every["fatalities"], strict=True)
        ]
    frame = pd.DataFrame(lines, columns=["Half-year", "Share", "Deaths", "Whole", "Part"])
    frame["Share"] = frame["Share"].map(
        {
            "of militant Islamist": "of deaths in militant Islamist events",
            "of all": "of all deaths in political violence",
        }
    )
    now, _ = last_halves(r)
    part = frame[frame["Half-year"].eq(now)].set_index("Share")["Part"]
    every = frame[frame["Share"].eq("of all deaths in political violence")].set_index("Half-year")["Part"]
    top = every.idxmax()
    return Figure(
        id="northern-is-share",
        title=f"in {half(now).label} Islamic State Sahel's events in Gao and Ménaka took {p.percent(part.iloc[0])} of the "
        f"deaths in militant Islamist events and {p.percent(part.iloc[1])} of all in political violence",
        subtitle=f"Share of deaths in events of {IS} in Gao and Ménaka, Mali = 100 percent, half-years "
        f"{one['period'].iloc[0]} to {one['period'].iloc[-1]}{p.incomplete(one)}",
        chart=charts.lines(
            frame,
            "Half-year",
            "Part",
            title="Share of deaths",
            by="Share",
            unit="share",
            colours={
                "ink": "of deaths in militant Islamist events",
                "neutral": "of all deaths in political violence",
            },
            marks=MARKS,
        ),
        frame=frame.rename(columns={"Whole": "Deaths in the whole", "Part": "Share of the whole"}),
        alt=f"two lines by half-year; of all deaths the share is highest in {top} with {p.percent(every[top])} and "
        f"{p.percent(every.iloc[-1])} in the last, {every.index[-1]}",
        fr=fr.words(
            f"{fr.at(fr.label(half(now)))}, les événements de l’État islamique au Sahel à Gao et à Ménaka représentent {fr.percent(part.iloc[0])} des morts "
            f"des événements impliquant des groupes islamistes armés et {fr.percent(part.iloc[1])} de tous ceux de la violence politique",
            "Part des morts des événements de l’État islamique au Sahel à Gao et à Ménaka, Mali = 100 %, semestres, "
            f"{fr.running(one['period'].iloc[0], one['period'].iloc[-1])}{fr.incomplete(one)}",
            f"Deux courbes par semestre ; de tous les morts, la part est la plus haute au {fr.half(str(top))} avec "
            f"{fr.percent(every[top])} ; au dernier, {fr.half(str(every.index[-1]))}, elle est de {fr.percent(every.iloc[-1])}",
        ),
        rests_on=list(frame.loc[frame["Half-year"].eq(now), "Deaths"]),
        source=r.source("actors"),
    )


_IS_CIVILIANS_CAVEAT = Both(
    "Civilians killed in battles are not in this share; attackers killed in attacks on civilians are.",
    "Les civils tués dans les combats ne sont pas dans cette part ; les assaillants tués dans les attaques "
    "contre des civils y sont.",
)


def _cut(frame: pd.DataFrame) -> str:
    """Say to which month the last half-year goes where it is not whole."""
    last = frame["Half-year"].iloc[-1]
    return f" (the last to {last.split()[-1]})" if len(last) > 6 else ""


def _half_fr(r: Report, name: str) -> str:
    """Name a half-year, the last one perhaps cut at the edition's month."""
    return fr.half(name[:6]) + ("" if len(name) == 6 else f" jusqu’en {fr.MONTHS[r.as_of.month - 1]}")


def is_civilians(r: Report) -> Figure:
    """Share of attacks on civilians in these deaths by half-year, with what one event changes."""
    rows = is_rows(r, "Gao", "Menaka")
    vac = m.against_civilians(rows)
    calendar = m.series(rows, r.since("2017-01"), "half", values=["fatalities"])
    lines = []
    for name, months, total in zip(calendar["period"], calendar["months"], calendar["fatalities"], strict=True):
        if total >= d.SMALL_COUNT:
            when = half(name) if months == 6 else Window(half(name).first, r.as_of)
            share, low, high = m.share_range_without_deadliest(rows, vac, when)
            label = name if months == 6 else f"{name} to {month_name(r.as_of).split()[0]}"
            lines.append(
                (label, m.count(vac, when, "fatalities"), total, share, min(low, high, share), max(low, high, share))
            )
    if not lines:
        raise NotInEdition(
            f"Events of Islamic State Sahel in Gao and Ménaka cost too few lives by {month_name(r.as_of)} for shares.",
            "Les événements de l’État islamique au Sahel à Gao et Ménaka ont fait trop peu de morts pour des parts.",
        )
    frame = pd.DataFrame(
        lines, columns=["Half-year", "Deaths in attacks on civilians", "All deaths", "Share", "Low", "High"]
    )
    over = int(frame["Share"].gt(0.5).sum())
    top = frame.loc[frame["Share"].idxmax()]
    passed = "never" if not over else f"in {p.word(over)} of {p.count(len(frame), 'half-year')}"

    label_fr = partial(_half_fr, r)
    passed_fr = "ne représentent jamais"
    if over:
        passed_fr = f"représentent, dans {fr.count(over, 'semestre')} sur {fr.word(len(frame))},"
    return Figure(
        id="northern-is-civilians",
        title=f"attacks on civilians hold more than half of the deaths of Islamic State Sahel's events {passed}; the "
        f"share is highest in {top['Half-year']} with {p.percent(top['Share'])}",
        subtitle=f"Share of attacks on civilians in the deaths of events of {IS}, Gao and Ménaka, half-years "
        f"{frame['Half-year'].iloc[0]} to {frame['Half-year'].iloc[-1][:6]}{_cut(frame)} with at least {d.SMALL_COUNT} deaths; bars: range when the deadliest event on either side is left out",
        chart=charts.moments(frame, "Half-year", "Share", title="Share of deaths", unit="share", group="is-sahel"),
        frame=frame,
        alt=(
            "dots with ranges: "
            + p.listing(
                f"{name} {p.percent(value)}" for name, value in zip(frame["Half-year"], frame["Share"], strict=True)
            )
        ),
        fr=fr.words(
            f"Les attaques contre des civils {passed_fr} plus de la moitié des morts des événements de l’État islamique au Sahel ; la part est la plus haute au "
            f"{label_fr(top['Half-year'])} avec {fr.percent(top['Share'])}",
            "Part des attaques contre des civils dans les morts des événements de l’État islamique au Sahel, Gao et Ménaka, semestres, "
            f"{label_fr(frame['Half-year'].iloc[0])} à {label_fr(frame['Half-year'].iloc[-1])}, avec au moins {d.SMALL_COUNT} "
            "morts ; barres : étendue quand l’événement le plus meurtrier de chaque côté est laissé de côté",
            "Points avec étendues : "
            + " ; ".join(
                f"{label_fr(name)}, part de {fr.percent(value)}"
                for name, value in zip(frame["Half-year"], frame["Share"], strict=True)
            ),
        ),
        source=r.source("actors"),
        caveat=_IS_CIVILIANS_CAVEAT,
    )
