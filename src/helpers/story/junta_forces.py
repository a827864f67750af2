"""Foreign forces: who came, who left, where their bases stood, and who is exposed."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from helpers import charts, french, palette, prose
from helpers import definitions as d
from helpers import labels as lb
from helpers import measures as m
from helpers.charts.parts import WIDE
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.figures import Figure
from helpers.forms import Finding, Form, figure
from helpers.forms.maps import BORDERS, CAPITALS
from helpers.keys import SHORT
from helpers.story.junta_facts import (
    COMPILED,
    FRENCH_GONE,
    UN_GONE,
    WAGNER_CAME,
    WAGNER_OVER,
    day,
    entry,
    knows,
    last_day,
    since_wagner,
)
from helpers.windows import month, month_name
from helpers.words import Both, Noun, joined, judgement, names
from helpers.words.both import NOTHING, listing

FORCES = (
    ("French forces (Serval, Barkhane)", "foreign", "2013-01-11-serval", FRENCH_GONE),
    ("MINUSMA", "foreign", "2013-04-25-minusma-created", UN_GONE),
    ("G5 Sahel joint force", "joint", "2017-07-g5-sahel-force", "2022-05-15-g5-sahel-exit"),
    ("EUTM (EU training mission)", "foreign", "2013-01-17-eutm-set-up", "2024-05-17-eutm-leaves"),
    ("Takuba", "foreign", "2020-03-27-takuba-founded", "2022-06-30-takuba-ends"),
    ("Wagner", "russian", WAGNER_CAME, WAGNER_OVER),
    ("Africa Corps", "russian", WAGNER_OVER, ""),
)
"""Foreign forces: label, kind, entry that begins and entry that ends their work in Mali."""

ECOWAS = (
    (
        "Borders, trade and money (2020)",
        "sanctions",
        "2020-08-20-ecowas-sanctions",
        "2020-10-06-ecowas-lifts-sanctions",
    ),
    ("Suspension from the bloc", "suspension", "2021-05-30-ecowas-suspends", "2025-01-29-ecowas-exit-in-force"),
    ("Borders and assets (2022)", "sanctions", "2022-01-09-ecowas-sanctions", "2022-07-03-ecowas-lifts-sanctions"),
)
"""Measures of ECOWAS: label, kind, entry that begins and entry that ends each."""

RUSSIAN = ("Wagner", "Africa Corps")

_KINDS = {
    "international": Both("Foreign forces", "Forces étrangères"),
    "wagner": Both("Russian fighters", "Combattants russes"),
    "state": Both("Joint force with Mali", "Force conjointe avec le Mali"),
    "neutral": Both("ECOWAS sanctions", "Sanctions de la CEDEAO"),
}
_FORCES_FR = {
    "French forces (Serval, Barkhane)": "Forces françaises (Serval, Barkhane)",
    "G5 Sahel joint force": "Force conjointe du G5 Sahel",
    "EUTM (EU training mission)": "EUTM (mission de formation de l’UE)",
}
_CIVILIAN = Both(
    "EUCAP, the EU's civilian mission since January 2015, is no force and is not drawn.",
    "L’EUCAP, mission civile de l’UE depuis janvier 2015, n’est pas une force et n’est pas représentée.",
)
_STAYED = Both("Wagner and Africa Corps count as one force.", "Wagner et Africa Corps comptent pour une seule force.")


_JOINT = Both(
    "The G5 Sahel force was one of five states, Mali among them until May 2022: drawn, but not counted as foreign.",
    "La force du G5 Sahel réunissait cinq États, dont le Mali jusqu’en mai 2022 : représentée, mais non comptée comme étrangère.",
)
_DRAWN = {"foreign": "international", "russian": "wagner", "joint": "state"}
"""Palette name of each kind of force, as `_KINDS` has it."""


# --------------------------------------------------------------------------- who came, who left


def span_rows(r: Report, rows: tuple[tuple[str, str, str, str], ...], labels: dict[str, str]) -> pd.DataFrame:
    """Return spans (label, kind, entries that begin and end each) known at the edition's day; open ones end there."""
    now, out = last_day(r), []
    for label, kind, first, last in rows:
        start, end = entry(r, first), entry(r, last)
        if start is not None:
            out.append((label, start["date"], now if end is None else end["date"], labels[kind], end is None))
    return pd.DataFrame(out, columns=["What", "From", "To", "Kind", "Open"])


