// The HTML with which another page shows a calculator in a frame.

import { find, make } from "./calculator-parts.js";

const ROOT = new URL("../../", import.meta.url);
const HEIGHT = "640"; // Right without a script: what is longer scrolls inside the frame.

/** Returns the frame's HTML. @param {string} link the state that it opens with @param {string} title */
export function embedCode(link, title) {
  const name = link.split("?", 1)[0];
  const frame = make("iframe", {
    src: new URL(`embed/${name}/#${link}`, ROOT).href,
    title,
    width: "100%",
    height: HEIGHT,
    loading: "lazy",
    allow: "clipboard-write",
  });
  return frame.outerHTML; // The browser escapes; the frame itself is never shown, so it loads nothing.
}

/** Copies the frame's HTML, or shows it where the browser does not let a page copy.
 * @param {HTMLElement} calculator @param {string} link @returns {Promise<void>} */
export async function copyEmbedCode(calculator, link) {
  const note = find(calculator, '[data-part="copied"]');
  const title = find(calculator, "form").getAttribute("aria-label")?.replace("Inputs: ", "Calculator: ") ?? "";
  const code = embedCode(link, title);
  try {
    await navigator.clipboard.writeText(code);
    note.textContent = "Embed code copied.";
  } catch {
    note.replaceChildren("Copy this code: ", make("code", {}, code));
  }
}
