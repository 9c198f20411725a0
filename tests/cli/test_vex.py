# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock vex`, and `--vex` of the commands that look vulnerabilities up."""

import json
from pathlib import Path

import pytest

from paddock.cli.main import run_arguments
from paddock.engine.formats.result import read_result
from paddock.engine.formats.vex import read_vex, validate_vex
from paddock.engine.model.vulnerability import Status
from tests.cli.advisories import install, right
from tests.cli.trees import RIGHT, compliant_tree
from tests.engine.advisor.records import before, record
from tests.engine.advisor.test_advise import CVE

AUTHOR = ("--author", "Example Ltd")
SPACE = ("--namespace", "https://example.com")
NOT_AFFECTED = ("--status", "not_affected", "--justification", "vulnerable_code_not_in_execute_path")


def create(path: Path, *options: str, component: str = RIGHT, vulnerability: str = CVE) -> str:
    """Make a document that says that the vulnerability does not matter; its path."""
    chosen = options or NOT_AFFECTED
    arguments = ["vex", "create", "--vulnerability", vulnerability, "--component", component, *AUTHOR, *SPACE]
    assert run_arguments([*arguments, *chosen, "-o", str(path)]) == 0
    return str(path)


@pytest.fixture
def tree(tmp_path: Path) -> str:
    install(right(), record("GHSA-2", before("npm", "left", "9.0.0")))
    return str(compliant_tree(tmp_path / "tree"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.openvex.json", "OpenVEX 0.2.0 (JSON)"),
        ("a.vex.json", "OpenVEX 0.2.0 (JSON)"),
        ("a.json", "OpenVEX 0.2.0 (JSON)"),
        ("a.cdx.json", "CycloneDX 1.6 (JSON)"),
        ("a.csaf.json", "CSAF 2.0 (JSON)"),
    ],
)
def test_a_document_is_made_in_the_format_that_its_name_promises(name: str, kind: str, tmp_path: Path) -> None:
    path = Path(create(tmp_path / name))
    found, faults = validate_vex(path.read_bytes())
    assert (str(found), faults) == (kind, ())


@pytest.mark.parametrize("form", ["openvex", "cyclonedx", "cyclonedx-1.7", "csaf", "csaf-2.1"])
def test_every_format_can_be_asked_for(form: str, capsysbinary) -> None:
    arguments = ["vex", "create", "--vulnerability", CVE, "--product", "pkg:oci/shop", "--component", RIGHT]
    assert run_arguments([*arguments, *NOT_AFFECTED, *AUTHOR, *SPACE, "--format", form]) == 0
    one = read_vex(capsysbinary.readouterr().out).statements[0]
    assert one.status is Status.NOT_AFFECTED
    assert str(one.products[0].identity.purls[0]) == "pkg:oci/shop"
    assert str(one.products[0].components[0].purls[0]) == RIGHT


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "a.openvex.json"
    more = (
        "--status",
        "affected",
        "--statement",
        "Update.",
        "--alias",
        "GHSA-1",
        "--role",
        "vendor",
        "--id",
        "urn:x:1",
    )
    document = read_vex(Path(create(path, *more)).read_bytes())
    one = document.statements[0]
    assert (document.id, document.role, one.aliases, one.action_statement) == (
        "urn:x:1",
        "vendor",
        ("GHSA-1",),
        "Update.",
    )
    noted = Path(create(path, "--status", "under_investigation", "--statement", "Looking."))
    assert read_vex(noted.read_bytes()).statements[0].status_notes == "Looking."


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    for suffix in ("openvex.json", "cdx.json", "csaf.json"):
        made = [Path(create(tmp_path / f"{number}.{suffix}")).read_bytes() for number in range(2)]
        assert made[0] == made[1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((*NOT_AFFECTED[:2], "--component", RIGHT), "why is it not affected"),
        (("--status", "affected", "--component", RIGHT), "what are users to do"),
        (NOT_AFFECTED, "Give --product, --component or both"),
        ((*NOT_AFFECTED, "--component", "pkg:npm"), "is not a package URL"),
        ((*NOT_AFFECTED, "--component", RIGHT, "--format", "csaf"), "--namespace"),
        ((*NOT_AFFECTED, "--component", RIGHT, "--vulnerability", "CVE-2", "--alias", "x"), "goes with one"),
    ],
)
def test_what_is_missing_is_told(options: tuple[str, ...], message: str, capsys) -> None:
    assert run_arguments(["vex", "create", "--vulnerability", CVE, *AUTHOR, *options]) == 3
    assert message in capsys.readouterr().err.replace("\n", " ")


