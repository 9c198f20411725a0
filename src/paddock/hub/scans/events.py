# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What this room tells the others."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class InventoryReplaced:
    """A release contains something else than before; `before` is None for its first inventory."""

    release_id: UUID
    inventory_id: int
    before: int | None


@dataclass(frozen=True, slots=True)
class IntakeFailed:
    """Something that was handed in could not be read; nothing of it was stored."""

    release_id: UUID
    intake_id: UUID


@dataclass(frozen=True, slots=True)
class ReleaseEvaluated:
    """There is a new verdict about a release."""

    release_id: UUID
    evaluation_id: UUID
    outcome: str
