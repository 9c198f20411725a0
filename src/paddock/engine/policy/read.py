# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads a policy from YAML, strictly, and names it by the SHA-256 over its content. Format: docs/policy.md."""

import hashlib
import re
import string
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

import msgspec

from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.policy.categories import BASE_CATEGORIES
from paddock.engine.policy.classifications import read_classifications
from paddock.engine.policy.conditions import (
    FACTS,
    LICENSE_FACTS,
    VULNERABILITY_FACTS,
    InvalidCondition,
    compile_condition,
)
from paddock.engine.policy.nodes import Fault, InvalidFile, Node, Reader, text_of
from paddock.engine.policy.types import (
    ANALYSIS_INCOMPLETE,
    BUILT_IN,
    Assumptions,
    Category,
    Classification,
    Distribution,
    Linkage,
    Policy,
    Rule,
    Subject,
)
from paddock.engine.spdx.parse import InvalidExpression, parse

Load = Callable[[str], bytes]
"""Reads a file beside the policy by its relative path; raises OSError or an EngineError when it cannot."""

TEXT_FACTS = frozenset(FACTS) - {"unknown", "categories", "aliases", "weaknesses"} | {"missing"}
"""What may stand in braces in the texts of a rule."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*\Z")
_TEXT_FIELDS = ("why", "how_to_fix", "waivable_by", "cause")


@lru_cache(maxsize=1)
def default_policy() -> Policy:
    """The policy that ships with the package."""
    return read_policy(default_policy_source(), "default.yml")


def default_policy_source() -> bytes:
    """The YAML of the policy that ships with the package, comments and all."""
    return files("paddock.engine.policy").joinpath("default.yml").read_bytes()


def read_policy(data: bytes, file: str, load: Load | None = None) -> Policy:
    """A policy from the bytes of `file` (a name for messages).

    load: for `classifications`, files beside the policy. Raises InvalidFile with every fault.
    """
    reader = Reader(file)
    root = reader.root(data)
    if root is None:
        raise InvalidFile((Fault(file, 0, "", "the file is empty; a policy needs at least a name and rules"),))
    optional = ("description", "distribution", "licenses", "preferences", "assumptions")
    fields = reader.mapping(root, ("name", "rules"), optional)
    classification = _classification(reader, fields["licenses"], load) if "licenses" in fields else Classification()
    policy = Policy(
        name=text_of(fields, "name", reader),
        description=text_of(fields, "description", reader),
        classification=classification,
        rules=_rules(reader, fields["rules"]) if "rules" in fields else (),
        distribution=reader.choice(fields["distribution"], Distribution) if "distribution" in fields else None,
        preferences=_preferences(reader, fields["preferences"], classification) if "preferences" in fields else (),
        assumptions=_assumptions(reader, fields["assumptions"]) if "assumptions" in fields else Assumptions(),
    )
    reader.finish()
    return msgspec.structs.replace(policy, sha256=content_hash(policy))


def content_hash(policy: Policy) -> str:
    """SHA-256 (hex) over the policy's content, the categories of files that it includes among them."""
    plain = msgspec.structs.replace(policy, sha256="")
    return hashlib.sha256(msgspec.json.encode(plain, order="deterministic")).hexdigest()


def _classification(reader: Reader, node: Node, load: Load | None) -> Classification:
    fields = reader.mapping(node, (), ("base", "categories", "classifications", "unlisted"))
    base = text_of(fields, "base", reader)
    if base not in {"", "licensedb", "none"}:
        reader.fault(fields["base"], f"{base!r} is not one of licensedb, none")
    categories: dict[str, Category] = {}
    licenses: dict[str, tuple[str, ...]] = {}
    if "classifications" in fields:
        _include(reader, fields["classifications"], load, categories, licenses)
    for item in reader.items(fields["categories"]) if "categories" in fields else ():
        _category(reader, item, categories, licenses)
    if base == "licensedb":
        for category in BASE_CATEGORIES:
            categories.setdefault(category.name, category)
    unlisted = text_of(fields, "unlisted", reader)
    if unlisted and unlisted not in categories:
        categories[unlisted] = Category(unlisted, "Licences that no category lists.")
    return Classification(
        categories=tuple(categories.values()), licenses=licenses, base=base == "licensedb", unlisted=unlisted
    )


def _include(
    reader: Reader, node: Node, load: Load | None, categories: dict[str, Category], licenses: dict[str, tuple[str, ...]]
) -> None:
    path = reader.text(node)
    if load is None:
        reader.fault(node, "a policy that is not read from a folder cannot include other files")
        return
    try:
        included = read_classifications(load(path), path)
    except InvalidFile as error:
        reader.faults.extend(error.faults)
        return
    except Exception as error:  # noqa: BLE001  # `load` is the caller's; whatever it says is a fault of this line
        reader.fault(node, f"{path!r} cannot be read: {error}")
        return
    categories.update((category.name, category) for category in included.categories)
    licenses.update(included.licenses)


