/* Draws the figures of a page from the specifications in it; the static SVG stays until the chart stands. */
(() => {
  "use strict";

  const NARROW = 600; // below: charts side by side are stacked
  const PHONE = 480; // below: legends go above the chart, long names break into lines
  const CELL = 140; // least width of one of several small charts
  const MAP_CELL = 130;
  const LABELS = 220; // room of names at an axis, where neither the chart nor a narrow page says otherwise
  const ABOVE = [-3, -16, -29]; // where charts.marker and helpers.forms set the labels of dates
  const SYMBOL = 24; // of a legend, with its gap
  const LETTER = 7.5; // px across, of 12 px in a wide face
  const MARGIN = 14; // around a downloaded picture
  const PRINT_WIDTH = 2008; // least PNG pixels across: 17 cm at 300 dots per inch
  const DOTS_PER_METRE = 11811; // 300 dots per inch

  // ---- layout: make a specification fit a width ------------------------------------------------------

  const isView = (s) => "mark" in s || "layer" in s;
  const markOf = (s) => (typeof s.mark === "object" ? s.mark.type : s.mark);
  const isMap = (s) =>
    markOf(s) === "geoshape" || "projection" in s || (s.layer || []).some(isMap) || (s.spec ? isMap(s.spec) : false);
  const isPinned = (s) =>
    (s.projection && ("scale" in s.projection || "translate" in s.projection)) || (s.layer || []).some(isPinned);
  const number = (value, fallback) => (typeof value === "number" ? value : fallback);

  /** Return the views inside a view. */
  const inside = (s) => [...["layer", "vconcat", "hconcat", "concat"].flatMap((key) => s[key] || []), ...(s.spec ? [s.spec] : [])];

  /** Return the rows of a view's data; none where they are not in the specification. */
  function rowsOf(data, root) {
    const rows = data && (data.values || (root.datasets || {})[data.name]);
    return Array.isArray(rows) ? rows : [];
  }

  /** Return the distinct values of a field as text; none where only the chart itself could know them. */
  function namesIn(field, data, root) {
    const rows = rowsOf(data, root);
    return rows.length && field in rows[0] ? [...new Set(rows.map((row) => String(row[field] ?? "")))] : [];
  }

  /** Count the distinct values of a field: 0 where only the chart itself could know. */
  const distinct = (field, data, root) => namesIn(field, data, root).length;

  /** Columns that fit, with rows as even as possible. */
  function columnsFor(count, wanted, width, cell) {
    const fit = Math.max(1, Math.min(wanted || count, count, Math.floor(width / cell)));
    return Math.ceil(count / Math.ceil(count / fit));
  }

  /** Give a view, or every view in a composition, its share of a width. */
  function assign(s, width, root, data) {
    data = s.data || data;
    if (isView(s)) {
      const channels = s.encoding || {};
      const wrap = channels.facet;
      const column = channels.column;
      let across = 1;
      if (wrap) {
        const count = distinct(wrap.field, data, root);
        if (count) wrap.columns = columnsFor(count, wrap.columns, root.maliWidth, isMap(s) ? MAP_CELL : CELL);
        across = wrap.columns || 1;
      } else if (column) {
        across = distinct(column.field, data, root) || 1;
      }
      const ratio = number(s.height, 480) / number(s.width, 640);
      s.width = Math.max(40, Math.floor(width / across));
      if (isMap(s)) s.height = Math.round(s.width * ratio);
    } else if (s.facet && s.spec) {
      let across = 1;
      if (s.facet.field) {
        const count = distinct(s.facet.field, data, root);
        if (count) s.columns = columnsFor(count, s.columns, root.maliWidth, isMap(s) ? MAP_CELL : CELL);
        across = s.columns || count || 1;
      } else if (s.facet.column) {
        across = distinct(s.facet.column.field, data, root) || 1;
      }
      assign(s.spec, width / across, root, data);
    } else if (s.hconcat) {
      const weights = s.hconcat.map((part) => number(part.width, 300));
      const sum = weights.reduce((a, b) => a + b, 0);
      s.hconcat.forEach((part, i) => assign(part, (width * weights[i]) / sum, root, data));
    } else if (s.vconcat) {
      s.vconcat.forEach((part) => assign(part, width, root, data));
    } else if (s.concat) {
      const across = Math.min(s.columns || s.concat.length, s.concat.length);
      s.concat.forEach((part) => assign(part, width / across, root, data));
    }
  }

  /** Stack what stands side by side. */
  function stack(s) {
    if (s.hconcat) {
      s.vconcat = s.hconcat;
      delete s.hconcat;
    }
    if (s.concat) s.columns = 1;
    for (const part of [...(s.vconcat || []), ...(s.concat || []), ...(s.spec ? [s.spec] : [])]) stack(part);
  }

  /** Move legends from the side to the top, in as many columns as fit; shorten ramps longer than the plot below. */
  function liftLegends(node, ramp) {
    if (!node || typeof node !== "object") return;
    if (node.legend && typeof node.legend === "object") {
      if (["left", "right"].includes(node.legend.orient)) node.legend.orient = "top";
      if (node.legend.gradientLength > ramp) node.legend.gradientLength = ramp;
      delete node.legend.columns;
      delete node.legend.labelLimit;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== "datasets" && key !== "values" && key !== "usermeta") liftLegends(value, ramp);
    }
  }

  /** Cut long labels of an axis sooner, also where the chart itself gives them room; say whether there were any. */
  function capLabels(node, limit) {
    if (!node || typeof node !== "object") return false;
    let found = false;
    if (node.axis && node.axis.labelLimit > limit) {
      node.axis.labelLimit = limit;
      found = true;
    }
    // Numbers behind the bars take more of a narrow plot.
    const domain = node.scale && node.scale.domain;
    if (Array.isArray(domain) && domain.length === 2 && domain[0] === 0 && typeof domain[1] === "number") {
      node.scale.domain = [0, domain[1] * 1.12];
    }
    for (const [key, value] of Object.entries(node)) {
      if (!["config", "datasets", "values", "usermeta", "color", "size"].includes(key)) found = capLabels(value, limit) || found;
    }
    return found;
  }

  /** Return the expression that breaks a label into lines of so many letters at its blanks, and how it does so here. */
  function breaking(letters) {
    const pattern = `(.{1,${letters}})(?:\\s+|$)`; // as in helpers/room.py
    return {
      expression: `split(trim(replace(datum.label, /${pattern}/g, '$1\\n')), '\\n')`,
      lines: (name) => name.replace(new RegExp(pattern, "g"), "$1\n").trim().split("\n").length,
    };
  }

  /** Break long labels of legends into lines; channels that share a legend must agree. */
  function breakLegends(node, room) {
    for (const name of ["color", "fill", "stroke"]) {
      const channel = (node.encoding || {})[name];
      if (!channel || channel.type !== "nominal" || channel.legend === null) continue;
      channel.legend = { labelExpr: breaking(Math.floor(room / LETTER)).expression, ...channel.legend };
    }
    for (const part of inside(node)) breakLegends(part, room);
  }

  /** Break long names at the left into lines rather than cut them, and give their rows the height for it. */
  function breakNames(s, limit, root = s, data = null, view = s) {
    data = s.data || data;
    if (s.height !== undefined) view = s;
    const y = (s.encoding || {}).y;
    const axis = y && y.field && y.type === "nominal" && y.axis !== null ? { labelLimit: LABELS, ...y.axis } : null;
    if (axis && axis.labelLimit > limit && (!axis.labelExpr || axis.labelExpr.startsWith("split(trim("))) {
      const { expression, lines } = breaking(Math.floor(limit / LETTER));
      const names = namesIn(y.field, data, root);
      y.axis = { ...axis, labelExpr: expression };
      const need = Math.max(1, ...names.map(lines)) * 15 + 4;
      if (view.height && view.height.step) view.height.step = Math.max(view.height.step, need);
      else view.height = Math.max(number(view.height, 0), need * names.length);
    }
    for (const part of inside(s)) breakNames(part, limit, root, data, view);
  }

  /** Return the letters of the longest text that stands behind a bar along a time axis, which nothing makes room for. */
  function notesBehind(s) {
    const notes = (s.layer || []).filter(
      (part) => markOf(part) === "text" && part.mark.align === "left" && (part.encoding.x || {}).type === "temporal",
    );
    const lengths = notes.flatMap((part) => namesIn(part.encoding.text.field, part.data || s.data, s));
    return Math.max(0, ...lengths.map((text) => text.length));
  }

  /** Set the labels of dated marks above a plot side by side; where they do not fit, numbers, with a key below. Say how many rows. */
  function setMarks(s, width, root = s) {
    const isLabel = (part) => markOf(part) === "text" && ABOVE.includes(part.mark.y) && part.encoding && part.encoding.x;
    const rest = (s.layer || []).filter((part) => !isLabel(part));
    const labels = [];
    for (const part of (s.layer || []).filter(isLabel)) {
      const field = part.encoding.x.field;
      const order = rest.map((other) => namesIn(field, other.data || s.data, root)).find((names) => names.length) || [];
      for (const row of rowsOf(part.data || s.data, root)) {
        const at = ((order.indexOf(String(row[field])) + 0.5) / Math.max(1, order.length)) * (width - 58); // 58: the axis at the left
        labels.push({ part, row, at, text: String(row[part.encoding.text.field]) });
      }
    }
    labels.sort((a, b) => a.at - b.at);
    const boxes = labels.map(({ part, at, text }) => (part.mark.align === "right" ? [at - 6 * text.length, at] : [at, at + 6 * text.length]));
    const clash = boxes.some(([left, right], i) => left < -20 || right > width - 30 || (i && left < boxes[i - 1][1] + 6));
    for (const label of labels) label.mark = { ...label.part.mark, y: ABOVE[0] };
    const rows = clash ? numbered(labels) : 1;
    if (clash) {
      const key = labels.map(({ text }, i) => `${i + 1}\u00a0${text.replaceAll(" ", "\u00a0")}`).join(" \u00b7 ");
      const title = wrapped(key, Math.floor((width - 58) / 6.2));
      const look = { titleAnchor: "start", titleAlign: "left", titleFontSize: 11, titleFontWeight: "normal", titlePadding: 8 };
      for (const { x } of rest.map((part) => part.encoding || {})) if (x && x.axis) Object.assign(x, { title, axis: { ...x.axis, ...look } });
    }
    if (labels.length) s.layer = [...rest, ...labels.map(({ part, row, mark }) => ({ ...part, data: { values: [row] }, mark }))];
    if (labels.length && s.title && s.title.offset) s.title.offset = 8 + 13 * rows;
    return Math.max(rows, ...inside(s).map((part) => setMarks(part, width, root)));
  }

  /** Turn labels, from left to right, into numbers over their lines: in a second row where they would touch. */
  function numbered(labels) {
    const ends = [-Infinity, -Infinity];
    labels.forEach((label, i) => {
      const row = label.at - ends[0] < 12 && ends[1] < ends[0] ? 1 : 0;
      ends[row] = label.at;
      label.row = { ...label.row, [label.part.encoding.text.field]: String(i + 1) };
      label.mark = { ...label.part.mark, y: ABOVE[row], align: "center", dx: 0 };
    });
    return Math.max(...labels.map(({ mark }) => 1 + ABOVE.indexOf(mark.y)));
  }

  /** Break names along the bottom that would hide each other, or tilt them; dates may leave out every other one. */
  function tiltNames(s, room, root = s, data = null) {
    if (!s || typeof s !== "object") return;
    data = s.data || data;
    const x = (s.encoding || {}).x;
    if (x && x.field && x.axis !== null && ["nominal", "ordinal"].includes(x.type)) {
      const names = namesIn(x.field, data, root);
      const widest = (texts) => Math.max(0, ...texts.map((text) => text.length)) * 7.2 + 6; // wide letters included
      if (names.some((name) => !/^\d/.test(name)) && names.length * widest(names) > room) {
        const each = room / names.length;
        const whole = widest(names.flatMap((name) => name.split(/\s+/))) <= each;
        const how = whole
          ? { labelExpr: breaking(Math.floor((each - 6) / 7.2)).expression, labelLimit: 0 }
          : { labelAngle: -45, labelAlign: "right", labelBaseline: "middle", labelLimit: 0 };
        x.axis = { ...x.axis, ...how, labelOverlap: false };
      }
    }
    for (const part of [...(s.layer || []), ...(s.vconcat || []), ...(s.hconcat || []), ...(s.concat || [])]) {
      tiltNames(part, room, root, data);
    }
  }

  /** Break titles over and under a plot, and texts in it that are longer than the whole chart is wide. */
  function breakTexts(s, width, room, root = s, data = null) {
    data = s.data || data;
    const { x, text } = s.encoding || {};
    const head = typeof s.title === "string" ? { text: s.title } : s.title;
    if (head && typeof head.text === "string") s.title = { ...head, text: wrapped(head.text, Math.floor(room / LETTER)) };
    if (x && typeof x.title === "string" && x.title.length * 6.5 > room) x.title = wrapped(x.title, Math.floor(room / 6.5));
    if (markOf(s) === "text" && text && text.field) {
      const letters = Math.floor(width / LETTER);
      const rows = rowsOf(data, root);
      if (rows.some((row) => String(row[text.field] ?? "").length > letters)) {
        const broken = (row) => ({ ...row, [text.field]: wrapped(String(row[text.field] ?? ""), letters).join("\n") });
        s.data = { values: rows.map(broken) };
        s.mark = { ...s.mark, lineBreak: "\n" };
      }
    }
    const wrap = s.facet || (s.encoding || {}).facet;
    const count = wrap && wrap.field ? distinct(wrap.field, data, root) : 0;
    if (count) {
      room /= columnsFor(count, s.columns || wrap.columns, width, isMap(s) ? MAP_CELL : CELL);
      // A heading wider than its panel would press all panels flat.
      const letters = Math.floor(room / LETTER);
      if (namesIn(wrap.field, data, root).some((name) => name.length > letters)) {
        wrap.header = { labelExpr: breaking(letters).expression, ...wrap.header };
      }
      // The last year of one panel and the first of the next.
      for (const axis of ["axisXBand", "axisXPoint"]) root.config[axis] = { ...root.config[axis], labelFlush: 14 };
    }
    for (const part of inside(s)) breakTexts(part, width, room, root, data);
  }

  const pen = document.createElement("canvas").getContext("2d");
  /** Return how wide a text of 12 px is in the chart's own letters. */
  function measured(text, s) {
    pen.font = `12px ${(s.config && s.config.font) || "sans-serif"}`;
    return pen.measureText(text).width;
  }

  /** Return the room that names at the left take of a chart's width. */
  function namesRoom(s, root = s, data = null) {
    data = s.data || data;
    const y = (s.encoding || {}).y;
    const axis = y && y.field && y.type === "nominal" && y.axis !== null ? { labelLimit: LABELS, ...y.axis } : null;
    const own = axis ? Math.min(axis.labelLimit, Math.max(0, ...namesIn(y.field, data, root).map((name) => measured(name, root)))) : 0;
    return Math.max(own, ...inside(s).map((part) => namesRoom(part, root, data)));
  }

  /** Columns of a legend that does not fit on one line; null where the labels are not in the specification. */
  function legendColumns(s, width) {
    let widest = [];
    const sum = (list) => list.reduce((a, b) => a + b, 0);
    (function walk(node) {
      if (!node || typeof node !== "object") return;
      if (Array.isArray(node.domain) && Array.isArray(node.range)) {
        const wide = node.domain.filter((v) => typeof v === "string").map((label) => measured(label, s) + 40); // 40: symbol, gaps
        if (sum(wide) > sum(widest)) widest = wide;
      }
      for (const [key, value] of Object.entries(node)) {
        if (!["datasets", "data", "config", "usermeta"].includes(key)) walk(value);
      }
    })(s);
    if (!widest.length) return null;
    return sum(widest) > width ? Math.max(1, Math.floor(width / Math.max(...widest))) : 0;
  }

  /** Return the specification as the page draws it, and whether its width must be fitted by a second pass. */
  function prepare(full, width, correction) {
    const s = structuredClone(full);
    for (const key of ["title", "usermeta", "background"]) delete s[key];
    s.config = { ...s.config, aria: false, background: "transparent" };
    let room = width;
    // Half of the last label stands beyond the end of the axis.
    let right = isMap(s) ? 5 : 12;
    if (width < PHONE) {
      // A ramp of colours begins where the plot does, behind the names of its rows.
      const gradientLength = Math.min(220, Math.round(width * 0.36));
      liftLegends(s, gradientLength);
      // Bars with words behind them need the width for both.
      const limit = notesBehind(s) ? 110 : Math.max(110, Math.round(width * 0.42));
      breakNames(s, limit);
      // A legend begins where the plot does: behind long names there is little room for it.
      const named = capLabels(s, limit);
      // A legend, a title and names below begin where the plot does: behind long names there is little room for them.
      room = named ? Math.round(width * 0.56) : width - (isMap(s) ? 0 : 46); // 46: the numbers at the left
      breakLegends(s, room - SYMBOL);
      s.config.legend = { ...s.config.legend, columnPadding: 10, gradientLength };
      s.config.legend.offset = number(s.config.legend.offset, 18) + 13 * (setMarks(s, width) - 1);
      // Texts behind bars need room of their own.
      right = Math.max(right, Math.min(Math.round(width * 0.22), 6 * notesBehind(s)));
      tiltNames(s, room);
      breakTexts(s, width, room);
      s.config.axis = { ...s.config.axis, labelLimit: 110 };
    }
    if (width >= PHONE && !isMap(s)) room = width - Math.max(46, namesRoom(s)); // a legend begins where the plot does
    s.config.legend = { ...s.config.legend, labelLimit: room - SYMBOL };
    const columns = legendColumns(s, room) ?? (width < PHONE ? 2 : null);
    if (columns !== null) s.config.legend = { ...s.config.legend, columns };
    const channels = s.encoding || {};
    if (isView(s) && !channels.facet && !channels.row && !channels.column) {
      if (isPinned(s)) return { s, fit: false };
      s.autosize = { type: "fit-x", contains: "padding" };
      s.padding = { left: 5, top: 5, bottom: 5, right };
      if (isMap(s)) {
        s.height = Math.round((width * number(s.height, 480)) / number(s.width, 640));
      }
      s.width = width;
      return { s, fit: false };
    }
    if (width < NARROW) stack(s);
    s.maliWidth = width;
    assign(s, width + correction, s, null);
    delete s.maliWidth;
    return { s, fit: true };
  }

  // ---- drawing ---------------------------------------------------------------------------------------

  const options = {
    actions: false,
    renderer: "svg",
    defaultStyle: false,
    mode: "vega-lite",
    ast: true, // expressions are interpreted, never made into code: the page's policy forbids eval
    tooltip: { disableDefaultStyle: true },
  };

  async function draw(figure) {
    const { box, spec } = figure;
    const width = Math.floor(box.clientWidth);
    if (!width) return;
    const live = document.createElement("div");
    live.className = "mali-figure__live mali-figure__live--waiting";
    box.append(live);
    try {
      let correction = spec.columns || spec.hconcat || spec.facet ? -90 : -60;
      let result;
      // The room that axes and gaps take is known only once drawn: measure, correct, draw again.
      for (let pass = 0; pass < 3; pass += 1) {
        const { s, fit } = prepare(spec, width, correction);
        if (result) result.finalize();
        result = await globalThis.maliVegaEmbed(live, s, options);
        const error = width - Math.ceil(number(parseFloat(live.querySelector("svg").getAttribute("width")), width));
        if (!fit || (error >= 0 && error < 10)) break;
        correction += error - 2;
      }
      describe(live, spec.usermeta.mali);
      nameSteps(live, spec);
      if (figure.result) figure.result.finalize();
      if (figure.live) figure.live.remove();
      figure.result = result;
      figure.live = live;
      figure.width = width;
      live.classList.remove("mali-figure__live--waiting");
      // After the answer is on the screen; who takes the page away waits for it.
      if (figure.anew) figure.printed = idle().then(() => figure.result === result && printed(figure));
      figure.element.dataset.live = "true";
      figure.element.dataset.width = width; // the tests wait for this
    } catch (error) {
      live.remove();
      console.error(`Figure ${figure.element.id} could not be drawn`, error);
    }
  }

  /** Let a figure that shows something else than the page was built with print and travel as it now is. */
  async function printed({ element, result, spec }) {
    const svg = new DOMParser().parseFromString(await result.view.toSVG(), "image/svg+xml").documentElement;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", spec.usermeta.mali.alt);
    element.querySelector(".mali-figure__static").replaceChildren(svg);
  }

  /** One name for the whole chart: the data table holds the numbers for those who do not see it. */
  function describe(live, words) {
    for (const name of ["role", "aria-roledescription", "aria-label", "aria-hidden"]) live.removeAttribute(name);
    const svg = live.querySelector("svg");
    svg.removeAttribute("aria-hidden");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", shownWords(words).alt);
    if (words.fr) {
      // The language switch finds both here.
      svg.dataset.enLabel = words.alt;
      svg.dataset.frLabel = words.fr.alt;
      if (isFrench()) svg.setAttribute("lang", "fr");
    }
    // Vega gives every mark a role of its own, some without a name; as parts of a picture they are silent.
    svg.querySelector("g").setAttribute("aria-hidden", "true");
  }

  /** A slider over periods counts steps: give each the name that the chart's own data have for it. */
  function nameSteps(live, spec) {
    const slider = live.querySelector('.vega-bind input[type="range"]');
    const names = Object.values(spec.datasets || {}).find((rows) => rows[0] && "step" in rows[0] && "label" in rows[0]);
    if (!slider || !names) return;
    // Vega writes the name before it, as the specification has it: in English.
    const title = live.querySelector(".vega-bind-name");
    if (title && isFrench()) title.textContent = "Semestre";
    const shown = slider.nextElementSibling; // Vega writes the bare number here, and does so after this listener
    const name = () => {
      const label = (names.find((row) => row.step === Number(slider.value)) || {}).label;
      slider.setAttribute("aria-valuetext", label);
      if (shown) shown.textContent = label;
    };
    slider.addEventListener("input", () => requestAnimationFrame(name));
    name();
  }

  const isFrench = () => document.documentElement.dataset.language === "fr";
  /** The words of a figure in the language that the page shows. */
  const shownWords = (words) => (isFrench() ? { ...words, ...words.fr } : words);
  const said = (english, french) => (isFrench() ? french : english);
  const citation = (element) => element.querySelector(".mali-figure__citation").textContent;
  const shownCaveat = (element) => element.querySelector(".mali-figure__caveat")?.textContent;

  // ---- downloads -------------------------------------------------------------------------------------

  // The rule of helpers/inert.py for every CSV: what would begin a formula, for a reader of commas, semicolons or tabs,
  // gets an apostrophe; numbers stay numbers. A test holds the two against each other.
  const INVISIBLE = String.raw`[\s\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]`;
  const NUMBER = String.raw`[+-]?(?:\d[\d.,\u00a0\u202f ]*|\.\d+)(?:[eE][+-]?\d+)?\s*%?`;
  const FORMULA = new RegExp(String.raw`((?:^(?!${INVISIBLE}*${NUMBER}\s*$)|[;\t\n](?!${INVISIBLE}*${NUMBER}\s*(?:[;\t\n]|$)))${INVISIBLE}*)([=+\-@|%＝＋－＠])`, "gu");
  const inert = (text) => text.replace(/\r\n?/g, "\n").replace(FORMULA, "$1'$2");

  function csv({ spec, element }) {
    const words = shownWords(spec.usermeta.mali);
    const cell = (value) => {
      const text = value === null || value === undefined ? "" : typeof value === "number" ? String(value) : inert(String(value));
      return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const head = [
      [said("Title", "Titre"), words.title],
      [said("Measure", "Mesure"), words.subtitle],
      [said("Source and licence", "Source et licence"), words.source],
      [said("Caveat", "Réserve"), shownCaveat(element)],
      [said("Edition", "Édition"), element.dataset.edition],
      [said("Cite as", "Citer ainsi"), citation(element)],
    ];
    const lines = head.filter(([, text]) => text).map(([name, text]) => inert(`# ${name}: ${text.replace(/\s+/g, " ")}`));
    for (const row of [words.table.columns, ...words.table.rows]) lines.push(row.map(cell).join(","));
    return `${lines.join("\n")}\n`;
  }

  async function svg({ spec, element }) {
    const { usermeta, ...bare } = spec;
    const words = shownWords(usermeta.mali);
    if (isFrench()) {
      bare.title = { ...bare.title, text: wrapped(words.title, 76), subtitle: wrapped(words.subtitle, 96) };
    }
    const result = await globalThis.maliVegaEmbed(document.createElement("div"), bare, options);
    const root = new DOMParser().parseFromString(await result.view.toSVG(), "image/svg+xml").documentElement;
    result.finalize();
    const width = parseFloat(root.getAttribute("width"));
    const height = parseFloat(root.getAttribute("height"));
    // The words travel with the picture: a chart without its source is a rumour.
    const notes = [shownCaveat(element), `${said("Source:", "Source\u202f:")} ${words.source}`, citation(element)].filter(Boolean);
    const lines = notes.flatMap((line) => wrapped(line, width / 5.6));
    const total = height + lines.length * 14 + 6;
    const size = { width: width + 2 * MARGIN, height: total + 2 * MARGIN };
    root.setAttribute("width", size.width);
    root.setAttribute("height", size.height);
    root.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${size.width} ${size.height}`);
    if (element.classList.contains("mali-figure--map")) {
      for (const text of root.querySelectorAll(".mark-text.role-mark text")) {
        const edge = { "paint-order": "stroke", stroke: "#ffffff", "stroke-width": 3, "stroke-linejoin": "round" };
        for (const [key, value] of Object.entries(edge)) text.setAttribute(key, value);
      }
    }
    const make = (name, attributes, text) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      if (text) element.textContent = text;
      return element;
    };
    root.prepend(
      make("title", {}, words.title),
      make("desc", {}, words.alt),
      make("rect", { x: -MARGIN, y: -MARGIN, ...size, fill: "#ffffff" }),
    );
    lines.forEach((line, i) => {
      const place = { x: 0, y: height + 12 + 14 * i, fill: "#48566b", "font-size": "10.5px" };
      root.append(make("text", { ...place, "font-family": spec.config.font }, line));
    });
    return { text: new XMLSerializer().serializeToString(root), ...size };
  }

  function wrapped(text, length) {
    const lines = [""];
    // An address has no blank to break at.
    const pieces = new RegExp(`.{1,${Math.floor(length)}}`, "g");
    for (const word of text.split(" ").flatMap((one) => one.match(pieces) ?? one)) {
      if (lines.at(-1) && lines.at(-1).length + word.length + 1 > length) lines.push("");
      lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
    }
    return lines;
  }

  async function png(figure) {
    const picture = await svg(figure);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.text)}`;
    await image.decode();
    const scale = Math.max(3, PRINT_WIDTH / picture.width);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    return withResolution(new Uint8Array(await blob.arrayBuffer()));
  }

  /** Write into a PNG how many dots make a metre: a canvas does not say, and a page would take it for 72 an inch. */
  function withResolution(png) {
    const chunk = new DataView(new ArrayBuffer(21)); // length, name, 9 bytes of data, checksum
    chunk.setUint32(0, 9);
    [..."pHYs"].forEach((letter, i) => chunk.setUint8(4 + i, letter.charCodeAt(0)));
    chunk.setUint32(8, DOTS_PER_METRE);
    chunk.setUint32(12, DOTS_PER_METRE);
    chunk.setUint8(16, 1);
    let check = 0xffffffff; // CRC-32 of name and data, as PNG defines it
    for (let i = 4; i < 17; i += 1) {
      check ^= chunk.getUint8(i);
      for (let bit = 0; bit < 8; bit += 1) check = (check >>> 1) ^ (check & 1 ? 0xedb88320 : 0);
    }
    chunk.setUint32(17, (check ^ 0xffffffff) >>> 0);
    const header = 33; // signature and IHDR, which every PNG begins with
    return new Blob([png.slice(0, header), chunk.buffer, png.slice(header)], { type: "image/png" });
  }

  const LOOK = `body{margin:0 auto;max-width:46rem;padding:.5rem 1rem;background:#fff;color:#222832;font:16px/1.45 system-ui,sans-serif}
    figure{margin:0}h1{font-size:1.2rem;margin:.2rem 0}p{margin:.3rem 0}svg{max-width:100%;height:auto}.small{font-size:.85rem;color:#48566b;overflow-wrap:anywhere}
    .wrap{overflow:auto}table{border-collapse:collapse;font-size:.85rem}th,td{padding:.15rem .5rem;border-bottom:1px solid #d1d5da;text-align:left}`;

  /** The chart as the page shows it without scripts: from the page, or drawn where the page shows a file. */
  async function still({ spec, element, printed }) {
    await printed;
    const there = element.querySelector(".mali-figure__static svg");
    if (there) return there;
    const { title, usermeta, background, ...bare } = structuredClone(spec);
    const { view } = await globalThis.maliVegaEmbed(document.createElement("div"), prepare(bare, 680, 0).s, options);
    const drawn = new DOMParser().parseFromString(await view.toSVG(), "image/svg+xml").documentElement;
    view.finalize();
    drawn.setAttribute("role", "img");
    return drawn;
  }

  /** The figure as one file that needs no other: words, picture, table, source, citation; no script, nothing loaded. */
  async function page({ spec, element, printed }) {
    const words = shownWords(spec.usermeta.mali);
    const made = document.implementation.createHTMLDocument(words.title);
    const put = (parent, name, text, attributes = {}) => {
      const child = made.createElement(name);
      for (const [key, value] of Object.entries(attributes)) child.setAttribute(key, value);
      if (text) child.textContent = text;
      parent.append(child);
      return child;
    };
    made.documentElement.lang = isFrench() ? "fr" : "en";
    put(made.head, "meta", "", { charset: "utf-8" });
    made.head.prepend(made.head.lastChild);
    put(made.head, "meta", "", { name: "viewport", content: "width=device-width, initial-scale=1" });
    put(made.head, "meta", "", { "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" });
    put(made.head, "style", LOOK);
    const figure = put(put(made.body, "main"), "figure");
    const caption = put(figure, "figcaption");
    put(caption, "h1", words.title);
    put(caption, "p", words.subtitle);
    const drawn = made.importNode(await still({ spec, element, printed }), true);
    for (const name of Object.keys(drawn.dataset)) delete drawn.dataset[name];
    drawn.setAttribute("aria-label", words.alt);
    figure.append(drawn);
    if (shownCaveat(element)) put(figure, "p", shownCaveat(element));
    put(figure, "p", `${said("Source:", "Source\u202f:")} ${words.source}`, { class: "small" });
    put(figure, "p", citation(element), { class: "small" });
    const details = put(figure, "details");
    put(details, "summary", said("Data table", "Données"));
    const label = said("Data table", "Données");
    const wrap = put(details, "div", "", { class: "wrap", role: "region", tabindex: "0", "aria-label": label });
    wrap.append(made.importNode(element.querySelector(".mali-figure__data table"), true));
    return `<!doctype html>\n${made.documentElement.outerHTML}\n`;
  }

  async function download(figure, kind) {
    const { spec } = figure;
    const blob = {
      csv: async () => new Blob([csv(figure)], { type: "text/csv;charset=utf-8" }),
      json: async () => new Blob([`${JSON.stringify(spec, null, 1)}\n`], { type: "application/json" }),
      svg: async () => new Blob([(await svg(figure)).text], { type: "image/svg+xml" }),
      png: () => png(figure),
      html: async () => new Blob([await page(figure)], { type: "text/html;charset=utf-8" }),
    };
    save(await blob[kind](), `${spec.usermeta.mali.id}.${kind === "json" ? "vl.json" : kind}`);
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** Copy the citation; where the browser keeps its clipboard to itself, select it so that one key copies it. */
  async function cite(element) {
    const text = element.querySelector(".mali-figure__citation");
    const told = element.querySelector(".mali-figure__copied");
    let copied = false;
    try {
      await navigator.clipboard.writeText(text.textContent);
      copied = true;
    } catch {
      getSelection().selectAllChildren(text);
      copied = document.execCommand("copy");
    }
    const words = copied ? ["Copied.", "Copié."] : ["Selected: copy it with your keyboard.", "Sélectionné : copiez-le."];
    told.textContent = words[isFrench() ? 1 : 0];
    told.lang = isFrench() ? "fr" : "en";
    setTimeout(() => (told.textContent = ""), 4000);
  }

  // ---- long tables: search, menus, CSV ---------------------------------------------------------------

  const tag = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  /** Letters only: "menaka" finds "Ménaka". */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function listing(block) {
    const table = block.querySelector("table");
    const title = table.caption.textContent;
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const rows = [...table.tBodies[0].rows].map((row) => ({
      row,
      text: plain(row.textContent),
      cells: [...row.cells].map((cell) => cell.textContent),
    }));
    names.forEach((_, i) => {
      const longest = Math.max(...rows.map(({ cells }) => cells[i].length));
      const size = longest > 60 ? "long" : longest > 20 ? "medium" : "";
      if (size) for (const { row } of rows) row.cells[i].classList.add(`mali-${size}`);
    });
    const links = JSON.parse(block.dataset.links);
    for (const { row, cells } of rows) {
      if (links[cells[0]]) row.cells[0].replaceChildren(tag("a", { href: links[cells[0]] }, cells[0]));
    }
    const search = tag("input", { type: "search", autocomplete: "off" });
    const menus = Object.entries(JSON.parse(block.dataset.menus)).filter(([, values]) => values.length > 1);
    const selects = menus.map(([name, values]) => {
      const select = tag("select", {}, tag("option", { value: "" }, "All"));
      select.append(...values.map((value) => tag("option", { value }, value)));
      return { name, select, column: names.indexOf(name) };
    });
    const status = tag("p", { className: "mali-listing__status" });
    status.setAttribute("role", "status");
    const show = () => {
      const words = plain(search.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const { row, text, cells } of rows) {
        const fits = selects.every(({ select, column }) => !select.value || cells[column] === select.value);
        row.hidden = !(fits && words.every((word) => text.includes(word)));
        if (!row.hidden) count += 1;
      }
      status.textContent = count === rows.length ? `${count} rows` : `${count} of ${rows.length} rows`;
    };
    const form = tag(
      "form",
      { className: "mali-listing__controls" },
      tag("label", {}, "Search ", search),
      ...selects.map(({ name, select }) => tag("label", {}, `${name} `, select)),
      tag("button", { type: "reset" }, "Show all"),
    );
    form.setAttribute("aria-label", `Narrow down: ${title}`);
    const data = block.querySelector('script[type="text/csv"]');
    if (data) {
      const button = tag("button", { type: "button" }, "Download CSV");
      button.setAttribute("aria-label", `Download CSV of: ${title}`);
      button.addEventListener("click", () => {
        save(new Blob([data.textContent.trimStart()], { type: "text/csv;charset=utf-8" }), `${block.dataset.name}.csv`);
      });
      form.append(button);
    }
    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    // The fields are empty only after the event.
    form.addEventListener("reset", () => setTimeout(show));
    show();
    block.prepend(form, status);
  }

  // ---- the page --------------------------------------------------------------------------------------

  const idle = () =>
    new Promise((resolve) => (window.requestIdleCallback || setTimeout)(resolve, { timeout: 300 }));

  async function start() {
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

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
