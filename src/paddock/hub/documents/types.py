# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a document is made from, and what it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from paddock.engine.model.result import Result


@dataclass(frozen=True, slots=True)
class Source:
    """A release's stored result with the names that documents carry.

    policy: name and version of the policy that decided, for people.
    """

    company: str
    product: str
    release: str
    unit: str
    legal_entity: str
    distribution: str
    policy: str
    evaluated_at: datetime | None
    result: Result


@dataclass(frozen=True, slots=True)
class Download:
    """A kind of document. slug: in addresses. suffix: the end of its file name. purpose: what people need it for."""

    slug: str
    title: str
    group: str
    purpose: str
    suffix: str
    content_type: str
    make: Callable[[Source], bytes]
