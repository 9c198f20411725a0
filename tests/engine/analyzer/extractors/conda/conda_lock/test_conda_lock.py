# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conda-lock.yml: managers, platforms, edges, what the environment files say."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import conda
from paddock.engine.analyzer.extractors.conda.conda_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables

LOCK = (
    """
version: 1
metadata:
  platforms: [linux-64, osx-64]
  sources: [environment.yml]
package:
  - name: numpy
    version: 1.26.4
    manager: conda
    platform: linux-64
    dependencies: {libblas: '>=3', __glibc: '>=2.17'}
    url: https://example.org/main/linux-64/numpy-1.26.4-py311_0.conda
    hash: {md5: MD5, sha256: SHA_A}
    category: main
    optional: false
  - name: numpy
    version: 1.26.4
    manager: conda
    platform: osx-64
    dependencies: {}
    url: https://example.org/main/osx-64/numpy-1.26.4-py311_1.tar.bz2
    hash: {}
    category: main
  - name: libblas
    version: '3.9'
    manager: conda
    platform: linux-64
    dependencies: {}
    url: https://example.org/main/linux-64/libblas-3.9-0.conda
    hash: {}
    category: main
  - name: requests
    version: 2.31.0
    manager: pip
    platform: linux-64
    dependencies: {numpy: '>=1'}
    url: https://example.org/requests-2.31.0-py3-none-any.whl
    hash: {sha256: SHA_B}
    category: dev
  - name: '!'
    version: '1'
    manager: conda
""".replace("MD5", "ab" * 16)
    .replace("SHA_A", "cd" * 32)
    .replace("SHA_B", "ef" * 32)
)
ENVIRONMENT = "dependencies: [numpy>=1, pip: [Requests==2.31.0]]\n"
NUMPY = "pkg:conda/numpy@1.26.4?build=py311_0&channel=main&subdir=linux-64&type=conda"
BLAS = "pkg:conda/libblas@3.9?build=0&channel=main&subdir=linux-64&type=conda"


def test_packages_of_all_platforms_with_edges_on_their_own() -> None:
    found = inventory(conda.EXTRACTORS, {"conda-lock.yml": LOCK, "environment.yml": ENVIRONMENT})
    assert refs(found) == [
        BLAS,
        NUMPY,
        "pkg:conda/numpy@1.26.4?build=py311_1&channel=main&subdir=osx-64&type=tar.bz2",
        "pkg:pypi/requests@2.31.0",
    ]
    assert edges(found) == {(NUMPY, BLAS), ("pkg:pypi/requests@2.31.0", NUMPY)}
    used = usages(found, "conda-lock.yml")
    assert (used[NUMPY].direct, used[NUMPY].requirement, used[NUMPY].scope) == (True, ">=1", Scope.RUNTIME)
    assert (used[BLAS].direct, used["pkg:pypi/requests@2.31.0"].scope) == (False, Scope.DEV)
    assert [(project.id, project.origin) for project in found.projects] == [("conda-lock.yml", Origin.LOCKED)]
    assert "'!'" in found.issues[0].message


def test_hashes_and_urls() -> None:
    found = {component.ref: component for component in extract(EXTRACTOR, {"conda-lock.yml": LOCK}).components}
    assert found[NUMPY].hashes == (Hash("md5", "ab" * 16), Hash("sha256", "cd" * 32))
    assert found["pkg:pypi/requests@2.31.0"].hashes == (Hash("sha256", "ef" * 32),)
    assert found[NUMPY].download_url.endswith("numpy-1.26.4-py311_0.conda")


def test_without_the_environment_file_direct_is_not_told() -> None:
    assert usages(extract(EXTRACTOR, {"conda-lock.yml": LOCK}), "conda-lock.yml")[NUMPY].direct is None


@pytest.mark.parametrize("text", ["[]", "a: [", "text"])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"conda-lock.yml": text})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"conda-lock.yml": data})


PACKAGE = tables(
    "name", "version", "manager", "platform", "dependencies", "url", "hash", "category", "categories", "optional"
)
NAMED = PACKAGE.map(lambda package: {**package, "name": "a"})
PIP = NAMED.map(lambda package: {**package, "manager": "pip"})


@given(st.lists(NAMED | PIP | PACKAGE | VALUES, max_size=4) | VALUES, VALUES, VALUES)
def test_any_values_give_an_extraction(packages: object, metadata: object, dependencies: object) -> None:
    document = {"package": packages, "metadata": {"sources": ["environment.yml"]} if packages else metadata}
    survives(
        EXTRACTOR,
        {"conda-lock.yml": json.dumps(document), "environment.yml": json.dumps({"dependencies": dependencies})},
    )
