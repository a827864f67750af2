"""The book on paper: contents with true page numbers, nothing of the screen, current or not there."""

from __future__ import annotations

import base64
import http.server
import io
import random
import re
import subprocess
import threading
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from bookbuild import chromium, glyphs, pdf, slim, tags
from bookbuild.swaps import SwapError
from helpers.builds.paper import PRESS

# Synthetic: a joined book as Sphinx writes it, the first page's sections one level above the others'.
PARAGRAPH = "<p>" + "Synthetic words fill the page. " * 60 + "</p>"
JOINED = f"""<html><body><nav>Menu</nav><article class="bd-article">
<section id="book"><h1>A synthetic book<a class="headerlink" href="#book">#</a></h1>
<p><em>Edition July 2023. Figures run to June 2023.</em></p>
<section id="finds"><h2>What it finds</h2>{PARAGRAPH * 9}</section></section>
<div class="toctree-wrapper compound"><section id="one"><h2>Chapter one</h2>
<div class="cell"><div class="cell_input">secret_code = 1</div><div class="cell_output"><p>Shown.</p></div></div>
<figure class="mali-figure" id="fig-x"><div class="mali-figure__static"><svg viewBox="0 0 10 10" width="10" height="10" aria-label="A square"><rect width="9" height="9"/></svg></div>
<details><summary>Data table</summary><table><tr><td>1</td></tr></table></details>
<div class="mali-figure__downloads" hidden><button>CSV</button></div></figure>
<section id="next"><h3>What happened next</h3>{PARAGRAPH * 14}</section></section>
<section id="two"><h2>Chapter two</h2><p lang="fr">Des mots.</p>
<section id="next"><h3>What happened next</h3>{PARAGRAPH}
<table><tr><th>File</th><th>Hash</th></tr><tr><td>a</td><td>{"0123456789abcdef" * 4}</td></tr></table>
</section></section><span id="document-chapters/method/rerun"></span><section id="run"><h2>How to run it again</h2></section>
<span id="document-chapters/method/data"></span><section id="data"><p>The data</p></section></div></article></body></html>"""
COVER = pdf.Cover("A synthetic book", "July 2023", "Nobody (2026): A synthetic book.", ("CC0.",))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for folder in ("_sources/chapters", "_static"):
        (tmp_path / "site" / "2023-07" / folder).mkdir(parents=True)
    (tmp_path / "site/2023-07/_sources/chapters/one.md").write_text("# One", encoding="utf-8")
    for name in ("mali.css", "mali-palette.css"):
        (tmp_path / "site/2023-07/_static" / name).write_text("", encoding="utf-8")
    return tmp_path / "site"


def join(sources: Path, work: Path) -> Path:
    assert (sources / "chapters" / "one.md").is_file()
    work.mkdir()
    (work / "joined.html").write_text(JOINED, encoding="utf-8")
    return work / "joined.html"


def browser_or_skip() -> None:
    if chromium.find() is None:
        pytest.skip("no Chromium on the path; name one in the variable CHROMIUM")


def test_paper_has_no_code_no_controls_and_one_language():
    article = pdf.prepare(JOINED, PRESS)
    text = article.get_text()
    for gone in ("secret_code", "CSV", "Data table", "Des mots", "#", "run it again"):
        assert gone not in text, gone
    assert "The data" in text
    assert "Shown." in text
    assert pdf.coverage(article) == "Figures run to June 2023."
    (chart,) = article.select("figure img")
    assert chart["alt"] == "A square"
    assert re.match(rb'<svg [^>]*viewBox="0 0 10 10"', base64.b64decode(chart["src"].partition(",")[2]))
    assert [(e.level, e.text) for e in pdf.entries(article)] == [
        (1, "A synthetic book"),
        (2, "What it finds"),
        (1, "Chapter one"),
        (2, "What happened next"),
        (1, "Chapter two"),
        (2, "What happened next"),
    ]
    anchors = [e.anchor for e in pdf.entries(article)]
    assert len(set(anchors)) == 6
    assert [c.get_text()[:4] for c in article.select(".breakable")] == ["0123"]


def test_a_circle_with_an_edge_of_its_colour_is_a_dot_on_paper_and_its_edge_is_not_missed():
    disc = '<path d="M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0" transform="translate({},20)" fill="#b8304f" fill-opacity="0.6" stroke="{}" stroke-width="1" stroke-opacity="1"/>'
    marks = disc.format(10, "#b8304f") + disc.format(30, "#48566b")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" aria-label="Circles">{marks}</svg>'
    assert PRESS.charts is not None
    shown = PRESS.charts(f'<div class="mali-figure__static">{svg}</div>')
    drawn = base64.b64decode(re.search(r"base64,([^\"]+)", shown)[1]).decode()
    dot, other = re.findall(r"<path[^>]*>", drawn)
    assert {'stroke="#b8304f"', 'stroke-opacity="0.85"', 'stroke-linecap="round"'} <= set(dot.rstrip("/>").split())
    assert {'stroke="#48566b"', 'fill="#b8304f"', 'fill-opacity="0.6"'} <= set(other.rstrip("/>").split())


