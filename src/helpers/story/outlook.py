"""Figures and sentences of the chapter on what was foreseen and what came."""

from __future__ import annotations

import pandas as pd

from helpers import charts, data
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims, pace
from helpers.chapters import NotInEdition, chronology_table
from helpers.editions import LEAST_MONTHS, Report, listed
from helpers.estimates import intervals
from helpers.figures import Figure, KeyFigure, KeyFigures, Table
from helpers.terms import term
from helpers.windows import MONTHS, Window, complete_years, month, month_name, window, year

RULES = {"pace": "Pace", "naive": "Year before", "rest": "Mix of both"}
"""The rules of `helpers.audit.pace`, as short as a chart's labels must be; the page explains them."""
RULE_COLOURS = {"accent": RULES["pace"], "neutral": RULES["naive"], "international": RULES["rest"]}
SERIES = {"events": "Events", "deaths": "Deaths", "vac": "Attacks on civilians", "bamako": "Around Bamako"}
NOUNS = {
    "events": "militant Islamist events",
    "deaths": "deaths in militant Islamist events",
    "vac": "attacks on civilians",
    "bamako": "events around Bamako",
}
NOUNS_FR = {
    "events": "événements islamistes militants",
    "deaths": "morts d’événements islamistes militants",
    "vac": "attaques contre des civils",
    "bamako": "événements autour de Bamako",
}
UNITS = {"events": "Events", "deaths": "Deaths", "vac": "Attacks", "bamako": "Events"}

PROJECTED = {"R22-03": "deaths", "R22-10": "bamako", "R23-01": "events"}
"""Projections that published a number, and the series they speak of."""

SHARE = 0.8
"""Share of past forecasts that a range covers: with ten of them, a wider one would be their extremes."""

ENOUGH = 6
"""Past forecasts that a range needs at least."""

_SMALL = f"Most of these counts lie below {d.SMALL_COUNT}: one event more or less moves them visibly."


def _told(months: int) -> str:
    return "half a year" if months == 6 else f"{p.word(months)} months"


def _told_fr(months: int) -> str:
    return "un semestre" if months == 6 else f"{fr.word(months)} mois"


def _records(frame: pd.DataFrame) -> list[dict]:
    return frame.to_dict("records")


# --------------------------------------------------------------------------- key figures


def key_figures(r: Report) -> KeyFigures:
    """Return where the year's pace of events points, and how far past paces missed; in the latest edition, the score."""
    now = r.year_to_date
    rows, value = pace.series_rows(r.actors, "events")
    so_far, before = m.count(rows, now, value), m.count(rows, year(now.first.year - 1), value)
    label = "militant Islamist events a year at the pace of" if now.months < 12 else "militant Islamist events in"
    judged = pace.history(r)
    skill, naive = pace.skill(judged, "pace"), pace.skill(judged, "naive")
    misses = judged["pace_error"].dropna()
    made = [
        KeyFigure(
            p.number(m.pace(so_far, now.months)), f"{label} {now.label}", f"{p.number(before)} in {now.first.year - 1}"
        ),
        KeyFigure(
            p.percent(skill.error),
            "average miss of a pace of events told from half a year",
            f"{p.percent(naive.error)} for “the same as the year before”",
        ),
        KeyFigure(
            f"{p.number(int(misses.abs().le(pace.WITHIN).sum()))} of {p.number(len(misses))}",
            f"half-years since {r.whole.first.year}: their pace came within {p.percent(pace.WITHIN)} of the 12 months",
            f"{p.number(int(misses.gt(0).sum()))} pointed too high",
        ),
    ]
    # What became of a projection is later knowledge in every other edition.
    if r.edition.as_of == "latest":
        settled = [claims.evaluate(row.id, str(r.data_dir)).verdict for row in claims.due(r) if row.outcome]
        still = sum(verdict == "open" for verdict in settled)
        made.append(
            KeyFigure(
                f"{p.number(sum(verdict == 'borne out' for verdict in settled))} of {p.number(len(settled) - still)}",
                "projections of the two reports that later months settled came true",
                f"{p.number(still)} still open" if still else "",
            )
        )
    return KeyFigures(made)


# --------------------------------------------------------------------------- the rule


def _january(r: Report, name: str, months: int) -> pd.DataFrame:
    """Return the forecasts of calendar years that every rule could make."""
    table = pace.history(r, name, months)
    calendar = table[table["window"].str.startswith(MONTHS[0])]
    return calendar.dropna(subset=list(RULES)).reset_index(drop=True)


def in_short(r: Report) -> str:
    """Say how good the pace was for each series, against the other rules."""
    judged = {name: pace.history(r, name) for name in pace.SERIES}
    scores = {name: {rule: pace.skill(table, rule) for rule in RULES} for name, table in judged.items()}
    events = scores["events"]
    errors = {name: {rule: one.error for rule, one in by_rule.items()} for name, by_rule in scores.items()}
    best = {name: min(RULES, key=by_rule.__getitem__) for name, by_rule in errors.items()}
    kept = [name for name in scores if best[name] == "pace"]
    rest = [name for name in scores if best[name] != "pace"]
    missed = p.listing(
        [
            f"militant Islamist events by {p.percent(events['pace'].error)} on average",
            f"the deaths in them by {p.percent(scores['deaths']['pace'].error)}",
            f"attacks on civilians by {p.percent(scores['vac']['pace'].error)}",
            f"events around Bamako by {p.percent(scores['bamako']['pace'].error)}",
        ]
    )
    parts = [
        f"told from half a year, the pace missed the 12 months' {missed} "
        f"({p.number(events['pace'].forecasts)} past forecasts of events)"
    ]
    if kept:
        words = f"of the three rules tried, it had the smallest average error for {p.listing(NOUNS[n] for n in kept)}"
    else:
        words = "for no series had it the smallest average error of the three rules tried"
    if rest:
        words += f"; for {p.listing(NOUNS[n] for n in rest)}, another rule did better"
    parts.append(words)
    high = round(events["pace"].over * events["pace"].forecasts)
    parts.append(
        f"for events it pointed too high in {p.none(high)} of the {p.word(events['pace'].forecasts)} cases and too low, or "
        "just right, in the rest"
    )
    return " ".join(p.sentence(part) for part in parts)


