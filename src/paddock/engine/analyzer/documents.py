# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The structured texts that manifests are written in, read within bounds; failures are `Unreadable`, with a line."""

import json
import re
import tomllib
from typing import Any

import yaml
from lxml import etree

from paddock.engine.downloader.tree import SourceFile, decode
from paddock.engine.model.errors import Unreadable

_JSONC = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/|,(?=\s*[\]}])', re.DOTALL)
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)


def read_json(file: SourceFile) -> Any:
    """The JSON value of a file."""
    return parse_json(file.read())


def parse_json(data: bytes) -> Any:
    """JSON from bytes (UTF-8 or by byte order mark). Raises Unreadable with the line."""
    try:
        return json.loads(decode(data))
    except json.JSONDecodeError as error:
        raise Unreadable(f"not valid JSON: {error.msg} at column {error.colno}", error.lineno) from error
    except RecursionError as error:
        raise Unreadable("JSON nested too deeply") from error


def read_jsonc(file: SourceFile) -> Any:
    """JSON with comments and trailing commas, as editors and bun write it."""
    text = _COMMENT.sub(lambda match: match.group(1) or " ", file.text())
    text = _JSONC.sub(lambda match: match.group(1) or "", text)
    return parse_json(text.encode())


def read_toml(file: SourceFile) -> dict[str, Any]:
    """The TOML table of a file."""
    try:
        return tomllib.loads(file.text())
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise Unreadable(f"not valid TOML: {error}", int(found.group(1)) if found else None) from error
    except RecursionError as error:
        raise Unreadable("TOML nested too deeply") from error


def read_yaml(file: SourceFile) -> Any:
    """The single YAML document of a file (safe types only)."""
    return parse_yaml(file.text())


def parse_yaml(text: str) -> Any:
    """YAML from text (safe types only, timestamps and numbers as YAML 1.1 says). Raises Unreadable with the line."""
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Unreadable(f"not valid YAML: {error.problem or error.context}", line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable(f"not valid YAML: {error}") from error


def read_xml(file: SourceFile) -> etree._Element:
    """The root element of an XML file; entities are not expanded and nothing is fetched."""
    return parse_xml(file.read())


def parse_xml(data: bytes) -> etree._Element:
    """XML from bytes, without entities, network or DTD loading. Raises Unreadable with the line."""
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
    if isinstance(value, bool):
        return ""
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def require_mapping(value: object, what: str) -> dict[str, Any]:
    """The value when it is a mapping. Raises Unreadable: the document is not what its name promises."""
    if not isinstance(value, dict):
        raise Unreadable(f"{what} is not a mapping")
    return value
