# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Conditions of rules, in the Common Expression Language (https://cel.dev), decided in three values.

A fact that is not known is not false. Where the answer is the same whatever the fact may be, the condition is decided
all the same (`linkage == "static" && category == "permissive"` is false for a copyleft licence however it is linked);
else it is undecided and the facts that it hangs on are named. `"linkage" in unknown` asks about knowledge itself.
"""

import difflib
import itertools
import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Scope
from paddock.engine.policy.cel_runtime import cel

MAX_LENGTH = 4_000

FACTS: dict[str, str] = {
    "license": 'one licence of the component, as SPDX id, with its exception ("GPL-2.0-only WITH …")',
    "category": "the licence's main category",
    "categories": "all categories of the licence, a list",
    "expression": "the whole effective licence expression, after choices",
    "basis": 'what the licence rests on: "concluded", "declared", "detected", "declared AND detected"',
    "source": 'where this one licence is stated: "declared", "detected", "declared AND detected", "concluded", ""',
    "declared": "the declared licence expression",
    "detected": "the expression found in the component's files",
    "concluded": "the concluded expression",
    "scope": '"runtime", "optional", "build", "test" or "dev"',
    "direct": "whether the project itself asks for the component",
    "linkage": '"static" or "dynamic"',
    "modified": "whether the component was changed",
    "distribution": '"internal", "hosted", "app" or "embedded"',
    "purl": "the component's package URL",
    "type": 'the type in the package URL ("npm", "pypi")',
    "ecosystem": "the same as type",
    "purl_namespace": "the namespace in the package URL, decoded (`namespace` alone is a reserved word of CEL)",
    "name": "the name in the package URL",
    "version": "the version",
    "project": "the id of the project that uses the component: the path of its definition file",
    "project_license": "the licence expression that this project declares for itself, empty where it declares none",
    "vulnerability": 'the name of one known vulnerability of the component ("CVE-2021-44228")',
    "aliases": "all its names, a list",
    "advisory_kind": '"vulnerability", "malware", "unmaintained" or "notice"',
    "severity": '"critical", "high", "medium", "low" or "none": the worst that anybody says',
    "cvss": "the worst score, 0.0 to 10.0",
    "epss": "probability of exploitation in the next 30 days, 0.0 to 1.0",
    "epss_percentile": "share of all vulnerabilities that have at most this probability, 0.0 to 1.0",
    "kev": "whether it is known to be exploited",
    "ransomware": "whether campaigns with ransomware are known to use it",
    "exploitation": 'of SSVC: "none", "poc" or "active"',
    "automatable": 'of SSVC: "yes" or "no"',
    "technical_impact": 'of SSVC: "partial" or "total"',
    "weaknesses": "CWE ids, a list",
    "fixable": "whether a version is known in which it is fixed",
    "fixed_version": "the smallest upgrade that clears it; empty where none is known",
    "days_known": "days since it was published, a number",
    "assessment": 'what VEX says of it: "affected", "under_investigation"; empty where nothing is said',
    "unknown": "the names of the facts that are not known, a list",
}
"""Every variable of a condition, with its meaning."""

LICENSE_FACTS = frozenset({"license", "category", "categories", "expression", "basis", "source"})
"""Facts that exist only where a licence is known."""

VULNERABILITY_FACTS = frozenset(
    {
        "vulnerability", "aliases", "advisory_kind", "severity", "cvss", "epss", "epss_percentile", "kev", "ransomware",
        "exploitation", "automatable", "technical_impact", "weaknesses", "fixable", "fixed_version", "days_known",
        "assessment",
    }
)  # fmt: skip
"""Facts that exist only where a vulnerability is known; a rule that names one is about vulnerabilities."""

_BOOLEANS: tuple[object, ...] = (True, False)
_DOMAINS: dict[str, tuple[object, ...]] = {
    "scope": tuple(scope.value for scope in Scope if scope is not Scope.UNKNOWN),
    "direct": _BOOLEANS,
    "linkage": ("static", "dynamic"),
    "modified": _BOOLEANS,
    "distribution": ("internal", "hosted", "app", "embedded"),
    "kev": _BOOLEANS,
    "ransomware": _BOOLEANS,
    "fixable": _BOOLEANS,
    "severity": ("critical", "high", "medium", "low", "none"),
    "exploitation": ("none", "poc", "active"),
    "automatable": ("yes", "no"),
    "technical_impact": ("partial", "total"),
}
_SAMPLE: dict[str, object] = {
    **dict.fromkeys(FACTS, "x"),
    **{name: values[0] for name, values in _DOMAINS.items()},
    "categories": ["x"],
    "version": "1",
    "aliases": ["x"],
    "weaknesses": ["x"],
    "cvss": 5.0,
    "epss": 0.5,
    "epss_percentile": 0.5,
    "days_known": 1,
    "unknown": ["linkage"],
}
_FUNCTIONS = frozenset(
    re.findall(
        r"\w+",
        "size startsWith endsWith contains matches has all exists exists_one map filter max min"
        " string int uint double bool bytes type duration timestamp",
    )
)
_BOUND = re.compile(r"\.\s*(?:all|exists|exists_one|existsOne|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,")
_STRING = r"""r?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_REGEX = re.compile(rf"\.\s*matches\s*\(\s*({_STRING})\s*\)")
_TEXTS = re.compile(_STRING)
_NEVER_UNKNOWN = re.compile(
    r"""\b(scope|linkage)\b\s*[=!]=\s*["']unknown["']|["']unknown["']\s*[=!]=\s*(scope|linkage)\b"""
)
_PLACE = re.compile(r"<input>:(\d+):(\d+): (?:Syntax error: )?(.*)")
_UNDEFINED = re.compile(r"[Uu]ndefined variable|[Uu]ndeclared reference")


