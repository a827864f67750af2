"""A real browser for the tests: headless Chromium that may load files and one local server, nothing else."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bookbuild.chromium import find
from helpers import palette

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
DRAWN = """() => !document.getElementById("mali-packed") &&
              document.querySelectorAll("figure.mali-figure[data-live]").length
              === document.querySelectorAll("script.mali-figure__spec").length"""
#: Milliseconds after which what was waited for has failed; a page takes about a second, on a loaded machine many.
PATIENCE = 300_000


@contextmanager
def launch() -> Iterator:
    """Start the browser, or skip with the reason; in CI its absence is a failure."""
    path = find()
    if path is None:
        reason = "no Chromium on the path; name one in the variable CHROMIUM"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, timeout=PATIENCE)
        yield browser
        browser.close()


class Visit:
    """One page, and everything that went wrong on it."""

    def __init__(self, page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.outside: list[str] = []

    def go(self, target: Path | str, *, drawn: bool = True) -> Visit:
        self.page.goto(target.as_uri() if isinstance(target, Path) else target)
        if drawn:
            self.page.wait_for_function(DRAWN, timeout=PATIENCE)
        return self

    def after(self, milliseconds: int) -> None:
        """Wait for a timer of the page, set now: whatever it had to do before then is done, however slow the machine."""
        self.page.evaluate(
            "(time) => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), time))",
            milliseconds,
        )

    def resize(self, width: int, height: int = 800) -> None:
        """Change the width and wait until every chart was drawn for it."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function(
            """() => [...document.querySelectorAll("figure[data-live]")].every((figure) => Math.abs(
                 figure.dataset.width - figure.querySelector(".mali-figure__chart").clientWidth) <= 1)""",
            timeout=PATIENCE,
        )

    def cut_words(self) -> list[str]:
        """Return words of drawn charts that end early or stand beyond the chart's edge, with their figure."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll("figure.mali-figure[data-live]")].flatMap((figure) => {
                 const chart = figure.querySelector(".mali-figure__live svg");
                 const edge = chart.getBoundingClientRect();
                 return [...chart.querySelectorAll("text")].filter((text) => {
                   const box = text.getBoundingClientRect();
                   if (!text.textContent.trim() || getComputedStyle(text).opacity === "0") return false;
                   return text.textContent.endsWith("…") || box.left < edge.left - 2 || box.right > edge.right + 2 ||
                     box.top < edge.top - 2 || box.bottom > edge.bottom + 2;
                 }).map((text) => `${figure.id}: ${text.textContent}`);
               })"""
        )

    def met_words(self) -> list[str]:
        """Return words of drawn charts that lie on other words, with their figure; halos and tilted names aside."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll("figure.mali-figure[data-live]")].flatMap((figure) => {
                 const words = [...figure.querySelectorAll(".mali-figure__live svg text")].filter((text) =>
                   text.textContent.trim() && getComputedStyle(text).opacity !== "0" &&
                   !/rotate\\((?!0)/.test(text.getAttribute("transform") ?? "")
                 ).map((text) => [text.textContent, text.getBoundingClientRect()]);
                 return words.flatMap(([one, a], i) => words.slice(0, i).filter(([other, b]) => one !== other &&
                   Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
                   Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
                 ).map(([other]) => `${figure.id}: ${one} / ${other}`));
               })"""
        )

    def met_links(self) -> list[str]:
        """Return the links of sentences, tables and verdicts that lie on words beside them."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll(".cell_output .mali-address")].filter((link) => {
                 const own = link.getBoundingClientRect(), range = document.createRange();
                 const walker = document.createTreeWalker(link.closest(".cell_output"), NodeFilter.SHOW_TEXT);
                 for (let text; (text = walker.nextNode()); ) {
                   const shown = text.parentElement.checkVisibility() && !text.parentElement.closest(".mali-fold caption, .mali-address");
                   if (!text.data.trim() || !shown) continue;
                   range.selectNodeContents(text);
                   if ([...range.getClientRects()].some((box) => Math.min(own.right, box.right) - Math.max(own.left, box.left) > 2 &&
                     Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top) > 4)) return true;
                 }
                 return false;
               }).map((link) => link.hash)"""
        )

    def overflow(self) -> list[str]:
        """Return what is wider than the screen; empty if the page does not scroll sideways."""
        return self.page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              const wide = [...document.querySelectorAll("body *")].filter(
                (e) => e.getBoundingClientRect().right > width + 1);
              return ["page", ...wide.slice(0, 5).map((e) => `${e.tagName}.${e.className}`)];
            }"""
        )

    def wide_tables(self) -> list[str]:
        """Return the names of open tables that are wider than the column they stand in."""
        return self.page.locator(".mali-table-wrap").evaluate_all(
            """boxes => boxes.filter((e) => !e.closest("details:not([open])") && e.scrollWidth > e.clientWidth + 1)
              .map((e) => `${e.getAttribute("aria-label")}: ${e.scrollWidth} > ${e.clientWidth}`)"""
        )

    def specs(self) -> dict[str, dict]:
        """Return the specification of every figure by the id of its element."""
        return {
            handle.get_attribute("id"): json.loads(handle.locator("script.mali-figure__spec").text_content())
            for handle in self.page.locator("figure.mali-figure").all()
        }

    def svg(self, figure: str) -> str:
        return self.page.locator(f"#{figure} .mali-figure__live").inner_html()

    def marks(self, figure: str, most: int = 60) -> list[list[float]]:
        """Return points on the marks of a chart, on the screen, after scrolling to it: centres and outlines."""
        self.page.locator(f"#{figure} .mali-figure__live").scroll_into_view_if_needed()
        return self.page.evaluate(
            """([id, most]) => {
              const paths = [...document.querySelectorAll(
                `#${id} .mali-figure__live svg .role-mark:not(.mark-rule):not(.mark-text) path`)];
              const points = [];
              const step = Math.max(1, Math.floor(paths.length / most));
              for (let i = 0; i < paths.length; i += step) {
                const box = paths[i].getBoundingClientRect();
                if (box.width + box.height < 2) continue;
                points.push([box.x + box.width / 2, box.y + box.height / 2]);
                for (const share of [0.3, 0.5]) {
                  const p = paths[i].getPointAtLength(paths[i].getTotalLength() * share)
                    .matrixTransform(paths[i].getScreenCTM());
                  points.push([p.x, p.y]);
                }
              }
              return points.filter(([x, y]) => x > 0 && y > 0 && x < innerWidth && y < innerHeight);
            }""",
            [figure, most],
        )

    def tooltip(self, figure: str) -> str:
        """Move over the marks of a chart until a tooltip shows, and return its text."""
        tip = self.page.locator("#vg-tooltip-element.visible")
        for x, y in self.marks(figure):
            self.page.mouse.move(x, y)
            if tip.count():
                return tip.inner_text()
        return ""

    def select(self, figure: str, spec: dict) -> bool:
        """Use the first selection or control of a chart, and say whether the chart changed."""
        before = self.svg(figure)
        place = f"#{figure} .mali-figure__live"
        self.page.locator(place).scroll_into_view_if_needed()
        for param in spec.get("params", []):
            select = param.get("select", {})
            kind = select if isinstance(select, str) else select.get("type")
            if param.get("bind") == "legend":
                self.page.locator(f"{place} .role-legend-symbol path").first.click(force=True)
            elif kind == "interval":
                self._drag(place)
            elif kind == "point":
                # The first marks may belong to a view without the selection, or be too thin to hit.
                for mark in self.marks(figure)[:20]:
                    self.page.mouse.click(*mark)
                    self.after(100)
                    if self.svg(figure) != before:
                        return True
            elif self.page.locator(f"{place} input[type=range]").count():
                self.page.locator(f"{place} input[type=range]").first.press("ArrowLeft")
            elif self.page.locator(f"{place} select").count():
                self.page.locator(f"{place} select").first.select_option(index=1)
            elif self.page.locator(f"{place} input[type=radio]").count():
                self.page.locator(f"{place} input[type=radio]").last.check()
            self.after(150)
            if self.svg(figure) != before:
                return True
        return False

    def _drag(self, place: str) -> None:
        box = self.page.locator(f"{place} svg").bounding_box()
        for fx in (0.2, 0.6):
            y = box["y"] + min(box["height"], 300) * 0.5
            self.page.mouse.move(box["x"] + box["width"] * fx, y)
            self.page.mouse.down()
            self.page.mouse.move(box["x"] + box["width"] * (fx + 0.15), y, steps=4)
            self.page.mouse.up()

    def colour_of_axis_labels(self) -> str:
        """Return the ink of the first chart with an axis or a legend; empty without one."""
        return self.page.evaluate(
            """() => { const chart = ".mali-figure__live svg";
                 const e = document.querySelector(`${chart} .role-axis-label text, ${chart} .role-legend-label text`);
                 return e ? getComputedStyle(e).fill : ""; }"""
        )

    def violations(self) -> list[tuple]:
        """Return what axe-core finds against WCAG 2.1 A and AA, as the reader has the page now."""
        from axe_playwright_python.sync_playwright import Axe

        rules = {
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
            "resultTypes": ["violations"],
            "preload": False,
        }
        # What is inside a chart is one picture with a name; `faint` looks at its letters and marks.
        pictures = {"exclude": [[".mali-figure__chart svg > *"]]}
        found = Axe().run(self.page, context=pictures, options=rules).response["violations"]
        return [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]

    def faint(self) -> list[str]:
        """Return letters and marks of the charts that stand out too little from the page in this theme.

        Letters need a contrast of 4.5, marks 3 (WCAG 1.4.3 and 1.4.11). Maps and cells of a colour ramp are left out:
        their fills say more or less, and their edges and letters bound them. So are letters on a fill, whose two inks
        the palette's tests hold against every fill.
        """
        return self.page.evaluate(
            """([onFill, ramps]) => {
              const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
              const light = (c) => c.slice(0, 3).map((v) => v / 255)
                .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const article = document.querySelector(".bd-article-container") || document.body;
              const page = parse(getComputedStyle(article).backgroundColor);
              const ground = page.length === 4 && page[3] === 0
                ? parse(getComputedStyle(document.body).backgroundColor) : page;
              const seen = new Map();
              for (const svg of document.querySelectorAll(".mali-figure__live svg")) {
                // A map has a ground of its own.
                const own = parse(getComputedStyle(svg).backgroundColor);
                const behind = own.length === 4 && own[3] === 0 ? ground : own;
                const ratio = (text) => {
                  const pair = [light(parse(text)), light(behind)].sort((a, b) => a - b);
                  return (pair[1] + 0.05) / (pair[0] + 0.05);
                };
                const figure = svg.closest("figure");
                const map = figure.classList.contains("mali-figure--map");
                for (const text of svg.querySelectorAll("text")) {
                  const style = getComputedStyle(text);
                  if (!text.textContent || onFill.includes(text.getAttribute("fill")) || map && text.closest(".role-mark")) continue;
                  // A label that stands out of the way of another is there but not seen.
                  if (style.opacity === "0" || style.fillOpacity === "0" || style.fill === "none") continue;
                  if (ratio(style.fill) < 4.5) seen.set(`${figure.id} letters ${style.fill}`, ratio(style.fill));
                }
                if (map) continue;
                for (const mark of svg.querySelectorAll(".role-mark:not(.mark-text) path, .role-legend-symbol path")) {
                  const style = getComputedStyle(mark);
                  const inks = [mark.getAttribute("fill"), mark.getAttribute("stroke")];
                  // Vega writes what it mixes between steps of a ramp as rgb(), what the book names as it is named.
                  if (inks.some((ink) => ramps.includes(ink) || /^rgb/.test(ink))) continue;
                  const shown = [[style.fill, style.fillOpacity], [style.stroke, style.strokeOpacity]].filter(
                    ([ink, opacity]) => ink !== "none" && parse(ink).length && parse(ink)[3] !== 0 && Number(opacity) * Number(style.opacity) > 0.5);
                  const best = Math.max(...shown.map(([ink]) => ratio(ink)));
                  // The halo of a line has the page's own colour; the line lies on it.
                  if (mark.parentElement.matches(".mark-line") && [...svg.querySelectorAll(".mark-line path")].some(
                    (one) => one !== mark && one.getAttribute("d") === mark.getAttribute("d") && ratio(getComputedStyle(one).stroke) >= 3)) continue;
                  if (shown.length && best < 3) seen.set(`${figure.id} marks ${shown}`, best);
                }
              }
              return [...seen].map(([what, value]) => `${what}: ${value.toFixed(2)}`);
            }""",
            [
                [palette.ON_LIGHT, palette.ON_DARK],
                [c for c in [*palette.SEQUENTIAL, *palette.DIVERGING] if c not in palette.COLOURS.values()],
            ],
        )

    def switch_theme(self) -> str:
        """Press the theme's own button until the page is dark, and return the theme."""
        for _ in range(3):
            if self.page.evaluate("document.documentElement.dataset.theme") == "dark":
                break
            self.page.evaluate("document.querySelector('.theme-switch-button').click()")
        # The theme fades some of its buttons.
        self.page.wait_for_function("() => document.getAnimations().every((one) => one.playState !== 'running')")
        return self.page.evaluate("document.documentElement.dataset.theme")