def test_a_provisional_column_stays_pale_with_a_dashed_edge_on_paper():
    """It has an edge of its own colour too, and was drawn like those that stand."""
    bar = '<path d="M1,1h8v20h-8Z" fill="#b8304f" fill-opacity="0.3" stroke="#b8304f" stroke-width="1.2" stroke-dasharray="3,2"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" aria-label="Column">{bar}</svg>'
    assert PRESS.charts is not None
    shown = PRESS.charts(f'<div class="mali-figure__static">{svg}</div>')
    drawn = base64.b64decode(re.search(r"base64,([^\"]+)", shown)[1]).decode()
    assert {'fill-opacity="0.3"', 'stroke="#b8304f"', 'stroke-dasharray="3,2"'} <= set(
        re.search(r"<path[^>]*>", drawn)[0].rstrip("/>").split()
    )


def test_contents_name_the_page_each_heading_stands_on(site):
    browser_or_skip()
    path = pdf.make(site, PRESS, "2023-07", COVER, join)
    reader = PdfReader(path)
    assert [round(float(x)) for x in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "A synthetic book, July 2023 edition"
    texts = [page.extract_text() for page in reader.pages]
    assert "How to cite" in texts[0]
    contents = re.findall(r"^(.+?)\s*(\d+)$", texts[1].split("Contents", 1)[1], flags=re.M)
    listed = [(name.strip(), int(page)) for name, page in contents if name.strip()][:6]
    assert [name for name, _ in listed] == [e.text for e in pdf.entries(pdf.prepare(JOINED, PRESS))]
    for name, page in listed:
        assert name in texts[page - 1], (name, page)
    assert listed[2][1] > listed[1][1] > 2
    # The running header and the page's own number stand on every page but the cover.
    for number, text in enumerate(texts[1:], start=2):
        assert "A synthetic book, July 2023 edition" in text
        assert re.search(rf"\b{number}\b", text)
    assert "edition" not in texts[0].replace("online edition", "")


def _tagged(reader):
    """Return what is tagged in reading order: by which tag that says something, on which page, as which content."""
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    found, said = [], set()

    def walk(kids, page, tag):
        kids = kids.get_object()
        if isinstance(kids, list):
            for kid in kids:
                walk(kid, page, tag)
        elif isinstance(kids, int):
            found.append((tag, pages[page], int(kids)))
        elif kids.get("/Type") in ("/MCR", "/OBJR"):
            found.append((tag, pages[kids.raw_get("/Pg").idnum], kids.get("/MCID")))
        else:
            said.add(kids["/S"])
            own = kids.raw_get("/Pg").idnum if "/Pg" in kids else None
            walk(kids.get("/K", []), own, tag if kids["/S"] == "/NonStruct" else kids["/S"])

    def owners(node):
        yield from (one for kid in node.get("/Kids", ()) for one in owners(kid.get_object()))
        yield from zip(node.get("/Nums", ())[::2], node.get("/Nums", ())[1::2], strict=True)

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], None, "")
    kinds = {}
    for number, owner in owners(reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"].get_object()):
        for place, one in enumerate(owner if isinstance(owner := owner.get_object(), list) else [owner]):
            tag = one.get_object()
            while tag["/S"] == "/NonStruct":
                tag = tag["/P"].get_object()
            kinds[number, place] = tag["/S"]
    return found, kinds, said


def test_marked_content_on_another_page_than_its_tag_says_so():
    """Synthetic: a paragraph that goes on overleaf, and a link in it whose annotation is no content."""
    objects = {
        1: b"<</S /P\n/P 9 0 R\n/K [2 0 R 3 0 R 5 0 R]>>",
        2: b"<</S /NonStruct\n/P 1 0 R\n/Pg 7 0 R\n/K 4>>",
        3: b"<</S /NonStruct\n/P 1 0 R\n/K [4 0 R]>>",
        4: b"<</S /NonStruct\n/P 3 0 R\n/Pg 8 0 R\n/K [0 1]>>",
        5: b"<</S /Link\n/P 1 0 R\n/K [6 0 R <</Type /OBJR\n/Obj 20 0 R\n/Pg 8 0 R>>]>>",
        6: b"<</S /NonStruct\n/P 5 0 R\n/Pg 8 0 R\n/K 2>>",
        9: b"<</S /Document\n/P 10 0 R\n/K 1 0 R>>",
        11: b"[4 0 R 4 0 R 6 0 R]",
    }
    assert tags.plain(objects) == {
        1: b"<</S /P\n/P 9 0 R\n/Pg 7 0 R\n/K [4 <</Type /MCR /Pg 8 0 R /MCID 0>> <</Type /MCR /Pg 8 0 R /MCID 1>> 5 0 R]>>",
        5: b"<</S /Link\n/P 1 0 R\n/Pg 8 0 R\n/K [2 <</Type /OBJR\n/Obj 20 0 R\n/Pg 8 0 R>>]>>",
        9: b"<</S /Document\n/P 10 0 R\n/K 1 0 R>>",
        11: b"[1 0 R 1 0 R 5 0 R]",
    }


def test_a_slim_pdf_has_the_same_pages_texts_links_and_tags(site, tmp_path):
    browser_or_skip()
    dots = "".join(f'<circle cx="{x * 1.23456}" cy="{x * x / 987:.6f}" r="1.5" opacity="0.5"/>' for x in range(300))
    page = tmp_path / "page.html"
    drawn = f'<svg width="600" height="300">{dots}</svg>'
    page.write_text(
        f"<!doctype html><title>Synthetic</title>{JOINED}{drawn}<p>(In brackets 1.23456) é</p>", encoding="utf-8"
    )
    whole = chromium.print_pdf(page, tmp_path / "whole.pdf").read_bytes()
    made = slim.slim(whole)
    assert len(made) < 0.8 * len(whole)
    before, after = (PdfReader(io.BytesIO(each), strict=True) for each in (whole, made))
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]
    assert "(In brackets 1.23456)" in after.pages[-1].extract_text()
    assert after.metadata == before.metadata
    assert after.trailer["/Root"]["/MarkInfo"]["/Marked"]
    (found, owners, kinds), (*exactly, all_kinds) = _tagged(after), _tagged(before)
    assert [found, owners] == exactly
    assert all_kinds - kinds == {"/NonStruct"}
    assert set(after.named_destinations) == set(before.named_destinations)
    assert [entry.title for entry in after.outline if hasattr(entry, "title")] == [
        entry.title for entry in before.outline if hasattr(entry, "title")
    ]

    def numbers(reader):
        drawn = [line for page in reader.pages for line in _from_the_page(page.get_contents().get_data())]
        texts = (b"Tj", b"TJ", b"Td")
        return [float(n) for line in drawn if not line.endswith(texts) for n in re.findall(rb"-?\d*\.?\d+", line)]

    kept, exact = numbers(after), numbers(before)
    assert len(kept) == len(exact)
    assert all(abs(one - other) <= 0.101 for one, other in zip(kept, exact, strict=True))
    # What lies far from the origin would move with a rounded scale.
    scales = [
        [
            line
            for page in reader.pages
            for line in _from_the_page(page.get_contents().get_data())
            if line.endswith(b" cm")
        ]
        for reader in (before, after)
    ]
    assert scales[0] == scales[1] != []
    assert slim.slim(made) == made


