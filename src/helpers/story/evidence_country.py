"""Evidence on the whole country: figures that verdicts rest on and that the report no longer shows."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure
from helpers.story.junta_facts import entry
from helpers.windows import complete_years, month, month_name, window, year
from helpers.words.both import Both, joined

ZONE_COLOURS = {zone: d.ZONE_LABELS[zone] for zone in ("north", "centre", "south")}

BEFORE_COUP = window("2019-08", "2020-07")

COUP_QUARTER = "2020Q3"

QUARTER_MARKS = {COUP_QUARTER: "coup of 2020"}


def _quarter_name(period: str) -> str:
    order = ("first", "second", "third", "fourth")
    return f"the {order[int(period[5]) - 1]} quarter of {period[:4]}"


def _unfinished(frame: pd.DataFrame, full: int) -> str:
    return ", the last one incomplete" if frame["months"].iloc[-1] < full else ""


def _unfinished_fr(frame: pd.DataFrame, full: int) -> str:
    return ", la dernière période incomplète" if frame["months"].iloc[-1] < full else ""


def regions_linked(r: Report) -> Figure:
    """Militant Islamist events by region and half-year; choosing a region filters the columns."""
    rows, span = m.militant_islamist(r.actors), r.since("2017-01")
    frame = m.series(rows, span, "half", split="region", values=["events"])
    table = pd.DataFrame(
        {
            "Half-year": frame["period"],
            "Region": frame["region"].map(p.region_name),
            "Zone": frame["region"].map(d.ZONE_OF).map(d.ZONE_LABELS),
            "Events": frame["events"],
        }
    )
    ranked = m.tally(rows, span, "region")
    first, second = ranked.iloc[0], ranked.iloc[1]
    latest = m.tally(rows, r.last_12, "region").iloc[0]
    same = latest["region"] == first["region"]
    title = f"{p.region_name(first['region'])} has had the most militant Islamist events since 2017" + (
        f" and still had the most in the last 12 months ({p.number(latest['events'])})"
        if same
        else f"; in the last 12 months {p.region_name(latest['region'])} had the most ({p.number(latest['events'])})"
    )
    lead_fr = (
        f"et c’est encore le cas au cours des 12 derniers mois ({f.number(latest['events'])})"
        if same
        else f"mais au cours des 12 derniers mois, c’est {f.the_region(latest['region'])} ({f.number(latest['events'])})"
    )
    return Figure(
        id="trajectory-regions",
        title=title,
        subtitle=f"Militant Islamist events by region and half-year, {span.label}{_unfinished(frame, 6)}; click a "
        "region or choose it below the chart to see it alone",
        chart=charts.linked(table, "Half-year", "Events", "Region", colours=ZONE_COLOURS, tint="Zone"),
        frame=table,
        alt=f"Bars rank {p.count(len(ranked), 'region')} by their events since 2017, led by "
        f"{p.region_name(first['region'])} ({p.number(first['events'])}) and {p.region_name(second['region'])} "
        f"({p.number(second['events'])}); below, columns by half-year from {table['Half-year'].iloc[0]} to "
        f"{table['Half-year'].iloc[-1]}, coloured by zone",
        fr=f.words(
            title=f"{f.the_region(first['region'])} compte le plus d’{f.MI_EVENTS} depuis 2017, {lead_fr}",
            subtitle=f"{f.MI_EVENTS} par région et par semestre, {f.label(span)}{_unfinished_fr(frame, 6)} ; un clic sur une "
            "région, ou son choix sous le graphique, la montre seule",
            alt=f"Des barres classent {f.count(len(ranked), 'région', feminine=True)} selon leurs événements depuis 2017, avec "
            f"en tête {f.region_name(first['region'])} ({f.number(first['events'])}) et "
            f"{f.region_name(second['region'])} ({f.number(second['events'])}) ; au-dessous, des colonnes par semestre "
            f"{f.running(table['Half-year'].iloc[0], table['Half-year'].iloc[-1])}, aux couleurs des zones",
        ),
        source=r.source("actors"),
    )


_TOO_EARLY = (
    "The comparison with the year in which the junta took power needs a later edition.",
    "La comparaison avec l’année où la junte a pris le pouvoir demande une édition ultérieure.",
)


def since_seizure(r: Report) -> Figure:
    """Compare the present pace with several bases around the junta's seizure of power."""
    if str(r.as_of) < "2021-01":
        raise NotInEdition(*_TOO_EARLY)
    mi, now = m.militant_islamist(r.actors), r.year_to_date
    bases = [
        ("The year 2019", year(2019)),
        ("The 12 months before August 2020", BEFORE_COUP),
        ("January-July 2020", window("2020-01", "2020-07")),
        ("The year 2020", year(2020)),
    ]
    compared = {label: intervals.compare(mi, now, base, rates=True) for label, base in bases}
    rows = [(label, found.ratio, *found.ends()) for label, found in compared.items()]
    table = pd.DataFrame(rows, columns=["Compared with", "Times as many", *intervals.ENDS])
    due = claims.is_due(r, "R23-03")
    if due:
        table["As published for 2023"] = claims.printed("R23-03", "ratio")
    low, high = table["Times as many"].min(), table["Times as many"].max()
    bases_fr = {
        "The year 2019": "l’année 2019",
        "The 12 months before August 2020": "les 12 mois avant août 2020",
        "January-July 2020": "janvier-juillet 2020",
        "The year 2020": "l’année 2020",
    }
    return Figure(
        id="trajectory-since-seizure",
        title=f"militant Islamist events in {now.label} came {p.spread(low, high, 1)} times as fast as around the "
        "junta's seizure of power, whichever base is taken",
        subtitle=f"Monthly rate of militant Islamist events in {now.label} over that of four bases, with "
        + intervals.BARS
        + ("; tick: the published ratio, made for 2023" if due else ""),
        chart=charts.dots(
            table,
            "Compared with",
            "Times as many",
            unit="ratio",
            reference="As published for 2023" if due else "",
            inner=intervals.INNER,
        ),
        frame=table,
        alt=(
            "Dots with intervals: "
            + p.listing(
                f"{found.times()} against {f.lower(label) if label.startswith('The') else label}"
                for label, found in compared.items()
            )
        ),
        fr=f.words(
            title=f"en {f.label(now)}, les {f.MI_EVENTS} se sont produits {f.spread(low, high, 1)} fois plus souvent qu’autour "
            "de la prise du pouvoir par la junte, quelle que soit la base retenue",
            subtitle=f"Nombre mensuel d’{f.MI_EVENTS} en {f.label(now)} rapporté à celui de quatre bases ; {intervals.BARS_FR}"
            + (" ; trait : la valeur publiée, établie pour 2023" if due else ""),
            alt="Points avec intervalles : "
            + f.listing(
                f"{f.times_within(found)} le rythme {f.of(bases_fr[label])}" for label, found in compared.items()
            ),
        ),
        source=r.source("actors"),
    )


