# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Linux distributions: the packages installed in a root file system."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.linux import apk, dpkg, rpm_legacy, rpm_sqlite

EXTRACTORS: tuple[Extractor, ...] = (
    apk.EXTRACTOR,
    dpkg.EXTRACTOR,
    rpm_legacy.EXTRACTOR,
    rpm_sqlite.EXTRACTOR,
)
