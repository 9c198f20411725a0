# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The closed lists of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DryRunState(TextChoices):
    """WAITING: no worker has begun. STOPPED: by a person, or because a newer one took its place.
    FAILED: no worker will come back to it."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")


GOING = (DryRunState.WAITING, DryRunState.RUNNING)
