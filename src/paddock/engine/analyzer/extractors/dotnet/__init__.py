# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
""".NET: NuGet and Paket."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.dotnet import (
    central_packages,
    deps_json,
    packages_config,
    packages_lock,
    paket_lock,
    project_assets,
    project_file,
)

EXTRACTORS: tuple[Extractor, ...] = (
    central_packages.EXTRACTOR,
    deps_json.EXTRACTOR,
    packages_config.EXTRACTOR,
    packages_lock.EXTRACTOR,
    paket_lock.EXTRACTOR,
    project_assets.EXTRACTOR,
    project_file.EXTRACTOR,
)
