# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Scores of the suites of ORT, ScanCode and OSV-Scanner, and the reasons for what differs.

Their expectations may come from package managers and registries that they asked, which we do not: a case counts only
when the files in it can hold the answer. `purl_suites.reasons.toml` beside this file says which do not, and why the
others differ. An entry holds for the cases whose name `cases` (a regular expression) matches and whose formats are all
in `formats`; `missing` and `surplus` are regular expressions for the packages it speaks about ("maven/group/name@1"),
`build_only` stands for components that only the build needs, `managed` for versions that a POM only manages. Without
those four it speaks about the whole case. A case is explained when every difference in it is.
"""

import re
import tarfile
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.inventory_agreement import ort_suite, osv_suite, scancode_suite
from benchmarks.inventory_agreement.suite_case import Case, Identity, Outcome, compare, show

REASONS = Path(__file__).with_name("purl_suites.reasons.toml")
SUITES: dict[str, tuple[str, Callable[[Path], Iterator[Case | str]]]] = {
    "ort": (ort_suite.ARCHIVE, ort_suite.cases),
    "scancode": (scancode_suite.ARCHIVE, scancode_suite.cases),
    "osv": (osv_suite.ARCHIVE, osv_suite.cases),
}
DIFFERENCES = ("missing", "surplus", "build_only", "managed")
_MANAGED = re.compile(r"<dependencyManagement>.*?</dependencyManagement>", re.DOTALL)


@dataclass
class Score:
    """Counts of one format. theirs and ours: cases that differ with a reason; out: cases that do not count."""

    right: int = 0
    theirs: int = 0
    ours: int = 0
    cases: int = 0
    out: int = 0
    licenses: list[int] = field(default_factory=lambda: [0, 0, 0])
    packages: int = 0
    missing: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def unexplained(self) -> int:
        """Cases that differ for no stated reason."""
        return self.cases - self.right - self.theirs - self.ours


@dataclass
class SuiteResult:
    """One suite: scores by format, how often each reason was used, and expectations whose files are not in the data."""

    scores: dict[str, Score]
    reasons: Counter[tuple[str, str]]
    without_files: list[str]
    unused: list[str]
    crashes: list[str]


def run_suite(name: str, data: Path) -> SuiteResult:
    """Unpack a suite, compare every case."""
    archive, cases_of = SUITES[name]
    entries = tomllib.loads(REASONS.read_text()).get(name, {}).get("reason", []) if REASONS.is_file() else []
    result = SuiteResult(defaultdict(Score), Counter(), [], [], [])
    used: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(data / archive) as packed:
            packed.extractall(folder, filter="data")
        for case in cases_of(Path(folder)):
            if isinstance(case, str):
                result.without_files.append(case)
            else:
                used |= score_case(case, result, entries)
    result.unused = [entry["reason"] for number, entry in enumerate(entries) if number not in used]
    return result


def score_case(case: Case, result: SuiteResult, entries: list[dict[str, Any]]) -> set[int]:
    """Add one case; returns the numbers of the reasons that it needed."""
    score = result.scores[case.group]
    applicable = [(number, entry) for number, entry in enumerate(entries) if applies(entry, case)]
    for number, entry in applicable:
        if entry.get("scope") == "out":
            score.out += 1
            result.reasons["out of scope", entry["reason"]] += 1
            return {number}
    outcome = compare(case)
    score.cases += 1
    score.packages += outcome.wanted
    score.missing += len(outcome.missing)
    score.licenses = [sum(pair) for pair in zip(score.licenses, outcome.licenses, strict=True)]
    score.lines.extend(f"{case.name}: licence of {line}" for line in outcome.license_lines)
    result.crashes.extend(f"{case.name}: {message}" for message in outcome.crashes)
    if not outcome.missing and not outcome.surplus:
        score.right += 1
        return set()
    needed, rest = explain(case, outcome, applicable)
    reasons = [entries[number] for number in sorted(needed)]
    if not rest:
        whose = "ours" if any(entry["whose"] == "ours" for entry in reasons) else "theirs"
        setattr(score, whose, getattr(score, whose) + 1)
    for entry in reasons:
        result.reasons[entry["whose"], entry["reason"]] += 1
    score.lines.append(describe(case, outcome, [entry["reason"] for entry in reasons], rest))
    return needed


def applies(entry: dict[str, Any], case: Case) -> bool:
    """Whether an entry may speak about a case."""
    formats = set(case.group.split(", "))
    return bool(re.fullmatch(entry.get("cases", ".*"), case.name)) and formats <= set(entry.get("formats", formats))


def explain(
    case: Case, outcome: Outcome, applicable: list[tuple[int, dict[str, Any]]]
) -> tuple[set[int], set[Identity]]:
    """The numbers of the reasons that speak about a difference, and the differences that none speaks about."""
    needed: set[int] = set()
    missing, surplus = set(outcome.missing), set(outcome.surplus)
    for number, entry in applicable:
        whole = not any(key in entry for key in DIFFERENCES)
        gone = {one for one in missing if whole or _matches(entry.get("missing"), one)}
        extra = {one for one in surplus if whole or _matches(entry.get("surplus"), one)}
        if entry.get("managed"):
            gone |= missing & managed(case, missing)
        if entry.get("build_only"):
            extra |= surplus & outcome.build_only
        if gone or extra:
            needed.add(number)
        missing, surplus = missing - gone, surplus - extra
    return needed, missing | surplus


def _matches(pattern: str | None, one: Identity) -> bool:
    return pattern is not None and re.fullmatch(pattern, show(one)) is not None


def managed(case: Case, missing: set[Identity]) -> set[Identity]:
    """Those of the missing packages whose version a POM of the case manages without needing them."""
    texts = [(case.root / path).read_text(errors="replace") for path in case.files]
    sections = "".join(section for text in texts for section in _MANAGED.findall(text))
    return {one for one in missing if f"<artifactId>{one[1].rpartition('/')[2]}</artifactId>" in sections}


def describe(case: Case, outcome: Outcome, reasons: list[str], rest: set[Identity]) -> str:
    """A case that differs, for people."""
    missing, surplus = sorted(map(show, outcome.missing)), sorted(map(show, outcome.surplus))
    lines = [case.name, f"    missing {len(missing)} {missing[:6]}", f"    surplus {len(surplus)} {surplus[:6]}"]
    lines += [f"    {reason}" for reason in reasons]
    return "\n".join([*lines, f"    NOT EXPLAINED {sorted(map(show, rest))[:6]}"] if rest else lines)


def report(name: str, result: SuiteResult, *, misses: bool, markdown: bool) -> int:
    """Print a suite's table; returns how many cases nobody explains, crashes included."""
    rows = sorted(result.scores.items())
    print(f"| {name}: format | right | theirs differ | ours differ | not explained | cases | out of scope |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for group, score in rows:
        if score.cases or not markdown:
            print(f"| {group} {columns(score)} | {score.out} |")
    total = Score(
        *(sum(getattr(score, key) for _, score in rows) for key in ("right", "theirs", "ours", "cases", "out"))
    )
    share = f" ({total.right / total.cases:.1%} right)" if total.cases else ""
    print(f"| **all**{share} {columns(total)} | {total.out} |\n")
    print(verdict(total.right + total.theirs, total.cases))
    packages, missing = (sum(getattr(score, key) for _, score in rows) for key in ("packages", "missing"))
    print(
        f"{packages - missing} of the {packages} packages expected are found ({1 - missing / max(1, packages):.1%}).\n"
    )
    same, silent, other = (sum(score.licenses[number] for _, score in rows) for number in range(3))
    if same + silent + other:
        print(f"Declared licences: {same} of {same + silent + other} the same, {silent} left open, {other} other.\n")
    print(f"{len(result.without_files)} expectations have no files in the data.\n")
    if markdown:
        print_reasons(result.reasons)
    if misses:
        print("\n".join(line for _, score in rows for line in score.lines))
    for line in result.unused:
        print(f"no case needs this reason any longer: {line}")
    for line in result.crashes:
        print(f"CRASH {line}")
    return total.unexplained + len(result.crashes)


def print_reasons(reasons: Counter[tuple[str, str]]) -> None:
    """A list of the reasons, the most frequent first."""
    for (whose, reason), count in reasons.most_common():
        print(f"- {count} case{'' if count == 1 else 's'}, {whose}: {reason}")
    print()


def verdict(good: int, cases: int) -> str:
    """The share of cases in which nothing is to be mended here."""
    return f"In {good} of {cases} cases ({good / max(1, cases):.1%}) we are right, or the reason lies with theirs.\n"


def columns(score: Score) -> str:
    """The counts of a row."""
    return f"| {score.right} | {score.theirs} | {score.ours} | {score.unexplained} | {score.cases}"
