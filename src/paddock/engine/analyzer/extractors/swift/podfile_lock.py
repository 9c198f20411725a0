# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Podfile.lock of CocoaPods: pods and subspecs with versions and edges, sources outside the spec repositories.

Format: https://guides.cocoapods.org/using/using-cocoapods.html#what-is-podfilelock and CocoaPods' own writer.
"""

import posixpath
import re
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_yaml, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl

NAME = "swift/podfile_lock"

_POD = re.compile(r"([^\s(]+)(?:\s+\((.*)\))?\s*$", re.DOTALL)


def extract(file: SourceFile) -> Extraction:
    """A component for each pod and each of its subspecs; pods whose podspec lies in the tree are projects."""
    draft = Draft(file, NAME)
    document = require_mapping(read_yaml(file), "Podfile.lock")
    pods = _pods(draft, document)
    refs: dict[str, str] = {}
    for name, (version, _) in pods.items():
        ref = _note(file, draft, document, name, version)
        if ref is not None:
            refs[name] = ref
    absent: list[str] = []
    for name, (_, needs) in pods.items():
        for need in needs:
            target = refs.get(_named(need)[0])
            if target is None:
                absent.append(f"{name} needs {need}")
            elif name in refs:
                draft.depend(refs[name], target)
    if absent:
        shown = ", ".join(text[:120] for text in absent[:3]) + (", …" if len(absent) > 3 else "")
        # what a pod needs on other platforms is listed with it, but not locked
        draft.issue(
            f"{len(absent)} dependencies are not in the lock file, as those for other platforms are: {shown}",
            Severity.HINT,
        )
    podfile = file.neighbour("Podfile")
    project = draft.project(podfile.path if podfile else None, origin=Origin.LOCKED)
    for text in map(text_of, sequence(document.get("DEPENDENCIES"))):
        name, requirement = _named(text)
        if name in refs:
            project.use(refs[name], Scope.UNKNOWN, direct=True, requirement=_version_part(requirement))
        elif name:
            draft.issue(f"the Podfile asks for {text}, which the lock file does not contain")
    for ref in refs.values():
        project.use(ref, direct=False)
    return draft.finish()


def _pods(draft: Draft, document: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Name to (version, needs). An entry is `Name (1.0)` or a mapping of that to a list of `Other (~> 2.0)`."""
    found: dict[str, tuple[str, list[str]]] = {}
    for entry in sequence(document.get("PODS")):
        pairs = list(entry.items()) if isinstance(entry, dict) else [(entry, [])]
        for key, needs in pairs:
            name, version = _named(text_of(key))
            if name:
                found[name] = (version, [need for need in map(text_of, sequence(needs)) if need])
            else:
                draft.issue("a pod without a name was left out")
    return found


def _named(text: str) -> tuple[str, str]:
    found = _POD.match(text)
    return (found[1], (found[2] or "").strip()) if found else ("", "")


def _version_part(requirement: str) -> str:
    return "" if requirement.startswith("from ") else requirement


def _note(file: SourceFile, draft: Draft, document: dict[str, Any], name: str, version: str) -> str | None:
    root, _, subspec = name.partition("/")
    external = mapping(mapping(document.get("EXTERNAL SOURCES")).get(root))
    local = _podspec(file, root, text_of(external.get(":path")))
    if local is not None:
        project = draft.project(local.path, origin=Origin.DECLARED, name=root, version=version)
        return project.id
    checkout = mapping(mapping(document.get("CHECKOUT OPTIONS")).get(root))
    address = text_of(checkout.get(":git")) or text_of(external.get(":git"))
    revision = next(
        (
            text
            for source in (checkout, external)
            for key in (":commit", ":tag", ":branch")
            if (text := text_of(source.get(key)))
        ),
        "",
    )
    vcs_url = f"git+{address}{f'@{revision}' if revision else ''}" if address else ""
    purl = _package_url(root, version, subspec, vcs_url)
    if purl is None:
        draft.issue(f"{name!r} is no name of a pod; it was left out")
        return None
    # the checksum is that of the podspec, not of what is downloaded: no hash of the component
    checksum = text_of(mapping(document.get("SPEC CHECKSUMS")).get(root))
    properties = (("cocoapods:podspec-sha1", checksum.lower()),) if checksum else ()
    return draft.add(purl, vcs_url=vcs_url, download_url=text_of(external.get(":http")), properties=properties)


def _package_url(root: str, version: str, subspec: str, vcs_url: str) -> PackageURL | None:
    try:
        qualifiers = {"vcs_url": vcs_url} if vcs_url else None
        return make_purl("cocoapods", root, version, qualifiers=qualifiers, subpath=subspec or None)
    except InvalidPurl:
        return None


def _podspec(file: SourceFile, name: str, path: str) -> SourceFile | None:
    if not path or "\0" in path + name or len(path) + len(name) > 4_096:
        return None
    candidates = [path] if path.endswith((".podspec", ".podspec.json")) else []
    candidates += [posixpath.join(path, f"{name}{suffix}") for suffix in (".podspec", ".podspec.json")]
    return next((found for found in map(file.neighbour, candidates) if found is not None), None)


EXTRACTOR = Extractor(
    name=NAME,
    title="Podfile.lock (CocoaPods)",
    claims=Claims(names=("Podfile.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.EDGES}),
    cannot_tell=(
        "What a pod is needed for: targets and configurations stand in the Podfile, which is a program.",
        "Digests of what is downloaded: the checksums are those of the podspecs (kept as a property).",
        "Licences of pods.",
    ),
    extract=extract,
)
