"""Old addresses: where figures and boxes of earlier versions stand now, and the few lines a page needs to lead there.

A page whose figures have left it carries its part of the table; ``mali-page.js`` follows an address to them, on load
and when it changes, wherever the page itself has no such place. The addresses are relative and hold for a book that is
opened from a folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

from helpers.markup import piece
from helpers.page.twins import english_page

FOLDER = "chapters/"
MOVED: dict[str, dict[str, str]] = {
    # To when attackers are known is said where they are.
    "now": {"says-unnamed": "now#says-who"},
    "summary": {
        "fig-summary-verdicts": "scorecard",
        # By zone, and to the end of the events that name actors.
        "fig-summary-zones": "central#fig-central-zone-shares",
    },
    "trajectory": {
        "fig-trajectory-cercle-halves": "depth/spread#fig-spread-cercles",
        "fig-trajectory-civilian-deaths": "evidence/country",
        "fig-trajectory-deaths-quarters": "trajectory#fig-trajectory-events-quarters",
        "fig-trajectory-deaths-sources": "depth/sources",
        "fig-trajectory-deaths-years": "trajectory#fig-trajectory-events-years",
        "fig-trajectory-footprint-area": "depth/spread#fig-spread-area-published",
        "fig-trajectory-footprint-halves": "depth/spread#fig-spread-area-published",
        "fig-trajectory-footprint-levels": "depth/spread",
        "fig-trajectory-footprint-ratios": "depth/spread",
        "fig-trajectory-pace-rule": "outlook#fig-outlook-halves",
        "fig-trajectory-recent-regions": "trajectory#fig-trajectory-regions-shift",
        "fig-trajectory-regions": "evidence/country",
        "fig-trajectory-since-seizure": "evidence/country",
    },
    "junta": {
        "fig-junta-ballots": "junta#fig-junta-turnout",
        "fig-junta-bases-deaths": "junta#fig-junta-bases-events",
        "fig-junta-closures": "junta#fig-junta-bases-map",
        "fig-junta-ecowas": "junta#fig-junta-forces",
        "fig-junta-eiu": "junta#fig-junta-freedoms",
        "fig-junta-freedom-house": "junta#fig-junta-freedoms",
        # The shares of land and people by zone stand beside those of events.
        "fig-junta-land-people": "southern#fig-southern-people",
        # The figure counted our own dated facts, which the timeline tells.
        "fig-junta-measures": "timeline#",
        "fig-junta-minusma-reach": "junta#fig-junta-bases-map",
        "fig-junta-next-closures": "junta#fig-junta-bases-map",
        "fig-junta-next-deaths": "junta#fig-junta-next-events",
        "fig-junta-next-map": "junta#fig-junta-bases-map",
        "fig-junta-press-freedom": "evidence/power",
        "fig-junta-timeline": "timeline#",
        "fig-junta-vdem": "evidence/power",
    },
    "wagner": {
        # The price of the deployment is told where the reports' statement on it is judged.
        "fig-wagner-cost": "wagner#claim-r23-14",
        "fig-wagner-quarters": "evidence/army",
        "fig-wagner-readings": "evidence/army",
        "fig-wagner-vac-deaths": "wagner#claim-r23-15",
        "fig-wagner-vac-shares": "evidence/army",
        "fig-wagner-without-moura": "wagner#fig-wagner-deaths",
        "fig-wagner-zones": "wagner#fig-wagner-regions",
    },
    "northern": {
        # Two passages are one.
        "says-three-wars": "northern#says-toll",
        "fig-northern-is-civilians": "evidence/zones",
        "fig-northern-is-share": "evidence/zones",
        "fig-northern-later-menaka": "outlook#fig-outlook-exit-regions",
        "fig-northern-map-cells": "northern#fig-northern-territory",
        "fig-northern-map-deaths": "summary#fig-summary-cercles",
        "fig-northern-menaka": "evidence/zones",
    },
    "central": {
        # The title of the figure says it.
        "says-two-regions": "central#fig-central-two-regions",
        "fig-central-cercle-heat": "evidence/zones",
        "fig-central-flm-naming": "evidence/zones",
        "fig-central-group-lines": "evidence/zones",
        "fig-central-group-ranking": "evidence/zones#fig-central-group-lines",
        "fig-central-minusma-deaths": "central#fig-central-minusma-events",
        "fig-central-minusma-ratios": "central#fig-central-minusma-events",
        "fig-central-recent-ratios": "evidence/zones",
        "fig-central-region-changes": "trajectory#fig-trajectory-regions-shift",
        "fig-central-wagner-events": "evidence/army#fig-wagner-vac-shares",
    },
    "southern": {
        "says-near-capital": "southern#fig-southern-bamako-quarters",
        "fig-southern-bamako-rolling": "evidence/zones",
        "fig-southern-flm-growth": "evidence/zones",
        "fig-southern-flm-shares": "evidence/zones#fig-central-flm-naming",
        "fig-southern-growth": "trajectory#fig-trajectory-regions-shift",
        "fig-southern-next-year": "southern#claim-r22-10-outcome",
        "fig-southern-per-people": "southern#fig-southern-people",
        "fig-southern-radius": "evidence/zones",
        "fig-southern-regions": "evidence/country#fig-trajectory-regions",
    },
    "scorecard": {
        "fig-scorecard-chapters": "scorecard#fig-summary-verdicts",
        "fig-scorecard-killers": "trajectory#fig-trajectory-civilian-attacks",
        "fig-scorecard-ranking": "depth/spread",
        "listing-scorecard-checks": "evidence/audit",
        "listing-scorecard-definitions": "evidence/audit",
        "listing-scorecard-outcomes": "evidence/audit",
        "listing-scorecard-ucdp": "evidence/audit",
        "listing-scorecard-ucdp-later": "evidence/audit",
    },
    "outlook": {
        "claim-r22-03": "trajectory",
        "claim-r22-10": "southern",
        "claim-r23-01": "trajectory",
        "claim-r23-02": "trajectory",
        "claim-r23-31": "trajectory",
        "fig-outlook-bamako-record": "evidence/zones",
        "fig-outlook-errors-8": "depth/forecast#fig-outlook-errors-half",
        "fig-outlook-errors-half": "depth/forecast",
        "fig-outlook-running-events": "outlook#fig-outlook-running-deaths",
        "fig-outlook-years-bamako": "depth/forecast#fig-outlook-years-events",
        "fig-outlook-years-deaths": "depth/forecast#fig-outlook-years-events",
        "fig-outlook-years-events": "depth/forecast",
        "fig-outlook-years-vac": "depth/forecast#fig-outlook-years-events",
    },
    "depth/spread": {"fig-spread-reached": "depth/spread#fig-spread-cercles"},
    "depth/who-whom": {"fig-who-whom-lethality-halves": "depth/who-whom#fig-who-whom-lethality"},
    "depth/uncertainty": {"fig-uncertainty-revision": "method/data#fig-data-vintages"},
    "method/data": {
        # The figure counted our own dated facts, which the timeline tells.
        "fig-data-chronology": "timeline#",
        "fig-data-ucdp-acled": "depth/sources#fig-trajectory-deaths-sources",
    },
    "method/updates": {"says-vintages-said": "method/data#fig-data-vintages"},
    "evidence/army": {
        "says-vac-entries": "wagner#claim-r23-15",
        "says-victims": "wagner#claim-r23-15",
    },
    "method/definitions": {"fig-definitions-groups": "actors#fig-actors-strip"},
}
"""Where an anchor that a page had once leads: a page on which it has the same name, or page and anchor where it has not.

