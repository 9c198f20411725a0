# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the names of groups, extras and requirements files say about the scope of what stands in them.

Dependency groups never become part of a built package (https://packaging.python.org/en/latest/specifications/
dependency-groups/): they are for development or testing. Extras do (a user may choose them), unless their name says,
as is the custom, that they are the developers' own.
"""

import posixpath
import re

from paddock.engine.model.inventory import SCOPE_ORDER, Scope

_TEST = frozenset({"test", "tests", "testing", "unittest", "pytest", "e2e", "integration"})
_DEV = frozenset(
    {
        "dev", "develop", "development", "devel", "lint", "linting", "linters", "doc", "docs", "documentation",
        "ci", "format", "formatting", "typing", "types", "mypy", "coverage", "benchmark", "benchmarks", "debug",
        "local", "tools", "tox", "nox", "precommit",
    }
)  # fmt: skip
_OPTIONAL = frozenset({"optional", "extra", "extras", "opt"})
_MAIN = frozenset({"main", "default", "prod", "production"})
_WORD = re.compile(r"[^A-Za-z0-9]+")


def _words(name: str) -> set[str]:
    return {word for word in _WORD.split(name.lower()) if word}


def scope_of_extra(name: str) -> Scope:
    """The scope of an extra (`project.optional-dependencies`): OPTIONAL, or TEST or DEV where its name says so."""
    words = _words(name)
    return Scope.TEST if words & _TEST else Scope.DEV if words & _DEV else Scope.OPTIONAL


def scope_of_group(name: str) -> Scope:
    """The scope of a dependency group: TEST where its name says so, RUNTIME for the main one, else DEV."""
    words = _words(name)
    return Scope.TEST if words & _TEST else Scope.RUNTIME if name in _MAIN else Scope.DEV


def scope_of_file(path: str) -> Scope:
    """The scope of a requirements file by its name and the folder it lies in; RUNTIME when they say nothing."""
    words = _words(posixpath.splitext(posixpath.basename(path))[0])
    for found in (words, set() if words & _MAIN else _words(posixpath.basename(posixpath.dirname(path)))):
        if found & _TEST:
            return Scope.TEST
        if found & _DEV:
            return Scope.DEV
        if "build" in found:
            return Scope.BUILD
        if found & _OPTIONAL:
            return Scope.OPTIONAL
    return Scope.RUNTIME


def weightiest(scopes: list[Scope]) -> Scope:
    """The weightiest of the scopes; UNKNOWN when there are none."""
    return min(scopes, key=SCOPE_ORDER.__getitem__, default=Scope.UNKNOWN)
