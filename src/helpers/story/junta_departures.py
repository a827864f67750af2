"""What followed the departures: violence in the year from a base's handover, beside the rest of Mali."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from helpers import charts, french, palette, prose
from helpers import measures as m
from helpers.charts.parts import WIDE
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.estimates import intervals
from helpers.figures import Figure
from helpers.forms import Finding, Form, figure
from helpers.story.junta_facts import knows
from helpers.story.junta_forces import sites, winding_up
from helpers.windows import MONTHS, Window, month
from helpers.words import Both, joined, judgement, names
from helpers.words.both import NOTHING, listing

_HERE, _REST = Both("Region of the base", "Région de la base"), Both("Rest of Mali", "Reste du Mali")
_LED = Both("French-led", "conduite française")
_COMPARED = Both(
    "A comparison in time, not a cause: wars moved for other reasons too, windows overlap, and totals name no actor. "
    "Faded rows did not change clearly.",
    "Une comparaison dans le temps, non une cause : la guerre a bougé pour d’autres raisons aussi, les périodes se chevauchent "
    "et les totaux ne nomment aucun acteur. Les lignes estompées ne montrent pas d’évolution nette.",
)


_SHARED = 6
"""Months between two handovers in a region, below which the years after them share more than half of their months."""


def cases(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each base its `when` and the `case` it belongs to: handovers of a region that share most of a year.

    Sites that only held the liquidation after MINUSMA's end are left out.
    """
    rows = rows[~winding_up(rows)].sort_values("date")
    rows = rows.assign(when=pd.PeriodIndex(rows["date"].str[:7], freq="M"))
    first: dict[str, pd.Period] = {}
    case = []
    for region, when in zip(rows["region"], rows["when"], strict=True):
        if region not in first or (when - first[region]).n >= _SHARED:
            first[region] = when
        case.append(first[region])
    return rows.assign(case=case)


def handovers(rows: pd.DataFrame, totals: pd.DataFrame, last: pd.Period) -> pd.DataFrame:
    """Compare the 12 months from each case's first handover with the 12 before, in its region and in the rest of Mali.

    A case is what `cases` makes one. The month of its first handover is the first of the later 12, so that no month is
    left out; none after `last` is counted. Clear rises come first, then by ratio. `kind` is the verdict on events,
    `deaths_kind` that on deaths; `held` and `deaths_held` tell whether they stand with that month counted before.
    """
    out = []
    for (first, region), group in cases(rows).groupby(["case", "region"], sort=False):
        final = group["when"].max()
        before, after = Window(first - 12, first - 1), Window(first, first + 11)
        inside = totals[totals["region"].eq(region)]
        if after.last > last or not m.count(inside, before):
            continue
        out.append(
            _compared((first, final), region, group, (inside, totals[totals["region"].ne(region)]), (after, before))
        )
    if not out:
        raise NotInEdition(
            "No handover lies 12 months or more before the end of this edition’s totals by region.",
            "Aucune rétrocession ne précède d’au moins 12 mois la fin des totaux par région de cette édition.",
        )
    found = pd.DataFrame(out)
    found["clear"] = found["kind"].isin(["rise", "fall"])
    found["ratio"] = [one.ratio for one in found["in_compared"]]
    return found.sort_values(["clear", "ratio"], ascending=[False, False], ignore_index=True)


def _span(first: pd.Period, last: pd.Period) -> Both:
    """Write the months of a case: `Oct 2021`, `Oct-Nov 2021`, `Dec 2021-Apr 2022`."""
    a, b = MONTHS[first.month - 1][:3], MONTHS[last.month - 1][:3]
    if first == last:
        return Both(f"{a} {first.year}", french.month_name(first))
    en = f"{a}-{b} {last.year}" if first.year == last.year else f"{a} {first.year}-{b} {last.year}"
    return Both(en, f"{french.month_name(first)} à {french.month_name(last)}")


