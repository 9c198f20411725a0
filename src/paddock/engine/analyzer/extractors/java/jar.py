# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Java archives: what a jar, war or ear says it is and what it contains, archives inside archives included.

What tells, in this order: `META-INF/maven/**/pom.properties` and `pom.xml`
(https://maven.apache.org/shared/maven-archiver/), the manifest, the file name; the latter two with an issue that
says so.
"""

import hashlib
import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from paddock.engine.analyzer.archive import MAX_DEPTH, MAX_NESTED_BYTES, Archive, Budget
from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.java.coordinates import counted, is_name, maven_pin, maven_purl, some
from paddock.engine.analyzer.extractors.java.manifest import licenses_of, read_file_name, read_manifest, weigh
from paddock.engine.analyzer.extractors.java.pom_model import Pom, parse_pom
from paddock.engine.downloader.tree import SourceFile, decode
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import PackageURL, make_purl

NAME = "java/jar"
MAX_HASHED_BYTES = 1024 * 1024 * 1024
_SUFFIXES = (".jar", ".war", ".ear", ".par", ".kar", ".hpi", ".jpi", ".aar")
_PROPERTY = re.compile(r"\s*([A-Za-z]+)\s*[=:]\s*(\S*)\s*")
_BUILD_TOOLS = {"gradle-wrapper.jar", "maven-wrapper.jar"}
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Identity:
    """One set of Maven coordinates found in an archive."""

    group: str
    artifact: str
    version: str
    pom: Pom | None = None


def extract(file: SourceFile) -> Extraction:
    """The archive and everything in it, used by one project for all archives of the folder.

    What an archive contains counts as needed by it. Digests are those of the archive file (or nested archive).
    """
    draft = Draft(file, NAME)
    project = draft.project(posixpath.join(file.directory, "*.jar"), origin=Origin.INSTALLED)
    scope = Scope.BUILD if file.name in _BUILD_TOOLS else Scope.UNKNOWN
    with file.open() as stream:
        hashes = _hashes(stream) if file.size <= MAX_HASHED_BYTES else ()
        if not hashes:
            draft.issue(f"over {MAX_HASHED_BYTES:,} bytes: no digest was computed", Severity.HINT)
        reader = _Reader(draft, project, scope)
        try:
            reader.read(stream, file.name, hashes)
        finally:
            reader.report()
    return draft.finish()


class _Reader:
    """Walks one archive of the tree and what is nested in it."""

    def __init__(self, draft: Draft, project: ProjectDraft, scope: Scope) -> None:
        self._draft = draft
        self._project = project
        self._scope = scope
        self._budget = Budget()
        self._weakly_known: list[str] = []
        self._unknown: list[str] = []

    def read(self, stream: BinaryIO, name: str, hashes: tuple[Hash, ...]) -> None:
        """The archive itself. Raises Unreadable where it is none."""
        self._archive(stream, name, hashes, trail="", container=None)

    def report(self) -> None:
        """Say which archives are known only by weak evidence, or not at all."""
        if self._weakly_known:
            self._draft.issue(
                f"no Maven metadata in {counted(len(self._weakly_known), 'archive')}; name and version are only what "
                f"file name or manifest say: {some(self._weakly_known)}"
            )
        if self._unknown:
            self._draft.issue(
                f"nothing tells the identity of {counted(len(self._unknown), 'archive')}: {some(self._unknown)}"
            )

    def _archive(
        self, stream: BinaryIO, name: str, hashes: tuple[Hash, ...], *, trail: str, container: str | None
    ) -> None:
        archive = Archive(stream, self._budget)
        names = archive.names()
        own: str | None
        found = list(self._identities(archive, names))
        main = _main_identity(found, name)
        nested = [entry for entry in names if entry.lower().endswith(_SUFFIXES)]
        if main is not None:
            licenses = () if main.pom and main.pom.licenses else licenses_of(self._manifest(archive))
            own = self._add(_purl(main, name), main.pom, hashes, trail, licenses)
        else:
            own = self._from_manifest(archive, name, hashes, trail, is_container=bool(found or nested))
        if own is not None:
            self._use(own, container)
        for identity in found:
            if identity is not main:
                purl = maven_purl(identity.group, identity.artifact, identity.version)
                self._use(self._add(purl, identity.pom, (), trail), own or container)
        for entry in nested:
            self._nested(archive, entry, trail=trail, container=own or container)

    def _nested(self, archive: Archive, entry: str, *, trail: str, container: str | None) -> None:
        inner = f"{trail}!/{entry}" if trail else entry
        if inner.count("!/") >= MAX_DEPTH:
            self._draft.issue(
                f"archives nested more than {MAX_DEPTH} deep; the innermost were not read", Severity.ERROR
            )
            return
        try:
            data = archive.read(entry, MAX_NESTED_BYTES)
            hashes = _hashes(io.BytesIO(data))
            self._archive(io.BytesIO(data), posixpath.basename(entry), hashes, trail=inner, container=container)
        except Unreadable as error:
            self._draft.issue(f"{inner}: {error.reason}", Severity.ERROR)

    def _identities(self, archive: Archive, names: list[str]) -> Iterator[_Identity]:
        """The coordinates of the archive and of what was merged into it, each once."""
        poms = {posixpath.dirname(entry): entry for entry in names if posixpath.basename(entry) == "pom.xml"}
        seen: set[tuple[str, str, str]] = set()
        properties = [entry for entry in names if posixpath.basename(entry) == "pom.properties"]
        described = {posixpath.dirname(entry) for entry in properties}
        for entry in properties:
            values = _properties(self._entry(archive, entry))
            key = values.get("groupid", ""), values.get("artifactid", ""), values.get("version", "")
            if is_name(key[0]) and is_name(key[1]) and maven_pin(key[2]) and key not in seen:
                seen.add(key)
                yield _Identity(*key, self._pom(archive, poms.get(posixpath.dirname(entry))))
        for folder, entry in poms.items():
            if folder in described or not folder.startswith("META-INF/maven"):
                continue
            pom = self._pom(archive, entry)
            if pom is not None:
                key = *pom.key, maven_pin(pom.stated_version)
                if is_name(key[0]) and is_name(key[1]) and key[2] and key not in seen:
                    seen.add(key)
                    yield _Identity(*key, pom)

    def _pom(self, archive: Archive, entry: str | None) -> Pom | None:
        data = self._entry(archive, entry) if entry else b""
        if not data:
            return None
        try:
            return parse_pom(data)
        except Unreadable as error:
            self._draft.issue(f"{entry} in the archive: {error.reason}")
            return None

    def _entry(self, archive: Archive, entry: str) -> bytes:
        try:
            return archive.read(entry)
        except Unreadable as error:
            self._draft.issue(error.reason, Severity.ERROR)
            return b""

    def _manifest(self, archive: Archive) -> dict[str, str]:
        entry = next((entry for entry in archive.names() if entry.upper() == "META-INF/MANIFEST.MF"), None)
        return read_manifest(self._entry(archive, entry)) if entry else {}

    def _from_manifest(
        self, archive: Archive, name: str, hashes: tuple[Hash, ...], trail: str, *, is_container: bool
    ) -> str | None:
        file_name = read_file_name(name)
        evidence = weigh(self._manifest(archive), file_name)
        shown = trail or name
        if not evidence.artifact or not (evidence.version or evidence.group):
            self._unknown.append(shown)
            if not evidence.artifact or is_container:
                return None
        else:
            told = f"{evidence.artifact} {evidence.version}".strip()
            self._weakly_known.append(f"{shown} ({told}, by its {evidence.basis})")
        if evidence.group:
            purl = maven_purl(evidence.group, evidence.artifact, evidence.version, classifier=file_name.classifier)
        else:
            purl = make_purl("generic", evidence.artifact, evidence.version)
        return self._draft.add(
            purl,
            hashes=hashes,
            licenses=evidence.licenses,
            supplier=evidence.supplier,
            properties=tuple(sorted((*evidence.properties, *_inside(trail)))),
        )

    def _add(
        self, purl: PackageURL, pom: Pom | None, hashes: tuple[Hash, ...], trail: str, licenses: tuple[str, ...] = ()
    ) -> str:
        """Note a component; `licenses` are those of the manifest, for a POM that leaves them to its parent."""
        return self._draft.add(
            purl,
            hashes=hashes,
            licenses=pom.licenses if pom and pom.licenses else licenses,
            description=pom.description if pom else "",
            homepage=pom.url if pom and "${" not in pom.url else "",
            properties=_inside(trail),
        )

    def _use(self, ref: str, container: str | None) -> None:
        self._project.use(ref, self._scope, direct=None if container is None else False)
        if container is not None:
            self._draft.depend(container, ref)


def _inside(trail: str) -> tuple[tuple[str, str], ...]:
    return (("inside", trail),) if trail else ()


def _main_identity(found: list[_Identity], name: str) -> _Identity | None:
    """Whose archive it is: the only coordinates in it, or those that the file name starts with, the longest first."""
    if len(found) == 1:
        return found[0]
    stem = name.rpartition(".")[0]
    fitting = [
        identity for identity in found if any(_fits(stem, plain, identity.version) for plain in _names(identity))
    ]
    return max(fitting, key=lambda identity: len(identity.artifact), default=None)


def _names(identity: _Identity) -> tuple[str, ...]:
    """The artefact; builds that put many archives into one folder set the group before it."""
    return identity.artifact, f"{identity.group}-{identity.artifact}", f"{identity.group}.{identity.artifact}"


def _fits(stem: str, name: str, version: str) -> bool:
    return stem == name or stem.startswith(f"{name}-{version}")


def _purl(identity: _Identity, name: str) -> PackageURL:
    """The coordinates, with the classifier that the file name adds (`core-1.0-sources.jar`)."""
    stem, _, extension = name.rpartition(".")
    # What follows artefact and version.
    classifier = stem.partition(f"{identity.artifact}-{identity.version}-")[2]
    kind = extension.lower() if extension.lower() in {"war", "ear", "aar", "hpi"} else ""
    return maven_purl(
        identity.group,
        identity.artifact,
        identity.version,
        type=kind,
        classifier=classifier if is_name(classifier) else "",
    )


def _properties(data: bytes) -> dict[str, str]:
    """The three keys that Maven's archiver writes; comments and anything else are passed over."""
    values: dict[str, str] = {}
    for line in decode(data, strict=False).splitlines():
        found = _PROPERTY.fullmatch(line)
        if found:
            values.setdefault(found.group(1).lower(), found.group(2))
    return values


def _hashes(stream: BinaryIO) -> tuple[Hash, ...]:
    sha1, sha256 = hashlib.sha1(usedforsecurity=False), hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        sha1.update(chunk)
        sha256.update(chunk)
    stream.seek(0)
    return Hash("sha1", sha1.hexdigest()), Hash("sha256", sha256.hexdigest())


EXTRACTOR = Extractor(
    name=NAME,
    title="Java archives (.jar, .war, .ear and kin), nested ones included",
    claims=Claims(suffixes=_SUFFIXES),
    tells=frozenset({Fact.VERSIONS, Fact.HASHES, Fact.LICENSES}),
    cannot_tell=(
        "What an archive without Maven metadata is, beyond what manifest and file name say.",
        "Classes that were merged into an archive without their metadata.",
        "What an archive needs that it does not contain.",
    ),
    delivered=True,
    extract=extract,
)
