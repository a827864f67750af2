"""French as a Malian reader expects it, in all that figures and pages say: spaces, agreement, prepositions, numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import altair as alt
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import story_figures
from helpers import definitions, french, keys
from helpers.builds.recipe import project
from helpers.editions import Report
from helpers.figures import Figure, Words
from helpers.page import translate, twins
from helpers.page.bilingual import MIME
from helpers.schemas import SCHEMAS
from helpers.words import inside

_MONTHS = "|".join(french.MONTHS)
_NOUN = (
    "événement|attaque|combat|région|cercle|entrée|source|année|semestre|trimestre|base|frappe|civil|personne|"
    "affirmation|projection|prévision|définition|rétrocession"
)
_VERSION = "".join(rf"(?<!{name} )" for name in ("CC BY", "BY-NC", "GED", "Country-Year", "Geo-PKO"))
"""Not behind the name of a licence or a data set, whose version is written as its producer does."""
FAULTS = {
    "a code of a period": r"\b\d{4}[HQ][1-4]\b|\b20\d\d-[01]\d\b",
    "no narrow space before a sign": r"[^\s\u202f«(&][;!?](?=\s|$)|[^\s\u202f]:(?=\s)|\d%|(?<=\S) [;:!?%»]",
    "no narrow space inside quotation marks": r"«(?!\u202f)|(?<!\u202f)»",
    "an article before a month": rf"\b(?:au|du|le|ce) (?:{_MONTHS})\b",
    "up to a month without its preposition": rf"\bjusqu’(?:à|au) (?:{_MONTHS})\b",
    "no elision": rf"\b(?:de|que|jusque) (?:{'|'.join(m for m in french.MONTHS if m[0] in 'ao')}|Ab|An|Ag|il|elle|un|une)\b",
    "two prepositions": r"\b(?:de de|à à|en en|dans dans|de du|de le (?:nord|centre|sud|GSIM|Mali)|à le|de les \d)\b",
    "a region without its article": r"\bdans (?:Gao|Mopti|Kidal|Kayes|Sikasso|Ségou|Ménaka|Tombouctou|Bamako)\b",
    "one of a plural": rf"(?<![\d,\u202f])\b(?:0|1|une?|aucune?|zéro) (?:{_NOUN})s\b",
    "many of a singular": rf"(?<![\d,.\u202f])\b(?:[2-9]|[1-9]\d+|deux|trois|quatre|cinq|six|sept|huit|neuf) (?:{_NOUN})\b",
    "a number as English writes it": rf"\d \d{{3}}\b|{_VERSION}(?<!\d)\d+\.\d|(?!\b1,00\d\b|\b0,\d{{3}}\b)\b\d+,\d{{3}}\b",
    "the first of a month": rf"\b1 (?:{_MONTHS})\b",
    "a typewriter's apostrophe": r"[^\W\d]'[^\W\d]",
    "people rallied as if they were troops": r"\b[Rr]alli\w+ (?:à )?(?:des|les) (?:gens|habitants|personnes)\b",
    "another name for armed Islamist groups": r"\b(?:événements?|attaques?|violences?|activité) islamistes?\b|\bislamistes militants\b",
    "all sides by another name": r"\btous camps\b|\btous (?:les )?acteurs\b|\b(?:de|par|pour) toutes les parties\b|\btoutes parties confondues\b",
    "what acts in a fight by another name": r"\bparties? qui agi(?:t|ssent)\b|\bla partie en face\b",
    "what came earlier, word for word": r"\b(?:mois|trimestres?|semestres?|années?|élevée?s?|hauts?|hautes?) d’avant\b",
    "has where French counts": r"(?<!y )\ben (?:a|ont) \d|\bn’en ont aucune?\b",
    "the dead as a feminine": r"\bmorts (?:\S+ ){0,2}(?:dues|liées|recensées|comptées|causées)\b|\bmorts?\b[^.;:]{0,60}\bsont dues\b|\baucune mort\b",
    "a sentence begun inside another": r"[a-zéè] (?:Une?|L[ea]s?|Des) (?=[a-zé\[])",
    "a word said twice": r"\b(?!nous|vous)([^\W\d]+) \1\b",
    "a conditional behind if": r"\bet si l[ae’]\s?\w+ se serait\b",
    "one source without its article": r"\b(?:d’|selon |et |que )UCDP\b",
    "after where French says against": r"\baprès (?:zéro|(?!20\d\d\b)[\d\u202f]+)\b(?! (?:ans|mois|jours|semaines)\b)",
    "another name for the coup": r"\bputschs?\b|\b(?:le|du|au) coup\b(?! d’)",
}
"""Regular expressions of what no French text may hold, by what is wrong with it."""

every = pytest.mark.parametrize("edition", story_figures.EDITIONS)


def faults(text: str) -> list[str]:
    """Return what is wrong with a text, with the place."""
    text = keys.spelled(text, "fr")
    return [
        f"{what}: …{text[max(0, found.start() - 40) : found.end() + 30]}…"
        for what, fault in FAULTS.items()
        for found in re.finditer(fault, text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Sommet au 2021H2", "à Kayes; elle recule", "24 % des morts", "« oui »", "du août 2022", "jusqu’à mai 2026", "celle de août 2022",
        "dans Kidal", "avec 1 événements", "aucun trimestres", "12 combat", "1 234 morts", "1,234 morts", "le 1 août 2022", "l'armée",
        "civils tués par toutes les parties", "selon la partie qui agit", "le trimestre le plus élevé d’avant", "la dernière en a 3",
        "12 trimestres n’en ont aucun", "les morts liées aux groupes", "9 morts sur 12 sont dues à une opération", "contre un un an plus tôt",
        "si rien n’a changé et si la tendance se serait poursuivie",
        "les événements islamistes armés", "l’activité islamiste armée", "morts, tous camps", "de tous les acteurs", "les morts d’UCDP",
        "La page Une [page en anglais](x) examine", "avec 12 après 15", "357 en 2025, après 42", "avant le coup", "depuis le putsch de 2020", "de le nord", "pour rallier des gens",
    ],
)  # fmt: skip
def test_each_fault_is_found(text):
    assert faults(text)


def test_good_french_has_no_fault():
    text = (
        "Du 1er août 2022 à août 2023\u202f: 1\u202f234 événements, 12,5\u202f% des morts\u202f; un combat à Kidal, «\u202fdit-on\u202f», jusqu’en mai 2026, "
        "aucune attaque depuis le coup d’État d’août 2020, à 13:00, après 12 ans et après 2022."
    )
    assert faults(text) == []


@every
@pytest.mark.parametrize("name", story_figures.NAMES)
def test_no_figure_has_a_fault_in_its_french(name, edition):
    found = {
        (figure.id, part): wrong
        for figure in story_figures.figures(name, edition)
        for part, text in vars(figure.fr).items()
        if isinstance(text, str) and (wrong := faults(text))
    }
    assert not found


NAMES = {
    "ACLED", "Africa Corps", "Barkhane", "Burkina Faso", "Camp Castor", "Côte d’Ivoire", "Macina", "Mali", "MINUSMA", "Niger", "Ogossagou",
    "Takuba", "UCDP", "Wagner", "cercle", "km", "Araouane", "Cercle", "Nioro du Sahel", "Sévaré", "Mopti-Sévaré", "Taoudenni",
}  # fmt: skip
"""Names that French writes as English does, beside those of places; `cercle` is French in both."""
PLACES = {
    name
    for table, column in (("places", "place"), ("bases", "place"), ("regions", "region"), ("cercles", "cercle"))
    for name in pd.read_csv(project().root / "data" / f"{table}.csv")[column]
}
PLACES |= {*definitions.REGION_NAMES.values(), *definitions.CERCLE_NAMES.values()}
PLACES |= {name.upper() for name in PLACES}


_CODE = re.compile(r"R2\d-\d\d|\d{4}[HQ]\d|\d{4}-\d\d-\d\dT[\d:]+|[A-Z]")
"""What an axis or a scale of time names itself, the code of a statement, and the letters of a map's key."""


