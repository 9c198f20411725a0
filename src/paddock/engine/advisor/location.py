# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the advisory database lies on this machine."""

import os
from pathlib import Path

VARIABLE = "PADDOCK_ADVISORIES"
"""The environment variable that names another file."""
FILE_NAME = "advisories.db"


def default_path() -> Path:
    """The file that PADDOCK_ADVISORIES names, else one in the folder for data of the user's applications."""
    stated = os.environ.get(VARIABLE)
    if stated:
        return Path(stated)
    import platformdirs  # noqa: PLC0415 # not needed where the variable is set

    return platformdirs.user_data_path("paddock") / FILE_NAME
