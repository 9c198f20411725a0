# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Swift and Apple platforms: Swift Package Manager and CocoaPods."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.swift import package_resolved, podfile_lock

EXTRACTORS: tuple[Extractor, ...] = (package_resolved.EXTRACTOR, podfile_lock.EXTRACTOR)
