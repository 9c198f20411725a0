# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The base of every record that people can name in an address."""

from uuid import UUID

import uuid_utils.compat
from django.db import models


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): it sorts by time, so that new rows land together at the end of an index."""
    return uuid_utils.compat.uuid7()


class Record(models.Model):
    """A row with an id that may appear in addresses, and the moment of its creation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True
