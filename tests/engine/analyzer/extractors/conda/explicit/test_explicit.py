# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Explicit environments: URLs, digests, lines, pip comments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.conda.explicit import EXTRACTOR
from paddock.engine.model.component import Hash, Location
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

TEXT = f"""# platform: linux-64
@EXPLICIT
https://me:secret@example.org/t/main/linux-64/libblas-3.9.0-16_linux64.tar.bz2#{"AB" * 16}
https://example.org/main/noarch/tzdata-2024a-h0.conda#sha256:{"cd" * 32}
# pip requests @ https://example.org/requests-2.31.0-py3-none-any.whl --hash=sha256:{"ef" * 32}
not-a-package
"""


def test_packages_with_digests_and_lines() -> None:
    found = extract(EXTRACTOR, {"conda-linux-64.lock": TEXT})
    by_name = {component.purl.name: component for component in found.components}
    blas = by_name["libblas"]
    assert blas.ref == "pkg:conda/libblas@3.9.0?build=16_linux64&channel=main&subdir=linux-64&type=tar.bz2"
    assert (blas.hashes, blas.locations) == ((Hash("md5", "ab" * 16),), (Location("conda-linux-64.lock", 3),))
    assert by_name["tzdata"].hashes == (Hash("sha256", "cd" * 32),)
    assert by_name["requests"].hashes == (Hash("sha256", "ef" * 32),)
    assert [issue.line for issue in found.issues] == [6]
    assert "secret" not in str(found.components)
    assert {usage.direct for usage in usages(found, "conda-linux-64.lock").values()} == {None}


def test_a_lock_file_must_be_explicit_other_texts_may_not_be() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"conda-linux-64.lock": "something else"})
    assert refs(extract(EXTRACTOR, {"explicit.txt": "a list of explicit words"})) == []


PIECES = st.sampled_from(
    ["@EXPLICIT\n", "https://example.org/a/b-1-2.conda", "#", "# pip a", " @ ", "\n", "https://[", "-1-2.conda"]
)


@given(st.binary(max_size=200) | st.lists(PIECES | st.text(max_size=5), max_size=8).map("".join).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"conda-linux-64.lock": data})
    survives(EXTRACTOR, {"conda-linux-64.lock": b"@EXPLICIT\n" + data})
