/* Legends and names at the left, in lines that fit a width. */

const LABELS = 220; // room of names at an axis, where neither the chart nor a narrow page says otherwise

/** Move legends from the side to the top, in as many columns as fit; shorten ramps longer than the plot below. */
function liftLegends(node, ramp) {
  if (!node || typeof node !== "object") return;
  if (node.legend && typeof node.legend === "object") {
    if (["left", "right"].includes(node.legend.orient)) node.legend.orient = "top";
    if (node.legend.gradientLength > ramp) node.legend.gradientLength = ramp;
    delete node.legend.columns;
    delete node.legend.labelLimit;
    // Inside the plot it stands in a corner, one under the other.
    if (/-/.test(node.legend.orient)) node.legend.columns = 1;
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

const pen = document.createElement("canvas").getContext("2d");
/** Return how wide a text is in the chart's own letters, of a size and weight. */
function measured(text, s, size = 12, weight = "normal") {
  pen.font = `${weight} ${size}px ${(s.config && s.config.font) || "sans-serif"}`;
  return pen.measureText(text).width;
}

/** Break a text at its blanks into lines that fit a room, in the letters that `measured` takes. */
function inRoom(text, room, ...letters) {
  const lines = [];
  for (const word of String(text).split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measured(longer, ...letters) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Return the expression that shows names in lines that fit a room, and the most lines that one takes. */
function breaking(names, room, ...letters) {
  const lines = Object.fromEntries(names.map((name) => [name, inRoom(name, room, ...letters)]));
  return {
    expression: `${JSON.stringify(lines)}[datum.label] || datum.label`,
    most: Math.max(1, ...Object.values(lines).map((one) => one.length)),
  };
}

/** Break long labels of legends into lines; channels that share a legend must agree. */
function breakLegends(node, room, root = node, data = null) {
  data = node.data || data;
  for (const name of ["color", "fill", "stroke", "shape", "strokeDash"]) {
    const channel = (node.encoding || {})[name];
    if (!channel || channel.type !== "nominal" || channel.legend === null) continue;
    const names = (channel.scale || {}).domain || namesIn(channel.field, data, root);
    if (names.length) channel.legend = { labelExpr: breaking(names, room, root).expression, ...channel.legend };
  }
  for (const part of inside(node)) breakLegends(part, room, root, data);
}

/** Break long names at the left into lines rather than cut them, and give their rows the height for it. */
function breakNames(s, limit, root = s, data = null, view = s) {
  data = s.data || data;
  if (s.height !== undefined) view = s;
  const y = (s.encoding || {}).y;
  const axis = y && y.field && y.type === "nominal" && y.axis !== null ? { labelLimit: LABELS, ...y.axis } : null;
  if (axis && axis.labelLimit > limit && (!axis.labelExpr || axis.labelExpr.startsWith("split(trim("))) {
    const names = namesIn(y.field, data, root);
    const { expression, most } = breaking(names, limit, root);
    y.axis = { ...axis, labelExpr: expression };
    // Lines hang from the middle of a row: between two names there is more room than between two lines.
    const need = most > 1 ? most * 14 + 12 : 19;
    if (view.height && view.height.step) view.height.step = Math.max(view.height.step, need);
    else view.height = Math.max(numberOr(view.height, 0), need * names.length);
  }
  for (const part of inside(s)) breakNames(part, limit, root, data, view);
}

/** Tell whether a drawn legend reaches beyond the chart. */
function legendLeaves(live) {
  const edge = live.querySelector("svg").getBoundingClientRect().right;
  return [...live.querySelectorAll(".role-legend-label text")].some((one) => one.getBoundingClientRect().right > edge + 1);
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
