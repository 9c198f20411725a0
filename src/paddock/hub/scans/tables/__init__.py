# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of a release's pages."""

from paddock.hub.scans.tables.contents import components_table, licenses_table
from paddock.hub.scans.tables.history import history_table
from paddock.hub.scans.tables.intakes import INTAKES
from paddock.hub.scans.tables.obligations import obligations_table
from paddock.hub.scans.tables.vulnerabilities import vulnerabilities_table

__all__ = [
    "INTAKES",
    "components_table",
    "history_table",
    "licenses_table",
    "obligations_table",
    "vulnerabilities_table",
]
