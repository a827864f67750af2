"""What the chapter on the projections says of the rule behind them: the answer, its paragraphs and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers import charts, limits
from helpers import definitions as d
from helpers import french as fr
from helpers import prose as p
from helpers.audit import claims
from helpers.chapters import NotInEdition
from helpers.editions import LEAST_MONTHS, Report
from helpers.errors import NotInData
from helpers.estimates import pace
from helpers.figures import Figure
from helpers.measures.foreseen import BY_ACTOR
from helpers.page.frame import AnswerBox, Key
from helpers.story.paces import (
    HEADS,
    PROJECTED,
    RULES,
    SHARE,
    level_of,
    pace_range,
    rows_of,
)
from helpers.terms import term
from helpers.windows import MONTHS, month_name
from helpers.words import Both
from helpers.words.both import NOTHING, joined, listing


def _settled(r: Report) -> list[claims.Result]:
    return [claims.evaluate(row.id, r.tables) for row in claims.due(r) if row.outcome]


def known(r: Report) -> list[str]:
    """Return the verdicts on the projections that later months have settled; only the latest edition may tell."""
    return [x.verdict for x in _settled(r) if x.verdict != "open"] if r.edition.as_of == "latest" else []


def _answered(known: list[str], rule: Both, *, better: bool) -> Both:
    if known:
        true = known.count("borne out")
        return Both("In part: ", "En partie : ") + Both(
            f"{p.none(true)} of {p.word(len(known))} projections came true; {rule.en}.",
            f"{fr.word(true, feminine=True)} des {fr.word(len(known))} projections "
            f"{'se sont réalisées' if true > 1 else 's’est réalisée'} ; {rule.fr}.",
        )
    if better:
        return (
            Both("Roughly: ", "À peu près : ")
            + rule
            + Both(", less than saying “as last year”.", ", moins que de dire « comme l’an passé ».")
        )
    return (
        Both("Hardly: ", "Guère : ")
        + rule
        + Both(", no less than saying “as last year”.", ", pas moins que de dire « comme l’an passé ».")
    )


def _came(told: list[str], settled: int) -> Key:
    """How many of the projections whose months are over came true, and how many are not settled."""
    true, still = told.count("borne out"), settled - len(told)
    unclear = told.count("unsettled")
    return Key(
        Both(f"{p.number(true)} of {p.number(len(told))}", f"{fr.number(true)} sur {fr.number(len(told))}"),
        Both("projections of the two reports came true", "projections des deux rapports se sont réalisées"),
        Both(
            f"{p.number(unclear + still)} not settled" if unclear + still else "none still open",
            f"{fr.number(unclear + still)} non tranchée" + "s" * (unclear + still > 1)
            if unclear + still
            else "aucune en suspens",
        ),
        subject=Both(
            "Projections of the two reports that came true",
            "Projections des deux rapports qui se sont réalisées",
        ),
    )


def _tried(judged: pd.DataFrame, forecasts: int) -> Both:
    """Say which half-years a mean miss is of: those for which the other rules could be worked out too."""
    first = int(judged.dropna(subset=list(RULES))["window"].iloc[0][-4:])
    return Both(
        f"mean of {p.count(forecasts, 'half-year')} from {first} on, the first with 12 months before them",
        f"moyenne de {fr.count(forecasts, 'semestre')} depuis {first}, les premiers à avoir 12 mois avant eux",
    )


def answer(r: Report) -> AnswerBox:
    """Could anyone have known? Chosen by whether later months may be told, and by the rule against the year before."""
    judged = pace.history(r)
    skill, naive = pace.skill(judged, "pace"), pace.skill(judged, "naive")
    misses = judged["pace_error"].dropna()
    near = int(misses.abs().le(pace.WITHIN).sum())
    miss = Both(p.percent(skill.error), fr.percent(skill.error))
    told = known(r)
    what = BY_ACTOR["events"].brief
    rule = Both(
        f"doubling half a year’s {what.en} misses the whole year’s by {miss.en} on average",
        f"doubler les {what.fr} d’un semestre, c’est se tromper en moyenne de {miss.fr} sur l’année",
    )
    text = _answered(told, rule, better=skill.error < naive.error)
    high, low = int(misses.gt(0).sum()), int(misses.lt(0).sum())
    whole = _tried(judged, skill.forecasts)
    keys = [
        Key(
            miss,
            Both(
                f"average miss of a year’s {what.en}, told from half of it",
                f"écart moyen sur les {what.fr} d’une année, d’après un semestre",
            ),
            Both(
                f"{p.percent(naive.error)} for “as the 12 months before”; {whole.en}",
                f"{fr.percent(naive.error)} pour « comme les 12 mois précédents » ; {whole.fr}",
            ),
            subject=Both(
                f"A pace told from half a year: its average miss of the year’s {what.en}",
                f"Rythme établi sur un semestre : son écart moyen sur les {what.fr} de l’année",
            ),
        ),
        Key(
            Both(f"{p.number(near)} of {p.number(len(misses))}", f"{fr.number(near)} sur {fr.number(len(misses))}"),
            Both(
                f"half-years told these events of their 12 months within {p.percent(pace.WITHIN)}",
                f"semestres annonçaient, à {fr.percent(pace.WITHIN)} près, le total de leurs 12 mois",
            ),
            Both(
                f"of all {p.number(len(misses))}, {p.word(high)} pointed too high and {p.word(low)} too low",
                f"sur les {fr.number(len(misses))}, {fr.word(high)} visaient trop haut et {fr.word(low)} trop bas",
            ),
            subject=Both(
                f"Half-years whose pace told the {what.en} of their 12 months within {p.percent(pace.WITHIN)}",
                f"Semestres dont le rythme annonçait, à {fr.percent(pace.WITHIN)} près, les {what.fr} de leurs 12 mois",
            ),
        ),
    ]
    if told:
        keys.append(_came(told, len(_settled(r))))
    return AnswerBox(Both("Could anyone have known?", "Pouvait-on le savoir ?"), text, keys)


# --------------------------------------------------------------------------- the rule


def the_rule(r: Report) -> Both:
    """How far the pace missed each series, and for which of them another rule did better."""
    judged = {name: pace.history(r, name) for name in BY_ACTOR}
    scores = {name: {rule: pace.skill(table, rule).error for rule in RULES} for name, table in judged.items()}
    known = {name: one for name, one in scores.items() if one["pace"] == one["pace"]}
    missed = listing(
        Both(
            f"{BY_ACTOR[name].brief.en} by {p.percent(one['pace'])}",
            f"de {fr.percent(one['pace'])} sur les {BY_ACTOR[name].brief.fr}",
        )
        for name, one in known.items()
    )
    kept = [name for name, one in known.items() if min(one, key=one.__getitem__) == "pace"]
    text = Both(
        f"Told from half a year, the pace missed {missed.en} on average.",
        f"Établi sur un semestre, le rythme s’est trompé en moyenne {missed.fr}.",
    )
    if len(kept) == len(known):
        tail = Both("No other rule did better.", "Aucune autre règle n’a fait mieux.")
    elif kept:
        said = listing(Both(BY_ACTOR[name].brief.en, f"les {BY_ACTOR[name].brief.fr}") for name in kept)
        tail = Both(
            f"It was the best of three rules for {said.en} only.",
            f"Des trois règles, il n’est le meilleur que pour {said.fr}.",
        )
    else:
        tail = Both("For each of them another rule did better.", "Pour chacun, une autre règle a fait mieux.")
    return joined([text, tail])


def _mean_is_of(judged: pd.DataFrame) -> Both:
    """Say that the mean miss leaves out the half-years before which no year is known; nothing where it leaves out none."""
    kept = judged.dropna(subset=[f"{rule}_error" for rule in RULES])
    out = len(judged.dropna(subset=["pace_error"])) - len(kept)
    if kept.empty or not out:
        return NOTHING
    mean = pace.skill(judged).error
    return Both(
        f" The mean miss of {p.percent(mean)} leaves out the first {p.word(out) if out > 1 else 'of them'}: no 12 months are known before.",
        f" L’écart moyen de {fr.percent(mean)} laisse de côté {'le premier' if out == 1 else f'les {fr.word(out)} premiers'} : "
        "les 12 mois précédents n’en sont pas connus.",
    )


def halves(r: Report) -> Figure:
    """Draw the miss of the pace of events for every half-year whose 12 months are over."""
    judged = pace.history(r)
    table = judged.dropna(subset=["pace_error"])
    frame = pd.DataFrame(
        {
            "Half-year": [f"{label[-4:]}H{1 if label.startswith(MONTHS[0]) else 2}" for label in table["window"]],
            "Twelve months": table["year"],
            "Miss": table["pace_error"],
            "Counted in the half-year": table["to_date"],
            "Pace": d.rounded(table["pace"]).astype(int),
            "What came": table["realised"],
            "Too high": table["pace_error"].gt(0),
        }
    ).reset_index(drop=True)
    limits.held(not frame.empty, "half-year whose 12 months are over", "aucun semestre dont les 12 mois soient écoulés")
    size = frame["Miss"].abs()
    # The last ten are as many as five years hold.
    late = size.tail(10)
    worst, best = frame.loc[size.idxmax()], frame.loc[size.idxmin()]
    return Figure(
        id="outlook-halves",
        title=f"in the last {p.word(len(late))} cases, half a year told the whole with a miss of {p.percent(late.mean())}",
        subtitle="Militant Islamist events, Mali: twice the first six months over all 12, less one; above zero the "
        f"pace pointed too high. Every half-year from {r.whole.first.year} whose 12 months were over by {month_name(r.end('actors'))}",
        chart=charts.columns(frame, "Half-year", "Miss", title="Miss of the pace", unit="share", group="finding"),
        frame=frame,
        alt=f"Columns above and below zero for {p.number(len(frame))} forecasts. The largest miss is "
        f"{p.percent(abs(worst['Miss']))} for {worst['Twelve months']} ({p.number(worst['Pace'])} against "
        f"{p.number(worst['What came'])}), the smallest {p.percent(abs(best['Miss']))} for {best['Twelve months']}; "
        f"{p.number(int(frame['Miss'].gt(0).sum()))} were too high",
        fr=fr.words(
            f"dans les {fr.word(len(late))} derniers cas, un semestre a annoncé l’année avec un écart moyen de {fr.percent(late.mean())}",
            "Événements impliquant des groupes islamistes armés, Mali : deux fois les six premiers mois sur l’ensemble des 12, moins un ; au-dessus de "
            f"zéro le rythme était trop haut. Tous les semestres depuis {r.whole.first.year} dont les 12 mois étaient passés en "
            f"{fr.month_name(r.end('actors'))}",
            f"Colonnes au-dessus et au-dessous de zéro pour {fr.number(len(frame))} prévisions. Le plus grand écart est de "
            f"{fr.percent(abs(worst['Miss']))} pour {fr.relabel(worst['Twelve months'])} ({fr.number(worst['Pace'])} contre "
            f"{fr.number(worst['What came'])}), le plus petit de {fr.percent(abs(best['Miss']))} pour "
            f"{fr.relabel(best['Twelve months'])} ; {fr.number(int(frame['Miss'].gt(0).sum()))} étaient trop hautes",
        ),
        source=r.source("actors"),
        caveat=Both(
            "Neighbouring forecasts share six months, so they are not independent. The first years had few events "
            "and a war that changed course within months.",
            "Deux prévisions voisines partagent six mois : elles ne sont pas indépendantes. Les premières années "
            "ont compté peu d’événements, dans une guerre qui changeait de cours en quelques mois.",
        )
        + _mean_is_of(judged),
    )


def _ranges(r: Report, before: int, published: Mapping[str, str]) -> pd.DataFrame:
    """Return the pace of each series over the year before, with its range and, where there is one, the published level."""
    records = []
    for name, label in HEADS.items():
        reach = pace_range(r, name)
        if reach is None:
            continue
        base = reach["base"]
        records.append(
            {
                "Series": label,
                "Pace, times the year before": reach["pace"] / base,
                "Low": reach["low"] / base,
                "High": reach["high"] / base,
                "As published": level_of(published[name], base) / base if name in published else None,
                "Counted": int(reach["to_date"]),
                "Pace": reach["pace"],
                "From": int(d.round_half_up(reach["low"])),
                "To": int(d.round_half_up(reach["high"])),
                f"Year {before}": int(base),
                "Past forecasts": int(reach["past"]),
            }
        )
    return pd.DataFrame(records)


def _told(row: Mapping[str, Any], before: int) -> Both:
    """Say a series' pace and range, the year before, and the published level where there is one."""
    base, level = row[f"Year {before}"], row.get("As published")
    told = Both(
        f"{row['Series']}, pace {p.number(row['Pace'])}, range {p.spread(row['From'], row['To'])}, {p.number(base)} in {before}",
        f"{term(row['Series'])}, rythme {fr.number(row['Pace'])}, étendue {fr.spread(row['From'], row['To'])}, {fr.number(base)} "
        f"en {before}",
    )
    if level is None or pd.isna(level):
        return told
    return told + Both(f", published {p.number(level * base)}", f", publié {fr.number(level * base)}")


