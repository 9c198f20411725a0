# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whose a file is: the installed component or the project in whose folder it lies."""

import posixpath

from paddock.engine.model.inventory import Inventory, Origin


class Ownership:
    """Looks up the component ref or project id a path belongs to.

    Installed components own the folder of their metadata (`node_modules/x/package.json`); projects own the folder of
    their definition file; the deepest folder wins, and a component beats a project of the same folder.
    """

    def __init__(self, inventory: Inventory) -> None:
        self._owners: dict[str, str] = {}
        installed = {
            usage.ref
            for project in inventory.projects
            if project.origin is Origin.INSTALLED
            for usage in project.usages
        }
        for project in sorted(inventory.projects, key=lambda one: one.id, reverse=True):
            if project.origin is not Origin.INSTALLED:
                self._owners[posixpath.dirname(project.id)] = project.id
        for component in inventory.components:
            if component.ref in installed:
                for place in component.locations:
                    folder = _own_folder(place.path)
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


def _own_folder(path: str) -> str:
    """The folder that belongs to a package alone, by the place of its metadata; "" where metadata are kept together."""
    folder, name = posixpath.split(path)
    if name == "package.json" and "node_modules" in folder.split("/"):
        return folder
    if folder.endswith((".dist-info", ".egg-info")):
        return folder
    return ""
