# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Claims: the index answers what each declaration would answer alone."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.claims import ClaimIndex, Claims

DECLARATIONS = (
    Claims(names=("Cargo.lock",)),
    Claims(suffixes=(".csproj", ".jar")),
    Claims(patterns=("requirements*.txt", "var/lib/dpkg/status", "*.dist-info/METADATA")),
    Claims(executables=True),
    Claims(patterns=("*/requirements/*.txt",), names=("status",)),
)
ODD_PATTERNS = Claims(patterns=("dpkg/*", "lib/v[0-9]*", "var[/]a.jar", "*.t?t", ".*", "v*/a.jar"))


def claimed(path: str, *, executable: bool = False) -> list[int]:
    return ClaimIndex(DECLARATIONS).claimants(path, executable=executable)


def test_names_suffixes_patterns() -> None:
    assert claimed("a/b/Cargo.lock") == [0]
    assert claimed("a/cargo.lock") == []
    assert claimed("App.CSPROJ") == [1]
    assert claimed("requirements-dev.txt") == [2]
    assert claimed("root/var/lib/dpkg/status") == [2, 4]
    assert claimed("var/lib/dpkg/status") == [2, 4]
    assert claimed("notvar/lib/dpkg/status") == [4]
    assert claimed("x/y-1.0.dist-info/METADATA") == [2]
    assert claimed("x/requirements/base.txt") == [4]


def test_executables_are_offered_beside_other_claims() -> None:
    assert claimed("bin/tool", executable=True) == [3]
    assert claimed("bin/tool") == []
    assert claimed("x.jar", executable=True) == [1, 3]


parts = st.sampled_from(
    ["Cargo.lock", "status", "dpkg", "lib", "var", "requirements.txt", "requirements", "a.jar", "METADATA", ".txt", "."]
)


@given(st.lists(parts, min_size=1, max_size=5), st.booleans())
def test_the_index_is_only_faster(names: list[str], executable: bool) -> None:
    path = "/".join(names)
    declarations = (*DECLARATIONS, ODD_PATTERNS)
    alone = [number for number, claims in enumerate(declarations) if claims.match(path, executable=executable)]
    assert ClaimIndex(declarations).claimants(path, executable=executable) == alone
