/* The filters of the timeline: by category, region and claim. Without this script the whole list stands there. */

function told(shown, all) {
  const number = shown.toLocaleString(isFrench() ? "fr" : "en");
  if (shown === all) return isFrench() ? "Toutes les entrées sont affichées." : "All entries are shown.";
  if (!shown) return isFrench() ? "Aucune entrée ne correspond." : "No entry matches.";
  if (shown === 1) return isFrench() ? "Une entrée correspond." : "One entry matches.";
  return isFrench() ? `${number} entrées correspondent.` : `${number} entries match.`;
}

function startTimeline(timeline) {
  const form = timeline.querySelector(".mali-timeline__filters");
  const status = form.querySelector(".mali-timeline__said");
  const items = [...timeline.querySelectorAll(".mali-timeline__year li")];

  function filter() {
    const { category, region, claim } = Object.fromEntries(new FormData(form));
    let shown = 0;
    for (const item of items) {
      const fits =
        (!category || item.dataset.category.split(" ").includes(category)) &&
        (!region || item.dataset.region.split(" ").includes(region)) &&
        (!claim || item.dataset.claims.split(" ").includes(claim));
      item.hidden = !fits;
      shown += fits;
    }
    for (const year of timeline.querySelectorAll(".mali-timeline__year")) {
      year.hidden = !year.querySelector("li:not([hidden])");
      const link = timeline.querySelector(`.mali-timeline__years a[href="#${year.id}"]`);
      if (link) link.parentElement.hidden = year.hidden;
    }
    status.textContent = told(shown, items.length);
  }

  form.hidden = false;
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields hold their first values only after the event.
  form.addEventListener("reset", () => setTimeout(filter));
  new MutationObserver(filter).observe(document.documentElement, { attributeFilter: ["data-language"] });
  filter();
  // A link to an entry that a filter hides would lead nowhere.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && timeline.contains(target) && target.closest("[hidden]")) {
      form.reset();
      setTimeout(() => target.scrollIntoView());
    }
  };
  window.addEventListener("hashchange", reveal);
}

for (const timeline of document.querySelectorAll(".mali-timeline")) startTimeline(timeline);
