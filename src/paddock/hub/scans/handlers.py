# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reactions of this room to what happened in others."""

from datetime import datetime

from paddock.hub.core.actor import system
from paddock.hub.policies.events import PolicyChanged
from paddock.hub.policies.queries import units_with_other_rules
from paddock.hub.products.events import RulesOfProductChanged
from paddock.hub.products.queries import releases_for
from paddock.hub.scans.services import request_evaluation


def decide_anew(event: PolicyChanged, _now: datetime) -> None:
    """Other rules hold: ask for a new verdict about every release that they hold for and that has contents."""
    releases = releases_for(system("policy changed")).filter(product__unit__path__startswith=event.unit_path)
    for path in units_with_other_rules(event.unit_path):
        releases = releases.exclude(product__unit__path__startswith=path)
    known = releases.filter(product__archived_at=None).exclude(inventory=None)
    for release_id in known.values_list("pk", flat=True):
        request_evaluation(release_id=release_id)


def decide_product_anew(event: RulesOfProductChanged, _now: datetime) -> None:
    """Other rules may hold for one product: ask for a new verdict about each of its releases.

    Also where nothing is known yet: a worker may be reading the first inventory by the old rules, and is waited for.
    """
    releases = releases_for(system("product changed")).filter(product=event.product_id)
    for release_id in releases.values_list("pk", flat=True):
        request_evaluation(release_id=release_id)
