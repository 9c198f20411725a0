# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conanfile.txt: what a Conan consumer requires, without the packages these require in turn.

Format: https://docs.conan.io/2/reference/conanfile_txt.html
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.cpp.conan_manifest import add_needs
from paddock.engine.analyzer.extractors.cpp.conan_reference import Need, parse_reference
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Scope

NAME = "cpp/conanfile_txt"

_SECTIONS = {
    "requires": Scope.RUNTIME,
    "tool_requires": Scope.BUILD,
    "build_requires": Scope.BUILD,
    "test_requires": Scope.TEST,
}


def extract(file: SourceFile) -> Extraction:
    """The requirements as components: with version where one is given exactly, else with the range as requirement."""
    draft = Draft(file, NAME)
    needs, problems = read_needs(file)
    for line, message in problems:
        draft.issue(message, line=line)
    add_needs(draft, needs)
    return draft.finish()


def read_needs(file: SourceFile) -> tuple[list[Need], list[tuple[int, str]]]:
    """The requirements of a conanfile.txt, and what could not be understood as (line, message)."""
    needs: list[Need] = []
    problems: list[tuple[int, str]] = []
    scope: Scope | None = None
    inside = False
    for number, text in enumerate(file.text().splitlines(), 1):
        text = text.partition(" #")[0].strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("[") and text.endswith("]"):
            scope = _SECTIONS.get(text[1:-1].strip())
            inside = True
        elif not inside:
            problems.append((number, "what stands before the first section, such as `[requires]`, was left out"))
            inside = True
        elif scope is not None:
            reference = parse_reference(text)
            if reference is None:
                problems.append((number, f"{text!r} is not a reference of the form name/version"))
            else:
                needs.append(Need(reference, scope, number))
    return needs, problems


EXTRACTOR = Extractor(
    name=NAME,
    title="conanfile.txt",
    claims=Claims(names=("conanfile.txt",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.LINES}),
    cannot_tell=(
        "Which version a range ends up at, and what the required packages require themselves; a conan.lock does.",
        "Licences and hashes; they stand in the recipes.",
    ),
    extract=extract,
)
