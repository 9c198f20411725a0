# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Julia: Pkg."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.julia import manifest_toml, project_toml

EXTRACTORS: tuple[Extractor, ...] = (manifest_toml.EXTRACTOR, project_toml.EXTRACTOR)
