# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licence expressions as SPDX documents carry them: which texts are expressions, and the references in them.

Grammar: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
One pass, no recursion: nesting costs nothing.
"""

import re
from functools import lru_cache
from hashlib import sha256

from paddock.engine.spdx.licenses import find_license

_TOKEN = re.compile(r"\s+|([()])|((?:DocumentRef-[A-Za-z0-9.\-]+:)?[A-Za-z0-9.\-]+\+?)")
_REFERENCE = re.compile(r"(?:DocumentRef-[A-Za-z0-9.\-]+:)?(?:LicenseRef|AdditionRef)-[A-Za-z0-9.\-]+")
_OPERATORS = {"AND", "OR", "WITH", "and", "or", "with"}
_OPEN, _CLOSE = "()"
_MADE_UP = "LicenseRef-paddock-"
NO_ANSWER = "NOASSERTION"
NONE = "NONE"


def tokens_of(text: str) -> list[str] | None:
    """The tokens of an expression, without spaces; None when the text has characters that no expression has."""
    found: list[str] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        position = match.end()
        token = match.group(1) or match.group(2)
        if token:
            found.append(token)
    return found


@lru_cache(maxsize=16_384)
def fault_in(text: str) -> str:
    """Why the text is no licence expression; "" when it is one. Ids need not be known: the licence list grows."""
    tokens = tokens_of(text)
    if tokens is None:
        return f"{_short(text)} has characters that no licence expression has"
    depth = 0
    operand = True  # an id or an opening parenthesis is due
    after_with = False
    for token in tokens:
        if token == _OPEN:
            depth += 1
            if not operand or after_with:
                return f"{_short(text)} has an opening parenthesis where an operator is due"
        elif operand == (token == _CLOSE or token in _OPERATORS):
            return f"{_short(text)} has {token!r} where {'a licence' if operand else 'an operator'} is due"
        elif token == _CLOSE:
            depth -= 1
            if depth < 0:
                return f"{_short(text)} closes a parenthesis that was never opened"
        else:
            after_with = token in {"WITH", "with"}
            operand = token in _OPERATORS
    if operand or depth:
        return f"{_short(text)} ends too early"
    return ""


def is_listed_expression(text: str) -> bool:
    """Whether the text is an expression all of whose ids are on the licence list or defined by a document."""
    if not text or text in (NO_ANSWER, NONE) or fault_in(text):
        return False
    return all(
        token in (_OPEN, _CLOSE) or token in _OPERATORS or _is_listed(token) or _REFERENCE.fullmatch(token)
        for token in tokens_of(text) or ()
    )


def references_in(text: str) -> tuple[str, ...]:
    """The LicenseRef names that an expression uses and the document itself must define, in order, each once."""
    if "LicenseRef-" not in text:
        return ()
    found = _REFERENCE.findall(text)
    return tuple(dict.fromkeys(name for name in found if name.startswith("LicenseRef-")))


def made_up_reference(text: str) -> str:
    """The LicenseRef under which a text that is no expression is carried; equal for equal texts."""
    return f"{_MADE_UP}{sha256(text.encode()).hexdigest()[:16]}"


def is_made_up(expression: str) -> bool:
    """Whether the whole expression is one reference made by `made_up_reference`."""
    return expression.startswith(_MADE_UP) and expression[len(_MADE_UP) :].isalnum()


def joined(expressions: list[str]) -> str:
    """Several expressions that all hold as one; a single one stays as it is."""
    if len(expressions) == 1:
        return expressions[0]
    return " AND ".join(f"({text})" if len(tokens_of(text) or ()) > 1 else text for text in expressions)


@lru_cache(maxsize=16_384)
def _is_listed(id: str) -> bool:
    known = find_license(id) or (find_license(id[:-1]) if id.endswith("+") else None)
    return known is not None and not known.id.startswith("LicenseRef-")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
