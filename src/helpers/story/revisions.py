"""Known issues of the data and what moved between releases, from the tables that keep both."""

from __future__ import annotations

from collections import Counter

from helpers import inert
from helpers import prose as p
from helpers.editions import Report
from helpers.page import feed
from helpers.page.register import Entry, Register
from helpers.windows import month, month_name

STATES = {"open": "open", "lasting": "cannot be mended here", "mended": "mended"}
"""States of an issue as readers see them."""
KINDS = {
    "gap": "not there",
    "provisional": "will change",
    "seam": "two sources meet",
    "approximate": "stands in for something",
    "split": "the source counts otherwise",
    "error": "it was wrong",
}
"""Kinds of issues as readers see them."""


def words(r: Report) -> str:
    """Say how many issues are known, and how many of them are mended."""
    found = Counter(r.tables.issues()["status"])
    return (
        f"{p.sentence(p.count(sum(found.values()), 'issue'))[:-1]} are on record: {p.number(found['open'])} open, "
        f"{p.number(found['lasting'])} that cannot be mended with what is at hand, and {p.number(found['mended'])} mended. They "
        "speak of the whole tables, whatever the edition."
    )


def _when(first: str, last: str) -> str:
    """Say which months an issue touches."""
    if not first and not last:
        return ""

    def name(text: str) -> str:
        when = month_name(month(text[:7]))
        return f"{int(text[8:])} {when}" if len(text) > 7 else when

    if not last:
        return f"from {name(first)} on"
    if not first:
        return f"to {name(last)}"
    return name(first) if first == last else f"{name(first)} to {name(last)}"


def pages(figures: str) -> list[tuple[str, str]]:
    """Return the pages on which figures stand, with how many, and their addresses from a page of the method.

    Examples
    --------
    >>> pages("now:now-map;now:now-months;method/data:data-reach")
    [('now (2 figures)', '../now.html'), ('data (1 figure)', '../method/data.html')]
    """
    found = Counter(one.split(":")[0] for one in figures.split(";") if one)
    return [
        (f"{page.split('/')[-1].replace('-', ' ')} ({n} figure{'s' if n > 1 else ''})", f"../{page}.html")
        for page, n in found.items()
    ]


def _issues(r: Report, *states: str) -> Register:
    rows = r.tables.issues()
    rows = rows[rows["status"].isin(states)]
    order = rows.sort_values(["status", "first"], ascending=[False, False], kind="stable")
    entries = [
        Entry(
            f"issue-{row.id}",
            inert.line(row.title),
            inert.line(row.detail),
            f"{KINDS[row.kind]}, {STATES[row.status]}" + (f" in {row.mended}" if row.mended else ""),
            [
                one
                for one in (
                    _when(row.first, row.last),
                    f"said since {row.noted}",
                    f"tables: {row.tables.replace(';', ', ')}",
                    f"Source: {inert.line(row.source)}",
                )
                if one
            ],
            pages(row.figures),
        )
        for row in order.itertuples()
    ]
    return Register("Known issues" if "mended" not in states else "Issues that are mended", entries)


def known(r: Report) -> Register:
    """List what is wrong, provisional, approximate or missing, the open ones first."""
    return _issues(r, "open", "lasting")


def mended(r: Report) -> Register:
    """List the errors that were found and corrected."""
    return _issues(r, "mended")


def moved(r: Report) -> Register:
    """List what moved between releases, newest first: corrections, figures, verdicts."""
    rows = r.tables.moves()
    release = rows["release"].map(lambda name: tuple(int(part) for part in name.split(".")))
    rows = rows.assign(_release=release).sort_values(["_release", "kind"], ascending=[False, True], kind="stable")
    return Register(
        "What moved",
        [
            Entry(
                feed.anchor(row),
                feed.headline(row),
                inert.line(row["why"][:1].upper() + row["why"][1:]),
                f"{row['release']}",
                [],
                [
                    (
                        row["page"].split(":")[0].split("/")[-1].replace("-", " "),
                        f"../../{row['page'].split(':')[0]}.html",
                    )
                ],
            )
            for _, row in rows.iterrows()
        ],
    )


def feed_words(r: Report) -> str:
    """Say where the feed lies; nothing in editions that have none."""
    if r.edition.as_of != "latest" or r.tables.limits():
        return ""
    return f'Whoever wants to be told can follow <a href="../../{feed.FILE}" type="application/atom+xml">the feed</a>, which holds the same.'
