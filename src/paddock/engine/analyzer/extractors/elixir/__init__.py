# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Elixir: mix."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.elixir import mix_lock

EXTRACTORS: tuple[Extractor, ...] = (mix_lock.EXTRACTOR,)
