"""A built book as it is shipped: what all editions share stands once beside them, and nothing stands twice in a page.

`lighten` takes the folder that jupyter-book has made and writes the edition's own files into another, and into
`assets/<hash>/` there what every edition of this version has alike: scripts, style sheets, letters. The hash is that of
those files, so that editions of two versions of the project keep apart and those of one find the same folder. Pages
name it relatively: a site, or a folder with an edition and `assets` beside it, works from a disk.

In a page, charts without scripts are pictures from `figures/`, one for both languages. What only scripts use (specifications,
tables and buttons under a figure) stands compressed (gzip in base64) in a script beside it, once for both languages; buttons of
the theme, which all pages have alike and only scripts answer, stand once for all editions. `unpacked` gives the page back as it
was built, as scripts do in the browser. The sources of all pages are one archive: what they have in common stands once. Each
figure's table, words and specification keep an address of their own.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import lzma
import re
import struct
import tarfile
import zlib
from collections.abc import Collection, Mapping
from functools import partial
from itertools import accumulate, groupby, pairwise
from pathlib import Path

import deflate

from bookbuild.errors import BookError
from bookbuild.inputs import canonical, sha256
from helpers.borrowed import thebe
from helpers.page.lean import lean
from helpers.page.spoken import FRENCH, bilingual
from helpers.page.twins import SUFFIX

SHARED = "assets"
"""Folder of a site that holds what its editions share."""
TOLD = "_static/told.js"
"""What an edition tells the pages over the editions (`helpers.builds.told`), in its folder."""
SOURCES = "_sources/pages.tar.xz"
"""Archive of an edition's pages as they were run."""
ZIP = ".zip"
"""What the name of an archived specification ends in."""

