# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the two kinds of conanfile have in common: their requirements as components of one project."""

from collections.abc import Iterable

from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractors.cpp.conan_reference import Need
from paddock.engine.model.inventory import Origin, Scope


def add_needs(draft: Draft, needs: Iterable[Need]) -> ProjectDraft:
    """Note the requirements of a conanfile as direct usages; ranges get one issue that says how to pin them."""
    project = draft.project(origin=Origin.DECLARED)
    ranges = 0
    stated = list(needs)
    hosts = {need.reference.name: need.reference.version for need in stated if need.scope is not Scope.BUILD}
    for need in stated:
        reference = need.reference
        if reference.host:
            reference = reference._replace(version=hosts.get(reference.host, reference.version))
        ref = draft.add(reference.purl(), line=need.line, properties=reference.properties())
        project.use(ref, need.scope, direct=True, requirement=reference.version.strip("[]"))
        ranges += reference.is_range
    if ranges:
        draft.issue(
            f"{ranges} requirement{'s' if ranges > 1 else ''} without an exact version: give exact versions, or commit "
            "the lock file that `conan lock create` writes"
        )
    return project
