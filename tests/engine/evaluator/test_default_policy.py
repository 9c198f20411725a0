# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the policy that ships with Paddock says to everyday situations, however the product is distributed.

Each row gives, for a product that stays internal, is hosted, is an application that is handed out, and is embedded in a
device, the outcome ("ok", "no", "ask") and the rules whose reasons are open. An outcome "ok" with rules means warnings
or hints.
"""

import re

import msgspec
import pytest

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Scope
from paddock.engine.model.licensing import ScanFindings
from paddock.engine.model.verdict import Outcome, Verdict
from paddock.engine.policy.licensing import combine_sources, project_license
from paddock.engine.policy.read import default_policy
from paddock.engine.policy.types import BUILT_IN, Distribution
from paddock.engine.spdx.names import map_statements
from tests.engine.evaluator.worlds import component, judge, project, world

A = "pkg:npm/a@1.0"
_SIGNS = {Outcome.COMPLIANT: "ok", Outcome.NOT_COMPLIANT: "no", Outcome.UNDECIDED: "ask"}
STRONG, NETWORK, INSTALL = "strong-copyleft-distributed", "network-copyleft", "installation-information"
CLOSED, TOOL, NEW, FOUND = "not-open-source", "not-open-source-tool", "unknown-license", "undeclared-copyleft"
RELINK, CHANGED, SILENT, UNREAD = "lgpl-static", "weak-copyleft-modified", "no-license", "unmapped-license"

Expected = tuple[str, str, str, str]
OK: Expected = ("ok", "ok", "ok", "ok")


def always(cell: str) -> Expected:
    return (cell, cell, cell, cell)


def handed_out(cell: str) -> Expected:
    return ("ok", "ok", cell, cell)


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One component in one project, or (scope None) in none."""

    licenses: tuple[str, ...] = ()
    purl: str = A
    scope: Scope | None = Scope.RUNTIME
    direct: bool | None = True
    modified: bool | None = None
    concluded: str = ""
    detected: str = ""

    def component(self) -> Component:
        return component(self.purl, *self.licenses, concluded=self.concluded, modified=self.modified)

    def scan(self) -> ScanFindings | None:
        if not self.detected:
            return None
        found = map_statements(self.licenses)
        fact = combine_sources(self.component().ref, found.expression, found.unmapped, self.detected, "")
        return ScanFindings(components=(fact,))

    def inventory(self) -> Inventory:
        if self.scope is None:
            return Inventory(components=(self.component(),))
        return world([self.component()], [project("app", (self.component().ref, self.scope, self.direct))])


def of(*licenses: str, **fields: object) -> Case:
    return Case(licenses=licenses, **fields)  # type: ignore[arg-type]  # the rows below are checked by running them


def cell(verdict: Verdict) -> str:
    return " ".join([_SIGNS[verdict.outcome], *sorted({reason.rule for reason in verdict.open_reasons})])


GPL, LGPL, CPP = "GPL-2.0-only", "LGPL-2.1-only", "pkg:conan/a@1.0"
CLASSPATH = "GPL-2.0-only WITH Classpath-exception-2.0"
CARGO, GO, MAVEN, PYPI = "pkg:cargo/a@1.0", "pkg:golang/example.org/a@v1.0", "pkg:maven/g/a@1.0", "pkg:pypi/a@1.0"

