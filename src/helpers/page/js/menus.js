/* Where the choices are made: the map and the menus. */

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

/** Name an option of a choice as its menu does. */
function labelled(state, name, option) {
  const kind = name === "other" ? { place: "where", group: "what" }[state.against] ?? "months" : name;
  if (["first", "last", "months"].includes(kind) && index(option) >= oldest()) return `${data.short[two][index(option) % 12]} ${option.slice(0, 4)}`;
  const named = { of: data.controls, by: data.periods, against: data.against, draw: data.draw }[kind] ?? data[kind] ?? {};
  return (named[option]?.label ?? named[option])?.[two] ?? option;
}

/** Join what is told one after the other. */
const listed = (parts) => parts.join(isFrench() ? "\u202f; " : "; ");

const OBVIOUS = ["overlap", "same"];
/** Say reasons by their names, with the months that the tables cover. */
function told(reasons, state) {
  const [first, end] = covered(state).map(named);
  return listed(reasons.map((one) => fill(data.why[one][two], { first, end })));
}

/** Return a menu whose options stay, disabled where they are not to be had. */
function menu(name, choose) {
  const select = tag("select", { name });
  const label = tag("label", {}, tag("span", {}, data.controls[name][two]), select);
  const note = tag("p", { className: "mali-explore__why", id: `mali-explore-why-${name}` });
  const place = tag("div", { className: "mali-explore__choice" }, label, note);
  select.addEventListener("change", () => choose({ [name]: select.value }));
  let built = "";
  const groups = { what: ["what", "groups"], where: ["where", "controls"] };
  /** Show a state, and beside the menu why what it would offer is not to be had, where no menu before has said so. */
  place.show = (state, said) => {
    const kind = name === "other" ? { place: "where", group: "what" }[state.against] ?? state.against : name;
    place.hidden = (name === "other" && !(pair(state) || state.against === "months")) || (name === "draw" && state.by === "region");
    note.textContent = "";
    if (place.hidden) return;
    if (built !== kind) {
      built = kind;
      const parts = new Map();
      for (const option of options(state, name)) {
        const [from, words] = groups[kind] ?? [];
        const head = from ? data[words][data[from][option].group][two] : /^\d{4}-/.test(option) ? option.slice(0, 4) : "";
        if (!parts.has(head)) parts.set(head, []);
        parts.get(head).push(tag("option", { value: option }, labelled(state, name, option)));
      }
      select.replaceChildren(...[...parts].flatMap(([head, list]) => (head ? [tag("optgroup", { label: head }, ...list)] : list)));
    }
    const reasons = new Set();
    for (const option of select.options) {
      const why = refused(state, name, option.value);
      if (option.disabled !== Boolean(why)) option.disabled = Boolean(why);
      // Of months it is said once, behind the last.
      if (data.why[why] && !OBVIOUS.includes(why) && !said.has(why) && name !== "first") reasons.add(why);
    }
    select.value = state[name];
    for (const one of reasons) said.add(one);
    note.textContent = reasons.size ? fill(data.controls.why[two], { why: told([...reasons], state) }) : "";
    if (reasons.size) select.setAttribute("aria-describedby", note.id);
    else select.removeAttribute("aria-describedby");
  };
  return place;
}
