# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The implementation of the Common Expression Language, without the command line that comes with it.

The package `cel` loads its interactive command line, which takes longer to load than all of Paddock's own modules. An
empty module stands in its place until the package is loaded; whoever wants the command line later gets the real one.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

__all__ = ["cel"]

_COMMAND_LINE = "cel.cli"


@contextmanager
def _without_command_line() -> Iterator[None]:
    if "cel" in sys.modules or _COMMAND_LINE in sys.modules:
        yield
        return
    sys.modules[_COMMAND_LINE] = ModuleType(_COMMAND_LINE)
    try:
        yield
    finally:
        del sys.modules[_COMMAND_LINE]


with _without_command_line():
    import cel
