# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The detector of copyright statements in a file's content."""

from paddock.engine.model.licensing import CopyrightStatement, LicenseFindings
from paddock.engine.scanner.copyrights.candidates import candidates
from paddock.engine.scanner.copyrights.grammar import statements
from paddock.engine.scanner.copyrights.statements import statement
from paddock.engine.scanner.copyrights.tokens import tokens


def find_copyrights(data: bytes, path: str) -> LicenseFindings:
    """The copyright statements of a file, in order of lines."""
    del path
    found: list[CopyrightStatement] = []
    for group in candidates(data):
        row = tokens(group)
        for span in statements("".join(token.kind for token in row)):
            one = statement(row, span)
            if one is not None:
                found.append(one)
    return LicenseFindings(copyrights=tuple(found))
