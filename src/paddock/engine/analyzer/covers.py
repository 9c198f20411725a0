# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which files are taken into account by others, and whether those really say what the covered file asks for.

A lock file speaks for its manifest. An emptied or outdated one must not make dependencies vanish.
"""

from collections.abc import Iterable, Mapping, Sequence

from paddock.engine.analyzer.extractor import Extraction
from paddock.engine.model.inventory import Scope
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import PackageURL

SOURCE = "analyzer"
_SHOWN = 5
_LOCKED_SCOPES = {Scope.RUNTIME, Scope.UNKNOWN, Scope.TEST, Scope.DEV}
"""Lock files need not hold what only builds the project, nor options that nobody chose."""

_Package = tuple[str, str | None, str]


def coverers(extractions: Iterable[tuple[str, Extraction]]) -> dict[str, list[tuple[str, Extraction]]]:
    """By covered path: the extractions that speak for it. One that names no component speaks for none that does."""
    extractions = list(extractions)
    telling = {path for path, extraction in extractions if extraction.components}
    found: dict[str, list[tuple[str, Extraction]]] = {}
    for path, extraction in extractions:
        for covered in extraction.covers:
            if extraction.components or covered not in telling:
                found.setdefault(covered, []).append((path, extraction))
    return found


def missing_in_locks(
    extractions: Sequence[tuple[str, Extraction]], covered_by: Mapping[str, Sequence[tuple[str, Extraction]]]
) -> list[Issue]:
    """A WARNING for each covered manifest that asks for packages which what covers it does not name."""
    issues = []
    own = {_package(project.purl) for _, told in extractions for project in told.projects if project.purl is not None}
    packages: dict[int, set[_Package]] = {}
    for path, extraction in extractions:
        locks = [(place, lock) for place, lock in covered_by.get(path, ()) if place not in covered_by]
        if not locks:
            continue
        named = own.union(*(_packages(lock, packages) for _, lock in locks))
        wanted = {package: name for package, name in _wanted(extraction).items() if package not in named}
        said = "\n".join(issue.message for _, lock in locks for issue in lock.issues)
        unsaid = sorted(name for name in wanted.values() if name not in said)
        if unsaid:
            issues.append(_outdated(locks[0][0], path, unsaid))
    return issues


def _wanted(extraction: Extraction) -> dict[_Package, str]:
    """The packages that a manifest itself asks for, with their names."""
    direct = {
        usage.ref
        for project in extraction.projects
        for usage in project.usages
        if usage.direct and usage.scope in _LOCKED_SCOPES
    }
    return {_package(component.purl): component.name for component in extraction.components if component.ref in direct}


def _packages(lock: Extraction, known: dict[int, set[_Package]]) -> set[_Package]:
    """What a lock file names; worked out once for each."""
    if id(lock) not in known:
        known[id(lock)] = {_package(component.purl) for component in lock.components}
    return known[id(lock)]


def _package(purl: PackageURL) -> _Package:
    return purl.type, purl.namespace, purl.name


def _outdated(lock: str, manifest: str, names: Sequence[str]) -> Issue:
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    count = "1 dependency" if len(names) == 1 else f"{len(names)} dependencies"
    verb = "is" if len(names) == 1 else "are"
    message = f"{count} of {manifest} {verb} not in the lock file: {shown}; out of date, or for other platforms"
    return Issue(Severity.WARNING, SOURCE, message, lock)
