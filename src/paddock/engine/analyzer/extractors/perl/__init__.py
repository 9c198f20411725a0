# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Perl: Carton."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.perl import cpanfile_snapshot

EXTRACTORS: tuple[Extractor, ...] = (cpanfile_snapshot.EXTRACTOR,)
