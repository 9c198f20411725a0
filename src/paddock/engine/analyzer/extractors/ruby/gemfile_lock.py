# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Gemfile.lock (gems.locked): every gem of a bundle with edges and checksums; the Gemfile beside it gives scopes.

Format: bundler's own reader and writer; an overview is at https://bundler.io/man/bundle-lock.1.html. Sections start in
the first column; GIT, PATH, GEM and PLUGIN SOURCE have keys and a list `specs:`, whose gems stand 4 columns in and
whose gems' dependencies stand 6 columns in.
"""

import posixpath
import re

import msgspec

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.ruby.gem import add_gem
from paddock.engine.analyzer.extractors.ruby.gemfile_source import Gemfile, read_gemfile
from paddock.engine.analyzer.extractors.ruby.gemspec import gem_purl
from paddock.engine.analyzer.extractors.ruby.specification import Specification, read_specification
from paddock.engine.analyzer.vcs import vcs_url
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity

NAME = "ruby/gemfile_lock"

MAX_VARIANTS = 50
"""One gem is locked once a platform; edges lead to no more than this many."""

_SOURCES = frozenset({"GIT", "PATH", "GEM", "PLUGIN SOURCE", "PLUGIN"})
_SECTIONS = _SOURCES | {"PLATFORMS", "DEPENDENCIES", "CHECKSUMS", "RUBY VERSION", "BUNDLED WITH"}
_ENTRY = re.compile(r"( {2}| {4}| {6})([^\s(!]+)(?: \(([^)]*)\))?(!)?(?: (.+))?")
_KEY = re.compile(r" {2}(\w+): ?(.*)")


class LockedGem(msgspec.Struct):
    """A line of a `specs:` list. source: which section and its keys."""

    name: str
    version: str
    platform: str
    line: int
    source: dict[str, str]
    dependencies: list[tuple[str, str]] = []
    ref: str = ""


class Lock(msgspec.Struct, kw_only=True):
    """A lock file as it stands. direct: name to requirement. checksums: (name, version with platform) to hashes."""

    gems: list[LockedGem] = []
    direct: dict[str, str] = {}
    checksums: dict[tuple[str, str], tuple[Hash, ...]] = {}
    strays: list[tuple[str, int]] = []


def extract(file: SourceFile) -> Extraction:
    """The bundle is one project (the Gemfile's); gems of the tree itself are projects of their own."""
    draft = Draft(file, NAME)
    lock = _parse(file.text())
    for text, line in lock.strays:
        draft.issue(f"{text!r} is not understood", line=line)
    manifest = file.neighbour("gems.rb" if file.name == "gems.locked" else "Gemfile")
    project = draft.project(manifest.path if manifest else None, origin=Origin.LOCKED)
    refs: dict[str, list[str]] = {}
    members: dict[str, Specification] = {}
    for gem in lock.gems:
        gem.ref = _add(draft, file, lock, gem, members)
        variants = refs.setdefault(gem.name, [])
        if gem.ref and len(variants) < MAX_VARIANTS:
            variants.append(gem.ref)
    _depend(draft, lock, refs)
    declared = _declared(draft, manifest)
    for gem in lock.gems:
        if gem.ref:
            project.use(gem.ref)
    _use_direct(draft, project, lock, refs, declared=declared, members=members)
    for gem in lock.gems:
        if gem.ref in members:
            _use_by_member(draft, gem, refs, members[gem.ref])
    return draft.finish()


def _parse(text: str) -> Lock:
    """Raises Unreadable when there is text and no section, or traces of an unfinished merge."""
    lock = Lock()
    section = ""
    keys: dict[str, str] = {}
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip():
            continue
        if line.startswith(("<<<<<<< ", "=======", ">>>>>>> ")):
            raise Unreadable("an unfinished merge: the file has conflict markers", number)
        if not line.startswith(" "):
            section, keys = line.strip(), {"section": line.strip()}
            if section not in _SECTIONS:
                lock.strays.append((section[:80], number))
        elif section in _SOURCES:
            _take_source_line(lock, line, number, keys)
        elif section in ("DEPENDENCIES", "CHECKSUMS"):
            _take_listed(lock, section, line, number)
    if lock.strays and not (lock.gems or lock.direct or section in _SECTIONS):
        raise Unreadable("not a Gemfile.lock: no section of one in it", lock.strays[0][1])
    return lock


def _take_source_line(lock: Lock, line: str, number: int, keys: dict[str, str]) -> None:
    key = _KEY.fullmatch(line)
    if key:
        keys.setdefault(key.group(1), key.group(2).strip())
        return
    entry = _ENTRY.fullmatch(line)
    if entry is None or len(entry.group(1)) == 2:
        lock.strays.append((line.strip()[:80], number))
    elif len(entry.group(1)) == 4:
        version, _, platform = (entry.group(3) or "").partition("-")
        lock.gems.append(LockedGem(entry.group(2), version, platform, number, keys))
    elif lock.gems:
        lock.gems[-1].dependencies.append((entry.group(2), entry.group(3) or ""))


def _take_listed(lock: Lock, section: str, line: str, number: int) -> None:
    entry = _ENTRY.fullmatch(line)
    if entry is None:
        lock.strays.append((line.strip()[:80], number))
    elif section == "DEPENDENCIES":
        lock.direct[entry.group(2)] = entry.group(3) or ""
    elif entry.group(5):
        pairs = [pair.partition("=") for pair in entry.group(5).split(",")]
        hashes = (Hash(name.strip().lower(), value.strip().lower()) for name, _, value in pairs if value.strip())
        lock.checksums[entry.group(2), entry.group(3) or ""] = tuple(hashes)


def _add(draft: Draft, file: SourceFile, lock: Lock, gem: LockedGem, members: dict[str, Specification]) -> str:
    section = gem.source.get("section")
    if section == "PATH":
        found = file.neighbour(posixpath.join(gem.source.get("remote", "."), f"{gem.name}.gemspec"))
        if found is not None:
            return _add_member(draft, found, gem, members)
    vcs = vcs_url(gem.source.get("remote", ""), gem.source.get("revision", "")) if section == "GIT" else ""
    version = f"{gem.version}-{gem.platform}" if gem.platform else gem.version
    hashes = lock.checksums.get((gem.name, version), ())
    return add_gem(draft, gem.name, gem.version, platform=gem.platform, vcs=vcs, line=gem.line, hashes=hashes) or ""


def _add_member(draft: Draft, manifest: SourceFile, gem: LockedGem, members: dict[str, Specification]) -> str:
    try:
        specification = read_specification(manifest)
    except Unreadable:
        specification = Specification()
    project = draft.project(
        manifest.path,
        origin=Origin.LOCKED,
        name=gem.name,
        version=gem.version,
        purl=gem_purl(gem.name, gem.version),
        licenses=tuple(specification.licenses),
    )
    project.files.add(manifest.path)
    draft.cover(manifest.path)
    members[manifest.path] = specification
    return manifest.path


def _depend(draft: Draft, lock: Lock, refs: dict[str, list[str]]) -> None:
    missing = set()
    for gem in lock.gems:
        for name, _ in gem.dependencies:
            for target in refs.get(name, ()):
                if gem.ref:
                    draft.depend(gem.ref, target)
            # bundler itself is never locked; it comes with Ruby.
            if not refs.get(name) and name != "bundler" and (gem.name, name) not in missing:
                missing.add((gem.name, name))
                draft.issue(f"{gem.name} depends on {name}, which the lock file does not contain", line=gem.line)


def _declared(draft: Draft, manifest: SourceFile | None) -> Gemfile | None:
    if manifest is None:
        return None
    draft.cover(manifest.path)
    try:
        declared = read_gemfile(manifest)
    except Unreadable as error:
        draft.issue(error.reason, path=manifest.path, line=error.line)
        return None
    for text, line in declared.unread:
        message = f"`{text}` is Ruby code, which is not run; the scopes of gems that it adds are not known"
        draft.issue(message, Severity.HINT, path=manifest.path, line=line)
    return declared


def _use_direct(
    draft: Draft,
    project: ProjectDraft,
    lock: Lock,
    refs: dict[str, list[str]],
    *,
    declared: Gemfile | None,
    members: dict[str, Specification],
) -> None:
    # A `gemspec` statement declares the gem's development dependencies in the group "development".
    development = {name for found in members.values() for name, gem in found.dependencies.items() if gem.development}
    for name, requirement in lock.direct.items():
        gem = declared.gems.get(name) if declared else None
        scope = gem.scope if gem else Scope.UNKNOWN
        if gem is None and declared is not None and declared.gemspec:
            own = any(ref in members for ref in refs.get(name, ()))
            scope = Scope.RUNTIME if own else Scope.DEV if name in development else Scope.UNKNOWN
        for ref in refs.get(name, ()):
            project.use(ref, scope, direct=True, requirement=requirement)
        if not refs.get(name) and name != "bundler":
            # Gems for other platforms are declared but not locked.
            draft.issue(f"{name} is declared, but the lock file has no version of it", Severity.HINT)


def _use_by_member(draft: Draft, gem: LockedGem, refs: dict[str, list[str]], found: Specification) -> None:
    member = draft.project(gem.ref, origin=Origin.LOCKED)
    for name, requirement in gem.dependencies:
        for ref in refs.get(name, ()):
            if ref != gem.ref:
                member.use(ref, Scope.RUNTIME, direct=True, requirement=requirement)
    draft.follow(member)
    for dependency in found.dependencies.values():
        if dependency.development:
            for ref in refs.get(dependency.name, ()):
                if ref != gem.ref:
                    member.use(ref, Scope.DEV, direct=True, requirement=", ".join(dependency.requirements))


EXTRACTOR = Extractor(
    name=NAME,
    title="Gemfile.lock (gems.locked) with the Gemfile and gemspecs beside it",
    claims=Claims(names=("Gemfile.lock", "gems.locked")),
    tells=frozenset(
        {Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES, Fact.LINES},
    ),
    cannot_tell=(
        "Scopes of gems that the Gemfile adds by Ruby code, or where no Gemfile lies beside the lock file.",
        "Licences: they stand in the gems' own specifications.",
        "From which of several registries a gem comes.",
    ),
    extract=extract,
)
