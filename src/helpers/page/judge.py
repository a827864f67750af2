"""Judge it yourself: the data that a claim's box loads when it opens, one small script a claim.

`judge.js` puts the choices into the box and shows what `helpers.audit.states` found for each state. It looks up and
assembles; it computes no figure and judges none. Every word and number it shows stands in the file, in both languages.

The configuration value ``mali_data`` names the folder of tables that the chapters were run with; the project's own where
it is empty.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from helpers.audit import claims, options, rule, states
from helpers.data import Tables
from helpers.words import Both

SCRIPT = "judge.js"
FOLDER = "judge"
"""Folder of the data, beside the script."""

LOG_FROM = 30
"""Largest value over the smallest from which a strip is drawn on a logarithmic scale."""

_ASKS = re.compile(r'data-judge="(R\d\d-\d\d)"')

WORDS: dict[str, Both] = {
    "head": Both("Judge it yourself", "Jugez vous-même"),
    "said": Both("{name}: published {published}; so counted:", "{name} : publié : {published} ; ainsi compté :"),
    "range": Both(
        "Changing one more choice gives {low} to {high}.", "En changeant encore un choix, on obtient de {low} à {high}."
    ),
    "fixed": Both("No one more choice moves it.", "Aucun autre choix ne le modifie."),
    "none": Both("no figure", "aucun chiffre"),
    "unjudged": Both("Cannot be counted", "Ne se compte pas"),
    "why": Both(
        "Why did this change? Mostly “{choice}”: alone, it turns {book} into {alone}.",
        "Pourquoi ce changement ? Surtout « {choice} » : à lui seul, ce choix fait passer de {book} à {alone}.",
    ),
    str(states.BOOK): Both("This is the book’s reading.", "C’est la lecture du livre."),
    str(states.SAME): Both("The same figure as the book’s.", "Le même chiffre que celui du livre."),
    str(states.TOGETHER): Both(
        "No one of your choices moves it alone; together they do.",
        "Aucun de vos choix ne le modifie seul ; ensemble, si.",
    ),
    "reset": Both("Back to the book’s reading", "Revenir à la lecture du livre"),
    "link": Both("Link to this reading", "Lien vers cette lecture"),
    "strip": Both(
        "{name}: all readings give {count} different figures, from {low} to {high}; published {published}; "
        "this reading {value}; the book’s {book}.",
        "{name} : les lectures donnent {count} chiffres différents, de {low} à {high} ; publié : {published} ; "
        "cette lecture : {value} ; celle du livre : {book}.",
    ),
    "key-all": Both("each reading", "chaque lecture"),
    "key-band": Both("read as the published figure", "lu comme le chiffre publié"),
    "key-book": Both("the book’s", "celle du livre"),
    "key-this": Both("yours", "la vôtre"),
    "log": Both("logarithmic scale", "échelle logarithmique"),
}
"""What the box says around the figures; names in braces are filled with words of the same file."""

ACTING = Both(
    "An attack on civilians counts only where the group is the attacker.",
    "Une attaque contre des civils ne compte que si le groupe en est l’auteur.",
)


def _marks(parts: int) -> list[Both]:
    """Return what stands over options that give none, some, all of the published figures."""
    other = Both("gives another figure", "donne un autre chiffre")
    if parts == 1:
        return [other, Both("✓ gives the published figure", "✓ donne le chiffre publié")]
    some = [
        Both(f"gives {number} of the {parts} published figures", f"donne {number} des {parts} chiffres publiés")
        for number in range(1, parts)
    ]
    return [other, *some, Both("✓ gives the published figures", "✓ donne les chiffres publiés")]


def _two(words: Both) -> list[str]:
    return [words.en, words.fr]


def _box_note(part: states.Part) -> list[str] | None:
    """Say why the box has another verdict than the book's reading alone."""
    if part.verdict == part.states[0].verdict:
        return None
    en, fr = rule.part_face(part.verdict, part.figure)
    return _two(
        Both(
            f"The box says “{en}”: it weighs every reading of the words, here one stands alone.",
            f"Le verdict du cadre, « {fr} », pèse toutes les lectures du texte ; ici, une seule est jugée.",
        )
    )