def _category(
    reader: Reader, node: Node, categories: dict[str, Category], licenses: dict[str, tuple[str, ...]]
) -> None:
    fields = reader.mapping(node, ("name",), ("description", "licenses"))
    name = text_of(fields, "name", reader)
    categories[name] = Category(name, text_of(fields, "description", reader))
    for item in reader.items(fields["licenses"]) if "licenses" in fields else ():
        text = reader.text(item)
        try:
            license = str(parse(text))
        except InvalidExpression as error:
            reader.fault(item, str(error))
            continue
        licenses[license] = tuple(dict.fromkeys((*licenses.get(license, ()), name)))


def _rules(reader: Reader, node: Node) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for item in reader.items(node):
        rule = _rule(reader, item)
        if rule is None:
            continue
        if rule.id in found:
            reader.fault(item, f"the rule id {rule.id!r} stands twice")
        found[rule.id] = rule
    return tuple(found.values())


def _rule(reader: Reader, node: Node) -> Rule | None:
    optional = (*_TEXT_FIELDS, "message", "severity", "kind", "about")
    fields = reader.mapping(node, ("id", "when"), optional)
    if not {"id", "when"} <= fields.keys():
        return None
    name = text_of(fields, "id", reader)
    if not _ID.match(name):
        reader.fault(fields["id"], f"{name!r} is no rule id; use lower-case letters, digits, dots and dashes")
    if name == ANALYSIS_INCOMPLETE:
        reader.fault(fields["id"], f"the id {name!r} is taken: the evaluator asks this question itself")
    when = text_of(fields, "when", reader)
    _check_condition(reader, fields["when"], when)
    built_in = BUILT_IN.get(name)
    if built_in is None and "message" not in fields:
        reader.fault(node, "the key 'message' is missing")
    base = built_in or Rule(id=name, when=when, message="")
    changes: dict[str, object] = {"id": name, "when": when}
    for field in ("message", *_TEXT_FIELDS):
        if field in fields:
            changes[field] = _template(reader, fields[field])
    if "severity" in fields:
        changes["severity"] = reader.choice(fields["severity"], Severity) or Severity.ERROR
    if "kind" in fields:
        changes["kind"] = reader.choice(fields["kind"], ReasonKind) or ReasonKind.VIOLATION
    if "about" in fields:
        about = changes["about"] = _subjects(reader, fields["about"])
        if Subject.PROJECTS in about and _is_about_vulnerabilities(when):
            reader.fault(fields["about"], "vulnerabilities are those of components; a rule about projects sees none")
    return msgspec.structs.replace(base, **changes)


def _is_about_vulnerabilities(condition: str) -> bool:
    try:
        return bool(compile_condition(condition).facts & VULNERABILITY_FACTS)
    except InvalidCondition:
        return False  # told where it is checked


def _subjects(reader: Reader, node: Node) -> tuple[Subject, ...]:
    items = [node] if not reader.is_list(node) else reader.items(node)
    return tuple(found for found in (reader.choice(item, Subject) for item in items) if found is not None)


def _check_condition(reader: Reader, node: Node, source: str) -> None:
    try:
        facts = compile_condition(source).facts
        if facts & LICENSE_FACTS and facts & VULNERABILITY_FACTS:
            named = ", ".join(sorted(facts & (LICENSE_FACTS | VULNERABILITY_FACTS)))
            reader.fault(
                node, f"a rule is about licences or about vulnerabilities, and this one is about both: {named}"
            )
    except InvalidCondition as error:
        block = getattr(node.raw, "style", None) in {"|", ">"}
        where = f"column {error.column}" if error.line == 1 else f"line {error.line}, column {error.column}"
        reader.fault(node, f"{where} of the condition: {error.reason}", line_offset=error.line - 1 + block)


def _template(reader: Reader, node: Node) -> str:
    text = reader.text(node)
    try:
        parts = [part for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        reader.fault(node, "a brace does not pair; write {{ and }} for braces themselves")
        return text
    names = {name or "" for _, name, _, _ in parts}
    if any(layout or conversion for _, _, layout, conversion in parts):
        reader.fault(node, "in braces stands only the name of a fact, without : or !")
    for name in sorted(names - TEXT_FACTS):
        reader.fault(
            node, f"no fact is called {name!r}; in texts these may stand in braces: {', '.join(sorted(TEXT_FACTS))}"
        )
    return text


def _preferences(reader: Reader, node: Node, classification: Classification) -> tuple[str, ...]:
    known = {category.name for category in classification.categories}
    found: list[str] = []
    for item in reader.items(node):
        name = reader.text(item)
        if name not in known:
            try:
                name = str(parse(name))
            except InvalidExpression:
                reader.fault(item, f"{name!r} is neither a category of this policy nor a licence id")
        found.append(name)
    return tuple(found)


def _assumptions(reader: Reader, node: Node) -> Assumptions:
    fields = reader.mapping(node, (), ("linkage", "modified"))
    linkage: dict[str, Linkage] = {}
    for kind, value in (reader.entries(fields["linkage"]) if "linkage" in fields else {}).items():
        chosen = reader.choice(value, Linkage)
        if chosen is not None:
            linkage[kind] = chosen
    rows = reader.entries(fields["modified"]) if "modified" in fields else {}
    return Assumptions(linkage=linkage, modified={kind: reader.flag(value) for kind, value in rows.items()})
