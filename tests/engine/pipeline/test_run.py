# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The walk from a path to a verdict: trees, single files, documents, earlier results; and what applies to them."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from paddock.engine.bootstrap import build
from paddock.engine.formats.document import InvalidDocument
from paddock.engine.formats.result import write_result
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Outcome, Verdict
from paddock.engine.pipeline.intake import UnknownInput, take_in
from paddock.engine.pipeline.run import decide, run, scan_licenses, take_inventory
from paddock.engine.reporter.reports import REPORTS
from tests.engine.pipeline.trees import NOON, SOUND, SOUND_REF, look_at, plant, refs

SHOP = json.dumps({"name": "shop", "version": "1.0.0", "license": "MIT", "dependencies": {"left": "^1"}})
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def lock(left: str = "MIT", right: str = "ISC") -> str:
    """A lock file: the shop needs left, left needs right; with their licences."""
    packages = {
        "": {"name": "shop", "version": "1.0.0", "license": "MIT", "dependencies": {"left": "^1"}},
        "node_modules/left": {"version": "1.0.0", "license": left, "dependencies": {"right": "^2"}},
        "node_modules/right": {"version": "2.0.0", "license": right},
    }
    return json.dumps({"name": "shop", "lockfileVersion": 3, "packages": packages})


def shop(root: Path, *, left: str = "MIT", right: str = "ISC") -> Path:
    return plant(root, {"web/package.json": SHOP, "web/package-lock.json": lock(left, right)})


def verdict_of(result: Result) -> Verdict:
    assert result.verdict is not None
    return result.verdict


def effective(result: Result) -> dict[str, str]:
    """The effective licence by ref."""
    assert result.scan is not None
    return {fact.ref: fact.effective for fact in result.scan.components}


def test_a_tree_becomes_a_verdict(tmp_path: Path) -> None:
    result = look_at(shop(tmp_path, right="GPL-3.0-only"))
    verdict = verdict_of(result)
    assert refs(result) == ["pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"]
    assert (result.subject.kind, result.subject.name, result.created) == ("tree", tmp_path.name, NOON)
    assert verdict.outcome is Outcome.NOT_COMPLIANT
    [reason] = [reason for reason in verdict.open_reasons if reason.kind == "violation"]
    assert (reason.ref, reason.license) == ("pkg:npm/right@2.0.0", "GPL-3.0-only")
    assert reason.paths == (("web/package.json", "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"),)
    assert result.policy is not None
    assert len(result.policy.sha256) == 64
    assert dict(result.data)


def test_permissive_licences_are_compliant(tmp_path: Path) -> None:
    assert verdict_of(look_at(shop(tmp_path))).outcome is Outcome.COMPLIANT


def test_an_empty_folder_is_undecided(tmp_path: Path) -> None:
    assert verdict_of(look_at(tmp_path)).outcome is Outcome.UNDECIDED


def test_a_single_lock_file_is_read_with_its_neighbours_and_nothing_else(tmp_path: Path) -> None:
    plant(shop(tmp_path), {"web/Cargo.lock": SOUND["sound/Cargo.lock"]})
    result = look_at(tmp_path / "web" / "package-lock.json")
    assert refs(result) == ["pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"]
    assert [(project.id, project.name) for project in result.inventory.projects] == [("package.json", "shop")]
    assert result.subject.name == "package-lock.json"


def test_what_is_no_input_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownInput, match="does not exist"):
        look_at(tmp_path / "nothing")
    (tmp_path / "huge").touch()
    os.truncate(tmp_path / "huge", 10**12)
    with pytest.raises(UnknownInput, match="are not read"):
        look_at(tmp_path / "huge")
    (tmp_path / "cut.json").write_text('{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [')
    with pytest.raises(InvalidDocument):
        look_at(tmp_path / "cut.json")


@pytest.mark.parametrize("report", ["cyclonedx", "cyclonedx-xml", "spdx", "spdx-tag-value", "spdx3"])
def test_a_bill_of_materials_keeps_its_licences_and_gets_the_same_verdict(tmp_path: Path, report: str) -> None:
    before = look_at(shop(tmp_path / "tree", right="GPL-3.0-only"))
    (tmp_path / "bom").write_bytes(REPORTS[report].render(before))
    after = look_at(tmp_path / "bom")
    assert after.subject.kind == "document"
    assert after.subject.document_format.startswith("CycloneDX" if "cyclonedx" in report else "SPDX")
    assert {ref: text for ref, text in effective(after).items() if ref.startswith("pkg:")} == {
        "pkg:npm/left@1.0.0": "MIT",
        "pkg:npm/right@2.0.0": "GPL-3.0-only",
    }
    assert verdict_of(after).outcome is Outcome.NOT_COMPLIANT
    assert {reason.ref for reason in verdict_of(after).open_reasons} >= {"pkg:npm/right@2.0.0"}


