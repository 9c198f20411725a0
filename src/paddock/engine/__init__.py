# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The engine: files and documents in, facts and verdicts out; no framework, no database, no clock of its own."""
