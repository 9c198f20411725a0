# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The structure of OpenVEX documents (https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md)."""

from functools import lru_cache

import jsonschema_rs

from paddock.engine.formats.schema_notation import Shape, many, one_of, record, text, validator
from paddock.engine.vex.statement import Justification, Status

HASHES = (
    "md5", "sha1", "sha-256", "sha-384", "sha-512", "sha3-224", "sha3-256", "sha3-384", "sha3-512", "blake2s-256",
    "blake2b-256", "blake2b-512",
)  # fmt: skip
"""Names of hash functions (specification, appendix A)."""
_ANY = text(least=0)
_TIME = text(format="date-time", least=0)
_IRI = text(format="iri", least=0)
_POSITIVE: Shape = {"type": "integer", "minimum": 1}


@lru_cache(maxsize=2)
def shape_of(version: str) -> jsonschema_rs.Draft202012Validator:
    """The validator of a version of the format."""
    return validator(f"openvex-{version}", _document_0_0_1() if version == "0.0.1" else _document())


def _document() -> Shape:
    return record(
        {
            "@context": text(format="uri"),
            "@id": _IRI,
            "author": text(),
            "role": _ANY,
            "timestamp": _TIME,
            "last_updated": _TIME,
            "version": _POSITIVE,
            "tooling": _ANY,
            "statements": many(_statement(), distinct=True),
        },
        due=("@context", "@id", "author", "timestamp", "version", "statements"),
    )


def _statement() -> Shape:
    fields = {
        "@id": _IRI,
        "version": _POSITIVE,
        "vulnerability": record(
            {
                "@id": _IRI,
                "name": text(),
                "description": _ANY,
                "aliases": many(_ANY, distinct=True, least=0),
            },
            due=("name",),
        ),
        "timestamp": _TIME,
        "last_updated": _TIME,
        "products": many(_component(subcomponents=True), distinct=True, least=0),
        "status": one_of(*(status.value for status in Status)),
        "supplier": _ANY,
        "status_notes": _ANY,
        "justification": one_of(*(one.value for one in Justification)),
        "impact_statement": _ANY,
        "action_statement": _ANY,
        "action_statement_timestamp": _TIME,
    }
    return record(fields, due=("vulnerability", "status"))


def _component(*, subcomponents: bool = False) -> Shape:
    fields = {
        "@id": _IRI,
        "identifiers": record({"purl": text(), "cpe22": text(), "cpe23": text()}, least=1),
        "hashes": record(dict.fromkeys(HASHES, text())),
    }
    if subcomponents:
        fields["subcomponents"] = many(_component(), distinct=True, least=0)
    return record(fields) | {"anyOf": [{"required": ["@id"]}, {"required": ["identifiers"]}]}


def _document_0_0_1() -> Shape:
    statement = record(
        {
            "vulnerability": text(),
            "vuln_description": _ANY,
            "timestamp": _TIME,
            "products": many(text(), least=0),
            "subcomponents": many(text(), least=0),
            "status": one_of(*(status.value for status in Status)),
            "status_notes": _ANY,
            "justification": one_of(*(one.value for one in Justification)),
            "impact_statement": _ANY,
            "action_statement": _ANY,
            "action_statement_timestamp": _TIME,
        },
        due=("vulnerability", "status"),
    )
    return record(
        {
            "@context": text(),
            "@id": text(),
            "author": text(),
            "role": _ANY,
            "timestamp": _TIME,
            "version": {"type": ["string", "integer"]},
            "tooling": _ANY,
            "supplier": _ANY,
            "format": _ANY,
            "statements": many(statement),
        },
        due=("@context", "@id", "author", "statements"),
    )
