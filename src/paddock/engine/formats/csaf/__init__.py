# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The Common Security Advisory Framework, 2.0 and 2.1, as far as VEX goes: https://docs.oasis-open.org/csaf/csaf/ .

Documents are checked by their structure (`shapes`) and by the mandatory tests of the standard's section 6.1 (`tests`).
"""
