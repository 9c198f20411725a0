# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Wheels and eggs: metadata inside archives, within bounds."""

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.python.archive import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import extract, survives, usages

METADATA = "Metadata-Version: 2.1\nName: Demo\nVersion: 1.0\nLicense-Expression: MIT\n"


def archive(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["demo-1.0.dist-info/METADATA", "EGG-INFO/PKG-INFO"])
def test_the_package_and_its_digest(name: str) -> None:
    data = archive({"demo/__init__.py": "", name: METADATA})
    found = extract(EXTRACTOR, {"wheels/demo-1.0-py3-none-any.whl": data})
    component = found.components[0]
    assert (component.ref, component.declared_licenses) == ("pkg:pypi/demo@1.0", ("MIT",))
    assert component.hashes == (Hash("sha256", hashlib.sha256(data).hexdigest()),)
    assert list(usages(found, "wheels")) == ["pkg:pypi/demo@1.0"]


def test_metadata_of_a_bundled_package_do_not_count() -> None:
    data = archive(
        {"demo/_vendor/other-2.dist-info/METADATA": "Name: other\n", "demo-1.0.dist-info/METADATA": METADATA}
    )
    assert extract(EXTRACTOR, {"demo.whl": data}).components[0].purl.name == "demo"


def test_an_archive_that_explodes_is_refused() -> None:
    data = archive({"demo-1.0.dist-info/METADATA": METADATA + "\n" + "x" * 30_000_000})
    with pytest.raises(Unreadable, match="30,000"):
        extract(EXTRACTOR, {"demo.whl": data})


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no archive", archive({"a.py": ""}), archive({"a-1.dist-info/METADATA": "Version: 1\n"})]
)
def test_what_holds_no_package_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"a.whl": data})


WHOLE = archive({"demo-1.0.dist-info/METADATA": METADATA})


@given(st.binary(max_size=200), st.integers(0, len(WHOLE)), st.integers(0, 255))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes, place: int, value: int) -> None:
    survives(EXTRACTOR, {"a.whl": data})
    survives(EXTRACTOR, {"a.whl": WHOLE[:place] + bytes([value]) + WHOLE[place + 1 :]})
    survives(EXTRACTOR, {"a.whl": WHOLE[:place]})
