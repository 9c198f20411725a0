# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From components to rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.purl import InvalidPurl, make_purl, package_of
from paddock.hub.components.contents import package_row, package_text

TEXT = st.text(min_size=1, max_size=12)


@given(
    type=st.sampled_from(["npm", "maven", "pypi", "golang", "deb", "github", "generic", "docker", "swift", "conan"]),
    name=TEXT, namespace=st.none() | TEXT, version=st.none() | TEXT,
    qualifier=st.none() | TEXT, subpath=st.none() | TEXT,
)  # fmt: skip
def test_the_text_of_a_package_is_that_of_its_purl_without_the_rest(
    type: str, name: str, namespace: str | None, version: str | None, qualifier: str | None, subpath: str | None
) -> None:
    qualifiers = {"arch": qualifier} if qualifier else None
    try:
        purl = make_purl(type, name, version, namespace=namespace, qualifiers=qualifiers, subpath=subpath)
        package = package_of(purl)
    except InvalidPurl:
        return
    assert package_text(purl) == package.to_string()


@pytest.mark.parametrize(
    ("namespace", "name", "word"), [("@types", "left-pad", "pad"), ("org.apache", "commons", "apache")]
)
def test_a_package_is_found_by_each_of_its_words(namespace: str, name: str, word: str) -> None:
    row = package_row(make_purl("npm", name, "1", namespace=namespace))
    assert word in row.words.split()
