# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of policies and their versions."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from paddock.hub.core.models import Record
from paddock.hub.policies.types import VersionState


class Policy(Record):
    """The rules of a unit and of everything below it that has none of its own."""

    name = models.CharField(max_length=200)
    unit = models.OneToOneField("accounts.Unit", on_delete=models.PROTECT, related_name="+")


class PolicyVersion(Record):
    """One text of a policy. content: YAML as docs/policy.md describes; released texts never change.

    sha256: of the text's bytes. revision: counts the times that a draft was saved, so that two people who edit it at
    once do not overwrite each other. editors: ids of the people who wrote in it, of whom none is its second pair of
    eyes.
    """

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    revision = models.IntegerField(default=1)
    editors = ArrayField(models.UUIDField(), default=list)
    changed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.DRAFT)
    author = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    released_by = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_number_once"),
            models.UniqueConstraint(
                fields=["policy"], condition=models.Q(state="released"), name="one_released_version_of_policy"
            ),
            models.UniqueConstraint(fields=["policy"], condition=models.Q(state="draft"), name="one_draft_of_policy"),
        ]
