// The Worker that runs Python: starts Pyodide from checked files, then answers requests in turn.
// It fetches nothing that the bundle's manifest does not name, and nothing from another host.

import { StartError, getBundle } from "./checked-files.js";

/** @typedef {(name: string, requestJson: string) => string} Answer */

/** @param {Record<string, unknown>} message */
const tell = (message) => self.postMessage(message);

/** Starts Python and returns `calculators.page.answer`.
 * @returns {Promise<Answer>} */
async function start() {
  await requireWebAssembly();
  const { files, lock } = await getBundle((bytes, totalBytes) =>
    tell({ kind: "progress", stage: "fetching", bytes, totalBytes }),
  );
  tell({ kind: "progress", stage: "starting" });
  serveFrom(files);
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    import(files.loader.address),
    import(files.module.address),
  ]);
  const folder = new URL(".", files.wasm.address).href;
  const pyodide = await loadPyodide({
    indexURL: folder,
    packageBaseUrl: folder,
    lockFileContents: lock,
    createPyodideModule,
    env: { PYTHONHASHSEED: "0" },
  });
  tell({ kind: "progress", stage: "unpacking" });
  // Into the working folder, which is on Python's path.
  pyodide.unpackArchive(files.wheel.content, "wheel");
  return pyodide.pyimport("calculators.page").answer;
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
  const answer = await started.catch(() => /** @type {Answer | null} */ (null));
  if (!answer) return; // The page has been told already.
  try {
    tell({ kind: "answer", id, reply: answer(name, JSON.stringify(request)) });
  } catch (error) {
    tell({ kind: "fault", id, message: `The calculator has a fault: ${lastLine(error)}` });
  }
});
