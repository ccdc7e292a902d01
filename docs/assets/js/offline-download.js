// Fetches one file of the course for keeping, and lets none through that is not the one that was published.

/** @typedef {{url: string, integrity: string, bytes: number}} Stated */

/** A failure that the reader can be told about as it is. */
export class KeepError extends Error {}

/** The worker lets a request that says `no-store` through to the network, whatever is kept. @type {RequestInit} */
export const FROM_NETWORK = { cache: "no-store" };

/** Headers that told how the bytes travelled; the rest, above all the content policy, is kept with the file. */
const OF_THE_JOURNEY = ["content-encoding", "content-length", "transfer-encoding"];

/** Returns the file as the published list states it.
 * @param {string} address @param {Stated} stated @param {(bytes: number) => void} arrived @param {AbortSignal} signal */
export async function getChecked(address, stated, arrived, signal) {
  const response = await fetch(address, { ...FROM_NETWORK, signal });
  const content = await read(response, stated, arrived);
  if (!content || (await integrityOf(content)) !== stated.integrity) {
    // Not every host says 404: what counts is whether these are the bytes.
    const name = stated.url.split("/").pop() || `${stated.url}index.html`;
    throw new KeepError(`The file ${name} is not the one that was published.`);
  }
  return kept(response, content);
}

/** Returns the file from an earlier copy if it has not changed since.
 * @param {Cache | null} earlier @param {string} address @param {Stated} stated @param {(bytes: number) => void} arrived */
export async function unchanged(earlier, address, stated, arrived) {
  const response = await earlier?.match(address);
  if (!response) return null;
  const content = new Uint8Array(await response.arrayBuffer());
  if ((await integrityOf(content)) !== stated.integrity) return null;
  arrived(content.length);
  return kept(response, content);
}

/** Refuses before the first byte where the browser grants less room than the course takes. @param {number} bytes */
export async function requireRoom(bytes) {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota - usage < bytes) throw new DOMException("", "QuotaExceededError");
}

/** A response of our own: a browser refuses to open a page that came by way of a redirect.
 * @param {Response} response @param {Uint8Array<ArrayBuffer>} content */
function kept(response, content) {
  const headers = new Headers(response.headers);
  for (const name of OF_THE_JOURNEY) headers.delete(name);
  return new Response(content, { headers });
}

/** Returns the body, or nothing when it has not the stated length.
 * @param {Response} response @param {Stated} stated @param {(bytes: number) => void} arrived */
async function read(response, { bytes }, arrived) {
  const content = new Uint8Array(bytes);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  for (let at = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return at === bytes ? content : null;
    if (at + value.length > bytes) {
      await reader.cancel();
      return null;
    }
    content.set(value, at);
    at += value.length;
    arrived(value.length);
  }
}

/** @param {Uint8Array<ArrayBuffer>} content */
async function integrityOf(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
