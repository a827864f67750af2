"""A book as it is shipped: nothing lost, nothing twice, in a real browser from a disk. The sample book is synthetic."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import browser as chromium
import sample_book
from bookbuild.errors import BookError
from helpers.builds import light
from helpers.page.lean import lean
from helpers.page.spoken import bilingual

HERE = sample_book.EDITION


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """The sample book as jupyter-book has built it."""
    return sample_book.build(sample_book.folder(tmp_path_factory)) / HERE


@pytest.fixture(scope="module")
def site(book, tmp_path_factory) -> Path:
    """A site of two editions of it, whose pages differ in a word."""
    folder = tmp_path_factory.mktemp("site")
    for name in (HERE, "latest"):
        other = shutil.copytree(book, folder / "built" / name)
        page = other / "chapters" / "second.html"
        page.write_text(
            page.read_text(encoding="utf-8").replace("invented", f"invented for {name}", 1), encoding="utf-8"
        )
        light.lighten(str(other), str(folder / "out" / name))
        shutil.copytree(folder / "out" / name / light.SHARED, folder / "site" / light.SHARED, dirs_exist_ok=True)
        shutil.rmtree(folder / "out" / name / light.SHARED)
        shutil.copytree(folder / "out" / name, folder / "site" / name)
    return folder / "site"


def _same(page: str) -> str:
    """Return a page without what shipping changes on purpose: addresses of shared files, pictures, blanks."""
    page = re.sub(r'(?<=__static)"?>(<svg.*?</svg>|<img[^>]*>)(?=</div>)', "", page, flags=re.DOTALL)
    # What the theme says to those who read its code, and twice.
    page = re.sub(
        r'<!--.*?-->|<meta name="(viewport" content="width=device-width, initial-scale=1"|docsearch:)[^>]*>',
        "",
        page,
        flags=re.DOTALL,
    )
    page = re.sub(rf"(\.\./)*{light.SHARED}/\w{{12}}/|(\.\./)*_static/", "", page)
    page = re.sub(r"\?(v|digest)=\w+", "", page)
    # Contents for paper, downloads told to programs, files that are one now: each has its own test.
    page = re.sub(r'<div id="?jb-print-toc"?>.*?</nav>', "", page, flags=re.DOTALL)
    page = re.sub(r'\{"@type":"DataDownload","encodingFormat":"(?!image).*?(?=\])', "", page)
    page = re.sub(
        r'<link\b[^>]*\brel="?stylesheet"?[^>]*>\s*|<script src="[^"]*"></script>\s*| rel="noopener"', "", page
    )
    page = re.sub(r'\bclass="(reference internal|toctree-l1)"|(?<=")reference internal (?=nav-link)', "", page)
    page = re.sub(
        r'<link rel="(preload|index|search)"[^>]*>\s*|<div id="ethical-ad-placement".*?</div>', "", page, flags=re.S
    )
    page = re.sub(
        r"_sources/[\w./-]+|figures/[\w-]+\.(json|tar\.xz)|(?<=download=\")[\w.-]+|\.(ipynb|md|tar\.xz)(?=</span>)",
        "@",
        page,
    )
    page = re.sub(r" mali-address--(sentence|card|entry)", "", page).replace("&#x27;", "'")
    page = re.sub(r">\s+<", "><", re.sub(r"\s+", " ", page.replace('"', "")))
    return re.sub(r"[/\s]+(?=>)", "", page)


def test_an_unpacked_page_is_the_page_as_it_was_built(book, site):
    light_pages = 0
    for built in sorted((book / "chapters").rglob("*.html")):
        shipped = (site / "2023-07" / built.relative_to(book)).read_text(encoding="utf-8")
        as_built = built.read_text(encoding="utf-8").replace(
            "invented", f"invented for {HERE}", int(built.stem == "second")
        )
        assert _same(light.unpacked(site / "2023-07" / built.relative_to(book))) == _same(as_built)
        light_pages += "mali-packed" in shipped
        # What readers without scripts have: words, pictures, links to the data.
        soup = BeautifulSoup(shipped, "html.parser")
        for figure in soup.select("figure.mali-figure"):
            assert figure.select_one("figcaption").get_text(strip=True)
            assert (built.parent / figure.img["src"].partition("#")[0]).is_file()
            assert len(figure.img["alt"]) > 20
            links = [built.parent / a["href"] for a in figure.select(".mali-figure__tools a[href]")]
            assert [path.name.partition(".")[2] for path in links] == ["csv", "json", "vl.json.zip"]
            assert all((site / "2023-07" / path.resolve().relative_to(book.resolve())).is_file() for path in links)
    assert light_pages >= len(sample_book.PAGES)


def test_what_editions_share_stands_once_and_every_file_is_found(site):
    (assets,) = (site / light.SHARED).iterdir()
    assert light.uses(site / HERE) == light.uses(site / "latest") == {assets.name}
    assert (assets / "mali-vega.js").is_file()
    assert not list(site.rglob("*.map"))
    for name in (HERE, "latest"):
        assert not list((site / name).rglob("*.css"))
        assert {path.name for path in (site / name / "_static").glob("*.*")} >= {
            "figure.schema.json",
            "mali-findings.js",
        }
    for page in sorted(site.rglob("*.html")):
        for tag, attribute in (("script", "src"), ("link", "href"), ("img", "src"), ("a", "href")):
            for found in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all(
                tag, attrs={attribute: True}
            ):
                address = re.split(r"[?#]", found[attribute])[0]
                if address and "//" not in address and light.SHARED in address + "_sources":
                    here = not address.startswith(("../../2022-08", "../../latest", "../../index", "../index"))
                    assert not here or (page.parent / address).is_file(), f"{page}: {address}"


def test_sources_lie_in_one_archive(book, site, tmp_path):
    sources = light.sources(site / HERE / "_sources")
    name = "chapters/second.ipynb"
    assert json.loads(sources[name]) == json.loads((book / "_sources" / name).read_bytes())
    assert sources["chapters/method/glossary.md"] == (book / "_sources/chapters/method/glossary.md").read_bytes()
    assert not [name for name in sources if name.endswith(".fr.ipynb")]
    assert light.sources(book / "_sources").keys() >= sources.keys()
    assert light.archived(sources) == (site / HERE / light.SOURCES).read_bytes()
    # An edition of an earlier version, and an archive that was cut off.
    (tmp_path / "second.ipynb.zip").write_bytes(b"")
    with pytest.raises(BookError, match="build the edition again"):
        light.sources(tmp_path)
    (tmp_path / "pages.tar.xz").write_bytes((site / HERE / light.SOURCES).read_bytes()[:500])
    with pytest.raises(BookError, match="build the edition again"):
        light.sources(tmp_path)


def test_where_some_pages_are_made_alone_the_archive_keeps_the_others(book, site, tmp_path):
    some = tmp_path / "some"
    for name in ("_sources/chapters/second.ipynb", "chapters/second.html"):
        (some / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(book / name, some / name)
    shutil.copy(site / HERE / light.SOURCES, some / light.SOURCES)
    light.lighten(str(some), str(tmp_path / "out"))
    assert (tmp_path / "out" / light.SOURCES).read_bytes() == (site / HERE / light.SOURCES).read_bytes()


def test_a_shipped_page_draws_its_charts_from_a_disk_and_its_downloads_are_whole(browser, site, tmp_path):
    with chromium.visit(browser, width=1280) as seen:
        seen.go(site / HERE / "chapters" / "summary.html")
        figures = seen.page.locator("figure.mali-figure")
        assert figures.count() == len(sample_book.PAGES["chapters/summary"])
        assert seen.page.locator("[data-mali-packed]").count() == 0
        # Paper has the contents of the page above its text.
        beside = seen.page.locator("#pst-page-toc-nav a").all_text_contents()
        assert beside
        assert seen.page.locator("#jb-print-toc nav a").all_text_contents() == beside
        seen.page.locator("#fig-line .mali-figure__data summary").click()
        assert seen.page.locator("#fig-line .mali-figure__data tbody tr").count() > 10
        with seen.page.expect_download() as told:
            seen.page.locator('#fig-line [data-mali-download="html"]').click()
        told.value.save_as(tmp_path / "embed.html")
        assert not seen.errors
        assert not seen.outside
    embed = BeautifulSoup((tmp_path / "embed.html").read_text(encoding="utf-8"), "html.parser")
    assert embed.svg["aria-label"].startswith("Three lines")
    assert len(embed.select("svg path")) > 3
    assert not embed.select("img, script")


def test_each_figure_has_files_of_its_own(book, site):
    """A newsroom loads one figure by its address: what is there is what was built."""
    made = {path.name: path for path in (book / "figures").iterdir() if path.suffix != ".svg"}
    assert {name.partition(".")[2] for name in made} == {"csv", "json", "vl.json"}
    for name, path in made.items():
        file = site / HERE / "figures" / name
        if name.endswith(".vl.json"):
            with zipfile.ZipFile(f"{file}.zip") as archive:
                assert json.loads(archive.read(name)) == json.loads(path.read_bytes())
        elif name.endswith(".json"):
            assert json.loads(file.read_bytes()) == json.loads(path.read_bytes())
        else:
            assert file.read_bytes() == path.read_bytes()


def test_what_programs_are_told_of_figures_lies_there(site):
    page = BeautifulSoup((site / HERE / "chapters/second.html").read_text(encoding="utf-8"), "html.parser")
    graph = json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"]
    figures = [item for item in graph if item["@type"] == "Dataset"]
    assert len(figures) == len(sample_book.PAGES["chapters/second"])
    for figure in figures:
        files = {file["encodingFormat"]: file["contentUrl"] for file in figure["distribution"]}
        assert files == {
            "image/svg+xml": f"../figures/{figure['identifier']}.svg",
            "text/csv": f"../figures/{figure['identifier']}.csv",
        }
        assert all((site / HERE / "chapters" / file).resolve().is_file() for file in files.values())


def test_style_sheets_and_scripts_that_follow_each_other_are_one_file(book, site):
    (assets,) = (site / light.SHARED).iterdir()
    built = (book / "chapters/second.html").read_text(encoding="utf-8")
    page = BeautifulSoup((site / HERE / "chapters/second.html").read_text(encoding="utf-8"), "html.parser")
    sheets = [(site / HERE / "chapters" / link["href"]).resolve() for link in page.select("link[rel=stylesheet]")]
    assert len(sheets) == built.count('rel="stylesheet"') - 7
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    for name in ("mali.css", "mali-palette.css", "pygments.css"):
        assert (book / "_static" / name).read_text(encoding="utf-8") in text
        assert not (assets / name).exists()
    # What these name is found from where they lie.
    for sheet in sheets:
        for address in re.findall(r"url\([\"']?(?!data:)([^)\"'?#]+)", sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / address).is_file() or address.endswith(".ttf"), address


def test_the_data_of_a_verdict_are_found_from_a_shared_script(browser, site):
    with chromium.visit(browser, width=1280) as seen:
        seen.go(site / HERE / f"{sample_book.SAYS}.html")
        assert (site / HERE / "_static/judge/R23-06.js").stat().st_size < 4_000
        seen.page.locator("#claim-r23-06 > summary").click()
        seen.page.locator("#claim-r23-06 .mali-judge select").first.wait_for()
        assert not seen.errors


def test_a_shipped_page_speaks_french_with_the_switch(browser, site):
    with chromium.visit(browser, width=320) as seen:
        seen.go(site / HERE / "chapters" / "summary.html")
        seen.page.locator('[data-mali-language="fr"]').click()
        assert seen.page.locator("#fig-line .mali-figure__data summary").inner_text() == "Données"
        seen.page.reload()
        seen.page.wait_for_function(chromium.DRAWN)
        assert seen.page.locator("#fig-line .mali-figure__data summary").inner_text() == "Données"
        assert seen.overflow() == []


def test_without_scripts_the_pictures_show(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / HERE / "chapters" / "summary.html").as_uri())
    size = page.locator("#fig-line img").bounding_box()
    assert size["width"] > 300
    assert size["height"] > 100
    assert page.locator("#fig-line .mali-figure__tools").inner_text().split() == ["CSV", "JSON", "Vega-Lite"]
    context.close()


def test_buttons_of_the_theme_stand_once_and_where_they_stood(browser, site):
    pages = [site / HERE / "chapters" / f"{name}.html" for name in ("summary", "second")]
    shipped = [page.read_text(encoding="utf-8") for page in pages]
    for page, text in zip(pages, shipped, strict=True):
        assert "pst-search-dialog" not in text
        assert "theme-switch" not in text.partition("<body")[2]
        soup = BeautifulSoup(light.unpacked(page), "html.parser")
        assert soup.select_one("body > dialog#pst-search-dialog input[name=q]")
        assert soup.select_one(".bd-header-article .article-header-buttons .theme-switch-button")
    named = [set(re.findall(r"alike-\w+\.js", text)) for text in shipped]
    assert len(named[0]) == 2
    assert named[0] == named[1]
    with chromium.visit(browser, width=1280) as seen:
        seen.go(pages[0])
        seen.page.locator(".bd-sidebar-primary .search-button-field").click()
        assert seen.page.locator("#pst-search-dialog input").is_visible()
        seen.page.keyboard.press("Escape")
        before = seen.page.locator("html").get_attribute("data-mode")
        seen.page.locator(".theme-switch-button").click()
        assert seen.page.locator("html").get_attribute("data-mode") != before
        assert not seen.errors


def test_data_of_scripts_are_compressed(book, site):
    made = (site / HERE / "searchindex.js").read_bytes()
    assert light.index(made).decode().strip() == (book / "searchindex.js").read_text(encoding="utf-8").strip()
    assert len(made) < 0.6 * (book / "searchindex.js").stat().st_size
    assert light.whole(light.compressed("é, 1")) == "é, 1"
    assert light.packed("var other = 1;") == b"var other = 1;"
    assert light.index(b"Search.setIndex({})") == b"Search.setIndex({})"


def test_one_picture_speaks_the_language_of_its_page_without_scripts(browser, tmp_path):
    """Synthetic: the marks stand once, in their order; what differs shows in the language that the address asks for."""
    marks = "".join(f'<path d="m{x} 5h4v4h-4z" fill="#b8304f"/>' for x in range(0, 60, 6))
    one, other = (
        lean(f'''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40" width="80" height="40" aria-label="{word}">
        <defs><clipPath id="c"><path d="M0,0h{wide}v40h-{wide}Z"/></clipPath></defs>{marks}
        <g clip-path="url(#c)"><path d="M0,20h80v20h-80Z" fill="{colour}"/></g><text x="2" y="15">{word}</text></svg>''')
        for word, wide, colour in (("East", 40, "#00ff00"), ("Est", 60, "#0000ff"))
    )
    both = bilingual(one, other)
    assert both is not None
    assert both.count("#b8304f") == one.count("#b8304f")
    assert len(both) < 0.9 * (len(one) + len(other))
    assert bilingual(one, other.replace('width="80"', 'width="81"')) is None
    for name, drawn in (("both", both), ("en", one), ("fr", other)):
        (tmp_path / f"{name}.svg").write_text(drawn, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    seen = {}
    for address in ("both.svg", "both.svg#fr", "en.svg", "fr.svg"):
        (tmp_path / "page.html").write_text(f'<img src="{address}" width="80" height="40">', encoding="utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        seen[address] = page.locator("img").screenshot()
    context.close()
    assert seen["both.svg"] == seen["en.svg"]
    assert seen["both.svg#fr"] == seen["fr.svg"]
    assert seen["en.svg"] != seen["fr.svg"]
