"""Every number that version 0.2 printed, by id and edition, and what has moved since.

`tests/record/0.2.csv.gz` holds, for five editions, the numbers of every figure's title, subtitle and alternative
text, a hash of the frame behind it, the numbers of every table and text of the chapters, of every answer, and every
row of the audit; `keys-0.12.csv` those of every key figure, by its place in the box, since version 0.12. Neither is
written again: only what is missing is (`python tests/record.py`). What differs today must stand in `tests/moved.yml`
with its old value, its new value and the reason; `python tests/record.py --propose` adds what is missing there under
an empty reason, which the test refuses.

Examples
--------
>>> said("From 1,234 events in 2023-06 to 12.5 percent.")
'1234 2023-06 12.5'
"""

from __future__ import annotations

import argparse
import fnmatch
import hashlib
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pandas as pd
import yaml

import story_figures
from helpers import story
from helpers.audit import claims
from helpers.audit.questions import OUTCOMES, QUESTIONS
from helpers.editions import Report
from helpers.errors import MaliError
from helpers.figures import Figure, Table
from helpers.page.bilingual import Bilingual
from helpers.page.frame import AnswerBox, Key
from helpers.words import NOTHING

HERE = Path(__file__).resolve().parent
BASELINE, KEYS = HERE / "record" / "0.2.csv.gz", HERE / "record" / "keys-0.12.csv"
MOVED = HERE / "moved.yml"
EDITIONS = ("2019-06", "2021-12", "2022-08", "2023-07", "latest")
GONE = "gone"
_WORDS = dict(
    zip(("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), "0123456789", strict=True)
)
_NUMBER = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|\d[\d,]*(?:\.\d+)?")


def said(text: str) -> str:
    """Return the numbers of an English text in their order, without separators of thousands."""
    return " ".join(found.rstrip(",").replace(",", "") for found in _NUMBER.findall(text))


def counted(key: Key) -> str:
    """Return the numbers of a key figure, those in words too: its value, its label, and what it is held against.

    Examples
    --------
    >>> from helpers.words import Both
    >>> counted(Key(Both("4", "4"), Both("attacks to June 2023", "x"), Both("after eight", "x")))
    '4 2023 8'
    """
    words = " ".join(text.en for text in (key.value, key.subject or NOTHING, key.label, key.judged))
    return said(re.sub(r"[a-z]+", lambda word: _WORDS.get(word[0], word[0]), words))


def fingerprint(frame: pd.DataFrame) -> str:
    """Return a short hash of a frame's values; floats count to six significant digits, names of columns do not."""
    text = frame.to_csv(index=False, header=False, float_format="%.6g", lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _shown(made: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(made, Bilingual):
        made = made.english
    if isinstance(made, Figure):
        for part in ("title", "subtitle", "alt"):
            yield f"figure {made.id} {part}", said(getattr(made, part))
        yield f"figure {made.id} frame", fingerprint(made.frame)
    elif isinstance(made, Table):
        yield f"table {key}", fingerprint(made.frame)
    elif isinstance(made, AnswerBox):
        for place, one in enumerate(made.keys, 1):
            yield f"key {key} {place}", counted(one)
    elif isinstance(made, str) and made:
        yield f"text {key}", said(made)


def of_stories(edition: str) -> Iterator[tuple[str, str]]:
    """Yield what every function of the chapters' modules shows of an edition."""
    for module in sorted(found.name for found in pkgutil.iter_modules(story.__path__)):
        loaded = importlib.import_module(f"helpers.story.{module}")
        for name, make in sorted(vars(loaded).items()):
            if not inspect.isfunction(make) or make.__module__ != loaded.__name__ or name.startswith("_"):
                continue
            wanted = list(inspect.signature(make).parameters.values())
            if len(wanted) != 1 or wanted[0].annotation not in ("Report", Report):
                continue
            yield from _shown(story_figures.told(make, edition), f"{module}.{name}")


def of_cells(edition: str) -> Iterator[tuple[str, str]]:
    """Yield the figures that chapters make in their cells."""
    for page in story_figures.PAGES:
        for made in story_figures.shown(page, edition):
            if isinstance(made, Figure):
                yield from _shown(made, "")


def of_answers(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the numbers of every answer at an edition's date, and of what came of projections made there."""
    for kind, asked in (("answer", QUESTIONS), ("outcome", OUTCOMES)):
        for name, question in asked.items():
            if name in ("documented", "evidence") or (kind == "outcome" and report.edition.report is None):
                continue
            try:
                yield f"{kind} {name}", said(question(report).sentence)
            except MaliError as error:
                # A question may have no answer at a date; that it has none is a fact of the edition too.
                yield f"{kind} {name}", type(error).__name__


def of_claims(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the verdict on every claim due at an edition's date, and on each of its figures."""
    for due in claims.due(report):
        result = claims.evaluate(due.id)
        yield f"verdict {due.id}", result.verdict
        for part, rows in (("", result.rows), (" outcome", result.outcomes)):
            for row in rows:
                name = row.figure.quantity if row.figure else "fact"
                numbers = " ".join("-" if x is None else f"{x:.6g}" for x in (row.computed, row.low, row.high))
                yield f"audit {due.id} {name}{part}", f"{row.verdict} {numbers} {row.readings} {row.matches}"


def record(edition: str) -> dict[str, str]:
    """Return everything an edition prints, by id."""
    report = Report(edition)
    made: dict[str, str] = {}
    for key, value in chain(of_stories(edition), of_cells(edition), of_answers(report), of_claims(report)):
        # A story's figure may gain on a page what the page says of its data: the story's own comes first.
        made.setdefault(f"{edition} {key}", value)
    return made


def baseline() -> dict[str, str]:
    """Return what version 0.2 printed, and the key figures of 0.12."""
    rows = pd.concat(pd.read_csv(path, dtype=str, keep_default_na=False) for path in (BASELINE, KEYS))
    return dict(zip(rows["id"], rows["value"], strict=True))


def is_key(identity: str) -> bool:
    """Tell whether an id of the record is that of a key figure."""
    return identity.split(" ")[1] == "key"


def differences(before: dict[str, str], now: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return what moved: id, old and new value; what is no longer printed is `gone`."""
    return {key: (old, now.get(key, GONE)) for key, old in before.items() if now.get(key, GONE) != old}


def explained(path: Path = MOVED) -> dict[str, tuple[str, str]]:
    """Return the moves that have a reason.

    Raises
    ------
    ValueError
        If a reason is empty, a line has not three parts, an id stands twice, or a pattern fits nothing.

    Notes
    -----
    A group has `why`, and `moved` (lines of `id | old | new`) or `gone` (patterns of ids that no longer print anything,
    or both; their old values are in the baseline).
    """
    known: dict[str, tuple[str, str]] = {}
    before = baseline()
    for group in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []:
        if not str(group.get("why") or "").strip():
            raise ValueError(f"{path.name}: no reason for {(group.get('moved') or group.get('gone'))[0]!r}")
        for pattern in group.get("gone", ()):
            fits = fnmatch.filter(before, pattern)
            if not fits:
                raise ValueError(f"{path.name}: nothing of version 0.2 fits {pattern!r}")
            known |= {key: (before[key], GONE) for key in fits}
        for line in group.get("moved", ()):
            parts = line.split(" | ")
            if len(parts) != 3 or parts[0] in known:
                raise ValueError(f"{path.name}: not `id | old | new`, or told twice: {line!r}")
            known[parts[0]] = (parts[1], parts[2])
    return known


def main() -> int:
    """Write what there is no record of yet, or print or propose what moved."""
    parser = argparse.ArgumentParser(description="What differs from version 0.2 and has no reason yet.")
    parser.add_argument("--propose", action="store_true", help="add it to tests/moved.yml under an empty reason")
    wanted = parser.parse_args()
    now: dict[str, str] = {}
    for edition in EDITIONS:
        now |= record(edition)
    held = baseline()
    new = [(key, value) for key, value in now.items() if is_key(key) and key not in held]
    pd.DataFrame(new).to_csv(KEYS, mode="a", header=False, index=False, lineterminator="\n")
    known = explained()
    left = {key: move for key, move in differences(baseline(), now).items() if known.get(key) != move}
    lines = [f"{key} | {old} | {new}" for key, (old, new) in left.items()]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    if wanted.propose and lines:
        kept = []
        for group in yaml.safe_load(MOVED.read_text(encoding="utf-8")) or []:
            group["moved"] = [line for line in group.get("moved", ()) if line.split(" | ")[0] not in left]
            kept += [group] if group["moved"] or group.get("gone") else []
        kept.append({"why": "", "moved": lines})
        text = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10**6)
        MOVED.write_text(text, encoding="utf-8")
    return bool(left)


if __name__ == "__main__":
    sys.exit(main())
