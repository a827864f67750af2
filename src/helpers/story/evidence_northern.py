"""Evidence on northern Mali: figures that verdicts rest on and that the report's chapter no longer shows."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure
from helpers.story.ground import north_shapes
from helpers.story.northern import IS, MARKS, REGIONS, is_rows, last_halves, months_to
from helpers.windows import Window, half, half_before, last_half, month, month_name
from helpers.words import judgement


def _northern_cercles(r: Report, now: str, before: str) -> pd.DataFrame:
    """Return events and deaths of the northern cercles in two half-years, the most deaths first."""
    rows = r.cercle_halves[r.cercle_halves["region"].isin(REGIONS)]
    here = rows[rows["half"].eq(now)].set_index("cercle")
    earlier = rows[rows["half"].eq(before)].set_index("cercle")["fatalities"]
    table = here[["region", "events", "fatalities"]].assign(before=earlier).reset_index()
    return table.sort_values(["fatalities", "cercle"], ascending=[False, True], ignore_index=True)


def map_deaths(r: Report) -> Figure:
    """Deaths by northern cercle in the last complete half-year of the totals."""
    now = last_half(r.end("totals"))
    before = half_before(now)
    table = _northern_cercles(r, now, before)
    if not table["fatalities"].sum():
        raise NotInEdition(f"No deaths are recorded in the north in {half(now).label}.")
    shown = table.assign(cercle=table["cercle"].map(p.cercle_name), region=table["region"].map(p.region_name)).rename(
        columns={
            "cercle": "Cercle",
            "region": "Region",
            "events": "Events",
            "fatalities": "Deaths",
            "before": f"Deaths in {half(before).label}",
        }
    )
    first, total = table.iloc[0], int(table["fatalities"].sum())
    share = first["fatalities"] / total
    when_fr = fr.label(half(now))
    return Figure(
        id="northern-map-deaths",
        title=f"the cercle of {p.cercle_name(first['cercle'])} counts {p.percent(share)} of the "
        f"{p.number(total)} deaths in the north in {half(now).label}",
        subtitle=f"Deaths in political violence by all actors, counts by cercle, northern Mali, {half(now).label} "
        f"(totals by cercle, {months_to(r, 'totals')})",
        chart=charts.area_circles(
            north_shapes(r),
            table[table["fatalities"].gt(0)].rename(columns={"fatalities": "Deaths", "events": "Events"}),
            "cercle",
            "Deaths",
            title="Deaths",
            names={name: p.cercle_name(name) for name in table["cercle"]},
            tips=["Events"],
            group="north",
        ),
        frame=shown,
        alt=(
            "map of the northern cercles with a circle for the deaths in each; "
            + p.listing(
                f"{p.cercle_name(name)} {p.number(value)}"
                for name, value in zip(table["cercle"].head(4), table["fatalities"].head(4), strict=True)
            )
            + f" of {p.number(total)} in all"
        ),
        fr=fr.words(
            f"Le cercle {fr.of(p.cercle_name(first['cercle']))} compte {fr.percent(share)} des {fr.number(total)} morts du nord en "
            f"{when_fr}",
            f"Morts dans la violence politique de tous les acteurs, nombres par cercle, nord du Mali, {when_fr} (totaux par "
            f"cercle, jusqu’en {fr.month_name(r.end('totals'))})",
            "Carte des cercles du nord, dans chacun un disque pour ses morts ; "
            + fr.listing(
                f"{p.cercle_name(name)} {fr.number(value)}"
                for name, value in zip(table["cercle"].head(4), table["fatalities"].head(4), strict=True)
            )
            + f" sur {fr.number(total)} en tout",
        ),
        rests_on=[total],
        source=r.source("cercle_halves", "regions"),
        caveat=charts.BORDER_NOTE + " Counts, not rates: the far northern cercles are vast and nearly empty.",
    )


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
                "islamist": "of deaths in militant Islamist events",
                "neutral": "of all deaths in political violence",
            },
            marks=MARKS,
        ),
        frame=frame.rename(columns={"Whole": "Deaths in the whole", "Part": "Share of the whole"}),
        alt=f"two lines by half-year; of all deaths the share is highest in {top} with {p.percent(every[top])} and "
        f"{p.percent(every.iloc[-1])} in the last, {every.index[-1]}",
        fr=fr.words(
            f"{fr.at(fr.label(half(now)))}, les événements de l’État islamique au Sahel à Gao et à Ménaka font {fr.percent(part.iloc[0])} des morts "
            f"des événements impliquant des groupes islamistes armés et {fr.percent(part.iloc[1])} de tous ceux de la violence politique",
            "Part des morts des événements de l’État islamique au Sahel à Gao et à Ménaka, Mali = 100 %, semestres, "
            f"{fr.running(one['period'].iloc[0], one['period'].iloc[-1])}{fr.incomplete(one)}",
            f"Deux courbes par semestre ; de tous les morts, la part est la plus haute au {fr.half(str(top))} avec "
            f"{fr.percent(every[top])} ; au dernier, {fr.half(str(every.index[-1]))}, elle est de {fr.percent(every.iloc[-1])}",
        ),
        rests_on=list(frame.loc[frame["Half-year"].eq(now), "Deaths"]),
        source=r.source("actors"),
    )


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

    def label_fr(name: str) -> str:
        """Name a half-year, the last one perhaps cut at the edition's month."""
        return fr.half(name[:6]) + ("" if len(name) == 6 else f" jusqu’en {fr.MONTHS[r.as_of.month - 1]}")

    passed_fr = f"font dans {fr.count(over, 'semestre')} sur {fr.word(len(frame))}" if over else "ne font jamais"
    return Figure(
        id="northern-is-civilians",
        title=f"attacks on civilians hold more than half of the deaths of Islamic State Sahel's events {passed}; the "
        f"share is highest in {top['Half-year']} with {p.percent(top['Share'])}",
        subtitle=f"Share of attacks on civilians in the deaths of events of {IS}, Gao and Ménaka, half-years "
        f"{frame['Half-year'].iloc[0]} to {frame['Half-year'].iloc[-1]} with at least {d.SMALL_COUNT} deaths; bars: range when the deadliest event on either side is left out",
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
        caveat="Civilians killed in battles are not in this share; attackers killed in attacks on civilians are.",
    )


