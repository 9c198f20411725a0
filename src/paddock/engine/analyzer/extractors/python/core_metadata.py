# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Core metadata: the header of METADATA and PKG-INFO files.

Format: https://packaging.python.org/en/latest/specifications/core-metadata/
"""

import re

import msgspec

from paddock.engine.analyzer.extractors.python.declaration import first_line, license_classifiers
from paddock.engine.analyzer.extractors.python.requirement import Requirement, parse_requirement

MAX_BYTES = 4 * 1024 * 1024
"""As much of a metadata file is read; the header, which is all that counts, comes first."""

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)")
_EXTRA = re.compile(r"\bextra\b")
_ABSENT = {"", "UNKNOWN", "NONE"}


class CoreMetadata(msgspec.Struct):
    """The fields that count. licenses: verbatim; requirements: those that hold without extras."""

    name: str = ""
    version: str = ""
    licenses: tuple[str, ...] = ()
    license_files: tuple[str, ...] = ()
    summary: str = ""
    homepage: str = ""
    download_url: str = ""
    authors: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()


def parse_metadata(data: bytes) -> CoreMetadata:
    """Read the header. Old files are not always UTF-8; what is not is replaced."""
    fields = _fields(data[:MAX_BYTES].decode("utf-8-sig", "replace"))
    wanted = [parse_requirement(text) for text in fields.get("requires-dist", [])]
    contacts = [_one(fields, "author") or _one(fields, "author-email"), _one(fields, "maintainer")]
    return CoreMetadata(
        name=_one(fields, "name"),
        version=_one(fields, "version"),
        licenses=_licenses(fields),
        license_files=tuple(name for name in fields.get("license-file", []) if name),
        summary=_one(fields, "summary"),
        homepage=_homepage(fields),
        download_url=_one(fields, "download-url"),
        authors=tuple(dict.fromkeys(contact for contact in contacts if contact)),
        requirements=tuple(found for found in wanted if found and not _EXTRA.search(found.marker)),
    )


def _fields(text: str) -> dict[str, list[str]]:
    """Values by lower-case field name; continuation lines are joined by a line feed."""
    found: dict[str, list[list[str]]] = {}
    parts: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line:  # a line of spaces continues a description, as old tools wrote them
            break
        if line[0] in " \t":
            parts.append(line.strip())
            continue
        match = _FIELD.match(line)
        if match:
            parts = [match.group(2).strip()]
            found.setdefault(match.group(1).lower().replace("_", "-"), []).append(parts)
    return {name: ["\n".join(value) for value in values] for name, values in found.items()}


def _one(fields: dict[str, list[str]], name: str) -> str:
    value = first_line(next(iter(fields.get(name, [])), ""))
    return "" if value.upper() in _ABSENT else value


def _licenses(fields: dict[str, list[str]]) -> tuple[str, ...]:
    """The licence expression; without one the License field (a name, or the first line of a text) and classifiers."""
    expression = _one(fields, "license-expression")
    if expression:
        return (expression,)
    stated = (_one(fields, "license"), *license_classifiers(fields.get("classifier", [])))
    return tuple(dict.fromkeys(text for text in stated if text))


def _homepage(fields: dict[str, list[str]]) -> str:
    stated = _one(fields, "home-page")
    if stated:
        return stated
    for entry in fields.get("project-url", []):
        label, _, url = entry.partition(",")
        if label.strip().lower().replace("-", "").replace(" ", "") == "homepage":
            return url.strip()
    return ""
