"""A heading under which an edition has nothing to show is left out."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms import DoctreeReadEvent

from helpers.page import bilingual, emptied


def cell(*outputs: nodes.Element) -> nodes.container:
    made = nodes.container(nb_element="cell_code")
    made += nodes.container(nb_element="cell_code_source")
    if outputs:
        shown = nodes.container(nb_element="cell_code_output")
        shown += outputs
        made += shown
    return made


def bundle(*said: nodes.Node) -> nodes.container:
    made, part = nodes.container(nb_element="mime_bundle"), nodes.container(mime_type=bilingual.MIME)
    part += nodes.paragraph("", "", *said)
    made += part
    made += nodes.container("", nodes.literal_block("", "plain"), mime_type="text/plain")
    return made


def section(*parts: nodes.Element) -> nodes.section:
    return nodes.section("", nodes.title("", "What happened next"), *parts)


def left(*parts: nodes.Element) -> int:
    """Count the sections that stay of a page that holds one more."""
    page = nodes.section("", nodes.title("", "Page"), cell(), section(*parts))
    document = nodes.document(None, None)
    document += page
    emptied.drop(document)
    return len(list(document.findall(nodes.section))) - 1


REASON = nodes.emphasis("", "Nothing had been foreseen by this edition’s date.")


def test_a_section_of_reasons_alone_goes_and_the_page_itself_stays():
    lead = nodes.paragraph("", "What comes under this heading.")
    assert left(lead, cell(bundle(REASON.deepcopy())), cell()) == 0
    assert left(cell()) == 0
    assert left(section(cell()), cell()) == 0


def test_a_section_that_shows_something_or_has_no_cells_stays():
    assert left(cell(bundle(nodes.Text("12 events")))) == 1
    assert left(cell(bundle(nodes.Text("Of this, "), REASON.deepcopy()))) == 1
    assert left(cell(bundle(REASON.deepcopy())), cell(nodes.figure())) == 1
    assert left(nodes.paragraph("", "What these numbers cannot show.")) == 1
    assert left(section(cell(nodes.table())), cell()) == 2


def test_sections_go_before_the_contents_of_the_page_are_collected():
    """Run at the same priority, it came after: headings that were gone stood in the contents of eight pages."""
    assert emptied.EmptySections.default_priority < DoctreeReadEvent.default_priority
