# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Small licence indexes made of rules that a test writes down, and texts to look into."""

from functools import lru_cache

import msgspec

from paddock.engine.model.licensing import LicenseFindings, LicenseMatch
from paddock.engine.scanner.licenses.build import build_index
from paddock.engine.scanner.licenses.findings import find_licenses
from paddock.engine.scanner.licenses.index import Header, Index
from paddock.engine.scanner.licenses.match import EXACT, Match, Query
from paddock.engine.scanner.licenses.rules import Kind, LicenseName, Rule
from paddock.engine.scanner.licenses.words import read_words

TELLING = "zaffre yonder xebec wherry vellum uhlan tabor sable quoin pavane oriel nacre merlin lantern kestrel jorum"
OAKS = tuple(f"oak{number}" for number in range(240))
"""Words that say something about licences in every index of `make_index`: several licences use them."""


def rule(text: str, expression: str = "meadow", name: str = "", kinds: Kind = Kind.NOTICE, **more) -> Rule:
    """A rule with relevance 100, named after its expression unless told otherwise."""
    facts = {"name": name or f"{expression}.RULE", "relevance": 100, **more}
    return Rule(text=text, expression=expression, kinds=kinds, **facts)


@lru_cache(maxsize=64)
def make_index(*rules: Rule, licenses: tuple[LicenseName, ...] = ()) -> Index:
    """An index of these rules, and of three more that match nothing and make TELLING and OAKS legal words."""
    every = " ".join((TELLING, *OAKS))
    vocabulary = [rule(every, f"any-{number}", kinds=Kind.CONTINUOUS | Kind.CLUE) for number in range(3)]
    header, arrays = build_index([*rules, *vocabulary], licenses, "0")
    return Index(msgspec.json.decode(header, type=Header), arrays)


def oaks(start: int, end: int) -> str:
    """The words start … end-1 of OAKS."""
    return " ".join(OAKS[start:end])


def look(text: str | bytes, index: Index, path: str = "file.txt") -> LicenseFindings:
    """What is found in a text."""
    return find_licenses(text if isinstance(text, bytes) else text.encode(), path, index)


def names(found: tuple[LicenseMatch, ...]) -> list[str]:
    """The rules of findings, without the endings of their files."""
    return [match.rule.removesuffix(".RULE").removesuffix(".LICENSE") for match in found]


def rules_found(text: str | bytes, index: Index) -> list[str]:
    """The rules by which licences are found in a text."""
    return names(look(text, index).licenses)


def query_of(text: str, index: Index) -> Query:
    """The words of a text, for what works on matches."""
    return Query(read_words(text.encode(), index.vocabulary), index)


def match_of(query: Query, name: str, start: int, end: int, *, rule_start: int = 0, matcher: str = EXACT) -> Match:
    """A match of the rule with this name: the words start … end-1 of the text are those from rule_start on of it."""
    number = next(number for number in range(query.index.header.rules) if query.index.name(number) == f"{name}.RULE")
    return Match(query, number, ((start, end),), ((rule_start, rule_start + end - start),), matcher)