def test_documents_of_several_formats_are_merged(tmp_path: Path, capsys) -> None:
    files = [
        create(tmp_path / "a.openvex.json"),
        create(tmp_path / "b.cdx.json", "--status", "fixed", vulnerability="CVE-2025-0002"),
        create(
            tmp_path / "c.csaf.json", "--status", "affected", "--statement", "Update.", vulnerability="CVE-2025-0003"
        ),
    ]
    for name in ("all.openvex.json", "all.cdx.json", "all.csaf.json"):
        assert run_arguments(["vex", "merge", *files, "-o", str(tmp_path / name)]) == 0
        merged = read_vex((tmp_path / name).read_bytes())
        assert merged.author == "Example Ltd"
        assert {one.vulnerability: one.status for one in merged.statements} == {
            CVE: Status.NOT_AFFECTED,
            "CVE-2025-0002": Status.FIXED,
            "CVE-2025-0003": Status.AFFECTED,
        }
    assert capsys.readouterr().err == ""


def test_merging_tells_contradictions_and_asks_who_speaks(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    one = create(tmp_path / "a.openvex.json")
    other = create(tmp_path / "b.openvex.json", "--status", "fixed", "--author", "Right Ltd")
    assert run_arguments(["vex", "merge", one, other]) == 3
    assert "Say so with --author" in capsys.readouterr().err
    assert run_arguments(["vex", "merge", one, other, *AUTHOR, "-o", str(tmp_path / "c.json")]) == 0
    assert "contradict each other" in capsys.readouterr().err
    assert run_arguments(["vex", "merge", one, other, *AUTHOR, "-q", "-o", str(tmp_path / "c.json")]) == 0
    assert capsys.readouterr().err == ""


def test_what_is_no_vex_document_is_not_merged(tmp_path: Path, capsys) -> None:
    (tmp_path / "a.json").write_text("{}")
    assert run_arguments(["vex", "merge", str(tmp_path / "a.json"), *AUTHOR]) == 3
    assert "cannot be read" in capsys.readouterr().err


def test_validation_says_verdict_place_and_rule(tmp_path: Path, capsys) -> None:
    good = create(tmp_path / "good.csaf.json")
    value = json.loads(Path(good).read_text())
    del value["vulnerabilities"][0]["flags"]
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(value))

    assert run_arguments(["vex", "validate", good]) == 0
    # Words, not lines: a long path wraps at the width of the page.
    assert " ".join(capsys.readouterr().out.split()) == f"✓ {good}: valid CSAF 2.0 (JSON)"
    assert run_arguments(["vex", "validate", good, str(bad)]) == 1
    text = " ".join(capsys.readouterr().out.split())
    assert "not valid, CSAF 2.0 (JSON), 1 fault" in text
    assert "vulnerabilities[0].product_status.known_not_affected: nothing says why" in text
    assert "6.1.27.9 impact statement" in text
    assert run_arguments(["vex", "validate", str(bad), "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)[0]
    assert (answer["format"], answer["valid"]) == ("CSAF 2.0 (JSON)", False)
    assert answer["faults"][0]["rule"] == "6.1.27.9 impact statement"
    assert run_arguments(["vex", "validate", str(bad), "-q"]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["a.openvex.json", "a.cdx.json", "a.csaf.json"])
def test_audit_applies_a_document(name: str, tree: str, tmp_path: Path, capsys) -> None:
    vex = create(tmp_path / name)
    assert run_arguments(["audit", tree]) == 1
    assert CVE in capsys.readouterr().out
    assert run_arguments(["audit", tree, "--vex", vex, "--fail-on", "critical"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert CVE not in text
    assert f"settled 1 finding does not count: 1 by {vex} --show-suppressed" in text


def test_what_was_settled_by_whose_word_is_listed_when_asked_for(tree: str, tmp_path: Path, capsys) -> None:
    vex = create(tmp_path / "a.openvex.json", *NOT_AFFECTED, "--statement", "Never called.")
    for option in ("--show-suppressed", "--verbose"):
        run_arguments(["audit", tree, "--vex", vex, option])
        text = " ".join(capsys.readouterr().out.split())
        assert f"{CVE} in right 2.0.0: not affected, vulnerable code not in execute path. Never called." in text
        assert f"{vex}: statements[0], Example Ltd, " in text


def test_package_urls_are_audited_with_a_document(tree: str, tmp_path: Path, capsys) -> None:
    vex = create(tmp_path / "a.openvex.json")
    assert run_arguments(["audit", RIGHT]) == 1
    assert run_arguments(["audit", RIGHT, "--vex", vex]) == 0
    assert "settled" in capsys.readouterr().out


def test_a_document_about_another_component_settles_nothing(tree: str, tmp_path: Path, capsys) -> None:
    vex = create(tmp_path / "a.openvex.json", component="pkg:npm/right@9.9.9")
    assert run_arguments(["audit", tree, "--vex", vex]) == 1
    assert "settled" not in capsys.readouterr().out


def test_the_product_may_be_said(tree: str, tmp_path: Path, capsys) -> None:
    arguments = ["vex", "create", "--vulnerability", CVE, "--product", "pkg:oci/shop", "--component", RIGHT]
    vex = str(tmp_path / "a.openvex.json")
    assert run_arguments([*arguments, *NOT_AFFECTED, *AUTHOR, "-o", vex]) == 0
    run_arguments(["audit", tree, "--vex", vex, "--product", "pkg:oci/other"])
    assert "settled" not in capsys.readouterr().out
    run_arguments(["audit", tree, "--vex", vex, "--product", "pkg:oci/shop@sha256:aa"])
    assert "settled" in capsys.readouterr().out


def test_scan_counts_without_what_is_settled_and_documents_carry_it(tree: str, tmp_path: Path, capsys) -> None:
    vex = create(tmp_path / "a.openvex.json")
    outputs = {name: tmp_path / name for name in ("r.paddock.json", "r.sarif", "r.cdx.json")}
    assert run_arguments(["scan", tree, "--exit-zero"]) == 0
    before = capsys.readouterr().out
    arguments = [part for path in outputs.values() for part in ("-o", str(path))]
    assert run_arguments(["scan", tree, "--vex", vex, "--exit-zero", *arguments]) == 0
    after = " ".join(capsys.readouterr().out.split())

    assert "1 critical" in before
    assert "1 critical" not in after
    assert "settled 1 finding does not count" in after
    result = read_result(outputs["r.paddock.json"].read_bytes())
    assert result.advice is not None
    settled = [finding for finding in result.advice.findings if not finding.counts]
    assert [(finding.ref, finding.vulnerability) for finding in settled] == [(RIGHT, CVE)]
    assert settled[0].assessment is not None
    assert settled[0].assessment.source == f"{vex}: statements[0]"
    sarif = json.loads(outputs["r.sarif"].read_text())["runs"][0]["results"]
    suppressed = [one for one in sarif if one["ruleId"] == CVE]
    assert suppressed[0]["suppressions"][0]["justification"].endswith(f"Example Ltd, {vex}: statements[0]")
    entries = json.loads(outputs["r.cdx.json"].read_text())["vulnerabilities"]
    analysis = next(entry["analysis"] for entry in entries if entry["id"] == CVE)
    assert (analysis["state"], analysis["justification"]) == ("not_affected", "code_not_reachable")


def test_a_decision_later_and_elsewhere(tree: str, tmp_path: Path, capsys) -> None:
    vex = create(tmp_path / "a.csaf.json")
    result, decided = tmp_path / "r.paddock.json", tmp_path / "d.paddock.json"
    run_arguments(["scan", tree, "-o", str(result), "-q"])
    run_arguments(["evaluate", str(result), "--vex", vex, "-o", str(decided), "--no-advisories", "-q"])
    advice = read_result(decided.read_bytes()).advice
    assert advice is not None
    assert [finding.counts for finding in advice.findings] == [True, False]


def test_a_document_that_cannot_be_read_is_an_error(tree: str, tmp_path: Path, capsys) -> None:
    broken = tmp_path / "a.json"
    broken.write_text('{"@context": "https://openvex.dev/ns/v0.2.0", ')
    assert run_arguments(["audit", tree, "--vex", str(broken)]) == 3
    assert "it ends too early" in capsys.readouterr().err
    assert run_arguments(["audit", tree, "--vex", str(tmp_path / "none.json")]) == 3


def test_what_is_not_understood_is_told_and_the_rest_is_applied(tree: str, tmp_path: Path, capsys) -> None:
    path = Path(create(tmp_path / "a.openvex.json"))
    value = json.loads(path.read_text())
    value["statements"].append({"vulnerability": {"name": "X"}, "status": "harmless", "products": []})
    path.write_text(json.dumps(value))
    run_arguments(["audit", tree, "--vex", str(path)])
    text = " ".join(capsys.readouterr().out.split())
    assert "statements[1] was left out" in text
    assert "settled 1 finding" in text
