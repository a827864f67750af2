"""How the fighting is done: ways of fighting by year, air strikes, supply lines in the south, schools in the centre."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import charts, data
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.estimates.intervals import Comparison
from helpers.figures import Figure
from helpers.windows import Window, complete_years, month, month_name, trailing
from helpers.words import Both, judgement

WAYS: dict[str, tuple[str, str]] = {
    "clashes": ("Clashes", "combats"),
    "attacks": ("Attacks on civilians", "attaques contre des civils"),
    "air": ("Air and drone strikes", "frappes aériennes et de drones"),
    "bombs": ("Mines and roadside bombs", "mines et engins explosifs"),
    "abductions": ("Abductions", "enlèvements"),
    "property": ("Looting and burning", "pillages et incendies"),
}
"""Classes of `definitions.METHODS` that the figures show, with their names in English and in French."""

FIRST_YEAR = 2017
SURVEY = "2024-01"
"""First edition that may show the survey of schools: it is of 2023, its day of publication is not known."""

BLOCKADE = "2025-09-03-fuel-blockade-declared"
"""Entry of the chronology from which the supply figure counts the blockade."""

_WEEKS = "a week counts in the month in which it ends"
_WEEKS_FR = "une semaine compte dans le mois où elle s’achève"


def _of(rows: pd.DataFrame, way: str) -> pd.DataFrame:
    return rows[rows["method"].eq(way)]


def _moved(here: int, before: int, found: Comparison | None) -> Both:
    """Say how a count moved, with both counts."""
    step = judgement.verb(here, before, found)
    return Both(
        f"{step.en} ({p.number(before)}, then {p.number(here)})",
        f"{step.fr} ({f.number(before)}, puis {f.number(here)})",
    )


def _clear(found: Comparison | None) -> bool:
    return found is not None and (found.interval.low > 1 or found.interval.high < 1)


def _compared(rows: pd.DataFrame, now: Window) -> dict[str, Comparison | None]:
    """Compare the last 12 months with the 12 before, for every way of fighting that had enough events for a ratio."""
    out = {}
    for way in WAYS:
        part = _of(rows, way)
        enough = min(m.count(part, now), m.count(part, now.before())) >= d.SMALL_COUNT
        out[way] = intervals.attempt(part, now, now.before()) if enough else None
    return out


def _changed(compared: dict[str, Comparison | None]) -> list[str]:
    """Return up to two ways of fighting with a clear change, the largest ratio first."""
    clear = [way for way, found in compared.items() if _clear(found)]
    return sorted(clear, key=lambda way: -max(compared[way].ratio, 1 / compared[way].ratio))[:2]  # type: ignore[union-attr]


def trajectory_how(r: Report) -> Figure:
    """Events by way of fighting and year, with the last 12 whole months beside the years."""
    end = r.end("methods")
    now = trailing(end, 12)
    compared = _compared(r.methods, now)
    last = f"12 months to {month_name(end)}"
    records = []
    for way, (name, _) in WAYS.items():
        part = _of(r.methods, way)
        records += [
            (name, str(w.first.year), m.count(part, w), "Calendar year") for w in complete_years(FIRST_YEAR, end)
        ]
        records.append((name, "Last 12", m.count(part, now), last))
    table = pd.DataFrame(records, columns=["Way of fighting", "Year", "Events", "Window"])
    changed = _changed(compared)
    title, title_fr = _how_title(changed, compared, end)
    listed = [(name, m.count(_of(r.methods, way), now)) for way, (name, _) in WAYS.items()]
    listed_fr = [(name, m.count(_of(r.methods, way), now)) for way, (_, name) in WAYS.items()]
    return Figure(
        id="trajectory-how",
        title=p.sentence(title),
        subtitle=f"Events by way of fighting, by anyone, Mali, years from {FIRST_YEAR} and the 12 months to {month_name(end)}; "
        f"{_WEEKS}" + intervals.behind(**{WAYS[way][0].lower(): compared[way] for way in changed}),
        chart=charts.multiples(
            table, "Year", "Events", "Way of fighting", title="Events", tint="Window",
            colours={"islamist": "Calendar year", "neutral": last},
        ),
        frame=table,
        alt=p.sentence(
            f"Six panels of columns by year; in the 12 months to {month_name(end)}: "
            + p.listing(f"{name.lower()} {p.number(count)}" for name, count in listed)
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"Événements par manière de combattre, tous acteurs, Mali, années depuis {FIRST_YEAR} et 12 mois achevés en "
            f"{f.month_name(end)} ; {_WEEKS_FR}" + f.behind(**{WAYS[way][1]: compared[way] for way in changed}),
            alt=f"Six panneaux de colonnes par année ; sur les 12 mois achevés en {f.month_name(end)} : "
            + f.listing(f"{name} {f.number(count)}" for name, count in listed_fr),
        ),
        source=r.source("methods"),
        caveat="Strikes are by anyone: until 2022 many were French. Looting and burning is not counted as a violent event.",
        rests_on=[count for way in changed for count in (compared[way].now, compared[way].before)],  # type: ignore[union-attr]
    )  # fmt: skip


def _how_title(changed: list[str], compared: dict[str, Comparison | None], end: pd.Period) -> tuple[str, str]:
    when, when_fr = f"in the 12 months to {month_name(end)}", f"sur les 12 mois achevés en {f.month_name(end)}"
    if not changed:
        return (
            f"no way of fighting changed clearly {when}",
            f"aucune manière de combattre n’a changé nettement {when_fr}",
        )
    said, said_fr = [], []
    for way in changed:
        found = compared[way]
        assert found is not None
        said.append(f"{WAYS[way][0].lower()} {p.moved(found.now, found.before)}, to {p.number(found.now)}")
        said_fr.append(f"les {WAYS[way][1]} {f.moved(found.now, found.before)}, à {f.number(found.now)}")
    return f"{'; '.join(said)} {when}", f"{' ; '.join(said_fr)} {when_fr}"


# --------------------------------------------------------------------------- strikes

_STATE, _FRENCH = ("state", "wagner"), ("france-partners",)
_HITS = {"civilians": "Hit civilians", "islamist": "Hit militant Islamists", "neutral": "Hit others"}


def _hit(side: pd.Series) -> pd.Series:
    named = side.map(dict.fromkeys(d.MILITANT_ISLAMIST, _HITS["islamist"]) | {"civilians": _HITS["civilians"]})
    return named.fillna(_HITS["neutral"])


def wagner_air(r: Report) -> Figure:
    """Attacks from the air or afar by state forces by year and whom they hit, and strikes by anyone by month."""
    years = complete_years(FIRST_YEAR, r.as_of)
    if len(years) < 2:
        raise NotInEdition("Attacks from afar need two complete years to compare.", "Il faut deux années complètes.")
    remote = r.actors[r.actors["event_type"].eq(d.REMOTE)]
    ours = remote[remote["side1"].isin(_STATE)]
    ours = ours.assign(hit=_hit(ours["side2"]))
    abroad = remote[remote["side1"].isin(_FRENCH)]
    rows = [
        ("State forces and partners", str(w.first.year), hit, m.count(ours[ours["hit"].eq(hit)], w))
        for w in years for hit in _HITS.values()
    ]  # fmt: skip
    rows += [("France and other partners", str(w.first.year), "All", m.count(abroad, w)) for w in years]
    air = _of(r.methods, "air")
    end = r.end("methods")
    monthly = m.series(air, Window(month(f"{FIRST_YEAR}-01"), end), "month")
    rows += [
        ("By anyone", *pair) for pair in zip(monthly["period"], ["All"] * len(monthly), monthly["events"], strict=True)
    ]
    table = pd.DataFrame(rows, columns=["Strikes by", "Period", "Hit", "Events"])
    first, last = years[0], years[-1]
    a, b = m.count(ours, first), m.count(ours, last)
    now = trailing(end, 12)
    here, before = m.count(air, now), m.count(air, now.before())
    found = intervals.attempt(air, now, now.before())
    both = f"from {p.number(a)} in {first.label} to {p.number(b)} in {last.label}"
    return Figure(
        id="wagner-air",
        title=p.sentence(
            f"state forces' attacks from the air or by shelling went {both}; strikes by anyone "
            f"{_moved(here, before, found).en} in the 12 months to {month_name(end)}"
        ),
        subtitle=f"Above: attacks with explosives by state forces and partners by whom they hit, and by France and other "
        f"partners (line), {first.label} to {last.label}. Below: air and drone strikes by anyone by month, "
        f"to {month_name(end)}; {_WEEKS}{intervals.behind(strikes=found)}",
        chart=_air_chart(table),
        frame=table,
        alt=p.sentence(
            f"stacked columns by year: attacks by state forces go {both}; a line by month of strikes by anyone ends with "
            f"{p.number(int(monthly['events'].iloc[-1]))} in {month_name(end)}"
        ),
        fr=f.words(
            title=f"les attaques aériennes ou à l’arme lourde des forces de l’État sont passées de {f.number(a)} en {first.label} à "
            f"{f.number(b)} en {last.label} ; les frappes de tous les acteurs "
            f"{_moved(here, before, found).fr} sur les 12 mois achevés en {f.month_name(end)}",
            subtitle=f"En haut : attaques à l’explosif des forces de l’État et de leurs partenaires selon la cible, et celles de la "
            f"France et d’autres partenaires (ligne), {first.label} à {last.label}. En bas : frappes aériennes et de drones de "
            f"tous les acteurs par mois, jusqu’en {f.month_name(end)} ; {_WEEKS_FR}{f.behind(frappes=found)}",
            alt=f"Colonnes empilées par année : de {f.number(a)} en {first.label} à {f.number(b)} en {last.label} ; une ligne par mois "
            f"finit à {f.number(int(monthly['events'].iloc[-1]))} en {f.month_name(end)}",
        ),
        source=r.source("actors", "methods"),
        caveat="Strikes by anyone are largely French in 2020 and 2021. Explosives of state forces include shelling.",
        rests_on=(a, b, here, before),
    )


def _air_chart(table: pd.DataFrame) -> alt.VConcatChart:
    named = {"Period": "Year"}
    years = table[table["Strikes by"].eq("State forces and partners")].rename(columns=named)
    abroad = table[table["Strikes by"].eq("France and other partners")].rename(columns=named)
    upper = charts.stacked(years, "Year", "Events", "Hit", _HITS, title="Attacks a year", height=200)
    lower = table[table["Strikes by"].eq("By anyone")].rename(columns={"Period": "Month"})
    over = charts.lines(abroad, "Year", "Events", title="Attacks a year", group="international", height=200)
    line = charts.lines(lower, "Month", "Events", title="Strikes a month", group="state", height=150)
    return alt.vconcat(alt.layer(upper, over), line).resolve_scale(color="independent")


# --------------------------------------------------------------------------- supply lines of the south

_SUPPLY = ("property", "air", "abductions", "bombs")
_SUPPLY_MONTHS = 36


def southern_supply(r: Report) -> Figure:
    """Looting and burning, strikes, abductions and mines in the four southern regions by month."""
    end = r.end("methods")
    now, span = trailing(end, 12), trailing(end, _SUPPLY_MONTHS)
    south = m.in_zone(r.methods, "south")
    known = r.chronology["id"].eq(BLOCKADE)
    since = str(r.chronology.loc[known, "date"].iloc[0])[:7] if known.any() else ""
    before, after = "Before the fuel blockade", "From September 2025, the fuel blockade"
    tables = []
    for way in _SUPPLY:
        frame = m.series(_of(south, way), span, "month")
        later = frame["period"].ge(since) if since else pd.Series(False, index=frame.index)
        tables.append(
            pd.DataFrame(
                {
                    "Way of fighting": WAYS[way][0], "Month": frame["period"], "Events": frame["events"],
                    "When": [after if late else before for late in later],
                }
            )
        )  # fmt: skip
    table = pd.concat(tables, ignore_index=True)
    lead = _leading(south, now)
    part = _of(south, lead)
    here, base = m.count(part, now), m.count(part, now.before())
    found = intervals.attempt(part, now, now.before())
    moved = _moved(here, base, found)
    name, name_fr = WAYS[lead]
    when, when_fr = f"the 12 months to {month_name(end)}", f"12 mois achevés en {f.month_name(end)}"
    tinted = bool(since) and table["When"].eq(after).any()
    return Figure(
        id="southern-supply",
        title=p.sentence(f"{name.lower()} in southern Mali {moved.en} in {when}"),
        subtitle=f"Events by anyone in Bamako, Kayes, Koulikoro and Sikasso by month, {span.label}; {_WEEKS}"
        + intervals.behind(events=found),
        chart=charts.multiples(
            table, "Month", "Events", "Way of fighting", title="Events", columns=2, width=280,
            tint="When" if tinted else "", colours={"neutral": before, "islamist": after},
        ),
        frame=table if tinted else table.drop(columns="When"),
        alt=p.sentence(
            f"Four panels of columns by month, {span.label}; totals of {when}: "
            + p.listing(f"{WAYS[way][0].lower()} {p.number(m.count(_of(south, way), now))}" for way in _SUPPLY)
        ),
        fr=f.words(
            title=f"les {name_fr} dans le sud {moved.fr} sur les {when_fr}",
            subtitle=f"Événements de tous les acteurs à Bamako, Kayes, Koulikoro et Sikasso par mois, {f.label(span)} ; {_WEEKS_FR}"
            + f.behind(événements=found),
            alt=f"Quatre panneaux de colonnes par mois, {f.label(span)} ; totaux des {when_fr} : "
            + f.listing(f"{WAYS[way][1]} {f.number(m.count(_of(south, way), now))}" for way in _SUPPLY),
        ),
        source=r.source("methods"),
        caveat="Looting and burning is not counted as a violent event; the data do not say whose goods they were.",
        rests_on=(here, base),
    )  # fmt: skip


def _leading(south: pd.DataFrame, now: Window) -> str:
    """Return looting and burning where it changed clearly, else the way of fighting with the most events."""
    compared = intervals.attempt(_of(south, "property"), now, now.before())
    if _clear(compared):
        return "property"
    return max(_SUPPLY, key=lambda way: m.count(_of(south, way), now))


# --------------------------------------------------------------------------- schools of the centre


def central_schools(r: Report) -> Figure:
    """Share of schools closed for insecurity by cercle of the centre, and when they closed."""
    if str(r.runs_to) < SURVEY:
        raise NotInEdition("The survey of schools is of 2023.", "L’enquête sur les écoles est de 2023.")
    schools = data.schools(r.data_dir)
    centre = schools[schools["region"].map(d.ZONE_OF).eq("centre")]
    closed = centre[centre["status"].eq("insecurity")]
    sums = pd.DataFrame(
        {"Closed": closed.groupby("cercle")["schools"].sum(), "Schools": centre.groupby("cercle")["schools"].sum()}
    ).fillna(0)
    sums["Share"] = sums["Closed"] / sums["Schools"]
    sums = sums.sort_values("Share", ascending=False).reset_index()
    sums["Cercle"] = sums["cercle"].map(p.cercle_name)
    table = sums[["Cercle", "Closed", "Schools", "Share"]].astype({"Closed": int, "Schools": int})
    years = closed[closed["closed"].str.isdigit()].groupby("closed")["schools"].sum()
    unread = int(closed.loc[~closed["closed"].str.isdigit(), "schools"].sum())
    top = table.loc[table["Closed"].idxmax()]
    peak = years.idxmax()
    by_year = pd.DataFrame({"Year": years.index, "Schools closed in the year": years.to_numpy()})
    chart = alt.vconcat(
        charts.bars(table, "Cercle", "Share", title="Share of schools closed", group="civilians", unit="share"),
        charts.columns(by_year, "Year", "Schools closed in the year", title="Schools", group="civilians", height=130),
    )
    told = f"{p.number(top['Closed'])} of {p.number(top['Schools'])}"
    said = f"{p.percent(top['Share'])} of schools were closed for insecurity in 2023 ({told})"
    return Figure(
        id="central-schools",
        title=p.sentence(f"in {top['Cercle']} {said}, the most of any cercle of the centre"),
        subtitle="Share of schools closed for insecurity by cercle, Mopti and Ségou, survey of 2023 (above); those schools by the "
        f"year in which they closed (below), {p.number(unread)} without a readable year",
        chart=chart,
        frame=table,
        alt=p.sentence(
            f"Bars rank {p.count(len(table), 'cercle')}, from {table['Cercle'].iloc[0]} with {p.percent(table['Share'].iloc[0])} to "
            f"{table['Cercle'].iloc[-1]} with {p.percent(table['Share'].iloc[-1])}; columns by year of closing, most in "
            f"{peak} ({p.number(int(years.max()))})"
        ),
        fr=f.words(
            title=f"à {top['Cercle']}, {f.percent(top['Share'])} des écoles étaient fermées pour cause d’insécurité en 2023 "
            f"({f.number(top['Closed'])} sur {f.number(top['Schools'])}), le plus grand nombre des cercles du centre",
            subtitle="Part des écoles fermées pour insécurité par cercle, Mopti et Ségou, enquête de 2023 (en haut) ; les mêmes selon "
            f"l’année de fermeture (en bas), {f.number(unread)} sans année lisible",
            alt=f"Des barres classent {f.count(len(table), 'cercle')}, de {table['Cercle'].iloc[0]} "
            f"({f.percent(table['Share'].iloc[0])}) à "
            f"{table['Cercle'].iloc[-1]} ({f.percent(table['Share'].iloc[-1])}) ; colonnes par année de fermeture, maximum en "
            f"{peak} ({f.number(int(years.max()))})",
        ),
        source=r.source("schools"),
        caveat="A school that had reopened by the survey is not among the closed. San, Tominian and Bla are counted within Ségou.",
    )
