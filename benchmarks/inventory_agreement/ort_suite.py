# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""ORT's expected analyzer results: `<project>-expected-output….yml` beside the project's folder.

A result names its definition file, so that a result about one module of a tree is compared with our project there.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.inventory_agreement.suite_case import Case, Identity, identity

ARCHIVE = "fixtures/ort-package-managers.tar.xz"
TYPES = {"cocoapods": frozenset({"cocoapods"}), "go": frozenset({"golang"}), "node": frozenset({"npm"})}
DELIVERED = ("skip-excluded-scopes", "scope-excludes", "scopes-excludes")


def cases(root: Path) -> Iterator[Case | str]:
    """Every case, or a sentence for an expectation whose files are not in the data."""
    for path in sorted(root.rglob("*-expected-output*.yml")):
        group = path.relative_to(root).parts[2]
        name = f"{path.parent.name}/{path.stem}" if path.parent.name != "synthetic" else path.stem
        documents = read(path)
        folder, inner = place(path, documents[0]) if documents else (None, None)
        if folder is None or not folder.is_dir() or not any(folder.rglob("*")):
            yield f"{group}: {name}"
            continue
        yield Case(
            name=f"{group}/{name}",
            group=group,
            root=folder,
            expected=frozenset(purls(documents)),
            project=inner if len(documents) == 1 and "project" in documents[0] else None,
            types=TYPES.get(group, frozenset()),
            delivered=any(word in path.name for word in DELIVERED),
        )


def read(path: Path) -> list[dict[str, Any]]:
    """The documents of a result file; placeholders in it are plain text."""
    return [one for one in yaml.load_all(path.read_text(), Loader=yaml.CSafeLoader) if isinstance(one, dict)]


def place(path: Path, document: dict[str, Any]) -> tuple[Path | None, str | None]:
    """The project's folder, and the folder of the definition file relative to it."""
    result = document.get("analyzer", {}).get("result", {}) or document
    projects = result.get("projects") or [document.get("project") or {}]
    definition = projects[0].get("definition_file_path") or ""
    marker = f"/{path.parent.relative_to(path.parents[2]).as_posix()}/"
    _, _, below = f"/{definition}".partition(marker)
    top, _, rest = below.partition("/")
    if top and (path.parent / top).is_dir():
        return path.parent / top, rest.rpartition("/")[0]
    stem = path.name.partition("-expected-output")[0].removesuffix("-skip-excluded-scopes")
    parts = stem.split("-")
    for count in range(len(parts), 0, -1):
        folder, module = path.with_name("-".join(parts[:count])), "-".join(parts[count:])
        if folder.is_dir() and (not module or module == "lib" or (folder / module).is_dir()):
            return folder, module if (folder / module).is_dir() and module else "" if module else None
    return None, None


def purls(documents: list[dict[str, Any]]) -> Iterator[Identity]:
    """The packages, wherever the result keeps them."""
    for document in documents:
        result = document.get("analyzer", {}).get("result", {}) or document
        for entry in result.get("packages") or []:
            purl = (entry.get("package") or entry).get("purl")
            if purl:
                yield identity(purl)
