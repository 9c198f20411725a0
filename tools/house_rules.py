# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""House rules that no linter knows, each with its reason; breaking one fails `./dev check`.

python tools/house_rules.py
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "paddock"
EXTRACTORS = SOURCE / "engine" / "analyzer" / "extractors"
EXTRACTOR_TESTS = ROOT / "tests" / "engine" / "analyzer" / "extractors"

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "tools"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma: no cover)")
REASONED = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+|type:\s*ignore\[[\w, -]+\]|pragma: no cover)\s+# \S+ \S+")
MAX_SUPPRESSIONS = {"engine": 32, "cli": 7, "hub": 4}
"""Lines of each package that switch a check off. May only be lowered."""


def modules() -> Iterator[tuple[str, Path, ast.Module]]:
    """(path relative to the repository, path, tree) of every module of the package."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path, ast.parse(path.read_text())


def no_drawers() -> Iterator[str]:
    """A module is named by what is in it; a drawer for everything ends up imported by everything."""
    for name, path, _ in modules():
        if path.stem in DRAWERS or path.parent.name in DRAWERS:
            yield f"{name}: name it by its noun, not {path.stem!r}"


def no_clock_in_the_engine() -> Iterator[str]:
    """Decisions are reproducible: the time is a parameter, given by the command or the hub."""
    for name, path, tree in modules():
        if SOURCE / "engine" not in path.parents:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                owner_name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                if (owner_name, node.func.attr) in CLOCKS:
                    yield f"{name}:{node.lineno}: takes the time itself; make `now` a parameter"


def every_extractor_is_registered_and_tested() -> Iterator[str]:
    """An extractor that no group lists is dead code; one without a test folder is a promise."""
    for group in sorted(path for path in EXTRACTORS.iterdir() if (path / "__init__.py").is_file()):
        listed = (group / "__init__.py").read_text()
        for module in sorted(group.glob("*.py")):
            if not re.search(r"^EXTRACTOR\b", module.read_text(), re.MULTILINE):
                continue
            if f"{module.stem}.EXTRACTOR" not in listed:
                yield f"{group.name}/{module.name}: not in {group.name}/__init__.py: EXTRACTORS"
            if not list((EXTRACTOR_TESTS / group.name / module.stem).glob("test_*.py")):
                yield f"{group.name}/{module.name}: no tests in {EXTRACTOR_TESTS.name}/{group.name}/{module.stem}/"


def suppressions_have_reasons() -> Iterator[str]:
    """Switching a check off needs a sentence, and the number of such lines may only fall."""
    count = dict.fromkeys(MAX_SUPPRESSIONS, 0)
    for name, path, _ in modules():
        package = path.relative_to(SOURCE).parts[0]
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if SUPPRESSION.search(line):
                count[package] += 1
                if not REASONED.search(line):
                    yield f"{name}:{number}: says nothing about why the check is off"
    for package, most in MAX_SUPPRESSIONS.items():
        if count[package] > most:
            yield f"{count[package]} suppressions in {package}, at most {most} are allowed"


def nothing_is_executed() -> Iterator[str]:
    """The engine never runs a program: what it scans is not trusted, and it must work where nothing may be started."""
    for name, path, tree in modules():
        if SOURCE / "engine" not in path.parents:
            continue
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if {"subprocess", "pickle", "marshal", "shelve"} & {part.split(".")[0] for part in names}:
                yield f"{name}:{node.lineno}: starts programs or loads executable data"


RULES = (
    no_drawers,
    no_clock_in_the_engine,
    every_extractor_is_registered_and_tested,
    suppressions_have_reasons,
    nothing_is_executed,
)


def main() -> int:
    """Run every rule, print what breaks it under the rule's reason."""
    broken = 0
    for rule in RULES:
        faults = list(rule())
        broken += len(faults)
        if faults:
            print(f"{rule.__name__.replace('_', ' ')}: {(rule.__doc__ or '').strip()}")
            print("\n".join(f"  {fault}" for fault in faults))
    print(f"{len(RULES)} house rules kept." if not broken else f"{broken} breaches.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