def _from_the_page(drawing: bytes) -> list[bytes]:
    """Return the operators of a drawing with every path told from where the page begins."""
    found, right, down = [], 0.0, 0.0
    for line in drawing.split(b"\n"):
        *numbers, kind = line.split(b" ")
        if begun := re.fullmatch(rb"q 1 0 0 1 (\S+) (\S+) cm", line):
            right, down = map(float, begun.groups())
            continue
        if kind == b"Q" and numbers:
            line, right, down = numbers[0], 0.0, 0.0
        elif kind in (b"m", b"l", b"c", b"re") and (right, down) != (0.0, 0.0):
            moved = [
                float(n) + (0 if kind == b"re" and at > 1 else (right, down)[at % 2]) for at, n in enumerate(numbers)
            ]
            line = b" ".join([*(b"%.4f" % n for n in moved), kind])
        found.append(line)
    return found


def _placed(drawing: bytes, font: glyphs.Font) -> list[tuple[bytes, float]]:
    """Return each glyph of a drawing and where it stands, as a reader of PDF works it out."""
    found, line, pen, size = [], 0.0, 0.0, 1.0
    for told in drawing.split(b"\n"):
        if told.endswith(b" Tf"):
            size = float(told.split()[1])
        elif told.endswith(b" Tm"):
            line = pen = 0.0
        for right, shown in re.findall(rb"(-?[\d.]+) 0 Td|(<.*>)", told):
            if right:
                line = pen = line + float(right)
            for codes, back in re.findall(rb"<([0-9A-F]+)>|(-?\d+)", shown):
                pen -= float(back or 0) / 1000 * size
                for at in range(0, len(codes), 4):
                    found.append((codes[at : at + 4], pen))
                    pen += font.width(codes[at : at + 4]) * size
    return found


