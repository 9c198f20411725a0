# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pipfile without a lock file: requirements, pinned or not.

Format: https://pipenv.pypa.io/en/latest/pipfile.html
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.declaration import Declaration, Need, use_declared
from paddock.engine.analyzer.extractors.python.groups import scope_of_group
from paddock.engine.analyzer.extractors.python.requirement import Requirement, without_credentials
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "python/pipfile"

SECTION_SCOPES = {"default": Scope.RUNTIME, "develop": Scope.DEV}
"""By the names that sections have in the lock file; others are package categories of the user's own."""

_SECTIONS = {"packages": "default", "dev-packages": "develop"}
_NOT_PACKAGES = {"source", "requires", "pipenv", "scripts"}


def extract(file: SourceFile) -> Extraction:
    """Pipfile.lock covers this file where there is one."""
    draft = Draft(file, NAME)
    needs = [need for section in read_pipfile(file).values() for need in section]
    project = draft.project(origin=Origin.DECLARED)
    use_declared(draft, file, project, Declaration(needs=needs))
    return draft.finish()


def read_pipfile(file: SourceFile) -> dict[str, list[Need]]:
    """The needs per section, under the names that sections have in the lock file."""
    found: dict[str, list[Need]] = {}
    for section, packages in read_toml(file).items():
        if section not in _NOT_PACKAGES:
            key = _SECTIONS.get(section, section)
            scope = SECTION_SCOPES.get(key) or scope_of_group(key)
            found[key] = [_need(name, value, scope) for name, value in mapping(packages).items()]
    return found


def _need(name: str, value: object, scope: Scope) -> Need:
    detail = mapping(value)
    version = text_of(value) or text_of(detail.get("version")) or "*"
    git, ref = without_credentials(text_of(detail.get("git"))), text_of(detail.get("ref"))
    url = f"git+{git}{f'@{ref}' if ref else ''}" if git else without_credentials(text_of(detail.get("file")))
    extras = tuple(text_of(extra) for extra in sequence(detail.get("extras")) if text_of(extra))
    specifier = version if version.startswith("==") else ""
    return Need(Requirement(name, extras, specifier, url), scope, version, text_of(detail.get("path")))


EXTRACTOR = Extractor(
    name=NAME,
    title="Pipfile",
    claims=Claims(names=("Pipfile",)),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT}),
    cannot_tell=("Versions, unless a requirement pins one; what the requirements bring in.",),
    extract=extract,
)
