# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What grype's fixtures say (`fixtures/grype-fixtures.tar.xz`): matches in its reports, and advisories of its feeds.

The expected matches of its own tests are in its source, not in the fixtures. What the fixtures have is used: a report
names a package with its vulnerability; an advisory of its feeds (OSV records in an envelope, GitHub's with lists of
ranges) that the data have too says of every version that ends one of its ranges whether it is affected.
"""

import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.advisory_agreement.answers import Reasons, advisories_for, standing
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.identity import key_of_package
from paddock.engine.advisor.places import Place, places_of
from paddock.engine.model.component import Component
from paddock.engine.model.purl import parse_purl
from paddock.engine.versions import parse_range

ARCHIVE = Path("fixtures", "grype-fixtures.tar.xz")
ECOSYSTEMS = {"go": "Go", "java": "Maven", "npm": "npm", "python": "PyPI"}
"""GitHub's ecosystems as the feeds call them."""


def grype_fixtures(database: AdvisoryDatabase, data: Path, *, names: bool) -> None:
    """Compare what the fixtures say with what the database says."""
    counts: Counter[str] = Counter()
    missing: list[tuple[str, str]] = []
    more: list[tuple[str, str]] = []
    with tarfile.open(data / ARCHIVE) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.name.endswith((".json", ".golden")) else None
            for case, place, name, affected in claims(stream.read(), database) if stream else ():
                vulnerability = database.named(name)
                records = {record.id for record in vulnerability.records} if vulnerability else set()
                if not any(standing(database, record) for record in records):
                    continue
                found = bool(records & advisories_for(database, (place,)))
                counts["same" if found == affected else "missing" if affected else "more"] += 1
                if found != affected:
                    (missing if affected else more).append((case, name))
    print(f"\ngrype's fixtures: {counts.total()} statements about vulnerabilities that the data have")
    print(f"  {counts['same']} same, {counts['missing']} missing, {counts['more']} more")
    Reasons("grype").tell("missing", sorted(missing), names=names)
    Reasons("grype").tell("more", sorted(more), names=names)


Claim = tuple[str, Place, str, bool]
"""(what is asked, where, the vulnerability, whether it is affected)"""


def claims(text: bytes, database: AdvisoryDatabase) -> Iterator[Claim]:
    """What a document says about versions of packages."""
    try:
        document = json.loads(text)
    except ValueError:
        return
    if not isinstance(document, dict):
        return
    yield from _of_report(document)
    item = document.get("item")
    record = item if isinstance(item, dict) else document
    if isinstance(record.get("Advisory"), dict):
        yield from _of_github(record["Advisory"])
    elif isinstance(record.get("affected"), list) and standing(database, str(record.get("id"))):
        yield from _of_osv(record)


def _of_report(document: dict[str, Any]) -> Iterator[Claim]:
    for match in document.get("matches") or ():
        purl = match["artifact"].get("purl")
        for place in places_of(Component(purl=parse_purl(purl)))[:1] if purl else ():
            yield purl, place, match["vulnerability"]["id"], True


def _of_github(advisory: dict[str, Any]) -> Iterator[Claim]:
    """A fixed version is affected only where another range of the same package holds it."""
    entries = [entry for entry in advisory["FixedIn"] if entry["ecosystem"] in ECOSYSTEMS]
    for entry in entries:
        ecosystem = ECOSYSTEMS[entry["ecosystem"]]
        key = key_of_package(ecosystem, entry["name"])[0]
        ranges = [parse_range(ecosystem, commas(one["range"])) for one in entries if one["name"] == entry["name"]]
        for version in {word for word in entry["range"].replace(",", " ").split() if word[0].isdigit()}:
            affected = any(one.contains(version, prereleases=True) for one in ranges)
            yield f"{key} {version}", Place(key, ecosystem, "", version), advisory["ghsaId"], affected


def commas(text: str) -> str:
    """A range as GitHub writes it, with its comparisons joined by commas: ">= 1.0 < 2.0" becomes ">=1.0,<2.0"."""
    words = text.replace(",", " ").split()
    return ",".join(sign + version for sign, version in zip(words[::2], words[1::2], strict=True))


def _of_osv(record: dict[str, Any]) -> Iterator[Claim]:
    """An end of a range that is fixed is not affected, one that is the last affected is, and so is what is listed."""
    for entry in record["affected"]:
        package = entry["package"]
        key, release = key_of_package(package["ecosystem"], package["name"])
        ecosystem = package["ecosystem"].partition(":")[0]
        events = [event for one in entry.get("ranges") or () for event in one["events"] if one["type"] != "GIT"]
        said = [(event["fixed"], False) for event in events if "fixed" in event]
        said += [(event["last_affected"], True) for event in events if "last_affected" in event]
        said += [(event["introduced"], True) for event in events if event.get("introduced", "0") != "0"]
        said += [(version, True) for version in entry.get("versions") or ()]
        for version, affected in said:
            yield f"{key} {version}", Place(key, ecosystem, release, version), record["id"], affected
