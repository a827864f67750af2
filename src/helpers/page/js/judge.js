/* Judge it yourself: choices inside a claim's box. Python made every word, figure and verdict; this looks them up. */

// The script is shared by all editions of a site, the data are the edition's own.
const ROOT = document.documentElement.dataset.content_root;
const FOLDER = ROOT ? new URL(`${ROOT}_static/judge/`, location.href) : new URL("judge/", document.currentScript.src);
const SVG = "http://www.w3.org/2000/svg";
const asked = new Set();
const known = new Map(); // data by claim
const spoken = () => (isFrench() ? 1 : 0);

// ---- addresses: #claim-r22-06?actors=jnim, the book's own choices left out -------------------------

function addressed() {
  const [anchor, query = ""] = location.hash.slice(1).split("?");
  return [anchor, new URLSearchParams(query)];
}

function address(box, groups) {
  const query = new URLSearchParams();
  for (const { data, at } of groups) {
    data.choices.forEach((choice, axis) => at[axis] && query.set(choice.name, choice.keys[at[axis]]));
  }
  return `#${box.id}${query.size ? "?" : ""}${query}`;
}

// ---- states: the product of the choices, the last fastest ------------------------------------------

const index = (choices, at) => choices.reduce((sum, choice, axis) => sum * choice.keys.length + at[axis], 0);

// ---- the strip: every figure that some reading gives -----------------------------------------------
// ---- what a state says -----------------------------------------------------------------------------

function why(part, choices, at, words, two) {
  const moved = part.moved[index(choices, at)];
  if (moved < 0) return words[moved][two];
  const alone = index(choices, at.map((place, axis) => (axis === moved ? place : 0)));
  return fill(words.why[two], {
    choice: choices[moved].words[at[moved]][two],
    book: part.values[part.value[0]][two],
    alone: part.values[part.value[alone]][two],
  });
}

function result(part, choices, at, words, two) {
  const state = index(choices, at);
  const [verdict, verdictFr, side] = part.verdicts[part.verdict[state]];
  const [least, most] = [part.values[part.low[state]], part.values[part.high[state]]];
  // A range says its unit once: behind the place on the strip stands the number without it.
  const range = { low: least[3 + two], high: most[two] };
  const line = tag("p", {}, tag("span", {}, `${fill(words.said[two], { name: part.name[two], published: part.published[two] })} `));
  const mark = tag("span", { className: "mali-judge__mark" });
  mark.setAttribute("aria-hidden", "true");
  const face = [verdict, verdictFr][two];
  line.append(
    tag("strong", { className: "mali-judge__value" }, part.values[part.value[state]][two]),
    " ",
    tag("span", { className: `mali-judge__verdict mali-judge__verdict--${side}` }, mark, " ", tag("strong", {}, face), "."),
    ` ${least[two] === most[two] ? words.fixed[two] : fill(words.range[two], range)} ${why(part, choices, at, words, two)}`,
  );
  if (part.note && !state) line.append(` ${part.note[two]}`);
  return line;
}

// ---- one group of figures with its choices ---------------------------------------------------------

function build(group, words, two, changed) {
  const { data, at } = group;
  const { choices, parts, marks } = data;
  const selects = choices.map((choice, axis) => {
    const select = tag("select", { name: choice.name });
    select.setAttribute("aria-label", choice.label[two]);
    select.addEventListener("change", () => {
      at[axis] = choice.keys.indexOf(select.value);
      changed();
    });
    return select;
  });
  // A full stop behind a control would stand alone on a line of its own.
  const shown = data.pieces.filter((piece, place) => piece !== "." || typeof data.pieces[place - 1] !== "number");
  const sentence = shown.map((piece) =>
    typeof piece === "number" ? selects[piece] : typeof piece === "string" ? piece : piece[two],
  );
  const live = tag("div", { className: "mali-judge__said" });
  live.setAttribute("role", "status");
  const charts = tag("div", { className: "mali-judge__charts" });
  const frame = tag("fieldset", { className: "mali-judge" }, tag("legend", {}, words.head[two]));
  frame.append(tag("p", { className: "mali-judge__sentence" }, ...sentence), live);
  if (data.acting) live.after(tag("p", { className: "mali-judge__note" }, data.acting[two]));
  frame.append(charts);

  /** Sort the options of a choice by how many published figures they give, the others as they are. */
  function options(axis) {
    const given = choices[axis].keys.map((name, option) => {
      const state = index(choices, at.map((place, other) => (other === axis ? option : place)));
      return { name, option, count: parts.reduce((sum, part) => sum + part.gives[state], 0) };
    });
    const made = (rows) =>
      rows.map(({ name, option }) => tag("option", { value: name, selected: option === at[axis] }, choices[axis].words[option][two]));
    const counts = [...new Set(given.map((row) => row.count))].sort((a, b) => b - a);
    if (counts.length === 1 && !counts[0]) return made(given);
    return counts.map((count) =>
      tag("optgroup", { label: marks[count][two] }, ...made(given.filter((row) => row.count === count))),
    );
  }

  group.show = (own) => {
    selects.forEach((select, axis) => {
      // The list that the reader is in stays as it is: its own choice changes nothing of its marks.
      if (select !== own) select.replaceChildren(...options(axis));
      // A narrow screen shows a long choice on several lines.
      select.style.setProperty("--lines", Math.ceil(choices[axis].words[at[axis]][two].length / 30));
    });
    const state = index(choices, at);
    live.replaceChildren(...parts.map((part) => result(part, choices, at, words, two)));
    charts.replaceChildren(
      ...parts.flatMap((part) => [...caption(part, parts.length, words, two), strip(part, state, words, two)]),
      key(words, two),
    );
  };
  return frame;
}

