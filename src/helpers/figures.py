"""Figures and tables: one object from the notebook to the built book.

A :class:`Figure` holds the chart, the numbers behind it and every word a reader needs, and refuses to exist
without them. It shows itself as ``application/vnd.vegalite.v5+json``, which JupyterLab draws by itself and
which :mod:`helpers.page.book` turns into an accessible, offline ``<figure>``. The output holds nothing random, so
nbval can compare it word by word and a diff shows what changed.

Examples
--------
>>> import altair as alt, pandas as pd
>>> frame = pd.DataFrame({"Year": [2021, 2022], "Events": [10, 14]})
>>> figure = Figure(
...     id="events-year",
...     title="Events rose by two fifths",
...     subtitle="Violent events, Mali, 2021-2022",
...     chart=alt.Chart(frame).mark_bar().encode(x="Year:O", y="Events:Q"),
...     frame=frame,
...     alt="Bars: 10 events in 2021, 14 in 2022.",
...     source="Synthetic example, version 1, CC0",
... )
>>> print(figure._repr_mimebundle_()["text/plain"])
Figure events-year: Events rose by two fifths. Bars: 10 events in 2021, 14 in 2022.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import altair as alt
import pandas as pd
from markupsafe import Markup

from helpers import keys, room
from helpers.borrowed import altair
from helpers.definitions import SMALL_COUNT
from helpers.errors import DataError
from helpers.french import spaced
from helpers.html_table import (
    _formatters,
    _round,
    html_table,
    table_data,
)
from helpers.markup import PAGES
from helpers.notebook import MIME as MIME
from helpers.notebook import SCHEMA
from helpers.palette import theme
from helpers.prose import sentence
from helpers.words.both import NOTHING, Both, joined

#: Rows of the data table that a page shows; the CSV download always has them all.
TABLE_ROWS = 400

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SMALL_CAVEAT = Both(
    f"Some counts here are below {SMALL_COUNT}: one event more or less moves the figure visibly.",
    f"Certains effectifs sont ici inférieurs à {SMALL_COUNT} : un événement de plus ou de moins change visiblement la figure.",
)
"""The caveat that every figure carries whose title rests on a count below `definitions.SMALL_COUNT`."""
MOSTLY_FEW = Both(
    f"Most of these counts lie below {SMALL_COUNT}: one event more or less moves them visibly.",
    f"La plupart de ces effectifs sont inférieurs à {SMALL_COUNT} : un événement de plus ou de moins les change visiblement.",
)
"""Caveat of a figure most of whose counts are small."""


def _require(text: object, what: str, owner: str) -> None:
    if not isinstance(text, str) or not text.strip():
        raise DataError(f"{owner} needs {what}: it is empty.")


def _as_sentences(words: Words | Figure) -> None:
    """Give title and alternative text a capital and a full stop; frozen: the rule is part of making them."""
    for name in ("title", "alt"):
        object.__setattr__(words, name, sentence(getattr(words, name)))


def _require_frame(frame: object, owner: str) -> None:
    if not isinstance(frame, pd.DataFrame) or frame.empty:
        raise DataError(f"{owner} needs a data frame with at least one row and one column.")
    if isinstance(frame.columns, pd.MultiIndex) or not frame.columns.is_unique:
        raise DataError(f"{owner} needs a data frame with one level of distinct column names.")


def _require_addresses(hrefs: Mapping[str, Sequence[str]], frame: pd.DataFrame, owner: str) -> None:
    for name, addresses in hrefs.items():
        if name not in frame.columns or len(addresses) != len(frame):
            raise DataError(f"{owner} needs one address a row in column {name!r}, or none at all.")


@dataclass(frozen=True)
class Words:
    """The words of a figure in another language than English."""

    title: str
    subtitle: str
    alt: str
    """As in :class:`Figure`, made from the same numbers."""
    chart: Mapping[str, str] = field(default_factory=dict)
    """The words inside the chart and at the head of its table, by their English."""

    def __post_init__(self) -> None:
        for name in ("title", "subtitle", "alt"):
            _require(getattr(self, name), name if name != "alt" else "alt text", "The translation of a figure")
        _as_sentences(self)
        for name in ("title", "subtitle", "alt"):
            object.__setattr__(self, name, spaced(getattr(self, name)))
        object.__setattr__(self, "chart", {english: spaced(told) for english, told in self.chart.items()})


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart with all that a reader needs to trust it, read it anywhere and take it away.

    Raises `DataError`: if a text is empty, the id is not a slug, the frame is empty, the chart has a title of its own,
    or the caveat stands in one language only.
    """

    id: str
    """Slug, unique in the book: pages refer to the figure as ``fig-<id>``."""
    title: str
    """The finding, as one sentence; the capital and the full stop come by themselves."""
    subtitle: str
    """Measure, unit, place and dates."""
    chart: Any = field(repr=False)
    """Altair chart without a title: a single view, a layer, a facet or a concatenation."""
    frame: pd.DataFrame = field(repr=False)
    """The numbers behind the chart, with column names made for readers."""
    alt: str
    """What the chart shows, for those who do not see it."""
    source: str
    """One line: source, version, licence."""
    caveat: Both = NOTHING
    """What a reader must keep in mind, in both languages; may be none. :data:`SMALL_CAVEAT` is added by itself, by
    the rule of :func:`rests_on_few`."""
    fr: Words | None = None
    """Title, subtitle and alternative text in French."""
    rests_on: Sequence[float] = ()
    """Counts that the title rests on, stated or not, such as both ends of a percentage."""
    hrefs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Addresses by column name of `frame`, one for each row: in the data table the cell becomes a link."""

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not _SLUG.fullmatch(self.id):
            raise DataError(f"The id of a figure is lower-case words joined by hyphens, not {self.id!r}.")
        owner = f"Figure {self.id}"
        for name in ("title", "subtitle", "alt", "source"):
            _require(getattr(self, name), name if name != "alt" else "alt text", owner)
        _as_sentences(self)
        _require_frame(self.frame, owner)
        _require_addresses(self.hrefs, self.frame, owner)
        if not isinstance(self.chart, alt.TopLevelMixin):
            raise DataError(f"{owner} needs an Altair chart, not {type(self.chart).__name__}.")
        if getattr(self.chart, "title", alt.Undefined) is not alt.Undefined:
            raise DataError(f"{owner}: the title belongs to the figure, not to the chart.")
        if not isinstance(self.caveat, Both):
            raise DataError(f"{owner} has a caveat in one language only; give the other too: {self.caveat!r}.")
        said = f"below {SMALL_COUNT}" in self.caveat.en or f"ewer than {SMALL_COUNT}" in self.caveat.en
        if rests_on_few(self.rests_on) and not said:
            # Frozen: the rule is part of making the figure.
            object.__setattr__(self, "caveat", joined([self.caveat, SMALL_CAVEAT]))

    def spec(self) -> dict[str, Any]:
        """Return the Vega-Lite specification, the same on every run.

        Keys are sorted, generated names are numbered in order of appearance, floats are rounded to six significant
        digits; ``usermeta["mali"]`` carries the words and the table of the figure.
        """
        with (
            alt.theme.enable("none"),
            alt.data_transformers.enable("default", max_rows=None),
        ):
            spec = altair.plain_frames(self.chart).to_dict()
        spec = altair.stable_names(spec)
        keys.name_ticks(spec)
        keys.name_tips(spec)
        _default_sizes(spec)
        _drop_flags(spec)
        spec["$schema"] = SCHEMA
        spec["config"] = _merge(theme(), spec.get("config", {}))
        room.give(spec)
        # JupyterLab's own page may be dark; the book drops this and lets the page shine through.
        spec["background"] = spec.get("background", "white")
        spec["title"] = self._headline()
        spec["usermeta"] = {
            "mali": keys.words(
                {
                    "id": self.id,
                    "title": self.title,
                    "subtitle": self.subtitle,
                    "alt": self.alt,
                    "source": self.source,
                    "caveat": self.caveat.en,
                    "table": table_data(self.frame) | _shares(spec, self.frame),
                    **({"fr": self._french()} if self.fr else {}),
                }
            )
        }
        if self.hrefs:
            # By the place of the column: its name is another in French.
            at = {str(self.frame.columns.get_loc(name)): list(addresses) for name, addresses in self.hrefs.items()}
            spec["usermeta"]["mali"]["hrefs"] = at
        return json.loads(json.dumps(_tidy(spec), sort_keys=True, allow_nan=False))

    def _french(self) -> dict[str, Any]:
        return {name: text for name, text in {**vars(self.fr), "caveat": self.caveat.fr}.items() if text}

    def _headline(self) -> dict[str, Any]:
        # Vega does not wrap titles: 76 characters of 16 px fill the default width of 640 px.
        return {
            "text": textwrap.wrap(keys.spelled(self.title), 76),
            "subtitle": textwrap.wrap(keys.spelled(self.subtitle), 96),
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {MIME: self.spec(), "text/plain": f"Figure {self.id}: {self.title} {self.alt}"}


def rests_on_few(counts: Sequence[float]) -> bool:
    """Tell whether a title rests on a count so small that one event more or less moves it visibly.

    The rule: one of the counts behind it is below `definitions.SMALL_COUNT` and not zero. It asks the counts and never
    the sentence, which is why a figure is told what its title rests on.

    Examples
    --------
    >>> rests_on_few([4, 8]), rests_on_few([40, 80]), rests_on_few([0, 12])
    (True, False, False)
    """
    return any(0 < count < SMALL_COUNT for count in counts)


def few(value: float) -> Both:
    """Return the caveat that counts this small ask for; nothing where they do not."""
    if value >= SMALL_COUNT:
        return NOTHING
    return Both(
        f"Counts below {SMALL_COUNT} move visibly with one event more or less.",
        f"Un événement de plus ou de moins change visiblement les effectifs inférieurs à {SMALL_COUNT}.",
    )


@dataclass(frozen=True, eq=False)
class Table:
    """A small table for readers, the same in JupyterLab and in the book."""

    title: str
    """Caption of the table."""
    frame: pd.DataFrame = field(repr=False)
    """Rows and columns as they should be read; the index is not shown."""
    source: str = ""
    """One line: source, version, licence; may be empty where the text gives it."""
    note: str = ""
    """What a reader must keep in mind; may be empty."""
    decimals: Mapping[str, int] = field(default_factory=dict)
    """Number of decimals by column name, where the default does not suit."""
    hrefs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Addresses by column name, one for each row: the cell becomes a link where the address is one of the web."""
    fold: str = ""
    """How long the table is (`24 rows`): it opens on a click. Empty for a table that stands open."""

    def __post_init__(self) -> None:
        _require(self.title, "a title", "A table")
        _require_frame(self.frame, f"Table {self.title!r}")
        unknown = [name for name in self.decimals if name not in self.frame.columns]
        if unknown:
            raise DataError(f"Table {self.title!r} has no column {unknown[0]!r} to give decimals to.")
        _require_addresses(self.hrefs, self.frame, f"Table {self.title!r}")

    def html(self, *, french: bool = False) -> str:
        """Return the table as HTML, without anything random in it; numbers and the source's line as in French if wanted."""
        from helpers.words import inside  # words are made of numbers, whose French is made for figures

        data, marks = table_data(self.frame), self.decimals
        body = Markup(html_table(data, caption=self.title, decimals=marks, hrefs=self.hrefs, french=french))
        credit = inside.credit(self.source) if french else ()
        held = {
            "note": self.note,
            "source": self.source,
            "credit": credit,
            "listing": self._controls(),
            "title": self.title,
            "fold": self.fold,
        }
        return PAGES.render("block.html", table=body, **held)

    def _controls(self) -> dict[str, Any]:
        """Return what a script needs beside the table; nothing for one that is only read."""
        return {}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        data = table_data(self.frame)
        formats = _formatters(data, self.decimals)
        rows = [data["columns"], *([f(v) for f, v in zip(formats, row, strict=True)] for row in data["rows"])]
        widths = [max(len(row[i]) for row in rows) for i in range(len(data["columns"]))]
        lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
        return {"text/html": self.html(), "text/plain": "\n".join([f"Table: {self.title}", *lines])}


