# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Says what is wrong with an SPDX 3 document."""

from paddock.engine.formats.document import Fault, InvalidDocument, Kind
from paddock.engine.formats.spdx3.graph import read_graph
from paddock.engine.formats.spdx3.rules import check


def faults(data: bytes, kind: Kind) -> tuple[Fault, ...]:
    """Every rule of the specification that the document breaks, the gravest first. Empty for a valid document."""
    try:
        findings = check(read_graph(data, kind), kind.version)
    except InvalidDocument as error:
        return error.faults
    return (*findings.fatal, *findings.others)
