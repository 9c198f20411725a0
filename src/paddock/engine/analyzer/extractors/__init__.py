# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The extractors, one module a format, grouped by ecosystem; `EXTRACTORS` of each group is its full list."""
