# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""MSBuild projects evaluated as far as the text allows: properties, package references, imports inside the tree.

Format: https://learn.microsoft.com/visualstudio/msbuild/msbuild-project-file-schema-reference; files found upwards:
https://learn.microsoft.com/visualstudio/msbuild/customize-by-directory; central versions:
https://learn.microsoft.com/nuget/consume-packages/central-package-management. Conditions are three-valued: what does
not follow from the text (the configuration, the target framework) is "could not tell", and its items count.
"""

import posixpath
import re

import msgspec
from lxml import etree

from paddock.engine.analyzer.documents import read_xml
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable

MAX_FILES = 50
MAX_VALUE = 10_000
MAX_VARIANTS = 20
"""Of one package in one project, this many references under different conditions are kept; more is an issue."""

_PROPERTY = re.compile(r"\$\(([A-Za-z_][\w.-]*)\)")
_COMPARISON = re.compile(r"'([^']*)'\s*(==|!=)\s*'([^']*)'")
_FILE_ABOVE = re.compile(r"GetPathOfFileAbove\(\s*'?([\w.$()-]+)'?", re.IGNORECASE)
_METADATA = ("Version", "VersionOverride", "PrivateAssets", "IncludeAssets", "ExcludeAssets")


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """One package reference. metadata: lower-case names to values; None where a value cannot be told."""

    name: str
    metadata: dict[str, str | None]
    path: str
    line: int
    everywhere: bool = False


class Project:
    """An evaluated project: properties by lower-case name (None: could not tell), and its items."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.properties: dict[str, str | None] = {}
        self.references: dict[str, list[Reference]] = {}
        self.versions: dict[str, list[Reference]] = {}
        self.projects: list[str] = []
        self.sdks: dict[str, str] = {}
        self.files: list[str] = []
        self.problems: list[tuple[str, str, int | None]] = []

    def value(self, name: str) -> str:
        """A property's value; empty where it is not set or cannot be told."""
        return self.properties.get(name.lower()) or ""

    def is_true(self, name: str) -> bool:
        """Whether a property is literally true."""
        return self.value(name).lower() == "true"


def evaluate(file: SourceFile) -> Project:
    """Evaluate a project file with the Directory.*.props and .targets above it.

    Raises Unreadable when the file itself is no XML project; damaged imported files are problems of the result.
    """
    project = Project(file)
    stem, _ = posixpath.splitext(file.name)
    project.properties["msbuildprojectname"] = stem
    reader = _Reader(project)
    root = _project_root(file)
    for name in ("Directory.Build.props", "Directory.Packages.props"):
        reader.read_above(file, name)
    reader.read(file, root)
    reader.read_above(file, "Directory.Build.targets")
    return project


def evaluate_alone(file: SourceFile) -> Project:
    """Evaluate one file without looking for others above it (imports inside it are followed)."""
    project = Project(file)
    _Reader(project).read(file, _project_root(file))
    return project


def _project_root(file: SourceFile) -> etree._Element:
    root = read_xml(file)
    if _name(root) != "Project":
        raise Unreadable(f"not an MSBuild project: the root element is <{_name(root)}>")
    return root


