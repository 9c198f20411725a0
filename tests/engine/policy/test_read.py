# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading policies."""

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.policy.categories import categories_of
from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.policy.ort import read_ort_yml
from paddock.engine.policy.read import default_policy, read_policy
from paddock.engine.policy.types import Distribution, Linkage, Policy
from paddock.engine.spdx.expression import Term
from paddock.engine.spdx.parse import parse

SMALL = """
name: Ours
distribution: hosted
licenses:
  base: licensedb
  unlisted: nobody-knows
  categories:
    - name: banned
      description: Never.
      licenses: [gpl-3.0, MIT WITH AdditionRef-x]
    - name: notice
      licenses: [MIT, GPL-3.0-only]
preferences: [MIT, banned]
assumptions:
  linkage: {cargo: static, "*": dynamic}
  modified: {npm: no}
rules:
  - id: banned
    when: category == "banned"
    message: "{name} is under {license}"
  - id: no-license
    when: '!(scope in ["test"])'
    severity: warning
"""


def read(text: str) -> Policy:
    return read_policy(text.encode(), "policy.yml")


def faults(text: str) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        read(text)
    return [str(fault) for fault in caught.value.faults]


def test_every_part_is_read() -> None:
    policy = read(SMALL)

    assert (policy.name, policy.distribution, policy.preferences) == ("Ours", Distribution.HOSTED, ("MIT", "banned"))
    assert policy.assumptions.linkage == {"cargo": Linkage.STATIC, "*": Linkage.DYNAMIC}
    assert policy.assumptions.modified == {"npm": False}
    assert policy.classification.licenses["GPL-3.0-only"] == ("banned", "notice")
    banned, no_license = policy.rules
    assert (banned.kind, banned.severity) == (ReasonKind.VIOLATION, Severity.ERROR)
    assert (no_license.kind, no_license.severity) == (ReasonKind.QUESTION, Severity.WARNING)
    assert no_license.message, "a built-in rule keeps the texts that the policy does not change"


def test_the_version_is_the_content_not_the_layout() -> None:
    policy = read(SMALL)

    assert read(SMALL.replace("name: Ours", "# why\nname:   'Ours'")).sha256 == policy.sha256
    assert read(SMALL.replace("severity: warning", "severity: hint")).sha256 != policy.sha256
    assert read(SMALL.replace("[MIT, GPL-3.0-only]", "[MIT]")).sha256 != policy.sha256
    assert len(policy.sha256) == 64


SAME = """
# The same in other clothes.
rules:
- {when: 'category == "banned"', message: "{name} is under {license}", id: banned, severity: error, kind: violation}
- id: "no-license"
  severity: "warning"
  about: components
  when: >-
    !(scope in
    ["test"])
assumptions: {modified: {npm: false}, linkage: {"*": dynamic, cargo: "static"}}
preferences:
- mit
- &b banned
licenses:
  categories:
  - {licenses: [MIT WITH AdditionRef-x, GPL-3.0-only], description: Never., name: *b}
  - {name: notice, licenses: [GPL-3.0, MIT]}
  unlisted: nobody-knows
  base: licensedb
distribution: hosted
name: |
  Ours
"""


def test_another_layout_is_the_same_version() -> None:
    assert read(SAME).sha256 == read(SMALL).sha256


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Ours", "name: Theirs"),
        ("distribution: hosted", "distribution: app"),
        ("distribution: hosted\n", ""),
        ("base: licensedb", "base: none"),
        ("unlisted: nobody-knows", "unlisted: other"),
        ("  unlisted: nobody-knows\n", ""),
        ("description: Never.", "description: Ever."),
        ("[MIT, GPL-3.0-only]", "[MIT, GPL-3.0-or-later]"),
        ("[MIT, banned]", "[banned, MIT]"),
        ("cargo: static", "cargo: dynamic"),
        ("npm: no", "npm: yes"),
        ('category == "banned"', 'category != "banned"'),
        ("{name} is under {license}", "{name} is {license}"),
        ("severity: warning", "severity: hint"),
        ("severity: warning", "kind: violation"),
        ("severity: warning", "about: [projects]"),
        ("severity: warning", "waivable_by: team"),
        ("id: banned", "id: forbidden"),
    ],
)
def test_a_change_of_meaning_is_another_version(old: str, new: str) -> None:
    assert old in SMALL
    assert read(SMALL.replace(old, new)).sha256 != read(SMALL).sha256


def test_the_order_of_rules_and_what_is_included_belong_to_the_version() -> None:
    first, second = "- {id: a, when: modified, message: x}", "- {id: b, when: modified, message: x}"
    assert read(f"name: x\nrules:\n{first}\n{second}").sha256 != read(f"name: x\nrules:\n{second}\n{first}").sha256
    policy = b"name: x\nlicenses: {classifications: c.yml}\nrules: []"
    one, two = (f"categories: [{{name: {name}}}]\ncategorizations: []".encode() for name in ("one", "two"))
    versions = {read_policy(policy, "p.yml", load=lambda _, data=data: data).sha256 for data in (one, two)}
    assert len(versions) == 2


