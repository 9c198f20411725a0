# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""NuGet's versions: Semantic Versioning with four numbers and pre-releases without regard to letter case.

Source: NuGet's documentation, "Package versioning", and its `VersionComparer`.
"""

from paddock.engine.versions.orders.semver import admits, is_prerelease, variant

__all__ = ["admits", "is_prerelease", "key"]

key = variant(4, fold=True)
