// <cost-calculator name="…">: keeps one form and its Python answer together.
// The page arrives with the form and the answer that the build computed; this element keeps them
// live. It carries text and never counts: every number is made by Python.

import { copyEmbedCode } from "./calculator-embed.js";
import { CalculatorForm } from "./calculator-form.js";
import { KeptAnswer } from "./calculator-kept.js";
import { parseLink } from "./calculator-link.js";
import { Numbers } from "./calculator-numbers.js";
import { find, save } from "./calculator-parts.js";
import { ThenAndNow } from "./calculator-then.js";
import { CalculatorView } from "./calculator-view.js";
import { answer, isWarm, onprogress, stop, warm } from "./engine.js";
import { inWords } from "./progress.js";

const QUIET_MS = 150; // The numbers follow each edit; the rest of the answer comes once the reader pauses.
const SLOW_MS = 400; // Only a wait that can be felt is spoken of.

/** @typedef {{inputs: Record<string, string>, link: string}} Page */

export class CostCalculator extends HTMLElement {
  #form = new CalculatorForm(this);
  #view = new CalculatorView(this);
  #numbers = new Numbers(this);
  #then = new ThenAndNow(this);
  #kept = new KeptAnswer(this);
  /** @type {Page} */
  #page = JSON.parse(find(this, '[data-part="page"]').textContent ?? "");
  #name = this.getAttribute("name") ?? "";
  #link = this.#page.link; // Of the answer shown.
  #answered = { inputs: this.#page.inputs, prices: this.dataset.prices ?? "" }; // What it was the answer to.
  #pinned = { prices: "", version: "" }; // What a link asked for.
  #hasChanged = false; // Whether the answer shown is another than the page's own.
  #turn = 0; // Only the newest answer is shown.
  #edits = 0;
  #isFollowing = false;
  #quiet = 0;
  #slow = 0;
  #isLate = false; // Whether the reader has been told to wait.
  #doing = "Computing.";
  #stopHearing = () => {};

