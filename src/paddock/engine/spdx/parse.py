# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licence expressions from text, in SPDX ids, through the `license-expression` library.

Grammar: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ with the leniency that tools need: ids and
operators in any case, deprecated ids replaced by what SPDX says to use ("GPL-2.0+" -> "GPL-2.0-or-later"). Known are
the SPDX list, LicenseDB's `LicenseRef-scancode-…`, and any `LicenseRef-…`; every other id is refused by name.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from paddock.engine.model.errors import EngineError
from paddock.engine.model.on_demand import on_demand
from paddock.engine.spdx.expression import Expression, Term, all_of, any_of, simplify, terms
from paddock.engine.spdx.licenses import deprecated_expressions, ids_by_alias, known_licenses

if TYPE_CHECKING:
    import difflib

    import license_expression
else:
    difflib = on_demand("difflib")
    license_expression = on_demand("license_expression")

MAX_LENGTH = 262_144
MAX_DEPTH = 40
MAX_REMEMBERED = 1_000
MAX_SHOWN = 120
"""Longer texts are cut in messages."""

_REFERENCE = re.compile(r"(?:DocumentRef-[A-Za-z0-9.\-]+:)?LicenseRef-[A-Za-z0-9.\-]+\+?\Z", re.IGNORECASE)
_ADDITION = re.compile(r"(?:DocumentRef-[A-Za-z0-9.\-]+:)?AdditionRef-[A-Za-z0-9.\-]+\Z", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9.\-+:_]+|[()]|\S")


