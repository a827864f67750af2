/* What a figure lets a reader take: CSV, files, its citation. */

// The rule of helpers/inert.py for every CSV: what would begin a formula, for a reader of commas, semicolons or tabs,
// gets an apostrophe; numbers stay numbers. A test holds the two against each other.
const INVISIBLE = String.raw`[\s\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]`;
const NUMBER = String.raw`[+-]?(?:\d[\d.,\u00a0\u202f ]*|\.\d+)(?:[eE][+-]?\d+)?\s*%?`;
const FORMULA = new RegExp(String.raw`((?:^(?!${INVISIBLE}*${NUMBER}\s*$)|[;\t\n](?!${INVISIBLE}*${NUMBER}\s*(?:[;\t\n]|$)))${INVISIBLE}*)([=+\-@|%＝＋－＠])`, "gu");
const inert = (text) => text.replace(/\r\n?/g, "\n").replace(FORMULA, "$1'$2");

function csv({ spec, element }) {
  const words = shownWords(spec.usermeta.mali);
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : typeof value === "number" ? String(value) : inert(String(value));
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const head = [
    [said("Title", "Titre"), words.title],
    [said("Measure", "Mesure"), words.measure ?? words.subtitle],
    [said("Source and licence", "Source et licence"), words.source],
    [said("Caveat", "Réserve"), shownCaveat(element)],
    [said("Edition", "Édition"), element.dataset.edition],
    [said("Cite as", "Citer ainsi"), citation(element)],
  ];
  const lines = head.filter(([, text]) => text).map(([name, text]) => inert(`# ${name}: ${text.replace(/\s+/g, " ")}`));
  for (const row of [words.table.columns, ...words.table.rows]) lines.push(row.map(cell).join(","));
  return `${lines.join("\n")}\n`;
}

async function download(figure, kind) {
  const { spec } = figure;
  const blob = {
    csv: async () => new Blob([csv(figure)], { type: "text/csv;charset=utf-8" }),
    json: async () => new Blob([`${JSON.stringify(spec, null, 1)}\n`], { type: "application/json" }),
    svg: async () => new Blob([(await svg(figure)).text], { type: "image/svg+xml" }),
    png: () => png(figure),
    html: async () => new Blob([await page(figure)], { type: "text/html;charset=utf-8" }),
  };
  const { id, file = id } = spec.usermeta.mali; // an answer of the reader's own has a name of its own
  save(await blob[kind](), `${file}.${kind === "json" ? "vl.json" : kind}`);
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Copy the citation; where the browser keeps its clipboard to itself, select it so that one key copies it. */
async function cite(element) {
  const text = element.querySelector(".mali-figure__citation");
  const told = element.querySelector(".mali-figure__copied");
  let copied = false;
  try {
    await navigator.clipboard.writeText(text.textContent);
    copied = true;
  } catch {
    getSelection().selectAllChildren(text);
    copied = document.execCommand("copy");
  }
  const words = copied ? ["Copied.", "Copié."] : ["Selected: copy it with your keyboard.", "Sélectionné\u202f: copiez-le."];
  told.textContent = words[isFrench() ? 1 : 0];
  told.lang = isFrench() ? "fr" : "en";
  setTimeout(() => (told.textContent = ""), 4000);
}
