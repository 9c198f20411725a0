# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Problems in the data under scan: values that travel with the result, never exceptions."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a problem matters to the verdict.

    ERROR: something was not read, so the inventory may lack components; the verdict cannot be "compliant".
    WARNING: a fact could not be told (a version, a licence, a parent outside the tree); the rest stands.
    HINT: worth knowing, without effect on the verdict.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Issue(msgspec.Struct, frozen=True, omit_defaults=True, order=True):
    """One problem: how bad, who says so (a stage or plug-in name), what, and where.

    `path` is relative to the scanned root, with `/`; empty when the problem has no file. Of a problem with the
    published source of a package it is the package's purl, or `<purl>!/<path in it>`. `line` counts from 1.
    """

    severity: Severity
    source: str
    message: str
    path: str = ""
    line: int | None = None
