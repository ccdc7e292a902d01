// "As taught / today": the panel of a link that names the prices of an older day.

import { find, putTables } from "./calculator-parts.js";

/** @typedef {"taught" | "today"} Which */
/** @typedef {{prices_as_of: string, answer: string}} Answer */
/** @typedef {{sentence: string, taught: Answer, today: Answer, moved: import("./calculator-parts.js").Table}} Both */

export class ThenAndNow {
  /** @type {HTMLElement} */
  #panel;
  #newest;
  #taught = ""; // The day that the link names, where it is not the newest.

  /** @param {HTMLElement} calculator */
  constructor(calculator) {
    this.#panel = find(calculator, '[data-part="then"]');
    this.#newest = calculator.dataset.prices ?? "";
  }

  /** What the panel adds to a request. */
  get request() {
    return { taught: this.#taught };
  }

  /** The prices that a press on one of the two buttons asks for.
   * @param {Element} button */
  pricesOf(button) {
    const which = button.closest("[data-which]")?.getAttribute("data-which");
    return which === "taught" ? this.#taught : this.#newest;
  }

  /** Makes room at once for what the link of an older day will show; hides it for any other.
   * @param {string} prices */
  expect(prices) {
    this.#taught = prices === this.#newest ? "" : prices;
    this.#panel.hidden = true; // Until Python knows the day.
  }

  /** @param {{then_and_now?: Both, prices_as_of: string}} view */
  show({ then_and_now: both, prices_as_of: shown }) {
    this.#panel.hidden = !both;
    if (!both) return;
    find(this.#panel, '[data-part="then-said"]').textContent = both.sentence;
    this.#one("taught", both.taught, shown);
    this.#one("today", both.today, shown);
    putTables(find(this.#panel, '[data-part="moved"]'), both.moved.rows.length ? [both.moved] : []);
  }

  /** @param {Which} which @param {Answer} answer @param {string} shown */
  #one(which, { prices_as_of: day, answer }, shown) {
    const box = find(this.#panel, `[data-which="${which}"]`);
    find(box, '[data-part="day"]').textContent = `, prices of ${day}`;
    find(box, '[data-part="said"]').textContent = answer;
    find(box, "button").setAttribute("aria-pressed", String(day === shown));
  }
}