def civilian_deaths_by_quarter(r: Report) -> Figure:
    """Deaths in attacks on civilians by quarter against the highest full year until then."""
    vac, span = m.against_civilians(r.actors, d.MILITANT_ISLAMIST), r.since("2017-01")
    frame = m.series(vac, span, "quarter", values=["fatalities"])
    yearly = {w.first.year: m.count(vac, w, "fatalities") for w in complete_years(2012, r.as_of)}
    level = "Highest full year until then"
    table = pd.DataFrame({"Quarter": frame["period"], "Deaths": frame["fatalities"]})
    table[level] = [max(v for y, v in yearly.items() if y < int(q[:4])) for q in table["Quarter"]]
    table["Above it"] = table["Deaths"] > table[level]
    above = table[table["Above it"]]
    if above.empty:
        title = "since 2017, no single quarter has had more deaths in attacks on civilians than the highest full year until then"
        title_fr = (
            "depuis 2017, aucun trimestre n’a compté à lui seul plus de morts dans des attaques contre des civils que "
            "l’année complète la plus meurtrière jusque-là"
        )
    else:
        last = above["Quarter"].iloc[-1]
        who, who_fr = f"{_quarter_name(last)} alone", f"{f.long_quarter(last)} a compté à lui seul"
        if len(above) == 2:
            who = f"{p.listing(_quarter_name(q) for q in above['Quarter'])} each"
            who_fr = f"{f.listing(f.long_quarter(q) for q in above['Quarter'])} ont compté chacun"
        elif len(above) > 2:
            who = f"{p.word(len(above))} quarters since 2017, the last of them {_quarter_name(last)},"
            who_fr = f"{f.word(len(above))} trimestres depuis 2017, le plus récent étant {f.long_quarter(last)}, ont compté chacun"
        title = f"{who} had more deaths in attacks on civilians than any full year until then"
        title_fr = f"{who_fr} plus de morts dans des attaques contre des civils qu’aucune année complète jusque-là"
    worst = m.deadliest(vac, span)
    peak = table.loc[table["Deaths"].idxmax()]
    return Figure(
        id="trajectory-civilian-deaths",
        title=title,
        subtitle="Deaths in attacks on civilians by militant Islamists, by quarter, Mali, "
        f"{span.label}{_unfinished(frame, 3)}; line: the highest calendar year completed before",
        chart=charts.columns(table, "Quarter", "Deaths", highlight="Above it", level=level, marks=QUARTER_MARKS),
        frame=table,
        alt=f"Columns by quarter from {table['Quarter'].iloc[0]} to {table['Quarter'].iloc[-1]} with a stepped line; "
        f"the peak is {p.number(peak['Deaths'])} deaths in {_quarter_name(peak['Quarter'])}, when the line stood "
        f"at {p.number(peak[level])}; the last quarter has {p.number(table['Deaths'].iloc[-1])}",
        fr=f.words(
            title=title_fr,
            subtitle=f"Morts dans les {f.VAC}, par trimestre, Mali, {f.label(span)}{_unfinished_fr(frame, 3)} ; ligne : l’année "
            "civile la plus élevée déjà achevée",
            alt=f"Colonnes par trimestre {f.running(table['Quarter'].iloc[0], table['Quarter'].iloc[-1])} avec une ligne en "
            f"escalier ; le maximum, {f.number(peak['Deaths'])} morts, est atteint {f.to(f.long_quarter(peak['Quarter']))}, la ligne "
            f"étant alors à {f.number(peak[level])} ; le dernier trimestre en compte {f.number(table['Deaths'].iloc[-1])}",
        ),
        source=r.source("actors"),
        caveat=joined(
            [
                Both(
                    f"The deadliest single event shown, in {month_name(month(worst['month']))} in "
                    f"{p.region_name(worst['region'])}, counts {p.number(worst['deadliest'])} deaths.",
                    f"L’événement le plus meurtrier qui figure ici, en {f.month_name(worst['month'])} à "
                    f"{p.region_name(worst['region'])}, compte {f.number(worst['deadliest'])} morts.",
                ),
                _split_by_place(r, vac),
            ]
        ),
    )


