# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The parts of a CycloneDX document that an inventory is made of, in the shape of its JSON; all else is passed over.

Field by field: https://cyclonedx.org/docs/1.7/json/ . The documents were validated before, so types are as loose as all
versions from 1.2 on need them. They form no cycles, which spares the garbage collector the visit.
"""

from typing import Any

import msgspec


class Contact(msgspec.Struct, gc=False):
    """A person."""

    name: str = ""
    email: str = ""


class Organization(msgspec.Struct, gc=False):
    """A firm or group."""

    name: str = ""


class Digest(msgspec.Struct, gc=False):
    """A hash: the algorithm in CycloneDX's notation, the value in hex."""

    alg: str
    content: str


class NamedLicense(msgspec.Struct, gc=False):
    """A licence by SPDX id or by name."""

    id: str = ""
    name: str = ""
    acknowledgement: str = ""


class LicenseChoice(msgspec.Struct, gc=False):
    """A licence or an expression."""

    license: NamedLicense | None = None
    expression: str = ""
    acknowledgement: str = ""


class Reference(msgspec.Struct, gc=False):
    """An external reference."""

    url: str = ""
    type: str = ""


class Property(msgspec.Struct, gc=False):
    """A name-value pair."""

    name: str = ""
    value: str = ""


class Occurrence(msgspec.Struct, gc=False):
    """Where a component was found."""

    location: str = ""
    line: int | float | None = None


class Identity(msgspec.Struct, gc=False):
    """A conclusion about what a component is."""

    field: str = ""
    concluded_value: str = msgspec.field(default="", name="concludedValue")


class CopyrightText(msgspec.Struct, gc=False):
    """A copyright statement that was found."""

    text: str = ""


class Evidence(msgspec.Struct, gc=False):
    """What was found that supports the component."""

    identity: Identity | list[Identity] | None = None
    occurrences: list[Occurrence] = []
    copyright: list[CopyrightText] = []


class Swid(msgspec.Struct, gc=False):
    """A software identification tag."""

    tag_id: str = msgspec.field(default="", name="tagId")


class Pedigree(msgspec.Struct, gc=False):
    """Where a component comes from; what it holds is not read, only whether it holds anything."""

    ancestors: list[Any] = []
    commits: list[Any] = []
    patches: list[Any] = []


class Component(
    msgspec.Struct, gc=False, rename={"bom_ref": "bom-ref", "version_range": "versionRange", "external": "isExternal"}
):
    """A component, with the components nested in it."""

    name: str = ""
    type: str = "library"
    bom_ref: str = ""
    group: str = ""
    version: str = ""
    version_range: str = ""
    external: bool = False
    description: str = ""
    scope: str = ""
    purl: str = ""
    cpe: str = ""
    copyright: str = ""
    author: str = ""
    publisher: str = ""
    supplier: Organization | None = None
    manufacturer: Organization | None = None
    authors: list[Contact] = []
    hashes: list[Digest] = []
    licenses: list[LicenseChoice] = []
    references: list[Reference] = msgspec.field(default_factory=list, name="externalReferences")
    properties: list[Property] = []
    components: list["Component"] = []
    evidence: Evidence | None = None
    swid: Swid | None = None
    modified: bool | None = None
    pedigree: Pedigree | None = None


class Service(msgspec.Struct, gc=False):
    """A service, with the services nested in it."""

    name: str = ""
    group: str = ""
    version: str = ""
    bom_ref: str = msgspec.field(default="", name="bom-ref")
    services: list["Service"] = []


class LegacyTool(msgspec.Struct, gc=False):
    """A tool as it was written before 1.5."""

    vendor: str = ""
    name: str = ""
    version: str = ""


class Tools(msgspec.Struct, gc=False):
    """The tools as components and services, from 1.5 on."""

    components: list[Component] = []
    services: list[Service] = []


class Metadata(msgspec.Struct, gc=False):
    """About the document and what it describes."""

    timestamp: str = ""
    tools: list[LegacyTool] | Tools | None = None
    authors: list[Contact] = []
    component: Component | None = None
    properties: list[Property] = []


class Dependency(msgspec.Struct, gc=False, rename="camel"):
    """What one component, named by its bom-ref, depends on."""

    ref: str = ""
    depends_on: list[str] = []


class Composition(msgspec.Struct, gc=False):
    """How complete a part of the document is."""

    aggregate: str = ""


class Bom(msgspec.Struct, gc=False):
    """A document."""

    serial_number: str = msgspec.field(default="", name="serialNumber")
    version: int | float = 1
    metadata: Metadata | None = None
    components: list[Component] = []
    services: list[Service] = []
    dependencies: list[Dependency] = []
    compositions: list[Composition] = []
