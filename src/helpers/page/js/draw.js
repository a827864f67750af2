/* Charts drawn by Vega in the place of their pictures, each with one name for who does not see it. */

const options = {
  actions: false,
  renderer: "svg",
  defaultStyle: false,
  mode: "vega-lite",
  ast: true, // expressions are interpreted, never made into code: the page's policy forbids eval
  tooltip: { disableDefaultStyle: true },
};

async function draw(figure) {
  const { box, spec } = figure;
  const width = Math.floor(box.clientWidth);
  if (!width) return;
  const live = document.createElement("div");
  live.className = "mali-figure__live mali-figure__live--waiting";
  box.append(live);
  try {
    let correction = spec.columns || spec.hconcat || spec.facet ? -90 : -60;
    let result;
    const drawn = {};
    // The room that axes and gaps take is known only once drawn: measure, correct, draw again.
    for (let pass = 0; pass < 3; pass += 1) {
      const { s, fit } = prepare(spec, width, correction, drawn);
      if (result) result.finalize();
      result = await globalThis.maliVegaEmbed(live, s, options);
      const error = width - Math.ceil(numberOr(parseFloat(live.querySelector("svg").getAttribute("width")), width));
      const dates = drawn.dates ? null : metDates(live);
      const left = drawn.left || !legendLeaves(live) ? 0 : Math.ceil(result.view.origin()[0]);
      if (!dates && !left && (!fit || (error >= 0 && error < 10))) break;
      Object.assign(drawn, dates && { dates }, left && { left });
      if (fit) correction += error - 2;
    }
    describe(live, spec.usermeta.mali);
    nameSteps(live, spec);
    if (figure.result) figure.result.finalize();
    if (figure.live) figure.live.remove();
    figure.result = result;
    figure.live = live;
    figure.width = width;
    live.classList.remove("mali-figure__live--waiting");
    // After the answer is on the screen; who takes the page away waits for it.
    if (figure.anew) figure.printed = idle().then(() => figure.result === result && printed(figure));
    figure.element.dataset.live = "true";
    figure.element.dataset.width = width; // the tests wait for this
  } catch (error) {
    live.remove();
    console.error(`Figure ${figure.element.id} could not be drawn`, error);
  }
}

/** Let a figure that shows something else than the page was built with print and travel as it now is. */
async function printed({ element, result, spec }) {
  const svg = new DOMParser().parseFromString(await result.view.toSVG(), "image/svg+xml").documentElement;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", spec.usermeta.mali.alt);
  element.querySelector(".mali-figure__static").replaceChildren(svg);
}

/** One name for the whole chart: the data table holds the numbers for those who do not see it. */
function describe(live, words) {
  for (const name of ["role", "aria-roledescription", "aria-label", "aria-hidden"]) live.removeAttribute(name);
  const svg = live.querySelector("svg");
  svg.removeAttribute("aria-hidden");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", shownWords(words).alt);
  if (words.fr) {
    // The language switch finds both here.
    svg.dataset.enLabel = words.alt;
    svg.dataset.frLabel = words.fr.alt;
    if (isFrench()) svg.setAttribute("lang", "fr");
  }
  // Vega gives every mark a role of its own, some without a name; as parts of a picture they are silent.
  svg.querySelector("g").setAttribute("aria-hidden", "true");
}

/** A slider over periods counts steps: give each the name that the chart's own data have for it. */
function nameSteps(live, spec) {
  const slider = live.querySelector('.vega-bind input[type="range"]');
  const names = Object.values(spec.datasets || {}).find((rows) => rows[0] && "step" in rows[0] && "label" in rows[0]);
  if (!slider || !names) return;
  // Vega writes the name before it, as the specification has it: in English.
  const title = live.querySelector(".vega-bind-name");
  if (title && isFrench()) title.textContent = "Semestre";
  const shown = slider.nextElementSibling; // Vega writes the bare number here, and does so after this listener
  const name = () => {
    const label = (names.find((row) => row.step === Number(slider.value)) || {}).label;
    slider.setAttribute("aria-valuetext", label);
    if (shown) shown.textContent = label;
  };
  slider.addEventListener("input", () => requestAnimationFrame(name));
  name();
}

/** The words of a figure in the language that the page shows. */
const shownWords = (words) => (isFrench() ? { ...words, ...words.fr } : words);
const said = (english, french) => (isFrench() ? french : english);
const citation = (element) => element.querySelector(".mali-figure__citation").textContent;
const shownCaveat = (element) => element.querySelector(".mali-figure__caveat")?.textContent;
