# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""gradle/verification-metadata.xml: the artefacts that a Gradle build may download, with their checksums.

Format: https://docs.gradle.org/current/userguide/dependency_verification.html
"""

from functools import lru_cache

from lxml import etree

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import parse_xml
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.java.coordinates import digest, is_name, maven_purl
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.issue import Severity

NAME = "java/verification_metadata"
_NOT_THE_PACKAGE = (".pom", ".module")

VerifiedHashes = dict[tuple[str, str, str], tuple[Hash, ...]]


def extract(file: SourceFile) -> Extraction:
    """Every listed component; what the project needs it for, and whether it still does, the file does not tell."""
    draft = Draft(file, NAME)
    project = draft.project(origin=Origin.DESCRIBED)
    components = _components(_root(file))
    for element in components:
        group, name, version = _coordinates(element)
        if not (is_name(group) and is_name(name) and version):
            draft.issue("a <component> without group, name or version was left out", line=_line(element))
            continue
        hashes = _hashes_of(element, name, version)
        project.use(draft.add(maven_purl(group, name, version), line=_line(element), hashes=hashes))
    if components:
        draft.issue(
            "verification metadata keeps what the build once downloaded, plug-ins included; some of it may be unused: "
            "a gradle.lockfile would tell",
            Severity.HINT,
        )
    return draft.finish()


def read_hashes(file: SourceFile) -> VerifiedHashes:
    """The checksums by group, name and version. Raises Unreadable where the file is not verification metadata."""
    return _remembered(file.read())


@lru_cache(maxsize=8)
def _remembered(data: bytes) -> VerifiedHashes:
    # Every project of a build asks for the same file.
    found: VerifiedHashes = {}
    for element in _components(_checked(parse_xml(data))):
        group, name, version = _coordinates(element)
        found[group, name, version] = _hashes_of(element, name, version)
    return found


def _root(file: SourceFile) -> etree._Element:
    return _checked(parse_xml(file.read()))


def _checked(root: etree._Element) -> etree._Element:
    if _tag(root) != "verification-metadata":
        raise Unreadable(f"not Gradle verification metadata: the root element is <{_tag(root)}>", _line(root))
    return root


def _tag(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def _components(root: etree._Element) -> list[etree._Element]:
    lists = (child for child in root if _tag(child) == "components")
    return [element for found in lists for element in found if _tag(element) == "component"]


def _coordinates(element: etree._Element) -> tuple[str, str, str]:
    group, name, version = ((element.get(key) or "").strip() for key in ("group", "name", "version"))
    return group, name, version


def _hashes_of(component: etree._Element, name: str, version: str) -> tuple[Hash, ...]:
    """The checksums of the package itself: not of its POM or module metadata, nor of a classified variant."""
    found = []
    for artifact in component:
        file_name = (artifact.get("name") or "").strip() if _tag(artifact) == "artifact" else ""
        stem, dot, extension = file_name.rpartition(".")
        if stem == f"{name}-{version}" and f"{dot}{extension}" not in _NOT_THE_PACKAGE:
            for checksum in artifact:
                verified = digest(_tag(checksum), checksum.get("value") or "")
                if verified is not None:
                    found.append(verified)
    return tuple(sorted(set(found)))


EXTRACTOR = Extractor(
    name=NAME,
    title="Gradle verification-metadata.xml",
    claims=Claims(names=("verification-metadata.xml",)),
    tells=frozenset({Fact.VERSIONS, Fact.HASHES, Fact.LINES}),
    cannot_tell=(
        "What a component is needed for, and whether it still is.",
        "Direct or transitive, and edges.",
    ),
    extract=extract,
)
