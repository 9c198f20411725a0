# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Go: modules, workspaces, vendor folders, programs."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.go import go_binary, go_mod, go_sum, go_work, vendor_modules

EXTRACTORS: tuple[Extractor, ...] = (
    go_binary.EXTRACTOR,
    go_mod.EXTRACTOR,
    go_sum.EXTRACTOR,
    go_work.EXTRACTOR,
    vendor_modules.EXTRACTOR,
)