_THEME = re.compile(r"(scripts|styles|vendor|images)/")
_OWN = re.compile(r"(mali-findings|[\w-]+-data|told)\.js|figure\.schema\.json")
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
_SOURCE = re.compile(r'(href="(?:\.\./)*)_sources/[^"]+"')
_SAVED = re.compile(r'(?<=download=")[^"]+\.ipynb(?=")')
_KIND = re.compile(r'(?<=<span class="btn__text-container">)\.(?:ipynb|md)(?=</span>)')
_FIGURE = re.compile(r"figures/[\w-]+\.svg")
_DISTRIBUTION = re.compile(
    r'("@type":"DataDownload","encodingFormat":"text/csv","contentUrl":"[^"]*figures/[^"]+\.csv)"\}.*?\.vl\.json(?="\}\])'
)
"""The files of a figure: who reads the table's address needs no more for a search, and the schema names the others."""
_UNUSED = re.compile(
    r' class="(?:reference internal|toctree-l1)"| rel="noopener"| type="text/css"| mali-address--(?:sentence|card|entry)(?=")'
    r'|(?<=class=")reference internal (?=nav-link)|<link rel="(?:preload" as="script|index|search)"[^>]*>\s*'
    r'|<div id="ethical-ad-placement"[^>]*>\s*</div>'
)
"""What no style sheet asks of links, what browsers take for granted, and a place for advertisements."""
_CONTENTS = re.compile(r'(<div id="jb-print-toc">.*?<nav aria-label="[^"]*">).*?(</nav>)', re.DOTALL)
"""The contents of a page as it is printed, which stand beside it on a screen: `mali-page.js` puts them there."""
_RUN = re.compile(r'(?:<link\b[^>]*\brel="?stylesheet\b[^>]*>\s*){2,}|(?:<script src="[^"]*"></script>\s*){2,}')
_TAG = re.compile(r"<link\b[^>]*>|<script\b[^>]*></script>")
_SHEET = re.compile(r'@import|url\((?!["\']?data:)')
"""What in a style sheet is found from where it lies."""
_SPECIFIED = re.compile(r'(?<=/)(figures/[\w.-]+\.vl\.json)(?=")')
_TIPS = re.compile(r'(?:<div class="mali-tip"[^>]*>.*?</div>\s*)+')
_PARTS = re.compile(
    r'<figure class="mali-figure[^>]*\bid="fig-([\w.-]+)"([^>]*)>.*?</figure>'
    r'|<details class="admonition hide above-input">.*?</details>',
    re.DOTALL,
)
_PICTURE = re.compile(r'(<div class="mali-figure__static">)(<svg\b([^>]*)>.*?</svg>)(?=</div>)', re.DOTALL)
_SPEC = re.compile(r'<script type="application/json" class="mali-figure__spec">.*?</script>', re.DOTALL)
_TOOLS = re.compile(r'<div class="mali-figure__tools">.*</div>(?=\n</div>\n</figure>)', re.DOTALL)
_PLACE = re.compile(r"<(div|i) data-mali-packed=(\d+).*?</\1>", re.DOTALL)
_AT = re.compile(r"(?<=data-mali-packed=)\d+")
_UNPACKS = re.compile(r'(?=<script\b[^>]*\bsrc="[^"]*\bmali-page\.js")')
_PACKED = re.compile(r'<script defer src="([\w.-]+)" id="mali-packed"></script>')
_ENDS = re.compile(r"(?<=[}\]],)|(?<=</tr>)|(?<=</summary>)")
"""Ends of what comes again in what a page keeps packed."""
_NEXT, _LAST = "\x01", "\x02"
_XZ = {"id": lzma.FILTER_LZMA2, "preset": 7 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}
Part = tuple[int, str]
_ALIKE = re.compile(
    r'(?<=<div class="header-article-items header-article__inner">).*?(?=</div>\s*</div>\s*<div class="?mali-switches)'
    r'|<button type="?button"? class="btn rounded-pill" id="?pst-back-to-top.*?(?=<header id="?pst-header)',
    re.DOTALL,
)
"""The theme's buttons over the text and what they open: without scripts nobody can use them."""
_PLACES = "document.currentScript.outerHTML="
"""How a script puts what it holds where it stands, before the page goes on."""
_PLACED = re.compile(r'<script src="([^"]*/alike-\w+\.js)"></script>')
_SAID_TWICE = re.compile(
    r'<!--.*?-->|<meta name="(?:viewport" content="width=device-width, initial-scale=1"|docsearch:)[^>]*>', re.DOTALL
)
"""What the theme says to those who read its code, and again of the page's width, and to a search that is not used."""
_BETWEEN = re.compile(
    r"(?<=>)\n(?=</?(?:div|section|p|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|t[dh]|nav|main|footer|h[1-6]|details|meta|link)\b)"
)
"""A blank before a block, which nobody sees."""
_OPENING = re.compile(r"<[a-z][^<>]*>")
_QUOTED = re.compile(r' (?!href|src)([\w-]+)="([\w.-]+)"(?=[ >])')
"""An attribute whose value needs no quotes (HTML, 13.1.2.3)."""
_KEPT = re.compile(r"(<(?:script|style|pre|textarea)\b.*?</(?:script|style|pre|textarea)>)", re.DOTALL)


def lighten(book: str, out: str, known: Collection[str] = ()) -> None:
    """Write a built book as it is shipped: the edition's files, and `assets/<hash>/` with what it shares with others.

    `known` are files of an earlier build that stay, where this one wrote some pages only.
    """
    source, target = Path(book), Path(out)
    files = {path.relative_to(source).as_posix(): path for path in sorted(source.rglob("*")) if path.is_file()}
    shared = {name.removeprefix("_static/"): path for name, path in files.items() if _shared(name)}
    names = {*files, *known}
    assets = sha256(canonical({name: sha256(path.read_bytes()) for name, path in shared.items()}))[:12]
    pictures = {name: path.read_text(encoding="utf-8") for name, path in files.items() if _FIGURE.fullmatch(name)}
    pages_run = opened(source / SOURCES) if SOURCES in files else {}
    pages: dict[str, tuple[str, list[Part]]] = {}
    for name, path in files.items():
        own = name.removeprefix("_static/")
        folder, _, rest = name.partition("/")
        if name in (*pictures, SOURCES) or (own != name and (own in shared or _DROPPED.fullmatch(own))):
            continue
        if folder == "_sources":
            if not name.endswith(f"{SUFFIX}.ipynb"):
                pages_run[rest] = _compact(path.read_bytes()) if name.endswith(".ipynb") else path.read_bytes()
        elif name.endswith(".vl.json"):
            _write(target / f"{name}{ZIP}", zipped(path))
        elif folder == "figures" and name.endswith(".json"):
            _write(target / name, _compact(path.read_bytes()))
        elif name.endswith(".html"):
            pages[name] = _page(
                path.read_text(encoding="utf-8"), f"../{SHARED}/{assets}/", set(shared), names, pictures
            )
        elif name.endswith(".schema.json"):
            _write(target / name, _compact(path.read_bytes()))
        elif _DATA.fullmatch(name):
            _write(target / name, packed(path.read_text(encoding="utf-8")))
        else:
            _write(target / name, path.read_bytes())
    put = _together(pages, f"{SHARED}/{assets}/", shared) | _alike(pages, f"../{SHARED}/{assets}/")
    for name, content in {f"{SHARED}/{assets}/{name}": content for name, content in put.items()}.items():
        _write(target / name, content)
    for name, content in _packs(pages).items():
        _write(target / name, content)
    if pages_run:
        _write(target / SOURCES, archived(pages_run))
    for picture, svg in pictures.items():
        _write(target / picture, svg.encode())


