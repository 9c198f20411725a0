# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""dpkg's database: the packages that are installed in a root file system (Debian, Ubuntu and their like).

Formats: https://www.debian.org/doc/debian-policy/ch-controlfields.html, the status file in
https://manpages.debian.org/dpkg-query; images without dpkg keep one file a package in `status.d`. apt's
`extended_states` tells which packages came in only as dependencies.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.linux.debian_copyright import declared_licenses
from paddock.engine.analyzer.extractors.linux.os_release import Distribution, distribution_of, in_root
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.formats.stanzas import Stanza, parse_stanzas
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import make_purl

NAME = "linux/dpkg"

MAX_COPYRIGHT = 8 * 1024 * 1024
"""The largest copyright files of Debian have about 2 MB."""

_PLACES = ("var/lib/dpkg/status", "usr/lib/dpkg/status")
_FOLDERS = ("var/lib/dpkg/status.d", "usr/lib/dpkg/status.d")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]*")
_SOURCE = re.compile(r"(\S+)(?:\s+\(([^)]+)\))?")
_ON_DISK = {"unpacked", "half-configured", "half-installed", "triggers-awaited", "triggers-pending"}


class _Package(NamedTuple):
    """An installed package: where it is told, its fields, and its ref."""

    fields: dict[str, str]
    architecture: str
    ref: str


def extract(file: SourceFile) -> Extraction:
    """Installed packages as components of one project, the system; dependencies among them as edges."""
    draft = Draft(file, NAME)
    folder = posixpath.basename(file.directory) == "status.d"
    if not folder:
        place = next((place for place in _PLACES if file.path.endswith(place)), "")
        return _System(draft, file, place, file.path).read([file])
    # One file a package: the first of the folder reads them all, because a package's dependencies are in the others.
    names = [name for name in file.siblings() if not name.endswith(".md5sums")] or [file.name]
    if file.name != names[0]:
        return draft.finish()
    place = next((f"{place}/{file.name}" for place in _FOLDERS if file.directory.endswith(place)), "")
    files = [found for name in names if (found := file.neighbour(name)) is not None]
    return _System(draft, file, place, file.directory).read(files)


