# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How documents of the CSAF suite fare under the mandatory tests: which must fail and which must pass, by test.

    python -m benchmarks.vex_conformance [--data DIR] [--every] [--wrong]

Data: `conformance/csaf-2.0.tar.xz` and `csaf-2.1.tar.xz` with their `…-testcases.json`, and the further documents of
`csaf-validator-lib-tests.tar.xz`, below DIR (default ../shared/data). A document that must fail is judged rightly when
the fault named by the test is found, one that must pass when no fault of that test is. `--every` counts optional and
informative tests, too, which are not checked here.
"""

import argparse
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paddock.engine.formats.csaf.rules.every import RULES
from paddock.engine.formats.csaf.validator import value_faults
from paddock.engine.formats.document import DocumentFormat, Kind

NOT_JUDGED = {
    "6.1.60.2": "the schema of an extension is published by its maker, and nothing is fetched",
    "6.1.60.3": "the rules of an extension are published by its maker, and nothing is fetched",
}


@dataclass
class Score:
    """The outcome of one test: documents that must fail and that must pass, and those judged wrongly."""

    must_fail: int = 0
    failed: int = 0
    must_pass: int = 0
    passed: int = 0
    wrong: list[str] = field(default_factory=list)


def documents(archive: Path) -> dict[str, Any]:
    """Every JSON document of an archive, by its path."""
    found = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() and ".json" in member.name else None
            if stream is not None:
                found[member.name.removesuffix(".bin")] = json.load(stream)
    return found


def cases(folder: Path, version: str) -> Iterator[tuple[str, str, Any, bool]]:
    """(test, name, document, whether it must pass) of the standard's own suite."""
    table = json.loads((folder / f"csaf-{version}-testcases.json").read_text("utf-8"))
    found = documents(folder / f"csaf-{version}.tar.xz")
    by_name = {path.partition("/validator/data/")[2]: value for path, value in found.items()}
    for test in table["tests"]:
        for group, valid in (("failures", False), ("valid", True)):
            for case in test.get(group) or ():
                yield test["id"], case["name"], by_name[case["name"]], valid


def further_cases(folder: Path) -> Iterator[tuple[str, str, Any, bool]]:
    """The same of the validator library's own documents, which are of 2.0."""
    for path, value in documents(folder / "csaf-validator-lib-tests.tar.xz").items():
        match = re.search(r"Test_([0-9_]+)/(valid|failing)/", path)
        if match:
            yield match[1].replace("_", "."), path.rpartition("/")[2], value, match[2] == "valid"


def judge(found: Iterator[tuple[str, str, Any, bool]], version: str, *, every: bool) -> dict[str, Score]:
    """The score of each test."""
    scores: dict[str, Score] = {}
    for test, name, value, valid in found:
        if not every and not test.startswith("6.1."):
            continue
        score = scores.setdefault(test, Score())
        faults = value_faults(value, Kind(DocumentFormat.CSAF, version))
        told = any(fault.rule.split(" ")[0] == test for fault in faults)
        score.must_pass += valid
        score.must_fail += not valid
        score.passed += valid and not told
        score.failed += told and not valid
        if told is valid:
            score.wrong.append(f"{name}: {'must pass' if valid else 'must fail'}")
    return scores


def show(title: str, scores: dict[str, Score], *, wrong: bool) -> None:
    """One line a test, and the sum."""
    known = {rule.id for rule in RULES}
    print(f"{title}\n{'test':<12}{'must fail':>12}{'must pass':>12}")
    for test, score in scores.items():
        remark = NOT_JUDGED.get(test, "") or ("" if test in known else "not checked")
        fail, good = f"{score.failed}/{score.must_fail}", f"{score.passed}/{score.must_pass}"
        print(f"{test:<12}{fail:>12}{good:>12}  {remark}".rstrip())
        for line in score.wrong if wrong else ():
            print(f"    {line}")
    right = sum(score.failed + score.passed for score in scores.values())
    total = sum(score.must_fail + score.must_pass for score in scores.values())
    print(f"judged rightly: {right} of {total} documents, {len(scores)} tests\n")


def main() -> int:
    """Run and print; 1 when a document of a test that is judged here is judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--every", action="store_true", help="optional and informative tests, too")
    parser.add_argument("--wrong", action="store_true", help="list the documents that are judged wrongly")
    arguments = parser.parse_args()
    folder = arguments.data / "conformance"
    if not folder.is_dir():
        print(f"not there: {folder}", file=sys.stderr)
        return 1
    suites = {
        "CSAF 2.0": judge(cases(folder, "2.0"), "2.0", every=arguments.every),
        "CSAF 2.1": judge(cases(folder, "2.1"), "2.1", every=arguments.every),
        "CSAF 2.0, documents of the validator library": judge(further_cases(folder), "2.0", every=arguments.every),
    }
    for title, scores in suites.items():
        show(title, scores, wrong=arguments.wrong)
    judged = [score for scores in suites.values() for test, score in scores.items() if test not in NOT_JUDGED]
    return 1 if any(score.wrong for score in judged) else 0


if __name__ == "__main__":
    sys.exit(main())
