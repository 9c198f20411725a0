# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What this room tells the others."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class GrantEnded:
    """Somebody no longer has a role: what they were to do needs another."""

    person_id: UUID
    role: str
    unit_id: UUID
