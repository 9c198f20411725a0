# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading packages and who contains them. Packages are known to all; usages are seen where their releases are."""

import gzip
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from paddock.engine.formats.result import read_result
from paddock.engine.model.purl import InvalidPurl, package_of, parse_purl
from paddock.engine.model.result import Result
from paddock.engine.spdx.parse import InvalidExpression, ids_in
from paddock.engine.versions.ecosystems import ecosystem_of
from paddock.engine.versions.intervals import Interval, InvalidRange
from paddock.engine.versions.order import UnknownEcosystem
from paddock.engine.versions.range import parse_range
from paddock.hub.components.contents import package_text
from paddock.hub.components.models import Component, Inventory, Package, Usage
from paddock.hub.core.errors import Invalid, NotFound

_WORD = re.compile(r"\w+")


def packages_matching(text: str) -> QuerySet[Package]:
    """The packages in whose type, namespace and name every word of `text` begins a word; the shortest names first."""
    words = _WORD.findall(text.lower())
    if not words:
        return Package.objects.none()
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
    return Package.objects.filter(words=query).order_by("name", "purl")


def package_by_purl(purl: str) -> Package:
    """The package that the purl names, with or without a version. Raises Invalid, NotFound when nothing contains it."""
    try:
        wanted = package_of(parse_purl(purl)).to_string()
    except InvalidPurl as error:
        raise Invalid(_("This is no package URL: %(why)s") % {"why": error}, errors=("purl",)) from error
    found = Package.objects.filter(purl=wanted).first()
    if found is None:
        raise NotFound(_("No inventory contains %(wanted)s.") % {"wanted": wanted})
    return found


def package_by_id(package_id: int) -> Package:
    """The package with this number. Raises NotFound."""
    found = Package.objects.filter(pk=package_id).first()
    if found is None:
        raise NotFound(_("There is no such package."))
    return found


def usages_of(package: Package, *, versions: str = "") -> QuerySet[Usage]:
    """Every current use of the package, with component; versions: a native range of its ecosystem, or `vers:`.

    The caller narrows it to inventories that the actor may see. Raises Invalid for a range that cannot be read.
    """
    usages = Usage.objects.filter(component__package=package).select_related("component")
    if not versions:
        return usages
    within = Q(pk__in=())
    for interval in _intervals(package, versions):
        within |= Q(version_key__gte=interval.low, version_key__lt=interval.high)
    return usages.filter(component__in=Component.objects.filter(within, package=package))


def _intervals(package: Package, versions: str) -> tuple[Interval, ...]:
    coordinates = ecosystem_of(parse_purl(package.purl))
    if coordinates is None:
        raise Invalid(
            _("The versions of %(type)s packages have no order that is known here.") % {"type": package.type},
            errors=("versions",),
        )
    try:
        return parse_range(coordinates.ecosystem, versions).intervals()
    except (InvalidRange, UnknownEcosystem) as error:
        raise Invalid(_("This is no range of versions: %(why)s") % {"why": error}, errors=("versions",)) from error


def components_in(inventory_id: int) -> QuerySet[Usage]:
    """What an inventory contains now, with component and package; empty for one that is not current."""
    return Usage.objects.filter(inventory_id=inventory_id).select_related("component__package")


def licenses_in(inventory_id: int) -> QuerySet[Any, Any]:
    """Every licence expression ("" for none) in an inventory with its number of `components`; empty for one that is
    not current."""
    found = Usage.objects.filter(inventory_id=inventory_id).order_by().values("license")
    return found.annotate(components=Count("pk"))


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new inventory has that the old one had not; purls with version, sorted.

    updated: (old purl, new purl) of packages of which each had one version, another than the other.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    updated: tuple[tuple[str, str], ...]


def changes_between(old: Inventory, new: Inventory) -> Changes:
    """What has changed from one inventory to another, current or not: read from the results that both were made of."""
    before, after = ({one.ref: package_text(one.purl) for one in result_in(each).inventory.components}
                     for each in (old, new))  # fmt: skip
    added, removed = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
    came, went = Counter(after[ref] for ref in added), Counter(before[ref] for ref in removed)
    moved = {package for package, count in came.items() if count == 1 == went[package]}
    new_of = {after[ref]: ref for ref in added if after[ref] in moved}
    return Changes(
        added=tuple(ref for ref in added if after[ref] not in moved),
        removed=tuple(ref for ref in removed if before[ref] not in moved),
        updated=tuple((ref, new_of[before[ref]]) for ref in removed if before[ref] in moved),
    )


def result_in(inventory: Inventory) -> Result:
    """The engine's result that the inventory was made from."""
    return read_result(gzip.decompress(bytes(inventory.result)))


def licenses_matching(text: str, *, most: int) -> list[str]:
    """Licence expressions of components in which the text occurs, sorted; at most so many."""
    found = Component.objects.filter(license__icontains=text).exclude(license="")
    return list(found.order_by("license").values_list("license", flat=True).distinct()[:most])


def versions_of(package: Package) -> QuerySet[Component]:
    """Every version of the package that any inventory has had, the highest first."""
    return Component.objects.filter(package=package).order_by(F("version_key").desc(nulls_last=True), "version")


def licenses_of(package: Package) -> QuerySet[Any, Any]:
    """The licences of a package's versions, each with `count` of versions, the commonest first."""
    found = Component.objects.filter(package=package).order_by().values("license")
    return found.annotate(count=Count("pk")).order_by("-count", "license")


def licenses_in_use() -> QuerySet[Any, Any]:
    """Every licence expression with the number of `components` under it."""
    return Component.objects.order_by().values("license").annotate(components=Count("pk"))


def under_license(usages: QuerySet[Usage], text: str) -> QuerySet[Usage]:
    """The usages under a licence. "=MIT": whose whole expression this is ("=": for which none is known); "MIT": in
    whose expression this licence stands, alone or among others; where no expression has it, all that contain the text.

    One small query more than the usages themselves, but for the first.
    """
    if text.startswith("="):
        return usages.filter(license=text[1:].strip())
    known = usages.order_by().values_list("license", flat=True).distinct()
    exact = [license for license in known if text in licenses_named(license)]
    return usages.filter(license__in=exact) if exact else usages.filter(license__icontains=text)


def licenses_named(expression: str) -> tuple[str, ...]:
    """The licences of an expression, with their exceptions; none where it cannot be read."""
    try:
        return ids_in(expression) if expression else ()
    except InvalidExpression:
        return ()
