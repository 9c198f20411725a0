# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How results are printed: Markdown rows with bar and measured value, then what differs and why."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.license_detection.findings import NOTHING, Findings


@dataclass(frozen=True)
class Row:
    """holds: whether the bar is reached; None where there is none."""

    what: str
    bar: str
    measured: str
    holds: bool | None = None


def share_row(what: str, count: int, total: int, bar: float | None = None) -> Row:
    """A share in percent; bar: the least that is wanted, in percent."""
    percent = 100 * count / total if total else 0.0
    measured = f"{percent:.2f} % ({count:,} of {total:,})"
    return Row(what, "" if bar is None else f"≥ {bar:g} %", measured, None if bar is None else percent >= bar)


def print_rows(rows: Iterable[Row]) -> bool:
    """Print a table; whether every bar is reached."""
    print("| what | bar | measured |\n|---|---:|---:|")
    reached = True
    for row in rows:
        print(f"| {row.what} | {row.bar} | {row.measured}{' (missed)' if row.holds is False else ''} |", flush=True)
        reached = reached and row.holds is not False
    return reached


def read_reasons(path: Path) -> dict[str, str]:
    """Why files differ on purpose: `[[deviation]]` with `reason` and `file` or `folder` (the end of its path)."""
    if not path.is_file():
        return {}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {row.get("file") or f"{row['folder']}/": row["reason"] for row in table.get("deviation", [])}


def reason_for(path: str, reasons: Mapping[str, str]) -> str:
    """The reason given for a file or for a folder above it, "" without one."""
    anchored = f"/{path}"
    for place, reason in reasons.items():
        if f"/{place}" in anchored if place.endswith("/") else anchored.endswith(f"/{place}"):
            return reason
    return ""


def print_differences(
    paths: Sequence[str],
    ours: Mapping[str, Findings],
    theirs: Mapping[str, Findings],
    reasons: Mapping[str, str],
    *,
    matches: bool,
) -> None:
    """A line a file that differs, with its reason; on request the matches of both."""
    for path in paths:
        mine, other = ours.get(path, NOTHING), theirs.get(path, NOTHING)
        lacking, more = _only("only ScanCode", other.keys - mine.keys), _only("only Paddock", mine.keys - other.keys)
        print(f"- `{path}`: {lacking}{more}")
        reason = reason_for(path, reasons)
        if reason:
            print(f"  {reason}")
        if matches:
            _print_matches("ScanCode", other)
            _print_matches("Paddock ", mine)


def _only(label: str, keys: Iterable[str]) -> str:
    listed = ", ".join(sorted(keys))
    return f"{label} {listed}; " if listed else ""


def _print_matches(label: str, findings: Findings) -> None:
    for hit in findings.hits:
        print(f"    {label}  {hit}")
    for hit in findings.clues:
        print(f"    {label}  hint {hit}")
