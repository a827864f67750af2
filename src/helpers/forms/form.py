"""A form: a chart that can say what it shows, and the figure that joins it to a finding.

A form is made from measures and series. It gives the chart, the table behind it, the subtitle (what, where, when) and
the alternative text, in both languages. What it cannot know, the finding, is a function of the chapter: `figure` joins
the two and adds what follows from the tallies: the interval of a change that the title states, the caveat of small
counts, the month at which the data of an older table end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from helpers import french
from helpers.figures import Figure, Words
from helpers.measures.measure import Change, Tally
from helpers.windows import Window
from helpers.words import names
from helpers.words.both import NOTHING, Both, joined, listing


@dataclass(frozen=True, eq=False)
class Form:
    """A chart, its table and its words."""

    chart: Any = field(repr=False)
    """May be layered on before it becomes a figure."""
    frame: pd.DataFrame = field(repr=False)
    """The table behind it, with column names for readers."""
    what: Both
    """Subtitle: measure, place, unit, dates."""
    alt: Both
    """What the chart shows, for those who do not see it."""
    source: str
    """Source line."""
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    """English to French for every word that stands inside the chart or heads the table."""
    periods: Sequence[Window] = field(default=(), repr=False)
    """Months of each column or point of a form over time, as far as it is drawn."""
    noun: Both = NOTHING
    """What those periods are called, a plural."""

    def tail(self, more: Both) -> Form:
        """Add to the subtitle what the form cannot know."""
        return replace(self, what=Both(f"{self.what.en}; {more.en}", f"{self.what.fr} ; {more.fr}"))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Draw the form in a notebook as it is, without a finding: its title says what it counts."""
        said = self.alt.sentence()
        return figure("chart", replace(self, what=said, alt=said), Finding(self.what.upper()))._repr_mimebundle_()

    def cut(self, tallies: Sequence[Tally]) -> list[Window]:
        """Return the windows of tallies that are the sum of no drawn periods, newest first."""
        firsts, lasts = {span.first for span in self.periods}, {span.last for span in self.periods}
        found = {tally.window for tally in tallies} if self.periods else set()
        return sorted(
            (span for span in found if span.first not in firsts or span.last not in lasts),
            key=lambda span: span.first,
            reverse=True,
        )

    def longer(self, tallies: Sequence[Tally]) -> int:
        """Return how many months the windows of tallies have of which a form by month draws each alone; 0 of any other."""
        lengths = {tally.window.months for tally in tallies}
        alone = bool(self.periods) and all(span.months == 1 for span in self.periods)
        return lengths.pop() if alone and len(lengths) == 1 and lengths != {1} else 0

    def on(self, chart: Any) -> Form:
        """Return the form with another chart, such as this one with a layer more."""
        return replace(self, chart=chart)


@dataclass(frozen=True)
class Finding:
    """What a figure's title says, and the numbers that it rests on."""

    title: Both
    """One sentence, at most two numbers."""
    rests_on: Sequence[Tally] = ()
    """Tallies behind the title; one below ten brings the caveat of small counts."""
    changes: Sequence[Change] = ()
    """Changes that the title states; the subtitle gives their intervals."""
    caveat: Both | None = None
    """What would mislead, in at most two sentences."""


def moved(subject: Both, change: Change, *, caveat: Both | None = None) -> Finding:
    """Say how a subject moved between two windows, by the rules of `judgement`.

    Parameters
    ----------
    subject : Both
        What a title calls the events, a plural; of a measure of deaths it becomes the deaths in them.
    change : Change
        The two tallies.
    caveat : Both, optional
        What would mislead.
    """
    subject, said = change.now.measure.subject(subject), change.headline()
    return Finding(Both(f"{subject.en} {said.en}", f"{subject.fr} {said.fr}"), changes=[change], caveat=caveat)


def _intervals(changes: Sequence[Change]) -> list[Both]:
    """Return the intervals of changes, each with its region, or with what is counted, where several stand together."""
    known = [(change.now.measure, change.stated) for change in changes if change.stated]
    told = [interval for _, interval in known]
    regions = [measure.place.regions for measure, _ in known]
    if len(set(regions)) > 1 and all(len(names_of) == 1 for names_of in regions):
        heads = [names.short(region) for (region,) in regions]
    else:
        heads = [measure.counts_what.many for measure, _ in known]
    if len(set(heads)) < 2:
        return told
    return [head + " " + interval for head, interval in zip(heads, told, strict=True)]


def figure(id: str, form: Form, finding: Finding) -> Figure:
    """Join a form and a finding.

    Parameters
    ----------
    id : str
        Slug, unique in the book and never changed.
    form : Form
        Chart, table, subtitle and alternative text.
    finding : Finding
        Title, the tallies and changes it rests on, and its caveat.
    """
    what, title = form.what, finding.title
    rests = [*finding.rests_on, *(tally for change in finding.changes for tally in (change.now, change.before))]
    intervals = _intervals(finding.changes)
    if len(intervals) == 1:
        what = Both(
            f"{what.en}; 95 percent interval of the change: {intervals[0].en}",
            f"{what.fr} ; intervalle à 95 % de la variation : {intervals[0].fr}",
        )
    elif intervals:
        what = Both(
            f"{what.en}; 95 percent intervals of the changes: {', '.join(x.en for x in intervals)}",
            f"{what.fr} ; intervalles à 95 % des variations : {', '.join(x.fr for x in intervals)}",
        )
    # The caveat of small counts follows from `rests_on`, in both languages, by the figure's own rule.
    caveat = finding.caveat.sentence() if finding.caveat else NOTHING
    if cut := form.cut(rests):
        spans = listing(names.span(span) for span in cut)
        during = french.listing(french.of(names.span(span).fr) for span in cut)
        said = Both(
            f"The title counts {spans.en}, across {form.noun.en}.",
            f"Le titre porte sur les mois {during}, à cheval sur des {form.noun.fr}.",
        )
        caveat = joined([caveat, said])
    elif months := form.longer(rests):
        said = Both(
            f"The title counts {months} months together, each column one.",
            f"Le titre porte sur {months} mois ensemble, chaque colonne sur un seul.",
        )
        caveat = joined([caveat, said])
    return Figure(
        id=id,
        title=title.en,
        subtitle=what.upper().en,
        chart=form.chart,
        frame=form.frame,
        alt=form.alt.en,
        source=form.source,
        caveat=caveat,
        fr=Words(title.fr, what.upper().fr, form.alt.fr, chart=dict(sorted(form.words.items()))),
        rests_on=[int(tally) for tally in rests],
    )
