# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""vendor/composer/installed.json: the packages that Composer put into the vendor folder.

Format: Composer's own; version 1 is a list of packages, version 2 an object with `packages` and `dev-package-names`.
The packages are those of https://getcomposer.org/doc/04-schema.md.
"""

import posixpath
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.php.composer_lock import read_beside
from paddock.engine.analyzer.extractors.php.package import PackageSet, describe_project, names_of
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "php/installed_json"


def extract(file: SourceFile) -> Extraction:
    """The project is that of the composer.json above the vendor folder, or else the vendor folder itself."""
    document = read_json(file)
    if not isinstance(document, dict | list):
        raise Unreadable("an installed.json must be a JSON object or list")
    values = document if isinstance(document, list) else sequence(document.get("packages"))
    names = mapping(document).get("dev-package-names")
    dev = names_of(names) if isinstance(names, list) else None
    draft = Draft(file, NAME)
    manifest = read_beside(draft, file, "../../composer.json")
    project = describe_project(draft, manifest, Origin.INSTALLED)
    packages = PackageSet(draft, file)
    for value in values:
        ref = packages.add(value)
        draft.own(_folder(file, mapping(value)))
        if ref and ref != project.id:
            scope = Scope.UNKNOWN
            if dev is not None:
                scope = Scope.DEV if text_of(mapping(value).get("name")).lower() in dev else Scope.RUNTIME
            project.use(ref, scope, direct=None if manifest is None else False)
    packages.depend(manifest.supplied if manifest else frozenset())
    if manifest is not None:
        packages.use_direct(project, manifest)
    return draft.finish()


def _folder(file: SourceFile, package: dict[str, Any]) -> str:
    """Where a package lies, from the root; version 1 does not say it, then the usual place. "" for what has no files.

    A package from a `path` repository may lie anywhere, the folder of the project itself included: it is not owned.
    """
    if text_of(mapping(package.get("dist")).get("type")) == "path":
        return ""
    place = package.get("install-path", f"../{text_of(package.get('name'))}")
    path = posixpath.normpath(posixpath.join(file.directory, text_of(place)))
    vendor = posixpath.dirname(file.directory)
    return path if text_of(place) and path.startswith(f"{vendor}/") else ""


EXTRACTOR = Extractor(
    name=NAME,
    title="vendor/composer/installed.json (versions 1 and 2)",
    claims=Claims(patterns=("composer/installed.json",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES, Fact.LICENSES}),
    cannot_tell=(
        "Scopes in version 1; what is direct, where no composer.json lies above the vendor folder.",
        "Whether somebody changed the installed files.",
    ),
    delivered=True,
    extract=extract,
)
