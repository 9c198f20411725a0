# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a CVE record says, container by container: who assigned it, and who added what."""

from datetime import date, datetime

import msgspec

from paddock.engine.model.purl import PackageURL
from paddock.engine.model.vulnerability import KnownExploitation, Ssvc


class Cvss(msgspec.Struct, frozen=True, kw_only=True):
    """A score. version: "2.0", "3.0", "3.1" or "4.0" of CVSS. score, severity: as stated, None and "" where not."""

    version: str
    vector: str
    score: float | None = None
    severity: str = ""


class AffectedVersion(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A version or a range: from `version` up to `below` (without it) or `last` (with it).

    status: "affected", "unaffected" or "unknown". changes: from which version on within the range which status holds.
    type: how versions are compared ("semver", "custom", "git", …).
    """

    version: str
    status: str
    below: str = ""
    last: str = ""
    type: str = ""
    changes: tuple[tuple[str, str], ...] = ()


class AffectedProduct(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A product or package, and the status of its versions; `default` is that of versions which are not listed.

    collection, package: where the package is found and its name there. purl: of the package, without version.
    """

    vendor: str = ""
    product: str = ""
    collection: str = ""
    package: str = ""
    purl: PackageURL | None = None
    repository: str = ""
    cpes: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    default: str = "unknown"
    versions: tuple[AffectedVersion, ...] = ()


class Container(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What one organisation says. provider: its short name ("CISA-ADP"). weaknesses: CWE ids, as stated."""

    provider: str = ""
    title: str = ""
    description: str = ""
    scores: tuple[Cvss, ...] = ()
    ssvc: Ssvc | None = None
    exploitation: KnownExploitation | None = None
    weaknesses: tuple[str, ...] = ()
    affected: tuple[AffectedProduct, ...] = ()
    references: tuple[str, ...] = ()
    public: date | None = None


class CveRecord(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One record. assigner: short name of the CNA. containers: that of the CNA first, then those that others added."""

    id: str
    assigner: str = ""
    rejected: bool = False
    published: datetime | None = None
    updated: datetime | None = None
    containers: tuple[Container, ...] = ()

    @property
    def title(self) -> str:
        """The first title that a container has."""
        return next((one.title for one in self.containers if one.title), "")

    @property
    def ssvc(self) -> Ssvc | None:
        """The first assessment by decision points."""
        return next((one.ssvc for one in self.containers if one.ssvc), None)

    @property
    def exploitation(self) -> KnownExploitation | None:
        """The first entry about known exploitation."""
        return next((one.exploitation for one in self.containers if one.exploitation), None)
