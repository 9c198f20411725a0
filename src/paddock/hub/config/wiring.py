# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every reaction of the hub in one table: event -> handlers, in this order. Handlers stand in the rooms that react."""

from paddock.hub.outbox.services import Wiring
from paddock.hub.policies.events import PolicyChanged
from paddock.hub.products.events import ReleaseCreated, RulesOfProductChanged, VerdictChanged
from paddock.hub.scans import handlers as scans
from paddock.hub.scans.events import IntakeFailed, ReleaseEvaluated
from paddock.hub.webhooks import handlers as webhooks

WIRING: Wiring = {
    PolicyChanged: (scans.decide_anew, webhooks.policy_changed),
    RulesOfProductChanged: (scans.decide_product_anew,),
    ReleaseCreated: (webhooks.release_created,),
    VerdictChanged: (webhooks.verdict_changed,),
    IntakeFailed: (webhooks.intake_failed,),
    ReleaseEvaluated: (webhooks.release_evaluated,),
}
