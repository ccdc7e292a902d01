// The service worker: answers from the copy that a reader keeps, and never mixes two releases.
// It is registered only where a reader asked for the copy (offline-store.js), and holds nothing of a release itself.
// Where a page came from, its files come from: a page of an old release keeps its own until it is closed.

const worker = /** @type {any} */ (self);

const SITE = new URL("./", worker.location.href).href;
const NAMES = `course ${SITE} `;
const STATE = `${NAMES}state`;
const CURRENT = `${SITE}offline-current`;
const STOP = `${SITE}offline-stop.txt`;
const ORIGINS = `${SITE}offline-origin/`; // One entry for each open page: the release it came from.
const NETWORK = "network";

/** Where each open page came from; kept in the cache too, since a browser ends an idle worker.
 * @type {Map<string, string>} */
const origins = new Map();

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  // Downloads for a new copy say `no-store`: they must not be answered from the old one.
  if (request.method !== "GET" || !request.url.startsWith(SITE) || request.cache === "no-store") return;
  event.respondWith(request.mode === "navigate" ? openPage(event) : answer(event));
});

/** @param {any} event @returns {Promise<Response>} */
async function openPage(event) {
  const { request, resultingClientId } = event;
  const release = await read(CURRENT);
  const page = await find(release, request.url);
  const origin = page ? release : NETWORK;
  origins.set(resultingClientId, origin);
  event.waitUntil(write(ORIGINS + resultingClientId, origin).then(lookAfter));
  return page ?? fetch(request).catch(async () => (await notFound(release)) ?? Response.error());
}

/** @param {any} event @returns {Promise<Response>} */
async function answer({ request, clientId, resultingClientId }) {
  const origin = origins.get(clientId) ?? ((await read(ORIGINS + clientId)) || (await read(CURRENT)));
  // A page's Worker is a client of its own, and asks for files of its own.
  if (resultingClientId) {
    origins.set(resultingClientId, origin);
    await write(ORIGINS + resultingClientId, origin);
  }
  return (await find(origin, request.url)) ?? fetch(request);
}

/** Returns a file of a release that is kept. @param {string} release @param {string} url
 * @returns {Promise<Response | undefined>} */
async function find(release, url) {
  if (!release || release === NETWORK || !(await caches.has(NAMES + release))) return undefined;
  const cache = await caches.open(NAMES + release);
  const address = url.replace(/[?#].*$/s, "").replace(/(^|\/)index\.html$/, "$1");
  const found = await cache.match(address);
  if (found || address.endsWith("/")) return found;
  // Pages live at the address of a folder; a host would redirect to it as well.
  return (await cache.match(`${address}/`)) && Response.redirect(`${address}/`);
}

/** @param {string} release */
async function notFound(release) {
  const page = await find(release, `${SITE}404.html`);
  return page && new Response(page.body, { status: 404, headers: page.headers });
}

/** After a page was opened: stops if the site says so, else clears away releases that no open page needs. */
async function lookAfter() {
  const stop = await fetch(STOP, { cache: "no-store" }).catch(() => Response.error());
  // A host may answer an unknown address with some page, so the file has to say it in words.
  if (stop.ok && (await stop.text()).trim() === "stop") return end();
  // A tab that is fetching a release holds the lock.
  return worker.navigator.locks.request(NAMES, { ifAvailable: true }, (/** @type {unknown} */ lock) => lock && tidy());
}

async function end() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(NAMES)).map((name) => caches.delete(name)));
  await worker.registration.unregister();
}

async function tidy() {
  const open = await worker.clients.matchAll({ includeUncontrolled: true, type: "all" });
  // A page that is just opening is not among the open ones yet, but this worker has seen it.
  const ids = new Set([...open.map((/** @type {{id: string}} */ { id }) => id), ...origins.keys()]);
  const state = await caches.open(STATE);
  const needed = new Set([STATE, NAMES + (await read(CURRENT))]);
  for (const { url } of await state.keys()) {
    if (!url.startsWith(ORIGINS)) continue;
    if (ids.has(url.slice(ORIGINS.length))) needed.add(NAMES + (await read(url)));
    else await state.delete(url);
  }
  const names = await caches.keys();
  const gone = names.filter((name) => name.startsWith(NAMES) && !needed.has(name));
  await Promise.all(gone.map((name) => caches.delete(name)));
}

/** @param {string} url @returns {Promise<string>} */
async function read(url) {
  if (!(await caches.has(STATE))) return "";
  return (await (await caches.open(STATE)).match(url))?.text() ?? "";
}

/** @param {string} url @param {string} text */
async function write(url, text) {
  if (await caches.has(STATE)) await (await caches.open(STATE)).put(url, new Response(text));
}
