# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the files of a package say about the licence of the package: by the part that a file plays in it.

Key files (licence texts, README, manifest at the top) decide. Source files, vendored ones included, for they are
shipped as well, add what the key files do not say. Tests, documentation and samples say something about themselves
only.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from paddock.engine.model.licensing import FileFindings, LicenseMatch, Statement
from paddock.engine.spdx.expression import AnyOf, Expression, all_of, simplify, terms
from paddock.engine.spdx.parse import InvalidExpression, parse


class FileRole(StrEnum):
    """The part that a file plays in a package."""

    LEGAL = "legal"
    README = "readme"
    MANIFEST = "manifest"
    SOURCE = "source"
    VENDORED = "vendored"
    TEST = "test"
    DOCUMENTATION = "documentation"


KEY_ROLES = frozenset({FileRole.LEGAL, FileRole.README, FileRole.MANIFEST})
ASIDE_ROLES = frozenset({FileRole.TEST, FileRole.DOCUMENTATION})
"""Files that do not raise the licence of the package they lie in."""

_CLEAR = frozenset({Statement.DECLARATION, Statement.TEXT, Statement.NOTICE, Statement.UNTOLD})
"""Statements that count in files other than key files: programs and data mention licences without being under them."""
_VAGUE_KEYS = frozenset({"unknown-license-reference", "unknown", "free-unknown", "warranty-disclaimer", "unknown-spdx"})
"""Keys of the rule data that name no licence in particular."""

_VENDORED = frozenset({
    "vendor", "_vendor", "vendored", "vendors", "third_party", "third-party", "thirdparty", "3rdparty",
    "3rd-party", "3rd_party", "extern", "external", "externals", "bundled", "node_modules", "bower_components",
})  # fmt: skip
_TEST = frozenset({
    "test", "tests", "testing", "testdata", "test-data", "test_data", "testsuite", "testsuites",
    "test-fixtures", "fixtures", "__tests__", "spec", "specs", "__fixtures__", "__mocks__", "autotest",
    "unittests",
})  # fmt: skip
_DOCUMENTATION = frozenset({
    "doc", "docs", "documentation", "javadoc", "man", "manual", "example", "examples", "sample", "samples",
    "demo", "demos", "tutorial", "tutorials", "bench", "benches", "benchmark", "benchmarks", "website",
})  # fmt: skip
_TOP = frozenset({"", "licenses", "license", "licence", "licences", "legal", "meta-inf", "meta-inf/licenses", "debian"})
_PYTHON_METADATA = re.compile(r"[^/]+\.(?:dist|egg)-info(?:/licen[cs]es(?:/.*)?)?")
_CODE = re.compile(
    r"\.(?:py|pyi|js|mjs|cjs|jsx|ts|tsx|c|cc|cpp|h|hpp|rs|go|java|kt|kts|scala|rb|php|cs|swift|m|pl|pm|sh|bat|ps1|json|"
    r"xml|yml|yaml|toml|css|scss|class|png|svg|gif|jpg)$"
)
_LEGAL = re.compile(
    r"(?:.{0,60}[-_.]|third ?party)?"
    r"(?:licen[cs]es?|licencia|copying|copyrights?|notices?|unlicen[cs]e|patents|legal|eula)(?:[-_. ].*)?"
    r"|copying3?(?:\.lib|\.lesser)?(?:v[23])?(?:\..*)?"
)
_README = re.compile(r"readme(?:[-_.].*)?")
_MANIFESTS = frozenset({
    "package.json", "pkg-info", "metadata", "pyproject.toml", "setup.py", "setup.cfg", "cargo.toml", "pom.xml",
    "composer.json", "go.mod", "bower.json", "manifest.mf", "build.gradle", "build.gradle.kts", "deno.json",
    "pubspec.yaml", "mix.exs", "description",
})  # fmt: skip
_MANIFEST_ENDS = (".gemspec", ".nuspec", ".podspec", ".cabal")
_TEST_NAME = re.compile(
    r"(?:test_[^/]*\.py|[^/]*_test\.(?:py|go|rb|cc|cpp|exs)|[^/]*[._-](?:test|spec)\.[cm]?[jt]sx?|[^/]*_spec\.rb|"
    r"[^/]*[a-z0-9](?:Test|Tests|IT)\.(?:java|kt|scala|cs))"
)
_OPERATORS = frozenset({"AND", "OR", "WITH"})
_ASIDE_DEPTH = 3
"""Only outer folders make a file a test or sample; deep in main sources, `test` is a name like others."""
_JAVA_ROOTS = frozenset({"com", "edu", "io", "jakarta", "java", "javax", "net", "org"})
"""Where these come first, folders are the names of Java packages, as in a sources jar."""


