# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people fill in about people, units, roles, tokens and themselves."""
