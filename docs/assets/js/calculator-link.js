// The state of a calculator in a link's fragment: #name?input=value&…&v=1&prices=2026-11-13

/** @typedef {{name: string, inputs: Record<string, string>, version: string, prices: string}} Link */

/** @param {string} fragment @returns {Link | null} */
export function parseLink(fragment) {
  const [name, query] = fragment.replace(/^#/, "").split(/\?(.*)/s);
  if (query === undefined) return null;
  const given = new Map(new URLSearchParams(query));
  const [version, prices] = [given.get("v") ?? "", given.get("prices") ?? ""];
  given.delete("v");
  given.delete("prices");
  return { name, inputs: Object.fromEntries(given), version, prices };
}
