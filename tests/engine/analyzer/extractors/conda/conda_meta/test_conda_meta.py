# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conda-meta: installed packages, what was asked for, edges."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import conda
from paddock.engine.analyzer.extractors.conda.conda_meta import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables

NUMPY = {
    "name": "numpy",
    "version": "1.26.4",
    "build": "py311_0",
    "subdir": "linux-64",
    "channel": "https://example.org/pkgs/main/linux-64",
    "url": "https://example.org/pkgs/main/linux-64/numpy-1.26.4-py311_0.conda",
    "license": "BSD-3-Clause",
    "md5": "AB" * 16,
    "sha256": "cd" * 32,
    "depends": ["libblas >=3,<4.0a0", "python", "__glibc >=2.17"],
    "requested_spec": "numpy",
}
BLAS = {"name": "libblas", "version": "3.9", "build_string": "0", "requested_spec": "None"}
FILES: dict[str, str | bytes] = {
    "env/conda-meta/numpy-1.26.4-py311_0.json": json.dumps(NUMPY),
    "env/conda-meta/libblas-3.9-0.json": json.dumps(BLAS),
}
NUMPY_REF = "pkg:conda/numpy@1.26.4?build=py311_0&channel=main&subdir=linux-64&type=conda"
BLAS_REF = "pkg:conda/libblas@3.9?build=0"


def test_an_environment_is_one_project() -> None:
    found = inventory(conda.EXTRACTORS, FILES)
    assert [(project.id, project.origin) for project in found.projects] == [("env/conda-meta", Origin.INSTALLED)]
    assert edges(found) == {(NUMPY_REF, BLAS_REF)}
    used = usages(found, "env/conda-meta")
    assert (used[NUMPY_REF].direct, used[BLAS_REF].direct) == (True, False)
    numpy = next(component for component in found.components if component.ref == NUMPY_REF)
    assert numpy.declared_licenses == ("BSD-3-Clause",)
    assert numpy.hashes == (Hash("md5", "ab" * 16), Hash("sha256", "cd" * 32))
    assert found.issues == ()


@pytest.mark.parametrize(("specs", "direct"), [(["numpy"], True), ([], False)])
def test_newer_versions_tell_what_was_not_asked_for(specs: list[str], direct: bool) -> None:
    record = {**BLAS, "requested_specs": specs}
    found = extract(EXTRACTOR, {"conda-meta/libblas.json": json.dumps(record)})
    assert usages(found, "conda-meta")[BLAS_REF].direct is direct


@pytest.mark.parametrize("text", ["{}", "[]", '{"name": "a"}', '{"version": "1"}', "x"])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"conda-meta/a.json": text})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"conda-meta/a.json": data})


RECORD = tables("build", "channel", "subdir", "url", "license", "md5", "depends", "requested_spec", "requested_specs")


@given(RECORD, VALUES)
def test_any_values_give_an_extraction(record: dict[str, object], other: object) -> None:
    files: dict[str, str | bytes] = {
        "conda-meta/a.json": json.dumps({"name": "a", "version": "1", "depends": ["b"], **record}),
        "conda-meta/b.json": json.dumps(other),
    }
    survives(EXTRACTOR, files)
