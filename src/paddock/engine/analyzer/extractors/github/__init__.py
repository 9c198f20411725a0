# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""GitHub: actions and reusable workflows that a repository's automation uses."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.github import action, workflow

EXTRACTORS: tuple[Extractor, ...] = (action.EXTRACTOR, workflow.EXTRACTOR)
