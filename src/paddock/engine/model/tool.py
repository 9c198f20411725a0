# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The program that writes results and documents, as they name it."""

import msgspec


class Tool(msgspec.Struct, frozen=True):
    """The program that made the result."""

    name: str
    version: str
