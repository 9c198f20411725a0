# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""PHP: Composer."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.php import composer_json, composer_lock, installed_json

EXTRACTORS: tuple[Extractor, ...] = (composer_json.EXTRACTOR, composer_lock.EXTRACTOR, installed_json.EXTRACTOR)
