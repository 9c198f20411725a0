# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""renv.lock: packages, sources, edges, DESCRIPTION."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.r.renv_lock import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables

LOCK = json.dumps(
    {
        "R": {"Version": "4.3.1"},
        "Packages": {
            "morning": {
                "Package": "morning",
                "Version": "0.1.0",
                "Source": "GitHub",
                "RemoteType": "github",
                "RemoteHost": "api.example.org",
                "RemoteUsername": "dawn",
                "RemoteRepo": "morning",
                "RemoteSha": "0123abc",
                "Requirements": ["R", "mime", "utils"],
            },
            "mime": {"Package": "mime", "Version": "0.12", "Source": "Repository", "Hash": "00", "License": "GPL"},
            "xml2": {"Package": "xml2", "Version": "1.3.4", "Imports": ["mime (>= 0.7)"], "Source": "Bioconductor"},
        },
    }
)
DESCRIPTION = """Package: demo
Version: 0.2
License: MIT + file LICENSE
Imports:
    morning,
    mime (>= 0.9)
Suggests: xml2
"""


def test_packages_and_edges() -> None:
    found = extract(EXTRACTOR, {"renv.lock": LOCK})
    assert [component.purl.name for component in found.components] == ["mime", "morning", "xml2"]
    morning = found.components[1]
    assert morning.vcs_url == "git+https://example.org/dawn/morning@0123abc"
    assert edges(found) == {(morning.ref, "pkg:cran/mime@0.12"), ("pkg:cran/xml2@1.3.4", "pkg:cran/mime@0.12")}
    assert found.components[0].declared_licenses == ("GPL",)
    assert found.components[0].hashes == ()  # renv's hash is over the DESCRIPTION file
    assert {usage.direct for usage in usages(found, "renv.lock").values()} == {None}
    assert found.issues == ()


def test_description_says_what_is_direct() -> None:
    found = extract(EXTRACTOR, {"renv.lock": LOCK, "DESCRIPTION": DESCRIPTION})
    project = found.projects[0]
    assert (project.id, project.name, project.origin) == ("DESCRIPTION", "demo", Origin.LOCKED)
    assert project.declared_licenses == ("MIT + file LICENSE",)
    used = usages(found, "DESCRIPTION")
    mime = used["pkg:cran/mime@0.12"]
    assert (mime.scope, mime.direct, mime.requirement) == (Scope.RUNTIME, True, ">= 0.9")
    assert used["pkg:cran/xml2@1.3.4"].scope is Scope.OPTIONAL


def test_impossible_names_are_told() -> None:
    found = extract(EXTRACTOR, {"renv.lock": '{"Packages": {"a b": {"Version": "1"}}}'})
    assert (refs(found), len(found.issues)) == ([], 1)


@pytest.mark.parametrize("text", ["[]", "", "<"])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"renv.lock": text})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"renv.lock": data})
    survives(EXTRACTOR, {"renv.lock": LOCK, "DESCRIPTION": data})


PACKAGE = tables(
    "Package",
    "Version",
    "Source",
    "RemoteType",
    "RemoteHost",
    "RemoteUrl",
    "Requirements",
    "Imports",
    "License",
    "Title",
)


@given(st.dictionaries(st.sampled_from(["a", "b", ""]), PACKAGE | VALUES, max_size=3) | VALUES)
def test_any_values_give_an_extraction(packages: object) -> None:
    survives(EXTRACTOR, {"renv.lock": json.dumps({"Packages": packages})})
