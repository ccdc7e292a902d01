// The form of a calculator: texts out of its controls and into them, and what is wrong with them.

import { find } from "./calculator-parts.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */
/** @typedef {{name: string, kind: string, box: HTMLElement, controls: Control[]}} Field */

export class CalculatorForm {
  /** @type {HTMLFormElement} */
  #form;
  /** @type {HTMLElement} */
  #summary;
  /** @type {Map<string, Field>} */
  #fields = new Map();
  /** @type {Map<string, string>} What a link gave that no control can hold. */
  #unheld = new Map();

  /** @param {HTMLElement} calculator */
  constructor(calculator) {
    this.#form = /** @type {HTMLFormElement} */ (find(calculator, "form"));
    this.#summary = find(this.#form, '[data-part="errors"]');
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (this.#form.querySelectorAll("[data-field]"))) {
      const controls = /** @type {Control[]} */ ([...box.querySelectorAll("input, select, textarea")]);
      const { field: name = "", kind = "" } = box.dataset;
      this.#fields.set(name, { name, kind, box, controls });
    }
  }

  /** @param {Node} node */
  holds(node) {
    return this.#form.contains(node);
  }

  get hasProblems() {
    return !this.#summary.hidden;
  }

  /** Returns the text of every input. @returns {Record<string, string>} */
  read() {
    const texts = [...this.#fields.values()].map((field) => [field.name, textOf(field)]);
    return { ...Object.fromEntries(texts), ...Object.fromEntries(this.#unheld) };
  }

  /** Puts texts into the controls; what fits none is kept, so that Python can say what is wrong.
   * @param {Record<string, string>} texts */
  write(texts) {
    this.#unheld.clear();
    for (const [name, text] of Object.entries(texts)) {
      const field = this.#fields.get(name);
      if (!field || !put(field, text)) this.#unheld.set(name, text);
    }
  }

  /** Puts a text into one control and goes there, so that the reader sees what changed.
   * @param {string} name @param {string} text */
  put(name, text) {
    const field = this.#fields.get(name);
    if (!field || !put(field, text)) return;
    this.edited(field.controls[0]);
    this.reveal([name]);
    field.controls[0].focus();
  }

  /** Forgets what a link gave for this control, and for inputs that do not exist.
   * @param {HTMLElement} control */
  edited(control) {
    const box = /** @type {HTMLElement} */ (control.closest("[data-field]"));
    for (const name of this.#unheld.keys()) {
      if (name === box?.dataset.field || !this.#fields.has(name)) this.#unheld.delete(name);
    }
  }

  /** @param {import("./engine.js").Problem[]} problems */
  showProblems(problems) {
    const byField = new Map(problems.map(({ field, problem }) => [field, problem]));
    for (const field of this.#fields.values()) mark(field, byField.get(field.name) ?? "");
    const items = problems.map(({ field, problem }) => this.#item(field, problem));
    find(this.#summary, '[data-part="problems"]').replaceChildren(...items);
    this.#summary.hidden = problems.length === 0;
  }

  /** Opens the folds that hold these inputs. @param {string[]} names */
  reveal(names) {
    for (const name of names) this.#fields.get(name)?.box.closest("details")?.setAttribute("open", "");
  }

  focusProblems() {
    this.#summary.focus();
  }

  /** @param {string} name @param {string} problem */
  #item(name, problem) {
    const item = document.createElement("li");
    const field = this.#fields.get(name);
    if (!field) {
      item.textContent = `${name}: ${problem}`;
      return item;
    }
    const link = document.createElement("a");
    link.href = `#${field.controls[0].id}`;
    link.textContent = `${labelOf(field)}: ${problem}`;
    link.addEventListener("click", (event) => {
      event.preventDefault(); // The fragment belongs to the state.
      field.controls[0].focus();
    });
    item.append(link);
    return item;
  }
}

/** @param {Field} field */
const labelOf = ({ box }) => (find(box, "label, legend").firstChild?.textContent ?? "").trim();

/** @param {Field} field @returns {string} */
function textOf({ kind, controls }) {
  const boxes = /** @type {HTMLInputElement[]} */ (controls);
  if (kind === "flag") return String(boxes[0].checked);
  if (kind !== "choices") return controls[0].value;
  const chosen = boxes.filter((box) => box.checked);
  return chosen.map((box) => box.value).join(",");
}

/** Says whether the control could take the text. @param {Field} field @param {string} text */
function put(field, text) {
  const boxes = /** @type {HTMLInputElement[]} */ (field.controls);
  const parts = text.split(/[,;\s]+/).filter(Boolean);
  if (field.kind === "flag") {
    boxes[0].checked = text === "true";
    return text === "true" || text === "false";
  }
  if (field.kind === "choices") {
    for (const box of boxes) box.checked = parts.includes(box.value);
    return parts.every((part) => boxes.some((box) => box.value === part));
  }
  // A link holds the rows of a table on one line.
  const held = field.kind === "rows" ? text.replaceAll(/\s*;\s*/g, "\n") : text;
  field.controls[0].value = held;
  return field.controls[0].value === held;
}

/** @param {Field} field @param {string} problem */
function mark({ box, controls }, problem) {
  const note = find(box, '[data-part="problem"]');
  note.textContent = problem;
  note.hidden = problem === "";
  for (const control of controls) {
    if (problem) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  const fold = box.closest("details");
  if (problem && fold) fold.open = true;
}
