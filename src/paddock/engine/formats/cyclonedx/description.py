# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""An inventory in the shape of CycloneDX JSON, fields in the order of the schema; facts without a place are left out.

Field by field: https://cyclonedx.org/docs/1.7/json/ . `writer` puts what is left out beside it as properties.
"""

import re
from typing import Any
from urllib.parse import quote

from paddock.engine.formats.bill.identity import MADE_UP
from paddock.engine.formats.cyclonedx.components import OWN_PREFIX, OWN_PURL
from paddock.engine.formats.cyclonedx.licensing import license_choices
from paddock.engine.formats.cyclonedx.references import is_reference, reference_values
from paddock.engine.formats.cyclonedx.schemas import hash_algorithms, options
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import SCOPE_ORDER, Inventory, Project, Scope

Value = dict[str, Any]
WRAPPER = "inventory"
_SCOPES = {
    Scope.RUNTIME: "required",
    Scope.OPTIONAL: "optional",
    Scope.BUILD: "excluded",
    Scope.TEST: "excluded",
    Scope.DEV: "excluded",
}
_DIGEST = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}")
_PERSON = re.compile(r"([^<>]*[^<>\s]) <([A-Za-z0-9._+\-]+@[A-Za-z0-9.\-]+)>")
_CPE = re.compile(
    r"[c][pP][eE]:/[AHOaho]?(:[A-Za-z0-9._\-~%]*){0,6}|cpe:2\.3:[aho*\-](:(\*|\-|[A-Za-z0-9._\-]+)){5}:(\*|\-)(:(\*|\-|[A-Za-z0-9._\-]+)){4}"
)
_MAX_VERSION = 1024


def project_refs(inventory: Inventory) -> dict[str, str]:
    """The bom-refs of the projects: bom-ref to project id."""
    return {f"project:{quote(project.id, safe='/@:+~')}": project.id for project in inventory.projects}


def describe(inventory: Inventory, version: str) -> Value:
    """`metadata.component`, `components` and `dependencies` of the document.

    A single project is metadata.component; otherwise that is a bracket that depends on all projects.
    """
    refs = {project: ref for ref, project in project_refs(inventory).items()}
    scopes = _scopes(inventory)
    components = [_component(component, scopes.get(component.ref), version) for component in inventory.components]
    if len(inventory.projects) == 1:
        root = _project(inventory.projects[0], refs, version)
    else:
        root = {"type": "application", "bom-ref": WRAPPER, "name": inventory.name or WRAPPER}
        components = [_project(project, refs, version) for project in inventory.projects] + components
    return {"root": root, "components": components, "dependencies": _dependencies(inventory, refs)}


def _project(project: Project, refs: dict[str, str], version: str) -> Value:
    value: Value = {"type": "application", "bom-ref": refs[project.id], "name": project.name or project.id}
    if 0 < len(project.version) <= _MAX_VERSION:
        value["version"] = project.version
    if licenses := license_choices(project.declared_licenses, "", version):
        value["licenses"] = licenses
    if project.purl is not None:
        value["purl"] = project.purl.to_string()
    return value


def _component(component: Component, scope: Scope | None, version: str) -> Value:
    purl = component.purl
    facts = dict(component.properties)
    value: Value = {"type": _type(facts, version), "bom-ref": component.ref}
    if component.supplier:
        value["supplier"] = {"name": component.supplier}
    if component.authors:
        value["authors"] = [_person(author) for author in component.authors]
    value |= _present(publisher=facts.get("publisher"), group=purl.namespace)
    value["name"] = purl.name
    value |= _version(component, facts, version)
    value |= _present(description=component.description, scope=_SCOPES.get(scope) if scope else None)
    if hashes := _hashes(component, version):
        value["hashes"] = hashes
    if licenses := license_choices(component.declared_licenses, component.concluded_license, version):
        value["licenses"] = licenses
    value |= _present(copyright="\n".join(component.copyrights), cpe=_cpe(facts))
    if MADE_UP not in component.properties:
        value["purl"] = component.ref
    if component.modified is not None:
        value["modified"] = component.modified
    references = reference_values(
        component.homepage, component.vcs_url, component.download_url, component.properties, version
    )
    if references:
        value["externalReferences"] = references
    if component.locations:
        value["evidence"] = {"occurrences": [_occurrence(place.path, place.line) for place in component.locations]}
    if properties := _properties(component, value, version):
        value["properties"] = properties
    return value


def _present(**values: str | None) -> Value:
    return {name: value for name, value in values.items() if value}


def _type(facts: dict[str, str], version: str) -> str:
    stated = facts.get("type", "library")
    return stated if stated in options(version, "component", "type") else "library"


def _version(component: Component, facts: dict[str, str], version: str) -> Value:
    """The version, or from 1.7 on the range of an external component, which has no version."""
    value: Value = {}
    stated = (facts.get("version") if component.version else "") or component.version
    if "external" in facts and version >= "1.7":
        value["isExternal"] = True
        if not stated and 0 < len(facts.get("version-range", "")) <= 4 * _MAX_VERSION:
            return {"versionRange": facts["version-range"], "isExternal": True}
    return ({"version": stated} if 0 < len(stated) <= _MAX_VERSION else {}) | value


def _hashes(component: Component, version: str) -> list[Value]:
    names = hash_algorithms(version)
    return [
        {"alg": names[digest.algorithm], "content": digest.value}
        for digest in component.hashes
        if digest.algorithm in names and _DIGEST.fullmatch(digest.value)
    ]


def _cpe(facts: dict[str, str]) -> str:
    cpe = facts.get("cpe", "")
    return cpe if _CPE.fullmatch(cpe) else ""


def _occurrence(path: str, line: int | None) -> Value:
    return {"location": path} if line is None else {"location": path, "line": max(line, 0)}


def _person(text: str) -> Value:
    found = _PERSON.fullmatch(text)
    return {"name": found.group(1), "email": found.group(2)} if found else {"name": text}


def _properties(component: Component, value: Value, version: str) -> list[Value]:
    """The properties that have not become fields, and the package URL that a reader made up."""
    shown = {
        ("type", value["type"]),
        ("cpe", value.get("cpe")),
        ("publisher", value.get("publisher")),
        ("version", value.get("version")),
        ("version-range", value.get("versionRange")),
        ("external", "true" if value.get("isExternal") else None),
        MADE_UP,
    }
    found = [
        {"name": name, "value": text}
        for name, text in component.properties
        if (name, text) not in shown and not name.startswith(OWN_PREFIX) and not is_reference(name, text, version)
    ]
    if MADE_UP in component.properties:
        found.append({"name": OWN_PURL, "value": component.ref})
    return found


def _scopes(inventory: Inventory) -> dict[str, Scope]:
    """The weightiest scope of each component over all projects."""
    scopes: dict[str, Scope] = {}
    for project in inventory.projects:
        for usage in project.usages:
            known = scopes.get(usage.ref, usage.scope)
            scopes[usage.ref] = min(known, usage.scope, key=SCOPE_ORDER.__getitem__)
    return scopes


def _dependencies(inventory: Inventory, refs: dict[str, str]) -> list[Value]:
    """Who depends on whom: edges, and the direct needs of projects; the bracket depends on every project.

    An entry without targets says "depends on nothing", one that is missing "not known" (so the specification): the
    former holds for what others are said to depend on, as whoever resolved those looked at it, too.
    """
    needs: dict[str, set[str]] = {}
    for project in inventory.projects:
        if direct := {usage.ref for usage in project.usages if usage.direct}:
            needs[project.id] = direct
    for edge in inventory.edges:
        if edge.source not in refs:
            needs.setdefault(edge.source, set()).add(edge.target)
        if edge.target not in refs:
            needs.setdefault(edge.target, set())
    named = {
        refs.get(node, node): sorted(refs.get(target, target) for target in targets) for node, targets in needs.items()
    }
    if len(inventory.projects) != 1:
        named[WRAPPER] = sorted(refs.values())
    return [{"ref": ref, "dependsOn": targets} if targets else {"ref": ref} for ref, targets in sorted(named.items())]
