# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Advisories in the OSV format, one JSON document each. Specification: https://ossf.github.io/osv-schema/"""
