"""The editions of a site and the page that links them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers import __version__, editions, inert, limits, palette
from helpers.builds import bar, told
from helpers.charts.parts import DATE_STYLE
from helpers.data import Tables
from helpers.editions import FIRST_MONTH, Edition, Report
from helpers.errors import EditionError, NotInEdition
from helpers.figures import Figure
from helpers.forms import figure, lines, panels
from helpers.inert import Plain
from helpers.markup import PAGES
from helpers.page import feed, translate
from helpers.page.book import static_svg
from helpers.page.frame import day
from helpers.page.typeset import typeset
from helpers.story import attackers, overview, trajectory
from helpers.windows import month
from helpers.words import Both, facts, names
from helpers.words import inside as words_inside

NAMES = {"en": "index.html", "fr": "index.fr.html"}
"""Files of the front page in a site, by language."""


def every_month(first: str, last: str = "", tables: Tables | None = None) -> list[str]:
    """Return the ids of the editions of every month, and the listed ones.

    `first`: first month, `YYYY-MM`. `last`: last month; the last complete one of the totals or the event tables where
    empty. Raises `EditionError`: a month is not written `YYYY-MM`, too early, after the tables' end, or the last lies
    before the first.
    """
    tables = tables or Tables()
    end = max(tables.last_month(table) for table in ("actors", "totals"))
    for text in (first, last):
        if text:
            Report(editions.find(text).id, tables)
            if text in {row.id for row in editions.listed()} and not text[:4].isdigit():
                raise EditionError(f"{text!r} is no month; expected one from {FIRST_MONTH} to {end}, written YYYY-MM.")
    months = pd.period_range(month(first), month(last) if last else end, freq="M")
    if months.empty:
        raise EditionError(f"no month from {first} to {last}; the last month must not lie before the first.")
    listed = [row.id for row in editions.listed()]
    return listed + [str(found) for found in months if str(found) not in listed]


def plan(wanted: Sequence[str], kept: Iterable[str], tables: Tables | None = None) -> dict[str, Any]:
    """Return what a site will hold.

    Parameters
    ----------
    wanted : sequence of str
        Ids of the editions to build.
    kept : iterable of str
        Ids of the editions that the site has already.

    Returns
    -------
    dict
        `chosen` and `shown`: lists of [id, title], built now, and in the site; the listed ones first, then others by
        month. `switch`: ids in the switch of every page. `front`: the front pages as HTML, by the name of their file.

    Raises
    ------
    EditionError
        An edition does not exist or runs past the data.
    """
    chosen = [editions.find(name) for name in dict.fromkeys(wanted)]
    for edition in chosen:
        Report(edition.id, tables)
    listed = [edition.id for edition in editions.listed()]
    there = {edition.id for edition in chosen} | set(kept)
    ids = [name for name in listed if name in there] + sorted(there - set(listed))
    shown = [editions.find(name) for name in ids]
    return {
        "chosen": [[edition.id, edition.title] for edition in chosen],
        "shown": [[edition.id, edition.title] for edition in shown],
        "switch": bar.switched(ids),
        "front": front_pages(shown, tables),
    }


def front_pages(shown: Sequence[Edition], tables: Tables | None = None) -> dict[str, str]:
    """Return the site's front page in each language: a map, who attacks civilians, the main facts, the last dates, editions.

    It speaks of the latest edition in the site; no script is needed.
    """
    few = len(shown) <= bar.SWITCH
    switch = bar.switched([edition.id for edition in shown])
    order = sorted(shown, key=lambda edition: (edition.as_of == "latest", edition.as_of), reverse=True)
    lead = order[0]
    report = Report(lead.id, tables)
    missing: list[Plain] = []
    cards = [
        {"id": edition.id, "title": titled(edition, report.tables), "answer": _answer(edition, report.tables)}
        for edition in order
        if edition.id in switch
    ]
    years: dict[str, list[dict[str, Any]]] = {}
    for edition in [] if few else sorted(shown, key=lambda edition: edition.id):
        if edition.id[:4].isdigit():
            name = names.prose_month(month(edition.id))
            years.setdefault(edition.id[:4], []).append({"id": edition.id, "title": name})
    dates = _said(_dates, report, missing)
    held: dict[str, Any] = {
        "lead": {"id": lead.id, "title": titled(lead, report.tables)},
        "reach": next(iter(_said(lambda r: [_reach(r)], report)), None),
        "facts": [fact for make, page in overview.FACTS for fact in _said(overview.fact(make, page), report, missing)],
        "pictures": [picture for make in (_map, _attackers) for picture in _said(make, report, missing)],
        "dates": dates,
        "since": overview.since(dates[-1]["date"]) if dates else None,
        "groups": next(iter(_said(lambda r: [overview.groups(r, russians=False)], report)), None),
        "certain": next(iter(_said(lambda r: [overview.certainty(r)], report)), None),
        # Last: everything above may add to it.
        "missing": list(dict.fromkeys(missing)),
        "own": report.tables.limits(),
        "feed": f"latest/{feed.FILE}"
        if "latest" in {edition.id for edition in shown} and not report.tables.limits()
        else "",
        "unreported": overview.UNREPORTED,
        "cards": cards,
        "years": dict(sorted(years.items(), reverse=True)),
        "css": Markup(palette.css()),
        "version": __version__,
        "look": bar.look(),
    }
    titles = {card["id"]: card["title"] for card in cards}
    made = {}
    for lang, file in NAMES.items():
        # In the order of the chapters' own bar.
        named = [(one, getattr(titles[one], lang)) for one in switch]
        shown_in = bar.bar(lang, named, NAMES, bar.INDEX)
        made[file] = typeset(PAGES.render("front.html", lang=lang, bar=shown_in, **held), lang)
    return made


def titled(edition: Edition, tables: Tables) -> Both:
    """Return an edition's title in both languages."""
    return told.titled(edition.id, edition.title, Report(edition.id, tables))


