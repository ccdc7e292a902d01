// Draws the charts of a live answer in place of the build's drawing.
// Vega is loaded with the first change only, from this site, in its build without `eval`.
// macros/chart.py follows the same rules for width and colours.

import { find } from "./calculator-parts.js";

const LIBRARY = new URL("../vega/vega.js", import.meta.url).href;
const FONT = "Liberation Sans, Arial, Helvetica, sans-serif";
const WIDEST = 560;
const NARROWEST = 280;
const COLOUR = /^#[0-9a-f]{3,8}$/i;

/** @type {Promise<any> | undefined} */
let library;
/** @type {WeakMap<HTMLElement, object>} */
const newest = new WeakMap();

/** Draws a chart into its figure; until then the earlier drawing is marked as such.
 * @param {HTMLElement} figure @param {Record<string, any>} spec */
export async function draw(figure, spec) {
  newest.set(figure, spec);
  const late = find(figure, '[data-part="late"]');
  const place = find(figure, '[data-part="drawing"]');
  late.hidden = false;
  figure.dataset.late = "";
  try {
    const svg = await render(spec, Math.min(WIDEST, Math.max(NARROWEST, place.clientWidth)));
    if (newest.get(figure) !== spec) return;
    place.replaceChildren(svg);
    late.hidden = true;
    delete figure.dataset.late;
  } catch (error) {
    library = undefined; // The next change tries again.
    late.textContent =
      "The chart can't be drawn now and still shows the earlier answer; its table below is up to date.";
    console.error(error);
  }
}

/** @param {Record<string, any>} spec @param {number} width @returns {Promise<Element>} */
async function render(spec, width) {
  library ??= import(LIBRARY);
  const { View, compile, expressionInterpreter, parse } = await library;
  const compiled = compile({ ...spec, width, config: { ...spec.config, font: FONT } }).spec;
  const holder = document.createElement("div");
  const view = new View(parse(compiled, undefined, { ast: true }), { expr: expressionInterpreter, renderer: "svg" });
  await view.initialize(holder).runAsync();
  view.finalize();
  return dressed(find(holder, "svg"));
}

/** Gives colours the names that the style sheet knows, so that the dark theme can change them.
 * @param {Element} svg */
function dressed(svg) {
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const element of svg.querySelectorAll("[fill], [stroke]")) {
    for (const name of ["fill", "stroke"]) {
      const colour = element.getAttribute(name);
      if (colour && COLOUR.test(colour)) element.setAttribute(name, `var(--chart-${colour.slice(1)}, ${colour})`);
    }
  }
  return svg;
}
