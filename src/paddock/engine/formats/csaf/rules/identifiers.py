# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ids of products and groups: each defined, once, and not by itself (6.1.1 to 6.1.5); and what has to name products."""

from collections.abc import Iterator

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory, Reference
from paddock.engine.formats.csaf.rules.rule import Finding, Rule
from paddock.engine.formats.fields import Record


def undefined_products(advisory: Advisory) -> Iterator[Finding]:
    """6.1.1"""
    known = {product.id for product in advisory.products}
    for place, named in _product_references(advisory):
        if named not in known:
            yield place, f"the product {named[:80]!r} is not defined in the product tree"


def _product_references(advisory: Advisory) -> Iterator[Reference]:
    yield from advisory.references("product_ids")
    for index, group in fields.records(advisory.tree, "product_groups"):
        yield from _listed(group, f"product_tree.product_groups[{index}].product_ids", "product_ids")
    for index, relation in fields.records(advisory.tree, "relationships"):
        for name in ("product_reference", "relates_to_product_reference"):
            if fields.text(relation, name):
                yield Reference(f"product_tree.relationships[{index}].{name}", fields.text(relation, name))
    for index, path in fields.records(advisory.tree, "product_paths"):
        place = f"product_tree.product_paths[{index}]"
        if fields.text(path, "beginning_product_reference"):
            yield Reference(f"{place}.beginning_product_reference", fields.text(path, "beginning_product_reference"))
        for number, step in fields.records(path, "subpaths"):
            if fields.text(step, "next_product_reference"):
                where = f"{place}.subpaths[{number}].next_product_reference"
                yield Reference(where, fields.text(step, "next_product_reference"))
    for place, vulnerability in advisory.vulnerabilities:
        status = fields.record(vulnerability, "product_status")
        for name in status:
            yield from _listed(status, f"{place}.product_status.{name}", name)
        for part in ("scores", "metrics"):
            for index, item in fields.records(vulnerability, part):
                yield from _listed(item, f"{place}.{part}[{index}].products", "products")


def _listed(value: Record, place: str, name: str) -> Iterator[Reference]:
    for number, named in enumerate(fields.items(value, name)):
        if isinstance(named, str):
            yield Reference(f"{place}[{number}]", named)


def repeated_products(advisory: Advisory) -> Iterator[Finding]:
    """6.1.2"""
    first: dict[str, str] = {}
    for product in advisory.products:
        where = first.setdefault(product.id, product.place)
        if where != product.place:
            yield f"{product.place}.product_id", f"{product.id[:80]!r} is already defined at {where}"


def circular_products(advisory: Advisory) -> Iterator[Finding]:
    """6.1.3"""
    leads_to: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for name in ("relationships", "product_paths"):
        for index, relation in fields.records(advisory.tree, name):
            named = fields.text(fields.record(relation, "full_product_name"), "product_id")
            places.setdefault(named, f"product_tree.{name}[{index}].full_product_name.product_id")
            ends = [
                fields.text(relation, end)
                for end in ("product_reference", "relates_to_product_reference", "beginning_product_reference")
            ]
            ends += [fields.text(step, "next_product_reference") for _, step in fields.records(relation, "subpaths")]
            leads_to.setdefault(named, []).extend(filter(None, ends))
    for named in _in_circles(leads_to):
        yield places[named], f"the definition of {named[:80]!r} leads back to itself"


def _in_circles(leads_to: dict[str, list[str]]) -> list[str]:
    """The ids at which a walk along the definitions comes back to an id that it is still inside of."""
    inside, done = 1, 2
    state: dict[str, int] = {}
    found: dict[str, None] = {}
    for start in leads_to:
        if start in state:
            continue
        state[start] = inside
        stack = [(start, iter(leads_to[start]))]
        while stack:
            named, following = stack[-1]
            for target in following:
                if state.get(target) == inside:
                    found[target] = None
                elif target in leads_to and target not in state:
                    state[target] = inside
                    stack.append((target, iter(leads_to[target])))
                    break
            else:
                state[named] = done
                stack.pop()
    return list(found)


def undefined_groups(advisory: Advisory) -> Iterator[Finding]:
    """6.1.4"""
    for place, named in advisory.references("group_ids"):
        if named not in advisory.groups:
            yield place, f"the group {named[:80]!r} is not defined in the product tree"


def repeated_groups(advisory: Advisory) -> Iterator[Finding]:
    """6.1.5"""
    seen: set[str] = set()
    for index, group in fields.records(advisory.tree, "product_groups"):
        named = fields.text(group, "group_id")
        if named in seen:
            yield f"product_tree.product_groups[{index}].group_id", f"{named[:80]!r} is already defined"
        seen.add(named)


def remediations_without_product(advisory: Advisory) -> Iterator[Finding]:
    """6.1.29"""
    yield from _without_product(advisory, "remediations")


def flags_without_product(advisory: Advisory) -> Iterator[Finding]:
    """6.1.32"""
    yield from _without_product(advisory, "flags")


def _without_product(advisory: Advisory, name: str) -> Iterator[Finding]:
    for place, vulnerability in advisory.vulnerabilities:
        for index, item in fields.records(vulnerability, name):
            if "product_ids" not in item and "group_ids" not in item:
                yield f"{place}.{name}[{index}]", "it does not say which products it is about"


RULES = (
    Rule("6.1.1", "missing definition of product id", undefined_products),
    Rule("6.1.2", "multiple definition of product id", repeated_products),
    Rule("6.1.3", "circular definition of product id", circular_products),
    Rule("6.1.4", "missing definition of product group id", undefined_groups),
    Rule("6.1.5", "multiple definition of product group id", repeated_groups),
    Rule("6.1.29", "remediation without product reference", remediations_without_product),
    Rule("6.1.32", "flag without product reference", flags_without_product),
)
