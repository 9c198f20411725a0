# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ruby: Bundler and RubyGems."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.ruby import gemfile, gemfile_lock, gemspec

EXTRACTORS: tuple[Extractor, ...] = (gemfile.EXTRACTOR, gemfile_lock.EXTRACTOR, gemspec.EXTRACTOR)
