# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Who did what, when, to what: append-only and chained by hashes, so that a change of the past shows."""
