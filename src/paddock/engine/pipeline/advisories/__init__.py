# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Brings advisories into the database: from a server laid out as OSV's, or from files."""
