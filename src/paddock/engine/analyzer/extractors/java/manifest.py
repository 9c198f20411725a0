# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""META-INF/MANIFEST.MF: its main attributes, and what they say about where an archive comes from.

Format: https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html; OSGi headers:
https://docs.osgi.org/specification/osgi.core/8.0.0/framework.module.html
"""

import re
from dataclasses import dataclass, field

from paddock.engine.analyzer.extractors.java.coordinates import is_name

_HEADER = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]*): ?(.*)")
_FILE_NAME = re.compile(r"(?P<name>.+?)(?:-(?P<version>\d[\w.+]*(?:-[\w.+]+)*)|_(?P<bundle>\d+\.\d[\w.+-]*))", re.ASCII)
MAX_NAME = 255
"""Longer names, which only archives can hold, are not taken apart."""
_CLASSIFIERS = (
    "-sources",
    "-javadoc",
    "-tests",
    "-test-sources",
    "-native",
    "-shaded",
    "-all",
    "-jar-with-dependencies",
)
_VERSION = re.compile(r"\d[\w.+-]*", re.ASCII)


def read_manifest(data: bytes) -> dict[str, str]:
    """The main attributes (those before the first empty line) by lower-case name; continuation lines are joined."""
    main: list[bytes] = []
    for line in data.splitlines():
        if not line.strip():
            break
        if line.startswith(b" ") and main:
            main[-1] += line[1:]
        else:
            main.append(line)
    found: dict[str, str] = {}
    for line in main:
        header = _HEADER.fullmatch(line.decode("utf-8", "replace").strip())
        if header:
            found.setdefault(header.group(1).lower(), header.group(2).strip())
    return found


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file name such as `commons-io-2.11.0-sources.jar` says; empty texts where it says nothing."""

    artifact: str
    version: str = ""
    classifier: str = ""


def read_file_name(name: str) -> FileName:
    """Artefact, version and one of the usual classifiers, from a name with or without extension."""
    stem = re.sub(r"\.(?:[jwseaph]ar|jpi|hpi|kar)$", "", name, flags=re.IGNORECASE)
    classifier = ""
    for ending in _CLASSIFIERS:
        if stem.endswith(ending):
            stem, classifier = stem.removesuffix(ending), ending[1:]
            break
    found = _FILE_NAME.fullmatch(stem) if len(stem) <= MAX_NAME else None
    if found and is_name(found["name"]):
        return FileName(found["name"], found["version"] or found["bundle"], classifier)
    return FileName(stem if is_name(stem) else "", "", classifier)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An archive's identity, put together from manifest and file name; `basis` says from which, for people."""

    group: str
    artifact: str
    version: str
    basis: str
    licenses: tuple[str, ...] = ()
    supplier: str = ""
    properties: tuple[tuple[str, str], ...] = field(default=())


def weigh(manifest: dict[str, str], file_name: FileName) -> Evidence:
    """Put manifest and file name together.

    The group is only taken from manifests that Maven made: from `Implementation-Vendor-Id`, where its archiver puts the
    group of a project, or from a `Bundle-SymbolicName` that is the default one of exactly one group with this artefact.
    """
    symbolic = manifest.get("bundle-symbolicname", "").partition(";")[0].strip()
    stated = [manifest.get(key, "") for key in ("implementation-version", "bundle-version", "specification-version")]
    versions = [text for text in stated if _VERSION.fullmatch(text)]
    by_maven = "maven" in manifest.get("created-by", "").lower() or "archiver-version" in manifest
    group = _group(manifest, symbolic, file_name) if by_maven else ""
    artifact, basis = file_name.artifact, "file name"
    if group:
        # Some file names carry the group as well.
        artifact = artifact.removeprefix(f"{group}.") or artifact
        basis = "file name and manifest"
    elif not file_name.version and (versions or symbolic):
        basis = "manifest"
        artifact = _named_in(manifest, symbolic) or file_name.artifact
    version = file_name.version or next(iter(versions), "")
    return Evidence(
        group,
        artifact,
        version,
        basis,
        licenses=licenses_of(manifest),
        supplier=manifest.get("implementation-vendor") or manifest.get("bundle-vendor") or "",
        properties=(("bundle-symbolic-name", symbolic),) if symbolic else (),
    )


def _named_in(manifest: dict[str, str], symbolic: str) -> str:
    candidates = (symbolic, manifest.get("extension-name", ""), manifest.get("implementation-title", ""))
    return next((text for text in candidates if text and is_name(text)), "")


def _group(manifest: dict[str, str], symbolic: str, file_name: FileName) -> str:
    vendor = manifest.get("implementation-vendor-id", "")
    if is_name(vendor) and file_name.version:
        return vendor
    parts = symbolic.split(".")
    groups = [".".join(parts[:count]) for count in range(1, len(parts) + 1)] if len(parts) > 1 else []
    fitting = [
        group for group in groups if is_name(group) and default_symbolic_name(group, file_name.artifact) == symbolic
    ]
    # `org.net.http` is the default name of http in org.net and of http in org.net.http: that tells nothing.
    return fitting[0] if len(fitting) == 1 else ""


def default_symbolic_name(group: str, artifact: str) -> str:
    """The Bundle-SymbolicName that maven-bundle-plugin gives an artefact when none is chosen.

    https://felix.apache.org/documentation/subprojects/apache-felix-maven-bundle-plugin-bnd.html (default behaviour)
    """
    last = group.rpartition(".")[2]
    if artifact == last:
        return group
    if artifact.startswith(last) and artifact[len(last) : len(last) + 1] in {".", "-"}:
        return f"{group}.{artifact[len(last) + 1 :]}"
    return artifact if artifact.startswith(f"{group}.") else f"{group}.{artifact}"


def licenses_of(manifest: dict[str, str]) -> tuple[str, ...]:
    """Bundle-License: names or addresses, separated by commas, each with directives after a semicolon."""
    stated = re.sub(r'"[^"]*"', "", manifest.get("bundle-license", ""))
    found = (part.partition(";")[0].strip() for part in stated.split(","))
    return tuple(dict.fromkeys(text for text in found if text and text != "<<EXTERNAL>>"))
