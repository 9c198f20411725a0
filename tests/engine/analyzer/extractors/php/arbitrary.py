# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Any JSON value, with keys that Composer's files have, for fuzzing."""

from typing import Any

from hypothesis import strategies as st

KEYS = st.sampled_from(
    [
        "packages",
        "packages-dev",
        "name",
        "version",
        "require",
        "require-dev",
        "replace",
        "provide",
        "license",
        "source",
        "dist",
        "type",
        "url",
        "reference",
        "shasum",
        "authors",
        "dev-package-names",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["a/b", "/", "path", "git", ".."])
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=5),
    max_leaves=20,
)
