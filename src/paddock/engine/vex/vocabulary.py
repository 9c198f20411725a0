# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The words of CycloneDX and CSAF, and what they are in the words of CISA and OpenVEX.

CycloneDX: https://cyclonedx.org/docs/1.7/json/#vulnerabilities_items_analysis ; its justifications are brought to
CISA's as discussed in https://github.com/CycloneDX/specification/discussions/609 . CSAF: sections 3.2.3.5, 3.2.3.9 and
3.2.3.12 of https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html ; its flags are CISA's labels.
"""

from paddock.engine.vex.statement import Justification, Response, Status

STATUS_OF_STATE: dict[str, Status] = {
    "not_affected": Status.NOT_AFFECTED,
    "false_positive": Status.NOT_AFFECTED,
    "exploitable": Status.AFFECTED,
    "in_triage": Status.UNDER_INVESTIGATION,
    "resolved": Status.FIXED,
    "resolved_with_pedigree": Status.FIXED,
}
"""CycloneDX `analysis.state`."""

STATE_OF_STATUS: dict[Status, str] = {
    Status.NOT_AFFECTED: "not_affected",
    Status.AFFECTED: "exploitable",
    Status.UNDER_INVESTIGATION: "in_triage",
    Status.FIXED: "resolved",
}

JUSTIFICATION_OF_CYCLONEDX: dict[str, Justification] = {
    "code_not_present": Justification.VULNERABLE_CODE_NOT_PRESENT,
    "code_not_reachable": Justification.VULNERABLE_CODE_NOT_IN_EXECUTE_PATH,
    "requires_configuration": Justification.VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY,
    "requires_dependency": Justification.VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY,
    "requires_environment": Justification.VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY,
    "protected_by_compiler": Justification.INLINE_MITIGATIONS_ALREADY_EXIST,
    "protected_at_runtime": Justification.VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY,
    "protected_at_perimeter": Justification.VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY,
    "protected_by_mitigating_control": Justification.INLINE_MITIGATIONS_ALREADY_EXIST,
}
"""CycloneDX `analysis.justification`."""

CYCLONEDX_OF_JUSTIFICATION: dict[Justification, str] = {
    Justification.COMPONENT_NOT_PRESENT: "code_not_present",
    Justification.VULNERABLE_CODE_NOT_PRESENT: "code_not_present",
    Justification.VULNERABLE_CODE_NOT_IN_EXECUTE_PATH: "code_not_reachable",
    Justification.VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY: "requires_environment",
    Justification.INLINE_MITIGATIONS_ALREADY_EXIST: "protected_by_mitigating_control",
}
"""The nearest word of CycloneDX; where reading it back would give another one, the writer adds a property."""

STATUS_OF_GROUP: dict[str, Status] = {
    "first_affected": Status.AFFECTED,
    "known_affected": Status.AFFECTED,
    "last_affected": Status.AFFECTED,
    "known_not_affected": Status.NOT_AFFECTED,
    "first_fixed": Status.FIXED,
    "fixed": Status.FIXED,
    "under_investigation": Status.UNDER_INVESTIGATION,
}
"""CSAF `product_status`. `recommended` says nothing about the vulnerability, and `unknown` that nobody looks."""

GROUP_OF_STATUS: dict[Status, str] = {
    Status.NOT_AFFECTED: "known_not_affected",
    Status.AFFECTED: "known_affected",
    Status.UNDER_INVESTIGATION: "under_investigation",
    Status.FIXED: "fixed",
}

RESPONSE_OF_REMEDIATION: dict[str, Response] = {
    "vendor_fix": Response.UPDATE,
    "workaround": Response.WORKAROUND_AVAILABLE,
    "mitigation": Response.WORKAROUND_AVAILABLE,
    "no_fix_planned": Response.WILL_NOT_FIX,
    "none_available": Response.CAN_NOT_FIX,
}
"""CSAF `remediations[].category`; `fix_planned` and `optional_patch` have no word in CycloneDX."""

REMEDIATION_OF_RESPONSE: dict[Response, str] = {
    Response.UPDATE: "vendor_fix",
    Response.ROLLBACK: "mitigation",
    Response.WORKAROUND_AVAILABLE: "workaround",
    Response.WILL_NOT_FIX: "no_fix_planned",
    Response.CAN_NOT_FIX: "none_available",
}

CAUTION: tuple[Status, ...] = (Status.AFFECTED, Status.UNDER_INVESTIGATION, Status.FIXED, Status.NOT_AFFECTED)
"""Statuses from the one that asks for most care."""


def justified(status: Status, cyclonedx: str) -> tuple[Justification | None, str]:
    """The justification of a CycloneDX word, and the word itself where the justification does not lead back to it.

    Words that CycloneDX does not have are none.
    """
    justification = JUSTIFICATION_OF_CYCLONEDX.get(cyclonedx)
    if justification is None:
        return None, ""
    if status is not Status.NOT_AFFECTED:
        return None, cyclonedx
    return justification, "" if CYCLONEDX_OF_JUSTIFICATION[justification] == cyclonedx else cyclonedx
