// Fetches the files of the Pyodide bundle and lets none through that is not the one that was published.

const BUNDLE = new URL("../pyodide/", import.meta.url);

// Kept from before the Worker narrows `fetch` to the files that Pyodide asks for.
const fetchFromSite = self.fetch.bind(self);

/** @typedef {"loader" | "module" | "wasm" | "library" | "wheel"} Role */
/** @typedef {{url: string, integrity: string, bytes: number}} Stated */
/** @typedef {{address: string, content: Uint8Array<ArrayBuffer>}} Checked */

/** @type {Role[]} What Python can't start without. */
const ROLES = ["loader", "module", "wasm", "library", "wheel"];

/** A failure that the reader can be told about as it is. */
export class StartError extends Error {}

/** Fetches every file that the manifest names; `lock` is Pyodide's list of packages: none, for this very runtime.
 * @param {(bytes: number, totalBytes: number) => void} progress
 * @returns {Promise<{files: Record<Role, Checked>, lock: object}>} */
export async function getBundle(progress) {
  // Always asked for anew: it is the only file whose name does not change with its content.
  const response = await get(new URL("manifest.json", BUNDLE).href, { cache: "no-cache" });
  const manifest = await response.json().catch(() => /** @type {any} */ (null));
  if (!ROLES.every((role) => manifest?.files?.[role])) {
    throw new StartError("The list of the calculator's files can't be read.");
  }
  const files = /** @type {[Role, Stated][]} */ (Object.entries(manifest.files));
  const totalBytes = files.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  let bytes = 0;
  const arrived = (/** @type {number} */ more) => progress((bytes += more), totalBytes);
  const checked = files.map(async ([role, stated]) => [role, await getChecked(stated, arrived)]);
  extras = manifest.extras ?? {};
  return { files: Object.fromEntries(await Promise.all(checked)), lock: manifest.lock };
}

/** @type {Record<string, Stated>} What the manifest names for later: files that only some requests need. */
let extras = {};

/** Fetches a file that was not needed for the start.
 * @param {string} role @param {(bytes: number, totalBytes: number) => void} progress */
export async function getExtra(role, progress) {
  if (!extras[role]) throw new StartError(`The file for ${role} is not part of this site.`);
  const totalBytes = extras[role].bytes;
  let bytes = 0;
  progress(0, totalBytes);
  return getChecked(extras[role], (more) => progress((bytes += more), totalBytes));
}

/** @param {string} address @param {RequestInit} [options] */
async function get(address, options) {
  const response = await fetchFromSite(address, options).catch(() => {
    throw new StartError(`The file ${nameOf(address)} can't be fetched: is there a connection?`);
  });
  if (!response.ok) {
    const reason = `The file ${nameOf(address)} is missing (status ${response.status})`;
    throw new StartError(`${reason}: a new release may be arriving, so try again in a minute.`);
  }
  return response;
}

/** Fetches a file; one that is not right is fetched once more, past the browser's cache, which may have kept the fault.
 * @param {Stated} stated @param {(bytes: number) => void} arrived @returns {Promise<Checked>} */
async function getChecked(stated, arrived) {
  let bytes = 0;
  const counted = (/** @type {number} */ more) => arrived(((bytes += more), more));
  return getOnce(stated, counted, "default").catch(() => {
    arrived(-bytes);
    return getOnce(stated, arrived, "reload");
  });
}

/** @param {Stated} stated @param {(bytes: number) => void} arrived @param {RequestCache} cache @returns {Promise<Checked>} */
async function getOnce({ url, integrity, bytes }, arrived, cache) {
  const address = new URL(url, BUNDLE).href;
  const damaged = new StartError(`The file ${nameOf(url)} is damaged: it is not the one that was published.`);
  const content = await read(await get(address, { cache }), bytes, arrived);
  if (!content) throw damaged;
  // Without HTTPS a page has no crypto.subtle: there the browser itself checks a second, cached, fetch.
  if (!crypto.subtle) {
    const again = await fetchFromSite(address, { integrity, cache: "force-cache" }).catch(() =>
      Promise.reject(damaged),
    );
    return { address, content: new Uint8Array(await again.arrayBuffer()) };
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  if (`sha256-${btoa(String.fromCharCode(...digest))}` !== integrity) throw damaged;
  return { address, content };
}

/** Returns the body of `response`, or null when it has not the stated length.
 * @param {Response} response @param {number} bytes @param {(bytes: number) => void} arrived */
async function read(response, bytes, arrived) {
  const content = new Uint8Array(bytes);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  for (let at = 0; ;) {
    const { done, value } = await reader.read().catch(() => {
      throw new StartError(`The file ${nameOf(response.url)} broke off: is there a connection?`);
    });
    if (done) return at === bytes ? content : null;
    if (at + value.length > bytes) return null;
    content.set(value, at);
    at += value.length;
    arrived(value.length);
  }
}

/** @param {string} address */
export const nameOf = (address) => address.split("/").pop();
