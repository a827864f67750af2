/* The strip of a claim: every figure that some reading gives. */

function strip(part, state, words, two) {
  const shape = (name, properties) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(properties)) element.setAttribute(key, value);
    return element;
  };
  const svg = shape("svg", { class: "mali-judge__strip", role: "img", height: 58 });
  const percent = (place) => `${1.5 + place * 0.97}%`;
  const values = part.values.filter((value) => value[2] !== null).sort((a, b) => a[2] - b[2]);
  const [here, book] = [part.values[part.value[state]], part.values[part.value[0]]];
  const [from, to] = part.band;
  svg.append(
    shape("rect", { class: "band", x: percent(from), width: `${Math.max((to - from) * 0.97, 0.5)}%`, y: 20, height: 20 }),
    shape("line", { class: "axis", x1: percent(0), x2: percent(100), y1: 40, y2: 40 }),
  );
  for (const [, , place] of values) {
    svg.append(shape("line", { class: "reading", x1: percent(place), x2: percent(place), y1: 27, y2: 40 }));
  }
  const text = (place, y, words) => {
    const anchor = place < 20 ? "start" : place > 80 ? "end" : "middle";
    const element = shape("text", { x: percent(place), y, "text-anchor": anchor });
    element.textContent = words;
    svg.append(element);
  };
  if (book[2] !== null) svg.append(shape("circle", { class: "book", cx: percent(book[2]), cy: 30, r: 6 }));
  if (here[2] !== null) {
    svg.append(shape("circle", { class: "here", cx: percent(here[2]), cy: 30, r: 5 }));
    text(here[2], 13, here[two]);
  }
  if (values.length) {
    const [low, high] = [values[0], values.at(-1)];
    text(0, 55, low[two]);
    if (high !== low) text(100, 55, high[two]);
    const filled = { low: low[two], high: high[two], count: values.length, value: here[two], book: book[two] };
    svg.setAttribute(
      "aria-label",
      fill(words.strip[two], { ...filled, name: part.name[two], published: part.published[two] }),
    );
  }
  return svg;
}

function caption(part, parts, words, two) {
  const text = [parts > 1 && part.name[two], part.log && words.log[two]].filter(Boolean).join(", ");
  return text ? [tag("p", { className: "mali-judge__caption" }, text)] : [];
}

function key(words, two) {
  const item = (name) => [tag("span", { className: `mali-judge__key mali-judge__key--${name}` }), ` ${words[`key-${name}`][two]} `];
  const line = tag("p", { className: "mali-judge__keys" }, ...["all", "band", "book", "this"].flatMap(item));
  line.setAttribute("aria-hidden", "true");
  return line;
}
