"""What filters and cuts leave of UCDP's files: held against the project's newest release, and against themselves.

Two kinds of evidence, as for ACLED's: the same months of `ucdp_types`, and what no whole release lacks (a type of
violence, all regions but one, events that are coded less precisely).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import pandas as pd

from helpers.errors import DataError
from helpers.ingest.account import Account, neutral
from helpers.ingest.chance import CHANCE, SURE
from helpers.windows import month, month_name

FINAL, CANDIDATE = (0.95, 0.75), (0.7, 0.55)
"""Shares of the project's events or deaths below which a release's own are said to be fewer, and below which they are
refused. Of 432 months from 1989 to 2024 releases 25.1 and 26.1 differ in one, by seven deaths; the candidate files of 2025
hold as many events and deaths as the final release of that year, or more, that of October 2023 69 percent of its one-sided
deaths."""

LEAST = {"events": 20, "deaths": 50}
"""Of fewer in the project's release no share is taken."""

PRECISE = {"event_clarity": (1, 0.04), "date_prec": (1, 0.1), "where_prec": (3, 0.15)}
"""Code and share of all rows that are coded above it (not clear, not to the day, not to the district): at least so many
in two real candidate files, of October 2023 (18, 25 and 19 percent) and of January 2026 (4, 10 and 17 percent)."""

MANY = 20
"""Events from which all of them in one region are a filter's doing."""

UNITS = list(LEAST)


def hold_against(
    mine: pd.DataFrame, theirs: pd.DataFrame, months: Collection[str], account: Account, *, final: bool, meant: bool
) -> None:
    """Hold files against the project's release of the same months; account for how many each has, and what is too few.

    `mine` and `theirs` have `month`, `type`, `events`, `deaths`, the second as `ucdp_types` has them, with
    `provisional`; `months` are those that the files give, `final` whether they are of a final release, `meant` whether
    their owner says that they are a part on purpose. Else too few events or deaths of a type or a year that is final in
    the project's release are refused.
    """
    for provisional in ("no", "yes"):
        known = theirs[theirs["month"].isin(months) & theirs["provisional"].eq(provisional)]
        if not known["events"].sum():
            continue
        own = mine[mine["month"].isin(known["month"])]
        settled = final and provisional == "no"
        said, least = _fewer(own, known, FINAL if settled else CANDIDATE)
        amount = _amount(own, known, provisional == "yes")
        refused = least < (FINAL if settled else CANDIDATE)[1] and provisional == "no"
        if refused and not meant:
            raise DataError(
                f"{next(iter(account.seen), 'the files')}: {amount} Too few for a whole release are {said}. Give files that no "
                "filter has shortened, or say --meant if they are short on purpose."
            )
        why = "their owner says that this is meant" if meant else "a filter may have taken events away"
        account.note(f"{amount} Clearly fewer are {said}: {why}." if said else amount)


def _amount(own: pd.DataFrame, known: pd.DataFrame, provisional: bool) -> str:
    first, last = (month_name(month(str(known["month"].agg(end)))) for end in ("min", "max"))
    when = f"In {first}" if first == last else f"From {first} to {last}"
    held, whole = ([int(frame[unit].sum()) for unit in UNITS] for frame in (own, known))
    release = "UCDP release, provisional there," if provisional else "UCDP release"
    return (
        f"{when} the files hold {held[0]:,} events and {held[1]:,} deaths; the project's {release} has {whole[0]:,} and "
        f"{whole[1]:,}."
    )


def _fewer(own: pd.DataFrame, known: pd.DataFrame, tolerance: tuple[float, float]) -> tuple[str, float]:
    """Return what is too few, in words, and the lowest share; months and years where no type as a whole tells."""
    types = _low(own, known, own["type"], known["type"], tolerance[0])
    years = _low(own, known, own["month"].str[:4], known["month"].str[:4], tolerance[1])
    found = types if types and len(years) > 3 else types + years
    if not found:
        found = [
            (max(share, tolerance[1]), text)
            for share, text in _low(own, known, own["month"], known["month"], tolerance[1])
        ]
    found.sort()
    more = f" and {len(found) - 4} more" if len(found) > 5 else ""
    shown = "; ".join(text for _, text in (found[:4] if more else found))
    return shown + more, min((share for share, _ in found), default=1.0)


def _low(
    own: pd.DataFrame, known: pd.DataFrame, mine: pd.Series, theirs: pd.Series, tolerance: float
) -> list[tuple[float, str]]:
    before = known.groupby(theirs)[UNITS].sum()
    now = own.groupby(mine)[UNITS].sum().reindex(before.index, fill_value=0)
    out = []
    for unit in UNITS:
        for key in before.index[(before[unit] >= LEAST[unit]) & (now[unit] < tolerance * before[unit])]:
            held, whole = int(now.at[key, unit]), int(before.at[key, unit])
            name = month_name(month(str(key))) if len(str(key)) == 7 else str(key)
            out.append((held / whole, f"{name} {unit}, {held:,} of {whole:,} ({held / whole:.0%})"))
    return out


def one_sort(
    name: str, kinds: Sequence[str], places: Sequence[str], months: pd.DataFrame, account: Account, *, meant: bool
) -> None:
    """Tell where events are of no more than some types, or of one region, which no whole release is.

    `kinds` and `places` are the type and the region of each event (no region is the empty text), `months` the
    `ucdp_types` of the 24 months before the files' first. What was to be expected beyond doubt is refused, unless its
    absence is `meant`.
    """
    number, usual = len(kinds), months.groupby("type")["events"].sum()
    for kind, events in usual.items():
        share = float(events) / max(int(usual.sum()), 1)
        if kind not in set(kinds):
            said = f"no {kind} events among {number:,}; in the two years before, {share:.0%} were, and zero is not what was counted"
            _say(name, said, (1 - share) ** number, account, meant=meant)
    if number >= MANY and len(found := set(places)) == 1 and (only := found.pop()):
        _say(name, f"all {number:,} events in {neutral(only)}, of one region only", 0, account, meant=meant)


def all_precise(name: str, coded: dict[str, Counter[str]], account: Account, *, meant: bool) -> None:
    """Tell where all rows of a file are coded alike, though some of each whole release are coded less precisely.

    `coded` says by column of `PRECISE` how often each code stands in rows of all countries. Codes that are absent
    beyond doubt are refused, unless this is `meant`.
    """
    for column, (most, share) in PRECISE.items():
        counts: Counter[str] = Counter()
        for text, count in coded[column].items():
            counts[text.strip().partition(".")[0]] += count
        codes = {code: count for code, count in counts.items() if code in {*"1234567"}}
        if len(codes) > 1 and max(codes) <= str(most):
            number = sum(codes.values())
            said = f"only rows with {column} up to {most} ({number:,} of all countries)"
            _say(name, said, (1 - share) ** number, account, meant=meant)
        elif len(codes) == 1:
            ((code, number),) = codes.items()
            said = f"only rows with {column} {code} ({number:,} of all countries)"
            _say(name, said, (1 - share if code == "1" else 1 / 2) ** number, account, meant=meant)


def _say(name: str, what: str, chance: float, account: Account, *, meant: bool) -> None:
    if chance >= CHANCE:
        return
    if chance < SURE and not meant:
        raise DataError(
            f"{name}: holds {what}: a filter seems to have taken the rest away. Give whole files, or say --meant if it is meant."
        )
    why = "their owner says that this is meant" if meant else "a filter seems to have taken the rest away"
    account.note(f"The files hold {what}: {why}.")
