# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Saved output of mvn dependency:tree in its four forms."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import java
from paddock.engine.analyzer.extractors.java.dependency_tree import EXTRACTOR
from paddock.engine.model.inventory import Scope
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages

TEXT = """\
org.example:app:jar:1.0
+- org.net:http:jar:2.0:compile
|  \\- org.log:log:jar:3.0:compile
+- org.db:driver:jar:linux:4.0:runtime (optional)
\\- org.checks:checks:jar:5.0:test
"""
DOT = """\
digraph "org.example:app:jar:1.0" {
\t"org.example:app:jar:1.0" -> "org.net:http:jar:2.0:compile" ;
\t"org.example:app:jar:1.0" -> "org.db:driver:jar:linux:4.0:runtime (optional)" ;
\t"org.example:app:jar:1.0" -> "org.checks:checks:jar:5.0:test" ;
\t"org.net:http:jar:2.0:compile" -> "org.log:log:jar:3.0:compile" ;
 }
"""
TGF = """\
-1 org.example:app:jar:1.0
22 org.net:http:jar:2.0:compile
33 org.log:log:jar:3.0:compile
44 org.db:driver:jar:linux:4.0:runtime (optional)
55 org.checks:checks:jar:5.0:test
#
-1 22 compile
22 33 compile
-1 44 runtime
-1 55 test
"""


def node(coordinates: str, scope: str = "", *children: object, classifier: str = "", optional: str = "false") -> object:
    group, artifact, version = coordinates.split(":")
    return {
        "groupId": group,
        "artifactId": artifact,
        "version": version,
        "type": "jar",
        "scope": scope,
        "classifier": classifier,
        "optional": optional,
        "children": list(children),
    }


JSON = json.dumps(
    node(
        "org.example:app:1.0",
        "",
        node("org.net:http:2.0", "compile", node("org.log:log:3.0", "compile")),
        node("org.db:driver:4.0", "runtime", classifier="linux", optional="true"),
        node("org.checks:checks:5.0", "test"),
    )
)
INFO = "[INFO] Scanning for projects...\n[INFO] --- dependency:3.6.0:tree (default-cli) @ app ---\n" + "".join(
    f"[INFO] {line}\n" for line in TEXT.splitlines()
)
EXTENDED = TEXT.replace("+- ", "├─ ").replace("\\- ", "└─ ").replace("|  ", "│  ")
WHITESPACE = TEXT.replace("+- ", "   ").replace("\\- ", "   ").replace("|  ", "   ")


@pytest.mark.parametrize("text", [TEXT, DOT, TGF, JSON, INFO, EXTENDED, WHITESPACE])
def test_every_form_tells_the_same(text: str) -> None:
    found = extract(EXTRACTOR, {"dependency-tree.txt": text})
    project = found.projects[0]
    assert (project.id, project.name, project.version) == ("dependency-tree.txt", "org.example:app", "1.0")
    assert {ref: (usage.scope, usage.direct) for ref, usage in usages(found, project.id).items()} == {
        "pkg:maven/org.net/http@2.0": (Scope.RUNTIME, True),
        "pkg:maven/org.log/log@3.0": (Scope.RUNTIME, False),
        "pkg:maven/org.db/driver@4.0?classifier=linux": (Scope.OPTIONAL, True),
        "pkg:maven/org.checks/checks@5.0": (Scope.TEST, True),
    }
    assert edges(found) == {("pkg:maven/org.net/http@2.0", "pkg:maven/org.log/log@3.0")}
    assert found.issues == ()


def test_lines_are_told() -> None:
    found = extract(EXTRACTOR, {"dependency-tree.txt": TEXT})
    assert [(part.purl.name, part.locations[0].line) for part in found.components] == [
        ("checks", 5),
        ("driver", 4),
        ("log", 3),
        ("http", 2),
    ]


def test_omitted_nodes_give_edges_to_what_was_kept() -> None:
    text = (
        "org.example:app:jar:1\n"
        "+- a:a:jar:1:compile\n"
        "|  \\- (c:c:jar:1:compile - omitted for conflict with 2)\n"
        "+- b:b:jar:1:compile\n"
        "|  \\- (c:c:jar:2:compile - omitted for duplicate)\n"
        "\\- c:c:jar:2:compile\n"
    )
    found = extract(EXTRACTOR, {"dependency-tree.txt": text})
    assert edges(found) == {
        ("pkg:maven/a/a@1", "pkg:maven/c/c@2"),
        ("pkg:maven/b/b@1", "pkg:maven/c/c@2"),
    }
    assert "pkg:maven/c/c@1" not in refs(found)
    assert usages(found, "dependency-tree.txt")["pkg:maven/c/c@2"].direct is True


