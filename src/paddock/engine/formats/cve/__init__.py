# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CVE records, version 5: https://github.com/CVEProject/cve-schema ."""
