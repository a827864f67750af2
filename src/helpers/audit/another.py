"""The audit of another report: statements that a file declares, judged by the one rule without a line of code.

The file is somebody's: its form is held against `data/claims.schema.json`, its texts pass the inert door, and what is
wrong with it is said in one sentence with file, claim and field.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import yaml

from helpers import inert, limits
from helpers.audit import claims, declared
from helpers.audit.published import Claim, Published
from helpers.data import Tables
from helpers.editions import Report, find
from helpers.errors import ClaimError, MaliError
from helpers.folders import default_folder
from helpers.windows import month, month_name

MOST_BYTES = 1_000_000
"""Size of a claims file, beyond which it is none."""


@dataclass(frozen=True)
class Other:
    """Another report and its statements."""

    name: str
    """Name of the file."""
    id: str
    title: str
    publisher: str
    date: str
    """As the file gives them; `date` is a day, `YYYY-MM-DD`."""
    data_to: pd.Period
    """Last month that the report's figures hold."""
    address: str
    note: str
    """May be empty."""
    statements: tuple[dict[str, Any], ...]
    """As the file gives them, in the form of the schema, texts made inert."""


class _Loader(yaml.SafeLoader):
    """YAML without aliases, which can unfold without end, and without a key given twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError(f"an alias in line {self.peek_event().start_mark.line + 1}, which is not read here")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        found = super().construct_mapping(node, deep=deep)
        if len(found) != len(node.value):
            raise yaml.YAMLError(f"a field given twice in line {node.start_mark.line + 1} or below")
        return found


@cache
def schema() -> dict[str, Any]:
    """Return the published schema of claims files."""
    return json.loads((default_folder() / "claims.schema.json").read_text(encoding="utf-8"))


def _plain(value: Any) -> Any:
    """Return what YAML gives in the types of JSON: a day as text."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def _parsed(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ClaimError(
                f"{path}: larger than {MOST_BYTES:,} bytes; expected a claims file (data/claims.schema.json)."
            )
        # The loader is a safe one.
        return _plain(yaml.load(path.read_text(encoding="utf-8"), _Loader))
    except FileNotFoundError:
        raise ClaimError(f"{path}: no such file; expected a claims file (data/claims.schema.json).") from None
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
        # PyYAML takes a tag such as !!timestamp at its word, and fails in its own way where the text is none.
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        why = inert.text(getattr(error, "problem", None) or str(error), 120)
        raise ClaimError(f"{path.name}{where}: not readable as YAML in UTF-8 ({why}).") from None


def _where(found: Any, steps: list[Any]) -> str:
    """Return the claim and the field that a path leads to, in words."""
    if steps[:1] == ["claims"] and len(steps) > 1:
        row = found["claims"][steps[1]]
        named = row.get("id") if isinstance(row, dict) else None
        claim = f"claim {inert.text(str(named), 40)}" if named else f"claim number {steps[1] + 1}"
        return f"{claim}: {_field(steps[2:])}"
    return _field(steps)


def _field(steps: list[Any]) -> str:
    out = ""
    for step in steps:
        out += f"[{step}]" if isinstance(step, int) else f"{'.' * bool(out)}{inert.text(str(step), 40)}"
    return f"{out} " if out else ""


def _expected(error: jsonschema.ValidationError) -> str:
    """Say in words what a field is and what it should be."""
    rule, wanted = error.validator, error.validator_value
    described = error.schema.get("description", "") if isinstance(error.schema, Mapping) else ""
    if rule == "additionalProperties":
        extra = sorted(set(error.instance) - set(error.schema["properties"]), key=str)[0]
        return f"has a field {inert.text(str(extra), 40)!r} that is not known; expected {', '.join(error.schema['properties'])}."
    if rule == "required":
        missing = next(name for name in wanted if name not in error.instance)
        return f"lacks the field {missing}."
    if rule == "not" and "required" in wanted:
        return f"has the field {wanted['required'][0]}, which does not go with the others; leave it out."
    given = inert.text(json.dumps(error.instance, ensure_ascii=False, default=str), 60)
    if rule == "enum":
        return f"is {given}; expected one of {', '.join(map(str, wanted))}."
    if rule == "anyOf":
        options = [str(v) for option in wanted for v in option.get("enum", ())]
        described = f"{described}: {', '.join(options)}" if options else described
    if rule == "type" and not described:
        described = {"object": "fields with values", "array": "a list"}.get(str(wanted), str(wanted))
    if rule in ("minItems", "maxItems", "minProperties"):
        return f"holds {len(error.instance)} {'items' if 'Items' in str(rule) else 'fields'}; expected {str(rule)[:3]} {wanted}."
    return f"is {given}; expected {described or f'{rule} {wanted}'}."