@dataclass(frozen=True, eq=False)
class Listing(Table):
    """A long table that readers of the book can search, narrow down and take away as CSV.

    The table itself is plain HTML; ``mali.js`` adds the controls, so that without JavaScript every row stands there.
    """

    id: str = ""
    """Slug, unique in the book: name of the download."""
    filters: tuple[str, ...] = ()
    """Columns that get a menu of their values; a categorical column gives the order of the menu."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Address on the site by the text of the first column."""
    csv: str = field(default="", repr=False)
    """Text of the download; no button where it is empty."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not _SLUG.fullmatch(self.id):
            raise DataError(f"Listing {self.title!r} needs an id of lower-case words joined by hyphens.")
        unknown = [name for name in self.filters if name not in self.frame.columns]
        if unknown:
            raise DataError(f"Listing {self.title!r} has no column {unknown[0]!r} to filter by.")
        if "</" in self.csv or "<!--" in self.csv:
            raise DataError(
                f"Listing {self.title!r}: its CSV holds '</' or '<!--', which would end the element it is in."
            )

    def _menus(self) -> dict[str, list[str]]:
        menus = {}
        for name in self.filters:
            column = self.frame[name]
            ordered = isinstance(column.dtype, pd.CategoricalDtype)
            values = column.cat.remove_unused_categories().cat.categories if ordered else column.unique()
            menus[name] = [str(value) for value in values]
        return menus

    def _controls(self) -> dict[str, Any]:
        menus, links = (json.dumps(x, ensure_ascii=False) for x in (self._menus(), dict(self.links)))
        # Data in a script element is not escaped: nothing in it can end the element.
        return {"id": self.id, "menus": menus, "links": links, "csv": Markup(self.csv)}


def _tidy(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _tidy(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_tidy(value) for value in node]
    if isinstance(node, bool | int | str) or node is None:
        return node
    if isinstance(node, float):
        return _round(node)
    if isinstance(node, datetime | date):
        return None if node is pd.NaT else node.isoformat()
    if isinstance(node, pd.Period):
        return node.start_time.isoformat()
    if hasattr(node, "item"):
        return _tidy(node.item())
    return None if pd.isna(node) else str(node)


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merge(merged[key], value) if both else value
    return merged


def _default_sizes(spec: dict[str, Any], small: bool = False) -> None:
    """Give the cells of small multiples a small size where the author named none."""
    encoding = spec.get("encoding", {})
    if "spec" in spec:
        _default_sizes(spec["spec"], small=True)
    for key in ("concat", "hconcat", "vconcat"):
        for part in spec.get(key, []):
            _default_sizes(part, small=small)
            if ("mark" in part or "layer" in part) and key != "vconcat":
                part.setdefault("width", 300)
    faceted = any(channel in encoding for channel in ("row", "column", "facet"))
    if (small or faceted) and ("mark" in spec or "layer" in spec):
        spec.setdefault("width", 190)
        spec.setdefault("height", 140)


_PERCENT = re.compile(r"[+,]*(?:\.\d+)?%")


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of a specification but its data."""
    if isinstance(node, dict):
        yield node
    parts = (value for name, value in node.items() if name != "datasets") if isinstance(node, dict) else node
    for part in parts:
        if isinstance(part, dict | list):
            yield from _nodes(part)