def departures(r: Report) -> tuple[int, pd.DataFrame, bool]:
    """Return the number of foreign forces, the rows of those that have left, and whether the Russians stayed renamed.

    A joint force of which Mali was a member is none. Wagner and the Africa Corps are one force under two names: it has
    left when no row of it is open.
    """
    frame = span_rows(r, FORCES, {kind: _KINDS[drawn].en for kind, drawn in _DRAWN.items()})
    frame = frame[frame["Kind"].ne(_KINDS["state"].en)]
    russian = frame["What"].isin(RUSSIAN)
    stayed = frame[russian & frame["Open"]]
    gone = frame[~frame["Open"] & ~(russian & (len(stayed) > 0))].drop_duplicates("What")
    renamed = bool(russian.sum() == len(RUSSIAN) and len(stayed))
    return int((~russian).sum() + russian.any()), gone, renamed


def _left(r: Report) -> Both:
    count, gone, renamed = departures(r)
    many = Both(prose.word(count), french.word(count))
    if gone.empty:
        return Both(
            f"None of the {many.en} foreign forces has left", f"Aucune des {many.fr} forces étrangères n’est partie"
        )
    whole = len(gone) == count
    number = Both(prose.word(len(gone)), french.word(len(gone), feminine=True))
    text = (
        Both(f"All {many.en} foreign forces have left", f"Les {many.fr} forces étrangères sont toutes parties")
        if whole
        else Both(
            f"{number.en} of {many.en} foreign forces {'has' if len(gone) == 1 else 'have'} left",
            f"{number.fr} des {many.fr} forces étrangères {'est partie' if len(gone) == 1 else 'sont parties'}",
        )
    )
    stayed = Both(", and the Russians stayed under a new name", ", et les Russes sont restés sous un autre nom")
    return (text + stayed if renamed else text).upper()


_STARTS = {
    "": Both(
        "The start is the founding or the first operation, whichever is dated",
        "Le début est la création ou la première opération, selon ce qui est daté",
    ),
    WAGNER_CAME: Both(
        "; for Wagner, the day on which France and its partners condemned its coming",
        " ; pour Wagner, le jour où la France et ses partenaires ont condamné sa venue",
    ),
    WAGNER_OVER: Both(
        "; for Africa Corps, the day on which Wagner said that it left",
        " ; pour Africa Corps, le jour où Wagner a dit partir",
    ),
}
"""What the start of a span is; of the Russians no founding nor first operation is dated."""


def _starts(r: Report) -> Both:
    """Say what the spans begin with, as far as the edition knows them."""
    return joined([text for name, text in _STARTS.items() if not name or knows(r, name)], "").sentence()


def _ends(frame: pd.DataFrame) -> list[Both]:
    """Say of each span when it ended, or that its force is still there; of sanctions how long they lasted."""
    ends = []
    for row in frame.itertuples():
        to = names.prose_month(month(row.To[:7]))
        end = (
            Both(f"still there in {to.en}", f"encore là en {to.fr}")
            if row.Open
            else Both(f"to {to.en}", f"fin en {to.fr}")
        )
        if row.What == "ECOWAS sanctions":
            days = (pd.Timestamp(row.To) - pd.Timestamp(row.From)).days
            end = Both(prose.count(days, "day"), french.count(days, "jour"))
        ends.append(end)
    return ends


