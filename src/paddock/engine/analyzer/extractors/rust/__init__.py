# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Rust: Cargo."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.rust import cargo_lock, cargo_toml, rust_binary, vendored

EXTRACTORS: tuple[Extractor, ...] = (
    cargo_lock.EXTRACTOR,
    cargo_toml.EXTRACTOR,
    vendored.EXTRACTOR,
    rust_binary.EXTRACTOR,
)
