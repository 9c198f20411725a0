# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads `.paddock.yml`, strictly. Format: docs/policy.md."""

from collections.abc import Callable
from typing import TypeVar

from paddock.engine.model.inventory import Scope
from paddock.engine.policy.configuration import (
    ChoiceRule,
    ComponentUse,
    Configuration,
    Curation,
    FindingCuration,
    PathExclude,
    ProjectUse,
    ScopeExclude,
    VulnerabilityResolution,
    Waiver,
)
from paddock.engine.policy.globs import InvalidGlob, compile_glob
from paddock.engine.policy.nodes import Node, Reader, text_of
from paddock.engine.policy.pattern import InvalidPattern, PurlPattern, parse_pattern
from paddock.engine.policy.regex import InvalidRegex, check_regex
from paddock.engine.policy.types import Distribution, Linkage
from paddock.engine.policy.version_range import InvalidRange
from paddock.engine.spdx.expression import TooManyAlternatives, is_choice_of
from paddock.engine.spdx.parse import InvalidExpression, normalize, parse

Entry = TypeVar("Entry")

FILE_NAME = ".paddock.yml"
_KEYS = (
    "policy", "distribution", "projects", "excludes", "curations", "license_choices", "waivers", "components",
    "resolutions",
)  # fmt: skip


def read_configuration(data: bytes, file: str = FILE_NAME) -> Configuration:
    """The configuration in the bytes of `file` (a name for messages); an empty file is an empty configuration.

    Raises InvalidFile with every fault.
    """
    reader = Reader(file)
    root = reader.root(data)
    if root is None:
        return Configuration(files=(file,))
    fields = reader.mapping(root, (), _KEYS)
    excludes = reader.mapping(fields["excludes"], (), ("paths", "scopes")) if "excludes" in fields else {}
    curations = _Curations(reader, fields.get("curations"))
    configuration = Configuration(
        policy=text_of(fields, "policy", reader),
        distribution=reader.choice(fields["distribution"], Distribution) if "distribution" in fields else None,
        projects=_entries(reader, fields.get("projects"), _project),
        path_excludes=_entries(reader, excludes.get("paths"), _path_exclude),
        scope_excludes=_entries(reader, excludes.get("scopes"), _scope_exclude),
        curations=curations.packages,
        finding_curations=curations.findings,
        choices=_entries(reader, fields.get("license_choices"), _choice),
        waivers=_entries(reader, fields.get("waivers"), _waiver),
        uses=_entries(reader, fields.get("components"), _use),
        resolutions=_entries(reader, fields.get("resolutions"), _resolution),
        files=(file,),
    )
    reader.finish()
    return configuration


def _entries(reader: Reader, node: Node | None, read: Callable[[Reader, Node], Entry | None]) -> tuple[Entry, ...]:
    if node is None:
        return ()
    return tuple(entry for entry in (read(reader, item) for item in reader.items(node)) if entry is not None)


class _Curations:
    """`curations` holds entries about packages (with `purl`) and about findings in files (with `path`)."""

    def __init__(self, reader: Reader, node: Node | None) -> None:
        items = reader.items(node) if node is not None else []
        by_path = [reader.is_mapping_with(item, "path") for item in items]
        findings = [_finding(reader, item) for item, path in zip(items, by_path, strict=True) if path]
        packages = [_curation(reader, item) for item, path in zip(items, by_path, strict=True) if not path]
        self.findings = tuple(entry for entry in findings if entry is not None)
        self.packages = tuple(entry for entry in packages if entry is not None)


def _project(reader: Reader, node: Node) -> ProjectUse | None:
    fields = reader.mapping(node, ("path", "distribution"))
    if len(fields) < 2:
        return None
    distribution = reader.choice(fields["distribution"], Distribution)
    return (
        None if distribution is None else ProjectUse(pattern=_glob(reader, fields["path"]), distribution=distribution)
    )


def _path_exclude(reader: Reader, node: Node) -> PathExclude | None:
    fields = reader.mapping(node, ("pattern", "reason"), ("comment",))
    if "pattern" not in fields:
        return None
    return PathExclude(
        pattern=_glob(reader, fields["pattern"]),
        reason=text_of(fields, "reason", reader),
        comment=text_of(fields, "comment", reader),
        place=_place(reader, node),
    )


def _scope_exclude(reader: Reader, node: Node) -> ScopeExclude | None:
    fields = reader.mapping(node, ("scope", "reason"), ("comment",))
    if "scope" not in fields:
        return None
    scope = reader.choice(fields["scope"], Scope)
    if scope is None:
        return None
    return ScopeExclude(
        pattern=scope.value,
        scopes=(scope.value,),
        reason=text_of(fields, "reason", reader),
        comment=text_of(fields, "comment", reader),
        place=_place(reader, node),
    )


def _curation(reader: Reader, node: Node) -> Curation | None:
    optional = ("versions", "concluded_license", "declared_license_mapping", "modified", "comment")
    fields = reader.mapping(node, ("purl",), optional)
    pattern = _pattern(reader, fields)
    if pattern is None:
        return None
    mapping = reader.entries(fields["declared_license_mapping"]) if "declared_license_mapping" in fields else {}
    return Curation(
        pattern=pattern,
        concluded_license=_expression(reader, fields["concluded_license"]) if "concluded_license" in fields else "",
        declared_license_mapping={text: _expression(reader, value) for text, value in mapping.items()},
        modified=reader.flag(fields["modified"]) if "modified" in fields else None,
        comment=text_of(fields, "comment", reader),
        place=_place(reader, node),
    )


