# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Gradle version catalogues: the libraries and plug-ins that the build's projects may name.

Format: https://docs.gradle.org/current/userguide/version_catalogs.html (TOML file format).
"""

import re
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.java.coordinates import counted, gradle_pin, is_name, maven_purl, some
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "java/version_catalog"
_KEY = re.compile(r"^\s*([A-Za-z][A-Za-z0-9_-]*)\s*=", re.MULTILINE)


def extract(file: SourceFile) -> Extraction:
    """Every library, its scope unknown, and every plug-in as a build tool, under the name of its marker artefact."""
    document = read_toml(file)
    draft = Draft(file, NAME)
    project = draft.project(origin=Origin.DECLARED)
    versions = mapping(document.get("versions"))
    lines = _lines(file.text())
    loose: list[str] = []
    libraries, plugins = mapping(document.get("libraries")), mapping(document.get("plugins"))
    for alias, value in libraries.items():
        group, name, stated = _library(value)
        requirement = _requirement(stated, versions)
        if not (is_name(group) and is_name(name)):
            draft.issue(f"library {alias!r} names no module", line=lines.get(alias))
            continue
        version = gradle_pin(requirement)
        if not version:
            loose.append(f"{group}:{name} {requirement}".strip())
        project.use(draft.add(maven_purl(group, name, version), line=lines.get(alias)), requirement=requirement)
    for alias, value in plugins.items():
        key, stated = _plugin(value)
        requirement = _requirement(stated, versions)
        if not is_name(key):
            draft.issue(f"plug-in {alias!r} has no id", line=lines.get(alias))
            continue
        version = gradle_pin(requirement)
        if not version:
            loose.append(f"plug-in {key} {requirement}".strip())
        # https://docs.gradle.org/current/userguide/plugins.html: the marker that a plug-in's id stands for.
        purl = maven_purl(key, f"{key}.gradle.plugin", version)
        project.use(draft.add(purl, line=lines.get(alias)), Scope.BUILD, direct=True, requirement=requirement)
    if libraries:
        draft.issue(
            "a version catalogue lists what projects may use, not what they use, nor what that brings in: "
            "lock the dependencies (`gradle dependencies --write-locks`)"
        )
    if loose:
        draft.issue(f"{counted(len(loose), 'entry')} with no version in the catalogue ({some(loose)})")
    return draft.finish()


def _library(value: object) -> tuple[str, str, object]:
    """Group, name and the version as it stands there."""
    if isinstance(value, str):
        parts = [part.strip() for part in value.split(":")]
        group, name, version = (*parts, "", "", "")[:3]
        return group, name, version
    table = mapping(value)
    group, _, name = text_of(table.get("module")).partition(":")
    if not group:
        group, name = text_of(table.get("group")), text_of(table.get("name"))
    return group.strip(), name.strip(), table.get("version")


def _plugin(value: object) -> tuple[str, object]:
    if isinstance(value, str):
        key, _, version = value.partition(":")
        return key.strip(), version.strip()
    return text_of(mapping(value).get("id")), mapping(value).get("version")


def _requirement(stated: object, versions: dict[str, Any]) -> str:
    """The requirement behind a version: itself, one of `[versions]`, or the strictest word of a rich version."""
    reference = text_of(mapping(stated).get("ref"))
    if reference:
        stated = versions.get(reference)
    if isinstance(stated, dict):
        for word in ("strictly", "require", "prefer"):
            if text_of(stated.get(word)):
                return text_of(stated.get(word))
        return ""
    return text_of(stated)


def _lines(text: str) -> dict[str, int]:
    """The line on which each alias stands; an alias that occurs in several tables keeps the last one, the entry."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        found = _KEY.match(line)
        if found:
            lines[found.group(1)] = number
    return lines


EXTRACTOR = Extractor(
    name=NAME,
    title="Gradle version catalogue (libs.versions.toml)",
    claims=Claims(patterns=("*.versions.toml",)),
    tells=frozenset({Fact.VERSIONS, Fact.LINES}),
    cannot_tell=(
        "Which projects use an entry, for what, and which version wins when several are asked for.",
        "What the entries bring in themselves.",
        "`rejectAll`, and `prefer` beside a range: the stricter word is taken.",
    ),
    extract=extract,
)
