# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Paddock's own result file: round trip, published schema, errors that name the place."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.document import InvalidDocument
from paddock.engine.formats.result import looks_like_result, read_result, result_schema, write_result
from tests.engine.results import result

PUBLISHED = Path(__file__).parents[3] / "docs" / "schema" / "result-1.schema.json"


@pytest.mark.parametrize("evaluated", [True, False])
def test_what_is_written_reads_back_and_is_the_same_bytes_again(evaluated: bool) -> None:
    before = result(evaluated=evaluated)
    data = write_result(before)
    assert read_result(data) == before
    assert write_result(read_result(data)) == data
    assert looks_like_result(data)


def test_the_published_schema_is_the_one_of_the_types_and_results_keep_it() -> None:
    assert PUBLISHED.read_bytes() == result_schema(), "run: paddock report --schema > docs/schema/result-1.schema.json"
    jsonschema_rs.validate(json.loads(result_schema()), json.loads(write_result(result())))


def test_a_wrong_value_is_refused_with_its_place() -> None:
    value = json.loads(write_result(result()))
    value["result"]["inventory"]["components"][1]["purl"] = "not a purl"
    with pytest.raises(InvalidDocument) as caught:
        read_result(json.dumps(value).encode())
    assert caught.value.faults[0].place == "$.result.inventory.components[1].purl"


def test_another_version_says_what_this_program_reads() -> None:
    value = json.loads(write_result(result())) | {"version": 99}
    with pytest.raises(InvalidDocument, match="version 99; this program reads 'paddock-result' version 1"):
        read_result(json.dumps(value).encode())


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_refused_politely(data: bytes) -> None:
    with pytest.raises(InvalidDocument):
        read_result(data)
