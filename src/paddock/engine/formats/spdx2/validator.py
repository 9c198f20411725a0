# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Says what is wrong with an SPDX 2 document."""

from paddock.engine.formats.document import Fault, InvalidDocument, Kind
from paddock.engine.formats.spdx2.load import load


def faults(data: bytes, kind: Kind) -> tuple[Fault, ...]:
    """Every rule of the specification that the document breaks, in the order in which the rules were looked at.

    Empty for a valid document. What the specification leaves to taste (a missing supplier) is no fault.
    """
    try:
        raw, breaches, kind = load(data, kind)
    except InvalidDocument as error:
        return error.faults
    return tuple(raw.fault(breach) for breach in breaches)