class _System:
    """One root file system: its project, and the files that tell more about its packages."""

    def __init__(self, draft: Draft, file: SourceFile, place: str, id: str) -> None:
        self._draft = draft
        self._file = file
        self._place = place
        self._distribution = distribution_of(file, place) if place else Distribution()
        self._project = draft.project(id, origin=Origin.INSTALLED, name=self._distribution.qualifier)
        self._packages: list[_Package] = []

    def read(self, files: Iterable[SourceFile]) -> Extraction:
        """Read one status file, or the many of `status.d`."""
        for file in files:
            try:
                text = file.text(strict=False)
            except Unreadable as error:
                self._draft.issue(error.reason, Severity.ERROR, path=file.path)
                continue
            for stanza in parse_stanzas(text):
                self._read_stanza(file, stanza)
        if self._packages and not self._distribution.id:
            self._draft.issue(
                "which distribution this is, is not told (no etc/os-release beside it); "
                "the package URLs have no namespace and advisories may not be found"
            )
        if self._packages and self._place:
            # What packages put there is documentation, examples of manifests among it.
            self._draft.own(f"{self._file.path.removesuffix(self._place)}usr/share/doc")
        self._connect()
        self._use()
        return self._draft.finish()

    def _read_stanza(self, file: SourceFile, stanza: Stanza) -> None:
        for line in stanza.strange[:1]:
            self._draft.issue("not a field of a package", path=file.path, line=line)
        name, version = stanza.fields.get("package", ""), stanza.fields.get("version", "")
        state = stanza.fields.get("status", "install ok installed").split()[-1:]
        if state and state[0] in _ON_DISK:
            self._draft.issue(f"{name} is {state[0]}, not fully installed", Severity.HINT, path=file.path)
        elif state != ["installed"]:
            return
        if not _NAME.fullmatch(name) or not version:
            self._draft.issue(
                "a package without a valid name and version was left out", path=file.path, line=stanza.line
            )
            return
        self._add(file, stanza, name, version)

    def _add(self, file: SourceFile, stanza: Stanza, name: str, version: str) -> None:
        fields = stanza.fields
        architecture = fields.get("architecture", "")
        qualifiers = {"arch": architecture, "distro": self._distribution.qualifier, "upstream": _source(fields)}
        purl = make_purl(
            "deb",
            name.lower(),
            version,
            namespace=self._distribution.id,
            qualifiers={key: text for key, text in qualifiers.items() if text},
        )
        licenses, license_files = self._licenses(name)
        ref = self._draft.add(
            purl,
            path=file.path,
            line=stanza.line,
            licenses=licenses,
            license_files=license_files,
            homepage=fields.get("homepage", ""),
            description=fields.get("description", "").partition("\n")[0],
            supplier=fields.get("maintainer", ""),
        )
        self._packages.append(_Package(fields, architecture, ref))

    def _licenses(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What the package's copyright file declares, and its path."""
        found = in_root(self._file, self._place, f"usr/share/doc/{name}/copyright") if self._place else None
        if found is None:
            return (), ()
        try:
            return declared_licenses(found.text(strict=False, limit=MAX_COPYRIGHT)), (found.path,)
        except Unreadable as error:
            self._draft.issue(f"the licences of {name} are not known: {error.reason}", path=found.path)
            return (), (found.path,)

    def _connect(self) -> None:
        """An edge to the first alternative that is installed, of the same architecture where there are several."""
        providers: dict[str, dict[str, str]] = {}
        for package in self._packages:
            providers.setdefault(package.fields["package"], {})[package.architecture] = package.ref
        for package in self._packages:
            for name in _names(package.fields.get("provides", "")):
                providers.setdefault(name[0], {}).setdefault(package.architecture, package.ref)
        for package in self._packages:
            for field in ("pre-depends", "depends"):
                for alternatives in _names(package.fields.get(field, "")):
                    installed = next((providers[name] for name in alternatives if name in providers), None)
                    if installed is not None:
                        target = installed.get(package.architecture) or next(iter(installed.values()))
                        self._draft.depend(package.ref, target)

    def _use(self) -> None:
        automatic = self._automatic()
        for package in self._packages:
            key = (package.fields["package"], package.architecture)
            direct = None
            if automatic is not None:
                direct = key not in automatic and (key[0], "") not in automatic
            self._project.use(package.ref, Scope.RUNTIME, direct=direct)

    def _automatic(self) -> set[tuple[str, str]] | None:
        """(name, architecture) of what apt installed only because others need it; None where apt kept no notes."""
        found = in_root(self._file, self._place, "var/lib/apt/extended_states") if self._place else None
        if found is None:
            return None
        try:
            stanzas = list(parse_stanzas(found.text(strict=False)))
        except Unreadable:
            return None
        marked = [stanza.fields for stanza in stanzas if stanza.fields.get("auto-installed") == "1"]
        # Packages for all architectures are noted under the machine's own.
        return {(fields.get("package", ""), architecture) for fields in marked for architecture in _noted(fields)}


def _noted(fields: dict[str, str]) -> tuple[str, ...]:
    architecture = fields.get("architecture", "")
    return (architecture, "all") if architecture else ("",)


def _source(fields: dict[str, str]) -> str:
    """The source package as `name@version`, leaving out what equals the binary package; "" when both do."""
    found = _SOURCE.fullmatch(fields.get("source", "").strip())
    if not found:
        return ""
    name, version = found.group(1), found.group(2) or ""
    if version and version != fields.get("version"):
        return f"{name}@{version}"
    return name if name != fields.get("package") else ""


def _names(field: str) -> Iterator[list[str]]:
    """The package names of each relation of a field, its alternatives in order; versions and qualifiers left out."""
    for relation in field.replace("\n", " ").split(","):
        alternatives = [part.strip().split("(")[0].split("[")[0].split(":")[0].strip() for part in relation.split("|")]
        if alternatives[0]:
            yield alternatives


EXTRACTOR = Extractor(
    name=NAME,
    title="dpkg database (status, status.d)",
    claims=Claims(patterns=(*_PLACES, *(f"{folder}/*" for folder in _FOLDERS))),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.EDGES, Fact.LICENSES, Fact.LINES}),
    cannot_tell=(
        "What was asked for and what came in as a dependency, where apt's extended_states is missing.",
        "Dependencies that are not installed: they are no edges.",
        "Licences of packages whose copyright file is free text; the file is named.",
    ),
    delivered=True,
    extract=extract,
)
