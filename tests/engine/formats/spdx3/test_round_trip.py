# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is written is valid and reads back as the same inventory."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.spdx3.reader import read_document
from paddock.engine.formats.spdx3.validator import faults
from paddock.engine.formats.spdx3.writer import NotWritable, write_document
from paddock.engine.model.component import Component, Hash, Location
from paddock.engine.model.inventory import Inventory, Origin, Project, Usage
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.result import Tool
from tests.engine.formats.inventories import inventories

KINDS = [Kind(DocumentFormat.SPDX3_JSON, "3.0.1")]
TOOL = Tool("paddock", "1.0")
CREATED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SERIAL = "https://example.org/spdx/1"


def written(inventory: Inventory, kind: Kind) -> bytes:
    return write_document(inventory, kind, created=CREATED, serial=SERIAL, tool=TOOL)


@pytest.mark.parametrize("kind", KINDS, ids=str)
@given(inventory=inventories())
def test_what_is_written_reads_back(kind: Kind, inventory: Inventory) -> None:
    data = written(inventory, kind)
    assert faults(data, kind) == ()
    document = read_document(data, kind)
    assert document.inventory == inventory
    assert (document.serial, document.created, document.tools) == (SERIAL, CREATED, ("paddock-1.0",))


@given(inventory=inventories(), serial=st.text(max_size=20))
def test_any_serial_gives_a_valid_namespace(inventory: Inventory, serial: str) -> None:
    kind = KINDS[0]
    data = write_document(inventory, kind, created=CREATED.replace(tzinfo=None), serial=serial, tool=Tool("", ""))
    assert faults(data, kind) == ()
    assert data == write_document(inventory, kind, created=CREATED, serial=serial, tool=Tool("", ""))


def test_other_kinds_are_not_written() -> None:
    for kind in (Kind(DocumentFormat.SPDX3_JSON, "3.0.0"), Kind(DocumentFormat.SPDX_JSON, "2.3")):
        with pytest.raises(NotWritable, match="is not written"):
            written(Inventory(), kind)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_halves_of_characters_from_undecodable_file_names_survive(kind: Kind) -> None:
    odd = "b\udce4r"
    component = Component(
        purl=parse_purl("pkg:npm/a@1"),
        supplier=odd,
        authors=(odd, "\udce4"),
        description=odd,
        declared_licenses=(odd,),
        locations=(Location(odd),),
        hashes=(Hash("sha256", odd),),
        properties=(("cpe", f"cpe:{odd}"),),
    )
    project = Project(id=odd, name="\udce4", origin=Origin.LOCKED, usages=(Usage(component.ref),))
    inventory = Inventory(name=odd, projects=(project,), components=(component,))
    data = written(inventory, kind)
    assert faults(data, kind) == ()
    assert read_document(data, kind).inventory == inventory
