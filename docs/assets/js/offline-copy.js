// <offline-copy>: keeps the course on this device, shows how far that is, and removes it again.
// What is kept is written by the build into the element; without this script it says only that it needs one.

import { make } from "./calculator-parts.js";
import { KeepError } from "./offline-download.js";
import { keep, keptRelease, obstacle, remove } from "./offline-store.js";

/** @typedef {"none" | "fetching" | "kept" | "newer"} State */

const WORDS = {
  keep: "Keep this course on this device",
  renew: "Get it and reload all tabs",
  cancel: "Cancel",
  remove: "Remove it again",
  later: "Not now",
};

/** Which buttons each state offers. @type {Record<State, (keyof typeof WORDS)[]>} */
const OFFERS = { none: ["keep"], fetching: ["cancel"], kept: ["remove"], newer: ["renew", "later"] };

/** @type {Record<State, string>} */
const SENTENCES = {
  none: "",
  fetching: "Fetching the course …",
  kept: "The course is kept on this device. Open any page without a network; the calculators work too.",
  newer: "A newer version of this course has been published. This tab shows the one kept on this device.",
};

/** Tells the other tabs that another release is current now. */
export const tabs = new BroadcastChannel(`course ${new URL("../../", import.meta.url).href}`);
tabs.addEventListener("message", ({ data }) => {
  if (data === "reload") location.reload();
  else for (const copy of document.querySelectorAll("offline-copy")) /** @type {OfflineCopy} */ (copy).refresh();
});

export class OfflineCopy extends HTMLElement {
  #says = make("p", { class: "cc-offline__says", role: "status" });
  #bar = /** @type {HTMLProgressElement} */ (make("progress", { "aria-label": "Fetched so far" }));
  #bytes = make("span", { class: "cc-offline__bytes" });
  #moving = make("p", { class: "cc-offline__moving" }, this.#bar, this.#bytes);
  #buttons = make("p", { class: "cc-offline__buttons" });
  /** @type {AbortController | undefined} */
  #fetching;

  connectedCallback() {
    if (!this.#says.isConnected) this.append(this.#says, this.#moving, this.#buttons);
    this.refresh();
  }

  /** Shows what is kept now, unless this element is at work itself. */
  async refresh() {
    if (this.#fetching) return;
    const reason = obstacle();
    if (reason) this.#enter("none", `The course can't be kept. ${reason}`, []);
    else if (!this.hasAttribute("data-news")) this.#enter((await keptRelease()) ? "kept" : "none");
    else this.#enter("newer");
  }

  /** @param {State} state @param {string} [sentence] @param {(keyof typeof WORDS)[]} [offers] */
  #enter(state, sentence = SENTENCES[state], offers = OFFERS[state]) {
    this.dataset.state = state;
    if (this.#says.textContent !== sentence) this.#says.textContent = sentence;
    this.#moving.hidden = state !== "fetching";
    const hadFocus = this.#buttons.contains(document.activeElement);
    this.#buttons.replaceChildren(...offers.map((name) => this.#button(name)));
    if (hadFocus) /** @type {HTMLElement} */ (this.#buttons.firstElementChild)?.focus();
  }

  /** @param {keyof typeof WORDS} name */
  #button(name) {
    const main = name === "keep" || name === "renew" ? " md-button--primary" : "";
    const button = make("button", { type: "button", class: `md-button${main}`, "data-action": name }, WORDS[name]);
    button.addEventListener("click", () => this.#press(name));
    return button;
  }

  /** @param {keyof typeof WORDS} name */
  #press(name) {
    if (name === "cancel") this.#fetching?.abort();
    else if (name === "remove") this.#remove();
    else if (name === "later") this.dispatchEvent(new Event("later"));
    else this.#keep();
  }

  async #keep() {
    const before = /** @type {State} */ (this.dataset.state);
    this.#fetching = new AbortController();
    this.#progress(0, 0);
    this.#enter("fetching");
    try {
      await keep((bytes, total) => this.#progress(bytes, total), this.#fetching.signal);
      tabs.postMessage(before === "newer" ? "reload" : "changed");
      if (before === "newer") return location.reload();
      this.#enter("kept");
    } catch (error) {
      const stays = before === "newer" ? "The version kept before is still whole." : "Nothing was kept.";
      this.#enter(before, `${sentenceOf(error)} ${stays}`);
    } finally {
      this.#fetching = undefined;
    }
  }

  async #remove() {
    try {
      await remove();
      tabs.postMessage("changed");
      this.#enter("none", "The course is no longer kept on this device.");
    } catch (error) {
      this.#enter("kept", `${sentenceOf(error)} The course may still be kept: try again.`);
    }
  }

  /** @param {number} bytes @param {number} totalBytes */
  #progress(bytes, totalBytes) {
    if (totalBytes) Object.assign(this.#bar, { max: totalBytes, value: bytes });
    else this.#bar.removeAttribute("value");
    this.#bytes.textContent = totalBytes ? `${megabytes(bytes)} of ${megabytes(totalBytes)} MB` : "";
  }
}

/** How much has arrived is the one figure that no build can know. @param {number} bytes */
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

/** @param {unknown} error */
function sentenceOf(error) {
  if (error instanceof KeepError) return error.message;
  const { name, message } = /** @type {Error} */ (error);
  if (name === "AbortError") return "Cancelled.";
  if (name === "QuotaExceededError") return "The browser has not enough room for the course.";
  if (name === "SecurityError")
    return "The browser does not let this page keep anything: look at its privacy settings.";
  if (name === "TypeError") return "The course broke off on its way: is there a connection?";
  return `That did not work (${message || name}).`;
}

customElements.get("offline-copy") ?? customElements.define("offline-copy", OfflineCopy);