def forces(r: Report) -> Figure:
    """Foreign forces in Mali and sanctions of ECOWAS: from when to when."""
    frame = span_rows(r, FORCES, {kind: _KINDS[drawn].en for kind, drawn in _DRAWN.items()})
    joint = frame["Kind"].eq(_KINDS["state"].en).any()
    hard = span_rows(r, tuple(row for row in ECOWAS if row[1] == "sanctions"), {"sanctions": _KINDS["neutral"].en})
    frame = pd.concat([frame, hard.assign(What="ECOWAS sanctions")], ignore_index=True)
    words = {label.en: label.fr for label in _KINDS.values()} | _FORCES_FR
    ends = _ends(frame)
    words |= {end.en: end.fr for end in ends}
    sums = [end for row, end in zip(frame.itertuples(), ends, strict=True) if row.What == "ECOWAS sanctions"]
    words["; ".join(end.en for end in sums)] = " ; ".join(end.fr for end in sums)
    frame["Until"] = [end.en for end in ends]
    table = frame.rename(columns={"What": "Force"}).drop(columns="Open")
    chart = charts.spans(
        table, "Force", "From", "To", "Kind",
        {key: label.en for key, label in _KINDS.items() if label.en in set(table["Kind"])}, note="Until",
    )  # fmt: skip
    said = joined(
        (
            Both(
                f"{row.What} from {month_name(month(row.From[:7]))}, {end.en}",
                f"{words.get(row.What, row.What)} depuis {french.month_name(row.From[:7])}, {end.fr}",
            )
            for row, end in zip(frame.itertuples(), ends, strict=True)
        ),
        "; ",
    )
    words |= {"Force": "Force", "From": "De", "To": "À", "Kind": "Catégorie", "Until": "Jusqu’à"}
    at = day(last_day(r))
    form = Form(
        chart,
        table,
        Both(
            f"foreign forces in Mali from their start to their end, or to {at.en}, and sanctions of ECOWAS on trade and money",
            f"forces étrangères au Mali, de leur début à leur fin ou jusqu’au {at.fr}, et sanctions de la CEDEAO sur le "
            "commerce et l’argent",
        ),
        Both(f"bars on a time axis: {said.en}", f"barres sur un axe de temps : {said.fr}"),
        COMPILED,
        words,
    )
    return figure(
        "junta-forces",
        form,
        Finding(
            _left(r),
            caveat=joined(
                [_starts(r), _CIVILIAN, _JOINT if joint else None, _STAYED if departures(r)[2] else None, _wound_up(r)]
            ),
        ),
    )


def who_left(r: Report) -> Both:
    """When France, its partners and the UN mission left, and what the mission lost."""
    asked, over = entry(r, "2023-06-16-mali-asks-minusma-to-go"), entry(r, UN_GONE)
    parts: list[Both | None] = []
    if knows(r, FRENCH_GONE):
        parts.append(
            Both(
                "The last French soldiers left on 15 August 2022, after the European task force Takuba.",
                "Les derniers soldats français sont partis le 15 août 2022, après la force européenne Takuba.",
            )
        )
    elif knows(r, "2021-06-10-barkhane-drawdown"):
        parts.append(
            Both(
                "In June 2021 France announced that it would draw down its forces.",
                "En juin 2021, la France a annoncé qu’elle réduirait ses forces.",
            )
        )
    if asked is not None:
        when = day(asked["date"])
        ended = entry(r, "2023-06-30-resolution-2690")
        until = day(ended["date"]) if ended is not None else None
        parts.append(
            Both(
                f"On {when.en} Mali asked the UN mission, then about {prose.number(asked['value'])} strong, to go at once"
                + (f", and on {until.en} the Security Council ended its mandate." if until else "."),
                f"Le {when.fr}, le Mali a demandé à la mission de l’ONU, alors forte d’environ {french.number(asked['value'])} "
                "membres, de partir sans délai" + (f", et le {until.fr} le Conseil de sécurité a mis fin à son mandat." if until else "."),
            )
        )  # fmt: skip
    if over is not None:
        parts.append(_dead(r))
    return joined(parts) if any(parts) else _none_left(r)


def _none_left(r: Report) -> Both:
    count, _, _ = departures(r)
    return Both(
        f"{prose.word(count)} foreign forces are at work in Mali: some fight armed groups, one trains the army, one watches "
        "over the peace accord.",
        f"{french.word(count, feminine=True)} forces étrangères sont à l’œuvre au Mali : certaines combattent des groupes "
        "armés, une forme l’armée, une veille sur l’accord de paix.",
    ).upper()


