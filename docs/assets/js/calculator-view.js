// The answer of a calculator: puts Python's texts where the build put its own.

import { draw } from "./charts.js";
import { find, make, makeStep, putTables } from "./calculator-parts.js";

const OLD_DAYS = 90;
const DAY_MS = 86_400_000;

export class CalculatorView {
  /** @type {HTMLElement} */
  #calculator;

  /** @param {HTMLElement} calculator */
  constructor(calculator) {
    this.#calculator = calculator;
    this.#warnOfAge();
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return find(this.#calculator, `[data-part="${name}"]`);
  }

  /** Buttons do nothing without this script, so the page arrives without them. */
  offerButtons() {
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (
      this.#calculator.querySelectorAll('[data-part="buttons"]')
    )) {
      box.hidden = false;
    }
    for (const button of this.#calculator.querySelectorAll("button")) button.disabled = false;
  }

  /** @param {Record<string, any>} view */
  show(view) {
    this.#calm();
    setText(this.#part("answer"), view.answer);
    setText(this.#part("command"), view.command);
    setText(this.#part("program"), view.program);
    this.#showDate(view.prices_as_of, view.prices.rows.length > 0);
    this.#showWarnings(view.warnings);
    this.#showSteps(view);
    putTables(this.#part("tables"), view.tables);
    putTables(this.#part("prices"), [view.prices]);
    this.#showCharts(view.charts);
  }

  /** @param {boolean} isBusy */
  busy(isBusy) {
    this.#part("result").setAttribute("aria-busy", String(isBusy));
  }

  /** @param {string} doing @param {string} whose @param {boolean} areNumbersNew */
  late(doing, whose, areNumbersNew) {
    const ahead = areNumbersNew ? "; only its boxes of numbers are new already" : "";
    this.stale(`${doing} The answer below is still ${whose}${ahead}.`);
    this.#stop().hidden = false;
  }

  /** @param {string} whose */
  stopped(whose) {
    this.stale(`Stopped: nothing was computed. The answer below is still ${whose}.`);
    this.#retry().hidden = false;
    this.#retry().focus(); // The button that was pressed is gone.
  }

  /** @param {string} sentence */
  stale(sentence) {
    this.#part("stale").hidden = false;
    setText(this.#part("stale-said"), sentence);
    this.#part("result").dataset.stale = "";
    this.#stop().hidden = true;
  }

  /** @param {string} sentence @param {string} whose */
  fail(sentence, whose) {
    const note = this.#part("note");
    note.hidden = false;
    const works = "What you typed stays; everything else on this page works, and so does the command line below.";
    setText(note, `The calculator can't recompute now. ${sentence} The answer shown is ${whose}. ${works}`);
    this.stale("Not up to date: the calculator can't recompute now.");
    this.#retry().hidden = false;
  }

  #calm() {
    delete this.#part("result").dataset.stale;
    this.#part("stale").hidden = true;
    this.#part("note").hidden = true;
    this.#retry().hidden = true;
  }

  #stop() {
    return find(this.#calculator, '[data-action="stop"]');
  }

  #retry() {
    return find(this.#calculator, '[data-action="retry"]');
  }

  reveal() {
    this.#part("result").scrollIntoView({ block: "nearest" });
  }

  /** Goes to the numbers as the link to them would, but leaves the fragment to the state. */
  showNumbers() {
    this.#part("result").scrollIntoView({ block: "start" });
    this.#part("result").focus({ preventScroll: true });
  }

  scrollHere() {
    if (window.parent !== window) return; // It would scroll the page around the frame too.
    this.#calculator.scrollIntoView({ block: "start" });
  }

  /** @param {string} address */
  async copy(address) {
    const note = this.#part("copied");
    try {
      await navigator.clipboard.writeText(address);
      note.textContent = "Link copied.";
    } catch {
      note.replaceChildren("Copy this link: ", make("a", { href: address }, address));
    }
  }

  /** @param {string} sentence what a pressed button came to */
  say(sentence) {
    setText(this.#part("copied"), sentence);
  }

  /** @param {string} day @param {boolean} isPriced an answer without prices has no date */
  #showDate(day, isPriced) {
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (
      this.#calculator.querySelectorAll('[data-part="priced"]')
    )) {
      part.hidden = !isPriced;
    }
    const time = /** @type {HTMLTimeElement} */ (this.#part("prices-as-of"));
    time.dateTime = day;
    setText(time, day);
    this.#part("old-prices").dataset.asOf = isPriced ? day : "";
    this.#warnOfAge();
  }

  #warnOfAge() {
    const note = this.#part("old-prices");
    const { asOf = "" } = note.dataset;
    note.hidden = !asOf || Date.now() - Date.parse(asOf) <= OLD_DAYS * DAY_MS;
    setText(
      note,
      `These prices were read on ${asOf}, more than ${OLD_DAYS} days ago. Check them before you rely on the answer.`,
    );
  }

  /** @param {{code: string, message: string}[]} warnings */
  #showWarnings(warnings) {
    const list = this.#part("warnings");
    list.replaceChildren(...warnings.map(({ code, message }) => make("li", { "data-code": code }, message)));
    list.hidden = warnings.length === 0;
  }

  /** @param {Record<string, any>} view */
  #showSteps({ steps, outputs }) {
    const labels = new Map(outputs.map((/** @type {any} */ { name, label }) => [name, label]));
    const { formulas = "" } = this.#calculator.dataset;
    const made = steps.map((/** @type {any} */ step) => makeStep(step, labels.get(step.name), formulas));
    this.#part("steps").replaceChildren(...made);
  }

  /** @param {Record<string, any>[]} charts */
  #showCharts(charts) {
    const box = this.#part("charts");
    const blank = /** @type {HTMLTemplateElement} */ (this.#part("chart-template"));
    const figures = charts.map((chart) => {
      const known = [...box.children].find((each) => each.getAttribute("data-chart") === chart.id);
      const figure = known ?? find(blank.content, "figure").cloneNode(true);
      return this.#fill(/** @type {HTMLElement} */ (figure), chart);
    });
    if (figures.some((figure, place) => box.children[place] !== figure) || box.children.length !== figures.length) {
      box.replaceChildren(...figures);
    }
    for (const [place, chart] of charts.entries()) draw(figures[place], chart.spec);
  }

  /** @param {HTMLElement} figure @param {Record<string, any>} chart */
  #fill(figure, chart) {
    figure.dataset.chart = chart.id;
    setText(find(figure, '[data-part="title"]'), chart.title);
    setText(find(figure, '[data-part="summary"]'), chart.summary);
    putTables(find(figure, '[data-part="data"]'), [chart.table]);
    return figure;
  }
}

/** Changes a text only where it differs: a status that says the same again is not read out again.
 * @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
