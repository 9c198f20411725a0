# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From a result to bytes: one module a format. A report shows; it never decides."""
