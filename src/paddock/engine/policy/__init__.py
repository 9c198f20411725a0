# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Policy as code: rules and licence categories, the repository's own configuration, and ORT's files, as values."""
