# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a VEX document says, whatever its format: statements about vulnerabilities in products.

The words are those of OpenVEX (https://github.com/openvex/spec), which are CISA's; what the other formats tell more
finely stands beside them.
"""

from datetime import datetime
from enum import StrEnum

import msgspec

from paddock.engine.model.component import Hash
from paddock.engine.model.issue import Issue
from paddock.engine.model.purl import PackageURL
from paddock.engine.model.vulnerability import Status

__all__ = ["Identity", "Justification", "Product", "Response", "Statement", "Status", "VexDocument"]


class Justification(StrEnum):
    """Why a product is not affected (CISA, "Vulnerability Exploitability eXchange: Status Justifications", 2022)."""

    COMPONENT_NOT_PRESENT = "component_not_present"
    VULNERABLE_CODE_NOT_PRESENT = "vulnerable_code_not_present"
    VULNERABLE_CODE_NOT_IN_EXECUTE_PATH = "vulnerable_code_not_in_execute_path"
    VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY = "vulnerable_code_cannot_be_controlled_by_adversary"
    INLINE_MITIGATIONS_ALREADY_EXIST = "inline_mitigations_already_exist"


class Response(StrEnum):
    """What is done about it, in the words of CycloneDX (`analysis.response`)."""

    CAN_NOT_FIX = "can_not_fix"
    WILL_NOT_FIX = "will_not_fix"
    UPDATE = "update"
    ROLLBACK = "rollback"
    WORKAROUND_AVAILABLE = "workaround_available"


class Identity(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A piece of software that a statement is about; any one of its names is enough to be meant.

    id: as the document calls it. purls: one without a version stands for every version. version_ranges: where there are
    any, the version has to lie in one of them (`vers:npm/>=1|<2`, or the constraints alone). cpes: 2.2 or 2.3.
    """

    id: str = ""
    name: str = ""
    purls: tuple[PackageURL, ...] = ()
    cpes: tuple[str, ...] = ()
    hashes: tuple[Hash, ...] = ()
    version_ranges: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What people call it: the package URL where there is one."""
        return next((purl.to_string() for purl in self.purls), "") or self.name or self.id or next(iter(self.cpes), "")


class Product(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A product; with components, the statement is about these in it, without about the product as a whole."""

    identity: Identity
    components: tuple[Identity, ...] = ()


class Statement(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One vulnerability in products, at a point in time.

    vulnerability: its main name; aliases: further ones. justification, impact_statement: why not affected.
    action_statement: what users are to do; responses: the same in fixed words. status_notes: how the status was found.
    timestamp: since when it is known; last_updated: when the statement was changed.
    cyclonedx_state, cyclonedx_justification: the words of CycloneDX where they say more than status and justification
    ("false_positive", "protected_at_perimeter"). place: where it stands in its document (`statements[3]`).
    """

    vulnerability: str
    products: tuple[Product, ...]
    status: Status
    aliases: tuple[str, ...] = ()
    description: str = ""
    justification: Justification | None = None
    impact_statement: str = ""
    action_statement: str = ""
    action_timestamp: datetime | None = None
    responses: tuple[Response, ...] = ()
    status_notes: str = ""
    supplier: str = ""
    timestamp: datetime | None = None
    last_updated: datetime | None = None
    id: str = ""
    cyclonedx_state: str = ""
    cyclonedx_justification: str = ""
    place: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Every name of the vulnerability, the main one first."""
        return (self.vulnerability, *self.aliases)

    @property
    def effective(self) -> datetime | None:
        """The point in time that the statement stands for; the later of two statements counts."""
        times = [time for time in (self.timestamp, self.last_updated) if time is not None]
        return max(times, default=None)


class VexDocument(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A VEX document, read. Every statement of it has a time, that of the document where it states none of its own.

    format: for people ("OpenVEX 0.2.0"). id: its own identity. author: who speaks; namespace: the author's address on
    the web. version: as stated; documents with the same id and a higher version replace earlier ones. timestamp: first
    issued; last_updated: this version. issues: what could not be read or is not as the standard wants it.
    """

    statements: tuple[Statement, ...] = ()
    format: str = ""
    id: str = ""
    title: str = ""
    author: str = ""
    role: str = ""
    namespace: str = ""
    version: str = "1"
    timestamp: datetime | None = None
    last_updated: datetime | None = None
    tooling: str = ""
    issues: tuple[Issue, ...] = ()