def classify(path: str) -> FileRole:
    """The part that a file plays, by its path relative to the package's own root."""
    folder, _, name = path.rpartition("/")
    lower, lower_name = folder.lower(), name.lower()
    folders = lower.split("/") if lower else []
    if not _VENDORED.isdisjoint(folders):
        return FileRole.VENDORED
    if lower in _TOP or _PYTHON_METADATA.fullmatch(lower):
        if _README.fullmatch(lower_name):
            return FileRole.README
        if _is_legal(lower_name) or folders in (["licenses"], ["licences"]) or "-info/licen" in lower:
            return FileRole.LEGAL
        if lower_name in _MANIFESTS or lower_name.endswith(_MANIFEST_ENDS):
            return FileRole.MANIFEST
    outer = [] if folders and folders[0] in _JAVA_ROOTS else folders[:_ASIDE_DEPTH]
    if not _TEST.isdisjoint(outer) or _TEST_NAME.fullmatch(name):
        return FileRole.TEST
    if not _DOCUMENTATION.isdisjoint(outer):
        return FileRole.DOCUMENTATION
    return FileRole.SOURCE


def is_legal_text(path: str) -> bool:
    """Whether a file, wherever it lies in a package, holds a licence, a notice or a copyright statement."""
    name = path.rpartition("/")[2].lower()
    return _is_legal(name)


def _is_legal(lower_name: str) -> bool:
    return _LEGAL.fullmatch(lower_name) is not None and not _CODE.search(lower_name)


def weigh(files: Sequence[FileFindings], *, stated: str = "") -> str:
    """The licence of a package by its files, as an SPDX expression; "" where they say nothing.

    files: paths relative to the package's own root. stated: what the package's metadata declares; then README and
    manifests, which say the same in other words and mention much else, are not asked again. Where a key file or the
    metadata offers a choice, the texts of what may be chosen add nothing: they are there because of the choice.
    """
    if not files:
        return ""
    keys, others = _key_and_other(files, has_stated=bool(stated))
    declared = _parsed(stated)
    choices = [found for found in (*keys, *([declared] if declared else ())) if isinstance(found, AnyOf)]
    offered = {term for choice in choices for term in terms(choice)}
    kept = [found for found in keys if isinstance(found, AnyOf) or not offered.issuperset(terms(found))]
    said = {term for found in (*keys, *choices) for term in terms(found)}
    more = [found for found in others if not said.issuperset(terms(found))]
    return _joined((*kept, *more)) or (_joined(choices) if keys else "")


def _key_and_other(files: Sequence[FileFindings], *, has_stated: bool) -> tuple[list[Expression], list[Expression]]:
    """What key files and what other files say, each expression once. A pointer that leads nowhere counts only where
    nothing else was found.
    """
    by_role: dict[FileRole, dict[Expression, None]] = {role: {} for role in FileRole}
    vague: dict[Expression, None] = {}
    for file in files:
        role = classify(file.path)
        for match in file.findings.licenses:
            expression = _parsed(match.license_expression_spdx)
            if expression is None or (role not in KEY_ROLES and match.statement not in _CLEAR):
                continue
            (vague if _is_vague(match) else by_role[role])[expression] = None
    keys = dict(by_role[FileRole.LEGAL])
    if not has_stated:
        keys |= by_role[FileRole.MANIFEST]
    if not has_stated:
        # A README mentions much: it is asked when nothing else tells, and about a choice, which texts cannot tell.
        readme = by_role[FileRole.README]
        keys |= readme if not keys else {found: None for found in readme if isinstance(found, AnyOf)}
    others = by_role[FileRole.SOURCE] | by_role[FileRole.VENDORED]
    if not keys and not others and not has_stated:
        keys = vague
    return list(keys), list(others)


def _is_vague(match: LicenseMatch) -> bool:
    return match.license_expression in _VAGUE_KEYS


def _joined(expressions: Iterable[Expression]) -> str:
    joined = all_of(sorted(expressions, key=str))
    return "" if joined is None else str(simplify(joined))


def _parsed(text: str) -> Expression | None:
    """An expression as a detector wrote it; None for no text.

    An exception that stands without its licence, as it does in files that hold nothing else, makes an expression
    invalid; then every licence that it names counts.
    """
    try:
        return parse(text) if text else None
    except InvalidExpression:
        named = (_parsed_id(word) for word in re.findall(r"[^\s()]+", text) if word not in _OPERATORS)
        return all_of(expression for expression in named if expression is not None)


def _parsed_id(id: str) -> Expression | None:
    try:
        return parse(id)
    except InvalidExpression:
        return None
