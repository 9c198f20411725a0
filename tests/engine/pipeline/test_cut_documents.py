# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Files that end too early, or lose or change a few bytes: told, or read as far as they go.

Never is more read than was there.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.analyze import analyze
from paddock.engine.bootstrap import EXTRACTORS
from paddock.engine.downloader.tree import MemoryTree
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory
from tests.engine.pipeline.trees import dangling
from tests.engine.pipeline.valid_documents import DOCUMENTS

FIXTURES = Path(__file__).parents[1] / "analyzer" / "extractors"


def inventory(files: dict[str, bytes]) -> Inventory:
    """The inventory of a tree in memory, which must always be sound."""
    found = analyze(MemoryTree(files).files(), EXTRACTORS)
    assert dangling(found) == []
    assert [issue for issue in found.issues if "not understood (" in issue.message] == []
    return found


def _named(component: Component, text: str) -> bool:
    """Whether the name stands in the text; Go's own library is known from the language's version alone."""
    name = component.purl.name.lower().rpartition("@")[2]
    return name in text or name == "stdlib"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_whole_document_names_its_package(path: str) -> None:
    found = inventory({path: DOCUMENTS[path].encode()})
    assert "lib" in {component.purl.name.lower() for component in found.components}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_cut_anywhere(path: str) -> None:
    whole = DOCUMENTS[path].encode()
    for end in sorted({1, *range(0, len(whole), max(1, len(whole) // 40))}):
        found = inventory({path: whole[:end]})
        text = whole[:end].decode().lower()
        assert [component for component in found.components if not _named(component, text)] == []
        assert {issue.path for issue in found.issues} <= {path}


@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if path.endswith((".json", ".xml", ".csproj", "composer.lock"))]
)
def test_structures_that_nobody_closes_are_told(path: str) -> None:
    whole = DOCUMENTS[path].encode()
    for end in range(len(whole) // 4, len(whole) - 1, max(1, len(whole) // 10)):
        found = inventory({path: whole[:end]})
        assert [issue.path for issue in found.issues] == [path], end
        assert found.components == ()


@given(st.data())
def test_changed_bytes(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(DOCUMENTS)))
    whole = bytearray(DOCUMENTS[path].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=3))
    inventory({path: bytes(whole)})


FOLDERS = sorted({found.parent for found in FIXTURES.rglob("*") if found.is_file() and "data" in found.parts})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(FIXTURES)))
def test_fixtures_of_extractors_cut_anywhere(folder: Path) -> None:
    whole = {found.name: found.read_bytes() for found in folder.iterdir() if found.is_file()}
    for name, content in whole.items():
        for end in range(0, len(content), max(1, len(content) // 12)):
            inventory({**whole, name: content[:end]})
