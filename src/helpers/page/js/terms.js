/* Terms: definitions on hover, focus and touch. */

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
