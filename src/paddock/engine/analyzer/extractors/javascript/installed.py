# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Installed npm packages: `node_modules/<name>/package.json`, at any depth, with licence, authors and licence files.

Format: npm's documentation, configuring-npm/package-json and, for the places,
npm's documentation, configuring-npm/folders. pnpm's `.pnpm` folder and global installations are read alike.
"""

import posixpath
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.javascript.manifest import declared_licenses, installed_purl, is_installed
from paddock.engine.analyzer.extractors.javascript.registry import package_url, source_of
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin

NAME = "javascript/installed"

_LICENSE_FILES = ("license", "licence", "copying", "copyright", "notice", "unlicense")
_LOCK_FILES = frozenset(
    {"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "deno.lock"}
)


def extract(file: SourceFile) -> Extraction:
    """The package a manifest describes; nothing for manifests deeper inside a package, which name no package.

    Without a lock file beside the `node_modules` folder the package also counts as used by the project that owns the
    folder; with one, the lock file knows better who needs it.
    """
    draft = Draft(file, NAME)
    owner, package_folder = _place(file.path)
    if file.directory != package_folder:
        return draft.finish()
    draft.own(package_folder if is_installed(file.path) else "")
    document = require_mapping(read_json(file), "package.json")
    name, version = text_of(document.get("name")), text_of(document.get("version"))
    if not name or not version or _is_foreign(document):
        return draft.finish()
    purl = package_url(name, version)
    if purl is None:
        draft.issue(f"{name!r} is no name of an npm package; it was left out")
        return draft.finish()
    ref = draft.add(purl, licenses=declared_licenses(document), **_facts(file, document))
    project = _owner(file, draft, owner)
    if project is not None:
        project.use(ref)
        _note_edges(file, draft, ref, document)
    return draft.finish()


def _place(path: str) -> tuple[str, str]:
    """The folder that owns the outermost `node_modules`, and the folder of the innermost package.

    For a path outside of `node_modules` (an extractor may be asked for any file) the package folder is its own.
    """
    parts = path.split("/")
    if "node_modules" not in parts[:-1]:
        return "", posixpath.dirname(path)
    first = parts.index("node_modules")
    last = len(parts) - 1 - parts[::-1].index("node_modules")
    size = 2 if parts[last + 1].startswith("@") else 1
    return "/".join(parts[:first]), "/".join(parts[: last + 1 + size])


def _is_foreign(document: dict[str, Any]) -> bool:
    """Packages of other systems that use the same file name: Unity, extensions of VS Code."""
    vscode = "vscode" in mapping(document.get("engines")) or isinstance(document.get("contributes"), dict)
    return vscode or "unity" in document


def _facts(file: SourceFile, document: dict[str, Any]) -> dict[str, Any]:
    repository = document.get("repository")
    address = text_of(repository) or text_of(mapping(repository).get("url"))
    people = [document.get("author"), *sequence(document.get("contributors")), *sequence(document.get("maintainers"))]
    names = (
        posixpath.join(file.directory, name) for name in file.siblings() if name.lower().startswith(_LICENSE_FILES)
    )
    return {
        "authors": tuple(dict.fromkeys(filter(None, map(_person, people)))),
        "description": text_of(document.get("description")),
        "homepage": text_of(document.get("homepage")),
        "vcs_url": _repository(address),
        "license_files": tuple(sorted(path for path in names if file.tree.size(path) is not None)),
    }


def _repository(address: str) -> str:
    source = source_of(address)
    if source.vcs_url:
        return source.vcs_url
    return f"git+{source.download_url}" if source.download_url else ""


def _person(value: object) -> str:
    """`Name <mail>`; the web address is left out."""
    if isinstance(value, str):
        return value.partition("(")[0].strip()
    person = mapping(value)
    name, mail = text_of(person.get("name")), text_of(person.get("email"))
    return f"{name} <{mail}>" if name and mail else name or mail


def _owner(file: SourceFile, draft: Draft, owner: str) -> ProjectDraft | None:
    if not is_installed(file.path) or _LOCK_FILES & set(file.tree.names(owner)):
        return None
    manifest = posixpath.join(owner, "package.json")
    # global installations (/usr/lib/node_modules) have no project of their own
    known = file.tree.size(manifest) is not None
    project = draft.project(manifest if known else posixpath.join(owner, "node_modules"), origin=Origin.INSTALLED)
    # the manifests of installed packages do not define the project
    project.files = {manifest} if known else set()
    return project


def _note_edges(file: SourceFile, draft: Draft, ref: str, document: dict[str, Any]) -> None:
    """Who needs whom, by node's rule: the nearest `node_modules` upwards that has the package."""
    for table in ("dependencies", "optionalDependencies", "peerDependencies"):
        for name in mapping(document.get(table)):
            target = installed_purl(file, file.directory, name) if isinstance(name, str) else None
            if target is not None:
                draft.depend(ref, draft.add(target, path=file.path))


EXTRACTOR = Extractor(
    name=NAME,
    title="installed packages (node_modules)",
    claims=Claims(patterns=("node_modules/*/package.json",)),
    tells=frozenset({Fact.VERSIONS, Fact.LICENSES, Fact.EDGES}),
    cannot_tell=(
        "What a transitive package is needed for, where neither a lock file nor a package.json is beside the folder.",
    ),
    delivered=True,
    extract=extract,
)
