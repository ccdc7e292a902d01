"""The Pyodide bundle: the runtime from npm and the wheel, each file named in a manifest with its digest.

    manifest.json                     the one stable name, next to which everything else is found
    runtime-<digest>/pyodide.mjs …    the runtime, under a digest of all its files
    wheel-<digest>/genai_cost_….whl   the calculators, under a digest of their own

The Worker fetches nothing that the manifest does not name, and checks each file against it before the start.
A new digest is a new address, so no cache can mix two releases.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

from site_build import PYODIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

RUNTIME_FILES = {
    "loader": "pyodide.mjs",
    "module": "pyodide.asm.mjs",
    "wasm": "pyodide.asm.wasm",
    "library": "python_stdlib.zip",
}
"""What the browser needs of the npm package: the role that the Worker knows, and the file."""

MANIFEST = "manifest.json"


def assemble(
    wheel: Path, output: Path, runtime: Path = PYODIDE, extras: Mapping[str, Path] | None = None
) -> dict[str, Any]:
    """Write the bundle into the new folder `output` and return its manifest.

    `extras` are wheels by name that only some requests need: they are fetched when one does.
    """
    missing = [name for name in RUNTIME_FILES.values() if not (runtime / name).is_file()]
    if missing:
        raise FileNotFoundError(f"{runtime} has no {', '.join(missing)}: run npm ci")
    originals = {role: runtime / name for role, name in RUNTIME_FILES.items()}
    folder = f"runtime-{_short_digest(originals.values())}"
    copies = {role: _copy(original, output / folder) for role, original in originals.items()}
    copies["wheel"] = _copy(wheel, output / f"wheel-{_short_digest([wheel])}")
    manifest = {
        "pyodide": json.loads((runtime / "package.json").read_text("utf-8"))["version"],
        # No packages: Pyodide has nothing to fetch from anywhere else.
        "lock": {"info": json.loads((runtime / "pyodide-lock.json").read_text("utf-8"))["info"], "packages": {}},
        "files": {role: describe(copy, output) for role, copy in copies.items()},
        "extras": {
            name: describe(_copy(extra, output / f"wheel-{_short_digest([extra])}"), output)
            for name, extra in (extras or {}).items()
        },
    }
    (output / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    return manifest


def describe(path: Path, folder: Path) -> dict[str, str | int]:
    """Return a file's address relative to `folder`, its subresource integrity and its size."""
    content = path.read_bytes()
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")
    return {"url": path.relative_to(folder).as_posix(), "integrity": f"sha256-{digest}", "bytes": len(content)}


def faults(folder: Path) -> list[str]:
    """Return what is wrong with the bundle in `folder`, one sentence a file; empty when all is right."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    found = []
    for stated in (*manifest["files"].values(), *manifest["extras"].values()):
        path = folder / stated["url"]
        if not path.is_file():
            found.append(f"{stated['url']} is missing")
        elif describe(path, folder) != stated:
            found.append(f"{stated['url']} is not the file that the manifest states")
    return found


def _copy(original: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    # Contents alone: npm's file modes and dates are not part of the site.
    return shutil.copyfile(original, folder / original.name)


def _short_digest(paths: Iterable[Path]) -> str:
    together = hashlib.sha256()
    for path in paths:
        together.update(hashlib.sha256(path.read_bytes()).digest())
    return together.hexdigest()[:16]
