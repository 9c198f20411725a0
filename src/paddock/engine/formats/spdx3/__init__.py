# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SPDX 3.0 as JSON-LD, read and written: a flat `@graph` of elements that name each other by `spdxId`.

The context is known, so documents are read as plain JSON with the names that the context defines; no JSON-LD processor
is needed and nothing is fetched. Specification: https://spdx.github.io/spdx-spec/v3.0.1/
"""
