# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""ORT's files as our values."""

import contextlib

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.evaluator.evaluate import evaluate
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.verdict import Outcome
from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.policy.ort import read_ort_curations, read_ort_resolutions, read_ort_yml
from paddock.engine.policy.read import default_policy
from tests.engine.evaluator.worlds import NOON, component, world

ORT_YML = b"""
excludes:
  paths:
    - {pattern: "docs/**", reason: DOCUMENTATION_OF, comment: Texts.}
  scopes:
    - {pattern: "test.*", reason: TEST_DEPENDENCY_OF}
    - {pattern: "odd-name", reason: BUILD_DEPENDENCY_OF}
    - {pattern: "odd-name", reason: RUNTIME_DEPENDENCY_OF}
resolutions:
  issues:
    - {message: "could not .*", reason: CANT_FIX_ISSUE}
  rule_violations:
    - {message: ".*GPL.*", reason: LICENSE_ACQUIRED_EXCEPTION, comment: Bought.}
    - {message: "(?!x)", reason: CANT_FIX_EXCEPTION}
  vulnerabilities:
    - {id: "CVE-.*", reason: INEFFECTIVE_VULNERABILITY}
curations:
  packages:
    - id: "NPM:@scope:name:1.0"
      curations: {concluded_license: MIT, is_modified: true}
  license_findings:
    - {path: "src/*.c", start_lines: "3,7", detected_license: GPL-2.0, concluded_license: NONE, reason: REFERENCE}
license_choices:
  repository_license_choices:
    - {given: MIT OR GPL-2.0-only, choice: MIT}
  package_license_choices:
    - package_id: "Maven:org.example:core:[1.0,2.0)"
      license_choices: [{choice: Apache-2.0}]
snippet_choices: [{a: b}]
"""


def test_what_has_a_counterpart_is_used() -> None:
    found = read_ort_yml(ORT_YML)

    assert found.exclude_of("docs/a.md") is not None
    assert [exclude.scopes for exclude in found.scope_excludes] == [("test",), ("build",)]
    assert [(waiver.rule, waiver.reason, waiver.until) for waiver in found.waivers] == [
        ("*", "LICENSE_ACQUIRED_EXCEPTION", None),
        ("analysis-incomplete", "CANT_FIX_ISSUE", None),
    ]
    (curation,) = found.curations
    assert curation.pattern.matches(parse_purl("pkg:npm/%40scope/name@1.0")) is True
    assert curation.pattern.matches(parse_purl("pkg:npm/%40scope/name@1.1")) is False
    assert (curation.concluded_license, curation.modified) == ("MIT", True)
    (finding,) = found.finding_curations
    assert (finding.start_lines, finding.detected_license, finding.concluded_license) == ((3, 7), "GPL-2.0-only", "")
    package, repository = found.choices
    assert (repository.given, repository.choice) == ("MIT OR GPL-2.0-only", "MIT")
    assert package.pattern is not None
    assert package.pattern.matches(parse_purl("pkg:maven/org.example/core@1.5")) is True
    (resolution,) = found.resolutions
    assert (resolution.vulnerability, resolution.is_regex, resolution.until) == ("CVE-.*", True, None)


def test_what_has_none_is_an_issue() -> None:
    messages = [issue.message for issue in read_ort_yml(ORT_YML).issues]

    assert not any("vulnerabilities" in message for message in messages)
    assert any("snippet_choices" in message for message in messages)
    assert any("'odd-name' stands for no scope" in message for message in messages)
    assert any("(?!x)" in message for message in messages)


def test_curations_of_whole_namespaces_and_ranges() -> None:
    data = b"""
- {id: "Maven:org.example::", curations: {concluded_license: Apache-2.0}}
- {id: "PyPI::name:[1.0,2.0[", curations: {declared_license_mapping: {BSD: BSD-2-Clause}}}
- {id: "PyPI::name", curations: {homepage_url: "https://example.org"}}
- {id: "Unheard:of:it:1", curations: {concluded_license: MIT}}
- {id: "nonsense", curations: {concluded_license: MIT}}
- {id: "PyPI::other", curations: {concluded_license: Nonsense-1}}
"""
    found = read_ort_curations(data, "curations.yml")

    assert len(found.curations) == 2
    assert found.curations[0].pattern.matches(parse_purl("pkg:maven/org.example/any@1")) is True
    assert found.curations[1].pattern.matches(parse_purl("pkg:pypi/name@1.9")) is True
    assert found.curations[1].pattern.matches(parse_purl("pkg:pypi/name@2.0")) is False
    assert [issue.severity for issue in found.issues].count(Severity.WARNING) == 3
    assert [issue.message for issue in found.issues if issue.severity is Severity.HINT] == [
        "homepage_url in package curations (1) has no counterpart here and is not used"
    ]


def test_resolutions_stand_alone_too() -> None:
    found = read_ort_resolutions(b"rule_violations: [{message: 'x', reason: CANT_FIX_EXCEPTION}]", "resolutions.yml")

    assert found.waivers[0].message == "x"


