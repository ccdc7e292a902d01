// Runs the calculators' unit suite and doctests inside Pyodide, from the built wheel:
//   node tests/pyodide/run.mjs WHEEL_FOLDER PYTEST_WHEELS_FOLDER [pytest arguments]
// The exit status is pytest's.

import path from "node:path";
import { exitWith, root, start } from "./runtime.mjs";

// Python in WebAssembly runs at a third of native speed: fewer examples, and no time limit for one.
const CONFTEST = `
import sys
import hypothesis

hypothesis.settings.register_profile("pyodide", max_examples=10, deadline=None, database=None)
hypothesis.settings.load_profile("pyodide")

def pytest_collection_modifyitems(items):
    # A test that asks for a thousand cases has them natively: here the same digits are what is to be shown.
    for item in items:
        test = getattr(item, "obj", None)
        asked = getattr(test, "_hypothesis_internal_use_settings", None)
        if asked is not None:
            few = hypothesis.settings(asked, max_examples=min(asked.max_examples, 25), deadline=None)
            test._hypothesis_internal_use_settings = few

def pytest_report_header():
    return f"Python {sys.version.split()[0]} on {sys.platform}"
`;

const SUITE = `
import pytest

options = ["-p", "no:cacheprovider", "--import-mode=importlib", "--doctest-modules", "-W", "error", "-ra"]
options += ["-o", "pythonpath=.", "-o", "markers=native: needs processes\\nslow: ten seconds", "-m", "not native"]
int(pytest.main([*options, *given, "--pyargs", "calculators", "tests/calculators"]))
`;

/** @param {string[]} folders @param {string[]} given */
async function run(folders, given) {
  const pyodide = await start(folders);
  // Only the tests are mounted: `calculators` comes from the wheel, as it does in the browser.
  pyodide.FS.mkdirTree("/suite/tests/calculators");
  pyodide.mountNodeFS("/suite/tests/calculators", path.join(root, "tests/calculators"));
  pyodide.FS.writeFile("/suite/conftest.py", CONFTEST);
  pyodide.FS.chdir("/suite");
  pyodide.globals.set("given", pyodide.toPy(given));
  return pyodide.runPython(SUITE);
}

const [wheel, pytest, ...given] = process.argv.slice(2);
await exitWith(run([wheel, pytest], given));