def _dead(r: Report) -> Both:
    """The dead of the UN mission, and how many of them were killed by hostile acts."""
    rows = r.tables.peacekeepers()
    dead, hostile = int(rows["deaths"].sum()), int(rows[rows["cause"].eq("malicious act")]["deaths"].sum())
    return Both(
        f"When it had gone, at the end of 2023, {prose.number(dead)} of its members had died in Mali, "
        f"{prose.number(hostile)} of them by hostile acts.",
        f"À son départ, fin 2023, {french.number(dead)} de ses membres étaient morts au Mali, dont {french.number(hostile)} "
        "par des actes hostiles.",
    )


def who_came(r: Report) -> Both | None:
    """The Russians, and what the West African bloc did."""
    parts: list[Both | None] = []
    if knows(r, WAGNER_OVER):
        stayed = Both(
            "Wagner’s men came in December 2021. In June 2025 Wagner said that its mission was over; what stayed is Africa "
            "Corps, run by the Russian state",
            "Les hommes de Wagner sont arrivés en décembre 2021. En juin 2025, Wagner a dit sa mission terminée ; est resté "
            "Africa Corps, dirigé par l’État russe",
        )
        parts.append(joined([stayed, since_wagner(r)], ", ").sentence())
    elif knows(r, WAGNER_CAME):
        parts.append(
            Both(
                "Wagner’s men have been in Mali since December 2021.",
                "Les hommes de Wagner sont au Mali depuis décembre 2021.",
            )
        )
    hard = span_rows(r, tuple(row for row in ECOWAS if row[1] == "sanctions"), {"sanctions": ""})
    if len(hard):
        days = [(pd.Timestamp(row.To) - pd.Timestamp(row.From)).days for row in hard.itertuples()]
        out = knows(r, "2025-01-29-ecowas-exit-in-force")
        lengths = listing(Both(prose.number(n), french.number(n)) for n in days)
        long = f"{french.number(days[0])} puis {french.number(days[1])}" if len(days) == 2 else lengths.fr
        parts.append(
            Both(
                f"ECOWAS, the West African bloc, closed borders and stopped trade for {lengths.en} days"
                + (", and Mali left the bloc in January 2025." if out else "."),
                f"La CEDEAO, le bloc ouest-africain, a fermé les frontières et arrêté le commerce pendant {long} jours"
                + (", et le Mali a quitté le bloc en janvier 2025." if out else "."),
            )
        )
    return joined(parts) if parts else None


# --------------------------------------------------------------------------- bases

_FRENCH_LED = Both("French-led", "sous conduite française")
_AT = {"Sévaré (Mopti)": "Mopti-Sévaré"}
"""Bases whose place goes by another name in the table of UN bases."""


def sites(rows: pd.DataFrame) -> pd.DataFrame:
    """Name the French-led missions as one and keep one row per site: they shared the base at Ménaka."""
    who = rows["mission"].map(lambda x: x if x == "MINUSMA" else _FRENCH_LED.en)
    return rows.assign(mission=who).drop_duplicates(["mission", "place"])


def winding_up(rows: pd.DataFrame) -> pd.Series:
    """Tell which sites only served to wind MINUSMA up: those it kept after its end."""
    return rows["mission"].eq("MINUSMA") & (rows["date"].str[:7] > d.MINUSMA_END)


def _bare(places: pd.Series) -> pd.Series:
    """Return places without what tells their sites apart, as the table of UN bases names them."""
    return places.replace(_AT).str.replace(r" \(.*\)$", "", regex=True)