def _said(make: Callable[[Report], list[Any]], report: Report, missing: list[Plain] | None = None) -> list[Any]:
    """Return what a function makes of a report, or nothing where an edition, or a user's own tables, cannot give it.

    What a user's own tables lack is added to `missing`, for the page to say.
    """
    try:
        return make(report)
    except NotInEdition:
        return []
    except limits.SHORTFALLS as error:
        if missing is not None and report.tables.limits():
            missing.append(limits.why_not(error, report.tables))
        return []


def _answer(edition: Edition, tables: Tables) -> Both | None:
    made = _said(lambda r: [overview.answered(trajectory.answer(r))], Report(edition.id, tables))
    return made[0] if made else None


def _reach(report: Report) -> Both:
    """Say how far the counts and the dated facts of an edition run: facts of later months than its name are no error."""
    days = report.chronology["date"]
    limits.held(not days.empty, "dated facts", "aucun fait daté")
    facts_to = names.prose_month(month(str(days.max())[:7]))
    to = names.prose_month(report.runs_to)
    return Both(
        f"Its counts run to {to.en} at the latest, its dated facts to {facts_to.en}.",
        f"Ses décomptes vont jusqu’en {to.fr} pour les plus récents, ses faits datés jusqu’en {facts_to.fr}.",
    )


def _map(report: Report) -> list[dict[str, Any]]:
    return [_picture(figure("front-map", overview.deadliest(report), overview.where_people_die(report)), "map")]


def _attackers(report: Report) -> list[dict[str, Any]]:
    sides, labels = attackers.sides(report), trajectory.side_labels(report)
    since = sides["state"].since("2017-01")
    drawn = [
        lines(
            {side: getattr(one, part).yearly(since) for side, one in sides.items()}, labels, what=trajectory.CIVILIANS
        )
        for part in ("events", "deaths")
    ]
    heads = [Both("Attacks", "Attaques"), Both("Deaths", "Morts")]
    return [_picture(figure("front-attackers", panels(drawn, heads), trajectory.attackers(report)), "civilian-attacks")]


