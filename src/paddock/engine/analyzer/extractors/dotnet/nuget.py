# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""NuGet packages as components: purls, hashes, versions that are pinned, scopes that follow from asset settings.

Versions: https://learn.microsoft.com/nuget/concepts/package-versioning; which version is taken:
https://learn.microsoft.com/nuget/concepts/dependency-resolution; assets:
https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#controlling-dependency-assets.
"""

import base64
import binascii
import re

from paddock.engine.analyzer.draft import Draft
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Scope
from paddock.engine.model.purl import InvalidPurl, make_purl

PROJECT_SUFFIXES = (".csproj", ".fsproj", ".vbproj")

_EXACT = re.compile(r"\[?\s*(\d+(?:\.\d+){0,3}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)\s*\]?")
_DEVELOPMENT_ASSETS = frozenset({"compile", "runtime"})


def add_package(draft: Draft, name: str, version: str = "", *, line: int | None = None, **facts: object) -> str | None:
    """Note a package; returns its ref, or None, with an issue, when the name can be none.

    facts: `path` (the file, where it is not the draft's own) and further fields of Component.
    """
    try:
        purl = make_purl("nuget", name, version)
    except InvalidPurl:
        draft.issue(f"{name!r} is no name of a package", line=line)
        return None
    return draft.add(purl, line=line, **facts)  # type: ignore[arg-type]  # fields of Component, passed on


def sha512(text: str) -> tuple[Hash, ...]:
    """A base64 SHA-512 (with or without the prefix "sha512-") as a hash; empty when the text is none."""
    try:
        digest = base64.b64decode(text.removeprefix("sha512-"), validate=True)
    except (binascii.Error, ValueError):
        return ()
    return (Hash("sha512", digest.hex()),) if len(digest) == 64 else ()


def pinned_version(requirement: str) -> str:
    """The version that NuGet takes for a direct reference, else an empty string.

    `[1.2.3]` allows only that; a plain `1.2.3` means "at least", but a direct reference takes the lowest one
    allowed and wins over what other packages ask for. Ranges and floating versions (`1.*`) pin nothing.
    """
    match = _EXACT.fullmatch(requirement.strip())
    if match is None or requirement.strip().startswith("[") != requirement.strip().endswith("]"):
        return ""
    return match.group(1)


def asset_scope(*, private: str, include: str, exclude: str) -> Scope:
    """The scope of a direct reference by its asset lists (names separated by `;` or `,`; `all`, `none`).

    What neither compiles nor ends up beside the program is for the build; without `compile` and kept from others it is
    what NuGet calls a development dependency. Kept from others alone tells nothing about delivery.
    """
    included = _assets(include) or {"all"}
    excluded = _assets(exclude)
    used = {
        asset
        for asset in _DEVELOPMENT_ASSETS
        if (asset in included or "all" in included) and asset not in excluded and "all" not in excluded
    }
    kept = "all" in _assets(private)
    if not used:
        return Scope.BUILD
    if kept:
        return Scope.UNKNOWN if "compile" in used else Scope.DEV
    return Scope.RUNTIME


def _assets(text: str) -> set[str]:
    return {part.strip().lower() for part in re.split(r"[;,]", text) if part.strip()}


def project_beside(file: SourceFile, folder: str = ".") -> SourceFile | None:
    """The project file in a folder (relative to the file's), where there is exactly one."""
    names = [name for name in file.siblings(folder) if name.lower().endswith(PROJECT_SUFFIXES)]
    return file.neighbour(f"{folder}/{names[0]}") if len(names) == 1 else None
