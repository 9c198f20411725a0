# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Settings, addresses, and the one table that says which event has which effects."""
