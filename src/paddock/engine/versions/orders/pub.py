# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Dart's and Julia's versions: Semantic Versioning in which build metadata counts, none below any.

Source: pub_semver's `Version.compareTo`; Julia's `VersionNumber` (the build numbers of its binary packages, `1.2.3+4`,
are what advisories name).
"""

from paddock.engine.versions.orders.semver import admits, is_prerelease, variant

__all__ = ["admits", "is_prerelease", "key"]

key = variant(builds=True)
