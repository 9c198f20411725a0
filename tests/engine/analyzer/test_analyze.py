# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Many files become one inventory: covers, merging, scopes, and one bad file that ends nothing."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.analyze import analyze
from paddock.engine.analyzer.assemble import assemble
from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft, merge_usages
from paddock.engine.analyzer.extractor import Extraction, Extractor
from paddock.engine.analyzer.scopes import borrow_scopes, complete_scopes, targets_by_source
from paddock.engine.downloader.tree import MemoryTree, SourceFile
from paddock.engine.model.component import Component, Hash, Location, merge_components
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import make_purl


def lines(file: SourceFile) -> Extraction:
    """A format for tests: `name` is used directly, `a>b` is an edge, `!x` an issue, `-p` covers p, `?` ends it all."""
    draft = Draft(file, "test/lines")
    project = draft.project(origin=Origin.LOCKED)
    for number, line in enumerate(file.text().split(), 1):
        if line.startswith("?"):
            raise Unreadable("not lines", number)
        if line.startswith("!"):
            draft.issue(line[1:], line=number)
        elif line.startswith("-"):
            draft.cover(line[1:])
        elif ">" in line:
            source, target = (draft.add(make_purl("npm", name, "1")) for name in line.split(">"))
            draft.depend(source, target)
            project.use(target)
        else:
            project.use(draft.add(make_purl("npm", line, "1"), line=number), Scope.RUNTIME, direct=True)
    return draft.finish()


def crash(_file: SourceFile) -> Extraction:
    raise KeyError("oops")


def extractor(extract: Callable[[SourceFile], Extraction], name: str) -> Extractor:
    return Extractor(name=name, title=name, claims=Claims(suffixes=(".lines",)), tells=frozenset(), extract=extract)


def run(files: dict[str, str], *extractors: Extractor) -> Inventory:
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    return analyze(tree.files(), extractors or (extractor(lines, "test/lines"),))


def test_a_component_named_twice_is_one_with_both_places() -> None:
    found = run({"a.lines": "x", "b.lines": "y x"})
    assert [component.ref for component in found.components] == ["pkg:npm/x@1", "pkg:npm/y@1"]
    assert found.components[0].locations == (Location("a.lines", 1), Location("b.lines", 2))
    assert [project.id for project in found.projects] == ["a.lines", "b.lines"]


def test_a_covered_file_is_dropped_with_its_issues() -> None:
    found = run({"lock.lines": "x y -manifest.lines", "manifest.lines": "y !broken"})
    assert [project.id for project in found.projects] == ["lock.lines"]
    assert found.issues == ()


def test_what_a_lock_file_lacks_is_told() -> None:
    found = run({"lock.lines": "x -manifest.lines", "manifest.lines": "y"})
    assert [component.name for component in found.components] == ["x"]
    assert [(issue.path, issue.severity) for issue in found.issues] == [("lock.lines", Severity.WARNING)]
    assert "1 dependency of manifest.lines is not in the lock file: y" in found.issues[0].message


def test_an_emptied_lock_file_does_not_make_dependencies_vanish() -> None:
    found = run({"lock.lines": "-manifest.lines", "manifest.lines": "y !unpinned"})
    assert [component.name for component in found.components] == ["y"]
    assert [issue.message for issue in found.issues] == ["unpinned"]


def test_a_file_cannot_cover_itself() -> None:
    assert len(run({"a.lines": "x -a.lines"}).components) == 1


def test_unreadable_and_crashing_files_are_issues_and_the_rest_is_read() -> None:
    found = run({"a.lines": "x", "b.lines": "y\n?"}, extractor(lines, "test/lines"), extractor(crash, "test/crash"))
    assert [component.name for component in found.components] == ["x"]
    told = {(issue.path, issue.source, issue.line): issue for issue in found.issues}
    assert told["b.lines", "test/lines", 2].message == "not lines"
    assert "KeyError" in told["a.lines", "test/crash", None].message
    assert {issue.severity for issue in found.issues} == {Severity.ERROR}


def test_only_claimed_files_are_opened() -> None:
    found = run({"a.lines": "x", "b.txt": "?"})
    assert (found.files_seen, found.files_read, found.issues) == (2, 1, ())


def test_scopes_flow_along_edges_and_the_weightiest_wins() -> None:
    project = Project(
        id="p",
        origin=Origin.LOCKED,
        usages=(
            Usage("app", Scope.RUNTIME, True),
            Usage("both"),
            Usage("devonly"),
            Usage("island"),
            Usage("tests", Scope.TEST, True),
        ),
    )
    edges = [Edge("app", "both"), Edge("tests", "both"), Edge("tests", "devonly"), Edge("both", "elsewhere")]
    found = {usage.ref: usage for usage in complete_scopes(project, targets_by_source(edges)).usages}
    assert (found["both"].scope, found["both"].direct) == (Scope.RUNTIME, False)
    assert (found["devonly"].scope, found["devonly"].direct) == (Scope.TEST, False)
    assert (found["island"].scope, found["island"].direct) == (Scope.UNKNOWN, None)


