# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The closed lists of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    """DRAFT: being written, decides nothing. RELEASED: in force. REPLACED: was in force until the next one was
    released, or until the unit's own rules ended."""

    DRAFT = "draft", _("Draft")
    RELEASED = "released", _("In force")
    REPLACED = "replaced", _("Replaced")
