# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Branches of the product tree: how deep, which categories on one path, and versions and ranges of versions as such."""

import re
from collections.abc import Iterator

from paddock.engine.formats.csaf.advisory import Advisory, Node
from paddock.engine.formats.csaf.rules.rule import Finding, Rule
from paddock.engine.formats.csaf.version_ranges import identifies_one_version, malformed_range

_DEEPEST = 30
_OPERATOR = re.compile(r"[<>]")
_WORDS = frozenset({"after", "all", "before", "earlier", "later", "prior", "versions"})


def version_ranges_as_versions(advisory: Advisory) -> Iterator[Finding]:
    """6.1.31"""
    for node in advisory.nodes:
        category, name = node.path[-1]
        if category == "product_version" and _looks_like_range(name, advisory):
            yield f"{node.place}.name", f"{name[:80]!r} is a range of versions, not one version"


def _looks_like_range(name: str, advisory: Advisory) -> bool:
    """2.0 asks for the words anywhere in the text; as part of other words ("Hallo"), they are passed over here."""
    lowered = name.lower()
    words = lowered.split() if advisory.later else re.findall(r"[a-z]+", lowered)
    return _OPERATOR.search(lowered) is not None or not _WORDS.isdisjoint(words)


def deep_branches(advisory: Advisory) -> Iterator[Finding]:
    """6.1.34"""
    for node in _with_product(advisory):
        if len(node.path) > _DEEPEST:
            yield f"{node.place}.product", f"it lies {len(node.path)} branches deep; {_DEEPEST} are allowed"


def _with_product(advisory: Advisory) -> Iterator[Node]:
    return (node for node in advisory.nodes if isinstance(node.value.get("product"), dict))


def malformed_ranges(advisory: Advisory) -> Iterator[Finding]:
    """6.1.50"""
    for node in advisory.nodes:
        category, name = node.path[-1]
        if category == "product_version_range" and (message := malformed_range(name)):
            yield f"{node.place}.name", message


def stacked_categories(advisory: Advisory) -> Iterator[Finding]:
    """6.1.57"""
    for node in _with_product(advisory):
        categories = [category for category, _ in node.path if category != "product_family"]
        repeated = {category for category in categories if categories.count(category) > 1}
        if repeated:
            yield f"{node.place}.product", f"{' and '.join(sorted(repeated))} is above it more than once"


def versions_beside_ranges(advisory: Advisory) -> Iterator[Finding]:
    """6.1.58"""
    for node in _with_product(advisory):
        if {"product_version", "product_version_range"} <= {category for category, _ in node.path}:
            yield f"{node.place}.product", "both a version and a range of versions are above it"


def single_versions_as_ranges(advisory: Advisory) -> Iterator[Finding]:
    """6.1.59"""
    for node in advisory.nodes:
        category, name = node.path[-1]
        if category == "product_version_range" and identifies_one_version(name):
            yield f"{node.place}.name", f"{name[:80]!r} is one version, not a range"


RULES = (
    Rule("6.1.31", "version range in product version", version_ranges_as_versions),
    Rule("6.1.34", "branches recursion depth", deep_branches, later=True),
    Rule("6.1.50", "product version range rules", malformed_ranges, later=True),
    Rule("6.1.57", "stacked branch categories", stacked_categories, later=True),
    Rule("6.1.58", "use of product_version in one path with product_version_range", versions_beside_ranges, later=True),
    Rule("6.1.59", "single version as product version range", single_versions_as_ranges, later=True),
)
