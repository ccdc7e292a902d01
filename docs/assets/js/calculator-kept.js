// An answer kept for comparison: Python sets the present one beside it.

import { find, putTables } from "./calculator-parts.js";

/** @typedef {{answer: string, tables: import("./calculator-parts.js").Table[]}} Comparison */

export class KeptAnswer {
  /** @type {HTMLElement} */
  #panel;
  /** @type {{inputs: Record<string, string>, prices: string} | null} */
  #kept = null;

  /** @param {HTMLElement} calculator */
  constructor(calculator) {
    this.#panel = find(calculator, '[data-part="kept"]');
  }

  /** What the panel adds to a request. */
  get request() {
    return this.#kept ? { kept: this.#kept } : {};
  }

  /** @param {Record<string, string>} inputs @param {string} prices */
  keep(inputs, prices) {
    this.#kept = { inputs, prices };
  }

  remove() {
    this.#kept = null;
    this.#panel.hidden = true;
  }

  /** @param {{comparison?: Comparison}} view */
  show({ comparison }) {
    this.#panel.hidden = !comparison || !this.#kept;
    if (!comparison) return;
    find(this.#panel, '[data-part="kept-answer"]').textContent = comparison.answer;
    putTables(find(this.#panel, '[data-part="comparison"]'), comparison.tables);
  }
}
