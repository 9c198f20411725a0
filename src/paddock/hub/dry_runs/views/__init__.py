# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages of drafts, dry runs and releases of policies: those that need to know both policies and releases."""
