# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One rule: a text that stands for a licence expression, with what its author says about matching it.

The files are those of ScanCode LicenseDB (CC-BY-4.0): YAML between `---` lines, then the text. `name.RULE` are rules,
`key.LICENSE` are the licences themselves, whose texts are rules, too.
"""

import re
from collections.abc import Mapping
from enum import IntFlag
from typing import TYPE_CHECKING

import msgspec

from paddock.engine.model.errors import Unreadable
from paddock.engine.model.on_demand import on_demand

if TYPE_CHECKING:
    import yaml
else:
    yaml = on_demand("yaml")

_FRONT_MATTER = re.compile(rb"\A---\r?\n(.*?)^---[ \t]*\r?\n?(.*)\Z", re.DOTALL | re.MULTILINE)
_FULL_RELEVANCE_LENGTH = 18


class Kind(IntFlag):
    """What a rule is, and how it may be matched; stored as a 32-bit word of flags in the index."""

    TEXT = 1
    NOTICE = 2
    REFERENCE = 4
    TAG = 8
    INTRO = 16
    CLUE = 32
    FALSE_POSITIVE = 64
    CONTINUOUS = 128
    REQUIRED_PHRASE = 256
    APPROXIMATE = 512
    """May be matched approximately; decided when the index is built."""
    UNKNOWN = 1024
    """Its expression names no licence in particular."""


_KINDS = {
    "is_license_text": Kind.TEXT,
    "is_license_notice": Kind.NOTICE,
    "is_license_reference": Kind.REFERENCE,
    "is_license_tag": Kind.TAG,
    "is_license_intro": Kind.INTRO,
    "is_license_clue": Kind.CLUE,
    "is_false_positive": Kind.FALSE_POSITIVE,
    "is_continuous": Kind.CONTINUOUS,
    "is_required_phrase": Kind.REQUIRED_PHRASE,
}


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as its file has it.

    name: the file's name ("mit_14.RULE"). expression: in the data's own keys; "" for a false positive.
    relevance, minimum_coverage: 0 to 100; relevance None: by length; minimum_coverage 0: by length.
    referenced_files: names of files in which the licence is said to be.
    """

    name: str
    text: str
    expression: str = ""
    kinds: Kind = Kind(0)
    relevance: int | None = None
    minimum_coverage: int = 0
    referenced_files: tuple[str, ...] = ()
    language: str = "en"


class LicenseName(msgspec.Struct, frozen=True, kw_only=True):
    """A licence of the data: key, SPDX id (LicenseRef-scancode-… where SPDX lists none), names, category."""

    key: str
    spdx_id: str
    other_spdx_ids: tuple[str, ...] = ()
    name: str = ""
    short_name: str = ""
    category: str = ""
    is_exception: bool = False
    is_deprecated: bool = False


def read_rule(name: str, data: bytes) -> Rule | None:
    """The rule in a `.RULE` file, or None for one that is deprecated. Raises Unreadable."""
    facts, text = _split(name, data)
    if facts.get("is_deprecated"):
        return None
    kinds = Kind(0)
    for field, kind in _KINDS.items():
        if facts.get(field):
            kinds |= kind
    return Rule(
        name=name,
        text=text,
        expression=str(facts.get("license_expression") or ""),
        kinds=kinds,
        relevance=_percentage(name, facts, "relevance"),
        minimum_coverage=_percentage(name, facts, "minimum_coverage") or 0,
        referenced_files=tuple(map(str, _items(facts.get("referenced_filenames")))),
        language=str(facts.get("language") or "en"),
    )


def read_license(name: str, data: bytes) -> tuple[LicenseName, Rule | None]:
    """The licence in a `.LICENSE` file, and its text as a rule, if it has one and is in use. Raises Unreadable."""
    facts, text = _split(name, data)
    key = str(facts.get("key") or "")
    if not key:
        raise Unreadable(f"{name} has no key")
    license = LicenseName(
        key=key,
        spdx_id=str(facts.get("spdx_license_key") or f"LicenseRef-scancode-{key}"),
        other_spdx_ids=tuple(map(str, _items(facts.get("other_spdx_license_keys")))),
        name=str(facts.get("name") or ""),
        short_name=str(facts.get("short_name") or ""),
        category=str(facts.get("category") or ""),
        is_exception=bool(facts.get("is_exception")),
        is_deprecated=bool(facts.get("is_deprecated")),
    )
    if license.is_deprecated or not text.strip():
        return license, None
    rule = Rule(
        name=name,
        text=text,
        expression=key,
        kinds=Kind.TEXT,
        relevance=100,
        minimum_coverage=_percentage(name, facts, "minimum_coverage") or 0,
        language=str(facts.get("language") or "en"),
    )
    return license, rule


def relevance_by_length(length: int) -> int:
    """How much a match of a rule of so many words says, 0 to 100, where its author does not tell."""
    return 100 if length >= _FULL_RELEVANCE_LENGTH else int(length * 100 / _FULL_RELEVANCE_LENGTH)


def _split(name: str, data: bytes) -> tuple[Mapping[str, object], str]:
    parts = _FRONT_MATTER.match(data)
    if parts is None:
        raise Unreadable(f"{name} does not begin with facts between --- lines")
    try:
        facts = yaml.load(parts[1].decode(), Loader=yaml.CSafeLoader)
        text = parts[2].decode()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Unreadable(f"{name}: {error}") from error
    if not isinstance(facts, dict):
        raise Unreadable(f"the facts of {name} are not key: value pairs")
    return facts, text


def _percentage(name: str, facts: Mapping[str, object], field: str) -> int | None:
    value = facts.get(field)
    if value is None:
        return None
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if not 0 <= number <= 100:
        raise Unreadable(f"{name}: {field} is no number from 0 to 100")
    return number


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []
