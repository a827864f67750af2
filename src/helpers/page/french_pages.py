"""What a French page has of its own: `lang`, the theme's words, links to French pages, and marks on what stays English."""

from __future__ import annotations

import gettext
import re
from functools import cache
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from bookbuild.borrowed import jupyter_book
from helpers import __version__, french
from helpers.borrowed import myst_nb, pydata_sphinx_theme, sphinx, sphinx_book_theme
from helpers.markup import piece
from helpers.page.twins import SUFFIX, Tongue, english_page, tongue
from helpers.page.typeset import typeset
from helpers.windows import MONTHS
from helpers.words import inside

BOOK = {"Mali at war, in figures": "Le Mali en guerre, en chiffres"}
"""The book's name in French, by the name that it has."""
AUTHOR = {"The Mali executable report maintainers": "L’équipe du rapport exécutable sur le Mali"}
"""Who made the book, by the name in its configuration."""
PARTS = {
    "Start": "Pour commencer",
    "The report": "Le rapport",
    "The audit": "L’audit",
    "Evidence": "Pièces à l’appui",
    "In depth": "Pour approfondir",
    "Method": "Méthode",
}
"""The parts of the contents in French; one without stays as it is, marked as English."""
STAYS = "En anglais\u202f: sources, code\u202f; et, signalées comme telles, certaines pages."
FURNITURE = sphinx_book_theme.LABELS | sphinx.LABELS | jupyter_book.LABELS
"""Labels that the theme and Sphinx write in the language of the book, whatever that of the page."""
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_LINK = re.compile(
    r'(href="|: &quot;)([^"&#:?]*\.html)(?=["&#])(#(?:(?:fig|claim|listing|entry)-|explore\?)[^"]*?)?("|&quot;)'
)
"""The address of a page in a link, or in what a long table keeps for its script."""
_TO_ENGLISH = re.compile(r'<a\b(?![^>]*\bhreflang=)[^>]*?\bhref="(?![a-z]+:|//)[^"#?]+(?<!\.fr)\.html(?:[#?][^"]*)?"')
"""A link to a page of this book that has no French and does not say so, to the end of its address."""


def edition(title: str, speaks: Tongue) -> str:
    """Return an edition's title in the language of a page.

    Examples
    --------
    >>> edition("July 2023", Tongue("fr")), edition("Latest (March 2026)", Tongue("fr")), edition("July 2023", Tongue())
    ('Juillet 2023', 'Dernière édition (mars 2026)', 'July 2023')
    """
    if speaks.name != "fr":
        return title
    named = _MONTH.sub(lambda found: french.MONTHS[MONTHS.index(found[0])], title)
    return french.upper(re.sub(r"^Latest\b", "dernière édition", named))


def book(title: str, speaks: Tongue) -> str:
    """Return the book's name in the language of a page."""
    return speaks.says(title, BOOK.get(title, title))


def author(config: Any, speaks: Tongue) -> str:
    """Return who made the book, in the language of a page."""
    return speaks.says(config.author, AUTHOR.get(config.author, config.author))


def citation(words: dict[str, Any], config: Any, named: str, year: str, of: str) -> str:
    """Return how to cite a figure, in French, from its French `usermeta["mali"]`.

    `named` is the figure as its page names it, `of` the title of the edition.
    """
    speaks = Tongue("fr")
    parts = [f"{named}, dans {book(config.html_title, speaks)}"]
    if of:
        name = edition(of, speaks)
        latest = name.startswith("Dernière édition")
        parts.append(f"{name[0].lower()}{name[1:]}" if latest else f"édition «\u202f{name}\u202f»")
    return (
        f"{author(config, speaks)}{f' ({year})' if year else ''}\u202f: «\u202f{words['title'].rstrip('.')}\u202f». "
        f"{', '.join([*parts, f'version {__version__}'])}. Données\u202f: {' '.join(inside.credit(words['source'])).strip().rstrip('.')}."
    )