class _Reader:
    """Walks the elements in order, as MSBuild's evaluation does."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._seen: set[str] = set()

    def read_above(self, file: SourceFile, name: str) -> None:
        """Read the nearest file of this name in the folder of `file` or above it."""
        found = file_above(file, name)
        if found is not None:
            self._read_other(found)

    def _read_other(self, file: SourceFile) -> None:
        if file.path in self._seen:
            return
        try:
            root = _project_root(file)
        except Unreadable as error:
            self._project.problems.append((error.reason, file.path, error.line))
            return
        self.read(file, root)

    def read(self, file: SourceFile, root: etree._Element) -> None:
        """Read one project file, once."""
        if file.path in self._seen or len(self._seen) >= MAX_FILES:
            return
        self._seen.add(file.path)
        self._project.files.append(file.path)
        for sdk in (root.get("Sdk") or "").split(";"):
            name, _, version = sdk.strip().partition("/")
            self._add_sdk(name, version)
        for element in root:
            self._element(file, element, True)

    def _element(self, file: SourceFile, element: etree._Element, certain: bool) -> None:
        condition = self._condition(file, element.get("Condition"))
        if condition is False:
            return
        certain = certain and condition is True
        match _name(element):
            case "PropertyGroup":
                for child in element:
                    self._property(file, child, certain)
            case "ItemGroup":
                for child in element:
                    self._item(file, child, certain)
            case "Import":
                self._import(file, element)
            case "ImportGroup":
                for child in element:
                    self._element(file, child, certain)
            case "Choose":
                for branch in element:
                    known = self._condition(file, branch.get("Condition"))
                    for child in branch if known is not False else ():
                        self._element(file, child, False)
            case "Sdk":
                self._add_sdk(element.get("Name") or "", element.get("Version") or "")

    def _add_sdk(self, name: str, version: str) -> None:
        if name and version:
            self._project.sdks[name] = version

    def _property(self, file: SourceFile, element: etree._Element, certain: bool) -> None:
        name = _name(element).lower()
        condition = self._condition(file, element.get("Condition"))
        if not name or condition is False:
            return
        value = self._expand(file, (element.text or "").strip())
        if certain and condition is True:
            self._project.properties[name] = value
        elif self._project.properties.get(name) != value or name not in self._project.properties:
            self._project.properties[name] = None

    def _item(self, file: SourceFile, element: etree._Element, certain: bool) -> None:
        condition = self._condition(file, element.get("Condition"))
        if condition is False:
            return
        certain = certain and condition is True
        kind = _name(element)
        if kind in ("PackageReference", "GlobalPackageReference"):
            self._package(file, element, self._project.references, certain, kind.startswith("Global"))
        elif kind == "PackageVersion":
            self._package(file, element, self._project.versions, certain, False)
        elif kind == "ProjectReference":
            for path in self._list(file, element.get("Include")):
                folder = _relative(self._project.file, file)
                self._project.projects.append(posixpath.normpath(posixpath.join(folder, path.replace("\\", "/"))))

    def _package(
        self,
        file: SourceFile,
        element: etree._Element,
        items: dict[str, list[Reference]],
        certain: bool,
        everywhere: bool,
    ) -> None:
        metadata = self._metadata(file, element)
        line = element.sourceline if isinstance(element.sourceline, int) else 0
        for name in self._list(file, element.get("Include")):
            reference = Reference(name=name, metadata=metadata, path=file.path, line=line, everywhere=everywhere)
            known = items.setdefault(name.lower(), [])
            if any(other.metadata == metadata for other in known):
                continue
            if len(known) < MAX_VARIANTS:
                known.append(reference)
            else:
                self._project.problems.append((f"{name} has more variants than are read", file.path, None))
        for name in self._list(file, element.get("Update")):
            known = items.get(name.lower(), [])
            changed = [msgspec.structs.replace(other, metadata={**other.metadata, **metadata}) for other in known]
            if known:
                items[name.lower()] = changed if certain else [*known, *changed][:MAX_VARIANTS]
        for name in self._list(file, element.get("Remove")) if certain else ():
            items.pop(name.lower(), None)

    def _metadata(self, file: SourceFile, element: etree._Element) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for name in _METADATA:
            value = element.get(name)
            if value is not None:
                found[name.lower()] = self._expand(file, value.strip())
        for child in element:
            if _name(child) in _METADATA and self._condition(file, child.get("Condition")) is not False:
                found[_name(child).lower()] = self._expand(file, (child.text or "").strip())
        return found

    def _list(self, file: SourceFile, text: str | None) -> list[str]:
        expanded = self._expand(file, text or "")
        if expanded is None:
            self._project.problems.append((f"the items {text!r} cannot be told", file.path, None))
            return []
        return [part.strip() for part in expanded.split(";") if part.strip()]

    def _import(self, file: SourceFile, element: etree._Element) -> None:
        text = element.get("Project") or ""
        above = _FILE_ABOVE.search(text)
        if above:
            name = above.group(1).replace("$(MSBuildThisFile)", file.name)
            parent = file_above(file, name, start=1 if ".." in text else 0)
            if parent is not None:
                self._read_other(parent)
            return
        path = self._expand(file, text.replace("$(MSBuildThisFileDirectory)", "./"))
        if not path:
            return  # files of the SDK or of packages
        found = file.neighbour(path.replace("\\", "/"))
        if found is not None:
            self._read_other(found)

    def _expand(self, file: SourceFile, text: str) -> str | None:
        """A text with its `$(Property)` filled in; None where one is not known."""
        if "$(" not in text:
            return None if "@(" in text or "%(" in text else text
        unknown = False

        def fill(match: re.Match[str]) -> str:
            nonlocal unknown
            name = match.group(1).lower()
            if name == "msbuildthisfiledirectory":
                return f"{_relative(self._project.file, file)}/"
            value = self._project.properties.get(name)
            unknown = unknown or value is None
            return value or ""

        filled = _PROPERTY.sub(fill, text)
        return None if unknown or "$(" in filled or len(filled) > MAX_VALUE else filled

    def _condition(self, file: SourceFile, text: str | None) -> bool | None:
        """Whether a condition holds; None where the text does not tell."""
        if not text or not text.strip():
            return True
        if "(" in _PROPERTY.sub("", text) or len(text) > MAX_VALUE:
            return None
        alternatives = [
            self._all(file, re.split(r"\band\b", part, flags=re.IGNORECASE))
            for part in re.split(r"\bor\b", text, flags=re.IGNORECASE)
        ]
        return True if True in alternatives else None if None in alternatives else False

    def _all(self, file: SourceFile, terms: list[str]) -> bool | None:
        values = [self._compare(file, term.strip()) for term in terms]
        return False if False in values else None if None in values else True

    def _compare(self, file: SourceFile, term: str) -> bool | None:
        match = _COMPARISON.fullmatch(term)
        if match is None:
            return {"true": True, "false": False}.get(term.strip("'").lower())
        left, operator, right = match.groups()
        bare = _PROPERTY.fullmatch(left)
        if bare and not right and bare.group(1).lower() not in self._project.properties:
            return operator == "=="  # nothing in the tree sets it
        first, second = self._expand(file, left), self._expand(file, right)
        if first is None or second is None:
            return None
        return (first.lower() == second.lower()) == (operator == "==")


def file_above(file: SourceFile, name: str, *, start: int = 0) -> SourceFile | None:
    """The nearest file of this name, `start` folders above the file's own or higher, inside the tree."""
    depth = len(file.directory.split("/")) if file.directory else 0
    for level in range(start, depth + 1):
        found = file.neighbour(posixpath.join("../" * level, name))
        if found is not None:
            return found
    return None


def _relative(project: SourceFile, file: SourceFile) -> str:
    """The folder of an imported file as seen from the project's folder."""
    return posixpath.relpath(f"/{file.directory}", f"/{project.directory}")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
