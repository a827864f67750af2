/* Draws the figures of a page from the specifications in it; the static SVG stays until the chart stands. */

const idle = () =>
  new Promise((resolve) => (window.requestIdleCallback || setTimeout)(resolve, { timeout: 300 }));

async function startFigures() {
  await globalThis.maliWhole; // mali-page.js unpacks what the page keeps compressed
  document.querySelectorAll(".mali-listing").forEach(listing);
  const figures = [...document.querySelectorAll("figure.mali-figure")].map((element) => ({
    element,
    box: element.querySelector(".mali-figure__chart"),
    spec: JSON.parse(element.querySelector("script.mali-figure__spec")?.textContent ?? "null"),
  })).filter(({ spec }) => spec);
  const queue = new Set();
  let busy = false;

  // What is on the screen first, the rest while the browser is idle: a long page stays quick.
  async function work() {
    if (busy) return;
    busy = true;
    while (queue.size) {
      const seen = ({ box }) => {
        const { top, bottom } = box.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      };
      const next = [...queue].find(seen);
      if (!next) await idle();
      const figure = next || [...queue][0];
      queue.delete(figure);
      await draw(figure);
    }
    busy = false;
  }

  let timer;
  const watcher = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const figure of figures) {
        if (figure.width && Math.abs(figure.width - Math.floor(figure.box.clientWidth)) > 1) queue.add(figure);
      }
      work();
    }, 150);
  });

  globalThis.mali = Object.assign(globalThis.mali ?? {}, {
    /** Draw a figure anew, from another specification. */
    redraw(element, spec) {
      const figure = figures.find((one) => one.element === element);
      Object.assign(figure, { spec, anew: true });
      queue.add(figure);
      work();
    },
  });

  for (const figure of figures) {
    queue.add(figure);
    watcher.observe(figure.box);
    for (const button of figure.element.querySelectorAll("button[hidden]")) button.hidden = false;
    figure.element.querySelector(".mali-figure__tools").addEventListener("click", (event) => {
      const kind = event.target.dataset.maliDownload;
      if (kind) download(figure, kind);
      if (event.target.matches(".mali-figure__copy")) cite(figure.element);
    });
  }
  work();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startFigures);
else startFigures();
