# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pipfile.lock: default and develop packages with hashes; the Pipfile beside it says what is direct.

Format: https://pipenv.pypa.io/en/latest/pipfile.html and https://github.com/pypa/pipfile
"""

from typing import Any

import msgspec

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.declaration import Need, use_local
from paddock.engine.analyzer.extractors.python.groups import scope_of_group
from paddock.engine.analyzer.extractors.python.pipfile import SECTION_SCOPES, read_pipfile
from paddock.engine.analyzer.extractors.python.requirement import (
    Requirement,
    digests,
    normalised,
    pypi_purl,
    without_credentials,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "python/pipfile_lock"


def extract(file: SourceFile) -> Extraction:
    """Sections other than `default` and `develop` are package categories of the user's own."""
    document = require_mapping(read_json(file), "the lock file")
    draft = Draft(file, NAME)
    pipfile = file.neighbour("Pipfile")
    declared = _declared(pipfile) if pipfile else None
    if pipfile and declared is not None:
        draft.cover(pipfile.path)
    project = draft.project(pipfile.path if pipfile and declared is not None else None, origin=Origin.LOCKED)
    for section, packages in document.items():
        if section == "_meta":
            continue
        scope = SECTION_SCOPES.get(section) or scope_of_group(section)
        for name, value in mapping(packages).items():
            requirement = None if declared is None else declared.get(section, {}).get(normalised(name))
            direct = None if declared is None else requirement is not None
            locked = Locked(name, mapping(value), scope, direct, requirement or "")
            _use(draft, file, project, locked)
    return draft.finish()


class Locked(msgspec.Struct, frozen=True):
    """One entry of the lock file, with what the Pipfile says about it."""

    name: str
    detail: dict[str, Any]
    scope: Scope
    direct: bool | None
    requirement: str


def _use(draft: Draft, file: SourceFile, project: ProjectDraft, locked: Locked) -> None:
    name, detail = locked.name, locked.detail
    path = text_of(detail.get("path"))
    if path:
        use_local(draft, file, project, Need(Requirement(name), locked.scope, locked.requirement, path))
        return
    git = text_of(detail.get("git"))
    url = without_credentials(text_of(detail.get("file")) or text_of(detail.get("url")))
    vcs_url = f"git+{without_credentials(git)}@{text_of(detail.get('ref'))}".rstrip("@") if git else ""
    version = text_of(detail.get("version")).lstrip("=").strip()
    purl = pypi_purl(name, "" if version == "*" else version, vcs_url=vcs_url, download_url=url)
    if purl is None:
        draft.issue(f"{name!r} in version {version!r} is no package and was left out")
        return
    hashes = digests([text_of(text) for text in sequence(detail.get("hashes"))])
    ref = draft.add(purl, hashes=hashes, vcs_url=vcs_url, download_url=url)
    project.use(ref, locked.scope, direct=locked.direct, requirement=locked.requirement)


def _declared(pipfile: SourceFile) -> dict[str, dict[str, str]] | None:
    """Per section of the lock file: normalised name and requirement; None when the Pipfile cannot be read."""
    try:
        sections = read_pipfile(pipfile)
    except Unreadable:
        return None
    return {section: {need.requirement.key: need.text for need in needs} for section, needs in sections.items()}


EXTRACTOR = Extractor(
    name=NAME,
    title="Pipfile.lock",
    claims=Claims(names=("Pipfile.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.HASHES}),
    cannot_tell=(
        "Dependency edges: the lock file is a flat list.",
        "Direct or transitive when the Pipfile is not in the tree.",
        "Licences of packages.",
    ),
    extract=extract,
)