def _spots(r: Report) -> pd.DataFrame:
    """Return one row per mission and place at the edition's day: where, and when it was closed (empty where open)."""
    known = r.tables.un_bases()
    where = known.drop_duplicates("place", keep="last").set_index("place")[["latitude", "longitude", "region"]]
    rows = sites(r.bases) if len(r.bases) else r.bases.assign(mission="")
    closed = (
        rows.assign(place=_bare(rows["place"]))
        .groupby(["mission", "place"])["date"]
        .max()
        .rename("closed")
        .reset_index()
    )
    year = int(last_day(r)[:4]) - (last_day(r)[5:7] != "12")
    there = known[known["year"].eq(year)]["place"]
    if knows(r, UN_GONE):
        there = there.iloc[:0]
    shut = set(closed[closed["mission"].eq("MINUSMA")]["place"])
    still = pd.DataFrame({"mission": "MINUSMA", "place": sorted(set(there) - shut), "closed": ""})
    found = pd.concat([closed, still], ignore_index=True)
    found = found[found["place"].isin(where.index)]
    return found.join(where, on="place").reset_index(drop=True)


def _points(r: Report) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the marks of the map and the French of their labels; a place has one label, whoever was there."""
    found = _spots(r)
    words, label = {}, []
    for place, rows in found.groupby("place", sort=False):
        dates = sorted(rows["closed"][rows["closed"].ne("")])
        last = month(dates[-1][:7]) if dates and rows["closed"].ne("").all() else None
        # A name has the room of the English one: French months are short here too.
        en, fr = (f"{place}, {SHORT[one][last.month - 1]} {last.year}" if last else str(place) for one in ("en", "fr"))
        words[en] = fr
        label.append((place, en))
    found["label"] = found["place"].map(dict(label))
    return found.assign(open=found["closed"].eq("")), words


def _map(r: Report, points: pd.DataFrame) -> Any:
    """Draw bases as points: circles of the UN mission, squares of French-led forces around them, hollow where closed."""
    shapes = r.tables.shapes("regions")
    kinds = ("MINUSMA", _FRENCH_LED.en)
    # A filter asks for a fact and no name: names are other words in French.
    frame = points[["mission", "place", "closed", "open", "latitude", "longitude"]]
    frame = frame.assign(un=frame["mission"].eq("MINUSMA"))
    # The legend shows edges, which open and closed bases have. Foreign forces have one colour: shapes tell missions apart.
    blue = palette.colour("international")
    shape = alt.Shape("mission:N", scale=alt.Scale(domain=list(kinds), range=["circle", "square"]), title=None)
    legend = alt.Legend(orient="top", symbolFillColor="transparent")
    stroke = alt.Stroke("mission:N", scale=alt.Scale(domain=list(kinds), range=[blue, blue]), title=None, legend=legend)
    base = alt.Chart(frame).encode(
        longitude="longitude:Q", latitude="latitude:Q", shape=shape, stroke=stroke,
        tooltip=[
            alt.Tooltip("place:N", title="Place"), alt.Tooltip("mission:N", title="Mission"),
            alt.Tooltip("closed:N", title="Closed"),
        ],
    )  # fmt: skip
    # A square stands around the circle where both missions had a base.
    hollow = [
        base.transform_filter(f"!datum.open && {which}")
        .mark_point(size=area, strokeWidth=2.6, opacity=1)
        .encode(fill=alt.value(palette.LAND))
        for which, area in (("!datum.un", 190), ("datum.un", 70))
    ]
    full = (
        base.transform_filter("datum.open")
        .mark_point(size=70, strokeWidth=2, opacity=1)
        .encode(
            fill=alt.value(blue)  # only the UN mission's are known to be open
        )
    )
    named = points.drop_duplicates("label").rename(columns={"place": "bare", "label": "place"})
    # The last layer are dots, which the bases themselves are here.
    # Where there is no room for all, the seats of regions keep their names, then what is closed.
    named["rank"] = 2 * ~named["bare"].isin([*CAPITALS, "Ménaka", _AT["Sévaré (Mopti)"]]) + named["open"]
    # A square reaches farther than a circle.
    squares = set(frame["place"][~frame["un"]])
    reach = {label: 9 if bare in squares else 6 for label, bare in zip(named["place"], named["bare"], strict=True)}
    texts = charts.place_names(named[["place", "latitude", "longitude", "rank"]], lb.extent(shapes), 460, reach=reach)
    layers = charts.over_halos([*hollow, full], texts[:-1])
    return alt.layer(charts.land(shapes), *layers).project("mercator").properties(width=WIDE, height=460)


def _told(points: pd.DataFrame, at: Both) -> Both:
    """Say which bases are closed, since when, and which are open."""
    shut, open_ = points[~points["open"]], points[points["open"]]
    who = {"MINUSMA": Both("MINUSMA", "MINUSMA"), _FRENCH_LED.en: _FRENCH_LED}
    closed = [
        Both(
            f"{row.place} ({who[row.mission].en}, {month_name(month(row.closed[:7]))})",
            f"{row.place} ({who[row.mission].fr}, {french.month_name(row.closed[:7])})",
        )
        for row in shut.itertuples()
    ]
    none = Both("none", "aucune")
    still = Both(prose.listing(open_["place"]), french.listing(open_["place"])) if len(open_) else none
    gone = listing(closed) if closed else none
    return Both(
        f"map of Mali with bases of foreign missions at {at.en}; closed: {gone.en}; open: {still.en}",
        f"carte du Mali avec les bases de missions étrangères au {at.fr} ; fermées : {gone.fr} ; ouvertes : {still.fr}",
    )


def _closed(rows: pd.DataFrame, open_: pd.DataFrame) -> Both:
    """Title of the map of bases: how many are closed, or where the UN mission stands while none is."""
    if rows.empty:
        up = int(open_["region"].map(d.ZONE_OF).eq("north").sum())
        return Both(
            f"The UN mission has troops in {prose.word(len(open_))} places, {prose.word(up)} of them in the north",
            f"La mission de l’ONU a des troupes en {french.word(len(open_))} lieux, dont {french.word(up)} au nord",
        )
    n, north = len(rows), int(rows["region"].map(d.ZONE_OF).eq("north").sum())
    every = north == n and n > 1
    return Both(
        f"{prose.count(n, 'foreign base')} {'is' if n == 1 else 'are'} closed, "
        + ("all in the north" if every else f"{prose.word(north)} of them in the north"),
        f"{french.count(n, 'base étrangère', 'bases étrangères', feminine=True)} "
        f"{'est fermée' if n == 1 else 'sont fermées'}, "
        + ("toutes au nord" if every else f"dont {french.word(north, feminine=True)} au nord"),
    ).upper()


def bases_map(r: Report) -> Figure:
    """Map of the bases of foreign missions: hollow where closed."""
    points, words = _points(r)
    if points.empty:
        raise NotInEdition(
            "No base of a foreign mission is known at this edition’s day.",
            "Aucune base de mission étrangère n’est connue au jour de cette édition.",
        )
    rows = sites(r.bases) if len(r.bases) else r.bases
    at = day(last_day(r))
    words |= {
        _FRENCH_LED.en: _FRENCH_LED.fr,
        **{"Mission": "Mission", "Site": "Site", "Region": "Région", "Closed": "Fermée"},
    }
    form = Form(
        _map(r, points),
        _site_table(rows, points),
        Both(
            f"bases of foreign missions at {at.en}: hollow where closed, with the month of the last handover",
            f"bases de missions étrangères au {at.fr} : évidées si fermées, avec le mois de la dernière rétrocession",
        ),
        _told(points, at),
        "Pages named row by row in the table bases; places where the UN mission had troops: Geo-PKO. Only facts are taken.",
        words,
    )
    led = Both(
        "French-led bases are drawn once handed over, since only their end is dated.",
        "Les bases sous conduite française sont tracées une fois rétrocédées : seule leur fin est datée.",
    )
    caveat = joined([_how_counted(rows, points), led, BORDERS])
    return figure("junta-bases-map", form, Finding(_closed(rows, points[points["open"]]), caveat=caveat))


def _site_table(rows: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return one row a site: those closed, which the title counts, then the places where the UN mission still is."""
    # No day is written where a source gives the month.
    when = rows["date"].where(rows["precision"].ne("month"), rows["date"].str[:7]) if len(rows) else rows["date"]
    shut = rows.assign(closed=when).sort_values(["date", "mission", "place"])
    every = pd.concat([shut, points[points["open"]]], ignore_index=True)[["mission", "place", "region", "closed"]]
    every["region"] = every["region"].map(prose.region_name)
    return every.set_axis(["Mission", "Site", "Region", "Closed"], axis=1)


