# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What clients of Dependency-Track read back."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from msgspec.structs import replace

from paddock.engine.model.vulnerability import (
    Assessment,
    Epss,
    Finding,
    Rating,
    SeverityLevel,
    Status,
    Upgrade,
    Vulnerability,
    VulnerabilityFindings,
)
from paddock.hub.components.services import result_in
from paddock.hub.dependency_track import findings as shapes
from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.queries import intakes_of
from paddock.hub.scans.services import hand_in_document, take_in
from tests.hub.api.callers import Caller, caller
from tests.hub.company import MOMENT, Company

COPYLEFT = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "metadata": {"component": {"type": "application", "bom-ref": "shop", "name": "shop"}},
    "components": [
        {"type": "library", "bom-ref": name, "name": name, "version": "1.0.0", "purl": f"pkg:npm/{name}@1.0.0",
         "licenses": [{"license": {"id": license}}]}
        for name, license in (("left", "MIT"), ("copied", "GPL-3.0-only"))
    ],
    "dependencies": [{"ref": "shop", "dependsOn": ["left", "copied"]}],
}  # fmt: skip


@pytest.fixture
def release(company: Company) -> Release:
    caches["process"].clear()
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Shop", unit=company.cockpit, now=MOMENT, distribution="embedded")
    made = create_release(actor=owner, product=product, name="1.0", now=MOMENT, is_latest=True)
    intake = hand_in_document(
        actor=owner, release=made, content=json.dumps(COPYLEFT).encode(), filename="bom.json", now=MOMENT
    )
    take_in(intake_id=intake.id, now=MOMENT)
    made.refresh_from_db()
    return made


@pytest.fixture
def owner(company: Company) -> Caller:
    return caller(company, "owner")


def test_the_server_says_what_it_is_to_anybody() -> None:
    answer = Client().get("/api/version")
    content = answer.json()
    assert content["application"] == "Dependency-Track"
    assert {"version", "timestamp", "uuid", "framework"} <= set(content)
    assert answer["X-Powered-By"].startswith(f"Dependency-Track v{content['version']}")


def test_projects_are_listed_looked_up_and_read(release: Release, owner: Caller) -> None:
    listed = owner("GET", "/api/v1/project?pageNumber=1&pageSize=500")
    assert listed["X-Total-Count"] == "1"
    intake = intakes_of(release).get()
    assert intake.finished_at is not None
    project = owner("GET", "/api/v1/project/lookup?name=Shop&version=1.0").json()
    assert project == owner("GET", f"/api/v1/project/{release.id}").json()
    assert project == owner("GET", "/api/v1/project/latest/Shop").json()
    assert listed.json()[0]["uuid"] == project["uuid"] == str(release.id)
    assert (project["name"], project["version"], project["active"], project["isLatest"]) == ("Shop", "1.0", True, True)
    assert project["lastBomImport"] == int(intake.finished_at.timestamp() * 1000)
    assert project["lastBomImportFormat"] == "CycloneDX 1.6 (JSON)"
    assert owner("GET", "/api/v1/project?pageNumber=2").json() == []
    assert owner("GET", "/api/v1/project/lookup?name=Shop&version=2").status_code == 404
    assert owner("GET", f"/api/v1/project/{uuid4()}").status_code == 404
    assert owner("GET", "/api/v1/project/lookup?name=%00&version=%00").status_code == 404


def test_lists_cost_as_many_queries_however_long_they_are(
    company: Company, release: Release, owner: Caller, django_assert_max_num_queries: Any
) -> None:
    actor = company.actor(company.owner)
    for number in range(20):
        create_release(actor=actor, product=release.product, name=f"2.{number}", now=MOMENT)
    with django_assert_max_num_queries(6):
        assert len(owner("GET", "/api/v1/project?pageSize=500").json()) == 21


def test_projects_are_made_changed_and_ended(release: Release, owner: Caller) -> None:
    made = owner("PUT", "/api/v1/project", {"name": "New", "version": "1", "tags": [{"name": "a"}]})
    assert (made.status_code, made.json()["tags"]) == (201, [{"name": "a"}])
    assert owner("PUT", "/api/v1/project", {"name": "New", "version": "1"}).status_code == 409
    path = f"/api/v1/project/{release.id}"
    body = {"tags": [{"name": "web"}, {"name": "web"}], "parent": {"uuid": str(uuid4())}, "description": "Sells"}
    changed = owner("PATCH", path, body).json()
    assert (changed["tags"], changed["description"]) == ([{"name": "web"}], "Sells")
    assert owner("PATCH", path, {"description": 7}).status_code == 400
    assert owner("DELETE", path).status_code == 204
    assert owner("GET", path).json()["active"] is False
    assert owner("GET", "/api/v1/project?excludeInactive=true").json()[0]["name"] == "New"
    assert owner("PATCH", path, {"active": True}).json()["active"] is True


