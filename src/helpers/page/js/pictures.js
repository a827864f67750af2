/* A figure as a picture with its words, and as a page of its own. */

const NOTE = 10.5; // pixels of the letters below a downloaded picture
const MARGIN = 14; // around a downloaded picture
const PRINT_WIDTH = 2008; // least PNG pixels across: 17 cm at 300 dots per inch
const DOTS_PER_METRE = 11811; // 300 dots per inch

async function svg({ spec, element }) {
  const { usermeta, ...bare } = spec;
  const words = shownWords(usermeta.mali);
  if (isFrench()) {
    bare.title = { ...bare.title, text: wrapped(words.title, 76), subtitle: wrapped(words.subtitle, 96) };
  }
  const result = await globalThis.maliVegaEmbed(document.createElement("div"), bare, options);
  const root = new DOMParser().parseFromString(await result.view.toSVG(), "image/svg+xml").documentElement;
  result.finalize();
  const width = parseFloat(root.getAttribute("width"));
  const height = parseFloat(root.getAttribute("height"));
  // The words travel with the picture: a chart without its source is a rumour.
  const notes = [shownCaveat(element), `${said("Source:", "Source\u202f:")} ${words.source}`, citation(element)].filter(Boolean);
  const lines = notes.flatMap((line) => filled(line, (text) => measured(text, spec, NOTE) <= width));
  const total = height + lines.length * 14 + 6;
  const size = { width: width + 2 * MARGIN, height: total + 2 * MARGIN };
  set(root, { ...size, viewBox: `${-MARGIN} ${-MARGIN} ${size.width} ${size.height}` });
  root.prepend(
    put(root, "title", words.title),
    put(root, "desc", words.alt),
    put(root, "rect", "", { x: -MARGIN, y: -MARGIN, ...size, fill: "#ffffff" }),
  );
  lines.forEach((line, i) => {
    const place = { x: 0, y: height + 12 + 14 * i, fill: "#48566b", "font-size": `${NOTE}px` };
    put(root, "text", line, { ...place, "font-family": spec.config.font });
  });
  return { text: new XMLSerializer().serializeToString(root), ...size };
}

function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
}

/** Add an element with a text to one of a page or of a picture. */
function put(parent, name, text = "", attributes = {}) {
  const child = parent.ownerDocument.createElementNS(parent.namespaceURI, name);
  set(child, attributes);
  child.textContent = text;
  parent.append(child);
  return child;
}

const wrapped = (text, length) => filled(text, (line) => line.length <= length);

/** Break a text into lines that fit. */
function filled(text, fits) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (fits(longer)) lines[lines.length - 1] = longer;
    else if (fits(word)) lines.push(word);
    else {
      // An address has no blank to break at.
      if (lines.at(-1)) lines.push("");
      for (const letter of word) {
        if (fits(lines.at(-1) + letter)) lines[lines.length - 1] += letter;
        else lines.push(letter);
      }
    }
  }
  return lines;
}

async function png(figure) {
  const picture = await svg(figure);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.text)}`;
  await image.decode();
  const scale = Math.max(3, PRINT_WIDTH / picture.width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  return withResolution(new Uint8Array(await blob.arrayBuffer()));
}

/** Write into a PNG how many dots make a metre: a canvas does not say, and a page would take it for 72 an inch. */
function withResolution(png) {
  const chunk = new DataView(new ArrayBuffer(21)); // length, name, 9 bytes of data, checksum
  chunk.setUint32(0, 9);
  [..."pHYs"].forEach((letter, i) => chunk.setUint8(4 + i, letter.charCodeAt(0)));
  chunk.setUint32(8, DOTS_PER_METRE);
  chunk.setUint32(12, DOTS_PER_METRE);
  chunk.setUint8(16, 1);
  let check = 0xffffffff; // CRC-32 of name and data, as PNG defines it
  for (let i = 4; i < 17; i += 1) {
    check ^= chunk.getUint8(i);
    for (let bit = 0; bit < 8; bit += 1) check = (check >>> 1) ^ (check & 1 ? 0xedb88320 : 0);
  }
  chunk.setUint32(17, (check ^ 0xffffffff) >>> 0);
  const header = 33; // signature and IHDR, which every PNG begins with
  return new Blob([png.slice(0, header), chunk.buffer, png.slice(header)], { type: "image/png" });
}

const LOOK = `body{margin:0 auto;max-width:46rem;padding:.5rem 1rem;background:#fff;color:#222832;font:16px/1.45 system-ui,sans-serif}
  figure{margin:0}h1{font-size:1.2rem;margin:.2rem 0}p{margin:.3rem 0}svg{max-width:100%;height:auto}.small{font-size:.85rem;color:#48566b;overflow-wrap:anywhere}
  .wrap{overflow:auto}table{border-collapse:collapse;font-size:.85rem}th,td{padding:.15rem .5rem;border-bottom:1px solid #d1d5da;text-align:left}`;

/** The chart as the page shows it without scripts: from the page, or drawn where the page shows a file. */
async function still({ spec, element, printed }) {
  await printed;
  const there = element.querySelector(".mali-figure__static svg");
  if (there) return there;
  const { title, usermeta, background, ...bare } = structuredClone(spec);
  const { view } = await globalThis.maliVegaEmbed(document.createElement("div"), prepare(bare, 680, 0).s, options);
  const drawn = new DOMParser().parseFromString(await view.toSVG(), "image/svg+xml").documentElement;
  view.finalize();
  drawn.setAttribute("role", "img");
  return drawn;
}

/** The figure as one file that needs no other: words, picture, table, source, citation; no script, nothing loaded. */
async function page({ spec, element, printed }) {
  const words = shownWords(spec.usermeta.mali);
  const made = document.implementation.createHTMLDocument(words.title);
  made.documentElement.lang = isFrench() ? "fr" : "en";
  made.head.prepend(put(made.head, "meta", "", { charset: "utf-8" }));
  put(made.head, "meta", "", { name: "viewport", content: "width=device-width, initial-scale=1" });
  put(made.head, "meta", "", { "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" });
  put(made.head, "style", LOOK);
  const figure = put(put(made.body, "main"), "figure");
  const caption = put(figure, "figcaption");
  put(caption, "h1", words.title);
  put(caption, "p", words.subtitle);
  const drawn = made.importNode(await still({ spec, element, printed }), true);
  for (const name of Object.keys(drawn.dataset)) delete drawn.dataset[name];
  drawn.setAttribute("aria-label", words.alt);
  figure.append(drawn);
  if (shownCaveat(element)) put(figure, "p", shownCaveat(element));
  put(figure, "p", `${said("Source:", "Source\u202f:")} ${words.source}`, { class: "small" });
  put(figure, "p", citation(element), { class: "small" });
  const details = put(figure, "details");
  put(details, "summary", said("Data table", "Données"));
  const label = said("Data table", "Données");
  const wrap = put(details, "div", "", { class: "wrap", role: "region", tabindex: "0", "aria-label": label });
  wrap.append(made.importNode(element.querySelector(".mali-figure__data table"), true));
  return `<!doctype html>\n${made.documentElement.outerHTML}\n`;
}
