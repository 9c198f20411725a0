# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The contract of a report format."""

from collections.abc import Callable

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.model.result import Result


class NotReportable(EngineError):
    """The result lacks a slot that the format is about; the message says which command fills it."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A format a result can be written in.

    name: as on the command line. suffix: usual end of the file name. file_names: whole names that are customary.
    needs_verdict: whether the format is about a verdict or about vulnerabilities that were looked up, so that an
    inventory alone cannot be reported in it.
    render: Result -> bytes; pure.
    """

    name: str
    title: str
    suffix: str
    render: Callable[[Result], bytes]
    file_names: tuple[str, ...] = ()
    needs_verdict: bool = False

    def write(self, result: Result) -> bytes:
        """The report. Raises NotReportable when the result lacks what the format is about."""
        if self.needs_verdict and result.verdict is None and (result.advice is None or result.advice.data is None):
            raise NotReportable(
                f"a report in the format {self.name} tells a verdict, and this is an inventory on which nobody decided "
                "yet; use `paddock scan`, or `paddock evaluate` on the inventory"
            )
        return self.render(result)