def _steps(
    rows: pd.DataFrame,
    before: Window,
    after: Window,
    events: intervals.Comparison | None,
    deaths: intervals.Comparison | None,
) -> tuple[list[str], list[str]]:
    """Say how events and deaths moved from the year before the edition's end to the months after it."""
    words, words_fr = [], []
    for value, noun, mot, found in (
        ("events", "events", "les événements", events),
        ("fatalities", "deaths", "les morts", deaths),
    ):
        a, b = m.count(rows, after, value), m.count(rows, before, value)
        if after.months == before.months:
            step = judgement.verb(a, b, found)
            words.append(f"{noun} {step.en} ({p.number(b)}, then {p.number(a)})")
            words_fr.append(f"{mot} {step.fr} ({fr.number(b)}, puis {fr.number(a)})")
        else:  # unlike numbers of months: counts alone
            words.append(f"{noun} came to {p.number(a)}, after {p.number(b)}")
            words_fr.append(f"{mot} sont {fr.number(a)}, après {fr.number(b)}")
    return words, words_fr


_NO_LATER = (
    "The totals by region hold no months after this edition.",
    "Les totaux par région n’ont aucun mois après cette édition.",
)


def later_menaka(r: Report) -> Figure:
    """Deaths and events in Ménaka by half-year, to the end of the totals."""
    end, last = r.end("totals"), month(str(r.all_totals["month"].max()))
    if last <= end:
        raise NotInEdition(*_NO_LATER)
    rows = m.in_regions(r.all_totals, "Menaka")
    span = Window(month("2019-01"), last)
    sums = m.series(rows, span, "half")
    edge = m.period_of(pd.Series([str(end)]), "half")[0]
    frame = pd.DataFrame(
        {
            "Half-year": sums["period"],
            "Events": sums["events"],
            "Deaths": sums["fatalities"],
            "After this edition": sums["period"] > edge,
        }
    )
    panels = [
        charts.columns(
            frame, "Half-year", what, group="north", highlight="After this edition", height=140, marks=marks
        ).properties(title=alt.TitleParams(what, anchor="start", fontSize=12))
        for what, marks in (("Events", {edge: "this edition"}), ("Deaths", {}))
    ]
    before = Window(end - 11, end)
    after = Window(end + 1, min(end + 12, last))
    events, deaths = (intervals.attempt(rows, after, before, value) for value in ("events", "fatalities"))
    words, words_fr = _steps(rows, before, after, events, deaths)
    length = "12 months" if after.months == 12 else p.count(after.months, "month")
    return Figure(
        id="northern-later-menaka",
        title=f"in Ménaka, from the 12 months before this edition's end to the {length} after it, {words[0]} and "
        f"{words[1]}",
        subtitle="Political violence by all actors and deaths in it, Ménaka region, half-years "
        f"{frame['Half-year'].iloc[0]} to {frame['Half-year'].iloc[-1]}{p.incomplete(sums)} (totals by region, to "
        f"{month_name(last)}); coloured: after the edition's last "
        f"half-year{intervals.behind(events=events, deaths=deaths)}",
        chart=alt.vconcat(*panels, spacing=14),
        frame=frame,
        alt=f"two rows of columns by half-year, coloured after {edge}; for events, "
        f"{p.peak(frame.set_index('Half-year')['Events'], 'event')}; "
        f"for deaths, {p.peak(frame.set_index('Half-year')['Deaths'], 'death')}",
        fr=fr.words(
            f"À Ménaka, des 12 mois d’avant la fin de cette édition aux {fr.word(after.months)} mois d’après, {words_fr[0]} et "
            f"{words_fr[1]}"
            if after.months > 1
            else f"À Ménaka, des 12 mois d’avant la fin de cette édition au mois d’après, {words_fr[0]} et {words_fr[1]}",
            "Violence politique de tous les acteurs et morts, région de Ménaka, semestres, "
            f"{fr.running(frame['Half-year'].iloc[0], frame['Half-year'].iloc[-1])}{fr.incomplete(sums)} (totaux par région, jusqu’en "
            f"{fr.month_name(last)}) ; en couleur : après le dernier semestre de l’édition"
            + fr.behind(événements=events, morts=deaths),
            f"Deux rangées de colonnes par semestre, en couleur après le {fr.period(edge)} ; pour les événements, "
            f"{fr.peak(frame.set_index('Half-year')['Events'], 'événement')} ; pour les morts, "
            f"{fr.peak(frame.set_index('Half-year')['Deaths'], 'mort')}",
        ),
        rests_on=[m.count(rows, after), m.count(rows, before)],
        source=r.source("totals"),
        caveat="Before and after a date is not proof of a cause.",
    )
