# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The structure of CVSS objects (https://www.first.org/cvss/data-representations) and of SSVC selection lists.

Each property that repeats a metric of the vector is given with the metric and the words for its values, so that one
table serves the structure and the comparison with the vector.
"""

from functools import lru_cache
from typing import NamedTuple

import jsonschema_rs

from paddock.engine.formats.csaf.patterns import LANGUAGE, SEMANTIC
from paddock.engine.formats.schema_notation import Shape, many, one_of, record, text, validator


class Metric(NamedTuple):
    """A metric of a vector: its abbreviation, and the words for the abbreviations of its values."""

    name: str
    words: dict[str, str]


def _words(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


_OPEN = " X:NOT_DEFINED"
_IMPACT2 = "N:NONE P:PARTIAL C:COMPLETE"
_DEMAND2 = "L:LOW M:MEDIUM H:HIGH ND:NOT_DEFINED"
_CVSS2 = {
    "accessVector": ("AV", "N:NETWORK A:ADJACENT_NETWORK L:LOCAL"),
    "accessComplexity": ("AC", "H:HIGH M:MEDIUM L:LOW"),
    "authentication": ("Au", "M:MULTIPLE S:SINGLE N:NONE"),
    "confidentialityImpact": ("C", _IMPACT2),
    "integrityImpact": ("I", _IMPACT2),
    "availabilityImpact": ("A", _IMPACT2),
    "exploitability": ("E", "U:UNPROVEN POC:PROOF_OF_CONCEPT F:FUNCTIONAL H:HIGH ND:NOT_DEFINED"),
    "remediationLevel": ("RL", "OF:OFFICIAL_FIX TF:TEMPORARY_FIX W:WORKAROUND U:UNAVAILABLE ND:NOT_DEFINED"),
    "reportConfidence": ("RC", "UC:UNCONFIRMED UR:UNCORROBORATED C:CONFIRMED ND:NOT_DEFINED"),
    "collateralDamagePotential": ("CDP", "N:NONE L:LOW LM:LOW_MEDIUM MH:MEDIUM_HIGH H:HIGH ND:NOT_DEFINED"),
    "targetDistribution": ("TD", "N:NONE L:LOW M:MEDIUM H:HIGH ND:NOT_DEFINED"),
    "confidentialityRequirement": ("CR", _DEMAND2),
    "integrityRequirement": ("IR", _DEMAND2),
    "availabilityRequirement": ("AR", _DEMAND2),
}
_REACH3 = "N:NETWORK A:ADJACENT_NETWORK L:LOCAL P:PHYSICAL"
_LEVELS = "N:NONE L:LOW H:HIGH"
_DEMAND = "L:LOW M:MEDIUM H:HIGH" + _OPEN
_CVSS3 = {
    "attackVector": ("AV", _REACH3),
    "attackComplexity": ("AC", "H:HIGH L:LOW"),
    "privilegesRequired": ("PR", _LEVELS),
    "userInteraction": ("UI", "N:NONE R:REQUIRED"),
    "scope": ("S", "U:UNCHANGED C:CHANGED"),
    "confidentialityImpact": ("C", _LEVELS),
    "integrityImpact": ("I", _LEVELS),
    "availabilityImpact": ("A", _LEVELS),
    "exploitCodeMaturity": ("E", "U:UNPROVEN P:PROOF_OF_CONCEPT F:FUNCTIONAL H:HIGH" + _OPEN),
    "remediationLevel": ("RL", "O:OFFICIAL_FIX T:TEMPORARY_FIX W:WORKAROUND U:UNAVAILABLE" + _OPEN),
    "reportConfidence": ("RC", "U:UNKNOWN R:REASONABLE C:CONFIRMED" + _OPEN),
    "confidentialityRequirement": ("CR", _DEMAND),
    "integrityRequirement": ("IR", _DEMAND),
    "availabilityRequirement": ("AR", _DEMAND),
    "modifiedAttackVector": ("MAV", _REACH3 + _OPEN),
    "modifiedAttackComplexity": ("MAC", "H:HIGH L:LOW" + _OPEN),
    "modifiedPrivilegesRequired": ("MPR", _LEVELS + _OPEN),
    "modifiedUserInteraction": ("MUI", "N:NONE R:REQUIRED" + _OPEN),
    "modifiedScope": ("MS", "U:UNCHANGED C:CHANGED" + _OPEN),
    "modifiedConfidentialityImpact": ("MC", _LEVELS + _OPEN),
    "modifiedIntegrityImpact": ("MI", _LEVELS + _OPEN),
    "modifiedAvailabilityImpact": ("MA", _LEVELS + _OPEN),
}
_REACH4 = "N:NETWORK A:ADJACENT L:LOCAL P:PHYSICAL"
_CONTACT4 = "N:NONE P:PASSIVE A:ACTIVE"
_SUBSEQUENT = "N:NEGLIGIBLE L:LOW H:HIGH"
_CVSS4 = {
    "attackVector": ("AV", _REACH4),
    "attackComplexity": ("AC", "H:HIGH L:LOW"),
    "attackRequirements": ("AT", "N:NONE P:PRESENT"),
    "privilegesRequired": ("PR", _LEVELS),
    "userInteraction": ("UI", _CONTACT4),
    "vulnConfidentialityImpact": ("VC", _LEVELS),
    "vulnIntegrityImpact": ("VI", _LEVELS),
    "vulnAvailabilityImpact": ("VA", _LEVELS),
    "subConfidentialityImpact": ("SC", _LEVELS),
    "subIntegrityImpact": ("SI", _LEVELS),
    "subAvailabilityImpact": ("SA", _LEVELS),
    "exploitMaturity": ("E", "U:UNREPORTED P:PROOF_OF_CONCEPT A:ATTACKED" + _OPEN),
    "confidentialityRequirement": ("CR", _DEMAND),
    "integrityRequirement": ("IR", _DEMAND),
    "availabilityRequirement": ("AR", _DEMAND),
    "modifiedAttackVector": ("MAV", _REACH4 + _OPEN),
    "modifiedAttackComplexity": ("MAC", "H:HIGH L:LOW" + _OPEN),
    "modifiedAttackRequirements": ("MAT", "N:NONE P:PRESENT" + _OPEN),
    "modifiedPrivilegesRequired": ("MPR", _LEVELS + _OPEN),
    "modifiedUserInteraction": ("MUI", _CONTACT4 + _OPEN),
    "modifiedVulnConfidentialityImpact": ("MVC", _LEVELS + _OPEN),
    "modifiedVulnIntegrityImpact": ("MVI", _LEVELS + _OPEN),
    "modifiedVulnAvailabilityImpact": ("MVA", _LEVELS + _OPEN),
    "modifiedSubConfidentialityImpact": ("MSC", _SUBSEQUENT + _OPEN),
    "modifiedSubIntegrityImpact": ("MSI", _SUBSEQUENT + " S:SAFETY" + _OPEN),
    "modifiedSubAvailabilityImpact": ("MSA", _SUBSEQUENT + " S:SAFETY" + _OPEN),
    "Safety": ("S", "N:NEGLIGIBLE P:PRESENT" + _OPEN),
    "Automatable": ("AU", "N:NO Y:YES" + _OPEN),
    "Recovery": ("R", "A:AUTOMATIC U:USER I:IRRECOVERABLE" + _OPEN),
    "valueDensity": ("V", "D:DIFFUSE C:CONCENTRATED" + _OPEN),
    "vulnerabilityResponseEffort": ("RE", "L:LOW M:MODERATE H:HIGH" + _OPEN),
    "providerUrgency": ("U", "Clear:CLEAR Green:GREEN Amber:AMBER Red:RED" + _OPEN),
}
METRICS: dict[str, dict[str, Metric]] = {
    version: {name: Metric(metric, _words(words)) for name, (metric, words) in table.items()}
    for version, table in (("2.0", _CVSS2), ("3.0", _CVSS3), ("3.1", _CVSS3), ("4.0", _CVSS4))
}
"""By version: what each property of a CVSS object repeats of the vector."""

SEVERITIES = ("NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL")
SCORES = {
    "2.0": ("baseScore", "temporalScore", "environmentalScore"),
    "3.0": ("baseScore", "temporalScore", "environmentalScore"),
    "3.1": ("baseScore", "temporalScore", "environmentalScore"),
    "4.0": ("baseScore",),
}
_SCORE: Shape = {"type": "number", "minimum": 0, "maximum": 10}
_BASE4 = ("AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA")


@lru_cache(maxsize=4)
def cvss_shape(version: str) -> jsonschema_rs.Draft202012Validator:
    """The validator of CVSS objects of a version ("2.0", "3.0", "3.1", "4.0")."""
    fields: dict[str, Shape] = {"version": one_of(version), "vectorString": text(_vector(version))}
    fields |= {name: one_of(*metric.words.values()) for name, metric in METRICS[version].items()}
    fields |= dict.fromkeys(SCORES[version], _SCORE)
    due: tuple[str, ...] = ("version", "vectorString", "baseScore")
    if version != "2.0":
        due = (*due, "baseSeverity")
        severity = one_of(*SEVERITIES)
        fields |= {name.replace("Score", "Severity"): severity for name in SCORES[version]}
    return validator(f"cvss-{version}", record(fields, due=due, open=version in ("3.0", "3.1")))


def _vector(version: str) -> str:
    """The form of vectors: in any order in the earlier versions, in the order of the table in 4.0."""
    metrics = METRICS[version].values()
    if version == "4.0":
        parts = [
            f"(/{metric.name}:({'|'.join(metric.words)})){'' if metric.name in _BASE4 else '?'}" for metric in metrics
        ]
        return f"^CVSS:4[.]0{''.join(parts)}$"
    part = "|".join(f"{metric.name}:({'|'.join(metric.words)})" for metric in metrics)
    start = "" if version == "2.0" else f"CVSS:{version.replace('.', '[.]')}/"
    return f"^{start}({part})(/({part}))*$"


@lru_cache(maxsize=1)
def ssvc_shape() -> jsonschema_rs.Draft202012Validator:
    """The validator of SSVC selection lists 2.0.0 (https://certcc.github.io/SSVC/data/schema/v2/)."""
    key = text(r"^([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9_]*[a-zA-Z0-9]|T\*)$")
    reference = record({"uri": text(format="uri"), "summary": text(least=0)}, due=("uri", "summary"))
    value = record({"name": text(), "definition": text(), "key": key}, due=("key",))
    selection = {
        "namespace": text(NAMESPACE, least=3) | {"maxLength": 1000},
        "key": key,
        "version": text(SEMANTIC, least=5),
        "name": text(),
        "definition": text(),
        "values": many(value),
    }
    fields = {
        "timestamp": text(format="date-time", least=0),
        "schemaVersion": one_of("2.0.0"),
        "target_ids": many(text(least=0), distinct=True),
        "selections": many(record(selection, due=("namespace", "key", "version", "values"))),
        "decision_point_resources": many(reference),
        "references": many(reference),
    }
    return validator("ssvc-2.0.0", record(fields, due=("timestamp", "schemaVersion", "selections")))


_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = rf"{_LABEL}(\.{_LABEL})+"
_FRAGMENT = r"#[a-z0-9]+([.-][a-z0-9]+)*"
_TAG = LANGUAGE.removeprefix("^").removesuffix("$")
_EXTENSION = rf"({_TAG}|\.{_DOMAIN}({_FRAGMENT})?(\$({_TAG}))?)"
NAMESPACE = (
    rf"^(x_{_DOMAIN}{_FRAGMENT}|[a-z][a-z0-9]([.-]?[a-z0-9]+)+({_FRAGMENT})?)"
    rf"((/|/({_TAG}))(/{_EXTENSION})*)?$"
)
"""Namespaces of decision points: a registered or a private one, a language, and extensions."""
