# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pubspec.lock: every package with version, source and digest; whether it is a main, dev or transitive dependency.

Format: https://dart.dev/tools/pub/glossary#lockfile; workspaces: https://dart.dev/tools/pub/workspaces
"""

import re
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_yaml, require_mapping, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.dart.manifest import (
    Manifest,
    git_url,
    manifest_beside,
    members,
    note_project,
    package_url,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Origin, Scope

NAME = "dart/pubspec_lock"

_SHA256 = re.compile(r"[0-9a-fA-F]{64}$")
_KINDS: dict[str, tuple[Scope, bool | None]] = {
    "direct main": (Scope.RUNTIME, True),
    "direct dev": (Scope.DEV, True),
    "direct overridden": (Scope.UNKNOWN, True),
    "transitive": (Scope.UNKNOWN, False),
}


def extract(file: SourceFile) -> Extraction:
    """The lock file's packages, for the project beside it and the members of its workspace."""
    draft = Draft(file, NAME)
    document = read_yaml(file)
    packages = mapping(require_mapping(document, "pubspec.lock").get("packages"))
    root = manifest_beside(file)
    manifests = [root, *members(file, root)] if root else []
    projects = {}
    for manifest in manifests:
        projects[manifest.file.path] = note_project(draft, manifest, Origin.LOCKED)
        draft.cover(manifest.file.path)
    first_party = {manifest.name: manifest.file.path for manifest in manifests if manifest.name}
    refs: dict[str, str] = {}
    for name, value in packages.items():
        ref = _note(file, draft, text_of(name), mapping(value), first_party)
        if ref is not None:
            refs[text_of(name)] = ref
    owner = projects[root.file.path] if root else draft.project(origin=Origin.LOCKED)
    for manifest in manifests:
        _use_declared(projects[manifest.file.path], manifest, {**first_party, **refs})
    single = len(manifests) <= 1
    used = {ref for project in projects.values() for ref in project.refs()}
    for name, ref in refs.items():
        kind, direct = _KINDS.get(text_of(mapping(packages[name]).get("dependency")), (Scope.UNKNOWN, None))
        if single or ref not in used:
            # with members "direct" means direct in any of them
            owner.use(ref, kind if single else Scope.UNKNOWN, direct=direct if single else None)
    return draft.finish()


def _note(file: SourceFile, draft: Draft, name: str, entry: dict[str, Any], first_party: dict[str, str]) -> str | None:
    description = mapping(entry.get("description"))
    source, version = text_of(entry.get("source")), text_of(entry.get("version"))
    vcs_url = ""
    if source == "path":
        if name in first_party:
            return first_party[name]
        local = manifest_beside(file, text_of(description.get("path")))
        if local is not None:
            # a package of this tree: its own files tell what it needs
            return note_project(draft, local, Origin.DECLARED).id
    if source == "git":
        revision = text_of(description.get("resolved-ref")) or text_of(description.get("ref"))
        vcs_url = git_url(text_of(description.get("url")), revision)
    # the name in the description is the server's; the key is what imports say
    purl = package_url(text_of(description.get("name")) or name, version, vcs_url)
    if purl is None:
        draft.issue("a package without a name was left out")
        return None
    digest = text_of(description.get("sha256"))
    properties = (("pub:sdk", text_of(entry.get("description"))),) if source == "sdk" else ()
    return draft.add(
        purl,
        hashes=(Hash("sha256", digest.lower()),) if _SHA256.match(digest) else (),
        vcs_url=vcs_url,
        properties=properties,
    )


def _use_declared(project: ProjectDraft, manifest: Manifest, refs: dict[str, str]) -> None:
    for name, requirement in manifest.requirements.items():
        if name in refs and refs[name] != project.id:
            project.use(refs[name], requirement.scope, direct=True, requirement=requirement.text)


EXTRACTOR = Extractor(
    name=NAME,
    title="pubspec.lock",
    claims=Claims(names=("pubspec.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.HASHES}),
    cannot_tell=(
        "Which package needs which, so the scope of transitive packages stays unknown.",
        "Which member of a workspace needs which transitive package.",
        "Licences of packages.",
    ),
    extract=extract,
)
