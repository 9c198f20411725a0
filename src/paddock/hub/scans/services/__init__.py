# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Handing something in, taking it in, and deciding about releases."""

from paddock.hub.scans.services.deciding import decide_for_new_advisories, evaluate_release, request_evaluation
from paddock.hub.scans.services.handing_in import cancel_intake, hand_in_archive, hand_in_document, hand_in_repository
from paddock.hub.scans.services.taking_in import fail, fail_abandoned, take_in

__all__ = [
    "cancel_intake",
    "decide_for_new_advisories",
    "evaluate_release",
    "fail",
    "fail_abandoned",
    "hand_in_archive",
    "hand_in_document",
    "hand_in_repository",
    "request_evaluation",
    "take_in",
]
