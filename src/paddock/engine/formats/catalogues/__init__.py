# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What others say about vulnerabilities by their CVE id: how bad, how likely exploited, known to be exploited."""
