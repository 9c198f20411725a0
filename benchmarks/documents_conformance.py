# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How documents of the standards' own test suites and of other tools fare: valid ones read, invalid ones refused.

    python -m benchmarks.documents_conformance [--data DIR] [--suite NAME] [--refused] [--markdown]

The suites are archives below DIR (default ../shared/data), listed in `documents_conformance.toml` with the
deviations that have a reason. Where file names carry a verdict (`valid-…`, `invalid-…`), it is compared; of the other
files it is only said how many were read and how many refused. Every file must end in one of these, and validation must
find a fault in whatever reading refuses.
"""

import argparse
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from paddock.engine.formats.document import InvalidDocument
from paddock.engine.formats.read import read
from paddock.engine.formats.validate import validate

TABLE = Path(__file__).with_suffix(".toml")


@dataclass
class Score:
    """The outcome of one suite. deviations: files whose outcome is not the promised one, with the reason if known."""

    valid: int = 0
    valid_read: int = 0
    invalid: int = 0
    invalid_refused: int = 0
    others_read: int = 0
    others_refused: int = 0
    crashes: list[str] = field(default_factory=list)
    deviations: dict[str, str] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)

    def unexplained(self) -> list[str]:
        """Deviations without a reason."""
        return [name for name, reason in self.deviations.items() if not reason]


def suites(quick: bool = False) -> list[dict[str, object]]:
    """The suites of the table; only the quick ones if asked."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [suite for suite in table["suite"] if suite.get("quick") or not quick]


def members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file in an archive."""
    with tarfile.open(archive) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name, stream.read()


def judge(data: bytes) -> str:
    """ "" when the document is read, else why it is refused. Raises whatever reading raises beside that."""
    faults = validate(data)[1]
    try:
        read(data)
    except InvalidDocument as error:
        if not faults or not all(fault.place and fault.rule and fault.message for fault in error.faults):
            raise AssertionError("refused without a fault that names place and rule") from error
        return str(error)
    return ""


def find_archive(data: Path, name: str) -> Path | None:
    """The archive of a suite."""
    found = (data / folder / f"{name}.tar.xz" for folder in ("conformance", "fixtures"))
    return next((path for path in found if path.is_file()), None)


def run_suite(suite: dict[str, object], archive: Path) -> Score:
    """The score of one suite."""
    score = Score()
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    for path, data in members(archive):
        name = path.rpartition("/")[2].removesuffix(".bin")
        try:
            refusal = judge(data)
        except Exception as error:  # noqa: BLE001 - a crash is what is counted here
            score.crashes.append(f"{path}: {type(error).__name__}: {error}")
            continue
        if refusal:
            score.refusals[path] = refusal
        promising = suite.get("verdicts") and not reason_for(name, table["not_ours"])
        verdict = name.partition("-")[0] if promising else ""
        count(score, verdict, refused=bool(refusal))
        if (verdict == "valid" and refusal) or (verdict == "invalid" and not refusal):
            score.deviations[path] = reason_for(name, table.get("deviation", []))
    return score


def reason_for(name: str, rows: list[dict[str, str]]) -> str:
    """The reason in the first row whose pattern the file name matches; "" when there is none."""
    return next((row["reason"] for row in rows if fnmatch(name, row["files"])), "")


def count(score: Score, verdict: str, *, refused: bool) -> None:
    """Add one file to the score."""
    if verdict == "valid":
        score.valid += 1
        score.valid_read += not refused
    elif verdict == "invalid":
        score.invalid += 1
        score.invalid_refused += refused
    elif refused:
        score.others_refused += 1
    else:
        score.others_read += 1


def print_table(scores: dict[str, Score], *, markdown: bool) -> None:
    """One line a suite."""
    head = [
        "suite",
        "valid read",
        "explained",
        "invalid refused",
        "others read / refused",
        "crashes",
    ]
    rows = [
        [
            name,
            f"{score.valid_read} / {score.valid}" if score.valid else "",
            str(len(score.deviations) - len(score.unexplained())) if score.valid or score.invalid else "",
            f"{score.invalid_refused} / {score.invalid}" if score.invalid else "",
            f"{score.others_read} / {score.others_refused}",
            str(len(score.crashes)),
        ]
        for name, score in scores.items()
    ]
    if markdown:
        lines = [head, ["---"] * len(head), *rows]
        print("\n".join(f"| {' | '.join(line)} |" for line in lines))
        return
    widths = [max(len(line[column]) for line in [head, *rows]) for column in range(len(head))]
    for line in [head, *rows]:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def main() -> int:
    """Run, print, and answer 1 when anything deviates without a reason or crashes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--suite", help="only suites whose name contains this")
    parser.add_argument("--refused", action="store_true", help="list every refused file with its first fault")
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    scores: dict[str, Score] = {}
    for suite in suites():
        name = str(suite["archive"])
        if arguments.suite and arguments.suite not in name:
            continue
        archive = find_archive(arguments.data, name)
        if archive is None:
            print(f"not there: {name}.tar.xz", file=sys.stderr)
            continue
        scores[name] = run_suite(suite, archive)
    print_table(scores, markdown=arguments.markdown)
    failed = False
    for name, score in scores.items():
        for line in (*score.crashes, *score.unexplained()):
            failed = True
            print(f"{name}: {line}: {score.refusals.get(line, '')}")
        if arguments.refused:
            for path, refusal in score.refusals.items():
                print(f"{name}: {path}: {refusal}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
