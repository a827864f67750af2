"""A book of which an earlier build has read the other pages: those that changed are read and written again, no other.

A page may show what others say of themselves: their titles, the contents, numbers of figures, places that are referred to.
All that is told here in two hashes of Sphinx's environment, which the build before left in it. Where what French pages say
of themselves is other now, the French pages are written again: no English one shows any of it. Where anything else is, the
book is to be made from nothing: the attempt ends, and a note beside the doctrees says so (`lost`).

Configuration value
-------------------
mali_changed
    Pages to read and write again; all where empty.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from bookbuild.inputs import canonical, sha256
from helpers.borrowed import sphinx
from helpers.page import judge
from helpers.page.twins import SUFFIX

NOTE = "mali-lost"
"""File beside the doctrees: there where others see that a page changed."""


class SeenByOthersError(SphinxError):
    """What changed on a page shows on others."""

    category = "pages"


class _UntoldError(Exception):
    """Nobody knows how to compare values of this type."""


def lost(doctrees: Path) -> bool:
    """Tell whether the attempt to write the changed pages alone was given up."""
    return (doctrees / NOTE).is_file()


def seen(env: Any) -> list[str]:
    """Return hashes of what a page may show of others, or of the book: all but what French pages say of themselves, and that.

    The list is empty where the content of something cannot be told.
    """
    known = sphinx.shared(env)
    french: dict[str, Any] = {}
    for name in known.keys() & set(sphinx.OF_A_PAGE):
        french[name] = {page: found for page, found in known[name].items() if page.endswith(SUFFIX)}
        known[name] = {page: found for page, found in known[name].items() if page not in french[name]}
    try:
        return [sha256(canonical(_plain(part))) for part in (known, french)]
    except _UntoldError:
        return []


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it, the same for the same content."""
    if isinstance(value, nodes.Node):
        return value.pformat()
    if isinstance(value, dict):
        return {json.dumps(_plain(key)): _plain(part) for key, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((_plain(part) for part in value), key=json.dumps)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, sphinx.LAZY):
        return str(value)
    if isinstance(value, type):
        return value.__qualname__
    # What pickle would keep of an object.
    state = value.__reduce_ex__(2)[2:3]
    if not state or state[0] is None:
        raise _UntoldError(type(value).__qualname__)
    return [type(value).__qualname__, _plain(state[0])]


def note_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Note of a page that was read the figures and the boxes with choices, which have files of their own."""
    specs = [node["spec"] for node in doctree.findall(nodes.figure) if "spec" in node]
    asked = {one for raw in doctree.findall(nodes.raw) for one in judge.asked(raw.astext())}
    _noted(app.env)[app.env.docname] = [sha256(canonical(specs)), sorted(asked)]


def _noted(env: Any) -> dict[str, Any]:
    if not hasattr(env, "mali_files"):
        env.mali_files = {}
    return env.mali_files


def forget_figures(_: Sphinx, env: Any, docname: str) -> None:
    """Forget what was noted of a page that is read again or gone."""
    _noted(env).pop(docname, None)


def begin(app: Sphinx) -> None:
    """Let the pages that changed be written and no other."""
    if app.config.mali_changed:
        sphinx.write_only(app.builder, app.config.mali_changed)


def outdated(app: Sphinx, *_: Any) -> list[str]:
    """Return the pages that changed: known by their content, not by the clock."""
    return list(app.config.mali_changed)


def compare(app: Sphinx, env: Any) -> list[str]:
    """Leave the hashes in the environment; return the pages to be written that did not change, or end the attempt."""
    before = getattr(env, "mali_seen", [])
    env.mali_seen = seen(env)
    if not app.config.mali_changed or (before and before == env.mali_seen):
        return []
    if not before or before[:1] != env.mali_seen[:1]:
        (Path(app.doctreedir) / NOTE).touch()
        raise SeenByOthersError("other pages show what changed: all are to be made anew")
    return [page for page in env.found_docs if page.endswith(SUFFIX)]


def tidy_search(app: Sphinx, error: Exception | None) -> None:
    """Leave no word in the search index that no page has any more."""
    if error is None and app.config.mali_changed:
        sphinx.forget_words(app.builder)


def setup(app: Sphinx) -> None:
    """Register it (`helpers.page.book` calls this)."""
    app.add_config_value("mali_changed", [], "")
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", outdated)
    app.connect("env-purge-doc", forget_figures)
    app.connect("doctree-read", note_figures)
    app.connect("env-get-updated", sphinx.whole_book_numbers, priority=100)
    # After the numbers begin anew on each page.
    app.connect("env-get-updated", compare, priority=950)
    app.connect("build-finished", tidy_search)