class InvalidExpression(EngineError):
    """The text is no licence expression; `text` is what was given, the message says what is wrong with it.

    unknown: the id that no list knows, if that is what is wrong. The nearest known id is looked for only when somebody
    reads the message: most texts are tried as expressions without anybody minding that they are none.
    """

    def __init__(self, text: str, reason: str, unknown: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.unknown = unknown
        self._reason = reason

    def __str__(self) -> str:
        return f"{_shown(self.text)!r} is not a licence expression: {self.reason}"

    @property
    def reason(self) -> str:
        """What is wrong, with advice where there is some."""
        if not self.unknown:
            return self._reason
        near = nearest_id(self.unknown)
        return f"{self._reason}; " + (f"did you mean {near}?" if near else "ids of one's own begin with LicenseRef-")


def _shown(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def parse(text: str) -> Expression:
    """The tree of an expression, ids canonical. Raises InvalidExpression; NONE and NOASSERTION are no licences."""
    if len(text) > MAX_LENGTH:
        raise InvalidExpression(text, f"it is longer than {MAX_LENGTH:,} characters")
    # Long texts are not remembered: thousands of them would fill the memory, and hardly any comes twice.
    return _parse_known(text) if len(text) <= MAX_REMEMBERED else _parse(text)


@lru_cache(maxsize=16_384)
def _parse_known(text: str) -> Expression:
    return _parse(text)


def _parse(text: str) -> Expression:
    tokens = _TOKEN.findall(text)
    if len(tokens) == 1 and (known := ids_by_alias().get(tokens[0].lower())) and not _is_exception(known):
        return Term(known)  # the common case, without the machinery
    _check_tokens(text, tokens)
    prepared = _TOKEN.sub(lambda match: deprecated_expressions().get(match.group().lower(), match.group()), text)
    try:
        tree = _licensing().parse(prepared, validate=False, strict=False)
    except (license_expression.ExpressionError, license_expression.ExpressionParseError) as error:
        raise InvalidExpression(text, _plain(str(error))) from error
    except (RecursionError, LookupError, AttributeError, TypeError, ValueError, AssertionError) as error:
        raise InvalidExpression(text, "its parts do not fit together") from error
    if tree is None:
        raise InvalidExpression(text, "it is empty")
    return _convert(text, tree)


def normalize(text: str) -> str:
    """The expression in canonical ids, operators in capitals, without repetition. Raises InvalidExpression."""
    return str(simplify(parse(text)))


def is_expression(text: str) -> bool:
    """Whether the text is an expression of known ids and LicenseRefs."""
    try:
        parse(text)
    except InvalidExpression:
        return False
    return True


def ids_in(text: str) -> tuple[str, ...]:
    """The licences of an expression, each once, exceptions with their licence ("GPL-2.0-only WITH …")."""
    return tuple(term.id for term in terms(parse(text)))


def join_all(texts: tuple[str, ...]) -> str:
    """Expressions joined with AND and simplified; empty texts are left out. Raises InvalidExpression."""
    joined = all_of(parse(text) for text in texts if text)
    return "" if joined is None else str(simplify(joined))


def join_any(texts: tuple[str, ...]) -> str:
    """Expressions joined with OR and simplified; empty texts are left out. Raises InvalidExpression."""
    joined = any_of(parse(text) for text in texts if text)
    return "" if joined is None else str(simplify(joined))


def nearest_id(id: str) -> str:
    """The known SPDX id that looks most like the given one, "" when none does."""
    if len(id) > MAX_SHOWN:
        return ""
    names = [name for name in known_licenses() if not name.startswith("licenseref-")]
    close = difflib.get_close_matches(id.lower(), names, n=1, cutoff=0.75)
    return known_licenses()[close[0]].id if close else ""


@lru_cache(maxsize=1)
def _licensing() -> "license_expression.Licensing":
    spellings: dict[str, list[str]] = {}
    for alias, canonical in ids_by_alias().items():
        if alias != canonical.lower():
            spellings.setdefault(canonical, []).append(alias)
    return license_expression.Licensing(
        license_expression.LicenseSymbol(
            license.id, aliases=tuple(spellings.get(license.id, ())), is_exception=license.is_exception
        )
        for license in known_licenses().values()
    )


def _check_tokens(text: str, tokens: list[str]) -> None:
    depth = 0
    for part in tokens:
        depth += (part == "(") - (part == ")")
        if depth > MAX_DEPTH:
            raise InvalidExpression(text, f"it is nested deeper than {MAX_DEPTH} levels")
        if len(part) == 1 and not part.isalnum() and part not in "()":
            raise InvalidExpression(text, f"{part!r} does not belong in an expression")
        if depth < 0:
            break
    if depth:
        raise InvalidExpression(text, "its parentheses do not pair")
    if not tokens:
        raise InvalidExpression(text, "it is empty")


def _convert(text: str, tree: object) -> Expression:
    if isinstance(tree, license_expression.LicenseWithExceptionSymbol):
        license, exception = str(tree.license_symbol.key), str(tree.exception_symbol.key)
        return Term(_license_id(text, license), _exception_id(text, exception))
    if isinstance(tree, license_expression.LicenseSymbol):
        return Term(_license_id(text, str(tree.key)))
    parts = [_convert(text, part) for part in tree.args]  # type: ignore[attr-defined]  # the library has no types
    joined = all_of(parts) if isinstance(tree, license_expression.AND) else any_of(parts)
    if joined is None:
        raise InvalidExpression(text, "it is empty")
    return joined


def _license_id(text: str, id: str) -> str:
    if _REFERENCE.match(id):
        return ids_by_alias().get(id.lower(), id)
    known = ids_by_alias().get(id.lower())
    if known is None and id.endswith("+") and (base := ids_by_alias().get(id[:-1].lower())) and not _is_exception(base):
        return base if base.endswith("-or-later") else _or_later(base)
    if known is None:
        return _refuse(text, id)
    if _is_exception(known):
        raise InvalidExpression(text, f"{known} is an exception and needs a licence before it: … WITH {known}")
    return known


def _or_later(id: str) -> str:
    later = ids_by_alias().get(f"{id.removesuffix('-only')}-or-later".lower())
    return later or f"{id}+"


def _exception_id(text: str, id: str) -> str:
    known = ids_by_alias().get(id.lower())
    if known is not None and _is_exception(known):
        return known
    if _ADDITION.match(id) or _REFERENCE.match(id):
        return id
    if known is not None:
        raise InvalidExpression(text, f"{known} is a licence, not an exception, and cannot follow WITH")
    return _refuse(text, id)


def _refuse(text: str, id: str) -> str:
    if id.upper() in {"NONE", "NOASSERTION"}:
        raise InvalidExpression(text, f"{id.upper()} says that no licence is known")
    if " " in id:
        raise InvalidExpression(text, f"{_shown(id)!r} is not one licence id; AND or OR is missing between its words")
    raise InvalidExpression(text, f"{_shown(id)!r} is not on the SPDX licence list", unknown=id)


def _is_exception(id: str) -> bool:
    license = known_licenses().get(id.lower())
    return license is not None and license.is_exception


def _plain(message: str) -> str:
    return message.split(" for token:")[0].strip().rstrip(".") or "its parts do not fit together"