def pom(artifact: str, more: str = "") -> str:
    return (
        f"<project><groupId>org.example</groupId><artifactId>{artifact}</artifactId><version>1</version>"
        f"<licenses><license><name>MIT</name></license></licenses>{more}</project>"
    )


PLUGIN = (
    "<build><plugins><plugin><groupId>p</groupId><artifactId>q</artifactId><version>1</version></plugin></plugins>"
    "</build>"
)
NEED = "<dependencies><dependency><groupId>a</groupId><artifactId>a</artifactId></dependency></dependencies>"


def test_the_tree_stands_for_the_pom_beside_it() -> None:
    files: dict[str, str | bytes] = {
        "pom.xml": pom("app", NEED + PLUGIN),
        "dependency-tree.txt": "org.example:app:jar:1\n\\- a:a:jar:7:compile\n",
    }
    found = inventory(java.EXTRACTORS, files)
    assert [project.id for project in found.projects] == ["pom.xml"]
    assert found.projects[0].declared_licenses == ("MIT",)
    assert {ref: usage.scope for ref, usage in usages(found, "pom.xml").items()} == {
        "pkg:maven/a/a@7": Scope.RUNTIME,
        "pkg:maven/p/q@1": Scope.BUILD,
    }
    assert found.issues == ()


def test_modules_that_need_each_other_are_projects() -> None:
    files: dict[str, str | bytes] = {
        "pom.xml": pom("all", "<modules><module>lib</module><module>app</module></modules>"),
        "lib/pom.xml": pom("lib", NEED),
        "app/pom.xml": pom("app"),
        "dependency-tree.txt": "org.example:all:pom:1\n"
        "org.example:lib:jar:1\n\\- a:a:jar:7:compile\n"
        "org.example:app:jar:1\n\\- org.example:lib:jar:1:compile\n   \\- a:a:jar:7:compile\n",
    }
    found = inventory(java.EXTRACTORS, files)
    assert refs(found) == ["pkg:maven/a/a@7"]
    app = usages(found, "app/pom.xml")
    assert app["lib/pom.xml"].direct is True
    assert app["pkg:maven/a/a@7"].direct is False
    assert found.issues == ()


def test_modules_without_a_tree_keep_their_poms() -> None:
    files: dict[str, str | bytes] = {
        "pom.xml": pom("all", "<modules><module>lib</module></modules>"),
        "lib/pom.xml": pom("lib", NEED),
        "dependency-tree.txt": "org.example:all:pom:1\n",
    }
    found = inventory(java.EXTRACTORS, files)
    assert refs(found) == ["pkg:maven/a/a"]
    assert any("1 module without a tree here" in issue.message for issue in found.issues)


def test_several_trees_without_poms_are_several_projects() -> None:
    found = extract(EXTRACTOR, {"mvn-tree.txt": "g:one:jar:1\n\\- a:a:jar:1:test\ng:two:jar:1\n"})
    assert [project.id for project in found.projects] == ["mvn-tree.txt#g:one", "mvn-tree.txt#g:two"]


def test_a_file_that_only_looks_like_a_tree_is_a_hint() -> None:
    found = extract(EXTRACTOR, {"dependency-tree.json": '{"name": "web", "modules": []}'})
    assert (found.components, found.projects) == ((), ())
    assert [issue.severity for issue in found.issues] == [Severity.HINT]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"dependency-tree.txt": data})


@given(
    st.lists(st.sampled_from([*TEXT.splitlines(), *TGF.splitlines(), *DOT.splitlines(), "|  |  |  a:b:c:d:e", "1 2"]))
)
def test_any_lines_in_any_order_give_an_extraction(lines: list[str]) -> None:
    assert survives(EXTRACTOR, {"dependency-tree.txt": "\n".join(lines)}) is not None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["groupId", "artifactId", "version", "type", "scope", "optional", "children"]),
            inner,
            max_size=7,
        )
    ),
    max_leaves=20,
)


@given(VALUES, VALUES)
def test_any_values_anywhere_give_an_extraction(first: object, second: object) -> None:
    document = {"groupId": "g", "artifactId": "a", "version": "1", "type": first, "children": [first, second]}
    survives(EXTRACTOR, {"dependency-tree.json": json.dumps(document)})
    survives(EXTRACTOR, {"dependency-tree.json": json.dumps({"artifactId": second, "children": first})})
