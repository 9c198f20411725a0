# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The `paddock` command: parses, calls the engine, shows. Decides nothing."""
