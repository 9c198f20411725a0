# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of packages, components, documents and inventories.

Packages, components, inventories and usages have numbers for ids: there are millions of usages, and they are joined.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from paddock.hub.core.models import Record


class Package(models.Model):
    """A purl without a version. words: its type, namespace and name, cut into words for the search."""

    id = models.BigAutoField(primary_key=True)
    purl = models.TextField(unique=True)
    type = models.TextField()
    namespace = models.TextField(default="", blank=True)
    name = models.TextField()
    words = SearchVectorField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["words"], name="package_words"),
            models.Index(OpClass("name", name="text_pattern_ops"), name="package_name_prefix"),
        ]


class Component(models.Model):
    """A package in one version.

    version_key: sorts as the versions of its ecosystem do (engine/versions); None where that could not be told.
    purl: with qualifiers. license: the effective SPDX expression of the last scan that could tell, "" for none.
    """

    id = models.BigAutoField(primary_key=True)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="components")
    version = models.TextField(default="", blank=True)
    purl = models.TextField(unique=True)
    version_key = models.BinaryField(null=True)
    license = models.TextField(default="", blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["package", "version_key"], name="component_in_range"),
            models.Index(OpClass("license", name="text_pattern_ops"), name="component_license"),
        ]


class Document(Record):
    """A file exactly as it came. content: its bytes, gzip-compressed; size and sha256 are those of the original."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    format = models.CharField(max_length=80, blank=True)
    content = models.BinaryField()


class Inventory(models.Model):
    """What one document (or one scan) says that a piece of software contains.

    result: the engine's result as JSON, gzip-compressed, from which everything else can be made anew; with the newest
    look-up of vulnerabilities and the newest verdict, of renewed_at (None: as it came). current: whether it is the
    newest of its release; only then does it have usages. component_count: how many distinct ones.
    """

    id = models.BigAutoField(primary_key=True)
    created_at = models.DateTimeField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.BinaryField()
    renewed_at = models.DateTimeField(null=True)
    component_count = models.IntegerField()
    issue_count = models.IntegerField()
    current = models.BooleanField(default=True)


class Usage(models.Model):
    """One component in one current inventory.

    scopes: what for ("runtime", "test"); direct: whether a project of the inventory asks for it itself. license: the
    effective expression in this inventory, which curations may have changed.
    """

    id = models.BigAutoField(primary_key=True)
    inventory = models.ForeignKey(Inventory, on_delete=models.CASCADE, related_name="usages", db_index=False)
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="usages")
    direct = models.BooleanField(null=True)
    scopes = ArrayField(models.TextField(), default=list)
    license = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["inventory", "component"], name="usage_once")
        ]
