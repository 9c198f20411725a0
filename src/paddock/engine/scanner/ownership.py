# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whose a file is: the installed component or the project in whose folder it lies."""

import csv
import posixpath
from collections.abc import Iterable, Iterator

from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Component
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Inventory, Origin
from paddock.engine.model.purl import PackageURL

OTHERS = ""
"""Stands for the files of a tree that belong to no project and no component."""
_INSTALLED = frozenset({"site-packages", "dist-packages", "node_modules"})
_CARGO_MARKS = (".cargo-checksum.json", ".cargo-ok")
_MAX_RECORD_BYTES = 16 * 1024 * 1024
_SYSTEMS = frozenset({"alpm", "apk", "deb", "rpm"})


class Ownership:
    """Looks up the component ref or project id a path belongs to.

    Installed components own the folder of their metadata (`node_modules/x/package.json`) and, of Python, every file
    that their RECORD among `files` lists; projects own the folder of their definition file; the deepest folder wins,
    and a component beats a project of the same folder.
    """

    def __init__(self, inventory: Inventory, files: Iterable[SourceFile] = ()) -> None:
        self._owners: dict[str, str] = {}
        self._files: dict[str, tuple[str, str]] = {}
        records = {file.path: file for file in files if file.name == "RECORD"}
        for project in sorted(inventory.projects, key=lambda one: one.id, reverse=True):
            # What is installed without a manifest has no folder of its own: a program, a system, a site.
            if project.origin is not Origin.INSTALLED or project.purl is not None:
                self._owners[posixpath.dirname(project.id)] = project.id
        for component in inventory.components:
            for place in component.locations:
                for folder in _own_folders(place.path, component.purl):
                    self._owners[folder] = component.ref
        for component in inventory.components if records else ():
            for record in _records_of(component, records):
                site = posixpath.dirname(record.directory)
                self._files.update((path, (component.ref, site)) for path in _recorded(record))
        self._is_system = any(component.purl.type in _SYSTEMS for component in inventory.components)

    def owner(self, path: str) -> str | None:
        """The ref or id, `OTHERS`, or None where files of some installed package lie and nobody can tell of which."""
        return self.place(path)[0]

    def place(self, path: str) -> tuple[str | None, str]:
        """Whose a path is, as `owner` says, and the path relative to the owner's own folder."""
        if path in self._files:
            owner, site = self._files[path]
            return owner, posixpath.relpath(path, site) if site else path
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self._owners:
                return self._owners[folder], path[len(folder) + 1 :] if folder else path
            if folder.rpartition("/")[2] in _INSTALLED:
                return None, path
        return (None if self._is_system else OTHERS), path


def _own_folders(path: str, purl: PackageURL) -> tuple[str, ...]:
    """The folders that belong to an installed or vendored package alone, by where it is named."""
    folder, name = posixpath.split(path)
    if (name == "package.json" and "node_modules" in folder.split("/")) or name in _CARGO_MARKS:
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


def _records_of(component: Component, records: dict[str, SourceFile]) -> Iterator[SourceFile]:
    for place in component.locations:
        folder, name = posixpath.split(place.path)
        record = records.get(f"{folder}/RECORD") if name == "METADATA" else None
        if record is not None:
            yield record


def _recorded(record: SourceFile) -> Iterator[str]:
    """The files that an installed Python package consists of, from the root; none where its RECORD cannot be read.

    https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file
    """
    site = posixpath.dirname(record.directory)
    try:
        for row in csv.reader(record.text(strict=False, limit=_MAX_RECORD_BYTES).splitlines()):
            if row and not row[0].startswith("/"):
                yield posixpath.normpath(posixpath.join(site, row[0]))
    except (Unreadable, csv.Error):
        return
