# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A CSAF document with what several tests and the reader need of it: where products are defined, who is meant by
groups, the branches, the revisions.

Nothing is taken for granted about types: what is not as the standard says is passed over here and told by `shapes`.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.patterns import INTEGER, SEMANTIC
from paddock.engine.formats.fields import Record

_INTEGER, _SEMANTIC = re.compile(INTEGER), re.compile(SEMANTIC)
_MAX_NODES = 5_000_000


class Node(NamedTuple):
    """A branch: its place, itself, and the branches above it with itself last, as (category, name)."""

    place: str
    value: Record
    path: tuple[tuple[str, str], ...]


class Defined(NamedTuple):
    """A product as it is defined: place, itself, and the branches above it."""

    place: str
    value: Record
    path: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Its `product_id`."""
        return fields.text(self.value, "product_id")


class Reference(NamedTuple):
    """A place that names a product or a group by its id."""

    place: str
    id: str


class Revision(NamedTuple):
    """An entry of the revision history. order: (major, minor, patch) of its number; None where it is no version."""

    place: str
    number: str
    date: datetime | None
    order: tuple[int, ...] | None


class Advisory:
    """A parsed document of one version of the standard."""

    def __init__(self, value: Any, version: str) -> None:
        self.value = value
        self.later = version == "2.1"
        self.document = fields.record(value, "document")
        self.tracking = fields.record(self.document, "tracking")
        self.tree = fields.record(value, "product_tree")
        self.category = fields.text(self.document, "category")
        self.status = fields.text(self.tracking, "status")

    @cached_property
    def vulnerabilities(self) -> list[tuple[str, Record]]:
        """Each with its place."""
        return [(f"vulnerabilities[{index}]", one) for index, one in fields.records(self.value, "vulnerabilities")]

    @cached_property
    def nodes(self) -> list[Node]:
        """Every branch, in order of the document."""
        found: list[Node] = []
        stack: list[Node] = [Node("product_tree", self.tree, ())]
        while stack and len(found) < _MAX_NODES:
            above = stack.pop()
            if above.path:
                found.append(above)
            for index, branch in reversed(fields.records(above.value, "branches")):
                step = (fields.text(branch, "category"), fields.text(branch, "name"))
                stack.append(Node(f"{above.place}.branches[{index}]", branch, (*above.path, step)))
        return found

    @cached_property
    def products(self) -> list[Defined]:
        """Every product that the product tree defines, in order of the document."""
        found = [
            Defined(f"{node.place}.product", node.value["product"], node.path)
            for node in self.nodes
            if isinstance(node.value.get("product"), dict)
        ]
        for index, product in fields.records(self.tree, "full_product_names"):
            found.append(Defined(f"product_tree.full_product_names[{index}]", product))
        for name in ("relationships", "product_paths"):
            for index, relation in fields.records(self.tree, name):
                place = f"product_tree.{name}[{index}].full_product_name"
                found.append(Defined(place, fields.record(relation, "full_product_name")))
        return [product for product in found if product.id]

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Product ids by group id."""
        return {
            fields.text(group, "group_id"): fields.texts(group, "product_ids")
            for _, group in fields.records(self.tree, "product_groups")
        }

    def meant(self, value: Record) -> list[str]:
        """The products that an object names by `product_ids` and `group_ids`, each once."""
        ids = fields.texts(value, "product_ids")
        for group in fields.texts(value, "group_ids"):
            ids += self.groups.get(group, [])
        return list(dict.fromkeys(ids))

    def references(self, name: str) -> Iterator[Reference]:
        """Every place outside of definitions that names ids in a list of this name ("product_ids", "group_ids")."""
        for index, note in fields.records(self.document, "notes"):
            yield from _listed(note, f"document.notes[{index}]", name)
        for place, vulnerability in self.vulnerabilities:
            for part in vulnerability:
                for index, item in fields.records(vulnerability, part):
                    yield from _listed(item, f"{place}.{part}[{index}]", name)

    def metrics(self, vulnerability: Record, place: str) -> Iterator[tuple[str, Record, list[str], str]]:
        """Each score: its place, the object with `cvss_v2` and the like, its products, and who says so."""
        for index, score in fields.records(vulnerability, "scores"):
            yield f"{place}.scores[{index}]", score, fields.texts(score, "products"), ""
        for index, metric in fields.records(vulnerability, "metrics"):
            content = fields.record(metric, "content")
            where = f"{place}.metrics[{index}].content"
            yield where, content, fields.texts(metric, "products"), fields.text(metric, "source")

    @cached_property
    def revisions(self) -> list[Revision]:
        """The revision history, in order of dates and then of numbers; entries without a date come first."""
        found = []
        for index, item in fields.records(self.tracking, "revision_history"):
            number = fields.text(item, "number")
            place = f"document.tracking.revision_history[{index}]"
            found.append(Revision(place, number, fields.time(item, "date"), order_of(number)))
        return sorted(
            found, key=lambda one: (one.date is not None, one.date.timestamp() if one.date else 0, one.order or ())
        )

    @cached_property
    def newest(self) -> datetime | None:
        """The date of the newest revision."""
        return max((one.date for one in self.revisions if one.date is not None), default=None)

    @property
    def label(self) -> str:
        """The label of the Traffic Light Protocol."""
        return fields.text(fields.record(fields.record(self.document, "distribution"), "tlp"), "label")


def _listed(value: Record, place: str, name: str) -> Iterator[Reference]:
    for number, named in enumerate(fields.items(value, name)):
        if isinstance(named, str):
            yield Reference(f"{place}.{name}[{number}]", named)


def order_of(number: str) -> tuple[int, ...] | None:
    """(major, minor, patch) of the version of a document; whole numbers are majors. None where it is no version."""
    if len(number) > 100 or not (_INTEGER.match(number) or _SEMANTIC.match(number)):
        return None
    release = number.partition("+")[0].partition("-")[0]
    parts = [int(part) for part in release.split(".")]
    return (*parts, *(0,) * (3 - len(parts)))


def is_semantic(number: str) -> bool:
    """Whether a version of a document is a semantic one, and no whole number."""
    return len(number) <= 100 and _SEMANTIC.match(number) is not None


def prerelease_of(number: str) -> str:
    """The pre-release part of a semantic version, with its dash."""
    found = _SEMANTIC.match(number) if len(number) <= 100 else None
    return (found[4] or "") if found else ""
