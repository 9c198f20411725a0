# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What osv.dev answered to osv-scanner's own tests, and what their expected reports say
(`fixtures/osv-scanner-source-e2e.tar.xz`).
"""

import json
import re
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from benchmarks.advisory_agreement.answers import (
    NOT_AT_OSV,
    Found,
    Reasons,
    advisories_for,
    audited,
    places_for,
    standing,
)
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.identity import key_of_package, key_of_version

ARCHIVE = Path("fixtures", "osv-scanner-source-e2e.tar.xz")


def recorded_answers(database: AdvisoryDatabase, data: Path, *, names: bool) -> None:
    """Queries and answers of osv.dev, as osv-scanner's tests keep them."""
    answers: dict[str, set[str]] = {}
    for recording in recordings(data):
        queries = json.loads(recording["request"]["body"])["queries"]
        for query, result in zip(queries, json.loads(recording["response"]["body"])["results"], strict=True):
            query.pop("page_token", None)
            known = answers.setdefault(json.dumps(query, sort_keys=True), set())
            known.update(found["id"] for found in result.get("vulns", ()))
    expected = found = 0
    missing, more = [], []
    for text, ids in answers.items():
        query = json.loads(text)
        ours = advisories_for(database, places_for(query))
        theirs = {name for name in ids if standing(database, name)}
        expected, found = expected + len(theirs), found + len(theirs & ours)
        missing += [(text, name) for name in sorted(theirs - ours)]
        more += [(text, name) for name in sorted(ours - ids) if not name.startswith(NOT_AT_OSV)]
    print(f"\nrecorded answers of osv.dev: {len(answers)} queries, {expected} advisories expected that the data have")
    print(f"  {found} same, {len(missing)} missing, {len(more)} more")
    reasons = Reasons("recorded")
    reasons.tell("missing", missing, names=names)
    reasons.tell("more", more, names=names)


def recordings(data: Path) -> Iterator[dict[str, Any]]:
    """Every recorded question to osv.dev."""
    with tarfile.open(data / ARCHIVE) as archive:
        for member in archive:
            if "/cassettes/" in member.name and (stream := archive.extractfile(member)):
                document = yaml.load(stream.read(), Loader=yaml.CSafeLoader)  # the safe loader, in C
                yield from (one for one in document.get("interactions") or () if "querybatch" in one["request"]["url"])


def snapshots(database: AdvisoryDatabase, data: Path, *, names: bool) -> None:
    """The tables of osv-scanner's expected reports: each line's package asked for, and each file that is there audited.

    Lines count whose advisory the data have. What more is found counts for the packages of the tables.
    """
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(data / ARCHIVE) as archive:
            archive.extractall(folder, filter="data")
        rows = table_rows(Path(folder))
        expected = {row: {name for name in ids if standing(database, name)} for row, ids in rows.items()}
        asked, read = Counter[str](), Counter[str]()
        differences: dict[str, list[tuple[str, str]]] = {"missing": [], "more": []}
        for row, ids in expected.items():
            ours = advisories_for(database, places_for(query_of(row)))
            more = {name for name in ours - rows[row] if not name.startswith(NOT_AT_OSV)}
            asked.update(expected=len(ids), same=len(ids & ours), missing=len(ids - ours), more=len(more))
            for which, found in (("missing", ids - ours), ("more", more)):
                differences[which] += [(f"{row.source}: {row.ecosystem} {row.package} {row.version}", x) for x in found]
        files: dict[str, list[tuple[str, str]]] = {"missing": []}
        for source in sorted({row.source for row, ids in expected.items() if ids}):
            found_in = whole_file(source, Path(folder), database.path)
            for row, ids in expected.items():
                if row.source == source:
                    key = key_of_package(row.ecosystem, row.package)[0]
                    version = str(key_of_version(row.ecosystem, row.version))
                    ours = {name for name in ids if (key, version, name) in (found_in or ())}
                    read.update(expected=len(ids), same=len(ours), missing=len(ids - ours))
                    files["missing"] += [(f"{source}: {row.package} {row.version}", name) for name in ids - ours]
    print(f"\nexpected reports of osv-scanner: {sum(map(len, rows.values()))} lines, of which {asked['expected']} are")
    print("about advisories that the data have")
    print(f"  package and version asked for: {asked['same']} same, {asked['missing']} missing, {asked['more']} more")
    for which, found in differences.items():
        Reasons("snapshots").tell(which, sorted(found), names=names)
    print(f"  the files audited: {read['same']} same, {read['missing']} missing")
    Reasons("snapshot_files").tell("missing", sorted(files["missing"]), names=names)


class Line(NamedTuple):
    """A line of a table, without the advisory. source: of the package, below the folder of the tests."""

    source: str
    ecosystem: str
    package: str
    version: str


def table_rows(folder: Path) -> dict[Line, set[str]]:
    """The lines of every table that names its columns, with the advisories that they are about."""
    found: dict[Line, set[str]] = {}
    for path in sorted(folder.rglob("*.snap")):
        last: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("| ") else []
            named = re.search(r"osv\.dev/(\S+)", cells[0]) if len(cells) >= 7 else None
            if named is None:
                continue
            last = cells if cells[-1] else last  # further names of one vulnerability stand in lines of their own
            ecosystem = last[2].partition(" (")[0]
            found.setdefault(Line(last[-1], ecosystem, last[3], last[4]), set()).add(named.group(1))
    return found


def query_of(row: Line) -> dict[str, Any]:
    """The line as a question to osv.dev."""
    return {"package": {"ecosystem": row.ecosystem, "name": row.package}, "version": row.version}


def whole_file(source: str, folder: Path, database: Path) -> Found | None:
    """What is found in the file that a table names; None where it is not there or of no kind that is read."""
    path = next(folder.rglob(source.partition(":")[0]), None)
    return audited(path, database) if path else None