@contextmanager
def visit(browser, *, width: int = 1280, height: int = 900, local: str | None = None, **options) -> Iterator[Visit]:
    """Open a page that may load files and, if given, one local server; anything else is stopped and noted.

    Parameters
    ----------
    browser
        Browser from :func:`launch`.
    width, height
        Size of the window.
    local
        Origin of the local server, e.g. ``http://127.0.0.1:8888``.
    options
        Passed to ``browser.new_context``.
    """
    options.setdefault("color_scheme", "light")
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(PATIENCE)
    seen = Visit(context.new_page())
    allowed = ("file:", "data:", "blob:", "about:") + ((local, local.replace("http", "ws", 1)) if local else ())

    def stop(route) -> None:
        seen.outside.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith(allowed), stop)
    seen.page.on("websocket", lambda ws: None if ws.url.startswith(allowed) else seen.outside.append(ws.url))
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    seen.page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    yield seen
    context.close()


def pages_of(site: Path) -> list[Path]:
    """Return the pages of every edition of a built site, the front page in both languages first."""
    found = [p for p in sorted(site.glob("*/**/*.html")) if not {"_static", "_sources"} & set(p.parts)]
    # Jupyter Book's index of an edition is a redirection to its first chapter.
    pages = [
        p
        for p in found
        if p.name != "index.html"
        or not re.search(r'http-equiv="refresh"', p.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    return [*filter(Path.exists, [site / "index.html", site / "index.fr.html"]), *pages]
