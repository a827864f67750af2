"""What an update changes: the tables in use against the project's own, and two vintages of the same months."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers import changes, data
from helpers import prose as p
from helpers.audit import claims
from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.figures import Table
from helpers.folders import default_folder
from helpers.windows import last_half, month

SHOWN = 24
"""Months of the newest changes that a table lists."""

_MEASURES = {"events": "Events", "fatalities": "Deaths", "best": "Deaths"}
_TITLES = {"totals": "Totals by region", "actors": "Events by actor", "ucdp_months": "UCDP"}


def _own(r: Report) -> bool:
    return r.tables.folder.resolve() == default_folder().resolve()


def _same(r: Report) -> NotInEdition:
    return NotInEdition(
        "This book is built from the project's own tables, so there is nothing to compare them with. A book built from "
        "your tables shows here what differs."
    )


def _cut(frame: pd.DataFrame, r: Report) -> pd.DataFrame:
    """Return the rows of a table that an edition may know: periods that are complete at its month."""
    if r.edition.as_of == "latest":
        return frame
    end = month(r.edition.as_of)
    limits = {
        "month": str(end),
        "half": last_half(end),
        "year": end.year if end.month == 12 else end.year - 1,
        "date": r.edition.facts_to,
    }
    for column, limit in limits.items():
        if column in frame:
            return frame[frame[column] <= limit].reset_index(drop=True)
    return frame


@cache
def _compared(edition: str, new: Tables) -> changes.Changes:
    r, old = Report(edition, new), data.project()
    before, after = ({name: _cut(frame, r) for name, frame in changes.loaded(tables).items()} for tables in (old, new))
    found = changes.data_diff(before, after)
    moved = changes.claims_diff(old, new, [row.id for row in claims.due(r)])
    if r.edition.as_of != "latest":
        # What became of a projection was not known at an edition's date.
        moved = moved[moved["part"].eq("statement")].reset_index(drop=True)
    return changes.Changes(found.tables, found.rows, found.totals, moved)


def _found(r: Report) -> changes.Changes:
    if _own(r):
        raise _same(r)
    return _compared(r.edition.id, r.tables)


def against(r: Report) -> str:
    """Say in one paragraph what differs from the project's own tables."""
    found = _found(r)
    if found.nothing:
        return "The tables of this book are the same as the project's own, up to this edition's month."
    touched = found.tables[found.tables[["added", "revised", "removed"]].sum(axis=1).gt(0)]
    sums = found.tables[["added", "revised", "removed"]].sum()
    verdicts = int(found.claims["change"].eq("verdict").sum())
    return " ".join(
        p.sentence(text)
        for text in (
            f"up to this edition's month, {p.count(len(touched), 'table')} of the {p.number(len(found.tables))} "
            f"{'differs' if len(touched) == 1 else 'differ'} from the project's own: {p.count(int(sums['added']), 'row')} "
            f"added, {p.number(int(sums['revised']))} revised and {p.number(int(sums['removed']))} removed",
            f"{p.count(len(found.claims), 'audited figure')} moved, {p.number(verdicts)} of them with another verdict"
            if len(found.claims)
            else "no audited figure moved",
        )
    )


def tables(r: Report) -> Table:
    """List the tables with the rows added, revised and removed."""
    found = _found(r).tables
    frame = pd.DataFrame(
        {
            "Table": found["table"],
            "Rows, project": found["rows_old"].map(_or_none),
            "Rows here": found["rows_new"].map(_or_none),
            "Added": found["added"],
            "Revised": found["revised"],
            "Removed": found["removed"],
        }
    )
    return Table(
        title="Rows that differ, by table",
        frame=frame,
        note="A row is revised where its key is the same and a value is not. None: the table is not there.",
    )


def _or_none(value: object) -> str:
    return "none" if pd.isna(value) else p.number(int(value))  # type: ignore[call-overload]


