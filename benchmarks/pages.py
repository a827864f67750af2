"""What a built page weighs and how soon its first chart stands, in headless Chromium.

    python benchmarks/pages.py [--site site] [--edition latest]

Every page of an edition is opened over HTTP from this machine, in a browser with an empty cache. Times count from the
navigation's start: the first chart as it stands in the page (a drawing that needs no script), and the first one that
answers to the pointer. Beside the weight stands that of the same charts as Altair writes them when they must work
offline (`to_html(inline=True)`: each chart with the whole library).
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


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def measure(site: Path, edition: str) -> list[dict[str, Any]]:
    """Open every page of an edition that has a chart."""
    rows = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with chromium.launch() as browser:
            for path in sorted((site / edition / "chapters").rglob("*.html")):
                content = path.read_bytes()
                if b"mali-figure__spec" not in content:
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
    finally:
        server.shutdown()
    return rows


def main() -> None:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--edition", default="latest")
    args = parser.parse_args()
    if not (args.site / args.edition).is_dir():
        raise SystemExit(f"{args.site / args.edition}: not built; run `make book` first.")
    begun = machine()
    rows = measure(args.site, args.edition)
    weight = sum(row["with_assets_kb"] for row in rows) / sum(row["inline_altair_kb"] for row in rows)
    result = {
        "machine": begun,
        "edition": args.edition,
        "pages": rows,
        "median_first_paint_ms": statistics.median(row["first_paint_ms"] for row in rows),
        "median_first_live_chart_ms": statistics.median(row["first_live_chart_ms"] for row in rows),
        "ratios": {"weight of a page with all it loads / the same charts as Altair's offline HTML": round(weight, 3)},
    }
    print(f"stored in {save('pages', result).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