def read_by_people(node: object, path: tuple = (), shown: frozenset[str] = frozenset()) -> Iterator[tuple[tuple, str]]:
    """Give each text of a specification that reaches a reader, with its place: titles, keys, marks, hovers, its table."""
    shown = shown or frozenset(_fields(node))
    for key, part in node.items() if isinstance(node, dict) else enumerate(node):
        here = (*path, key)
        if isinstance(part, dict | list):
            if key not in ("config", "fr", "hrefs", "properties") and not _silent(part):
                yield from read_by_people(part, here, shown)
        elif isinstance(part, str):
            named = [one for one in here if isinstance(one, str)][-1]
            column = "datasets" in here and named in shown
            if column or ("datasets" not in here and named in ("title", "text", "domain", "columns", "rows")):
                yield here, part


def _silent(node: object) -> bool:
    """Tell whether a channel has no key that would name its values."""
    return isinstance(node, dict) and "legend" in node and node["legend"] is None


def _fields(node: object) -> Iterator[str]:
    if isinstance(node, dict) and isinstance(node.get("field"), str):
        yield node["field"]
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        if not _silent(part):
            yield from _fields(part)


def untold(spec: dict) -> set[str]:
    """Return the texts of a figure that its French leaves as they are, but for names and words that are the same in both."""
    told = dict(read_by_people(translate.french(spec)))
    own = spec["usermeta"]["mali"].get("fr", {}).get("chart", {})
    same = {one for one, kept in {**inside.COMMON, **own}.items() if one == kept} | NAMES | PLACES

    def known(text: str) -> bool:
        pieces = (
            re.sub(r"^[\W\d]+|[\W\d]+$", "", piece)
            for piece in re.split(r"[·,;()→]", _CODE.sub("", text) if _CODE.fullmatch(text) else text)
        )
        return text in same or all(piece in same for piece in pieces if piece)

    return {text for place, text in read_by_people(spec) if told.get(place) == text and not known(text)}


