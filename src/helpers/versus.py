"""Two editions side by side: which sentences, key figures and verdicts differ, and what moved them.

What an edition says is taken from the cells of its chapters, so that no list of them has to be kept: each function that
a chapter is told to answer or to say is asked for both editions.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from helpers import inert, keys, limits
from helpers.audit import claims
from helpers.data import Tables
from helpers.editions import Report, find
from helpers.errors import EditionError, MaliError, NotInEdition
from helpers.page import claimbox
from helpers.page.frame import AnswerBox, Key
from helpers.windows import MONTHS
from helpers.words import Both

KINDS = ("answer", "key figure", "sentence", "figure", "verdict")
"""What is compared: a chapter's answer, its key figures, its paragraphs, audited figures and their verdicts."""
STATED = ("kind", "page", "item", "en", "fr", "counts")
DIFFERENCES = ("kind", "page", "item", "old", "new", "old_fr", "new_fr", "moved_by")
_TOLD = {"answer": "answer", "say": "sentence"}
_NAMED = "|".join((*MONTHS, *keys.FRENCH_MONTHS))
_DAY = rf"(?:\d{{1,2}}(?:er)? )?(?:(?:{_NAMED})(?: \d{{4}})?|\d{{4}})"
_WHEN = re.compile(rf"(?: (?:on|of|in|to|for|au|de|en|pour))? \b{_DAY}(?:(?: to |-| à ){_DAY})?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A function of the report that a chapter's cell names: where it is shown, and under which name."""

    page: str
    kind: str
    module: str
    function: str

    @property
    def make(self) -> Callable[[Report], AnswerBox | Both | None]:
        """The function itself."""
        return getattr(importlib.import_module(f"helpers.story.{self.module}"), self.function)


def asked(chapters: Path) -> list[Asked]:
    """Return what the chapters of a folder are told to answer and to say, in the order of their names and cells.

    Raises `EditionError`: the folder holds no chapter.
    """
    found = [one for path in sorted(chapters.rglob("*.ipynb")) for one in _of_chapter(path, chapters)]
    if not found:
        raise EditionError(f"{chapters}: no chapter that answers a question; expected the project's chapters.")
    return list(dict.fromkeys(found))


def _of_chapter(path: Path, chapters: Path) -> Iterator[Asked]:
    page = path.relative_to(chapters).with_suffix("").as_posix()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _TOLD):
                continue
            for told in node.args:
                if isinstance(told, ast.Attribute) and isinstance(told.value, ast.Name):
                    yield Asked(page, _TOLD[node.func.attr], told.value.id, told.attr)


def stated(
    edition: str, chapters: Path, tables: Tables | None = None, boxes: list[tuple[Asked, AnswerBox]] | None = None
) -> pd.DataFrame:
    """Return what an edition says; refused where it does not exist or runs past the data.

    Every answer is added to `boxes`, for those who need its key figures as numbers.

    Returns
    -------
    DataFrame
        `STATED`, texts without markup; `en` and `fr` are the same for verdicts of the audit. `counts` is, of a key figure,
        what it counts (see `counts`), of an answer its question, and empty of all else. What an edition cannot support, or
        has nothing to say of, has no row.
    """
    report = Report(find(edition).id, tables)
    rows: list[tuple[str, str, str, str, str, str]] = []
    wanted = asked(chapters)
    for one in wanted:
        try:
            made = one.make(report)
        except (NotInEdition, *limits.SHORTFALLS):
            continue
        if isinstance(made, AnswerBox):
            if boxes is not None:
                boxes.append((one, made))
            asks = undated(made.question.en)
            rows.append(("answer", one.page, one.module, made.answer.en, made.answer.fr, asks))
            for place, key in enumerate(made.keys, 1):
                # What it is judged against may hold brackets and a colon of its own.
                told = [(f"{part(key.value)} {part(key.label)}", part(key.judged)) for part in (_en, _fr)]
                en, fr = (mark.join(both) for mark, both in zip(("; ", "\u202f; "), told, strict=True))
                rows.append(("key figure", one.page, f"{one.module}-{place}", en, fr, counts(key)))
        elif made is not None and made.en:
            rows.append((one.kind, one.page, f"{one.module}.{one.function}", plain(made.en), plain(made.fr), ""))
    for claim in claims.due(report):
        if claim.chapter in {one.page for one in wanted}:
            rows += _of_claim(claim.id, claim.chapter, report.tables)
    return pd.DataFrame(rows, columns=list(STATED))


def _en(text: Both) -> str:
    return text.en


def _fr(text: Both) -> str:
    return text.fr


