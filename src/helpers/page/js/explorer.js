/* Ask it yourself: answers a state of the choices from counts by month. */

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
