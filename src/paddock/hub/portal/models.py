# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The table of what people keep of lists."""

from typing import ClassVar

from django.db import models

from paddock.hub.core.models import Record


class SavedView(Record):
    """A list as one person wants to see it again: path and query of its address, sorting and filters included."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    query = models.CharField(max_length=2_000, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "path", "name"], name="saved_view_name_once")
        ]

    @property
    def address(self) -> str:
        """Where it is seen."""
        return f"{self.path}?{self.query}" if self.query else self.path