def plain(text: str) -> str:
    r"""Return Markdown as its reader sees it: without markup, each paragraph and each entry of a list on its own line.

    Examples
    --------
    >>> print(plain("* **Yes** ([RFI](https://rfi.fr/a_b)).\n* <i>No</i>"))
    • Yes (RFI).
    • No
    """
    if isinstance(text, inert.Plain):
        return str(text)
    soup = BeautifulSoup(MarkdownIt("commonmark").render(text), "html.parser")
    for entry in soup.find_all("li"):
        entry.insert(0, "• ")
    return re.sub(r"•\s+", "• ", re.sub(r"\n\s*", "\n", soup.get_text().strip("\n")))


def undated(label: str) -> str:
    """Return the name of a key figure without its days, months and years, which each edition has its own of.

    Examples
    --------
    >>> undated("in power on 6 October 2026"), undated("au pouvoir au 1er juin 2023")
    ('in power', 'au pouvoir')
    """
    return _WHEN.sub("", label)


def counts(key: Key) -> str:
    """Return what a key figure counts, measure, place and unit: two may be compared where this is the same."""
    if key.change is not None:
        return key.change.now.measure.phrase.en
    unit = re.sub(r"\d[\d.,]*(?:st|nd|rd|th)?", "#", key.value.en)
    return f"{undated(key.label.en)} [{unit.removesuffix('s')}]"


def _of_claim(claim_id: str, page: str, tables: Tables) -> list[tuple[str, str, str, str, str, str]]:
    try:
        result = claims.evaluate(claim_id, tables)
    except MaliError:
        return []
    rows = []
    for part, found in (("", result.rows), (" later", result.outcomes)):
        for row in found:
            item = f"{claim_id}{part} {row.figure.quantity if row.figure else row.name}".strip()
            if row.computed is not None:
                rows.append(("figure", page, item, *claimbox.computed(row), ""))
            rows.append(("verdict", page, item, row.verdict, row.verdict, ""))
    return rows


def differences(old: pd.DataFrame, new: pd.DataFrame, between: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what two editions say differently; a text is empty where an edition does not say it.

    Where both do not rest on the same tables, `between` is what the new edition says on the old ones. `moved_by` is
    `question` where the two are key figures of different measures, places or units, or answers to different questions,
    which cannot be compared; `time` where the new edition says the same on the old tables, `revision` where the old
    edition's words hold on them, else `time and revision`.

    Examples
    --------
    >>> one = pd.DataFrame([("answer", "southern", "southern", "In places.", "Par endroits.", "")], columns=list(STATED))
    >>> other = one.assign(en="Yes.", fr="Oui.")
    >>> differences(one, other)[["item", "old", "new", "moved_by"]].to_numpy().tolist()
    [['southern', 'In places.', 'Yes.', 'time']]
    >>> differences(one, other, one)["moved_by"].item()
    'revision'
    """
    by = ["kind", "page", "item"]
    sides = [
        frame.set_index(by)[["en", "fr", "counts"]].rename(
            columns={"en": name, "fr": f"{name}_fr", "counts": f"{name}_counts"}
        )
        for frame, name in ((old, "old"), (new, "new"), (new if between is None else between, "between"))
    ]
    table = sides[0].join(sides[1:], how="outer").fillna("")
    table = table[table["old"].ne(table["new"])]
    table["moved_by"] = [
        "question"
        if row.old and row.new and row.old_counts != row.new_counts
        else "time"
        if row.between == row.new
        else "revision"
        if row.between == row.old
        else "time and revision"
        for row in table.itertuples()
    ]
    order = {kind: place for place, kind in enumerate(KINDS)}
    table = table.reset_index().sort_values(
        by, key=lambda column: column.map(order) if column.name == "kind" else column
    )
    return table[list(DIFFERENCES)].reset_index(drop=True)


def compare(
    one: str,
    other: str,
    chapters: Path,
    old_tables: Tables | None = None,
    new_tables: Tables | None = None,
    say: Callable[[str, Path, Tables | None], pd.DataFrame] = stated,
) -> pd.DataFrame:
    """Compare an edition with another, the older first, on the same tables or on two vintages of them.

    The first edition rests on the old tables, the second on the new ones. `say` returns what an edition says, if not
    made anew. The columns are `DIFFERENCES`.
    """
    for name in (one, other):
        find(name)  # one that is none is refused before the other is made, which takes minutes
    old, new = say(one, chapters, old_tables), say(other, chapters, new_tables)
    if old_tables == new_tables:
        return differences(old, new)
    return differences(old, new, old if one == other else say(other, chapters, old_tables))


# --------------------------------------------------------------------------- forms


def to_csv(found: pd.DataFrame) -> str:
    """Return the differences as CSV."""
    return inert.to_csv(found)


def to_json(found: pd.DataFrame) -> str:
    """Return the differences as a JSON list of records."""
    return json.dumps(found.to_dict("records"), indent=2, ensure_ascii=False) + "\n"
