# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""setup.cfg: the declarative metadata of setuptools. Without a lock file: requirements, pinned or not.

Format: https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
"""

import configparser

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
from paddock.engine.analyzer.extractors.python.requirement_files import read_referred
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "python/setup_cfg"

_OPTIONS = {"install_requires": Scope.RUNTIME, "tests_require": Scope.TEST, "setup_requires": Scope.BUILD}


def extract(file: SourceFile) -> Extraction:
    """A file with only the configuration of tools tells nothing and gives no project."""
    draft = Draft(file, NAME)
    declaration = read_setup_cfg(file)
    if declaration.needs or declaration.name or declaration.licenses or declaration.problems:
        project = open_project(draft, file, declaration, Origin.DECLARED)
        use_declared(draft, file, project, declaration)
        report(draft, declaration)
    return draft.finish()


def read_setup_cfg(file: SourceFile) -> Declaration:
    """What the sections `metadata` and `options` say. Raises Unreadable when the file is no configuration file."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=", ":"), inline_comment_prefixes=None)
    try:
        parser.read_string(file.text())
    except configparser.ParsingError as error:
        line = getattr(error, "lineno", None) or next((number for number, _ in error.errors), None)
        raise Unreadable(f"not a configuration file: {error.message.splitlines()[0]}", line) from error
    metadata = _section(parser, "metadata")
    declaration = Declaration(name=_literal(metadata.get("name", "")), version=_literal(metadata.get("version", "")))
    stated = first_line(_literal(metadata.get("license", "")))
    classifiers = _lines(metadata.get("classifiers", "") or metadata.get("classifier", ""))
    declaration.licenses = tuple(dict.fromkeys(text for text in (stated, *license_classifiers(classifiers)) if text))
    options = _section(parser, "options")
    for key, scope in _OPTIONS.items():
        _require(declaration, file, options.get(key, options.get(key.replace("_", "-"), "")), scope, f"options.{key}")
    for extra, value in _section(parser, "options.extras_require").items():
        _require(declaration, file, value, scope_of_extra(extra), f"options.extras_require.{extra}")
    return declaration


def _require(declaration: Declaration, file: SourceFile, value: str, scope: Scope, where: str) -> None:
    if value.strip().startswith("file:"):
        names = [name.strip() for name in value.strip()[5:].split(",")]
        needs, problems = read_referred(file, names, scope, where)
        declaration.needs.extend(needs)
        declaration.problems.extend(problems)
        return
    # On one line setuptools splits at semicolons, over several lines at line ends only.
    for text in _lines(value if "\n" in value else value.replace(";", "\n")):
        declaration.require(text, scope, where)


def _lines(value: str) -> list[str]:
    """The items of a list option: one a line; comments, as people write them, are passed over."""
    items = (line.split(" #")[0].strip() for line in value.splitlines())
    return [item for item in items if item and not item.startswith("#")]


def _literal(value: str) -> str:
    """The value, or "" for what setuptools reads from elsewhere (`attr:`, `file:`)."""
    value = value.strip()
    return "" if value.startswith(("attr:", "file:")) else value


def _section(parser: configparser.RawConfigParser, name: str) -> dict[str, str]:
    return dict(parser.items(name)) if parser.has_section(name) else {}


EXTRACTOR = Extractor(
    name=NAME,
    title="setup.cfg (setuptools)",
    claims=Claims(names=("setup.cfg",)),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT, Fact.LICENSES}),
    cannot_tell=(
        "Versions, unless a requirement pins one; what the requirements bring in.",
        "A version that setuptools reads from a module (`attr:`).",
    ),
    extract=extract,
)
