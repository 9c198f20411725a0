# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One component, from its CycloneDX form to the model's.

Facts without a field in the model become properties: `type` (unless library), `cpe`, `swid`, `publisher`, `version`
(when it differs from that of the package URL), `version-range`, `external`, `reference:<type>`, and the document's own.
"""

import re

from paddock.engine.formats.bill.identity import MADE_UP, made_up_purl
from paddock.engine.formats.cyclonedx.bom import Component as Stated
from paddock.engine.formats.cyclonedx.bom import Contact, Identity
from paddock.engine.formats.cyclonedx.licensing import licenses_of
from paddock.engine.formats.cyclonedx.references import referenced
from paddock.engine.model.component import Component, Hash, Location
from paddock.engine.model.inventory import Scope
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl, parse_purl

OWN_PREFIX = "paddock:"
OWN_PURL = "paddock:purl"
UNREADABLE_PURL = "unreadable purl"
_SCOPES = {"required": Scope.RUNTIME, "optional": Scope.OPTIONAL, "excluded": Scope.DEV}
_HEX = re.compile(r"[0-9a-f]+")


def scope_of(stated: Stated) -> Scope:
    """What the component is needed for; "required" is to be assumed where nothing is said (so the specification)."""
    return _SCOPES.get(stated.scope, Scope.RUNTIME)


def component_of(stated: Stated) -> tuple[Component, list[str]]:
    """The component, and what is wrong with what is stated about it."""
    purl, properties, problems = _identity(stated)
    declared, concluded, license_problems = licenses_of(stated.licenses)
    fields, reference_properties = referenced(stated.references)
    properties |= reference_properties
    properties.update((item.name, item.value) for item in stated.properties if not item.name.startswith(OWN_PREFIX))
    properties.update(_other_facts(stated, purl))
    component = Component(
        purl=purl,
        declared_licenses=declared,
        concluded_license=concluded,
        copyrights=_copyrights(stated),
        authors=tuple(dict.fromkeys(filter(None, (person(author) for author in stated.authors))))
        or _one(stated.author),
        supplier=_supplier(stated),
        description=stated.description,
        hashes=hashes_of(stated),
        locations=_locations(stated),
        modified=_modified(stated),
        properties=tuple(sorted(properties)),
        homepage=fields.get("homepage", ""),
        download_url=fields.get("download_url", ""),
        vcs_url=fields.get("vcs_url", ""),
    )
    return component, problems + license_problems


def purl_of(stated: Stated) -> PackageURL | None:
    """The stated package URL, with the stated version where it has none. Raises InvalidPurl."""
    text = stated.purl or _concluded_purl(stated)
    if not text:
        return None
    purl = parse_purl(text)
    if purl.version or not stated.version or stated.external:
        return purl
    return make_purl(
        purl.type,
        purl.name,
        stated.version,
        namespace=purl.namespace,
        qualifiers=dict(purl.qualifiers),
        subpath=purl.subpath,
    )


def person(contact: Contact) -> str:
    """Name and address as people write them: "Ada <ada@example.org>"."""
    if contact.name and contact.email:
        return f"{contact.name} <{contact.email}>"
    return contact.name or contact.email


def hashes_of(stated: Stated) -> tuple[Hash, ...]:
    """The digests, in the model's notation."""
    found = {Hash(item.alg.lower().replace("-", ""), item.content.lower()) for item in stated.hashes}
    return tuple(sorted(item for item in found if _HEX.fullmatch(item.value)))


def _identity(stated: Stated) -> tuple[PackageURL, set[tuple[str, str]], list[str]]:
    properties: set[tuple[str, str]] = set()
    problems: list[str] = []
    try:
        purl = purl_of(stated)
    except InvalidPurl as error:
        purl = None
        problems.append(str(error))
        properties.add((UNREADABLE_PURL, stated.purl or _concluded_purl(stated)))
    if purl is None:
        purl = _own_purl(stated) or _purl_by_name(stated)
        properties.add(MADE_UP)
    return purl, properties, problems


def _own_purl(stated: Stated) -> PackageURL | None:
    """The made-up package URL that a document written by this program carries as a property."""
    for item in stated.properties:
        if item.name == OWN_PURL:
            try:
                return parse_purl(item.value)
            except InvalidPurl:
                return None
    return None


def _purl_by_name(stated: Stated) -> PackageURL:
    try:
        return parse_purl(make_purl("generic", stated.name, stated.version, namespace=stated.group).to_string())
    except InvalidPurl:
        return made_up_purl(stated.name, stated.version, stated.bom_ref)


def _concluded_purl(stated: Stated) -> str:
    identity = stated.evidence.identity if stated.evidence else None
    identities = [identity] if isinstance(identity, Identity) else identity or []
    return next((item.concluded_value for item in identities if item.field == "purl" and item.concluded_value), "")


def _other_facts(stated: Stated, purl: PackageURL) -> set[tuple[str, str]]:
    facts = {
        ("type", stated.type if stated.type != "library" else ""),
        ("cpe", stated.cpe),
        ("swid", stated.swid.tag_id if stated.swid else ""),
        ("publisher", stated.publisher if stated.publisher != _supplier(stated) else ""),
        ("version", stated.version if stated.version != (purl.version or "") else ""),
        ("version-range", stated.version_range),
        ("external", "true" if stated.external else ""),
    }
    return {(name, value) for name, value in facts if value}


def _supplier(stated: Stated) -> str:
    for organization in (stated.supplier, stated.manufacturer):
        if organization and organization.name:
            return organization.name
    return stated.publisher


def _copyrights(stated: Stated) -> tuple[str, ...]:
    texts = [line.strip() for line in stated.copyright.splitlines()]
    if stated.evidence:
        texts += [item.text.strip() for item in stated.evidence.copyright]
    return tuple(dict.fromkeys(filter(None, texts)))


def _locations(stated: Stated) -> tuple[Location, ...]:
    if stated.evidence is None:
        return ()
    found = {
        Location(item.location, int(item.line) if item.line else None)
        for item in stated.evidence.occurrences
        if item.location
    }
    return tuple(sorted(found, key=lambda location: (location.path, location.line or 0)))


def _modified(stated: Stated) -> bool | None:
    pedigree = stated.pedigree
    if pedigree and (pedigree.ancestors or pedigree.commits or pedigree.patches):
        return True
    return stated.modified


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
