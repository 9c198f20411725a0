# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SPDX tags in files: `SPDX-License-Identifier`, `SPDX-FileCopyrightText`, in any comment style.

Format: https://spdx.github.io/spdx-spec/v2.3/using-SPDX-short-identifiers-in-source-files/ and
https://reuse.software/spec-3.3/.
Text between `REUSE-IgnoreStart` and `REUSE-IgnoreEnd` is passed over.
"""

import re

from paddock.engine.model.licensing import CopyrightStatement, LicenseFindings, LicenseMatch
from paddock.engine.spdx.parse import InvalidExpression, normalize

LICENSE_TAG = b"SPDX-License-Identifier"
COPYRIGHT_TAG = b"SPDX-FileCopyrightText"

# REUSE-IgnoreStart
_LICENSE = re.compile(r"SPDX-License-Identifier:[ \t]*([A-Za-z0-9.+:()_ \t-]{0,400})")
_COPYRIGHT = re.compile(r"SPDX-(?:File|Snippet)CopyrightText:[ \t]*([^\r\n]{1,400})")
# REUSE-IgnoreEnd
_IGNORED = re.compile(rb"REUSE-IgnoreStart.*?(?:REUSE-IgnoreEnd|\Z)", re.DOTALL)
_CLOSER = re.compile(r"""[ \t]*(?:\*+/|--+>|-->|\*\)|=cut|#\}|%\}|\}\}|["'`,;\\]+|\]\]>?|\*+)?[ \t]*$""")
_YEARS = re.compile(
    r"^(?:(?:©|\(c\)|copyright)[ \t]*)*(?:\d{4}(?:[ \t]*[-,\u2013][ \t]*\d{2,4})*[ \t,]*)?(?:by[ \t]+)?", re.IGNORECASE
)
_CONTACT = re.compile(r"[ \t]*<[^>]*>")

_NO_ANSWER = {"", "NONE", "NOASSERTION"}

NOT_AN_EXPRESSION = "LicenseRef-paddock-unreadable-tag"
"""Stands for a tag whose expression cannot be read: something was declared, and nobody can tell what."""


def find_tags(data: bytes, path: str) -> LicenseFindings:
    """The tags of a file. A tag that is no expression becomes a finding with score 0 and `NOT_AN_EXPRESSION`.

    What follows a tag is read as far as it can be an expression, so that closing comments, quotes and minified code
    behind it do no harm. A tag with nothing of that kind behind it (text put together by a program, a placeholder,
    NOASSERTION) is a mention and says nothing about the file.
    """
    del path
    if LICENSE_TAG not in data and COPYRIGHT_TAG not in data:
        return LicenseFindings()
    text = without_ignored(data).decode("utf-8", "replace")
    lines = _LineNumbers(text)
    licenses = []
    for match in _LICENSE.finditer(text):
        expression = _balanced(match.group(1))
        if expression.upper() not in _NO_ANSWER:
            licenses.append(match_of(expression, lines.at(match.start())))
    copyrights = []
    for match in _COPYRIGHT.finditer(text):
        statement, line = clean(match.group(1)), lines.at(match.start())
        copyrights.append(
            CopyrightStatement(start_line=line, end_line=line, statement=statement, holders=holders_of(statement))
        )
    return LicenseFindings(licenses=tuple(licenses), copyrights=tuple(copyrights))


def without_ignored(data: bytes) -> bytes:
    """A text without what stands between REUSE's marks for text to be passed over; its lines keep their numbers."""
    if b"REUSE-IgnoreStart" not in data:
        return data
    return _IGNORED.sub(lambda match: b"\n" * match.group(0).count(b"\n"), data)


def _balanced(text: str) -> str:
    """The value of a licence tag without the end of a sentence, comment or parenthesis around the tag."""
    plain = text.strip().rstrip("-_:. \t")
    while plain.endswith(")") and plain.count(")") > plain.count("("):
        plain = plain[:-1].rstrip()
    return plain


def match_of(expression: str, line: int, rule: str = "spdx-license-identifier") -> LicenseMatch:
    """The finding for an expression as somebody wrote it."""
    try:
        spdx, score = normalize(expression), 100.0
    except InvalidExpression:
        spdx, score = NOT_AN_EXPRESSION, 0.0
    return LicenseMatch(
        start_line=line,
        end_line=line,
        license_expression_spdx=spdx,
        license_expression=expression,
        score=score,
        rule=rule,
        matcher="tag",
    )


def clean(text: str) -> str:
    """The value of a tag without what closes the comment it stands in."""
    return _CLOSER.sub("", text).strip()


def holders_of(statement: str) -> tuple[str, ...]:
    """Whom a copyright statement names: the statement without sign, years and contact."""
    holder = _CONTACT.sub("", _YEARS.sub("", statement)).strip(" .,")
    return (holder,) if holder else ()


class _LineNumbers:
    """Line numbers for rising positions in a text, counted once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._line = 1

    def at(self, position: int) -> int:
        if position < self._position:
            self._position, self._line = 0, 1
        self._line += self._text.count("\n", self._position, position)
        self._position = position
        return self._line
