# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whose a file is: the installed component or the project in whose folder it lies."""

import posixpath

from paddock.engine.model.inventory import Inventory, Origin
from paddock.engine.model.purl import PackageURL

OTHERS = ""
"""Stands for the files of a tree that belong to no project and no component."""
_INSTALLED = frozenset({"site-packages", "dist-packages", "node_modules"})
_SYSTEMS = frozenset({"alpm", "apk", "deb", "rpm"})


class Ownership:
    """Looks up the component ref or project id a path belongs to.

    Installed components own the folder of their metadata (`node_modules/x/package.json`); projects own the folder of
    their definition file; the deepest folder wins, and a component beats a project of the same folder.
    """

    def __init__(self, inventory: Inventory) -> None:
        self._owners: dict[str, str] = {}
        for project in sorted(inventory.projects, key=lambda one: one.id, reverse=True):
            if project.origin is not Origin.INSTALLED:
                self._owners[posixpath.dirname(project.id)] = project.id
        for component in inventory.components:
            for place in component.locations:
                for folder in _own_folders(place.path, component.purl):
                    self._owners[folder] = component.ref
        self._is_system = any(component.purl.type in _SYSTEMS for component in inventory.components)

    def owner(self, path: str) -> str | None:
        """The ref or id, `OTHERS`, or None where files of some installed package lie and nobody can tell of which."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self._owners:
                return self._owners[folder]
            if folder.rpartition("/")[2] in _INSTALLED:
                return None
        return None if self._is_system else OTHERS


def _own_folders(path: str, purl: PackageURL) -> tuple[str, ...]:
    """The folders that belong to an installed or vendored package alone, by where it is named."""
    folder, name = posixpath.split(path)
    if name == "package.json" and "node_modules" in folder.split("/"):
        return (folder,)
    if folder.endswith((".dist-info", ".egg-info")):
        # Most packages are imported by the name that they are distributed under.
        return folder, posixpath.join(posixpath.dirname(folder), purl.name.lower().replace("-", "_"))
    full_name = f"{purl.namespace}/{purl.name}" if purl.namespace else purl.name
    if name == "modules.txt" and posixpath.basename(folder) == "vendor":
        return (f"{folder}/{full_name}",)
    if path.endswith("vendor/composer/installed.json"):
        return (f"{posixpath.dirname(folder)}/{full_name}",)
    return ()
