# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Installed packages: licences, licence files, edges, sources, and metadata of the project itself."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import python
from paddock.engine.analyzer.extractors.python.installed import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES

SITE = "lib/site-packages"
FILES: dict[str, str | bytes] = {
    f"{SITE}/Web_Kit-1.0.dist-info/METADATA": (
        "Metadata-Version: 2.1\nName: Web.Kit\nVersion: 1.0\nSummary: Serves\nHome-page: https://example.org\n"
        "Author: Ada\nLicense: MIT\nClassifier: License :: OSI Approved :: MIT License\n"
        "Classifier: License :: OSI Approved\n"
        "Requires-Dist: core>=2\nRequires-Dist: loop; extra == 'fast'\nRequires-Dist: absent\nLicense-File: LICENSE\n\n"
        "License: not in the header\n"
    ),
    f"{SITE}/Web_Kit-1.0.dist-info/LICENSE": "text",
    f"{SITE}/Web_Kit-1.0.dist-info/REQUESTED": "",
    f"{SITE}/core-2.1.dist-info/METADATA": (
        "Metadata-Version: 2.4\nName: core\nVersion: 2.1\nLicense-Expression: Apache-2.0 OR MIT\n"
        "Classifier: License :: OSI Approved :: MIT License\nLicense-File: legal/NOTICE\n"
    ),
    f"{SITE}/core-2.1.dist-info/licenses/legal/NOTICE": "text",
    f"{SITE}/loop-3.dist-info/METADATA": "Metadata-Version: 2.1\nName: loop\nVersion: 3\nLicense: UNKNOWN\n",
    f"{SITE}/old-1.egg-info": (
        "Metadata-Version: 1.1\nName: old\nVersion: 1\nLicense: Permission is\n        hereby granted\n"
    ),
    f"{SITE}/older.egg-info/PKG-INFO": "Metadata-Version: 1.1\nName: older\nVersion: 0.5\nRequires-Dist: old\n",
}  # fmt: skip


def test_a_site_is_one_project_with_edges_among_what_is_there() -> None:
    found = inventory(python.EXTRACTORS, FILES)
    assert [(project.id, project.origin) for project in found.projects] == [(SITE, Origin.INSTALLED)]
    assert refs(found) == [f"pkg:pypi/{name}" for name in ("core@2.1", "loop@3", "old@1", "older@0.5", "web-kit@1.0")]
    assert edges(found) == {("pkg:pypi/web-kit@1.0", "pkg:pypi/core@2.1"), ("pkg:pypi/older@0.5", "pkg:pypi/old@1")}
    used = usages(found, SITE)
    assert (used["pkg:pypi/web-kit@1.0"].direct, used["pkg:pypi/loop@3"].direct) == (True, None)
    assert found.issues == ()


def test_licences_and_their_files() -> None:
    found = {component.purl.name: component for component in inventory(python.EXTRACTORS, FILES).components}
    assert found["web-kit"].declared_licenses == ("MIT", "License :: OSI Approved :: MIT License")
    assert found["core"].declared_licenses == ("Apache-2.0 OR MIT",)
    assert found["loop"].declared_licenses == ()
    assert found["old"].declared_licenses == ("Permission is",)
    assert found["web-kit"].license_files == (f"{SITE}/Web_Kit-1.0.dist-info/LICENSE",)
    assert found["core"].license_files == (f"{SITE}/core-2.1.dist-info/licenses/legal/NOTICE",)
    assert (found["web-kit"].homepage, found["web-kit"].authors) == ("https://example.org", ("Ada",))


def test_a_line_of_spaces_in_the_description_does_not_end_the_header() -> None:
    description = "Description: Serves\n        \n        more\n\t\n"
    for newline in ("\n", "\r\n"):
        text = f"Name: a\nVersion: 1\n{description}Classifier: License :: OSI Approved :: MIT License\n\nLicense: X\n"
        (component,) = extract(EXTRACTOR, {"a-1.dist-info/METADATA": text.replace("\n", newline)}).components
        assert component.declared_licenses == ("License :: OSI Approved :: MIT License",)


def test_licence_files_are_found_by_name_where_the_metadata_name_none() -> None:
    files: dict[str, str | bytes] = {
        "a-1.dist-info/METADATA": "Name: a\nVersion: 1\n",
        "a-1.dist-info/COPYING.txt": "text",
    }
    assert extract(EXTRACTOR, files).components[0].license_files == ("a-1.dist-info/COPYING.txt",)


@pytest.mark.parametrize(
    ("source", "vcs_url", "download_url"),
    [
        (
            {"url": "https://u:p@example.org/r", "vcs_info": {"vcs": "git", "commit_id": "0123"}},
            "git+https://example.org/r@0123",
            "",
        ),
        ({"url": "https://example.org/a.whl", "archive_info": {}}, "", "https://example.org/a.whl"),
        ({"url": "file:///home/me/a", "dir_info": {"editable": True}}, "", ""),
    ],
)
def test_packages_that_came_from_no_index(source: dict[str, object], vcs_url: str, download_url: str) -> None:
    files: dict[str, str | bytes] = {
        "a-1.dist-info/METADATA": "Name: a\nVersion: 1\n",
        "a-1.dist-info/direct_url.json": json.dumps(source),
    }
    component = extract(EXTRACTOR, files).components[0]
    assert (component.vcs_url, component.download_url) == (vcs_url, download_url)


@pytest.mark.parametrize("path", ["demo.egg-info/PKG-INFO", "src/demo.egg-info/PKG-INFO", "PKG-INFO"])
def test_metadata_of_the_project_itself_are_no_component(path: str) -> None:
    files: dict[str, str | bytes] = {path: "Name: demo\nVersion: 3\nLicense: MIT\n", "setup.py": "setup()"}
    found = inventory(python.EXTRACTORS, files)
    assert refs(found) == []
    assert [(p.id, p.name, p.version, p.declared_licenses) for p in found.projects] == [
        ("setup.py", "demo", "3", ("MIT",))
    ]


def test_a_bare_folder_of_metadata_is_read_and_other_files_of_that_name_are_not() -> None:
    assert refs(extract(EXTRACTOR, {"METADATA": "Metadata-Version: 2.1\nName: a\nVersion: 1\n"})) == ["pkg:pypi/a@1"]
    found = extract(EXTRACTOR, {"docs/METADATA": "anything else"})
    assert (found.components, found.issues) == ((), ())


def test_a_missing_version_is_no_reason_to_hide_the_package() -> None:
    assert refs(extract(EXTRACTOR, {"x/a-py3.8.egg-info": "Name: a\n"})) == ["pkg:pypi/a"]


@pytest.mark.parametrize("text", ["", "Version: 1\n", "Name: a b\nVersion: 1\n"])
def test_metadata_without_a_name_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"a-1.dist-info/METADATA": text})


PIECES = st.sampled_from(
    ["Name: a\n", "Version: 1\n", "Requires-Dist: b\n", "License:\n", "  x\n", "License-File: ../x\n", ":", "\n"]
)


@given(st.binary(max_size=200) | st.lists(PIECES | st.text(max_size=6), max_size=10).map("".join).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"s/a-1.dist-info/METADATA": data, "s/b-1.dist-info/METADATA": data, "s/b.egg-info": data})


@given(VALUES | st.dictionaries(st.sampled_from(["url", "vcs_info", "archive_info"]), VALUES))
def test_any_source_gives_an_extraction(value: object) -> None:
    survives(EXTRACTOR, {"a-1.dist-info/METADATA": "Name: a\n", "a-1.dist-info/direct_url.json": json.dumps(value)})
