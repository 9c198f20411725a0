# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Makes the licence index of this machine from the rules that its own package index offers."""

import os
from pathlib import Path

from paddock.cli.cache_folder import open_cache
from paddock.cli.progress import progress_bar
from paddock.engine.bootstrap import rule_sources
from paddock.engine.pipeline import license_database
from paddock.engine.pipeline.license_database import IndexFacts
from paddock.engine.scanner.licenses.default_index import index_path


def build_index_of_machine(*, quiet: bool) -> IndexFacts:
    """Fetch the rules by way of the cache and make the index. Raises NoRules, Unreadable, CacheError, OSError."""
    with rule_sources(os.environ, Path.home(), open_cache()) as sources, progress_bar(quiet=quiet) as progress:
        return license_database.build(index_path(), sources, progress)
