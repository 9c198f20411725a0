# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The copyright statements of every component and project, put together from its own files."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from paddock.engine.model.licensing import FileFindings
from paddock.engine.spdx.copyrights import normalize_statements


def copyrights_by_owner(
    found: Iterable[FileFindings], owner: Callable[[str], str | None]
) -> dict[str, tuple[str, ...]]:
    """By whom `owner` says a path belongs to; files of which nobody can tell are left out."""
    statements: dict[str, dict[str, None]] = defaultdict(dict)
    for file in found:
        whose = owner(file.path) if file.findings.copyrights else None
        if whose is not None:
            statements[whose].update((one.statement, None) for one in file.findings.copyrights)
    return {whose: normalize_statements(texts) for whose, texts in statements.items()}