def read(path: str | Path) -> Other:
    """Read a claims file on another report and check it.

    `path`: YAML in the form `report_file` of `data/claims.schema.json`. Raises `ClaimError`: the file is missing, no
    YAML, or not of that form; one sentence names claim and field.
    """
    path = Path(path)
    found = _parsed(path)
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/report_file", "$defs": schema()["$defs"]})
    try:
        errors = sorted(
            validator.iter_errors(found), key=lambda e: ([str(s) for s in e.absolute_path], str(e.validator))
        )
    except RecursionError:
        raise ClaimError(f"{path.name}: nested too deep; expected a claims file (data/claims.schema.json).") from None
    if errors:
        first = errors[0]
        raise ClaimError(f"{path.name}: {_where(found, list(first.absolute_path)) or 'the file '}{_expected(first)}")
    seen: set[str] = set()
    for row in found["claims"]:
        if row["id"] in seen:
            raise ClaimError(f"{path.name}: claim {row['id']}: id is given twice; expected another for each.")
        seen.add(row["id"])
    about = found["report"]
    try:
        day = dt.date.fromisoformat(about["date"])
    except ValueError:
        raise ClaimError(
            f"{path.name}: report.date is {about['date']}, which is no day; expected YYYY-MM-DD."
        ) from None
    shown = inert.tree({key: value for key, value in about.items() if key != "address"})
    return Other(
        name=path.name,
        id=about["id"],
        title=shown["title"],
        publisher=shown["publisher"],
        date=about["date"],
        data_to=month(about["data_to"]) if "data_to" in about else pd.Period(day, "M") - 1,
        address=inert.url(about.get("address", "")),
        note=shown.get("note", ""),
        statements=tuple(inert.tree(found["claims"])),
    )


def _words(given: str | list[str] | None) -> tuple[str, str]:
    """Return words in English and in French; the English ones twice where there are no other."""
    both = [given] if isinstance(given, str) else list(given or [""])
    return both[0], both[-1]


def _published(figure: dict[str, Any], key: str, *, settled: bool) -> Published:
    name, french = _words(figure["name"])
    needs, needs_fr = _words(figure.get("needs"))
    return Published(
        key,
        figure["test"],
        figure.get("unit", "events"),
        figure.get("published"),
        digits=figure.get("digits", 0),
        reason="dimension missing" if needs else figure.get("reason", "definition"),
        needs=needs,
        needs_fr=needs_fr,
        rests="one export" if settled else "events",
        name=name,
        fr=french,
        said=_words(figure["said"]) if "said" in figure else (),
    )


def _parts(row: dict[str, Any], part: str) -> tuple[Published, ...]:
    rows = enumerate(row.get(part, ()), 1)
    return tuple(_published(figure, f"{part}-{number}", settled=part == "outcome") for number, figure in rows)


def _claim(row: dict[str, Any], report: str) -> Claim:
    return Claim(
        row["id"],
        report,
        "",
        row.get("kind", "measured"),
        row["statement"],
        "",
        fr=row.get("fr", ""),
        why=row.get("why", ""),
        proxy=row.get("proxy", False),
        figures=_parts(row, "figures"),
        outcome=_parts(row, "outcome"),
    )


def _row(claim: Claim, published: Published, figure: dict[str, Any], report: Report) -> claims.Row:
    """Judge one figure by what the data give for its readings."""
    if "count" not in figure:
        return claims.Row(claim, published, "not measurable", "dimension missing")
    unit, test = published.unit, published.test
    quantity = declared.quantity(report, figure["count"], figure.get("or", []), unit, test)
    return claims.judge(claim, published, quantity)


def _rows(other: Other, row: dict[str, Any], claim: Claim, part: str, report: Report) -> Iterator[claims.Row]:
    if claim.kind == "assessment" and part == "figures":
        yield claims.Row(claim, None, "evidence")
        return
    for number, (published, figure) in enumerate(zip(getattr(claim, part), row.get(part, ()), strict=True)):
        where = f"{other.name}: claim {claim.id}: {part}[{number}]"
        try:
            limits.countable(report.tables, published=True)
            judged = _row(claim, published, figure, report)
            limits.enough(report.tables)
        except MaliError as error:
            if isinstance(error, declared.NotYet) and part == "outcome":
                judged = claims.Row(claim, published, "open")
            elif isinstance(error, limits.SHORTFALLS) and report.tables.limits():
                why = limits.why_not(error, report.tables)
                judged = claims.Row(claim, published, "not measurable", "dimension missing", definition=why)
            else:
                raise ClaimError(f"{where}.{inert.text(str(error)).rstrip('.')}.") from error
        yield claims.settle(judged) if part == "outcome" else judged


def audit(path: str | Path, edition: str = "latest", tables: Tables | None = None) -> pd.DataFrame:
    """Return the audit of another report as rows, one per figure, in the columns of `claims.COLUMNS`.

    Figures are counted as of the report's own date, outcomes with all months of the tables; `edition` must not end
    before the months of the report.

    Raises
    ------
    ClaimError
        The file is not as the schema says, or a figure cannot be counted.
    """
    other = read(path)
    reached = Report(edition, tables).runs_to
    if other.data_to > reached:
        raise ClaimError(
            f"{other.name}: the report holds months to {month_name(other.data_to)}, edition {find(edition).id} ends in "
            f"{month_name(reached)}; take a later edition, or give report.data_to."
        )
    latest = Report("latest", tables)
    then = latest.at(str(other.data_to), compare=6)
    records = []
    for row in other.statements:
        claim = _claim(row, other.id)
        for part, label, report in (("figures", "statement", then), ("outcome", "outcome", latest)):
            records += [claims.record(judged, label) for judged in _rows(other, row, claim, part, report)]
    return pd.DataFrame(records, columns=list(claims.COLUMNS))
