# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Errors of documents and configuration, told with the file they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paddock.engine.formats.document import InvalidDocument
from paddock.engine.model.errors import EngineError
from paddock.engine.policy.nodes import InvalidFile

_SHOWN = 10


class CannotRead(EngineError):
    """A file that the command needs has faults; the message names the file, the places and what to do."""


@contextmanager
def reading(path: Path, *, check: str = "paddock validate") -> Iterator[None]:
    """What is read inside is `path` or lies in it. Turns InvalidDocument and InvalidFile into CannotRead.

    check: the command that lists all faults.
    """
    try:
        yield
    except InvalidDocument as error:
        first = error.faults[0]
        lines = [f"{path} cannot be read.", f"{first.place}: {first.message} [{first.rule}]"]
        if error.kind is not None:
            lines[0] = f"{path} is not valid {error.kind}."
            if len(error.faults) > 1:
                lines.append(f"`{check} {path}` lists all {len(error.faults)} faults.")
        raise CannotRead("\n".join(lines)) from error
    except InvalidFile as error:
        lines = [str(fault) for fault in error.faults[:_SHOWN]]
        if len(error.faults) > _SHOWN:
            lines.append(f"and {len(error.faults) - _SHOWN} more")
        raise CannotRead("the policy or configuration cannot be used:\n" + "\n".join(lines)) from error