def halves(r: Report) -> Figure:
    """Draw the miss of the pace of events for every half-year whose 12 months are over."""
    table = pace.history(r).dropna(subset=["pace_error"])
    frame = pd.DataFrame(
        {
            "Half-year": [f"{label[-4:]}H{1 if label.startswith(MONTHS[0]) else 2}" for label in table["window"]],
            "Twelve months": table["year"],
            "Miss": table["pace_error"],
            "Counted in the half-year": table["to_date"],
            "Pace": table["pace"].round().astype(int),
            "What came": table["realised"],
            "Too high": table["pace_error"].gt(0),
        }
    ).reset_index(drop=True)
    size = frame["Miss"].abs()
    # The last ten are as many as five years hold.
    late = size.tail(10)
    near = int(size.le(pace.WITHIN).sum())
    worst, best = frame.loc[size.idxmax()], frame.loc[size.idxmin()]
    verb = "est tombé" if near else "n’est tombé"
    return Figure(
        id="outlook-halves",
        title=p.sentence(
            f"Told from half a year, the pace came within {p.percent(pace.WITHIN)} of the 12 months' events in "
            f"{p.none(near)} of {p.word(len(frame))} cases; the last {p.word(len(late))} were missed by "
            f"{p.percent(late.mean())} on average"
        ),
        subtitle="Militant Islamist events, Mali: twice the first six months over all 12, less one; above zero the "
        f"pace pointed too high. Every half-year from {r.whole.first.year} whose 12 months were over in this edition",
        chart=charts.columns(
            frame, "Half-year", "Miss", title="Miss of the pace", unit="share", group="accent", highlight="Too high"
        ),
        frame=frame,
        alt=p.sentence(
            f"Columns above and below zero for {p.number(len(frame))} forecasts. The largest miss is "
            f"{p.percent(abs(worst['Miss']))} for {worst['Twelve months']} ({p.number(worst['Pace'])} against "
            f"{p.number(worst['What came'])}), the smallest {p.percent(abs(best['Miss']))} for {best['Twelve months']}; "
            f"{p.number(int(frame['Miss'].gt(0).sum()))} were too high"
        ),
        fr=fr.words(
            f"Établi sur un semestre, le rythme {verb} juste, à {fr.percent(pace.WITHIN)} près, pour les événements des 12 mois dans "
            f"{fr.word(near)} cas sur {fr.word(len(frame))} ; les {fr.word(len(late))} derniers ont été manqués de "
            f"{fr.percent(late.mean())} en moyenne",
            "Événements islamistes militants, Mali : deux fois les six premiers mois sur l’ensemble des 12, moins un ; au-dessus de "
            f"zéro le rythme était trop haut. Tous les semestres depuis {r.whole.first.year} dont les 12 mois étaient passés dans "
            "cette édition",
            f"Colonnes au-dessus et au-dessous de zéro pour {fr.number(len(frame))} prévisions. Le plus grand écart est de "
            f"{fr.percent(abs(worst['Miss']))} pour {fr.relabel(worst['Twelve months'])} ({fr.number(worst['Pace'])} contre "
            f"{fr.number(worst['What came'])}), le plus petit de {fr.percent(abs(best['Miss']))} pour "
            f"{fr.relabel(best['Twelve months'])} ; {fr.number(int(frame['Miss'].gt(0).sum()))} étaient trop hautes",
        ),
        source=r.source("actors"),
        caveat="Neighbouring forecasts share six months, so they are not independent. The first years had few events "
        "and a war that changed course within months.",
    )


def _years(r: Report, name: str, months: int) -> Figure:
    table = _january(r, name, months)
    if table.empty:
        raise NotInEdition(f"No year is complete enough to judge a forecast of {NOUNS[name]}.")
    unit = UNITS[name]
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "Year": table["year"],
                    "Rule": label,
                    f"Forecast {unit.lower()}": table[rule],
                    "What came": table["realised"],
                }
            )
            for rule, label in RULES.items()
        ],
        ignore_index=True,
    ).sort_values("Year", kind="stable", ignore_index=True)
    value = f"Forecast {unit.lower()}"
    gaps = pd.DataFrame({rule: (table[rule] - table["realised"]).abs() for rule in RULES})
    first = int(gaps["pace"].le(gaps.min(axis=1)).sum())
    worst = table.loc[gaps["pace"].idxmax()]
    last = table.iloc[-1]
    when = f"January-{MONTHS[months - 1]}"
    return Figure(
        id=f"outlook-years-{name}",
        title=p.sentence(
            f"Told from {when}, the pace came nearest to the year's {NOUNS[name]}, alone or level with another rule, in "
            f"{p.none(first)} of {p.word(len(table))} years"
        ),
        subtitle=f"{_place(name)}: what each of three rules said at the end of {MONTHS[months - 1]} (dots) and what the "
        f"year came to (tick), {table['year'].iloc[0]}-{table['year'].iloc[-1]}",
        chart=charts.moments(
            frame, "Year", value, value, value, title=unit, reference="What came", by="Rule", colours=RULE_COLOURS
        ),
        frame=frame,
        alt=p.sentence(
            f"Three dots and a tick for each of {p.count(len(table), 'year')}. In {last['year']} the pace said "
            f"{p.number(last['pace'])}, the year before gave {p.number(last['naive'])}, the mix of both "
            f"{p.number(last['rest'])}; {p.number(last['realised'])} came. The pace missed most in {worst['year']}, with "
            f"{p.number(worst['pace'])} for {p.number(worst['realised'])}"
        ),
        fr=fr.words(
            f"Établi sur janvier-{fr.MONTHS[months - 1]}, le rythme {'a' if first else 'n’a'} été le plus proche des "
            f"{NOUNS_FR[name]} de l’année, seul ou à égalité avec une autre règle, dans "
            f"{fr.count(first, 'année', feminine=True)} sur {fr.word(len(table))}",
            f"{_place_fr(name)} : ce que disait chacune de trois règles à la fin {fr.of(fr.MONTHS[months - 1])} (points) et ce que "
            f"l’année a donné (trait), {table['year'].iloc[0]}-{table['year'].iloc[-1]}",
            f"Trois points et un trait pour chaque année, {fr.count(len(table), 'année', feminine=True)} en tout. En {last['year']}, "
            f"le rythme disait {fr.number(last['pace'])}, l’année d’avant donnait {fr.number(last['naive'])}, le mélange des deux "
            f"{fr.number(last['rest'])} ; il y en a eu {fr.number(last['realised'])}. Le rythme s’est le plus trompé en "
            f"{worst['year']}, avec {fr.number(worst['pace'])} pour {fr.number(worst['realised'])}",
        ),
        source=r.source("actors"),
        caveat=_SMALL if table["realised"].median() < d.SMALL_COUNT else "",
    )


def _place(name: str) -> str:
    return {
        "events": "Militant Islamist events, Mali",
        "deaths": "Deaths in militant Islamist events, Mali",
        "vac": "Attacks on civilians by militant Islamists, Mali",
        "bamako": f"Militant Islamist events within {d.BAMAKO_RADIUS_KM} km of Bamako",
    }[name]


def _place_fr(name: str) -> str:
    return {
        "events": "Événements islamistes militants, Mali",
        "deaths": "Morts dans les événements islamistes militants, Mali",
        "vac": "Attaques contre des civils par les groupes islamistes militants, Mali",
        "bamako": f"Événements islamistes militants à moins de {d.BAMAKO_RADIUS_KM} km de Bamako",
    }[name]