class OneLanguage(SphinxPostTransform):
    """On pages with a twin, keep one language of HTML outputs, and on French ones mark what is in English only."""

    # After MyST-NB has chosen the outputs of this builder.
    default_priority = 15

    def run(self, **kwargs: Any) -> None:
        """Change the HTML; below a line in French that says so, English outputs stand together, marked."""
        speaks = tongue(self.env, self.env.docname)
        if not speaks.name:
            return
        outputs = self.document.findall(
            lambda node: isinstance(node, nodes.Element) and myst_nb.OUTPUT in node["classes"]
        )
        for output in list(outputs):
            kept: list[nodes.Element] = []
            for child in output.children:
                assert isinstance(child, nodes.Element)
                told = isinstance(child, nodes.raw) and _one_language(child, speaks)
                if told or speaks.name == "en" or isinstance(child, nodes.figure) or "mali-spoken" in child["classes"]:
                    kept.append(child)
                elif kept and "mali-foreign" in kept[-1]["classes"]:
                    kept[-1] += child
                else:
                    said = nodes.paragraph("", "En anglais", classes=["mali-foreign__said"])
                    kept += [said, nodes.container("", child, classes=["mali-foreign", "language-en"])]
            output.children = []
            output += kept


def _one_language(node: nodes.raw, speaks: Tongue) -> bool:
    """Give HTML that carries its French in attributes (`data-fr`) one language; tell whether it carried any."""
    html = node.astext()
    if "data-fr" not in html:
        return False
    soup = BeautifulSoup(html, "html.parser")
    told_here: list[Tag] = []
    for name in ("data-fr", "data-fr-label"):
        for element in soup.select(f"[{name}]"):
            told = french.spaced(str(element[name]))
            del element[name]
            if speaks.name == "fr" and name == "data-fr":
                element.string = told
                told_here.append(element)
            elif speaks.name == "fr":
                element["aria-label"] = told
    if speaks.name == "fr":
        _mark(soup, told_here)
        _say(soup)
    node.children = [nodes.Text(str(soup))]
    node.rawsource = str(soup)
    return True


def _mark(soup: BeautifulSoup, told: list[Tag]) -> None:
    """Mark the largest parts that hold words and nothing that was put into French."""
    french = {id(parent) for element in told for parent in [element, *element.parents]}
    inside = {id(element) for element in told}
    for text in soup.find_all(string=re.compile(r"[^\W\d]{3}")):
        above = [parent for parent in text.parents if isinstance(parent, Tag) and parent is not soup]
        if any(id(parent) in inside or parent.get("lang") for parent in above):
            continue
        free = [parent for parent in above if id(parent) not in french]
        if free:
            free[-1]["lang"] = "en"


def _say(soup: BeautifulSoup) -> None:
    """Say once beside the name of a part of a box, and above a list, that it is in English, or the sources that it cites are."""
    marks = {"dl > dd[lang=en], .mali-claim__readings > [lang=en]": "(en anglais)"}
    marks[".mali-claim__readings > :has(td[lang=en])"] = "(sources citées en anglais)"
    for parts, mark in marks.items():
        for part in soup.select(parts):
            name = part.find_previous_sibling(["dt", "summary"])
            if isinstance(name, Tag) and not name.select(".mali-foreign__mark"):
                name.append(" ")
                name.append(soup.new_tag("span", attrs={"class": "mali-foreign__mark"}, string=mark))
    for first in soup.select(".mali-timeline:has(.mali-facts__source[lang=en]) > nav"):
        first.insert_before(
            soup.new_tag("p", attrs={"class": "mali-foreign__said"}, string="Sources citées en anglais")
        )


def finish(app: Sphinx, pagename: str, context: dict[str, Any], speaks: Tongue) -> None:
    """Complete the context of a page that has a twin: links between the two and, in French, everything around the text."""
    english = english_page(pagename)
    pages = {"en": english, "fr": f"{english}{SUFFIX}"}
    uris = {name: _uri(app, pagename, page) for name, page in pages.items()}
    context["metatags"] = context.get("metatags", "") + piece("alternates", uris)
    context["mali_languages_html"] = piece("languages", uris, speaks)
    if speaks.name == "fr":
        context["mali_notice_html"] = piece("stays", STAYS)
        _in_french(app, pagename, context)


def _uri(app: Sphinx, pagename: str, page: str) -> str:
    """Return the address of a page from another, by its name for the page itself too."""
    return app.builder.get_relative_uri(pagename, page) or f"{page.rsplit('/', 1)[-1]}.html"


