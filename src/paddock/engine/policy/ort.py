# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""ORT's files as our own values: `.ort.yml`, package curations, resolutions. (`license-classifications.yml` is read by
`classifications`.)

Formats: https://oss-review-toolkit.org/ort/docs/configuration/ort-yml and the pages beside it. They are written for
another tool, so reading is lenient: what has no counterpart here becomes an issue that names it, and the rest is used.
Differences that matter: a resolution has no end date and no approver, and matches texts of ORT, which rarely are ours;
scopes are names of build tools, of which the usual ones are mapped to ours, others by the reason that is given.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml

from paddock.engine.model.inventory import Scope
from paddock.engine.model.issue import Severity
from paddock.engine.policy.configuration import (
    ChoiceRule,
    Configuration,
    Curation,
    FindingCuration,
    PathExclude,
    ScopeExclude,
)
from paddock.engine.policy.nodes import NULL, Reader
from paddock.engine.policy.ort_notes import Notes, as_text
from paddock.engine.policy.ort_resolutions import resolutions_of, waivers
from paddock.engine.policy.pattern import InvalidPattern, PurlPattern, parse_pattern
from paddock.engine.policy.regex import InvalidRegex, check_regex, matches_whole
from paddock.engine.policy.version_range import InvalidRange, parse_range

FILE_NAME = ".ort.yml"
_TYPES = {
    "npm": "npm",
    "yarn": "npm",
    "pypi": "pypi",
    "maven": "maven",
    "gradle": "maven",
    "crate": "cargo",
    "gem": "gem",
    "go": "golang",
    "gomod": "golang",
    "composer": "composer",
    "packagist": "composer",
    "nuget": "nuget",
    "pub": "pub",
    "swift": "swift",
    "pod": "cocoapods",
    "conan": "conan",
    "hackage": "hackage",
    "hex": "hex",
    "bower": "bower",
    "cpan": "cpan",
    "cran": "cran",
}
_SCOPES: dict[Scope, tuple[str, ...]] = {
    Scope.DEV: ("devDependencies", "dev", "dev-dependencies", "dev_dependencies", "require-dev", "develop"),
    Scope.TEST: ("test", "tests", "testImplementation", "testCompileClasspath", "testRuntimeClasspath", "testCompile"),
    Scope.BUILD: (
        "provided",
        "build",
        "build-dependencies",
        "compileOnly",
        "annotationProcessor",
        "buildscript",
        "kapt",
    ),
    Scope.OPTIONAL: ("optionalDependencies", "optional"),
}
_DELIVERED = ("compile", "runtime", "dependencies", "implementation", "api", "default", "runtimeClasspath", "require")
_CURATED = frozenset({"comment", "concluded_license", "declared_license_mapping", "is_modified"})
_REASONS = {
    "BUILD_DEPENDENCY_OF": Scope.BUILD,
    "DEV_DEPENDENCY_OF": Scope.DEV,
    "PROVIDED_DEPENDENCY_OF": Scope.BUILD,
    "TEST_DEPENDENCY_OF": Scope.TEST,
}


def read_ort_yml(data: bytes, file: str = FILE_NAME) -> Configuration:
    """The repository configuration `.ort.yml`. Raises InvalidFile only for what is not YAML or no mapping."""
    notes = Notes(file)
    document = notes.mapping(_load(data, file), "the file")
    excludes = notes.part(document, "excludes", ("paths", "scopes"))
    curations = notes.part(document, "curations", ("packages", "license_findings"))
    resolutions = notes.part(document, "resolutions", ("issues", "rule_violations", "vulnerabilities"))
    choices = notes.part(document, "license_choices", ("repository_license_choices", "package_license_choices"))
    known = {"excludes", "curations", "resolutions", "license_choices"}
    notes.unknown({key: value for key, value in document.items() if key not in known and value}, "")
    return Configuration(
        path_excludes=tuple(_path_excludes(notes, excludes)),
        scope_excludes=tuple(_scope_excludes(notes, excludes)),
        curations=tuple(_curations(notes, curations.get("packages"))),
        finding_curations=tuple(_findings(notes, curations.get("license_findings"))),
        choices=tuple(_choices(notes, choices)),
        waivers=tuple(waivers(notes, resolutions)),
        resolutions=tuple(resolutions_of(notes, resolutions)),
        files=(file,),
        issues=tuple(notes.issues),
    )


def read_ort_curations(data: bytes, file: str) -> Configuration:
    """A file of package curations (`curations.yml`). Raises InvalidFile as above."""
    notes = Notes(file)
    return Configuration(
        curations=tuple(_curations(notes, _load(data, file))), files=(file,), issues=tuple(notes.issues)
    )


def read_ort_resolutions(data: bytes, file: str) -> Configuration:
    """A file of resolutions (`resolutions.yml`). Raises InvalidFile as above."""
    notes = Notes(file)
    document = notes.mapping(_load(data, file), "the file")
    return Configuration(
        waivers=tuple(waivers(notes, document)),
        resolutions=tuple(resolutions_of(notes, document)),
        files=(file,),
        issues=tuple(notes.issues),
    )


def _load(data: bytes, file: str) -> Any:
    root = Reader(file).root(data)  # the bounds and the error messages of all our files
    return None if root is None else _plain(root.raw)


