# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The size budget: files, functions, classes and parameter lists stay short, and exceptions only get fewer.

    python tools/size_budget.py [--table]

Limits (lines): file 95th percentile 350, hard 600; function 95th percentile 45, hard 70; class 300 lines and 19
methods; 5 positional parameters. An entry in EXCEPTIONS lifts a hard limit for one name, with its reason; an entry that
is no longer needed is an error too, so that the list can only shrink.
"""

import ast
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("src", "tools", "benchmarks", "tests")
FILE_P95, FILE_LIMIT = 350, 600
FUNCTION_P95, FUNCTION_LIMIT = 45, 70
CLASS_LIMIT, METHOD_LIMIT, PARAMETER_LIMIT = 300, 19, 5

EXCEPTIONS: dict[str, str] = {}
"""`path` or `path:name` -> why it may be larger."""


@dataclass
class Measures:
    """What was measured, and what breaks a hard limit."""

    files: list[int] = field(default_factory=list)
    functions: list[int] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)


def measure(path: Path, measures: Measures) -> None:
    """Add one file."""
    text = path.read_text()
    name = path.relative_to(ROOT).as_posix()
    lines = text.count("\n")
    measures.files.append(lines)
    if lines > FILE_LIMIT:
        measures.broken[name] = f"{lines} lines (limit {FILE_LIMIT})"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            measure_function(name, node, measures)
        elif isinstance(node, ast.ClassDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            methods = sum(isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) for child in node.body)
            if length > CLASS_LIMIT or methods > METHOD_LIMIT:
                measures.broken[f"{name}:{node.name}"] = f"{length} lines, {methods} methods (limits 300, 19)"


def measure_function(name: str, node: ast.FunctionDef | ast.AsyncFunctionDef, measures: Measures) -> None:
    """Add one function: its length without docstring and decorators, and its positional parameters."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    length = (node.end_lineno or node.lineno) - body[0].lineno + 2
    measures.functions.append(length)
    if length > FUNCTION_LIMIT:
        measures.broken[f"{name}:{node.name}"] = f"{length} lines (limit {FUNCTION_LIMIT})"
    positional = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    is_test = node.name.startswith("test_")
    if len([argument for argument in positional if argument not in ("self", "cls")]) > PARAMETER_LIMIT and not is_test:
        measures.broken[f"{name}:{node.name}()"] = f"{len(positional)} positional parameters (limit {PARAMETER_LIMIT})"


def p95(values: list[int]) -> int:
    """The 95th percentile (nearest rank)."""
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def main() -> int:
    """Measure, compare, report."""
    everything = Measures()
    faults = []
    for folder in FOLDERS:
        measures = Measures()
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "data" not in path.relative_to(ROOT).parts:
                measure(path, measures)
        if not measures.files:
            continue
        file_p95, function_p95 = p95(measures.files), p95(measures.functions or [0])
        if "--table" in sys.argv:
            print(f"{folder:11} {len(measures.files):4} files, p95 {file_p95}, longest {max(measures.files)};", end=" ")
            print(f"{len(measures.functions):5} functions, p95 {function_p95}, longest {max(measures.functions)}")
        if file_p95 > FILE_P95 or function_p95 > FUNCTION_P95:
            faults.append(f"{folder}: 95th percentiles {file_p95} (files), {function_p95} (functions) over budget")
        everything.broken |= measures.broken
    faults += [f"{name}: {why}" for name, why in everything.broken.items() if name not in EXCEPTIONS]
    faults += [f"{name}: no longer needs its exception" for name in EXCEPTIONS if name not in everything.broken]
    print("\n".join(faults) or "Size budget kept.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
