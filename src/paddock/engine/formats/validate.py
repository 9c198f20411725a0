# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Says what is wrong with a document, by the published schema of its format and the rules that schemas cannot say."""

from collections.abc import Callable

from paddock.engine.formats.cyclonedx.validator import faults as cyclonedx_faults
from paddock.engine.formats.detect import detect_plain, unknown
from paddock.engine.formats.document import DocumentFormat, Fault, InvalidDocument, Kind
from paddock.engine.formats.spdx2.validator import faults as spdx2_faults
from paddock.engine.formats.spdx3.validator import faults as spdx3_faults
from paddock.engine.formats.unpack import unpack

_VALIDATORS: dict[DocumentFormat, Callable[[bytes, Kind], tuple[Fault, ...]]] = {
    DocumentFormat.CYCLONEDX_JSON: cyclonedx_faults,
    DocumentFormat.CYCLONEDX_XML: cyclonedx_faults,
    DocumentFormat.SPDX_JSON: spdx2_faults,
    DocumentFormat.SPDX_YAML: spdx2_faults,
    DocumentFormat.SPDX_TAG_VALUE: spdx2_faults,
    DocumentFormat.SPDX_RDF: spdx2_faults,
    DocumentFormat.SPDX3_JSON: spdx3_faults,
}


def validate(data: bytes) -> tuple[Kind | None, tuple[Fault, ...]]:
    """What the bytes claim to be (None: nothing known) and every fault; none means valid. Never raises."""
    try:
        plain = unpack(data)
    except InvalidDocument as error:
        return None, error.faults
    kind = detect_plain(plain)
    if kind is None:
        return None, (unknown(plain),)
    return kind, _VALIDATORS[kind.format](plain, kind)
