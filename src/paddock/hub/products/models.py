# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of products, releases and repositories."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Lower

from paddock.hub.core.models import Record
from paddock.hub.products.types import Criticality, Distribution, Outcome, ReleaseState


class Product(Record):
    """Something that the company ships or runs. unit: who answers for it, and who may see it."""

    name = models.CharField(max_length=200)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    description = models.TextField(blank=True)
    owner = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    distribution = models.CharField(max_length=20, choices=Distribution, default=Distribution.EMBEDDED)
    criticality = models.CharField(max_length=20, choices=Criticality, default=Criticality.MEDIUM)
    support_ends_on = models.DateField(null=True, blank=True)
    tags = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("unit", Lower("name"), name="product_name_once_in_unit")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(OpClass(Lower("name"), name="text_pattern_ops"), name="product_name_prefix")
        ]

    def __str__(self) -> str:
        return self.name


class Release(Record):
    """A version of a product. inventory: what it contains as far as is known now; outcome and what follows: the last
    verdict,
    repeated here so that lists need no second look. violations and questions: reasons that count against it.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="releases")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=ReleaseState, default=ReleaseState.DEVELOPMENT)
    is_latest = models.BooleanField(default=False)
    inventory = models.OneToOneField(
        "components.Inventory", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.UNKNOWN)
    sentence = models.TextField(blank=True)
    violations = models.IntegerField(default=0)
    questions = models.IntegerField(default=0)
    component_count = models.IntegerField(default=0)
    evaluated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["product", "name"], name="release_name_once_in_product"),
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(is_latest=True), name="one_latest_release_of_product"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["outcome", "-evaluated_at"], name="release_outcome")
        ]

    def __str__(self) -> str:
        return self.name


class Repository(Record):
    """Where the source of a product lies. url: as `git clone` takes it, without credentials."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="repositories")
    url = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["product", "url"], name="repository_once_in_product")
        ]