What is gone for good leads to what tells the same: often the figure that took it in, or the timeline as a whole
(``"timeline#"``).
"""


def target(page: str, anchor: str) -> tuple[str, str]:
    """Return the page and the anchor to which an old address leads; an empty anchor is the page itself.

    Examples
    --------
    >>> target("summary", "fig-summary-verdicts"), target("wagner", "fig-wagner-cost")
    (('scorecard', 'fig-summary-verdicts'), ('wagner', 'claim-r23-14'))
    """
    place, named, new = MOVED[page][anchor].partition("#")
    return place, new if named else anchor


def places_html(pagename: str, pages: Collection[str], uri: Callable[[str, str], str]) -> str:
    """Return a page's part of the table for its script; empty where nothing has left it.

    `pagename`: page as Sphinx names it; a French one leads to French pages. `pages`: pages that the book has. `uri`:
    relative address of a page (second) from another (first).
    """
    page = english_page(pagename)
    suffix = pagename.removeprefix(page)
    if not page.startswith(FOLDER):
        return ""
    page = page.removeprefix(FOLDER)
    found = {}
    for old in MOVED.get(page, ()):
        place, anchor = target(page, old)
        name = FOLDER + place
        name = name + suffix if name + suffix in pages else name
        if name in pages:
            found[old] = f"{uri(pagename, name)}#{anchor}"
    if not found:
        return ""
    return f"\n{piece('data', 'json', json.dumps(found, sort_keys=True), 'mali-moved')}\n"
