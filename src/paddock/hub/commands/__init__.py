# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The commands of `paddock hub`, one a file. Django is set up when they are loaded."""
