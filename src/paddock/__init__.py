# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Paddock: the open source program office in software."""

__version__ = "0.1.0"