def packed(script: str) -> bytes:
    """Return a script that hands over data with the data compressed, as `mali-page.js` unpacks them."""
    for pattern, made in _SCRIPTS:
        if found := pattern.fullmatch(script.strip()):
            return f"{made.format(compressed(found[1]))}\n".encode()
    return script.encode()


def index(script: bytes) -> bytes:
    """Return the index of a shipped edition as Sphinx reads it."""
    kept = re.search(rb'maliInflate\("([\w+/=]*)"\)', script)
    return f"Search.setIndex({whole(kept[1].decode())})".encode() if kept else script


def compressed(text: str) -> str:
    """Return a text compressed, in letters that may stand in a script: gzip in base64."""
    return base64.b64encode(deflate.gzip_compress(text.encode(), 12)).decode()


def whole(letters: str) -> str:
    """Return what `compressed` made shorter."""
    return gzip.decompress(base64.b64decode(letters)).decode()


def _shared(name: str) -> bool:
    """Tell whether a file is the same in every edition of a version: the theme's, Sphinx's and this package's own."""
    own = name.removeprefix("_static/")
    known = _THEME.match(own) or ("/" not in own and not _OWN.fullmatch(own))
    return own != name and bool(known) and not _DROPPED.fullmatch(own)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def archived(files: Mapping[str, bytes]) -> bytes:
    """Return files as one archive, the same bytes for the same files."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name in sorted(files):
            member = tarfile.TarInfo(name)
            member.size = len(files[name])
            archive.addfile(member, io.BytesIO(files[name]))
    return lzma.compress(made.getvalue(), filters=[_XZ])


def zipped(path: Path) -> bytes:
    """Return a specification in an archive, the same bytes for the same content, packed tighter than `zipfile` does it."""
    content, name = _compact(path.read_bytes()), path.name.encode()
    data = deflate.deflate_compress(content, 12)
    # What the file's head and the directory say alike (APPNOTE 4.3.7 and 4.3.12): deflated, on the first day of 1980.
    said = struct.pack("<5H3I2H", 20, 0, 8, 0, 33, zlib.crc32(content), len(data), len(content), len(name), 0)
    head = b"PK\3\4" + said + name + data
    entry = b"PK\1\2" + struct.pack("<H", 20) + said + struct.pack("<3H2I", 0, 0, 0, 0, 0) + name
    return head + entry + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 1, 1, len(entry), len(head), 0)


def _compact(told: bytes) -> bytes:
    return json.dumps(json.loads(told), ensure_ascii=False, separators=(",", ":")).encode()


def opened(path: Path) -> dict[str, bytes]:
    """Return the files of an archive of an edition by name.

    Raises `bookbuild.errors.BookError`: it is not there, as in editions of earlier versions, or damaged.
    """
    try:
        with tarfile.open(path, "r:xz") as archive:
            held = {member.name: archive.extractfile(member) for member in archive.getmembers()}
            return {name: file.read() for name, file in held.items() if file is not None}
    except (OSError, tarfile.TarError, lzma.LZMAError, EOFError) as error:
        raise BookError(f"{path}: no archive of this version ({error}); build the edition again.") from error


def sources(folder: Path) -> dict[str, bytes]:
    """Return the sources of a book's pages by name: of one that was shipped, or as Sphinx left them."""
    archive = folder / SOURCES.rsplit("/", 1)[1]
    if archive.is_file() or any(folder.rglob("*.ipynb.zip")):  # the latter in editions before version 0.6
        return opened(archive)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def uses(edition: Path) -> set[str]:
    """Return the sets of shared files that the pages of an edition in a site name."""
    found = re.findall(_SETS, "".join(p.read_text(encoding="utf-8") for p in sorted(edition.glob("*.html"))))
    return set(found)