def _scale(figure: claims.Published, values: list[float]) -> tuple[list[float | None], list[float] | None, bool]:
    """Place values, and the band of the published figure, on a strip from 0 to 100; tell whether it is logarithmic."""
    known = [value for value in values if not math.isnan(value)]
    low, high = rule.band(figure)
    ends = [end for end in (low, high) if math.isfinite(end)]
    levels = [rule.level(figure.unit, value) for value in (*known, *ends)]
    logarithmic = min(levels) > 0 and max(levels) / min(levels) >= LOG_FROM

    def on(value: float) -> float:
        return math.log10(rule.level(figure.unit, value)) if logarithmic else value

    first, last = min(map(on, [*known, *ends])), max(map(on, [*known, *ends]))
    width = last - first or 1.0

    def place(value: float) -> float:
        return round((on(value) - first) / width * 100, 1)

    band = [place(low), place(high) if math.isfinite(high) else 100.0]
    return [None if math.isnan(value) else place(value) for value in values], band, logarithmic


def _part(part: states.Part) -> dict[str, Any]:
    """Return a figure in every state: its different values once, and for each state the places of what it shows."""
    figure = part.figure
    found: dict[str, int] = {}
    values: list[float] = []

    def at(value: float) -> int:
        key = repr(round(value, 9))
        if key not in found:
            found[key] = len(values)
            values.append(value)
        return found[key]

    verdicts = list(dict.fromkeys(state.verdict for state in part.states))
    rows = [(at(state.value), at(state.low), at(state.high)) for state in part.states]
    places, band, logarithmic = _scale(figure, values)
    return {
        "name": [figure.name, figure.fr],
        "published": _two(Both(figure.text, figure.text_fr)),
        "note": _box_note(part),
        "values": [
            [*_two(WORDS["none"]), place, *_two(WORDS["none"])]
            if math.isnan(value)
            else [*_two(figure.both(value)), place, *figure.bare(value)]
            for value, place in zip(values, places, strict=True)
        ],
        "band": band,
        "log": logarithmic,
        "verdicts": [
            [*(rule.part_face(name, figure) if name else _two(WORDS["unjudged"])), rule.SIDES.get(name, "unknown")]
            for name in verdicts
        ],
        "value": [row[0] for row in rows],
        "low": [row[1] for row in rows],
        "high": [row[2] for row in rows],
        "verdict": [verdicts.index(state.verdict) for state in part.states],
        "gives": [int(state.gives) for state in part.states],
        "moved": [state.moved for state in part.states],
    }


def _group(group: states.Group, prefix: str) -> dict[str, Any]:
    return {
        "choices": [
            {
                "name": f"{prefix}{choice.name}",
                "label": _two(options.LABELS[choice.name]),
                "keys": list(choice.keys),
                "words": [_two(words) for words in choice.words],
            }
            for choice in group.choices
        ],
        "pieces": [_two(piece) if isinstance(piece, Both) else piece for piece in group.pieces],
        "acting": _two(ACTING) if group.acting else None,
        "marks": [_two(words) for words in _marks(len(group.parts))],
        "parts": [_part(part) for part in group.parts],
    }


def payload(claim_id: str, tables: Tables | None = None) -> dict[str, Any]:
    """Return all that the box of a claim shows, as JSON would hold it."""
    found = states.groups(claim_id, tables)
    return {
        "id": claim_id,
        "words": {name: _two(words) for name, words in WORDS.items()},
        "groups": [_group(group, f"{group.parts[0].figure.quantity}." if len(found) > 1 else "") for group in found],
    }


def script(claim_id: str, tables: Tables | None = None) -> str:
    """Return the data of a claim's box as a script, which a page may load from a folder too (`fetch` may not)."""
    text = json.dumps(payload(claim_id, tables), ensure_ascii=False, separators=(",", ":"))
    return f"mali.judge({text});\n"


def asked(page: str) -> list[str]:
    """Return the claims whose boxes on a page have choices."""
    return sorted(set(_ASKS.findall(page)))


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the data of every box that asks for it, once the pages stand (Sphinx's `build-finished`)."""
    if error is not None or app.builder.name != "html" or app.config.mali_changed:
        return
    pages = (path for path in Path(app.outdir).rglob("*.html") if "_static" not in path.relative_to(app.outdir).parts)
    wanted = {claim_id for path in pages for claim_id in asked(path.read_text(encoding="utf-8"))}
    folder = Path(app.outdir) / "_static" / FOLDER
    for claim_id in sorted(wanted):
        folder.mkdir(parents=True, exist_ok=True)
        text = script(claim_id, Tables(app.config.mali_data))
        (folder / f"{claim_id}.js").write_text(text, encoding="utf-8")


def load(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Let a page on screen whose boxes have choices load the script (Sphinx's `html-page-context`)."""
    if app.builder.name == "html" and asked(context.get("body", "")):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register what boxes with choices need."""
    app.add_config_value("mali_data", "", "")
    app.connect("html-page-context", load)
    app.connect("build-finished", write)
