# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The documents the world exchanges: bytes to `Document`, `Document` to bytes, and what is wrong with the bytes.

`read` finds out what a document is and reads it, `validate` lists every violation of its published schema, `write`
writes one; the folders hold one standard each.
"""
