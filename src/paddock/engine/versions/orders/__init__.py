# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The orders: one module each, with `key` (any text to its sort key) and `admits` (whether a text is a version)."""
