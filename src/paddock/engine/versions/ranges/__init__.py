# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The syntaxes of ranges: one module each, with `parse(text, order)` giving the alternatives of a range as clauses."""
