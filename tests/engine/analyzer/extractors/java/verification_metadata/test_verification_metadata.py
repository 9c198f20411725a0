# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""gradle/verification-metadata.xml: components and the digests of their own artefacts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.java.verification_metadata import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import extract, refs, survives

FILE = "gradle/verification-metadata.xml"
METADATA = """\
<?xml version="1.0"?>
<verification-metadata xmlns="https://schema.gradle.org/dependency-verification">
  <components>
    <component name="http" group="org.net" version="2.0">
      <artifact name="http-2.0.jar">
        <sha256 value="ABCD" origin="x"/>
        <pgp value="1234"/>
        <sha1 value="EF"/>
      </artifact>
      <artifact name="http-2.0-sources.jar"><sha256 value="11"/></artifact>
      <artifact name="http-2.0.pom"><sha256 value="22"/></artifact>
    </component>
    <component group="org.net" name="bom" version="1">
      <artifact name="bom-1.pom"><sha256 value="33"/></artifact>
    </component>
    <component group="org.net" name="" version="1"/>
  </components>
</verification-metadata>
"""


def test_components_have_the_digests_of_the_package_and_not_of_its_description() -> None:
    found = extract(EXTRACTOR, {FILE: METADATA})
    assert refs(found) == ["pkg:maven/org.net/bom@1", "pkg:maven/org.net/http@2.0"]
    assert found.components[0].hashes == ()
    assert found.components[1].hashes == (Hash("sha1", "ef"), Hash("sha256", "abcd"))
    assert found.components[1].locations[0].line == 4


def test_a_component_without_name_and_the_limits_of_the_format_are_said() -> None:
    found = extract(EXTRACTOR, {FILE: METADATA})
    assert [(issue.severity, issue.line) for issue in found.issues] == [(Severity.WARNING, 16), (Severity.HINT, None)]


def test_metadata_without_components_is_empty() -> None:
    assert refs(extract(EXTRACTOR, {FILE: "<verification-metadata><configuration/></verification-metadata>"})) == []


@pytest.mark.parametrize("text", ["", "none", "<components/>"])
def test_what_is_no_metadata_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {FILE: text})


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {FILE: data})


TAGS = st.sampled_from(["components", "component", "artifact", "sha256", "md5", "other"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["group", "name", "version", "value"]),
    st.sampled_from(["", "a", "a-1.jar", "1", ".", "ä b"]),
    max_size=4,
).map(lambda pairs: "".join(f' {key}="{value}"' for key, value in pairs.items()))
ELEMENTS = st.recursive(
    st.just("text"),
    lambda inner: st.lists(st.tuples(TAGS, ATTRIBUTES, inner), max_size=4).map(
        lambda found: "".join(f"<{tag}{attributes}>{text}</{tag}>" for tag, attributes, text in found)
    ),
    max_leaves=20,
)


@given(ELEMENTS)
def test_any_elements_anywhere_give_an_extraction(text: str) -> None:
    assert survives(EXTRACTOR, {FILE: f"<verification-metadata>{text}</verification-metadata>"}) is not None
