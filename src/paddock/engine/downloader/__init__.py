# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Getting at a tree: the files of a local path, opened within bounds; archives unpacked within bounds."""
