"""The cross-build environment that pyodide-build asks for, as little of it as a pure-Python wheel needs.

The full one is a large download with compilers and headers. A pure wheel needs only to know which Python
and which platform it is for, and the npm runtime says so in its lock file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from site_build import PYODIDE

if TYPE_CHECKING:
    from pathlib import Path

MAKEFILE = """\
export PYVERSION ?= {python}
export PYMAJOR ?= {major}
export PYMINOR ?= {minor}
export PYODIDE_VERSION ?= {pyodide}
export PYODIDE_ABI_VERSION ?= {abi_version}
export PYODIDE_EMSCRIPTEN_VERSION ?= {emscripten}
export PLATFORM_TRIPLET ?= wasm32-emscripten
export CPYTHONINSTALL ?= $(PYODIDE_ROOT)/cpython
export TARGETINSTALLDIR ?= $(CPYTHONINSTALL)
export PYTHONINCLUDE ?= $(CPYTHONINSTALL)/include
export SYSCONFIG_NAME ?= _sysconfigdata__emscripten_wasm32-emscripten
.output_vars:
	@env
"""


def write(folder: Path, runtime: Path = PYODIDE) -> Path:
    """Write the environment for `runtime` below `folder` and return what `PYODIDE_ROOT` has to name."""
    info = json.loads((runtime / "pyodide-lock.json").read_text("utf-8"))["info"]
    package = json.loads((runtime / "package.json").read_text("utf-8"))
    major, minor, *_ = info["python"].split(".")
    root = folder / "pyodide-root"
    (root / "dist").mkdir(parents=True)
    (root / "dist" / "pyodide-lock.json").write_bytes((runtime / "pyodide-lock.json").read_bytes())
    (folder / "requirements.txt").write_text("", "utf-8")
    makefile = MAKEFILE.format(
        python=info["python"],
        major=major,
        minor=minor,
        pyodide=package["version"],
        abi_version=info["abi_version"],
        emscripten=info["platform"].removeprefix("emscripten_").replace("_", "."),
    )
    (root / "Makefile.envs").write_text(makefile, "utf-8")
    return root
