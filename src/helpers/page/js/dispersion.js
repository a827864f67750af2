/* How counts vary and the interval of a change: `dispersion_of`, `_fit` and `_movement` of helpers.estimates.dispersion, and
   helpers.estimates.intervals, which a test holds this copy against. */

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
