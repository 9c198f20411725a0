# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 as tag-value text, read into the JSON form. One pass over the lines.

Grammar: `Tag: value` on one line, or `Tag: <text>` … `</text>` over several; `#` begins a comment line. An object
begins with its first tag and goes on until another begins; files belong to the package before them.
https://spdx.github.io/spdx-spec/v2.3/conformance/ , clause 4.4.
"""

import re
from collections.abc import Iterator
from typing import Any

from paddock.engine.formats.document import Kind
from paddock.engine.formats.spdx2.raw import Breach, Raw, refused, text_of
from paddock.engine.formats.spdx2.tag_value_tags import LISTS, TAGS, Tag

_GRAMMAR = "SPDX clause 4.4 (tag-value form)"
_LINE = re.compile(r"\s*([A-Za-z]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_CHECKSUM = re.compile(r"([^\s:]+)[ \t]*:[ \t]*(\S*)")
_CODE = re.compile(r"([^\s(]+)[ \t]*(?:\((?:excludes:)?[ \t]*(.*)\))?", re.DOTALL)
_RANGE = re.compile(r"(\d{1,18}):(\d{1,18})")
_OPEN, _CLOSE = "<text>", "</text>"


class _Reading:
    """The document under construction: the object that each kind of tag describes at this point."""

    def __init__(self) -> None:
        self.value: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.breaches: list[Breach] = []
        self.objects: dict[str, dict[str, Any]] = {"document": self.value}
        self.paths: dict[str, str] = {"document": ""}
        self.element = "document"  # what a bare SPDXID names: the document, a package or a file
        self.annotated: list[tuple[dict[str, Any], str]] = []

    def begin(self, kind: str, line: int) -> None:
        items = self.value.setdefault(LISTS[kind], [])
        self.paths[kind] = f"{LISTS[kind]}[{len(items)}]"
        self.objects[kind] = {}
        self.lines[self.paths[kind]] = line
        items.append(self.objects[kind])
        for part in ("reference", "artifact"):
            self.objects.pop(part, None)
        if kind in ("package", "file"):
            self.element = kind

    def path(self, owner: str, field: str) -> str:
        return ".".join(part for part in (self.paths[owner], field) if part)

    def tell(self, owner: str, field: str, rule: str, message: str, *, fatal: bool = False) -> None:
        self.breaches.append(Breach(self.path(owner, field), rule, message, fatal))

    def put(self, tag: Tag, value: Any, line: int) -> None:
        item = self.objects[tag.owner]
        path = self.path(tag.owner, tag.field)
        if tag.many:
            items = item.setdefault(tag.field, [])
            self.lines[f"{path}[{len(items)}]"] = line
            items.append(value)
        elif tag.field in item:
            self.lines[path] = line
            self.tell(tag.owner, tag.field, f"SPDX clause {tag.clause}", "stands a second time in one object")
        else:
            self.lines[path] = line
            item[tag.field] = value


def read_tag_value(data: bytes, kind: Kind) -> Raw:
    """The JSON form of a tag-value document. Raises InvalidDocument with the line where the grammar is broken."""
    reading = _Reading()
    for line, name, value in _pairs(text_of(data, kind), kind):
        _take(reading, name, value, line)
    _place_annotations(reading)
    return Raw(value=reading.value, lines=reading.lines, texts_only=True, breaches=reading.breaches)


def _pairs(text: str, kind: Kind) -> Iterator[tuple[int, str, str]]:
    """Line, tag and value of each statement."""
    lines = iter(enumerate(text.replace("\r\n", "\n").split("\n"), 1))
    for number, line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise refused(kind, f"line {number}", _GRAMMAR, f"{line.strip()[:60]!r} is not 'Tag: value'")
        name, value = match.groups()
        if not value.startswith(_OPEN):
            yield number, name, value.strip()
            continue
        parts = [value.removeprefix(_OPEN)]
        while _CLOSE not in parts[-1]:
            _, following = next(lines, (0, None))
            if following is None:
                raise refused(kind, f"line {number}", _GRAMMAR, f"the <text> of {name} is never closed")
            parts.append(following)
        parts[-1], _, rest = parts[-1].partition(_CLOSE)
        if rest.strip():
            raise refused(kind, f"line {number}", _GRAMMAR, f"{rest.strip()[:40]!r} follows the </text> of {name}")
        yield number, name, "\n".join(parts)


def _take(reading: _Reading, name: str, value: str, line: int) -> None:
    if name == "SPDXID":
        reading.put(Tag(reading.element, "SPDXID", "6.3"), value, line)
        _own_file(reading, value)
        return
    tag = TAGS.get(name)
    if tag is None:
        reading.lines.setdefault(name, line)
        reading.breaches.append(Breach(name, _GRAMMAR, f"{name!r} is not a tag of SPDX 2"))
        return
    if tag.begins:
        reading.begin(tag.owner, line)
    elif tag.owner == "creation":
        reading.objects.setdefault("creation", reading.value.setdefault("creationInfo", {}))
        reading.paths["creation"] = "creationInfo"
        reading.lines.setdefault("creationInfo", line)
    elif tag.owner not in reading.objects:
        reading.lines.setdefault(name, line)
        message = f"{name!r} stands before any {tag.owner} that it could describe"
        reading.breaches.append(Breach(name, f"SPDX clause {tag.clause}", message))
        return
    _take_apart(reading, tag, value, line)


def _own_file(reading: _Reading, key: str) -> None:
    package = reading.objects.get("package")
    if reading.element == "file" and package is not None:
        package.setdefault("hasFiles", []).append(key)


def _take_apart(reading: _Reading, tag: Tag, value: str, line: int) -> None:
    """Put a value where it belongs, taking apart those that are several in one. A tag without a value says nothing."""
    taken: Any = value
    if not value:
        return
    if tag.form == "checksum":
        match = _CHECKSUM.fullmatch(value)
        taken = {"algorithm": match.group(1), "checksumValue": match.group(2)} if match else None
    elif tag.form == "verification code":
        taken = _verification_code(value)
    elif tag.form == "external reference":
        parts = value.split(None, 2)
        fields = ("referenceCategory", "referenceType", "referenceLocator")
        taken = dict(zip(fields, parts, strict=True)) if len(parts) == 3 else None
    elif tag.form == "external document":
        taken = _external_document(value)
    elif tag.form in ("byte range", "line range"):
        taken = _range(value, "offset" if tag.form == "byte range" else "lineNumber", reading.objects[tag.owner])
    elif tag.form == "artifact":
        taken = {"name": value}
    elif tag.form == "annotated":
        reading.annotated.append((reading.objects["annotation"], value))
        return
    elif tag.form == "relationship":
        _relationship(reading, tag, value)
        return
    if taken is None:
        reading.lines[reading.path(tag.owner, tag.field)] = line
        reading.tell(
            tag.owner, tag.field, f"SPDX clause {tag.clause}", f"{value[:60]!r} is not of the form it must have"
        )
        return
    reading.put(tag, taken, line)
    if tag.form in ("external reference", "artifact"):
        part = "reference" if tag.form == "external reference" else "artifact"
        reading.objects[part] = taken
        items = reading.objects[tag.owner][tag.field]
        reading.paths[part] = f"{reading.path(tag.owner, tag.field)}[{len(items) - 1}]"


def _relationship(reading: _Reading, tag: Tag, value: str) -> None:
    parts = value.split()
    if len(parts) == 3:
        reading.objects["relationship"].update(
            zip(("spdxElementId", "relationshipType", "relatedSpdxElement"), parts, strict=True)
        )
        return
    reading.tell("relationship", "", f"SPDX clause {tag.clause}", f"{value[:60]!r} is not 'id TYPE id'", fatal=True)


def _verification_code(value: str) -> dict[str, Any] | None:
    match = _CODE.fullmatch(value)
    if match is None:
        return None
    code: dict[str, Any] = {"packageVerificationCodeValue": match.group(1)}
    if match.group(2):
        code["packageVerificationCodeExcludedFiles"] = [name.strip() for name in match.group(2).split(",")]
    return code


def _external_document(value: str) -> dict[str, Any] | None:
    parts = value.split(None, 2)
    match = _CHECKSUM.fullmatch(parts[2].strip()) if len(parts) == 3 else None
    if match is None:
        return None
    checksum = {"algorithm": match.group(1), "checksumValue": match.group(2)}
    return {"externalDocumentId": parts[0], "spdxDocument": parts[1], "checksum": checksum}


def _range(value: str, unit: str, snippet: dict[str, Any]) -> dict[str, Any] | None:
    match = _RANGE.fullmatch(value)
    if match is None:
        return None
    source = str(snippet.get("snippetFromFile", ""))
    first, last = ({"reference": source, unit: number} for number in match.groups())
    return {"startPointer": first, "endPointer": last}


def _place_annotations(reading: _Reading) -> None:
    """Move each annotation to the element that its SPDXREF names; the rest is about the document."""
    elements = {
        item.get("SPDXID"): (item, f"{name}[{index}]")
        for name in ("packages", "files", "snippets")
        for index, item in enumerate(reading.value.get(name, ()))
    }
    targets = {id(annotation): key for annotation, key in reading.annotated}
    remaining: list[dict[str, Any]] = []
    for index, annotation in enumerate(reading.value.pop("annotations", ())):
        place = f"annotations[{index}]"
        key = targets.get(id(annotation))
        if key in elements:
            element, path = elements[key]
            items = element.setdefault("annotations", [])
            moved = f"{path}.annotations[{len(items)}]"
        else:
            items = remaining
            moved = f"annotations[{len(items)}]"
        items.append(annotation)
        for suffix in ("", *(f".{field}" for field in annotation)):
            reading.lines[f"{moved}{suffix}"] = reading.lines[f"{place}{suffix}"]
    if remaining:
        reading.value["annotations"] = remaining
