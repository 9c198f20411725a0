# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From an entry to a component: its package URL, and one component where several entries have the same."""

from paddock.engine.formats.bill.statements import Entry
from paddock.engine.model.component import Component
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl, parse_purl

MADE_UP = ("purl", "made up by the reader")


def made_up_purl(name: str, version: str, key: str = "") -> PackageURL:
    """The package URL of something that states none: type generic, from its name (else its key) and version."""
    for text in (name, key):
        try:
            return parse_purl(make_purl("generic", text, version).to_string())
        except InvalidPurl:
            continue
    return make_purl("generic", "unnamed", version)


def stated_purl(entry: Entry) -> PackageURL | None:
    """The first readable package URL of an entry, completed by the entry's version where it has none."""
    for text in entry.purls:
        try:
            purl = parse_purl(text)
            if purl.version or not entry.version:
                return purl
            return make_purl(
                purl.type,
                purl.name,
                entry.version,
                namespace=purl.namespace,
                qualifiers=dict(purl.qualifiers),
                subpath=purl.subpath,
            )
        except InvalidPurl:
            continue
    return None


def component_of(entry: Entry) -> Component:
    """The component that an entry states. Further package URLs and unreadable ones stay as properties."""
    purl = stated_purl(entry)
    properties = set(entry.properties)
    if purl is None:
        properties.add(MADE_UP)
        purl = made_up_purl(entry.name, entry.version, entry.key)
        properties.update(("unreadable purl", text) for text in entry.purls)
    elif len(entry.purls) > 1:
        properties.update(("further purl", text) for text in entry.purls if not _is(purl, text))
    return Component(
        purl=purl,
        declared_licenses=entry.declared_licenses,
        concluded_license=entry.concluded_license,
        copyrights=entry.copyrights,
        authors=entry.authors,
        supplier=entry.supplier,
        description=entry.description,
        homepage=entry.homepage,
        download_url=entry.download_url,
        vcs_url=entry.vcs_url,
        hashes=tuple(sorted(set(entry.hashes))),
        properties=tuple(sorted(properties)),
    )


def _is(purl: PackageURL, text: str) -> bool:
    try:
        return parse_purl(text) == purl
    except InvalidPurl:
        return False
