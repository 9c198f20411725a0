# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From the engine's result to the rows that say what software contains: pure, no database."""

from collections.abc import Iterator
from dataclasses import dataclass

from paddock.engine.model.inventory import SCOPE_ORDER, Inventory, Scope
from paddock.engine.model.purl import PackageURL
from paddock.engine.model.result import Result
from paddock.engine.versions.ecosystems import ecosystem_of
from paddock.engine.versions.order import UnknownEcosystem, is_version, sort_key


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A purl without a version, and the words by which it is found."""

    purl: str
    type: str
    namespace: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A component of an inventory; fields as in `models.Component` and `models.Usage`."""

    purl: str
    package: str
    version: str
    version_key: bytes | None
    license: str
    direct: bool | None
    scopes: tuple[str, ...]


def package_row(purl: PackageURL) -> PackageRow:
    """The package that a component is a version of."""
    namespace = purl.namespace or ""
    words = " ".join(f"{purl.type} {namespace} {purl.name}".replace("-", " ").replace("_", " ").split())
    split = words.replace("/", " ").replace(".", " ").replace("@", " ")
    return PackageRow(package_text(purl), purl.type, namespace, purl.name, f"{purl.name} {words} {split}")


def package_text(purl: PackageURL) -> str:
    """The purl without version, qualifiers and subpath, as `package_of` gives it.

    A purl's own text is normalised already, so that cutting it is enough, at a tenth of the time of building another.
    """
    text = purl.to_string().partition("#")[0].partition("?")[0]
    return text.rpartition("@")[0] if purl.version else text


def component_rows(result: Result) -> Iterator[tuple[PackageRow, ComponentRow]]:
    """Every component once, sorted by purl, so that two inventories that are stored at once lock rows in one order."""
    licenses = {entry.ref: entry.effective for entry in result.scan.components} if result.scan is not None else {}
    uses = usages_by_ref(result.inventory)
    for component in sorted(result.inventory.components, key=lambda one: one.ref):
        direct, scopes = uses.get(component.ref, (None, ()))
        package = package_row(component.purl)
        yield (
            package,
            ComponentRow(
                purl=component.ref,
                package=package.purl,
                version=component.purl.version or "",
                version_key=version_key(component.purl),
                license=licenses.get(component.ref, ""),
                direct=direct,
                scopes=scopes,
            ),
        )


def usages_by_ref(inventory: Inventory) -> dict[str, tuple[bool | None, tuple[str, ...]]]:
    """For each component: whether any project asks for it itself (None: not told), and what for, weightiest first."""
    direct: dict[str, bool | None] = {}
    scopes: dict[str, set[Scope]] = {}
    for project in inventory.projects:
        for usage in project.usages:
            known = direct.get(usage.ref)
            direct[usage.ref] = usage.direct if known is None else known or bool(usage.direct)
            scopes.setdefault(usage.ref, set()).add(usage.scope)
    return {
        ref: (direct[ref], tuple(scope for scope in SCOPE_ORDER if scope in found)) for ref, found in scopes.items()
    }


def version_key(purl: PackageURL) -> bytes | None:
    """The version as bytes that sort as versions of its ecosystem do; None where no range could hold it."""
    if not purl.version:
        return None
    coordinates = ecosystem_of(purl)
    if coordinates is None:
        return None
    try:
        if not is_version(coordinates.ecosystem, purl.version):
            return None
        return sort_key(coordinates.ecosystem, purl.version)
    except UnknownEcosystem:
        return None