def _doubling(start: str, line: str) -> str:
    return "\n".join([f"a0: &a0 {start}", *(f"a{n}: &a{n} {line.format(n - 1)}" for n in range(1, 40))])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_doubling("[x]", "[*a{0}, *a{0}]"), "500,000 values"),
        (_doubling("{{x: y}}", "{{<<: [*a{0}, *a{0}]}}"), "500,000 values"),
        ("rules: &a [*a]", "contains itself"),
        ("licenses: {categories: [&c {name: a, licenses: [" + "MIT, " * 5_000 + "]}" + ", *c" * 5_000 + "]}", "values"),
        ("rules: " + "[" * 100, "nested deeper"),
    ],
)
def test_a_short_file_that_stands_for_an_endless_one_is_refused(text: str, message: str) -> None:
    assert any(message in fault for fault in faults(text.replace("{{", "{").replace("}}", "}")))
    with pytest.raises(InvalidFile, match=message):
        read_ort_yml(text.replace("{{", "{").replace("}}", "}").encode())


def test_numbers_and_dates_of_any_length_are_texts() -> None:
    data = ("excludes: {paths: [{pattern: a, reason: 1" + ":59" * 100_000 + ", comment: 2026-01-01}]}").encode()

    (exclude,) = read_ort_yml(data).path_excludes

    assert (len(exclude.reason), exclude.comment) == (300_001, "2026-01-01")


def test_all_faults_are_found_at_once_with_line_and_advice() -> None:
    text = """name: x
rulez: []
rules:
  - id: A b
    when: categry == "x"
    massage: hi
  - id: ok
    when: |
      category == "x" &&
      lisense == ""
    message: "{foo} {name:>9}"
    severity: fatal
    kind: questio
  - 3
  - {id: ok, when: "true", message: a}
  - {id: analysis-incomplete, when: "true", message: "a {"}
licenses: {base: foo, categories: [{name: x, licenses: [MIT, Foo]}]}
preferences: [nothing]
distribution: [app]
"""

    found = faults(text)

    expected = [
        "policy.yml:2: rulez: unknown key 'rulez'; did you mean 'rules'?",
        "policy.yml:4: rules[0].id: 'A b' is no rule id",
        "policy.yml:5: rules[0].when: column 1 of the condition: no fact is called 'categry'",
        "policy.yml:6: rules[0].massage: unknown key 'massage'; did you mean 'message'?",
        "policy.yml:10: rules[1].when: line 2, column 1 of the condition: no fact is called 'lisense'",
        "policy.yml:11: rules[1].message: in braces stands only the name of a fact",
        "policy.yml:11: rules[1].message: no fact is called 'foo'",
        "policy.yml:12: rules[1].severity: 'fatal' is not one of error, warning, hint",
        "policy.yml:13: rules[1].kind: 'questio' is not one of violation, question; did you mean 'question'?",
        "policy.yml:14: rules[2]: must be a mapping",
        "policy.yml:15: rules[3]: the rule id 'ok' stands twice",
        "policy.yml:16: rules[4].id: the id 'analysis-incomplete' is taken",
        "policy.yml:16: rules[4].message: a brace does not pair",
        "policy.yml:17: licenses.base: 'foo' is not one of licensedb, none",
        "policy.yml:17: licenses.categories[0].licenses[1]: 'Foo' is not a licence expression",
        "policy.yml:18: preferences[0]: 'nothing' is neither a category of this policy nor a licence id",
        "policy.yml:19: distribution: must be a text",
    ]
    for line in expected:
        assert any(fault.startswith(line) for fault in found), line


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"[" * 100_000, "nested deeper|nesting depth"),
        (b"a: *b", "undefined alias"),
        (b"\xff\xfe", "UTF-8"),
        (b"a: 1\n---\nb: 2", "another document"),
        (b"just text", "must be a mapping"),
        (b"name: a\nname: b\nrules: []", "stands twice"),
    ],
)
def test_what_is_no_policy_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InvalidFile, match=message):
        read_policy(data, "policy.yml")