def test_a_word_left_in_english_is_seen_in_a_key_a_row_a_hover_and_a_table():
    frame = pd.DataFrame({"Class": ["Dispersed", "Mopti 3"], "name": ["Far", "Kayes 3 → 5"], "Cells": [1, 2]})
    colour = alt.Color("Class:N", scale=alt.Scale(domain=["Dispersed", "Mopti 3"], range=["#ffffff", "#000000"]))
    chart = alt.Chart(frame).mark_bar().encode(y="Class:N", x="Cells:Q", color=colour, tooltip=["name:N"])
    figure = Figure(
        id="x", title="T", subtitle="S", chart=chart, frame=frame[["Class", "Cells"]], alt="A", source="Synthetic, CC0",
        fr=Words(title="U", subtitle="V", alt="W", chart={"Cells": "Cellules"}),
    )  # fmt: skip
    assert untold(figure.spec()) == {"Class", "Dispersed", "Far"}


FRENCH_PAGES = [
    str(path.relative_to(project().root / "chapters").with_suffix(""))
    for path in project().notebooks
    if twins.has_french(json.loads(path.read_bytes()))
]


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
@pytest.mark.parametrize("page", FRENCH_PAGES)
def test_no_word_of_a_french_pages_figure_is_left_in_english(page, edition):
    found = {
        one.id: left for one in story_figures.figures_of(page, edition) if (left := untold(story_figures.spec(one)))
    }
    assert not found


def said(shown: object) -> Iterator[str]:
    """Yield the French of what a cell shows: of a pair, and of elements that carry theirs."""
    if isinstance(shown, tuple):  # a Markdown cell
        yield shown[1]
        return
    bundle = shown._repr_mimebundle_() if hasattr(shown, "_repr_mimebundle_") else {}
    html = bundle.get("text/html", "")
    if MIME in bundle:
        pair = bundle[MIME]
        html = pair["fr"] if pair["kind"] == "text/html" else ""
        yield pair["fr"] if not html else ""
        html = f'<div lang="fr">{html}</div>'
    soup = BeautifulSoup(html, "html.parser")
    for english in soup.select("[lang=en]"):
        english.decompose()
    yield from (str(element["data-fr"]) for element in soup.select("[data-fr]"))
    yield from (element.get_text() for element in soup.select("[lang=fr] :is(p, li, td, th, dd, caption)"))


@every
@pytest.mark.parametrize("page", story_figures.REPORT)
def test_no_page_of_the_report_has_a_fault_in_its_french(page, edition):
    # What French pages space by themselves (`french_pages`, `twins`) is spaced here.
    texts = [french.spaced(text) for _, shown in story_figures.sections(page, edition) for text in said(shown)]
    assert sum(map(len, texts)) > 1500, "the page's French is read"
    assert not [wrong for text in texts for wrong in faults(re.sub(r"\{\w+\}`[^`]*`|\]\([^)]*\)|<a [^>]*>", "", text))]


def test_every_source_of_the_project_is_told_in_french():
    """Names of producers and tables stay; a user's own file is not known, stays in English, and is marked so."""
    report = Report("latest")
    lines = [report.source(table) for table in sorted(SCHEMAS) if (report.tables.folder / f"{table}.csv").is_file()]
    assert len(lines) > 20
    for line in lines:
        english, told = inside.credit(line)
        assert english == "", f"{line}: add its French to helpers.words.inside.CITED"
        assert not re.search(r"\b(?:the|of|and|to|by|through|terms|version|own|taken|named)\b", told)
        assert faults(told) == []
    assert inside.credit("my-export.csv (own). Own computation.") == ("my-export.csv (own).", "Nos calculs.")
