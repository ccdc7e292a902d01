// What an embed does besides its calculator: follows the scheme of the page around it, tells its height to that page,
// keeps the way to the full page, and says so where a sandbox stops the calculator.
// It is no module, because a sandbox without allow-same-origin loads none. It listens to no message.

(() => {
  const { body, documentElement: root } = document;

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => (body.dataset.mdColorScheme = dark.matches ? "slate" : "default");
  dark.addEventListener("change", follow);
  follow();

  const ways = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('[data-part="full-page"]'));
  const carryState = () => ways.forEach((way) => (way.hash = location.hash));
  // The calculator replaces the state without an event, so it is read when a link is about to be used.
  for (const way of ways) for (const type of ["pointerdown", "focus"]) way.addEventListener(type, carryState);
  carryState();

  if (self.origin === "null") {
    const note = /** @type {HTMLElement} */ (document.querySelector('[data-part="refused"]'));
    note.querySelector('[data-part="address"]').textContent = ways[0].href;
    note.hidden = false;
  }

  if (parent === window) return;
  const tellHeight = () => {
    const height = Math.ceil(root.getBoundingClientRect().height);
    // Any page may frame an embed, and a height is no secret.
    parent.postMessage({ type: "genai-cost:height", name: body.dataset.embed, height }, "*");
  };
  addEventListener("load", tellHeight);
  new ResizeObserver(tellHeight).observe(root);
})();
