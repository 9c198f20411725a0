# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""gradle.lockfile and its relatives: what Gradle resolved, and for which configurations.

Format: https://docs.gradle.org/current/userguide/dependency_locking.html. A line is `group:name:version=conf1,conf2`;
`empty=conf` names configurations without dependencies. The older form keeps one file a configuration in
`gradle/dependency-locks`, whose lines have no `=`.
"""

import posixpath

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import written_text
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.java.configurations import is_runtime, scope_of
from paddock.engine.analyzer.extractors.java.coordinates import is_name, maven_purl
from paddock.engine.analyzer.extractors.java.gradle_layout import project_file, shared_files
from paddock.engine.analyzer.extractors.java.verification_metadata import VerifiedHashes, read_hashes
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "java/gradle_lockfile"
_OLD_FOLDER = "gradle/dependency-locks"


def extract(file: SourceFile) -> Extraction:
    """Every module of the lock file, used by the project whose build script lies beside it.

    Hashes are taken from the build's verification metadata, which a lock file covers as it covers version catalogues:
    both list more than the build still uses.
    """
    draft = Draft(file, NAME)
    old = file.directory == _OLD_FOLDER or file.directory.endswith(f"/{_OLD_FOLDER}")
    script = project_file(file, "../.." if old else "")
    project = draft.project(script, origin=Origin.LOCKED, name=_name(script or file.path))
    default = (file.name.removesuffix(".lockfile"),) if old else ()
    lines = _lines(file, draft, default)
    runtime_known = any(is_runtime(configuration) for _, _, configurations in lines for configuration in configurations)
    of_build = file.name.startswith(("buildscript", "settings"))
    hashes = _hashes(file, draft)
    for number, module, configurations in lines:
        if module:
            group, artifact, version = module
            purl = maven_purl(group, artifact, version)
            ref = draft.add(purl, line=number, hashes=hashes.get((group, artifact, version), ()))
            scope = Scope.BUILD if of_build else scope_of(configurations, runtime_known=runtime_known)
            project.use(ref, scope)
    draft.cover(*(catalogue.path for catalogue in shared_files(file, ".versions.toml")))
    return draft.finish()


def _name(path: str) -> str:
    return posixpath.basename(posixpath.dirname(path))


_Line = tuple[int, tuple[str, str, str] | None, tuple[str, ...]]


def _lines(file: SourceFile, draft: Draft, default: tuple[str, ...]) -> list[_Line]:
    """(line number, group, artifact and version, configurations); without module for `empty=`."""
    found: list[_Line] = []
    wrong = 0
    for number, line in enumerate(written_text(file).splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        module, separator, rest = text.partition("=")
        configurations = tuple(part.strip() for part in rest.split(",") if part.strip()) if separator else default
        parts = tuple(part.strip() for part in module.split(":"))
        if module.strip() == "empty":
            found.append((number, None, configurations))
        elif len(parts) == 3 and is_name(parts[0]) and is_name(parts[1]) and parts[2]:
            found.append((number, (parts[0], parts[1], parts[2]), configurations))
        else:
            wrong += 1
            if wrong <= 20:
                draft.issue("not a line of a Gradle lock file (`group:name:version=configurations`)", line=number)
    if wrong and not found:
        raise Unreadable("not a Gradle lock file: no line names a module")
    return found


def _hashes(file: SourceFile, draft: Draft) -> VerifiedHashes:
    for metadata in shared_files(file, "verification-metadata.xml"):
        try:
            hashes = read_hashes(metadata)
        except Unreadable:
            continue  # its own extraction says why
        draft.cover(metadata.path)
        return hashes
    return {}


EXTRACTOR = Extractor(
    name=NAME,
    title="gradle.lockfile, buildscript-gradle.lockfile, gradle/dependency-locks",
    claims=Claims(
        names=("gradle.lockfile", "buildscript-gradle.lockfile", "settings-gradle.lockfile"),
        patterns=(f"{_OLD_FOLDER}/*.lockfile", "settings-*gradle.lockfile"),
    ),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.HASHES, Fact.LINES}),
    cannot_tell=(
        "Which modules are direct, and what depends on what: the format has neither.",
        "Scopes of configurations of the project's own making.",
        "Hashes, unless the build keeps gradle/verification-metadata.xml.",
    ),
    extract=extract,
)
