# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The closed lists of this room, and which state may follow which."""

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def the_release(name: str, product: str) -> str:
    """A release as a message names it, in the reader's language."""
    return gettext("the release %(name)s of %(product)s") % {"name": name, "product": product}


class IntakeKind(TextChoices):
    """What was handed in."""

    DOCUMENT = "document", _("Bill of materials")
    RESULT = "result", _("Result of a scan")
    ARCHIVE = "archive", _("Source archive")
    REPOSITORY = "repository", _("Repository")


class IntakeState(TextChoices):
    """WAITING: a worker has not begun. FAILED: nothing of it was stored; `problems` says why."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


TRANSITIONS: dict[IntakeState, frozenset[IntakeState]] = {
    IntakeState.WAITING: frozenset({IntakeState.RUNNING, IntakeState.CANCELLED}),
    IntakeState.RUNNING: frozenset({IntakeState.DONE, IntakeState.FAILED, IntakeState.CANCELLED, IntakeState.WAITING}),
    IntakeState.DONE: frozenset(),
    IntakeState.FAILED: frozenset({IntakeState.WAITING}),
    IntakeState.CANCELLED: frozenset({IntakeState.WAITING}),
}
