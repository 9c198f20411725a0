# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a format has no place for, carried through it as a remark and put back on reading.

A document that this program wrote has one remark (an annotation) about itself and one about each package where it is
needed. The remark is the word `paddock-remainder:` and a JSON object. About a package: `component` or `project`, the
fields of the model (model/component.py, model/inventory.py) whose values cannot be read off the package itself, with
these values; for a project also `usages` (those that do not follow from the relations, in full) and `unused` (refs that
would follow but are none). About the document: `name`, `files_seen`, `files_read`, `issues`, `edges` (to add),
`no_edges` (to leave out), the latter two as pairs of refs. A reader that ignores all this still gets what the format
itself can say; what it says is found by reading the document without its remarks, so both always agree.
"""

import json
from typing import Any

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Project, Usage
from paddock.engine.model.issue import Issue
from paddock.engine.model.purl import InvalidPurl, PackageURL, parse_purl

MARK = "paddock-remainder: "
_COMPONENT_FIELDS = tuple(field for field in Component.__struct_fields__ if field not in ("purl", "ref"))
_PROJECT_FIELDS = tuple(field for field in Project.__struct_fields__ if field not in ("purl", "usages"))


def _partial(name: str, model: type[msgspec.Struct], names: tuple[str, ...]) -> type[msgspec.Struct]:
    fields = {field.name: field.type for field in msgspec.structs.fields(model)}
    return msgspec.defstruct(
        name, [(field, fields[field] | msgspec.UnsetType, msgspec.UNSET) for field in names], frozen=True
    )


_ComponentFacts = _partial("_ComponentFacts", Component, _COMPONENT_FIELDS)
_ProjectFacts = _partial("_ProjectFacts", Project, _PROJECT_FIELDS)


class _ProjectRemainder(msgspec.Struct, frozen=True):
    project: Any
    purl: str | msgspec.UnsetType | None = msgspec.UNSET
    usages: tuple[Usage, ...] = ()
    unused: tuple[str, ...] = ()


class _DocumentRemainder(msgspec.Struct, frozen=True):
    name: str | None = None
    files_seen: int = 0
    files_read: int = 0
    issues: tuple[Issue, ...] = ()
    edges: tuple[Edge, ...] = ()
    no_edges: tuple[Edge, ...] = ()


def pack(facts: dict[str, Any]) -> str:
    """The remark for some facts; plain ASCII without angle brackets, so that every notation carries it unchanged."""
    text = json.dumps(facts, separators=(",", ":"), sort_keys=True)
    return MARK + text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def unpack(remark: str) -> Any:
    """The facts in a remark; None when it is no such remark or is damaged."""
    if not remark.startswith(MARK):
        return None
    try:
        facts = json.loads(remark[len(MARK) :])  # unlike msgspec, takes the halves of characters in file names
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) else None


def component_remainder(read: Component, meant: Component) -> dict[str, Any]:
    """The facts of a component that reading the document without remarks would not give; empty when it gives all."""
    facts = _differences(read, meant, _COMPONENT_FIELDS)
    return {"component": facts} if facts else {}


def restored_component(read: Component, facts: Any) -> Component:
    """A component with its remainder put back. Raises msgspec.ValidationError when the remainder is of other shape."""
    given = msgspec.convert(facts.get("component", {}), _ComponentFacts)
    return msgspec.structs.replace(read, **_set_fields(given, _COMPONENT_FIELDS))


def project_remainder(read: Project, meant: Project) -> dict[str, Any]:
    """The facts of a project that reading without remarks would not give; never empty: it marks the package."""
    facts: dict[str, Any] = {"project": {"id": meant.id, **_differences(read, meant, _PROJECT_FIELDS)}}
    if read.purl != meant.purl:
        facts["purl"] = meant.purl.to_string() if meant.purl else None
    known = {usage.ref: usage for usage in read.usages}
    usages = [usage for usage in meant.usages if known.get(usage.ref) != usage]
    unused = sorted(known.keys() - {usage.ref for usage in meant.usages})
    if usages:
        facts["usages"] = msgspec.to_builtins(usages)
    if unused:
        facts["unused"] = unused
    return facts


def restored_project(read: Project, facts: Any) -> Project:
    """A project with its remainder put back, usages apart from those that lead nowhere checked by the caller.

    Raises msgspec.ValidationError or InvalidPurl when the remainder is of other shape.
    """
    given = msgspec.convert(facts, _ProjectRemainder)
    fields = _set_fields(msgspec.convert(given.project, _ProjectFacts), _PROJECT_FIELDS)
    usages = {usage.ref: usage for usage in read.usages}
    for ref in given.unused:
        usages.pop(ref, None)
    usages.update((usage.ref, usage) for usage in given.usages)
    purl: PackageURL | None = read.purl
    if not isinstance(given.purl, msgspec.UnsetType):
        purl = parse_purl(given.purl) if given.purl else None
    return msgspec.structs.replace(read, **fields, purl=purl, usages=tuple(usages[ref] for ref in sorted(usages)))


def document_remainder(read: Inventory, meant: Inventory) -> dict[str, Any]:
    """The facts about the inventory as a whole that reading without remarks would not give."""
    facts: dict[str, Any] = {}
    if read.name != meant.name:
        facts["name"] = meant.name
    for field in ("files_seen", "files_read"):
        if getattr(meant, field):
            facts[field] = getattr(meant, field)
    if meant.issues:
        facts["issues"] = msgspec.to_builtins(meant.issues)
    given, wanted = set(read.edges), set(meant.edges)
    if wanted - given:
        facts["edges"] = msgspec.to_builtins(sorted(wanted - given))
    if given - wanted:
        facts["no_edges"] = msgspec.to_builtins(sorted(given - wanted))
    return facts


def restored_document(read: Inventory, facts: Any) -> Inventory:
    """The inventory with its own remainder put back. Raises msgspec.ValidationError when that is of other shape."""
    given = msgspec.convert(facts, _DocumentRemainder)
    edges = (set(read.edges) - set(given.no_edges)) | set(given.edges)
    return msgspec.structs.replace(
        read,
        name=read.name if given.name is None else given.name,
        files_seen=given.files_seen,
        files_read=given.files_read,
        issues=(*given.issues, *read.issues),
        edges=tuple(sorted(edges)),
    )


def _differences(read: msgspec.Struct, meant: msgspec.Struct, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: msgspec.to_builtins(getattr(meant, name)) for name in names if getattr(read, name) != getattr(meant, name)
    }


def _set_fields(facts: msgspec.Struct, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(facts, name) for name in names}
    return {name: value for name, value in values.items() if value is not msgspec.UNSET}


DAMAGED = (msgspec.ValidationError, InvalidPurl)
"""What restoring raises when a remainder is not of the shape above; the document's own statements then stand alone."""