def _finding(reader: Reader, node: Node) -> FindingCuration | None:
    optional = ("detected_license", "start_lines", "comment")
    fields = reader.mapping(node, ("path", "concluded_license", "reason"), optional)
    if "path" not in fields:
        return None
    lines: list[int] = []
    for item in reader.items(fields["start_lines"]) if "start_lines" in fields else ():
        text = reader.text(item)
        if text.isascii() and text.isdigit() and len(text) < 10:
            lines.append(int(text))
        else:
            reader.fault(item, f"{text!r} is no line number")
    concluded = text_of(fields, "concluded_license", reader)
    return FindingCuration(
        path=_glob(reader, fields["path"]),
        detected_license=_expression(reader, fields["detected_license"]) if "detected_license" in fields else "",
        concluded_license="" if concluded.upper() in {"", "NONE"} else _expression(reader, fields["concluded_license"]),
        start_lines=tuple(lines),
        reason=text_of(fields, "reason", reader),
        comment=text_of(fields, "comment", reader),
        place=_place(reader, node),
    )


def _choice(reader: Reader, node: Node) -> ChoiceRule | None:
    fields = reader.mapping(node, ("choice",), ("given", "purl", "versions", "comment"))
    if "choice" not in fields:
        return None
    given = _expression(reader, fields["given"]) if "given" in fields else ""
    choice = _expression(reader, fields["choice"])
    pattern = _pattern(reader, fields) if "purl" in fields else None
    if not given and pattern is None:
        reader.fault(node, "a choice without 'given' would apply to everything; add 'given' or 'purl'")
    if given and choice:
        check_choice(reader, fields["choice"], choice, given)
    return ChoiceRule(given=given, choice=choice, pattern=pattern, place=_place(reader, node))


def check_choice(reader: Reader, node: Node, choice: str, given: str) -> None:
    """Note a choice that is none of the alternatives."""
    try:
        if not is_choice_of(parse(choice), parse(given)):
            reader.fault(node, f"{choice!r} is none of the alternatives of {given!r}")
    except TooManyAlternatives as error:
        reader.fault(node, str(error))


def _waiver(reader: Reader, node: Node) -> Waiver | None:
    required = ("rule", "reason", "approved_by", "until")
    fields = reader.mapping(node, required, ("purl", "versions", "license", "project", "message", "comment"))
    if not fields.keys() >= set(required):
        return None
    until = reader.day(fields["until"])
    if "license" in fields and "*" not in (license := reader.text(fields["license"])):
        license = _expression(reader, fields["license"])
    elif "license" not in fields:
        license = "*"
    return Waiver(
        rule=text_of(fields, "rule", reader),
        pattern=_pattern(reader, fields) if "purl" in fields else None,
        license=license,
        project=_glob(reader, fields["project"]) if "project" in fields else "**",
        message=_regex(reader, fields["message"]) if "message" in fields else "",
        reason=text_of(fields, "reason", reader),
        comment=text_of(fields, "comment", reader),
        approved_by=text_of(fields, "approved_by", reader),
        until=until,
        place=_place(reader, node),
    )


def _resolution(reader: Reader, node: Node) -> VulnerabilityResolution | None:
    required = ("vulnerability", "reason", "until")
    fields = reader.mapping(node, required, ("purl", "versions", "comment", "approved_by"))
    if not fields.keys() >= set(required):
        return None
    return VulnerabilityResolution(
        vulnerability=text_of(fields, "vulnerability", reader),
        pattern=_pattern(reader, fields) if "purl" in fields else None,
        reason=text_of(fields, "reason", reader),
        comment=text_of(fields, "comment", reader),
        approved_by=text_of(fields, "approved_by", reader),
        until=reader.day(fields["until"]),
        place=_place(reader, node),
    )


def _use(reader: Reader, node: Node) -> ComponentUse | None:
    fields = reader.mapping(node, ("purl",), ("versions", "linkage", "modified", "comment"))
    pattern = _pattern(reader, fields)
    if pattern is None:
        return None
    if "linkage" not in fields and "modified" not in fields:
        reader.fault(node, "the entry says nothing; add 'linkage' or 'modified'")
    return ComponentUse(
        pattern=pattern,
        linkage=reader.choice(fields["linkage"], Linkage) if "linkage" in fields else None,
        modified=reader.flag(fields["modified"]) if "modified" in fields else None,
        comment=text_of(fields, "comment", reader),
        place=_place(reader, node),
    )


def _pattern(reader: Reader, fields: dict[str, Node]) -> PurlPattern | None:
    if "purl" not in fields:
        return None
    try:
        return parse_pattern(text_of(fields, "purl", reader), text_of(fields, "versions", reader))
    except InvalidPattern as error:
        reader.fault(fields["purl"], str(error))
    except InvalidRange as error:
        reader.fault(fields["versions"], str(error))
    return None


def _expression(reader: Reader, node: Node) -> str:
    text = reader.text(node)
    try:
        return normalize(text) if text else ""
    except InvalidExpression as error:
        reader.fault(node, str(error))
        return ""


def _glob(reader: Reader, node: Node) -> str:
    text = reader.text(node)
    try:
        compile_glob(text)
    except InvalidGlob as error:
        reader.fault(node, str(error))
        return ""
    return text


def _regex(reader: Reader, node: Node) -> str:
    text = reader.text(node)
    try:
        check_regex(text)
    except InvalidRegex as error:
        reader.fault(node, str(error))
        return ""
    return text


def _place(reader: Reader, node: Node) -> str:
    return f"{reader.file}:{node.line}"
