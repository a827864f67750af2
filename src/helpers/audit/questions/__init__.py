"""The questions that the two reports' statements answer, asked of the data at any date.

Each function takes a `Report` (an edition, or a report recomputed at its own date) and returns an `Answer`: one
sentence made from the numbers, and the quantities behind it. A quantity has one likeliest reading, the other readings
that the statement's words allow, and beside them figures that are no reading of the words but show what the figure
hangs on. Functions named `*_outcome` look at later months and may be used only where a page says so.

One module a zone; importing them registers their questions.
"""

from helpers.audit.questions import central, civilians, junta, northern, southern, trajectory, wagner
from helpers.audit.questions.base import OUTCOMES, QUESTIONS, Answer, Quantity, Question, Reading

__all__ = [
    "OUTCOMES",
    "QUESTIONS",
    "Answer",
    "Quantity",
    "Question",
    "Reading",
    "central",
    "civilians",
    "junta",
    "northern",
    "southern",
    "trajectory",
    "wagner",
]
