# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The mandatory tests of CSAF's section 6.1, by number; modules are grouped by what the tests look at.

A test that 2.0 and 2.1 number alike is one rule; where they differ, the rule asks for the version.
"""
