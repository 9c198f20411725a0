# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Bytes to the checked JSON form: the one way into a document, for the reader and the validator alike."""

from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.spdx2.json_notation import read_json
from paddock.engine.formats.spdx2.raw import Breach, Raw, refused
from paddock.engine.formats.spdx2.rdf_notation import read_rdf
from paddock.engine.formats.spdx2.rules import breaches_of
from paddock.engine.formats.spdx2.tag_value import read_tag_value
from paddock.engine.formats.spdx2.vocabulary import VERSIONS
from paddock.engine.formats.spdx2.yaml_notation import read_yaml

_NOTATIONS = {
    DocumentFormat.SPDX_JSON: read_json,
    DocumentFormat.SPDX_YAML: read_yaml,
    DocumentFormat.SPDX_TAG_VALUE: read_tag_value,
    DocumentFormat.SPDX_RDF: read_rdf,
}
_FREE_ORDER = (DocumentFormat.SPDX_YAML, DocumentFormat.SPDX_RDF)


def load(data: bytes, kind: Kind) -> tuple[Raw, list[Breach], Kind]:
    """A document, every rule it breaks, and its kind. Raises InvalidDocument where it cannot be taken apart at all.

    Also for a version other than 2.2 and 2.3: what its rules are is not known here. YAML and RDF may state their
    version anywhere, so there what the document states counts, and not `kind`.
    """
    notation = _NOTATIONS.get(kind.format)
    if notation is None:
        raise refused(kind, "document", "SPDX 2", f"{kind.format.value} is no notation of SPDX 2")
    if kind.version not in VERSIONS:
        raise refused(kind, "document", "SPDX 6.1", f"version {kind.version} is not read; 2.2 and 2.3 are")
    raw = notation(data, kind)
    stated = raw.value.get("spdxVersion")
    if kind.format in _FREE_ORDER and isinstance(stated, str) and stated.removeprefix("SPDX-") in VERSIONS:
        kind = Kind(kind.format, stated.removeprefix("SPDX-"))
    breaches = breaches_of(raw, kind.version)
    if isinstance(stated, str) and stated != f"SPDX-{kind.version}":
        message = f"{stated[:40]!r} is not SPDX-{kind.version}"
        breaches.append(Breach("spdxVersion", f"SPDX {kind.version} clause 6.1", message, True))
    return raw, breaches, kind
