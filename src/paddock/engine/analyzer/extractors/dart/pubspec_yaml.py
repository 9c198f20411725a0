# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pubspec.yaml without a lock file: what a Dart package declares.

Format: https://dart.dev/tools/pub/pubspec
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.dart.manifest import (
    Manifest,
    Requirement,
    exact_version,
    manifest_beside,
    members,
    note_project,
    package_url,
    read_manifest,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin

NAME = "dart/pubspec_yaml"


def extract(file: SourceFile) -> Extraction:
    """The project with its direct dependencies, and the members of its workspace."""
    draft = Draft(file, NAME)
    manifest = read_manifest(file)
    everyone = [manifest, *members(file, manifest)]
    known = {found.name: found.file.path for found in everyone if found.name}
    loose: list[str] = []
    for found in everyone:
        if not found.name and not found.requirements:
            continue
        project = note_project(draft, found, Origin.DECLARED)
        if found is not manifest:
            draft.cover(found.file.path)
        for name, requirement in found.requirements.items():
            ref = _ref(draft, found, name, requirement, known)
            if ref is None:
                draft.issue(f"{name!r} is no name of a package; it was left out")
            elif ref != project.id:
                project.use(ref, requirement.scope, direct=True, requirement=requirement.text)
                elsewhere = name in known or requirement.path or requirement.sdk
                if not elsewhere and not exact_version(requirement.text):
                    loose.append(name)
    if loose:
        shown = ", ".join(sorted(loose)[:3])
        draft.issue(
            f"{len(loose)} dependencies have no pinned version ({shown}{', …' if len(loose) > 3 else ''}); "
            "commit pubspec.lock to pin them"
        )
    return draft.finish()


def _ref(draft: Draft, manifest: Manifest, name: str, requirement: Requirement, known: dict[str, str]) -> str | None:
    if name in known:
        return known[name]
    if requirement.path:
        local = manifest_beside(manifest.file, requirement.path)
        if local is not None:
            return note_project(draft, local, Origin.DECLARED).id
    purl = package_url(name, exact_version(requirement.text), requirement.vcs_url)
    if purl is None:
        return None
    properties = (("pub:sdk", requirement.sdk),) if requirement.sdk else ()
    return draft.add(purl, path=manifest.file.path, vcs_url=requirement.vcs_url, properties=properties)


EXTRACTOR = Extractor(
    name=NAME,
    title="pubspec.yaml (without a lock file)",
    claims=Claims(names=("pubspec.yaml", "pubspec.yml")),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT}),
    cannot_tell=(
        "Versions that are not pinned exactly, and what direct dependencies bring in: that takes pubspec.lock.",
        "Licences: pubspec.yaml has no field for them.",
    ),
    extract=extract,
)
