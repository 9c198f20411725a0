# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""JavaScript and TypeScript: npm, yarn, pnpm, bun, deno, and installed node_modules."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.javascript import (
    bun_lock,
    deno_lock,
    installed,
    package_json,
    package_lock,
    pnpm_lock,
    yarn_lock,
)

EXTRACTORS: tuple[Extractor, ...] = (
    bun_lock.EXTRACTOR,
    deno_lock.EXTRACTOR,
    installed.EXTRACTOR,
    package_json.EXTRACTOR,
    package_lock.EXTRACTOR,
    pnpm_lock.EXTRACTOR,
    yarn_lock.EXTRACTOR,
)
