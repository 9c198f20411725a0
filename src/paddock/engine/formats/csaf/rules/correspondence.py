# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which product is another version of which (for 6.1.27.13 of CSAF 2.1).

Products under branches correspond when all branches above them but those of versions are the same; product paths when
they begin with corresponding products and go on alike. What something is installed with corresponds to what it is
installed in. Products without branches or paths cannot be compared; for them any affected product is enough.
"""

from collections.abc import Iterator

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.fields import Record

_VERSIONS = frozenset({"product_version", "product_version_range", "patch_level", "service_pack"})
_AFFECTED = ("known_affected", "first_affected", "last_affected")
_FIXED = ("fixed", "first_fixed")
_Lineage = tuple[tuple[str, str], ...]


def without_affected_counterpart(advisory: Advisory, vulnerability: Record) -> Iterator[str]:
    """The ids of fixed products of which no other version is affected by the vulnerability."""
    status = fields.record(vulnerability, "product_status")
    affected = {product for name in _AFFECTED for product in fields.texts(status, name)}
    relations = _Relations(advisory)
    kinds = {kind for product in affected for kind in relations.kinds(product)}
    for product in dict.fromkeys(product for name in _FIXED for product in fields.texts(status, name)):
        own = relations.kinds(product)
        if not own and affected:
            continue
        if own.isdisjoint(kinds) and relations.hosts(product).isdisjoint(affected):
            yield product


class _Relations:
    def __init__(self, advisory: Advisory) -> None:
        self._lineages: dict[str, _Lineage] = {
            product.id: tuple(step for step in product.path if step[0] not in _VERSIONS)
            for product in advisory.products
            if product.path
        }
        self._paths: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        for _, path in fields.records(advisory.tree, "product_paths"):
            product = fields.text(fields.record(path, "full_product_name"), "product_id")
            steps = [
                (fields.text(step, "category"), fields.text(step, "next_product_reference"))
                for _, step in fields.records(path, "subpaths")
            ]
            self._paths[product] = (fields.text(path, "beginning_product_reference"), steps)

    def kinds(self, product: str) -> set[tuple[object, ...]]:
        """What two versions of one product have in common."""
        if product in self._lineages:
            return {("branches", self._lineages[product])}
        if product in self._paths:
            beginning, steps = self._paths[product]
            if beginning in self._lineages:
                return {("path", self._lineages[beginning], *steps)}
        return set()

    def hosts(self, product: str) -> set[str]:
        """The products that this one, or the last step of its path, is installed with."""
        found = set()
        for path, (beginning, steps) in self._paths.items():
            for number, (category, following) in enumerate(steps):
                if category == "installed_with" and product in (path, following):
                    before = steps[:number]
                    found |= {
                        other for other, (start, rest) in self._paths.items() if (start, rest) == (beginning, before)
                    }
                    if not before:
                        found.add(beginning)
        return found
