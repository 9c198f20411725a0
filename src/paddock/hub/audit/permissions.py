# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What this room asks for; `accounts.types` says who has it."""

SEE_AUDIT = "see audit"
"""Reading what was done in a unit and everything below it."""
