/* The rules of helpers.words.judgement. */

const small = (a, b) => Math.min(a, b) < data.small || Math.max(a, b) < 2 * data.small;
function judged(a, b, [low, high]) {
  if (small(a, b)) return "few";
  if (low > 1) return "rise";
  if (high < 1) return "fall";
  return low >= 0.8 && high <= 1.25 ? "level" : "unclear";
}
function howMoved(kind, now, before, feminine) {
  const ratio = rounded(now / before, 3);
  let verb = kind;
  if (kind === "rise" || kind === "fall") {
    if (ratio >= 0.45 && ratio <= 0.55) verb = "halved";
    else if (ratio < 1) verb = "fell";
    else if (ratio < 1.9) verb = "rose";
    else verb = ratio <= 2.1 ? "doubled" : ratio < 2.9 ? "more" : ratio <= 3.1 ? "tripled" : "times";
  }
  const percent = number((ratio < 1 ? 1 - ratio : ratio - 1) * 100);
  return fill(data.moves[verb][two], { now: spelled(now, feminine), before: spelled(before, feminine), percent, ratio: number(ratio, 1) });
}

/** Tell whether months like these might rank two regions in another order, or are too few for one. */
function unsettled(state, one, other) {
  const [now, a, b] = [windowOf(state), one.counts[0], other.counts[0]];
  if (a < data.small) return true;
  const found = [one, other].map(({ key: region }) => varying(series(state.what, region, state.of), [now]));
  const [low, high] = interval(a, b, now[1] - now[0] + 1, found);
  return low <= 1 && high >= 1;
}

/** Name the regions where the count clearly rose or fell, between the months that the sentence before compares. */
function clearly(state, rows) {
  const [now, base] = ordered(state);
  if (!base) return "";
  const kinds = { rise: [], fall: [] };
  for (const { key: region, name } of rows) {
    const one = series(state.what, region, state.of);
    const [a, b] = [now, base].map((months) => over(one, months));
    if (small(a, b)) continue;
    const found = varying(one, [now, base]);
    kinds[judged(a, b, interval(a, b, now[1] - now[0] + 1, [found, found]))]?.push(name);
  }
  const told = Object.keys(kinds).filter((kind) => kinds[kind].length);
  const said = told.map((kind) => fill(data.words[`${kind}s`][two], { regions: joining.format(kinds[kind]) }));
  return said.length ? ` ${upper(listed(said))}.` : "";
}

/** Return the counts that `leaders` tells: the highest, and the next where one region alone has it. */
function leading(rows) {
  const some = rows.map(({ counts }) => counts[0]).filter(Boolean);
  return some.slice(0, some[0] === some[1] ? 1 : 2);
}

/** Say which regions have most, those with as many together; nothing of those that have none. */
function leaders(state, rows) {
  const some = rows.filter((row) => row.counts[0]);
  const level = (from) => some.slice(from).filter((row) => row.counts[0] === some[from].counts[0]);
  const [first, second] = [level(0), level(level(0).length)];
  const told = (group) => fill(data.words[group.length > 1 ? "ranks" : "rank"][two], { regions: joining.format(group.map(({ name }) => name)), a: spelled(group[0].counts[0]) });
  const turned = ordered(state)[0][0] !== windowOf(state)[0]; // the sentence before names other months first
  const given = { when: turned ? ` ${when(windowOf(state), 1)}` : "", first: told(first) };
  if (!second.length) return `${fill(data.words[some.length < rows.length ? "most-alone" : "most-tied"][two], given)}.`;
  if (first.length > 1) return `${fill(data.words["most-tied"][two], given)}.`; // as many each: no order to doubt
  given.second = told(second);
  return `${fill(data.words.most[two], given)}${unsettled(state, first[0], second[0]) ? data.words.open[two] : ""}.`;
}
