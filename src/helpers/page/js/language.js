/* The language of a page without a twin, and the choice that a reader keeps. */

const KEY = "mali-language";
/** What was chosen by the switch of a page in English: a visit to a French page asks for no French titles there. */
const TITLES = "mali-titles";

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
  const keep = (language, ...keys) => {
    try {
      for (const key of [KEY, ...keys]) localStorage.setItem(key, language);
    } catch {
      /* A browser may forbid storage to files: the choice holds for this page. */
    }
  };
  if (!group) {
    root.dataset.language = root.lang === "fr" ? "fr" : "en";
    // The search speaks the language that the reader came with.
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
    keep(language, TITLES);
  });
  if (root.dataset.language === "fr") speak("fr");
}
