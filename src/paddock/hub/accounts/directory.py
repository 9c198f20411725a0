# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading what a company's directory says about somebody who signs in: OIDC claims or SAML attributes."""

from collections.abc import Mapping
from typing import Any

from paddock.hub.accounts.services import GroupsUnknown

USUAL = (
    "groups",
    "memberOf",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
    "http://schemas.xmlsoap.org/claims/Group",
)
"""Where directories put groups, when the file of providers names no `groups_claim`."""
MOST = 2_000
"""Groups of one person; what goes beyond is cut off."""


def groups_of(said: Mapping[str, Any], settings: Mapping[str, Any]) -> tuple[str, ...] | GroupsUnknown:
    """The groups in what the directory said, as allauth keeps it in `extra_data`.

    No claim means no groups: directories leave it out for people who are in none. Microsoft's Entra ID leaves the claim
    out, too, for somebody in more than 200, and says so in `_claim_names`: those groups are not known.
    """
    wanted = (settings["groups_claim"],) if settings.get("groups_claim") else USUAL
    for claims in (said.get("userinfo"), said.get("id_token"), said):
        if not isinstance(claims, Mapping):
            continue
        for name in wanted:
            value = claims.get(name)
            if isinstance(value, str):
                return (value,)
            if isinstance(value, list | tuple):
                return tuple(one for one in value[:MOST] if isinstance(one, str))
        if set(wanted) & set(claims.get("_claim_names") or {}):
            return GroupsUnknown("more groups than fit into the answer (_claim_names)")
    return ()


def verified_address(sociallogin: Any, settings: Mapping[str, Any]) -> str:
    """The address that the directory vouches for; "" when it does not. settings: `trusts_addresses` vouches for all."""
    for address in sociallogin.email_addresses:
        if address.verified or settings.get("trusts_addresses") is True:
            return str(address.email)
    return str(sociallogin.user.email or "") if settings.get("trusts_addresses") is True else ""
