# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Known vulnerabilities: a local database of advisories, and what of an inventory it concerns.

Nothing here reaches for the network; `pipeline/advisories.py` brings the data in.
"""
