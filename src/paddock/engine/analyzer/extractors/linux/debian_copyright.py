# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Debian's machine-readable copyright files: the licences that a package's files are under.

Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
"""

from paddock.engine.formats.stanzas import parse_stanzas


def declared_licenses(text: str) -> tuple[str, ...]:
    """The short names of the licences of all `Files` paragraphs and of the package as a whole, verbatim, in order.

    Empty where the file is free text: what it says is then for those who read texts, not for a parser of fields.
    """
    found: dict[str, None] = {}
    for number, stanza in enumerate(parse_stanzas(text)):
        if number == 0 and "format" not in stanza.fields and "format-specification" not in stanza.fields:
            return ()
        # A paragraph with a licence but without files only gives the text of a licence named elsewhere.
        if number == 0 or "files" in stanza.fields:
            name = stanza.fields.get("license", "").partition("\n")[0].strip()
            if name:
                found[name] = None
    return tuple(found)
