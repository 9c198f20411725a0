# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""External references: the three that the model has fields for, all others as properties `reference:<type>`.

Types: https://cyclonedx.org/docs/1.7/json/#components_items_externalReferences_items_type
"""

import re
from collections.abc import Iterable

from paddock.engine.formats.cyclonedx.bom import Reference
from paddock.engine.formats.cyclonedx.schemas import options

PREFIX = "reference:"
_FIELDS = {"website": "homepage", "vcs": "vcs_url", "distribution": "download_url"}
_SCP = re.compile(r"([\w.\-]+@[\w.\-]+):(?!/)([^\s:]+)")
_GIT = re.compile(r"(?:git|ssh)://[^\s#]+(?:#[^\s#]+)?|https?://[^\s#]+\.git/?(?:#[^\s#]+)?")
_SAFE_IRI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+(?:#[A-Za-z0-9\-._~:/?@!$&'()*+,;=]*)?"
)
_AUTHORITY = re.compile(r"[A-Za-z0-9+.\-]+://(?:[\w.\-~!$&'()*+,;=]*@)?[A-Za-z0-9.\-]*(?::\d{0,5})?(?:[/?#].*)?")


def referenced(references: Iterable[Reference]) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """The model's fields (homepage, vcs_url, download_url) and the properties that hold the remaining references."""
    fields: dict[str, str] = {}
    properties: set[tuple[str, str]] = set()
    for reference in references:
        field = _FIELDS.get(reference.type)
        if not reference.url:
            continue
        if field and field not in fields:
            fields[field] = vcs_address(reference.url) if field == "vcs_url" else reference.url
        else:
            properties.add((PREFIX + reference.type, reference.url))
    return fields, properties


def vcs_address(url: str) -> str:
    """The address of a repository as the model has it (`git+https://host/repo@revision`), where it is one of Git."""
    address = url.removeprefix("scm:git:").strip()
    if scp := _SCP.fullmatch(address):
        return f"git+ssh://{scp.group(1)}/{scp.group(2)}"
    if _GIT.fullmatch(address):
        return f"git+{address.replace('#', '@')}"
    return address


def reference_values(
    homepage: str, vcs_url: str, download_url: str, properties: Iterable[tuple[str, str]], version: str
) -> list[dict[str, str]]:
    """The references as a document of this version has them; addresses that are no IRIs are left out."""
    known = options(version, "externalReference", "type")
    stated = [("website", homepage), ("vcs", vcs_url), ("distribution", download_url)]
    stated += [
        (name.removeprefix(PREFIX), value)
        for name, value in properties
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) in known
    ]
    return [{"type": kind, "url": url} for kind, url in stated if is_iri(url)]


def is_reference(name: str, value: str, version: str) -> bool:
    """Whether a property is written as an external reference in this version."""
    return (
        name.startswith(PREFIX)
        and name.removeprefix(PREFIX) in options(version, "externalReference", "type")
        and is_iri(value)
    )


def is_iri(text: str) -> bool:
    """Whether every reader takes the text as an IRI: absolute and in plain ASCII; stricter than the standards."""
    if not _SAFE_IRI.fullmatch(text):
        return False
    return "://" not in text or _AUTHORITY.fullmatch(text) is not None
