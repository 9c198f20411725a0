# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Rust: Cargo."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.rust import cargo_lock

EXTRACTORS: tuple[Extractor, ...] = (cargo_lock.EXTRACTOR,)
