# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conda-lock.yml (version 1): conda and pip packages of several platforms in one lock file.

Format: https://conda.github.io/conda-lock/output/#unified-lockfile
"""

from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_yaml, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.conda.environment import read_specs
from paddock.engine.analyzer.extractors.conda.package import Package, Spec, conda_purl, parse_url
from paddock.engine.analyzer.extractors.python.groups import scope_of_group
from paddock.engine.analyzer.extractors.python.requirement import (
    digests,
    normalised,
    parse_requirement,
    pypi_purl,
    vcs_parts,
    without_credentials,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "conda/conda_lock"

Key = tuple[str, str, str]
"""Platform, manager, normalised name: what names a package in the lock file."""


def extract(file: SourceFile) -> Extraction:
    """One project; a package that several platforms get is one component per build."""
    document = require_mapping(read_yaml(file), "the lock file")
    draft = Draft(file, NAME)
    declared = _declared(draft, file, mapping(document.get("metadata")))
    project = draft.project(origin=Origin.LOCKED)
    refs: dict[Key, str] = {}
    packages = [mapping(package) for package in sequence(document.get("package"))]
    for detail in packages:
        name, manager = text_of(detail.get("name")), text_of(detail.get("manager"))
        ref = _add(draft, detail)
        if ref is None:
            draft.issue(f"a package called {name!r} of the manager {manager!r} was left out")
            continue
        refs[_key(detail)] = ref
        spec = None if declared is None else declared.get((manager, normalised(name)))
        direct = None if declared is None else spec is not None
        project.use(ref, _scope(detail), direct=direct, requirement=spec or "")
    for detail in packages:
        _connect(draft, refs, detail)
    return draft.finish()


def _key(detail: dict[str, Any]) -> Key:
    return text_of(detail.get("platform")), text_of(detail.get("manager")), normalised(text_of(detail.get("name")))


def _add(draft: Draft, detail: dict[str, Any]) -> str | None:
    name, version = text_of(detail.get("name")), text_of(detail.get("version"))
    url = without_credentials(text_of(detail.get("url")))
    hashes = digests([f"{kind}:{text_of(value)}" for kind, value in mapping(detail.get("hash")).items()])
    if text_of(detail.get("manager")) == "pip":
        vcs = vcs_parts(url)
        vcs_url = vcs[0] if vcs else ""
        pip_purl = pypi_purl(name, version, vcs_url=vcs_url)
        if pip_purl is None:
            return None
        return draft.add(pip_purl, hashes=hashes, vcs_url=vcs_url, download_url="" if vcs else url)
    told = parse_url(url) or Package(name, version, text_of(detail.get("build")), text_of(detail.get("platform")))
    purl = conda_purl(Package(name, version, told.build, told.subdir, told.channel, told.type))
    return None if purl is None else draft.add(purl, hashes=hashes, download_url=url)


def _scope(detail: dict[str, Any]) -> Scope:
    categories = [text_of(category) for category in sequence(detail.get("categories"))] or [
        text_of(detail.get("category"))
    ]
    scopes = [scope_of_group(category) for category in categories if category]
    scope = Scope.RUNTIME if Scope.RUNTIME in scopes else next(iter(scopes), Scope.UNKNOWN)
    return Scope.OPTIONAL if scope is Scope.RUNTIME and detail.get("optional") is True else scope


def _connect(draft: Draft, refs: dict[Key, str], detail: dict[str, Any]) -> None:
    """Needs of a pip package may be met by a conda package; virtual packages (`__glibc`) are the machine's own."""
    key = _key(detail)
    if key not in refs:
        return
    for name in mapping(detail.get("dependencies")):
        managers = (key[1], "conda" if key[1] == "pip" else "pip")
        targets = (refs.get((key[0], manager, normalised(str(name)))) for manager in managers)
        target = next((ref for ref in targets if ref), None)
        if target:
            draft.depend(refs[key], target)


def _declared(draft: Draft, file: SourceFile, metadata: dict[str, Any]) -> dict[tuple[str, str], str] | None:
    """(manager, name): requirement, from the environment files that it was made of; None: not in the tree."""
    found: dict[tuple[str, str], str] = {}
    read = False
    for source in sequence(metadata.get("sources")):
        manifest = file.neighbour(text_of(source)) if text_of(source) else None
        if manifest is None or not manifest.name.endswith((".yml", ".yaml")):
            return None
        try:
            document = mapping(read_yaml(manifest))
        except Unreadable:
            return None
        read = True
        specs: dict[str, Spec] = read_specs(document)
        found.update({("conda", normalised(name)): spec.requirement for name, spec in specs.items()})
        found.update({("pip", name): text for name, text in _pip_section(document).items()})
        draft.cover(manifest.path)
    return found if read else None


def _pip_section(document: dict[str, Any]) -> dict[str, str]:
    sections = [entry for entry in sequence(document.get("dependencies")) if isinstance(entry, dict)]
    texts = [text for section in sections for text in sequence(section.get("pip")) if isinstance(text, str)]
    parsed = (parse_requirement(text) for text in texts)
    return {requirement.key: requirement.text for requirement in parsed if requirement is not None}


EXTRACTOR = Extractor(
    name=NAME,
    title="conda-lock.yml (version 1)",
    claims=Claims(
        names=("conda-lock.yml", "conda-lock.yaml"),
        patterns=("*.conda-lock.yml", "*-conda-lock.yml", "conda-lock*.yml"),
    ),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Direct or transitive when an environment.yml that it was made of is not in the tree.",
        "Licences of packages.",
    ),
    extract=extract,
)
