# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The identities of products in OpenVEX: an IRI each, and identifiers.

Products that have but a name (as CSAF and CycloneDX allow) get an IRI of our own making, which is read back.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from paddock.engine.formats.openvex.shapes import HASHES
from paddock.engine.model.component import Hash
from paddock.engine.model.purl import InvalidPurl, PackageURL, parse_purl
from paddock.engine.vex.statement import Identity

_NAME = "urn:paddock:name:"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_LABELS = {name.replace("-", "") if name.startswith("sha-") else name: name for name in HASHES}
ALGORITHMS = {name: algorithm for algorithm, name in _LABELS.items()}
"""Names of hash functions in OpenVEX to those of the model."""


def name_of(iri: str) -> str:
    """The name in an IRI of our own making; "" for any other."""
    return unquote(iri.removeprefix(_NAME)) if iri.startswith(_NAME) else ""


def components_of(identity: Identity) -> Iterator[dict[str, Any]]:
    """The identity as OpenVEX has it; one for each package URL, where there are several."""
    cpes: dict[str, Any] = {}
    for text in identity.cpes:
        cpes.setdefault("cpe22" if text.lower().startswith("cpe:/") else "cpe23", text)
    hashes = {_LABELS[one.algorithm]: one.value for one in identity.hashes if one.algorithm in _LABELS}
    for number, purl in enumerate(identity.purls or (None,)):
        value: dict[str, Any] = {}
        own = is_iri(identity.id) and (not identity.id.startswith("pkg:") or _names(identity.id, purl))
        if purl is not None and (number or not own):
            value["@id"] = purl.to_string()
        elif own:
            value["@id"] = identity.id
        elif not cpes:
            value["@id"] = _NAME + quote(identity.name or identity.id or "unnamed", safe="")
        identifiers = {"purl": purl.to_string()} if purl is not None else {}
        identifiers |= cpes
        value |= {"identifiers": identifiers} if identifiers else {}
        yield value | ({"hashes": hashes} if hashes else {})


def _names(text: str, purl: PackageURL | None) -> bool:
    """Whether a text is another spelling of a package URL."""
    try:
        return parse_purl(text) == purl
    except InvalidPurl:
        return False


def is_iri(text: str) -> bool:
    """Whether every reader takes the text as an IRI: absolute, in plain ASCII."""
    return _IRI.fullmatch(text) is not None


def hashes_of(stated: dict[str, Any]) -> tuple[Hash, ...]:
    """The model's hashes for those of a document."""
    return tuple(
        Hash(algorithm, stated[name].lower())
        for name, algorithm in ALGORITHMS.items()
        if isinstance(stated.get(name), str)
    )
