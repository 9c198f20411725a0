# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""All rules, in the order of their numbers."""

from paddock.engine.formats.csaf.rules import (
    branches,
    categorization,
    dates,
    distribution,
    extensions,
    history,
    identifiers,
    languages,
    licensing,
    product_helpers,
    profiles,
    scores,
    statuses,
    weaknesses,
)
from paddock.engine.formats.csaf.rules.rule import Rule

_MODULES = (
    branches, categorization, dates, distribution, extensions, history, identifiers, languages, licensing,
    product_helpers, profiles, scores, statuses, weaknesses,
)  # fmt: skip
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (rule for module in _MODULES for rule in module.RULES),
        key=lambda rule: [int(number) for number in rule.id.split(".")],
    )
)
