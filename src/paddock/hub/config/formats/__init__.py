# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How days, moments and numbers are written in each language (Django's FORMAT_MODULE_PATH)."""