def ranges(r: Report) -> Figure:
    """Draw the year's pace with the range in which it would end, had it erred as before."""
    now = r.year_to_date
    if r.as_of.month < LEAST_MONTHS:
        raise NotInEdition(
            f"Fewer than {p.word(LEAST_MONTHS)} months of {r.as_of.year} are known by actor: too few to project it.",
            f"Moins de {fr.word(LEAST_MONTHS)} mois de {r.as_of.year} sont connus par acteur : trop peu pour en projeter la suite.",
        )
    if now.months == 12:
        raise NotInEdition(
            f"The year {now.label} is complete in this edition: nothing of it is left to project.",
            f"L’année {now.label} est complète dans cette édition : il n’en reste rien à projeter.",
        )
    before = now.first.year - 1
    published = {
        name: claim_id for claim_id, name in PROJECTED.items() if claims.claim(claim_id).report == r.edition.report
    }
    frame = _ranges(r, before, published)
    if frame.empty:
        raise NotInData(*limits.NO_PAST)
    frame = frame if published else frame.drop(columns="As published")
    events = frame.iloc[0]
    left_out = [BY_ACTOR[name].brief for name, label in HEADS.items() if label not in set(frame["Series"])]
    told = [_told(row, before) for row in rows_of(frame)]
    return Figure(
        id="outlook-ranges",
        title=f"{now.first.year} would end with {p.spread(events['From'], events['To'])} militant Islamist events, had its pace erred as "
        "before",
        subtitle=f"Pace of {now.label} over the whole of {before} (dot) and the range that should hold {p.percent(SHARE)} of "
        "outcomes by past errors (bar), Mali; dashed line: as many as the year before"
        + ("; tick: the published projection" if published else ""),
        chart=charts.dots(
            frame,
            "Series",
            "Pace, times the year before",
            title=f"Times the year {before}",
            unit="ratio",
            log=True,
            group="finding",
            reference="As published" if published else "",
        ),
        frame=frame,
        alt="Dots with bars: " + "; ".join(one.en for one in told),
        fr=fr.words(
            f"{now.first.year} finirait avec {fr.spread(events['From'], events['To'])} événements impliquant des groupes islamistes armés, si son rythme se "
            "trompait comme auparavant",
            f"Rythme {fr.of(fr.label(now))} rapporté à l’ensemble de {before} (point) et fourchette qui devrait contenir {fr.percent(SHARE)} des "
            "issues, d’après les erreurs passées (barre), Mali ; tireté : autant que l’année précédente"
            + (" ; trait : la projection publiée" if published else ""),
            "Points avec barres : " + " ; ".join(one.fr for one in told),
            {f"Times the year {before}": f"En multiple de l’année {before}", f"Year {before}": f"Année {before}"}
            | {name: fr.upper(term(name)) for name in frame["Series"]},
        ),
        rests_on=[events["Counted"]],
        source=r.source("actors"),
        caveat=joined([_how_it_erred(frame["Past forecasts"].min()), _left_out(left_out) if left_out else None]),
    )


