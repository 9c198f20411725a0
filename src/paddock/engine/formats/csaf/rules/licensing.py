# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The licence of the document: an expression, and the text of what no list has (6.1.54, 6.1.55).

Grammar: annex B of the SPDX specification 3.0.1, without references to other documents.
"""

import re
from collections.abc import Iterator

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.profiles import titled_note
from paddock.engine.formats.csaf.rules.rule import Finding, Rule

_TOKEN = re.compile(r"\s*(?:([()])|([A-Za-z0-9.\-]+\+?))")
_JOINERS = frozenset({"AND", "OR", "and", "or"})
_WITH = frozenset({"WITH", "with"})
_OWN = ("LicenseRef-", "AdditionRef-")
_LISTED = ("LicenseRef-scancode-", "AdditionRef-scancode-")
"""Licences of the second list that the standard names; every one of these is taken to be on it."""
_MAX_LENGTH = 10_000


def malformed_expressions(advisory: Advisory) -> Iterator[Finding]:
    """6.1.54"""
    expression = fields.text(advisory.document, "license_expression")
    if expression and (message := malformed(expression)):
        yield "document.license_expression", message


def malformed(expression: str) -> str:
    """What keeps a text from being an expression, as a sentence; "" when nothing does. Ids need not be known."""
    words = _words(expression)
    if words is None:
        return "it is no SPDX licence expression"
    depth, wants_license, after_with, may_have_with = 0, True, False, False
    for word in words:
        if wants_license:
            if word == "(" and not after_with:
                depth += 1
                continue
            if word in "()" or word in _JOINERS or word in _WITH:
                return f"{word!r} stands where a licence is due"
            if after_with and word.endswith("+"):
                return f"{word!r} is no exception"
            wants_license, may_have_with, after_with = False, not after_with, False
        elif word in _JOINERS:
            wants_license, may_have_with = True, False
        elif word in _WITH and may_have_with:
            wants_license, after_with, may_have_with = True, True, False
        elif word == ")" and depth:
            depth, may_have_with = depth - 1, False
        else:
            return f"{word[:60]!r} stands where AND, OR or WITH is due"
    return "it ends too early" if wants_license or depth else ""


def _words(expression: str) -> list[str] | None:
    if len(expression) > _MAX_LENGTH:
        return None
    found, position = [], 0
    text = expression.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        word = match[1] or match[2]
        if word.startswith("DocumentRef-") or (word.startswith(_OWN) and word.endswith(("-", "+"))):
            return None
        found.append(word)
        position = match.end()
    return found


def missing_texts(advisory: Advisory) -> Iterator[Finding]:
    """6.1.55"""
    words = _words(fields.text(advisory.document, "license_expression")) or []
    ids = [word.removesuffix("+") for word in words if word not in "()" and word not in _JOINERS | _WITH]
    if any(not _is_listed(name) for name in ids):
        yield from titled_note(advisory, "License", "legal_disclaimer")


def _is_listed(name: str) -> bool:
    """Ids other than references of the author's own belong on a list; whether they are is not asked here."""
    return name.startswith(_LISTED) or not name.startswith(_OWN)


RULES = (
    Rule("6.1.54", "license expression", malformed_expressions, later=True),
    Rule("6.1.55", "license text", missing_texts, later=True),
)
