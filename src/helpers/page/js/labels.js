/* Labels of dates, names along the bottom and texts in a chart, in lines that fit a width. */

const DATE = "maliDate"; // counts the labels of dates of a chart in their rows of data
const ROW = 13; // px from one line of labels to the next
const GAP = 4; // px between labels
const RAISED = 40; // px from one bar with its name over it to the next

/** Tell whether a layer is the texts behind bars along a time axis. */
const isBehind = (part) => markOf(part) === "text" && part.mark.align === "left" && (part.encoding.x || {}).type === "temporal";

/** Set names, and what stands behind bars along a time axis, over the bars: beside them they leave time no room. */
function raiseNames(s, root = s) {
  const notes = (s.layer || []).find(isBehind);
  const bars = (s.layer || []).find((part) => markOf(part) === "bar");
  if (notes && bars) {
    const { field } = bars.encoding.y;
    const told = notes.encoding.text.field;
    // A chart in French has the numbers of French.
    const colon = root.config?.locale ? "\u202f: " : ": ";
    const rows = rowsOf(notes.data || s.data, root).map((row) => ({ ...row, [told]: `${row[field]}${colon}${row[told]}` }));
    for (const part of [bars, notes]) part.encoding.y = { ...part.encoding.y, axis: null };
    bars.mark = { ...bars.mark, height: 12, yOffset: 8 };
    Object.assign(notes, { data: { values: rows }, mark: { ...notes.mark, dx: 0, dy: -10 } });
    notes.encoding.x = { value: 0 };
    s.height = RAISED * new Set(rows.map((row) => row[field])).size;
  }
  for (const part of inside(s)) raiseNames(part, root);
}

/** Return the layers that name dates above a plot, as their style says. */
const dateLayers = (s) => (s.layer || []).filter((part) => markOf(part) === "text" && part.mark.style === "date");

/** Count the labels of dates; where they met as drawn, set numbers in their place, with a key below. Say how many lines. */
function setDates(s, drawn, root = s, count = { dates: 0 }) {
  const dated = dateLayers(s);
  const labels = dated.flatMap((part) => rowsOf(part.data || s.data, root).map((row) => ({ part, row: { ...row, [DATE]: count.dates++ } })));
  let lines = Math.max(1, new Set(dated.map((part) => part.mark.y)).size);
  if (labels.length) {
    for (const label of labels) label.mark = label.part.mark;
    const rest = s.layer.filter((part) => !dated.includes(part));
    if (drawn) {
      lines = numbered(labels, drawn, root);
      const field = labels[0].part.encoding.text.field;
      const key = labels.map(({ row, said }) => `${row[field]}\u00a0${said.replaceAll(" ", "\u00a0")}`).join("\u00a0\u00b7 ");
      const title = inRoom(key, drawn[labels[0].row[DATE]].room, root, 11);
      const look = { titleAnchor: "start", titleAlign: "left", titleFontSize: 11, titleFontWeight: "normal", titlePadding: 8 };
      for (const { x } of rest.map((part) => part.encoding || {})) if (x && x.axis) Object.assign(x, { title, axis: { ...x.axis, ...look } });
      if (s.title && s.title.offset) s.title.offset = 8 + ROW * lines;
    }
    s.layer = [...rest, ...labels.map(({ part, row, mark }) => ({ ...part, data: { values: [row] }, mark }))];
  }
  return Math.max(lines, ...inside(s).map((part) => setDates(part, drawn, root, count)));
}

/** Turn labels, from left to right, into numbers over their lines: in a second row where they would touch. */
function numbered(labels, drawn, root) {
  const at = ({ row }) => drawn[row[DATE]].at;
  labels.sort((a, b) => at(a) - at(b));
  const ends = [-Infinity, -Infinity];
  const foot = Math.max(...labels.map(({ part }) => part.mark.y));
  labels.forEach((label, i) => {
    const { field } = label.part.encoding.text;
    const half = measured(i + 1, root, 11) / 2;
    label.line = at(label) - half < ends[0] + GAP && ends[1] < ends[0] ? 1 : 0;
    ends[label.line] = at(label) + half;
    label.said = String(label.row[field]);
    label.row = { ...label.row, [field]: String(i + 1) };
    label.mark = { ...label.part.mark, y: foot - ROW * label.line, align: "center", dx: 0 };
  });
  return Math.max(...labels.map(({ line }) => 1 + line));
}