def years_events(r: Report) -> Figure:
    """Forecasts of a year's events from its first half, by three rules, and what came."""
    return _years(r, "events", 6)


def years_deaths(r: Report) -> Figure:
    """Forecasts of a year's deaths from its first eight months, by three rules, and what came."""
    return _years(r, "deaths", 8)


def years_vac(r: Report) -> Figure:
    """Forecasts of a year's attacks on civilians from its first half, by three rules, and what came."""
    return _years(r, "vac", 6)


def years_bamako(r: Report) -> Figure:
    """Forecasts of a year's events around Bamako from its first eight months, by three rules, and what came."""
    return _years(r, "bamako", 8)


def told_deaths(r: Report) -> str:
    """Say how good the pace of deaths was after eight months."""
    return f"{pace.sentence(r, 'deaths', 8)} {known_part(r, 'deaths', 8)}"


def told_bamako(r: Report) -> str:
    """Say how good the pace of events around Bamako was after eight months."""
    return pace.sentence(r, "bamako", 8)


def known_part(r: Report, name: str, months: int) -> str:
    """Say how large the miss is against the months that were still to come, the only ones forecast."""
    table = _january(r, name, months)
    came, known = int(table["realised"].sum()), int(table["to_date"].sum())
    if came == known:
        return ""
    missed = float((table["pace"] - table["realised"]).abs().sum())
    return p.sentence(
        f"by the end of {MONTHS[months - 1]}, {p.percent(known / came)} of the years' {NOUNS[name]} were already "
        f"counted, and a forecast cannot miss those: all misses together are {p.percent(missed / came)} of the whole "
        f"toll and {p.percent(missed / (came - known))} of that of the months then still to come"
    )


def _errors(r: Report, months: int) -> Figure:
    table = pace.skills(r, months)
    named = {words: SERIES[name] for name, words in pace.SERIES.items()}
    frame = pd.DataFrame(
        {
            "Forecast": table["series"].map(named) + ": " + table["rule"].map(RULES).str.lower(),
            "Rule": table["rule"].map(RULES),
            "Mean miss": table["error"],
            "Median miss": table["median"],
            f"Within {p.percent(pace.WITHIN)}": table["within"],
            "Too high": table["over"],
            "Forecasts": table["forecasts"],
        }
    )
    wide = table.pivot(index="series", columns="rule", values="error")
    lead = int(wide["pace"].le(wide.min(axis=1)).sum())
    largest, smallest = wide["pace"].idxmax(), wide["pace"].idxmin()
    few = int(table["forecasts"].min())

    def missed(words: str) -> str:
        return f"{fr.percent(wide.loc[words, 'pace'])} ({term(SERIES[_key(words)])})"

    return Figure(
        id="outlook-errors-half" if months == 6 else f"outlook-errors-{months}",
        title=p.sentence(
            f"Told from {_told(months)}, the pace had the smallest average miss of three rules for {p.none(lead)} of "
            f"{p.word(len(wide))} series: from {p.percent(wide['pace'].min())} ({_lower(SERIES[_key(smallest)])}) to "
            f"{p.percent(wide['pace'].max())} ({_lower(SERIES[_key(largest)])})"
        ),
        subtitle="Mean absolute miss as a share of what came, by series and rule, Mali; "
        + (
            "all half-years from 2012 whose 12 months were over in this edition"
            if months == 6
            else "calendar years from 2012 that were over in this edition"
        ),
        chart=charts.bars(
            frame,
            "Forecast",
            "Mean miss",
            title="Mean miss",
            unit="share",
            by="Rule",
            colours=RULE_COLOURS,
            tips=["Median miss", "Forecasts"],
        ),
        frame=frame,
        alt=p.sentence(
            "Bars in groups of three. "
            + "; ".join(
                f"{SERIES[name]}: pace {p.percent(wide.loc[words, 'pace'])}, year before "
                f"{p.percent(wide.loc[words, 'naive'])}, mix of both {p.percent(wide.loc[words, 'rest'])}"
                for name, words in pace.SERIES.items()
            )
        ),
        fr=fr.words(
            f"Établi sur {_told_fr(months)}, le rythme {'a' if lead else 'n’a'} eu le plus petit écart moyen de trois règles pour "
            f"{fr.count(lead, 'série', feminine=True)} sur {fr.word(len(wide))} : de {missed(smallest)} à {missed(largest)}",
            "Écart absolu moyen en part de ce qui est venu, par série et par règle, Mali ; "
            + (
                "tous les semestres depuis 2012 dont les 12 mois étaient passés dans cette édition"
                if months == 6
                else "années civiles depuis 2012 achevées dans cette édition"
            ),
            "Barres par groupes de trois : "
            + " ; ".join(
                f"{term(SERIES[name])} : rythme {fr.percent(wide.loc[words, 'pace'])}, année d’avant "
                f"{fr.percent(wide.loc[words, 'naive'])}, mélange des deux {fr.percent(wide.loc[words, 'rest'])}"
                for name, words in pace.SERIES.items()
            ),
        ),
        source=r.source("actors"),
        caveat=f"Each mean rests on {p.spread(few, int(table['forecasts'].max()))} forecasts, and one wild year weighs "
        "much in it; the table gives the median too.",
    )


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]


def _key(words: str) -> str:
    return next(name for name, said in pace.SERIES.items() if said == words)


def errors_half(r: Report) -> Figure:
    """Average misses told from half a year, by rule and series."""
    return _errors(r, 6)


def errors_eight(r: Report) -> Figure:
    """Average misses told from eight months, by rule and series."""
    return _errors(r, 8)


# --------------------------------------------------------------------------- what past errors say


def _figure(claim_id: str) -> claims.Published:
    return next(f for f in claims.claim(claim_id).figures if f.quantity == "pace")


def _level(claim_id: str, base: float) -> float:
    """Return a published projection as a level: a change is applied to the year before."""
    figure = _figure(claim_id)
    assert figure.published is not None
    return base * (1 + figure.published / 100) if figure.unit == "percent" else figure.published


def _reach(r: Report, name: str) -> dict[str, float] | None:
    """Return the pace of the year to date with the range past errors put on it; None where nothing can be said."""
    now = r.year_to_date
    rows, value = pace.series_rows(r.actors, name)
    base, to_date = m.count(rows, year(now.first.year - 1), value), m.count(rows, now, value)
    past = pace.history(r, name, now.months)
    judged = int((past["pace"] > 0).sum())
    if not base or not to_date or judged < ENOUGH:
        return None
    forecast = m.pace(to_date, now.months)
    band = pace.band(past, forecast, SHARE)
    return {"to_date": to_date, "pace": forecast, "low": band.low, "high": band.high, "base": base, "past": judged}


