# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One component's licence from its four sources, after curations; the rule of `model.licensing.ComponentLicense`."""

from collections.abc import Iterable

from paddock.engine.model.component import Component
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ComponentLicense
from paddock.engine.policy.configuration import Configuration, Curation
from paddock.engine.policy.pattern import PatternIndex
from paddock.engine.spdx.names import candidates_of, map_statements, statements_are_alternatives
from paddock.engine.spdx.parse import InvalidExpression, ids_in, join_all, normalize

SOURCE = "policy/licensing"

Curations = PatternIndex[Curation]
_NO_ANSWER = {"", "NONE", "NOASSERTION"}


def curations_by_purl(configuration: Configuration) -> Curations:
    """The configuration's curations, ready to be found by component."""
    return PatternIndex((curation.pattern, curation) for curation in configuration.curations)


def component_license(
    component: Component, curations: Curations, detected: str = ""
) -> tuple[ComponentLicense, tuple[Issue, ...]]:
    """The licence of a component; `detected` is an expression of what was found in its own files.

    A curation's conclusion beats the one that came with the component. Issues: a conclusion that is no expression, and
    curations of which cannot be told whether they apply, because the version cannot be compared.
    """
    issues: list[Issue] = []
    applied: list[Curation] = []
    for curation, answer in curations.find(component.purl):
        if answer:
            applied.append(curation)
        else:
            message = f"whether it applies to {component.ref} cannot be told: the version cannot be compared"
            issues.append(issue_at(curation.place, f"a curation is not used: {message}"))
    concluded = next((curation.concluded_license for curation in applied if curation.concluded_license), "")
    if not concluded and component.concluded_license.strip() not in _NO_ANSWER:
        try:
            concluded = normalize(component.concluded_license)
        except InvalidExpression as error:
            issues.append(Issue(Severity.WARNING, SOURCE, f"{component.ref}: concluded licence not used: {error}"))
    mapping: dict[str, str] = {}
    for curation in reversed(applied):
        mapping.update(curation.declared_license_mapping)
    either = statements_are_alternatives(component.purl.type)
    found = map_statements(component.declared_licenses, either=either, mapping=mapping)
    unmapped = unsettled(found.unmapped, detected)
    return combine_sources(component.ref, found.expression, unmapped, detected, concluded), tuple(issues)


def project_license(ref: str, statements: Iterable[str], detected: str = "") -> ComponentLicense:
    """The licence of a first-party project: what its manifest declares and what its files carry."""
    found = map_statements(statements)
    return combine_sources(ref, found.expression, unsettled(found.unmapped, detected), detected, "")


def unsettled(statements: tuple[str, ...], detected: str) -> tuple[str, ...]:
    """The statements that what was found in the files does not settle: "BSD" beside a BSD-3-Clause text is settled."""
    if not statements or not detected:
        return statements
    ids = {found.partition(" WITH ")[0] for found in ids_in(detected)}
    return tuple(text for text in statements if not ids.union("*").intersection(candidates_of(text)))


def combine_sources(
    ref: str, declared: str, unmapped: tuple[str, ...], detected: str, concluded: str
) -> ComponentLicense:
    """The four answers side by side, and the effective one: concluded, else declared and detected together."""
    sources = [name for name, text in (("declared", declared), ("detected", detected)) if text]
    return ComponentLicense(
        ref=ref,
        declared=declared,
        unmapped=unmapped,
        detected=detected,
        concluded=concluded,
        effective=concluded or join_all((declared, detected)),
        basis="concluded" if concluded else " AND ".join(sources),
    )


def issue_at(place: str, message: str, severity: Severity = Severity.WARNING) -> Issue:
    """An issue about an entry of a configuration file; place as in `configuration`."""
    path, _, line = place.rpartition(":")
    if path and line.isdigit():
        return Issue(severity, "policy", message, path, int(line))
    return Issue(severity, "policy", message, place)
