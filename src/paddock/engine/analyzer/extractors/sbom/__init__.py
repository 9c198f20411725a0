# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Bills of materials that lie in the tree."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.sbom import document

EXTRACTORS: tuple[Extractor, ...] = (document.EXTRACTOR,)
