# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Results made by hand, for tests of reports and of the command."""

from datetime import UTC, date, datetime

from paddock.engine.model.component import Component, Hash, Location
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ComponentLicense, LicenseText, ScanFindings
from paddock.engine.model.purl import make_purl
from paddock.engine.model.result import PolicyIdentity, Result, Subject, Tool
from paddock.engine.model.verdict import AppliedWaiver, Outcome, Reason, ReasonKind, Verdict

CREATED = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
MIT_TEXT = "MIT License\n\nCopyright (c) 2020 Left Holder\n\nPermission is hereby granted, free of charge …"


def inventory() -> Inventory:
    """A web shop: one direct, one transitive, one development package."""
    left = Component(
        purl=make_purl("npm", "left", "1.0.0", namespace="@shop"),
        declared_licenses=("MIT",),
        homepage="https://left.example.org",
        hashes=(Hash("sha256", "ab" * 32),),
        locations=(Location("package-lock.json", 12),),
        license_files=("node_modules/@shop/left/LICENSE",),
    )
    right = Component(purl=make_purl("npm", "right", "2.0.0"), declared_licenses=("GPL-3.0-only",))
    tester = Component(purl=make_purl("npm", "tester", "3.0.0"))
    shop = Project(
        id="package.json",
        origin=Origin.LOCKED,
        name="shop",
        version="1.0.0",
        usages=(
            Usage(left.ref, Scope.RUNTIME, True, "^1.0.0"),
            Usage(right.ref, Scope.RUNTIME, False),
            Usage(tester.ref, Scope.DEV, True),
        ),
    )
    return Inventory(
        name="shop",
        projects=(shop,),
        components=(left, right, tester),
        edges=(Edge(left.ref, right.ref),),
        issues=(Issue(Severity.ERROR, "javascript/yarn_lock", "not valid: <b>*bold*</b>", "old/yarn.lock", 3),),
    )


def reasons() -> tuple[Reason, ...]:
    """One violation, one question, one waived violation."""
    left, right, tester = (component.ref for component in inventory().components)
    return (
        Reason(
            kind=ReasonKind.VIOLATION,
            rule="strong-copyleft",
            severity=Severity.ERROR,
            cause="GPL-3.0-only in a distributed product",
            message="right 2.0.0 is under GPL-3.0-only.",
            why="The whole product would have to be under it.",
            how_to_fix="Replace the package.",
            waivable_by="legal counsel",
            ref=right,
            projects=("package.json",),
            scope="runtime",
            license="GPL-3.0-only",
            paths=(("package.json", left, right),),
        ),
        Reason(
            kind=ReasonKind.QUESTION,
            rule="no-licence",
            severity=Severity.ERROR,
            cause="No licence known",
            message="tester 3.0.0 states no licence.",
            ref=tester,
            projects=("package.json",),
            scope="dev",
        ),
        Reason(
            kind=ReasonKind.VIOLATION,
            rule="strong-copyleft",
            severity=Severity.ERROR,
            cause="Waived cause",
            message="left 1.0.0",
            ref=left,
            projects=("package.json",),
            waiver=AppliedWaiver(reason="bought", comment="contract 7", approved_by="legal", until=date(2027, 1, 1)),
        ),
    )


def result(*, evaluated: bool = True, found: Inventory | None = None) -> Result:
    """A result with every slot filled, or with the inventory alone."""
    stock = found or inventory()
    scan = ScanFindings(
        components=tuple(
            ComponentLicense(ref=one.ref, declared=text, effective=text, basis="declared" if text else "")
            for one in stock.components
            for text in [" AND ".join(one.declared_licenses)]
        ),
        texts=(LicenseText(path="node_modules/@shop/left/LICENSE", text=MIT_TEXT),),
    )
    verdict = Verdict(outcome=Outcome.NOT_COMPLIANT, sentence="Not compliant: 1 cause in 1 package.", reasons=reasons())
    return Result(
        tool=Tool("Paddock", "0.1.0"),
        created=CREATED,
        subject=Subject(kind="tree", name="shop", revision="0123456789abcdef0123456789abcdef01234567"),
        inventory=stock,
        scan=scan if evaluated else None,
        verdict=verdict if evaluated else None,
        policy=PolicyIdentity(name="Default", sha256="cd" * 32) if evaluated else None,
    )