class InvalidCondition(EngineError):
    """The text is no condition; line and column count from 1, within the condition."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"line {line}, column {column}: {reason}")
        self.reason = reason
        self.line = line
        self.column = column


class Decision(msgspec.Struct, frozen=True):
    """The answer of a condition: True, False, or None with the facts it hangs on and, in `problem`, what went wrong."""

    value: bool | None
    missing: tuple[str, ...] = ()
    problem: str = ""


class Condition:
    """A compiled condition. `facts` are the variables it mentions."""

    def __init__(self, source: str, program: cel.Program, facts: frozenset[str]) -> None:
        self.source = source
        self.facts = facts
        self._program = program

    def decide(self, known: Mapping[str, object]) -> Decision:
        """Decide with the facts that are known; a fact that is absent from `known` is not known."""
        context = {name: known[name] for name in self.facts if name in known}
        missing = sorted(name for name in self.facts if name not in known and name != "unknown")
        if "unknown" in self.facts:
            context["unknown"] = [name for name in FACTS if name not in known and name != "unknown"]
        if not missing:
            return self._execute(context)
        return self._decide_for_all(context, missing)

    def _decide_for_all(self, context: dict[str, object], missing: list[str]) -> Decision:
        """Try every value of the facts that have few; the others stay undefined, which CEL passes on as an error."""
        finite = [name for name in missing if name in _DOMAINS]
        answers: dict[tuple[object, ...], Decision] = {}
        for values in itertools.product(*(_DOMAINS[name] for name in finite)):
            decision = self._execute({**context, **dict(zip(finite, values, strict=True))})
            if decision.problem:
                return decision
            answers[values] = decision
        outcomes = {decision.value for decision in answers.values()}
        if len(outcomes) == 1 and None not in outcomes:
            return next(iter(answers.values()))
        matters = {name for number, name in enumerate(finite) if _varies(answers, number)}
        if None in outcomes:
            matters.update(name for name in missing if name not in _DOMAINS)
        return Decision(None, tuple(name for name in missing if name in matters))

    def _execute(self, context: dict[str, object]) -> Decision:
        try:
            value = self._program.execute(cel.Context(variables=context))
        except (RuntimeError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            if isinstance(error, RuntimeError) and _UNDEFINED.search(str(error)):
                return Decision(None)
            return Decision(None, problem=str(error).split(". ")[0])
        if isinstance(value, bool):
            return Decision(value)
        return Decision(None, problem=f"the condition gives {value!r}, neither true nor false")


def _varies(answers: dict[tuple[object, ...], Decision], number: int) -> bool:
    seen: dict[tuple[object, ...], bool | None] = {}
    for values, decision in answers.items():
        rest = values[:number] + values[number + 1 :]
        if seen.setdefault(rest, decision.value) != decision.value:
            return True
    return False


@lru_cache(maxsize=1_024)
def compile_condition(source: str) -> Condition:
    """Compile a condition. Raises InvalidCondition with place, reason and advice."""
    if len(source) > MAX_LENGTH:
        raise InvalidCondition(f"longer than {MAX_LENGTH:,} characters")
    try:
        program = cel.compile(source)
    except ValueError as error:
        raise _syntax(str(error)) from error
    bare = _TEXTS.sub(lambda found: " " * len(found.group()), source)
    names = set(program.variables()) - set(_BOUND.findall(bare))
    _check_names(bare, names, frozenset(FACTS), "fact")
    _check_nesting(bare)
    functions = {name for name in program.functions() if name.isidentifier() and not name.startswith("_")}
    _check_names(bare, functions, _FUNCTIONS, "function")
    if found := _NEVER_UNKNOWN.search(source):
        fact = found.group(1) or found.group(2)
        raise _at(source, found.start(), f'a fact that is not known has no value; write "{fact}" in unknown')
    _check_patterns(source)
    condition = Condition(source, program, frozenset(names))
    trial = condition.decide(_SAMPLE)
    if trial.problem:
        raise InvalidCondition(trial.problem)
    return condition


def _syntax(message: str) -> InvalidCondition:
    found = _PLACE.search(message)
    if found is None:
        return InvalidCondition("not an expression of CEL (https://cel.dev)")
    reason = found.group(3)
    if "token recognition error at: '= " in reason or reason.startswith("token recognition error at: '='"):
        reason = 'a single "=" compares nothing; write "=="'
    if reason == "reserved identifier: namespace":
        reason = "`namespace` is a reserved word of CEL; the fact is called purl_namespace"
    reason = re.sub(r"mismatched input '<EOF>'.*", "the condition ends too early", reason)
    reason = re.sub(r" expecting \{.*", "", reason)
    return InvalidCondition(reason, int(found.group(1)), int(found.group(2)))


def _check_names(bare: str, names: set[str], known: frozenset[str], what: str) -> None:
    for name in sorted(names - known):
        near = difflib.get_close_matches(name, known, n=1)
        advice = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(sorted(known))}"
        found = re.search(rf"\b{re.escape(name)}\b", bare)
        raise _at(bare, found.start() if found else 0, f"no {what} is called {name!r}; {advice}")


def _check_nesting(bare: str) -> None:
    """A list that is gone through within another costs the product of both, and nothing here needs it."""
    for found in _BOUND.finditer(bare):
        start = bare.index("(", found.start())
        depth = 0
        for position in range(start, len(bare)):
            depth += (bare[position] == "(") - (bare[position] == ")")
            if depth == 0:
                break
        if inner := _BOUND.search(bare, start, position):
            raise _at(bare, inner.start(), "a list is gone through within another list; ask with `in` instead")


def _check_patterns(source: str) -> None:
    for found in _REGEX.finditer(source):
        try:
            cel.compile(f'"".matches({found.group(1)})').execute({})
        except (RuntimeError, ValueError) as error:
            raise _at(source, found.start(1), f"not a regular expression: {found.group(1)}") from error


def _at(source: str, position: int, reason: str) -> InvalidCondition:
    before = source[:position]
    return InvalidCondition(reason, before.count("\n") + 1, position - before.rfind("\n"))
