/* The views of a chart, and the share of a width that each takes. */

const CELL = 140; // least width of one of several small charts
const MAP_CELL = 130;

const isView = (s) => "mark" in s || "layer" in s;
const markOf = (s) => (typeof s.mark === "object" ? s.mark.type : s.mark);
const isMap = (s) =>
  markOf(s) === "geoshape" || "projection" in s || (s.layer || []).some(isMap) || (s.spec ? isMap(s.spec) : false);
const isPinned = (s) =>
  (s.projection && ("scale" in s.projection || "translate" in s.projection)) || (s.layer || []).some(isPinned);
const numberOr = (value, fallback) => (typeof value === "number" ? value : fallback);

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
    const ratio = numberOr(s.height, 480) / numberOr(s.width, 640);
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
    const weights = s.hconcat.map((part) => numberOr(part.width, 300));
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