def _how_counted(rows: pd.DataFrame, points: pd.DataFrame) -> Both | None:
    """Say how the title's number comes from the marks: sites that share one, and those without a position."""
    if rows.empty:
        return None
    un = int(rows["mission"].eq("MINUSMA").sum())
    whose = Both(
        f": {un} of MINUSMA, {len(rows) - un} French-led",
        f" : {un} de la MINUSMA, {len(rows) - un} sous conduite française",
    )
    said = [
        Both(
            "The title counts closed sites, one a row of the data table",
            "Le titre compte les sites fermés, un par ligne du tableau",
        )
        + (whose if un else NOTHING)
    ]
    places = rows.assign(place=_bare(rows["place"]))
    held = places.groupby(["mission", "place"], sort=False).size()
    if many := sorted(place for (_, place), n in held.items() if n > 1):
        said.append(
            Both(
                f"sites in one place ({prose.listing(many)}) share a mark",
                f"les sites d’un même lieu ({french.listing(many)}) partagent un point",
            )
        )
    if missing := sorted(set(places["place"]) - set(points["place"])):
        said.append(
            Both(
                f"{prose.listing(missing)} has no known position and is not drawn",
                f"{french.listing(missing)}, sans position connue, n’est pas tracé",
            )
        )
    return joined(said, "; ") + Both(".", ".")