def test_violations_are_the_open_reasons_of_the_verdict(release: Release, owner: Caller) -> None:
    answer = owner("GET", f"/api/v1/violation/project/{release.id}?pageNumber=1&pageSize=100")
    found = answer.json()
    assert answer["X-Total-Count"] == str(len(found))
    failing = [entry for entry in found if entry["policyCondition"]["policy"]["violationState"] == "FAIL"]
    assert ("LICENSE", "copied") in {(entry["type"], entry["component"]["name"]) for entry in failing}
    assert len({entry["uuid"] for entry in found}) == len(found)
    figures = owner("GET", f"/api/v1/metrics/project/{release.id}/current").json()
    assert figures["policyViolationsTotal"] == len(found)
    assert figures["components"] == 2
    assert owner("GET", f"/api/v1/metrics/project/{release.id}/refresh").status_code == 200


def test_without_a_database_of_vulnerabilities_there_are_no_findings(release: Release, owner: Caller) -> None:
    answer = owner("GET", f"/api/v1/finding/project/{release.id}")
    assert (answer.json(), answer["X-Total-Count"]) == ([], "0")
    exported = owner("GET", f"/api/v1/finding/project/{release.id}/export").json()
    assert (exported["version"], exported["findings"]) == ("1.3", [])
    sarif = owner("GET", f"/api/v1/finding/project/{release.id}", accept="application/sarif+json")
    assert sarif.json()["version"] == "2.1.0"


def test_findings_in_their_shape(release: Release) -> None:
    assert release.inventory is not None
    advice = VulnerabilityFindings(
        vulnerabilities=(
            Vulnerability(
                id="CVE-2026-1", aliases=("GHSA-aaaa-bbbb-cccc", "PYSEC-2026-2"), summary="Overflow",
                ratings=(Rating(level=SeverityLevel.CRITICAL, score=9.8, method="CVSS 3.1"),),
                weaknesses=("CWE-79", "odd"), epss=Epss(probability=0.5),
            ),
            Vulnerability(id="GHSA-dddd-eeee-ffff"),
        ),
        findings=(
            Finding(vulnerability="CVE-2026-1", ref="pkg:npm/left@1.0.0", upgrade=Upgrade(version="1.0.1")),
            Finding(
                vulnerability="GHSA-dddd-eeee-ffff", ref="pkg:npm/copied@1.0.0",
                assessment=Assessment(status=Status.NOT_AFFECTED, stated=datetime(2026, 1, 1, tzinfo=UTC)),
            ),
        ),
    )  # fmt: skip
    result = replace(result_in(release.inventory), advice=advice)
    (open_one,) = shapes.findings(release.id, result)
    about = open_one["vulnerability"]
    assert open_one["component"] | {"uuid": ""} == {
        "uuid": "", "name": "left", "version": "1.0.0", "purl": "pkg:npm/left@1.0.0", "project": str(release.id),
    }  # fmt: skip
    assert (about["source"], about["vulnId"], about["severity"], about["severityRank"]) == (
        "NVD", "CVE-2026-1", "CRITICAL", 0,
    )  # fmt: skip
    assert about["cwes"] == [{"cweId": 79, "name": "CWE-79"}]
    assert {"cveId": "CVE-2026-1", "ghsaId": "GHSA-aaaa-bbbb-cccc"} in about["aliases"]
    assert (about["cvssV3BaseScore"], about["epssScore"]) == (9.8, 0.5)
    assert about["recommendation"] == "Upgrade to 1.0.1."
    assert open_one["matrix"] == f"{release.id}:{open_one['component']['uuid']}:{about['uuid']}"
    everything = shapes.findings(release.id, result, settled=True)
    assert [entry["analysis"] for entry in everything] == [
        {"state": "NOT_SET", "isSuppressed": False}, {"state": "NOT_AFFECTED", "isSuppressed": True},
    ]  # fmt: skip
    figures = shapes.metrics(release.id, result, None)
    assert (figures["critical"], figures["vulnerabilities"], figures["suppressed"]) == (1, 1, 1)
    assert figures["inheritedRiskScore"] == 10.0


def test_the_bill_of_materials_comes_back(release: Release, owner: Caller) -> None:
    path = f"/api/v1/bom/cyclonedx/project/{release.id}"
    answer = owner("GET", f"{path}?format=json&variant=withVulnerabilities&download=true")
    names = {component["name"] for component in answer.json()["components"]}
    assert {"left", "copied"} <= names
    assert answer["Content-Disposition"] == 'attachment; filename="Shop-1.0.cdx.json"'
    assert owner("GET", f"{path}?format=xml").content.startswith(b"<?xml")
    assert owner("GET", f"{path}?format=yaml").status_code == 400
    assert owner("GET", f"{path}?version=0.1").status_code == 400


def test_a_team_is_the_token_with_what_it_may(company: Company, release: Release, owner: Caller) -> None:
    names = {entry["name"] for entry in owner("GET", "/api/v1/team/self").json()["permissions"]}
    assert {"BOM_UPLOAD", "VIEW_PORTFOLIO", "PROJECT_CREATION_UPLOAD", "PORTFOLIO_MANAGEMENT"} <= names
    auditor = caller(company, "auditor")
    seen = {entry["name"] for entry in auditor("GET", "/api/v1/team/self").json()["permissions"]}
    assert "BOM_UPLOAD" not in seen
    assert "VIEW_VULNERABILITY" in seen
