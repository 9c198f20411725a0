# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How a request can fail, as its caller sees it."""

from paddock.engine.model.errors import EngineError


class HttpError(EngineError):
    """An address did not give what was asked for. `status`: the answer's, None where there was no answer."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class NotThere(HttpError):
    """404 or 410: the server answers, and has no such thing."""


class Stopped(Exception):
    """The user interrupted; what was received so far is kept."""
