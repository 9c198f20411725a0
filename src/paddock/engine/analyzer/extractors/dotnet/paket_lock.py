# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""paket.lock: the packages of all projects under Paket, in groups, with edges; paket.dependencies tells what is direct.

Format: https://fsprojects.github.io/Paket/lock-file.html and https://fsprojects.github.io/Paket/dependencies-file.html.
"""

import re

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import written_text
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.dotnet.nuget import add_package
from paddock.engine.analyzer.vcs import vcs_url
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.purl import InvalidPurl, make_purl

NAME = "dotnet/paket_lock"

_SECTIONS = ("NUGET", "GITHUB", "GIT", "HTTP", "GIST")
_ENTRY = re.compile(r"( {4,6})(\S+) \(([^)]*)\)")
_COMMIT = re.compile(r" {4,5}\(([^)]*)\)")
_NEED = re.compile(r" {6}(\S+)")
_REQUIRED = re.compile(r"\s*(?:nuget|clitool)\s+(\S+)\s*(.*)", re.IGNORECASE)


class _Reader:
    """The state of reading: group, section and remote in force, and the packages of each group by lower-case name."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.group = "main"
        self.section = ""
        self.remote = ""
        self.current: str | None = None
        self.refs: dict[tuple[str, str], str] = {}
        self.needs: list[tuple[str, str, str]] = []
        self.known = 0

    def read(self, line: str, number: int) -> None:
        """Take one line."""
        word = line.strip()
        if line.startswith("GROUP "):
            self.group, self.section = word[6:].strip().lower(), ""
        elif word in _SECTIONS and not line.startswith(" "):
            self.section, self.remote = word, ""
        elif not line.startswith(" "):
            self.section = ""
            if ":" not in word:
                self.draft.issue(f"{word[:80]!r} is not understood", line=number)
                return
        elif word.startswith("remote:"):
            self.remote = word[7:].strip()
        elif self.section:
            self._package(line, number)
        self.known += 1

    def _package(self, line: str, number: int) -> None:
        commit = _COMMIT.match(line)
        if commit and self.section == "GIT":
            self.current = self._add(self.remote, commit.group(1).strip(), number)
            if self.current:
                self.refs[self.group, self.remote.lower()] = self.current
            return
        entry = _ENTRY.match(line)
        if entry and len(entry.group(1)) == 4:
            self.current = self._add(entry.group(2), entry.group(3).strip(), number)
            if self.current:
                self.refs[self.group, entry.group(2).lower()] = self.current
        elif self.current and self.section == "NUGET":
            need = _NEED.match(line)
            if need:
                self.needs.append((self.group, self.current, need.group(1).lower()))

    def _add(self, name: str, version: str, line: int) -> str | None:
        if self.section == "NUGET":
            return add_package(self.draft, name, version, line=line)
        owner, _, repository = self.remote.partition("/")
        try:
            if self.section == "GITHUB" and repository:
                return self.draft.add(make_purl("github", repository, version, namespace=owner), line=line)
            own = self.remote.rstrip("/").rpartition("/")[2].removesuffix(".git") or name
            url = vcs_url(self.remote, version) if self.section == "GIT" else ""
            return self.draft.add(make_purl("generic", own, version), line=line, vcs_url=url, download_url=self._url())
        except InvalidPurl:
            self.draft.issue(f"{name!r} from {self.remote!r} has no name to go by", line=line)
            return None

    def _url(self) -> str:
        return self.remote if self.section == "HTTP" else ""


def extract(file: SourceFile) -> Extraction:
    """One project for the whole tree under Paket: which project file uses what stands in paket.references files."""
    draft = Draft(file, NAME)
    reader = _Reader(draft)
    text = written_text(file)
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            reader.read(line, number)
    if text.strip() and not reader.known:
        raise Unreadable("not a paket.lock: no section of one in it", 1)
    manifest = file.neighbour("paket.dependencies")
    project = draft.project(manifest.path if manifest else None, origin=Origin.LOCKED)
    for group, source, name in reader.needs:
        target = reader.refs.get((group, name))
        if target:
            draft.depend(source, target)
    for ref in reader.refs.values():
        project.use(ref)
    for key, requirement in _direct(manifest).items():
        if key in reader.refs:
            project.use(reader.refs[key], direct=True, requirement=requirement)
    return draft.finish()


def _direct(manifest: SourceFile | None) -> dict[tuple[str, str], str]:
    """(group, name) in lower case to the requirement, as a paket.dependencies has them."""
    found: dict[tuple[str, str], str] = {}
    group = "main"
    for line in manifest.text(strict=False).splitlines() if manifest else ():
        if re.match(r"group\s+\S", line):
            group = line.split(None, 1)[1].strip().lower()
        required = _REQUIRED.fullmatch(line.partition("//")[0].partition("#")[0].rstrip())
        if required:
            found[group, required.group(1).lower()] = required.group(2)
    return found


EXTRACTOR = Extractor(
    name=NAME,
    title="paket.lock with paket.dependencies",
    claims=Claims(names=("paket.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.EDGES, Fact.LINES}),
    cannot_tell=(
        "Scopes: groups have names of one's own.",
        "Which project file uses what: paket.references files are not read.",
        "Hashes and licences.",
    ),
    extract=extract,
)
