# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licences by name: the list of ids with their categories, expressions of them, and free-text names mapped to them."""
