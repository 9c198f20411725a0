# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""build.gradle: only to say that a lock file is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.java.gradle_build import EXTRACTOR
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import extract, survives

SCRIPT = 'plugins { id("java") }\ndependencies {\n  implementation("org.net:http:2.0")\n}\n'


def test_a_build_with_dependencies_and_no_lock_file_is_one_issue_and_no_guess() -> None:
    found = extract(EXTRACTOR, {"app/build.gradle.kts": SCRIPT})
    assert (found.components, found.projects) == ((), ())
    (issue,) = found.issues
    assert (issue.severity, issue.path) == (Severity.ERROR, "app/build.gradle.kts")
    assert "without a lock file" in issue.message


def test_a_script_that_only_brings_plug_ins_lacks_nothing_that_is_delivered() -> None:
    plug_ins = 'buildscript {\n repositories { google() }\n dependencies { classpath "org.net:tool:7.3.0" }\n}\n'
    (issue,) = extract(EXTRACTOR, {"build.gradle": f"{plug_ins}apply plugin: 'x'\nandroid {{ }}\n"}).issues
    assert issue.severity is Severity.WARNING
    assert "plug-ins" in issue.message
    for script in (plug_ins + SCRIPT, plug_ins.rstrip("}\n")):
        (issue,) = extract(EXTRACTOR, {"build.gradle": script}).issues
        assert issue.severity is Severity.ERROR


@pytest.mark.parametrize("lock", ["gradle.lockfile", "gradle/dependency-locks/compileClasspath.lockfile"])
def test_with_a_lock_file_there_is_nothing_to_say(lock: str) -> None:
    assert extract(EXTRACTOR, {"app/build.gradle": SCRIPT, f"app/{lock}": ""}).issues == ()


def test_the_lock_of_another_project_or_of_the_build_script_does_not_count() -> None:
    files: dict[str, str | bytes] = {
        "app/build.gradle": SCRIPT,
        "gradle.lockfile": "",
        "app/buildscript-gradle.lockfile": "",
    }
    assert len(extract(EXTRACTOR, files).issues) == 1


@pytest.mark.parametrize(
    "script", ["", "plugins { }", "// dependencies {\n/* dependencies { } */", "/* dependencies {"]
)
def test_a_build_without_dependencies_is_not_worth_a_word(script: str) -> None:
    assert extract(EXTRACTOR, {"build.gradle": script}).issues == ()


@given(st.binary(max_size=300))
def test_any_bytes_give_an_extraction(data: bytes) -> None:
    assert survives(EXTRACTOR, {"build.gradle": data}) is not None