def ranges(r: Report) -> Figure:
    """Draw the year's pace with the range in which it would end, had it erred as before."""
    now = r.year_to_date
    if r.as_of.month < LEAST_MONTHS:
        raise NotInEdition(
            f"Fewer than {p.word(LEAST_MONTHS)} months of {r.as_of.year} are known by actor: too few to project it."
        )
    if now.months == 12:
        raise NotInEdition(f"The year {now.label} is complete in this edition: nothing of it is left to project.")
    before = now.first.year - 1
    published = {
        name: claim_id for claim_id, name in PROJECTED.items() if claims.claim(claim_id).report == r.edition.report
    }
    records = []
    for name, label in SERIES.items():
        reach = _reach(r, name)
        if reach is None:
            continue
        base = reach["base"]
        records.append(
            {
                "Series": label,
                "Pace, times the year before": reach["pace"] / base,
                "Low": reach["low"] / base,
                "High": reach["high"] / base,
                "As published": _level(published[name], base) / base if name in published else None,
                "Counted": int(reach["to_date"]),
                "Pace": reach["pace"],
                "From": round(reach["low"]),
                "To": round(reach["high"]),
                f"Year {before}": int(base),
                "Past forecasts": int(reach["past"]),
            }
        )
    frame = pd.DataFrame(records)
    named = "As published" if published else ""
    frame = frame if published else frame.drop(columns="As published")
    events = frame.iloc[0]
    few = int(frame["Past forecasts"].min())
    left_out = [NOUNS[name] for name, label in SERIES.items() if label not in set(frame["Series"])]
    span_fr = fr.label(now)
    return Figure(
        id="outlook-ranges",
        title=p.sentence(
            f"Had the pace of {now.label} ({p.number(events['Pace'])} events a year) erred as before, "
            f"{now.first.year} would end with {p.spread(events['From'], events['To'])} militant Islamist events, after "
            f"{p.number(events[f'Year {before}'])} in {before}"
        ),
        subtitle=f"Pace of {now.label} over the whole of {before} (dot) and the range that {p.percent(SHARE)} of past "
        "errors would give (bar), Mali; dashed line: as many as the year before"
        + ("; tick: the published projection" if published else ""),
        chart=charts.dots(
            frame,
            "Series",
            "Pace, times the year before",
            "Low",
            "High",
            title=f"Times the year {before}",
            unit="ratio",
            log=True,
            group="accent",
            reference=named,
        ),
        frame=frame,
        alt=p.sentence(
            "Dots with bars: "
            + "; ".join(
                f"{row['Series']}, pace {p.number(row['Pace'])}, range {p.spread(row['From'], row['To'])}, "
                f"{p.number(row[f'Year {before}'])} in {before}"
                + (
                    f", published {p.number(row['As published'] * row[f'Year {before}'])}"
                    if published and pd.notna(row["As published"])
                    else ""
                )
                for row in _records(frame)
            )
        ),
        fr=fr.words(
            f"Si le rythme {fr.of(span_fr)} ({fr.number(events['Pace'])} événements par an) se trompait comme auparavant, "
            f"{now.first.year} finirait avec {fr.spread(events['From'], events['To'])} événements islamistes militants, après "
            f"{fr.number(events[f'Year {before}'])} en {before}",
            f"Rythme {fr.of(span_fr)} rapporté à l’ensemble de {before} (point) et étendue que donneraient {fr.percent(SHARE)} des "
            "erreurs passées (barre), Mali ; tireté : autant que l’année d’avant"
            + (" ; trait : la projection publiée" if published else ""),
            "Points avec barres : "
            + " ; ".join(
                f"{term(row['Series'])}, rythme {fr.number(row['Pace'])}, étendue {fr.spread(row['From'], row['To'])}, "
                f"{fr.number(row[f'Year {before}'])} en {before}"
                + (
                    f", publié {fr.number(row['As published'] * row[f'Year {before}'])}"
                    if published and pd.notna(row["As published"])
                    else ""
                )
                for row in _records(frame)
            ),
        ),
        rests_on=[events["Counted"]],
        source=r.source("actors"),
        caveat=" ".join(
            [
                f"The range says how the rule has erred ({p.number(few)} past forecasts or more for each series), not what "
                "will happen.",
                *([f"The year is young: its pace rests on {p.count(now.months, 'month')}."] if now.months < 6 else []),
                *([f"Left out, for want of events or of past forecasts: {p.listing(left_out)}."] if left_out else []),
            ]
        ),
    )


def published_in_range(r: Report) -> str:
    """Say where the edition's own report put its numbers against the range of past errors."""
    parts = []
    for claim_id, name in PROJECTED.items():
        if claims.claim(claim_id).report != r.edition.report:
            continue
        reach = _reach(r, name)
        if reach is None:
            continue
        level = _level(claim_id, reach["base"])
        where = "below" if level < reach["low"] else "above" if level > reach["high"] else "inside"
        parts.append(
            f"the {p.number(level)} {NOUNS[name]} that {claim_id} stands for lie {where} the range of "
            f"{p.spread(reach['low'], reach['high'])}"
        )
    return p.sentence("; ".join(parts)) if parts else ""


# --------------------------------------------------------------------------- what happened next


def _due(r: Report, claim_id: str) -> bool:
    return claim_id in {row.id for row in claims.due(r)}


def _made(r: Report, claim_id: str) -> Report:
    return Report(claims.claim(claim_id).made_in, r.data_dir)


def score(r: Report) -> str:
    """Say how many projections made by the edition's date were borne out, and how narrowly."""
    made = [row for row in claims.due(r) if row.outcome]
    if not made:
        raise NotInEdition(
            "Neither report had been written at this edition's date: no projection had been made, and none is settled "
            "here."
        )
    results = [claims.evaluate(row.id, str(r.data_dir)) for row in made]
    verb = {
        "borne out": ("came true", "came true"),
        "mixed": ("came true in part", "came true in part"),
        "direction only": ("went the right way by the wrong size", "went the right way by the wrong size"),
        "not borne out": ("did not come true", "did not come true"),
        "open": ("is still open", "are still open"),
    }
    by = {name: [x for x in results if x.verdict == name] for name in verb}
    subject = f"of {p.count(len(made), 'projection')} made by this edition's date that later months can settle, "
    said = [f"{p.word(len(found))} {verb[name][len(found) > 1]} ({_ids(found)})" for name, found in by.items() if found]
    parts = [subject + p.listing(said)]
    if by["mixed"]:
        parts.append(
            "of the parts, "
            + p.listing(
                f"{p.word(sum(row.verdict == 'borne out' for row in x.outcomes))} of {p.word(len(x.outcomes))} of "
                f"{x.claim.id} came true"
                for x in by["mixed"]
            )
        )
    if _due(r, "R23-31"):
        parts.append("R23-31, on the collapse of the state, is a judgement that no figure settles: it is not counted")
    return " ".join(p.sentence(part) for part in parts)


def _ids(results: list[claims.Result]) -> str:
    return p.listing(x.claim.id for x in results)


