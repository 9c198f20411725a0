# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CVSS: one score a version, product and source, of the right structure, computed rightly, and equal to its vector."""

from collections.abc import Iterator

from cvss import CVSS2, CVSS3, CVSS4
from cvss.exceptions import CVSSError

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.rule import Finding, Rule
from paddock.engine.formats.csaf.score_shapes import METRICS, SCORES, cvss_shape
from paddock.engine.formats.fields import Record
from paddock.engine.formats.schema_notation import shape_faults

_FIELDS = ("cvss_v2", "cvss_v3", "cvss_v4")
_MAX_VECTOR = 400


def _objects(advisory: Advisory) -> Iterator[tuple[str, Record, list[str], str]]:
    """Each CVSS object: its place, itself, its products, and who says so."""
    for place, vulnerability in advisory.vulnerabilities:
        for where, content, products, source in advisory.metrics(vulnerability, place):
            for name in _FIELDS:
                if isinstance(content.get(name), dict):
                    yield f"{where}.{name}", content[name], products, source


def version_of(place: str, value: Record) -> str:
    """The version of CVSS that an object is to be judged by."""
    if place.endswith("cvss_v2"):
        return "2.0"
    if place.endswith("cvss_v4"):
        return "4.0"
    stated = fields.text(value, "version")
    return stated if stated in ("3.0", "3.1") else "3.0" if "CVSS:3.0" in fields.text(value, "vectorString") else "3.1"


def repeated_scores(advisory: Advisory) -> Iterator[Finding]:
    """6.1.7"""
    for place, vulnerability in advisory.vulnerabilities:
        seen: set[tuple[str, str, str]] = set()
        for where, content, products, source in advisory.metrics(vulnerability, place):
            for name in _FIELDS:
                value = content.get(name)
                if not isinstance(value, dict):
                    continue
                version = version_of(name, value)
                for product in products:
                    if (product, version, source) in seen:
                        yield f"{where}.{name}", f"there is another CVSS {version} score for {product[:80]!r}"
                    seen.add((product, version, source))


def malformed_scores(advisory: Advisory) -> Iterator[Finding]:
    """6.1.8"""
    for place, value, _, _ in _objects(advisory):
        for fault in shape_faults(cvss_shape(version_of(place, value)), value):
            yield place if fault.place == "document" else f"{place}.{fault.place}", fault.message


def miscalculated_scores(advisory: Advisory) -> Iterator[Finding]:
    """6.1.9"""
    for place, value, _, _ in _objects(advisory):
        version = version_of(place, value)
        computed = compute(version, fields.text(value, "vectorString"))
        for number, name in enumerate(SCORES[version]):
            stated = value.get(name)
            if not computed or isinstance(stated, bool) or not isinstance(stated, int | float):
                continue
            right = computed[number]
            if not any(abs(stated - score) < 0.01 for score in right):
                yield f"{place}.{name}", f"{stated} is stated, but the vector gives {right[0]}"
            severity = name.replace("Score", "Severity")
            word = fields.text(value, severity)
            if version != "2.0" and word and word not in {severity_of(score) for score in right}:
                yield f"{place}.{severity}", f"{word} is stated, but the vector gives {severity_of(right[0])}"


def compute(version: str, vector: str) -> tuple[tuple[float, ...], ...]:
    """The scores of a vector in the order of SCORES, each with every reading of the standard that there is.

    Of 4.0, `baseScore` is read as the score of the base metrics and as that of all metrics of the vector. Empty where
    the vector is none.
    """
    if len(vector) > _MAX_VECTOR:
        return ()
    try:
        if version == "4.0":
            base = "/".join(vector.split("/")[:12])
            return ((float(CVSS4(base).base_score), float(CVSS4(vector).base_score)),)
        scores = (CVSS2(vector) if version == "2.0" else CVSS3(vector)).scores()
    except (CVSSError, ValueError, KeyError, ArithmeticError):
        return ()
    base_score = float(scores[0])
    temporal = base_score if scores[1] is None else float(scores[1])
    return (base_score,), (temporal,), (temporal if scores[2] is None else float(scores[2]),)


def severity_of(score: float) -> str:
    """The word of the qualitative scale of CVSS 3 and 4."""
    return (
        "NONE"
        if score < 0.05
        else "LOW"
        if score < 3.95
        else "MEDIUM"
        if score < 6.95
        else "HIGH"
        if score < 8.95
        else "CRITICAL"
    )


def contradicted_vectors(advisory: Advisory) -> Iterator[Finding]:
    """6.1.10; what the vector does not tell cannot contradict it."""
    for place, value, _, _ in _objects(advisory):
        version = version_of(place, value)
        stated = dict(
            part.split(":", 1) for part in fields.text(value, "vectorString").split("/") if part.count(":") == 1
        )
        for name, metric in METRICS[version].items():
            word, wanted = value.get(name), metric.words.get(stated.get(metric.name, ""))
            if isinstance(word, str) and wanted is not None and word != wanted:
                yield f"{place}.{name}", f"{word} is stated, but the vector says {wanted}"


def ratings_beside_scores(advisory: Advisory) -> Iterator[Finding]:
    """6.1.56"""
    for place, vulnerability in advisory.vulnerabilities:
        scored: set[tuple[str, str]] = set()
        rated: list[tuple[str, str, str]] = []
        for where, content, products, source in advisory.metrics(vulnerability, place):
            for product in products:
                if any(name in content for name in _FIELDS):
                    scored.add((product, source))
                if "qualitative_severity_rating" in content:
                    rated.append((f"{where}.qualitative_severity_rating", product, source))
        for where, product, source in rated:
            if (product, source) in scored:
                yield where, f"there is a CVSS score for {product[:80]!r} by the same source"


RULES = (
    Rule("6.1.7", "multiple scores with same version per product", repeated_scores),
    Rule("6.1.8", "invalid CVSS", malformed_scores),
    Rule("6.1.9", "invalid CVSS computation", miscalculated_scores),
    Rule("6.1.10", "inconsistent CVSS", contradicted_vectors),
    Rule("6.1.56", "use of CVSS and qualitative severity rating", ratings_beside_scores, later=True),
)
