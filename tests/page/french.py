"""What any French page must keep, whoever made it: shared by tests of a sample, of single pages and of a built site."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString

APART = ("script", "style", "pre", "code", "textarea")
SAID = ("title", "alt", "aria-label", "placeholder", "label")
PARTING = re.compile(r"«[ \xa0\n]|[ \xa0](?=[;:?!»]|%(?!\w))")
"""A space at which a line may end before a sign or inside quotation marks, or one too wide for French."""

LISTS = ".mali-facts:not(ul), .mali-cards, .mali-timeline, .mali-claim__notes, .mali-claim__readings"
"""Where sources are cited as their English pages name them."""


def said(soup: BeautifulSoup) -> Iterator[str]:
    """Return every text of a page that a reader sees or hears, or a search engine shows."""
    for text in soup.find_all(string=True):
        if type(text) is NavigableString and text.parent.name not in APART:
            yield str(text)
    for tag in soup.find_all(True):
        yield from (tag[name] for name in SAID if tag.get(name))
    yield from (tag["content"] for tag in soup.select("meta[name][content], meta[property][content]"))


def parted(soup: BeautifulSoup) -> list[str]:
    """Return the texts of a French page that hold a space at which a line may end before a sign."""
    return [text.strip() for text in said(soup) if PARTING.search(text.replace("Couverture, %", ""))]


def unmarked(soup: BeautifulSoup) -> list[str]:
    """Return the links of a French page that lead to a page without French and do not say so."""
    links = [link for link in soup.select("a[href]") if re.match(r"(?![a-z]+:|//)[^#?]+\.html", link["href"])]
    found = []
    for link in links:
        english = not re.match(r"[^#?]+\.fr\.html", link["href"])
        if english != (link.get("hreflang") == "en"):
            found.append(link["href"])
        elif "mali-term" in link.get("class", []):
            tip = soup.find(id=link["data-term"])
            if english and "en anglais" not in tip.get_text():
                found.append(f"{link['href']}: its definition does not say so")
    return found


def unsaid(soup: BeautifulSoup) -> list[str]:
    """Return the lists of a French page whose sources are cited in English and which do not say so."""
    return [
        part.get_text(" ", strip=True)[:60]
        for part in soup.select(LISTS)
        if part.select("[lang=en]") and len(part.select(".mali-foreign__mark, .mali-foreign__said")) < 1
    ]
