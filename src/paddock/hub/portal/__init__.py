# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Home, navigation, search across everything, and the look that all pages share."""
