# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The facts that conditions see, gathered from inventory, scan, configuration and the policy's assumptions.

A fact that nobody knows is absent from the mapping.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Project
from paddock.engine.model.licensing import ComponentLicense
from paddock.engine.model.purl import PackageURL
from paddock.engine.policy.categories import categories_of
from paddock.engine.policy.configuration import ComponentUse, Configuration
from paddock.engine.policy.licensing import Curations
from paddock.engine.policy.pattern import PatternIndex
from paddock.engine.policy.types import Distribution, Policy
from paddock.engine.spdx.expression import Term

Facts = dict[str, object]
OTHER_FILES = "this tree"
"""What texts call the files that belong to no project."""
Value = TypeVar("Value")


class FactSource:
    """Answers for one policy and one configuration."""

    def __init__(self, policy: Policy, configuration: Configuration, curations: Curations) -> None:
        self._policy = policy
        self._configuration = configuration
        self._curations = curations
        self._uses: PatternIndex[ComponentUse] = PatternIndex((use.pattern, use) for use in configuration.uses)
        self.categories = lru_cache(maxsize=None)(self._categories)

    def of_component(self, component: Component, license: ComponentLicense) -> Facts:
        """What holds for a component wherever it is used."""
        facts = {**_of_purl(component.purl), **_of_license(license)}
        uses = [use for use, answer in self._uses.find(component.purl) if answer]
        linkage = next((use.linkage for use in uses if use.linkage), None)
        linkage = linkage or _assumed(self._policy.assumptions.linkage, component.purl.type)
        if linkage is not None:
            facts["linkage"] = linkage.value
        modified = self._modified(component, uses)
        if modified is not None:
            facts["modified"] = modified
        return facts

    def _modified(self, component: Component, uses: list[ComponentUse]) -> bool | None:
        stated = [use.modified for use in uses]
        stated += [curation.modified for curation, answer in self._curations.find(component.purl) if answer]
        stated += [component.modified, _assumed(self._policy.assumptions.modified, component.purl.type)]
        return next((answer for answer in stated if answer is not None), None)

    def of_project(self, project: Project, license: ComponentLicense) -> Facts:
        """What holds for a project itself; scope, linkage and the like say nothing about it."""
        facts: Facts = {"name": project.name or project.id, "version": project.version, "purl": ""}
        if project.purl is not None:
            facts = _of_purl(project.purl)
        facts.update(_of_license(license))
        facts["project"] = project.id
        facts["project_license"] = license.declared
        return self._with_distribution(facts, project.id)

    def of_other_files(self, license: ComponentLicense) -> Facts:
        """What holds for the files of the tree that belong to no project and no component."""
        facts: Facts = {"name": OTHER_FILES, "version": "", "purl": "", "project": "", **_of_license(license)}
        return self._with_distribution(facts, "")

    def distribution(self, project: str) -> Distribution | None:
        """How a project is distributed, as far as configuration or policy say."""
        return self._configuration.distribution_of(project) or self._policy.distribution

    def _with_distribution(self, facts: Facts, project: str) -> Facts:
        distribution = self.distribution(project)
        return facts if distribution is None else {**facts, "distribution": distribution.value}

    def of_term(self, term: Term) -> Facts:
        """What holds for one licence."""
        categories = self.categories(term)
        if not categories:
            return {"license": term.id}
        return {"license": term.id, "category": categories[0], "categories": list(categories)}

    def _categories(self, term: Term) -> tuple[str, ...]:
        return categories_of(term, self._policy.classification)


def _of_purl(purl: PackageURL) -> Facts:
    return {
        "purl": purl.to_string(),
        "type": purl.type,
        "ecosystem": purl.type,
        "purl_namespace": purl.namespace or "",
        "name": purl.name,
        "version": purl.version or "",
    }


def _of_license(license: ComponentLicense) -> Facts:
    facts: Facts = {"declared": license.declared, "detected": license.detected, "concluded": license.concluded}
    if license.effective:
        facts["basis"] = license.basis
    return facts


def _assumed(table: Mapping[str, Value], purl_type: str) -> Value | None:
    return table.get(purl_type, table.get("*"))
