/* What this edition can serve. */

/** Return the first month of any table. */
const oldest = () => Math.min(...Object.values(data.what).map((one) => (one.missing ? Infinity : index(one.first))));
/** Return the months that every table of a state covers. */
function covered(state) {
  const tables = sides(state).map(([what]) => data.what[what]);
  return [Math.max(...tables.map((one) => index(one.first))), Math.min(...tables.map((one) => index(one.end)))];
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
  if (name === "by") {
    if (option !== "region") return "";
    if (sides(state).some(([what]) => data.what[what].reach === "country")) return "country";
    return sides(state).every(([, where]) => data.where[where].regions) ? "" : "circle";
  }
  if (name === "first" || name === "last") return index(option) < low || index(option) > high ? "months" : "";
  if (name === "against") {
    if (option === "before") return first - months < low ? "before" : "";
    if (option === "year") return months > 12 || first - 12 < low ? "year" : "";
    if (option === "months") return first - months < low && last + months > high ? "others" : "";
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
    if (!serves(option, state.where)) return one.reach === "country" ? "elsewhere" : "banded";
    return "";
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
    return Array.from({ length: end - oldest() + 1 }, (_, i) => month(end - i));
  }
  return { what: Object.keys(data.what), of: ["events", "fatalities"], where: Object.keys(data.where), by: Object.keys(data.periods), against: Object.keys(data.against), draw: Object.keys(data.draw) }[name];
}
/** Tell whether a choice has an option at all; months beyond the edition are moved, not unknown. */
const offered = (state, name, option) =>
  name === "first" || name === "last" ? /^\d{4}-(0[1-9]|1[0-2])$/.test(option) : options(state, name).includes(option);
/** Cut the months of a state to those that its tables cover; where they cover none, the nearest as many take their place. */
function shifted(state) {
  const [low, high] = covered(state);
  const [begin, end] = windowOf(state);
  const cut = [Math.max(begin, low), Math.min(end, high)];
  if (cut[0] <= cut[1]) return Object.assign(state, { first: month(cut[0]), last: month(cut[1]) });
  const length = Math.min(end - begin, high - low);
  const last = clip(end, low + length, high);
  return Object.assign(state, { first: month(last - length), last: month(last) });
}
/** Return what a state could be held against: the nearest to its own months first, and of those the same kind of count. */
function candidates(state) {
  const given = options(state, "other");
  const [first, last] = windowOf(state);
  if (state.against === "months") return [month(2 * first - last - 1), ...given];
  const far = (name) => Math.max(0, last - index(data.what[name].end ?? state.last), index(data.what[name].first ?? state.first) - first);
  const harder = (name) => Boolean(refused({ ...state, other: name }, "by", state.by));
  const unlike = (name) => Number(data.what[name].group !== data.what[state.what].group);
  const least = (one, other) => harder(one) - harder(other) || far(one) - far(other) || unlike(one) - unlike(other);
  return state.against === "group" ? [...given].sort(least) : given;
}
/** Return a state that can be answered, as near to one asked for as can be; `shown` is what it was last held against. */
function mend(asked, fallback, shown = "") {
  const state = { ...fallback, ...asked };
  for (const name of NAMES) if (name !== "other" && !offered(state, name, state[name])) state[name] = fallback[name];
  if (refused(state, "what", state.what)) state.what = fallback.what;
  for (const name of ["of", "where"]) {
    state[name] = [state[name], ...options(state, name)].find((one) => !refused(state, name, one));
  }
  if (state.last < state.first) [state.first, state.last] = [state.last, state.first];
  const alone = () => ({ ...state, against: "nothing" });
  const { first, last } = shifted(alone());
  Object.assign(state, { first, last });
  // Nobody asked for another comparison in its place.
  if (refused(alone(), "against", state.against)) state.against = "nothing";
  if (pair(state) || state.against === "months") {
    const given = options(state, "other");
    const served = (option) => given.includes(option) && !refused({ ...state, other: option }, "other", option);
    state.other = [state.other, shown, ...candidates(state)].find(served) ?? "";
    if (!state.other) state.against = "nothing";
    else if (pair(state)) shifted(state);
  } else state.other = "";
  if (refused(state, "by", state.by)) state.by = "quarter";
  return state;
}
