# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changing people, units, roles and tokens: one subject a file."""

from paddock.hub.accounts.services.entities import change_legal_entity, create_legal_entity
from paddock.hub.accounts.services.groups import GroupsUnknown, follow_groups, map_group, unmap_group
from paddock.hub.accounts.services.invitations import make_link
from paddock.hub.accounts.services.people import (
    change_person,
    change_settings,
    create_person,
    deactivate_person,
    end_membership,
    join_unit,
    reactivate_person,
)
from paddock.hub.accounts.services.roles import appoint_deputy, end_role, grant_role
from paddock.hub.accounts.services.sign_ins import note_security_change, note_sign_in, note_sign_in_refused
from paddock.hub.accounts.services.tokens import create_token, note_token_use, revoke_token
from paddock.hub.accounts.services.units import create_unit, move_unit, rename_unit

__all__ = [
    "GroupsUnknown",
    "appoint_deputy",
    "change_legal_entity",
    "change_person",
    "change_settings",
    "create_legal_entity",
    "create_person",
    "create_token",
    "create_unit",
    "deactivate_person",
    "end_membership",
    "end_role",
    "follow_groups",
    "grant_role",
    "join_unit",
    "make_link",
    "map_group",
    "move_unit",
    "note_security_change",
    "note_sign_in",
    "note_sign_in_refused",
    "note_token_use",
    "reactivate_person",
    "rename_unit",
    "revoke_token",
    "unmap_group",
]
