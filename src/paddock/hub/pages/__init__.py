# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What pages of every room are built from: the frame, tables, forms, pictures; no facts and no rooms' names."""
