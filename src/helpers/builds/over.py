"""The pages of a site that stand over its editions: all at a glance, and two side by side.

They are made from the records that editions keep (`helpers.builds.told`), for as many as the site holds, and from nothing else.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers import french, palette, prose, versus
from helpers.audit import claims, rule
from helpers.builds import bar, told
from helpers.builds.over_files import NAMES
from helpers.markup import PAGES
from helpers.page import policy
from helpers.page.drawing import static_svg
from helpers.page.pictures import Pictures
from helpers.page.translate import LOCALE
from helpers.page.typeset import typeset
from helpers.windows import month
from helpers.words import Both, asking, names

_WORDS = {
    "en": {
        "book": "Mali at war, in figures",
        "colon": ":",
        "glance": "All editions at a glance",
        "lead_glance": "Each key figure of the book, edition by edition; which of them are the highest of any year to the same month; and what became of each verdict.",
        "figures": "Key figures",
        "how": "Point: what happened in the 12 months to an edition; a large one is the highest of any year to the same month since 2012, though a year to another month may be higher. Short dash: the 12 months before. Upright bar: what chance allows at the new level (95 percent); where it leaves the dash out, the change is clear. A bar that meets the frame goes on; counts of few events have none.",
        "records": "Highest of any year to the same month, by edition",
        "none": "In no edition of this site is a key figure the highest of any year to its month.",
        "compare": "Two editions side by side",
        "lead_compare": "Which answers, key figures, sentences and verdicts two editions give differently. The address keeps what you chose.",
        "old": "Older edition",
        "new": "Newer edition",
        "needs": "To compare editions here, scripts must run; the command mali diff --editions does the same.",
        "unsaid": "not said",
        "unknown": "One of these editions keeps no record of what it says; build it again.",
        "count": "{} differences.",
        "time": "Both rest on the same tables: time has moved them, no revision has.",
        "either": "They rest on different tables: time or a revision has moved them; which, the command mali diff OLD/ NEW/ --editions tells.",
        "same": "Nothing that these editions say differs.",
        "first": "the older edition stands first",
        "absent": "not on this site",
        "question": "The question changed: the two answer or count different things and cannot be compared.",
        "kinds": ("Answers", "Key figures", "Sentences", "Audited figures", "Verdicts"),
        "data": "Made from what the editions of this site print. Counts are of what was reported; deaths are estimates.",
    },
    "fr": {
        "book": "Le Mali en guerre, en chiffres",
        "colon": "\u202f:",
        "glance": "Toutes les éditions d’un coup d’œil",
        "lead_glance": "Chaque chiffre clé du livre, édition par édition\u202f; celles où il est le plus haut des années s’achevant le même mois\u202f; et ce qu’est devenu chaque verdict.",
        "figures": "Chiffres clés",
        "how": "Point\u202f: les 12 mois qui mènent à une édition\u202f; un grand point est le plus haut de toutes les années s’achevant le même mois depuis 2012, même si une année s’achevant un autre mois peut le dépasser. Petit trait\u202f: les 12 mois précédents. Barre verticale\u202f: ce que le hasard permet au nouveau niveau (95\u202f%)\u202f; si elle laisse le trait dehors, l’évolution est nette. Une barre qui touche le cadre va au-delà\u202f; les petits nombres n’en ont pas.",
        "records": "Plus hauts de toutes les années s’achevant le même mois, par édition",
        "none": "Aucun chiffre clé n’est le plus haut des années s’achevant son mois dans les éditions de ce site.",
        "compare": "Deux éditions côte à côte",
        "lead_compare": "Les réponses, chiffres clés, phrases et verdicts qui diffèrent d’une édition à l’autre. L’adresse garde votre choix.",
        "old": "Édition plus ancienne",
        "new": "Édition plus récente",
        "needs": "Pour comparer ici, il faut activer les scripts\u202f; la commande mali diff --editions fait de même.",
        "unsaid": "n’est pas dit",
        "unknown": "L’une de ces éditions ne garde pas trace de ce qu’elle dit\u202f; refaites-la.",
        "count": "{} différences.",
        "time": "Les deux éditions reposent sur les mêmes tables\u202f: c’est le temps, et non une révision, qui a changé les nombres.",
        "either": "Les deux éditions reposent sur des tables différentes\u202f: le temps ou une révision a changé les nombres\u202f; la commande mali diff ANCIEN/ NOUVEAU/ --editions dit lequel.",
        "same": "Rien de ce que disent ces éditions ne diffère.",
        "first": "la plus ancienne vient en premier",
        "absent": "absente de ce site",
        "question": "La question a changé\u202f: les deux répondent à autre chose ou comptent autre chose et ne se comparent pas.",
        "kinds": ("Réponses", "Chiffres clés", "Phrases", "Chiffres audités", "Verdicts"),
        "data": "D’après ce qu’impriment les éditions de ce site. Les nombres comptent ce qui a été rapporté\u202f; les morts sont des estimations.",
    },
}
_SCRIPT = Path(__file__).parents[1] / "page" / "templates" / "over.js"
Record = dict[str, Any]
Two = dict[str, Any]


def pages(records: Iterable[Record], files: Collection[str], pictures: Pictures) -> dict[str, str]:
    """Return the pages, by the name of their file.

    Parameters
    ----------
    records : iterable of dict
        What `helpers.builds.told.record` returns, for each edition of the site that keeps it.
    files : collection of str
        Paths in the site: a French reader is led to the French page where there is one.
    pictures : Pictures
        What draws the charts.

    Returns
    -------
    dict
        Four pages: two, in two languages; none where no edition keeps a record.
    """
    known = [record for record in records if record.get("form") == told.FORM]
    ordered = sorted(known, key=lambda record: (record["month"], record["id"]))
    if not ordered:
        return {}
    held = {
        "editions": ordered,
        "css": Markup(palette.css()),
        "look": bar.look(),
        "keys": [_chart(name, points, _years(ordered), pictures) for name, points in _counts(ordered).items()],
        "records": _records(ordered, files),
        "tables": [table for table in (_verdicts(ordered), _others(ordered)) if table["rows"]],
    }
    switch = set(bar.switched([record["id"] for record in ordered]))
    made = {}
    for lang, suffix in (("en", ""), ("fr", ".fr")):
        shown_in = [(record["id"], record["title"][lang]) for record in ordered if record["id"] in switch]
        for page, name in NAMES.items():
            words = _WORDS[lang] | {"title": _WORDS[lang][page], "lead": _WORDS[lang][f"lead_{page}"]}
            addresses = {"en": f"{name}.html", "fr": f"{name}.fr.html"}
            compare = page == "compare"
            shown = held | {
                "bar": bar.bar(lang, shown_in, addresses),
                "script": compare and Markup(_SCRIPT.read_text(encoding="utf-8")),
                "data": compare and _data(lang, ordered, files),
            }
            html = PAGES.render("over.html", lang=lang, words=words, addresses=addresses, **shown)
            made[f"{name}{suffix}.html"] = policy.with_policy(typeset(html, lang))
    return made


def _data(lang: str, records: Sequence[Record], files: Collection[str]) -> Markup:
    """Return what the script of the page for two editions needs, as JSON."""
    words = _WORDS[lang]
    needed = {
        "lang": lang,
        "kinds": versus.KINDS,
        "words": {
            name: words[name]
            for name in (
                "unsaid",
                "unknown",
                "count",
                "time",
                "either",
                "same",
                "question",
                "old",
                "new",
                "first",
                "absent",
            )
        }
        | {name: getattr(asking.CONTROLS[name], lang) for name in ("mended", "moved")}
        | dict(zip(versus.KINDS, words["kinds"], strict=True)),
        "verdicts": {name: face[lang == "fr"] for name, face in rule.FACES.items()},
        "parts": {item: name[lang] for item, name in _parts().items()},
        "editions": [{"id": record["id"], "title": record["title"][lang]} for record in records],
        "pages": {page: title[lang] for record in records for page, title in record["pages"].items()},
        "french": sorted(
            f"{record['id']}/{page}"
            for record in records
            for page in {row[1] for row in record["rows"]}
            if lang == "fr" and f"{record['id']}/chapters/{page}.fr.html" in files
        ),
    }
    return Markup(json.dumps(needed, ensure_ascii=False).replace("<", "\\u003c"))


def said(found: pd.DataFrame, one: Record, other: Record) -> str:
    """Return the differences of two editions for a terminal, in the words of the page for two editions.

    `found`: `versus.DIFFERENCES`. `one`, `other`: what the editions tell (`helpers.builds.told.record`), the older
    first.
    """
    words, parts = _WORDS["en"], _parts()
    if found.empty:
        return f"{words['same']}\n"
    alike = one["tables"] == other["tables"]
    out = [str(words["count"]).format(len(found)) + (f" {words['time']}" if alike else "")]
    sides = [record["title"]["en"] for record in (one, other)]
    if sides[0] == sides[1]:
        sides = [f"{name}, {which} tables" for name, which in zip(sides, ("old", "new"), strict=True)]
    titles = {page: title["en"] for record in (one, other) for page, title in record["pages"].items()}
    for kind, name in zip(versus.KINDS, words["kinds"], strict=True):
        part = found[found["kind"].eq(kind)]
        out += [f"\n{name} ({len(part)})"] if len(part) else []
        for row in part.itertuples():
            audited = f" · {parts[row.item]['en']}" if row.item in parts and kind in ("figure", "verdict") else ""
            out.append(f"  {titles.get(row.page, row.page)}{audited} [{row.item}]")
            if row.moved_by == "question":
                out.append(f"    {words['question']}")
            elif not alike and row.moved_by == "revision" and not (row.old and row.new):
                out.append("    Only one of the two sets of tables supports it.")
            elif not alike:
                out.append(f"    Moved by {row.moved_by}.")
            for name, text in zip(sides, (row.old, row.new), strict=True):
                shown = rule.FACES[text][0] if kind == "verdict" and text in rule.FACES else text or words["unsaid"]
                out.append(f"    {name}: {shown}")
    return "\n".join(out) + "\n"


def _counts(records: Sequence[Record]) -> dict[str, list[tuple[Record, Record]]]:
    """Return the key figures that are counts by what they count, each as (edition, key) in the order of the editions.

    Those of the newest edition that another prints too: a line that ends before it, or a lone point, shows no course.
    """
    found: dict[str, list[tuple[Record, Record]]] = {}
    for record in records:
        for key in {key["name"]["en"]: key for key in record["keys"] if "value" in key}.values():
            found.setdefault(key["name"]["en"], []).append((record, key))
    least = min(2, len(records))
    return {name: line for name, line in found.items() if line[-1][0] is records[-1] and len(line) >= least}


def _years(records: Sequence[Record]) -> tuple[list[str], list[str]]:
    """Return the first and the last month of an axis for all key figures, and the Januaries that it names."""
    months = [month(key["to"]) for record in records for key in record["keys"] if "to" in key]
    if not months:
        return [], []
    first, last = min(months) - 2, max(months) + 2
    years = range(first.year + 1, last.year + 1)
    named = [f"{year}-01" for year in years if (last.year - year) % (len(years) // 6 + 1) == 0]
    return [str(first), str(last)], named


def _chart(
    name: str, points: list[tuple[Record, Record]], years: tuple[list[str], list[str]], pictures: Pictures
) -> Two:
    """Return the line of a key figure over the editions; the numbers of the French picture are French."""
    rows = [{k: key.get(k) for k in ("to", "value", "before", "low", "high", "record")} for _, key in points]
    axis = {"format": "%Y", "title": None, "values": years[1]}
    x = {"field": "to", "type": "temporal", "scale": {"domain": years[0]}, "axis": axis}
    # The frame holds the bars, but for those so long that they would press the line flat.
    most = max(max(key["value"], key["before"]) for _, key in points)
    highs = [key.get("high") or 0 for _, key in points]
    top = max(1.0, 1.1 * most, min(2.5 * most, 1.02 * max(highs)))
    y = {"type": "quantitative", "scale": {"domain": [0, top]}, "axis": {"title": None, "tickCount": 3, "format": ",d"}}
    ink = palette.colour("neutral")
    bar = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    size = {"condition": {"test": "datum.record", "value": 110}, "value": 36}
    spec: dict[str, Any] = {
        "data": {"values": rows},
        "height": 120,
        "layer": [
            {"mark": {"type": "rule", "color": palette.MUTED, "clip": True}, "encoding": bar},
            {"mark": {"type": "tick", "orient": "horizontal", "size": 9, "color": palette.MUTED}, "encoding": {"x": x, "y": {**y, "field": "before"}}},
            {"mark": {"type": "line", "color": ink}, "encoding": {"x": x, "y": {**y, "field": "value"}}},
            {"mark": {"type": "point", "color": ink, "filled": True, "opacity": 1}, "encoding": {"x": x, "y": {**y, "field": "value"}, "size": size}},
        ],
    }  # fmt: skip
    said = _said(points)
    drawn = {}
    for lang in ("en", "fr"):
        alt = f"{points[-1][1]['name'][lang]}{_WORDS[lang]['colon']} {getattr(said, lang)}"
        spec["config"] = palette.theme() | ({"locale": LOCALE} if lang == "fr" else {})
        svg = static_svg({**spec, "usermeta": {"mali": {"alt": alt}}}, f"key-{_anchor(name)}", 340, pictures=pictures)
        drawn[lang] = Markup(svg)
    last = _two(said)
    return {"name": points[-1][1]["name"], "svg": drawn, "last": last}


def _said(points: list[tuple[Record, Record]]) -> Both:
    """Say the first and the last value of a line, and the highest of the editions that it joins: years between are not in it."""
    (_, one), (_, other) = points[0], points[-1]
    now = names.prose_month(month(other["to"]))
    if len(points) == 1:
        return Both(
            f"{prose.number(other['value'])} in the year to {now.en}.",
            f"{french.number(other['value'])} dans l’année qui s’achève en {now.fr}.",
        )
    most = max((key for _, key in points), key=lambda key: key["value"])
    then, peak = (names.prose_month(month(key["to"])) for key in (one, most))
    return Both(
        f"{prose.number(one['value'])} in the year to {then.en}, {prose.number(other['value'])} in that to {now.en}; "
        f"the highest of the {len(points)} editions shown is {prose.number(most['value'])}, in that to {peak.en}.",
        f"{french.number(one['value'])} dans l’année qui s’achève en {then.fr}, {french.number(other['value'])} dans celle "
        f"{french.of(now.fr)} ; le plus haut des {len(points)} éditions montrées est {french.number(most['value'])}, dans l’année qui s’achève en {peak.fr}.",
    )


_YEAR_TO = {"en": "year to", "fr": "année s’achevant en"}


def _anchor(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())


def _two(text: Both) -> Two:
    return {"en": text.en, "fr": text.fr}


def _records(records: Sequence[Record], files: Collection[str]) -> list[Two]:
    """Return the editions whose key figures are the highest of any year to their month, the newest first, with the counts."""
    found = []
    for record in reversed(records):
        fell = list({key["name"]["en"]: key for key in record["keys"] if key.get("record")}.values())
        if fell:
            parts = {
                lang: "; ".join(
                    f"{key['name'][lang]} ({number(key['value'])}, {_YEAR_TO[lang]} {getattr(names.bare_month(month(key['to'])), lang)})"
                    for key in fell
                )
                for lang, number in (("en", prose.number), ("fr", french.number))
            }
            parts["fr"] = parts["fr"].replace("; ", "\u202f; ")
            found.append({"href": f"{record['id']}/chapters/summary.html", "title": record["title"], "what": parts})
    return found


def _runs(said_by: list[tuple[Record, Two]]) -> Two:
    """Return what is said edition by edition, each behind the names of the editions in which it held."""
    runs: list[tuple[Two, Record, Record]] = []
    for record, said in said_by:
        if runs and runs[-1][0] == said:
            runs[-1] = (said, runs[-1][1], record)
        else:
            runs.append((said, record, record))
    out = {}
    for lang in ("en", "fr"):
        colon = _WORDS[lang]["colon"]
        parts = []
        for said, *ends in runs:
            since, until = (record["title"][lang] for record in ends)
            parts.append(f"{since if since == until else f'{since} – {until}'}{colon} {said[lang]}")
        out[lang] = " → ".join(parts)
    return out


def _parts() -> dict[str, Two]:
    """Return what the parts of statements are called, by their id: `R22-03 pace`, and `R22-03 later realised` for what came."""
    found = {}
    for claim in claims.claims():
        named = {one.name: one for one in claim.facts} | {one.quantity: one for one in claim.figures}
        named |= {f"later {one.quantity}": one for one in claim.outcome}
        for part, one in named.items():
            found[f"{claim.id} {part}"] = {"en": f"{claim.id} {one.name}", "fr": f"{claim.id} {one.fr}"}
    return found


def _verdicts(records: Sequence[Record]) -> Two:
    """Return the table of verdicts: statement, part, and the verdicts of the editions in which it was due."""
    found: dict[str, list[tuple[Record, Two]]] = {}
    statements: dict[str, Two] = {}
    for record in records:
        statements |= record["statements"]
        for kind, _, item, verdict, *_ in record["rows"]:
            if kind == "verdict":
                en, fr = rule.FACES.get(verdict, (verdict, verdict))
                found.setdefault(item, []).append((record, {"en": en, "fr": fr}))
    rows, called = [], _parts()
    for item, verdicts in sorted(found.items()):
        claim, _, part = item.partition(" ")
        rows.append(
            [
                called.get(item, {"en": item, "fr": item}),
                statements.get(claim, {"en": part, "fr": part}),
                _runs(verdicts),
            ]
        )
    heads = [
        ("Statement and part", "Affirmation et partie"),
        ("What it says", "Ce qu’elle dit"),
        ("Verdicts, by edition", "Verdicts, par édition"),
    ]
    title = {"en": "Verdicts", "fr": "Verdicts"}
    return {"id": "verdicts", "title": title, "heads": [{"en": en, "fr": fr} for en, fr in heads], "rows": rows}


def _at(key: Record) -> Two:
    """Return the value of a key figure with the date that ends its name: `24 months on 29 August 2022`, `111th (2022)`."""
    said = {}
    for lang, text in key["text"].items():
        name, bare = key["name"][lang], versus.undated(key["name"][lang])
        when = name.removeprefix(bare) if name.startswith(bare) else ""
        said[lang] = text + re.sub(r"^ (?:of|de) (\d+)$", r" (\1)", when)
    return said


_ELSE = Both(" Other editions ask another question here.", " D’autres éditions posent ici une autre question.")


def _others(records: Sequence[Record]) -> Two:
    """Return the table of the key figures that are no counts of 12 months: a row for each measure, place and unit.

    A date in a figure's name, which may lie after the edition's month, stands with the value where editions are joined.
    """
    found: dict[tuple[str, str], list[tuple[Record, Record]]] = {}
    for record in records:
        for key in record["keys"]:
            if "text" in key:
                found.setdefault((key["item"], key["counts"]), []).append((record, key))
    asked = Counter(item for item, _ in found)
    rows = []
    for (item, _), line in found.items():
        name = line[-1][1]["name"]
        if len(line) > 1:
            name = {lang: versus.undated(text) for lang, text in name.items()}
        values = [key["text"] if len(line) == 1 else _at(key) for _, key in line]
        said = _runs([(record, value) for (record, _), value in zip(line, values, strict=True)])
        if asked[item] > 1:
            said = {lang: text + "." + getattr(_ELSE, lang) for lang, text in said.items()}
        rows.append([name, said])
    heads = [("Key figure", "Chiffre clé"), ("Values, by edition", "Valeurs, par édition")]
    title = {"en": "Other key figures", "fr": "Autres chiffres clés"}
    return {"id": "others", "title": title, "heads": [{"en": en, "fr": fr} for en, fr in heads], "rows": rows}
