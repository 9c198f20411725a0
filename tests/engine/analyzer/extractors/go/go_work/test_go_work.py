# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""go.work: members that see each other."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import go
from paddock.engine.analyzer.extractors.go.go_work import EXTRACTOR
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

FILES: dict[str, str | bytes] = {
    "go.work": "go 1.22\nuse (\n\t./app\n\t./lib\n)\nreplace example.org/x => example.org/y v1.1.0\n"
    "replace example.org/z => ./third\n",
    "app/go.mod": "module example.org/app\ngo 1.22\nrequire (\n\texample.org/lib v1.0.0\n\texample.org/x v1.0.0\n"
    "\texample.org/z v1.0.0\n)\nreplace example.org/x => example.org/own v3.0.0\n",
    "lib/go.mod": "module example.org/lib\ngo 1.22\nrequire example.org/d v1.0.0\n",
    "third/go.mod": "module example.org/z\n",
}


def test_members_use_each_other_and_the_workspace_s_replacements() -> None:
    found = inventory(go.EXTRACTORS, FILES)
    app = usages(found, "app/go.mod")
    assert set(app) == {
        "lib/go.mod",
        "third/go.mod",
        "pkg:golang/example.org/y@1.1.0",
        "pkg:golang/stdlib@1.22",
    }
    assert set(usages(found, "lib/go.mod")) == {"pkg:golang/example.org/d@1.0.0", "pkg:golang/stdlib@1.22"}
    assert "pkg:golang/example.org/own@3.0.0" not in refs(found)


def test_a_member_that_is_not_there_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"go.work": "use ./gone\nuse ./bad\n", "bad/go.mod": "<html>"})
    assert len(found.issues) == 2
    assert "./gone" in found.issues[0].message


@given(
    st.lists(st.sampled_from(["use", "./a", "..", "/", "(", ")", "\n", "replace", "=>", "v1.0.0", "a/b"])).map(" ".join)
)
def test_any_statements_give_an_extraction_or_unreadable(text: str) -> None:
    survives(EXTRACTOR, {"go.work": text, "a/go.mod": "module a/b\nrequire a/b v1.0.0\n"})
