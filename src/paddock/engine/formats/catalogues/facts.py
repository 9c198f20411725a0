# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Facts about one vulnerability that are no statement about versions of packages."""

import msgspec

from paddock.engine.formats.osv.record import Score
from paddock.engine.model.vulnerability import KnownExploitation, Ssvc


class Facts(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What one document says about the vulnerability `id`.

    severity: as stated, each with who says so. weaknesses: CWE ids. rejected: the id was withdrawn by its issuer.
    """

    id: str
    title: str = ""
    severity: tuple[Score, ...] = ()
    weaknesses: tuple[str, ...] = ()
    ssvc: Ssvc | None = None
    kev: KnownExploitation | None = None
    rejected: bool = False
