/* A state of the choices and its answer (helpers.story.explore). */

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
/** Return the months as a sentence tells them: the later against the earlier, whichever were chosen first. */
function ordered(state) {
  const [now, base] = [windowOf(state), baseOf(state)];
  return base && base[0] > now[0] ? [base, now] : [now, base];
}
const phrase = (what, where, of) => `${data.what[what].noun[of === "events" ? 0 : 1][two]} ${data.where[where].where[two]}`;
const feminine = (what, of) => data.what[what].feminine[of === "events" ? 0 : 1];
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

const LIES = { a: "apart", p: "part", w: "whole", o: "overlap" };
/** Return how the events of a pair lie to each other. */
function lies(state) {
  if (state.against === "place") return lie(state.where, state.other);
  return LIES[data.shares[state.what][state.other]?.[Object.keys(data.where).indexOf(state.where)]] ?? "overlap";
}
/** Tell whether an answer names the second of a pair first: nobody reads "0.3 times as many". */
function swapped(state) {
  const [a, b] = sides(state).map(([what, where]) => over(series(what, where, state.of), windowOf(state)));
  return lies(state) === "apart" && a < b;
}

function sentence(state) {
  const words = data.words;
  const text = (name, given) => upper(fill(words[name][two], given));
  const here = series(state.what, state.where, state.of);
  const [now, base] = ordered(state);
  const a = over(here, now);
  const gender = feminine(state.what, state.of), given = { subject: phrase(state.what, state.where, state.of), a: spelled(a, gender), during: when(now, 1) };
  const few = (...counts) => (Math.min(...counts) > 0 && Math.min(...counts) < data.small ? [words.small[two]] : []);
  if (base) {
    const before = over(here, base);
    const months = now[1] - now[0] + 1;
    const found = before ? varying(here, [now, base]) : null;
    const ends = found ? interval(a, before, months, [found, found]) : [0, Infinity];
    const kind = judged(a, before, ends);
    Object.assign(given, { moved: howMoved(kind, a, before, gender), before: spelled(before, gender), base: when(base, 0), then: when(base, 1), low: signed(ends[0], ends), high: signed(ends[1], ends) });
    return { title: text(kind !== "few" ? "change" : a || before ? "few" : "neither", given), caveats: few(a, before), interval: kind === "few" ? null : ends };
  }
  if (!pair(state)) return { title: text("alone", given), caveats: few(a), interval: null };
  return beside(state, now, text, few, given);
}

/** Say how two counts of the same months stand to each other. */
function beside(state, now, text, few, given) {
  const pairs = swapped(state) ? sides(state).reverse() : sides(state);
  const both = pairs.map(([what, where]) => series(what, where, state.of));
  const [a, b] = both.map((one) => over(one, now));
  const [subject, other] = pairs.map(([what, where]) => phrase(what, where, state.of));
  const [one, another] = pairs.map(([what]) => feminine(what, state.of));
  Object.assign(given, { subject, other, a: spelled(a, one), b: spelled(b, another) });
  const how = lies(state);
  const { overlap, apart } = data.words;
  if (how === "overlap") return { title: text("beside", given), caveats: [overlap[two], ...few(a, b)], interval: null };
  if (small(a, b)) return { title: text("beside", given), caveats: few(a, b), interval: null };
  if (how !== "apart") {
    given.percent = number((how === "part" ? a / b : b / a) * 100);
    return { title: text(how, given), caveats: few(a, b), interval: null };
  }
  const ends = interval(a, b, now[1] - now[0] + 1, both.map((one) => varying(one, [now])));
  const written = (value) => number(value, digitsOf(value, ...ends));
  Object.assign(given, { ratio: written(a / b), low: written(ends[0]), high: written(ends[1]) });
  return { title: text(judged(a, b, ends), given), caveats: [apart[two], ...few(a, b)], interval: ends };
}

function extent(state) {
  const tables = sides(state).map(([what]) => data.what[what]);
  const [first, end] = [Math.max(...tables.map((one) => index(one.first))), Math.min(...tables.map((one) => index(one.end)))];
  const windows = [windowOf(state), baseOf(state)].filter(Boolean);
  const [early, late] = [Math.min(...windows.map(([a]) => a)), Math.max(...windows.map(([, b]) => b))];
  if (state.draw === "only" || state.by === "region") return [early, late];
  return [state.draw === "near" ? Math.max(first, (Math.floor(early / 12) - data.context) * 12) : first, end];
}

