# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CycloneDX, JSON and XML: https://cyclonedx.org/specification/overview/ (ECMA-424 from 1.6 on).

Both encodings are validated by their own published schema; XML is then brought into the shape of the JSON, so that
there is one reader. `namespace` says how facts that CycloneDX has no place for travel as properties.
"""
