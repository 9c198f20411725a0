# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Unpacks the files of a published source into one tree and scans it: one plain function, fit for a process of its
own."""

from collections.abc import Sequence
from contextlib import ExitStack

import msgspec

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.clients.artifact import Kind
from paddock.engine.downloader.archive_tree import ArchiveTree
from paddock.engine.downloader.unpack import DEFAULT_BOUNDS, Unpacked, unpack
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import PackageURL
from paddock.engine.pipeline.declared import declared_in
from paddock.engine.pipeline.obtain import Part
from paddock.engine.scanner.artifact import ArtifactFindings, scan_artifact
from paddock.engine.scanner.detect import DETECTORS, Detector

SOURCE = "deep scan"
_OUTER_FOLDER = frozenset({Kind.SDIST, Kind.NPM, Kind.CRATE, Kind.COMPOSER, Kind.DEBIAN_UPSTREAM})
"""Kinds whose archives hold one folder that holds everything."""


def examine(
    parts: Sequence[Part],
    paths: Sequence[str],
    purl: PackageURL,
    extractors: Sequence[Extractor],
    detectors: Sequence[Detector] = DETECTORS,
) -> ArtifactFindings:
    """What is in the files at `paths`, which are the `parts` of a package's source. Never raises for their content."""
    with ExitStack() as stack:
        opened: list[tuple[str, Unpacked]] = []
        tree = ArchiveTree({}, DEFAULT_BOUNDS)
        issues: list[Issue] = []
        for part, path in zip(parts, paths, strict=True):
            try:
                unpacked = stack.enter_context(unpack(path))
            except Unreadable as error:
                issues.append(Issue(Severity.WARNING, SOURCE, f"not looked into: {error.reason}", part.name))
                continue
            opened.append((part.name, unpacked))
            folder, own = _own_root(part, unpacked.tree)
            tree = tree.joined(folder, own)
        found = scan_artifact(tree, detectors)
        declared = declared_in(tree, purl, extractors)
        # What zip archives refuse is known only after they have been read.
        issues += [issue for name, unpacked in opened for issue in unpacked.issues(name)]
    return msgspec.structs.replace(found, declared=declared, issues=(*issues, *found.issues))


def _own_root(part: Part, tree: ArchiveTree) -> tuple[str, ArchiveTree]:
    """Into which folder of the package's tree a file's content goes, and that content."""
    kind = Kind(part.origin.kind)
    if kind is Kind.GO_MODULE:
        return "", tree.below(part.name.removesuffix(".zip"))
    if kind is Kind.DEBIAN_UPSTREAM and (component := _upstream_component(part.name)):
        return component, tree.without_outer_folder()
    return "", tree.without_outer_folder() if kind in _OUTER_FOLDER else tree


def _upstream_component(name: str) -> str:
    """`x` of `name_1.2.orig-x.tar.gz`, which is unpacked as a folder of the main tarball; "" for that one."""
    before, _, rest = name.partition(".orig-")
    return rest.partition(".tar.")[0] if before and rest else ""
