# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What Paddock answers to a package and to a file, and the reasons for answers that differ from others'."""

import contextlib
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.identity import GIT, key_of_package, key_of_repository, version_of_tag
from paddock.engine.advisor.judgement import judge
from paddock.engine.advisor.places import Place, places_of
from paddock.engine.model.component import Component
from paddock.engine.model.purl import InvalidPurl, parse_purl

NOT_AT_OSV = ("RETIRE-", "NSWG-", "FOP-", "KB-", "RUBYSEC-")
"""Ids of records that the data took from elsewhere: others cannot have answered with them."""
REASONS = Path(__file__).with_name("advisory_agreement.toml")
PADDOCK = [sys.executable, "-m", "paddock"]

Found = set[tuple[str, str, str]]
"""(name, version, advisory)"""


class Reasons:
    """Why answers of one comparison differ: entries of advisory_agreement.toml, the first that fits counts.

    An entry has `which` ("missing" or "more"), `case` and `id` (regular expressions of the whole, default: any) and
    `reason`.
    """

    def __init__(self, comparison: str) -> None:
        entries = tomllib.loads(REASONS.read_text("utf-8")).get(comparison, [])
        self._entries: list[dict[str, str]] = entries

    def reason(self, which: str, case: str, name: str) -> str:
        """The reason for one difference, "" where none is given."""
        for entry in self._entries:
            fits = re.fullmatch(entry.get("case", ".*"), case) and re.fullmatch(entry.get("id", ".*"), name)
            if entry["which"] == which and fits:
                return entry["reason"]
        return ""

    def tell(self, which: str, differences: Iterable[tuple[str, str]], *, names: bool) -> None:
        """Print how many differences (case, advisory) there are for which reason; with `names` each of them."""
        listed = [(self.reason(which, case, name) or "NOT EXPLAINED", case, name) for case, name in differences]
        for reason, count in Counter(reason for reason, _, _ in listed).most_common():
            print(f"  {which} {count}: {reason}")
            for told, case, name in listed if names or reason == "NOT EXPLAINED" else ():
                if told == reason:
                    print(f"    {name} for {case}")


def places_for(query: dict[str, Any]) -> tuple[Place, ...]:
    """Where a query of osv.dev's interface looks; empty for one about a commit."""
    package = query.get("package") or {}
    version = query.get("version", "")
    if "purl" in package:
        with contextlib.suppress(InvalidPurl):
            return places_of(Component(purl=parse_purl(package["purl"])))
        return ()
    ecosystem = package.get("ecosystem", "")
    if ecosystem == "GIT":
        key = key_of_repository(package["name"])
        return (Place(key, GIT, "", version_of_tag(version, key)),)
    if not ecosystem:
        return ()
    key, release = key_of_package(ecosystem, package["name"])
    return (Place(key, ecosystem.partition(":")[0], release, version),)


def advisories_for(database: AdvisoryDatabase, places: tuple[Place, ...]) -> set[str]:
    """The ids of the records that hold."""
    rows = database.about(place.key for place in places)
    judged = [judge(place, rows.get(place.key, ())) for place in places]
    return {name for found in judged for one in found.values() if one.certain for name in one.records}


def standing(database: AdvisoryDatabase, name: str) -> bool:
    """Whether the data have a record that is not withdrawn."""
    data = database.published(name)
    return data is not None and not json.loads(data).get("withdrawn")


def ours_in(command: list[Any]) -> Found:
    """What `paddock audit` finds for certain."""
    done = subprocess.run(command, capture_output=True, check=False)
    result = json.loads(done.stdout)["result"]
    purls = {component["purl"]: parse_purl(component["purl"]) for component in result["inventory"]["components"]}
    found: Found = set()
    for finding in result["advice"]["findings"]:
        purl = purls[finding["ref"]]
        place = places_of(Component(purl=purl))[0]
        name, version = place.key.partition(":")[2].lower(), (purl.version or "").removeprefix("v")
        found |= {(name, version, record) for record in finding["records"] if finding.get("certain", True)}
    return found


def audited(path: Path, database: Path) -> Found | None:
    """What `paddock audit` finds for certain in a file, by (key of the package, sort key of the version as text,
    advisory); None where the file is of no kind that names packages.
    """
    command = [*PADDOCK, "audit", path, "--no-config", "--advisories", database, "-f", "json"]
    result = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)["result"]
    if not result["inventory"].get("components"):
        return None
    found: Found = set()
    for finding in result["advice"]["findings"]:
        if finding.get("certain", True):
            place = places_of(Component(purl=parse_purl(finding["ref"])))[0]
            found |= {(place.key, str(place.sort_key), record) for record in finding["records"]}
    return found
