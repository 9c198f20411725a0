# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A gem's specification, read from its Ruby source as far as it is literal.

Format: https://docs.ruby-lang.org/en/master/Gem/Specification.html. Installed gems have a generated, wholly
literal one; the one in a source tree is written by people: a version is often a constant in another file, which is
looked up.
"""

import posixpath
import re

import msgspec

from paddock.engine.analyzer.extractors.ruby.source import Statement, literal, literals, statements, strings
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable

MAX_REQUIRED_FILES = 10
MAX_SOURCE_BYTES = 1024 * 1024

_ASSIGNMENT = re.compile(r"(\w+)\.(\w+)\s*(?:\+|\|\|)?=(?![=~>])\s*(.*)", re.DOTALL)
_DEPENDENCY = re.compile(r"\w+\.add_(development_|runtime_)?dependency\b\s*(.*)", re.DOTALL)
_CONSTANT = re.compile(r"(?:::)?(?:[A-Z]\w*::)*([A-Z]\w*)(?:\.(?:to_s|dup|freeze))*")
_REQUIRE = re.compile(r"(?:require|require_relative|load)\b[\s(]*(.*)", re.DOTALL)
_READ = re.compile(r"(?:File|IO)\.read\b[\s(]*(.*)", re.DOTALL)


class GemDependency(msgspec.Struct, frozen=True):
    """One `add_dependency`: name, requirements, and whether only the gem's own development needs it."""

    name: str
    requirements: list[str]
    development: bool
    line: int


class Specification(msgspec.Struct, kw_only=True):
    """What the source says literally.

    computed: fields whose value is not literal, with the line. version_source: the expression the version came from.
    """

    name: str = ""
    version: str = ""
    platform: str = ""
    licenses: list[str] = []
    authors: list[str] = []
    homepage: str = ""
    summary: str = ""
    source_code: str = ""
    dependencies: dict[str, GemDependency] = {}
    computed: list[tuple[str, int]] = []
    version_source: tuple[str, int] = ("", 0)


def read_specification(file: SourceFile) -> Specification:
    """Read a .gemspec. Raises Unreadable when there is text and nothing of a specification in it."""
    found = Specification()
    source = list(statements(file.text(strict=False, limit=MAX_SOURCE_BYTES)))
    for statement in source:
        for part in _parts(statement):
            _take(found, part)
    expression, line = found.version_source
    if expression:
        found.version = _version(expression, file, source)
        if not found.version:
            found.computed.append(("version", line))
    if source and not (found.name or found.version or found.dependencies or found.computed):
        raise Unreadable("no gem specification in it", source[0].line)
    return found


def _parts(statement: Statement) -> list[Statement]:
    """`a = 1; b = 2` and `do |s| s.name = "x"` as single statements."""
    _, opening, rest = statement.text.partition("Specification.new")
    text = rest.split("|", 2)[-1] if opening else statement.text
    if ";" not in text or any(";" in (value or ";") for value in strings(text)):
        return [Statement(text.strip(), statement.line)]
    return [Statement(part.strip(), statement.line) for part in text.split(";")]


def _take(found: Specification, statement: Statement) -> None:
    dependency = _DEPENDENCY.match(statement.text)
    if dependency:
        _take_dependency(found, dependency.group(1) == "development_", dependency.group(2), statement.line)
        return
    assignment = _ASSIGNMENT.match(statement.text)
    if assignment is None:
        return
    _, field, value = assignment.groups()
    if field in ("name", "homepage", "summary", "platform"):
        _take_text(found, field, value, statement.line)
    elif field == "version":
        found.version_source = (value, statement.line)
    elif field in ("license", "licenses"):
        found.licenses.extend(literals(value.removeprefix("nil")))
    elif field in ("author", "authors"):
        found.authors.extend(literals(value))
    elif field == "metadata":
        found.source_code = _metadata(value).get("source_code_uri", found.source_code)


def _take_text(found: Specification, field: str, value: str, line: int) -> None:
    text = literal(value)
    if text is not None:
        setattr(found, field, text.strip())
    elif field == "name":
        found.computed.append((field, line))


def _take_dependency(found: Specification, development: bool, arguments: str, line: int) -> None:
    values = strings(arguments)
    if not values or values[0] is None:
        found.computed.append(("dependency", line))
        return
    requirements = [value for value in values[1:] if value is not None]
    # Generated files repeat their dependencies for old RubyGems versions; the first list is the right one.
    found.dependencies.setdefault(values[0], GemDependency(values[0], requirements, development, line))


def _metadata(value: str) -> dict[str, str]:
    texts = strings(value)
    return {key: text for key, text in zip(texts[::2], texts[1::2], strict=False) if key and text}


def _version(value: str, file: SourceFile, source: list[Statement]) -> str:
    """A literal version, or that of a constant or a file which the source names."""
    text = literal(value)
    if text is not None:
        return text.strip()
    read = _READ.match(value)
    if read:
        return _first_line(file, literals(read.group(1)))
    constant = _CONSTANT.fullmatch(value.strip())
    if constant is None:
        return ""
    assigned = re.compile(rf"(?:^|[\s:]){re.escape(constant.group(1))}\s*=\s*(.*)", re.DOTALL)
    for statement in source:
        stated = _assigned(assigned, statement)
        if stated:
            return stated
    for required in _required_files(file, source):
        try:
            body = required.text(strict=False, limit=MAX_SOURCE_BYTES)
        except Unreadable:
            continue
        for statement in statements(body):
            stated = _assigned(assigned, statement)
            if stated:
                return stated
    return ""


def _assigned(pattern: re.Pattern[str], statement: Statement) -> str:
    match = pattern.search(statement.text)
    text = literal(match.group(1).partition(";")[0]) if match else None
    return text.strip() if text and re.match(r"\d", text.strip()) else ""


def _first_line(file: SourceFile, parts: list[str]) -> str:
    """A short file that holds nothing but the version."""
    for path in _candidates(parts, suffix=""):
        found = file.neighbour(path)
        if found is not None and found.size < 200:
            text = found.text(strict=False).strip()
            if re.fullmatch(r"\d[\w.-]*", text):
                return text
    return ""


def _required_files(file: SourceFile, source: list[Statement]) -> list[SourceFile]:
    found: dict[str, SourceFile] = {}
    for statement in source:
        match = _REQUIRE.match(statement.text)
        if match is None:
            continue
        for path in _candidates(literals(match.group(1)), suffix=".rb"):
            required = file.neighbour(path)
            if required is not None:
                found.setdefault(required.path, required)
        if len(found) >= MAX_REQUIRED_FILES:
            break
    return list(found.values())


def _candidates(parts: list[str], *, suffix: str) -> list[str]:
    """Paths that the string parts of a `require` or `File.join` may mean, relative to the gemspec."""
    joined = posixpath.join(*(part.lstrip("/") for part in parts)) if parts else ""
    if not joined or joined.startswith("/"):
        return []
    if suffix and not joined.endswith(suffix):
        joined += suffix
    # File.expand_path("../lib/x", __FILE__) means the folder of the file itself.
    return list(dict.fromkeys((joined, joined.removeprefix("../"), posixpath.join("lib", joined))))