def _plain(node: yaml.Node) -> Any:
    """Mappings, lists and texts as they are written; nothing is taken for a number or a date. None for no value."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return None if node.tag == NULL else str(node.value)


def _path_excludes(notes: Notes, excludes: dict[str, Any]) -> Iterator[PathExclude]:
    for row in notes.rows(excludes.get("paths"), "excludes.paths"):
        pattern = notes.glob(row.get("pattern"), "excludes.paths")
        if pattern:
            yield PathExclude(
                pattern=pattern,
                reason=as_text(row.get("reason")),
                comment=as_text(row.get("comment")),
                place=notes.file,
            )


def _scope_excludes(notes: Notes, excludes: dict[str, Any]) -> Iterator[ScopeExclude]:
    for row in notes.rows(excludes.get("scopes"), "excludes.scopes"):
        pattern = as_text(row.get("pattern"))
        scopes = _scopes_of(pattern, as_text(row.get("reason")))
        if scopes:
            yield ScopeExclude(
                pattern=pattern,
                scopes=scopes,
                reason=as_text(row.get("reason")),
                comment=as_text(row.get("comment")),
                place=notes.file,
            )
        else:
            notes.note(f"excludes.scopes: {pattern!r} stands for no scope known here and is not used")


def _scopes_of(pattern: str, reason: str) -> tuple[str, ...]:
    """Our scopes that a pattern over names of build tools stands for, or that its reason names; none that is delivered.

    A pattern that meets names of delivered scopes as well (".*") stands for none: too much would be left out.
    """
    try:
        check_regex(pattern)
    except InvalidRegex:
        return ()
    if not pattern or any(matches_whole(pattern, name) for name in _DELIVERED):
        return ()
    found = [scope for scope, names in _SCOPES.items() if any(matches_whole(pattern, name) for name in names)]
    if not found and reason in _REASONS:
        found = [_REASONS[reason]]
    return tuple(scope.value for scope in found)


def _curations(notes: Notes, value: Any) -> Iterator[Curation]:
    unused: Counter[str] = Counter()
    for row in notes.rows(value, "package curations"):
        identifier = as_text(row.get("id"))
        facts = notes.mapping(row.get("curations"), f"the curation of {identifier}")
        unused.update(name for name, fact in facts.items() if name not in _CURATED and fact)
        pattern = _pattern(notes, identifier)
        mapping = notes.mapping(facts.get("declared_license_mapping"), f"{identifier}: declared_license_mapping")
        modified = {"true": True, "false": False}.get(as_text(facts.get("is_modified")).lower())
        curation = (
            None
            if pattern is None
            else Curation(
                pattern=pattern,
                concluded_license=notes.expression(facts.get("concluded_license"), identifier),
                declared_license_mapping={
                    text: found for text, to in mapping.items() if (found := notes.expression(to, identifier))
                },
                modified=modified,
                comment=as_text(facts.get("comment")),
                place=notes.file,
            )
        )
        if curation and (
            curation.concluded_license or curation.declared_license_mapping or curation.modified is not None
        ):
            yield curation
    for name, count in sorted(unused.items()):
        notes.note(f"{name} in package curations ({count:,}) has no counterpart here and is not used", Severity.HINT)


def _pattern(notes: Notes, identifier: str) -> PurlPattern | None:
    """`Type:namespace:name:version` as a pattern; without version it stands for all of them."""
    parts = identifier.split(":")
    if len(parts) < 3 or not (parts[1] or parts[2]):
        notes.note(f"{identifier!r} is not an identifier of the form Type:namespace:name:version")
        return None
    kind = _TYPES.get(parts[0].lower())
    if kind is None:
        notes.note(f"packages of type {parts[0]!r} have no purl type here; {identifier!r} is not used")
        return None
    version = ":".join(parts[3:])
    package = "/".join(part.replace("%2F", "/") for part in (kind, parts[1], parts[2] or "*") if part)
    ranged = bool(re.search(r"[\[\](),]|\.\+\Z", version))
    try:
        pattern = parse_pattern(f"pkg:{package}")
        allowed = parse_range(version) if ranged else pattern.versions
    except (InvalidPattern, InvalidRange) as error:
        notes.note(f"{identifier!r}: {error}")
        return None
    return PurlPattern(pattern.package, "" if ranged else version, allowed)


def _findings(notes: Notes, value: Any) -> Iterator[FindingCuration]:
    for row in notes.rows(value, "curations.license_findings"):
        path = notes.glob(row.get("path"), "curations.license_findings")
        lines = row.get("start_lines")
        starts = lines if isinstance(lines, list) else as_text(lines).split(",")
        if path:
            yield FindingCuration(
                path=path,
                detected_license=notes.expression(row.get("detected_license"), path),
                concluded_license=notes.expression(row.get("concluded_license"), path),
                start_lines=tuple(int(as_text(line)) for line in starts if re.fullmatch(r"[0-9]{1,9}", as_text(line))),
                reason=as_text(row.get("reason")),
                comment=as_text(row.get("comment")),
                place=notes.file,
            )


def _choices(notes: Notes, choices: dict[str, Any]) -> Iterator[ChoiceRule]:
    for row in notes.rows(choices.get("package_license_choices"), "license_choices.package_license_choices"):
        pattern = _pattern(notes, as_text(row.get("package_id")))
        for choice in notes.rows(row.get("license_choices"), "license_choices"):
            chosen = notes.expression(choice.get("choice"), "license_choices")
            if pattern and chosen:
                given = notes.expression(choice.get("given"), "license_choices")
                yield ChoiceRule(given=given, choice=chosen, pattern=pattern, place=notes.file)
    for row in notes.rows(choices.get("repository_license_choices"), "license_choices.repository_license_choices"):
        given = notes.expression(row.get("given"), "license_choices")
        chosen = notes.expression(row.get("choice"), "license_choices")
        if given and chosen:
            yield ChoiceRule(given=given, choice=chosen, place=notes.file)
        elif chosen:
            notes.note(f"repository_license_choices: {chosen!r} says not what it is chosen from and is not used")