def test_what_only_tests_ask_for_but_what_is_delivered_needs_is_delivered() -> None:
    project = Project(
        id="p",
        origin=Origin.LOCKED,
        usages=(
            Usage("app", Scope.RUNTIME, True),
            Usage("checker", Scope.TEST, True),
            Usage("plugin", Scope.OPTIONAL, True),
            Usage("style", Scope.DEV, True),
            Usage("told", Scope.DEV, False),
            Usage("walker", Scope.DEV, True, "^2"),
        ),
    )
    edges = [
        Edge("app", "plugin"),
        Edge("app", "told"),
        Edge("app", "walker"),
        Edge("checker", "style"),
        Edge("plugin", "app"),
    ]
    found = {usage.ref: usage for usage in complete_scopes(project, targets_by_source(edges)).usages}
    assert found["walker"] == Usage("walker", Scope.RUNTIME, True, "^2")
    assert found["plugin"].scope is Scope.RUNTIME
    assert found["app"].scope is Scope.RUNTIME
    assert found["style"].scope is Scope.DEV  # neither is delivered
    assert found["told"].scope is Scope.DEV  # the lock file itself says so


def test_installed_packages_borrow_the_scope_that_a_lock_file_states() -> None:
    locked = Project(id="lock", origin=Origin.LOCKED, usages=(Usage("a", Scope.DEV), Usage("b", Scope.RUNTIME)))
    tests = Project(id="tests", origin=Origin.LOCKED, usages=(Usage("b", Scope.TEST),))
    place = Project(id="venv", origin=Origin.INSTALLED, usages=(Usage("a"), Usage("b"), Usage("stray")))
    found = {usage.ref: usage.scope for usage in borrow_scopes((locked, tests, place))[2].usages}
    assert found == {"a": Scope.DEV, "b": Scope.RUNTIME, "stray": Scope.UNKNOWN}


def test_what_is_installed_in_the_root_of_a_system_is_delivered() -> None:
    jars = Project(id="opt/*.jar", origin=Origin.INSTALLED, usages=(Usage("a"), Usage("b", Scope.BUILD)))
    for place, ref, expected in (
        ("var/lib/dpkg/status", "pkg:deb/debian/c@1", Scope.RUNTIME),
        ("lib/apk/db/installed", "pkg:apk/alpine/c@1", Scope.RUNTIME),
        ("tests/data/var/lib/dpkg/status", "pkg:deb/debian/c@1", Scope.UNKNOWN),
        ("usr/lib/site-packages", "pkg:pypi/c@1", Scope.UNKNOWN),
    ):
        system = Project(id=place, origin=Origin.INSTALLED, usages=(Usage(ref, Scope.RUNTIME),))
        found = {usage.ref: usage.scope for usage in borrow_scopes((system, jars))[1].usages}
        assert found == {"a": expected, "b": Scope.BUILD}


def test_cycles_end() -> None:
    project = Project(id="p", origin=Origin.LOCKED, usages=(Usage("a", Scope.DEV, True), Usage("b")))
    edges = targets_by_source([Edge("a", "b"), Edge("b", "a")])
    assert complete_scopes(project, edges).usages[1].scope is Scope.DEV


def test_edges_between_projects_of_the_same_file_survive() -> None:
    assert {(edge.source, edge.target) for edge in run({"a.lines": "x x>y"}).edges} == {("pkg:npm/x@1", "pkg:npm/y@1")}


scopes = st.sampled_from(list(Scope))
usages = st.builds(Usage, st.just("r"), scopes, st.sampled_from([True, False, None]), st.sampled_from(["", "^1"]))


@given(usages, usages, usages)
def test_merging_usages_does_not_depend_on_order(a: Usage, b: Usage, c: Usage) -> None:
    assert merge_usages(a, b) == merge_usages(b, a)
    assert merge_usages(merge_usages(a, b), c) == merge_usages(a, merge_usages(b, c))
    assert merge_usages(a, a) == a


def test_merging_components_unites_sets_and_keeps_single_facts() -> None:
    purl = make_purl("npm", "x", "1")
    first = Component(purl=purl, declared_licenses=("MIT",), hashes=(Hash("sha1", "aa"),), homepage="h")
    second = Component(purl=purl, declared_licenses=("MIT", "ISC"), hashes=(Hash("sha512", "bb"),), homepage="other")
    merged = merge_components(first, second)
    assert merged.declared_licenses == ("MIT", "ISC")
    assert merged.hashes == (Hash("sha1", "aa"), Hash("sha512", "bb"))
    assert merged.homepage == "h"


@given(st.permutations(["a", "b", "c"]))
def test_the_order_of_files_does_not_matter(order: list[str]) -> None:
    tree = MemoryTree({"a": b"x y", "b": b"y x>z", "c": b"!odd w"})
    pairs = [(path, lines(SourceFile(tree, path, 9))) for path in order]
    assert assemble(pairs) == assemble(sorted(pairs))