EVERY_SHAPE = b"""
---
analyzer:
  skip_excluded: true
  allow_dynamic_versions: false
  enabled_package_managers: [NPM, Maven]
includes:
  paths:
  - pattern: "product/**"
    reason: "SOURCE_OF"
excludes:
  paths:
  - pattern: "demo/**"
    reason: "EXAMPLE_OF"
    comment: |
      Two lines
      of comment.
  - {pattern: "**/*.spec.ts", reason: TEST_OF, comment: 2024-05-01}
  scopes:
  - {pattern: "test.*", reason: TEST_DEPENDENCY_OF}
  - {pattern: "(dev|require-dev)", reason: DEV_DEPENDENCY_OF}
  - {pattern: "^provided$", reason: PROVIDED_DEPENDENCY_OF}
  - {pattern: ".*", reason: BUILD_DEPENDENCY_OF, comment: Would leave out everything.}
resolutions:
  issues: [{message: "Timeout .*", reason: SCANNER_ISSUE, comment: 17}]
  rule_violations: [{message: ".*LGPL.*", reason: DYNAMIC_LINKAGE_EXCEPTION}]
  vulnerabilities: []
curations:
  packages:
  - id: "Maven:org.example:first:1.0"
    curations:
      comment: Everything that a curation may hold.
      purl: "pkg:maven/org.example/first@1.0"
      cpe: "cpe:2.3:a:example:first:1.0:*:*:*:*:*:*:*"
      authors: [A, B]
      concluded_license: "Apache-2.0 OR MIT"
      declared_license_mapping: {"The licence": "Apache-2.0", "Odd": "Not-An-Id-At-All"}
      description: D
      homepage_url: "https://example.org"
      binary_artifact: {url: "https://example.org/a.jar", hash: {value: "ab", algorithm: "SHA-1"}}
      source_artifact: {url: "https://example.org/a-sources.jar"}
      vcs: {type: Git, url: "https://example.org/a.git", revision: abc, path: a}
      is_metadata_only: false
      is_modified: True
      source_code_origins: [VCS]
      labels: {a: b}
  - {id: "PyPI::second", curations: {concluded_license: NONE}}
  - {id: "Gem::third:.+", curations: {is_modified: no}}
  license_findings:
  - {path: "src/a.c", start_lines: 22, line_count: 1, detected_license: GPL-2.0, reason: CODE, concluded_license: MIT}
  - {path: "src/b.c", start_lines: [3, "7"], reason: INCORRECT, concluded_license: NONE}
package_configurations:
- id: "Maven:org.example:first:1.0"
  source_artifact_url: "https://example.org/a-sources.jar"
license_choices:
  repository_license_choices:
  - {given: "Apache-2.0 OR MIT", choice: MIT}
  - {choice: MIT}
  package_license_choices:
  - package_id: "Gem::third:"
    license_choices: [{given: "Ruby OR MIT", choice: MIT}, {given: "ISC OR MIT", choice: ISC}]
snippet_choices: []
"""


def test_every_documented_shape_is_used_or_named() -> None:
    found = read_ort_yml(EVERY_SHAPE)

    assert [exclude.comment for exclude in found.path_excludes] == ["Two lines\nof comment.", "2024-05-01"]
    assert [exclude.scopes for exclude in found.scope_excludes] == [("test",), ("dev",), ("build",)]
    assert [waiver.comment for waiver in found.waivers] == ["", "17"]
    (first,) = found.curations
    assert (first.concluded_license, first.declared_license_mapping) == (
        "Apache-2.0 OR MIT",
        {"The licence": "Apache-2.0"},
    )
    assert first.modified is True
    assert [(entry.start_lines, entry.concluded_license) for entry in found.finding_curations] == [
        ((22,), "MIT"),
        ((3, 7), ""),
    ]
    assert [(rule.given, rule.choice) for rule in found.choices] == [
        ("Ruby OR MIT", "MIT"),
        ("ISC OR MIT", "ISC"),
        ("Apache-2.0 OR MIT", "MIT"),
    ]
    messages = " | ".join(issue.message for issue in found.issues)
    for name in (
        "analyzer",
        "includes",
        "package_configurations",
        "'.*'",
        "Not-An-Id-At-All",
        "vcs in package curations",
    ):
        assert name in messages, name
    assert "snippet_choices" not in messages  # empty: nothing is lost


def test_a_resolution_of_rule_violations_does_not_lift_files_that_were_not_read() -> None:
    found = read_ort_yml(b"resolutions: {rule_violations: [{message: '.*', reason: CANT_FIX_EXCEPTION}]}")
    unread = Issue(Severity.ERROR, "js/npm", "no JSON", "package-lock.json")

    verdict = evaluate(world([component("pkg:npm/a@1", "MIT")], issues=(unread,)), None, default_policy(), found, NOON)

    assert verdict.outcome is Outcome.UNDECIDED


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3),
    max_leaves=6,
)
_FIELDS = (
    "id",
    "pattern",
    "reason",
    "comment",
    "message",
    "curations",
    "path",
    "start_lines",
    "given",
    "choice",
    "package_id",
    "license_choices",
)
_ENTRY = st.fixed_dictionaries({}, optional=dict.fromkeys(_FIELDS, _JSON))
_PARTS = ("paths", "scopes", "issues", "rule_violations", "packages", "license_findings", "repository_license_choices")
_SECTION = _JSON | st.fixed_dictionaries({}, optional={key: _JSON | st.lists(_ENTRY, max_size=2) for key in _PARTS})
_SECTIONS = ("excludes", "resolutions", "curations", "license_choices", "other")


@given(_JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(_SECTIONS, _SECTION)))
def test_any_structure_gives_a_configuration_or_is_refused(document: object) -> None:
    _survives(msgspec.json.encode(document))


@given(st.binary(max_size=200))
def test_any_bytes_give_a_configuration_or_are_refused(data: bytes) -> None:
    _survives(data)


def _survives(data: bytes) -> None:
    for read in (read_ort_yml, read_ort_resolutions, read_ort_curations):
        with contextlib.suppress(InvalidFile):
            read(data, "ort.yml")
