/* What every page has: the language switch, the definitions of terms, and the way from old addresses to new ones. */
(() => {
  "use strict";

  const KEY = "mali-language";
  const root = document.documentElement;

  const tag = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // ---- what the page keeps compressed: helpers/builds/light.py packs it, `unpacked` there does the same ------

  /** Return what a text holds (gzip in base64) as JSON or text. */
  globalThis.maliInflate = (text, as = "json") => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")))[as]();
  };

  /** Put specifications, tables and buttons of figures where they belong. */
  async function unpack() {
    const [held, rows] = (await globalThis.maliInflate(globalThis.maliPacked, "text")).split("\u0002");
    const [pieces, told] = [held.split("\u0001"), JSON.parse(rows)];
    for (const place of document.querySelectorAll("[data-mali-packed]")) {
      let at = -1;
      place.outerHTML = told[place.dataset.maliPacked].map((step) => pieces[(at += step + 1)]).join("");
    }
    document.getElementById("mali-packed").remove();
    // sphinx-copybutton has looked for code before it was there.
    if (typeof addCopyButtonToCodeCells === "function" && !document.querySelector(".copybtn")) addCopyButtonToCodeCells();
  }

  // ---- language --------------------------------------------------------------------------------------

  /** Show one language: text and labels in place, blocks in two languages by the style sheet. */
  function speak(language) {
    const french = language === "fr";
    root.dataset.language = language;
    for (const element of document.querySelectorAll("[data-fr]")) {
      element.dataset.en ??= element.textContent;
      element.textContent = french ? element.dataset.fr : element.dataset.en;
      if (french) element.lang = "fr";
      else element.removeAttribute("lang");
    }
    for (const element of document.querySelectorAll("[data-fr-label]")) {
      element.dataset.enLabel ??= element.getAttribute("aria-label");
      element.setAttribute("aria-label", french ? element.dataset.frLabel : element.dataset.enLabel);
      // A language named on a group would hold for the words inside it, which name their own.
      if (!element.childElementCount || element.localName === "svg") {
        if (french) element.setAttribute("lang", "fr");
        else element.removeAttribute("lang");
      }
    }
    for (const part of document.querySelectorAll("details.mali-bilingual__fr")) part.open = french;
    for (const button of document.querySelectorAll("[data-mali-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.maliLanguage === language));
    }
  }

  function languages() {
    const group = document.querySelector(".mali-language[role=group]");
    const keep = (language) => {
      try {
        localStorage.setItem(KEY, language);
      } catch {
        /* A browser may forbid storage to files: the choice holds for this page. */
      }
    };
    if (!group) {
      root.dataset.language = root.lang === "fr" ? "fr" : "en";
      // Pages without a French twin show their figures in the language that the reader came with.
      if (root.lang === "fr") keep("fr");
      document.querySelector(".mali-language a[hreflang=en]")?.addEventListener("click", () => keep("en"));
      return;
    }
    // Headings name themselves in French; the contents of the page say the same.
    for (const heading of document.querySelectorAll("section[id] > :is(h1, h2, h3) > [data-fr]")) {
      const id = CSS.escape(heading.closest("section").id);
      for (const link of document.querySelectorAll(`.bd-sidebar-secondary a[href="#${id}"]`)) {
        link.dataset.fr = heading.dataset.fr;
      }
    }
    group.hidden = false;
    group.addEventListener("click", (event) => {
      const language = event.target.dataset.maliLanguage;
      if (!language) return;
      const before = event.target.getBoundingClientRect().top;
      speak(language);
      // What the reader looks at stays where it is.
      window.scrollBy(0, event.target.getBoundingClientRect().top - before);
      keep(language);
    });
    if (root.dataset.language === "fr") speak("fr");
  }

  // ---- code: one switch a page -----------------------------------------------------------------------

  function code() {
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

  function moved() {
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

  // ---- terms: definitions on hover, focus and touch --------------------------------------------------

  function terms() {
    let shown = null; // the link whose definition shows
    let timer;

    const hide = () => {
      clearTimeout(timer);
      if (shown) document.getElementById(shown.dataset.term).hidden = true;
      shown = null;
    };
    const show = (link) => {
      clearTimeout(timer);
      if (shown === link) return;
      hide();
      shown = link;
      const tip = document.getElementById(link.dataset.term);
      tip.hidden = false;
      const line = link.getClientRects()[0];
      const box = tip.getBoundingClientRect();
      const width = root.clientWidth;
      const left = Math.max(8, Math.min(line.left, width - box.width - 8));
      const below = line.bottom + box.height + 8 < innerHeight || line.top < box.height + 8;
      tip.style.left = `${left + scrollX}px`;
      tip.style.top = `${(below ? line.bottom + 4 : line.top - box.height - 4) + scrollY}px`;
    };
    // The pointer may travel from the word to its definition.
    const leave = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (shown && document.activeElement !== shown) hide();
      }, 250);
    };

    for (const link of document.querySelectorAll("a.mali-term")) {
      const tip = document.getElementById(link.dataset.term);
      document.body.append(tip); // out of the text, whose boxes would cut it off
      let touched = false;
      link.addEventListener("pointerdown", (event) => {
        touched = event.pointerType !== "mouse" && shown !== link;
      });
      link.addEventListener("click", (event) => {
        // A finger cannot hover: the first touch shows the definition, the second follows the link.
        if (touched) event.preventDefault();
        if (touched) show(link);
        touched = false;
      });
      link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(link));
      link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
      link.addEventListener("focus", () => link.matches(":focus-visible") && show(link));
      link.addEventListener("blur", leave);
      tip.addEventListener("pointerenter", () => clearTimeout(timer));
      tip.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
    }
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    document.addEventListener("pointerdown", (event) => {
      if (shown && !event.target.closest(".mali-term, .mali-tip")) hide();
    });
    window.addEventListener("resize", hide);
  }

  // ---- addresses: who follows a link to a verdict wants it open ----------------------------------------

  function opened() {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (place && place.localName === "details") place.open = true;
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

  /** What waits for the page to be whole; a browser that cannot unpack shows the pictures and links that stand there. */
  function whole() {
    languages();
    terms();
    cards();
    code();
    opened();
  }

  moved();
  // The contents of the page stand once in it; paper has them above the text.
  const contents = document.querySelector("#pst-page-toc-nav > ul");
  if (contents) document.querySelector("#jb-print-toc nav:empty")?.append(contents.cloneNode(true));
  window.addEventListener("hashchange", opened);
  if (globalThis.maliPacked) {
    globalThis.maliWhole = unpack().catch((error) => console.error("This browser cannot unpack the page", error)).then(whole);
  } else whole();
})();
