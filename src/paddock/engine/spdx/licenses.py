# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The licence list: SPDX ids, exceptions and further known licences, with the category of each.

The facts are those of ScanCode LicenseDB (https://scancode-licensedb.aboutcode.org/, Copyright nexB Inc. and others,
CC-BY-4.0), which the `license-expression` library carries as package data, brought up to the SPDX License List
(https://spdx.org/licenses/, CC0-1.0) by the rows of `additions.yml`. Loaded on first use, once a process (about 10 ms).
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from paddock.engine.model.on_demand import on_demand

if TYPE_CHECKING:
    from importlib import metadata

    import yaml
else:
    metadata = on_demand("importlib.metadata")
    yaml = on_demand("yaml")

_INDEX = ("license_expression", "data", "scancode-licensedb-index.json")
_OWN_REFERENCE = "LicenseRef-scancode-"


class License(msgspec.Struct, frozen=True, kw_only=True):
    """One licence or exception.

    id: the SPDX id, or `LicenseRef-scancode-…` for a known licence that SPDX does not list.
    key: the id in ScanCode's rule data ("gpl-2.0-plus"), "" where there is none.
    category: LicenseDB's category ("Permissive", "Copyleft Limited", …).
    aliases: deprecated and other ids of the same licence, without those that are private to a document (LicenseRef-).
    """

    id: str
    key: str = ""
    category: str = ""
    is_exception: bool = False
    aliases: tuple[str, ...] = ()


class _Row(msgspec.Struct):
    license_key: str
    category: str
    is_exception: bool
    is_deprecated: bool
    spdx_license_key: str | None = None
    other_spdx_license_keys: list[str] = []


class _Additions(msgspec.Struct, forbid_unknown_fields=True):
    licenses: dict[str, str]
    exceptions: dict[str, str]
    corrections: dict[str, str]
    expressions: dict[str, str]
    keys: dict[str, str]


@lru_cache(maxsize=1)
def known_licenses() -> Mapping[str, License]:
    """Every licence and exception by its id in lower case; ids are unique in this."""
    known = {row.id.lower(): row for row in map(_license, _rows()) if row is not None}
    additions = _additions()
    for table, is_exception in ((additions.licenses, False), (additions.exceptions, True)):
        for name, category in table.items():
            known[name.lower()] = License(id=name, category=category, is_exception=is_exception)
    for name, category in additions.corrections.items():
        known[name.lower()] = msgspec.structs.replace(known[name.lower()], category=category)
    return known


@lru_cache(maxsize=1)
def ids_by_alias() -> Mapping[str, str]:
    """Canonical ids by every spelling in lower case: the id itself and its deprecated forms ("gpl-2.0+")."""
    found = {name: license.id for name, license in known_licenses().items()}
    for license in known_licenses().values():
        for alias in license.aliases:
            found.setdefault(alias.lower(), license.id)
    return found


@lru_cache(maxsize=1)
def ids_by_key() -> Mapping[str, str]:
    """SPDX ids by ScanCode's keys ("gpl-2.0-plus" -> "GPL-2.0-or-later")."""
    return {license.key: license.id for license in known_licenses().values() if license.key}


@lru_cache(maxsize=1)
def deprecated_expressions() -> Mapping[str, str]:
    """Deprecated ids that stand for a licence with an exception, in lower case, with the expression to use instead."""
    return {name.lower(): expression for name, expression in _additions().expressions.items()}


@lru_cache(maxsize=1)
def newer_ids_by_key() -> Mapping[str, str]:
    """Ids that the SPDX list has taken up after LicenseDB, by LicenseDB's key, for keys that may be among its own."""
    additions = _additions()
    by_case = {name.lower(): name for name in (*additions.licenses, *additions.exceptions)}
    return by_case | {key: name for name, key in additions.keys.items()}


def find_license(id: str) -> License | None:
    """The licence or exception with this id, whatever its case or age; None when it is not known."""
    canonical = ids_by_alias().get(id.lower())
    return None if canonical is None else known_licenses()[canonical.lower()]


def list_version() -> tuple[str, str]:
    """Name and version of the data, for results."""
    return ("license-expression", metadata.version("license-expression"))


def _rows() -> list[_Row]:
    data = files(_INDEX[0]).joinpath(*_INDEX[1:]).read_bytes()
    return msgspec.json.decode(data, type=list[_Row])


def _license(row: _Row) -> License | None:
    if row.spdx_license_key is None or row.is_deprecated:
        return None
    return License(
        id=row.spdx_license_key,
        key=row.license_key,
        category=row.category,
        is_exception=row.is_exception,
        aliases=tuple(alias for alias in row.other_spdx_license_keys if _usable(alias)),
    )


def _usable(alias: str) -> bool:
    # A LicenseRef means something only in the document that defines it, except those of LicenseDB itself; "GPL" and
    # names with spaces are names, not ids (see `names`).
    return (not alias.startswith("LicenseRef-") or alias.startswith(_OWN_REFERENCE)) and (
        " " not in alias and alias != "GPL"
    )


@lru_cache(maxsize=1)
def _additions() -> _Additions:
    text = files("paddock.engine.spdx").joinpath("additions.yml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), _Additions)
