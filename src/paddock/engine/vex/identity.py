# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether a component is meant by an identity of a VEX document.

Package URLs: type, namespace and name are equal; the version is equal by the ecosystem's order, or the document names
none; qualifiers are compared where both have them. None is a third answer: that it cannot be told.
"""

from collections.abc import Iterable

from paddock.engine.model.purl import PackageURL
from paddock.engine.versions import InvalidRange, UnknownEcosystem, compare, ecosystem_of, is_version, parse_range
from paddock.engine.vex import cpe
from paddock.engine.vex.statement import Identity

_DERIVED = frozenset({"upstream", "package-id", "checksum", "file_name"})
"""Qualifiers that describe and do not identify: they differ between tools for one and the same package."""
_DEFAULTS = {("rpm", "epoch"): "0", ("maven", "type"): "jar"}
_PLAIN = "vers:"


def is_meant(identity: Identity, purl: PackageURL, cpes: Iterable[str] = ()) -> bool | None:
    """Whether the component is one that the identity stands for; None where only its version leaves that open.

    cpes: further names of the component.
    """
    answers = [_is_meant_by_purl(identity, one, purl) for one in identity.purls]
    if not identity.version_ranges:
        answers.append(is_named(identity, cpes))
    if True in answers:
        return True
    return None if None in answers else False


def is_named(identity: Identity, cpes: Iterable[str]) -> bool:
    """Whether one of the names of the Common Platform Enumeration is among what the identity's stand for."""
    known = tuple(cpes)
    return any(cpe.covers(pattern, name) for pattern in identity.cpes for name in known)


def package_key(purl: PackageURL) -> tuple[str, str, str]:
    """What has to be equal for two package URLs to be about one package."""
    return purl.type, (purl.namespace or "").lower(), purl.name.lower()


def _is_meant_by_purl(identity: Identity, wanted: PackageURL, purl: PackageURL) -> bool | None:
    if (wanted.type, wanted.namespace, wanted.name) != (purl.type, purl.namespace, purl.name):
        return False
    if wanted.subpath and wanted.subpath != purl.subpath:
        return False
    if wanted.version:
        if not purl.version:
            return None
        if not _is_same_version(wanted, purl):
            return False
    elif identity.version_ranges:
        answer = _is_in_ranges(identity.version_ranges, purl)
        if answer is not True:
            return answer
    return (wanted.type == "oci" and bool(wanted.version)) or _agree(wanted, purl)


def _agree(wanted: PackageURL, purl: PackageURL) -> bool:
    """Whether no qualifier that both have, or have by default, differs. An image is known by its digest alone."""
    kind = wanted.type
    for name, value in wanted.qualifiers.items():
        other = purl.qualifiers.get(name) or _DEFAULTS.get((kind, name))
        if name not in _DERIVED and other is not None and other != value:
            return False
    for (of, name), value in _DEFAULTS.items():
        if of == kind and name not in wanted.qualifiers and purl.qualifiers.get(name, value) != value:
            return False
    return True


def _is_same_version(wanted: PackageURL, purl: PackageURL) -> bool:
    first, second = wanted.version or "", purl.version or ""
    if first == second:
        return True
    ecosystem = _ecosystem(purl)
    if not ecosystem or first.partition("+")[2] != second.partition("+")[2]:
        return False
    try:
        if not is_version(ecosystem, first) or not is_version(ecosystem, second):
            return False
        return compare(ecosystem, first, second) == 0
    except UnknownEcosystem:
        return False


def _is_in_ranges(ranges: tuple[str, ...], purl: PackageURL) -> bool | None:
    answers = [_is_in_range(text, purl) for text in ranges]
    if True in answers:
        return True
    return None if None in answers else False


def _is_in_range(text: str, purl: PackageURL) -> bool | None:
    if text.strip() in ("*", "vers:all/*"):
        return True
    if not purl.version:
        return None
    vers = text if text.startswith(_PLAIN) else f"vers:{purl.type}/{text.strip()}"
    if vers.startswith(("vers:generic/", "vers:unknown/")):
        vers = f"vers:{purl.type}/{vers.partition('/')[2]}"
    try:
        return parse_range(_ecosystem(purl) or "SemVer", vers).contains(purl.version, prereleases=True)
    except (InvalidRange, UnknownEcosystem):
        return None


def _ecosystem(purl: PackageURL) -> str:
    found = ecosystem_of(purl)
    return found.ecosystem if found else ""
