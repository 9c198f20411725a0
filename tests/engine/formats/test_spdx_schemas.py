# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is written keeps to the published JSON schemas, and our rules agree with them, where those are present."""

import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings

from paddock.engine.formats.document import DocumentFormat, InvalidDocument, Kind
from paddock.engine.formats.spdx2 import reader as spdx2
from paddock.engine.formats.spdx2 import writer as spdx2_writer
from paddock.engine.formats.spdx2.validator import faults as spdx2_faults
from paddock.engine.formats.spdx3 import writer as spdx3_writer
from paddock.engine.formats.spdx3.validator import faults as spdx3_faults
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.result import Tool
from tests.engine.formats.inventories import inventories

SPDX2 = Kind(DocumentFormat.SPDX_JSON, "2.3")
SPDX3 = Kind(DocumentFormat.SPDX3_JSON, "3.0.1")
FACTS: dict[str, Any] = {
    "created": datetime(2026, 1, 2, tzinfo=UTC),
    "serial": "https://example.org/1",
    "tool": Tool("paddock", "1.0"),
}


def member(shared_data: Path, archive: str, name: str) -> bytes:
    """One file of an external suite; skips where it is absent."""
    path = shared_data / "conformance" / f"{archive}.tar.xz"
    if not path.is_file():
        pytest.skip(f"the external suite {archive} is not present in {shared_data}")
    with tarfile.open(path) as tar:
        for item in tar:
            stream = tar.extractfile(item) if item.name.endswith(name) else None
            if stream is not None:
                return stream.read()
    pytest.skip(f"{archive} has no {name}")


@pytest.fixture(scope="module")
def schema_2(request: pytest.FixtureRequest) -> Any:
    data = member(request.getfixturevalue("shared_data"), "spdx-spec-annexes-2.3", "schemas/spdx-schema.json")
    return jsonschema_rs.validator_for(json.loads(data))


@pytest.fixture(scope="module")
def schema_3(request: pytest.FixtureRequest) -> Any:
    data = member(request.getfixturevalue("shared_data"), "spdx-java-stores-resources-v3jsonld", "schema-v3.0.1.json")
    return jsonschema_rs.validator_for(json.loads(data))


ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY
@given(inventory=inventories())
def test_written_2_3_is_valid_by_the_published_schema(schema_2: Any, inventory: Inventory) -> None:
    schema_2.validate(json.loads(spdx2_writer.write_document(inventory, SPDX2, **FACTS)))


@ANY
@given(inventory=inventories())
def test_written_3_0_1_is_valid_by_the_published_schema(schema_3: Any, inventory: Inventory) -> None:
    schema_3.validate(json.loads(spdx3_writer.write_document(inventory, SPDX3, **FACTS)))


@pytest.mark.parametrize(
    "archive", ["spdx-examples", "ntia-conformance-fixtures", "sbomqs-samples", "spdx-java-stores-resources-jackson"]
)
def test_what_the_schemas_refuse_our_rules_refuse(
    archive: str, schema_2: Any, schema_3: Any, shared_data: Path
) -> None:
    path = shared_data / "conformance" / f"{archive}.tar.xz"
    if not path.is_file():
        pytest.skip(f"the external suite {archive} is not present in {shared_data}")
    compared = 0
    with tarfile.open(path) as tar:
        for item in tar:
            stream = tar.extractfile(item) if item.name.endswith(".json") else None
            data = stream.read() if stream else b"[]"
            value = json.loads(data)
            if not isinstance(value, dict):
                continue
            if value.get("spdxVersion") == "SPDX-2.3":
                compared += 1
                assert schema_2.is_valid(value) or spdx2_faults(data, SPDX2), item.name
            elif "3.0.1/spdx-context" in str(value.get("@context")):
                compared += 1
                assert schema_3.is_valid(value) or spdx3_faults(data, SPDX3), item.name
    assert compared


def test_the_specifications_own_example_is_valid(shared_data: Path) -> None:
    data = member(shared_data, "spdx-spec-annexes-2.3", "SPDXJSONExample-v2.2.spdx.json")
    kind = Kind(DocumentFormat.SPDX_JSON, "2.2")
    assert spdx2_faults(data, kind) == ()
    assert len(spdx2.read_document(data, kind).inventory.components) == 3
    with pytest.raises(InvalidDocument):
        spdx2.read_document(data, SPDX2)
