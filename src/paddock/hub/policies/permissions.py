# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may do what to a policy, beyond the permission itself."""

from uuid import UUID

from django.utils.translation import gettext as _

from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotAllowed, NotFound


def sees(actor: Actor, unit_path: str) -> bool:
    """Whether the unit's policy concerns the actor: they see products in the unit, above it, or below it, where its
    rules may hold."""
    reach = actor.reach(Permission.SEE_PRODUCTS)
    return any(unit_path.startswith(path) or path.startswith(unit_path) for path in reach)


def require(actor: Actor, permission: Permission, unit_path: str, unit_name: str) -> None:
    """Raise NotFound when the actor may not see the unit's policy, NotAllowed when they may not do this to it."""
    if actor.may(permission, unit_path):
        return
    if not sees(actor, unit_path):
        raise NotFound(_("There is no such policy, or none that you may see."))
    raise NotAllowed(
        _("You may see the policy of %(unit)s, but not do this to it. Ask the open source office.")
        % {"unit": unit_name}
    )


def require_second_pair_of_eyes(actor: Actor, editors: list[UUID]) -> None:
    """Raise NotAllowed when the actor wrote in the draft that they would release."""
    if actor.person_id is not None and actor.person_id in editors:
        raise NotAllowed(
            _(
                "You wrote in this draft, and it needs a second pair of eyes. Ask a colleague who may "
                "release policies; the draft is kept."
            )
        )
