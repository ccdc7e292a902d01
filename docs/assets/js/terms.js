// The words of the glossary: Escape hides a meaning, and a tap shows it before the next one follows the link.
// Without this script a word is a link whose meaning shows under the pointer and at the focus.

/** @param {EventTarget | null} target */
const wordOf = (target) => /** @type {Element | null} */ (target)?.closest?.("a.cc-term");
const shown = () => document.querySelectorAll("a.cc-term[data-shown]");
const words = () => document.querySelectorAll("a.cc-term:is(:hover, :focus-visible), a.cc-term[data-shown]");

document.addEventListener("click", (event) => {
  const word = wordOf(event.target);
  const isTap = /** @type {PointerEvent} */ (event).pointerType === "touch";
  if (isTap && word && !word.hasAttribute("data-shown")) {
    event.preventDefault();
    shown().forEach((each) => each.removeAttribute("data-shown"));
    word.setAttribute("data-shown", "");
  } else if (!word) {
    shown().forEach((each) => each.removeAttribute("data-shown"));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  words().forEach((each) => each.setAttribute("data-hidden", ""));
});

for (const back of ["pointerout", "focusout"]) {
  document.addEventListener(back, (event) => wordOf(event.target)?.removeAttribute("data-hidden"));
}
