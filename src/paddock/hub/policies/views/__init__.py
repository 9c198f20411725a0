# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages of policies: reading and writing them. Those that need to know releases are in the room `dry_runs`."""
