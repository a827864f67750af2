/* The search page: figures and terms that match, above the pages that Sphinx's own search finds. */

const MOST = 12;

// A page opened from a folder may not fetch others: Sphinx would fail to quote them.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// This page is in English alone; its reader's language is the one chosen on the page before.
const readsFrench = () => {
  try {
    return localStorage.getItem("mali-language") === "fr";
  } catch {
    return false;
  }
};

// A page in two languages is found once: in the reader's language, or in the only one that matches.
const FRENCH = /\.fr$/;
const search = Search._performSearch;
Search._performSearch = (...asked) => {
  const found = search(...asked);
  const wanted = readsFrench();
  const names = new Set(found.map(([name]) => name));
  const twin = (name) => (FRENCH.test(name) ? name.replace(FRENCH, "") : `${name}.fr`);
  return found
    .filter(([name]) => FRENCH.test(name) === wanted || !names.has(twin(name)))
    .map(([name, title, ...rest]) => [name, FRENCH.test(name) ? `${title} (en français)` : title, ...rest]);
};

async function startSearch() {
  const place = document.querySelector("#search-results");
  const asked = new URLSearchParams(location.search).get("q") || "";
  const words = plain(asked).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);
  if (!place || !words.length) return;
  // A word may be the beginning of one on the page: "civilian" finds "civilians".
  const holds = (...texts) => {
    const text = ` ${plain(texts.join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
    return words.every((word) => text.includes(` ${word}`));
  };
  const all = (await globalThis.maliFindings) || []; // mali-page.js unpacks them
  const first = all.filter((row) => holds(row.title, row.fr));
  const rows = [...new Set([...first, ...all.filter((row) => holds(row.kind, row.title, row.fr, row.page, row.more))])];
  if (!rows.length) return;
  const french = readsFrench();
  const items = rows.map((row) => {
    const foreign = french && row.fr;
    const link = tag("a", { href: (foreign && row.hrefFr) || row.href, lang: foreign ? "fr" : "en" }, foreign ? row.fr : row.title);
    return tag("li", {}, link, row.text ? `: ${row.text} ` : " ", tag("span", { className: "mali-found__where" }, `${row.kind}, ${row.page}`));
  });
  const list = tag("ul", { className: "mali-found__list" }, ...items.slice(0, MOST));
  const head = tag("h2", { id: "mali-found" }, `Findings and terms: ${rows.length}`);
  const section = tag("section", { className: "mali-found" }, head, list);
  section.setAttribute("aria-labelledby", "mali-found");
  if (items.length > MOST) {
    const more = tag("button", { type: "button" }, `Show all ${items.length}`);
    more.addEventListener("click", () => {
      list.append(...items.slice(MOST));
      more.remove();
      items[MOST].querySelector("a").focus();
    });
    section.append(more);
  }
  place.before(section);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startSearch);
else startSearch();
