# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The whole result as JSON, for other tools and for `paddock evaluate` and `paddock report` elsewhere."""

from paddock.engine.formats.result import write_result
from paddock.engine.reporter.report import Report

REPORTS = (Report(name="json", title="Paddock result JSON", suffix=".paddock.json", render=write_result),)
