# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Go modules as components: their purls, the standard library, and what replaced what.

Module paths and versions: https://go.dev/ref/mod#versions. In purls the version stands without the leading "v", as
advisories write it; the standard library is the module `stdlib`, as the Go vulnerability database calls it.
"""

import re

from paddock.engine.analyzer.draft import Draft
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl

_VERSION = re.compile(r"v\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]*)?")
_RELEASE = re.compile(r"(?:go)?(\d+(?:\.\d+)*(?:(?:rc|beta)\d+)?)")
_MAJOR = re.compile(r"/v([2-9]\d*|1\d+)$")


def is_version(text: str) -> bool:
    """Whether the text is a module version (`v1.2.3`, pseudo-versions and +incompatible ones included)."""
    return _VERSION.fullmatch(text) is not None


def fits_path(module: str, version: str) -> bool:
    """Whether the major version at the end of a module path (`…/v2`), if any, is that of the version."""
    major = _MAJOR.search(module)
    return major is None or version.startswith(f"v{major.group(1)}.")


def module_purl(module: str, version: str = "") -> PackageURL:
    """The purl of a module path in a version ("v1.2.3"; "" for none). Raises InvalidPurl for an empty path."""
    namespace, _, name = module.strip("/").rpartition("/")
    return make_purl("golang", name, version.removeprefix("v"), namespace=namespace)


def add_module(draft: Draft, module: str, version: str, *, line: int | None = None, **facts: object) -> str | None:
    """Note a module; what is no path or no version is an issue. Returns the ref, or None for what has no purl.

    facts: `path` (the file, where it is not the draft's own) and further fields of Component.
    """
    path = facts.get("path")
    place = path if isinstance(path, str) else None
    if version and not is_version(version):
        draft.issue(f"{module} is required at {version!r}, which is no version", path=place, line=line)
        version = ""
    try:
        purl = module_purl(module, version)
    except InvalidPurl:
        draft.issue(f"{module!r} is no module path", path=place, line=line)
        return None
    return draft.add(purl, line=line, **facts)  # type: ignore[arg-type]  # fields of Component, passed on


def add_standard_library(draft: Draft, release: str, *, line: int | None = None, path: str | None = None) -> str | None:
    """Note the standard library of a release ("1.22.1", "go1.22.1 X:experiment"); None for `default`, "devel …"."""
    match = _RELEASE.match(release)
    if match is None:
        return None
    return draft.add(make_purl("golang", "stdlib", match.group(1)), line=line, path=path)


def replaced(module: str, version: str) -> tuple[tuple[str, str], ...]:
    """The property that says which module a component stands in for."""
    return (("replaces", f"{module}@{version}" if version else module),)
