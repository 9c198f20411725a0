# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Linux distributions: the packages installed in a root file system."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.linux import apk, dpkg, rpm_berkeley, rpm_ndb, rpm_sqlite

EXTRACTORS: tuple[Extractor, ...] = (
    apk.EXTRACTOR,
    dpkg.EXTRACTOR,
    rpm_berkeley.EXTRACTOR,
    rpm_ndb.EXTRACTOR,
    rpm_sqlite.EXTRACTOR,
)
