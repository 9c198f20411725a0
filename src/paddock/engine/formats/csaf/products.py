# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The products of a product tree as VEX knows them: what carries names of its own, and what is a part of what.

A relationship ("A is a component of B", "A is installed on B") makes A a component of the product B; through several,
the innermost is the component and the outermost the product.
"""

import re

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory, Defined
from paddock.engine.formats.fields import Record
from paddock.engine.model.component import Hash
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl, parse_purl
from paddock.engine.vex.cpe import parse_cpe
from paddock.engine.vex.statement import Identity, Product

SOURCE = "formats/csaf"
_LIKE_A_VERSION = re.compile(r"[vV]?\d\S*")
_DEEPEST = 100


class ProductTree:
    """The products of one document by id; `issues` collects what could not be understood."""

    def __init__(self, advisory: Advisory) -> None:
        self.issues: list[Issue] = []
        self._defined: dict[str, Defined] = {}
        for product in advisory.products:
            self._defined.setdefault(product.id, product)
        self._parts = _parts(advisory)
        self._identities: dict[str, Identity] = {}
        self._products: dict[str, Product] = {}

    def product(self, named: str) -> Product | None:
        """The product with this id; None when it is not defined."""
        if named not in self._products:
            if named not in self._defined:
                return None
            self._products[named] = self._product(named)
        return self._products[named]

    def _product(self, named: str) -> Product:
        if named not in self._parts:
            return Product(identity=self._identity(named))
        inner, outer = self._ends(named, first=True), self._ends(named, first=False)
        component = self._identity(inner)
        if not component.purls and not component.cpes:
            own = self._identity(named)
            component = own if own.purls or own.cpes else component
        return Product(identity=self._identity(outer), components=(component,))

    def _ends(self, named: str, *, first: bool) -> str:
        """Where following the first (or last) parts of relationships ends; circles end somewhere on them."""
        for _ in range(_DEEPEST):
            if named not in self._parts:
                break
            named = self._parts[named][0 if first else 1]
        return named

    def _identity(self, named: str) -> Identity:
        if named not in self._identities:
            defined = self._defined.get(named)
            self._identities[named] = Identity(id=named) if defined is None else self._read(defined)
        return self._identities[named]

    def _read(self, product: Defined) -> Identity:
        helper = fields.record(product.value, "product_identification_helper")
        stated = dict.fromkeys((fields.text(helper, "purl"), *fields.texts(helper, "purls")))
        purls = [self._purl(text, product) for text in stated if text]
        version, ranges = _versions(product)
        cpe = fields.text(helper, "cpe")
        return Identity(
            id=product.id,
            name=fields.text(product.value, "name"),
            purls=tuple(_with_version(purl, version) for purl in purls if purl is not None),
            cpes=(cpe,) if parse_cpe(cpe) else (),
            hashes=_hashes(helper),
            version_ranges=ranges,
        )

    def _purl(self, text: str, product: Defined) -> PackageURL | None:
        try:
            return parse_purl(text)
        except InvalidPurl as error:
            place = f"{product.place}.product_identification_helper"
            self.issues.append(Issue(Severity.WARNING, SOURCE, f"{place}: {error}"))
            return None


def _parts(advisory: Advisory) -> dict[str, tuple[str, str]]:
    """For each product that a relationship or path defines: the component, and what it is a component of."""
    found: dict[str, tuple[str, str]] = {}
    for _, relation in fields.records(advisory.tree, "relationships"):
        named = fields.text(fields.record(relation, "full_product_name"), "product_id")
        ends = fields.text(relation, "product_reference"), fields.text(relation, "relates_to_product_reference")
        if all(ends):
            found.setdefault(named, ends)
    for _, path in fields.records(advisory.tree, "product_paths"):
        named = fields.text(fields.record(path, "full_product_name"), "product_id")
        steps = [fields.text(step, "next_product_reference") for _, step in fields.records(path, "subpaths")]
        beginning = fields.text(path, "beginning_product_reference")
        if beginning and steps and steps[-1]:
            found.setdefault(named, (beginning, steps[-1]))
    return found


def _versions(product: Defined) -> tuple[str, tuple[str, ...]]:
    """The version and the ranges that the branches above a product limit it to.

    Some publishers put names where versions belong; those are no limit.
    """
    versions = [name for category, name in product.path if category == "product_version"]
    ranges = tuple(name for category, name in product.path if category == "product_version_range")
    version = versions[-1] if versions and _LIKE_A_VERSION.fullmatch(versions[-1]) else ""
    return version, ranges


def _with_version(purl: PackageURL, version: str) -> PackageURL:
    if purl.version or not version:
        return purl
    return make_purl(
        purl.type,
        purl.name,
        version,
        namespace=purl.namespace,
        qualifiers=purl.qualifiers,
        subpath=purl.subpath,
    )


def _hashes(helper: Record) -> tuple[Hash, ...]:
    found = {
        Hash(fields.text(digest, "algorithm").lower().replace("-", ""), fields.text(digest, "value").lower())
        for _, of_file in fields.records(helper, "hashes")
        for _, digest in fields.records(of_file, "file_hashes")
    }
    return tuple(sorted(one for one in found if one.algorithm and one.value))
