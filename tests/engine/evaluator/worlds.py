# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Small inventories and policies for evaluator tests."""

from datetime import UTC, datetime

from paddock.engine.evaluator.evaluate import evaluate
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue
from paddock.engine.model.licensing import ScanFindings
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.verdict import Verdict
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.read import default_policy, read_policy
from paddock.engine.policy.read_configuration import read_configuration
from paddock.engine.policy.types import Policy

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def component(purl: str, *licenses: str, concluded: str = "", modified: bool | None = None) -> Component:
    return Component(purl=parse_purl(purl), declared_licenses=licenses, concluded_license=concluded, modified=modified)


def project(id: str, *uses: tuple[str, Scope, bool | None], licenses: tuple[str, ...] = ()) -> Project:
    usages = tuple(sorted(Usage(ref, scope, direct) for ref, scope, direct in uses))
    return Project(
        id=id, origin=Origin.LOCKED, name=id.split("/", maxsplit=1)[0], declared_licenses=licenses, usages=usages
    )


def world(
    components: list[Component],
    projects: list[Project] | None = None,
    edges: list[tuple[str, str]] | None = None,
    issues: tuple[Issue, ...] = (),
) -> Inventory:
    """An inventory; without projects, one project "app" uses every component directly at run time."""
    if projects is None:
        projects = [project("app", *((item.ref, Scope.RUNTIME, True) for item in components))]
    return Inventory(
        projects=tuple(projects),
        components=tuple(sorted(components, key=lambda item: item.ref)),
        edges=tuple(sorted(Edge(source, target) for source, target in edges or [])),
        issues=issues,
    )


def policy(text: str) -> Policy:
    """A policy of the given rules (YAML list), with LicenseDB's categories."""
    return read_policy(f"name: test\nlicenses: {{base: licensedb}}\nrules:\n{text}".encode(), "policy.yml")


def configuration(text: str = "") -> Configuration:
    return read_configuration(text.encode())


def judge(
    inventory: Inventory,
    rules: Policy | None = None,
    config: str = "",
    scan: ScanFindings | None = None,
    now: datetime = NOON,
) -> Verdict:
    return evaluate(inventory, scan, rules or default_policy(), configuration(config), now)