def foreseen(r: Report) -> Figure | str:
    """Draw each numeric projection: as published, by the pace of its date, and what came."""
    wanted = [(claim_id, name) for claim_id, name in PROJECTED.items() if _due(r, claim_id)]
    if not wanted:
        # The sentence above says that nothing had been projected.
        return ""
    records, names_fr, years = [], [], []
    for claim_id, name in wanted:
        made = _made(r, claim_id)
        reach = _reach(made, name)
        assert reach is not None
        rows, value = pace.series_rows(r.all_actors, name)
        when = year(made.as_of.year)
        came, level = m.count(rows, when, value), _level(claim_id, reach["base"])
        shares = [number / level for number in (reach["pace"], reach["low"], reach["high"], came)]
        levels = [round(number) for number in (level, reach["pace"], reach["low"], reach["high"])]
        records.append((f"{SERIES[name]}, {when.label} ({claim_id})", *shares, *levels, came))
        names_fr.append(f"{term(SERIES[name])}, {when.label} ({claim_id})")
        years.append(when.label)
    names = ["Projection", "Pace", "Low", "High", "What came"]
    frame = pd.DataFrame(records, columns=[*names, "Published level", "Pace, level", "From", "To", "Outcome"])
    real = frame["What came"]
    above = int(real.ge(1).sum())
    inside = int(real.between(frame["Low"], frame["High"]).sum())
    changes = [claim_id for claim_id, _ in wanted if _figure(claim_id).unit == "percent"]
    floors = [claim_id for claim_id, _ in wanted if _figure(claim_id).test == "more"]
    return Figure(
        id="outlook-foreseen",
        title=p.sentence(
            f"What came reached the published level in {p.none(above)} of the {p.count(len(real), 'projection')} with a "
            f"number; it stood at {p.spread(real.min() * 100, real.max() * 100)} percent of that level"
        ),
        subtitle=f"Each projection for {p.listing(dict.fromkeys(years))} that published a number, as a multiple of that number (dashed line): the pace at the "
        f"report's date (dot) with the range of {p.percent(SHARE)} of the errors known then (bar), and what the year came "
        "to (tick)",
        chart=charts.dots(
            frame,
            "Projection",
            "Pace",
            "Low",
            "High",
            title="Times the published level",
            unit="ratio",
            log=True,
            group="accent",
            reference="What came",
        ),
        frame=frame,
        alt=p.sentence(
            f"A dot with a bar and a tick for each; {p.count(inside, 'outcome lies', 'outcomes lie')} inside the range of "
            "past errors. "
            + "; ".join(
                f"{row['Projection']}: published {p.number(row['Published level'])}, pace {p.number(row['Pace, level'])}, "
                f"came {p.number(row['Outcome'])}"
                for row in _records(frame)
            )
        ),
        fr=fr.words(
            f"Ce qui est venu {'a' if above else 'n’a'} atteint le niveau publié dans {fr.word(above, feminine=True)} des "
            f"{fr.word(len(real))} projections chiffrées ; cela fait {fr.spread(real.min() * 100, real.max() * 100)} % de ce "
            "niveau",
            f"Chaque projection chiffrée pour {fr.listing(dict.fromkeys(years))}, en multiple du nombre publié (tireté) : le rythme "
            f"à la date du rapport (point) avec l’étendue de {fr.percent(SHARE)} des erreurs connues alors (barre), et ce que "
            "l’année a donné (trait)",
            f"Un point avec une barre et un trait pour chacune ; {fr.count(inside, 'résultat')} dans l’étendue des erreurs passées ; "
            + " ; ".join(
                f"{name} : publié {fr.number(row['Published level'])}, rythme {fr.number(row['Pace, level'])}, venu "
                f"{fr.number(row['Outcome'])}"
                for name, row in zip(names_fr, _records(frame), strict=True)
            ),
        ),
        source=r.source("actors"),
        caveat=" ".join(
            [
                *(f"{name} is published as a change; shown is the level it gives." for name in changes),
                *(f"{name} says more than its number: any tick right of the line bears it out." for name in floors),
            ]
        ),
    )


def simple_rule(r: Report) -> str:
    """Say what the simplest rule would have said where the reports' rule was used."""
    wanted = [(claim_id, name) for claim_id, name in PROJECTED.items() if _due(r, claim_id)]
    if not wanted:
        return ""
    parts, better = [], 0
    for claim_id, name in wanted:
        made = _made(r, claim_id)
        reach = _reach(made, name)
        assert reach is not None
        rows, value = pace.series_rows(r.all_actors, name)
        came = m.count(rows, year(made.as_of.year), value)
        better += abs(reach["pace"] - came) < abs(reach["base"] - came)
        parts.append(
            f"{p.number(reach['base'])} {NOUNS[name]} for {made.as_of.year} ({p.number(came)} came, the pace said "
            f"{p.number(reach['pace'])})"
        )
    cases = (
        f"{p.none(better)} of {p.word(len(wanted))} cases"
        if len(wanted) > 1
        else ("this case" if better else "no case")
    )
    return p.sentence(
        f'at the reports\' dates, "the same as the year before" would have said {p.listing(parts)}; the pace came nearer '
        f"in {cases}"
    )


