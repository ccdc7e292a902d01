// Prints what the calculators take natively and inside Pyodide, and the ratio:
//   node tests/pyodide/bench.mjs WHEEL_FOLDER PYTHON MEASURING_PROGRAM

import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { exitWith, start } from "./runtime.mjs";

/** @param {string} name @param {string[]} figures */
const row = (name, figures) => console.log(name.padEnd(28) + figures.map((figure) => figure.padStart(12)).join(""));

/** @param {string} wheelFolder @param {string} python @param {string} program */
async function compare(wheelFolder, python, program) {
  const natively = JSON.parse(execFileSync(python, [program], { encoding: "utf-8" }));
  const before = performance.now();
  const pyodide = await start([wheelFolder]);
  const started = performance.now() - before;
  let printed = "";
  pyodide.setStdout({ batched: (line) => (printed += line) });
  pyodide.runPython(await readFile(program, "utf-8"), { filename: program });
  const inPyodide = JSON.parse(printed);

  row("milliseconds", ["native", "Pyodide", "ratio"]);
  for (const [name, own] of Object.entries(natively)) {
    row(name, [own.toFixed(3), inPyodide[name].toFixed(3), (inPyodide[name] / own).toFixed(1)]);
  }
  row("start Pyodide under Node", ["", started.toFixed(0), ""]);
  return 0;
}

const [wheelFolder, python, program] = process.argv.slice(2);
await exitWith(compare(wheelFolder, python, program));
