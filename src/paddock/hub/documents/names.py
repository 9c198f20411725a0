# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""File names that nothing can be smuggled into a header, a path or a terminal with."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 100
_UNSAFE = re.compile(r"[^0-9A-Za-z._+-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.IGNORECASE)


def file_name(*parts: str, suffix: str) -> str:
    """A name of plain characters from texts that people chose: "Cockpit UI", "4.2" -> "Cockpit-UI-4.2.pdf".

    Other characters become one hyphen, accents are dropped; no dot or hyphen at the beginning, none of the names that
    Windows reserves, at most LONGEST characters before the suffix.
    """
    cleaned = []
    for part in parts:
        plain = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode()
        cleaned.append(_UNSAFE.sub("-", plain).strip("-."))
    stem = "-".join(part for part in cleaned if part)[:LONGEST].strip("-.") or "document"
    return f"{'_' if _RESERVED.match(stem) else ''}{stem}{suffix}"


def attachment(*parts: str, suffix: str) -> str:
    """The value of Content-Disposition (RFC 6266): the plain name for every program, and the true one, percent-encoded,
    for those that understand it."""
    plain = file_name(*parts, suffix=suffix)
    true = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in " ".join(parts))
    true = re.sub(r"[/\\:*?\"<>|]", "-", true).strip(" .")[:LONGEST]
    if not true or true.replace(" ", "-") == plain.removesuffix(suffix):
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(true + suffix, safe='')}"