def _shares(spec: dict[str, Any], frame: pd.DataFrame) -> dict[str, list[int]]:
    """Return the places of the columns that a chart writes in percent or that are called shares, for the table to do so too."""
    found: set[str] = set()
    for node in _nodes(spec):
        form = node.get("format") or (node.get("axis") or {}).get("format") or ""
        # A share of a stack is no column.
        if isinstance(form, str) and _PERCENT.fullmatch(form) and node.get("stack") != "normalize":
            found.add(str(node.get("field", "")))
    for name in frame.select_dtypes("number"):
        if str(name).startswith("Share") and frame[name].dropna().between(0, 1).all():
            found.add(str(name))
    places = [at for at, name in enumerate(frame.columns) if name in found]
    return {"shares": places} if places else {}


def _drop_flags(spec: dict[str, Any]) -> None:
    """Take what is only true or false out of tooltips: it is there for the colour, and says `true` to nobody."""
    rows = [row for values in spec.get("datasets", {}).values() for row in values if isinstance(row, dict)]
    flags = {name for row in rows for name, value in row.items() if isinstance(value, bool)}
    for node in _nodes(spec) if flags else ():
        if isinstance(node.get("tooltip"), list):
            node["tooltip"] = [one for one in node["tooltip"] if one.get("field") not in flags]
