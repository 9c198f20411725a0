# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What each component and project is licensed under: declared, detected, concluded and effective, kept apart."""

from collections.abc import Callable, Iterable, Mapping

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Project
from paddock.engine.model.licensing import ComponentLicense
from paddock.engine.spdx.names import expression_of, map_statements, statements_are_alternatives
from paddock.engine.spdx.parse import InvalidExpression, join_all, normalize


class Corrections:
    """What people corrected, by component; the policy's curations are given to the scanner in this shape."""

    def __init__(
        self,
        concluded: Callable[[Component], str] = lambda _component: "",
        mapping: Callable[[Component], Mapping[str, str]] = lambda _component: {},
    ) -> None:
        self.concluded = concluded
        self.mapping = mapping


def license_component(component: Component, detected: Iterable[str], corrections: Corrections) -> ComponentLicense:
    """The licence facts of a component.

    detected: expressions found in files that belong to it. A curation's conclusion beats the one that a document
    states; a document's conclusion that is no expression counts as a declared statement.
    """
    declared = map_statements(
        component.declared_licenses,
        either=statements_are_alternatives(component.purl.type),
        mapping=corrections.mapping(component),
    )
    unmapped = declared.unmapped
    concluded = corrections.concluded(component) or component.concluded_license
    if concluded in {"NONE", "NOASSERTION"}:
        concluded = ""
    if concluded:
        try:
            concluded = normalize(concluded)
        except InvalidExpression:
            mapped = expression_of(concluded)
            unmapped = unmapped if mapped else (*unmapped, concluded)
            concluded = mapped
    return weigh(component.ref, declared.expression, unmapped, join_all(tuple(detected)), concluded)


def license_project(project: Project, detected: Iterable[str]) -> ComponentLicense:
    """The licence facts of a project of the tree itself: its manifest's statement and the tags of its files."""
    declared = map_statements(project.declared_licenses)
    return weigh(project.id, declared.expression, declared.unmapped, join_all(tuple(detected)), "")


def weigh(ref: str, declared: str, unmapped: tuple[str, ...], detected: str, concluded: str) -> ComponentLicense:
    """The effective licence: concluded, else declared and detected together, else the one there is."""
    if concluded:
        effective, basis = concluded, "concluded"
    elif declared and detected:
        effective = join_all((declared, detected))
        basis = "declared" if effective == declared else "declared AND detected"
    else:
        effective = declared or detected
        basis = "declared" if declared else "detected" if detected else ""
    return ComponentLicense(
        ref=ref,
        declared=declared,
        unmapped=unmapped,
        detected=detected,
        concluded=concluded,
        effective=effective,
        basis=basis,
    )
