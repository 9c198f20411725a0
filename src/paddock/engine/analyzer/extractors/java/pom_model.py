# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A POM as it is written: the parts that say what a project is and needs, before inheritance and interpolation.

Reference: https://maven.apache.org/pom.html and https://maven.apache.org/ref/current/maven-model/maven.html
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.entities import html5

from lxml import etree

from paddock.engine.analyzer.documents import parse_xml
from paddock.engine.model.errors import Unreadable

_MEMOISED_BYTES = 1024 * 1024
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30};)")
_PROJECT = re.compile(rb"<project\s[^>]*>")
_OWN_ENTITIES = {b"lt;", b"gt;", b"amp;", b"quot;", b"apos;"}
PLUGIN_GROUP = "org.apache.maven.plugins"


@dataclass(frozen=True, slots=True)
class PomDependency:
    """A `<dependency>` (or `<extension>`), verbatim; empty texts where an element is missing."""

    group: str
    artifact: str
    version: str = ""
    scope: str = ""
    type: str = ""
    classifier: str = ""
    optional: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PomPlugin:
    """A `<plugin>` with what it additionally needs."""

    group: str
    artifact: str
    version: str
    dependencies: tuple[PomDependency, ...]
    line: int | None


@dataclass(frozen=True, slots=True)
class PomParent:
    """The `<parent>`; `relative_path` is "" where the POM says that the parent is not to be looked for on disk."""

    group: str
    artifact: str
    version: str
    relative_path: str
    line: int | None

    @property
    def name(self) -> str:
        """The coordinates for people."""
        return f"{self.group}:{self.artifact}:{self.version}"


@dataclass(frozen=True, slots=True)
class PomSection:
    """What a project and each of its profiles can declare."""

    properties: dict[str, str] = field(default_factory=dict)
    dependencies: tuple[PomDependency, ...] = ()
    managed: tuple[PomDependency, ...] = ()
    plugins: tuple[PomPlugin, ...] = ()
    managed_plugins: tuple[PomPlugin, ...] = ()
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PomProfile:
    """A `<profile>`; `default` when `<activeByDefault>` says so."""

    id: str
    default: bool
    section: PomSection
    line: int | None


@dataclass(frozen=True, slots=True)
class Pom:
    """A project model. `group` and `version` are empty where they are the parent's."""

    group: str
    artifact: str
    version: str
    name: str
    packaging: str
    parent: PomParent | None
    section: PomSection
    profiles: tuple[PomProfile, ...]
    licenses: tuple[str, ...]
    description: str = ""
    url: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Group and artifact id, the group taken from the parent where the POM states none."""
        return self.group or (self.parent.group if self.parent else ""), self.artifact

    @property
    def stated_version(self) -> str:
        """The version, taken from the parent where the POM states none."""
        return self.version or (self.parent.version if self.parent else "")

    @property
    def active(self) -> tuple[PomSection, ...]:
        """The sections that count without further choice, the one that wins first."""
        return (*(profile.section for profile in self.profiles if profile.default), self.section)

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules of the project and of all its profiles, each once."""
        every = (*self.section.modules, *(name for profile in self.profiles for name in profile.section.modules))
        return tuple(dict.fromkeys(every))


def parse_pom(data: bytes) -> Pom:
    """A POM from its bytes. Raises Unreadable where it is not XML or its root is not `<project>`.

    Parents and BOMs are read again for each module that needs them, so the last ones are remembered by content.
    """
    return _remembered(data) if len(data) <= _MEMOISED_BYTES else _parse(data)


@lru_cache(maxsize=128)
def _remembered(data: bytes) -> Pom:
    return _parse(data)


def _parse(data: bytes) -> Pom:
    root = _root(data)
    if _tag(root) != "project":
        raise Unreadable(f"not a POM: the root element is <{_tag(root)}>, not <project>", _line(root))
    parent = _child(root, "parent")
    return Pom(
        group=_text(root, "groupId"),
        artifact=_text(root, "artifactId") or _text(root, "id"),
        version=_text(root, "version") or _text(root, "currentVersion"),
        name=_text(root, "name"),
        packaging=_text(root, "packaging"),
        parent=None if parent is None else _parent(parent),
        section=_section(root),
        profiles=tuple(_profile(found) for found in _children(_child(root, "profiles"), "profile")),
        licenses=_licenses(root),
        description=" ".join(_text(root, "description").split()),
        url=_text(root, "url"),
    )


