# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Python: pip, pip-tools, Pipenv, Poetry, PDM, uv, setuptools; installed packages, wheels and eggs."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.python import (
    archive,
    installed,
    pdm_lock,
    pipfile,
    pipfile_lock,
    poetry_lock,
    pylock,
    pyproject_toml,
    requirements,
    setup_cfg,
    setup_py,
    uv_lock,
)

EXTRACTORS: tuple[Extractor, ...] = (
    archive.EXTRACTOR,
    installed.EXTRACTOR,
    pdm_lock.EXTRACTOR,
    pipfile.EXTRACTOR,
    pipfile_lock.EXTRACTOR,
    poetry_lock.EXTRACTOR,
    pylock.EXTRACTOR,
    pyproject_toml.EXTRACTOR,
    requirements.EXTRACTOR,
    setup_cfg.EXTRACTOR,
    setup_py.EXTRACTOR,
    uv_lock.EXTRACTOR,
)
