# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of the record. The database itself refuses to change or remove a row, and chains rows as they are
committed."""

import json
from datetime import UTC
from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing that somebody did.

    action: "release.created"; subject_type and subject_id: what it was done to; unit_path: where that belongs, which
    decides
    who may read the entry. content: everything in canonical JSON, the text that the chain's hashes are made from.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80)
    subject_name = models.CharField(max_length=300)
    unit_path = models.CharField(max_length=180, blank=True)
    details = models.JSONField(default=dict)
    content = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_of_subject"),
            models.Index(fields=["actor_id", "-id"], name="audit_of_actor"),
        ]

    def canonical(self) -> str:
        """The entry as canonical JSON: keys sorted, no spaces, times in UTC."""
        content = {
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": [self.actor_kind, str(self.actor_id or ""), self.actor_name],
            "action": self.action,
            "subject": [self.subject_type, self.subject_id, self.subject_name],
            "unit": self.unit_path,
            "details": self.details,
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Seal(models.Model):
    """The link of one entry in the chain: hash = SHA-256 over the previous hash and the entry's content, in hex.

    number: 1, 2, 3 … in the order in which transactions were committed, without a gap.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    hash = models.CharField(max_length=64)
