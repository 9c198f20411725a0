# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""composer.lock: every package of a project with licences, sources and edges; composer.json tells what is direct.

Format: https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control; the packages
are those of https://getcomposer.org/doc/04-schema.md.
"""

import json

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import read_json, require_mapping, sequence
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.php.package import Manifest, PackageSet, describe_project, read_manifest
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "php/composer_lock"


def extract(file: SourceFile) -> Extraction:
    """One project: `packages` are for running, `packages-dev` for development."""
    document = require_mapping(read_json(file), "a composer.lock")
    draft = Draft(file, NAME)
    manifest = read_beside(draft, file, "composer.json")
    project = describe_project(draft, manifest, Origin.LOCKED)
    packages = PackageSet(draft, file)
    for key, scope in (("packages", Scope.RUNTIME), ("packages-dev", Scope.DEV)):
        value = document.get(key)
        if value is not None and not isinstance(value, list):
            draft.issue(f"{key} is {json.dumps(value)[:40]}, not a list")
        for package in sequence(value):
            ref = packages.add(package)
            if ref and ref != project.id:
                project.use(ref, scope, direct=None if manifest is None else False)
    packages.depend(manifest.supplied if manifest else frozenset())
    if manifest is not None:
        packages.use_direct(project, manifest)
    return draft.finish()


def read_beside(draft: Draft, file: SourceFile, relative: str) -> Manifest | None:
    """The composer.json at a path relative to the file, noted as covered; None, with an issue, when it is damaged."""
    found = file.neighbour(relative)
    if found is None:
        return None
    try:
        manifest = read_manifest(found)
    except Unreadable as error:
        draft.issue(f"what is direct cannot be told: {error.reason}", path=found.path, line=error.line)
        return None
    draft.cover(found.path)
    return manifest


EXTRACTOR = Extractor(
    name=NAME,
    title="composer.lock with composer.json",
    claims=Claims(names=("composer.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES, Fact.LICENSES}),
    cannot_tell=(
        "What is direct, where no composer.json lies beside the lock file.",
        "Hashes of archives that the registry makes on demand: most packages have none.",
        "PHP itself and its extensions: they are requirements on the machine, not packages.",
    ),
    extract=extract,
)
