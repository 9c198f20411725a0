# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whose a file is: the installed component or the project in whose folder it lies."""

import posixpath

from paddock.engine.model.inventory import Inventory, Origin
from paddock.engine.model.purl import PackageURL


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
                folder = _own_folder(place.path, component.purl)
                if folder:
                    self._owners[folder] = component.ref

    def owner(self, path: str) -> str:
        """The ref or id, or an empty text when nobody owns the file."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self._owners:
                return self._owners[folder]
        return ""


def _own_folder(path: str, purl: PackageURL) -> str:
    """The folder that belongs to an installed or vendored package alone, by where it is named; "" for none."""
    folder, name = posixpath.split(path)
    if name == "package.json" and "node_modules" in folder.split("/"):
        return folder
    if folder.endswith((".dist-info", ".egg-info")):
        return folder
    full_name = f"{purl.namespace}/{purl.name}" if purl.namespace else purl.name
    if name == "modules.txt" and posixpath.basename(folder) == "vendor":
        return f"{folder}/{full_name}"
    if path.endswith("vendor/composer/installed.json"):
        return f"{posixpath.dirname(folder)}/{full_name}"
    return ""
