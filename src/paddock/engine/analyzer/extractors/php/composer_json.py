# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""composer.json without a lock file: the packages it asks for.

Format: https://getcomposer.org/doc/04-schema.md; constraints: https://getcomposer.org/doc/articles/versions.md.
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.php.package import (
    describe_project,
    package_purl,
    pinned_version,
    read_manifest,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl

NAME = "php/composer_json"


def extract(file: SourceFile) -> Extraction:
    """One project with requirements; versions only where a constraint allows exactly one."""
    draft = Draft(file, NAME)
    manifest = read_manifest(file)
    project = describe_project(draft, manifest, Origin.DECLARED)
    unpinned = 0
    for scope, constraints in ((Scope.RUNTIME, manifest.runtime), (Scope.DEV, manifest.dev)):
        for name, constraint in constraints.items():
            version = pinned_version(constraint)
            try:
                ref = draft.add(package_purl(name, version))
            except InvalidPurl:
                draft.issue(f"{name!r} is required, but names are of the form vendor/name")
                continue
            unpinned += not version
            project.use(ref, scope, direct=True, requirement=constraint)
    if unpinned:
        draft.issue(f"{unpinned} packages have no exact version; run `composer update` and keep the composer.lock")
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="composer.json without lock file",
    claims=Claims(names=("composer.json",)),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT}),
    cannot_tell=("Exact versions and transitive packages: a composer.lock has them.",),
    extract=extract,
)
