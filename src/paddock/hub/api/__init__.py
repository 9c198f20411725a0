# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the operations of every room's `api.py` are built from: problems, paging, entity tags, limits, documentation."""
