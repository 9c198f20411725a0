# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages of products, and of packages as far as they say who ships them."""
