# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""gradle.lockfile and its relatives: modules, scopes from configurations, hashes from the verification metadata."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import java
from paddock.engine.analyzer.extractors.java.gradle_lockfile import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

LOCK = """\
# This is a Gradle generated file for dependency locking.
org.net:http:2.0=compileClasspath,runtimeClasspath,testRuntimeClasspath
org.api:stubs:1.0=compileClasspath
org.gen:gen:1.1=annotationProcessor
org.checks:checks:5.0=testCompileClasspath,testRuntimeClasspath
org.reload:reload:1=developmentOnly
org.own:own:1=deployJar
empty=testAnnotationProcessor
"""


def test_configurations_become_scopes() -> None:
    found = extract(EXTRACTOR, {"gradle.lockfile": LOCK})
    assert {ref: usage.scope for ref, usage in usages(found, "gradle.lockfile").items()} == {
        "pkg:maven/org.net/http@2.0": Scope.RUNTIME,
        "pkg:maven/org.api/stubs@1.0": Scope.BUILD,
        "pkg:maven/org.gen/gen@1.1": Scope.BUILD,
        "pkg:maven/org.checks/checks@5.0": Scope.TEST,
        "pkg:maven/org.reload/reload@1": Scope.DEV,
        "pkg:maven/org.own/own@1": Scope.UNKNOWN,
    }
    assert {part.purl.name: part.locations[0].line for part in found.components}["own"] == 7
    assert found.issues == ()


@pytest.mark.parametrize(
    ("configuration", "scope"),
    [
        ("releaseRuntimeClasspath", Scope.RUNTIME),
        ("debugAndroidTestRuntimeClasspath", Scope.TEST),
        ("integrationTestCompileClasspath", Scope.TEST),
        ("kspKotlinProcessorClasspath", Scope.BUILD),
        ("checkstyle", Scope.BUILD),
        ("latestThings", Scope.UNKNOWN),
        ("attestation", Scope.UNKNOWN),
    ],
)
def test_a_configuration(configuration: str, scope: Scope) -> None:
    found = extract(EXTRACTOR, {"gradle.lockfile": f"a:b:1={configuration}\n"})
    assert usages(found, "gradle.lockfile")["pkg:maven/a/b@1"].scope is scope


def test_a_compile_class_path_alone_does_not_tell_what_is_shipped() -> None:
    found = extract(EXTRACTOR, {"gradle.lockfile": "a:b:1=compileClasspath\n"})
    assert usages(found, "gradle.lockfile")["pkg:maven/a/b@1"].scope is Scope.UNKNOWN


def test_the_project_is_that_of_the_build_script() -> None:
    files: dict[str, str | bytes] = {
        "app/gradle.lockfile": "a:b:1=runtimeClasspath\n",
        "app/buildscript-gradle.lockfile": "p:q:2=classpath\n",
        "app/build.gradle.kts": "dependencies { implementation(libs.b) }",
    }
    found = inventory(java.EXTRACTORS, files)
    (project,) = found.projects
    assert (project.id, project.origin) == ("app/build.gradle.kts", Origin.LOCKED)
    assert {usage.ref: usage.scope for usage in project.usages} == {
        "pkg:maven/a/b@1": Scope.RUNTIME,
        "pkg:maven/p/q@2": Scope.BUILD,
    }
    assert found.issues == ()


def test_one_file_a_configuration() -> None:
    files: dict[str, str | bytes] = {
        "gradle/dependency-locks/runtimeClasspath.lockfile": "a:b:1\n",
        "gradle/dependency-locks/testCompileClasspath.lockfile": "a:b:1\na:c:1\n",
        "build.gradle": "dependencies { }",
    }
    found = inventory(java.EXTRACTORS, files)
    assert {ref: usage.scope for ref, usage in usages(found, "build.gradle").items()} == {
        "pkg:maven/a/b@1": Scope.RUNTIME,
        "pkg:maven/a/c@1": Scope.TEST,
    }


def test_a_lock_file_takes_hashes_from_the_metadata_and_stands_for_catalogue_and_metadata() -> None:
    metadata = (
        "<verification-metadata><components>"
        '<component group="a" name="b" version="1"><artifact name="b-1.jar"><sha256 value="AB"/></artifact></component>'
        '<component group="a" name="old" version="0"/></components></verification-metadata>'
    )
    files: dict[str, str | bytes] = {
        "sub/gradle.lockfile": "a:b:1=runtimeClasspath\n",
        "gradle/verification-metadata.xml": metadata,
        "gradle/libs.versions.toml": '[libraries]\nb = "a:b:0.5"\n',
    }
    found = inventory(java.EXTRACTORS, files)
    assert refs(found) == ["pkg:maven/a/b@1"]
    assert found.components[0].hashes == (Hash("sha256", "ab"),)


def test_a_line_that_is_no_module_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"gradle.lockfile": "a:b:1=x\n<<<<<<< mine\n"})
    assert [(issue.line, refs(found)) for issue in found.issues] == [(2, ["pkg:maven/a/b@1"])]


def test_an_empty_lock_file_locks_nothing() -> None:
    assert refs(extract(EXTRACTOR, {"gradle.lockfile": "empty=\n"})) == []


def test_what_is_no_lock_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"gradle.lockfile": "<html>\n</html>\n"})


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"gradle.lockfile": data})


@given(st.lists(st.text(alphabet="ab:=,#.1 -\t%", max_size=20)))
def test_any_lines_give_an_extraction_or_unreadable(lines: list[str]) -> None:
    survives(EXTRACTOR, {"gradle.lockfile": "a:b:1=c\n" + "\n".join(lines)})
