/* What every page has: one switch for its code, the way from old addresses to new ones, rows of tables as cards. */

// ---- code: one switch a page -----------------------------------------------------------------------

function codeSwitch() {
  const button = document.querySelector(".mali-code-switch");
  const cells = document.querySelectorAll(".bd-article div.cell details.hide");
  if (!button || !cells.length) return;
  button.hidden = false;
  const turn = () => {
    const shown = root.classList.toggle("mali-code");
    for (const cell of cells) cell.open = shown;
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", turn);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "c" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) turn();
  });
}

// ---- old addresses: what has left a page leads to where it stands now -------------------------------

function movedPlaces() {
  const table = document.getElementById("mali-moved");
  if (!table) return;
  const places = JSON.parse(table.textContent);
  const follow = () => {
    const id = location.hash.slice(1);
    if (Object.hasOwn(places, id) && !document.getElementById(id)) location.replace(places[id]);
  };
  follow();
  window.addEventListener("hashchange", follow);
}

// ---- addresses: who follows a link to a verdict wants it open ----------------------------------------

function opened() {
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place && place.localName === "details") place.open = true;
}

/** Tell the style sheet how far down the bar of switches reaches where it stays in sight: headings come to stand below it. */
function barHeight() {
  const bar = document.querySelector(".mali-switches");
  if (!bar) return;
  const tell = () => {
    const style = getComputedStyle(bar);
    if (style.position === "sticky") root.style.setProperty("--mali-bar", `${parseFloat(style.top) + bar.offsetHeight}px`);
  };
  tell();
  new ResizeObserver(tell).observe(bar);
}

/** On a phone a table's rows are cards: each cell needs the name of its column, and the roles that its boxes take away. */
function cards() {
  for (const table of document.querySelectorAll(".mali-table-wrap > table.mali-table")) {
    const heads = [...table.querySelectorAll("thead th")].map((th) => th.textContent.trim());
    if (heads.length < 3 || table.querySelector("[rowspan], [colspan]")) continue;
    table.classList.add("mali-cards");
    table.setAttribute("role", "table");
    for (const part of table.tBodies) part.setAttribute("role", "rowgroup");
    for (const row of table.querySelectorAll("tbody tr")) {
      row.setAttribute("role", "row");
      [...row.cells].forEach((cell, at) => {
        cell.setAttribute("role", cell.localName === "th" ? "rowheader" : "cell");
        cell.dataset.label = heads[at] ?? "";
      });
    }
  }
}

/** The theme takes the focus from a button that is used, so that its tooltip goes: who pressed a key finds it where it was. */
function keptFocus() {
  for (const button of document.querySelectorAll(".theme-switch-button, .search-button, .primary-toggle, .secondary-toggle")) {
    button.addEventListener("click", (event) => event.detail || button.focus(), true);
  }
}

/** What waits for the page to be whole; a browser that cannot unpack shows the pictures and links that stand there. */
function whole() {
  languages();
  terms();
  cards();
  codeSwitch();
  barHeight();
  opened();
}

movedPlaces();
// After the theme's own script, which waits for the same and gives the focus back to what has it here.
document.addEventListener("DOMContentLoaded", keptFocus);
// The contents of the page stand once in it; paper has them above the text.
const contents = document.querySelector("#pst-page-toc-nav > ul");
if (contents) document.querySelector("#jb-print-toc nav:empty")?.append(contents.cloneNode(true));
window.addEventListener("hashchange", opened);
if (globalThis.maliPacked) {
  globalThis.maliWhole = unpack().catch((error) => console.error("This browser cannot unpack the page", error)).then(whole);
} else whole();
