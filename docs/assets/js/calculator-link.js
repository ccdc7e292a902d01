// The state of a calculator in a link's fragment: #name?input=value&…&v=1&prices=2026-11-13

/** @typedef {{name: string, inputs: Record<string, string>, version: string, prices: string, repeated: string[]}} Link */

/** @param {string} fragment @returns {Link | null} */
export function parseLink(fragment) {
  const [name, query] = fragment.replace(/^#/, "").split(/\?(.*)/s);
  if (query === undefined) return null;
  const pairs = [...new URLSearchParams(query)];
  const given = new Map();
  const repeated = new Set();
  for (const [key, value] of pairs) {
    if (given.has(key)) repeated.add(key);
    given.set(key, value);
  }
  const [version, prices] = [given.get("v") ?? "", given.get("prices") ?? ""];
  given.delete("v");
  given.delete("prices");
  return { name, inputs: Object.fromEntries(given), version, prices, repeated: [...repeated] };
}
