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


def extract(file: SourceFile) -> Extraction:
    """Nothing but an issue, and that only where the script declares dependencies and no lock file resolves them."""
    draft = Draft(file, NAME)
    if not is_locked(file) and _DEPENDENCIES.search(_COMMENT.sub(" ", file.text(strict=False))):
        draft.issue(
            "the dependencies of this Gradle build cannot be told without a lock file: switch on dependency locking "
            "and run `gradle dependencies --write-locks`",
            Severity.ERROR,
        )
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="Gradle build scripts (only to say what is missing)",
    claims=Claims(names=BUILD_SCRIPTS),
    tells=frozenset(),
    cannot_tell=("The dependencies: a build script is a program. Lock files say what it resolves to.",),
    extract=extract,
)
