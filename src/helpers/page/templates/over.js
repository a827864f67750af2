/* Two editions side by side: what helpers/versus.py finds in them, by the same rule, in the browser. */
(() => {
  "use strict";

  const { lang, kinds, words, verdicts, parts, editions, pages, french } = JSON.parse(document.getElementById("words").textContent);
  const form = document.getElementById("choice");
  const status = document.getElementById("status");
  const moved = document.getElementById("moved");
  const found = document.getElementById("found");
  const known = new Map();
  let told;
  const hold = (record) => known.set(record.id, record);
  globalThis.maliTold = (given) => {
    if (typeof given !== "string") return hold(given); // of versions before 0.6
    const bytes = Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0));
    told = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json().then(hold);
  };

  const tag = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  function load(id) {
    if (known.has(id)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      document.head.append(tag("script", { src: `${id}/_static/told.js`, onload: () => resolve(told), onerror: reject }));
    });
  }

  /** The rule of `versus.differences`: rows of either edition whose English differs, by kind, page and item. */
  function differences(old, now) {
    const sides = [old, now].map(({ rows }) => new Map(rows.map((row) => [JSON.stringify(row.slice(0, 3)), row])));
    const keys = [...new Set([...sides[0].keys(), ...sides[1].keys()])];
    const text = (row, at) => (row ? row[at] : "");
    return keys
      .map((key) => {
        const [before, after] = sides.map((side) => side.get(key));
        const [kind, page, item] = before || after;
        return { kind, page, item, before, after };
      })
      .filter(({ before, after }) => text(before, 3) !== text(after, 3))
      .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compare(a.page, b.page) || compare(a.item, b.item));
  }
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  const shown = (row) => {
    if (!row) return words.unsaid;
    const text = row[lang === "fr" ? 4 : 3];
    return row[0] === "verdict" ? verdicts[text] ?? text : text || words.unsaid;
  };

  function side(record, row, page) {
    const twin = lang === "fr" && french.includes(`${record.id}/${page}`) ? ".fr" : "";
    const link = tag("a", { href: `${record.id}/chapters/${page}${twin}.html` }, record.title[lang]);
    return tag("div", {}, tag("dt", {}, link), tag("dd", {}, shown(row)));
  }

  const fill = (text, given) => text.replace(/\{(\w+)\}/g, (_, name) => given[name]);

  /** Say which choices are not as they were made, in the words of the explorer. */
  function moves(asked) {
    const list = ["old", "new"].flatMap((name) => {
      const [from, to] = [asked[name], form.elements[name].value];
      if (!from || from === to) return [];
      const [was, is] = [from, to].map((one) => editions.find(({ id }) => id === one)?.title);
      return [fill(words.moved, { name: words[name], from: was ?? from, to: is, why: was ? words.first : words.absent })];
    });
    moved.textContent = list.length ? fill(words.mended, { choices: list.join(lang === "fr" ? "\u202f; " : "; ") }) : "";
  }

  async function show(asked) {
    const order = ({ value }) => editions.findIndex(({ id }) => id === value);
    const { old: first, new: second } = form.elements;
    // The older edition stands first, whichever menu named it.
    if (order(first) > order(second)) [first.value, second.value] = [second.value, first.value];
    moves(asked);
    const { old, new: now } = Object.fromEntries(new FormData(form));
    history.replaceState(null, "", `#old=${old}&new=${now}`);
    document.querySelector(".mali-language a[rel=alternate]").hash = location.hash;
    try {
      await Promise.all([load(old), load(now)]);
    } catch {
      status.textContent = words.unknown;
      found.replaceChildren();
      return;
    }
    const [one, last] = [known.get(old), known.get(now)];
    const rows = differences(one, last);
    const cause = one.tables === last.tables ? words.time : words.either;
    status.textContent = rows.length ? `${words.count.replace("{}", rows.length)} ${cause}` : words.same;
    found.replaceChildren(
      ...kinds.flatMap((kind) => {
        const part = rows.filter((row) => row.kind === kind);
        if (!part.length) return [];
        const items = part.map(({ page, item, before, after }) => {
          const audited = ["figure", "verdict"].includes(kind) ? ` · ${parts[item] ?? item}` : "";
          const sides = tag("dl", { className: "sides" }, side(one, before, page), side(last, after, page));
          // Key figures that count different things stand beside each other, each by its name, and are not compared.
          const other = before && after && before[5] !== after[5];
          const changed = other ? [tag("p", { className: "small" }, words.question)] : [];
          const made = tag("li", { className: "difference" }, tag("h3", {}, `${pages[page]}${audited}`), ...changed, sides);
          made.dataset.item = `${page} · ${item}`;
          return made;
        });
        const head = tag("summary", {}, tag("h2", {}, `${words[kind]} (${part.length})`));
        // The page opens on what leads; where little differs, on all of it.
        const open = rows.length <= 20 || ["answer", "key figure"].includes(kind);
        return [tag("details", { open }, head, tag("ul", { className: "found" }, ...items))];
      }),
    );
    found.dataset.shown = `${old} ${now}`; // the tests wait for this
  }

  /** What the address asks for; the two newest editions where it asks for nothing. */
  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const ids = editions.map(({ id }) => id);
    const known = (id, other) => (ids.includes(id) ? id : ids.at(other));
    form.elements.old.value = known(asked.get("old"), Math.max(-2, -ids.length));
    form.elements.new.value = known(asked.get("new"), -1);
    show(Object.fromEntries(asked));
  }

  form.hidden = false;
  form.addEventListener("change", () => show(Object.fromEntries(new FormData(form))));
  window.addEventListener("hashchange", read);
  read();
})();
