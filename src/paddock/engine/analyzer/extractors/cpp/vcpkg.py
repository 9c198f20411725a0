# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""vcpkg.json: what a vcpkg project requires, with its overrides, baseline and registries.

Formats: https://learn.microsoft.com/vcpkg/reference/vcpkg-json and
https://learn.microsoft.com/vcpkg/reference/vcpkg-configuration-json; purl type:
https://github.com/package-url/purl-spec/blob/main/types/vcpkg-definition.json
"""

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.cpp.repository import clean_url
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import PackageURL, make_purl

NAME = "cpp/vcpkg"

_PORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,199}")
_BASELINE = re.compile(r"[0-9a-f]{40}")
_VERSIONS = ("version", "version-semver", "version-date", "version-string")


class _Registry(NamedTuple):
    """Where ports come from: a repository ("" for vcpkg's own) at a baseline."""

    repository: str
    baseline: str


def extract(file: SourceFile) -> Extraction:
    """Dependencies as components; overrides give versions, everything else only a minimum or the baseline does."""
    document = require_mapping(read_json(file), "vcpkg.json")
    draft = Draft(file, NAME)
    own = text_of(document.get("name"))
    license = text_of(document.get("license"))
    project = draft.project(
        origin=Origin.DECLARED,
        name=own,
        version=_version(document)[0],
        purl=_purl(own, document, None) if _PORT.fullmatch(own) else None,
        licenses=(license,) if license else (),
    )
    reader = _Reader(draft, project, own, _overrides(document), _registries(draft, file, document))
    reader.add(document.get("dependencies"), Scope.RUNTIME)
    defaults = {_name_of(feature) for feature in sequence(document.get("default-features"))}
    for feature, detail in mapping(document.get("features")).items():
        reader.add(mapping(detail).get("dependencies"), Scope.RUNTIME if feature in defaults else Scope.OPTIONAL)
    reader.report()
    return draft.finish()


class _Reader:
    """Turns lists of dependencies into usages, counting what has no version."""

    def __init__(
        self,
        draft: Draft,
        project: ProjectDraft,
        own: str,
        overrides: dict[str, dict[str, Any]],
        registries: dict[str, _Registry],
    ) -> None:
        self._draft = draft
        self._project = project
        self._own = own
        self._overrides = overrides
        self._registries = registries
        self._open: set[str] = set()
        self._based: set[str] = set()

    def add(self, dependencies: object, scope: Scope) -> None:
        """Note one list of dependencies."""
        for dependency in sequence(dependencies):
            name, detail = _name_of(dependency), mapping(dependency)
            if not _PORT.fullmatch(name):
                self._draft.issue(f"a dependency without a valid name was left out: {str(dependency)[:60]}")
            elif name != self._own:  # a feature may require other features of the port itself
                self._add_port(name, detail, Scope.BUILD if detail.get("host") is True else scope)

    def _add_port(self, name: str, detail: dict[str, Any], scope: Scope) -> None:
        registry = _responsible(self._registries, name)
        purl = _purl(name, self._overrides.get(name, {}), registry)
        minimum = text_of(detail.get("version>="))
        if not purl.version:
            (self._based if registry and _BASELINE.fullmatch(registry.baseline) else self._open).add(name)
        platform = text_of(detail.get("platform"))
        properties = (("vcpkg:platform", platform),) if platform else ()
        # A dependency for some platforms only is not always delivered.
        scope = Scope.OPTIONAL if platform and scope is Scope.RUNTIME else scope
        ref = self._draft.add(purl, properties=properties)
        self._project.use(ref, scope, direct=True, requirement=f">={minimum}" if minimum else "")

    def report(self) -> None:
        """Say how many dependencies have no version here, and what to do about it."""
        if self._based:
            self._draft.issue(
                f"{len(self._based)} dependencies without a version: the registry's baseline fixes them, but its "
                "version database is not in the tree; add them to `overrides` to have the versions told here"
            )
        if self._open:
            self._draft.issue(
                f"{len(self._open)} dependencies without a version or baseline: set `builtin-baseline` and `overrides`"
            )


def _name_of(value: object) -> str:
    return text_of(mapping(value).get("name")) if isinstance(value, dict) else text_of(value)


def _version(document: dict[str, Any]) -> tuple[str, str]:
    """(version, port version); the port version stands in a field of its own or after a #."""
    text = next((text for key in _VERSIONS if (text := text_of(document.get(key)))), "")
    version, _, port = text.partition("#")
    return version, port or text_of(document.get("port-version"))


def _purl(name: str, versioned: dict[str, Any], registry: _Registry | None) -> PackageURL:
    version, port = _version(versioned)
    qualifiers = {"port_version": port if port != "0" else ""}
    if registry is not None:
        qualifiers["repository_url"] = registry.repository
        qualifiers["repository_revision"] = registry.baseline if _BASELINE.fullmatch(registry.baseline) else ""
    return make_purl("vcpkg", name, version, qualifiers={key: text for key, text in qualifiers.items() if text})


def _overrides(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    entries = (mapping(entry) for entry in sequence(document.get("overrides")))
    return {text_of(entry.get("name")): entry for entry in entries}


def _registries(draft: Draft, file: SourceFile, document: dict[str, Any]) -> dict[str, _Registry]:
    """The registries by the pattern of ports they serve: a name, a prefix with `*`, or `*` for the default one.

    `null` as default registry switches it off.
    """
    configuration = mapping(document.get("configuration") or document.get("vcpkg-configuration"))
    beside = file.neighbour("vcpkg-configuration.json")
    if beside is not None:
        try:
            configuration = mapping(read_json(beside))
        except Unreadable as error:
            draft.issue(f"the registries are not known: {error.reason}", path=beside.path, line=error.line)
    found: dict[str, _Registry] = {}
    if "default-registry" not in configuration:
        found["*"] = _Registry("", text_of(document.get("builtin-baseline")))
    elif configuration["default-registry"] is not None:
        found["*"] = _registry(mapping(configuration["default-registry"]))
    for entry in map(mapping, sequence(configuration.get("registries"))):
        for pattern in map(text_of, sequence(entry.get("packages"))):
            found.setdefault(pattern, _registry(entry))
    return found


def _responsible(registries: dict[str, _Registry], name: str) -> _Registry | None:
    """The registry of a port: by its name, else by the longest prefix."""
    prefixes = (f"{name[:length]}*" for length in range(len(name), -1, -1))
    return next((registries[pattern] for pattern in (name, *prefixes) if pattern in registries), None)


def _registry(entry: dict[str, Any]) -> _Registry:
    repository = clean_url(text_of(entry.get("repository"))) if text_of(entry.get("kind")) == "git" else ""
    if urlsplit(repository).path.removesuffix(".git").lower() == "/microsoft/vcpkg":
        repository = ""  # vcpkg's own registry is what a purl without repository_url means
    return _Registry(repository, text_of(entry.get("baseline")))


EXTRACTOR = Extractor(
    name=NAME,
    title="vcpkg.json with vcpkg-configuration.json",
    claims=Claims(names=("vcpkg.json",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT}),
    cannot_tell=(
        "Versions that only the registry's baseline fixes: its version database is not part of the tree.",
        "What the required ports require themselves, and their licences.",
        "Ports of filesystem registries and overlays are named as if they came from vcpkg's own registry.",
    ),
    extract=extract,
)
