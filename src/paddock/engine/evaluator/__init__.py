# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The verdict: rules of a policy applied to an inventory, in three values. Pure: no clock, no input, no output."""