def test_text_in_lines_stands_where_chromium_placed_each_letter():
    font = glyphs.fonts(
        {
            4: b"<</Type /Font\n/Subtype /Type0\n/DescendantFonts [9 0 R]>>",
            9: b"<</DW 600 /W [48 [500 250.5] 60 62 333]>>",
        }
    )[4]
    assert [font.width(code) for code in (b"0030", b"0031", b"003D", b"0077", b"00300031")] == [
        0.5,
        0.2505,
        0.333,
        0.6,
        0.7505,
    ]
    chance = random.Random(7)
    placed = "".join(
        f"\n{chance.choice((5, 5.01, 5.3, 2.5, 3.3, 9))} 0 Td <{chance.choice(('0030', '0031', '003C', '0077'))}> Tj"
        + ("\n/Span<</ActualText (fi) >> BDC\n4 0 Td <0077> Tj\nEMC" if step % 9 == 0 else "")
        for step in range(200)
    )
    drawing = f"BT\n/F4 10.66 Tf\n1 0 0 -1 7 9 Tm\n<0030> Tj\n<0031> Tj{placed}\nET\n1 2 m".encode()
    made = glyphs.lined(drawing, {4: font})
    assert len(made) < 0.7 * len(drawing)
    one, other = _placed(drawing, font), _placed(made, font)
    assert [code for code, _ in one] == [code for code, _ in other]
    assert max(abs(a - b) for (_, a), (_, b) in zip(one, other, strict=True)) <= 0.0206 * 10.66
    assert made.endswith(b"ET\n1 2 m")
    assert made.count(b"/Span<</ActualText (fi) >> BDC") == 23
    for strange in (b"BT\n/F4 9 Tf\n0 -9 Td\n<0030> Tj\nET", b"BT\n/F5 9 Tf\n<0030> Tj\nET"):
        assert glyphs.lined(strange, {4: font}) == strange


def test_a_pdf_is_current_until_its_pages_change(site, monkeypatch):
    browser_or_skip()
    path = pdf.make(site, PRESS, "2023-07", COVER, join)
    assert pdf.current(site, PRESS, "2023-07", pdf.files_of(site / "2023-07"))
    everything = {f"2023-07/{name}": digest for name, digest in pdf.files_of(site / "2023-07").items()}
    assert pdf.links(site, PRESS, everything) == {"2023-07": "pdf/mali-2023-07.pdf"}
    assert pdf.links(site, PRESS, everything | {"2023-07/_sources/chapters/one.md": "0"}) == {}
    made = path.stat().st_mtime_ns

    def again(sources, work):
        raise AssertionError("nothing changed, so nothing is to be made")

    assert pdf.make(site, PRESS, "2023-07", COVER, again).stat().st_mtime_ns == made
    (site / "2023-07/_sources/chapters/one.md").write_text("# Another", encoding="utf-8")
    assert not pdf.current(site, PRESS, "2023-07", pdf.files_of(site / "2023-07"))
    before = path.read_bytes()
    monkeypatch.setattr(chromium, "executable", lambda: "/bin/false")
    with pytest.raises(chromium.NoBrowser, match="exit code"):
        pdf.make(site, PRESS, "2023-07", COVER, join)
    assert path.read_bytes() == before