  connectedCallback() {
    this.#view.offerButtons();
    for (const type of ["focusin", "input", "submit", "click"]) this.addEventListener(type, this);
    for (const type of ["hashchange", "beforeprint"]) window.addEventListener(type, this);
    this.#stopHearing = onprogress((progress) => this.#hearProgress(progress));
    if (this.#openLink()) return;
    this.#keepInEntry();
    this.#warmWhenIdle();
  }

  disconnectedCallback() {
    for (const type of ["focusin", "input", "submit", "click"]) this.removeEventListener(type, this);
    for (const type of ["hashchange", "beforeprint"]) window.removeEventListener(type, this);
    this.#stopHearing();
    clearTimeout(this.#quiet);
    clearTimeout(this.#slow);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.type === "hashchange") this.#openLink() || this.#openEntry();
    else if (event.type === "beforeprint") this.#is("computing") && this.#sayLate();
    else if (event.type === "click") this.#press(event, target.closest("[data-action]"));
    else if (!this.#form.holds(target)) return;
    else if (event.type === "focusin") this.#warm();
    else if (event.type === "input") this.#edit(target);
    else if (event.type === "submit") this.#submit(event);
  }

  /** @param {string} state */
  #is(state) {
    return this.dataset.state === state;
  }

  /** @param {"baked" | "starting" | "ready" | "computing" | "error"} state */
  #enter(state) {
    this.dataset.state = state;
    clearTimeout(this.#slow);
    this.#isLate = false;
    this.#view.busy(state === "computing");
    if (state === "computing") this.#slow = setTimeout(() => this.#sayLate(), SLOW_MS);
  }

  /** @param {import("./engine.js").Progress} progress */
  #hearProgress(progress) {
    this.#doing = inWords(progress);
    if (this.#isLate) this.#sayLate();
  }

  #sayLate() {
    this.#isLate = true;
    this.#view.late(this.#doing, this.#shownFor(), this.#numbers.areAhead);
  }

  #warmWhenIdle() {
    const { connection } = /** @type {any} */ (navigator);
    if (connection?.saveData) return;
    const idle = window.requestIdleCallback ?? ((start) => setTimeout(start, 200));
    requestAnimationFrame(() => idle(() => this.isConnected && this.#warm(), { timeout: 3000 }));
  }

  async #warm() {
    if (!this.#is("baked")) return;
    this.#enter("starting");
    try {
      await warm();
      if (this.#is("starting")) this.#enter("ready");
    } catch (error) {
      if (this.#is("starting")) this.#fail(error);
    }
  }

  /** @param {HTMLElement} control */
  #edit(control) {
    this.#form.edited(control);
    this.#enter("computing");
    this.#turn += 1; // What is on its way no longer fits the form.
    this.#edits += 1;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#ask(), QUIET_MS);
    this.#follow();
  }

  /** Has the numbers follow the typing, as fast as Python answers: of several edits, the last counts. */
  async #follow() {
    if (this.#isFollowing || !isWarm()) return; // What starts Python is the wait for the whole answer.
    this.#isFollowing = true;
    for (let answered = -1; answered !== this.#edits && this.#is("computing");) {
      answered = this.#edits;
      const reply = await answer(this.#name, { ...this.#request(), is_first: true }).catch(
        /** @returns {null} */ () => null,
      );
      const isWanted = answered === this.#edits && this.#is("computing");
      if (isWanted && reply && "outputs" in reply) this.#numbers.lead(reply.outputs);
    }
    this.#isFollowing = false;
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    await this.#ask();
    if (this.#form.hasProblems) this.#form.focusProblems();
    else this.#view.reveal();
  }

  async #ask() {
    clearTimeout(this.#quiet);
    const turn = ++this.#turn;
    this.#enter("computing");
    const request = { ...this.#request(), ...this.#then.request, ...this.#kept.request };
    try {
      const reply = await answer(this.#name, request);
      if (turn !== this.#turn) return;
      if ("errors" in reply) this.#refuse(reply.errors);
      else if ("view" in reply) this.#show(reply.view);
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  /** What is asked for any answer; the device's day lets Python say how old the prices are.
   * A page that was kept from an earlier release is answered only by its own version of the calculator. */
  #request() {
    const today = new Date().toISOString().slice(0, 10);
    const version = this.#pinned.version || this.dataset.version;
    return { inputs: this.#form.read(), page_inputs: this.#page.inputs, today, ...this.#pinned, version };
  }

  /** @param {Record<string, any>} view */
  #show(view) {
    this.#form.showProblems([]);
    this.#link = view.link;
    this.#hasChanged = true;
    this.#enter("ready");
    this.#numbers.show(view.outputs);
    this.#view.show(view);
    this.#then.show(/** @type {any} */ (view));
    this.#kept.show(view);
    this.#answered = { inputs: view.inputs, prices: view.prices_as_of };
    this.#keepInEntry(`#${view.link}`);
  }

  /** Notes the answer shown in the entry of the browser's history, for Back and Forward. @param {string} [address] */
  #keepInEntry(address) {
    history.replaceState({ ...history.state, [this.#name]: this.#link }, "", address);
  }

  /** @param {import("./engine.js").Problem[]} problems */
  #refuse(problems) {
    if (!this.#pinned.version && problems.some(({ field }) => field === "v")) {
      this.#fail("This page is of an earlier release than the site's calculator: load the page anew.");
      return;
    }
    this.#form.showProblems(problems);
    this.#numbers.takeBack();
    this.#enter("error");
    this.#view.stale(`Not up to date: there is a problem with the inputs. This answer is ${this.#shownFor()}.`);
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#numbers.takeBack();
    this.#enter("error");
    const sentence = error instanceof Error ? error.message : String(error);
    this.#view.fail(sentence, this.#shownFor());
  }

  #shownFor() {
    return this.#hasChanged
      ? "for the last inputs that could be computed"
      : "the one for the inputs this page opened with";
  }

  /** @param {Event} event @param {Element | null} pressed */
  #press(event, pressed) {
    const action = pressed?.getAttribute("data-action");
    if (action === "numbers") {
      event.preventDefault();
      this.#view.showNumbers();
    } else if (action === "reset") this.#reset();
    else if (action === "retry") this.#ask();
    else if (action === "stop") this.#stop();
    else if (action === "put") this.#put(pressed);
    else if (action === "keep") this.#keep();
    else if (action === "remove") this.#removeKept();
    else if (action === "which") this.#showPricesOf(pressed);
    else if (action === "download") this.#download(pressed.getAttribute("data-kind"));
    else if (action === "embed") copyEmbedCode(this, this.#link);
    else if (action === "copy") this.#view.copy(new URL(`#${this.#link}`, location.href).href);
  }

  /** Fetches the answer to the form's inputs as a file. @param {string} kind */
  async #download(kind) {
    this.#view.say("Making the file …");
    try {
      const reply = await answer(this.#name, { ...this.#request(), download: kind });
      if ("errors" in reply) {
        this.#refuse(reply.errors);
        this.#form.focusProblems();
      }
      this.#view.say("file" in reply ? `${save(reply.file)} is in your downloads.` : "");
    } catch (error) {
      this.#view.say(`No file could be made. ${error instanceof Error ? error.message : error}`);
    }
  }

  /** Puts the value that a button carries into its input and answers anew. @param {Element} button */
  #put(button) {
    const [name, text] = [button.getAttribute("data-input"), button.getAttribute("data-text")];
    this.#form.put(name, text);
    this.#ask();
  }

  /** @param {Element} button of the panel "as taught / today" */
  #showPricesOf(button) {
    this.#pinned.prices = this.#then.pricesOf(button);
    this.#ask();
  }

  /** Gives up the answer on its way; the last one stays, marked. */
  #stop() {
    this.#turn += 1; // Whatever still comes is not wanted.
    stop();
    this.#numbers.takeBack();
    this.#enter("ready");
    this.#view.stopped(this.#shownFor());
  }

  /** Keeps the answer shown, which may be older than what stands in a form with a problem. */
  #keep() {
    this.#kept.keep(this.#answered.inputs, this.#answered.prices);
    this.#view.say("Kept. Change an input, and both answers stand side by side.");
    this.#ask();
  }

  #removeKept() {
    this.#kept.remove();
    this.#view.say("The comparison is removed.");
    find(this, '[data-action="keep"]').focus(); // Its own button is gone.
  }

  #reset() {
    this.#pinned = { prices: "", version: "" };
    this.#then.expect("");
    this.#form.write(this.#page.inputs);
    this.#ask();
  }

  /** Puts the state of the address into the form; says whether there was one. */
  #openLink() {
    const link = parseLink(location.hash);
    if (link?.name !== this.#name) return false;
    const isVisitedAgain = history.state?.[this.#name] !== undefined; // There the browser scrolls by itself.
    this.#open(link);
    if (!isVisitedAgain) this.#view.scrollHere();
    return true;
  }

  /** @param {import("./calculator-link.js").Link} link */
  #open(link) {
    this.#pinned = { prices: link.prices, version: link.version };
    this.#then.expect(link.prices);
    this.#form.write({ ...this.#page.inputs, ...link.inputs });
    this.#form.reveal(Object.keys(link.inputs));
    if (link.repeated.length) this.#refuseRepeated(link.repeated);
    else this.#ask();
  }

  /** @param {string[]} names */
  #refuseRepeated(names) {
    this.#turn += 1; // What is on its way no longer fits the form.
    const problem = "the link gives this more than once: enter what is meant";
    this.#refuse(names.map((field) => ({ field, problem })));
  }

  /** Back at an entry whose address is not a state: shows what was shown there, or keeps what is shown. */
  #openEntry() {
    const kept = history.state?.[this.#name];
    if (kept === undefined) this.#keepInEntry();
    else if (kept !== this.#link) this.#open(parseLink(kept));
  }
}

customElements.get("cost-calculator") ?? customElements.define("cost-calculator", CostCalculator);
