# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Haskell: Cabal and Stack."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.haskell import cabal_freeze, stack_lock, stack_yaml

EXTRACTORS: tuple[Extractor, ...] = (cabal_freeze.EXTRACTOR, stack_lock.EXTRACTOR, stack_yaml.EXTRACTOR)
