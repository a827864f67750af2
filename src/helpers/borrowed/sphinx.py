"""From Sphinx: numbers of figures and the order of pages in its environment, and what its writer and templates hold.

Sphinx numbers figures through the whole book; here each page begins anew, which no setting gives. French pages stand in no
contents and take the numbers, neighbours and contents of their English twins. Formulas load MathJax from another host, so
its scripts go. ``mali-search.js`` replaces `Search._performSearch` so that a page in two languages is found once. A build
that writes some pages of a book names them itself, where Sphinx goes by times of files, and takes out of its search index
the words that it leaves there for no page. Written for 7.4; 8 renames none of these, but was not tried.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sphinx.locale

from bookbuild.borrowed import Loan
from helpers.borrowed import myst_nb

LOAN = Loan(
    "sphinx", "7.4.7",
    (
        "helpers.page.addresses", "helpers.page.book", "helpers.page.changed", "helpers.page.findings",
        "helpers.page.french_pages", "search.js",
    ),
)  # fmt: skip
LABELS = {'title="Link to this heading"': 'title="Lien vers cette section"'}
"""Attributes as Sphinx writes them, and their French."""
WORDS = ("sphinx", Path(str(sphinx.locale.__file__)).parent)
"""Domain and folder of its translations."""
CATALOGUE = ("_", "gettext", "ngettext", "translate")
"""Names under which templates of Sphinx and its themes ask for translations."""
CONTENTS = "generate_toctree_html"
"""Name under which the theme's templates ask for the contents."""
CONTENTS_CAPTION = ".caption-text"
"""Captions of parts in the contents."""
LAZY = sphinx.locale._TranslationProxy
"""Words that are put into a language when they are read, as titles that Sphinx gives."""
SEARCH = "Search._performSearch"
SEARCH_SUMMARY = "DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY"


def pages(env: Any) -> list[str]:
    """Return the pages of a book in the order of its contents, then those that stand in none."""
    root = env.config.root_doc
    listed = [page for page in env.toctree_includes.get(root, []) if page in env.found_docs]
    return list(dict.fromkeys([root, *listed, *sorted(env.found_docs)]))


def figure_numbers(env: Any, page: str) -> dict[str, tuple[int, ...]]:
    """Return the numbers of a page's figures by their anchor."""
    return env.toc_fignumbers.get(page, {}).get("figure", {})


def take_numbers(writer: Any, page: str) -> None:
    """Let a page's writer take the figure numbers of another page, where that has any."""
    writer.builder.fignumbers = writer.builder.env.toc_fignumbers.get(page, writer.builder.fignumbers)


def restart_numbers(app: Any, env: Any) -> list[str]:
    """Let the numbers of figures begin anew on each page, in the order in which they stand there.

    Sphinx numbers them on the same event (`env-get-updated`), hence after it; no page is to be read again for that.
    """
    env.mali_numbers = copy.deepcopy(env.toc_fignumbers)
    for kinds in env.toc_fignumbers.values():
        figures = kinds.get("figure", {})
        for place, name in enumerate(sorted(figures, key=lambda name: figures[name]), 1):
            figures[name] = (place,)
    return []


def whole_book_numbers(_: Any, env: Any) -> list[str]:
    """Put back the numbers that Sphinx gave the figures in an earlier build: it writes each page anew whose own changed."""
    env.toc_fignumbers = getattr(env, "mali_numbers", env.toc_fignumbers)
    return []


_OF_ONE_BUILD = frozenset({
    "all_docs", "app", "config", "config_status", "config_status_extra", "doctreedir", "domains", "events", "mali_seen",
    "project", "ref_context", "settings", "srcdir", "temp_data", "version",
})  # fmt: skip
"""Attributes of the environment that say when and how a book is built, not what its pages say."""
OF_A_PAGE = ("titles", "titles_old", "longtitles", "tocs", "toc_num_entries", "metadata")
"""Attributes of the environment in which a page says of itself what it is called and what it holds; the second is
sphinx-multitoc-numbering's, where that is used."""
_SEARCHED = ("_search_index_", "_pickled_doctree_cache", "_write_doc_doctree_cache")


def shared(env: Any) -> dict[str, Any]:
    """Return what the environment knows of the pages after reading them: all that one may show of another."""
    known = {
        name: value for name, value in vars(env).items() if name not in _OF_ONE_BUILD and not name.startswith(_SEARCHED)
    }
    # Asking for a page's dependencies leaves an empty entry.
    known |= {
        name: {page: found for page, found in known[name].items() if found} for name in ("dependencies", "included")
    }
    return known | {"metadata": {page: myst_nb.shown(found) for page, found in env.metadata.items()}}


def write_only(builder: Any, pages: Sequence[str]) -> None:
    """Let a builder write these pages, and those that hold the contents, whatever the times of files."""
    builder.get_outdated_docs = lambda: list(pages)


def forget_words(builder: Any) -> None:
    """Write the search index without the words that stand on no page any more: pruning leaves them, with no page."""
    for words in (builder.indexer._mapping, builder.indexer._title_mapping):
        for word in [word for word, pages in words.items() if not pages]:
            del words[word]
    builder.dump_search_index()


def number_of(env: Any, page: str, anchor: str) -> str:
    """Return the number of a figure on a page; empty where it has none."""
    return ".".join(map(str, env.toc_fignumbers.get(page, {}).get("figure", {}).get(anchor, ())))


def pages_in_order(env: Any) -> list[str]:
    """Return the pages of a book in the order of its table of contents, the first one first, then those left out."""
    root = env.config.root_doc
    listed = [page for page in env.toctree_includes.get(root, []) if page in env.found_docs]
    return list(dict.fromkeys([root, *listed, *sorted(env.found_docs)]))


def number_html(writer: Any, node: Any) -> str:
    """Return the number of a figure as the writer would put it before its caption."""
    at = len(writer.body)
    writer.add_fignumber(node)
    written = "".join(writer.body[at:])
    del writer.body[at:]
    return written


def page_of(writer: Any) -> str:
    """Return the name of the page that is being written; empty where there is none."""
    return writer.docnames[-1] if writer.docnames else ""


def neighbours(builder: Any, page: str) -> dict[str, str]:
    """Return the pages before and after a page as ``prev`` and ``next``, those there are."""
    related = getattr(builder, "relations", {}).get(page)
    return {name: related[at] for name, at in (("prev", 1), ("next", 2)) if related and related[at]}


def is_mathjax(body: str) -> bool:
    """Tell whether the code of a page's script is that which sets MathJax up."""
    return "MathJax" in body
