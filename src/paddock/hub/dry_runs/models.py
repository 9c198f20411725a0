# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of dry runs and of what they found."""

from typing import ClassVar

from django.db import models

from paddock.hub.core.models import Record
from paddock.hub.dry_runs.types import DryRunState
from paddock.hub.products.types import Outcome


class DryRun(Record):
    """A text of a policy, tried on the releases that it would hold for.

    content and revision: what was tried; the draft may have moved on since. done of total: releases looked at; the last
    one of them is cursor, so that the work goes on where it was interrupted. nothing_known: releases without an
    inventory, about which no policy can say anything. compared_with: the version that it was compared with, None for
    the policy that ships with Paddock.
    """

    version = models.ForeignKey("policies.PolicyVersion", on_delete=models.CASCADE, related_name="+")
    revision = models.IntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    compared_with = models.ForeignKey("policies.PolicyVersion", on_delete=models.SET_NULL, null=True, related_name="+")
    requested_by = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=DryRunState, default=DryRunState.WAITING)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    nothing_known = models.IntegerField(default=0)
    cursor = models.UUIDField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["version", "-created_at"], name="dry_run_of_version")
        ]


class Change(models.Model):
    """A release about which the two policies say different things.

    came and went: causes that only the tried (or only the other) policy gives, as [{title, label, why, how_to_fix,
    packages}], the weightiest first; at most MOST_CAUSES of each.
    """

    id = models.BigAutoField(primary_key=True)
    dry_run = models.ForeignKey(DryRun, on_delete=models.CASCADE, related_name="changes")
    release = models.ForeignKey("products.Release", on_delete=models.CASCADE, related_name="+")
    before = models.CharField(max_length=20, choices=Outcome)
    after = models.CharField(max_length=20, choices=Outcome)
    turns = models.BooleanField()
    sentence = models.TextField()
    came = models.JSONField(default=list)
    went = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dry_run", "release"], name="dry_run_release_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["dry_run", "-turns", "after"], name="dry_run_changes")
        ]
