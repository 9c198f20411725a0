# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A Gemfile read from its Ruby source as far as it is literal: gems, their requirements and groups.

Format: https://bundler.io/man/gemfile.5.html. Blocks are followed by counting what opens one and `end`; a gem in a
condition counts as declared.
"""

import re

import msgspec

from paddock.engine.analyzer.extractors.ruby.source import Statement, statements, strings
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import SCOPE_ORDER, Scope

MAX_SOURCE_BYTES = 4 * 1024 * 1024

_GEM = re.compile(r"gem\b\s*\(?\s*(.*)", re.DOTALL)
_GROUP = re.compile(r"group\b(.*)\bdo\b", re.DOTALL)
_OPENS = re.compile(
    r"(?:if|unless|case|while|until|for|begin|def|class|module)\b|.*\bdo\s*(?:\|[^|]*\|)?$|\w+\s*=\s*(?:if|case)\b"
)
_SYMBOL = re.compile(r""":(\w+)\b(?!\s*=>)|["'](\w+)["']""")
_GROUP_OPTION = re.compile(
    r""":?groups?["']?\s*(?:=>|:)\s*(\[[^\]]{0,300}\]|%[iw][\[(][^\])]{0,300}[\])]|:\w+|["']\w+["'])"""
)
_OPTION = re.compile(r"""(?:,\s*|^\s*)(?::\w+\s*=>|["']?\w+["']?\s*:(?!:)|["']\w+["']\s*=>)""")
_SOURCE_OPTION = re.compile(r"""\b(git|github|gist|bitbucket|path)["']?\s*(?::|=>)""")

_SCOPES = {"default": Scope.RUNTIME, "production": Scope.RUNTIME, "development": Scope.DEV, "test": Scope.TEST}


class DeclaredGem(msgspec.Struct, frozen=True):
    """One `gem` statement. elsewhere: it comes from a repository or folder, so that requirements pin nothing."""

    name: str
    requirements: list[str]
    scope: Scope
    line: int
    elsewhere: bool = False


class Gemfile(msgspec.Struct, kw_only=True):
    """What a Gemfile declares. gemspec: it takes over a gemspec's dependencies. unread: statements that hide gems."""

    gems: dict[str, DeclaredGem] = {}
    gemspec: bool = False
    unread: list[tuple[str, int]] = []


def read_gemfile(file: SourceFile) -> Gemfile:
    """Read a Gemfile (or gems.rb). Raises Unreadable only where the file cannot be opened or is too large."""
    found = Gemfile()
    blocks: list[Scope | None] = []
    for statement in statements(file.text(strict=False, limit=MAX_SOURCE_BYTES)):
        text = statement.text
        group = _GROUP.match(text)
        if group:
            blocks.append(_group_scope(group.group(1)))
        elif re.match(r"end\b", text):
            if blocks:
                blocks.pop()
        elif _OPENS.match(text) and not re.search(r"\bend$", text):
            blocks.append(None)
        else:
            scope = next((block for block in reversed(blocks) if block is not None), Scope.RUNTIME)
            _take(found, statement, scope)
    return found


def _take(found: Gemfile, statement: Statement, scope: Scope) -> None:
    text = statement.text
    gem = _GEM.match(text)
    if gem:
        _take_gem(found, gem.group(1), scope, statement.line)
    elif re.match(r"gemspec\b", text):
        found.gemspec = True
    elif re.match(r"(?:eval_gemfile|instance_eval|eval)\b", text):
        found.unread.append((text[:80], statement.line))


def _take_gem(found: Gemfile, arguments: str, scope: Scope, line: int) -> None:
    option = _OPTION.search(arguments)
    head = arguments[: option.start()] if option else arguments
    values = strings(head)
    if not values or values[0] is None:
        found.unread.append((f"gem {arguments}"[:80], line))
        return
    options = arguments[option.start() :] if option else ""
    own = _GROUP_OPTION.search(options)
    if own:
        scope = _group_scope(own.group(1))
    requirements = [value for value in values[1:] if value is not None]
    known = found.gems.get(values[0])
    if known is None or SCOPE_ORDER[scope] < SCOPE_ORDER[known.scope]:
        elsewhere = _SOURCE_OPTION.search(options) is not None
        found.gems[values[0]] = DeclaredGem(values[0], requirements, scope, line, elsewhere)


def _group_scope(text: str) -> Scope:
    """The weightiest scope of the groups named; what groups with names of one's own are for cannot be told."""
    names = re.sub(r":?optional\b\W{0,6}true\b", "", text)
    words = re.findall(r"%[iw][\[(]([^\])]*)", names)
    groups = words[0].split() if words else ["".join(pair) for pair in _SYMBOL.findall(names)]
    scopes = [_SCOPES.get(group, Scope.UNKNOWN) for group in groups]
    scope = min(scopes, key=SCOPE_ORDER.__getitem__, default=Scope.UNKNOWN)
    optional = names != text and scope is Scope.UNKNOWN
    return Scope.OPTIONAL if optional else scope
