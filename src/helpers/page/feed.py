"""A feed (Atom 1.0, RFC 4287) of what moved between releases, beside the pages of the latest edition.

Names of entries are `urn:uuid:` made from release, kind, subject and part: they need no address of ours and never change.
Links are relative to the feed, unless `html_baseurl` says where the edition is published.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd

from helpers import inert
from helpers.data import Tables

FILE = "feed.xml"
"""The feed, beside the pages of the latest edition."""
MOVED = {"verdict": "verdict", "figure": "another number", "correction": "correction"}
"""Kinds of what moved, as readers see them."""
ATOM = "http://www.w3.org/2005/Atom"
NAME = uuid.uuid5(uuid.NAMESPACE_OID, "Mali at war, in figures: what moved")
"""Name of the feed, and the space in which its entries are named."""
_XML = "http://www.w3.org/XML/1998/namespace"


def entry_id(row: pd.Series) -> str:
    """Return the name of an entry: another text gives another name, the same one always the same."""
    key = "/".join(str(row[column]) for column in ("release", "kind", "subject", "part"))
    return f"urn:uuid:{uuid.uuid5(NAME, key)}"


def headline(row: pd.Series) -> str:
    """Return what moved as one line: `Correction: People of Kidal in the census of 2022: 83,194 → 83,192`."""
    claim = row["subject"].startswith("R2")
    part = {"outcome": ", what came of it", "statement": ", at its date", "": ""}[row["part"]]
    name = f"{row['subject']}{part}" if row["kind"] == "verdict" else inert.line(row["what"])
    name = f"{row['subject']}: {name}" if claim and row["kind"] != "verdict" else name
    kind = MOVED[row["kind"]]
    change = f"{inert.line(row['old']) or 'nothing'} → {inert.line(row['new'])}"
    return f"{kind[0].upper()}{kind[1:]}: {name}: {change}"


def anchor(row: pd.Series) -> str:
    """Return the place of what moved on the page of known issues: the same as long as its row stands."""
    parts = ("moved", row["release"].replace(".", "-"), row["kind"], row["subject"].lower(), row["part"])
    return "-".join(part for part in parts if part)


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    made.text = inert.line(text) or None
    return made


def atom(moves: pd.DataFrame, *, title: str, author: str, base: str = "") -> bytes:
    """Return what moved as a feed in UTF-8, newest first; a day of a release is its midnight in UTC.

    Links are relative to `base`, the address of the edition where it is published, or to the feed where that is empty.
    """
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {f"{{{_XML}}}lang": "en"})
    if base:
        feed.set(f"{{{_XML}}}base", base.rstrip("/") + "/")
    rows = moves.sort_values(["date", "release", "kind", "subject", "part"], ascending=[False, False, True, True, True])
    _add(feed, "id", f"urn:uuid:{NAME}")
    _add(feed, "title", f"{title}: what moved")
    _add(feed, "subtitle", "Verdicts, figures and corrections that moved between releases.")
    _add(feed, "updated", f"{rows['date'].max()}T00:00:00Z")
    _add(_add(feed, "author"), "name", author)
    _add(feed, "link", rel="self", href=FILE, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href="chapters/method/issues.html", type="text/html")
    for _, row in rows.iterrows():
        entry = _add(feed, "entry")
        page, _, place = row["page"].partition(":")
        _add(entry, "id", entry_id(row))
        _add(entry, "title", headline(row))
        _add(entry, "updated", f"{row['date']}T00:00:00Z")
        _add(entry, "link", rel="alternate", href=f"{page}.html{'#' + place if place else ''}", type="text/html")
        _add(entry, "category", term=row["kind"], label=MOVED[row["kind"]])
        _add(entry, "summary", f"{row['why']} (Release {row['release']}.)")
    ET.indent(feed)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def write(app: Any) -> None:
    """Write the feed into the book of the latest edition; a user's own data have none."""
    tables = Tables(app.config.mali_data)
    if app.config.mali_edition != "latest" or tables.limits():
        return
    moves = tables.moves()
    made = atom(moves, title=app.config.html_title, author=app.config.author, base=app.config.html_baseurl or "")
    (Path(app.outdir) / FILE).write_bytes(made)
