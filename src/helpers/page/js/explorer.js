/* Ask it yourself: answers a state of the choices from counts by month. */

const NARROWER = 600; // pixels

/** Fold a part of the page under its name; on a phone the answer is seen before the choices. */
function folded(name, ...children) {
  return tag("details", { className: "mali-explore__fold", open: innerWidth >= NARROWER }, tag("summary", {}, data.controls[name][two]), ...children);
}

/** Say which choices are not as expected: from what, to what and why; and what of an address (`foreign`) is no choice at all. */
function moves(expected, state, foreign = []) {
  const { controls, why } = data;
  const months = [expected.first ?? state.first, expected.last ?? state.last];
  // What is no choice of this page stands as it was typed.
  const asked = (name, option) => (offered({ ...state, ...expected }, name, option) ? labelled({ ...state, ...expected }, name, option) : option);
  const said = ([first, last]) => [first, last].map((one) => asked("first", one)).join("-");
  const reason = (name) => {
    if (!offered({ ...state, against: expected.against ?? state.against }, name, expected[name])) return data.elsewhere.includes(expected[name]) ? "absent" : "unknown";
    const alone = name === "against" ? { ...state, first: months[0], last: months[1], against: "nothing", other: "" } : state;
    return refused(alone, name, expected[name]);
  };
  const [first, end] = covered(state).map(named);
  const told = (name, from, to, kind) => fill(controls.moved[two], { name, from, to, why: fill((why[kind] ?? controls.back)[two], { first, end }) });
  const found = NAMES.filter((name) => !["first", "last"].includes(name) && expected[name] && state[name] && expected[name] !== state[name]);
  const list = found
    .filter((name) => name !== "other" || expected.against === state.against)
    .map((name) => {
      // What is compared with comes with its own choice.
      const which = name === "against" && state.other ? `, ${labelled(state, "other", state.other)}` : "";
      return told(controls[name][two], asked(name, expected[name]), labelled(state, name, state[name]) + which, reason(name));
    });
  if (months.join() !== [state.first, state.last].join()) {
    const kind = ["first", "last"].map(reason).find(Boolean);
    list.push(told(controls.span[two], said(months), said([state.first, state.last]), kind !== "unknown" && months[0] > months[1] ? "order" : kind));
  }
  const strange = foreign.map((name) => fill(controls.ignored[two], { name, why: why.unknown[two] }));
  return list.length + strange.length ? fill(controls.mended[two], { choices: listed([...list, ...strange]) }) : "";
}

/** Let the page in the other language and in other editions be asked the same; without a question they begin as they are. */
function carry(state) {
  const first = address(state) === address(data.questions[0].state);
  const asked = location.hash.startsWith("#explore?") ? location.hash : first ? "" : address(state);
  const here = location.pathname.split("/").at(-1);
  for (const link of document.querySelectorAll(".mali-language a[href], .mali-edition a[href]")) {
    const there = link.pathname.split("/").at(-1);
    // Not the list of all editions.
    if (link.closest(".mali-language") || there === here) link.hash = asked;
  }
}

function build(place, figure) {
  const { controls, questions } = data;
  const fallback = questions[0].state;
  let state = fallback;
  let wish = {}; // what was chosen last, shown again when the data serve it again
  const menus = Object.fromEntries(ORDER.map((name) => [name, menu(name, choose)]));
  const status = tag("p", { className: "mali-explore__status" });
  status.setAttribute("role", "status");
  const links = questions.map(({ text, state: asked }) => tag("a", { href: address(asked) }, text[two]));
  const list = folded("questions", tag("ol", { className: "mali-explore__questions" }, ...links.map((link) => tag("li", {}, link))));
  const map = mapped(choose);
  const lines = tag("pre", { tabIndex: 0 });
  lines.setAttribute("role", "region");
  lines.setAttribute("aria-label", controls.code[two]);
  const copy = tag("button", { type: "button" }, controls.copy[two]);
  const link = tag("a", {}, controls.link[two]);
  copy.addEventListener("click", () => navigator.clipboard?.writeText(lines.textContent).catch(() => getSelection().selectAllChildren(lines)));
  const form = tag("fieldset", {}, ...Object.values(menus));
  form.setAttribute("aria-label", controls.ask[two]);
  const ask = folded("ask", tag("div", { className: "mali-explore__ask" }, form, tag("div", {}, map, tag("p", {}, controls.touch[two]))));
  place.append(list, ask, status);
  figure.after(tag("div", { className: "mali-explore__code" }, tag("p", { className: "mali-explore__head" }, controls.code[two]), lines, copy, " ", link));

  function draw(moved) {
    const said = new Set();
    for (const name of NAMES) menus[name].show(state, said);
    map.show(state);
    const found = answer(state);
    show(figure, state, found);
    lines.textContent = found.code;
    link.href = address(state);
    carry(state);
    status.replaceChildren(tag("span", { className: "mali-explore__moved" }, moved), tag("span", { className: "mali-explore__said" }, ` ${found.title}`));
    for (const one of links) {
      if (one.getAttribute("href") === address(state)) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
  }
  /** Return the months of a change; one end chosen beyond the other takes it along, so that their number stays. */
  function ends(change) {
    const { first, last } = { ...state, ...change };
    const length = index(state.last) - index(state.first);
    const [low, high] = covered(state);
    if (first <= last) return { first, last };
    return change.first ? { first, last: month(Math.min(index(first) + length, high)) } : { first: month(Math.max(index(last) - length, low)), last };
  }
  function choose(change) {
    const expected = { ...state, ...change, ...(change.against && { other: "" }) };
    // Months and what they are held against are one choice each, as they are shown.
    const held = change.first || change.last ? ends(change) : change.against || change.other ? { against: state.against, other: "" } : {};
    wish = { ...wish, ...held, ...(change.first || change.last ? {} : change) };
    state = mend({ ...state, ...wish }, fallback, state.other);
    history.replaceState(null, "", address(state));
    draw(moves(expected, state));
  }
  /** Show what the address asks; without a question the first, and at another place of the page what stood there. */
  function arrive() {
    const { hash } = location;
    const elsewhere = hash && !hash.startsWith("#explore?");
    const found = elsewhere ? history.state?.explore ?? address(state) : hash;
    if (elsewhere) history.replaceState({ ...history.state, explore: found }, "");
    if (elsewhere && found === link.getAttribute("href")) return;
    const given = [...new URLSearchParams(found.split("?")[1])];
    const known = ([name]) => NAMES.includes(name);
    const asked = Object.fromEntries(given.filter(known));
    wish = asked;
    state = mend(wish, fallback);
    const moved = moves(asked, state, given.filter((one) => !known(one)).map((one) => one.join("=")));
    draw(moved); // the editions' links carry what was asked, in case another can answer it
    if (elsewhere || !hash) return;
    if (hash !== address(state)) history.replaceState(history.state, "", address(state));
    const narrow = innerWidth < NARROWER;
    if (narrow) list.open = ask.open = false;
    // What was changed stands above the figure.
    (narrow ? (moved ? status : figure) : ask).scrollIntoView();
  }
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
