// The Worker that runs Python: starts Pyodide from checked files, then answers requests in turn.
// It fetches nothing that the bundle's manifest does not name, and nothing from another host.

import { StartError, getBundle, getExtra, nameOf } from "./checked-files.js";

const TOLD_EVERY_MS = 250;

/** @typedef {(name: string, requestJson: string) => string} Answer */

/** @param {Record<string, unknown>} message */
const tell = (message) => self.postMessage(message);

/** @typedef {{answer: Answer, pyodide: any}} Python */

/** Starts Python and returns it with `calculators.page.answer`.
 * @returns {Promise<Python>} */
async function start() {
  await requireWebAssembly();
  const { files, lock } = await getBundle((bytes, totalBytes) =>
    tell({ kind: "progress", stage: "fetching", bytes, totalBytes }),
  );
  tell({ kind: "progress", stage: "starting" });
  serveFrom(files);
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    load(files.loader.address),
    load(files.module.address),
  ]);
  const folder = new URL(".", files.wasm.address).href;
  const pyodide = await loadPyodide({
    indexURL: folder,
    packageBaseUrl: folder,
    lockFileContents: lock,
    createPyodideModule,
    env: { PYTHONHASHSEED: "0" },
    fsInit: async (/** @type {FileSystem} */ fs) => tellOfOpenedFiles(fs),
  });
  tell({ kind: "progress", stage: "unpacking" });
  // Into the working folder, which is on Python's path.
  pyodide.unpackArchive(files.wheel.content, "wheel");
  return { answer: pyodide.pyimport("calculators.page").answer, pyodide };
}

/** @param {string} address */
const load = (address) =>
  import(address).catch(() => {
    throw new StartError(`The file ${nameOf(address)} can't be run: the site must serve it as JavaScript.`);
  });

/** @typedef {{open: (...all: any[]) => any}} FileSystem */

/** Tells of the files that Python opens as it starts: on a slow device it takes long, and they are what moves.
 * @param {FileSystem} fs */
function tellOfOpenedFiles(fs) {
  const { open } = fs;
  let told = 0;
  fs.open = (...all) => {
    if (performance.now() - told > TOLD_EVERY_MS) {
      told = performance.now();
      tell({ kind: "progress", stage: "starting" });
    }
    return open(...all);
  };
  started.finally(() => Object.assign(fs, { open })).catch(() => {}); // Told by others.
}

/** Refuses where WebAssembly is switched off: Pyodide itself would wait for ever. */
async function requireWebAssembly() {
  const smallestModule = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  try {
    await WebAssembly.compile(smallestModule);
  } catch {
    throw new StartError("This browser does not run WebAssembly on this page.");
  }
}

/** Lets Pyodide, which asks for its files by address, have the checked bytes and nothing else.
 * @param {Record<"wasm" | "library", import("./checked-files.js").Checked>} files */
function serveFrom({ wasm, library }) {
  /** @type {Record<string, () => Response>} */
  const responses = {
    [wasm.address]: () => new Response(wasm.content, { headers: { "Content-Type": "application/wasm" } }),
    [library.address]: () => new Response(library.content),
  };
  self.fetch = async (request) => responses[String(request)]?.() ?? Response.error();
}

/** @type {Map<string, Promise<void>>} */
const unpacked = new Map();

/** Unpacks a library that only some requests need, once. @param {any} pyodide @param {string} role */
function need(pyodide, role) {
  if (!unpacked.has(role)) {
    const done = getExtra(role, (bytes, totalBytes) =>
      tell({ kind: "progress", stage: "fetching", bytes, totalBytes }),
    ).then(({ content }) => {
      pyodide.unpackArchive(content, "wheel");
      pyodide.pyimport("importlib").invalidate_caches();
    });
    unpacked.set(role, done);
    done.catch(() => unpacked.delete(role)); // The next request tries again.
  }
  return unpacked.get(role);
}

/** The line of a Python traceback that says what happened.
 * @param {unknown} error */
const lastLine = (error) =>
  String(error instanceof Error ? error.message : error)
    .trim()
    .split("\n")
    .pop();

/** @param {unknown} error */
const tellFailure = (error) => {
  const message = error instanceof StartError ? error.message : `Python did not start: ${lastLine(error)}`;
  tell({ kind: "failed", message });
};

// Until Python is ready, a step that nobody awaits must not leave the page waiting.
const hearUnawaited = (/** @type {PromiseRejectionEvent} */ { reason }) => tellFailure(reason);
self.addEventListener("unhandledrejection", hearUnawaited);

const started = start();
started.then(() => {
  self.removeEventListener("unhandledrejection", hearUnawaited);
  tell({ kind: "ready" });
}, tellFailure);

self.addEventListener("message", async ({ data: { id, name, request } }) => {
  const python = await started.catch(() => /** @type {Python | null} */ (null));
  if (!python) return; // The page has been told already.
  try {
    if (request.download === "xlsx") await need(python.pyodide, "xlsxwriter");
    tell({ kind: "progress", stage: "answering" });
    tell({ kind: "answer", id, reply: python.answer(name, JSON.stringify(request)) });
  } catch (error) {
    const message = error instanceof StartError ? error.message : `The calculator has a fault: ${lastLine(error)}`;
    tell({ kind: "fault", id, message });
  }
});
