# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Conda: environments, lock files, installed packages."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.conda import conda_lock, conda_meta, environment, explicit

EXTRACTORS: tuple[Extractor, ...] = (
    conda_lock.EXTRACTOR,
    conda_meta.EXTRACTOR,
    environment.EXTRACTOR,
    explicit.EXTRACTOR,
)
