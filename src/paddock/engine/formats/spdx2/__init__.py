# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SPDX 2.2 and 2.3: JSON, YAML, tag-value and RDF in, JSON and tag-value out.

Every notation is read into the JSON form of the specification (`raw.Raw`); one set of rules checks it and one
interpretation makes a `Bill` of it, so all four agree. Specification: https://spdx.github.io/spdx-spec/v2.3/
"""
