/* Labels of dates, names along the bottom and texts in a chart, in lines that fit a width. */

const ABOVE = [-3, -16, -29]; // where charts.marker and helpers.forms set the labels of dates

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
        ? { labelExpr: breaking(Math.floor((each - 14) / 7.2)).expression, labelAngle: 0, labelLimit: 0 }
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
