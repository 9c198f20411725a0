# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""C and C++: Conan, vcpkg, west, git submodules, CMake."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.cpp import (
    cmake,
    conan_lock,
    conanfile_py,
    conanfile_txt,
    git_submodules,
    vcpkg,
    west,
)

EXTRACTORS: tuple[Extractor, ...] = (
    cmake.EXTRACTOR,
    conan_lock.EXTRACTOR,
    conanfile_py.EXTRACTOR,
    conanfile_txt.EXTRACTOR,
    git_submodules.EXTRACTOR,
    vcpkg.EXTRACTOR,
    west.EXTRACTOR,
)
