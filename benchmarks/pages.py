"""What a built page weighs and how soon its first chart stands, in headless Chromium.

    python benchmarks/pages.py [--site site] [--edition latest]

Every page of an edition is opened over HTTP from this machine, in a browser with an empty cache. Times count from the
navigation's start: the first chart as it stands in the page (a drawing that needs no script), and the first one that
answers to the pointer. Beside the weight stands that of the same charts as Altair writes them when they must work
offline (`to_html(inline=True)`: each chart with the whole library). On the page of one's own questions, the time from a
click on a question to its sentence and to its chart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import vl_convert
from common import ROOT, machine, save

sys.path.insert(0, str(ROOT / "tests"))
import browser as chromium
from helpers.builds.light import unpacked

FIRST = """() => new Promise((resolve) => {
  const stands = () => document.querySelector("figure.mali-figure svg, figure.mali-figure img");
  const live = () => document.querySelector("figure.mali-figure[data-live]");
  const found = {};
  const look = () => {
    if (!found.still && stands()) found.still = performance.now();
    if (live()) { found.live = performance.now(); resolve(found); } else requestAnimationFrame(look);
  };
  look();
})"""
PAINT = "() => (performance.getEntriesByName('first-contentful-paint')[0] || {startTime: NaN}).startTime"

ANSWERED = """(place) => new Promise((resolve) => {
  const link = document.querySelectorAll(".mali-explore__questions a")[place];
  const label = () => document.querySelector("#fig-explore .mali-figure__live:not(.mali-figure__live--waiting) svg")?.ariaLabel;
  const found = { sentence: null, before: label(), title: document.querySelector(".mali-figure__finding").textContent };
  const begun = performance.now();
  const look = () => {
    const now = performance.now() - begun;
    if (document.querySelector(".mali-figure__finding").textContent !== found.title) found.sentence ??= now;
    if (found.sentence !== null && label() && label() !== found.before) resolve({ sentence: found.sentence, chart: now });
    else requestAnimationFrame(look);
  };
  link.click();
  look();
})"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def asked(browser: Any, address: str) -> dict[str, float]:
    """Click each question of the page of one's own questions: milliseconds to the sentence and to the chart."""
    page = browser.new_page()
    page.goto(address)
    page.wait_for_function(chromium.DRAWN, timeout=chromium.PATIENCE)
    count = page.locator(".mali-explore__questions a").count()
    times = [page.evaluate(ANSWERED, place) for place in [*range(1, count), 0]]
    page.close()
    return {f"{of}_ms": round(statistics.median(one[of] for one in times), 1) for of in ("sentence", "chart")}


def measure(site: Path, edition: str) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Open every page of an edition that has a chart, and ask the questions of the page that has them."""
    rows = []
    answered: dict[str, float] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with chromium.launch() as browser:
            for path in sorted((site / edition / "chapters").rglob("*.html")):
                content = path.read_bytes()
                if "mali-figure__spec" not in unpacked(path):
                    continue
                context = browser.new_context()
                page = context.new_page()
                sizes: list[int] = []
                page.on("response", lambda response, sizes=sizes: sizes.append(len(response.body())))
                page.goto(
                    f"http://127.0.0.1:{server.server_port}/{path.relative_to(site)}", wait_until="domcontentloaded"
                )
                times = page.evaluate(FIRST)
                paint = page.evaluate(PAINT)
                page.wait_for_function(chromium.DRAWN, timeout=chromium.PATIENCE)
                specs = [json.loads(text) for text in page.locator("script.mali-figure__spec").all_text_contents()]
                context.close()
                inline = len(vl_convert.vegalite_to_html(specs[0], vl_version="5.8", bundle=True)) * len(specs)
                rows.append(
                    {
                        "page": str(path.relative_to(site / edition).with_suffix("")),
                        "charts": len(specs),
                        "html_kb": round(len(content) / 1e3),
                        "gzip_kb": round(len(gzip.compress(content)) / 1e3),
                        "with_assets_kb": round(sum(sizes) / 1e3),
                        "inline_altair_kb": round(inline / 1e3),
                        "first_paint_ms": round(paint),
                        "first_live_chart_ms": round(times["live"]),
                    }
                )
                print(rows[-1], flush=True)
                if path.name == "explore.html":
                    answered = asked(browser, f"http://127.0.0.1:{server.server_port}/{path.relative_to(site)}")
    finally:
        server.shutdown()
    return rows, answered


def main() -> None:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--edition", default="latest")
    args = parser.parse_args()
    if not (args.site / args.edition).is_dir():
        raise SystemExit(f"{args.site / args.edition}: not built; run `make book` first.")
    begun = machine()
    rows, answered = measure(args.site, args.edition)
    weight = sum(row["with_assets_kb"] for row in rows) / sum(row["inline_altair_kb"] for row in rows)
    result = {
        "machine": begun,
        "edition": args.edition,
        "click_to_answer": answered,
        "pages": rows,
        "median_first_paint_ms": statistics.median(row["first_paint_ms"] for row in rows),
        "median_first_live_chart_ms": statistics.median(row["first_live_chart_ms"] for row in rows),
        "ratios": {"weight of a page with all it loads / the same charts as Altair's offline HTML": round(weight, 3)},
    }
    print(f"stored in {save('pages', result).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
