# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Small trees on disk, and the whole pipeline over them with the default plug-ins and policy."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from paddock.engine.bootstrap import EXTRACTORS, build
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.pipeline.run import run

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

CRATE = """\
version = 3

[[package]]
name = "app"
version = "1.0.0"
dependencies = ["serde"]

[[package]]
name = "serde"
version = "1.0.200"
source = "registry+https://index.example.org"
"""
APP = '[package]\nname = "app"\nversion = "1.0.0"\nlicense = "MIT"\n[dependencies]\nserde = "1"\n'
SOUND: dict[str, str | bytes] = {"sound/Cargo.lock": CRATE, "sound/Cargo.toml": APP}
"""A part of a tree that is in order: whatever lies beside it, its one package must be found."""
SOUND_REF = "pkg:cargo/serde@1.0.200"


def plant(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder; returns the folder."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def look_at(root: Path) -> Result:
    """`paddock scan` with what ships: default policy, configuration files of the tree."""
    return run(root, build(root), now=NOON)


def refs(result: Result) -> list[str]:
    """The purls of all components, sorted."""
    return [component.ref for component in result.inventory.components]


def errors_at(result: Result) -> dict[str, list[str]]:
    """The messages of ERROR issues by path."""
    return told(result.inventory, Severity.ERROR)


def told(inventory: Inventory, *severities: Severity) -> dict[str, list[str]]:
    """The messages of issues by path, of all severities where none is given."""
    found: dict[str, list[str]] = {}
    for issue in inventory.issues:
        if not severities or issue.severity in severities:
            found.setdefault(issue.path, []).append(issue.message)
    return found


def dangling(inventory: Inventory) -> list[str]:
    """Refs in usages and edges that are neither a component nor a project of the inventory; must be none."""
    known = {component.ref for component in inventory.components} | {project.id for project in inventory.projects}
    named = {usage.ref for project in inventory.projects for usage in project.usages}
    named |= {end for edge in inventory.edges for end in (edge.source, edge.target)}
    return sorted(named - known)


def claimed_paths() -> dict[str, list[str]]:
    """By extractor, one path for each name, suffix and pattern that it claims."""
    return {
        extractor.name: [
            *extractor.claims.names,
            *(f"x{suffix}" for suffix in extractor.claims.suffixes),
            *(pattern.replace("*", "x") for pattern in extractor.claims.patterns),
            *(["tool"] if extractor.claims.executables else []),
        ]
        for extractor in EXTRACTORS
    }


def state_of(root: Path) -> dict[str, tuple[int, int, int]]:
    """Size, mode and time of change of everything in a tree: to prove that nothing was touched."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            status = os.lstat(os.path.join(folder, name))
            found[os.path.join(folder, name)] = (status.st_size, status.st_mode, status.st_mtime_ns)
    return found
