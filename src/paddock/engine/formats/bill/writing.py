# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What writers of every SPDX version need: texts that any notation carries, licences as expressions, stable ids, and
which of a project's usages must be stated because they do not follow from others.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from paddock.engine.formats.bill.expressions import (
    NO_ANSWER,
    NONE,
    is_listed_expression,
    joined,
    made_up_reference,
    references_in,
)
from paddock.engine.formats.bill.identity import made_up_purl
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Project, Usage

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_TEXT_TAG = re.compile(r"</?text>")
_NOT_ID = re.compile(r"[^A-Za-z0-9.]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
UNKNOWN_TEXT = "The text is not known."


def plain(text: str) -> str:
    """A text without the halves of characters that undecodable file names leave behind; no encoding has them."""
    return text if text.isascii() else text.encode("utf-8", "ignore").decode()


def paragraph(text: str) -> str:
    """A text as every notation can carry it: no control characters, no tag that would end it, no spaces around it."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    while _TEXT_TAG.search(text):
        text = _TEXT_TAG.sub("", text)
    return text.strip()


def line(text: str) -> str:
    """The same on one line."""
    return " ".join(paragraph(text).split())


def uri(text: str) -> str:
    """A text that is a URI; "" when it is none."""
    return text if _URI.fullmatch(text) and text.isascii() else ""


def timestamp(created: datetime) -> str:
    """A point in time as SPDX writes it: UTC, to the second. A time without zone counts as UTC."""
    zoned = created.replace(tzinfo=UTC) if created.tzinfo is None else created.astimezone(UTC)
    return zoned.strftime("%Y-%m-%dT%H:%M:%SZ")


def namespace(serial: str, inventory: Inventory, created: datetime) -> str:
    """The document's own URI: the serial where it is a URI, else one made from it or, without one, from the content."""
    wanted = uri(serial.partition("#")[0])
    if wanted:
        return wanted
    content = serial or f"{timestamp(created)} {inventory.name} {[item.ref for item in inventory.components]}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, content.encode('utf-8', 'replace').hex())}"


def key(prefix: str, ref: str) -> str:
    """A readable id of an element that depends on nothing but what it stands for."""
    readable = _NOT_ID.sub("-", ref.removeprefix("pkg:"))[:60].strip("-")
    digest = sha256(ref.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return "-".join(part for part in (prefix, readable, digest) if part)


def needs_purl(component: Component) -> bool:
    """Whether the package URL must be written: not when a reader makes up the same one from name and version."""
    return made_up_purl(line(component.purl.name), line(component.version)) != component.purl


class LicenseTexts:
    """Licence expressions for one document, and the licences that it has to define for them.

    defined: by LicenseRef name, the name for people and the text.
    """

    def __init__(self) -> None:
        self.defined: dict[str, tuple[str, str]] = {}

    def declared(self, texts: Iterable[str], properties: Mapping[str, str]) -> str:
        """One expression for declared licences; what is no expression is carried as a licence of its own."""
        expressions = [self.expression(text, properties) for text in texts]
        kept = [text for text in expressions if text]
        if kept == [NONE]:
            return NONE
        kept = [text for text in kept if text != NONE]
        return joined(kept) if kept else NO_ANSWER

    def expression(self, text: str, properties: Mapping[str, str]) -> str:
        """The expression for one licence text: itself, a reference to a licence with this text, or "" for nothing."""
        text = paragraph(text)
        if text in ("", NO_ANSWER):
            return ""
        if text == NONE:
            return NONE
        if not is_listed_expression(text):
            reference = made_up_reference(text)
            self.defined[reference] = (line(text)[:100], text)
            return reference
        for reference in references_in(text):
            text = self._define(reference, text, properties)
        return text

    def _define(self, reference: str, text: str, properties: Mapping[str, str]) -> str:
        """Define a reference; where the document has it with another text already, under another name."""
        name = line(properties.get(f"{reference} name", ""))
        content = paragraph(properties.get(f"{reference} text", "")) or UNKNOWN_TEXT
        known = self.defined.setdefault(reference, (name, content))
        if known[1] == content:
            return text
        other = f"{reference}-{sha256(content.encode()).hexdigest()[:8]}"
        self.defined[other] = (name, content)
        return re.sub(rf"(?<![A-Za-z0-9.\-]){re.escape(reference)}(?![A-Za-z0-9.\-])", other, text)


def stated_usages(project: Project, edges: Mapping[str, list[str]]) -> list[Usage]:
    """The usages that a document must state itself: direct ones, and of the others those that no edge leads to."""
    used = {usage.ref: usage for usage in project.usages}
    aimed = {target for source in used for target in edges.get(source, ()) if target != source}
    stated: dict[str, Usage] = {}
    reached: set[str] = set()
    first = [usage for usage in project.usages if usage.direct]
    second = [usage for usage in project.usages if not usage.direct and usage.ref not in aimed]
    for usage in (*first, *second, *project.usages):
        if usage.ref in reached and not usage.direct:
            continue
        stated[usage.ref] = usage
        waiting = [usage.ref]
        while waiting:
            ref = waiting.pop()
            if ref not in reached:
                reached.add(ref)
                waiting.extend(target for target in edges.get(ref, ()) if target in used)
    return [stated[ref] for ref in sorted(stated)]


def targets_of(edges: Iterable[Edge]) -> dict[str, list[str]]:
    """Edges as lists of targets by source."""
    found: dict[str, list[str]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(edge.target)
    return found
