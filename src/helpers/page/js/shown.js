/* The answer as the figure of the page shows it. */

const SVG = "http://www.w3.org/2000/svg";
function shape(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
const inLines = (text, length) => text.match(new RegExp(`.{1,${length}}(?:\\s+|$)`, "g")).map((line) => line.trim());

/** Name a download by what is counted, where and when, in letters that every disk takes. */
function fileName(state) {
  const subject = plain(phrase(state.what, state.where, state.of)).replaceAll("œ", "oe");
  return [subject.replace(/[^a-z0-9]+/g, "-"), state.first, state.last].join("-");
}

/** Fill the template of a chart, whose words and data are those of an answer. */
function specification(state, found) {
  const bars = state.by === "region";
  const lines = pair(state);
  const spec = structuredClone(data.templates[bars ? "bars" : lines ? "lines" : "columns"]);
  const { colour, unit } = data.what[state.what];
  const counted = unit[state.of === "events" ? 0 : 1][two];
  const period = upper(data.periods[state.by][two]);
  const [ink, grey] = data.inks;
  const base = baseOf(state);
  const labels = lines
    ? sides(state).map(([what, where]) => upper(phrase(what, where, state.of)))
    : [when(windowOf(state), 2), ...(base ? [when(base, 2)] : []), ...(bars ? [] : [data.words.rest[two]])];
  const colours = lines ? [colour, ink] : [colour, ...(base ? [ink] : []), ...(bars ? [] : [grey])];
  const points = alone(state, found.rows);
  const rows = found.rows.flatMap(({ key, name, part, fresh, counts }) => {
    const shown = bars ? counts.slice(0, labels.length) : lines || base ? counts : [counts[0], counts[2]];
    const some = shown.map((value, i) => ({ key, name, part, fresh, kind: labels[i], value, alone: points })).filter(({ value }) => value || ((lines || bars) && value !== null));
    return some.length ? some : [{ key, name, part, fresh, kind: labels.at(-1), value: 0, alone: points }];
  });
  const years = found.rows.map(({ key }) => key).filter((key) => key.length === 4 || /(-01|Q1|H1)$/.test(key));
  const end = Math.max(1, ...found.rows.map(({ counts }) => (lines || bars ? Math.max(...counts) : sum(counts))));
  const walk = (node) => {
    if (!node || typeof node !== "object") return;
    if (node.field === "value" && node.axis) {
      node.scale.domain = [0, end];
      node.axis.tickCount = Math.min(end, 5);
    }
    if (node.field === "key" && node.axis) node.axis.values = years;
    if (node.scale?.domain?.[0] === "now") Object.assign(node.scale, { domain: labels, ...(node.scale.range && { range: colours }) });
    if (node.title === "unit") node.title = counted;
    if (node.title === "period") node.title = period;
    Object.values(node).forEach(walk);
  };
  walk({ ...spec, datasets: null, config: null });
  for (const name of Object.keys(spec.datasets)) spec.datasets[name] = rows;
  spec.title = { ...spec.title, text: inLines(found.title, 76), subtitle: inLines(found.subtitle, 96) };
  if (two) spec.config.locale = data.locale;
  const { title, subtitle, measure, alt, source, caveat } = found;
  const partly = found.rows.some(({ part }) => part);
  const held = partly ? [upper(fill(data.words.held[two], { months: spelled(SPAN[state.by]) }))] : [];
  const table = {
    columns: [period, ...(lines || bars ? labels : [counted]), ...held],
    rows: found.rows.map(({ name, months, counts }) => [name, ...(lines || bars ? counts.slice(0, labels.length) : [sum(counts)]), ...(partly ? [months] : [])]),
  };
  spec.usermeta = { mali: { id: "explore", file: fileName(state), title, subtitle, measure, alt, source, caveat, table } };
  return spec;
}

function tableOf({ title, table }, region) {
  const row = (cells, head) =>
    tag("tr", {}, ...cells.map((cell, i) => tag(head || !i ? "th" : "td", { scope: head ? "col" : "row", ...(i && { className: "mali-num" }) }, typeof cell === "number" ? number(cell) : cell ?? "–")));
  const label = `${["Data: ", "Données\u202f: "][two]}${title}`;
  region.setAttribute("aria-label", label);
  const body = tag("tbody", {}, ...table.rows.map((cells) => row(cells, false)));
  for (const cell of body.querySelectorAll("td")) cell.removeAttribute("scope");
  region.replaceChildren(tag("table", { className: "mali-table" }, tag("caption", {}, label), tag("thead", {}, row(table.columns, true)), body));
}

/** Let the page's figure show an answer, with all that is written around it. */
function show(figure, state, found) {
  const [named, said] = found.source;
  const credit = found.source.filter(Boolean).join(" ");
  const spec = specification(state, { ...found, source: credit });
  const old = figure.told ?? { title: figure.querySelector(".mali-figure__finding").textContent, source: figure.querySelector(".mali-figure__source").textContent.replace(/^Source\s?: /, "") };
  figure.querySelector(".mali-figure__finding").textContent = found.title;
  figure.querySelector(".mali-figure__subtitle").textContent = found.subtitle;
  figure.querySelector(".headerlink").href = address(state);
  const source = figure.querySelector(".mali-figure__source");
  source.replaceChildren(source.firstElementChild, " ", ...(named ? [tag("span", { lang: "en" }, named), said && " "] : []), said);
  figure.querySelector(".mali-figure__caveat")?.remove();
  if (found.caveat) source.before(tag("p", { className: "mali-figure__caveat" }, found.caveat));
  tableOf(spec.usermeta.mali, figure.querySelector(".mali-table-wrap"));
  figure.querySelector(".mali-figure__data .mali-table__note")?.remove();
  const citation = figure.querySelector(".mali-figure__citation");
  figure.cited ??= citation.textContent;
  const cut = (text) => text.replace(/[.]$/, "");
  figure.first ??= old;
  // A page as built may cite the source in English; what a user's tables do not hold has none.
  const sources = Object.values(data.what).flatMap((one) => one.source ?? []);
  figure.credited ??= [figure.first.source, ...sources.sort((a, b) => b.length - a.length)]
    .map(cut)
    .find((one) => figure.cited.includes(one));
  citation.textContent = figure.cited
    .replace(cut(figure.first.title), () => cut(found.title))
    .replace(figure.credited, () => cut(credit))
    .replace(/#fig-explore(, sha256:\w+)?/, () => address(state));
  for (const button of figure.querySelectorAll(".mali-figure__downloads [aria-label]")) {
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace(old.title, () => found.title));
    // The file beside the pages holds the first question's answer.
    if (button.localName === "a") button.hidden = true;
  }
  figure.dataset.interval = found.interval ? found.interval.join(" ") : "";
  figure.told = { title: found.title, source: credit };
  // The sentence is on the screen first.
  requestAnimationFrame(() => setTimeout(() => globalThis.mali.redraw(figure, spec)));
}
