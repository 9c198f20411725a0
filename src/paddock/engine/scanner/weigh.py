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

from paddock.engine.model.licensing import FileFindings
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
    r"(?:[a-z0-9.+]*[-_.])?(?:licen[cs]es?|licencia|copying|copyrights?|notices?|unlicen[cs]e|patents|legal|eula)"
    r"(?:[-_. ].*)?|copying3?(?:\.lib|\.lesser)?(?:v[23])?(?:\..*)?"
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
"""Only outer folders make a file a test or sample: `org/example/test/…` deep in main sources is a name like others."""


def classify(path: str) -> FileRole:
    """The part that a file plays, by its path relative to the package's own root."""
    folder, _, name = path.rpartition("/")
    lower, lower_name = folder.lower(), name.lower()
    folders = lower.split("/") if lower else []
    if not _VENDORED.isdisjoint(folders):
        return FileRole.VENDORED
    if lower in _TOP or _PYTHON_METADATA.fullmatch(lower):
        if _is_legal(lower_name) or folders in (["licenses"], ["licences"]) or lower.endswith("-info/licenses"):
            return FileRole.LEGAL
        if lower_name in _MANIFESTS or lower_name.endswith(_MANIFEST_ENDS):
            return FileRole.MANIFEST
        if _README.fullmatch(lower_name):
            return FileRole.README
    outer = folders[:_ASIDE_DEPTH]
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

    files: paths relative to the package's own root. stated: what the package's metadata declares. Where a key file or
    the metadata offers a choice, the texts of what may be chosen add nothing: they are there because of the choice.
    """
    if not files:
        return ""
    keys: dict[Expression, None] = {}
    others: dict[Expression, None] = {}
    for file in files:
        role = classify(file.path)
        if role not in ASIDE_ROLES:
            (keys if role in KEY_ROLES else others).update((found, None) for found in _expressions(file))
    declared = _parsed(stated)
    choices = [found for found in (*keys, *([declared] if declared else ())) if isinstance(found, AnyOf)]
    offered = {term for choice in choices for term in terms(choice)}
    kept = [found for found in keys if isinstance(found, AnyOf) or not offered.issuperset(terms(found))]
    said = {term for found in (*keys, *choices) for term in terms(found)}
    more = [found for found in others if not said.issuperset(terms(found))]
    return _joined((*kept, *more)) or (_joined(choices) if keys else "")


def _joined(expressions: Iterable[Expression]) -> str:
    joined = all_of(sorted(expressions, key=str))
    return "" if joined is None else str(simplify(joined))


def _expressions(file: FileFindings) -> list[Expression]:
    found = (_parsed(match.license_expression_spdx) for match in file.findings.licenses)
    return [expression for expression in found if expression is not None]


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