def _wound_up(r: Report) -> Both | None:
    """Name the sites that MINUSMA kept after its withdrawal, which the bar of its stay leaves out."""
    rows = r.bases[winding_up(r.bases)].sort_values("date") if len(r.bases) else r.bases
    if rows.empty:
        return None
    told = listing(
        Both(f"{place} in {names.prose_month(when).en}", f"{place} en {names.prose_month(when).fr}")
        for place, when in zip(_bare(rows["place"]), rows["date"].str[:7].map(month), strict=True)
    )
    return Both(
        f"MINUSMA’s bar ends with its withdrawal; sites that wound it up closed later ({told.en}).",
        f"La barre de la MINUSMA s’arrête à son retrait ; des sites de liquidation ont fermé plus tard ({told.fr}).",
    )


# --------------------------------------------------------------------------- who is exposed

_MALIANS = Noun(Both("Malian", "Malien"), Both("Malians", "Maliens"))


def shares(r: Report) -> pd.DataFrame:
    """Return the zones' shares of land and people, by the projection labelled 2020."""
    return m.zone_shares(r.regions).set_index("zone").loc[list(d.ZONES)]


def projection(r: Report) -> Both:
    """Say what the projection is worth and, once the census of 2022 was out, why it does not take its place."""
    low = Both("The projection’s total looks low for its year.", "Le total de la projection paraît bas pour son année.")
    out = Both(
        "The census of 2022 is left out: the statistics institute’s own table by region could not be read.",
        "Le recensement de 2022 est laissé de côté : le tableau par région de l’institut de statistique n’a pas pu être lu.",
    )
    return joined([low, out]) if knows(r, "2023-08-09-census-of-2022") else low


def exposed(r: Report) -> Both:
    """How much of the land and of the people the north and the centre hold."""
    land, people = shares(r).loc[["north", "centre"], ["area_share", "population_share"]].sum()
    live = judgement.share_of(people, _MALIANS)
    lie = Both("lay", "trouvaient") if knows(r, UN_GONE) else Both("lie", "trouvent")
    return Both(
        f"Nearly all bases of foreign missions {lie.en} in the north and the centre: {prose.percent(land)} of the land, home to "
        f"[{live.en}](southern.ipynb) by the projection for 2020.",
        f"Presque toutes les bases de missions étrangères se {lie.fr} dans le nord et le centre : {french.percent(land)} des terres, "
        f"où vivent [{live.fr}](southern.ipynb) selon la projection pour 2020.",
    )