def _running(r: Report, claim_id: str, where: str) -> Figure | str:
    """Draw a projected year as it filled up, beside the pace with the range of past errors."""
    if not _due(r, claim_id):
        return ""
    name = PROJECTED[claim_id]
    made = _made(r, claim_id)
    reach = _reach(made, name)
    assert reach is not None
    rows, value = pace.series_rows(r.all_actors, name)
    whole, known = year(made.as_of.year), made.as_of.month
    run = m.series(rows, whole, "month", values=[value])
    counted = run[value].cumsum().astype(float)
    level = _level(claim_id, reach["base"])
    recorded, line, goal = "Recorded", f"Pace of January-{MONTHS[known - 1]}", "Published"
    to_date = reach["to_date"]

    def ahead(end: float) -> list[float]:
        return [to_date + (end - to_date) * i / (12 - known) for i in range(13 - known)]

    months = run["period"]
    unit = UNITS[name]
    frame = pd.concat(
        [
            pd.DataFrame({"Month": months, "Line": goal, unit: level, "Low": level, "High": level}),
            pd.DataFrame(
                {
                    "Month": months.iloc[known - 1 :].to_numpy(),
                    "Line": line,
                    unit: ahead(reach["pace"]),
                    "Low": ahead(reach["low"]),
                    "High": ahead(reach["high"]),
                }
            ),
            pd.DataFrame({"Month": months, "Line": recorded, unit: counted, "Low": counted, "High": counted}),
        ],
        ignore_index=True,
    )
    frame[[unit, "Low", "High"]] = frame[[unit, "Low", "High"]].round(1)
    came = int(counted.iloc[-1])
    inside = reach["low"] <= came <= reach["high"]
    band_fr = fr.spread(reach["low"], reach["high"])
    return Figure(
        id=f"outlook-running-{name}",
        title=p.sentence(
            f"{whole.label} ended with {p.number(came)} {where}: {p.more_or_fewer(came, reach['pace'])} the pace's "
            f"{p.number(reach['pace'])}, {'inside' if inside else 'outside'} the range of past errors "
            f"({p.spread(reach['low'], reach['high'])})"
        ),
        subtitle=f"{_place(name)}: cumulative by month, {whole.label}; band: {p.percent(SHARE)} of the errors that the "
        "pace had made by the report's date; flat line: the published level",
        chart=charts.lines(
            frame,
            "Month",
            unit,
            title=f"{unit} since January",
            by="Line",
            colours={"islamist": recorded, "accent": line, "neutral": goal},
            low="Low",
            high="High",
            marks={str(made.as_of): "report"},
        ),
        frame=frame,
        alt=p.sentence(
            f"Recorded {unit.lower()} rise from {p.number(counted.iloc[0])} in January to {p.number(to_date)} in "
            f"{month_name(made.as_of)} and {p.number(came)} in December; the pace ends at {p.number(reach['pace'])}, its "
            f"band at {p.spread(reach['low'], reach['high'])}; the published level is {p.number(level)}"
        ),
        fr=fr.words(
            f"{whole.label} s’est terminée avec {fr.number(came)} {NOUNS_FR[name]} : {fr.more_or_fewer(came, reach['pace'])} les "
            f"{fr.number(reach['pace'])} du rythme, {'dans' if inside else 'hors de'} l’étendue des erreurs passées ({band_fr})",
            f"{_place_fr(name)} : cumul par mois, {whole.label} ; bande : {fr.percent(SHARE)} des erreurs que le rythme avait faites "
            "à la date du rapport ; ligne plate : le niveau publié",
            f"Les {term(unit)} recensés passent de {fr.number(counted.iloc[0])} en janvier à {fr.number(to_date)} en "
            f"{fr.month_name(made.as_of)} et {fr.number(came)} en décembre ; le rythme finit à {fr.number(reach['pace'])}, sa bande "
            f"va de {band_fr} ; le niveau publié est de {fr.number(level)}",
        ),
        source=r.source("actors"),
        caveat=f"The band rests on {p.count(int(reach['past']), 'past forecast')}.",
    )


def running_deaths(r: Report) -> Figure | str:
    """Deaths of 2022 as they were recorded, beside the projection."""
    return _running(r, "R22-03", "deaths in militant Islamist events")


def running_events(r: Report) -> Figure | str:
    """Events of 2023 as they were recorded, beside the projection."""
    return _running(r, "R23-01", "militant Islamist events")


def bamako_record(r: Report) -> Figure | str:
    """Hold every year's events around Bamako against the five years before it together."""
    if not _due(r, "R22-10"):
        return ""
    near, _ = pace.series_rows(r.all_actors, "bamako")
    last = month(str(r.all_actors["month"].max()))
    done = [when for when in complete_years(2017, last)]
    sums = [m.count(near, when) for when in done]
    five = [m.count(near, Window(when.first - 60, when.first - 1)) for when in done]
    level = "The five years before, together"
    frame = pd.DataFrame({"Year": [when.label for when in done], "Events": sums, level: five})
    frame["Above them"] = frame["Events"] > frame[level]
    above = list(frame.loc[frame["Above them"], "Year"])
    peak = frame.loc[frame["Events"].idxmax()]
    words = f"only {above[0]} had" if len(above) == 1 else f"{p.listing(above) if above else 'no year'} had"
    if len(above) == 1:
        words_fr = f"seule {above[0]} a eu"
    else:
        words_fr = f"{fr.listing(above)} ont eu" if above else "aucune n’a eu"
    return Figure(
        id="outlook-bamako-record",
        title=p.sentence(
            f"Of the years {frame['Year'].iloc[0]}-{frame['Year'].iloc[-1]}, {words} more events around Bamako than the "
            "five years before together"
        ),
        subtitle=f"Militant Islamist events within {d.BAMAKO_RADIUS_KM} km of Bamako by year (columns) and in the five "
        f"years before each, together (line); complete years up to {frame['Year'].iloc[-1]}",
        chart=charts.columns(frame, "Year", "Events", title="Events", level=level, highlight="Above them"),
        frame=frame,
        alt=p.sentence(
            "Columns with a stepped line: "
            + "; ".join(f"{row['Year']} {row['Events']} against {row[level]}" for row in _records(frame))
            + f"; the highest year is {peak['Year']} with {peak['Events']}"
        ),
        fr=fr.words(
            f"Des années {frame['Year'].iloc[0]}-{frame['Year'].iloc[-1]}, {words_fr} plus d’événements autour de Bamako que les cinq "
            "années d’avant réunies",
            f"Événements islamistes militants à moins de {d.BAMAKO_RADIUS_KM} km de Bamako par année (colonnes) et dans les cinq "
            f"années d’avant, réunies (ligne) ; années complètes jusqu’en {frame['Year'].iloc[-1]}",
            "Colonnes avec une ligne en escalier : "
            + " ; ".join(f"en {row['Year']}, {row['Events']} contre {row[level]}" for row in _records(frame))
            + f" ; l’année la plus haute est {peak['Year']} avec {peak['Events']}",
        ),
        source=r.source("actors"),
        caveat=_SMALL,
    )


BEFORE_EXIT, AFTER_EXIT, NEXT_YEAR = window("2022-07", "2023-06"), year(2024), year(2025)
"""The windows of the question `mopti_after_minusma`: here for every region."""


