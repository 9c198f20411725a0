# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ruby source read as text, statement by statement and string by string; nothing is run.

Only what the source says literally counts: strings without interpolation, symbols, lists of them. Syntax:
https://docs.ruby-lang.org/en/master/syntax/literals_rdoc.html.
"""

import re
from collections.abc import Iterator

import msgspec

_CLOSING = {"<": ">", "(": ")", "[": "]", "{": "}"}
# The last alternative swallows what follows a quote that is never closed, so that each text is walked once.
_LITERAL = re.compile(
    r"""'((?:[^'\\]|\\.)*+)'"""
    r"""|"((?:[^"\\]|\\.)*+)\""""
    r"""|(?<![\w)\]])%[qQ]?(?:<([^<>]*)>|\(([^()]*)\)|\[([^\[\]]*)\]|\{([^{}]*)\})"""
    r"""|(?P<unclosed>["'].*)""",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"""'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+"|["'].*"""
    r"""|(?<![\w)\]])%[qQwWiIr]?(?:<[^<>]*>|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\})"""
    r"""|(?P<comment>\#.*)|(?P<open>[(\[{])|(?P<close>[)\]}])"""
    r"""|<<(?:[-~](?P<quote>["'`]?)(?P<word>\w+)(?P=quote)|(?P<plain>[A-Z]\w*))"""
)
_ESCAPE = re.compile(r"\\(u\{?([0-9A-Fa-f]{1,6})\}?|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "s": " ", "0": "\0", "\n": ""}
_UNFINISHED = re.compile(r"(?:,|\\|\|\||&&|=>|[+.=])$")
_BLOCK = re.compile(r"\{[ \t]?\|[^|]{0,100}\|[ \t]?\r?$")
MAX_STATEMENT_LINES = 2_000
MAX_STATEMENT_CHARACTERS = 20_000
"""Only lists of files are longer; they are cut off."""


class Statement(msgspec.Struct, frozen=True):
    """A statement with its continuation lines joined and its comments removed; line: where it starts, from 1."""

    text: str
    line: int


def statements(text: str) -> Iterator[Statement]:
    """The statements of a source, one a line unless brackets, commas or operators carry on; here-documents left out."""
    parts: list[str] = []
    heredocs: list[str] = []
    start, depth = 0, 0
    in_comment = unfinished = False
    for number, line in enumerate(text.split("\n"), start=1):
        if heredocs:
            if line.strip() == heredocs[0]:
                heredocs.pop(0)
        elif line.startswith("=begin") or in_comment:
            in_comment = not line.startswith("=end")
            continue
        elif line.rstrip() == "__END__":
            break
        else:
            code, change, heredocs = _scan(line)
            code = code.strip()
            if not code and not parts:
                continue
            start = start if parts else number
            parts.append(code)
            depth = max(0, depth + change)
            unfinished = _UNFINISHED.search(code) is not None
        if parts and (not (depth or heredocs or unfinished) or len(parts) > MAX_STATEMENT_LINES):
            yield _joined(parts, start)
            parts, depth = [], 0
    if parts:
        yield _joined(parts, start)


def _joined(parts: list[str], line: int) -> Statement:
    text = " ".join(part.removesuffix("\\") for part in parts)
    return Statement(text[:MAX_STATEMENT_CHARACTERS], line)


def _scan(line: str) -> tuple[str, int, list[str]]:
    """One line without its comment, how many brackets it leaves open, and the here-documents that start on it."""
    depth, heredocs, end = 0, [], len(line)
    for match in _TOKEN.finditer(line):
        if match.group("comment") is not None:
            end = match.start()
            break
        if match.group("open"):
            depth += 1
        elif match.group("close"):
            depth -= 1
        elif match.group("word") or match.group("plain"):
            heredocs.append(match.group("word") or match.group("plain"))
    code = line[:end]
    if _BLOCK.search(code):
        depth -= 1  # what follows is statements, not the rest of this one
    return code, depth, heredocs


def strings(text: str) -> list[str | None]:
    """The string literals of a piece of source in order; None stands for one with interpolation."""
    found: list[str | None] = []
    for match in _LITERAL.finditer(text):
        if match.group("unclosed"):
            break
        single, double, *percent, _ = match.groups()
        if single is not None:
            found.append(re.sub(r"\\(['\\])", r"\1", single))
            continue
        content = double if double is not None else next((part for part in percent if part is not None), "")
        found.append(None if "#{" in content else _unescaped(content))
    return found


def literal(text: str) -> str | None:
    """The value of an expression that is one string literal (with `.freeze`, `.strip`, brackets), else None."""
    match = re.match(r"\(?\s*", text)
    stripped = text[match.end() if match else 0 :].strip()
    found = _LITERAL.match(stripped)
    if found is None or not re.fullmatch(
        r"(?:\.(?:freeze|strip|dup|to_s))*+(?:\s*+\))?(?:\s++(?:if|unless)\s.*|\s*+)", stripped[found.end() :]
    ):
        return None
    return next(iter(strings(found.group(0))), None)  # none in a string that nobody closes


def literals(text: str) -> list[str]:
    """The strings of an expression that is a list (`["a", "b"]`, `%w[a b]`) or one string; dynamic ones left out."""
    words = re.match(r"\s*+(?:\(\s*+)?%[wW](?:<([^<>]*)>|\(([^()]*)\)|\[([^\[\]]*)\]|\{([^{}]*)\})", text)
    if words:
        return next((part for part in words.groups() if part is not None), "").split()
    return [value for value in strings(text) if value is not None]


def _unescaped(content: str) -> str:
    def plain(match: re.Match[str]) -> str:
        if match.group(2):
            code = int(match.group(2), 16)
            return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"
        return _ESCAPED.get(match.group(1), match.group(1))

    return _ESCAPE.sub(plain, content)