def _in_french(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    env = app.env
    words = _catalogue()
    context |= {name: words.ngettext if name == "ngettext" else words.gettext for name in sphinx.CATALOGUE}
    speaks = Tongue("fr")
    by = french.lower(author(app.config, speaks))
    context |= {"language": "fr", "docstitle": book(app.config.html_title, speaks), "author": by}
    there = {_uri(app, pagename, page): page for page in env.found_docs}

    def french_uri(uri: str) -> str:
        page = there.get(uri, "")
        return _uri(app, pagename, page + SUFFIX) if page + SUFFIX in env.found_docs else ""

    context["body"] = _LINK.sub(
        lambda found: f"{found[1]}{french_uri(found[2]) or found[2]}{found[3] or ''}{found[4]}", context["body"]
    )
    root = f"{app.config.root_doc}{SUFFIX}"
    if root in env.found_docs:
        context |= {"root_doc": root, "master_doc": root, "root_title": env.titles[root].astext()}
    beside = sphinx.neighbours(app.builder, english_page(pagename))
    for name in ("prev", "next"):
        context[name] = _neighbour(app, pagename, beside[name]) if name in beside else None
    contents = context[sphinx.CONTENTS]
    context[sphinx.CONTENTS] = lambda *args, **kwargs: _contents(
        str(contents(*args, **kwargs)), there, env, french_uri, english_page(pagename)
    )


def _neighbour(app: Sphinx, pagename: str, page: str) -> dict[str, str]:
    french_page = page + SUFFIX
    if french_page in app.env.found_docs:
        page, title = french_page, piece("title", app.env.titles[french_page].astext())
    else:
        title = piece("title", app.env.titles[page].astext(), "en")
    return {"link": app.builder.get_relative_uri(pagename, page), "title": title}


def _contents(html: str, there: dict[str, str], env: Any, french_uri: Any, own: str) -> str:
    """Return the contents of the book with French titles where there are French pages."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a", href=True):
        page = there.get(str(link["href"]), "")
        if not page:
            continue
        uri = french_uri(str(link["href"]))
        if not uri:
            link["lang"] = link["hreflang"] = "en"
            continue
        link["href"] = uri
        link.string = env.titles[page + SUFFIX].astext()
        item = link.find_parent("li")
        if page == own and isinstance(item, Tag):
            item["class"] = " ".join([*map(str, item.get_attribute_list("class")), "current", "active"])
            link["class"] = " ".join([*map(str, link.get_attribute_list("class")), "current"])
    for caption in soup.select(sphinx.CONTENTS_CAPTION):
        text = caption.get_text()
        if text in PARTS:
            caption.string = PARTS[text]
        else:
            caption["lang"] = "en"
    return str(soup)


@cache
def _catalogue() -> gettext.NullTranslations:
    """Return the French of the words that Sphinx and its themes write around a page."""
    made: gettext.NullTranslations | None = None
    for domain, folder in (pydata_sphinx_theme.WORDS, sphinx_book_theme.WORDS, sphinx.WORDS):
        found = gettext.translation(domain, folder, ["fr"], fallback=True)
        if made is None:
            made = found
        else:
            made.add_fallback(found)
    assert made is not None
    return made


def furnished(page: str) -> str:
    """Return a French page, complete, with what only the whole of it shows.

    Labels that no template takes from the page's context are in French, what leads to a page without French says so to
    scripts and, by the style sheet, to readers, wherever it stands, and no line breaks before a sign.

    Examples
    --------
    >>> furnished('<a href="method/data.html#tables">Données : EN</a> <a href="now.fr.html">Où en est-on</a>')
    '<a href="method/data.html#tables" hreflang="en">Données\u202f: EN</a> <a href="now.fr.html">Où en est\u2011on</a>'
    """
    for english, told in FURNITURE.items():
        page = page.replace(english, told)
    return typeset(_TO_ENGLISH.sub(lambda found: f'{found[0]} hreflang="en"', page), "fr")


def write_furniture(app: Sphinx, error: Exception | None) -> None:
    """Complete the French pages of a book (Sphinx's `build-finished`)."""
    if error is not None or app.builder.name != "html":
        return
    for page in app.env.found_docs:
        path = Path(app.outdir) / f"{page}.html"
        # A build may write some of the pages only (`helpers.page.changed`).
        if page.endswith(SUFFIX) and path.is_file():
            path.write_text(furnished(path.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register what French pages need."""
    app.connect("build-finished", write_furniture)
    app.add_post_transform(OneLanguage)
