# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Dart and Flutter: pub."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.dart import pubspec_lock, pubspec_yaml

EXTRACTORS: tuple[Extractor, ...] = (pubspec_lock.EXTRACTOR, pubspec_yaml.EXTRACTOR)
