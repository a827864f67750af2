/* A specification as it fits the width of its place on the page. */

const NARROW = 600; // below: charts side by side are stacked
const PHONE = 480; // below: legends go above the chart, long names break into lines
const SYMBOL = 24; // of a legend, with its gap

/**
 * Return the specification as the page draws it, and whether its width must be fitted by a second pass.
 * `drawn` is what a first drawing showed: the places of dates that met (`metDates`), the room left of the plot.
 */
function prepare(full, width, correction, drawn = {}) {
  const s = structuredClone(full);
  for (const key of ["title", "usermeta", "background"]) delete s[key];
  s.config = { ...s.config, aria: false, background: "transparent" };
  let room = width;
  // Half of the last label stands beyond the end of the axis.
  let right = isMap(s) ? 5 : 12;
  const lines = setDates(s, drawn.dates);
  const left = drawn.left || 46; // the numbers at the left
  if (lines > 1) s.config.legend = { ...s.config.legend, offset: numberOr(s.config.legend.offset, 18) + ROW * (lines - 1) };
  if (width < PHONE) {
    // A ramp of colours begins where the plot does, behind the names of its rows.
    const gradientLength = Math.min(220, Math.round(width * 0.36));
    liftLegends(s, gradientLength);
    raiseNames(s);
    const limit = Math.max(110, Math.round(width * 0.42));
    breakNames(s, limit);
    // A legend begins where the plot does: behind long names there is little room for it.
    const named = capLabels(s, limit);
    // A legend, a title and names below begin where the plot does: behind long names there is little room for them.
    room = named ? Math.round(width * 0.56) : width - (isMap(s) ? 0 : left);
    breakLegends(s, room - SYMBOL);
    s.config.legend = { ...s.config.legend, columnPadding: 10, gradientLength };
    tiltNames(s, room);
    breakTexts(s, width, room);
    s.config.axis = { ...s.config.axis, labelLimit: 110 };
    s.config.axisX = { ...s.config.axisX, labelPadding: 13 }; // the first year stands under the zero at the left
  }
  if (width >= PHONE && !isMap(s)) room = width - Math.max(left, namesRoom(s)); // a legend begins where the plot does
  s.config.legend = { ...s.config.legend, labelLimit: room - SYMBOL };
  const columns = legendColumns(s, room) ?? (width < PHONE ? 2 : null);
  if (columns !== null) s.config.legend = { ...s.config.legend, columns };
  const channels = s.encoding || {};
  if (isView(s) && !channels.facet && !channels.row && !channels.column) {
    if (isPinned(s)) return { s, fit: false };
    s.autosize = { type: "fit-x", contains: "padding" };
    s.padding = { left: 5, top: 5, bottom: 5, right };
    if (isMap(s)) {
      s.height = Math.round((width * numberOr(s.height, 480)) / numberOr(s.width, 640));
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
