# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Products, their releases and repositories: what the company ships, and who answers for it."""