SITUATIONS: dict[str, tuple[Case, Expected]] = {
    # permissive and public domain
    "permissive": (of("MIT"), OK),
    "permissive, scope not told": (of("Apache-2.0", scope=Scope.UNKNOWN, direct=None), OK),
    "public domain dedications": (of("Unlicense AND CC0-1.0 AND WTFPL AND 0BSD"), OK),
    "a vague public domain claim": (of("Public Domain"), OK),
    "export notice in a BSD-like licence": (of("HPND-export-US"), OK),
    # strong copyleft
    "GPL at run time, direct": (of(GPL), handed_out(f"no {STRONG}")),
    "GPL at run time, transitive": (of(GPL, direct=False), handed_out(f"no {STRONG}")),
    "GPL, direct or not is not told": (of(GPL, direct=None), handed_out(f"no {STRONG}")),
    "GPL for development": (of(GPL, scope=Scope.DEV), OK),
    "GPL for tests": (of(GPL, scope=Scope.TEST), OK),
    "GPL for building is worth a look": (of(GPL, scope=Scope.BUILD), handed_out("ok strong-copyleft-build")),
    "GPL, optional: somebody may choose it": (of(GPL, scope=Scope.OPTIONAL), handed_out(f"no {STRONG}")),
    "GPL, scope not told": (of(GPL, scope=Scope.UNKNOWN), handed_out(f"ask {STRONG}")),
    "GPL in a component no project uses": (of(GPL, scope=None), handed_out(f"ask {STRONG}")),
    "GPL or later, deprecated id": (of("GPL-2.0+"), handed_out(f"no {STRONG}")),
    "GPL without a version": (of("GPL"), handed_out(f"no {STRONG}")),
    "GPL 3 in a device": (of("GPL-3.0-or-later"), ("ok", "ok", f"no {STRONG}", f"no {INSTALL} {STRONG}")),
    "CeCILL 2.1 is as strong as the GPL": (of("CECILL-2.1"), handed_out(f"no {STRONG}")),
    "Sleepycat": (of("Sleepycat"), handed_out(f"no {STRONG}")),
    # exceptions
    "GPL with Classpath exception": (of(CLASSPATH), OK),
    "GPL 3 with GCC runtime exception in a device": (
        of("GPL-3.0-or-later WITH GCC-exception-3.1", purl=CPP, modified=False),
        OK,
    ),
    "an exception for free software only frees no product of ours": (
        of("GPL-2.0-only WITH Universal-FOSS-exception-1.0"),
        handed_out(f"no {STRONG}"),
    ),
    "an exception for OpenSSL only": (
        of("GPL-2.0-or-later WITH openvpn-openssl-exception"),
        handed_out(f"no {STRONG}"),
    ),
    "a promise about termination": (of("GPL-2.0-only WITH GPL-CC-1.0"), handed_out(f"no {STRONG}")),
    "an exception nobody knows": (of("GPL-2.0-only WITH AdditionRef-ours"), always(f"ask {NEW}")),
    "a permissive licence with an addition nobody knows": (of("MIT WITH AdditionRef-ours"), always(f"ask {NEW}")),
    "Apache with LLVM exception": (of("Apache-2.0 WITH LLVM-exception"), OK),
    # network copyleft
    "AGPL": (of("AGPL-3.0-only"), ("ok", f"no {NETWORK}", f"no {NETWORK}", f"no {INSTALL} {NETWORK}")),
    "AGPL for development": (of("AGPL-3.0-only", scope=Scope.DEV), OK),
    "EUPL": (of("EUPL-1.2"), ("ok", *(f"no {NETWORK}",) * 3)),
    "OSL": (of("OSL-3.0"), ("ok", *(f"no {NETWORK}",) * 3)),
    "RPL binds internal use too": (of("RPL-1.5"), always("no deployment-copyleft")),
    # terms that are not open source
    "SSPL": (of("SSPL-1.0"), always(f"no {CLOSED}")),
    "BUSL": (of("BUSL-1.1"), always(f"no {CLOSED}")),
    "Elastic": (of("Elastic-2.0"), always(f"no {CLOSED}")),
    "Commons Clause beside the licence": (
        of("Apache-2.0 AND LicenseRef-scancode-commons-clause"),
        always(f"no {CLOSED}"),
    ),
    "Commons Clause as an addition": (of("Apache-2.0 WITH LicenseRef-scancode-commons-clause"), always(f"no {CLOSED}")),
    "not for commerce": (of("CC-BY-NC-4.0"), always(f"no {CLOSED}")),
    "no derivatives": (of("CC-BY-ND-4.0"), always(f"no {CLOSED}")),
    "for good, not evil": (of("JSON"), always(f"no {CLOSED}")),
    "npm's UNLICENSED": (of("UNLICENSED"), always(f"no {CLOSED}")),
    "proprietary": (of("LicenseRef-scancode-proprietary-license"), always(f"no {CLOSED}")),
    "source-available, scope not told": (of("BUSL-1.1", scope=Scope.UNKNOWN), always(f"ask {CLOSED}")),
    # A tool is not handed out, and many such terms permit its use: somebody has to read them, nothing is broken yet.
    "source-available tool": (of("BUSL-1.1", scope=Scope.DEV), always(f"ask {TOOL}")),
    "proprietary tool": (of("UNLICENSED", scope=Scope.BUILD), always(f"ask {TOOL}")),
    "Sun's industry standards licence is approved as open source": (of("SISSL"), OK),
    # weak copyleft
    "LGPL, loaded at run time (npm)": (of(LGPL), OK),
    "LGPL, loaded at run time (PyPI)": (of(LGPL, purl=PYPI), OK),
    "LGPL, loaded at run time (Maven)": (of(LGPL, purl=MAVEN), OK),
    "LGPL, linked in (Cargo)": (of(LGPL, purl=CARGO), handed_out(f"ask {RELINK}")),
    "LGPL, linked in (Go)": (of(LGPL, purl=GO), handed_out(f"ask {RELINK}")),
    "LGPL, linked in, for tests": (of(LGPL, purl=GO, scope=Scope.TEST), OK),
    "LGPL in C++: neither linkage nor changes are told": (of(LGPL, purl=CPP), handed_out(f"ask {RELINK} {CHANGED}")),
    "LGPL, changed": (of(LGPL, modified=True), handed_out(f"ok {CHANGED}")),
    "LGPL 3 in a device": (of("LGPL-3.0-or-later"), ("ok", "ok", "ok", f"ask {INSTALL}")),
    "LGPL with an exception for linking, linked in": (
        of("LGPL-3.0-only WITH LGPL-3.0-linking-exception", purl=CARGO),
        OK,
    ),
    "LGPL with an exception for headers, linked in": (
        of("LGPL-2.1-only WITH Qt-LGPL-exception-1.1", purl=CARGO),
        handed_out(f"ask {RELINK}"),
    ),
    "MPL": (of("MPL-2.0"), OK),
    "MPL, linked in": (of("MPL-2.0", purl=GO), OK),
    "MPL, changed": (of("MPL-2.0", modified=True), handed_out(f"ok {CHANGED}")),
    "MPL in C++, changes not told": (of("MPL-2.0", purl=CPP), handed_out(f"ok {CHANGED}")),
    "EPL": (of("EPL-2.0", purl=MAVEN), OK),
    "CDDL or GPL with Classpath exception": (of(f"CDDL-1.1 OR {CLASSPATH}", purl=MAVEN), OK),
    "LaTeX's licence": (of("LPPL-1.3c"), OK),
    # data and content
    "share-alike content": (of("CC-BY-SA-4.0"), OK),
    "share-alike data": (of("ODbL-1.0"), OK),
    "attribution": (of("CC-BY-4.0"), OK),
    # alternatives
    "a choice with a way out": (of("MIT OR GPL-2.0-only"), OK),
    "a choice among two that break rules": (of("GPL-2.0-only OR SSPL-1.0"), handed_out(f"no {STRONG}")),
    "both apply": (of("MIT AND GPL-2.0-only"), handed_out(f"no {STRONG}")),
    "a choice within what applies": (of("(MIT OR GPL-2.0-only) AND LGPL-2.1-or-later"), OK),
    "what applies within a choice": (of("(MIT AND GPL-2.0-only) OR (Apache-2.0 AND MPL-2.0)"), OK),
    "no way around": (of("(MIT OR Apache-2.0) AND (GPL-2.0-only OR GPL-3.0-only)"), handed_out(f"no {STRONG}")),
    "an unknown alternative does not matter": (of("LicenseRef-ours OR MIT"), OK),
    "Perl's own terms": (of("perl_5", purl="pkg:cpan/A/a@1.0"), OK),
    "several licences of a POM are alternatives": (of("GPL-2.0", "MIT", purl=MAVEN), OK),
    "several licences of a Python package all apply": (of("GPL-2.0", "MIT", purl=PYPI), handed_out(f"no {STRONG}")),
    # what cannot be told
    "no licence": (of(), always(f"ask {SILENT}")),
    "no licence for development": (of(scope=Scope.DEV), always(f"ask {SILENT}")),
    "no licence and no project": (of(scope=None), always(f"ask {SILENT}")),
    "NOASSERTION": (of("NOASSERTION"), always(f"ask {SILENT}")),
    "NONE": (of("NONE"), always(f"ask {SILENT}")),
    "NOASSERTION concluded, MIT declared": (of("MIT", concluded="NOASSERTION"), OK),
    "a name several licences go by": (of("BSD"), always(f"ask {UNREAD}")),
    "see the file": (of("SEE LICENSE IN terms.txt"), always(f"ask {UNREAD}")),
    "own words": (of("Free for friends"), always(f"ask {UNREAD}")),
    "own words beside a licence": (of("MIT", "Free for friends", purl=PYPI), always(f"ask {UNREAD}")),
    "own words as an alternative": (of("MIT", "Free for friends", purl=MAVEN), OK),
    "a reference nobody has judged": (of("LicenseRef-ours"), always(f"ask {NEW}")),
    "a text for contributors": (of("LicenseRef-scancode-google-cla"), always(f"ask {NEW}")),
    "a patent grant beside a licence": (
        of("BSD-3-Clause AND LicenseRef-scancode-google-patent-license-golang"),
        always("ok patent-terms"),
    ),
    # sources that differ
    "GPL found in files that declare MIT": (
        of("MIT", detected="GPL-3.0-only"),
        (f"ok {FOUND}", f"ok {FOUND}", f"no {STRONG} {FOUND}", f"no {INSTALL} {STRONG} {FOUND}"),
    ),
    "LGPL found in files that declare MIT": (of("MIT", detected=LGPL), always(f"ok {FOUND}")),
    "the same found as declared": (of("MIT", detected="MIT"), OK),
    "another permissive licence found": (of("MIT", detected="BSD-3-Clause"), OK),
    "GPL found where nothing is declared": (of(detected=GPL), handed_out(f"no {STRONG}")),
    "what is found settles a vague statement": (of("BSD", concluded="BSD-3-Clause"), OK),
    "concluded against the declaration": (of(GPL, concluded="MIT"), OK),
    "concluded to be worse": (of("MIT", concluded=GPL), handed_out(f"no {STRONG}")),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situations(situation: str) -> None:
    case, expected = SITUATIONS[situation]

    found = [cell(judge(case.inventory(), config=f"distribution: {how}", scan=case.scan())) for how in Distribution]

    assert found == list(map(_sorted, expected))


def _sorted(cell: str) -> str:
    sign, *rules = cell.split()
    return " ".join([sign, *sorted(rules)])


def test_gpl_3_in_a_device_asks_about_installing_changed_versions() -> None:
    verdict = judge(world([component(A, "LGPL-3.0-only")]), config="distribution: embedded")

    (reason,) = verdict.reasons
    assert reason.cause == "LGPL-3.0-only in a device: can its users install changed versions?"
    assert "tivoisation" in reason.why
    assert judge(world([component(A, "LGPL-2.1-or-later")]), config="distribution: embedded").reasons == ()


def test_a_contradiction_names_both_sides_and_where_the_licence_was_found() -> None:
    case = of("MIT", detected="GPL-3.0-only")

    by_rule = {reason.rule: reason for reason in judge(case.inventory(), scan=case.scan()).reasons}

    assert by_rule[STRONG].license_source == "detected"
    assert "(detected)" in by_rule[STRONG].message
    assert by_rule[FOUND].message == "a 1.0 declares MIT, but GPL-3.0-only was found in its files."


OWN_CODE: dict[str, tuple[tuple[str, ...], str, Expected]] = {
    "own code without a licence": ((), "", OK),
    "own code that is nobody else's business": (("UNLICENSED",), "", OK),
    "own code under the GPL": (("GPL-3.0-only",), "GPL-3.0-only", OK),
    "own code under the GPL, files tagged otherwise": (("GPL-2.0-only",), "GPL-2.0-or-later", OK),
    "GPL files in code under the LGPL": (("LGPL-2.1-only",), GPL, handed_out("ask copyleft-in-own-source")),
    "files under another permissive licence": (("Apache-2.0",), "Apache-2.0 AND MIT", OK),
    # Nothing tells whether the files were written here or copied from elsewhere; both happen.
    "GPL files in closed code": (("UNLICENSED",), GPL, handed_out("ask copyleft-in-own-source")),
    "GPL files where nothing is declared": ((), GPL, handed_out("ask copyleft-in-own-source")),
    "GPL files with a way out": ((), "MIT OR GPL-2.0-only", OK),
    "AGPL files": (("MIT",), "AGPL-3.0-only", ("ok", *("ask copyleft-in-own-source",) * 3)),
}


@pytest.mark.parametrize("situation", OWN_CODE)
def test_own_code(situation: str) -> None:
    declared, detected, expected = OWN_CODE[situation]
    inventory = world([component(A, "MIT")], [project("app", (A, Scope.RUNTIME, True), licenses=declared)])
    scan = ScanFindings(components=(project_license("app", declared, detected),))

    found = [cell(judge(inventory, config=f"distribution: {how}", scan=scan)) for how in Distribution]

    assert found == list(expected)


@pytest.mark.parametrize(
    ("own", "license", "expected"),
    [
        ("GPL-3.0-or-later", "GPL-3.0-only", "ok"),
        ("GPL-3.0-only", "GPL-2.0-or-later", "ok"),
        ("GPL-2.0-or-later", "GPL-2.0-only", "ok"),
        ("GPL-2.0-or-later", "GPL-3.0-or-later", "ok"),  # the whole is then under version 3
        ("AGPL-3.0-or-later", "GPL-3.0-only", "ok"),
        ("AGPL-3.0-only", "AGPL-3.0-or-later", "ok"),
        ("EUPL-1.2", "EUPL-1.2", "ok"),
        ("CECILL-2.1", "CECILL-2.1", "ok"),
        # versions 2 and 3 do not go together, nor does a second licence for those who pay
        ("GPL-2.0-only", "GPL-3.0-only", f"no {STRONG}"),
        ("GPL-3.0-only", "GPL-2.0-only", f"no {STRONG}"),
        ("GPL-3.0-only OR LicenseRef-commercial", "GPL-3.0-only", f"no {STRONG}"),
        ("GPL-3.0-only", "AGPL-3.0-only", f"no {NETWORK}"),
        ("LGPL-3.0-only", "GPL-3.0-only", f"no {STRONG}"),
        ("MIT", "GPL-3.0-only", f"no {STRONG}"),
        ("", "GPL-3.0-only", f"no {STRONG}"),
    ],
)
def test_a_project_under_copyleft_may_contain_what_goes_with_it(own: str, license: str, expected: str) -> None:
    used = project("app", (A, Scope.RUNTIME, True), licenses=(own,) if own else ())

    assert cell(judge(world([component(A, license)], [used]))) == expected


def test_a_file_under_the_gpl_does_not_make_a_project_one_under_the_gpl() -> None:
    inventory = world([component(A, GPL)], [project("app", (A, Scope.RUNTIME, True), licenses=("MIT",))])
    scan = ScanFindings(components=(project_license("app", ("MIT",), GPL),))

    assert judge(inventory, scan=scan).outcome is Outcome.NOT_COMPLIANT


def test_files_that_belong_to_no_project_do_not_pass_unseen() -> None:
    scan = ScanFindings(components=(project_license("", (), GPL),))

    verdict = judge(world([], [project("app")]), scan=scan)

    assert verdict.outcome is Outcome.UNDECIDED
    (reason,) = verdict.reasons
    assert (reason.rule, reason.ref, reason.projects) == ("copyleft-in-own-source", "", ())
    assert reason.message == "Files of this tree are tagged GPL-2.0-only, which the project does not declare."


def test_every_category_of_licences_is_met_by_some_rule_or_passes_on_purpose() -> None:
    passing = {"public-domain", "permissive"}
    conditions = " ".join(rule.when for rule in default_policy().rules)

    for category in default_policy().classification.categories:
        assert f'"{category.name}"' in conditions or category.name in passing, category.name


def texts() -> list[tuple[str, str, str]]:
    rules = {**BUILT_IN, **{rule.id: rule for rule in default_policy().rules}}
    return [
        (rule.id, field, getattr(rule, field))
        for rule in rules.values()
        for field in ("message", "why", "how_to_fix", "cause")
    ]


@pytest.mark.parametrize(("rule", "field", "text"), texts())
def test_texts_are_one_plain_british_sentence(rule: str, field: str, text: str) -> None:
    prose = re.sub(r"\{\w+\}|\w*_\w+|\.paddock\.yml|\.venv", "it", text)

    assert text, "every rule says what, why and how to go on"
    if field == "cause":
        assert len(text) <= 70
        assert not text.endswith(".")
        assert not {"{name}", "{version}", "{purl}", "{project}"} & set(re.findall(r"\{\w+\}", text))
    else:
        assert prose.endswith(".")
        assert prose.count(". ") == 0
        assert len(text) <= 240
    assert not re.search(r"\b(?:license[sd]? (?!the)|color|organization|modified by)\b", prose)


def test_somebody_may_waive_each_rule() -> None:
    assert [rule.id for rule in default_policy().rules if not rule.waivable_by] == []
