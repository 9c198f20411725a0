# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""An exception that stands without its licence does not make the licences beside it disappear."""

import pytest

from paddock.engine.model.licensing import FileFindings, LicenseFindings, LicenseMatch
from paddock.engine.scanner.weigh import weigh


def weighed(*expressions: str) -> str:
    licenses = tuple(LicenseMatch(start_line=1, end_line=1, license_expression_spdx=one) for one in expressions)
    return weigh([FileFindings(path="LICENSE", findings=LicenseFindings(licenses=licenses))])


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("GPL-2.0-or-later AND Classpath-exception-2.0", "GPL-2.0-or-later"),
        ("MIT AND (GPL-2.0-only OR LLVM-exception)", "MIT AND GPL-2.0-only"),
        ("CAL-1.0 WITH CAL-1.0-Combined-Work-Exception", "CAL-1.0 AND CAL-1.0-Combined-Work-Exception"),
        ("Classpath-exception-2.0", ""),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("", ""),
    ],
)
def test_every_licence_that_is_named_counts(expression: str, expected: str) -> None:
    assert weighed(expression) == expected
