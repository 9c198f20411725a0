# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conanfile.py: what a Conan recipe requires, as far as it stands there literally. The recipe is parsed, never run.

Format: https://docs.conan.io/2/reference/conanfile.html (attributes and the methods requirements and
build_requirements), grammar: https://docs.python.org/3/library/ast.html
"""

import ast
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.cpp.conan_manifest import add_needs
from paddock.engine.analyzer.extractors.cpp.conan_reference import Need, is_name, parse_reference
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from paddock.engine.model.purl import make_purl

NAME = "cpp/conanfile_py"

MAX_BYTES = 4 * 1024 * 1024
"""A recipe is written by hand; the parser's memory grows to a hundred times the text."""

_FIELDS = {
    "requires": Scope.RUNTIME,
    "tool_requires": Scope.BUILD,
    "build_requires": Scope.BUILD,
    "test_requires": Scope.TEST,
    "python_requires": Scope.BUILD,
}
_CONDITIONS = (ast.If, ast.For, ast.While, ast.Try, ast.Match, ast.IfExp)


class Recipe(NamedTuple):
    """What a recipe says literally; `problems` are (line, message) for what only running it would tell."""

    name: str
    version: str
    licenses: tuple[str, ...]
    needs: list[Need]
    problems: list[tuple[int, str]]


def extract(file: SourceFile) -> Extraction:
    """Literal requirements as components; whatever is computed is an issue with its line."""
    draft = Draft(file, NAME)
    recipe = read_recipe(file)
    for line, message in recipe.problems:
        draft.issue(message, line=line)
    project = add_needs(draft, recipe.needs)
    project.name, project.version, project.licenses = recipe.name, recipe.version, recipe.licenses
    if is_name(recipe.name):
        project.purl = make_purl("conan", recipe.name, recipe.version)
    return draft.finish()


def read_recipe(file: SourceFile) -> Recipe:
    """The recipe class of a conanfile.py. Raises Unreadable where the file is no Python 3."""
    module = _parse(file.read(MAX_BYTES))
    recipe = Recipe("", "", (), [], [])
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    # A recipe may inherit from a base class of its own instead of from ConanFile.
    for node in [node for node in classes if _is_recipe(node)] or classes:
        recipe = _read_class(node, recipe)
    return recipe


def _is_recipe(node: ast.ClassDef) -> bool:
    names = [base.id if isinstance(base, ast.Name) else getattr(base, "attr", "") for base in node.bases]
    return any(name.endswith("ConanFile") for name in names)


def _parse(data: bytes) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the recipe's style is not our reader's concern
            return ast.parse(data)
    except SyntaxError as error:
        raise Unreadable(f"not valid Python 3: {error.msg}", error.lineno) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(f"not valid Python 3: {error or type(error).__name__}") from error


def _read_class(node: ast.ClassDef, recipe: Recipe) -> Recipe:
    stated: dict[str, tuple[str, ...]] = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            name = target.id if isinstance(target, ast.Name) else ""
            if name in _FIELDS:
                for element in _elements(statement.value):
                    _note(recipe, element, _FIELDS[name], name)
            elif name in ("name", "version", "license"):
                stated[name] = tuple(text for text in map(_literal, _elements(statement.value)) if text)
        elif isinstance(statement, ast.FunctionDef):
            for call, conditional in _calls(statement):
                _note_call(recipe, call, conditional)
    return recipe._replace(
        name=recipe.name or "".join(stated.get("name", ())[:1]),
        version=recipe.version or "".join(stated.get("version", ())[:1]),
        licenses=recipe.licenses or stated.get("license", ()),
    )


def _calls(function: ast.FunctionDef) -> Iterator[tuple[ast.Call, bool]]:
    """Every `self.<requirement method>(…)` of a method, and whether it stands under a condition; without recursion."""
    stack: list[tuple[ast.AST, bool]] = [(statement, False) for statement in reversed(function.body)]
    while stack:
        node, conditional = stack.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FIELDS:
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "self":
                yield node, conditional
        conditional = conditional or isinstance(node, _CONDITIONS)
        stack.extend((child, conditional) for child in reversed(list(ast.iter_child_nodes(node))))


def _note_call(recipe: Recipe, call: ast.Call, conditional: bool) -> None:
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    argument = call.args[0] if call.args else keywords.get("ref")
    if argument is None or _is_package_under_test(argument):
        return
    scope = _FIELDS[method]
    if method == "requires":
        if _is_true(keywords.get("build")):
            scope = Scope.BUILD
        elif _is_true(keywords.get("test")):
            scope = Scope.TEST
        elif conditional:
            scope = Scope.OPTIONAL
    _note(recipe, argument, scope, method)


def _note(recipe: Recipe, element: ast.expr, scope: Scope, what: str) -> None:
    text = _literal(element)
    line = element.lineno
    if text is None:
        recipe.problems.append((line, f"{what}: computed when the recipe runs ({_excerpt(element)}); not told here"))
        return
    reference = parse_reference(text)
    if reference is None:
        recipe.problems.append((line, f"{what}: {text!r} is not a reference of the form name/version"))
    else:
        recipe.needs.append(Need(reference, scope, line))


def _elements(value: ast.expr) -> list[ast.expr]:
    """The references of an attribute: one string, or a tuple or list of strings or of ("ref", "override") pairs."""
    if not isinstance(value, ast.Tuple | ast.List | ast.Set):
        return [] if isinstance(value, ast.Constant) and value.value is None else [value]
    elements = value.elts
    if len(elements) == 2 and _literal(elements[1]) in ("override", "private"):
        return elements[:1]
    return [
        element.elts[0] if isinstance(element, ast.Tuple | ast.List) and element.elts else element
        for element in elements
    ]


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _is_package_under_test(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "tested_reference_str"


def _excerpt(node: ast.expr) -> str:
    try:
        text = ast.unparse(node)
    except (RecursionError, ValueError):
        return "an expression"
    return text if len(text) <= 60 else f"{text[:57]}..."


EXTRACTOR = Extractor(
    name=NAME,
    title="conanfile.py (literal requirements)",
    claims=Claims(names=("conanfile.py",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.LINES}),
    cannot_tell=(
        "Requirements that the recipe computes; each is reported with its line. A conan.lock has them all.",
        "Whether a requirement under a condition applies; it counts as optional.",
        "Which version a range ends up at, and what the required packages require themselves.",
    ),
    extract=extract,
)
