# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Modules that are loaded when something of them is first used, because most runs never need them and all would wait.

if TYPE_CHECKING:
    import yaml
else:
    yaml = on_demand("yaml")
"""

import importlib
from types import ModuleType
from typing import Any


class _OnDemand(ModuleType):
    """Stands for a module. Import locks the module that it loads, so that threads may use it at once."""

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self.__name__), name)


def on_demand(name: str) -> ModuleType:
    """A stand-in for the module with this full name. What loading it raises is raised at its first use."""
    return _OnDemand(name)