def exit_regions(r: Report) -> Figure | str:
    """Compare every region's political violence of 2024 with the 12 months before MINUSMA was asked to go."""
    if not _due(r, "R23-29"):
        return ""
    records, left_out = [], []
    compared: dict[str, intervals.Comparison] = {}
    for region in r.all_totals["region"].unique():
        rows = m.in_regions(r.all_totals, region)
        base, here, later = (m.count(rows, when) for when in (BEFORE_EXIT, AFTER_EXIT, NEXT_YEAR))
        if base < d.SMALL_COUNT:
            left_out.append(f"{p.region_name(region)} ({p.number(base)} to {p.number(here)})")
            continue
        compared[p.region_name(region)] = one = intervals.compare(rows, AFTER_EXIT, BEFORE_EXIT)
        records.append((p.region_name(region), one.ratio, *one.ends(), base, here, later))
    counts = [f"Events {when.label}" for when in (BEFORE_EXIT, AFTER_EXIT, NEXT_YEAR)]
    frame = pd.DataFrame(records, columns=["Region", "Ratio", *intervals.ENDS, *counts])
    frame = frame.sort_values("Ratio", ascending=False, ignore_index=True)
    up, down = int(frame["Low"].gt(1).sum()), int(frame["High"].lt(1).sum())
    rose = f"ont augmenté au-delà du hasard et des vagues d’attaques dans {fr.word(up, feminine=True)}"
    fell = f"diminué au-delà d’eux dans {fr.word(down, feminine=True)}"
    rose, fell = rose if up else f"n’{rose}", fell if down else f"n’ont {fell}"
    return Figure(
        id="outlook-exit-regions",
        title=p.sentence(
            f"From the 12 months before MINUSMA's exit to {AFTER_EXIT.label}, events rose beyond chance and bouts in {p.none(up)} of "
            f"{p.word(len(frame))} regions and fell beyond them in {p.none(down)}; in Mopti they {compared['Mopti'].moved()}"
        ),
        subtitle=f"Political-violence events of all actors, {AFTER_EXIT.label} over {BEFORE_EXIT.label}, by region (totals "
        f"by region); bars: {intervals.BARS}; dashed line: no change",
        chart=charts.dots(
            frame,
            "Region",
            "Ratio",
            "Low",
            "High",
            title="Ratio of events",
            unit="ratio",
            log=True,
            group="neutral",
            inner=intervals.INNER,
        ),
        frame=frame,
        alt=p.sentence(
            "Dots with intervals: "
            + "; ".join(
                f"{row['Region']} {p.number(row['Ratio'], 2)} ({p.spread(row['Low'], row['High'], 2)}, "
                f"{p.number(row[counts[0]])} to {p.number(row[counts[1]])} "
                "events)"
                for row in _records(frame)
            )
        ),
        fr=fr.words(
            f"Des 12 mois d’avant le départ de la MINUSMA à {fr.label(AFTER_EXIT)}, les événements {rose} des "
            f"{fr.word(len(frame))} régions et {fell} ; à Mopti ils {fr.moved_within(compared['Mopti'])}",
            f"Événements de violence politique de tous les acteurs, {fr.label(AFTER_EXIT)} sur {fr.label(BEFORE_EXIT)}, par région "
            f"(totaux par région) ; barres : {intervals.BARS_FR} ; tireté : aucun changement",
            "Points avec intervalles : "
            + " ; ".join(
                f"{row['Region']} {fr.number(row['Ratio'], 2)} ({fr.spread(row['Low'], row['High'], 2)}, "
                f"{fr.number(row[counts[0]])} à {fr.number(row[counts[1]])} événements)"
                for row in _records(frame)
            ),
        ),
        source=r.source("totals"),
        caveat="Totals name no actor. The chart shows what came after the exit, not what it caused."
        + (f" Left out, with fewer than {d.SMALL_COUNT} events before: {p.listing(left_out)}." if left_out else ""),
    )


def war_regions(r: Report) -> Figure | str:
    """Shade the deaths of the war between state and separatists by region and half-year."""
    if not _due(r, "R23-30"):
        return ""
    rows = m.between(r.all_actors, ["state", "wagner"], ["separatist"])
    last = month(str(r.all_actors["month"].max()))
    span = Window(BEFORE_EXIT.first, last)
    rows = rows[span.contains(rows["month"])]
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
        title=p.sentence(
            f"Fighting between state and separatists cost {p.number(dead)} recorded lives from {month_name(span.first)} to "
            f"{month_name(last)}, {p.percent(totals['Deaths'].iloc[0] / dead)} of them in {top}"
        ),
        subtitle="Deaths in events between state forces or Wagner and separatist groups, by region and half-year, "
        f"{frame['Half-year'].iloc[0]} to {frame['Half-year'].iloc[-1]}" + (f" (to {month_name(last)})" if cut else ""),
        chart=charts.heat(frame, "Half-year", "Region", "Deaths", title="Deaths"),
        frame=frame,
        alt=p.sentence(
            f"Grid of {p.number(len(totals))} regions and {p.number(len(half_deaths))} half-years; the highest cell is "
            f"{peak['Region']} in {peak['Half-year']} with {p.count(int(peak['Deaths']), 'death')}; by half-year "
            + ", ".join(f"{name} {p.number(value)}" for name, value in half_deaths.items())
        ),
        fr=fr.words(
            f"Les combats entre l’État et les séparatistes ont coûté {fr.number(dead)} vies recensées {fr.of(fr.month_name(span.first))} "
            f"à {fr.month_name(last)}, dont {fr.percent(totals['Deaths'].iloc[0] / dead)} dans la région {fr.of(str(top))}",
            "Morts dans les événements entre les forces de l’État ou Wagner et les groupes séparatistes, par région et par "
            f"semestre, {fr.running(frame['Half-year'].min(), frame['Half-year'].max())}"
            + (f" (jusqu’en {fr.month_name(last)})" if cut else ""),
            f"Grille de {fr.number(len(totals))} régions et {fr.number(len(half_deaths))} semestres ; la case la plus haute est "
            f"{peak['Region']}, {fr.half(peak['Half-year'])}, avec {fr.count(int(peak['Deaths']), 'mort')} ; par semestre : "
            + " ; ".join(f"{fr.half(str(name))}, {fr.number(value)}" for name, value in half_deaths.items()),
        ),
        rests_on=[dead],
        source=r.source("actors"),
        caveat="Tolls of these battles are claimed by both sides and rarely confirmed.",
    )


# --------------------------------------------------------------------------- the calendar

_LANES: dict[str, tuple[str, str]] = {
    "R23-31": ("accent", "The state and its capital"),
    "R23-29": ("centre", "Mopti and Douentza"),
    "R23-30": ("north", "War in the north"),
    "R23-11": ("separatist", "Accord and movements"),
}
"""Lanes of the calendar after the second report: the statement, its colour and its name."""


def _last_report(r: Report) -> tuple[str, str] | None:
    """Return the last report made by the edition's date, and its day."""
    made = {row.report for row in claims.due(r)}
    known = [(e.report, e.published) for e in listed() if e.report in made]
    return max(known, key=lambda item: item[1]) if known else None


def _entries(r: Report) -> tuple[pd.DataFrame, dict[str, str], str]:
    """Return the dated entries after the last report (one row a lane), the lanes' colours and the report's day."""
    last = _last_report(r)
    if last is None:
        raise NotInEdition("No projection had been made at this edition's date, so no calendar follows one.")
    report, day = last
    rows = data.chronology(r.data_dir)
    rows = rows[rows["date"] > day]
    if report == "R23":
        parts = [
            rows[rows["claims"].str.split(";").map(lambda ids, claim_id=claim_id: claim_id in ids)].assign(lane=name)
            for claim_id, (_, name) in _LANES.items()
        ]
        colours = dict(_LANES.values())
        return pd.concat(parts, ignore_index=True), colours, day
    # The first report spoke of tolls and of the south: the dated violence of the two years after it, by zone.
    until = str(month(day[:7]) + 24)
    rows = rows[rows["category"].eq("violence") & rows["region"].ne("") & (rows["date"].str[:7] <= until)]
    lanes = rows["region"].map(d.ZONE_OF).map(d.ZONE_LABELS)
    return rows.assign(lane=lanes).dropna(subset=["lane"]).reset_index(drop=True), dict(d.ZONE_LABELS), day


