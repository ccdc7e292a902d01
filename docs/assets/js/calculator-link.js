// The state of a calculator in a link's fragment: #name?input=value&…&v=1&prices=2026-11-13

/** @typedef {{name: string, inputs: Record<string, string>, version: string, prices: string}} Link */

const SAFE = /^[\w@%+=:,./-]+$/;

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

/** Returns the command that gives the same answer.
 * @param {string} name @param {Record<string, string>} inputs what differs from the page
 * @param {Record<string, string>} settings in what the page differs from the defaults
 * @param {string} prices the snapshot asked for, if any */
export function commandLine(name, inputs, settings, prices) {
  const all = Object.entries({ ...settings, ...inputs });
  const words = all.map(([input, value]) => `--set ${quoted(`${input}=${value}`)}`);
  if (prices) words.push(`--prices ${quoted(prices)}`);
  return ["python -m calculators run", name, ...words].join(" ");
}

/** @param {string} word */
const quoted = (word) => (SAFE.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`);
