# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The walk from a path to a verdict: the only room that knows every stage."""
