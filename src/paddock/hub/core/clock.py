# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The time, taken once at the rim and handed down: services never look at a clock themselves."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The moment, with time zone."""
    return timezone.now()


def today(moment: datetime) -> date:
    """The calendar day that this moment falls on where the hub stands."""
    return timezone.localdate(moment)
