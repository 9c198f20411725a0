# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Debian's copyright files whose short names no table knows: the text says what is meant, as far as it does."""

import pytest

from paddock.engine.model.licensing import LicenseFindings, LicenseMatch
from paddock.engine.scanner.debian_copyright import read_debian_copyright

TEXT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: 2020 A. Person
License: house-terms
 Any words.
"""


@pytest.mark.parametrize(
    ("recognised", "expected"),
    [
        (["MIT"], ["MIT"]),
        (["MIT", "ISC", "MIT"], ["ISC AND MIT"]),
        (["Autoconf-exception-macro"], []),
        (["MIT", "Classpath-exception-2.0"], ["MIT"]),
        (["no such thing"], []),
        ([], []),
    ],
)
def test_what_is_recognised_and_no_licence_by_itself_is_left_out(recognised, expected) -> None:
    matches = tuple(LicenseMatch(start_line=1, end_line=1, license_expression_spdx=name) for name in recognised)
    found = read_debian_copyright(TEXT, lambda _text: LicenseFindings(licenses=matches))
    assert [" AND ".join(sorted(match.license_expression_spdx.split(" AND "))) for match in found.licenses] == expected
