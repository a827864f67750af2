/* JupyterLab: under every figure of the book its caveat, source, table, citation and CSV; the style sheet of its boxes.

   Written as the container that a bundler would make (get and init), so that it needs no build and nothing from outside. */
(() => {
  "use strict";

  const MIME = "application/vnd.vegalite.v5+json";
  const BOOK = { author: "The Mali executable report maintainers (2026)", title: "Mali at war, in figures" };
  const here = document.currentScript.src;
  let shared;

  // ---- style: the book's own sheet, its colours from JupyterLab's theme -------------------------------

  const COLOURS = `:root {
    --pst-color-text-base: var(--jp-content-font-color1); --pst-color-heading: var(--jp-content-font-color1);
    --pst-color-text-muted: var(--jp-content-font-color2); --pst-color-border: var(--jp-border-color1);
    --pst-color-background: var(--jp-layout-color0); --pst-color-surface: var(--jp-layout-color2);
    --pst-color-link: var(--jp-content-link-color); --pst-color-primary: var(--jp-brand-color1);
    --pst-color-shadow: var(--jp-shadow-umbra-color); --pst-color-target: var(--jp-warn-color3);
  }
  .mali-lab { padding: 0.25rem 0.5rem 0.75rem; max-width: 46rem; font-size: var(--jp-content-font-size1); }
  .mali-lab p { margin: 0.25rem 0; } .mali-lab details { margin: 0.25rem 0; }
  .mali-lab__table { max-height: 24rem; overflow: auto; }`;

  function style() {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("mali.css", here).href;
    const colours = document.createElement("style");
    colours.textContent = COLOURS;
    document.head.append(sheet, colours);
  }

  // ---- what stands under a figure -----------------------------------------------------------------------

  /** Return an element; its children as text, never as markup. */
  function tag(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const isYear = (name) => /year/i.test(name);
  const shown = (value, name) =>
    value === null || value === undefined ? "–" : typeof value === "number" && !isYear(name) ? number.format(value) : String(value);

  function table({ columns, rows }) {
    const head = tag("tr", {}, ...columns.map((name) => tag("th", { scope: "col" }, name)));
    const body = rows.map((row) =>
      tag("tr", {}, ...row.map((value, at) => tag("td", typeof value === "number" ? { class: "mali-num" } : {}, shown(value, columns[at])))),
    );
    return tag("table", { class: "mali-table" }, tag("thead", {}, head), tag("tbody", {}, ...body));
  }

  const cite = (words) =>
    `${BOOK.author}: “${words.title.replace(/\.$/, "")}”. Figure ${words.id} in ${BOOK.title}, run in JupyterLab. Data: ${words.source.replace(/\.$/, "")}.`;

  // The rule of helpers/inert.py, as in mali.js; a test holds the two against each other.
  const INVISIBLE = String.raw`[\s\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]`;
  const NUMBER = String.raw`[+-]?(?:\d[\d.,\u00a0\u202f ]*|\.\d+)(?:[eE][+-]?\d+)?\s*%?`;
  const FORMULA = new RegExp(String.raw`((?:^(?!${INVISIBLE}*${NUMBER}\s*$)|[;\t\n](?!${INVISIBLE}*${NUMBER}\s*(?:[;\t\n]|$)))${INVISIBLE}*)([=+\-@|%＝＋－＠])`, "gu");
  const inert = (text) => text.replace(/\r\n?/g, "\n").replace(FORMULA, "$1'$2");

  function csv(words) {
    const cell = (value) => {
      const text = value === null || value === undefined ? "" : typeof value === "number" ? String(value) : inert(String(value));
      return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const head = [["Title", words.title], ["Measure", words.subtitle], ["Source and licence", words.source], ["Caveat", words.caveat], ["Cite as", cite(words)]];
    const lines = head.filter(([, text]) => text).map(([name, text]) => inert(`# ${name}: ${text.replace(/\s+/g, " ")}`));
    for (const row of [words.table.columns, ...words.table.rows]) lines.push(row.map(cell).join(","));
    return `${lines.join("\n")}\n`;
  }

  function save(text, name) {
    const link = tag("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function notes(words) {
    const button = tag("button", { type: "button", class: "jp-mod-styled mali-lab__csv" }, "Download CSV");
    button.addEventListener("click", () => save(csv(words), `${words.id}.csv`));
    return tag(
      "div",
      { class: "mali-lab jp-RenderedHTMLCommon" },
      ...(words.caveat ? [tag("p", { class: "mali-figure__caveat" }, words.caveat)] : []),
      tag("p", { class: "mali-figure__source" }, `Source: ${words.source}`),
      tag("details", { class: "mali-lab__data" }, tag("summary", {}, "Data table"), tag("div", { class: "mali-lab__table" }, table(words.table))),
      tag("details", { class: "mali-lab__cite" }, tag("summary", {}, "Cite this figure"), tag("p", {}, cite(words))),
      button,
    );
  }

  /** A slider over periods counts steps: give each the name that the chart's own data have for it (as in mali.js). */
  function nameSteps(node, spec) {
    const slider = node.querySelector('.vega-bind input[type="range"]');
    const names = Object.values(spec.datasets || {}).find((rows) => rows[0] && "step" in rows[0] && "label" in rows[0]);
    if (!slider || !names) return;
    const value = slider.nextElementSibling;
    const name = () => {
      const label = (names.find((row) => row.step === Number(slider.value)) || {}).label;
      slider.setAttribute("aria-valuetext", label);
      if (value) value.textContent = label;
    };
    slider.addEventListener("input", () => requestAnimationFrame(name));
    name();
  }

  // ---- JupyterLab's renderer of Vega-Lite, followed by the notes -------------------------------------------

  function followed(renderer) {
    const draw = renderer.renderModel.bind(renderer);
    renderer.renderModel = async (model) => {
      await draw(model);
      const spec = model.data[MIME];
      const words = spec && spec.usermeta && spec.usermeta.mali;
      if (!words) return;
      renderer.node.querySelectorAll(":scope > .mali-lab").forEach((old) => old.remove());
      renderer.node.append(notes(words));
      nameSteps(renderer.node, spec);
    };
    return renderer;
  }

  function activate(_, rendermime) {
    style();
    const wrapped = (factory) =>
      factory.mimeTypes.includes(MIME) && !factory.mali
        ? { ...factory, mali: true, createRenderer: (options) => followed(factory.createRenderer(options)) }
        : factory;
    // Vega's own extension may come later than this one.
    const add = rendermime.addFactory.bind(rendermime);
    rendermime.addFactory = (factory, rank) => add(wrapped(factory), rank);
    const there = rendermime.getFactory(MIME);
    if (there) add(wrapped(there), 0);
  }

  async function plugin() {
    const versions = Object.values(shared["@jupyterlab/rendermime"]);
    const { IRenderMimeRegistry } = (await versions[0].get())();
    return () => ({
      __esModule: true,
      default: { id: "mali-figures:notes", autoStart: true, requires: [IRenderMimeRegistry], activate },
    });
  }

  globalThis._JUPYTERLAB = globalThis._JUPYTERLAB || {};
  globalThis._JUPYTERLAB["mali-figures"] = { init: (scope) => { shared = scope; }, get: () => plugin() };
})();
