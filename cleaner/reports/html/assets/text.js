/* Elements and text. Whatever comes from articles, names or rules goes through text nodes, and what would be active
   or invisible in it is written out. */
"use strict";

const report = {};

/* Control characters, marks of direction, lone surrogates, what has no character; not the joiners of scripts. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}]+|(?:(?![\u200c\u200d])\p{Cf})+/gu;

function codeOf(char) {
  const code = char.codePointAt(0);
  if (code >= 0xdc80 && code <= 0xdcff) return "\\x" + (code - 0xdc00).toString(16); // a byte that is no text
  const hex = code.toString(16);
  return code < 0x100 ? "\\x" + hex.padStart(2, "0") : code < 0x10000 ? "\\u" + hex.padStart(4, "0") : "\\U" + hex.padStart(8, "0");
}

/* The pieces of a text: strings, and for what is not to be seen, elements that name it. */
report.pieces = function (text) {
  const pieces = [];
  let position = 0;
  for (const found of text.matchAll(UNSEEN)) {
    const unseen = found[0].replaceAll("\t", "");
    if (!unseen) continue; // tabs are white space as any other
    pieces.push(text.slice(position, found.index));
    const span = document.createElement("span");
    span.className = "control";
    span.title = "characters that are not to be seen";
    span.textContent = Array.from(found[0], codeOf).join("");
    pieces.push(span);
    position = found.index + found[0].length;
  }
  pieces.push(text.slice(position));
  return pieces;
};

/* An element: its attributes, then its children; text among them is written out as above. */
report.el = function (name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "onclick" || key === "oninput" || key === "onchange") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    if (child instanceof Node) element.append(child);
    else element.append(...report.pieces(String(child)));
  }
  return element;
};

/* Text of an article, in the direction of its own letters. */
report.words = (text) => report.el("bdi", {}, text);

report.number = (value) => value.toLocaleString("en");
report.percent = (share) => (100 * share).toFixed(share && share < 0.01 ? 2 : 1) + " %";
report.count = (value, one, many) => report.number(value) + " " + (value === 1 ? one : many || one + "s");

report.chip = (category) => report.el("span", { class: "chip cat cat-" + category }, category);

report.evidence = function (rows, score) {
  const { el } = report;
  const body = rows.map(([id, weight]) =>
    el("tr", {}, el("td", { class: "number" }, (weight < 0 ? "−" : "+") + Math.abs(weight).toFixed(2)), el("td", { class: "code" }, id)));
  return el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "number" }, "weight"), el("th", { scope: "col" }, "what speaks for it, or against"))),
    el("tbody", {}, body),
    el("tfoot", {}, el("tr", {}, el("td", { class: "number" }, score.toFixed(2)), el("td", {}, "together; from " + report.about.threshold + " on, a line goes"))));
};

report.say = (text) => { document.getElementById("status").textContent = text; };