/** Return the first month that a table of a state holds as provisional. */
const freshOf = (state) => sides(state).map(([what]) => data.what[what].fresh).find(Boolean);

function periods(state) {
  const [first, last] = extent(state);
  const all = sides(state).map(([what, where]) => series(what, where, state.of));
  const windows = [windowOf(state), baseOf(state)];
  const fresh = freshOf(state);
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

/** Return a row for each region of a state's places, that with most first. */
function ranked(state) {
  const [now, base, all] = [windowOf(state), baseOf(state), sides(state)];
  const inside = (where, region) => data.where[where].regions.includes(region);
  const counted = (side, region, when) => {
    const [what, where] = all[side];
    if (!inside(where, region)) return null; // not counted there, which is not none
    return when ? over(series(what, region, state.of), when) : 0;
  };
  return Object.keys(data.where)
    .filter((region) => data.where[region].short && all.some(([, where]) => inside(where, region)))
    .map((region) => {
      const counts = [counted(0, region, now), pair(state) ? counted(1, region, now) : counted(0, region, base)];
      return { key: region, name: data.where[region].short[two], part: false, fresh: false, counts };
    })
    .sort(({ counts: [a, c] }, { counts: [b, d] }) => (b ?? -1) - (a ?? -1) || (a === null ? d - c : 0));
}

/** Say what the narrow count of Wagner leaves out, and where months lie before its arrival (explore_notes). */
function wagner(state) {
  if (!data.wagner) return [];
  const { narrow, wide, arrival } = data.wagner;
  const counted = sides(state).map(([what]) => what);
  const [now, base] = ordered(state);
  const said = [];
  if (counted.some((what) => narrow.includes(what))) {
    said.push(data.words.narrow[two]);
    const [all, few] = [wide, narrow[0]].map((what) => over(series(what, state.where, "events"), now));
    if (all > few) said.push(data.words.mentions[two]);
    // Only beside the same of the narrow count: its attacks on civilians are a part of its events.
    if (all > few && counted.includes("wagner")) {
      const a = spelled(over(series(wide, state.where, state.of), now), feminine(wide, state.of));
      said.push(upper(fill(data.words.alone[two], { subject: phrase(wide, state.where, state.of), a, during: when(now, 1) })));
    }
  }
  const early = base ?? now;
  const before = early[1] < index(arrival) && counted.some((what) => what.includes("wagner"));
  if (before) said.push(fill(data.words.arrival[two], { span: when(early, 2), arrival: named(index(arrival)) }));
  return said;
}

function pythonOf(state) {
  const made = ([what, where]) => {
    const deaths = state.of === "fatalities" && !data.what[what].deaths ? ".deaths" : "";
    return data.what[what].code + data.where[where].code + deaths;
  };
  const span = ([a, b]) => `window("${month(a)}", "${month(b)}")`;
  const all = sides(state).map(made);
  if (pair(state) && swapped(state)) all.reverse();
  const now = span(windowOf(state));
  const [later, earlier] = ordered(state);
  const told = pair(state)
    ? [`a, b, interval = here.beside(there, ${now})`, 'print(a, b, interval or "no interval")']
    : earlier
      ? [`change = here.compare(${span(later)}, ${span(earlier)})`, 'print(change.now, change.before, change.interval.en if change.interval else "no interval")']
      : [`print(here.over(${now}))`];
  const names = ["here", "there"].slice(0, all.length);
  for (const name of names) {
    if (state.by === "region") told.push(`for one in ${name}.regions():`, `    print(one.phrase.en, one.over(${now}), sep=": ")`);
    else told.push(`print(${name}.by("${state.by}", ${span(extent(state))}).frame.to_string())`);
  }
  return [
    "from helpers.editions import Report", "from helpers.measures import catalogue as c", "from helpers.windows import window", "",
    `report = Report("${data.edition}")`, ...names.map((name, i) => `${name} = ${all[i]}`), ...told,
  ].join("\n"); // prettier-ignore
}

/** Tell whether a chart of two measures has too few whole periods for a line. */
const alone = (state, rows) => pair(state) && rows.filter(({ part }) => !part).length < 2;

/** Return what a chart shows in words: the rows that it draws, and the highest of each of its series. */
function described(state, rows) {
  const regions = state.by === "region";
  const seen = pair(state) && !alone(state, rows) ? rows.filter(({ part }) => !part) : rows;
  const double = pair(state) || (regions && baseOf(state));
  const [first, last] = [seen[0].name, seen.at(-1).name];
  const given = { reach: first === last ? first : fill(data.words.reach[two], { first, last }) };
  ["", "2"].slice(0, double ? 2 : 1).forEach((place, at) => {
    const count = ({ counts }) => (double ? counts[at] ?? -1 : sum(counts));
    const top = seen.reduce((best, row) => (count(row) > count(best) ? row : best));
    Object.assign(given, { [`peak${place}`]: top.name, [`most${place}`]: number(count(top)) });
  });
  const kind = pair(state) ? (regions ? "alt-pair-regions" : "alt-pair") : regions ? (double ? "alt-regions-months" : "alt-regions") : "alt";
  return { given, kind, rows: seen, part: pair(state) ? (seen === rows ? "in-part" : "left-out") : "hollow" };
}

/** Join source lines; that what is computed is our own stands once, behind the last (explore_notes.credited). */
const credited = (lines, own) => {
  const all = [...new Set(lines)].filter(Boolean);
  const bare = all.map((one) => (one.endsWith(own) ? one.slice(0, -own.length).trim() : one));
  return [...bare, all.some((one) => one.endsWith(own)) ? own : ""].filter(Boolean).join(" ");
};

function answer(state) {
  const said = sentence(state);
  const { caveats, interval: ends } = said;
  const regions = state.by === "region";
  const rows = regions ? ranked(state) : periods(state);
  const [here, other] = sides(state).map(([what, where]) => phrase(what, where, state.of));
  const [period, base, seen] = [data.periods[state.by][two], baseOf(state), described(state, rows)];
  const given = { subject: here, other, period, incomplete: data.incomplete[state.by]?.[two], span: when(windowOf(state), 2), base: base && when(base, 2), ...seen.given };
  let [title, subtitle] = [said.title, fill(data.words[`${other ? "pair" : "what"}${regions ? "-regions" : ""}`][two], given)];
  // Beside a second place or group nobody could tell whose regions are ranked.
  if (regions && !other && rows.length > 1) title += clearly(state, rows) + (rows[0].counts[0] ? ` ${leaders(state, rows)}` : "");
  // A table has no look: its measure says of the chart only what holds of the counts.
  let measure = subtitle;
  if (rows.some((row) => row.part)) subtitle += fill(data.words[seen.part][two], given);
  const pale = seen.rows.find((row) => row.fresh);
  if (pale) {
    subtitle += fill(data.words[!other ? "fresh" : alone(state, rows) ? "fresh-table" : "fresh-line"][two], { since: pale.name });
    measure += fill(data.words["fresh-table"][two], { since: pale.name });
  }
  const told = regions && !other && rows.length > 1 ? leading(rows) : [];
  if (told.length && Math.min(...told) < data.small && !caveats.includes(data.words.small[two])) caveats.push(data.words.small[two]);
  caveats.push(...new Set(sides(state).map(([what]) => data.what[what].note?.[two]).filter(Boolean)), ...wagner(state));
  const until = Math.min(...sides(state).map(([what]) => index(data.what[what].end)));
  if (until < index(data.newest)) caveats.push(fill(data.words.ends[two], { end: named(until) }));
  const [fresh, [start, end]] = [freshOf(state), extent(state)];
  if (fresh && (other ? end : ordered(state)[0][1]) >= index(fresh)) caveats.push(fill(data.words.provisional[two], { since: named(index(fresh)) }));
  const over = sides(state).flatMap(([what]) => data.what[what].seams.filter((seam) => start < index(seam) && index(seam) <= end));
  if (over.length) caveats.push(data.words[["seam", ...new Set(over.map((seam) => seam.slice(0, 4)))].join("-")][two]);
  // What stays in English, and what is said in French of the rest.
  const credits = [0, 1].map((part) => credited(sides(state).map(([what]) => data.what[what].credit[part]), data.own[part]));
  return {
    title, subtitle: upper(subtitle), measure: upper(measure), alt: fill(data.words[seen.kind][two], given), caveat: caveats.join(" "),
    interval: ends, rows, code: pythonOf(state), source: two ? credits : [credited(sides(state).map(([what]) => data.what[what].source), data.own[0]), ""],
  }; // prettier-ignore
}
