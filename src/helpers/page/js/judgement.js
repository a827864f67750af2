/* The rules of helpers.words.judgement. */

const small = (a, b) => Math.min(a, b) < data.small || Math.max(a, b) < 2 * data.small;
function judged(a, b, [low, high]) {
  if (small(a, b)) return "few";
  if (low > 1) return "rise";
  if (high < 1) return "fall";
  return low >= 0.8 && high <= 1.25 ? "level" : "unclear";
}
function howMoved(kind, now, before) {
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
