/* Months and windows (numbers since year 0), and the counts in them. */

const index = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const month = (at) => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
const named = (at) => `${data.months[two][at % 12]} ${Math.floor(at / 12)}`;

/** Name a window: 0 its name, 1 the adverb, 2 its months (helpers.words.names). */
function when([first, last], how) {
  const [n, m, year] = [last - first + 1, first % 12, Math.floor(first / 12)];
  const same = year === Math.floor(last / 12);
  let kind = same ? "within" : "span";
  if (n === 12) kind = m ? "twelve" : "year";
  else if (n === 1) kind = "month";
  else if (n === 6 && m % 6 === 0) kind = `half${m / 6 + 1}`;
  else if (n === 3 && m % 3 === 0) kind = `quarter${m / 3 + 1}`;
  const words = { first: named(first), last: named(last), year, m1: data.months[two][m], m2: data.months[two][last % 12] };
  const text = fill(data.when[kind][how][two], words);
  return two && how < 2 ? text.replace(/(^|période )de (?=[aeo])/, "$1d’") : text;
}

const SPAN = { month: 1, quarter: 3, half: 6, year: 12 };
function key(at, by) {
  const [year, m] = [Math.floor(at / 12), at % 12];
  return { month: month(at), quarter: `${year}Q${Math.floor(m / 3) + 1}`, half: `${year}H${Math.floor(m / 6) + 1}`, year: String(year) }[by];
}
/** Name a period shortly, by any of its months. */
function tick(at, by) {
  const [year, begin] = [Math.floor(at / 12), Math.floor((at % 12) / SPAN[by]) * SPAN[by]];
  if (by === "year") return String(year);
  return by === "month" ? named(at) : `${data.short[two][begin]}-${data.short[two][begin + SPAN[by] - 1]} ${year}`;
}

const kept = new Map();
/** Return the monthly counts of a measure at a place, from its table's first month on. */
function series(what, where, of) {
  const name = [what, where, of].join();
  if (!kept.has(name)) {
    const { counts, first, end, reach } = data.what[what];
    const { regions, bands } = data.where[where];
    const found = new Float64Array(index(end) - index(first) + 1);
    for (const cell of reach === "country" ? ["mali"] : regions ?? bands) {
      (counts[cell]?.[of === "events" ? 0 : 1] ?? "").split(",").forEach((text, at) => (found[at] += Number(text)));
    }
    kept.set(name, { first: index(first), counts: found });
  }
  return kept.get(name);
}
const at = ({ first, counts }, m) => counts[m - first] ?? 0;
const over = (one, [first, last]) => {
  let total = 0;
  for (let m = first; m <= last; m += 1) total += at(one, m);
  return total;
};
