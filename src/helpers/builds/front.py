"""The editions of a site and the page that links them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, select_autoescape

from helpers import data, editions
from helpers.audit.questions import QUESTIONS
from helpers.editions import FIRST_MONTH, Edition, Report
from helpers.errors import EditionError
from helpers.estimates import intervals
from helpers.windows import month, month_name

FRONT_QUESTIONS = ("recent_events", "central_share", "bamako_months")
"""Questions answered on the front page, one sentence each, for every listed edition."""

SWITCH = 6
"""Up to so many editions stand in the switch of every page, and as a card on the front page; where a site has more,
the listed ones do, and the others are found by year on the front page."""


def every_month(first: str, last: str = "", data_dir: str | None = None) -> list[str]:
    """Return the ids of the editions of every month, and the listed ones.

    Parameters
    ----------
    first : str
        First month, `YYYY-MM`.
    last : str
        Last month; the last complete one of the totals or the event tables where empty.
    data_dir : str, optional
        Folder of tables.

    Raises
    ------
    EditionError
        A month is not written `YYYY-MM`, too early, after the tables' end, or the last lies before the first.
    """
    end = max(data.last_month(table, data_dir) for table in ("actors", "totals"))
    for text in (first, last):
        if text:
            Report(editions.find(text).id, data_dir)
            if text in {row.id for row in editions.listed()} and not text[:4].isdigit():
                raise EditionError(f"{text!r} is no month; expected one from {FIRST_MONTH} to {end}, written YYYY-MM.")
    months = pd.period_range(month(first), month(last) if last else end, freq="M")
    if months.empty:
        raise EditionError(f"no month from {first} to {last}; the last month must not lie before the first.")
    listed = [row.id for row in editions.listed()]
    return listed + [str(found) for found in months if str(found) not in listed]


def plan(wanted: Sequence[str], kept: Iterable[str], data_dir: str | None = None) -> dict[str, Any]:
    """Return what a site will hold.

    Parameters
    ----------
    wanted : sequence of str
        Ids of the editions to build.
    kept : iterable of str
        Ids of the editions that the site has already.
    data_dir : str, optional
        Folder of tables.

    Returns
    -------
    dict
        `chosen` and `shown`: lists of [id, title], built now, and in the site; the listed ones first, then others by
        month. `switch`: ids in the switch of every page. `front`: the front page as HTML.

    Raises
    ------
    EditionError
        An edition does not exist or runs past the data.
    """
    chosen = [editions.find(name) for name in dict.fromkeys(wanted)]
    for edition in chosen:
        Report(edition.id, data_dir)
    listed = [edition.id for edition in editions.listed()]
    there = {edition.id for edition in chosen} | set(kept)
    ids = [name for name in listed if name in there] + sorted(there - set(listed))
    shown = [editions.find(name) for name in ids]
    few = len(shown) <= SWITCH
    return {
        "chosen": [[edition.id, edition.title] for edition in chosen],
        "shown": [[edition.id, edition.title] for edition in shown],
        "switch": [edition.id for edition in shown if few or edition.id in listed],
        "front": front_page(shown, data_dir),
    }


def front_page(shown: Sequence[Edition], data_dir: str | None = None) -> str:
    """Return the page that links the editions: cards with first findings, and, where they are many, months by year.

    Parameters
    ----------
    shown : sequence of Edition
        Editions in the site.
    data_dir : str, optional
        Folder of tables.
    """
    environment = Environment(
        loader=PackageLoader("helpers.page"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    listed = {edition.id for edition in editions.listed()}
    few = len(shown) <= SWITCH
    cards = []
    for edition in [edition for edition in shown if few or edition.id in listed]:
        report = Report(edition.id, data_dir)
        cards.append(
            {
                "id": edition.id,
                "title": edition.title,
                "coverage": report.coverage,
                "findings": [QUESTIONS[name](report).sentence for name in FRONT_QUESTIONS],
            }
        )
    years: dict[str, list[dict[str, str]]] = {}
    for edition in [] if few else sorted(shown, key=lambda edition: edition.id):
        if edition.id[:4].isdigit():
            name = month_name(month(edition.id))
            years.setdefault(edition.id[:4], []).append({"id": edition.id, "title": name, "month": name.split()[0]})
    return environment.get_template("front.html").render(
        cards=cards, ranges=intervals.CAVEAT, years=dict(sorted(years.items(), reverse=True))
    )