def _root(data: bytes) -> etree._Element:
    """The root element, read as leniently as Maven's own reader does.

    That reader knows names such as `&oslash;` without a DTD and takes no notice of undeclared namespaces.
    """
    try:
        return parse_xml(data)
    except Unreadable:
        lenient = _PROJECT.sub(b"<project>", _ENTITY.sub(_spelt, data), count=1)
        if lenient == data or b"<!ENTITY" in data:
            raise
        return parse_xml(lenient)


def _spelt(match: "re.Match[bytes]") -> bytes:
    name = match.group(1)
    character = None if name in _OWN_ENTITIES else html5.get(name.decode("ascii"))
    return match.group() if character is None else "".join(f"&#{ord(part)};" for part in character).encode()


def _tag(element: etree._Element) -> str:
    # Processing instructions have a function where elements have a tag.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def _children(element: etree._Element | None, tag: str = "") -> Iterator[etree._Element]:
    for child in () if element is None else element:
        name = _tag(child)
        if name and (not tag or name == tag):
            yield child


def _child(element: etree._Element | None, *path: str) -> etree._Element | None:
    for tag in path:
        element = next(_children(element, tag), None)
    return element


def _text(element: etree._Element | None, *path: str) -> str:
    found = _child(element, *path)
    return "" if found is None else (found.text or "").strip()


def _parent(element: etree._Element) -> PomParent:
    stated = _child(element, "relativePath")
    path = "../pom.xml" if stated is None else (stated.text or "").strip().replace("\\", "/")
    return PomParent(
        _text(element, "groupId"), _text(element, "artifactId"), _text(element, "version"), path, _line(element)
    )


def _section(element: etree._Element) -> PomSection:
    build = _child(element, "build")
    extensions = (_dependency(found) for found in _children(_child(build, "extensions"), "extension"))
    plugins = (*_plugins(build), *(PomPlugin(ext.group, ext.artifact, ext.version, (), ext.line) for ext in extensions))
    return PomSection(
        properties={_tag(found): (found.text or "").strip() for found in _children(_child(element, "properties"))},
        dependencies=_dependencies(element),
        managed=_dependencies(_child(element, "dependencyManagement")),
        plugins=plugins,
        managed_plugins=_plugins(_child(build, "pluginManagement")),
        modules=_modules(element),
    )


def _modules(element: etree._Element) -> tuple[str, ...]:
    # Maven 4 calls them subprojects.
    listed = [
        *_children(_child(element, "modules"), "module"),
        *_children(_child(element, "subprojects"), "subproject"),
    ]
    return tuple(name for name in ((found.text or "").strip().replace("\\", "/") for found in listed) if name)


def _dependencies(element: etree._Element | None) -> tuple[PomDependency, ...]:
    return tuple(_dependency(found) for found in _children(_child(element, "dependencies"), "dependency"))


def _dependency(element: etree._Element) -> PomDependency:
    return PomDependency(
        group=_text(element, "groupId"),
        artifact=_text(element, "artifactId"),
        version=_text(element, "version"),
        scope=_text(element, "scope"),
        type=_text(element, "type"),
        classifier=_text(element, "classifier"),
        optional=_text(element, "optional").lower() == "true",
        line=_line(element),
    )


def _plugins(element: etree._Element | None) -> tuple[PomPlugin, ...]:
    return tuple(
        PomPlugin(
            _text(found, "groupId") or PLUGIN_GROUP,
            _text(found, "artifactId"),
            _text(found, "version"),
            _dependencies(found),
            _line(found),
        )
        for found in _children(_child(element, "plugins"), "plugin")
    )


def _profile(element: etree._Element) -> PomProfile:
    default = _text(element, "activation", "activeByDefault").lower() == "true"
    return PomProfile(_text(element, "id") or "default", default, _section(element), _line(element))


def _licenses(root: etree._Element) -> tuple[str, ...]:
    found = _children(_child(root, "licenses"), "license")
    stated = (_text(license, "name") or _text(license, "url") for license in found)
    return tuple(dict.fromkeys(text for text in stated if text))