/** Where the labels of dates of a drawn chart meet other words or another's line, or leave it: the place and room of each; else null. */
function metDates(live) {
  const svg = live.querySelector("svg");
  const edge = svg.getBoundingClientRect();
  const words = [...svg.querySelectorAll("text")].filter((one) => one.textContent.trim());
  const boxes = new Map(words.map((one) => [one, one.getBoundingClientRect()]));
  const item = (one) => one.__data__ || {}; // Vega's own item: its row of data, its place in the plot
  const dated = words.filter((one) => DATE in (item(one).datum || {}));
  const meets = dated.some((one) => {
    const a = boxes.get(one);
    if (a.left < edge.left - 1 || a.right > edge.right + 1 || a.top < edge.top - 1) return true;
    // A name belongs to the line that it begins or ends at: over another's it would be read as that one's.
    const { align, dx, x } = item(one);
    const line = (align === "right" ? a.right : a.left) - dx - x;
    if (dated.some((other) => item(other).x !== x && item(other).x + line > a.left - 2 && item(other).x + line < a.right + 2)) return true;
    return words.some((other) => {
      const b = boxes.get(other);
      return other !== one && a.left < b.right + GAP && b.left < a.right + GAP && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
    });
  });
  if (!meets) return null;
  return Object.fromEntries(dated.map((one) => [item(one).datum[DATE], { at: item(one).x, room: item(one).mark.group.width }]));
}

/** Break names along the bottom that would hide each other, or tilt them; dates may leave out every other one. */
function tiltNames(s, room, root = s, data = null) {
  if (!s || typeof s !== "object") return;
  data = s.data || data;
  const x = (s.encoding || {}).x;
  if (x && x.field && x.axis !== null && ["nominal", "ordinal"].includes(x.type)) {
    const names = namesIn(x.field, data, root);
    const widest = (texts) => Math.max(0, ...texts.map((text) => measured(text, root))) + 6;
    if (names.some((name) => !/^\d/.test(name)) && names.length * widest(names) > room) {
      const each = room / names.length;
      const whole = widest(names.flatMap((name) => name.split(/\s+/))) <= each;
      const how = whole
        ? { labelExpr: breaking(names, each - 6, root).expression, labelAngle: 0, labelLimit: 0 }
        : { labelAngle: -45, labelAlign: "right", labelBaseline: "middle", labelLimit: 0 };
      x.axis = { ...x.axis, ...how, labelOverlap: false };
    }
  }
  for (const part of inside(s)) tiltNames(part, room, root, data);
}

/** Break titles over and under a plot, and texts in it that are longer than the whole chart is wide. */
function breakTexts(s, width, room, root = s, data = null) {
  data = s.data || data;
  const { x, text } = s.encoding || {};
  const head = typeof s.title === "string" ? { text: s.title } : s.title;
  if (head && typeof head.text === "string") {
    s.title = { ...head, text: inRoom(head.text, room, root, head.fontSize || 16, head.fontWeight || 600) };
  }
  if (x && typeof x.title === "string") x.title = inRoom(x.title, room, root);
  if (markOf(s) === "text" && text && text.field) {
    const rows = rowsOf(data, root);
    const letters = [root, s.mark.fontSize || 12, s.mark.fontWeight];
    if (rows.some((row) => measured(row[text.field] ?? "", ...letters) > width)) {
      const broken = (row) => ({ ...row, [text.field]: inRoom(row[text.field] ?? "", width, ...letters).join("\n") });
      s.data = { values: rows.map(broken) };
      s.mark = { ...s.mark, lineBreak: "\n" };
    }
  }
  const wrap = s.facet || (s.encoding || {}).facet;
  const names = wrap && wrap.field ? namesIn(wrap.field, data, root) : [];
  if (names.length) {
    room /= columnsFor(names.length, s.columns || wrap.columns, width, isMap(s) ? MAP_CELL : CELL);
    // A heading wider than its panel would press all panels flat.
    if (names.some((name) => measured(name, root, 12, "bold") > room)) {
      wrap.header = { labelExpr: breaking(names, room, root, 12, "bold").expression, ...wrap.header };
    }
    // The last year of one panel and the first of the next.
    for (const axis of ["axisXBand", "axisXPoint"]) root.config[axis] = { ...root.config[axis], labelFlush: 14 };
  }
  for (const part of inside(s)) breakTexts(part, width, room, root, data);
}
