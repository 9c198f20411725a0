# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Types of arguments and options that many commands take."""

from pathlib import Path

import click

FILE = click.Path(path_type=Path, dir_okay=False)
ANYTHING = click.Path(path_type=Path, exists=True)
EXISTING_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
