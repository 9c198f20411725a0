# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What this room tells the others."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """Other rules hold in a unit, and below it where no policy of its own stands: a version was released or a policy
    retired.

    version_id: the version now in force; None when the unit's own rules ended.
    """

    policy_id: UUID
    version_id: UUID | None
    unit_id: UUID
    unit_path: str