def _compared(
    case: tuple[pd.Period, pd.Period],
    region: str,
    group: pd.DataFrame,
    parts: tuple[pd.DataFrame, pd.DataFrame],
    windows: tuple[Window, Window],
) -> dict[str, Any]:
    after, before = windows
    moved = Window(after.first + 1, after.last + 1), Window(before.first + 1, before.last + 1)
    who = [Both(name, name) if name == "MINUSMA" else _LED for name in group["mission"]]
    led = listing(dict.fromkeys(sorted(who, key=lambda one: one.en)))
    shown = prose.region_name(region)
    record: dict[str, Any] = {
        "label": f"{shown}, {_span(*case).en} ({led.en})",
        "label_fr": f"{shown}, {_span(*case).fr} ({led.fr})",
        "bases": ", ".join(dict.fromkeys(group["place"])),
        "region": shown,
        "month": case[0],
    }
    for name, part in zip(("in", "rest"), parts, strict=True):
        record[f"{name}_before"], record[f"{name}_after"] = m.count(part, before), m.count(part, after)
        record[f"{name}_compared"] = intervals.compare(part, after, before)
    deaths = m.count(parts[0], before, "fatalities"), m.count(parts[0], after, "fatalities")
    record["deaths_before"], record["deaths_after"] = deaths
    for name, value in (("", "events"), ("deaths_", "fatalities")):
        # As it is, and with the first month counted before.
        kinds = [intervals.verdict(intervals.attempt(parts[0], *one, value)) for one in (windows, moved)]
        record[f"{name}kind"], record[f"{name}held"] = kinds[0], kinds[0] == kinds[1]
    return record


def _table(found: pd.DataFrame) -> pd.DataFrame:
    records = []
    for row in found.itertuples():
        for where, one in ((_HERE.en, row.in_compared), (_REST.en, row.rest_compared)):
            said = judgement.LABELS[row.kind].en if where == _HERE.en else ""
            records.append((row.label, where, one.ratio, *one.ends()[:2], one.before, one.now, said, row.bases))
    columns = ["Handover", "Where", "Ratio", "Low", "High", "Events before", "Events after", "Judgement", "Bases"]
    return pd.DataFrame(records, columns=columns)


def _chart(table: pd.DataFrame, clear: dict[str, bool]) -> Any:
    """Draw the region of the base full and the rest of Mali hollow, rows without a clear change pale."""
    frame = table.assign(here=table["Where"].eq(_HERE.en), clear=table["Handover"].map(clear))
    # The axis ends at a tick beyond the longest interval, so that none seems cut at the edge.
    ticks = charts.MULTIPLES
    low, high = float(frame["Low"].min()) / 1.3, float(frame["High"].max()) * 1.3
    ends = [max((t for t in ticks if t <= low), default=low), min((t for t in ticks if t >= high), default=high)]
    scale = alt.Scale(type="log", nice=False, domain=ends, clamp=True)
    axis = alt.Axis(format=".1~f", values=charts.ratio_ticks(*ends))
    x = alt.X("Ratio:Q", title="Events after, as a multiple of before", scale=scale, axis=axis)
    colours = alt.Scale(domain=[_HERE.en, _REST.en], range=[palette.INK, palette.colour("neutral")])
    fills = alt.Scale(domain=[_HERE.en, _REST.en], range=[palette.INK, palette.PAPER])
    base = alt.Chart(frame).encode(
        y=charts.names("Handover", grid=True),
        opacity=alt.condition("datum.clear", alt.value(1), alt.value(0.65)),
        tooltip=[
            alt.Tooltip("Handover:N"), alt.Tooltip("Where:N"), alt.Tooltip("Bases:N"),
            alt.Tooltip("Events before:Q", format=",.0f"), alt.Tooltip("Events after:Q", format=",.0f"),
        ],
    )  # fmt: skip
    stroke = alt.Stroke("Where:N", scale=colours, title=None, legend=alt.Legend(orient="top"))
    span = base.transform_filter("datum.here").mark_rule(strokeWidth=3).encode(
        x=alt.X("Low:Q", scale=scale, axis=axis, title="Events after, as a multiple of before"), x2="High:Q", stroke=stroke
    )  # fmt: skip
    fill = alt.Fill("Where:N", scale=fills, title=None, legend=alt.Legend(orient="top"))
    point = base.mark_point(size=80, strokeWidth=2).encode(x=x, stroke=stroke, fill=fill)
    even = alt.Chart(pd.DataFrame({"Ratio": [1.0]})).mark_rule(strokeDash=[4, 3], color=palette.MUTED).encode(x=x)
    height = max(110, 26 * frame["Handover"].nunique() + 30)
    return alt.layer(even, span, point).properties(width=WIDE, height=height)


