# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""cpanfile.snapshot: the distributions that Carton installed, with the modules they provide and need.

Formats: https://github.com/perl-carton/carton and https://github.com/miyagawa/cpanfile. The cpanfile is a Perl
program; its plain statements are read as text, nothing is run.
"""

import posixpath
import re

import msgspec

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import written_text
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import EngineError, Unreadable
from paddock.engine.model.inventory import SCOPE_ORDER, Origin, Scope
from paddock.engine.model.purl import PackageURL, make_purl

NAME = "perl/cpanfile_snapshot"

_ARCHIVE = re.compile(r"(.+?)(?:-(v?\d[^-/]*(?:-TRIAL\d*)?))?\.(?:tar\.gz|tgz|tar\.bz2|zip|tar\.xz)")
_AUTHOR = re.compile(r"(?:authors/id/)?[A-Z]/[A-Z0-9-]{2}/([A-Z0-9-]+)/.+")
_DISTRIBUTION = re.compile(r"(.+)-(v?\d[^-]*(?:-TRIAL\d*)?)")
_STATEMENT = re.compile(
    r"""^\s*(?:(on|feature)\s*\(?\s*["']?([\w-]+)["']?
    |(\w*requires|recommends|suggests)\s*\(?\s*(?:'([^']+)'|"([^"]+)")
     \s*(?:(?:,|=>)\s*(?:'([^']*)'|"([^"]*)"|([\w.]+)))?
    |(\}))""",
    re.VERBOSE,
)
_PHASES = {
    "runtime": Scope.RUNTIME, "configure": Scope.BUILD, "build": Scope.BUILD, "test": Scope.TEST, "develop": Scope.DEV
}  # fmt: skip
_SHORT = {
    "configure_requires": Scope.BUILD, "build_requires": Scope.BUILD,
    "test_requires": Scope.TEST, "author_requires": Scope.DEV,
}  # fmt: skip


class Distribution(msgspec.Struct):
    """One entry of the snapshot; provides and needs are module names."""

    name: str
    line: int
    pathname: str = ""
    provides: list[str] = msgspec.field(default_factory=list)
    needs: list[str] = msgspec.field(default_factory=list)


def extract(file: SourceFile) -> Extraction:
    """One project: the folder of the cpanfile."""
    distributions = read_snapshot(written_text(file))
    draft = Draft(file, NAME)
    manifest = file.neighbour("cpanfile")
    declared = read_cpanfile(manifest) if manifest else None
    project = draft.project(manifest.path if manifest else None, origin=Origin.LOCKED)
    if manifest:
        draft.cover(manifest.path)
        project.files.add(manifest.path)
    refs: dict[str, str] = {}
    modules: dict[str, str] = {}
    for distribution in distributions:
        purl = _purl(distribution)
        if purl is None:
            draft.issue(f"{distribution.name[:120]!r} names no distribution and was left out", line=distribution.line)
            continue
        ref = refs[distribution.name] = draft.add(purl, line=distribution.line)
        modules.update(dict.fromkeys(distribution.provides, ref))
        wanted = [declared[name] for name in distribution.provides if name in declared] if declared else []
        scope, requirement = min(wanted, key=lambda wish: SCOPE_ORDER[wish[0]], default=(Scope.UNKNOWN, ""))
        project.use(ref, scope, direct=bool(wanted) if declared is not None else None, requirement=requirement)
    for distribution in distributions:
        for module in distribution.needs:
            # Modules that no distribution provides are part of Perl itself.
            if distribution.name in refs and module in modules:
                draft.depend(refs[distribution.name], modules[module])
    return draft.finish()


def read_snapshot(text: str) -> list[Distribution]:
    """The entries, by indentation: distribution (2), field (4), module and version (6)."""
    found: list[Distribution] = []
    field = ""
    if text.strip() and not re.search(r"^DISTRIBUTIONS\s*$", text, re.MULTILINE):
        raise Unreadable("no line `DISTRIBUTIONS`: not a snapshot of Carton")
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if not content or content.startswith("#") or indent == 0:
            continue
        if indent <= 2:
            found.append(Distribution(content, number))
            field = ""
        elif not found:
            raise Unreadable("a field without a distribution above it", number)
        elif indent <= 4:
            field, _, value = content.partition(":")
            if field == "pathname":
                found[-1].pathname = value.strip()
        elif field == "provides":
            found[-1].provides.append(content.split()[0])
        elif field == "requirements":
            found[-1].needs.append(content.split()[0])
    return found


def _purl(distribution: Distribution) -> PackageURL | None:
    """Name and version by the archive's file name, which is exact; author by the folder it lies in."""
    archive = _ARCHIVE.fullmatch(posixpath.basename(distribution.pathname))
    match = archive if archive and archive.group(2) else _DISTRIBUTION.fullmatch(distribution.name)
    name, version = match.groups()[:2] if match else (distribution.name, "")
    author = _AUTHOR.fullmatch(distribution.pathname)
    if "::" in name or "/" in name or " " in name or not f"{name}{version}".isprintable():
        return None
    try:
        return make_purl("cpan", name, version, qualifiers={"author": author.group(1)} if author else None)
    except EngineError:
        return None


def read_cpanfile(file: SourceFile) -> dict[str, tuple[Scope, str]] | None:
    """Module: (scope, requirement) of the plain statements, the weightiest where named twice; None: unreadable."""
    try:
        lines = file.text(strict=False).splitlines()
    except Unreadable:
        return None
    found: dict[str, tuple[Scope, str]] = {}
    blocks: list[Scope] = []
    for line in lines:
        match = _STATEMENT.match(line)
        if match is None:
            continue
        kind, block, statement = match.group(1), match.group(2), match.group(3)
        if kind:
            blocks.append(Scope.OPTIONAL if kind == "feature" else _PHASES.get(block, Scope.UNKNOWN))
        elif match.group(9):
            del blocks[-1:]
        else:
            module = match.group(4) or match.group(5)
            scope = _SHORT.get(statement, blocks[-1] if blocks else Scope.RUNTIME)
            if scope is Scope.RUNTIME and statement in {"recommends", "suggests"}:
                scope = Scope.OPTIONAL
            known = found.get(module)
            if known is None or SCOPE_ORDER[scope] < SCOPE_ORDER[known[0]]:
                found[module] = (scope, match.group(6) or match.group(7) or match.group(8) or "")
    return found


EXTRACTOR = Extractor(
    name=NAME,
    title="cpanfile.snapshot (Carton)",
    claims=Claims(names=("cpanfile.snapshot",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.LINES}),
    cannot_tell=(
        "Direct or transitive when the cpanfile is not in the tree; requirements that the cpanfile computes.",
        "Modules that come with Perl itself. Digests and licences.",
    ),
    extract=extract,
)
