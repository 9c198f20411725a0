# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages about people, units, roles, tokens and oneself: one subject a file."""
