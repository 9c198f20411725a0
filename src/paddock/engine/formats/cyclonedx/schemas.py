# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The published schemas, as the package `cyclonedx-python-lib` ships them; loaded once a process, never fetched.

Schemas: https://github.com/CycloneDX/specification/tree/master/schema . For JSON 1.2 and 1.3 the strict variants count,
as unknown properties are faults in every later version, too.
Of the schema's `format` keywords, dates are checked; `iri-reference` and `idn-email` are not: JSON Schema leaves that
to the reader, the XML schema accepts the same texts, and many package managers give `git@host:path` as an address.
"""

from functools import lru_cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import Any

import jsonschema_rs
import msgspec
from lxml import etree

JSON_VERSIONS = ("1.2", "1.3", "1.4", "1.5", "1.6", "1.7")
XML_VERSIONS = ("1.0", "1.1", *JSON_VERSIONS)
_STRICT = ("1.2", "1.3")
_SHARED = ("spdx", "jsf-0.82", "cryptography-defs")
_BASE = "http://cyclonedx.org/schema/"
_UNCHECKED_FORMATS = ("iri-reference", "idn-email", "string")


@lru_cache(maxsize=len(JSON_VERSIONS))
def json_validator(version: str) -> jsonschema_rs.Draft7Validator:
    """The validator of one version's JSON schema; nothing outside the package data is ever looked up."""
    strict = "-strict" if version in _STRICT else ""
    schema = _without_formats(_json(f"bom-{version}{strict}.SNAPSHOT.schema.json"))
    return jsonschema_rs.Draft7Validator(schema, registry=_registry(), validate_formats=True, offline=True)


@lru_cache(maxsize=len(XML_VERSIONS))
def xml_schema(version: str) -> etree.XMLSchema:
    """One version's XML schema; its only import is the licence list that lies beside it."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    with as_file(_resource(f"bom-{version}.SNAPSHOT.xsd")) as path:
        return etree.XMLSchema(etree.parse(path, parser))


@lru_cache(maxsize=1)
def listed_licenses() -> frozenset[str]:
    """The ids that `license.id` may have (all versions share one list)."""
    return frozenset(_json("spdx.SNAPSHOT.schema.json")["enum"])


@lru_cache(maxsize=64)
def options(version: str, definition: str, field: str) -> frozenset[str]:
    """The values that a field of one of the schema's definitions may have."""
    return frozenset(
        _json(f"bom-{version}.SNAPSHOT.schema.json")["definitions"][definition]["properties"][field]["enum"]
    )


@lru_cache(maxsize=8)
def hash_algorithms(version: str) -> dict[str, str]:
    """The model's names of hash algorithms ("sha512") to the schema's ("SHA-512")."""
    names = _json(f"bom-{version}.SNAPSHOT.schema.json")["definitions"]["hash-alg"]["enum"]
    return {name.lower().replace("-", ""): name for name in names}


@lru_cache(maxsize=1)
def _registry() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry(
        [
            (f"{_BASE}{name}.SNAPSHOT.schema.json", _without_formats(_json(f"{name}.SNAPSHOT.schema.json")))
            for name in _SHARED
        ]
    )


def _json(name: str) -> Any:
    return msgspec.json.decode(_resource(name).read_bytes())


def _resource(name: str) -> Traversable:
    return files("cyclonedx.schema").joinpath("_res", name)


def _without_formats(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: _without_formats(value)
            for key, value in schema.items()
            if not (key == "format" and value in _UNCHECKED_FORMATS)
        }
    return [_without_formats(item) for item in schema] if isinstance(schema, list) else schema
