/* Numbers as helpers.prose and helpers.french write them. Words and counts of the explorer come from Python. */

const two = document.documentElement.lang === "fr" ? 1 : 0;
const sum = (list) => list.reduce((a, b) => a + b, 0);
const upper = (text) => text[0].toUpperCase() + text.slice(1);
let data;

function rounded(value, digits) {
  const size = Math.abs(value);
  const whole = size < 1e-6 ? 0 : Math.round(Number(`${size}e${digits}`));
  return (Math.sign(value) * whole) / 10 ** digits;
}
const shapes = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
function number(value, digits = 0) {
  const near = rounded(value, digits);
  const text = shapes[digits].format(Math.abs(near));
  return (near < 0 ? "−" : "") + (two ? text.replaceAll(",", "\u202f").replace(".", ",") : text);
}
/** Return the digits of a ratio or an end of its interval (prose.apart). */
const digitsOf = (value, low, high) => (low <= 1 && high >= 1 ? 1 : [1, 2].find((digits) => rounded(value, digits) !== 1) ?? 3);
const joining = new Intl.ListFormat(two ? "fr" : "en-GB");
/** Write a count that stands without its noun, whose French gender one takes. */
const spelled = (count, feminine = false) => (count < 10 ? data.nones[feminine && count === 1 ? "1f" : count][two] : number(count));
/** Write an end of an interval as a change in percent; some digits where 0 would hide a clear change (prose.clear_of_zero). */
function signed(ratio, [low, high]) {
  if (ratio > data.widest) return `${two ? "plus de" : "over"} +${number((data.widest - 1) * 100)}`;
  const value = (ratio - 1) * 100;
  const text = number(value, low <= 1 && high >= 1 ? 0 : [0, 1].find((digits) => rounded(value, digits)) ?? 2);
  return text.startsWith("−") || text === "0" ? text : `+${text}`;
}
