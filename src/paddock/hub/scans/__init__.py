# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Runs the engine for a release: documents handed in, sources fetched and scanned, verdicts kept with their reasons."""
