# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A self-contained HTML report: verdict, causes, every package with search and sort, how each one gets in.

One file without any outside reference; its own Content-Security-Policy allows just the script and style it carries.
Package data is compact JSON that the page renders a hundred rows at a time, so 5,000 packages stay light.
"""

import base64
import hashlib
from importlib.resources import files
from typing import Any

import msgspec
from jinja2 import Environment, StrictUndefined

from paddock.engine.model.inventory import SCOPE_ORDER, Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.reporter.causes import group_by_cause, names_by_ref, open_causes, waived_causes
from paddock.engine.reporter.licensed import NO_LICENSE, license_counts, licenses_by_ref
from paddock.engine.reporter.report import Report
from paddock.engine.reporter.wording import WORDING

_STATUS = ("must not ship", "needs an answer", "take note", "fine")
_BAR_SEGMENTS = 8


def render(result: Result, language: str) -> bytes:
    """The report as one UTF-8 file in a language of WORDING."""
    folder = files("paddock.engine.reporter") / "templates"
    style, script = ((folder / name).read_text() for name in ("report.css", "report.js"))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    words = WORDING[language]
    page = environment.from_string((folder / "report.html.j2").read_text()).render(
        result=result,
        language=language,
        words=words,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=_embedded({"words": words, **package_data(result)}),
        causes=open_causes(result),
        waived=waived_causes(result),
        names=names_by_ref(result),
        licenses=_bar(license_counts(result), words),
        issues=[issue for issue in result.all_issues() if issue.severity is not Severity.HINT],
    )
    return page.encode()


def package_data(result: Result) -> dict[str, Any]:
    """The packages as rows of plain values, and edges as pairs of row numbers.

    A row: [name, version, type, licence, declared, detected, concluded, scope, direct, status, locations, projects];
    scope and status are numbers into the lists beside the rows, direct is true, false or null, projects are numbers.
    """
    numbers = {component.ref: number for number, component in enumerate(result.inventory.components)}
    projects = [project.name or project.id for project in result.inventory.projects]
    scopes = list(Scope)
    used: dict[str, list[tuple[int, Scope, bool | None]]] = {}
    for number, project in enumerate(result.inventory.projects):
        for usage in project.usages:
            used.setdefault(usage.ref, []).append((number, usage.scope, usage.direct))
    status = _statuses(result)
    facts = licenses_by_ref(result)
    rows = []
    for component in result.inventory.components:
        usages = used.get(component.ref, [])
        fact = facts.get(component.ref)
        scope = min((usage[1] for usage in usages), key=SCOPE_ORDER.__getitem__, default=Scope.UNKNOWN)
        told = [usage[2] for usage in usages if usage[2] is not None]
        rows.append(
            [
                component.name,
                component.version,
                component.purl.type,
                (fact.effective if fact else "") or "",
                (fact.declared if fact else "") or ", ".join(component.declared_licenses)[:300],
                fact.detected if fact else "",
                fact.concluded if fact else "",
                scopes.index(scope),
                any(told) if told else None,
                status.get(component.ref, 3),
                [f"{place.path}:{place.line}" if place.line else place.path for place in component.locations[:5]],
                [usage[0] for usage in usages if usage[2]] or [usage[0] for usage in usages[:20]],
            ]
        )
    edges = [
        [numbers[edge.source], numbers[edge.target]]
        for edge in result.inventory.edges
        if edge.source in numbers and edge.target in numbers
    ]
    direct = [
        [numbers[ref], number] for ref, found in used.items() for number, _, top in found if top and ref in numbers
    ]
    return {"rows": rows, "edges": edges, "direct": direct, "projects": projects, "scopes": [str(s) for s in scopes]}


def _statuses(result: Result) -> dict[str, int]:
    found: dict[str, int] = {}
    for cause in group_by_cause(result.verdict.open_reasons if result.verdict else ()):
        for reason in cause.reasons:
            found[reason.ref] = min(found.get(reason.ref, 3), _STATUS.index(cause.label))
    return found


def _bar(counts: list[tuple[str, int]], words: dict[str, str]) -> list[dict[str, Any]]:
    total = sum(count for _, count in counts) or 1
    return [
        {
            "name": words["no_license"] if name == NO_LICENSE else name,
            "count": count,
            "percent": round(100 * count / total, 2),
            "tint": min(number, _BAR_SEGMENTS - 1),
        }
        for number, (name, count) in enumerate(counts)
    ]


def _embedded(data: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    return msgspec.json.encode(data).decode().replace("<", "\\u003c").replace("&", "\\u0026")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


REPORTS = (
    Report(name="html", title="HTML report", suffix=".html", render=lambda result: render(result, "en")),
    Report(name="html-de", title="HTML report in German", suffix=".html", render=lambda result: render(result, "de")),
)
