# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Debian's machine-readable copyright files: what their `Files` paragraphs declare is read, not matched.

Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ (DEP-5). A short name that no table knows is
looked up in the text that the file gives for it.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from paddock.engine.formats.stanzas import Stanza, parse_stanzas
from paddock.engine.model.licensing import LicenseFindings, LicenseMatch, Statement
from paddock.engine.spdx.names import expression_of
from paddock.engine.spdx.parse import is_expression, join_all

RULE = "debian-copyright"
_FORMAT = re.compile(rb"^Format(?:-Specification)?:.*(?:copyright-format|dep-?5)", re.IGNORECASE | re.MULTILINE)
_HEAD = 2_048
_MAX_NAME = 400

Recognise = Callable[[bytes], LicenseFindings]
"""Finds licences in a text."""


def is_debian_copyright(data: bytes, path: str) -> bool:
    """Whether a file says of itself that it is in this format."""
    name = posixpath.basename(path)
    return (name == "copyright" or name.endswith(".copyright")) and _FORMAT.search(data[:_HEAD]) is not None


def read_debian_copyright(text: str, recognise: Recognise) -> LicenseFindings:
    """One finding for each `Files` paragraph, over its lines. Never raises."""
    stanzas = list(parse_stanzas(text))
    texts = {_short_name(stanza): _body(stanza) for stanza in stanzas if "files" not in stanza.fields}
    found: list[LicenseMatch] = []
    for stanza in stanzas:
        if "files" in stanza.fields and _short_name(stanza):
            found.extend(_declared(stanza, texts, recognise))
    return LicenseFindings(licenses=tuple(sorted(found)))


def _declared(stanza: Stanza, texts: Mapping[str, str], recognise: Recognise) -> Iterator[LicenseMatch]:
    name = _short_name(stanza)
    expression = expression_of(name)
    if not expression:
        body = _body(stanza) or texts.get(name, "")
        matches = recognise(body.encode()).licenses
        named = dict.fromkeys(match.license_expression_spdx for match in matches)
        expression = join_all(tuple(filter(is_expression, named)))
    if not expression:
        return
    yield LicenseMatch(
        start_line=stanza.line,
        end_line=stanza.line + sum(value.count("\n") + 1 for value in stanza.fields.values()) - 1,
        license_expression_spdx=expression,
        license_expression=expression,
        score=100.0,
        rule=RULE,
        matcher=RULE,
        statement=Statement.DECLARATION,
    )


def _short_name(stanza: Stanza) -> str:
    return stanza.fields.get("license", "").partition("\n")[0].strip()[:_MAX_NAME]


def _body(stanza: Stanza) -> str:
    return stanza.fields.get("license", "").partition("\n")[2]
