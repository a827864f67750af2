/* Ask it yourself: answers a state of the choices from counts by month. Words and counts come from Python; so does the
   formula of the interval (helpers/estimates/dispersion.py, intervals.py), which a test holds this copy against. */
(() => {
  "use strict";

  const tag = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const two = document.documentElement.lang === "fr" ? 1 : 0;
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  const upper = (text) => text[0].toUpperCase() + text.slice(1);
  let data;

  // ---- numbers as helpers.prose and helpers.french write them ----------------------------------------

  function rounded(value, digits) {
    const size = Math.abs(value);
    const whole = size < 1e-6 ? 0 : Math.round(Number(`${size}e${digits}`));
    return (Math.sign(value) * whole) / 10 ** digits;
  }
  const shapes = [0, 1].map((digits) => new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  function number(value, digits = 0) {
    const near = rounded(value, digits);
    const text = shapes[digits].format(Math.abs(near));
    return (near < 0 ? "−" : "") + (two ? text.replaceAll(",", "\u202f").replace(".", ",") : text);
  }
  const spelled = (count) => (count < 10 ? data.nones[count][two] : number(count));
  function signed(ratio) {
    if (ratio > data.widest) return `${two ? "plus de" : "over"} +${number((data.widest - 1) * 100)}`;
    const text = number((ratio - 1) * 100);
    return text.startsWith("−") || text === "0" ? text : `+${text}`;
  }

  // ---- months and windows: numbers since year 0 ------------------------------------------------------

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
    return two && how === 1 ? text.replace(/^de (?=[aeo])/, "d’") : text;
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

  // ---- counts ----------------------------------------------------------------------------------------

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

  // ---- functions of mathematics ----------------------------------------------------------------------

  const LANCZOS = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  function lnGamma(x) {
    if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
    const t = x + 6.5;
    const series = LANCZOS.reduce((total, c, i) => total + (i ? c / (x - 1 + i) : c), 0);
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
  }
  /** The regularised incomplete beta function, by its continued fraction (Lentz). */
  function beta(x, a, b) {
    if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
    if (x > (a + 1) / (a + b + 2)) return 1 - beta(1 - x, b, a);
    const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
    const safe = (value) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
    let [c, d] = [1, 1 / safe(1 - ((a + b) * x) / (a + 1))];
    let found = d;
    for (let m = 1; m < 20000; m += 1) {
      for (const step of [
        (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
        (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
      ]) {
        d = 1 / safe(1 + step * d);
        c = safe(1 + step / c);
        found *= d * c;
      }
      if (Math.abs(d * c - 1) < 1e-15) break;
    }
    return front * found;
  }
  function betaInverse(p, a, b) {
    let [low, high] = [0, 1];
    for (let i = 0; i < 200 && high - low > 1e-17; i += 1) {
      const middle = (low + high) / 2;
      if (beta(middle, a, b) < p) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }
  /** Twice the normal law's tail beyond x. */
  function tails(x) {
    let [term, total] = [x, x];
    for (let n = 1; n < 500; n += 1) total += term *= (x * x) / (2 * n + 1);
    return 1 - total * Math.exp((-x * x) / 2) * Math.sqrt(2 / Math.PI);
  }

  /** Solve a small system, or invert its matrix (Gauss with pivots); columns of `right` stand side by side. */
  function solve(matrix, right) {
    const rows = matrix.map((row, i) => [...row, ...right[i]]);
    const n = rows.length;
    for (let i = 0; i < n; i += 1) {
      let best = i;
      for (let j = i; j < n; j += 1) if (Math.abs(rows[j][i]) > Math.abs(rows[best][i])) best = j;
      [rows[i], rows[best]] = [rows[best], rows[i]];
      rows[i] = rows[i].map((value) => value / rows[i][i]);
      for (let j = 0; j < n; j += 1) {
        if (j !== i) rows[j] = rows[j].map((value, k) => value - rows[j][i] * rows[i][k]);
      }
    }
    return rows.map((row) => row.slice(n));
  }

  // ---- dispersion_of, _fit and _movement of helpers.estimates.dispersion ------------------------------

  const clip = (value, low, high) => Math.min(Math.max(value, low), high);
  const CHANCE = { alpha: 0, carry: 0, df: Infinity };

  function normal(design, weights) {
    return design[0].map((_, j) => design[0].map((_, k) => sum(design.map((row, i) => row[j] * weights[i] * row[k]))));
  }
  function fit(y, design) {
    const times = (values) => design[0].map((_, j) => [sum(design.map((row, i) => row[j] * values[i]))]);
    const means = (found) => design.map((row) => Math.exp(clip(sum(row.map((x, j) => x * found[j])), -15, 15)));
    let found = solve(normal(design, y.map(() => 1)), times(y.map((value) => Math.log(value + 0.5)))).flat();
    for (let round = 0; round < 50; round += 1) {
      const here = means(found);
      const matrix = normal(design, here).map((row, j) => row.map((value, k) => value + (j === k ? 1e-9 : 0)));
      const step = solve(matrix, times(y.map((value, i) => value - here[i]))).flat();
      found = found.map((value, j) => value + clip(step[j], -2, 2));
      if (Math.max(...step.map(Math.abs)) < 1e-9) break;
    }
    return means(found);
  }

  function dispersion(counts, level) {
    const held = {};
    counts.forEach((count, i) => (held[level[i]] = (held[level[i]] ?? 0) + count));
    const some = counts.map((_, i) => i).filter((i) => held[level[i]] > 0);
    const levels = [...new Set(some.map((i) => level[i]))].sort();
    const y = some.map((i) => counts[i]);
    const centre = sum(some) / 12 / some.length;
    const design = some.map((i) => [...levels.map((one) => (level[i] === one ? 1 : 0)), i / 12 - centre]);
    // The columns are independent where some level has two months; else there are no more months than columns.
    if (!some.length || y.length <= levels.length + 1) return CHANCE;
    const means = fit(y, design);
    const [alpha, carry] = movement(y, means, design);
    const df = y.length - levels.length - 1;
    return { alpha, carry, df: Math.max((df * (1 - carry)) / (1 + carry), 2) };
  }

  function movement(y, means, design) {
    const n = y.length;
    const inverse = solve(normal(design, means), design[0].map((_, j) => design[0].map((_, k) => (j === k ? 1 : 0))));
    const half = design.map((row) => inverse[0].map((_, k) => sum(row.map((x, j) => x * inverse[j][k]))));
    const left = design.map((_, i) =>
      Float64Array.from(design, (other, k) => ((i === k ? 1 : 0) - means[i] * sum(half[i].map((x, j) => x * other[j]))) * means[k]),
    );
    // Sums over the months of the products of a month's row with itself and with the row before, by distance, and of those of
    // the same month: of chance these only, of movement those with every month. A round weights them.
    const rows = Array.from({ length: n }, () => ({ own: 0, near: 0, whole: new Float64Array(n), neighbours: new Float64Array(n) }));
    rows.forEach((row, i) => {
      const [here, last] = [left[i], left[i - 1]];
      for (let j = 0; j < n; j += 1) {
        row.own += here[j] ** 2 / means[j];
        if (i) row.near += (here[j] * last[j]) / means[j];
        // Pairs of months stand twice, but for a month with itself.
        for (let k = j; k < n; k += 1) {
          row.whole[k - j] += (k === j ? 1 : 2) * here[j] * here[k];
          if (i) row.neighbours[k - j] += last[j] * here[k] + (k === j ? 0 : last[k] * here[j]);
        }
      }
    });
    const grid = Array.from({ length: 81 }, (_, i) => (0.8 * i) / 80);
    const along = (diagonals) => grid.map((carry) => diagonals.reduceRight((total, value) => total * carry + value, 0));
    let alpha = 0.1;
    let carry = 0;
    for (let round = 0; round < 50; round += 1) {
      const scale = means.map((mean) => Math.sqrt(mean + alpha * mean * mean));
      const residual = y.map((value, i) => (value - means[i]) / scale[i]);
      let [squares, beside] = [0, 0];
      const [whole, neighbours] = [new Float64Array(n), new Float64Array(n)];
      rows.forEach((row, i) => {
        const [own, near] = [1 / scale[i] ** 2, i ? 1 / (scale[i] * scale[i - 1]) : 0];
        squares += residual[i] ** 2 - own * row.own;
        if (i) beside += residual[i] * residual[i - 1] - near * row.near;
        for (let lag = 0; lag < n; lag += 1) {
          whole[lag] += own * row.whole[lag];
          neighbours[lag] += near * row.neighbours[lag];
        }
      });
      if (squares <= 0) return [0, 0];
      const wholes = along(whole);
      const ratios = along(neighbours).map((value, i) => value / wholes[i]);
      carry = between(beside / squares, ratios, grid);
      const before = alpha;
      alpha = squares / between(carry, grid, wholes);
      if (Math.abs(alpha - before) < 1e-9) break;
    }
    return [alpha, carry];
  }
  /** Linear interpolation, flat beyond the ends. */
  function between(x, xs, ys) {
    if (x <= xs[0]) return ys[0];
    const i = xs.findIndex((value) => value > x);
    return i < 0 ? ys.at(-1) : ys[i - 1] + ((ys[i] - ys[i - 1]) / (xs[i] - xs[i - 1])) * (x - xs[i - 1]);
  }

  function inflation({ alpha, carry }, count, months) {
    let together = 1;
    for (let lag = 1; lag < months; lag += 1) together += 2 * (1 - lag / months) * carry ** lag;
    return 1 + ((alpha * count) / months) * together;
  }

  /** Return the interval of the ratio of two counts whose months vary as found: intervals.interval and intervals.beside. */
  function interval(now, before, months, found) {
    const wide = [inflation(found[0], now, months), inflation(found[1], before, months)];
    const [a, b] = [now / wide[0], before / wide[1]];
    const tail = Math.min(
      ...found.map(({ alpha, df }) => {
        const x = alpha ? betaInverse(0.05, df / 2, 0.5) : 0;
        return alpha ? tails(Math.sqrt((df * (1 - x)) / x)) / 2 : 0.025;
      }),
    );
    const low = a ? betaInverse(tail, a, b + 1) : 0;
    // From the other end: near one there are too few digits.
    const high = b ? betaInverse(tail, b, a + 1) : 0;
    const scale = wide[0] / wide[1];
    return [(low / (1 - low)) * scale, ((1 - high) / high) * scale];
  }

  /** Return how the five years up to the end of the latest window vary around a trend and the windows' own levels. */
  function varying(one, windows) {
    const last = Math.max(...windows.map(([, end]) => end));
    const months = Array.from({ length: 60 }, (_, i) => last - 59 + i);
    const level = months.map((m) => windows.reduce((found, [a, b], i) => (m >= a && m <= b ? i + 1 : found), 0));
    return dispersion(months.map((m) => at(one, m)), level);
  }

  // ---- the rules of helpers.words.judgement ----------------------------------------------------------

  const small = (a, b) => Math.min(a, b) < data.small || Math.max(a, b) < 2 * data.small;
  function judged(a, b, [low, high]) {
    if (small(a, b)) return "few";
    if (low > 1) return "rise";
    if (high < 1) return "fall";
    return low >= 0.8 && high <= 1.25 ? "level" : "unclear";
  }
  function moved(kind, now, before) {
    const ratio = rounded(now / before, 3);
    let verb = kind;
    if (kind === "rise" || kind === "fall") {
      if (ratio >= 0.45 && ratio <= 0.55) verb = "halved";
      else if (ratio < 1) verb = "fell";
      else if (ratio < 1.9) verb = "rose";
      else verb = ratio <= 2.1 ? "doubled" : ratio < 2.9 ? "more" : ratio <= 3.1 ? "tripled" : "times";
    }
    const percent = number((ratio < 1 ? 1 - ratio : ratio - 1) * 100);
    return fill(data.moves[verb][two], { now: spelled(now), before: spelled(before), percent, ratio: number(ratio, 1) });
  }

  // ---- a state and its answer (helpers.story.explore) ------------------------------------------------

  const NAMES = ["what", "of", "where", "by", "first", "last", "against", "other", "draw"];
  const ORDER = ["what", "where", "of", "by", "first", "last", "against", "other", "draw"]; // of the menus
  const address = (state) => `#explore?${NAMES.map((name) => `${name}=${state[name]}`).join("&")}`;
  const pair = (state) => state.against === "place" || state.against === "group";
  const windowOf = (state) => [index(state.first), index(state.last)];
  function baseOf(state) {
    const [first, last] = windowOf(state);
    const shift = { before: last - first + 1, year: 12, months: state.other ? first - index(state.other) : 0 }[state.against];
    return shift === undefined ? null : [first - shift, last - shift];
  }
  const phrase = (what, where, of) => `${data.what[what].noun[of === "events" ? 0 : 1][two]} ${data.where[where].where[two]}`;
  const sides = (state) => [
    [state.what, state.where],
    ...(pair(state) ? [state.against === "place" ? [state.what, state.other] : [state.other, state.where]] : []),
  ];

  function lie(one, other) {
    const [a, b] = [data.where[one], data.where[other]];
    if (a.bands.length && b.bands.length) return a.bands.length < b.bands.length ? "part" : "whole";
    if (one === "mali" || other === "mali") return other === "mali" ? "part" : "whole";
    if (!a.regions || !b.regions) return "overlap";
    const common = a.regions.filter((region) => b.regions.includes(region)).length;
    if (!common) return "apart";
    return common === a.regions.length ? "part" : common === b.regions.length ? "whole" : "overlap";
  }

  function said(state) {
    const words = data.words;
    const text = (name, given) => upper(fill(words[name][two], given));
    const here = series(state.what, state.where, state.of);
    const now = windowOf(state);
    const a = over(here, now);
    const given = { subject: phrase(state.what, state.where, state.of), a: spelled(a), during: when(now, 1) };
    const few = (...counts) => (Math.min(...counts) > 0 && Math.min(...counts) < data.small ? [words.small[two]] : []);
    const base = baseOf(state);
    if (base) {
      const before = over(here, base);
      const months = now[1] - now[0] + 1;
      const found = before ? varying(here, [now, base]) : null;
      const ends = found ? interval(a, before, months, [found, found]) : [0, Infinity];
      const kind = judged(a, before, ends);
      Object.assign(given, { moved: moved(kind, a, before), base: when(base, 0), low: signed(ends[0]), high: signed(ends[1]) });
      return { title: text(kind === "few" ? "few" : "change", given), caveats: few(a, before), interval: kind === "few" ? null : ends };
    }
    if (!pair(state)) return { title: text("alone", given), caveats: few(a), interval: null };
    const [, [what, where]] = sides(state);
    const there = series(what, where, state.of);
    const b = over(there, now);
    Object.assign(given, { other: phrase(what, where, state.of), b: spelled(b) });
    const how = state.against === "place" ? lie(state.where, where) : (data.shares[state.what][what] ?? "overlap");
    if (how === "overlap") return { title: text("beside", given), caveats: [words.overlap[two], ...few(a, b)], interval: null };
    if (small(a, b)) return { title: text("beside", given), caveats: few(a, b), interval: null };
    if (how !== "apart") {
      given.percent = number((how === "part" ? a / b : b / a) * 100);
      return { title: text(how, given), caveats: few(a, b), interval: null };
    }
    const ends = interval(a, b, now[1] - now[0] + 1, [varying(here, [now]), varying(there, [now])]);
    Object.assign(given, { ratio: number(a / b, 1), low: number(ends[0], 1), high: number(ends[1], 1) });
    return { title: text(judged(a, b, ends), given), caveats: [words.apart[two], ...few(a, b)], interval: ends };
  }

  function extent(state) {
    const tables = sides(state).map(([what]) => data.what[what]);
    const [first, end] = [Math.max(...tables.map((one) => index(one.first))), Math.min(...tables.map((one) => index(one.end)))];
    const windows = [windowOf(state), baseOf(state)].filter(Boolean);
    const [early, late] = [Math.min(...windows.map(([a]) => a)), Math.max(...windows.map(([, b]) => b))];
    if (state.draw === "only") return [early, late];
    return [state.draw === "near" ? Math.max(first, (Math.floor(early / 12) - data.context) * 12) : first, end];
  }

  function periods(state) {
    const [first, last] = extent(state);
    const all = sides(state).map(([what, where]) => series(what, where, state.of));
    const windows = [windowOf(state), baseOf(state)];
    const { fresh } = data.what[state.what];
    const rows = [];
    for (let m = first; m <= last; m += 1) {
      const name = key(m, state.by);
      if (rows.at(-1)?.key !== name) rows.push({ key: name, name: tick(m, state.by), months: 0, counts: pair(state) ? [0, 0] : [0, 0, 0], last: 0 });
      const row = rows.at(-1);
      row.months += 1;
      row.last = (Math.floor(m / SPAN[state.by]) + 1) * SPAN[state.by] - 1;
      if (pair(state)) all.forEach((one, i) => (row.counts[i] += at(one, m)));
      else {
        const inside = windows.findIndex((one) => one && m >= one[0] && m <= one[1]);
        row.counts[inside < 0 ? 2 : inside] += at(all[0], m);
      }
    }
    return rows.map((row) => ({ ...row, part: row.months < SPAN[state.by], fresh: Boolean(fresh) && row.last >= index(fresh) }));
  }

  function code(state) {
    const deaths = state.of === "fatalities" && data.what[state.what].group !== "ucdp" ? ".deaths" : "";
    const made = ([what, where]) => data.what[what].code + data.where[where].code + deaths;
    const span = ([a, b]) => `window("${month(a)}", "${month(b)}")`;
    const [here, other] = sides(state).map(made);
    const [now, base] = [span(windowOf(state)), baseOf(state)];
    const last = base ? `compare(${now}, ${span(base)})` : other ? `beside(there, ${now})` : `over(${now})`;
    return [
      "from helpers.editions import Report", "from helpers.measures import catalogue as c", "from helpers.windows import window", "",
      `report = Report("${data.edition}")`, `here = ${here}`,
      ...(other ? [`there = ${other}`] : []), `here.${last}`, `here.by("${state.by}", ${span(extent(state))})`,
    ].join("\n"); // prettier-ignore
  }

  function answer(state) {
    const { title, caveats, interval: ends } = said(state);
    const rows = periods(state);
    const total = (row) => (pair(state) ? row.counts[0] : sum(row.counts));
    const top = rows.reduce((best, row) => (total(row) > total(best) ? row : best));
    const [here, other] = sides(state).map(([what, where]) => phrase(what, where, state.of));
    const period = data.periods[state.by][two];
    const given = { subject: here, other, period, first: rows[0].name, last: rows.at(-1).name, peak: top.name, most: number(total(top)) };
    let subtitle = fill(data.words[other ? "pair" : "what"][two], given);
    if (rows.some((row) => row.part)) subtitle += fill(data.words[other ? "left-out" : "hollow"][two], given);
    const pale = rows.find((row) => row.fresh);
    if (pale && !other) subtitle += fill(data.words.fresh[two], { since: pale.name });
    const { fresh } = data.what[state.what];
    if (fresh && state.last >= fresh) caveats.push(fill(data.words.provisional[two], { since: named(index(fresh)) }));
    const [start, end] = extent(state);
    const crossed = ({ seam }) => seam && start < index(seam) && index(seam) <= end;
    if (sides(state).some(([what]) => crossed(data.what[what]))) caveats.push(data.words.seam[two]);
    const sources = [...new Set(sides(state).map(([what]) => data.what[what].source))];
    return {
      title, subtitle: upper(subtitle), alt: fill(data.words.alt[two], given), caveat: caveats.join(" "), interval: ends, rows,
      code: code(state), source: sources.join(" "),
    }; // prettier-ignore
  }

  // ---- what this edition can serve -------------------------------------------------------------------

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

  // ---- the page --------------------------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";
  function shape(name, attributes, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }
  const wrapped = (text, length) => text.match(new RegExp(`.{1,${length}}(?:\\s+|$)`, "g")).map((line) => line.trim());

  /** Fill the template of a chart, whose words and data are those of an answer. */
  function specification(state, found) {
    const lines = pair(state);
    const spec = structuredClone(data.templates[lines ? "lines" : "columns"]);
    const { colour, unit } = data.what[state.what];
    const counted = unit[state.of === "events" ? 0 : 1][two];
    const period = upper(data.periods[state.by][two]);
    const [ink, grey] = data.inks;
    const base = baseOf(state);
    const labels = lines
      ? sides(state).map(([what, where]) => upper(phrase(what, where, state.of)))
      : [when(windowOf(state), 2), ...(base ? [when(base, 2)] : []), data.words.rest[two]];
    const colours = lines ? [colour, ink] : [colour, ...(base ? [ink] : []), grey];
    const rows = found.rows.flatMap(({ key, name, part, fresh, counts }) => {
      const shown = lines || base ? counts : [counts[0], counts[2]];
      const some = shown.map((value, i) => ({ key, name, part, fresh, kind: labels[i], value })).filter(({ value }) => value || lines);
      return some.length ? some : [{ key, name, part, fresh, kind: labels.at(-1), value: 0 }];
    });
    const years = found.rows.map(({ key }) => key).filter((key) => key.length === 4 || /(-01|Q1|H1)$/.test(key));
    const walk = (node) => {
      if (!node || typeof node !== "object") return;
      if (node.field === "key" && node.axis) node.axis.values = years;
      if (node.scale?.domain?.[0] === "now") Object.assign(node.scale, { domain: labels, range: colours });
      if (node.title === "unit") node.title = counted;
      if (node.title === "period") node.title = period;
      Object.values(node).forEach(walk);
    };
    walk({ ...spec, datasets: null, config: null });
    for (const name of Object.keys(spec.datasets)) spec.datasets[name] = rows;
    spec.title = { ...spec.title, text: wrapped(found.title, 76), subtitle: wrapped(found.subtitle, 96) };
    if (two) spec.config.locale = data.locale;
    const { title, subtitle, alt, source, caveat } = found;
    const table = {
      columns: [period, ...(lines ? labels : [counted])],
      rows: found.rows.map(({ name, counts }) => [name, ...(lines ? counts : [sum(counts)])]),
    };
    spec.usermeta = { mali: { id: "explore", title, subtitle, alt, source, caveat, table } };
    return spec;
  }

  function tableOf({ title, table }, region) {
    const row = (cells, head) =>
      tag("tr", {}, ...cells.map((cell, i) => tag(head || !i ? "th" : "td", { scope: head ? "col" : "row", ...(i && { className: "mali-num" }) }, typeof cell === "number" ? number(cell) : cell)));
    const label = `${["Data: ", "Données\u202f: "][two]}${title}`;
    region.setAttribute("aria-label", label);
    const body = tag("tbody", {}, ...table.rows.map((cells) => row(cells, false)));
    for (const cell of body.querySelectorAll("td")) cell.removeAttribute("scope");
    region.replaceChildren(tag("table", { className: "mali-table" }, tag("caption", {}, label), tag("thead", {}, row(table.columns, true)), body));
  }

  /** Let the page's figure show an answer, with all that is written around it. */
  function show(figure, state, found) {
    const spec = specification(state, found);
    const old = figure.told ?? { title: figure.querySelector(".mali-figure__finding").textContent, source: figure.querySelector(".mali-figure__source").textContent.replace(/^Source\s?: /, "") };
    figure.querySelector(".mali-figure__finding").textContent = found.title;
    figure.querySelector(".mali-figure__subtitle").textContent = found.subtitle;
    figure.querySelector(".headerlink").href = address(state);
    const source = figure.querySelector(".mali-figure__source");
    source.replaceChildren(source.firstElementChild, " ", tag("span", { lang: "en" }, found.source));
    figure.querySelector(".mali-figure__caveat")?.remove();
    if (found.caveat) source.before(tag("p", { className: "mali-figure__caveat" }, found.caveat));
    tableOf(spec.usermeta.mali, figure.querySelector(".mali-table-wrap"));
    figure.querySelector(".mali-figure__data .mali-table__note")?.remove();
    const citation = figure.querySelector(".mali-figure__citation");
    figure.cited ??= citation.textContent;
    const cut = (text) => text.replace(/[.]$/, "");
    figure.first ??= old;
    citation.textContent = figure.cited
      .replace(cut(figure.first.title), () => cut(found.title))
      .replace(cut(figure.first.source), () => cut(found.source))
      .replace(/#fig-explore(, sha256:\w+)?/, () => address(state));
    for (const button of figure.querySelectorAll(".mali-figure__downloads [aria-label]")) {
      button.setAttribute("aria-label", button.getAttribute("aria-label").replace(old.title, () => found.title));
      // The file beside the pages holds the first question's answer.
      if (button.localName === "a") button.hidden = true;
    }
    figure.dataset.interval = found.interval ? found.interval.join(" ") : "";
    figure.told = { title: found.title, source: found.source };
    // The sentence is on the screen first.
    requestAnimationFrame(() => setTimeout(() => globalThis.mali.redraw(figure, spec)));
  }

  function mapped(choose) {
    const { size, regions, bamako, km } = data.map;
    const shapes = Object.entries(regions).map(([name, d]) => {
      const path = shape("path", { d, "data-region": name }, shape("title", {}, data.where[name].label[two]));
      path.addEventListener("click", () => choose({ where: name }));
      return path;
    });
    const ring = shape("circle", { cx: bamako[0], cy: bamako[1], r: 0, class: "ring" });
    const svg = shape("svg", { viewBox: `-2 -2 ${size[0] + 4} ${size[1] + 4}`, role: "img", class: "mali-explore__map" }, ...shapes, ring);
    svg.show = (state) => {
      const chosen = [state.where, ...(state.against === "place" ? [state.other] : [])];
      const inside = (name, place) => data.where[place]?.regions?.includes(name);
      for (const path of shapes) {
        path.setAttribute("class", chosen.map((place, i) => (inside(path.dataset.region, place) ? ["here", "there"][i] : "")).find(Boolean) ?? "");
      }
      const reach = chosen.map((place) => (place.endsWith("km") ? parseInt(place, 10) : 0)).find(Boolean) ?? 0;
      ring.setAttribute("r", reach * km);
      svg.setAttribute("aria-label", fill(data.controls.map[two], { place: chosen.map((place) => data.where[place].label[two]).join(", ") }));
    };
    return svg;
  }

  /** Return a menu whose options stay, disabled where they are not to be had. */
  function menu(name, choose) {
    const select = tag("select", { name });
    const label = tag("label", {}, tag("span", {}, data.controls[name][two]), select);
    select.addEventListener("change", () => choose({ [name]: select.value }));
    let built = "";
    const groups = { what: ["what", "groups"], where: ["where", "controls"] };
    const text = (kind, option) => {
      if (kind === "first" || kind === "last" || kind === "months") return `${data.short[two][index(option) % 12]} ${option.slice(0, 4)}`;
      if (kind === "what" || kind === "where") return data[kind][option].label[two];
      return { of: data.controls, by: data.periods, against: data.against, draw: data.draw }[kind][option][two];
    };
    label.show = (state) => {
      const kind = name === "other" ? { place: "where", group: "what" }[state.against] ?? state.against : name;
      label.hidden = name === "other" && !(pair(state) || state.against === "months");
      if (label.hidden) return new Set();
      if (built !== kind) {
        built = kind;
        const parts = new Map();
        for (const option of options(state, name)) {
          const [from, words] = groups[kind] ?? [];
          const head = from ? data[words][data[from][option].group][two] : /^\d{4}-/.test(option) ? option.slice(0, 4) : "";
          if (!parts.has(head)) parts.set(head, []);
          parts.get(head).push(tag("option", { value: option }, text(kind, option)));
        }
        select.replaceChildren(...[...parts].flatMap(([head, list]) => (head ? [tag("optgroup", { label: head }, ...list)] : list)));
      }
      const reasons = new Set();
      for (const option of select.options) {
        const why = refused(state, name, option.value);
        if (option.disabled !== Boolean(why)) option.disabled = Boolean(why);
        if (data.why[why]) reasons.add(why);
      }
      select.value = state[name];
      return reasons;
    };
    return label;
  }

  function build(place, figure) {
    const { controls, why, questions } = data;
    const fallback = questions[0].state;
    let state = fallback;
    const menus = Object.fromEntries(ORDER.map((name) => [name, menu(name, choose)]));
    const status = tag("p", { className: "mali-explore__status" });
    const note = tag("p", { className: "mali-explore__why" });
    status.setAttribute("role", "status");
    const links = questions.map(({ text, state: asked }) => tag("a", { href: address(asked) }, text[two]));
    const list = tag("ol", { className: "mali-explore__questions" }, ...links.map((link) => tag("li", {}, link)));
    const map = mapped(choose);
    const lines = tag("pre", { tabIndex: 0 });
    lines.setAttribute("role", "region");
    lines.setAttribute("aria-label", controls.code[two]);
    const copy = tag("button", { type: "button" }, controls.copy[two]);
    const link = tag("a", {}, controls.link[two]);
    copy.addEventListener("click", () => navigator.clipboard?.writeText(lines.textContent).catch(() => getSelection().selectAllChildren(lines)));
    const form = tag("fieldset", {}, tag("legend", {}, controls.ask[two]), ...Object.values(menus));
    const ask = tag("div", { className: "mali-explore__ask" }, form, tag("div", {}, map, tag("p", {}, controls.touch[two])));
    place.append(
      tag("p", { className: "mali-explore__head" }, controls.questions[two]),
      list,
      ask,
      note,
      status,
    );
    figure.after(tag("div", { className: "mali-explore__code" }, tag("p", { className: "mali-explore__head" }, controls.code[two]), lines, copy, " ", link));

    /** Return the names of the choices that are not as asked for. */
    const differing = (asked) => Object.keys(asked).filter((name) => state[name] !== asked[name]).map((name) => controls[name][two]);
    function draw(mended) {
      const reasons = new Set(NAMES.flatMap((name) => [...menus[name].show(state)].filter((one) => one !== "overlap")));
      const { first, end } = data.what[state.what];
      const words = { first: named(index(first)), end: named(index(end)) };
      const told = [...reasons].map((one) => fill(why[one][two], words));
      note.textContent = told.length ? `${controls.why[two]} ${told.join("; ").replaceAll(";", two ? "\u202f;" : ";")}.` : "";
      map.show(state);
      const found = answer(state);
      show(figure, state, found);
      lines.textContent = found.code;
      link.href = address(state);
      status.replaceChildren(mended.length ? fill(controls.mended[two], { choices: mended.join(", ") }) : "", tag("span", {}, ` ${found.title}`));
      for (const one of links) {
        if (one.getAttribute("href") === address(state)) one.setAttribute("aria-current", "true");
        else one.removeAttribute("aria-current");
      }
    }
    function choose(change) {
      const asked = { ...state, ...change };
      if (change.against) asked.other = "";
      if (change.first > asked.last) asked.last = change.first;
      if (change.last < asked.first) asked.first = change.last;
      state = mend(asked, fallback);
      history.replaceState(null, "", address(state));
      const { other, ...rest } = asked;
      draw(differing(rest));
    }
    function arrive() {
      const [anchor, query] = location.hash.slice(1).split("?");
      if (anchor !== "explore" || !query) return;
      const asked = Object.fromEntries([...new URLSearchParams(query)].filter(([name]) => NAMES.includes(name)));
      state = mend(asked, fallback);
      draw(differing(asked));
      (innerWidth < 600 ? figure : ask).scrollIntoView();
    }
    for (const name of NAMES) menus[name].show(state);
    draw([]);
    arrive();
    window.addEventListener("hashchange", arrive);
  }

  globalThis.mali = Object.assign(globalThis.mali ?? {}, {
    async explore(given) {
      data = typeof given === "string" ? await globalThis.maliInflate(given) : given;
      await globalThis.maliWhole; // mali-page.js unpacks what the page keeps compressed
      build(document.querySelector(".mali-explore"), document.getElementById("fig-explore"));
    },
  });
})();
