// The copy of the course on a reader's device: all of one release, each file checked, or nothing.
// One cache for each release, and a small one that says which release is current.
// offline-worker.js answers from them and knows them by the same names.

import { FROM_NETWORK, KeepError, getChecked, requireRoom, unchanged } from "./offline-download.js";

const SITE = new URL("../../", import.meta.url).href;
const NAMES = `course ${SITE} `; // Other courses may live on the same host.
const STATE = `${NAMES}state`;
const CURRENT = new URL("offline-current", SITE).href;
const MANIFEST = new URL("offline.json", SITE).href;
const AT_ONCE = 4;

/** @typedef {{release: string, bytes: number, files: import("./offline-download.js").Stated[]}} Manifest */
/** @typedef {(bytes: number, totalBytes: number) => void} Progress */

/** Says why this browser can't keep anything here, or nothing. */
export function obstacle() {
  if (!window.isSecureContext) return "A browser keeps pages only from an address that begins with https.";
  return navigator.serviceWorker && navigator.locks ? "" : "This browser can't keep pages here.";
}

/** Returns the service worker's registration for this site, if the reader has asked for one. */
async function registered() {
  if (obstacle()) return undefined;
  const found = await navigator.serviceWorker.getRegistration(SITE).catch(() => {});
  return found && found.scope === SITE ? found : undefined;
}

/** Returns the release that is kept, or nothing. @returns {Promise<string>} */
export async function keptRelease() {
  if (!(await registered())) return "";
  try {
    return (await (await caches.open(STATE)).match(CURRENT))?.text() ?? "";
  } catch {
    return ""; // Storage is denied, so there is no copy.
  }
}

/** Returns the list of the files that are published now. @param {AbortSignal} [signal] @returns {Promise<Manifest>} */
export async function published(signal) {
  const response = await fetch(MANIFEST, { ...FROM_NETWORK, signal });
  if (!response.ok) throw new KeepError(`The list of the course's files is missing (status ${response.status}).`);
  return response.json();
}

/** Has the browser look for a newer worker. */
export async function update() {
  await (await registered())?.update().catch(() => {}); // Without a network: another time.
}

/** Keeps what is published now; after a failure the device holds what it held before.
 * @param {Progress} progress @param {AbortSignal} signal */
export async function keep(progress, signal) {
  await navigator.locks.request(NAMES, { ifAvailable: true }, async (lock) => {
    if (!lock) throw new KeepError("Another tab is at work on it already.");
    const before = await keptRelease();
    const manifest = await published(signal);
    if (manifest.release === before) return;
    try {
      await fetchAll(manifest, before, progress, signal);
      await navigator.serviceWorker.register(`${SITE}offline-worker.js`, { scope: SITE, updateViaCache: "none" });
      await (await caches.open(STATE)).put(CURRENT, new Response(manifest.release)); // From here on it is kept.
    } catch (error) {
      await (before ? caches.delete(NAMES + manifest.release) : remove()).catch(() => {});
      throw error;
    }
    navigator.storage?.persist?.().catch(() => {}); // Asks the browser not to clear it away; it may say no.
  });
}

/** Removes every copy, and the worker. */
export async function remove() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(NAMES)).map((name) => caches.delete(name)));
  await (await registered())?.unregister();
}

/** @param {Manifest} manifest @param {string} before @param {Progress} progress @param {AbortSignal} signal */
async function fetchAll({ release, bytes: totalBytes, files }, before, progress, signal) {
  await requireRoom(totalBytes);
  const cache = await caches.open(NAMES + release);
  const earlier = before ? await caches.open(NAMES + before) : null;
  const failed = new AbortController(); // The first failure ends all that is on its way.
  signal.addEventListener("abort", () => failed.abort());
  const waiting = [...files];
  let bytes = 0;
  const arrived = (/** @type {number} */ more) => progress((bytes += more), totalBytes);
  const fetchThem = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      failed.signal.throwIfAborted();
      const address = new URL(file.url, SITE).href;
      const known = await unchanged(earlier, address, file, arrived);
      await cache.put(address, known ?? (await getChecked(address, file, arrived, failed.signal)));
    }
  };
  const lines = Array.from({ length: AT_ONCE }, fetchThem);
  await Promise.all(lines).catch(async (error) => {
    failed.abort();
    await Promise.allSettled(lines); // Nothing may be written any more once the failure is told.
    throw error;
  });
}
