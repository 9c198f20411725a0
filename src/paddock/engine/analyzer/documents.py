# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The structured texts that manifests are written in, read within bounds; failures are `Unreadable`, with a line."""

import json
import re
from itertools import islice
from typing import Any

import yaml
from lxml import etree

from paddock.engine.downloader.tree import SourceFile, decode
from paddock.engine.formats.toml_text import parse_toml
from paddock.engine.model.errors import Unreadable

# strings and comments that nobody closes reach to the end of the text: looking for their end again and again would
# cost the square of the length
_STRING = r'("[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z))'
_COMMENT = re.compile(_STRING + r"|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_TRAILING_COMMA = re.compile(_STRING + r"|,(?=\s*[\]}])", re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

MAX_YAML_VALUES = 1_000_000
MAX_XML_ELEMENTS = 2_000_000
"""Small values take a hundred times their length in memory; these keep what is parsed below a gigabyte."""
MAX_YAML_DEPTH = 500
"""libyaml's composer recurses in C without a limit: a few ten thousand levels end the process."""
MAX_YAML_MERGES = 100
MAX_YAML_MERGED_KEYS = 10_000
"""How many mappings may be merged (`<<`) into one, and how many keys that may give."""
_MERGE_TAG = "tag:yaml.org,2002:merge"
_OPENING = re.compile(r"[\[{]")
# a bracket that is closed before any other bracket, comment or line end adds one level at most, however quotes are read
_CLOSED_AT_ONCE = re.compile(r"""[\[{](?:[^\[\]{}"'#\n]|'[^'#\n\[\]{}]*'|"[^"\\#\n\[\]{}]*")*[\]}]""")
_DEEP_BLOCK = re.compile(r"(?:[-?:][ \t]+){100}|^[ ]{200}", re.MULTILINE)


def written_text(file: SourceFile) -> str:
    """The text of a file that the tool which writes it never leaves empty. Raises Unreadable when it is."""
    text = file.text()
    if not text.strip():
        raise Unreadable("the file is empty")
    return text


def read_json(file: SourceFile) -> Any:
    """The JSON value of a file."""
    return parse_json(file.read())


def parse_json(data: bytes) -> Any:
    """JSON from bytes (UTF-8 or by byte order mark). Raises Unreadable with the line."""
    try:
        text = decode(data)
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"not valid JSON: {error.msg} at column {error.colno}", error.lineno) from error
    except RecursionError as error:
        raise Unreadable("JSON nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits
        raise Unreadable(f"not valid JSON: {error}") from error
    if _SURROGATE.search(text):
        _refuse_half_characters(value)
    return value


def _refuse_half_characters(value: Any) -> None:
    """Halves of surrogate pairs are no characters: nothing that holds one could be written again."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Unreadable("not valid JSON: a string holds half a surrogate pair") from error


def read_jsonc(file: SourceFile) -> Any:
    """JSON with comments and trailing commas, as editors and bun write it."""
    text = _COMMENT.sub(lambda match: match.group(1) or " ", file.text())
    text = _TRAILING_COMMA.sub(lambda match: match.group(1) or "", text)
    return parse_json(text.encode())


def read_toml(file: SourceFile) -> dict[str, Any]:
    """The TOML table of a file."""
    return parse_toml(file.text())


class _BoundedLoader(yaml.CSafeLoader):
    """The safe loader, with an end to merge keys (`<<`), which can multiply a small file into endless memory."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """See SafeConstructor; refuses what grows out of proportion."""
        sources = [value for key, value in node.value if key.tag == _MERGE_TAG]
        count = sum(len(value.value) if isinstance(value, yaml.SequenceNode) else 1 for value in sources)
        if count <= MAX_YAML_MERGES:
            super().flatten_mapping(node)
        if count > MAX_YAML_MERGES or (sources and len(node.value) > MAX_YAML_MERGED_KEYS):
            raise Unreadable("YAML merges too much into one mapping", node.start_mark.line + 1)


def read_yaml(file: SourceFile) -> Any:
    """The single YAML document of a file (safe types only)."""
    return parse_yaml(file.text())


def parse_yaml(text: str) -> Any:
    """YAML from text (safe types only, timestamps and numbers as YAML 1.1 says). Raises Unreadable with the line."""
    if text.count("\n") + text.count(",") > MAX_YAML_VALUES:
        raise Unreadable(f"over {MAX_YAML_VALUES:,} values in YAML are not read")
    try:
        _refuse_depth(text)
        loader = _BoundedLoader(text)
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Unreadable(f"not valid YAML: {error.problem or error.context}", line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable(f"not valid YAML: {error}") from error


def _refuse_depth(text: str) -> None:
    """Raise Unreadable for YAML nested too deeply to be composed; only texts that may be are looked at event by event.

    The quick look may err on the safe side only: what it lets pass nests less deeply than the brackets it counts.
    """
    open_brackets = len(_OPENING.findall(text))
    if open_brackets >= MAX_YAML_DEPTH:
        open_brackets -= sum(1 for _ in _CLOSED_AT_ONCE.finditer(text))
    if open_brackets < MAX_YAML_DEPTH and not _DEEP_BLOCK.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_YAML_DEPTH:
                raise Unreadable("YAML nested too deeply", event.start_mark.line + 1 if event.start_mark else None)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def read_xml(file: SourceFile) -> etree._Element:
    """The root element of an XML file; entities are not expanded and nothing is fetched."""
    return parse_xml(file.read())


def parse_xml(data: bytes) -> etree._Element:
    """XML from bytes, without entities, network or DTD loading. Raises Unreadable with the line."""
    if data.count(b"<") > MAX_XML_ELEMENTS:
        raise Unreadable(f"over {MAX_XML_ELEMENTS:,} elements in XML are not read")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise Unreadable(f"not valid XML: {getattr(error, 'msg', None) or error}", line) from error
    if root is None:
        raise Unreadable("not valid XML: no root element")
    return root


def mapping(value: object) -> dict[str, Any]:
    """The value when it is a mapping, else an empty one: for optional sections that may be anything in broken files."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """The value when it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text_of(value: object) -> str:
    """The value when it is a string (or a number, as text), else an empty string."""
    if isinstance(value, bool) or (isinstance(value, int) and value.bit_length() > 10_000):
        return ""  # nor is a number of thousands of digits, which Python refuses to write out
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def shown(value: object, limit: int = 80) -> str:
    """A value in short, for messages. Of a mapping only the keys: what aliases in YAML share is endless as text."""
    if isinstance(value, dict):
        return f"{{{', '.join(text_of(key) for key in islice(value, 8))}}}"[:limit]
    return text_of(value)[:limit] or f"a value of type {type(value).__name__}"


def require_mapping(value: object, what: str) -> dict[str, Any]:
    """The value when it is a mapping. Raises Unreadable: the document is not what its name promises."""
    if not isinstance(value, dict):
        raise Unreadable(f"{what} is not a mapping")
    return value
