# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Who needs what, and for what: the usages of a project from the relations that a document states."""

from collections.abc import Iterable, Mapping

from paddock.engine.formats.bill.statements import Bond
from paddock.engine.model.inventory import SCOPE_ORDER, Scope, Usage

Step = tuple[str, Bond, Scope | None]
_BY_RANK = sorted(SCOPE_ORDER, key=SCOPE_ORDER.__getitem__)


def usages_of(steps: Mapping[str, Iterable[Step]], project: str) -> dict[str, Usage]:
    """Everything a project needs, by ref, over relations `steps` (source -> target, bond, scope).

    Direct: what the project itself is said to depend on; what is reached through others is not direct, as far as the
    document states any direct need at all. Scope: that of the first step (part of the project: runtime; a dependency
    without more: unknown), made no weightier on the way; of several ways the weightiest counts. One walk: each usage
    and relation is looked at once.
    """
    own = steps.get(project, ())
    direct = {target for target, bond, _ in own if bond is Bond.DEPENDS}
    parts = {target for target, bond, _ in own if bond is not Bond.DEPENDS}
    found: dict[str, Usage] = {}
    waiting: list[list[str]] = [[] for _ in _BY_RANK]
    for target, bond, scope in own:
        waiting[SCOPE_ORDER[scope or _default(bond)]].append(target)
    for rank, scope in enumerate(_BY_RANK):
        queue = waiting[rank]
        while queue:
            ref = queue.pop()
            if ref == project or ref in found:
                continue
            told = False if direct and ref not in parts else None
            found[ref] = Usage(ref, scope, True if ref in direct else told)
            for target, _, stated in steps.get(ref, ()):
                if target not in found:
                    waiting[max(rank, SCOPE_ORDER[stated]) if stated else rank].append(target)
    return found


def _default(bond: Bond) -> Scope:
    return Scope.RUNTIME if bond is Bond.CONTAINS else Scope.UNKNOWN
