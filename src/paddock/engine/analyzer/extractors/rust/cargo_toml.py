# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Cargo.toml without a lock file: the crates that a package asks for.

Format: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html; see `manifest.py`.
"""

import posixpath
import re

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.rust.crate import add_crate, crate_purl
from paddock.engine.analyzer.extractors.rust.manifest import CrateDependency, read_manifest
from paddock.engine.analyzer.vcs import vcs_url
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin
from paddock.engine.model.issue import Severity

NAME = "rust/cargo_toml"

_COMMIT = re.compile(r"[0-9a-f]{40}")


def extract(file: SourceFile) -> Extraction:
    """One project with requirements; nothing for a manifest that only holds a workspace together.

    Versions only where a requirement is exact ("=1.2.3"); a git dependency keeps its commit where it names one.
    """
    draft = Draft(file, NAME)
    manifest = read_manifest(file)
    if not manifest.name and not manifest.dependencies:
        return draft.finish()
    project = draft.project(
        origin=Origin.DECLARED,
        name=manifest.name,
        version=manifest.version,
        purl=crate_purl(manifest.name, manifest.version),
        licenses=manifest.licenses,
    )
    unpinned = 0
    for dependency in manifest.dependencies.values():
        ref, pinned = _resolve(draft, file, dependency)
        unpinned += not pinned
        if ref and ref != project.id:
            project.use(ref, dependency.scope, direct=True, requirement=dependency.requirement)
    if unpinned:
        draft.issue(f"{unpinned} crates have no exact version; run `cargo generate-lockfile` and keep the Cargo.lock")
    return draft.finish()


def _resolve(draft: Draft, file: SourceFile, dependency: CrateDependency) -> tuple[str | None, bool]:
    """The ref of a dependency and whether that is exactly known."""
    if dependency.path:
        other = file.neighbour(posixpath.join(dependency.path, "Cargo.toml"))
        if other is not None:
            return draft.refer(other.path), True
        draft.issue(f"the crate {dependency.name} in {dependency.path} is not in the tree", Severity.WARNING)
    if dependency.git:
        exact = _COMMIT.fullmatch(dependency.revision) is not None
        vcs = vcs_url(dependency.git, dependency.revision if exact else "")
        return add_crate(draft, dependency.name, vcs=vcs), exact
    return add_crate(draft, dependency.name, dependency.pinned), bool(dependency.pinned)


EXTRACTOR = Extractor(
    name=NAME,
    title="Cargo.toml without lock file",
    claims=Claims(names=("Cargo.toml",)),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT, Fact.LICENSES}),
    cannot_tell=(
        "Exact versions and transitive crates: a Cargo.lock has them.",
        "Which features are switched on, and for which platforms: every target's dependencies count.",
    ),
    extract=extract,
)
