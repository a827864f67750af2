"""A built book as it is shipped: what all editions share stands once beside them, and nothing stands twice in a page.

`lighten` takes the folder that jupyter-book has made and writes the edition's own files into another, and into
`assets/<hash>/` there what every edition of this version has alike: scripts, style sheets, letters. The hash is that of
those files, so that editions of two versions of the project keep apart and those of one find the same folder. Pages
name it relatively: a site, or a folder with an edition and `assets` beside it, works from a disk.

In a page, charts without scripts are pictures from `figures/`, one for both languages, and what only scripts use (specifications, tables and
buttons under a figure) stands compressed at its end. `unpacked` gives the page back as it was built; `mali-page.js` does
the same in the browser.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import zipfile
from collections.abc import Collection
from pathlib import Path

from bookbuild.inputs import canonical, sha256
from helpers.borrowed import thebe
from helpers.page.lean import lean
from helpers.page.spoken import FRENCH, bilingual
from helpers.page.twins import SUFFIX

SHARED = "assets"
"""Folder of a site that holds what its editions share."""
TOLD = "_static/told.js"
"""What an edition tells the pages over the editions (`helpers.builds.told`), in its folder."""
ZIP = ".zip"

_THEME = re.compile(r"(scripts|styles|vendor|images)/")
_OWN = re.compile(r"(mali-findings|[\w-]+-data|told)\.js|[\w.-]+\.schema\.json")
_DROPPED = re.compile(rf".*(\.map|\.ttf|\.LICENSE\.txt|macros\.html)|locales/.*|images/.*|{thebe.FILES}.*|pdf\.css")
_SETS = re.compile(rf'"(?:\.\./)+{SHARED}/([0-9a-f]{{12}})/')
_STATIC = re.compile(r'\b(href|src)="((?:\.\./)*)_static/([^"?#]+)(\?[^"#]*)?')
_DATA = re.compile(r"(_static/judge/.*|_static/explore-data\.js|_static/mali-findings\.js|searchindex\.js)")
_SCRIPTS = tuple(
    (re.compile(begin + r"([\[{].*[\]}])" + end, re.DOTALL), made)
    for begin, end, made in (
        (r"mali\.judge\(", r"\);", 'mali.judge("{}");'),
        (r"mali\.explore\(", r"\);", 'mali.explore("{}");'),
        (r"globalThis\.maliFindings=", ";", 'globalThis.maliFindings=maliInflate("{}");'),
        # Sphinx's own, which is there before the page's: a query waits for its index.
        (
            r"Search\.setIndex\(",
            r"\)",
            'addEventListener("DOMContentLoaded",async()=>Search.setIndex(await maliInflate("{}")));',
        ),
    )
)
"""How scripts hand over data, and how they do with the data compressed."""
_NOTEBOOK = re.compile(rf'((?:href="(?:\.\./)*_sources/|download=")[^"]+?)(?:{re.escape(SUFFIX)})?\.ipynb"')
_FIGURE = re.compile(r"figures/[\w-]+\.svg")
_SPECIFIED = re.compile(r'(?<=/figures/)([\w.-]+\.vl\.json)(?=")')
_PARTS = re.compile(
    r'<figure class="mali-figure[^>]*\bid="fig-([\w.-]+)"([^>]*)>.*?</figure>'
    r'|<details class="admonition hide above-input">.*?</details>',
    re.DOTALL,
)
_PICTURE = re.compile(r'(<div class="mali-figure__static">)(<svg\b([^>]*)>.*?</svg>)(?=</div>)', re.DOTALL)
_SPEC = re.compile(r'<script type="application/json" class="mali-figure__spec">.*?</script>', re.DOTALL)
_TOOLS = re.compile(r'<div class="mali-figure__tools">.*</div>(?=\n</div>\n</figure>)', re.DOTALL)
_PLACE = re.compile(r"<(div|i) data-mali-packed=\"(\d+)\".*?</\1>", re.DOTALL)
_PACKED = re.compile(r'<script type="application/gzip" id="mali-packed">([^<]*)</script>\n')
_KEPT = re.compile(r"(<(?:script|style|pre|textarea)\b.*?</(?:script|style|pre|textarea)>)", re.DOTALL)


def lighten(book: str, out: str, known: Collection[str] = ()) -> None:
    """Write a built book as it is shipped.

    Parameters
    ----------
    book : str
        Folder of the pages as built.
    out : str
        Folder to fill: the edition's files, and `assets/<hash>/` with what it shares with others.
    known : collection of str
        Files that an earlier build of the edition wrote and that stay, where this one wrote some pages only.
    """
    source, target = Path(book), Path(out)
    files = {path.relative_to(source).as_posix(): path for path in sorted(source.rglob("*")) if path.is_file()}
    shared = {name.removeprefix("_static/"): path for name, path in files.items() if _shared(name)}
    names = {*files, *known}
    assets = sha256(canonical({name: sha256(path.read_bytes()) for name, path in shared.items()}))[:12]
    for name, path in shared.items():
        _write(target / SHARED / assets / name, path.read_bytes())
    pictures = {name: path.read_text(encoding="utf-8") for name, path in files.items() if _FIGURE.fullmatch(name)}
    for name, path in files.items():
        own = name.removeprefix("_static/")
        if name in pictures or (own != name and (own in shared or _DROPPED.fullmatch(own))):
            continue
        if name.endswith(".ipynb"):
            if not name.endswith(f"{SUFFIX}.ipynb"):
                _write(target / f"{name}{ZIP}", zipped(path))
        elif name.endswith(".vl.json"):
            _write(target / f"{name}{ZIP}", zipped(path, None))
        elif name.endswith(".html"):
            page = _page(path.read_text(encoding="utf-8"), f"../{SHARED}/{assets}/", set(shared), names, pictures)
            _write(target / name, page.encode())
        elif _DATA.fullmatch(name):
            _write(target / name, packed(path.read_text(encoding="utf-8")).encode())
        else:
            _write(target / name, path.read_bytes())
    for picture, svg in pictures.items():
        _write(target / picture, svg.encode())


def packed(script: str) -> str:
    """Return a script that hands over data with the data compressed, as `mali-page.js` unpacks them."""
    for pattern, made in _SCRIPTS:
        if found := pattern.fullmatch(script.strip()):
            return made.format(_compressed(found[1])) + "\n"
    return script


def index(script: str) -> str:
    """Return the index of a shipped edition as Sphinx reads it."""
    kept = re.search(r'maliInflate\("([^"]*)"\)', script)
    return f"Search.setIndex({gzip.decompress(base64.b64decode(kept[1])).decode()})" if kept else script


def _compressed(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def _shared(name: str) -> bool:
    """Tell whether a file is the same in every edition of a version: the theme's, Sphinx's and this package's own."""
    own = name.removeprefix("_static/")
    known = _THEME.match(own) or ("/" not in own and not _OWN.fullmatch(own))
    return own != name and bool(known) and not _DROPPED.fullmatch(own)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def zipped(path: Path, indent: int | None = 1) -> bytes:
    """Return a notebook or a specification in an archive, the same bytes for the same content."""
    told = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(told, ensure_ascii=False, indent=indent) + "\n"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(zipfile.ZipInfo(path.name), text, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def source(path: Path) -> tuple[str, bytes]:
    """Return name and content of a page's source, out of its archive where it lies in one."""
    if path.suffix != ZIP:
        return path.name, path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return path.stem, archive.read(path.stem)


def uses(edition: Path) -> set[str]:
    """Return the sets of shared files that the pages of an edition in a site name."""
    found = re.findall(_SETS, "".join(p.read_text(encoding="utf-8") for p in sorted(edition.glob("*.html"))))
    return set(found)


def _page(page: str, assets: str, shared: set[str], files: set[str], pictures: dict[str, str]) -> str:
    # Their folder is named by what they hold: a version in the address says no more.
    page = _STATIC.sub(lambda m: f'{m[1]}="{m[2]}{assets}{m[3]}' if m[3] in shared else m[0], page)
    page = _SPECIFIED.sub(rf"\1{ZIP}", _NOTEBOOK.sub(rf'\1.ipynb{ZIP}"', page))
    packed: list[tuple[int, str, str]] = []
    french = re.search(r'<html\b[^>]*\blang="fr"', page) is not None
    root = (re.search(r'data-content_root="([^"]*)"', page) or [""] * 2)[1].removeprefix("./")

    def keep(kind: int, part: str, tag: str, fallback: str) -> str:
        packed.append((kind, str(len(packed)), part))
        return f'<{tag} data-mali-packed="{len(packed) - 1}"{fallback}</{tag}>'

    def figure(found: re.Match[str]) -> str:
        name = f"figures/{found[1]}"
        speaks = french and 'lang="en"' not in found[2]
        if f"{name}.svg" not in files:
            return found[0]

        drawn = _PICTURE.sub(lambda m: m[1] + _img(m, name, root, pictures, french=speaks), found[0])
        links = " ".join(
            f'<a href="{root}{name}.{end}">{word}</a>'
            for end, word in (("csv", "CSV"), ("json", "JSON"), (f"vl.json{ZIP}", "Vega-Lite"))
        )
        drawn = _SPEC.sub(lambda m: keep(2, m[0], "i", " hidden>"), drawn, count=1)
        return _TOOLS.sub(lambda m: keep(1, m[0], "div", f' class="mali-figure__tools">{links}'), drawn, count=1)

    page = _PARTS.sub(lambda m: figure(m) if m[1] else keep(0, m[0], "div", ">"), page)
    page = "".join(part if i % 2 else re.sub(r"\n\s+", "\n", part) for i, part in enumerate(_KEPT.split(page)))
    if not packed:
        return page
    # What is alike stands together: it takes less room so.
    parts = {number: part for _, number, part in sorted(packed, key=lambda each: each[0])}
    kept = _compressed(json.dumps(parts, ensure_ascii=False, separators=(",", ":")))
    at = page.rindex("</article>")
    return f'{page[:at]}<script type="application/gzip" id="mali-packed">{kept}</script>\n{page[at:]}'


def _img(found: re.Match[str], name: str, root: str, pictures: dict[str, str], *, french: bool) -> str:
    """Return the element that shows an SVG as a file; a French chart is put into the English one's."""
    said = dict(re.findall(r'([\w-]+)="([^"]*)"', found[3]))
    file = f"{name}.svg"
    if french:
        drawn = lean(found[2])
        there = pictures.get(file, "")
        # A figure may stand on two pages.
        both = there if f"#{FRENCH}:target" in there else bilingual(there, drawn) if there else None
        file, address = (file, f"{file}#{FRENCH}") if both else (f"{name}{SUFFIX}.svg",) * 2
        pictures[file] = both or drawn
    else:
        address = file
    label = said["aria-label"]
    switched = (
        f' role="img" aria-label="{label}" data-fr-label="{said["data-fr-label"]}"' if "data-fr-label" in said else ""
    )
    return f'<img src="{root}{address}" width="{said["width"]}" height="{said["height"]}" alt="{label}"{switched}>'


def unpacked(page: str) -> str:
    """Return a page with all that scripts use where it belongs, as `mali-page.js` does it.

    Parameters
    ----------
    page : str
        HTML of a page of a site.
    """
    kept = _PACKED.search(page)
    if kept is None:
        return page
    parts = json.loads(gzip.decompress(base64.b64decode(kept[1])))
    return _PLACE.sub(lambda place: parts[place[2]], _PACKED.sub("", page))
