# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The program that made a document or a result."""

import msgspec


class Tool(msgspec.Struct, frozen=True):
    """Its name and version."""

    name: str
    version: str
