# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""R: renv."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.r import renv_lock

EXTRACTORS: tuple[Extractor, ...] = (renv_lock.EXTRACTOR,)
