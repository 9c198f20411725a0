# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The structure of CSAF documents, by section 3 of the standard in both versions.

The contents of scores are not part of it: test 6.1.8 is about them, and `score_shapes` has their structure.
"""

from functools import lru_cache

import jsonschema_rs

from paddock.engine.formats.csaf.patterns import CPE, CWE_VERSION, LANGUAGE, PRINTED, UUID, VERSION
from paddock.engine.formats.schema_notation import Shape, many, one_of, record, text, validator
from paddock.engine.vex.statement import Justification

_TEXT = text()
_TIME = text(format="date-time", least=0)
_URI = text(format="uri", least=0)
_IDS = many(_TEXT, distinct=True)
_PRODUCTS = {"product_ids": _IDS, "group_ids": _IDS}
_ANYTHING: Shape = {"type": "object"}
_EXTENSIONS: Shape = {"type": "array", "minItems": 1, "uniqueItems": True}
_LABELS = tuple(one.value for one in Justification)
_RESTARTS = (
    "connected", "dependencies", "machine", "none", "parent", "service", "system", "vulnerable_component", "zone",
)  # fmt: skip
_STATUSES = (
    "first_affected", "first_fixed", "fixed", "known_affected", "known_not_affected", "last_affected", "recommended",
    "under_investigation",
)  # fmt: skip
_CATEGORIES = (
    "architecture", "host_name", "language", "patch_level", "product_family", "product_name", "product_version",
    "product_version_range", "service_pack", "specification", "vendor",
)  # fmt: skip
_NEXT = "next_product_reference"
RELATIONS = (
    "default_component_of", "external_component_of", "installed_on", "installed_with", "optional_component_of",
)  # fmt: skip


@lru_cache(maxsize=2)
def shape_of(version: str) -> jsonschema_rs.Draft202012Validator:
    """The validator of a version of the standard ("2.0", "2.1")."""
    shapes = _Shapes(later=version == "2.1")
    return validator(f"csaf-{version}", shapes.whole(), {"branches": shapes.branches()})


class _Shapes:
    """The shapes of one version. 2.0 lets other fields be, 2.1 does not."""

    def __init__(self, *, later: bool) -> None:
        self._later = later

    def _record(self, fields: dict[str, Shape], *due: str, least: int = 0) -> Shape:
        return record(fields, due=due, open=not self._later, least=least)

    def _extended(self, fields: dict[str, Shape]) -> dict[str, Shape]:
        return fields | ({"x_extensions": _EXTENSIONS} if self._later else {})

    def whole(self) -> Shape:
        fields = {
            "document": self._document(),
            "product_tree": self._product_tree(),
            "vulnerabilities": many(self._vulnerability()),
        }
        if not self._later:
            return self._record(fields, "document")
        schema = one_of("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json")
        return self._record(self._extended({"$schema": schema, **fields}), "$schema", "document")

    def _document(self) -> Shape:
        fields = {
            "acknowledgments": self._acknowledgments(),
            "aggregate_severity": self._record({"namespace": _URI, "text": _TEXT}, "text"),
            "category": text(PRINTED),
            "csaf_version": one_of("2.1" if self._later else "2.0"),
            "distribution": self._distribution(),
            "lang": text(LANGUAGE, least=0),
            "notes": self._notes(),
            "publisher": self._publisher(),
            "references": self._references(),
            "source_lang": text(LANGUAGE, least=0),
            "title": _TEXT,
            "tracking": self._tracking(),
        }
        due: tuple[str, ...] = ("category", "csaf_version", "publisher", "title", "tracking")
        if self._later:
            fields["license_expression"] = _TEXT
            due = (*due, "distribution")
        return self._record(self._extended(fields), *due)

    def _acknowledgments(self) -> Shape:
        fields = {"names": many(_TEXT), "organization": _TEXT, "summary": _TEXT, "urls": many(_URI)}
        return many(self._record(fields, least=1))

    def _distribution(self) -> Shape:
        labels = ("AMBER", "GREEN", "RED", *(("AMBER+STRICT", "CLEAR") if self._later else ("WHITE",)))
        fields = {"text": _TEXT, "tlp": self._record({"label": one_of(*labels), "url": _URI}, "label")}
        if not self._later:
            return self._record(fields, least=1)
        fields["sharing_group"] = self._record({"id": text(UUID, format="uuid"), "name": _TEXT}, "id")
        return self._record(fields, "tlp")

    def _notes(self) -> Shape:
        categories = ("description", "details", "faq", "general", "legal_disclaimer", "other", "summary")
        fields = {"audience": _TEXT, "category": one_of(*categories), "text": _TEXT, "title": _TEXT}
        return many(self._record(fields | (_PRODUCTS if self._later else {}), "category", "text"))

    def _publisher(self) -> Shape:
        categories = ("coordinator", "discoverer", "other", "translator", "user", "vendor")
        fields = {
            "category": one_of(*categories, *(("multiplier",) if self._later else ())),
            "contact_details": _TEXT,
            "issuing_authority": _TEXT,
            "name": _TEXT,
            "namespace": _URI,
        }
        return self._record(fields, "category", "name", "namespace")

    def _references(self) -> Shape:
        fields = {"category": one_of("external", "self"), "summary": _TEXT, "url": _URI}
        return many(self._record(fields, "summary", "url"))

    def _tracking(self) -> Shape:
        revision = {"date": _TIME, "legacy_version": _TEXT, "number": text(VERSION, least=0), "summary": _TEXT}
        engine = self._record({"name": _TEXT, "version": _TEXT}, "name")
        fields = {
            "aliases": many(_TEXT, distinct=True),
            "current_release_date": _TIME,
            "generator": self._record({"date": _TIME, "engine": engine}, "engine"),
            "id": text(r"^\S(.*\S)?$"),
            "initial_release_date": _TIME,
            "revision_history": many(self._record(revision, "date", "number", "summary")),
            "status": one_of("draft", "final", "interim"),
            "version": text(VERSION, least=0),
        }
        due = ("current_release_date", "id", "initial_release_date", "revision_history", "status", "version")
        return self._record(fields, *due)

    def _product_tree(self) -> Shape:
        several = many(_TEXT, distinct=True, least=2)
        group = self._record({"group_id": _TEXT, "product_ids": several, "summary": _TEXT}, "group_id", "product_ids")
        fields = {
            "branches": {"$ref": "#/$defs/branches"},
            "full_product_names": many(self._product()),
            "product_groups": many(group),
        }
        category = one_of(*RELATIONS)
        if self._later:
            step = self._record({"category": category, _NEXT: _TEXT}, "category", _NEXT)
            path = {"beginning_product_reference": _TEXT, "full_product_name": self._product(), "subpaths": many(step)}
            fields["product_paths"] = many(self._record(path, *path))
        else:
            relation = {
                "category": category,
                "full_product_name": self._product(),
                "product_reference": _TEXT,
                "relates_to_product_reference": _TEXT,
            }
            fields["relationships"] = many(self._record(relation, *relation))
        return self._record(fields, least=1)

    def branches(self) -> Shape:
        """Branches within branches, each with exactly three fields."""
        fields = {
            "branches": {"$ref": "#/$defs/branches"},
            "category": one_of(*_CATEGORIES, "platform" if self._later else "legacy"),
            "name": _TEXT,
            "product": self._product(),
        }
        return many(self._record(fields, "category", "name", least=3) | {"maxProperties": 3})

    def _product(self) -> Shape:
        later = self._later
        digest = text("^[0-9a-f]{32,}$" if later else "^[0-9a-fA-F]{32,}$", least=32)
        algorithm = text("^[0-9a-z][0-9a-z-]*$") if later else _TEXT
        file_hash = self._record({"algorithm": algorithm, "value": digest}, "algorithm", "value")
        of_file = {"file_hashes": many(file_hash, distinct=later), "filename": _TEXT}
        helper = {
            "cpe": text(CPE, least=5),
            "hashes": many(self._record(of_file, *of_file), distinct=later),
            "model_numbers": many(_TEXT, distinct=True),
            "sbom_urls": many(_URI, distinct=later),
            "serial_numbers": many(_TEXT, distinct=True),
            "skus": many(_TEXT, distinct=later),
            "x_generic_uris": many(self._record({"namespace": _URI, "uri": _URI}, "namespace", "uri"), distinct=later),
        }
        if later:
            helper["purls"] = many(text(r"^pkg:[a-z][a-z0-9.\-]*/.+", format="uri", least=7), distinct=True)
        else:
            helper["purl"] = text(r"^pkg:[A-Za-z.\-+][A-Za-z0-9.\-+]*/.+", format="uri", least=7)
        fields = {"name": _TEXT, "product_id": _TEXT, "product_identification_helper": self._record(helper, least=1)}
        return self._record(self._extended(fields), "name", "product_id")

    def _vulnerability(self) -> Shape:
        later = self._later
        statuses = (*_STATUSES, "unknown") if later else _STATUSES
        flag = {"date": _TIME, "label": one_of(*_LABELS), **_PRODUCTS}
        identifier = {"system_name": _TEXT, "text": _TEXT, **(_PRODUCTS if later else {})}
        threat = {"category": one_of("exploit_status", "impact", "target_set"), "date": _TIME, "details": _TEXT}
        fields = {
            "acknowledgments": self._acknowledgments(),
            "cve": text("^CVE-[0-9]{4}-[0-9]{4,}$", least=0),
            "discovery_date": _TIME,
            "flags": many(self._record(flag, "label"), distinct=True),
            "ids": many(self._record(identifier, "system_name", "text"), distinct=True),
            "involvements": many(self._involvement(), distinct=True),
            "notes": self._notes(),
            "product_status": self._record(dict.fromkeys(statuses, _IDS), least=1),
            "references": self._references(),
            "remediations": many(self._remediation()),
            "threats": many(self._record(threat | _PRODUCTS, "category", "details")),
            "title": _TEXT,
        }
        return self._record(self._extended(fields | (self._added() if later else self._former())), least=1)

    def _former(self) -> dict[str, Shape]:
        """What only 2.0 has of a vulnerability."""
        cwe = self._record({"id": text(r"^CWE-[1-9]\d{0,5}$"), "name": _TEXT}, "id", "name")
        score = self._record({"cvss_v2": _ANYTHING, "cvss_v3": _ANYTHING, "products": _IDS}, "products", least=2)
        return {"cwe": cwe, "release_date": _TIME, "scores": many(score)}

    def _added(self) -> dict[str, Shape]:
        """What only 2.1 has of a vulnerability."""
        cwe = {"id": text(r"^CWE-[1-9]\d{0,5}$"), "name": text(PRINTED), "version": text(CWE_VERSION)}
        exploitation = {"date": _TIME, "exploitation_date": _TIME, **_PRODUCTS}
        share = text(r"^(0\.[0-9]+|1\.0+)$")
        epss = {"percentile": share, "probability": share, "timestamp": _TIME}
        content = {
            "cvss_v2": _ANYTHING,
            "cvss_v3": _ANYTHING,
            "cvss_v4": _ANYTHING,
            "epss": self._record(epss, *epss),
            "qualitative_severity_rating": one_of("critical", "high", "low", "medium", "none"),
            "ssvc_v2": _ANYTHING,
        }
        metric = {"content": self._record(self._extended(content), least=1), "products": _IDS, "source": _URI}
        return {
            "cwes": many(self._record(cwe, *cwe), distinct=True),
            "disclosure_date": _TIME,
            "first_known_exploitation_dates": many(
                self._record(exploitation, "date", "exploitation_date", least=3), distinct=True
            ),
            "metrics": many(self._record(metric, "content", "products"), distinct=True),
        }

    def _involvement(self) -> Shape:
        statuses = ("completed", "contact_attempted", "disputed", "in_progress", "not_contacted", "open")
        fields = {
            "date": _TIME,
            "party": one_of("coordinator", "discoverer", "other", "user", "vendor"),
            "status": one_of(*statuses),
            "summary": _TEXT,
        }
        return self._record(fields | ({"contact": _TEXT, **_PRODUCTS} if self._later else {}), "party", "status")

    def _remediation(self) -> Shape:
        categories = ("mitigation", "no_fix_planned", "none_available", "vendor_fix", "workaround")
        fields = {
            "category": one_of(*categories, *(("fix_planned", "optional_patch") if self._later else ())),
            "date": _TIME,
            "details": _TEXT,
            "entitlements": many(_TEXT),
            "restart_required": self._record({"category": one_of(*_RESTARTS), "details": _TEXT}, "category"),
            "url": _URI,
            **_PRODUCTS,
        }
        return self._record(fields, "category", "details")
