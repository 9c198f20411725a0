# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""setup.py, read as text and never run: the arguments of `setup(…)` as far as they are literals.

Format: https://setuptools.pypa.io/en/latest/references/keywords.html
"""

import ast
import warnings
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.declaration import (
    Declaration,
    first_line,
    license_classifiers,
    open_project,
    report,
    use_declared,
)
from paddock.engine.analyzer.extractors.python.groups import scope_of_extra
from paddock.engine.analyzer.extractors.python.literals import Literals, Unknown
from paddock.engine.analyzer.extractors.python.pip_lines import text_of_file
from paddock.engine.analyzer.extractors.python.requirement import parse_requirement
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "python/setup_py"

MAX_CHARACTERS = 1_000_000
"""A setup.py longer than this is no setup.py that a person wrote; it is not parsed."""

_KEYWORDS = {
    "install_requires": Scope.RUNTIME,
    "requires": Scope.RUNTIME,
    "tests_require": Scope.TEST,
    "setup_requires": Scope.BUILD,
}


def extract(file: SourceFile) -> Extraction:
    """Whatever is computed is an issue with its line; what is written plainly is read."""
    draft = Draft(file, NAME)
    declaration = read_setup_py(file)
    project = open_project(draft, file, declaration, Origin.DECLARED)
    use_declared(draft, file, project, declaration)
    report(draft, declaration)
    return draft.finish()


def read_setup_py(file: SourceFile) -> Declaration:
    """The calls of `setup`, together. Raises Unreadable when the text is not Python 3."""
    module = _parse(text_of_file(file))
    literals = Literals(module)
    declaration = Declaration()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _is_setup(node.func):
            _read_call(declaration, literals, node)
    return declaration


def _parse(text: str) -> ast.Module:
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"longer than {MAX_CHARACTERS:,} characters; not parsed")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise Unreadable(f"not valid Python 3: {error.msg}", error.lineno) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(f"not valid Python 3: {error or 'nested too deeply'}") from error


def _is_setup(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "setup"
    if not isinstance(function, ast.Attribute) or function.attr != "setup":
        return False
    owner = function.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return name in {"setuptools", "distutils", "core"}


def _read_call(declaration: Declaration, literals: Literals, call: ast.Call) -> None:
    arguments = _arguments(declaration, literals, call)
    texts = {key: value for key, (value, _) in arguments.items() if isinstance(value, str)}
    declaration.name = declaration.name or texts.get("name", "")
    declaration.version = declaration.version or texts.get("version", "")
    classifiers = arguments.get("classifiers", ([], 0))[0]
    stated = (
        first_line(texts.get("license", "")),
        *license_classifiers(classifiers if isinstance(classifiers, list) else []),
    )
    declaration.licenses = declaration.licenses or tuple(dict.fromkeys(text for text in stated if text))
    for key, scope in _KEYWORDS.items():
        if key in arguments:
            _require(declaration, arguments[key], scope, key)
    extras, line = arguments.get("extras_require", (None, call.lineno))
    if isinstance(extras, dict):
        for extra, value in extras.items():
            # A key may carry a marker: `extra:python_version<"3"`; without a name in front it is no extra.
            name = extra.partition(":")[0].strip()
            scope = scope_of_extra(name) if name else Scope.RUNTIME
            _require(declaration, (value, line), scope, f"extras_require[{extra!r}]")
    elif extras is not None:
        declaration.problems.append((_computed("extras_require", extras), line))


def _arguments(declaration: Declaration, literals: Literals, call: ast.Call) -> dict[str, tuple[Any, int]]:
    """The keyword arguments by name, with their lines; those of `**` too, where they are literals."""
    found: dict[str, tuple[Any, int]] = {}
    for keyword in call.keywords:
        value, line = literals.value(keyword.value), keyword.value.lineno
        if keyword.arg is not None:
            found[keyword.arg] = (value, line)
        elif isinstance(value, dict):
            found.update({key: (inner, line) for key, inner in value.items()})
        if keyword.arg is None and (not isinstance(value, dict) or "" in value):
            declaration.problems.append(("setup() gets arguments that only running it would tell", line))
    return found


def _require(declaration: Declaration, argument: tuple[Any, int], scope: Scope, key: str) -> None:
    value, line = argument
    if value is None:
        return
    items = value.splitlines() if isinstance(value, str) else value
    if not isinstance(items, list):
        declaration.problems.append((_computed(key, value), line))
        return
    for item in items:
        if isinstance(item, str) and item.strip() and not item.strip().startswith("#"):
            if key == "requires" and parse_requirement(item) is None:
                continue  # distutils' `requires` names modules
            declaration.require(item, scope, key, line)
        elif not isinstance(item, str):
            declaration.problems.append(
                (_computed(f"a requirement in {key}", item), getattr(item, "line", line) or line)
            )


def _computed(what: str, value: object) -> str:
    shown = f" ({value.text})" if isinstance(value, Unknown) and value.text else ""
    return f"{what} is computed when setup.py runs{shown} and cannot be told"


EXTRACTOR = Extractor(
    name=NAME,
    title="setup.py (setuptools, distutils)",
    claims=Claims(names=("setup.py",)),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT, Fact.LICENSES}),
    cannot_tell=(
        "Whatever the program computes: requirements read from files, chosen by platform, or changed by code.",
        "Versions, unless a requirement pins one; what the requirements bring in.",
        "Programs for Python 2 whose text is not Python 3 as well.",
    ),
    extract=extract,
)