def _together(pages: dict[str, tuple[str, list[Part]]], assets: str, shared: Mapping[str, Path]) -> dict[str, bytes]:
    """Make scripts, and style sheets, that pages name one after the other one file; return what pages name then.

    Fewer files are asked for before a page shows, and each page says fewer addresses.
    """
    made: dict[str, bytes] = {}
    gone: set[str] = set()

    def one(tags: list[str]) -> list[str]:
        names = [re.search(rf'"((?:\.\./)*){re.escape(assets)}([^"]+)"', tag) for tag in tags]
        told = [(name[1], name[2]) for name in names if name]
        sheet = tags[0].startswith("<link")
        name = f"{sha256(canonical([name for _, name in told]))[:8]}.{'css' if sheet else 'js'}"
        texts = [shared[name].read_text(encoding="utf-8") for _, name in told]
        made[name] = ("\n" if sheet else "\n;\n").join(texts).encode()
        gone.update(name for _, name in told)
        address = f'"{told[0][0]}{assets}{name}"'
        return [f'<link rel="stylesheet" href={address}>' if sheet else f"<script src={address}></script>"]

    def whole(tag: str) -> bool:
        """Tell whether a tag names a shared file that may lie anywhere."""
        name = re.search(rf'{re.escape(assets)}([^"]+)"', tag)
        return bool(name) and not (tag[:2] == "<l" and _SHEET.search(shared[name[1]].read_text(encoding="utf-8")))  # type: ignore[index]

    def run(found: re.Match[str]) -> str:
        groups = [(together, [*tags]) for together, tags in groupby(_TAG.findall(found[0]), whole)]
        return (
            "\n".join(tag for together, tags in groups for tag in (one(tags) if together and len(tags) > 1 else tags))
            + "\n"
        )

    for name, (page, kept) in pages.items():
        pages[name] = (_RUN.sub(run, page), kept)
    asked = {name for page, _ in pages.values() for name in re.findall(rf'{re.escape(assets)}([^"]+)"', page)}
    return made | {name: path.read_bytes() for name, path in shared.items() if name not in gone - asked}


def _alike(pages: dict[str, tuple[str, list[Part]]], assets: str) -> dict[str, bytes]:
    """Put what many pages have alike into scripts of its own, and into pages that these stand there; return the scripts."""
    made: dict[str, bytes] = {}

    def placed(found: re.Match[str], up: str) -> str:
        script = f"{_PLACES}{json.dumps(found[0], ensure_ascii=False)};\n".encode()
        name = f"alike-{sha256(script)[:8]}.js"
        made[name] = script
        return f'<script src="{up}{name}"></script>'

    for name, (page, kept) in pages.items():
        pages[name] = (_ALIKE.sub(partial(placed, up="../" * name.count("/") + assets), page), kept)
    return made


def _told(script: str) -> str:
    return str(json.loads(script.strip().removeprefix(_PLACES).removesuffix(";")))


def _pieces(parts: list[str]) -> str:
    """Return texts as pieces, each once, and for each text how far every piece stands from the one after the last.

    Control characters, which no text holds, stand between them: quotes need no mark then.

    A row of a table comes again far from where it stood, in the other language: further than gzip looks back.
    """
    numbers: dict[str, int] = {}
    told = []
    for part in parts:
        row = [numbers.setdefault(piece, len(numbers)) for piece in _ENDS.split(part)]
        told.append([here - last - 1 for last, here in pairwise([-1, *row])])
    return f"{_NEXT.join(numbers)}{_LAST}{json.dumps(told, separators=(',', ':'))}"


