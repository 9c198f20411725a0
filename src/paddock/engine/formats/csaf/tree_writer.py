# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes the product tree: each identity once, components of products by relationships (2.0) or product paths (2.1)."""

import re
from typing import Any

from msgspec.structs import replace

from paddock.engine.formats.csaf.version_ranges import identifies_one_version, malformed_range
from paddock.engine.model.purl import PackageURL
from paddock.engine.vex.statement import Identity, Product

Value = dict[str, Any]
_RELATION = "default_component_of"


class TreeWriter:
    """Collects products and gives them ids: their own where these are different from one another."""

    def __init__(self, *, later: bool) -> None:
        self._later = later
        self._ids: dict[Identity, list[str]] = {}
        self._taken: set[str] = set()
        self._names: list[Value] = []
        self._branches: list[Value] = []
        self._relations: dict[tuple[str, str], Value] = {}

    def ids_of(self, product: Product) -> list[str]:
        """The ids by which the product, or each of its components in it, is named; defined when they are not yet."""
        wholes = self._named(product.identity)
        if not product.components:
            return wholes
        parts = [part for component in product.components for part in self._named(component)]
        return [self._relation(part, whole) for whole in wholes for part in parts]

    def value(self) -> Value:
        """The product tree."""
        tree: Value = {}
        tree |= {"branches": self._branches} if self._branches else {}
        tree |= {"full_product_names": self._names} if self._names else {}
        if self._relations:
            tree["product_paths" if self._later else "relationships"] = list(self._relations.values())
        return tree

    def _named(self, identity: Identity) -> list[str]:
        """The ids of an identity: several where CSAF has room for one name of a kind and it has more."""
        if identity not in self._ids:
            name = identity.name or identity.label or "product"
            self._ids[identity] = [self._define(variant, name) for variant in self._variants(identity)]
        return self._ids[identity]

    def _variants(self, identity: Identity) -> list[Identity]:
        """The identity with one range, one CPE name and package URLs that CSAF allows beside each other."""
        groups: dict[object, list[PackageURL]] = {}
        for purl in identity.purls:
            key = (purl.type, purl.namespace, purl.name, purl.version, purl.subpath)
            groups.setdefault(key if self._later else purl, []).append(purl)
        several = [replace(identity, purls=tuple(purls), cpes=identity.cpes[:1]) for purls in groups.values()]
        several = several or [replace(identity, cpes=identity.cpes[:1])]
        several += [replace(identity, purls=(), hashes=(), cpes=(cpe,)) for cpe in identity.cpes[1:]]
        if not identity.version_ranges:
            return several
        return [replace(one, version_ranges=(text,)) for one in several for text in identity.version_ranges]

    def _unused(self, wanted: str) -> str:
        named, number = wanted, 1
        while named in self._taken:
            number += 1
            named = f"{wanted} ({number})"
        self._taken.add(named)
        return named

    def _define(self, identity: Identity, name: str) -> str:
        named = self._unused(identity.id or identity.label or "product")
        product: Value = {"name": name, "product_id": named}
        if helper := self._helper(identity):
            product["product_identification_helper"] = helper
        if not identity.version_ranges:
            self._names.append(product)
            return named
        text = compact(identity.version_ranges[0], later=self._later)
        single = identifies_one_version(text)
        version = text.rpartition("/")[2].removeprefix("=") if single else text
        category = "product_version" if single else "product_version_range"
        leaf = {"category": category, "name": version, "product": {**product, "name": f"{name} {version}"}}
        self._branches.append({"category": "product_name", "name": name, "branches": [leaf]})
        return named

    def _helper(self, identity: Identity) -> Value:
        helper: Value = {"cpe": identity.cpes[0]} if identity.cpes else {}
        digests = [{"algorithm": one.algorithm, "value": one.value} for one in identity.hashes if len(one.value) >= 32]
        if digests:
            helper["hashes"] = [{"file_hashes": digests, "filename": identity.name or identity.label or "file"}]
        purls = [purl.to_string() for purl in identity.purls]
        if purls:
            helper |= {"purls": purls} if self._later else {"purl": purls[0]}
        return helper

    def _relation(self, part: str, whole: str) -> str:
        known = self._relations.get((part, whole))
        if known is not None:
            return str(known["full_product_name"]["product_id"])
        named = self._unused(f"{part} in {whole}")
        name: Value = {"name": named, "product_id": named}
        if self._later:
            step = {"category": _RELATION, "next_product_reference": whole}
            relation: Value = {"beginning_product_reference": part, "full_product_name": name, "subpaths": [step]}
        else:
            relation = {
                "category": _RELATION,
                "full_product_name": name,
                "product_reference": part,
                "relates_to_product_reference": whole,
            }
        self._relations[part, whole] = relation
        return named


def unwritable_range(identity: Identity, *, later: bool) -> str:
    """The range of an identity that this version of CSAF does not allow; "" when all are allowed."""
    return next((text for text in identity.version_ranges if later and malformed_range(compact(text, later=True))), "")


def compact(text: str, *, later: bool) -> str:
    """A range as it is written: 2.1 allows no white space around its comparators."""
    return re.sub(r"\s*([<>=!|]+)\s*", r"\1", text).strip() if later else text
