# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Java, Kotlin, Scala: Maven, Gradle, sbt and what they build."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.java import (
    dependency_tree,
    gradle_build,
    gradle_lockfile,
    jar,
    pom_xml,
    sbt_lock,
    verification_metadata,
    version_catalog,
)

EXTRACTORS: tuple[Extractor, ...] = (
    dependency_tree.EXTRACTOR,
    gradle_build.EXTRACTOR,
    gradle_lockfile.EXTRACTOR,
    jar.EXTRACTOR,
    pom_xml.EXTRACTOR,
    sbt_lock.EXTRACTOR,
    verification_metadata.EXTRACTOR,
    version_catalog.EXTRACTOR,
)
