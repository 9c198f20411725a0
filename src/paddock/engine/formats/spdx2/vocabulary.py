# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The closed lists of SPDX 2: checksum algorithms, categories, purposes, relationship types and what those mean.

https://spdx.github.io/spdx-spec/v2.3/ clauses 7.10, 7.21, 7.24, 8.3, 8.4, 11.1 and 12.3.
"""

from paddock.engine.formats.bill.statements import Bond
from paddock.engine.model.inventory import Scope

VERSIONS = ("2.2", "2.3")
DOCUMENT_ID = "SPDXRef-DOCUMENT"

CHECKSUM_DIGITS: dict[str, int | None] = {
    "SHA1": 40,
    "SHA224": 56,
    "SHA256": 64,
    "SHA384": 96,
    "SHA512": 128,
    "SHA3-256": 64,
    "SHA3-384": 96,
    "SHA3-512": 128,
    "BLAKE2b-256": 64,
    "BLAKE2b-384": 96,
    "BLAKE2b-512": 128,
    "BLAKE3": None,
    "MD2": 32,
    "MD4": 32,
    "MD5": 32,
    "MD6": None,
    "ADLER32": 8,
}
"""Hexadecimal digits of each algorithm's value; None: the length is free."""

ALGORITHM_NAMES = {name.replace("-", "").lower(): name for name in CHECKSUM_DIGITS}
"""SPDX names of algorithms by the model's ("sha3256" -> "SHA3-256")."""

REFERENCE_CATEGORIES = frozenset(
    {"SECURITY", "PACKAGE-MANAGER", "PACKAGE_MANAGER", "PERSISTENT-ID", "PERSISTENT_ID", "OTHER"}
)
ANNOTATION_TYPES = frozenset({"REVIEW", "OTHER"})
PURPOSES = frozenset(
    [
        "APPLICATION",
        "FRAMEWORK",
        "LIBRARY",
        "CONTAINER",
        "OPERATING-SYSTEM",
        "OPERATING_SYSTEM",
        "DEVICE",
        "FIRMWARE",
        "SOURCE",
        "ARCHIVE",
        "FILE",
        "INSTALL",
        "OTHER",
    ]
)
FILE_TYPES = frozenset(
    ["SOURCE", "BINARY", "ARCHIVE", "APPLICATION", "AUDIO", "IMAGE", "TEXT", "VIDEO", "DOCUMENTATION", "SPDX", "OTHER"]
)

_NO_BOND = [
    "ANCESTOR_OF",
    "VARIANT_OF",
    "PATCH_FOR",
    "PATCH_APPLIED",
    "FILE_ADDED",
    "FILE_DELETED",
    "FILE_MODIFIED",
    "DISTRIBUTION_ARTIFACT",
    "GENERATES",
    "GENERATED_FROM",
    "DATA_FILE_OF",
    "TEST_CASE_OF",
    "DOCUMENTATION_OF",
    "METAFILE_OF",
    "EXAMPLE_OF",
    "SPECIFICATION_FOR",
    "REQUIREMENT_DESCRIPTION_FOR",
    "DEPENDENCY_MANIFEST_OF",
    "EXPANDED_FROM_ARCHIVE",
    "TEST_OF",
    "AMENDS",
    "OTHER",
    "DESCRIBES",
    "DESCRIBED_BY",
]

BONDS: dict[str, tuple[Bond, Scope | None, bool]] = {
    "DEPENDS_ON": (Bond.DEPENDS, None, False),
    "DEPENDENCY_OF": (Bond.DEPENDS, None, True),
    "RUNTIME_DEPENDENCY_OF": (Bond.DEPENDS, Scope.RUNTIME, True),
    "OPTIONAL_DEPENDENCY_OF": (Bond.DEPENDS, Scope.OPTIONAL, True),
    "PROVIDED_DEPENDENCY_OF": (Bond.DEPENDS, Scope.BUILD, True),
    "BUILD_DEPENDENCY_OF": (Bond.DEPENDS, Scope.BUILD, True),
    "DEV_DEPENDENCY_OF": (Bond.DEPENDS, Scope.DEV, True),
    "TEST_DEPENDENCY_OF": (Bond.DEPENDS, Scope.TEST, True),
    "BUILD_TOOL_OF": (Bond.DEPENDS, Scope.BUILD, True),
    "DEV_TOOL_OF": (Bond.DEPENDS, Scope.DEV, True),
    "TEST_TOOL_OF": (Bond.DEPENDS, Scope.TEST, True),
    "STATIC_LINK": (Bond.DEPENDS, Scope.RUNTIME, False),
    "DYNAMIC_LINK": (Bond.DEPENDS, Scope.RUNTIME, False),
    "HAS_PREREQUISITE": (Bond.DEPENDS, None, False),
    "PREREQUISITE_FOR": (Bond.DEPENDS, None, True),
    "CONTAINS": (Bond.CONTAINS, None, False),
    "CONTAINED_BY": (Bond.CONTAINS, None, True),
    "PACKAGE_OF": (Bond.CONTAINS, None, True),
    "OPTIONAL_COMPONENT_OF": (Bond.CONTAINS, Scope.OPTIONAL, True),
    "DESCENDANT_OF": (Bond.DESCENDS, None, False),
    "ANCESTOR_OF": (Bond.DESCENDS, None, True),
    "COPY_OF": (Bond.DESCENDS, None, False),
}
"""What a relationship type says: bond, scope, and whether it names the target first (`B … OF A`)."""

RELATIONSHIP_TYPES = frozenset(BONDS) | frozenset(_NO_BOND)

SCOPE_TYPES = {
    Scope.RUNTIME: "RUNTIME_DEPENDENCY_OF",
    Scope.OPTIONAL: "OPTIONAL_DEPENDENCY_OF",
    Scope.BUILD: "BUILD_DEPENDENCY_OF",
    Scope.TEST: "TEST_DEPENDENCY_OF",
    Scope.DEV: "DEV_DEPENDENCY_OF",
}
"""The relationship type that says for what scope a component is needed; an unknown scope is plain DEPENDS_ON."""
