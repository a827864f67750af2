"""What an edition tells the pages of a site that stand over its editions: a record, kept as a script beside its pages.

It holds what `versus.stated` finds, so that the page for two editions says what the command says, and the key figures as
numbers. A page opened from a disk may load a script and may not fetch a file, hence its form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from bookbuild.cache import Cache
from bookbuild.inputs import canonical, sha256
from helpers import french, versus
from helpers.audit import claims
from helpers.builds.light import compressed, whole
from helpers.data import Tables
from helpers.editions import Report, find
from helpers.measures.measure import Change
from helpers.page.frame import Key
from helpers.windows import month
from helpers.words import Both, names

FORM = 3
"""Form of the records; pages leave out editions whose record has another."""
_CALL = "maliTold("
_PACKAGE = Path(__file__).parents[1]


def record(edition: str, chapters: Path, tables: Tables | None = None) -> dict[str, Any]:
    """Return what an edition tells; refused where it does not exist or no chapter answers a question.

    Returns
    -------
    dict
        `form`; `id`; `title` (en, fr); `month` (the last of its report); `tables` (hash of their description: the same for
        editions that rest on the same tables); `rows` (lists of `versus.STATED`); `keys` (key figures: `item`, `page`,
        `counts` (see `versus.counts`), `name`, and either `text` or, where a count is compared with the year before,
        `value`, `to` (its last month), `before`, `record`, and the ends `low` and `high` of the interval of the change, on
        the scale of the count); `statements` (en, fr by id); `pages` (titles, en and fr by name).
    """
    found = find(edition)
    report = Report(found.id, tables)
    boxes: list[tuple[versus.Asked, Any]] = []
    rows = versus.stated(found.id, chapters, report.tables, boxes)
    package = report.tables.folder / "datapackage.json"
    return {
        "form": FORM,
        "id": found.id,
        "title": _two(titled(found.id, found.title, report)),
        "month": str(report.runs_to),
        "tables": sha256(package.read_bytes())[:16],
        "rows": rows.to_numpy().tolist(),
        "keys": [
            {"item": f"{one.module}-{place}", "page": one.page, "counts": versus.counts(key), **_key(key)}
            for one, box in boxes
            for place, key in enumerate(box.keys, 1)
        ],
        "statements": {
            claim.id: {"en": claim.statement, "fr": french.spaced(claim.fr)} for claim in claims.due(report)
        },
        "pages": {page: _heading(chapters / f"{page}.ipynb") for page in dict.fromkeys(rows["page"])},
    }


class Kept:
    """Records of editions, made once for the tables, the chapters and the code of now.

    `cache`: where builds keep what they made. `chapters`: folder of chapters.
    """

    def __init__(self, cache: Cache, chapters: Path):
        self.cache, self.chapters = cache, chapters
        self._own = _hashes([*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.html"), *chapters.rglob("*.ipynb")])

    def record(self, edition: str, tables: Tables) -> dict[str, Any]:
        """Return what `record` returns, made anew only where something that it rests on has changed."""
        files = [path for path in tables.folder.iterdir() if path.is_file()]
        key = sha256(canonical({"record of": edition, "form": FORM, "own": self._own, "tables": _hashes(files)}))
        kept = self.cache.find(key, lambda _: "")
        content = self.cache.get(kept.value["record"]) if kept else None
        if content is None:
            content = json.dumps(record(edition, self.chapters, tables), ensure_ascii=False).encode()
            self.cache.store(key, {}, {"record": self.cache.put(content)})
        made: dict[str, Any] = json.loads(content)
        return made

    def stated(self, edition: str, _: Path, tables: Tables | None) -> pd.DataFrame:
        """Return what an edition says, as `versus.stated` does."""
        return pd.DataFrame(self.record(edition, tables or Tables())["rows"], columns=list(versus.STATED))


def _hashes(paths: Iterable[Path]) -> str:
    return sha256(canonical({str(path): sha256(path.read_bytes()) for path in paths}))


def _heading(chapter: Path) -> dict[str, str]:
    """Return the first heading of a chapter, and that of its French page where it has one."""
    first = next(cell for cell in nbformat.read(chapter, as_version=4).cells if cell.cell_type == "markdown")
    told = {"en": first.source, "fr": first.metadata.get("fr", {}).get("text", first.source)}
    return {lang: words.lstrip("# ").split("\n")[0].strip() for lang, words in told.items()}


def titled(edition: str, title: str, report: Report) -> Both:
    """Return an edition's title in both languages."""
    if edition == "latest":
        newest = names.prose_month(report.runs_to)
        return Both(f"Latest ({newest.en})", f"Dernière édition ({newest.fr})")
    return Both(title, french.upper(names.prose_month(month(edition)).fr))


def _two(text: Both) -> dict[str, str]:
    return {"en": text.en, "fr": text.fr}


def _key(key: Key) -> dict[str, Any]:
    if key.change is None:
        return {"name": _two(key.subject or key.label), "text": _two(key.value)}
    change: Change = key.change
    base = int(change.before)
    told = {"name": _two(change.now.measure.phrase), "value": int(change.now), "to": str(change.now.window.last)}
    told |= {"before": base, "record": change.record}
    if change.found is None or change.kind == "few":
        return told
    low, high = change.ends
    return told | {"low": round(low * base, 1), "high": round(high * base, 1)}


def script(told: dict[str, Any]) -> str:
    """Return a record, compressed, as the script that hands it to a page."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f'{_CALL}"{compressed(text)}");\n'


def read(text: str) -> dict[str, Any]:
    """Return the record that a script holds."""
    held = text.strip().removeprefix(_CALL).removesuffix(");")
    # Versions before 0.6 wrote it as it is.
    told: dict[str, Any] = json.loads(held if held.startswith("{") else whole(held.strip('"')))
    return told


def make(edition: str, data_dir: str, chapters: str) -> dict[str, Any]:
    """Return the record of an edition as a script, and what it was made from: what a process of the build does.

    Returns `script` (empty where no chapter answers a question), `reads` and `beyond` (see
    `bookbuild.inputs.Recorder`).
    """
    from bookbuild.inputs import Recorder
    from helpers.errors import EditionError

    # Of the chapters, code and title have a part in it: the build knows both by their hashes, and prose changes neither.
    recorder = Recorder(ignore=[chapters])
    recorder.start()
    try:
        versus.asked(Path(chapters))
    except EditionError:
        text = ""
    else:
        text = script(record(edition, Path(chapters), Tables(data_dir)))
    recorder.stop()
    return {"script": text, "reads": recorder.record(), "beyond": recorder.beyond}
