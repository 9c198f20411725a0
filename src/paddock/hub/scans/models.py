# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of what was handed in for a release, and of what was decided about it."""

from typing import ClassVar

from django.db import models

from paddock.hub.core.models import Record
from paddock.hub.scans.types import IntakeKind, IntakeState


class Intake(Record):
    """Something handed in for a release; its id is the token by which programs ask whether it is done.

    document: the bytes as they came (None for a repository until it was fetched). source: file name or repository
    address,
    without credentials. stage, done and total: how far it is, total 0 = not known. problems: sentences, each with its
    place.
    heartbeat_at: when the worker last said that it lives. log: what it has begun, as [ISO time, text].
    """

    release = models.ForeignKey("products.Release", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=IntakeKind)
    state = models.CharField(max_length=20, choices=IntakeState, default=IntakeState.WAITING)
    document = models.ForeignKey("components.Document", on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=500, blank=True)
    revision = models.CharField(max_length=200, blank=True)
    submitted_by = models.CharField(max_length=200)
    job_id = models.BigIntegerField(null=True)
    stage = models.CharField(max_length=100, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    problems = models.JSONField(default=list)
    log = models.JSONField(default=list)
    inventory = models.ForeignKey("components.Inventory", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["release", "-created_at"], name="intake_of_release"),
            models.Index(fields=["state", "heartbeat_at"], name="intake_alive"),
        ]


class Evaluation(Record):
    """One verdict about a release: which inventory, which policy, which data, and every reason.

    before: the outcome that it took the place of, so that what turned and when can be counted without looking back.
    reasons: the engine's `Reason` values as JSON. causes: the open ones in short, the weightiest first, as [meaning for
    shipping, cause, number of components], so that a history need not read the reasons. data: names and versions of the
    data that took part.
    """

    release = models.ForeignKey("products.Release", on_delete=models.CASCADE, related_name="+")
    inventory = models.ForeignKey("components.Inventory", on_delete=models.CASCADE, related_name="+")
    policy_version = models.ForeignKey("policies.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+")
    policy_sha256 = models.CharField(max_length=64)
    before = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    sentence = models.TextField()
    reasons = models.JSONField()
    causes = models.JSONField(default=list)
    data = models.JSONField(default=list)
    tool_version = models.CharField(max_length=40)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["release", "-created_at"], name="evaluation_of_release"),
            models.Index(
                fields=["created_at"], condition=~models.Q(outcome=models.F("before")), name="evaluation_turned"
            ),
        ]


class KnownData(models.Model):
    """Data from outside that verdicts depend on, and the version by which releases were last decided about."""

    name = models.CharField(max_length=80, primary_key=True)
    version = models.CharField(max_length=200)
    noticed_at = models.DateTimeField()
