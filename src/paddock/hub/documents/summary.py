# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The summary of a release for people, as an accessible PDF (PDF/UA-1).

What stands in it goes to the typesetter as JSON; no text of a package or of a person ever becomes markup.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import typst
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext

from paddock import __version__
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.reporter.causes import Cause, names_by_ref, open_causes, waived_causes
from paddock.engine.reporter.licensed import NO_LICENSE, license_counts, licenses_by_ref
from paddock.engine.reporter.vulnerable import vulnerable_packages
from paddock.hub.documents.types import Source
from paddock.hub.products.sentences import in_words

MOST_COMPONENTS = 5_000
"""Rows of the table of components; where there are more, the summary says so and names the bill of materials."""
MOST_NAMES = 25
"""Packages listed under one cause."""
MOST_LICENSES = 60
LONG_WORD = 24
"""Characters from which on a word may be broken, so that no name runs out of its column."""


def make_summary(source: Source) -> bytes:
    """The PDF. The same result gives the same bytes, as long as Paddock's version and the language are the same."""
    data = json.dumps(_printable(summary_data(source)), ensure_ascii=False)
    try:
        pdf = _compiled(data, source, ["ua-1"])
    except typst.TypstError:  # a sign that no font here has: the standard forbids what must not keep people waiting
        pdf = _compiled(data, source, [])
    if not isinstance(pdf, bytes):
        raise TypeError("The typesetter gave several files for one document.")
    return pdf


def _compiled(data: str, source: Source, standards: "list[typst.PDFStandard]") -> object:
    compiler = typst.Compiler(input=_template(), sys_inputs={"data": data})
    return compiler.compile(format="pdf", pdf_standards=standards, timestamp=source.result.created)


@cache
def _template() -> bytes:
    return files("paddock.hub.documents").joinpath("summary.typ").read_bytes()


def summary_data(source: Source) -> dict[str, Any]:
    """Everything that stands in the summary, as plain values."""
    result = source.result
    verdict = result.verdict
    names = names_by_ref(result)
    rows = _components(result)
    return {
        "language": (get_language() or "en")[:2],
        "title": f"{source.product} {source.release}",
        "company": source.company,
        "date": date_format(result.created, "DATE_FORMAT"),
        "outcome": verdict.outcome.value if verdict else "unknown",
        "sentence": in_words(verdict.sentence) if verdict else gettext("Nobody has decided about this release yet."),
        "facts": _facts(source),
        "causes": [_cause(cause, names) for cause in open_causes(result)],
        "waived": [_cause(cause, names) for cause in waived_causes(result)],
        "vulnerabilities": _vulnerabilities(result),
        "licenses": _licenses(result),
        "components": rows[:MOST_COMPONENTS],
        "left_out": max(0, len(rows) - MOST_COMPONENTS),
        "words": _words(len(result.inventory.components)),
    }


def _facts(source: Source) -> list[list[str]]:
    decided = (
        f"{date_format(source.evaluated_at, 'DATETIME_FORMAT')} {source.evaluated_at:%Z}" if source.evaluated_at else ""
    )
    rows = [
        (gettext("Product"), source.product),
        (gettext("Release"), source.release),
        (gettext("Responsible unit"), source.unit),
        (gettext("Legal entity"), source.legal_entity),
        (gettext("Distribution"), source.distribution),
        (gettext("Policy"), source.policy),
        (gettext("Decided"), decided),
        (gettext("Components"), _figure(len(source.result.inventory.components))),
        (gettext("Made with"), f"Paddock {__version__}"),
    ]
    return [[name, value] for name, value in rows if value]


def _cause(cause: Cause, names: dict[str, str]) -> dict[str, Any]:
    packages = list(dict.fromkeys(names.get(reason.ref, reason.ref) for reason in cause.reasons if reason.ref))
    waiver = cause.reasons[0].waiver
    return {
        "label": _label(cause),
        "blocks": cause.label == "must not ship",
        "title": cause.title,
        "message": cause.reasons[0].message if len(cause.reasons) == 1 else "",
        "why": cause.why,
        "how_to_fix": cause.how_to_fix,
        "waivable_by": cause.waivable_by,
        "packages": ", ".join(packages[:MOST_NAMES]),
        "more": max(0, len(packages) - MOST_NAMES),
        "waiver": "" if waiver is None else f"{waiver.reason} {waiver.comment}".strip(),
    }


