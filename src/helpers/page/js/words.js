/* What scripts say and build in common. */

const tag = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const root = document.documentElement;
const isFrench = () => root.dataset.language === "fr";
/** Letters only: "menaka" finds "Ménaka". */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_, name) => words[name]);
