# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A policy as values: licence categories, rules, what is assumed, and how products are distributed."""

from enum import StrEnum

import msgspec

from paddock.engine.model.issue import Severity
from paddock.engine.model.result import PolicyIdentity
from paddock.engine.model.verdict import ReasonKind


class Distribution(StrEnum):
    """How people get at a product; rules about conveying copies distinguish it.

    INTERNAL: stays within the company. HOSTED: used over a network. APP: copies are handed out. EMBEDDED: shipped in a
    device, where users may have to be able to replace it.
    """

    INTERNAL = "internal"
    HOSTED = "hosted"
    APP = "app"
    EMBEDDED = "embedded"


class Linkage(StrEnum):
    """How a component becomes part of a product."""

    STATIC = "static"
    DYNAMIC = "dynamic"


class Subject(StrEnum):
    """What a rule is applied to."""

    COMPONENTS = "components"
    PROJECTS = "projects"


class Category(msgspec.Struct, frozen=True):
    """A group of licences with the same consequences."""

    name: str
    description: str = ""


class Classification(msgspec.Struct, frozen=True, kw_only=True):
    """Which licence is in which categories.

    licenses: id (or "id WITH exception") -> categories, the first being the main one. base: whether licences that are
    not listed take their category from the licence list (see `categories`). unlisted: the category of what then still
    has none; "" means that the category is not known, so that rules about it ask.
    """

    categories: tuple[Category, ...] = ()
    licenses: dict[str, tuple[str, ...]] = {}
    base: bool = False
    unlisted: str = ""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule; see docs/policy.md.

    when: a condition in CEL that says for which licence of which component the rule applies. kind: whether it then is a
    violation, or a question that people have to answer. message, why, how_to_fix, cause: texts in which {license},
    {name}, {version}, {purl}, {project}, {scope}, {category}, {distribution} and the other facts are replaced.
    waivable_by: the role that may waive, "" for nobody. about: components, projects, or both.
    """

    id: str
    when: str
    kind: ReasonKind = ReasonKind.VIOLATION
    severity: Severity = Severity.ERROR
    message: str
    why: str = ""
    how_to_fix: str = ""
    waivable_by: str = ""
    cause: str = ""
    about: tuple[Subject, ...] = (Subject.COMPONENTS,)


class Assumptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the policy takes for granted where nothing is known, by purl type; "*" stands for every other type."""

    linkage: dict[str, Linkage] = {}
    modified: dict[str, bool] = {}


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """A policy, versioned by the SHA-256 over its content (texts and order count, comments and layout do not).

    distribution: for products whose configuration states none; None: then it is not known. preferences: licence ids and
    category names, the most preferred first, for choosing among alternatives that break no rule.
    """

    name: str
    description: str = ""
    classification: Classification = Classification()
    rules: tuple[Rule, ...] = ()
    distribution: Distribution | None = None
    preferences: tuple[str, ...] = ()
    assumptions: Assumptions = Assumptions()
    sha256: str = ""

    @property
    def identity(self) -> PolicyIdentity:
        """Name and content hash, for results."""
        return PolicyIdentity(name=self.name, sha256=self.sha256)


NO_LICENSE = Rule(
    id="no-license",
    when="true",
    kind=ReasonKind.QUESTION,
    message="No licence is known for {name} {version}.",
    why="Without a licence nobody may copy, change or pass on a work; what is not known cannot be cleared.",
    how_to_fix=(
        "Scan with --deep, which fetches and reads the packages' published sources, or with the packages installed "
        "(node_modules, .venv, vendor …), or state the licence with concluded_license in a curation in .paddock.yml."
    ),
    waivable_by="open source office",
    cause="No known licence",
)
UNMAPPED_LICENSE = Rule(
    id="unmapped-license",
    when="true",
    kind=ReasonKind.QUESTION,
    message='{name} {version} states "{license}", which does not tell what licence is meant.',
    why="A licence that cannot be named cannot be judged.",
    how_to_fix=(
        "Read the licence file of the package, and state in a curation in .paddock.yml what it is: concluded_license "
        "for this package, or declared_license_mapping for all that say the same."
    ),
    waivable_by="open source office",
    cause='Licence statement not understood: "{license}"',
)
ANALYSIS_INCOMPLETE = "analysis-incomplete"
BUILT_IN: dict[str, Rule] = {rule.id: rule for rule in (NO_LICENSE, UNMAPPED_LICENSE)}
"""Rules that hold in every policy; a policy may state a rule with the same id to change its condition and texts."""