def _label(cause: Cause) -> str:
    if cause.kind is ReasonKind.QUESTION:
        return gettext("needs an answer")
    return gettext("must not ship") if cause.label == "must not ship" else gettext("take note")


def _vulnerabilities(result: Result) -> list[list[str]] | None:
    """Rows (package, vulnerability, level, remedy); None when nobody looked any up."""
    if result.advice is None or result.advice.data is None:
        return None
    rows = []
    for package in vulnerable_packages(result):
        for item in (*package.certain, *package.uncertain)[:10]:
            rows.append([package.name, item.vulnerability.id, item.level, package.remedy])
    return rows[:MOST_COMPONENTS]


def _licenses(result: Result) -> list[list[str]]:
    counts = license_counts(result)
    rows = [[_license_name(name), _figure(count)] for name, count in counts[:MOST_LICENSES]]
    rest = sum(count for _, count in counts[MOST_LICENSES:])
    return [*rows, [gettext("Others"), _figure(rest)]] if rest else rows


def _components(result: Result) -> list[list[str]]:
    facts = licenses_by_ref(result)
    rows = []
    for component in sorted(result.inventory.components, key=lambda one: (one.name.lower(), one.version)):
        fact = facts.get(component.ref)
        license = _license_name((fact.effective if fact else "") or NO_LICENSE)
        rows.append([component.name, component.version, component.purl.type, license])
    return rows


def _license_name(name: str) -> str:
    return gettext("no licence known") if name == NO_LICENSE else name


def _words(components: int) -> dict[str, str]:
    return {
        "kind": gettext("Open source summary"),
        "reasons": gettext("What stands in the way, and what to do"),
        "none_in_the_way": gettext("No reason counts against this release."),
        "why": gettext("Why"),
        "how_to_fix": gettext("How to fix"),
        "waivable_by": gettext("Who may waive"),
        "concerns": gettext("Concerns"),
        "and_more": gettext("and %(count)s more"),
        "waived": gettext("Waived"),
        "waiver": gettext("Waiver"),
        "vulnerabilities": gettext("Known vulnerabilities"),
        "not_looked_up": gettext("They were not looked up: there was no database of advisories."),
        "no_vulnerabilities": gettext("None is known."),
        "vulnerability": gettext("Vulnerability"),
        "level": gettext("Level"),
        "remedy": gettext("Remedy"),
        "licenses": gettext("Licences"),
        "license": gettext("Licence"),
        "components": gettext("Components"),
        "count": gettext("Components"),
        "name": gettext("Name"),
        "version": gettext("Version"),
        "type": gettext("Type"),
        "left_out": gettext("The table ends here: %(shown)s of %(all)s components. The bill of materials has them all.")
        % {"shown": _figure(MOST_COMPONENTS), "all": _figure(components)},
        "page": gettext("Page"),
        "of": gettext("of"),
        "no_advice": gettext("This summary is a record of what was found; it is no legal advice."),
    }


def _figure(number: int) -> str:
    return str(number_format(number, force_grouping=True))


def _printable(value: Any) -> Any:
    """The data with every text, however deep, made fit for print."""
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return broken(value) if isinstance(value, str) else value


def broken(text: str) -> str:
    """The text with places where long words may be broken (zero-width spaces), and without control characters."""
    clean = "".join(one for one in text if one.isprintable() or one in "\n\t")
    words = (word if len(word) <= LONG_WORD else _with_breaks(word) for word in clean.split(" "))
    return " ".join(words)


def _with_breaks(word: str) -> str:
    parts: list[str] = []
    run = 0
    for one in word:
        parts.append(one)
        run += 1
        if one in "/.-_@:+" or run >= LONG_WORD:
            parts.append("\u200b")
            run = 0
    return "".join(parts)