def test_an_earlier_result_is_decided_anew_by_the_policy_in_force(tmp_path: Path) -> None:
    before = look_at(shop(tmp_path / "tree", right="GPL-3.0-only"))
    (tmp_path / "earlier.json").write_bytes(write_result(before))
    lenient = (
        plant(tmp_path, {"lenient.yml": "name: lenient\nlicenses: {base: licensedb}\nrules: []\n"}) / "lenient.yml"
    )
    after = run(tmp_path / "earlier.json", build(tmp_path, policy=lenient), now=LATER)
    assert (after.inventory, after.scan, after.created) == (before.inventory, before.scan, NOON)
    assert verdict_of(after).outcome is Outcome.COMPLIANT
    assert after.policy is not None
    assert after.policy.name == "lenient"


@pytest.mark.parametrize("right", ["ISC", "GPL-3.0-only", "", "see file"])
def test_analyze_here_and_evaluate_there_is_scan(tmp_path: Path, right: str) -> None:
    """Where nothing is detected in files, both ways say the same."""
    root = shop(tmp_path / "tree", right=right)
    settings = build(root)
    analyzed = take_inventory(take_in(root, settings.configuration), settings, now=NOON)
    assert (analyzed.scan, analyzed.verdict) == (None, None)
    (tmp_path / "inventory.json").write_bytes(write_result(analyzed))
    evaluated = run(tmp_path / "inventory.json", build(tmp_path / "inventory.json"), now=LATER)
    scanned = run(root, settings, now=NOON)
    assert evaluated.verdict == scanned.verdict
    assert evaluated.inventory == scanned.inventory
    assert effective(evaluated) == effective(scanned)


def test_the_stages_one_by_one_are_the_run(tmp_path: Path) -> None:
    settings = build(shop(tmp_path))
    intake = take_in(tmp_path, settings.configuration)
    result = take_inventory(intake, settings, now=NOON)
    result = decide(scan_licenses(intake, result, settings), settings, now=NOON)
    assert result == run(tmp_path, settings, now=NOON)


def test_the_order_in_which_a_file_system_lists_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(
        shop(tmp_path), {**SOUND, "web/node_modules/left/package.json": '{"name": "left", "version": "1.0.0"}'}
    )
    plant(root, {"b/requirements.txt": "flask==1.0\n", "a/requirements.txt": "flask==1.0\n", "a/x.c": "// (c)\n"})
    forward = write_result(look_at(root))
    scandir, listdir = os.scandir, os.listdir

    class Backwards:
        """The same entries, last first."""

        def __init__(self, path: str) -> None:
            with scandir(path) as entries:
                self._entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> Iterator[os.DirEntry[str]]:
            return iter(self._entries)

        def __exit__(self, *_error: object) -> None:
            pass

        def close(self) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Backwards)
    monkeypatch.setattr(os, "listdir", lambda path: sorted(listdir(path), reverse=True))
    assert write_result(look_at(root)) == forward
    monkeypatch.undo()
    assert write_result(look_at(root)) == forward


def test_excluded_paths_are_not_read_and_are_listed(tmp_path: Path) -> None:
    plant(shop(tmp_path), {"docs/Cargo.lock": SOUND["sound/Cargo.lock"], "docs/package-lock.json": "{"})
    assert SOUND_REF in refs(look_at(tmp_path))
    text = 'excludes:\n  paths:\n    - {pattern: "docs/**", reason: DOCUMENTATION_OF, comment: not shipped}\n'
    result = look_at(plant(tmp_path, {".paddock.yml": text}))
    assert refs(result) == ["pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"]
    assert result.inventory.issues == ()
    [exclusion] = result.exclusions
    assert (exclusion.pattern, exclusion.reason, exclusion.comment) == ("docs/**", "DOCUMENTATION_OF", "not shipped")
    assert exclusion.files > 0
    assert verdict_of(result).outcome is Outcome.COMPLIANT


def test_ort_excludes_count_too(tmp_path: Path) -> None:
    plant(shop(tmp_path), {"docs/Cargo.lock": SOUND["sound/Cargo.lock"]})
    plant(tmp_path, {".ort.yml": 'excludes:\n  paths:\n    - {pattern: "docs/**", reason: DOCUMENTATION_OF}\n'})
    result = look_at(tmp_path)
    assert SOUND_REF not in refs(result)
    assert [exclusion.pattern for exclusion in result.exclusions] == ["docs/**"]


WAIVER = """
waivers:
  - rule: "*"
    purl: pkg:npm/right@2.0.0
    reason: LICENSE_ACQUIRED_EXCEPTION
    comment: bought
    approved_by: open source office
    until: {until}
"""


def test_a_waiver_lifts_a_reason_until_its_end(tmp_path: Path) -> None:
    shop(tmp_path, right="GPL-3.0-only")
    plant(tmp_path, {".paddock.yml": WAIVER.format(until="2026-11-22")})
    verdict = verdict_of(look_at(tmp_path))
    assert verdict.outcome is Outcome.COMPLIANT
    assert [waiver.comment for reason in verdict.reasons if (waiver := reason.waiver)] == ["bought"]
    plant(tmp_path, {".paddock.yml": WAIVER.format(until="2026-11-21")})
    verdict = verdict_of(look_at(tmp_path))
    assert verdict.outcome is Outcome.NOT_COMPLIANT
    assert any("expired" in issue.message or "ended" in issue.message for issue in verdict.issues)


