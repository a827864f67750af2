/* What this edition can serve. */

const OLDEST = index("1997-01");
/** Return the months that every table of a state covers. */
function covered(state) {
  const tables = sides(state).map(([what]) => data.what[what]);
  return [Math.max(OLDEST, ...tables.map((one) => index(one.first))), Math.min(...tables.map((one) => index(one.end)))];
}
const serves = (what, where) => {
  const { reach } = data.what[what];
  return data.where[where].bands.length ? reach === "bands" : where === "mali" || reach !== "country";
};
/** Return the reason (a name in `data.why`) for which an option is not to be had, or nothing. */
function refused(state, name, option) {
  const { reach, deaths } = data.what[state.what];
  const [first, last] = windowOf(state);
  const months = last - first + 1;
  if (name === "what") return data.what[option].missing ? "missing" : "";
  if (name === "of") return deaths && option === "events" ? "deaths" : "";
  if (name === "where") return serves(state.what, option) ? "" : reach === "country" ? "country" : "bands";
  const [low, high] = covered(state);
  if (name === "first" || name === "last") return index(option) < low || index(option) > high ? "months" : "";
  if (name === "against") {
    if (option === "before") return first - months < low ? "before" : "";
    if (option === "year") return months > 12 || first - 12 < low ? "year" : "";
    if (option === "months") return first - months < low && last + months > high ? "before" : "";
    return option === "place" && reach === "country" ? "country" : "";
  }
  if (name === "other" && state.against === "months") {
    const begin = index(option);
    if (begin < low || begin + months - 1 > high) return "months";
    return begin <= last && first <= begin + months - 1 ? "overlap" : "";
  }
  if (name === "other" && state.against === "place") return option === state.where ? "same" : refused(state, "where", option);
  if (name === "other") {
    const one = data.what[option];
    if (one.missing || option === state.what) return one.missing ? "missing" : "same";
    if (one.deaths && state.of === "events") return "mixed";
    if (!serves(option, state.where)) return one.reach === "country" ? "country" : "bands";
    return first < index(one.first) || last > index(one.end) ? "months" : "";
  }
  return "";
}
/** Return the options of a choice, all of them. */
function options(state, name) {
  if (name === "other") {
    if (state.against === "months") return options(state, "first");
    return state.against === "place" ? Object.keys(data.where) : Object.keys(data.what);
  }
  if (name === "first" || name === "last") {
    const end = Math.max(...Object.values(data.what).map((one) => (one.missing ? 0 : index(one.end))));
    return Array.from({ length: end - OLDEST + 1 }, (_, i) => month(end - i));
  }
  return { what: Object.keys(data.what), of: ["events", "fatalities"], where: Object.keys(data.where), by: Object.keys(SPAN), against: Object.keys(data.against), draw: Object.keys(data.draw) }[name];
}
/** Return a state that can be answered, as near to one asked for as can be. */
function mend(asked, fallback) {
  const state = { ...fallback, ...asked };
  for (const name of NAMES.slice(0, 8)) if (!options(state, name).includes(state[name])) state[name] = fallback[name];
  if (!data.draw[state.draw]) state.draw = fallback.draw;
  if (refused(state, "what", state.what)) state.what = fallback.what;
  for (const name of ["of", "where"]) {
    state[name] = [state[name], ...options(state, name)].find((one) => !refused(state, name, one));
  }
  // Months beyond the table move to its nearest end.
  const alone = () => ({ ...state, against: "nothing" });
  const [low, high] = covered(alone());
  const length = Math.max(index(state.last) - index(state.first), 0);
  const last = clip(Math.max(index(state.last), index(state.first)), low, high);
  state.last = month(last);
  state.first = month(clip(index(state.first) > high ? high - length : index(state.first), low, last));
  state.against = [state.against, ...options(state, "against")].find((one) => !refused(alone(), "against", one));
  const asks = pair(state) || state.against === "months";
  const given = asks ? options(state, "other") : [""];
  const serves = (option) => given.includes(option) && !refused({ ...state, other: option }, "other", option);
  state.other = asks ? [state.other, ...given].find(serves) : "";
  return state.other === undefined ? { ...state, against: "nothing", other: "" } : state;
}
