# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every action of the record is called where people read it. The record, the API and exports keep the code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Promise] = {
    "document.handed-in": _("File handed in"),
    "entity.changed": _("Legal entity changed"),
    "entity.created": _("Legal entity created"),
    "group.mapped": _("Group given a role"),
    "group.unmapped": _("Group's role taken away"),
    "groups.unknown": _("Directory named no groups"),
    "intake.cancelled": _("Upload cancelled"),
    "person.account-connected": _("Directory account connected"),
    "person.account-disconnected": _("Directory account disconnected"),
    "person.changed": _("Account changed"),
    "person.created": _("Account created"),
    "person.deactivated": _("Account locked"),
    "person.email-changed": _("E-mail address changed"),
    "person.email-deleted": _("E-mail address removed"),
    "person.joined": _("Joined a unit"),
    "person.left": _("Left a unit"),
    "person.link-made": _("Link to sign in made"),
    "person.password-changed": _("Password changed"),
    "person.password-reset": _("Password chosen by a link"),
    "person.password-set": _("Password set"),
    "person.reactivated": _("Account unlocked"),
    "person.recovery-codes-generated": _("Recovery codes made"),
    "person.settings-changed": _("Own settings changed"),
    "person.sign-in-refused": _("Wrong password"),
    "person.signed-in": _("Signed in"),
    "person.totp-activated": _("Authenticator app set up"),
    "person.totp-deactivated": _("Authenticator app removed"),
    "person.webauthn-added": _("Passkey added"),
    "person.webauthn-removed": _("Passkey removed"),
    "policy.created": _("Policy created"),
    "policy.draft_edited": _("Draft of the policy saved"),
    "policy.draft_withdrawn": _("Draft of the policy withdrawn"),
    "policy.drafted": _("Draft of the policy begun"),
    "policy.dry_run": _("Draft of the policy tried"),
    "policy.released": _("Policy put in force"),
    "policy.retired": _("Policy ended"),
    "product.archived": _("Product archived"),
    "product.changed": _("Product changed"),
    "product.created": _("Product created"),
    "product.moved": _("Product given to another unit"),
    "product.received": _("Product received from another unit"),
    "product.repository-added": _("Repository added"),
    "product.repository-removed": _("Repository removed"),
    "product.restored": _("Product taken back into use"),
    "release.created": _("Release created"),
    "release.state-changed": _("State of the release changed"),
    "repository.handed-in": _("Repository handed in"),
    "role.ended": _("Role ended"),
    "role.ends": _("End of a role set"),
    "role.granted": _("Role given"),
    "token.created": _("API token created"),
    "token.revoked": _("API token revoked"),
    "unit.changed": _("Unit changed"),
    "unit.created": _("Unit created"),
    "unit.moved": _("Unit moved"),
    "webhook.changed": _("Webhook changed"),
    "webhook.created": _("Webhook created"),
    "webhook.deleted": _("Webhook deleted"),
    "webhook.replayed": _("Message sent again"),
    "webhook.secret-renewed": _("Secret of the webhook renewed"),
    "webhook.tested": _("Test message sent"),
}
"""Every action that is recorded anywhere; `tests/hub/audit/test_actions.py` finds them in the source."""


def words(action: str) -> str:
    """The action in the reader's language; a code that nobody knows any more as it is."""
    return str(ACTIONS.get(action, action))
