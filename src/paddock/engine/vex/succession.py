# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Versions of one and the same VEX document: the newest replaces the others."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from paddock.engine.model.issue import Issue, Severity
from paddock.engine.versions.natural import compare
from paddock.engine.vex.statement import VexDocument

_EARLIEST = datetime.min.replace(tzinfo=UTC)


class Named(Protocol):
    """A document with the name that people know it by."""

    @property
    def name(self) -> str:
        """For people."""
        ...

    @property
    def document(self) -> VexDocument:
        """The document itself."""
        ...


AnyNamed = TypeVar("AnyNamed", bound=Named)


def current(documents: Sequence[AnyNamed]) -> tuple[list[AnyNamed], tuple[Issue, ...]]:
    """The documents that count, in the order given, and a hint for each that another version replaces.

    Documents are versions of one another when id and author are equal, as CSAF (`tracking/id` within a publisher) and
    OpenVEX define it; the same document given twice counts once. Two that differ under the same version and time both
    count: nobody can tell which replaces which.
    """
    newest: dict[tuple[str, str, str], AnyNamed] = {}
    for document in documents:
        key = _key(document.document)
        if key is not None and (key not in newest or _is_newer(document.document, newest[key].document)):
            newest[key] = document
    kept: list[AnyNamed] = []
    issues: list[Issue] = []
    for document in documents:
        key = _key(document.document)
        if key is None or newest[key] is document or _is_rival(document.document, newest[key].document):
            kept.append(document)
        else:
            other = newest[key]
            what = "the same document" if other.document == document.document else f"version {other.document.version}"
            text = f"version {document.document.version} of {document.document.id} does not count beside {what}"
            issues.append(Issue(Severity.HINT, "vex", f"{text} in {other.name}", document.name))
    return kept, tuple(issues)


def _key(document: VexDocument) -> tuple[str, str, str] | None:
    return (document.format.partition(" ")[0], document.id, document.author) if document.id else None


def _is_newer(document: VexDocument, other: VexDocument) -> bool:
    order = compare(document.version, other.version)
    if order:
        return order > 0
    return _time(document) > _time(other)


def _is_rival(document: VexDocument, other: VexDocument) -> bool:
    """Whether two different documents claim to be the same version."""
    return document != other and not _is_newer(other, document)


def _time(document: VexDocument) -> datetime:
    return document.last_updated or document.timestamp or _EARLIEST
