# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Policies: their versions, who released them, where they hold, and what a change would do before it does."""
