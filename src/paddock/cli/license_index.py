# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The licence index from the point of view of commands: made on first use, with a progress bar."""

from paddock.cli.main import complain
from paddock.engine.model.errors import EngineError
from paddock.engine.scanner.licenses.default_index import index_path, is_switched_off


def ensure_index(*, quiet: bool) -> bool:
    """Make the index if this machine has none; whether there is one now.

    A failure is told on standard error, unless quiet, and ends nothing: what cannot be recognised becomes part of the
    result as an issue.
    """
    if is_switched_off():
        return False
    if index_path().is_file():
        return True
    from paddock.cli.index_building import build_index_of_machine  # noqa: PLC0415 # needed once in a machine's life

    if not quiet:
        complain("Making the licence index, once for this machine; its rules (about 130 MB) are fetched …")
    try:
        facts = build_index_of_machine(quiet=quiet)
    except (EngineError, OSError) as error:
        if not quiet:
            complain(f"paddock: {error}\nGoing on without the recognition of licence texts; tags are read.")
        return False
    if not quiet:
        complain(f"Made {facts.path}: {facts.rules:,} rules for {facts.licenses:,} licences.")
    return True
