# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Package.resolved, versions 1 to 3: the pinned Swift packages; Package.swift beside it tells which are direct.

Format: https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/packagedependencyresolution and SwiftPM's own
writer. Package.swift is a program; it is not run, only the literal addresses in it are read.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl

NAME = "swift/package_resolved"

_SCP_LIKE = re.compile(r"(?:[\w.-]+@)?([\w.-]+):(?!//)(.+)$", re.DOTALL)
_DECLARED = re.compile(r"\.package\(\s*(?:name:\s*\"[^\"\n]*\"\s*,\s*)?(?:url|id):\s*\"([^\"\n]*)\"\s*,?([^\n]{0,200})")
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


def extract(file: SourceFile) -> Extraction:
    """One component a pin. Raises Unreadable when the version is unknown: pins may then mean something else."""
    draft = Draft(file, NAME)
    document = require_mapping(read_json(file), "Package.resolved")
    version = text_of(document.get("version"))
    if version not in {"1", "2", "3"}:
        raise Unreadable(f"Package.resolved of version {version or '(none)'} is not known; 1 to 3 are")
    pins = sequence(mapping(document.get("object")).get("pins") if version == "1" else document.get("pins"))
    manifest = file.neighbour("Package.swift")
    declared = _declared(manifest) if manifest else {}
    project = draft.project(manifest.path if manifest else None, origin=Origin.LOCKED)
    for number, pin in enumerate(map(mapping, pins), 1):
        location = text_of(pin.get("location")) or text_of(pin.get("repositoryURL"))
        identity = text_of(pin.get("identity")) or text_of(pin.get("package"))
        ref = _note(draft, pin, location, identity)
        if ref is None:
            draft.issue(f"pin {number} ({identity or 'without a name'}) names no package and was left out")
            continue
        requirement = declared.get(_comparable(location or identity))
        direct = True if requirement is not None else None
        project.use(ref, Scope.UNKNOWN, direct=direct, requirement=requirement or "")
    return draft.finish()


def _note(draft: Draft, pin: dict[str, Any], location: str, identity: str) -> str | None:
    state = mapping(pin.get("state"))
    version, revision = text_of(state.get("version")), text_of(state.get("revision"))
    # without a version the branch moves, the revision does not
    purl = _package_url(location, identity, version or revision)
    if purl is None:
        return None
    branch = text_of(state.get("branch"))
    remote = text_of(pin.get("kind")) in {"", "remoteSourceControl"} and _is_remote(location)
    vcs_url = f"git+{_written_out(location)}{f'@{revision}' if revision else ''}" if remote else ""
    return draft.add(purl, vcs_url=vcs_url, properties=(("swift:branch", branch),) if branch else ())


def _package_url(location: str, identity: str, version: str) -> PackageURL | None:
    """`swift` with host and owner as namespace; from a registry `scope.name` becomes namespace and name.

    A local repository has no host, so it is a generic package.
    """
    try:
        if _is_remote(location):
            parts = urlsplit(_written_out(location))
            folders = [part for part in parts.path.removesuffix("/").removesuffix(".git").split("/") if part]
            if parts.hostname and folders:
                namespace = "/".join((parts.hostname, *folders[:-1]))
                return make_purl("swift", folders[-1], version, namespace=namespace)
        scope, dot, name = identity.partition(".")
        if not location and dot and scope and name:
            return make_purl("swift", name, version, namespace=scope)
        return make_purl("generic", identity, version)
    except (InvalidPurl, ValueError):
        return None


def _is_remote(location: str) -> bool:
    return "://" in location or bool(_SCP_LIKE.match(location))


def _written_out(location: str) -> str:
    found = None if "://" in location else _SCP_LIKE.match(location)
    return f"ssh://git@{found[1]}/{found[2]}" if found else location


def _comparable(location: str) -> str:
    """Addresses as SwiftPM compares them: without protocol, user, `.git` and case."""
    text = _written_out(location).lower().partition("://")[2] or location.lower()
    return text.rpartition("@")[2].removesuffix("/").removesuffix(".git")


def _declared(manifest: SourceFile) -> dict[str, str]:
    """Literal dependencies of a Package.swift: comparable address to the text of the requirement."""
    try:
        text = _COMMENT.sub("", manifest.text(strict=False, limit=1_000_000))
    except Unreadable:
        return {}
    return {_comparable(found[1]): found[2].strip().rstrip("),").strip() for found in _DECLARED.finditer(text)}


EXTRACTOR = Extractor(
    name=NAME,
    title="Package.resolved (versions 1 to 3)",
    claims=Claims(names=("Package.resolved",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT}),
    cannot_tell=(
        "Which package needs which, what for, and which are direct unless Package.swift names them literally.",
        "Digests and licences of packages.",
    ),
    extract=extract,
)
