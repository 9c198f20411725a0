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

from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Outcome
from paddock.engine.reporter.causes import Cause, group_by_remedy, names_by_ref, open_causes, waived_causes
from paddock.engine.reporter.licensed import NO_LICENSE, license_counts
from paddock.engine.reporter.package_table import package_data
from paddock.engine.reporter.remarks import alike_issues
from paddock.engine.reporter.report import Report
from paddock.engine.reporter.vulnerable import age_of_data, vulnerable_packages
from paddock.engine.reporter.wording import SENTENCES, WORDING

_TINTS = 7
"""Colours of the licence bar; what comes after them is grey."""

_CLASSES = {Outcome.COMPLIANT: "good", Outcome.NOT_COMPLIANT: "bad", Outcome.UNDECIDED: "open"}


def render(result: Result, language: str) -> bytes:
    """The report as one UTF-8 file in a language of WORDING."""
    folder = files("paddock.engine.reporter") / "templates"
    style, script = ((folder / name).read_text("utf-8") for name in ("report.css", "report.js"))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["number"] = lambda value: number_text(value, language)
    words = WORDING[language]
    causes = open_causes(result)
    outcome = result.verdict.outcome if result.verdict else None
    page = environment.from_string((folder / "report.html.j2").read_text("utf-8")).render(
        result=result,
        language=language,
        words=words,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=_embedded({"words": words, **package_data(result)}),
        headline=headline(result, causes, language),
        outcome_class=_CLASSES[outcome] if outcome else "plain",
        groups=group_by_remedy(causes),
        numbers={(cause.title, cause.label): number for number, cause in enumerate(causes)},
        waived=waived_causes(result),
        names=names_by_ref(result),
        licenses=license_shares(result),
        issues=alike_issues(result),
        exposed=vulnerable_packages(result),
        settled=vulnerable_packages(result, settled=True),
        age=age_of_data(result),
    )
    return page.encode()


def headline(result: Result, causes: tuple[Cause, ...], language: str) -> str:
    """The verdict in one sentence: the evaluator's own, or the same figures in a sentence of SENTENCES."""
    if result.verdict is None:
        return WORDING[language]["no_verdict"]
    if language not in SENTENCES:
        return result.verdict.sentence
    outcome = result.verdict.outcome
    label = {Outcome.NOT_COMPLIANT: "must not ship", Outcome.UNDECIDED: "needs an answer"}.get(outcome)
    told = [cause for cause in causes if cause.label == label and cause.severity is Severity.ERROR]
    packages = len({reason.ref for cause in told for reason in cause.reasons if reason.ref})
    if outcome is Outcome.COMPLIANT:
        packages = len(result.inventory.components)
    one, several = SENTENCES[language][outcome.value]
    sentence = one if (packages if outcome is Outcome.COMPLIANT else len(told)) == 1 else several
    return sentence.format(causes=number_text(len(told), language), packages=number_text(packages, language))


def number_text(number: int, language: str) -> str:
    """A number with its thousands apart."""
    return f"{number:,}".replace(",", WORDING[language]["thousands"])


def license_shares(result: Result) -> list[dict[str, Any]]:
    """Every effective expression with its number of packages, its share in percent, where its part of the bar starts,
    and its colour ("none" where no licence is known, so that it does not look like one).
    """
    counts = license_counts(result)
    total = sum(count for _, count in counts) or 1
    shares: list[dict[str, Any]] = []
    start = 0
    for name, count in counts:
        tint = min(len([share for share in shares[:_TINTS] if share["tint"] != "none"]), _TINTS)
        shares.append(
            {
                "name": name,
                "count": count,
                "start": round(100 * start / total, 3),
                "percent": round(100 * count / total, 3),
                "tint": "none" if name == NO_LICENSE else str(tint),
            }
        )
        start += count
    return shares


def _embedded(data: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    return msgspec.json.encode(data).decode().replace("<", "\\u003c").replace("&", "\\u0026")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


REPORTS = (
    Report(name="html", title="HTML report", suffix=".html", render=lambda result: render(result, "en")),
    Report(
        name="html-de", title="HTML report in German", suffix=".de.html", render=lambda result: render(result, "de")
    ),
)
