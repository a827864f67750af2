"""The built book: a Sphinx extension and the MyST-NB plugin that turns figures into HTML.

The plugin (:class:`FigureRenderer`) only reads the output of a notebook into a node, because MyST-NB shares
what it reads between builders. Each builder then writes the node in its own way: HTML gets a ``<figure>``
with a static SVG, the specification that the script draws from, a data table and downloads; the others get a
PNG. Figures are numbered and are targets: ``{numref}`fig-<id>``` and ``[text](#fig-<id>)`` work in any page.

Nothing that the pages load comes from another host. Jupyter Book adds MathJax and Thebe to every page; both
are taken out again here, and a page with a formula is a warning, so that a strict build fails rather than
show it raw.

Configuration values
--------------------
mali_edition
    Id of the edition being built, e.g. ``"2023-07"``.
mali_editions
    List of ``[id, title]`` of all editions of the site; pages link to the same page of the others at
    ``../<id>/<page>.html``. With fewer than two entries the title alone is shown.
mali_pictures
    Folder in which drawn charts are kept for the next build (:mod:`helpers.page.pictures`); none where empty.
"""

from __future__ import annotations

import json
import os
import re
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert as vega
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers import __version__
from helpers.borrowed import myst_nb, pydata_sphinx_theme, sphinx, thebe, vl_convert
from helpers.figures import MIME
from helpers.folders import default_folder
from helpers.markup import piece
from helpers.page import (
    addresses,
    bilingual,
    changed,
    emptied,
    explore,
    feed,
    findings,
    french_pages,
    glossary,
    judge,
    linked,
    moved,
    policy,
    refusals,
    scripts,
    translate,
)
from helpers.page.drawing import SWITCHED, bare, figure_html, static_svg
from helpers.page.pictures import VEGA_LITE, Pictures
from helpers.page.twins import Tongue, english_page, tongue
from helpers.page.typeset import one_line, typeset
from helpers.palette import css

LOGGER = logging.getLogger(__name__)

__all__ = ["BUNDLE", "FigureRenderer", "citation", "edition_html", "figure_html", "mali_figure", "setup", "static_svg"]

BUNDLE = "mali-vega.js"
ENGLISH = Tongue("en")

_HERE = Path(__file__).parent
_EXTERNAL = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_FRENCH_HEADING = re.compile(r"<!--\s*fr:\s*(.+?)\s*-->", re.DOTALL)


class mali_figure(nodes.figure):
    """A figure of the book; ``spec`` holds its specification as JSON, the children its words as text.

    ``speaks`` is the language of its page (`helpers.page.twins.Tongue`), ``lang`` its own where that is another.
    """


class mali_bilingual(nodes.container):
    """A piece of a page in two languages: two containers as children, English and French."""


