# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licences as metadata names them, mapped to SPDX expressions: free text, classifiers, URLs, Debian's names.

The facts stand in `names.yml`; spellings are brought together by `fold`. What several licences go by ("BSD") is not
guessed: it stays unmapped, unless a more exact statement about the same component settles it.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from paddock.engine.model.on_demand import on_demand
from paddock.engine.spdx.expression import terms
from paddock.engine.spdx.fold import fold
from paddock.engine.spdx.licenses import deprecated_expressions, known_licenses
from paddock.engine.spdx.parse import InvalidExpression, join_all, join_any, normalize, parse

if TYPE_CHECKING:
    import yaml
else:
    yaml = on_demand("yaml")

MAX_NAME = 400
"""Longer statements are licence texts, not names; only their first line is looked at."""

_URL = re.compile(r"\A<?(?:https?:)?//(?:www\.)?([^\s?#>]+)(?:\?([^\s#>]*))?[^\s]*\Z", re.IGNORECASE)
_URL_INSIDE = re.compile(r"[<(\[]?\s*https?://[^\s>)\]]+\s*[>)\]]?")
_URL_ENDING = re.compile(r"(?:\.(?:html?|txt|php|md|en|de|en\.html|rst|pdf)|/)+\Z")
_CC_URL = re.compile(r"creativecommons\.org/licenses/([a-z\-]+)/(\d\.\d)(?:/([a-z]{2}))?(?:/|\Z)")
_OR = re.compile(r"\s+or\s+|\s*\|\|?\s*|\s*/\s*", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+|\s*&&?\s*|\s*;\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_R_FILE = re.compile(r"\s*[+|]\s*file\s+LICEN[CS]E\Z", re.IGNORECASE)
_WORD = re.compile(r"[a-z].*[a-z]|[a-z] \d\d")
"""What a folded name must have: of "Version 2", "X License" too little is left to tell one licence from another."""
_WITH = re.compile(r"(?:\s+|-+)(?:with\s|with-|w/|plus\s|\+\s)\s*(?:the\s+)?", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[\s\-]+")
MAX_EXCEPTION_WORDS = 12
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_LATER = re.compile(
    r"\b(or|and|and/or)(?=[\s(]+(?:\(?at your|any|a|later|newer|greater|higher|above|up)\b)", re.IGNORECASE
)
_DUAL = re.compile(
    r"\A(?:dual|triple|tri|multi)[\s\-]*licen[sc](?:ed?|ing)\s*(?:consisting of|under)?[:\s]*(?:the\s+)?", re.IGNORECASE
)
_PROSE = re.compile(
    r"(?:copyright\b|\(c\)|©|all rights reserved|portions\b|permission is|redistribution and use|https?://|see\b)",
    re.IGNORECASE,
)
"""How the lines of a licence text begin that name no licence of their own."""
_VERSION_LINE = re.compile(r"\(?v(?:ersion)?\.?\s*\d", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:this|the)\s+(?:material|software|project|program|library|package|work|code|module)\s+is\s+"
    r"(?:licen[sc]ed|released|distributed|available|provided|published)\s+under\s+",
    re.IGNORECASE,
)
_ANY = "*"
_REMARKS = frozenset({"osi", "approved", "open", "source", "free", "foss"})
_NO_ANSWER = frozenset(
    {"", "none", "noassertion", "unknown", "n/a", "na", "null", "-", "?", "undefined", "todo", "tbd"}
)


class Declared(msgspec.Struct, frozen=True):
    """What statements about one component come to: an SPDX expression ("" when none maps), and what did not map."""

    expression: str = ""
    unmapped: tuple[str, ...] = ()


class _Ambiguity(msgspec.Struct, forbid_unknown_fields=True):
    names: list[str]
    candidates: list[str]


class _Facts(msgspec.Struct, forbid_unknown_fields=True):
    names: dict[str, list[str]]
    exceptions: dict[str, list[str]]
    urls: dict[str, list[str]]
    ambiguous: list[_Ambiguity]


class _Table(msgspec.Struct):
    names: Mapping[str, str]
    exceptions: Mapping[str, str]
    urls: Mapping[str, str]
    candidates: Mapping[str, tuple[str, ...]]


def expression_of(text: str) -> str:
    """The SPDX expression that a statement stands for, "" when that cannot be told. Linear in the text's length."""
    plain = text.strip().strip("\"'").strip()
    if len(plain) > MAX_NAME:
        return _of_text(plain)
    return _expression_of(_R_FILE.sub("", plain))


def map_statements(texts: Iterable[str], *, either: bool = False, mapping: Mapping[str, str] | None = None) -> Declared:
    """Several statements about one component as one expression.

    either: the ecosystem says that several licences are alternatives (see `statements_are_alternatives`); else all of
    them apply, the cautious reading. mapping: statements, as they stand, that a curation maps to expressions.
    """
    mapped: list[str] = []
    unclear: list[str] = []
    for text in dict.fromkeys(text.strip() for text in texts):
        if text.lower() in _NO_ANSWER:
            continue
        found = (mapping or {}).get(text) or expression_of(text)
        (mapped if found else unclear).append(found or text)
    ids = {term.license for found in mapped for term in terms(parse(found))}
    if ids:
        ids.add(_ANY)
    unmapped = tuple(text for text in unclear if not ids.intersection(candidates_of(text)))
    return Declared(join_any(tuple(mapped)) if either else join_all(tuple(mapped)), unmapped)


def statements_are_alternatives(purl_type: str) -> bool:
    """Whether several licences of one package mean "choose one" in this ecosystem.

    Composer's schema calls an array of licences disjunctive, Maven's model says that the user can select any of them,
    and npm names an OR expression as the successor of its old array. Everywhere else nothing of the kind is promised.
    """
    return purl_type in {"composer", "maven", "npm"}


def candidates_of(text: str) -> tuple[str, ...]:
    """The ids that an ambiguous name may stand for, "*" for any; empty for names that are not known to be ambiguous."""
    candidates = _table().candidates
    if len(text) > MAX_NAME or not text.isascii():
        return ()  # folding knows Latin letters only; what it drops may well be a name
    return candidates.get(fold(text)) or candidates.get(fold(text.rsplit("::", 1)[-1]), ())


@lru_cache(maxsize=16_384)
def _expression_of(text: str) -> str:
    if text.lower() in _NO_ANSWER:
        return ""
    try:
        return normalize(text)
    except InvalidExpression:
        pass
    if "\n" in text:
        return _of_lines(text)
    if lead := _LEAD.match(text):
        return _expression_of(text[lead.end() :].strip(" ."))
    if url := _URL.match(text):
        return _by_url(url.group(1), url.group(2) or "")
    if text.lower().startswith(("license ::", "osi:")):
        return _by_name(text) or _expression_of(text.rsplit(":", 1)[-1].strip())
    return _by_name(text) or _compound(text) or _by_name(_URL_INSIDE.sub(" ", text))


def _of_text(text: str) -> str:
    """A statement that is too long for a name: an expression, or a licence text that begins with its title."""
    try:
        return normalize(text)
    except InvalidExpression:
        return _titled([line.strip() for line in text[: 4 * MAX_NAME].splitlines() if line.strip()])


def _of_lines(text: str) -> str:
    """A short statement of several lines: one name that was wrapped, a title and its text, or a list of names."""
    lines = [line.strip(" \t*-") for line in text.splitlines() if line.strip(" \t*-")]
    if found := _expression_of(" ".join(lines)):
        return found
    named = [line for line in lines if not _PROSE.match(line)]
    mapped = [_expression_of(line) for line in named]
    if len(mapped) > 1 and all(mapped):
        return join_all(tuple(mapped))
    return _titled(lines) if len(named) < 2 or _title_goes_on(lines) else ""


def _titled(lines: list[str]) -> str:
    """The licence that the title of a text names; a version that stands below the title belongs to it."""
    if not lines or len(lines[0]) > MAX_NAME:
        return ""
    if _title_goes_on(lines):
        return _expression_of(f"{lines[0]} {lines[1]}") if len(lines[1]) <= MAX_NAME else ""
    return _expression_of(lines[0])


def _title_goes_on(lines: list[str]) -> bool:
    return len(lines) > 1 and _VERSION_LINE.match(lines[1]) is not None


def _by_name(text: str) -> str:
    names = _table().names
    if found := names.get(fold(text)):
        return found
    if not _BRACKETS.search(text):
        return ""
    outside, inside = fold(_BRACKETS.sub(" ", text)), fold(" ".join(_BRACKETS.findall(text)))
    found = names.get(outside, "")
    # "GPL v3 or later (GPLv3+)" says one thing twice; "MIT License (no attribution)" must not lose its second half.
    repeats = names.get(inside) == found or set(inside.split()) <= {*outside.split(), *_REMARKS}
    return found if repeats else ""


def _compound(text: str) -> str:
    """Names joined by and, or, with, slashes and the like; every name must map, else the whole does not."""
    if found := _listed(text):
        return found
    plain = _DUAL.sub("", text)
    whole = _LATER.sub(lambda match: f"\x00{match.group(1)}", plain).strip()
    if whole.startswith("(") and whole.endswith(")") and whole.count("(") == 1:
        whole = whole[1:-1]
    # "dual licensed under A and B" offers a choice.
    join_and = join_all if plain == text else join_any
    for pattern, join in ((_OR, join_any), (_AND, join_and), (_COMMA, join_and)):
        parts = [part for part in pattern.split(whole) if part.strip()]
        if len(parts) > 1:
            mapped = [_expression_of(part.replace("\x00", "").strip(" ,")) for part in parts]
            if all(mapped):
                return join(tuple(mapped))
    return _with_exception(plain)


def _listed(text: str) -> str:
    """Ids with nothing but spaces between them, as Alpine's older recipes have them; all of them apply."""
    words = text.split()
    return join_all(tuple(words)) if len(words) > 1 and all(map(_is_known, words)) else ""


def _with_exception(text: str) -> str:
    parts = _WITH.split(text.replace("\x00", ""), maxsplit=1)
    if len(parts) == 2:
        return _joined_with(parts[0].strip(" ,("), parts[1])
    # "GPL-2+-autoconf-exception": the licence ends somewhere before the exception's name.
    words = _BETWEEN_WORDS.split(text)
    if words[-1].lower() not in {"exception", "exceptions"} or len(words) > MAX_EXCEPTION_WORDS:
        return ""
    found = (_joined_with(" ".join(words[:end]), " ".join(words[end:-1])) for end in range(1, len(words) - 1))
    return next(filter(None, found), "")


def _joined_with(name: str, exception_name: str) -> str:
    exception = _table().exceptions.get(fold_exception(exception_name))
    license = _expression_of(name) if exception else ""
    if not license or not exception:
        return ""
    try:
        return normalize(f"{license} WITH {exception}")
    except InvalidExpression:
        return ""


def fold_exception(text: str) -> str:
    """The folded name of an exception, without the word exception itself."""
    return " ".join(word for word in fold(text).split() if word not in {"exception", "exceptions", "linking"})


def _by_url(address: str, query: str) -> str:
    plain = _URL_ENDING.sub("", address.lower())
    urls = _table().urls
    if found := urls.get(plain) or urls.get(f"{plain}?{query.lower()}"):
        return found
    if creative := _CC_URL.match(f"{plain}/"):
        place = f"-{creative.group(3)}" if creative.group(3) else ""
        name = f"CC-{creative.group(1)}-{creative.group(2)}{place}"
        return normalize(name) if _is_known(name) else ""
    host_and_path, _, last = plain.rpartition("/")
    if "licens" not in host_and_path:
        return ""
    for name in (last, last.removesuffix("-license"), last.replace("%20", " ").replace("+", "-")):
        if _is_known(name):
            return normalize(name)
    # An address without a version ("gpl.html") shows whatever is current, which is no statement about a version.
    name = fold(last.removesuffix("-license").replace("_", "-"))
    return _table().names.get(name, "") if "licenses/" in plain and re.search(r"\d", name) else ""


def _is_known(id: str) -> bool:
    try:
        parse(id)
    except InvalidExpression:
        return False
    return True


@lru_cache(maxsize=1)
def _table() -> _Table:
    text = files("paddock.engine.spdx").joinpath("names.yml").read_text(encoding="utf-8")
    facts = msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), _Facts)
    candidates = {fold(name): tuple(row.candidates) for row in facts.ambiguous for name in row.names}
    names = {name: found for name, found in _names_of_ids().items() if name not in candidates}
    names.update({fold(name): normalize(found) for found, rows in facts.names.items() for name in rows})
    names = {name: found for name, found in names.items() if _WORD.search(name)}
    exceptions = {
        fold_exception(license.id): license.id for license in known_licenses().values() if license.is_exception
    }
    exceptions.update({fold_exception(name): found for found, rows in facts.exceptions.items() for name in rows})
    urls = {url.lower(): normalize(found) for found, rows in facts.urls.items() for url in rows}
    return _Table(names=names, exceptions=exceptions, urls=urls, candidates=candidates)


def _names_of_ids() -> dict[str, str]:
    """Folded ids; where two licences fold alike, neither. A key that is a plain word ("click") names nothing."""
    found: dict[str, set[str]] = {}
    for license in known_licenses().values():
        if not license.is_exception and not license.id.startswith("LicenseRef-"):
            for name in (license.id, *license.aliases):
                found.setdefault(fold(name), set()).add(license.id)
            if " " in (key := fold(license.key)):
                found.setdefault(key, set()).add(license.id)
    for name, expression in deprecated_expressions().items():
        found.setdefault(fold(name), set()).add(normalize(expression))
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1 and name}