def _how_it_erred(forecasts: int) -> Both:
    return Both(
        f"The range says how the rule has erred ({p.number(forecasts)} past forecasts or more for each series), not what will "
        "happen.",
        f"L’étendue dit comment la règle s’est trompée ({fr.number(forecasts)} prévisions passées ou plus par série), non ce "
        "qui arrivera.",
    )


def _left_out(series: list[Both]) -> Both:
    """Name the series that have too few events or past forecasts for a range."""
    named = listing(series)
    return Both(
        f"Left out, for want of events or of past forecasts: {named.en}.",
        f"Laissés de côté, faute d’événements ou de prévisions passées : {named.fr}.",
    )


def in_range(r: Report) -> Both | None:
    """Where the edition's own report put its numbers, against the range of past errors."""
    parts = []
    for claim_id, name in PROJECTED.items():
        if claims.claim(claim_id).report != r.edition.report:
            continue
        found = pace_range(r, name)
        if found is None:
            continue
        level = level_of(claim_id, found["base"])
        where = (
            Both("below", "sous")
            if level < found["low"]
            else Both("above", "au-dessus de")
            if level > found["high"]
            else Both("inside", "dans")
        )
        low, high = found["low"], found["high"]
        parts.append(
            Both(
                f"the {p.number(level)} {BY_ACTOR[name].brief.en} of {claim_id} lie {where.en} the range of {p.spread(low, high)}",
                f"les {fr.number(level)} {BY_ACTOR[name].brief.fr} de {claim_id} sont {where.fr} l’étendue de {fr.spread(low, high)}",
            )
        )
    return listing(parts).sentence() if parts else None
