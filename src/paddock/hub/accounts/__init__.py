# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""People, legal entities, organisation units, roles, tokens: who may do what, and until when."""
