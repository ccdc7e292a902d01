// Tables and steps as the build's templates make them (macros/table.html, macros/steps.html).

/** @typedef {{column: number, input: string, text: string, label: string}} Put what a press on a cell enters */
/** @typedef {{id: string, title: string, columns: {label: string, numeric: boolean}[], rows: string[][],
 *   puts?: (Put | null)[], marks?: string[]}} Table */

/** Finds what the build's template must have put there.
 * @param {ParentNode} place @param {string} selector @returns {HTMLElement} */
export function find(place, selector) {
  const found = place.querySelector(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return /** @type {HTMLElement} */ (found);
}

/** Makes an element; text is only ever text.
 * @param {string} tag @param {Record<string, string>} attributes @param {(Node | string)[]} content */
export function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

/** Puts tables into a place: those of the same id keep their box, and with it focus and scroll.
 * @param {Element} place @param {Table[]} tables */
export function putTables(place, tables) {
  const boxes = new Map([...place.children].map((box) => [box.getAttribute("data-table"), box]));
  const wanted = tables.map((table) => {
    const box = boxes.get(table.id) ?? make("div", { class: "cc-scroll", role: "group", tabindex: "0" });
    box.setAttribute("aria-label", table.title);
    box.setAttribute("data-table", table.id);
    box.replaceChildren(makeTable(table));
    return box;
  });
  for (const box of [...place.children]) if (!wanted.includes(box)) box.remove();
  for (const [index, box] of wanted.entries()) {
    if (place.children[index] !== box) place.insertBefore(box, place.children[index] ?? null);
  }
}

/** @param {Table} table */
function makeTable({ title, columns, rows, puts = [], marks = [] }) {
  const kinds = columns.map(
    ({ numeric }) => /** @type {Record<string, string>} */ (numeric ? { class: "cc-number" } : {}),
  );
  const heads = columns.map(({ label }, at) => make("th", { scope: "col", ...kinds[at] }, label));
  const lines = rows.map((row, line) => {
    const cells = row.map((cell, at) => makeCell(cell, at, kinds[at]));
    const put = puts[line];
    if (put) cells[put.column].replaceChildren(makePut(row[put.column], put));
    return make("tr", marks[line] ? { "data-mark": marks[line] } : {}, ...cells);
  });
  return make(
    "table",
    { class: "cc-table" },
    make("caption", {}, make("span", { class: "cc-caption" }, title)),
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...lines),
  );
}

/** @param {string} cell @param {number} at @param {Record<string, string>} kind */
function makeCell(cell, at, kind) {
  const made = at === 0 ? make("th", { scope: "row", ...kind }, cell) : make("td", kind, cell);
  if (cell === "none") made.classList.add("cc-none");
  return made;
}

/** A button that puts a value into an input.
 * @param {string} cell @param {Put} put */
function makePut(cell, { input, text, label }) {
  const attributes = { type: "button", class: "cc-put", "data-action": "put", "data-input": input, "data-text": text };
  return make("button", { ...attributes, "aria-label": `${cell} ${label}` }, cell);
}

/** @param {Record<string, string>} step @param {string | undefined} label @param {string} formulas */
export function makeStep(step, label, formulas) {
  const source = { class: "cc-step__source", href: `${formulas}#${step.formula_id.toLowerCase()}` };
  const name = make("p", { class: "cc-step__name" }, label ?? step.name.replaceAll(/[._]/g, " "));
  if (step.formula_id) name.append(" ", make("a", source, step.formula_id));
  const value = [make("strong", {}, step.value), " ", make("span", { class: "cc-step__unit" }, step.unit)];
  return make(
    "li",
    { class: "cc-step", "data-step": step.name },
    name,
    makeLine("Formula", make("code", {}, step.formula)),
    makeLine("With values", make("code", {}, step.substituted)),
    makeLine("Value", ...value),
  );
}

/** @param {string} word @param {(Node | string)[]} content */
const makeLine = (word, ...content) =>
  make("p", { class: "cc-step__line" }, make("span", { class: "cc-step__word" }, word), " ", ...content);

/** Hands a file to the reader's browser and returns its name. @param {import("./engine.js").File} file */
export function save({ name, media_type: type, base64 }) {
  const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // Some browsers fetch it only after a question.
  return name;
}