def test_ort_classifications_are_read_from_beside_the_policy() -> None:
    ort = b"""
categories: [{name: permissive}, {name: notice, description: Name it.}]
categorizations:
  - {id: MIT, categories: [permissive, notice]}
  - {id: Some-New-License, categories: [permissive]}
"""
    text = b"""
name: x
licenses:
  classifications: ort/license-classifications.yml
  categories: [{name: ours, licenses: [ISC]}]
rules: []
"""

    policy = read_policy(text, "p.yml", load=lambda path: {"ort/license-classifications.yml": ort}[path])

    assert policy.classification.licenses == {
        "MIT": ("permissive", "notice"),
        "Some-New-License": ("permissive",),
        "ISC": ("ours",),
    }
    with pytest.raises(InvalidFile, match=r"p.yml:4: licenses.classifications: .* cannot be read"):
        read_policy(text, "p.yml", load=lambda path: {}[path])
    with pytest.raises(InvalidFile, match="cannot include"):
        read_policy(text, "p.yml")
    broken = ort.replace(b"[permissive]}", b"[permisive]}")
    with pytest.raises(InvalidFile, match=r"license-classifications.yml:5: .*'permisive' is not among"):
        read_policy(text, "p.yml", load=lambda _: broken)


@pytest.mark.parametrize(
    ("license", "category"),
    [
        ("MIT", "permissive"),
        ("Unlicense", "public-domain"),
        ("LGPL-2.1-or-later", "weak-copyleft"),
        ("GPL-2.0-only", "strong-copyleft"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "weak-copyleft"),
        ("Apache-2.0 WITH LLVM-exception", "permissive"),
        ("MPL-1.1+", "weak-copyleft"),
        ("AGPL-3.0-or-later", "network-copyleft"),
        ("EUPL-1.2", "network-copyleft"),
        ("BUSL-1.1", "source-available"),
        ("LicenseRef-scancode-proprietary-license", "commercial"),
        ("LicenseRef-ours", "unlisted"),
        # LicenseDB says otherwise; see additions.yml
        ("CECILL-2.1", "strong-copyleft"),
        ("CECILL-C", "weak-copyleft"),
        ("JSON", "restricted"),
        ("HPND-export-US", "permissive"),
        ("SISSL", "weak-copyleft"),
        # exceptions
        ("GPL-2.0-only WITH Universal-FOSS-exception-1.0", "strong-copyleft"),
        ("GPL-3.0-or-later WITH GStreamer-exception-2008", "strong-copyleft"),
        ("AGPL-3.0-only WITH LicenseRef-scancode-civicrm-exception-to-agpl-3.0", "network-copyleft"),
        ("AGPL-3.0-only WITH romic-exception", "weak-copyleft"),
        ("CC-BY-SA-4.0 WITH GNOME-examples-exception", "weak-copyleft"),
        ("Apache-2.0 WITH LicenseRef-scancode-commons-clause", "source-available"),
        ("GPL-2.0-only WITH LicenseRef-scancode-commons-clause", "source-available"),
        ("MIT WITH AdditionRef-unheard-of", "unlisted"),
        ("AGPL-3.0-only WITH AdditionRef-unheard-of", "unlisted"),
    ],
)
def test_the_default_policy_puts_licences_into_categories(license: str, category: str) -> None:
    term = parse(license)
    assert isinstance(term, Term)
    assert categories_of(term, default_policy().classification)[0] == category


def test_without_a_base_the_licence_alone_decides_unless_the_exception_restricts() -> None:
    classification = read(SMALL.replace("  base: licensedb\n  unlisted: nobody-knows\n", "")).classification

    assert categories_of(Term("MIT", "AdditionRef-x"), classification) == ("banned",)
    assert categories_of(Term("GPL-3.0-only", "Bison-exception-2.2"), classification) == ("banned", "notice")
    assert categories_of(Term("MIT", "LicenseRef-scancode-commons-clause"), classification) == ()
    assert categories_of(Term("MIT", "AdditionRef-y"), classification) == ()


def test_a_category_that_is_not_known_is_empty() -> None:
    policy = read("name: x\nrules: []")

    assert categories_of(Term("MIT"), policy.classification) == ()


def test_the_default_policy_names_only_categories_that_exist() -> None:
    policy = default_policy()
    names = {category.name for category in policy.classification.categories}

    assert set(policy.preferences) - names == {"Apache-2.0"}
    assert {rule.id for rule in policy.rules} >= {"no-license", "unmapped-license", "strong-copyleft-distributed"}
    for rule in policy.rules:
        assert rule.message
        assert rule.why
        assert rule.how_to_fix


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3),
    max_leaves=6,
)
_KEYS = ("name", "description", "distribution", "licenses", "preferences", "assumptions", "rules")
_INNER = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("id", "when", "message", "about", "base", "categories", "linkage", "modified"), _JSON)
)


@given(st.fixed_dictionaries({}, optional={key: _JSON | _INNER | st.lists(_INNER, max_size=2) for key in _KEYS}))
def test_any_structure_is_a_policy_or_refused(document: dict[str, object]) -> None:
    with contextlib.suppress(InvalidFile):
        read_policy(msgspec.json.encode(document), "p.yml")