def _title(found: pd.DataFrame) -> Both:
    """Count the clear rises, and name the handover after which violence rose most."""
    up = found[found["kind"].eq("rise")]
    count = len(found)
    if up.empty:
        return Both(
            f"Events clearly rose nowhere in the 12 months from {prose.count(count, 'handover')}",
            f"Les événements n’ont nettement augmenté nulle part dans les 12 mois à compter de {french.count(count, 'rétrocession', feminine=True)}",
        ) if count > 1 else Both(
            "Events did not clearly rise in the 12 months from the handover",
            "Les événements n’ont pas nettement augmenté dans les 12 mois à compter de la rétrocession",
        )  # fmt: skip
    top = up.iloc[0]["region"]
    most = Both(f", most in {top}", f", surtout à {top}") if len(up) > 1 else Both(f", in {top}", f", à {top}")
    part = Both(prose.word(len(up)), french.word(len(up), feminine=True))
    return Both(
        f"Events clearly rose in the 12 months from {part.en} of {prose.count(count, 'handover')}{most.en}",
        f"Sur {french.count(count, 'rétrocession', feminine=True)}, {part.fr} {'ont été suivies' if len(up) > 1 else 'a été suivie'} "
        f"d’une nette hausse des événements dans les 12 mois{most.fr}",
    )


def _compare(r: Report, rows: pd.DataFrame, totals: pd.DataFrame, ident: str) -> Figure:
    last = month(str(totals["month"].max()))
    found = handovers(rows, totals, last)
    table = _table(found)
    words = dict(zip(found["label"], found["label_fr"], strict=True)) | {_HERE.en: _HERE.fr, _REST.en: _REST.fr}
    words |= {label.en: label.fr for label in judgement.LABELS.values()} | {
        "Handover": "Rétrocession",
        "Where": "Où",
        "Ratio": "Rapport",
        "Low": "Bas",
        "High": "Haut",
        "Events before": "Événements avant",
        "Events after": "Événements après",
        "Judgement": "Appréciation",
        "Bases": "Bases",
        "Events after, as a multiple of before": "Événements après, en multiple des précédents",
    }
    to, first, newest = (names.prose_month(when) for when in (last, found["month"].min(), found["month"].max()))
    said = joined(
        (
            Both(
                f"{row.label} {row.in_before} before and {row.in_after} after, rest of Mali {prose.times(row.rest_compared.ratio)}",
                f"{row.label_fr} {row.in_before} avant et {row.in_after} après, reste du Mali "
                f"{french.times(row.rest_compared.ratio)}",
            )
            for row in found.itertuples()
        ),
        "; ",
    )
    form = Form(
        _chart(table, dict(zip(found["label"], found["clear"], strict=True))),
        table,
        Both(
            "events of political violence in the 12 months from a region’s first handover, its month the first of them, as a multiple "
            f"of the 12 before, by region and months of handover ({first.en} to {newest.en}), log scale, bars: 95 percent interval, dashed line: as many as before; "
            f"totals by region to {to.en}",
            "événements de violence politique des 12 mois à compter de la première rétrocession d’une région, dont le mois est le premier, "
            f"en multiple des 12 mois précédents, par région et mois des rétrocessions ({french.of(first.fr)} à {newest.fr}), échelle "
            f"logarithmique, barres : intervalle à 95 %, tireté : autant qu’avant ; totaux par région jusqu’en {to.fr}",
        ),
        Both(f"pairs of dots: {said.en}", f"paires de points : {said.fr}"),
        r.source("totals"),
        words,
    )
    return figure(ident, form, Finding(_title(found), caveat=joined([_how_counted(rows, found), _COMPARED])))


def _how_counted(rows: pd.DataFrame, found: pd.DataFrame) -> Both:
    """Say how the rows come from the sites that the map of bases counts."""
    every = sites(rows)
    wound = int(winding_up(every).sum())
    shown = set(zip(found["region"], found["month"], strict=True))
    known = cases(every)
    inside = pd.Series(list(zip(known["region"].map(prose.region_name), known["case"], strict=True))).isin(shown)
    used, late = int(inside.sum()), int((~inside).sum())
    out = [
        Both(f"{late} without 12 months of totals on both sides", f"{late} sans 12 mois de totaux de chaque côté"),
        Both(f"{wound} that only wound MINUSMA up", f"{wound} de la seule liquidation de la MINUSMA"),
    ]
    left = [one for one, n in zip(out, (late, wound), strict=True) if n]
    text = Both(
        f"Handovers of a region less than {prose.word(_SHARED)} months apart are one row: {used} of {len(every)} sites",
        f"Les rétrocessions d’une région à moins de {french.word(_SHARED)} mois d’écart font une ligne : {used} des {len(every)} sites",
    )
    return text + (Both("; left out: ", " ; laissés de côté : ") + listing(left) if left else NOTHING) + Both(".", ".")


