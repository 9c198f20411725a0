# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""build.gradle and build.gradle.kts are programs: without running them nobody knows what they need, and we say so."""

import re

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor
from paddock.engine.analyzer.extractors.java.gradle_layout import BUILD_SCRIPTS, is_locked
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.issue import Severity

NAME = "java/gradle_build"
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<!:)//[^\n]*", re.DOTALL)
_DEPENDENCIES = re.compile(r"\bdependencies\s*\{")
_BUILDSCRIPT = re.compile(r"\bbuildscript\s*\{")
_BRACE = re.compile(r"[{}]")


def extract(file: SourceFile) -> Extraction:
    """Nothing but an issue, and that only where the script declares dependencies and no lock file resolves them.

    An ERROR, unless only the build script itself has dependencies: those are plug-ins of Gradle, and not delivered.
    """
    draft = Draft(file, NAME)
    if is_locked(file):
        return draft.finish()
    script = _COMMENT.sub(" ", file.text(strict=False))
    if _DEPENDENCIES.search(_without_buildscript(script)):
        draft.issue(
            "the dependencies of this Gradle build cannot be told without a lock file: switch on dependency locking "
            "and run `gradle dependencies --write-locks`",
            Severity.ERROR,
        )
    elif _DEPENDENCIES.search(script):
        draft.issue(
            "which Gradle plug-ins this build script brings cannot be told without a lock file: lock `buildscript` too "
            "and run `gradle dependencies --write-locks`",
        )
    return draft.finish()


def _without_buildscript(script: str) -> str:
    """The script without its first `buildscript { … }`; Gradle wants it before everything else, and once."""
    start = _BUILDSCRIPT.search(script)
    if start is None:
        return script
    depth = 0
    for brace in _BRACE.finditer(script, start.start()):
        depth += 1 if brace.group() == "{" else -1
        if not depth:
            return script[: start.start()] + script[brace.end() :]
    return script


EXTRACTOR = Extractor(
    name=NAME,
    title="Gradle build scripts (only to say what is missing)",
    claims=Claims(names=BUILD_SCRIPTS),
    tells=frozenset(),
    cannot_tell=("The dependencies: a build script is a program. Lock files say what it resolves to.",),
    extract=extract,
)
