/* Long tables: search, menus, CSV. */

const TOLD = {
  search: ["Search", "Rechercher"],
  every: ["All", "Tout"],
  rows: ["{all} rows", "{all} lignes"],
  some: ["{count} of {all} rows", "Lignes affichées\u202f: {count} sur {all}"],
  reset: ["Show all", "Tout afficher"],
  narrow: ["Narrow down: {title}", "Filtrer\u202f: {title}"],
  csv: ["Download CSV", "Télécharger en CSV (en anglais)"],
  named: ["Download CSV of: {title}", "Télécharger en CSV (en anglais)\u202f: {title}"],
};

function listing(block) {
  const table = block.querySelector("table");
  const title = table.caption.textContent;
  const say = (key, words = {}) => fill(TOLD[key][Number(isFrench())], words);
  const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const rows = [...table.tBodies[0].rows].map((row) => ({
    row,
    text: plain(row.textContent),
    cells: [...row.cells].map((cell) => cell.textContent),
  }));
  names.forEach((_, i) => {
    const longest = Math.max(...rows.map(({ cells }) => cells[i].length));
    const size = longest > 60 ? "long" : longest > 20 ? "medium" : "";
    if (size) for (const { row } of rows) row.cells[i].classList.add(`mali-${size}`);
  });
  const links = JSON.parse(block.dataset.links);
  for (const { row, cells } of rows) {
    if (links[cells[0]]) row.cells[0].replaceChildren(tag("a", { href: links[cells[0]] }, cells[0]));
  }
  const search = tag("input", { type: "search", autocomplete: "off" });
  const menus = Object.entries(JSON.parse(block.dataset.menus)).filter(([, values]) => values.length > 1);
  const selects = menus.map(([name, values]) => {
    const select = tag("select", {}, tag("option", { value: "" }, say("every")));
    select.append(...values.map((value) => tag("option", { value }, value)));
    return { name, select, column: names.indexOf(name) };
  });
  const status = tag("p", { className: "mali-listing__status" });
  status.setAttribute("role", "status");
  const show = () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text, cells } of rows) {
      const fits = selects.every(({ select, column }) => !select.value || cells[column] === select.value);
      row.hidden = !(fits && words.every((word) => text.includes(word)));
      if (!row.hidden) count += 1;
    }
    status.textContent = say(count === rows.length ? "rows" : "some", { count, all: rows.length });
  };
  const form = tag(
    "form",
    { className: "mali-listing__controls" },
    tag("label", {}, `${say("search")} `, search),
    ...selects.map(({ name, select }) => tag("label", {}, `${name} `, select)),
    tag("button", { type: "reset" }, say("reset")),
  );
  form.setAttribute("aria-label", say("narrow", { title }));
  const data = block.querySelector('script[type="text/csv"]');
  if (data) {
    const button = tag("button", { type: "button" }, say("csv"));
    button.setAttribute("aria-label", say("named", { title }));
    button.addEventListener("click", () => {
      save(new Blob([data.textContent.trimStart()], { type: "text/csv;charset=utf-8" }), `${block.dataset.name}.csv`);
    });
    form.append(button);
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields are empty only after the event.
  form.addEventListener("reset", () => setTimeout(show));
  show();
  block.prepend(form, status);
}