def events_around_handovers(r: Report) -> Figure:
    """Events in the year from each handover against the year before, within the edition."""
    return _compare(r, _known(r), r.totals, "junta-bases-events")


def _known(r: Report) -> pd.DataFrame:
    if r.bases.empty:
        raise NotInEdition(
            "No foreign mission had handed over a base at this edition’s day.",
            "Aucune mission étrangère n’avait rétrocédé de base au jour de cette édition.",
        )
    return r.bases


def next_events(r: Report) -> Figure | str:
    """Events around handovers that the edition could not compare yet; nothing where the page has compared all."""
    known = cases(r.tables.bases())
    ends = known.groupby(["region", "case"])["when"].transform("max") + 12
    late = known[ends > r.end("totals")].drop(columns=["when", "case"])
    if r.edition.as_of == "latest" or late.empty:
        return ""
    return _compare(r, late, r.all_totals, "junta-next-events")


def followed(r: Report) -> Both | None:
    """Where violence clearly rose or fell in the year from a handover, and what else changed in those months."""
    try:
        found = handovers(_known(r), r.totals, r.end("totals"))
    except NotInEdition:
        return None
    parts = []
    for kind, verb in (
        ("rise", Both("clearly rose", "ont nettement augmenté")),
        ("fall", Both("clearly fell", "ont nettement reculé")),
    ):
        rows = found[found["kind"].eq(kind)]
        if len(rows):
            shown = listing(
                _in_words(row.region, row.month, row.in_before, row.in_after, row.held)
                for row in rows.head(3).itertuples()
            )
            parts.append(Both(f"Events {verb.en} {shown.en}.", f"Les événements {verb.fr} {shown.fr}."))
    rest = len(found) - int(found["clear"].sum())
    if rest and parts:
        parts.append(
            Both(
                f"After {prose.count(rest, 'other handover')} no clear change in events can be told.",
                f"Après {french.count(rest, 'autre rétrocession', 'autres rétrocessions', feminine=True)}, aucune évolution "
                "nette des événements ne se dégage.",
            )
        )  # fmt: skip
    elif not parts:
        parts.append(
            Both(
                f"Of {prose.count(len(found), 'handover')} so far, none was followed by a clear change in events.",
                f"Sur {french.count(len(found), 'rétrocession', feminine=True)} à ce jour, aucune n’a été suivie d’une évolution "
                "nette des événements.",
            )
        )
    return joined([*parts, _deaths(found), _else(r, found)])


def _in_words(region: str, first: pd.Period, before: int, after: int, held: bool) -> Both:
    """Name a region with its counts in the 12 months before the month of its first handover and in the 12 from it.

    `held`: the verdict is the same with that month counted before.
    """
    when = names.prose_month(first)
    hangs = NOTHING if held else Both(
        f"; not clear with {when.en} counted before", f" ; sans netteté si l’on compte {when.fr} avant"
    )  # fmt: skip
    return Both(
        f"in {region} ({prose.number(before)} in the 12 months before {when.en}, {prose.number(after)} in the 12 from it{hangs.en})",
        f"à {region} ({french.number(before)} dans les 12 mois avant {when.fr}, {french.number(after)} dans les 12 à compter de "
        f"celui-ci{hangs.fr})",
    )


def _deaths(found: pd.DataFrame) -> Both | None:
    """Where deaths clearly rose though the events of the same months did not."""
    rows = found[found["deaths_kind"].eq("rise") & found["kind"].ne("rise")]
    if rows.empty:
        return None
    shown = listing(
        _in_words(row.region, row.month, row.deaths_before, row.deaths_after, row.deaths_held)
        for row in rows.itertuples()
    )
    return Both(f"Deaths clearly rose {shown.en}.", f"Les morts ont nettement augmenté {shown.fr}.")


def _else(r: Report, found: pd.DataFrame) -> Both | None:
    """What else changed in Kidal in those months."""
    if "Kidal" not in set(found[found["month"].ge(month("2023-08"))]["region"]) or not knows(
        r, "2023-11-14-army-takes-kidal"
    ):
        return None
    return Both(
        "Much else changed in those months. In the north the army and the rebels were at war again from August 2023, and the army "
        "took Kidal on 14 November.",
        "Bien d’autres choses ont changé dans ces mois. Dans le nord, l’armée et les rebelles sont de nouveau en guerre depuis "
        "août 2023, et l’armée a pris Kidal le 14 novembre.",
    )
