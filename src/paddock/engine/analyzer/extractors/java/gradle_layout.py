# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the parts of a Gradle build lie in the tree: build scripts, lock files, catalogues, verification metadata.

Layout: https://docs.gradle.org/current/userguide/dependency_locking.html
"""

import posixpath
from collections.abc import Iterator

from paddock.engine.downloader.tree import SourceFile

BUILD_SCRIPTS = ("build.gradle", "build.gradle.kts")
_MAX_ANCESTORS = 16


def project_file(file: SourceFile, folder: str = "") -> str | None:
    """The path of the build script in a folder relative to the file's own, or None."""
    for name in BUILD_SCRIPTS:
        script = file.neighbour(posixpath.join(folder, name))
        if script is not None:
            return script.path
    return None


def is_locked(file: SourceFile) -> bool:
    """Whether the project of a build script keeps a lock file of its dependencies."""
    if file.neighbour("gradle.lockfile") is not None:
        return True
    return any(name.endswith(".lockfile") for name in file.siblings("gradle/dependency-locks"))


def shared_files(file: SourceFile, suffix: str) -> Iterator[SourceFile]:
    """The files in the `gradle` folder of the build that a lock file belongs to, the nearest such folder upwards."""
    up = "."
    for _ in range(_MAX_ANCESTORS):
        folder = posixpath.join(up, "gradle")
        names = [name for name in file.siblings(folder) if name.endswith(suffix)]
        if names:
            found = (file.neighbour(posixpath.join(folder, name)) for name in names)
            yield from (candidate for candidate in found if candidate is not None)
            return
        if posixpath.normpath(posixpath.join(file.directory or ".", up)) in {".", ""}:
            return
        up = posixpath.join(up, "..")
