# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whatever lies in a tree, the whole pipeline gives a result that is sound, can be written, read and reported."""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from paddock.engine.formats.result import read_result, write_result
from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import Outcome
from paddock.engine.reporter.reports import REPORTS
from tests.engine.pipeline.trees import claimed_paths, dangling, look_at, plant
from tests.engine.pipeline.valid_documents import DOCUMENTS

PATHS = sorted({path for names in claimed_paths().values() for path in names} | {"LICENSE", "REUSE.toml", "a.c"})
FOLDERS = st.sampled_from(
    ["", "a/", "a/b/", "node_modules/a/", "packages/a/", "site-packages/a-1.dist-info/", "vendor/"]
)
WORDS = st.sampled_from(
    ["a", "b", "lib", "1.2.3", "^1", "*", "", "a@1.2.3", "g/lib", "g:lib:1.2.3", "../a", ".", "MIT", "@s/a", "a b\n",
     "GPL-3.0-only OR MIT", "node_modules/a", "workspace:*", "file:../b", "git+https://example.org/g/a.git#main"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["name", "version", "dependencies", "devDependencies", "packages", "package", "workspaces", "lockfileVersion", "a",
     "lib", "", "node_modules/a", "a@1.2.3", "requires", "resolved", "link", "license", "licenses", "importers", ".",
     "default", "develop", "components", "bomFormat", "specVersion", "pins", "targets", "libraries", "Packages"]
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 4) | WORDS | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A valid document of some format with a part cut out."""
    whole = DOCUMENTS[draw(st.sampled_from(sorted(DOCUMENTS)))].encode()
    start = draw(st.integers(0, len(whole)))
    return whole[:start] + whole[start + draw(st.integers(0, len(whole) - start)) :]


CONTENTS = (
    VALUES.map(lambda value: json.dumps(value).encode())
    | st.dictionaries(KEYS, VALUES, max_size=5).map(lambda value: json.dumps(value).encode())
    | damaged()
    | st.binary(max_size=40)
)
FILES = st.dictionaries(st.builds(str.__add__, FOLDERS, st.sampled_from(PATHS)), CONTENTS, max_size=4)
SOUND = st.lists(st.tuples(FOLDERS, st.sampled_from(sorted(DOCUMENTS))), max_size=5).map(
    lambda chosen: {folder + name: DOCUMENTS[name].encode() for folder, name in chosen}
)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, bytes]:
    """Files by path: some as they should be, some not; no file where another needs a folder."""
    wanted = {**draw(SOUND), **draw(FILES)}
    folders = {path[: place + 1] for path in wanted for place, letter in enumerate(path) if letter == "/"}
    return {path: content for path, content in wanted.items() if f"{path}/" not in folders}


@given(trees())
def test_any_tree_gives_a_sound_result(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = look_at(plant(Path(folder), files))
    assert dangling(result.inventory) == []
    assert [issue for issue in result.inventory.issues if "not understood (" in issue.message] == []
    assert read_result(write_result(result)) == result
    assert {issue.path for issue in result.inventory.issues if issue.source != "analyzer"} <= {"", *files}
    assert result.verdict is not None
    if any(issue.severity is Severity.ERROR for issue in result.all_issues()):
        assert result.verdict.outcome is not Outcome.COMPLIANT


@given(trees())
@hypothesis_settings(max_examples=15)
def test_any_tree_can_be_reported(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = look_at(plant(Path(folder), files))
    for report in REPORTS.values():
        assert report.render(result)