class FigureRenderer:
    """MyST-NB plugin: read a figure's output into a :class:`mali_figure`, and words in two languages."""

    mime_priority_overrides = [("*", MIME, 1), ("*", bilingual.MIME, 2)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the node of a figure, or ``None`` for anything else.

        `renderer`: MyST-NB's element renderer. `data`: MIME type and content of one output. `inline`: whether the
        output stands inside a sentence, where a figure cannot.
        """
        if not inline and data.mime_type == bilingual.MIME:
            return [_bilingual(renderer, data)]
        if inline or data.mime_type != MIME or "mali" not in data.content.get("usermeta", {}):
            return None
        return [_figure(data.content, _spoken(renderer).name, myst_nb.document(renderer))]


def _spoken(renderer: Any) -> Tongue:
    env = myst_nb.environment(renderer)
    return tongue(env, env.docname)


def _asked(spec: dict[str, Any], directive: SphinxDirective) -> mali_figure:
    """Return the figure of a directive."""
    env = directive.env
    return _figure(spec, tongue(env, env.docname).name, directive.state.document)


def _figure(spec: dict[str, Any], speaks: str, document: nodes.document) -> mali_figure:
    """Read a figure; its target, which any page may refer to, is on the English page where there are two."""
    words = spec["usermeta"]["mali"]
    lang, sha256 = "", addresses.digest(words)
    if speaks == "fr" and "fr" in words:
        spec = translate.french(spec)
        words = spec["usermeta"]["mali"]
    elif speaks == "fr":
        speaks, lang = "en", "en"
    name = f"fig-{words['id']}"
    node = mali_figure(spec=json.dumps(spec, sort_keys=True), alt=words["alt"], speaks=speaks, lang=lang, sha256=sha256)
    # Children are what search, text builders and cross-references see; HTML writes its own.
    node += nodes.caption(words["title"], words["title"])
    legend = [words["subtitle"], words["caveat"], f"Source: {words['source']}"]
    node += nodes.legend("", *[nodes.paragraph(text, text) for text in legend if text])
    if not speaks and "fr" in words:
        french = [words["fr"]["title"], words["fr"]["subtitle"]]
        node += nodes.legend("", *[nodes.paragraph(text, text) for text in french], classes=["language-fr"])
    if speaks == "fr" or lang:
        node["ids"] = [name]
        document.set_id(node)
    else:
        node["names"] = [name]
        document.note_explicit_target(node, node)
    return node


def _bilingual(renderer: Any, data: Any) -> nodes.Element:
    """Read the languages of a page with its own parser, so that references and footnotes work in them."""
    if one := _spoken(renderer).name:
        part = nodes.container(classes=[f"mali-bilingual__{one}", "mali-spoken"])
        part += myst_nb.rendered(renderer, data, data.content["kind"], data.content[one])
        return part
    node = mali_bilingual(classes=["mali-bilingual"])
    for language in ("en", "fr"):
        # docutils writes lang="fr" for this class.
        part = nodes.container(classes=[f"mali-bilingual__{language}", f"language-{language}"])
        part += myst_nb.rendered(renderer, data, data.content["kind"], data.content[language])
        node += part
    return node


class mali_spoken(nodes.inline):
    """A heading's words, with its French in ``fr``."""


def visit_spoken_html(self: Any, node: mali_spoken) -> None:
    """Open the element whose text the language switch changes."""
    self.body.append(piece("spoken", SWITCHED.fr(node["fr"])))


def depart_spoken_html(self: Any, node: mali_spoken) -> None:
    """Close it."""
    self.body.append(piece("end", "span"))


class FrenchHeadings(SphinxPostTransform):
    """Give a heading the French that stands below it as ``<!-- fr: ... -->``, which JupyterLab does not show."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        """Read and remove the comments."""
        for node in list(self.document.findall(nodes.raw)):
            found = _FRENCH_HEADING.fullmatch(node.astext().strip())
            if not found:
                continue
            before = node.parent[node.parent.index(node) - 1]
            if not isinstance(before, nodes.title) or node.parent.index(node) == 0:
                LOGGER.warning("a comment with French words must follow its heading: %s", node.astext(), location=node)
                continue
            if self.app.builder.format == "html" and not tongue(self.env, self.env.docname).name:
                words = mali_spoken("", "", *before.children, fr=one_line(found[1]))
                before.clear()
                before += words
            node.parent.remove(node)


class FigureImages(SphinxPostTransform):
    """Put a PNG into figures for builders that write no HTML.

    Here and not in the plugin, since only a post-transform may know its builder.
    """

    default_priority = 10

    def run(self, **kwargs: Any) -> None:
        """Add the images."""
        if self.app.builder.format == "html":
            return
        folder = Path(self.app.doctreedir) / "mali-png"
        folder.mkdir(exist_ok=True)
        for node in self.document.findall(mali_figure):
            for french in [child for child in node.children if "language-fr" in child["classes"]]:
                node.remove(french)
            path = folder / f"{node['ids'][0]}.png"
            spec = bare(json.loads(node["spec"]))
            path.write_bytes(vega.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=2))
            uri = Path(os.path.relpath(path, self.app.srcdir)).as_posix()
            self.env.images.add_file(self.env.docname, uri)
            node.insert(0, nodes.image(uri=uri, candidates={"*": uri}, alt=node["alt"]))


def visit_figure_html(self: Any, node: mali_figure) -> None:
    """Write a figure as HTML (a visitor of Sphinx's writer, hence ``self``)."""
    spec = json.loads(node["spec"])
    words = spec["usermeta"]["mali"]
    anchor = node["ids"][0]
    config = self.builder.config
    page = sphinx.page_of(self)
    if page:
        # A figure has one number, whatever the language of its page; the contents count the English ones.
        sphinx.take_numbers(self, english_page(page))
    number = sphinx.number_html(self, node)
    speaks = Tongue(node["speaks"])
    where = addresses.reference(config, page, anchor, node["sha256"], french=speaks.name == "fr")
    figure = figure_html(
        spec,
        anchor=anchor,
        number=number,
        citation=citation(
            words, config, re.sub(r"<[^>]*>", "", number), speaks, where, _heading(self.builder.env, page)
        ),
        edition=french_pages.edition(edition_title(config), speaks),
        notebook=_notebook(self.builder, page),
        files=f"{'../' * page.count('/')}{addresses.FOLDER}/" if self.builder.name == "html" and page else "",
        pictures=Pictures(config.mali_pictures),
        tongue=speaks,
        lang=node["lang"],
    )
    self.body.append(figure)
    raise nodes.SkipNode


def _notebook(builder: Any, docname: str) -> str:
    """Return the address of a page's own notebook, as executed for this edition; empty where there is none."""
    if builder.name != "html" or not builder.config.html_copy_source or not docname:
        return ""
    if not str(builder.env.doc2path(docname)).endswith(".ipynb"):
        return ""
    return f"{'../' * docname.count('/')}_sources/{docname}.ipynb"


def depart_figure_html(self: Any, node: mali_figure) -> None:
    """Do nothing: the visitor wrote it all and skipped the departure."""


def visit_bilingual_html(self: Any, node: mali_bilingual) -> None:
    """Write the English as a division, the French as a disclosure, which the language switch opens."""
    english, french = node.children
    self.body.append(self.starttag(node, "div"))
    english.walkabout(self)
    self.body.append(piece("apart"))
    for child in french.children:
        child.walkabout(self)
    self.body += [piece("end", each) + "\n" for each in ("details", "div")]
    raise nodes.SkipNode


def visit_bilingual_other(self: Any, node: mali_bilingual) -> None:
    """Show English only, where nothing can be switched."""
    node.children[0].walkabout(self)
    raise nodes.SkipNode


def citation(
    words: dict[str, Any], config: Any, number: str = "", speaks: Tongue = ENGLISH, where: str = "", page: str = ""
) -> str:
    """Return how to cite a figure: the figure, the book, its edition and version, the data, the address and a hash.

    Not always known are `where` (see `addresses.reference`), `page`, and `number`, which counts on one page.
    """
    year = re.search(r"\d{4}", str(config.copyright))
    edition = edition_title(config)
    named = number.strip() or "Figure"
    if speaks.name == "fr":
        told = french_pages.citation(
            words, config, f"{named}, «\u202f{page}\u202f»" if page else named, year[0] if year else "", edition
        )
        return f"{told} {where}".strip()
    parts = [
        f"{config.author}{f' ({year[0]})' if year else ''}: “{words['title'].rstrip('.')}”. {named}{f', “{page}”,' if page else ''} in {config.html_title}"
    ]
    if edition:
        parts.append(f"edition {edition}")
    cited = f"{', '.join([*parts, f'version {__version__}'])}. Data: {words['source'].rstrip('.')}."
    return f"{cited} {where}".strip()


def _editions(config: Any) -> list[tuple[str, str]]:
    return [(str(name), str(title)) for name, title in config.mali_editions]


def edition_title(config: Any) -> str:
    """Return the title of the edition being built; empty where there is none."""
    return dict(_editions(config)).get(config.mali_edition, config.mali_edition)


CODE_PROMPTS = {"Show the code": "Afficher le code", "Hide the code": "Masquer le code"}
"""Words at hidden code, from ``_config.yml``, and their French."""

HOME = "chapters/summary.fr"
"""Where a reader of French is led from a page that is in English only."""


def english_only(app: Sphinx, pagename: str) -> str:
    """Say on a page without a French twin that there is none, with the way to the book in French, where it has one."""
    if HOME not in app.env.found_docs or not pagename.startswith("chapters/"):
        return ""
    return piece("english_only", app.builder.get_relative_uri(pagename, HOME))


def edition_html(config: Any, pagename: str, speaks: Tongue = SWITCHED) -> str:
    """Return the edition switch of a page: links go to the page of the same name."""
    editions = _editions(config)
    if len(editions) < 2:
        title = french_pages.edition(edition_title(config), speaks)
        return piece("edition", title, speaks) if title else ""
    site = "../" * (pagename.count("/") + 1)
    told = [(name, french_pages.edition(label, speaks)) for name, label in editions]
    return piece("editions", told, config.mali_edition, pagename, site, speaks)


DESCRIBED = 155
"""Letters that a search engine shows of a description."""


def description(doctree: nodes.document) -> str:
    """Return the first paragraph of a page, cut at a word, for search engines and previews."""
    for paragraph in doctree.findall(nodes.paragraph):
        # Words in admonitions, tables and figures do not open a page; sentences made by code may.
        place = set(paragraph.parent["classes"])
        opens = {myst_nb.OUTPUT, "mali-bilingual__en", "mali-spoken"}
        if not (isinstance(paragraph.parent, nodes.section) or place & opens):
            continue
        # The line that names the edition stands on every page and says nothing of this one.
        if len(paragraph.children) == 1 and isinstance(paragraph.children[0], nodes.emphasis):
            continue
        text = one_line(paragraph.astext())
        if text:
            return text if len(text) <= DESCRIBED else text[:DESCRIBED].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return ""


def add_assets(app: Sphinx, config: Any) -> None:
    """Register the static files and templates of this package, and the colours made from the palette."""
    generated = Path(app.doctreedir) / "mali-static"
    generated.mkdir(parents=True, exist_ok=True)
    (generated / "mali-palette.css").write_text(css(), encoding="utf-8")
    form = default_folder() / addresses.CLAIMS_SCHEMA
    (generated / form.name).write_bytes(form.read_bytes())
    code = Pictures(config.mali_pictures).bundle("globalThis.maliVegaEmbed = vegaEmbed;")
    code = vl_convert.silenced(code)
    # Its top-level names would collide with those of Sphinx's own scripts.
    made_by = f"/* vl-convert {version('vl-convert-python')}, Vega-Lite {VEGA_LITE} */"
    (generated / BUNDLE).write_text(f"{made_by}\n(function () {{\n{code}\n}})();\n", encoding="utf-8")
    config.html_theme_options.setdefault(pydata_sphinx_theme.SECOND_SEARCH, [])
    scripts.write(generated)
    config.html_static_path += [str(_HERE / "static"), str(generated)]
    config.templates_path += [str(_HERE / "templates")]


def write_findings(app: Sphinx, error: Exception | None) -> None:
    """Write what the search page knows of figures, and their files, once the pages stand."""
    if error is None and app.builder.name == "html" and not app.config.mali_changed:
        findings.write(app, mali_figure)
        addresses.write(app, mali_figure, partial(_cited, app), edition_title(app.config))
        feed.write(app)


def _cited(app: Sphinx, words: dict[str, Any], page: str, anchor: str) -> str:
    """Return the citation of a figure as its English page gives it."""
    number = sphinx.number_of(app.env, page, anchor)
    where = addresses.reference(app.config, page, anchor, addresses.digest(words))
    heading = _heading(app.env, page)
    return citation(words, app.config, f"Figure {number}" if number else "", where=where, page=heading)


def _heading(env: Any, page: str) -> str:
    """Return the title of a page; empty where it has none."""
    return str(env.titles[page].astext()) if page in env.titles else ""


def finish_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Complete the context of one page: edition, description, scripts; nothing from another host."""
    speaks = tongue(app.env, pagename)
    context["mali_language"] = speaks.name
    context["mali_edition_html"] = edition_html(app.config, pagename, speaks) if app.builder.name == "html" else ""
    if doctree is not None:
        text = description(doctree)
        if text and 'name="description"' not in context.get("metatags", ""):
            context["metatags"] = f"{context.get('metatags', '')}\n{piece('meta', 'description', text)}"
        # Programs are told once, on the English page.
        if app.builder.name == "html" and speaks.name != "fr":
            said = linked.script(doctree, mali_figure, app.config, pagename, speaks.name or "en")
            context["metatags"] = context.get("metatags", "") + said
        body = myst_nb.unnamed(context.get("body", ""))
        for english, french in CODE_PROMPTS.items():
            body = myst_nb.prompted(body, english, speaks.fr(french), speaks.says(english, french))
        context["body"] = body + glossary.tips_html(doctree)
        if app.builder.name == "html":
            context["body"] += moved.places_html(pagename, app.env.found_docs, app.builder.get_relative_uri)
        if speaks.name:
            french_pages.finish(app, pagename, context, speaks)
        else:
            switch, note = (piece("switch"), piece("switch_note")) if _speaks_french(doctree) else ("", "")
            context["mali_notice_html"] = note
            context["mali_languages_html"] = switch + (english_only(app, pagename) if doctree is not None else "")
        context["body"] = typeset(context["body"])
        if next(doctree.findall(mali_figure), None) is not None:
            app.add_js_file(BUNDLE, loading_method="defer")
            app.add_js_file("mali.js", loading_method="defer")
        if 'class="mali-timeline"' in context["body"]:
            app.add_js_file("mali-timeline.js", loading_method="defer")
        if 'mali-listing"' in context["body"]:
            app.add_js_file("mali-sort.js", loading_method="defer")
        if next(doctree.findall(nodes.math), None) or next(doctree.findall(nodes.math_block), None):
            LOGGER.warning("the page has a formula, but the book loads nothing to draw it", location=pagename)
    if pagename == "search":
        app.add_js_file(findings.FILE, loading_method="defer")
        app.add_js_file("mali-search.js", loading_method="defer")
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context.get(kind, []) if not _unwanted(asset)]


def _speaks_french(doctree: nodes.document) -> bool:
    """Tell whether a page has anything that the language switch could switch."""
    kinds = (mali_figure, mali_bilingual, mali_spoken)
    return next(doctree.findall(lambda node: isinstance(node, kinds)), None) is not None


def _unwanted(asset: Any) -> bool:
    name = str(getattr(asset, "filename", asset) or "")
    body = str(getattr(asset, "attributes", {}).get("body") or "")
    return bool(_EXTERNAL.match(name)) or thebe.is_script(name, body) or sphinx.is_mathjax(body)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    refusals.setup(app)
    judge.setup(app)
    changed.setup(app)
    explore.setup(app, _asked)
    app.add_config_value("mali_edition", "", "html")
    app.add_config_value("mali_editions", [], "html")
    app.add_config_value("mali_pictures", "", "")
    app.add_enumerable_node(
        mali_figure,
        "figure",
        lambda node: next(node.findall(nodes.caption)).astext(),
        html=(visit_figure_html, depart_figure_html),
    )
    app.add_node(
        mali_bilingual,
        html=(visit_bilingual_html, depart_figure_html),
        latex=(visit_bilingual_other, depart_figure_html),
        text=(visit_bilingual_other, depart_figure_html),
    )
    app.add_node(mali_spoken, html=(visit_spoken_html, depart_spoken_html))
    emptied.setup(app)
    app.add_post_transform(FrenchHeadings)
    app.add_post_transform(FigureImages)
    glossary.setup(app)
    addresses.setup(app)
    app.connect("env-get-updated", sphinx.restart_numbers, priority=900)
    french_pages.setup(app)
    app.connect("build-finished", write_findings)
    app.connect("build-finished", policy.write_policies, priority=900)
    app.connect("config-inited", add_assets)
    app.connect("doctree-resolved", thebe.drop, priority=900)
    # After the theme, which sets scripts and meta tags of its own.
    app.connect("html-page-context", finish_page, priority=900)
    app.add_js_file("mali-page.js", loading_method="defer")
    app.setup_extension("helpers.page.preview")
    app.add_css_file("mali.css")
    app.add_css_file("mali-palette.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
