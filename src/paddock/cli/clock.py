# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The one place of the command that asks what time it is."""

import os
from datetime import UTC, datetime

from paddock.engine.model.errors import EngineError


class InvalidEpoch(EngineError):
    """SOURCE_DATE_EPOCH is set to something that is no number of seconds."""


def now() -> datetime:
    """The time to state in results, to the second; SOURCE_DATE_EPOCH (see https://reproducible-builds.org) wins."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidEpoch(f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds since 1970") from error