def _legend(spec: dict[str, Any], **look: int) -> dict[str, Any]:
    """Give the names of a legend room: a reader's letters are wider than those that the picture was measured with."""
    config = spec.get("config", {})
    return {**spec, "config": {**config, "legend": {**config.get("legend", {}), **look}}}


def _picture(made: Figure, kind: str) -> dict[str, Any]:
    spec = made.spec()
    inside = {}
    for language, one in (("en", spec), ("fr", translate.french(spec))):
        # Drawn by the book's own renderer: the chart's text is escaped, its colours follow the theme.
        svg, narrow = (
            Markup(static_svg(drawn, f"{made.id}-{language}-{width}", width))
            for drawn, width in (
                (_legend(one, columnPadding=28), 680),
                (_legend(_narrow(one), columns=1), 360),
            )
        )
        words = one["usermeta"]["mali"]
        source = " ".join(words_inside.credit(words["source"])) if language == "fr" else words["source"]
        inside[language] = {
            "svg": svg,
            "narrow": narrow,
            "title": words["title"],
            "subtitle": words["subtitle"],
            "source": source,
        }
    return {"kind": kind, **inside}


def _dates(report: Report) -> list[dict[str, Any]]:
    """Return the dates of an edition that matter most, newest first, as its summary has them."""
    shown = overview.foremost(report).sort_values("date", ascending=False, kind="stable")
    return [
        {
            "date": row.date,
            "day": day(row.date, row.precision),
            "event": vars(facts.told(row)),
            "source": row.source,
            "url": inert.url(row.url),
        }
        for row in shown.itertuples()
    ]


def _narrow(spec: dict[str, Any], width: int = 300) -> dict[str, Any]:
    """Return a specification for a phone: every plot as wide as it has room."""
    made: dict[str, Any] = dict(spec)
    if "config" in made:  # the first year stands under the zero at the left
        config = made["config"]
        made["config"] = {**config, "axisX": {**config.get("axisX", {}), "labelPadding": 13}}
    if "vconcat" in made:
        data = spec.get("datasets", {})
        made["vconcat"] = [_numbered(_narrow(part, width), data) for part in made["vconcat"]]
    if "width" in made:
        if "projection" in made and "height" in made:  # a map keeps its shape
            made["height"] = round(made["height"] * width / made["width"])
        made["width"] = width
    return made


def _numbered(view: dict[str, Any], data: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Set numbers over the lines of dates, with a key below: on a phone their names stand over one another's lines."""
    dated = [layer for layer in view.get("layer", []) if layer["mark"].get("style") == DATE_STYLE]
    if not dated:
        return view
    rows = sorted((row for layer in dated for row in data[layer["data"]["name"]]), key=lambda row: row["key"])
    key = "\u00a0\u00b7 ".join(f"{at} {row['label']}".replace(" ", "\u00a0") for at, row in enumerate(rows, 1))
    numbers = {
        **dated[0],
        "data": {"values": [{**row, "label": str(at)} for at, row in enumerate(rows, 1)]},
        "mark": {**dated[0]["mark"], "align": "center", "dx": 0, "y": -3},
    }
    look = {"titleAnchor": "start", "titleAlign": "left", "titleFontSize": 11, "titleFontWeight": "normal"}
    layers = []
    for layer in (one for one in view["layer"] if one not in dated):
        x = layer["encoding"].get("x", {})
        told = {**x, "title": textwrap.wrap(key, 44), "axis": {**x["axis"], **look}} if x.get("axis") else x
        layers.append({**layer, "encoding": {**layer["encoding"], "x": told}})
    return {**view, "layer": [*layers, numbers], "title": {**view["title"], "offset": 20}}
