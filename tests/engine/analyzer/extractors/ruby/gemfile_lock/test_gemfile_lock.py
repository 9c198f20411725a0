# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Gemfile.lock: sources, platforms, edges, checksums, groups of the Gemfile."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import ruby
from paddock.engine.analyzer.extractors.ruby.gemfile_lock import EXTRACTOR
from paddock.engine.model.component import Hash, Location
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, folder, inventory, refs, survives, usages

BUNDLE = folder(Path(__file__).parent / "data" / "bundle")
FORKED = "pkg:gem/forked@0.3.0?vcs_url=git%2Bhttps://example.org/forked.git%400123456789abcdef0123456789abcdef01234567"


def test_groups_of_the_gemfile_give_scopes() -> None:
    found = inventory(ruby.EXTRACTORS, BUNDLE)
    used = usages(found, "Gemfile")
    assert {ref: used[f"pkg:gem/{ref}"].scope for ref in ("web@2.0.1", "linter@1.0.4", "reporter@3.0.0")} == {
        "web@2.0.1": Scope.RUNTIME,
        "linter@1.0.4": Scope.TEST,
        "reporter@3.0.0": Scope.TEST,
    }
    assert used["pkg:gem/yarder@0.9.0"].scope is Scope.OPTIONAL
    assert used["pkg:gem/special@1.0.0"].scope is Scope.RUNTIME
    assert (used["pkg:gem/base@1.1.0"].scope, used["pkg:gem/base@1.1.0"].direct) == (Scope.RUNTIME, False)
    assert (used["pkg:gem/web@2.0.1"].direct, used["pkg:gem/web@2.0.1"].requirement) == (True, "~> 2.0")
    assert found.issues == ()


def test_a_gem_of_the_tree_is_a_project_of_its_own() -> None:
    found = inventory(ruby.EXTRACTORS, BUNDLE)
    assert [project.id for project in found.projects] == ["Gemfile", "engine/engine.gemspec"]
    assert found.projects[1].declared_licenses == ("MIT",)
    used = usages(found, "engine/engine.gemspec")
    assert used["pkg:gem/web@2.0.1"].direct is True
    assert used["pkg:gem/base@1.1.0"].scope is Scope.RUNTIME
    assert used["pkg:gem/linter@1.0.4"].scope is Scope.DEV
    assert "pkg:gem/yarder@0.9.0" not in used
    assert usages(found, "Gemfile")["engine/engine.gemspec"].direct is True


def test_repositories_platforms_checksums_and_lines_are_kept() -> None:
    found = extract(EXTRACTOR, BUNDLE, "Gemfile.lock")
    assert FORKED in refs(found)
    native = next(component for component in found.components if "platform" in component.ref)
    assert native.ref == "pkg:gem/native@1.2.3?platform=x86_64-linux"
    assert native.hashes == (Hash("sha256", "ab" * 32),)
    assert native.locations == (Location("Gemfile.lock", 22),)


def test_edges_reach_every_platform_s_gem() -> None:
    found = edges(extract(EXTRACTOR, BUNDLE, "Gemfile.lock"))
    assert ("pkg:gem/web@2.0.1", "pkg:gem/native@1.2.3") in found
    assert ("pkg:gem/web@2.0.1", "pkg:gem/native@1.2.3?platform=x86_64-linux") in found
    assert (FORKED, "pkg:gem/base@1.1.0") in found


def test_without_gemfile_what_is_direct_is_known_and_scopes_are_not() -> None:
    found = extract(EXTRACTOR, {"Gemfile.lock": BUNDLE["Gemfile.lock"]})
    web = usages(found, "Gemfile.lock")["pkg:gem/web@2.0.1"]
    assert (web.direct, web.scope) == (True, Scope.UNKNOWN)
    assert "pkg:gem/engine@0.1.0" in refs(found)


def test_a_gem_that_is_needed_and_not_locked_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"Gemfile.lock": "GEM\n  specs:\n    a (1.0)\n      gone (~> 1)\n\nDEPENDENCIES\n  a\n"})
    assert "gone" in found.issues[0].message


def test_traces_of_a_merge_are_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"Gemfile.lock": "GEM\n<<<<<<< HEAD\n  specs:\n"})
    assert caught.value.line == 2


def test_what_is_no_lock_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"Gemfile.lock": "<html>\n"})


LINES = st.sampled_from(
    (
        *("GEM", "PATH", "GIT", "  remote: .", "  remote: /x", "  specs:", "    a (1-b)", "    / ()", "      a (1)"),
        *("DEPENDENCIES", "  a!", "CHECKSUMS", "  a (1-b) sha256=x,md5", "  revision: 1", "x", ""),
    )
)


@given(st.lists(LINES, max_size=20).map("\n".join), st.binary(max_size=80))
def test_any_lines_give_an_extraction_or_unreadable(text: str, gemfile: bytes) -> None:
    survives(EXTRACTOR, {"Gemfile.lock": text, "Gemfile": gemfile, "a.gemspec": "a"})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Gemfile.lock": data})
