# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Small source trees for tests of the command: one for each verdict."""

import json
from pathlib import Path
from typing import Any

LEFT, RIGHT = "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"


def write_tree(folder: Path, *, right: str | None = "ISC", name: str = "shop", version: str = "2.0.0") -> Path:
    """A web shop that needs `left` (MIT), which needs `right` under the licence given (None: none stated)."""
    folder.mkdir(parents=True, exist_ok=True)
    needs = {"left": "^1.0.0"}
    (folder / "package.json").write_text(json.dumps({"name": name, "version": "1.0.0", "dependencies": needs}))
    stated = {} if right is None else {"license": right}
    packages: dict[str, Any] = {
        "": {"name": name, "version": "1.0.0", "license": "MIT", "dependencies": needs},
        "node_modules/left": {"version": "1.0.0", "license": "MIT", "dependencies": {"right": "^2.0.0"}},
        "node_modules/right": {"version": version, **stated},
    }
    lock = {"name": name, "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": packages}
    (folder / "package-lock.json").write_text(json.dumps(lock, indent=1))
    return folder


def compliant_tree(folder: Path) -> Path:
    """Every licence is permissive."""
    return write_tree(folder)


def forbidden_tree(folder: Path) -> Path:
    """Strong copyleft in a product that is handed out."""
    return write_tree(folder, right="GPL-3.0-only")


def unlicensed_tree(folder: Path) -> Path:
    """One package states no licence."""
    return write_tree(folder, right=None)


def broken_tree(folder: Path) -> Path:
    """The lock file is cut off, so the inventory lacks what stood in it."""
    write_tree(folder)
    lock = folder / "package-lock.json"
    lock.write_text(lock.read_text()[:200])
    return folder


def write_bom(file: Path, **changes: object) -> Path:
    """A CycloneDX 1.6 document with one component; `changes` replace its outermost entries."""
    component = {
        "type": "library",
        "bom-ref": LEFT,
        "name": "left",
        "version": "1.0.0",
        "purl": LEFT,
        "licenses": [{"license": {"id": "MIT"}}],
    }
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": "urn:uuid:11111111-2222-4333-8444-555555555555",
        "version": 1,
        "metadata": {"timestamp": "2026-01-02T03:04:05Z", "component": {"type": "application", "name": "delivered"}},
        "components": [component],
    }
    file.write_text(json.dumps(document | changes))
    return file
