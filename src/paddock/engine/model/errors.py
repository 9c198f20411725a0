# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The root of the engine's errors.

Errors are for callers who did something wrong or cannot go on. What is wrong with *data* is not an error but an
`Issue` (see `issue.py`): it travels with the result.
"""


class EngineError(Exception):
    """Anything the engine raises on purpose; the message says what happened and, where one exists, what to do."""


class Unreadable(EngineError):
    """A file or document cannot be read as what it claims to be.

    reason: one sentence for people, without the path. line: from 1, where known. Whoever offered the file turns this
    into an `Issue`, so that one bad file never ends a scan.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