def test_curations_and_choices_of_the_tree_apply(tmp_path: Path) -> None:
    shop(tmp_path, left="GPL-3.0-only OR MIT", right="see file")
    plant(
        tmp_path,
        {
            ".paddock.yml": "curations:\n  - {purl: 'pkg:npm/right', concluded_license: ISC, comment: looked at it}\n"
            "license_choices:\n  - {given: GPL-3.0-only OR MIT, choice: MIT}\n"
        },
    )
    result = look_at(tmp_path)
    assert effective(result)["pkg:npm/right@2.0.0"] == "ISC"
    assert [(choice.ref, choice.chosen) for choice in verdict_of(result).choices] == [("pkg:npm/left@1.0.0", "MIT")]
    assert verdict_of(result).outcome is Outcome.COMPLIANT


def test_the_policy_that_the_configuration_names_is_in_force(tmp_path: Path) -> None:
    rule = "- {id: no-isc, when: 'license == \"ISC\"', message: '{license} is out'}"
    own = f"name: own\nlicenses: {{base: licensedb}}\nrules:\n  {rule}\n"
    plant(shop(tmp_path), {"rules/own.yml": own, ".paddock.yml": "policy: rules/own.yml\n"})
    result = look_at(tmp_path)
    assert result.policy is not None
    assert result.policy.name == "own"
    assert [reason.rule for reason in verdict_of(result).open_reasons] == ["no-isc"]


def test_scope_excludes_and_scopes_decide_what_counts(tmp_path: Path) -> None:
    text = json.loads(lock(right="GPL-3.0-only"))
    text["packages"][""] |= {"dependencies": {}, "devDependencies": {"left": "^1"}}
    text["packages"]["node_modules/left"]["dev"] = text["packages"]["node_modules/right"]["dev"] = True
    plant(tmp_path, {"package.json": json.dumps(text["packages"][""]), "package-lock.json": json.dumps(text)})
    result = look_at(tmp_path)
    assert {usage.scope for project in result.inventory.projects for usage in project.usages} == {Scope.DEV}
    assert verdict_of(result).outcome is Outcome.COMPLIANT


DPKG = """\
Package: libssl3
Status: install ok installed
Architecture: amd64
Version: 3.0.11-1
Maintainer: somebody <x@example.org>

"""
CONTAINER: dict[str, str | bytes] = {
    "etc/os-release": 'ID=debian\nVERSION_ID="12"\n',
    "var/lib/dpkg/status": DPKG,
    "usr/share/doc/libssl3/copyright": "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
    "Files: *\nCopyright: 2020 X\nLicense: Apache-2.0\n",
    "usr/lib/python3/dist-packages/flask-3.0.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: flask\n"
    "Version: 3.0.0\nLicense-Expression: BSD-3-Clause\n",
    "usr/lib/python3/dist-packages/flask-3.0.0.dist-info/RECORD": "flask/__init__.py,,\n",
    # REUSE-IgnoreStart
    "usr/lib/python3/dist-packages/flask/__init__.py": "# SPDX-License-Identifier: BSD-3-Clause\n",
    "srv/app/node_modules/left/package.json": '{"name": "left", "version": "1.0.0", "license": "MIT"}',
    "srv/app/node_modules/left/index.js": "// SPDX-License-Identifier: MIT\n",
    # REUSE-IgnoreEnd
}


def test_a_container_root_is_one_inventory_of_several_systems(tmp_path: Path) -> None:
    result = look_at(plant(tmp_path, CONTAINER))
    by_name = {component.purl.name: component for component in result.inventory.components}
    assert set(by_name) == {"libssl3", "flask", "left"}
    assert by_name["libssl3"].ref.startswith("pkg:deb/debian/libssl3@3.0.11-1?")
    assert {project.origin for project in result.inventory.projects} == {Origin.INSTALLED}
    assert len(result.inventory.projects) == 3
    licenses = effective(result)
    assert {name: licenses[component.ref] for name, component in by_name.items()} == {
        "libssl3": "Apache-2.0",
        "flask": "BSD-3-Clause",
        "left": "MIT",
    }
    assert verdict_of(result).outcome is Outcome.COMPLIANT


def test_progress_names_stages_and_counts(tmp_path: Path) -> None:
    calls: list[tuple[str, int, int]] = []
    shop(tmp_path)
    run(tmp_path, build(tmp_path), now=NOON, progress=lambda *call: calls.append(call))
    assert [call[0] for call in calls] == ["Reading manifests"] * 2 + ["Looking for licences"] * 2
    assert calls[-1] == ("Looking for licences", 2, 2)


def test_results_are_values(tmp_path: Path) -> None:
    result = look_at(shop(tmp_path))
    assert msgspec.structs.replace(result) == result
    with pytest.raises(AttributeError):
        result.created = LATER  # type: ignore[misc]  # that is what is tested
