# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What templates of this room use."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key that a variable holds: {{ names|of:unit.pk }}; None when there is none."""
    return values.get(key) if values else None


@register.simple_tag
def sends_mail() -> bool:
    """Whether this hub can send mail: {% sends_mail as mails %}."""
    return bool(settings.ACCOUNT_EMAIL_NOTIFICATIONS)