class Noting(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        return


@pytest.mark.parametrize("online", [False, True])
def test_the_browser_has_no_network(tmp_path, monkeypatch, online):
    """Printed with the flags that take the network away, nothing is asked for; without them, something is."""
    browser_or_skip()
    if online:
        monkeypatch.setattr(chromium, "OFFLINE", ())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        at = [f"http://{host}:{server.server_port}" for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]")]
        parts = "".join(
            f'<img src="{a}/img"><iframe src="{a}/frame"></iframe><link rel="stylesheet" href="{a}/css">'
            f'<link rel="preload" as="image" href="{a}/preload"><link rel="dns-prefetch" href="{a}">'
            f'<script src="{a}/script"></script><script>fetch("{a}/fetch", {{mode: "no-cors"}}).catch(() => 0)</script>'
            f"<p style=\"background:url('{a}/style')\">x</p>"
            for a in at
        )
        page = tmp_path / "page.html"
        page.write_text(f"<!DOCTYPE html><body>{parts}", encoding="utf-8")
        chromium.print_pdf(page, tmp_path / "out.pdf")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert bool(server.asked) is online


@pytest.mark.parametrize(("user", "sandboxed"), [(0, False), (1000, True)])
def test_the_sandbox_is_off_for_root_only(tmp_path, monkeypatch, user, sandboxed):
    seen = []
    monkeypatch.setattr(chromium.os, "geteuid", lambda: user)
    monkeypatch.setattr(chromium, "executable", lambda: "/bin/false")
    monkeypatch.setattr(
        chromium.subprocess,
        "run",
        lambda command, **_: seen.extend(command) or subprocess.CompletedProcess([], 1, "", "No usable sandbox!"),
    )
    with pytest.raises(chromium.NoBrowser, match="needs user namespaces"):
        chromium.print_pdf(tmp_path / "page.html", tmp_path / "out.pdf")
    assert ("--no-sandbox" not in seen) is sandboxed


def test_the_printed_page_may_load_its_own_pictures_only():
    page = BeautifulSoup(pdf.document(pdf.prepare(JOINED, PRESS), COVER, PRESS, {}), "html.parser")
    rules = dict(rule.split(" ", 1) for rule in page.select_one("meta[http-equiv]")["content"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules.keys() == {"default-src", "img-src", "style-src", "font-src", "base-uri"}
    assert rules["base-uri"] == "'none'"
    assert "http" not in str(rules)


@pytest.mark.parametrize("name", ["mali-2023-07.pdf", "mali-2023-07.json", ""])
def test_what_was_not_printed_here_is_not_replaced(site, name):
    path = site / "pdf" / name if name else site / "pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_text("the user's own")
    with pytest.raises(SwapError, match=f"{re.escape(str(path))}: a file that this program did not make"):
        pdf.make(site, PRESS, "2023-07", COVER, join)
    assert path.read_text() == "the user's own"


def test_a_pdf_changed_since_is_not_replaced_and_one_of_an_earlier_version_is(site, monkeypatch):
    out = pdf.path_of(site, PRESS, "2023-07")
    out.parent.mkdir()

    def printed(_, target, *__):
        target.write_bytes(b"%PDF new")
        return target

    monkeypatch.setattr(chromium, "executable", lambda: "browser")
    monkeypatch.setattr(chromium, "print_pdf", printed)
    monkeypatch.setattr(pdf, "page_numbers", lambda _: {e.anchor: 1 for e in pdf.entries(pdf.prepare(JOINED, PRESS))})
    out.write_bytes(b"%PDF of version 0.2")
    out.with_suffix(".json").write_text('{"edition": "2023-07", "made_from": "0"}')
    assert pdf.make(site, PRESS, "2023-07", COVER, join).read_bytes() == b"%PDF new"
    out.write_bytes(b"%PDF with notes by a reader")
    with pytest.raises(SwapError, match="or that was changed since"):
        pdf.make(site, PRESS, "2023-07", COVER, join)
    assert out.read_bytes() == b"%PDF with notes by a reader"
    # A run that was stopped between note and PDF is taken up again.
    out.unlink()
    assert pdf.make(site, PRESS, "2023-07", COVER, join).read_bytes() == b"%PDF new"


def test_the_front_page_links_current_pdfs_and_no_others():
    page = "<p>A<!--pdf:2023-07--> <a href='old'>old</a><!--/pdf--></p><p>B<!--pdf:latest--><!--/pdf--></p>"
    linked = pdf.fill(page, {"latest": "pdf/mali-latest.pdf"})
    assert BeautifulSoup(linked, "html.parser").a["href"] == "pdf/mali-latest.pdf"
    assert "old" not in linked
    assert pdf.fill(linked, {}) == pdf.fill(page, {})
    assert "<a" not in pdf.fill(page, {})


def test_what_cannot_be_printed_says_so(site, monkeypatch):
    with pytest.raises(pdf.PdfError, match="no edition 2019-01 with its sources; build it first"):
        pdf.make(site, PRESS, "2019-01", COVER, join)
    with pytest.raises(pdf.PdfError, match="no article"):
        pdf.prepare("<html><body></body></html>", PRESS)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    with pytest.raises(chromium.NoBrowser, match="install Chromium"):
        pdf.make(site, PRESS, "2023-07", COVER, join)
    assert not (site / "pdf").exists() or not list((site / "pdf").glob("*.pdf"))


def test_every_rule_of_the_screen_list_can_find_something():
    soup = BeautifulSoup("<details></details><p lang='fr'></p><button></button>", "html.parser")
    assert len(soup.select(PRESS.gone)) == 3
