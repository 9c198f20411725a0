# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a SARIF result stands, and by what it is known again."""

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from paddock.engine.model.component import Component

_MAX = 10


def locations(component: Component | None, projects: Sequence[str]) -> list[dict[str, Any]]:
    """The places that name a component; where none is known, the definition files of the projects."""
    if component is not None and component.locations:
        return [location(place.path, place.line) for place in component.locations[:_MAX]]
    return [location(project, None) for project in projects[:_MAX]]


def location(path: str, line: int | None) -> dict[str, Any]:
    """A place in the scanned tree."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path), "uriBaseId": "%SRCROOT%"}}
    physical["region"] = {"startLine": line or 1}
    return {"physicalLocation": physical}


def fingerprint(*parts: str) -> str:
    """A digest of what stays the same when lines move."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
