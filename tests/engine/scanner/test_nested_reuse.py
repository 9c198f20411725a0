# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Several REUSE.toml above one file, and what counts of each."""

import pytest

from paddock.engine.downloader.tree import MemoryTree
from paddock.engine.model.inventory import Inventory
from paddock.engine.scanner.scan import scan
from paddock.engine.scanner.tags import find_tags

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier:"
OWN = f"# {TAG} 0BSD\n# SPDX-FileCopyrightText: 2022 File\n"


def table(license: str, holder: str, precedence: str) -> bytes:
    return (
        f'version = 1\n[[annotations]]\npath = "**"\nprecedence = "{precedence}"\n'
        f'SPDX-License-Identifier = "{license}"\nSPDX-FileCopyrightText = "{holder}"\n'
    ).encode()


def judged(root: str, nested: str, text: str) -> tuple[list[str], list[str]]:
    files = {
        "REUSE.toml": table("MIT", "2020 Root", root),
        "a/REUSE.toml": table("ISC", "2021 Nested", nested),
        "a/x.py": text.encode(),
    }
    result = scan(list(MemoryTree(files).files()), Inventory())
    (file,) = result.files
    return (
        sorted(match.license_expression_spdx for match in file.findings.licenses),
        sorted(statement.statement for statement in file.findings.copyrights),
    )


@pytest.mark.parametrize(
    ("root", "nested", "text", "licenses", "copyrights"),
    [
        ("override", "aggregate", OWN, ["MIT"], ["2020 Root"]),
        ("aggregate", "aggregate", OWN, ["0BSD", "ISC", "MIT"], ["2020 Root", "2021 Nested", "2022 File"]),
        ("closest", "aggregate", OWN, ["0BSD", "ISC"], ["2021 Nested", "2022 File"]),
        ("closest", "aggregate", f"# {TAG} 0BSD", ["0BSD", "ISC"], ["2020 Root", "2021 Nested"]),
        ("closest", "aggregate", "x", ["ISC", "MIT"], ["2020 Root", "2021 Nested"]),
        ("aggregate", "override", OWN, ["ISC", "MIT"], ["2020 Root", "2021 Nested"]),
        ("closest", "closest", "x", ["ISC"], ["2021 Nested"]),
        ("closest", "closest", OWN, ["0BSD"], ["2022 File"]),
    ],
)
def test_precedences_combine(root: str, nested: str, text: str, licenses: list[str], copyrights: list[str]) -> None:
    assert judged(root, nested, text) == (licenses, copyrights)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"/*! {TAG} MIT */var a=1;", ["MIT"]),
        (f"({TAG} MIT)", ["MIT"]),
        (f"{TAG} (MIT OR ISC)", ["MIT OR ISC"]),
        (f"`{TAG} MIT` is the tag.", ["MIT"]),
        (f'x = "{TAG} MIT\\n"', ["MIT"]),
        (f"<!-- {TAG} MIT -->", ["MIT"]),
        (f"{TAG} MIT.", ["MIT"]),
        (f'print("{TAG} " + name)', []),
        (f"{TAG} <expression>", []),
        (f"{TAG} $license", []),
        (f"{TAG} NOASSERTION", []),
    ],
)
def test_what_stands_behind_a_tag_does_no_harm(text: str, expected: list[str]) -> None:
    assert [match.license_expression_spdx for match in find_tags(text.encode(), "x").licenses] == expected


# REUSE-IgnoreEnd
