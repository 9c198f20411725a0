# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a policy would change before it is released: drafts tried on every release that they would hold for."""
