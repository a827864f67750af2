"""Ten questions that stand ready on the page where readers ask for themselves (`helpers.story.explore`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from helpers import definitions as d
from helpers.editions import Report
from helpers.errors import MaliError, NotInData
from helpers.story.explore import State, check, known
from helpers.windows import month
from helpers.words.both import Both


@dataclass(frozen=True)
class Question:
    """A question that stands ready, in two languages, with its state."""

    text: Both
    state: State


def _asked(report: Report) -> Iterator[Question]:
    """Yield the questions, the reserves last; what an edition cannot know, it does not ask."""

    def ends(what: str) -> pd.Period:
        found = known(report)[what]
        return report.end("actors") if isinstance(found, NotInData) else found.end

    def asked(
        text: Both, what: str, of: str, where: str, against: str = "before", other: str = "", by: str = "quarter"
    ) -> Question:
        end = ends(what)
        return Question(text, State(what, of, where, by, str(end - 11), str(end), against, other))

    def since(first: str, one: Question) -> Iterator[Question]:
        last = min(month(first) + 11, ends(one.state.what))
        if last >= month(first) + 2:
            yield replace(one, state=replace(one.state, first=first, last=str(last)))

    yield asked(Both("Is the south getting worse?", "Le sud va-t-il plus mal ?"), "totals", "events", "south")
    text = Both(
        "Whose attacks on civilians kill more: those of militant Islamists or of the state and its partners?",
        "Quelles attaques contre des civils tuent le plus : celles des islamistes, ou celles de l’État et de ses partenaires ?",
    )
    yield asked(text, "attacks-islamist", "fatalities", "mali", "group", "attacks-state-side")
    text = Both("What came after the fuel blockade of September 2025?", "Et après le blocus de septembre 2025 ?")
    yield from since("2025-09", asked(text, "totals", "events", "south", "before", by="month"))
    text = Both("Is there more violence near Bamako?", "Y a-t-il plus de violences près de Bamako ?")
    yield asked(text, "islamist", "events", "150km")
    text = Both(
        "Is JNIM or Islamic State Sahel more active?", "Du GSIM ou de l’État islamique, qui est le plus actif ?"
    )
    yield asked(text, "jnim", "events", "mali", "group", "is-sahel")
    text = Both(
        "Did attacks on civilians by the state and its partners kill more once Wagner had come?",
        "Les attaques de l’État et de ses partenaires contre des civils ont-elles fait plus de morts une fois Wagner arrivé ?",
    )
    yield from since(d.WAGNER_ARRIVAL, asked(text, "attacks-state-side", "fatalities", "mali"))
    text = Both("Are there more air and drone strikes?", "Y a-t-il plus de frappes aériennes et de drones ?")
    yield asked(text, "way-air", "events", "mali")
    text = Both("Which region has most deaths?", "Quelle région compte le plus de morts ?")
    yield asked(text, "totals", "fatalities", "mali", by="region")
    text = Both("How much happens within 150 km of Bamako?", "Quelle part se passe à moins de 150 km de Bamako ?")
    yield asked(text, "violent", "events", "150km", "place", "mali")
    text = Both("Do the deaths that UCDP counts rise too?", "Les morts que recense l’UCDP augmentent-ils aussi ?")
    yield asked(text, "ucdp", "fatalities", "mali")
    text = Both("What came after the coup of August 2020?", "Et après le coup d’État d’août 2020 ?")
    yield from since("2020-09", asked(text, "islamist", "events", "mali"))
    text = Both("Are there more roadside bombs in the centre?", "Y a-t-il plus d’engins explosifs au centre ?")
    yield asked(text, "way-bombs", "events", "centre")
    text = Both("Do militant Islamists attack more civilians?", "Les islamistes attaquent-ils plus de civils ?")
    yield asked(text, "attacks-islamist", "events", "mali")
    text = Both("Is there more in the north than in the centre?", "Y en a-t-il plus au nord qu’au centre ?")
    yield asked(text, "islamist", "events", "north", "place", "centre")


def questions(report: Report) -> list[Question]:
    """Return ten questions about Mali that an edition can answer; fewer where a user's tables are short."""
    found = []
    for one in _asked(report):
        try:
            check(report, one.state)
        except MaliError:
            continue
        found.append(one)
    return found[:10]
