// Pyodide under Node as the browser runs it: the locked runtime, no packages but those unpacked here.

import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { loadPyodide } from "pyodide";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Starts Python with every wheel of the given folders unpacked.
 * @param {string[]} folders */
export async function start(folders) {
  const runtime = path.join(root, "node_modules/pyodide");
  const { info } = JSON.parse(await readFile(path.join(runtime, "pyodide-lock.json"), "utf-8"));
  const pyodide = await loadPyodide({
    indexURL: runtime,
    packageBaseUrl: runtime,
    lockFileContents: { info, packages: {} },
    env: { PYTHONHASHSEED: "0" },
  });
  const extractDir = pyodide.runPython("import site; site.getsitepackages()[0]");
  for (const folder of folders) {
    for (const name of (await readdir(folder)).filter((name) => name.endsWith(".whl"))) {
      const content = new Uint8Array(await readFile(path.join(folder, name)));
      pyodide.unpackArchive(content, "wheel", { extractDir });
    }
  }
  pyodide.pyimport("importlib").invalidate_caches();
  return pyodide;
}

/** Ends the program with the status that `work` comes to; a failure is told in its own words.
 * Node itself would print the runtime's one line of a million characters.
 * @param {Promise<number>} work */
export async function exitWith(work) {
  try {
    process.exitCode = await work;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
