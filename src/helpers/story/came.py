"""What came of what was foreseen: projections held against the months that followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import altair as alt
import pandas as pd

from helpers import charts, limits
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.figures import Figure
from helpers.measures.foreseen import BY_ACTOR
from helpers.story import summary
from helpers.story.calendar_rows import entries, entries_told, last_report, mover, zone_months
from helpers.story.exits import AFTER_EXIT, BEFORE_EXIT
from helpers.story.exits import exit_regions as exit_regions
from helpers.story.ledger_words import of_all
from helpers.story.paces import (
    HEADS,
    PROJECTED,
    SHARE,
    UNITS,
    level_of,
    made_at,
    pace_range,
    projected,
    rows_of,
)
from helpers.terms import term
from helpers.windows import Window, month, month_name, year
from helpers.words import NOTHING, Both, names
from helpers.words.both import joined, listing

TREND = ("R22-03", "R22-10", "R23-01", "R23-02")
"""Projections that carry a count on at its pace."""
EXIT = ("R23-29", "R23-30")
"""Projections about the departure of the United Nations."""


def _range(made: Report, name: str) -> dict[str, float]:
    """Return a pace at its date with the range of past errors; own data that begin late allow none."""
    found = pace_range(made, name)
    if found is None:
        raise NotInData(*limits.NO_PAST)
    return found


def _projected(r: Report, wanted: Sequence[tuple[str, str]]) -> tuple[list[str], list[str], pd.DataFrame]:
    """Return each projection as a multiple of its published number, with its name in French and its year."""
    records, names_fr, years = [], [], []
    for claim_id, name in wanted:
        made = made_at(r, claim_id)
        reach = _range(made, name)
        counted = BY_ACTOR[name].of(r, later=True)
        when = year(made.as_of.year)
        came, level = counted.over(when), level_of(claim_id, reach["base"])
        shares = [number / level for number in (reach["pace"], reach["low"], reach["high"], came)]
        levels = [int(d.round_half_up(number)) for number in (level, reach["pace"], reach["low"], reach["high"])]
        records.append((f"{HEADS[name]}, {when.label} ({claim_id})", *shares, *levels, came))
        names_fr.append(f"{BY_ACTOR[name].label.fr}, {when.label} ({claim_id})")
        years.append(when.label)
    names = ["Projection", "Pace", "Low", "High", "What came"]
    frame = pd.DataFrame(records, columns=[*names, "Published level", "Pace, level", "From", "To", "Outcome"])
    return names_fr, years, frame


def _otherwise(changes: list[str], floors: list[str]) -> Both:
    """Name the projections that are published as changes, and those that say more than their number."""
    said = [
        Both(
            f"{name} is published as a change; shown is the level it gives.",
            f"{name} est publié comme une variation ; on montre le niveau qu’elle donne.",
        )
        for name in changes
    ]
    return joined(
        [
            *said,
            *(
                Both(
                    f"{name} says more than its number: any tick right of the line bears it out.",
                    f"{name} dit plus que son nombre : tout trait à droite de la ligne le confirme.",
                )
                for name in floors
            ),
        ]
    )


def _open(unclear: int) -> Both:
    """End a title with the projections that later months settle neither way."""
    if not unclear:
        return NOTHING
    return Both(
        f"; {p.word(unclear)} {'is' if unclear == 1 else 'are'} not settled",
        f" ; {fr.word(unclear, feminine=True)} {'reste à trancher' if unclear == 1 else 'restent à trancher'}",
    )


def foreseen(r: Report) -> Figure | str:
    """Draw each numeric projection: as published, by the pace of its date, and what came."""
    wanted = [(claim_id, name) for claim_id, name in PROJECTED.items() if claims.is_due(r, claim_id)]
    if not wanted:
        # The sentence above says that nothing had been projected.
        return ""
    names_fr, years, frame = _projected(r, wanted)
    real = frame["What came"]
    verdicts = [claims.evaluate(claim_id, r.tables).verdict for claim_id, _ in wanted]
    above, unclear = int(real.ge(1).sum()), verdicts.count("unsettled")
    left = _open(unclear)
    inside = int(real.between(frame["Low"], frame["High"]).sum())
    changes = [claim_id for claim_id, _ in wanted if projected(claim_id).unit == "percent"]
    floors = [claim_id for claim_id, _ in wanted if projected(claim_id).test == "more"]
    return Figure(
        id="outlook-foreseen",
        title=f"the published number was reached in {p.of_all(above, len(real), 'projection')}{left.en}",
        subtitle=f"Each projection for {p.listing(dict.fromkeys(years))} that published a number, as a multiple of that number (dashed line): the pace at the "
        f"report's date (dot) with the range that should hold {p.percent(SHARE)} of outcomes by the errors known then (bar), and what the year came "
        "to (tick)",
        chart=charts.dots(
            frame,
            "Projection",
            "Pace",
            title="Times the published level",
            unit="ratio",
            log=True,
            group="neutral",
            reference="What came",
        ),
        frame=frame,
        alt=(
            f"A dot with a bar and a tick for each; {p.count(inside, 'outcome lies', 'outcomes lie')} inside the range of "
            "past errors. "
            + "; ".join(
                f"{row['Projection']}: published {p.number(row['Published level'])}, pace {p.number(row['Pace, level'])}, "
                f"came {p.number(row['Outcome'])}"
                for row in rows_of(frame)
            )
        ),
        fr=fr.words(
            f"Le nombre publié {'a' if above else 'n’a'} été atteint dans {of_all(above, len(real), 'projection', 'projections').fr}{left.fr}",
            f"Chaque projection chiffrée pour {fr.listing(dict.fromkeys(years))}, en multiple du nombre publié (tireté) : le rythme "
            f"à la date du rapport (point) avec la fourchette qui devait contenir {fr.percent(SHARE)} des issues, d’après les erreurs connues alors (barre), et ce que "
            "l’année a donné (trait)",
            f"Un point avec une barre et un trait pour chacune ; {fr.count(inside, 'résultat')} dans l’étendue des erreurs passées ; "
            + " ; ".join(
                f"{name} : publié {fr.number(row['Published level'])}, rythme {fr.number(row['Pace, level'])}, constaté "
                f"{fr.number(row['Outcome'])}"
                for name, row in zip(names_fr, rows_of(frame), strict=True)
            ),
            {name: fr.upper(told) for name, told in zip(frame["Projection"], names_fr, strict=True)},
        ),
        source=r.source("actors"),
        caveat=_otherwise(changes, floors),
    )


def simple_rule(r: Report) -> Both | None:
    """In how many cases the pace came nearer than the year before would have."""
    wanted = [(claim_id, name) for claim_id, name in PROJECTED.items() if claims.is_due(r, claim_id)]
    if not wanted:
        return None
    better = 0
    bases = [str(n) for n in sorted({made_at(r, claim_id).as_of.year - 1 for claim_id, _ in wanted})]
    for claim_id, name in wanted:
        made = made_at(r, claim_id)
        found = _range(made, name)
        counted = BY_ACTOR[name].of(r, later=True)
        came = counted.over(year(made.as_of.year))
        better += abs(found["pace"] - came) < abs(found["base"] - came)
    return Both(
        f"When they were made, the pace came nearer than “as the calendar year before” ({p.listing(bases)}) in "
        f"{p.of_all(better, len(wanted), 'number')}; [Who foresaw what?](ledger.ipynb) sets the published numbers against the twelve months before each.",
        f"À leur date, le rythme {'est tombé' if better else 'n’est tombé'} plus près que « comme l’année civile précédente » ({fr.listing(bases)}) "
        f"pour {fr.word(better)} {'nombre' if better < 2 else 'nombres'} sur {fr.word(len(wanted))} ; la page « [Qui avait prévu quoi ?](ledger.ipynb) » compare "
        "les nombres publiés aux douze mois qui précèdent chacun.",
    )


def _line(r: Report, claim_id: str) -> tuple[pd.DataFrame, dict[str, float]]:
    """Return a projected year as it filled up, beside the pace with the range of past errors."""
    name, made = PROJECTED[claim_id], made_at(r, claim_id)
    found = _range(made, name)
    series = BY_ACTOR[name].of(r, later=True)
    known = made.as_of.month
    run = series.by("month", year(made.as_of.year)).frame
    counted, months, to_date = run["value"].cumsum().astype(float), run["period"], found["to_date"]
    level = level_of(claim_id, found["base"])

    def ahead(end: float) -> list[float]:
        return [to_date + (end - to_date) * i / (12 - known) for i in range(13 - known)]

    paced = {"Count": ahead(found["pace"]), "Low": ahead(found["low"]), "High": ahead(found["high"])}
    frame = pd.concat(
        [
            pd.DataFrame({"Month": months, "Line": "Published", "Count": level, "Low": level, "High": level}),
            pd.DataFrame({"Month": months.iloc[known - 1 :].to_numpy(), "Line": "Pace", **paced}),
            pd.DataFrame({"Month": months, "Line": "Recorded", "Count": counted, "Low": counted, "High": counted}),
        ],
        ignore_index=True,
    )
    frame[["Count", "Low", "High"]] = frame[["Count", "Low", "High"]].round(6)
    return frame.assign(Series=HEADS[name]), found | {"came": counted.iloc[-1], "level": level}


def running_deaths(r: Report) -> Figure | str:
    """Deaths of 2022 and events of 2023 as they were recorded, beside the projections."""
    wanted = [claim_id for claim_id in ("R22-03", "R23-01") if claims.is_due(r, claim_id)]
    if not wanted:
        return ""
    parts, panels, inside, said, said_fr = [], [], 0, [], []
    for claim_id in wanted:
        frame, found = _line(r, claim_id)
        made, name = made_at(r, claim_id), PROJECTED[claim_id]
        when = str(made.as_of.year)
        chart = charts.lines(
            frame, "Month", "Count", title=f"{UNITS[name]} since January", by="Line",
            colours={"ink": "Recorded", "finding": "Pace", "neutral": "Published"}, low="Low", high="High",
            marks={str(made.as_of): "report"}, legend=True
        )  # fmt: skip
        panels.append(chart.properties(title=alt.TitleParams(f"{HEADS[name]}, {when}", anchor="start", fontSize=13)))
        parts.append(frame)
        came, low, high = found["came"], found["low"], found["high"]
        inside += low <= came <= high
        said.append(
            f"{HEADS[name]} {when}: {p.number(came)} came, the pace said {p.number(found['pace'])} ({p.spread(low, high)}), published "
            f"{p.number(found['level'])}"
        )
        said_fr.append(
            f"{BY_ACTOR[name].label.fr} {when} : constaté {fr.number(came)}, rythme {fr.number(found['pace'])} "
            f"({fr.spread(low, high)}), publié {fr.number(found['level'])}"
        )
    every = len(wanted)
    years = [str(made_at(r, claim_id).as_of.year) for claim_id in wanted]
    return Figure(
        id="outlook-running-deaths",
        title=f"{p.listing(years)} ended {'inside' if inside == every else 'outside' if not inside else 'one inside, one outside'} the "
        "range of past errors",
        subtitle=f"{fr.upper(p.listing(f'{BY_ACTOR[PROJECTED[x]].brief.en} in {y}' for x, y in zip(wanted, years, strict=True)))}, added up by month, Mali; band: "
        f"the range that should hold {p.percent(SHARE)} of outcomes by the errors that the pace had made by the report's date; flat line: the published level",
        chart=alt.vconcat(*panels).resolve_scale(color="shared"),
        frame=pd.concat(parts, ignore_index=True)[["Series", "Month", "Line", "Count", "Low", "High"]],
        alt=("Lines that rise over a year. " + "; ".join(said)),
        fr=replace(
            fr.words(
                f"{fr.listing(years)} {'ont fini' if every > 1 else 'a fini'} "
                f"{'dans' if inside == every else 'hors de' if not inside else 'l’une dans, l’autre hors de'} l’étendue des erreurs passées",
                f"{fr.upper(fr.listing(f'{BY_ACTOR[PROJECTED[x]].brief.fr} en {y}' for x, y in zip(wanted, years, strict=True)))}, cumulés par mois, Mali ; "
                f"bande : la fourchette qui devait contenir {fr.percent(SHARE)} des issues, d’après les erreurs du rythme à la date du rapport ; ligne plate : le niveau publié",
                "Lignes qui montent au fil d’une année. " + fr.upper(" ; ".join(said_fr)),
            ),
            chart={
                f"{HEADS[PROJECTED[x]]}, {y}": f"{fr.upper(BY_ACTOR[PROJECTED[x]].label.fr)}, {y}"
                for x, y in zip(wanted, years, strict=True)
            },
        ),
        source=r.source("actors"),
        caveat=Both("The bands rest on few past forecasts.", "Les bandes reposent sur peu de prévisions passées."),
    )


_COMPARISONS: dict[str, Both] = {
    "junta": Both(
        "[Power, partners and the press]({up}junta.ipynb) sets the 12 months from a region’s first handover against the 12 before",
        "« [Pouvoir, partenaires et presse]({up}junta.ipynb) » compare les 12 mois à compter de la première rétrocession d’une région aux 12 mois précédents",
    ),
    "outlook": Both(
        f"[Could anyone have known?]({{up}}outlook.ipynb) sets {AFTER_EXIT.label} against the year to June 2023",
        f"« [Pouvait-on le savoir ?]({{up}}outlook.ipynb) » compare {fr.label(AFTER_EXIT)} à l’année qui s’achève en juin 2023",
    ),
    "turning": Both(
        "[What changed when?]({up}depth/turning-points.ipynb) sets cercles (districts) that lost a base against others",
        "une [page en anglais]({up}depth/turning-points.ipynb) sur ce qui a changé, et quand, compare les cercles qui ont perdu une base aux autres",
    ),
}
"""What each page that looks at the departures compares, by page."""


def elsewhere(page: str, up: str = "", *, later: bool | None = None) -> Callable[[Report], Both]:
    """Return what says, on one of the pages that look at the departures, why the others find something else.

    `page`: key of `_COMPARISONS`: the page itself. `up`: way from the page to the chapters' folder. `later`: say it
    only in editions whose own months end before the year after (what happened next), or only in the others; in all of
    them where not given.
    """

    def said(r: Report) -> Both:
        if not claims.is_due(r, "R23-29") or later is (r.end("totals") >= AFTER_EXIT.last):
            return NOTHING
        others = listing(
            Both(one.en.format(up=up), one.fr.format(up=up)) for name, one in _COMPARISONS.items() if name != page
        )
        return Both(
            f"Other pages compare other months and may find otherwise: {others.en}.",
            f"D’autres pages comparent d’autres mois et peuvent trouver autre chose : {others.fr}.",
        )

    return said


def war_regions(r: Report) -> Figure | str:
    """Shade the deaths of the war between state and separatists by region and half-year."""
    if not claims.is_due(r, "R23-30"):
        return ""
    rows = m.between(r.all_actors, ["state", "wagner"], ["separatist"])
    last = month(str(r.all_actors["month"].max()))
    span = Window(BEFORE_EXIT.first, last)
    rows = rows[span.contains(rows["month"])]
    limits.held(
        bool(rows["fatalities"].sum()),
        f"deaths between the state and separatists since {month_name(span.first)}",
        f"aucun mort entre l’État et les séparatistes depuis {fr.month_name(span.first)}",
    )
    rows = rows.assign(Region=rows["region"].map(p.region_name))
    frame = m.series(rows, span, "half", split="Region")
    frame = frame.rename(columns={"period": "Half-year", "fatalities": "Deaths", "events": "Events"})
    cut = frame["months"].iloc[-1] < 6
    totals = frame.groupby("Region")[["Events", "Deaths"]].sum().sort_values("Deaths", ascending=False)
    rank = {name: i for i, name in enumerate(totals.index)}
    frame = frame.sort_values(["Region", "Half-year"], key=lambda c: c.map(rank) if c.name == "Region" else c)
    frame = frame[["Half-year", "Region", "Deaths", "Events"]].reset_index(drop=True)
    dead, top = int(totals["Deaths"].sum()), totals.index[0]
    peak = frame.loc[frame["Deaths"].idxmax()]
    half_deaths = frame.groupby("Half-year")["Deaths"].sum()
    return Figure(
        id="outlook-war-regions",
        title=f"{p.number(dead)} people were recorded killed between state forces or Wagner and separatists, {p.percent(totals['Deaths'].iloc[0] / dead)} "
        f"of them in {top}",
        subtitle="Deaths in events between state forces or Wagner and separatist groups, by region and half-year, "
        f"{frame['Half-year'].iloc[0]} to {frame['Half-year'].iloc[-1]}" + (f" (to {month_name(last)})" if cut else ""),
        chart=charts.heat(frame, "Half-year", "Region", "Deaths"),
        frame=frame,
        alt=(
            f"Grid of {p.number(len(totals))} regions and {p.number(len(half_deaths))} half-years; the highest cell is "
            f"{peak['Region']} in {peak['Half-year']} with {p.count(int(peak['Deaths']), 'death')}; by half-year "
            + ", ".join(f"{name} {p.number(value)}" for name, value in half_deaths.items())
        ),
        fr=fr.words(
            f"{fr.number(dead)} morts recensés entre les forces de l’État ou Wagner et les séparatistes, dont {fr.percent(totals['Deaths'].iloc[0] / dead)} dans "
            f"la région {fr.of(str(top))}",
            "Morts dans les événements entre les forces de l’État ou Wagner et les groupes séparatistes, par région et par "
            f"semestre, {fr.running(frame['Half-year'].min(), frame['Half-year'].max())}"
            + (f" (jusqu’en {fr.month_name(last)})" if cut else ""),
            f"Grille de {fr.word(len(totals), feminine=True)} régions et {fr.word(len(half_deaths))} semestres ; la case la plus haute est "
            f"{peak['Region']}, {fr.half(peak['Half-year'])}, avec {fr.count(int(peak['Deaths']), 'mort')} ; par semestre : "
            + " ; ".join(f"{fr.half(str(name))}, {fr.number(value)}" for name, value in half_deaths.items()),
        ),
        rests_on=[dead],
        source=r.source("actors"),
        caveat=Both(
            "Tolls of these battles are claimed by both sides and rarely confirmed.",
            "Les bilans de ces combats sont avancés par les deux camps et rarement confirmés.",
        ),
    )


_IN_BOTH_LANES = Both(
    "An entry that bears on two statements stands in both lanes.",
    "Une entrée qui touche deux affirmations figure sur les deux lignes.",
)
_CALENDAR_CAVEAT = Both(
    "The chronology is a selection: more dots do not mean more violence.",
    "La chronologie est un choix : plus de points ne veut pas dire plus de violence.",
)
_STILL_REVISED = Both(
    "The newest months are still being revised.", "Les derniers mois sont encore susceptibles d’être révisés."
)


_OF_ALL_ZONES = Both(
    "The title gives a zone’s share of the events of 12 months; the columns count events by month.",
    "Le titre donne la part d’une zone dans les événements de 12 mois ; les colonnes comptent des événements par mois.",
)


def calendar(r: Report) -> Figure:
    """Lay dated entries after the last report over the monthly count of political violence by zone."""
    rows, order, day = entries(r)
    first = month(day[:7]) + (1 if int(day[8:]) > 15 else 0)
    end = month(str(r.all_totals["month"].max()))
    if last_report(r) != ("R23", day):
        end = min(end, month(day[:7]) + 24)
    span = Window(first, end)
    totals, months = zone_months(r, span)
    by_month = months.groupby("Month")["Events"].sum()
    peak = str(by_month.idxmax())
    early, late = Window(span.first, span.first + 11), Window(span.last - 11, span.last)
    counts, moved = mover(totals, early, late)
    lanes = rows["lane"].value_counts()
    present = [label for label in order if label in set(lanes.index)]
    dated = rows.assign(date=rows["date"] + "T12:00:00").rename(
        columns={"date": "Date", "lane": "About", "event": "Event"}
    )
    frame = months.pivot(index="Month", columns="Zone", values="Events").reset_index()
    frame.columns.name = None
    said, words = entries_told(rows.drop_duplicates("id"))
    frame["Dated entries"] = frame["Month"].map(said).fillna("")
    zones = {zone: d.ZONE_LABELS[zone] for zone in ("north", "centre", "south")}
    twice = _IN_BOTH_LANES if rows["id"].duplicated().any() else None
    revised = _STILL_REVISED if end == r.last_known("totals") else None
    return Figure(
        id="outlook-calendar",
        title=f"{moved} went from {p.percent(counts[moved][0])} to {p.percent(counts[moved][1])} of political violence",
        subtitle=f"Above: dated entries of the chronology on what was foreseen. Below: political-violence events of all actors by month and "
        f"zone, Mali, {span.label} (totals by region); title: {early.label} and {late.label}",
        chart=charts.calendar(
            charts.timeline(dated, "Date", "About", "Event", present, tips=["source"], step=34),
            months,
            "Month",
            "Events",
            "Zone",
            zones,
        ),
        frame=frame,
        alt=(
            "Dots in lanes, "
            + p.listing(f"{p.number(int(lanes[label]))} under {label}" for label in present)
            + f", over stacked columns by month: {p.number(by_month.iloc[0])} events in {month_name(span.first)}, "
            f"{p.number(by_month.iloc[-1])} in {month_name(span.last)}, the highest {p.number(by_month.max())} in "
            f"{month_name(month(peak))}"
        ),
        fr=fr.words(
            f"{term(moved)} est passé de {fr.percent(counts[moved][0])} à {fr.percent(counts[moved][1])} de la violence politique",
            "En haut : entrées datées de la chronologie sur ce qui était prévu. En bas : événements de violence politique "
            f"(tous belligérants) par mois et par zone, Mali, {fr.label(span)} (totaux par région) ; titre : {fr.label(early)} et {fr.label(late)}",
            "Points en lignes, "
            + fr.listing(f"{fr.number(int(lanes[label]))} sous « {term(label)} »" for label in present)
            + f", au-dessus de colonnes empilées par mois : {fr.number(by_month.iloc[0])} événements en {fr.month_name(span.first)}, "
            f"{fr.number(by_month.iloc[-1])} en {fr.month_name(span.last)}, au plus {fr.number(by_month.max())} en "
            f"{fr.month_name(peak)}",
            words,
        ),
        source=r.source("totals", "chronology"),
        caveat=joined([twice, _OF_ALL_ZONES, _CALENDAR_CAVEAT, revised]),
    )


def state_in_numbers(r: Report) -> Both | None:
    """How political violence moved after the second report, year by year, to the end of the totals."""
    if not claims.is_due(r, "R23-31"):
        return None
    spans = [BEFORE_EXIT]
    while spans[-1].last + 12 <= r.last_known("totals"):
        spans.append(Window(spans[-1].last + 1, spans[-1].last + 12))
    counts = [(m.count(r.all_totals, when), m.count(r.all_totals, when, "fatalities")) for when in spans]
    told = listing(
        Both(
            f"{p.number(events)} events with {p.number(deaths)} deaths {names.during(when).en}",
            f"{fr.number(events)} événements et {fr.number(deaths)} morts {names.during(when).fr}",
        )
        for when, (events, deaths) in zip(spans, counts, strict=True)
    )
    return Both(
        "One statement is a judgement: that Mali’s collapse was growing more likely. No later month proves a likelihood. Political "
        f"violence by all sides came to {told.en}.",
        "Une affirmation est une appréciation : l’effondrement du Mali devenait plus probable. Aucun mois ne prouve une probabilité. Les "
        f"violences politiques, tous belligérants confondus, ont compté {told.fr}.",
    )


def score(r: Report) -> Both:
    """How many projections came true: those that carried a count on, and those about the departure of the UN."""
    made = [row for row in claims.due(r) if row.outcome]
    if not made:
        raise NotInEdition(*summary.NO_PROJECTION)
    verdicts = {row.id: claims.evaluate(row.id, r.tables).verdict for row in made}
    told = list(verdicts.values())
    text = Both(
        f"Of {p.count(len(made), 'projection')}, {summary.tell(told)}.",
        f"Sur {fr.count(len(made), 'projection', feminine=True)}, {summary.tell_fr(told)}.",
    )
    groups = [
        (TREND, Both("that carried a count on", "qui prolongeaient un décompte")),
        (EXIT, Both("about the departure of the UN", "qui portaient sur le départ de l’ONU")),
    ]
    parts: list[Both] = []
    for ids, words in groups:
        own = [verdicts[name] for name in ids if name in verdicts]
        true = own.count("borne out")
        if own:
            parts.append(
                Both(
                    f"of the {p.word(len(own))} {words.en}, {p.none(true)} "
                    f"{'did' if parts else 'came true in every part'}",
                    f"sur les {fr.word(len(own))} {words.fr}, {fr.word(true, feminine=True)} "
                    f"{fr.agree(true, 's’est réalisée' if true else 'ne s’est réalisée', 'se sont réalisées')} en tout point",
                )
            )
    if len(parts) == 2:
        text = joined([text, joined(parts, "; ").sentence()])
    return text