def calendar(r: Report) -> Figure:
    """Lay dated entries after the last report over the monthly count of political violence by zone."""
    rows, colours, day = _entries(r)
    first = month(day[:7]) + (1 if int(day[8:]) > 15 else 0)
    end = month(str(r.all_totals["month"].max()))
    if _last_report(r) != ("R23", day):
        end = min(end, month(day[:7]) + 24)
    span = Window(first, end)
    totals = r.all_totals.assign(zone=r.all_totals["region"].map(d.ZONE_OF).map(d.ZONE_LABELS))
    months = m.series(totals, span, "month", split="zone", values=["events"])
    months = months.rename(columns={"period": "Month", "zone": "Zone", "events": "Events"})[["Month", "Zone", "Events"]]
    single = rows.drop_duplicates("id")
    by_month = months.groupby("Month")["Events"].sum()
    peak = by_month.idxmax()
    early, late = Window(span.first, span.first + 11), Window(span.last - 11, span.last)
    counts = {
        zone: [m.count(totals[totals["zone"].eq(zone)], when) / m.count(totals, when) for when in (early, late)]
        for zone in d.ZONE_LABELS.values()
    }
    mover = max(counts, key=lambda zone: abs(counts[zone][1] - counts[zone][0]))
    lanes = rows["lane"].value_counts()
    present = {name: label for name, label in colours.items() if label in set(lanes.index)}
    dated = rows.assign(date=rows["date"] + "T12:00:00").rename(
        columns={"date": "Date", "lane": "About", "event": "Event"}
    )
    frame = months.pivot(index="Month", columns="Zone", values="Events").reset_index()
    frame.columns.name = None
    entries = single.groupby(single["date"].str[:7])["event"].agg("; ".join)
    frame["Dated entries"] = frame["Month"].map(entries).fillna("")
    return Figure(
        id="outlook-calendar",
        title=p.sentence(
            f"{mover} had {p.percent(counts[mover][0])} of political violence in {early.label} and "
            f"{p.percent(counts[mover][1])} in {late.label}"
        ),
        subtitle=f"Above: {p.count(len(single), 'dated entry', 'dated entries')} of the chronology on what was foreseen. Below: political-violence events of all "
        f"actors by month and zone, Mali, {span.label} (totals by region)",
        chart=charts.calendar(
            charts.timeline(dated, "Date", "About", "Event", present, tips=["source"], step=34),
            months,
            "Month",
            "Events",
            "Zone",
            {zone: d.ZONE_LABELS[zone] for zone in ("north", "centre", "south")},
        ),
        frame=frame,
        alt=p.sentence(
            "Dots in lanes, "
            + p.listing(f"{p.number(int(lanes[label]))} under {label}" for label in present.values())
            + f", over stacked columns by month: {p.number(by_month.iloc[0])} events in {month_name(span.first)}, "
            f"{p.number(by_month.iloc[-1])} in {month_name(span.last)}, the highest {p.number(by_month.max())} in "
            f"{month_name(month(peak))}"
        ),
        fr=fr.words(
            f"{term(mover)} avait {fr.percent(counts[mover][0])} de la violence politique {fr.at(fr.label(early))} et "
            f"{fr.percent(counts[mover][1])} {fr.at(fr.label(late))}",
            f"En haut : {fr.count(len(single), 'entrée datée', 'entrées datées', feminine=True)} de la chronologie sur ce qui était prévu. En bas : événements de violence politique de "
            f"tous les acteurs par mois et par zone, Mali, {fr.label(span)} (totaux par région)",
            "Points en lignes, "
            + fr.listing(f"{fr.number(int(lanes[label]))} sous « {term(label)} »" for label in present.values())
            + f", au-dessus de colonnes empilées par mois : {fr.number(by_month.iloc[0])} événements en {fr.month_name(span.first)}, "
            f"{fr.number(by_month.iloc[-1])} en {fr.month_name(span.last)}, au plus {fr.number(by_month.max())} en "
            f"{fr.month_name(peak)}",
        ),
        source=r.source("totals", "chronology"),
        caveat=("An entry that bears on two statements stands in both lanes. " if rows["id"].duplicated().any() else "")
        + "The chronology is a selection: more dots do not mean more violence. The newest months are still being revised.",
    )


def _dated(r: Report, claim_id: str, title: str) -> Table | str:
    if not _due(r, claim_id):
        return ""
    rows, _, _ = _entries(r)
    return chronology_table(rows[rows["lane"].eq(_LANES[claim_id][1])].sort_values("date"), title)


def dated_state(r: Report) -> Table | str:
    """Dated entries after the second report on the state and its capital."""
    return _dated(r, "R23-31", "After the report: dated entries on the state and its capital")


def dated_north(r: Report) -> Table | str:
    """Dated entries after the second report on the war in the north."""
    return _dated(r, "R23-30", "After the report: dated entries on war in the north")


def dated_accord(r: Report) -> Table | str:
    """Dated entries after the second report on the accord and the movements."""
    return _dated(r, "R23-11", "After the report: dated entries on the accord and the northern movements")


def dated_mopti(r: Report) -> Table | str:
    """Dated entries after the second report on Mopti and Douentza."""
    return _dated(r, "R23-29", "After the report: dated entries on Mopti and Douentza")


def state_in_numbers(r: Report) -> str:
    """Say how political violence moved after the second report, year by year, to the end of the totals."""
    if not _due(r, "R23-31"):
        return "The statement on Mali's collapse had not been made at this edition's date."
    end = month(str(r.all_totals["month"].max()))
    spans, start = [BEFORE_EXIT], BEFORE_EXIT.last + 1
    while start + 11 <= end:
        spans.append(Window(start, start + 11))
        start += 12
    events = [m.count(r.all_totals, when) for when in spans]
    deaths = [m.count(r.all_totals, when, "fatalities") for when in spans]
    followed = p.listing(
        f"{p.number(e)} with {p.number(x)} in {when.label}"
        for when, e, x in zip(spans[1:], events[1:], deaths[1:], strict=True)
    )
    words = (
        f"political violence by all sides: {p.number(events[0])} events with {p.number(deaths[0])} deaths in "
        f"{spans[0].label}; {followed}"
    )
    tail = ""
    if start <= end:
        rest = Window(start, end)
        same = rest.year_earlier()
        found = intervals.compare(r.all_totals, rest, same)
        tail = " " + p.sentence(
            f"in {rest.label}, events {found.moved()} on the same months a year earlier, from {p.number(found.before)} to "
            f"{p.number(found.now)}"
        )
    return p.sentence(words) + tail