def _packs(pages: Mapping[str, tuple[str, list[Part]]]) -> dict[str, bytes]:
    """Return pages, and beside them what they keep packed: once for a page and its twin, and once what is alike in it."""
    made: dict[str, bytes] = {}
    for name, (page, _) in pages.items():
        stem = name.removesuffix(".html").removesuffix(SUFFIX)
        both = [pages[one][1] for one in (f"{stem}.html", f"{stem}{SUFFIX}.html") if one in pages]
        # What is alike stands together: it takes less room so.
        order = sorted(
            (kind, at, which, text) for which, held in enumerate(both) for at, (kind, text) in enumerate(held)
        )
        parts = {text: number for number, text in enumerate(dict.fromkeys(row[3] for row in order))}
        own = pages[name][1]
        if parts:
            kept = compressed(_pieces([*parts]))
            made[f"{stem}.js"] = f'globalThis.maliPacked="{kept}";\n'.encode()
        if own:
            places = [str(parts[text]) for _, text in own]
            page = _AT.sub(lambda at, places=places: places[int(at[0])], page)  # type: ignore[misc]
            page = _UNPACKS.sub(
                f'<script defer src="{stem.rsplit("/", 1)[-1]}.js" id="mali-packed"></script>', page, count=1
            )
        made[name] = page.encode()
    return made


def _page(
    page: str, assets: str, shared: set[str], files: set[str], pictures: dict[str, str]
) -> tuple[str, list[Part]]:
    """Return a page as it is shipped, and what it keeps packed: of which kind, and its text."""
    # Their folder is named by what they hold: a version in the address says no more.
    page = _STATIC.sub(lambda m: f'{m[1]}="{m[2]}{assets}{m[3]}' if m[3] in shared else m[0], page)
    page = _KIND.sub(".tar.xz", _SAVED.sub(SOURCES.rsplit("/", 1)[1], _SOURCE.sub(rf'\1{SOURCES}"', page)))
    page = _SPECIFIED.sub(rf"\1{ZIP}", _DISTRIBUTION.sub(r"\1", page))
    page = _CONTENTS.sub(r"\1\2", _UNUSED.sub("", page))
    packed: list[Part] = []
    french = re.search(r'<html\b[^>]*\blang="fr"', page) is not None
    root = (re.search(r'data-content_root="([^"]*)"', page) or [""] * 2)[1].removeprefix("./")

    def keep(kind: int, part: str, tag: str, fallback: str) -> str:
        packed.append((kind, part))
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
    page = _TIPS.sub(lambda m: keep(0, m[0], "div", ">"), page)
    page = "".join(part if i % 2 else _bare(part) for i, part in enumerate(_KEPT.split(page)))
    return page, packed


def _bare(text: str) -> str:
    """Return a piece of a page without indents, and without marks that HTML can do without."""
    text = _BETWEEN.sub("", re.sub(r"\n\s+", "\n", _SAID_TWICE.sub("", text)))
    return _OPENING.sub(
        lambda tag: _QUOTED.sub(r" \1=\2", tag[0].replace("&#x27;", "'").replace(" />", ">").replace('"/>', '">')), text
    )


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


def pack(path: Path) -> Path | None:
    """Return the script with what a page keeps packed, None where it keeps nothing."""
    kept = _PACKED.search(path.read_text(encoding="utf-8"))
    return path.with_name(kept[1]) if kept else None


def unpacked(path: Path) -> str:
    """Return a page with all that scripts use where it belongs, as `mali-page.js` does it.

    `path`: a page of a site.
    """
    page, script = path.read_text(encoding="utf-8"), pack(path)
    page = _PLACED.sub(lambda tag: _told((path.parent / tag[1]).read_text(encoding="utf-8")), page)
    if script is None:
        return page
    held, told = whole(script.read_text(encoding="utf-8").split('"')[1]).split(_LAST)
    pieces = held.split(_NEXT)
    parts = [
        "".join(pieces[at] for at in accumulate(row, lambda last, step: last + step + 1)) for row in json.loads(told)
    ]
    return _PLACE.sub(lambda place: parts[int(place[2])], _PACKED.sub("", page))
