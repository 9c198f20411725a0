# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How long a verdict takes, and that it grows linearly: generated inventories, the default policy and 12 rules more.

    python -m benchmarks.evaluation_speed

Prints one row per size; the packages carry a dozen different licence statements, three edges each, in one project.
"""

import random
import sys
import time
from datetime import UTC, datetime

import msgspec

from paddock.engine.evaluator.evaluate import evaluate
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.purl import make_purl
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.read import default_policy
from paddock.engine.policy.types import Policy, Rule

SIZES = ((1_250, 1), (2_500, 1), (5_000, 1), (10_000, 1), (20_000, 1), (5_000, 20))
STATEMENTS = (
    "MIT", "Apache License 2.0", "MIT OR Apache-2.0", "GPL-3.0-only", "LGPL-2.1+", "MPL-2.0", "BSD", "", "ISC",
    "(MIT OR GPL-2.0) AND BSD-3-Clause", "AGPL-3.0", "LicenseRef-example",
)  # fmt: skip


def main() -> int:
    """Measure every size once, after a warm-up."""
    policy = _policy()
    now = datetime.now(UTC)
    evaluate(_inventory(10, 1), None, policy, Configuration(), now)
    print(f"{'packages':>9}{'projects':>10}{'rules':>7}{'seconds':>9}{'reasons':>9}")
    for packages, projects in SIZES:
        inventory = _inventory(packages, projects)
        started = time.perf_counter()
        verdict = evaluate(inventory, None, policy, Configuration(), now)
        seconds = time.perf_counter() - started
        print(f"{packages:>9,}{projects:>10}{len(policy.rules):>7}{seconds:>9.2f}{len(verdict.reasons):>9,}")
    return 0


def _policy() -> Policy:
    more = tuple(
        Rule(id=f"more-{number}", when=f'category == "strong-copyleft" && license.endsWith("{number}")', message="x")
        for number in range(12)
    )
    return msgspec.structs.replace(default_policy(), rules=(*default_policy().rules, *more))


def _inventory(packages: int, projects: int) -> Inventory:
    chance = random.Random(1)  # noqa: S311  # a generated inventory, the same every time; nothing secret
    components = []
    for number in range(packages):
        statement = chance.choice(STATEMENTS)
        components.append(
            Component(purl=make_purl("npm", f"p{number}", "1.0"), declared_licenses=(statement,) if statement else ())
        )
    refs = [component.ref for component in components]
    edges = {Edge(ref, chance.choice(refs)) for ref in refs for _ in range(3)}
    scopes = (Scope.RUNTIME, Scope.DEV, Scope.UNKNOWN)
    return Inventory(
        projects=tuple(
            Project(
                id=f"p{index}/package.json",
                origin=Origin.LOCKED,
                usages=tuple(sorted(Usage(ref, chance.choice(scopes), number < 20) for number, ref in enumerate(refs))),
            )
            for index in range(projects)
        ),
        components=tuple(sorted(components, key=lambda component: component.ref)),
        edges=tuple(sorted(edges)),
    )


if __name__ == "__main__":
    sys.exit(main())
