# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What this room tells the others."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ReleaseCreated:
    """There is a new release."""

    release_id: UUID


@dataclass(frozen=True, slots=True)
class RulesOfProductChanged:
    """Other rules may hold for a product: it belongs to another unit, or reaches people in another way."""

    product_id: UUID


@dataclass(frozen=True, slots=True)
class VerdictChanged:
    """What is known about a release is another than before; both are values of `products.types.Outcome`."""

    release_id: UUID
    before: str
    after: str