// ---- a box -----------------------------------------------------------------------------------------

function fit(box) {
  const data = known.get(box.dataset.judge);
  if (!data || !data.groups.length) return;
  const two = spoken();
  const before = box.querySelector(".mali-claim__notes");
  box.querySelectorAll(":scope > .mali-judge, :scope > .mali-judge__links").forEach((old) => old.remove());
  box.judged ??= data.groups.map((group) => ({ data: group, at: group.choices.map(() => 0) }));
  const link = tag("a", {}, data.words.link[two]);
  const reset = tag("button", { type: "button" }, data.words.reset[two]);
  const show = (own) => {
    for (const group of box.judged) group.show(own);
    link.href = address(box, box.judged);
    reset.disabled = box.judged.every((group) => group.at.every((place) => !place));
  };
  const changed = () => {
    show(document.activeElement);
    history.replaceState(null, "", link.href);
  };
  reset.addEventListener("click", () => {
    for (const group of box.judged) group.at.fill(0);
    changed();
    box.querySelector(".mali-judge select").focus();
  });
  before.before(
    ...box.judged.map((group) => build(group, data.words, two, changed)),
    tag("p", { className: "mali-judge__links" }, link, " ", reset),
  );
  box.restate = show;
  show();
}

function ask(box) {
  const id = box.dataset.judge;
  if (known.has(id)) {
    if (!box.restate) fit(box);
  } else if (!asked.has(id)) {
    asked.add(id);
    document.head.append(tag("script", { src: new URL(`${id}.js`, FOLDER).href }));
  }
}

/** Open the box that the address names, in the state that it names. */
function arrive() {
  const [anchor, query] = addressed();
  const box = document.getElementById(anchor);
  if (!box?.dataset.judge) return;
  box.open = true;
  const data = known.get(box.dataset.judge);
  if (!data) return ask(box);
  if (!box.judged) fit(box);
  for (const group of box.judged ?? []) {
    // A choice that this edition does not know is the book's.
    group.at.forEach((_, axis) => {
      const { name, keys } = group.data.choices[axis];
      group.at[axis] = Math.max(keys.indexOf(query.get(name)), 0);
    });
  }
  box.restate?.();
  box.scrollIntoView();
}

globalThis.mali = Object.assign(globalThis.mali ?? {}, {
  async judge(told) {
    const data = typeof told === "string" ? await globalThis.maliInflate(told) : told;
    known.set(data.id, data);
    for (const box of document.querySelectorAll(`details[data-judge="${data.id}"][open]`)) fit(box);
    if (document.getElementById(addressed()[0])?.dataset.judge === data.id) arrive();
  },
});

document.addEventListener(
  "toggle",
  ({ target }) => target.matches("details[data-judge]") && target.open && ask(target),
  true,
);
window.addEventListener("hashchange", arrive);
new MutationObserver(() => {
  for (const box of document.querySelectorAll("details[data-judge]")) if (box.restate) fit(box);
}).observe(document.documentElement, { attributeFilter: ["data-language"] });
for (const box of document.querySelectorAll("details[data-judge][open]")) ask(box);
arrive();
