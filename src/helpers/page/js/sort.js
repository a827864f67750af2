/* Long tables sorted by a column's head: a button, so that the keyboard reaches it. Pressed: up, down, as it was. */

const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

/** The first number of a text, minus sign and grouping as the book writes them; missing where there is none. */
function numberIn(text) {
  const written = isFrench() ? text.replace(/(\d),(?=\d)/g, "$1.") : text.replace(/(\d),(?=\d{3})/g, "$1");
  const found = written.replace(/(\d)\u202f(?=\d{3})/g, "$1").match(/[-\u2212]?\d+(?:\.\d+)?/);
  return found ? Number(found[0].replace("\u2212", "-")) : NaN;
}

const NUMERIC = /^(?:about |nearly |more than |at least |environ |pr\u00e8s de |plus de |au moins |de )?[+\u2212-]?\d/;

/** What a cell is ordered by: its place in the column's menu, else its number where most begin with one, else its text. */
function keys(texts, menu) {
  if (menu) return texts.map((text) => menu.indexOf(text));
  const said = texts.filter((text) => text && text !== "\u2013");
  if (said.filter((text) => NUMERIC.test(text)).length * 2 >= said.length) return texts.map(numberIn);
  return texts.map((text) => text.toLowerCase());
}

function compare(a, b) {
  if (typeof a === "string") return a.localeCompare(b, isFrench() ? "fr" : "en", { numeric: true });
  return a - b;
}

/** What has no number or no text stands last, whichever way. */
const missing = (key) => (typeof key === "string" ? key === "" || key === "\u2013" : Number.isNaN(key));

function startSorting(block) {
  const table = block.querySelector("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const menus = JSON.parse(block.dataset.menus || "{}");
  const heads = [...table.tHead.rows[0].cells];

  function sort(head, column, order) {
    for (const other of heads) other.setAttribute("aria-sort", other === head ? order : "none");
    if (order === "none") return body.append(...rows);
    const found = keys(rows.map((row) => row.cells[column].textContent), menus[head.textContent]);
    const sign = order === "ascending" ? 1 : -1;
    const places = rows.map((_, place) => place);
    places.sort((a, b) => missing(found[a]) - missing(found[b]) || sign * compare(found[a], found[b]) || a - b);
    return body.append(...places.map((place) => rows[place]));
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mali-listing__sort";
    button.append(...head.childNodes);
    // The head keeps its French; the button shows what the head shows.
    for (const name of ["data-fr", "data-en"]) {
      if (!head.hasAttribute(name)) continue;
      button.setAttribute(name, head.getAttribute(name));
      head.removeAttribute(name);
    }
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sort(head, column, NEXT[head.getAttribute("aria-sort")]));
  });
}

for (const block of document.querySelectorAll(".mali-listing")) startSorting(block);