def _split_by_place(r: Report, vac: pd.DataFrame) -> Both | None:
    """Say why a night that the book's own chronology counts as one has no single event of its size in the source."""
    known = entry(r, "2022-06-18-diallassagou")
    if known is None or pd.isna(known["value"]):
        return None
    when = window(str(known["date"])[:7], str(known["date"])[:7])
    there = vac[vac["region"].eq(known["region"])]
    dead, most = m.count(there, when, "fatalities"), m.deadliest(there, when)["deadliest"]
    return Both(
        f"ACLED counts an event for each place and day: the government counted {p.number(known['value'])} civilians killed "
        f"at Diallassagou and nearby villages in {month_name(when.first)}; the attacks on civilians by militant Islamists in "
        f"{p.region_name(known['region'])} that month have {p.count(dead, 'death')}, the largest of them {p.number(most)}.",
        f"ACLED compte un événement par lieu et par jour : le gouvernement a compté {f.number(known['value'])} civils tués à "
        f"Diallassagou et dans les villages voisins en {f.month_name(when.first)} ; les attaques de groupes islamistes armés "
        f"contre des civils à {p.region_name(known['region'])} ont fait ce mois-là {f.count(dead, 'mort')}, la plus "
        f"meurtrière {f.number(most)}.",
    )