def months(r: Report) -> Table:
    """List the newest months whose sums moved, and by how much; then the months that one side does not cover."""
    moved = _found(r).totals
    if moved.empty:
        raise NotInEdition("No month's sum differs from the project's own tables.")
    sums = moved.groupby(["table", "month", "measure"], as_index=False)[["old", "new", "difference"]].sum(skipna=False)
    known = sums[sums["difference"].notna()]
    newest = sorted(known["month"].unique())[-SHOWN:]
    shown = known[known["month"].isin(newest)].sort_values(["month", "table", "measure"], ascending=[False, True, True])
    shown = pd.concat([shown, _uncovered(sums[sums["difference"].isna()])])
    sides = {name: shown[name].map(_or_unknown) if shown[name].isna().any() else shown[name] for name in _SIDES}
    frame = pd.DataFrame(
        {
            "Month": shown["month"],
            "Table": shown["table"].map(_TITLES),
            "Counts": shown["measure"].map(_MEASURES),
            "Project": sides["old"],
            "Here": sides["new"],
            "Difference": sides["difference"],
        }
    ).reset_index(drop=True)
    left = known["month"].nunique() - len(newest)
    return Table(
        title=f"Months whose sums differ, the newest {p.word(len(newest))}" if left else "Months whose sums differ",
        frame=frame,
        note="Summed over the cells of month and region that differ; a cell that moved the other way is not hidden, it "
        "enters the difference with its sign."
        + (" Unknown: months that the tables do not cover; they are not zero." if len(known) < len(sums) else "")
        + (f" {p.sentence(p.count(left, 'older month') + ' not listed')}" if left else ""),
    )


_SIDES = ("old", "new", "difference")


def _or_unknown(value: object) -> str:
    return changes.UNKNOWN if pd.isna(value) else p.number(int(value))  # type: ignore[call-overload]


def _uncovered(sums: pd.DataFrame) -> pd.DataFrame:
    """Join months that one side does not cover into runs, each a row with the sum of the side that covers them."""
    if sums.empty:
        return sums
    ordinals = sums["month"].map(lambda name: month(name).ordinal)
    keys = ["table", "measure"]
    order = sums.assign(at=ordinals).sort_values([*keys, "at"])
    order["run"] = order["at"] - order.groupby(keys).cumcount()
    runs = order.groupby([*keys, "run"], as_index=False).agg(
        first=("month", "min"), last=("month", "max"), old=("old", "sum"), new=("new", "sum"),
        no_old=("old", lambda some: some.isna().all()), no_new=("new", lambda some: some.isna().all()),
    )  # fmt: skip
    runs["month"] = [
        one if one == other else f"{one} to {other}" for one, other in zip(runs["first"], runs["last"], strict=True)
    ]
    runs["old"], runs["new"] = runs["old"].mask(runs["no_old"]), runs["new"].mask(runs["no_new"])
    runs["difference"] = pd.array([pd.NA] * len(runs), "Int64")
    return runs[["table", "month", "measure", *_SIDES]].sort_values(["month", *keys], ascending=[False, True, True])


def regions(r: Report) -> Table:
    """List by region how far its sums moved."""
    moved = _found(r).totals
    moved = moved[moved["region"].ne("") & moved["difference"].notna()]
    if moved.empty:
        raise NotInEdition("No region's sum differs from the project's own tables.")
    sums = moved.assign(up=moved["difference"].clip(lower=0), down=moved["difference"].clip(upper=0))
    sums = sums.groupby(["table", "region", "measure"], as_index=False).agg(
        months=("month", "nunique"), up=("up", "sum"), down=("down", "sum")
    )
    frame = pd.DataFrame(
        {
            "Region": sums["region"].map(p.region_name),
            "Table": sums["table"].map(_TITLES),
            "Counts": sums["measure"].map(_MEASURES),
            "Months that differ": sums["months"],
            "More": sums["up"],
            "Fewer": sums["down"],
        }
    )
    return Table(title="Where the sums differ, by region", frame=frame)


def figures(r: Report) -> Table:
    """List the audited figures that moved, those with another verdict first."""
    moved = _found(r).claims
    if moved.empty:
        raise NotInEdition("No audited figure differs from what the project's own tables give.")
    moved = moved.sort_values("change", ascending=False, kind="stable")
    frame = pd.DataFrame(
        {
            "Claim": moved["id"],
            "Figure": moved["figure"].str.replace("_", " ") + moved["part"].map({"outcome": " (outcome)"}).fillna(""),
            "Computed, project": moved["computed_old"],
            "Computed here": moved["computed_new"],
            "Verdict, project": moved["verdict_old"].replace("", "none"),
            "Verdict here": moved["verdict_new"].replace("", "none"),
            "Why there is none": moved["note"].str.removeprefix("new: "),
        }
    ).reset_index(drop=True)
    if not moved["note"].any():
        frame = frame.drop(columns="Why there is none")
    return Table(
        title="Audited figures that differ",
        frame=frame,
        decimals={"Computed, project": 1, "Computed here": 1},
        note="Those with another verdict first. In the unit of the published figure. Each claim is computed at its own date from both sets of tables.",
    )


# --------------------------------------------------------------------------- two vintages
