/* What the page keeps compressed: helpers/builds/light.py packs it, `unpacked` there does the same. */

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
